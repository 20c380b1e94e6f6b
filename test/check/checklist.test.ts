/** The checklist: what counts as answered, outstanding, in breach and not applicable, and where each question stands. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import {
  type ChecklistItem,
  describeCounts,
  describeProgress,
  readChecklist,
} from '../../server/src/check/checklist.ts';
import { sayInEnglish } from '../../server/src/texts/say.ts';
import { createWorkspace } from '../../server/src/workspace/review-workspace.ts';
import { MemoryFiles } from '../support/memory-files.ts';
import { FORCE_PACK, LATE, reviewText } from '../support/reviews.ts';
import { repositoryRoot } from '../support/shipped-pack.ts';

/** Judged with the shipped pack, or with the small pack of a force. */
function checklistOf(text: string, pack: Readonly<Record<string, string>> = {}) {
  const files = Object.entries(pack).map(([name, content]) => [`file:///reviews/${name}`, content]);
  const workspace = createWorkspace(new MemoryFiles(Object.fromEntries(files)));
  const uri = 'file:///reviews/a.case-review.yaml';
  workspace.openText(uri, text);
  return readChecklist(workspace.parsed(uri), workspace.report(uri), workspace.guide(uri));
}

function leaves(items: readonly ChecklistItem[]): ChecklistItem[] {
  return items.flatMap(item => (item.items.length === 0 ? [item] : leaves(item.items)));
}

/** `state pointer` of every question of a section. */
function questions({ sections }: ReturnType<typeof checklistOf>, key: string): string[] {
  return leaves(sections.filter(section => section.key === key)).map(
    ({ state, pointer }) => `${state} ${pointer}`,
  );
}

const ANSWERS = `suspect_strategy:
  steps:
    cctv: {state: done, at: 2026-02-03}
    pnc: {state: outstanding}
    anpr_vehicle: {state: not_applicable, reason: no vehicle}
grades:
  overall: outstanding
`;

