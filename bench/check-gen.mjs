#!/usr/bin/env node
// Judges the corpus with the real command line: valid reviews must have no error, and every seeded defect must be
// found by its rule at its place. A benchmark counts only if the findings are right, so `bench.mjs` runs this first.
import { readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { readReport } from './command-line.mjs';
import { DEFECTS } from './corpus/defects.mjs';
import { writeCorpus } from './gen.mjs';
import { run } from './lib/run.mjs';

const VALID = 200;
/** So many that even the defects that few reviews can have are among them. */
const DEFECTIVE = 400;

/** What is wrong, one sentence each, and the rules that still fire in valid reviews. */
export async function checkCorpus(program, folder) {
  const valid = writeCorpus(VALID, path.join(folder, 'valid'));
  const defective = writeCorpus(DEFECTIVE, path.join(folder, 'defective'), { defects: 2 });
  const faults = [];
  const warnings = new Map();
  for (const { path: file, findings } of await judge(program, valid, [0])) {
    for (const { rule, severity, pointer } of findings) {
      if (severity === 'error') faults.push(`${file}: valid, but ${rule} at ${pointer}`);
      else warnings.set(rule, (warnings.get(rule) ?? 0) + 1);
    }
  }
  const expected = JSON.parse(readFileSync(`${defective.folder}.defects.json`, 'utf8'));
  const judged = await judge(program, defective, [1]);
  const found = new Map(judged.map(review => [path.basename(review.path), review.findings]));
  for (const [file, seeded] of Object.entries(expected)) {
    for (const { defect, rule, at } of seeded) {
      const isFound = found
        .get(file)
        ?.some(finding => finding.rule === rule && finding.pointer.startsWith(at));
      if (!isFound) faults.push(`${file}: "${defect}" was not found by ${rule} at ${at || 'the text'}`);
    }
  }
  const seeded = Object.values(expected).flat();
  for (const { name } of DEFECTS) {
    if (!seeded.some(({ defect }) => defect === name)) faults.push(`"${name}" was seeded nowhere`);
  }
  return { faults, warnings, defects: DEFECTS.length, seeded: seeded.length };
}

async function judge(program, { folder, files }, exitCodes) {
  const { exitCode, stdout, stderr } = await run([
    process.execPath,
    program,
    'check',
    folder,
    '--format',
    'json',
  ]);
  const { reviews, policyProblems } = readReport(stdout, stderr);
  if (reviews.length !== files)
    throw new Error(`check judged ${reviews.length} of ${files} reviews in ${folder}.`);
  const hasErrors = reviews.some(({ findings }) => findings.some(({ severity }) => severity === 'error'));
  if (policyProblems.length > 0)
    throw new Error(`The pack has problems: ${JSON.stringify(policyProblems[0])}`);
  if (!exitCodes.includes(exitCode) && !hasErrors)
    throw new Error(`check gave ${exitCode} for ${folder}: ${stderr}`);
  return reviews;
}

if (process.argv[1] && realpathSync(process.argv[1]) === import.meta.filename) {
  const program = path.resolve(import.meta.dirname, '../dist/case-review.cjs');
  const { faults, warnings, defects, seeded } = await checkCorpus(
    program,
    path.resolve(import.meta.dirname, 'corpora/check'),
  );
  for (const [rule, count] of warnings)
    console.log(`${rule}: ${count} below error in ${VALID} valid reviews`);
  for (const fault of faults) console.error(fault);
  console.log(
    `${VALID} valid reviews; ${seeded} defects of ${defects} kinds seeded; ${faults.length} faults.`,
  );
  if (faults.length > 0) process.exitCode = 1;
}
