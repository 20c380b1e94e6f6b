/** Code actions: each is applied as a client would, and what it promised to fix is gone. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type CodeAction, CodeActionRequest, type Diagnostic } from 'vscode-languageserver-protocol/node';
import { applyEdits } from '../../server/src/engine/apply-edits.ts';
import { fixAll } from '../../server/src/engine/fix-all.ts';
import type { Finding } from '../../server/src/engine/report.ts';
import { LspSession, PLAIN, uriOf } from '../support/lsp-session.ts';
import { FORCE_PACK, LATE, reviewText } from '../support/reviews.ts';

const NAME = 'a.case-review.yaml';

/** Three words that need quotes, one slip of spelling, and comments that nobody may touch. */
const SLIPS = `persons:
  - {ref: VIC-7H3K9Q, category: victim, age_band_at_offence: under_13}
recording:
  offences:
    - {crime_ref: CR-1, class: 21}   # first
    - {crime_ref: CR-2, class: 21}   # second
    - {crime_ref: CR-3, class: 21}   # third
closure:
  suspect_identified: yes            # said so
`;

async function actionsFor(
  session: LspSession,
  diagnostics: readonly Diagnostic[],
  only?: string[],
): Promise<CodeAction[]> {
  const range = diagnostics[0]?.range ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  const context = { diagnostics: [...diagnostics], ...(only && { only }) };
  const actions = await session.connection.sendRequest(CodeActionRequest.type, {
    textDocument: { uri: uriOf(NAME) },
    range,
    context,
  });
  return (actions ?? []).filter((action): action is CodeAction => 'kind' in action);
}

async function start(more = SLIPS): Promise<{ session: LspSession; found: Diagnostic[] }> {
  const session = await LspSession.start({ files: FORCE_PACK });
  await session.open(NAME, reviewText({ more }));
  return { session, found: await session.diagnostics(NAME) };
}

const textOf = (session: LspSession) => session.documents.get(uriOf(NAME))?.getText() ?? '';

