/** Policy files in the editor: judged as they are written, their examples too; other files are left alone. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type CodeAction, CodeActionRequest, type CodeLens } from 'vscode-languageserver-protocol/node';
import {
  RULE_EXAMPLES_REQUEST,
  type RuleExample,
  type RuleExamplesResult,
} from '../../server/src/protocol.ts';
import { LspSession, uriOf } from '../support/lsp-session.ts';
import { FORCE_PACK, LATE, reviewText } from '../support/reviews.ts';

const CONFIG = 'case-review.config.yaml';
const PACK = 'policies/force/pack.yaml';
const RULE = 'policies/force/recording/recorded-in-time.yaml';

const EXAMPLES = `examples:
  - name: After three days
    bad: |
      recording:
        reported_at: 2026-02-02T21:10:00Z
        recorded_at: 2026-02-05T21:10:00Z
        #            ^^^^^^^^^^^^^^^^^^^^ recording/recorded-in-time
  - name: After an hour
    good: |
      recording:
        reported_at: 2026-02-02T21:10:00Z
        recorded_at: 2026-02-02T22:10:00Z
`;
const FILES = {
  ...FORCE_PACK,
  [PACK]: `${FORCE_PACK[PACK]}example_header: |
  schema: case-review/1
  review: {id: CASE-4T7Q2M, kind: [cse], state: complete, reviewed_at: 2026-03-10T10:30:00Z}
`,
  [RULE]: FORCE_PACK[RULE]!.replace('examples: []\n', EXAMPLES),
};

async function startWith(name: string): Promise<LspSession> {
  const session = await LspSession.start({ files: FILES });
  await session.open(name, undefined, 'yaml');
  return session;
}

/** Waits until the diagnostics of a file are these: code, text marked, message. */
async function shown(session: LspSession, name: string, ...wanted: readonly [string, string][]) {
  const marked = (params: (typeof session.published)[number]) => {
    const document = session.documents.get(params.uri)!;
    return params.diagnostics.map(({ code, range }) => [code, document.getText(range)]);
  };
  const last = () => session.published.findLast(({ uri }) => uri.endsWith(name));
  await session
    .until(
      () => {
        const params = last();
        return params !== undefined && JSON.stringify(marked(params)) === JSON.stringify(wanted);
      },
      `${JSON.stringify(wanted)} in ${name}`,
    )
    .catch((error: Error) => {
      throw new Error(`${error.message}, but: ${JSON.stringify(last() && marked(last()!))}`);
    });
  return last()!.diagnostics;
}

