#!/usr/bin/env node
// Judges the corpus with the real command line: valid reviews must have no error, and every seeded defect must be
// found by its rule at its place. A benchmark counts only if the findings are right, so `bench.mjs` does this first.
//
//   node bench/check-gen.mjs [FOLDER]
import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { readReport } from './command-line.mjs';
import { DEFECTS } from './corpus/defects.mjs';
import { writeCorpus } from './gen.mjs';
import { run } from './lib/run.mjs';

const VALID = 200;
/** Twice as many, up to the second number, until even the defects that few reviews can have are among them. */
const DEFECTIVE = { first: 400, most: 6400 };

/** What is wrong, one sentence each, and the rules that still fire in valid reviews. */
export async function checkCorpus(program, folder) {
  const valid = writeCorpus(VALID, path.join(folder, 'valid'));
  const { defective, expected, unseen } = seedEvery(path.join(folder, 'defective'), DEFECTIVE.first);
  const faults = [];
  const warnings = new Map();
  for (const { path: file, findings } of await judge(program, valid)) {
    for (const { rule, severity, pointer } of findings) {
      if (severity === 'error') faults.push(`${file}: valid, but ${rule} at ${pointer}`);
      else warnings.set(rule, (warnings.get(rule) ?? 0) + 1);
    }
  }
  const judged = await judge(program, defective);
  const found = new Map(judged.map(review => [path.basename(review.path), review.findings]));
  for (const [file, seeded] of Object.entries(expected)) {
    for (const { defect, rule, at } of seeded) {
      const isFound = found
        .get(file)
        ?.some(finding => finding.rule === rule && finding.pointer.startsWith(at));
      if (!isFound) faults.push(`${file}: "${defect}" was not found by ${rule} at ${at || 'the text'}`);
    }
  }
  for (const { name } of unseen) faults.push(`"${name}" was seeded nowhere`);
  const seeded = Object.values(expected).flat().length;
  return { faults, warnings, defects: DEFECTS.length, seeded, unseeded: rulesWithoutDefect() };
}

function seedEvery(folder, count) {
  const defective = writeCorpus(count, folder, { defects: 2 });
  const expected = JSON.parse(readFileSync(`${defective.folder}.defects.json`, 'utf8'));
  const seeded = new Set(Object.values(expected).flatMap(defects => defects.map(({ defect }) => defect)));
  const unseen = DEFECTS.filter(({ name }) => !seeded.has(name));
  return unseen.length > 0 && count < DEFECTIVE.most
    ? seedEvery(folder, 2 * count)
    : { defective, expected, unseen };
}

async function judge(program, { folder, files }) {
  const command = [process.execPath, program, 'check', folder, '--format', 'json'];
  const { exitCode, stdout, stderr } = await run(command);
  const { reviews, policyProblems } = readReport(stdout, stderr);
  if (policyProblems.length > 0)
    throw new Error(`The pack has problems: ${JSON.stringify(policyProblems[0])}`);
  if (reviews.length !== files)
    throw new Error(`check judged ${reviews.length} of ${files} reviews in ${folder}.`);
  const hasErrors = reviews.some(({ findings }) => findings.some(({ severity }) => severity === 'error'));
  if (exitCode !== (hasErrors ? 1 : 0)) throw new Error(`check gave ${exitCode} for ${folder}: ${stderr}`);
  return reviews;
}

/** The shipped rules that nothing puts to the test here. */
function rulesWithoutDefect() {
  const pack = path.resolve(import.meta.dirname, '../policies/england-wales');
  const files = readdirSync(pack, { recursive: true }).map(file => file.replaceAll('\\', '/'));
  const rules = files
    .filter(file => /^[^/]+\/[^/]+\.yaml$/.test(file))
    .map(file => file.slice(0, -'.yaml'.length));
  return rules.filter(id => !DEFECTS.some(({ rule }) => rule === id)).sort();
}

if (process.argv[1] && realpathSync(process.argv[1]) === import.meta.filename) {
  const program = path.resolve(import.meta.dirname, '../dist/case-review.cjs');
  const folder = process.argv[2] ?? path.join(import.meta.dirname, 'corpora/check');
  const { faults, warnings, defects, seeded, unseeded } = await checkCorpus(program, path.resolve(folder));
  for (const [rule, count] of warnings)
    console.log(`${rule}: ${count} below error in ${VALID} valid reviews`);
  for (const rule of unseeded) console.log(`${rule}: no defect is seeded for this rule`);
  for (const fault of faults) console.error(fault);
  console.log(
    `${VALID} valid reviews; ${seeded} defects of ${defects} kinds seeded; ${faults.length} faults.`,
  );
  if (faults.length > 0) process.exitCode = 1;
}
