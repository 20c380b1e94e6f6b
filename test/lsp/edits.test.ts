/** Properties: whatever is typed, the server's text stays the client's, and no request ends in an exception. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { CodeActionRequest, CompletionRequest, HoverRequest } from 'vscode-languageserver-protocol/node';
import { LspSession, uriOf } from '../support/lsp-session.ts';
import { FORCE_PACK, LATE, reviewText } from '../support/reviews.ts';

const NAME = 'a.case-review.yaml';
const TEXT = reviewText({
  more: `${LATE}persons:
  - {ref: VIC-7H3K9Q, category: victim}  # 👧
  - ref: OFF-1D4F6G
    category: officer
suspect_strategy:
  steps: {pnc: {state: done, at: 2026-02-03}}
`,
});

/** Pieces that break YAML in different ways, besides plain characters. */
const piece = fc.oneof(
  fc.constantFrom(
    '\n',
    '\r\n',
    '\r',
    '  ',
    '- ',
    ': ',
    ':',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '#',
    '&a ',
    '*a',
    '|',
    '>',
    '\t',
    '---\n',
    '!',
    '%',
    '@',
    '\0',
    '👧',
    '\ud83d',
    '\ufeff',
    '',
  ),
  fc.string({ maxLength: 4, unit: 'binary' }),
  fc.constantFrom('persons:', 'review:\n  ', 'kind: [', 'state: ', 'VIC-7H3K9Q', '2026-02-03'),
);
const edit = fc.record({ from: fc.nat(), length: fc.nat({ max: 12 }), newText: piece });

it('keeps up with random edits, several to a change, and answers at any place', async () => {
  const session = await LspSession.start({ files: FORCE_PACK });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(edit, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 8 }),
      fc.nat(),
      async (changes, seed) => {
        const document = await session.open(NAME, TEXT);
        for (const edits of changes) {
          const length = document.getText().length + 1;
          let end = 0;
          // Apart from one another and in order, as a client makes them.
          const ranges = edits
            .map(({ from, length: size, newText }) => ({
              start: from % length,
              end: (from % length) + size,
              newText,
            }))
            .sort((a, b) => a.start - b.start)
            .filter(({ start, end: to }) => {
              const isApart = start >= end;
              if (isApart) end = to + 1;
              return isApart;
            });
          await session.edit(
            NAME,
            ...ranges.map(({ start, end: to, newText }) => ({
              range: { start: document.positionAt(start), end: document.positionAt(to) },
              newText,
            })),
          );
        }
        const text = document.getText();
        const position = document.positionAt(seed % (text.length + 1));
        const params = { textDocument: { uri: uriOf(NAME) }, position };
        const diagnostics = await session.diagnostics(NAME);
        assert.equal(session.workspace.parsed(uriOf(NAME)).text, text);
        for (const { range } of diagnostics)
          assert.ok(document.offsetAt(range.start) <= document.offsetAt(range.end));
        await session.connection.sendRequest(CompletionRequest.type, params);
        await session.connection.sendRequest(HoverRequest.type, params);
        const whole = { start: { line: 0, character: 0 }, end: document.positionAt(text.length) };
        const asked = { textDocument: params.textDocument, range: whole, context: { diagnostics } };
        await session.connection.sendRequest(CodeActionRequest.type, asked);
        await session.connection.sendRequest(CodeActionRequest.type, {
          ...asked,
          context: { diagnostics, only: ['source.fixAll'] },
        });
        await session.close(NAME);
      },
    ),
    { numRuns: 60 },
  );
  assert.deepEqual(session.log, []);
  await session.stop();
});
