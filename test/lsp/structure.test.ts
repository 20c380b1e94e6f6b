/** Folding, selection ranges and semantic tokens: exact answers for small reviews. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  FoldingRangeRequest,
  type SelectionRange,
  SelectionRangeRequest,
  SemanticTokensRangeRequest,
  SemanticTokensRequest,
} from 'vscode-languageserver-protocol/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { LspSession } from '../support/lsp-session.ts';

const NAME = 'a.case-review.yaml';

describe('the structure of a review', () => {
  let session: LspSession;
  before(async () => {
    session = await LspSession.start();
  });
  after(() => session.stop());

  describe('folding', () => {
    async function folds(text: string): Promise<string[]> {
      const { uri } = await session.open(NAME, text);
      const found = await session.connection.sendRequest(FoldingRangeRequest.type, { textDocument: { uri } });
      return (found ?? []).map(
        ({ startLine, endLine, kind }) => `${startLine}-${endLine}${kind ? ` ${kind}` : ''}`,
      );
    }
    const TEXT = `# one
# two
review:
  kind: [cse,
    missing]
persons:
  - ref: VIC-7H3K9Q
    category: victim
    note: |
      a
      b

  - {ref: OFF-1D4F6G}

closure:
`;

    it('knows sections, entries, braces, long texts and comments, and ends at the last line of each', async () => {
      assert.deepEqual(await folds(TEXT), ['0-1 comment', '2-4', '3-4', '5-12', '6-10', '8-10']);
    });

    it('is the same with CRLF', async () => {
      assert.deepEqual(await folds(TEXT.replaceAll('\n', '\r\n')), await folds(TEXT));
    });

    it('has nothing to fold in an empty review, and goes on in a broken one', async () => {
      assert.deepEqual(await folds(''), []);
      assert.ok((await folds(`${TEXT}links: [\n`)).includes('5-12'));
    });
  });

  describe('a selection', () => {
    async function selections(marked: string): Promise<string[]> {
      const offset = marked.indexOf('|');
      const document = await session.open(NAME, marked.replace('|', ''));
      const [found] = (await session.connection.sendRequest(SelectionRangeRequest.type, {
        textDocument: { uri: document.uri },
        positions: [document.positionAt(offset)],
      })) as SelectionRange[];
      const texts: string[] = [];
      for (let at: SelectionRange | undefined = found; at; at = at.parent)
        texts.push(document.getText(at.range));
      return texts;
    }

    it('grows from a word to its quotes, its field, its entry, its section and the whole', async () => {
      const entry = '{ref: VIC-7H3K9Q, note: "😀 two words"}';
      const text = `persons:\n  - ${entry}\nlinks: {}\n`;
      assert.deepEqual(await selections(text.replace('words', 'wor|ds')), [
        'words',
        '😀 two words',
        '"😀 two words"',
        'note: "😀 two words"',
        entry,
        `- ${entry}`,
        `persons:\n  - ${entry}`,
        text.trimEnd(),
        text,
      ]);
    });

    it('takes a ref as one word, and starts at a key as well', async () => {
      assert.deepEqual(await selections('links: {lead: VIC-7H|3K9Q}\n'), [
        'VIC-7H3K9Q',
        'lead: VIC-7H3K9Q',
        '{lead: VIC-7H3K9Q}',
        'links: {lead: VIC-7H3K9Q}',
        'links: {lead: VIC-7H3K9Q}\n',
      ]);
      assert.deepEqual((await selections('li|nks: {lead: a}\n')).slice(0, 2), ['links', 'links: {lead: a}']);
    });

    it('is the whole text where nothing stands', async () => {
      assert.deepEqual(await selections('a: 1\n\n|\n\n'), ['a: 1\n\n\n\n']);
      assert.deepEqual(await selections('|'), ['']);
      assert.equal((await selections('a: [b|\n')).at(-1), 'a: [b\n');
    });
  });

  describe('semantic tokens', () => {
    /** A witness has the type of a victim, an associate that of a suspect. */
    const TYPES = ['victim', 'suspect', 'ref', 'case', 'date', 'word'];
    const MODIFIERS = ['!', '#', ' done', ' outstanding', ' n/a'];
    const decode = (document: TextDocument, data: readonly number[]): string[] => {
      const found: string[] = [];
      let [line, character] = [0, 0];
      for (let at = 0; at < data.length; at += 5) {
        const [down, along, length, type, modifier] = data.slice(at, at + 5) as [
          number,
          number,
          number,
          number,
          number,
        ];
        if (down > 0) character = 0;
        line += down;
        character += along;
        const range = { start: { line, character }, end: { line, character: character + length } };
        const modifiers = MODIFIERS.filter((_, at) => modifier & (1 << at)).join('');
        found.push(`${TYPES[type]}${modifiers} ${document.getText(range)}`);
      }
      return found;
    };

    async function tokens(text: string): Promise<string[]> {
      const document = await session.open(NAME, text);
      const textDocument = { uri: document.uri };
      const whole = await session.connection.sendRequest(SemanticTokensRequest.type, { textDocument });
      const end = document.positionAt(text.length);
      const range = { start: { line: 0, character: 0 }, end };
      const part = await session.connection.sendRequest(SemanticTokensRangeRequest.type, {
        textDocument,
        range,
      });
      assert.deepEqual(part?.data, whole?.data);
      return decode(document, whole?.data ?? []);
    }

    const TEXT = `# 😀 CASE-8N6B3V
review:
  id: CASE-4T7Q2M
  kind: [cse]
persons:
  - {ref: VIC-7H3K9Q, category: victim, note: "😀 victim of SUS-2M8X4T on 2026-02-03"}
recording:
  reported_at: 2026-02-02T21:10:00Z
  recorded_at: tomorrow
  offences: [{crime_ref: CR-1, class: "19C"}]
suspect_strategy: {steps: {cctv: {state: done}}}
unknown: {state: done, at: 2026-02-03}
`;

    it('tell refs and where they are named, dates, words and codes, and leave free text alone', async () => {
      assert.deepEqual(await tokens(TEXT), [
        'case CASE-8N6B3V',
        'case! CASE-4T7Q2M',
        'word cse',
        'victim! VIC-7H3K9Q',
        'word victim',
        'suspect SUS-2M8X4T',
        'date 2026-02-02T21:10:00Z',
        'word# "19C"',
        'word cctv',
        'word done done',
      ]);
    });

    it('tell the persons apart, and the answers, as the colours of the grammar do', async () => {
      const answers = '{steps: {cctv: {state: outstanding}, pnc: {state: not_applicable}}}';
      assert.deepEqual(
        await tokens(`# ASC-7H3K9Q WIT-7H3K9Q OFF-1D4F6G LOE-1\nsuspect_strategy: ${answers}\n`),
        [
          'suspect ASC-7H3K9Q',
          'victim WIT-7H3K9Q',
          'ref# OFF-1D4F6G',
          'ref# LOE-1',
          'word cctv',
          'word outstanding outstanding',
          'word pnc',
          'word n/a not_applicable',
        ],
      );
    });

    it('are the same with CRLF, and none in an empty or hopeless text', async () => {
      assert.deepEqual(await tokens(TEXT.replaceAll('\n', '\r\n')), await tokens(TEXT));
      assert.deepEqual(await tokens(''), []);
      assert.deepEqual(await tokens('[{'), []);
      assert.deepEqual(await tokens('review: {id: CASE-4T7Q2M'), ['case! CASE-4T7Q2M']);
    });

    it('come only for the lines asked for', async () => {
      const document = await session.open(NAME, TEXT);
      const range = { start: { line: 3, character: 0 }, end: { line: 4, character: 0 } };
      const found = await session.connection.sendRequest(SemanticTokensRangeRequest.type, {
        textDocument: { uri: document.uri },
        range,
      });
      assert.deepEqual(decode(document, found?.data ?? []), ['word cse']);
    });
  });
});
