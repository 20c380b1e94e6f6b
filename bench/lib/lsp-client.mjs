// A language client over stdio that behaves as VS Code does, answers what a server asks, and notes when each message
// was read. Written out by hand, because a library would put its own queue between the pipe and the clock.
import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';

const CAPABILITIES = {
  workspace: {
    applyEdit: true,
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
    diagnostics: { refreshSupport: true },
    semanticTokens: { refreshSupport: true },
    inlayHint: { refreshSupport: true },
    codeLens: { refreshSupport: true },
  },
  textDocument: {
    synchronization: { dynamicRegistration: true, didSave: true },
    publishDiagnostics: {
      versionSupport: true,
      relatedInformation: true,
      codeDescriptionSupport: true,
      dataSupport: true,
    },
    diagnostic: { dynamicRegistration: true, relatedDocumentSupport: true },
    completion: {
      contextSupport: true,
      completionItem: { snippetSupport: true, documentationFormat: ['markdown', 'plaintext'] },
      completionList: { itemDefaults: ['editRange'] },
    },
    hover: { contentFormat: ['markdown', 'plaintext'] },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix', 'source.fixAll'] } },
    },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
  },
  window: { workDoneProgress: true },
  general: { positionEncodings: ['utf-16'] },
};

export class LspClient extends EventEmitter {
  #child;
  #folder;
  #pending = new Map();
  #lastId = 0;
  #chunks = [];
  #received = 0;
  #expected = -1;
  #stderr = '';
  #exited;
  capabilities = {};
  /** Whether the server offers pull diagnostics. */
  isPulling = false;
  startedAt = performance.now();

  constructor(command, folder, env = {}) {
    super();
    this.setMaxListeners(0);
    this.#folder = folder;
    this.#child = spawn(command[0], command.slice(1), {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    this.#child.stdin.on('error', () => {});
    this.#child.stdout.on('data', chunk => this.#take(chunk));
    this.#child.stderr.on('data', chunk => {
      this.#stderr = (this.#stderr + chunk).slice(-4000);
      const memory = /memory (\{.*\})\n$/.exec(this.#stderr)?.[1];
      if (memory) this.emit('memory', JSON.parse(memory));
    });
    this.#child.on('error', error => this.#fail(error));
    this.#exited = new Promise(resolve => {
      this.#child.on('exit', code => {
        this.#fail(new Error(`The server has ended with ${code}: ${this.#stderr}`));
        resolve(code);
      });
    });
  }

  get pid() {
    return this.#child.pid;
  }

  async initialize() {
    const folders = [{ uri: this.#folder, name: 'bench' }];
    const { result } = await this.request('initialize', {
      processId: process.pid,
      clientInfo: { name: 'bench' },
      rootUri: this.#folder,
      workspaceFolders: folders,
      capabilities: CAPABILITIES,
      initializationOptions: { trusted: true },
    });
    this.capabilities = result.capabilities;
    this.isPulling ||= result.capabilities.diagnosticProvider !== undefined;
    this.notify('initialized', {});
  }

  notify(method, params) {
    this.#send({ jsonrpc: '2.0', method, params });
  }

  /** The answer and when it was read. */
  request(method, params) {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject, method });
      this.#send({ jsonrpc: '2.0', id, method, params });
    });
  }

  async stop() {
    await this.request('shutdown', null);
    this.notify('exit', null);
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 3000);
    const code = await this.#exited;
    clearTimeout(timer);
    return code;
  }

  #send(message) {
    const body = JSON.stringify(message);
    this.#child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  #fail(error) {
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
    this.emit('failed', error);
  }

  #take(chunk) {
    this.#chunks.push(chunk);
    this.#received += chunk.length;
    for (;;) {
      if (this.#expected < 0) {
        const bytes = this.#joined();
        const end = bytes.indexOf('\r\n\r\n');
        if (end < 0) return;
        this.#expected = Number(/content-length: *(\d+)/i.exec(bytes.latin1Slice(0, end))[1]);
        this.#keep(bytes.subarray(end + 4));
      }
      if (this.#received < this.#expected) return;
      const bytes = this.#joined();
      const body = bytes.subarray(0, this.#expected);
      this.#keep(bytes.subarray(this.#expected));
      this.#expected = -1;
      const at = performance.now();
      this.#read(JSON.parse(body.toString()), at);
    }
  }

  #joined() {
    if (this.#chunks.length !== 1) this.#chunks = [Buffer.concat(this.#chunks)];
    return this.#chunks[0];
  }

  #keep(bytes) {
    this.#chunks = [bytes];
    this.#received = bytes.length;
  }

  #read(message, at) {
    if (message.method === undefined) {
      const asked = this.#pending.get(message.id);
      this.#pending.delete(message.id);
      if (message.error) asked?.reject(new Error(`${asked.method}: ${message.error.message}`));
      else asked?.resolve({ result: message.result, at });
    } else if (message.id !== undefined) {
      this.#send({ jsonrpc: '2.0', id: message.id, result: this.#answer(message) });
    } else if (message.method === 'textDocument/publishDiagnostics') {
      this.emit('published', { ...message.params, at });
    }
  }

  #answer({ method, params }) {
    switch (method) {
      case 'workspace/configuration':
        return params.items.map(() => null);
      case 'workspace/workspaceFolders':
        return [{ uri: this.#folder, name: 'bench' }];
      case 'client/registerCapability':
        this.isPulling ||= params.registrations.some(
          registration => registration.method === 'textDocument/diagnostic',
        );
        return null;
      default:
        return null;
    }
  }
}