describe('a rule file in the editor', () => {
  it('has the mistakes of its text before it is saved, each at its place', async () => {
    const session = await startWith(RULE);
    await session.replace(RULE, 'limit: params.record_h', 'limit: params.recrod_h');
    await shown(session, RULE, ['pack/bad-expression', 'recrod_h']);
    await session.replace(RULE, 'severity: error', 'severity: eror');
    await shown(session, RULE, ['schema/not-a-word', 'eror'], ['pack/bad-expression', 'recrod_h']);
    await session.replace(RULE, 'severity: eror', 'severity: error');
    await session.replace(RULE, 'recrod_h', 'record_h');
    await shown(session, RULE);
    await session.stop();
  });

  it('has fixes for slips in its form, as a review has', async () => {
    const session = await startWith(RULE);
    const before = session.documents.get(uriOf(RULE))!.getText();
    await session.replace(RULE, 'severity: error', 'severity: eror');
    const [found] = await shown(session, RULE, ['schema/not-a-word', 'eror']);
    const ask = async (only?: string[]) => {
      const context = { diagnostics: [found!], ...(only && { only }) };
      const params = { textDocument: { uri: uriOf(RULE) }, range: found!.range, context };
      return (await session.connection.sendRequest(CodeActionRequest.type, params)) as CodeAction[];
    };
    const actions = await ask();
    assert.deepEqual(
      actions.map(({ title, kind, diagnostics }) => ({ title, kind, diagnostics })),
      [{ title: 'Write "error"', kind: 'quickfix', diagnostics: [found] }],
    );
    assert.deepEqual(await ask(['refactor']), []);
    await session.apply(actions[0]!.edit!);
    assert.equal(session.documents.get(uriOf(RULE))!.getText(), before);
    await shown(session, RULE);
    await session.stop();
  });

  it('shows what an example finds that does not behave as it says', async () => {
    const session = await startWith(RULE);
    await session.replace(RULE, '2026-02-02T22:10:00Z', '2026-02-03T22:10:00Z');
    const [diagnostic] = await shown(session, RULE, ['pack/example', '2026-02-03T22:10:00Z']);
    assert.match(
      String(diagnostic?.message),
      /Not marked: .*recording\/recorded-in-time "Recorded 25 h after/,
    );
    await session.replace(RULE, '2026-02-03T22:10:00Z', '2026-02-02T22:10:00Z');
    await session.replace(RULE, '^^^^^^^^^^^^^^^^^^^^ rec', '^^^^^^^^^^ rec');
    const faults = await shown(
      session,
      RULE,
      ['pack/example', '2026-02-05T21:10:00Z'],
      ['pack/example', '#            ^^^^^^^^^^ recording/recorded-in-time'],
    );
    assert.match(String(faults[1]?.message), /Marked but not found/);
    await session.stop();
  });

  it('is judged by the parameters as they stand in the editor, while reviews go by what is saved', async () => {
    const session = await startWith(RULE);
    await session.open('a.case-review.yaml', reviewText({ more: LATE }));
    assert.equal((await session.diagnostics('a.case-review.yaml')).length, 1);
    await session.open(PACK, undefined, 'yaml');
    await session.replace(PACK, 'value: 24', 'value: 96');
    await shown(
      session,
      RULE,
      ['pack/example', '#            ^^^^^^^^^^^^^^^^^^^^ recording/recorded-in-time'],
      ['pack/no-example', 'late'],
    );
    assert.equal((await session.diagnostics('a.case-review.yaml')).length, 1);
    await session.close(PACK);
    await shown(session, RULE);
    await session.stop();
  });

  it('is a rule file also for an editor that calls it a review', async () => {
    const session = await LspSession.start({ files: FILES });
    await session.open(RULE, FILES[RULE].replace('severity: error', 'severity: eror'));
    await shown(session, RULE, ['schema/not-a-word', 'eror']);
    assert.deepEqual(await session.diagnostics(RULE), []);
    await session.stop();
  });

  it('has the mistakes of the saved text once it is closed', async () => {
    const session = await startWith(RULE);
    await session.open('a.case-review.yaml', reviewText());
    await session.replace(RULE, 'params.record_h', 'params.recrod_h');
    await shown(session, RULE, ['pack/bad-expression', 'recrod_h']);
    await session.close(RULE);
    await session.pushed(RULE, ({ diagnostics }) => diagnostics.length === 0, session.published.length);
    await session.stop();
  });
});

describe('pack and configuration in the editor', () => {
  it('have the mistakes of their text', async () => {
    const session = await startWith(PACK);
    await session.replace(PACK, 'unit: hours, ', '');
    await shown(session, PACK, ['schema/missing-field', 'record_h']);
    await session.open(CONFIG, undefined, 'yaml');
    await session.replace(CONFIG, 'packs:', 'severities: {no/such: off}\npacks:');
    await shown(session, CONFIG, ['config/unknown-rule', 'off']);
    await session.stop();
  });

  it('count from when the workspace is trusted, and from when the pack is there', async () => {
    const { [PACK]: manifest, ...files } = FILES;
    const session = await LspSession.start({ files, initializationOptions: { trusted: false } });
    await session.open(CONFIG, 'pakcs: []\n', 'yaml');
    await session.open(RULE, FILES[RULE].replace('severity: error', 'severity: eror'), 'yaml');
    await session.scanned();
    assert.deepEqual(session.published, []);
    await session.connection.sendNotification('caseReview/trusted');
    await shown(session, CONFIG, ['schema/unknown-field', 'pakcs']);
    assert.ok(session.published.every(({ uri }) => uri === uriOf(CONFIG)));
    await session.write(PACK, manifest);
    await shown(session, RULE, ['schema/not-a-word', 'eror']);
    await session.stop();
  });

  it('of other programs are left alone', async () => {
    const session = await LspSession.start({
      files: {
        [CONFIG]: '',
        'pack.yaml': 'name: of another program\n',
        'theme/rule.yaml': 'x: 1\n',
        'policies/x.yaml': 'y',
      },
    });
    for (const name of ['pack.yaml', 'theme/rule.yaml', 'policies/x.yaml'])
      await session.open(name, undefined, 'yaml');
    await session.open(CONFIG, 'pakcs: []\n', 'yaml');
    await session.pushed(CONFIG);
    assert.deepEqual([...new Set(session.published.map(({ uri }) => uri.split('/').at(-1)))], [CONFIG]);
    await session.stop();
  });
});

