/** Code actions: each is applied as a client would, and what it promised to fix is gone. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type CodeAction,
  CodeActionRequest,
  type Diagnostic,
  type Position,
} from 'vscode-languageserver-protocol/node';
import { applyEdits } from '../../server/src/engine/apply-edits.ts';
import { fixAll } from '../../server/src/engine/fix-all.ts';
import type { Finding } from '../../server/src/engine/report.ts';
import { COMMANDS } from '../../server/src/protocol.ts';
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

  it('lead to the reason of a waiver that was begun, where the client can go there', async () => {
    const session = await LspSession.start({
      files: FORCE_PACK,
      initializationOptions: { lensCommands: true },
    });
    const document = await session.open(NAME, reviewText({ more: LATE }));
    const [action] = await actionsFor(session, await session.diagnostics(NAME));
    assert.equal(action?.command?.command, COMMANDS.goTo);
    const [uri, place] = action.command.arguments as [string, Position];
    assert.equal(uri, document.uri);
    await session.apply(action.edit ?? {});
    const line = { ...place, character: 0 };
    assert.equal(session.documents.get(uri)?.getText({ start: line, end: place }), '    reason:');
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

describe('code actions beyond fixes', () => {
  const COMPLETE_STEPS = 'suspect_strategy:\n  first_action_at: 2026-02-03T10:00:00Z\n  steps:\n';

  it('add all missing steps of suspect tracing at once, as outstanding', async () => {
    const session = await LspSession.start();
    await session.open(NAME, reviewText({ more: COMPLETE_STEPS }));
    const steps = session.workspace
      .rules(uriOf(NAME))
      .flatMap(({ parameters }) => parameters)
      .find(({ name }) => name === 'tracing_steps')?.value as string[];
    const answered = steps.slice(3).map(step => `    ${step}: {state: done, at: 2026-02-03}  # ${step}\n`);
    await session.close(NAME);
    await session.open(NAME, reviewText({ more: COMPLETE_STEPS + answered.join('') }));
    const missing = (await session.diagnostics(NAME)).filter(
      ({ code }) => code === 'suspect-tracing/steps-answered',
    );
    assert.equal(missing.length, 3);
    const action = (await actionsFor(session, missing.slice(0, 1))).find(({ title }) =>
      title.startsWith('Add all 3 as outstanding: “Every suspect-tracing step is answered”'),
    );
    assert.equal(action?.diagnostics?.length, 3);
    const before = textOf(session);
    await session.apply(action!.edit!);
    const added = steps.slice(0, 3).map(step => `    ${step}: {state: outstanding}\n`);
    const sorted = (text: string) => text.split('\n').sort();
    assert.deepEqual(sorted(textOf(session)), sorted(before + added.join('')));
    const after = await session.diagnostics(NAME);
    assert.ok(!after.some(({ code }) => code === 'suspect-tracing/steps-answered'));
    await session.stop();
  });

  async function actionAt(
    more: string,
    only?: string[],
  ): Promise<{ session: LspSession; found: CodeAction[] }> {
    const text = reviewText({ more });
    const offset = text.indexOf('|');
    const session = await LspSession.start({ files: FORCE_PACK });
    const document = await session.open(NAME, text.replace('|', ''));
    const start = document.positionAt(offset);
    const found = await session.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri: document.uri },
      range: { start, end: start },
      context: { diagnostics: [], ...(only && { only }) },
    });
    return {
      session,
      found: ((found ?? []) as CodeAction[]).filter(({ kind }) => kind === 'refactor.extract'),
    };
  }

  const MENTIONED = `persons:
  - {ref: VIC-7H3K9Q, category: victim}  # the child
supervision: {supervisor: OFF-1D4|F6G}
`;

  it('list a person who is only mentioned', async () => {
    for (const only of [undefined, ['refactor']]) {
      const { session, found } = await actionAt(MENTIONED, only);
      assert.deepEqual(
        found.map(({ title }) => title),
        ['List OFF-1D4F6G in persons as officer'],
      );
      await session.apply(found[0]!.edit!);
      assert.equal(
        textOf(session),
        reviewText({
          more: MENTIONED.replace('|', '').replace(
            'supervision',
            '  - {ref: OFF-1D4F6G, category: officer}\nsupervision',
          ),
        }),
      );
      await session.stop();
    }
  });

  it('list nobody who is listed, no case, and nobody where persons cannot be written', async () => {
    for (const more of [
      MENTIONED.replace('4|F', '4F').replace('VIC-7', 'VIC|-7'),
      'links: {cases: [{ref: CASE-8N|6B3V, relation: sibling}]}\n',
      MENTIONED.replace('super|vision', 'supervision').replace('OFF-1D4|F6G', 'nobo|dy'),
      'persons: none\nsupervision: {supervisor: OFF-1D4|F6G}\n',
    ]) {
      const { session, found } = await actionAt(more);
      assert.deepEqual(found, [], more);
      await session.stop();
    }
    const { session, found } = await actionAt(MENTIONED, ['quickfix']);
    assert.deepEqual(found, []);
    await session.stop();
  });
});
