/** Formatting in sessions: the edits are made as a client makes them. What moves where is tested with the engine. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  DocumentFormattingRequest,
  DocumentOnTypeFormattingRequest,
  DocumentRangeFormattingRequest,
  type TextEdit,
} from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { LspSession, MODERN } from '../support/lsp-session.ts';

const OPTIONS = { tabSize: 4, insertSpaces: true };
const UGLY = `review:
    id:  CASE-4T7Q2M   # 😀  as told
    kind: [ cse ,missing ]
persons:
- ref:   VIC-7H3K9Q
  note: "😀  two  blanks"   
`;
const NEAT = `review:
  id: CASE-4T7Q2M   # 😀  as told
  kind: [cse, missing]
persons:
  - ref: VIC-7H3K9Q
    note: "😀  two  blanks"
`;

describe('formatting', () => {
  let session: LspSession;
  before(async () => {
    session = await LspSession.start();
  });
  after(() => session.stop());

  async function format(text: string, name = 'a.case-review.yaml', language = 'case-review') {
    const document = await session.open(name, text, language);
    const params = { textDocument: { uri: document.uri }, options: OPTIONS };
    const edits = (await session.connection.sendRequest(DocumentFormattingRequest.type, params)) ?? [];
    return { edits, text: TextDocument.applyEdits(document, edits) };
  }

  it('of a whole review edits blanks only, and nothing a second time', async () => {
    const { edits, text } = await format(UGLY);
    assert.equal(text, NEAT);
    assert.deepEqual([...new Set(edits.map(({ newText }) => newText.trim()))], ['']);
    assert.deepEqual((await format(NEAT)).edits, []);
  });

  it('keeps CRLF, also in a document that was never saved', async () => {
    const { text } = await format(UGLY.replaceAll('\n', '\r\n'), 'untitled:Untitled-1');
    assert.equal(text, NEAT.replaceAll('\n', '\r\n'));
  });

  it('is offered for reviews alone to a client that can be told so: policy files may have another formatter', async () => {
    const offered = { dynamicRegistration: true };
    const formatting = { formatting: offered, rangeFormatting: offered, onTypeFormatting: offered };
    const capabilities = { ...MODERN, textDocument: { ...MODERN.textDocument, ...formatting } };
    const told = await LspSession.start({ capabilities });
    await told.until(() => told.registered.length > 0, 'a registration');
    assert.deepEqual(told.registered, [
      'textDocument/formatting',
      'textDocument/rangeFormatting',
      'textDocument/onTypeFormatting',
    ]);
    assert.equal(told.initialized.capabilities.documentFormattingProvider, undefined);
    assert.equal(session.initialized.capabilities.documentFormattingProvider, true);
    await told.stop();
  });

  it('leaves broken and empty reviews and other files alone', async () => {
    assert.deepEqual((await format(`${UGLY}links: [`)).edits, []);
    assert.deepEqual((await format('')).edits, []);
    assert.deepEqual((await format(UGLY, 'notes.yaml', 'yaml')).edits, []);
  });

  it('of a range takes its lines whole and leaves the others', async () => {
    const document = await session.open('a.case-review.yaml', UGLY);
    const range = { start: { line: 4, character: 3 }, end: { line: 5, character: 4 } };
    const params = { textDocument: { uri: document.uri }, options: OPTIONS, range };
    const edits = await session.connection.sendRequest(DocumentRangeFormattingRequest.type, params);
    const [head, tail] = [UGLY.split('persons')[0], NEAT.split('persons')[1]];
    assert.equal(TextDocument.applyEdits(document, edits ?? []), `${head}persons${tail}`);
  });

  async function typeBreak(text: string): Promise<string> {
    const offset = text.indexOf('|');
    const document = await session.open('a.case-review.yaml', text.replace('|', ''));
    const position = document.positionAt(offset);
    const params = { textDocument: { uri: document.uri }, options: OPTIONS, position, ch: '\n' };
    const edits = await session.connection.sendRequest(DocumentOnTypeFormattingRequest.type, params);
    return TextDocument.applyEdits(document, edits as TextEdit[]);
  }

  it('while typing tidies the line that has ended, but neither its indentation nor another line', async () => {
    assert.equal(
      await typeBreak('review:\n    id:  CASE-4T7Q2M  \n    kind: [ cse ]  \n    |\n'),
      'review:\n    id:  CASE-4T7Q2M  \n    kind: [cse]\n    \n',
    );
    assert.equal(await typeBreak('|'), '');
  });
});