describe('the lenses of a rule file', () => {
  it('say how the examples behave, and show one with what it finds', async () => {
    const session = await startWith(RULE);
    await session.replace(RULE, '2026-02-02T22:10:00Z', '2026-02-03T22:10:00Z');
    await shown(session, RULE, ['pack/example', '2026-02-03T22:10:00Z']);
    const textDocument = { uri: uriOf(RULE) };
    const lenses = await session.connection.sendRequest<CodeLens[]>('textDocument/codeLens', {
      textDocument,
    });
    const document = session.documents.get(uriOf(RULE))!;
    assert.deepEqual(
      lenses.map(({ range, command }) => [document.getText(range), command?.title]),
      [
        ['A crime is recorded in time', '1 of 2 examples behave'],
        ['After three days', 'Run: behaves, 1 finding'],
        ['After an hour', 'Run: does not behave, 1 finding'],
      ],
    );
    const [uri, path] = lenses[2]?.command?.arguments ?? [];
    const { text } = await session.connection.sendRequest<{ text: string }>('caseReview/runExample', {
      uri,
      path,
    });
    assert.match(
      text,
      /recorded_at: 2026-02-03T22:10:00Z\n {15}#\^{19} recording\/recorded-in-time "Recorded 25 h/,
    );
    await session.stop();
  });
});

describe('the examples of a rule file as tests', () => {
  const ask = (session: LspSession, name: string) =>
    session.connection.sendRequest<RuleExamplesResult>(RULE_EXAMPLES_REQUEST, { uri: uriOf(name) });

  it('behave or not, with the place of what does not, whether the file is open or closed', async () => {
    const session = await LspSession.start({ files: FILES });
    const shortly = (result: RuleExamplesResult) =>
      result?.examples.map(({ name, place, faults }) => [name, place.line, ...faults]);
    const lines = FILES[RULE]!.split('\n');
    const lineOf = (part: string) => lines.findIndex(line => line.includes(part));
    const closed = await ask(session, RULE);
    assert.deepEqual(
      [closed?.id, closed?.title],
      ['recording/recorded-in-time', 'A crime is recorded in time'],
    );
    const behaving = ['After three days', lineOf('After three days')];
    assert.deepEqual(shortly(closed), [behaving, ['After an hour', lineOf('After an hour')]]);

    await session.open(RULE, undefined, 'yaml');
    await session.replace(RULE, '2026-02-02T22:10:00Z', '2026-02-03T22:10:00Z');
    const [first, second] = shortly(await ask(session, RULE)) ?? [];
    assert.deepEqual(first, behaving);
    const fault = second?.[2] as RuleExample['faults'][number];
    assert.match(fault.message, /^Not marked: recording\/recorded-in-time "Recorded 25 h/);
    assert.equal(fault.place.line, lineOf('2026-02-02T22:10:00Z'));
    await session.stop();
  });

  it('are none in a rule with a mistake, and in any other file', async () => {
    const session = await startWith(RULE);
    await session.replace(RULE, 'limit: params.record_h', 'limit: params.recrod_h');
    for (const name of [RULE, PACK, CONFIG, 'a.case-review.yaml'])
      assert.equal(await ask(session, name), null);
    await session.stop();
  });
});
