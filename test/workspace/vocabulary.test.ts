/** Words that a force's pack adds are words like any other: accepted, asked, named, completed and explained. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createWorkspace } from '../../server/src/workspace/review-workspace.ts';
import { LspSession } from '../support/lsp-session.ts';
import { MemoryFiles } from '../support/memory-files.ts';
import { reviewText } from '../support/reviews.ts';

const NAME = 'a.case-review.yaml';
const PACK = 'policies/ours/pack.yaml';
const FILES = {
  'case-review.config.yaml': 'packs: [england-wales, ./policies/ours]\n',
  [PACK]: `id: ours
title: Ours
version: "1"
vocabulary:
  TracingStep:
    doorbell_cameras: {title: Doorbell cameras, description: Films of doorbells nearby.}
additions:
  tracing_steps: [doorbell_cameras]
`,
};

function workspaceWith(pack = FILES[PACK]) {
  const files = { ...FILES, [PACK]: pack };
  return createWorkspace(
    new MemoryFiles(
      Object.fromEntries(Object.entries(files).map(([name, text]) => [`file:///w/${name}`, text])),
    ),
  );
}

function findings(more: string, pack?: string) {
  const workspace = workspaceWith(pack);
  workspace.openText(`file:///w/${NAME}`, reviewText({ more }));
  assert.deepEqual(
    workspace.policyProblems().map(({ finding }) => finding.message),
    [],
  );
  return workspace.report(`file:///w/${NAME}`).findings;
}

const steps = (step: string) => `suspect_strategy:\n  steps:\n    ${step}: {state: outstanding}\n`;

describe('a word that a pack adds', () => {
  it('is accepted by the schema, and no other', () => {
    const schema = (step: string) => findings(steps(step)).filter(({ rule }) => rule.startsWith('schema/'));
    assert.deepEqual(schema('doorbell_cameras'), []);
    const [unknown] = schema('doorbel_cameras');
    assert.equal(unknown?.rule, 'schema/not-a-word');
    assert.match(unknown.message, /doorbell_cameras/);
  });

  it('is asked by the rules, by its title', () => {
    const all = findings(steps('pnc')).filter(({ rule }) => rule === 'suspect-tracing/steps-answered');
    const added = all.flatMap(({ fixes }) => fixes.flatMap(({ patch }) => patch.map(({ path }) => path)));
    assert.ok(added.includes('/suspect_strategy/steps/doorbell_cameras'));
    const [one] = findings(
      steps('pnc'),
      `${FILES[PACK]}parameters:\n  tracing_steps: {title: Steps, value: [pnc], unit: list, confidence: local}\n`,
    ).filter(({ check }) => check === 'step-unanswered');
    assert.equal(one?.message, 'Suspect-tracing step "Doorbell cameras" has no answer.');
  });

  it('belongs to a vocabulary and a list that are there', () => {
    const workspace = workspaceWith(
      FILES[PACK].replace('TracingStep', 'TracingSteps').replace('tracing_steps', 'steps'),
    );
    workspace.rules(`file:///w/${NAME}`);
    assert.deepEqual(
      workspace.policyProblems().map(({ finding }) => [finding.rule, finding.path]),
      [
        ['pack/unknown-vocabulary', '/vocabulary/TracingSteps'],
        ['pack/unknown-list', '/additions/steps'],
      ],
    );
  });

  it('is completed and explained in the editor, from when the pack is saved', async () => {
    const session = await LspSession.start({
      files: { ...FILES, [PACK]: 'id: ours\ntitle: Ours\nversion: "1"\n' },
    });
    const text = reviewText({ more: steps('doorbell_cameras') });
    const document = await session.open(NAME, text);
    const codes = async () => (await session.diagnostics(NAME)).map(({ code }) => code);
    assert.ok((await codes()).includes('schema/not-a-word'));
    await session.write(PACK, FILES[PACK]);
    assert.ok(!(await codes()).includes('schema/not-a-word'));
    const position = document.positionAt(text.indexOf('doorbell_cameras') + 3);
    const at = { textDocument: { uri: document.uri }, position };
    const hover = await session.connection.sendRequest<{ contents: { value: string } }>(
      'textDocument/hover',
      at,
    );
    assert.match(hover.contents.value, /Doorbell cameras.*\n.*Films of doorbells nearby/);
    const { items } = await session.connection.sendRequest<{ items: { label: string }[] }>(
      'textDocument/completion',
      at,
    );
    assert.ok(items.some(({ label }) => label === 'doorbell_cameras'));
    await session.stop();
  });
});