/** An open document, mirrored line by line. */
export class OpenDocument {
  version = 1;

  constructor(client, uri, text) {
    this.client = client;
    this.uri = uri;
    this.lines = text.split('\n');
  }

  open() {
    const { uri, version } = this;
    this.client.notify('textDocument/didOpen', {
      textDocument: { uri, languageId: 'case-review', version, text: this.lines.join('\n') },
    });
  }

  close() {
    this.client.notify('textDocument/didClose', { textDocument: { uri: this.uri } });
  }

  /** Replaces part of one line. */
  edit(line, from, to, text) {
    const old = this.lines[line];
    this.lines[line] = old.slice(0, from) + text + old.slice(to);
    this.#replace({ line, character: from }, { line, character: to }, text);
  }

  insertLine(line, text) {
    this.lines.splice(line, 0, text);
    this.#replace({ line, character: 0 }, { line, character: 0 }, `${text}\n`);
  }

  removeLine(line) {
    this.lines.splice(line, 1);
    this.#replace({ line, character: 0 }, { line: line + 1, character: 0 }, '');
  }

  #replace(start, end, text) {
    this.version++;
    this.client.notify('textDocument/didChange', {
      textDocument: { uri: this.uri, version: this.version },
      contentChanges: [{ range: { start, end }, text }],
    });
  }

  /** The diagnostics of the present version, and when they were read. */
  async diagnostics(timeoutMs = 60_000) {
    const { client, uri } = this;
    if (client.isPulling) {
      const { result, at } = await client.request('textDocument/diagnostic', { textDocument: { uri } });
      return { items: result.items, at };
    }
    return new Promise((resolve, reject) => {
      const finish = (settle, value) => {
        clearTimeout(timer);
        client.off('published', onPublished);
        client.off('failed', onFailed);
        settle(value);
      };
      const onPublished = published => {
        if (published.uri !== uri || published.version !== this.version) return;
        finish(resolve, { items: published.diagnostics, at: published.at });
      };
      const onFailed = error => finish(reject, error);
      const timer = setTimeout(
        onFailed,
        timeoutMs,
        new Error(`No diagnostics of version ${this.version} came.`),
      );
      client.on('published', onPublished);
      client.on('failed', onFailed);
    });
  }
}