describe('the checklist', () => {
  it('has the sections in the order of the schema, with their counts', () => {
    const { sections, counts } = checklistOf(
      reviewText({ more: `closure: {rationale: all done}\n${LATE}` }),
      FORCE_PACK,
    );
    assert.deepEqual(
      sections.map(({ key, title, counts: own }) => [key, title, describeCounts(own, sayInEnglish)]),
      [
        ['review', 'Review', '4 answered'],
        ['recording', 'Recording', '1 in breach, 1 answered'],
        ['closure', 'Closure', '1 answered'],
      ],
    );
    assert.deepEqual(counts, {
      answered: 6,
      outstanding: 0,
      leftOutstanding: 0,
      inBreach: 1,
      notApplicable: 0,
    });
    assert.equal(sections[1]?.state, 'inBreach');
  });

  it('counts a breach once at its place, with what was found', () => {
    const list = checklistOf(reviewText({ more: LATE }), FORCE_PACK);
    assert.deepEqual(questions(list, 'recording'), [
      'answered /recording/reported_at',
      'inBreach /recording/recorded_at',
    ]);
    const late = list.sections[1]?.items[1];
    assert.deepEqual(
      late?.findings.map(({ rule }) => rule),
      ['recording/recorded-in-time'],
    );
    assert.deepEqual(late?.span, late?.findings[0]?.span);
  });

  it('counts as progress what is in order among the questions that apply', () => {
    const counts = { answered: 14, outstanding: 45, leftOutstanding: 0, inBreach: 2, notApplicable: 7 };
    const say = (other: Partial<typeof counts>) => describeProgress({ ...counts, ...other }, sayInEnglish);
    assert.equal(say({}), '14 of 61 answered · 2 in breach');
    assert.equal(say({ inBreach: 0 }), '14 of 59 answered');
    assert.equal(say({ leftOutstanding: 3 }), '17 of 64 answered · 2 in breach · 3 left outstanding');
  });

  it('counts nothing as in breach that is waived', () => {
    const waiver =
      'waivers:\n  - {rule: recording/recorded-in-time, reason: flood, by: OFF-1D4F6G, until: 2026-12-31}\n';
    const list = checklistOf(reviewText({ more: LATE + waiver }), FORCE_PACK);
    assert.equal(describeCounts(list.counts, sayInEnglish), '6 answered');
  });

  it('takes an answer at its word', () => {
    const list = checklistOf(reviewText({ state: 'draft', more: ANSWERS }), FORCE_PACK);
    assert.deepEqual(questions(list, 'suspect_strategy'), [
      'answered /suspect_strategy/steps/cctv',
      'outstanding /suspect_strategy/steps/pnc',
      'notApplicable /suspect_strategy/steps/anpr_vehicle',
    ]);
    // The grade is the best there is, and no gap.
    assert.deepEqual(questions(list, 'grades'), ['answered /grades/overall']);
  });

  it('asks nothing more where a complete review says that something was left outstanding', () => {
    const list = checklistOf(reviewText({ more: ANSWERS }), FORCE_PACK);
    assert.deepEqual(questions(list, 'suspect_strategy'), [
      'answered /suspect_strategy/steps/cctv',
      'leftOutstanding /suspect_strategy/steps/pnc',
      'notApplicable /suspect_strategy/steps/anpr_vehicle',
    ]);
    assert.equal(describeProgress(list.counts, sayInEnglish), '7 of 7 answered · 1 left outstanding');
  });

  it('has something open exactly where a finding asks for it, once a review is complete', () => {
    for (const file of readdirSync(`${repositoryRoot}examples`)) {
      if (!file.endsWith('.case-review.yaml')) continue;
      const text = readFileSync(`${repositoryRoot}examples/${file}`, 'utf8').replace(
        'state: draft',
        'state: complete',
      );
      for (const item of leaves(checklistOf(text).sections)) {
        const isOpen = item.state === 'inBreach' || item.state === 'outstanding';
        assert.equal(isOpen, item.findings.length > 0, `${file} ${item.pointer}`);
      }
    }
  });

  it('asks for each step that the policy misses, and for none that it does not', () => {
    const list = checklistOf(
      reviewText({ more: 'suspect_strategy: {steps: {pnc: {state: done, at: 2026-02-03}}}\n' }),
    );
    const steps = questions(list, 'suspect_strategy').filter(line => line.includes('/steps'));
    assert.equal(steps[0], 'answered /suspect_strategy/steps/pnc');
    assert.ok(steps.includes('outstanding /suspect_strategy/steps/cctv'));
    assert.ok(!steps.includes('outstanding /suspect_strategy/steps'));
    assert.equal(new Set(steps).size, steps.length);
    const other = checklistOf(reviewText({ more: '' }).replace('[cse]', '[neglect]'));
    assert.deepEqual(
      questions(other, 'suspect_strategy').filter(line => line.includes('/steps')),
      [],
    );
  });

  it('asks for a section that is absent, where it belongs', () => {
    const { sections } = checklistOf(reviewText({ state: 'draft' }));
    const { items = [] } = sections.find(({ key }) => key === 'recording') ?? {};
    const reported = items.find(({ pointer }) => pointer === '/recording/reported_at');
    assert.deepEqual([reported?.title, reported?.state], ['Reported at', 'outstanding']);
  });

  it('takes an empty value for an absent one', () => {
    const more =
      'recording: {reported_at: , decision: {basis: }}\nsupervision:\n  supervisor:\n  reviews: []\n';
    assert.deepEqual(
      checklistOf(reviewText({ more }), FORCE_PACK).sections.map(({ key }) => key),
      ['review'],
    );
  });

  it('names the entries of a list by their refs', () => {
    const more = 'persons:\n  - {ref: VIC-7H3K9Q, category: victim}\n  - {category: officer}\n';
    const { sections } = checklistOf(reviewText({ more }), FORCE_PACK);
    assert.deepEqual(
      sections[1]?.items.map(({ title, state, pointer }) => [title, state, pointer]),
      [
        ['VIC-7H3K9Q', 'answered', '/persons/0'],
        ['Person', 'outstanding', '/persons/1'],
      ],
    );
  });

  it('puts what is wrong with the review as a whole at its head, and never throws', () => {
    for (const text of [
      '',
      '[',
      'a',
      '- b',
      'review: {',
      'persons:\n  - &a {ref: *a}\n',
      'recording: [1]\n',
    ]) {
      const { sections } = checklistOf(text);
      assert.equal(sections[0]?.state, 'outstanding', text);
    }
  });
});
