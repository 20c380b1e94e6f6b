/** Positions count as the client asked for: in bytes, in code points, or in UTF-16 units as everybody can. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  type ClientCapabilities,
  DidChangeTextDocumentNotification,
  type Position,
} from 'vscode-languageserver-protocol/node';
import { choosePositionEncoding, documentsIn } from '../../server/src/lsp/position-encoding.ts';
import { LspSession, MODERN, uriOf } from '../support/lsp-session.ts';
import { reviewText } from '../support/reviews.ts';

const COUNT: Readonly<Record<string, (text: string) => number>> = {
  'utf-8': text => Buffer.byteLength(text),
  'utf-16': text => text.length,
  'utf-32': text => [...text].length,
};

const encoding = fc.constantFrom(...Object.keys(COUNT));
const points = ['a', ' ', 'ü', 'ß', '€', '漢', '😀', '\n', '\r\n'];
const pointsOf = (max: number) => fc.array(fc.constantFrom(...points), { maxLength: max });

function positionIn(text: string, offset: number, encoding: string): Position {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length - 1, character: COUNT[encoding]!(lines.at(-1)!) };
}

const offering = (positionEncodings: string[]): ClientCapabilities => ({
  ...MODERN,
  general: { positionEncodings },
});

describe('positions', () => {
  it('are those of the first encoding that the client names and the server knows', () => {
    assert.equal(choosePositionEncoding({}), 'utf-16');
    for (const [offered, chosen] of [
      [[], 'utf-16'],
      [['utf-16', 'utf-8'], 'utf-16'],
      [['utf-7', 'utf-32', 'utf-8', 'utf-16'], 'utf-32'],
      [['utf-8', 'utf-16'], 'utf-8'],
      [['constructor'], 'utf-16'],
    ] as const)
      assert.equal(choosePositionEncoding(offering([...offered])), chosen);
  });

  it('count the characters of a line up to each of them, and lead back to it', () => {
    fc.assert(
      fc.property(encoding, pointsOf(30), (encoding, parts) => {
        const text = parts.join('');
        const document = documentsIn(encoding).create('', '', 0, text);
        let offset = 0;
        for (const part of [...parts, '']) {
          const position = positionIn(text, offset, encoding);
          assert.deepEqual(document.positionAt(offset), position);
          assert.equal(document.offsetAt(position), offset);
          offset += part.length;
        }
      }),
    );
  });

  it('within a character or behind the end of a line lead to its beginning and to that end', () => {
    const document = documentsIn('utf-8').create('', '', 0, 'a😀b\nc');
    const offsets = [0, 1, 2, 3, 4, 5, 6, 99].map(character => document.offsetAt({ line: 0, character }));
    assert.deepEqual(offsets, [0, 1, 1, 1, 1, 3, 4, 4]);
    assert.equal(document.offsetAt({ line: 7, character: 2 }), 6);
  });

  it('of edits say where the text changes', () => {
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat(6), pointsOf(5)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(encoding, pointsOf(30), edits, (encoding, parts, edits) => {
        const all = [...parts];
        const { create, update } = documentsIn(encoding);
        const document = create('', '', 0, all.join(''));
        const changes = edits.map(([from, count, put]) => {
          const start = from % (all.length + 1);
          const [before, text] = [all.slice(0, start).join(''), all.join('')];
          const removed = all.splice(start, count, ...put).join('');
          const range = {
            start: positionIn(text, before.length, encoding),
            end: positionIn(text, before.length + removed.length, encoding),
          };
          return { range, text: put.join('') };
        });
        const changed = update(document, changes, 2);
        assert.deepEqual([changed.getText(), changed.version], [all.join(''), 2]);
      }),
    );
  });

  for (const encoding of Object.keys(COUNT))
    it(`of findings and edits are counted in ${encoding} where the client asks for it`, async () => {
      const session = await LspSession.start({ capabilities: offering([encoding, 'utf-16']) });
      assert.equal(session.initialized.capabilities.positionEncoding, encoding);
      const name = 'a.case-review.yaml';
      const entry = '  - {rationale: "für 😀", aspect: ';
      const text = `${reviewText()}significant_aspect:\n${entry}wrong}\n`;
      await session.open(name, text);
      const line = text.slice(0, text.indexOf(entry)).split('\n').length - 1;
      const character = COUNT[encoding]!(entry);
      const range = { start: { line, character }, end: { line, character: character + 'wrong'.length } };
      const wordsWrong = async () => {
        const report = await session.pull(name);
        assert(report.kind === 'full');
        return report.items.filter(({ code }) => code === 'schema/not-a-word').map(item => item.range);
      };
      assert.deepEqual(await wordsWrong(), [range]);
      await session.connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri: uriOf(name), version: 2 },
        contentChanges: [{ range, text: 'online_abuse' }],
      });
      assert.deepEqual(await wordsWrong(), []);
      await session.stop();
    });
});
