/** `case-review rules`: the rules in force in this folder, one a line. */
import { join } from 'node:path';
import type { SchemaGuide } from '../engine/schema-guide.ts';
import { createDiskFiles } from '../files/disk-files.ts';
import { toFileUri } from '../files/file-uri.ts';
import type { RuleDescription } from '../policy/pack.ts';
import { EXIT } from './exit-code.ts';
import { openWorkspace, refusePolicyErrors } from './open-workspace.ts';
import type { Surroundings } from './surroundings.ts';

export interface RulesOptions {
  readonly json?: boolean;
  readonly config?: string;
}

export async function rules(options: RulesOptions, around: Surroundings): Promise<number> {
  const list = await rulesInForce(options, around);
  around.stdout.write(options.json ? `${JSON.stringify(list, null, 2)}\n` : formatList(list));
  return EXIT.clean;
}

/** The rules a review in this folder would be judged by. */
export async function rulesInForce(
  options: RulesOptions,
  around: Surroundings,
): Promise<readonly RuleDescription[]> {
  return (await policyHere(options, around)).rules;
}

/** The rules a review in this folder would be judged by, and what the schema says of it with the words of the packs. */
export async function policyHere(
  options: RulesOptions,
  around: Surroundings,
): Promise<{ readonly rules: readonly RuleDescription[]; readonly guide: SchemaGuide }> {
  const workspace = await openWorkspace(createDiskFiles(), options, around);
  const uri = toFileUri(join(around.cwd, 'any.case-review.yaml'));
  const list = workspace.rules(uri);
  refusePolicyErrors(workspace);
  return { rules: list, guide: workspace.guide(uri) };
}

function formatList(list: readonly RuleDescription[]): string {
  const width = Math.max(0, ...list.map(rule => rule.id.length));
  return list
    .map(rule => `${rule.id.padEnd(width)}  ${rule.severity.padEnd('information'.length)}  ${rule.title}\n`)
    .join('');
}
