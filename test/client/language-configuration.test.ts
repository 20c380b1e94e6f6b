/** What Enter does in VS Code: the first rule whose pattern the text before the cursor fits. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { test } from 'node:test';

interface EnterRule {
  readonly beforeText: { readonly pattern: string };
  readonly action: { readonly indent: 'indent' | 'none'; readonly appendText?: string };
}

const file = path.resolve(import.meta.dirname, '../../../language-configuration.json');
const { onEnterRules }: { onEnterRules: readonly EnterRule[] } = JSON.parse(readFileSync(file, 'utf8'));

/** How much further the next line begins than this one. */
function addedBy(line: string): number {
  const rule = onEnterRules.find(({ beforeText }) => new RegExp(beforeText.pattern).test(line));
  if (rule === undefined) return 0;
  return (rule.action.indent === 'indent' ? 2 : 0) + (rule.action.appendText ?? '').length;
}

for (const [line, added] of [
  ['recording:', 2],
  ['recording:  # Report and recording of the crime.', 2],
  ['  note: |', 2],
  ['  - offences:', 4],
  ['  - ref: VIC-7H3K9Q', 2],
  ['  reported_at: 2026-02-02', 0],
  ['# a note:', 0],
  ['  - VIC-7H3K9Q', 0],
  ['  steps: {pnc: {state: outstanding}}', 0],
] as const)
  test(`Enter behind "${line}" begins ${added === 0 ? 'below it' : `${added} further in`}`, () => {
    assert.equal(addedBy(line), added);
  });
