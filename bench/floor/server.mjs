// The floor of the language server: parses the whole text with `yaml` at every change, publishes the parser's errors
// at once, and does nothing else. No library but the parser, so that nothing could answer sooner on it.
import { parseDocument } from 'yaml';

const documents = new Map();
let buffer = Buffer.alloc(0);

function send(message) {
  const body = JSON.stringify({ jsonrpc: '2.0', ...message });
  process.stdout.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

const START = { line: 0, character: 0 };

function publish({ uri, version }) {
  const { errors } = parseDocument(documents.get(uri).join('\n'));
  const diagnostics = errors.map(({ message }) => ({ range: { start: START, end: START }, message }));
  send({ method: 'textDocument/publishDiagnostics', params: { uri, version, diagnostics } });
}

function read({ id, method, params }) {
  switch (method) {
    case 'initialize':
      send({
        id,
        result: { capabilities: { textDocumentSync: 2, hoverProvider: true, completionProvider: {} } },
      });
      break;
    case 'textDocument/didOpen':
      documents.set(params.textDocument.uri, params.textDocument.text.split('\n'));
      publish(params.textDocument);
      break;
    case 'textDocument/didChange': {
      const lines = documents.get(params.textDocument.uri);
      for (const { range, text } of params.contentChanges) {
        const { start, end } = range;
        const changed =
          lines[start.line].slice(0, start.character) + text + lines[end.line].slice(end.character);
        lines.splice(start.line, end.line - start.line + 1, ...changed.split('\n'));
      }
      publish(params.textDocument);
      break;
    }
    case 'exit':
      process.exit(0);
      break;
    default:
      if (id !== undefined && method !== undefined) send({ id, result: null });
  }
}

process.stdin.on('data', chunk => {
  buffer = buffer.length > 0 ? Buffer.concat([buffer, chunk]) : chunk;
  for (;;) {
    const end = buffer.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = Number(/content-length: *(\d+)/i.exec(buffer.latin1Slice(0, end))[1]);
    if (buffer.length < end + 4 + length) return;
    const body = buffer.toString('utf8', end + 4, end + 4 + length);
    buffer = buffer.subarray(end + 4 + length);
    read(JSON.parse(body));
  }
});
