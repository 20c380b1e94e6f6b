/** Code lenses and the outline: how far the sections are answered, as the checklist counts it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type CodeLens,
  CodeLensRequest,
  CodeLensResolveRequest,
  type DocumentSymbol,
  DocumentSymbolRequest,
  type SymbolInformation,
} from 'vscode-languageserver-protocol/node';
import { COMMANDS } from '../../server/src/protocol.ts';
import { LspSession, MODERN, PLAIN, uriOf } from '../support/lsp-session.ts';
import { FORCE_PACK, LATE, reviewText } from '../support/reviews.ts';

const NAME = 'a.case-review.yaml';
const TREE = {
  ...MODERN,
  textDocument: { ...MODERN.textDocument, documentSymbol: { hierarchicalDocumentSymbolSupport: true } },
};
const LINKS =
  'links:\n  cases:\n    - {ref: CASE-8N6B3V, relation: sibling}\n    - {ref: CASE-9X9X9X, relation: sibling}\n';

describe('code lenses', () => {
  const lenses = async (session: LspSession, name = NAME) => {
    const found = await session.connection.sendRequest(CodeLensRequest.type, {
      textDocument: { uri: uriOf(name) },
    });
    return found ?? [];
  };
  const show = ({ range, command }: CodeLens) => `${range.start.line + 1}: ${command?.title}`;

  it('say how far each section is answered', async () => {
    const session = await LspSession.start({ files: FORCE_PACK });
    await session.open(NAME, reviewText({ more: LATE }));
    assert.deepEqual((await lenses(session)).map(show), ['2: 4 answered', '7: 1 in breach, 1 answered']);
    await session.replace(NAME, '02-05', '02-03');
    assert.deepEqual((await lenses(session)).map(show), ['2: 4 answered', '7: 2 answered']);
    await session.stop();
  });

  it('say what is wrong in a linked review when they are shown, and nothing of a case without a review', async () => {
    const other = reviewText({ id: 'CASE-8N6B3V', more: LATE });
    const files = { ...FORCE_PACK, 'b.case-review.yaml': other };
    const session = await LspSession.start({ files });
    await session.open(NAME, reviewText({ more: LINKS }));
    await session.scanned();
    const [link, ...more] = (await lenses(session)).filter(({ command }) => command === undefined);
    assert.deepEqual(more, []);
    const resolve = async () =>
      show(await session.connection.sendRequest(CodeLensResolveRequest.type, link!));
    assert.equal(await resolve(), '9: CASE-8N6B3V, complete: 1 in breach, 0 not recorded');
    await session.write('b.case-review.yaml', other.replace('02-05', '02-03'));
    assert.equal(await resolve(), '9: CASE-8N6B3V, complete: 0 in breach, 0 not recorded');
    await session.stop();
  });

  it('lead to the next open question and to the linked review, where the client has commands for that', async () => {
    const files = { ...FORCE_PACK, 'b.case-review.yaml': reviewText({ id: 'CASE-8N6B3V', more: LATE }) };
    for (const lensCommands of [true, false]) {
      const session = await LspSession.start({ files, initializationOptions: { lensCommands } });
      await session.open(NAME, reviewText({ more: LATE + LINKS }));
      await session.scanned();
      const resolved: CodeLens[] = [];
      for (const lens of await lenses(session))
        resolved.push(
          lens.command ? lens : await session.connection.sendRequest(CodeLensResolveRequest.type, lens),
        );
      assert.deepEqual(
        resolved.map(({ command }) => [command?.command, ...(command?.arguments ?? [])]),
        [
          [''],
          lensCommands ? [COMMANDS.nextQuestion, '/recording'] : [''],
          lensCommands ? [COMMANDS.nextQuestion, '/links'] : [''],
          lensCommands ? [COMMANDS.goTo, uriOf('b.case-review.yaml')] : [''],
        ],
      );
      await session.stop();
    }
  });

  it('are asked for again when a linked review changes', async () => {
    const other = reviewText({ id: 'CASE-8N6B3V', more: LATE });
    // The server asks two turns of its event loop after a change; each answer takes it more than one.
    const settle = async () => {
      for (let i = 0; i < 5; i++) await lenses(session);
    };
    const workspace = { ...MODERN.workspace, codeLens: { refreshSupport: true } };
    const session = await LspSession.start({
      files: {
        ...FORCE_PACK,
        'b.case-review.yaml': other,
        'c.case-review.yaml': reviewText({ id: 'CASE-1A1A1A' }),
      },
      capabilities: { ...MODERN, workspace },
    });
    await session.open(NAME, reviewText({ more: LINKS }));
    await session.scanned();
    await session.until(() => session.lensRefreshes > 0, 'the refresh after the first scan');
    await settle();
    const before = session.lensRefreshes;
    await session.write('c.case-review.yaml', reviewText({ id: 'CASE-1A1A1A', more: LATE }));
    await settle();
    assert.equal(session.lensRefreshes, before, 'a review that nobody links to is no news');
    await session.write('b.case-review.yaml', other.replace('02-05', '02-03'));
    await session.until(() => session.lensRefreshes > before, 'the refresh');
    await session.stop();
  });

  it('are none in an empty document', async () => {
    const session = await LspSession.start();
    await session.open(NAME, '# nothing yet\n');
    assert.deepEqual(await lenses(session), []);
    await session.stop();
  });
});

describe('the outline', () => {
  const symbols = async (session: LspSession) =>
    (await session.connection.sendRequest(DocumentSymbolRequest.type, {
      textDocument: { uri: uriOf(NAME) },
    })) as DocumentSymbol[];
  const show = ({ name, detail, children = [] }: DocumentSymbol, depth = 0): string[] => [
    ' '.repeat(depth) + name + (detail === undefined ? '' : ` (${detail})`),
    ...children.flatMap(child => show(child, depth + 1)),
  ];

  it('has the sections with their state, entries by their refs, and nothing from within braces', async () => {
    const session = await LspSession.start({ files: FORCE_PACK, capabilities: TREE });
    const more =
      'persons:\n  - ref: VIC-7H3K9Q\n    category: victim\n  - {ref: OFF-1D4F6G, category: officer}\n  -\n';
    await session.open(NAME, reviewText({ more: more + LATE }));
    assert.deepEqual(
      (await symbols(session)).flatMap(symbol => show(symbol)),
      [
        'schema',
        'review (4 answered)',
        ' id',
        ' kind',
        ' state',
        ' reviewed_at',
        'persons (1 outstanding, 2 answered)',
        ' VIC-7H3K9Q',
        '  ref',
        '  category',
        ' OFF-1D4F6G',
        ' 3',
        'recording (1 in breach, 1 answered)',
        ' reported_at',
        ' recorded_at',
      ],
    );
    await session.stop();
  });

  it('keeps the name of every symbol within its range, as clients demand', async () => {
    const session = await LspSession.start({ capabilities: TREE });
    await session.open(
      NAME,
      '"": {}\npersons:\n  -\n  - - a\nlinks: &x\n  cases: []\nactions: *x\n? [1]\n: 2\n',
    );
    const check = ({ range, selectionRange: name, children = [], name: label }: DocumentSymbol): void => {
      assert.notEqual(label, '');
      const at = ({ line, character }: { line: number; character: number }) => line * 1000 + character;
      assert.ok(at(range.start) <= at(name.start) && at(name.end) <= at(range.end), label);
      children.forEach(check);
    };
    const found = await symbols(session);
    assert.ok(found.length > 3);
    found.forEach(check);
    await session.stop();
  });

  it('is flat for a client that knows no tree', async () => {
    const session = await LspSession.start({ capabilities: PLAIN });
    await session.open(NAME, reviewText({ more: LATE }));
    const flat = (await symbols(session)) as unknown as SymbolInformation[];
    assert.deepEqual(
      flat.map(({ name, location }) => [name, location.range.start.line]),
      [
        ['schema', 0],
        ['review', 1],
        ['recording', 6],
      ],
    );
    await session.stop();
  });
});