describe('code actions', () => {
  it('fix one finding and leave every other byte alone', async () => {
    const { session, found } = await start();
    const quotes = found.filter(({ code }) => code === 'schema/needs-quotes');
    assert.equal(quotes.length, 3);
    const before = textOf(session);
    const action = (await actionsFor(session, quotes.slice(1, 2))).find(
      ({ title }) => title === 'Put it in quotes',
    );
    assert.ok(action?.edit);
    assert.equal(action.kind, 'quickfix');
    assert.equal(action.isPreferred, true);
    assert.deepEqual(action.diagnostics, quotes.slice(1, 2));
    assert.deepEqual(
      action.edit.documentChanges?.map(change => 'textDocument' in change && change.textDocument.version),
      [1],
    );
    await session.apply(action.edit);
    assert.equal(textOf(session), before.replace('CR-2, class: 21', 'CR-2, class: "21"'));
    const after = (await session.diagnostics(NAME)).map(({ data }) => data);
    assert.deepEqual(
      after,
      found.map(({ data }) => data).filter(data => data !== quotes[1]?.data),
    );
    await session.stop();
  });

  it('fix all of a rule in one edit', async () => {
    const { session, found } = await start();
    const before = textOf(session);
    const quotes = found.filter(({ code }) => code === 'schema/needs-quotes');
    const action = (await actionsFor(session, quotes.slice(0, 1))).find(({ title }) =>
      title.startsWith('Fix all'),
    );
    assert.ok(action?.edit);
    assert.equal(action.title, 'Fix all “Codes and texts that look like numbers are in quotes” in this file');
    assert.equal(action.diagnostics?.length, 3);
    await session.apply(action.edit);
    assert.equal(textOf(session), before.replaceAll('class: 21', 'class: "21"'));
    assert.deepEqual(
      (await session.diagnostics(NAME)).map(({ code }) => code),
      ['schema/wrong-type'],
    );
    await session.stop();
  });

  it('fix all that is safe under `source.fixAll`, when asked for that kind and not otherwise', async () => {
    const { session, found } = await start(`${SLIPS}${LATE.replace('recording:\n', 'coordination: {}\n#')}`);
    const before = textOf(session);
    assert.ok(!(await actionsFor(session, found)).some(({ kind }) => kind?.startsWith('source')));
    for (const only of ['source', 'source.fixAll', 'source.fixAll.caseReview']) {
      const kinds = (await actionsFor(session, [], [only])).map(({ kind }) => kind);
      assert.deepEqual(kinds, ['source.fixAll.caseReview'], only);
    }
    assert.deepEqual(await actionsFor(session, found, ['refactor', 'source.organizeImports']), []);
    const [action] = await actionsFor(session, [], ['source.fixAll']);
    assert.ok(action?.edit);
    await session.apply(action.edit);
    assert.equal(textOf(session), before.replaceAll('class: 21', 'class: "21"').replace(': yes', ': true'));
    await session.stop();
  });

  it('are found by the place alone when the client sends no diagnostics', async () => {
    const { session, found } = await start();
    const params = {
      textDocument: { uri: uriOf(NAME) },
      range: found[0]!.range,
      context: { diagnostics: [] },
    };
    const actions = (await session.connection.sendRequest(CodeActionRequest.type, params)) ?? [];
    assert.ok(actions.some(({ title }) => title === 'Put it in quotes'));
    const far = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    assert.deepEqual(
      await session.connection.sendRequest(CodeActionRequest.type, { ...params, range: far }),
      [],
    );
    await session.stop();
  });

  it('come as plain changes where the client knows no versioned ones', async () => {
    const session = await LspSession.start({ files: FORCE_PACK, capabilities: PLAIN });
    await session.open(NAME, reviewText({ more: SLIPS }));
    const { diagnostics } = await session.pushed(NAME);
    const [action] = await actionsFor(session, diagnostics.slice(0, 1));
    assert.deepEqual(Object.keys(action?.edit ?? {}), ['changes']);
    assert.equal(action?.isPreferred, undefined);
    await session.apply(action?.edit ?? {});
    assert.ok(
      (await session.pushed(NAME, ({ version }) => version === 2)).diagnostics.length ===
        diagnostics.length - 1,
    );
    await session.stop();
  });

  it('begin a waiver whose reason a person writes, and show the finding until they have', async () => {
    const { session, found } = await start(LATE);
    const before = textOf(session);
    const [action, ...others] = await actionsFor(session, found);
    assert.deepEqual(others, []);
    assert.equal(action?.title, 'Waive with a reason…');
    assert.deepEqual(action.diagnostics, found);
    await session.apply(action.edit ?? {});
    const entry = '  - rule: recording/recorded-in-time\n    path: "/recording/recorded_at"\n';
    const begun = `${before}waivers:\n${entry}    reason:\n    by:\n    until:\n`;
    assert.equal(textOf(session), begun);
    const missing = ['schema/missing-field', 'schema/missing-field', 'schema/missing-field'];
    const after = await session.diagnostics(NAME);
    assert.deepEqual(
      after.map(({ code }) => code),
      ['recording/recorded-in-time', ...missing],
    );
    assert.deepEqual(await actionsFor(session, after.slice(0, 1)), []);
    await session.stop();
  });

  it('fade a waiver that covers nothing, and take it out', async () => {
    const waiver = '{rule: links/linked-known, reason: agreed, by: OFF-1D4F6G, until: 2026-12-31}';
    const { session, found } = await start(`waivers:\n  - ${waiver}\n`);
    assert.deepEqual(
      found.map(({ code, severity, tags }) => [code, severity, tags]),
      [['waivers/used', 4, [1]]],
    );
    const [action] = await actionsFor(session, found);
    await session.apply(action?.edit ?? {});
    assert.deepEqual(await session.diagnostics(NAME), []);
    await session.stop();
  });

  it('offer nothing where nothing can be fixed or waived', async () => {
    const { session, found } = await start('waivers: nonsense\n');
    assert.equal(found.length, 1);
    assert.deepEqual(await actionsFor(session, found), []);
    assert.deepEqual(await actionsFor(session, [], ['source.fixAll']), []);
    await session.stop();
  });
});

describe('fixAll', () => {
  /** A finding whose safe fix removes what it is about. */
  const removal = (path: string): Finding => ({
    rule: 'test/needless',
    check: '',
    severity: 'hint',
    message: '',
    span: { start: 0, end: 0 },
    path,
    fingerprint: path,
    related: [],
    fixes: [{ title: 'Remove it', safe: true, patch: [{ op: 'remove', path }] }],
  });

  it('removes several entries of a list without mistaking one for another, in one small edit', () => {
    const entries = Array.from({ length: 12 }, (_, at) => `  - {rule: a/b${at}}  # ${at}\n`);
    const text = `waivers:\n${entries.join('')}audit: {}\n`;
    const edits = fixAll(text, ['/waivers/2', '/waivers/10', '/waivers/1'].map(removal));
    assert.equal(edits.length, 1);
    const left = entries.filter((_, at) => ![1, 2, 10].includes(at));
    assert.equal(applyEdits(text, edits), `waivers:\n${left.join('')}audit: {}\n`);
    assert.ok((edits[0]?.start ?? 0) > text.indexOf('- {rule: a/b0}'));
  });

  it('makes the same change once, never splits a character, and is empty where nothing changes', () => {
    assert.deepEqual(fixAll('a: 1\n', [removal('/b')]), []);
    const replace = (path: string, value: string): Finding => ({
      ...removal(path),
      fixes: [{ title: '', safe: true, patch: [{ op: 'replace', path, value }] }],
    });
    const [edit] = fixAll('a: "\u{1f467}"\n', [replace('/a', '\u{1f466}'), replace('/a', '\u{1f466}')]);
    assert.equal(edit?.newText, '\u{1f466}');
  });
});
