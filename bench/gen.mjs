#!/usr/bin/env node
// Writes reviews in the real format: deterministic, valid or with seeded defects, as many or as long as wanted.
//
//   node bench/gen.mjs N DIR [--seed 42] [--defects K] [--every M]   N reviews; K defects in every Mth
//   node bench/gen.mjs --lines L FILE [--seed 42]                    one review of about L lines
//
// File i depends only on (seed, i), so 1,000 reviews are the first of 10,000. The seeded defects, with the rule that
// has to find each, are listed in DIR.defects.json. Two of every ten reviews link to one another: N had better be a
// multiple of ten, or the last link may lead nowhere.
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chooseDefects } from './corpus/defects.mjs';
import { makeReview } from './corpus/review.mjs';
import { toYaml } from './corpus/yaml-text.mjs';

export const fileName = index => `review-${String(index + 1).padStart(6, '0')}.case-review.yaml`;

/** The text of review `index` and the defects seeded in it. */
export function makeText(index, { seed = 42, scale = 1, isLinked = true, defects = 0, every = 1 } = {}) {
  const review = makeReview(index, { seed, scale, isLinked });
  const isDefective = defects > 0 && index % every === 0;
  const chosen = isDefective ? chooseDefects(defects, Math.floor(index / every), review, index) : [];
  for (const { change } of chosen) change?.(review, { seed, index });
  let text = toYaml(review, `Case review ${index + 1}`);
  for (const { name, rewrite } of chosen) {
    const changed = rewrite ? rewrite(text) : text;
    if (rewrite && changed === text)
      throw new Error(`The defect "${name}" found nothing to rewrite in review ${index}.`);
    text = changed;
  }
  return { text, seeded: chosen.map(({ name, rule, at }) => ({ defect: name, rule, at })) };
}

const countLines = text => text.split('\n').length - 1;

/** A valid review, linked to no other, whose length comes closest to `lines`. */
export function makeLongText(lines, { seed = 42 } = {}) {
  let best;
  const consider = (index, scale) => {
    const { text } = makeText(index, { seed, scale, isLinked: false });
    const distance = Math.abs(countLines(text) - lines);
    if (best === undefined || distance < best.distance) best = { text, distance };
    return countLines(text);
  };
  for (let index = 0; index < 100 && best?.distance !== 0; index++) {
    const length = consider(index, 1);
    if (lines < 2 * length) continue;
    // Length grows almost evenly with the scale, so a few steps along the secant come close.
    let scale = lines / length;
    for (let step = 0; step < 8 && best.distance > lines / 200; step++)
      scale *= lines / consider(index, scale);
    if (best.distance <= lines / 200) break;
  }
  return best.text;
}

/** Writes a corpus unless the very same one is there already. */
export function writeCorpus(count, folder, options = {}) {
  const stampFile = `${folder}.stamp.json`;
  const stamp = JSON.stringify({ count, ...options, generator: generatorHash() });
  if (existsSync(stampFile)) {
    const written = JSON.parse(readFileSync(stampFile, 'utf8'));
    if (written.stamp === stamp) return written.corpus;
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const corpus = { folder, files: count, bytes: 0, lines: 0 };
  const listed = {};
  for (let index = 0; index < count; index++) {
    const { text, seeded } = makeText(index, options);
    writeFileSync(path.join(folder, fileName(index)), text);
    corpus.bytes += Buffer.byteLength(text);
    corpus.lines += countLines(text);
    if (seeded.length > 0) listed[fileName(index)] = seeded;
  }
  if (options.defects) writeFileSync(`${folder}.defects.json`, `${JSON.stringify(listed, null, 1)}\n`);
  writeFileSync(stampFile, JSON.stringify({ stamp, corpus }));
  return corpus;
}

/** Changes whenever anything changes that the corpus is made from. */
function generatorHash() {
  const here = import.meta.dirname;
  const sources = readdirSync(path.join(here, 'corpus')).map(name => path.join(here, 'corpus', name));
  const schema = path.join(here, '../schemas/case-review.schema.json');
  const hash = createHash('sha256');
  for (const file of [import.meta.filename, schema, ...sources.sort()]) hash.update(readFileSync(file));
  return hash.digest('hex');
}

function main() {
  const number = { type: 'string' };
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { seed: number, defects: number, every: number, lines: number },
  });
  const options = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, Number(value)]));
  const { lines, ...rest } = options;
  if (lines !== undefined && positionals.length === 1)
    writeFileSync(positionals[0], makeLongText(lines, rest));
  else if (positionals.length === 2)
    console.log(JSON.stringify(writeCorpus(Number(positionals[0]), positionals[1], rest)));
  else {
    console.error(
      'Usage: gen.mjs N DIR [--seed S] [--defects K] [--every M] | gen.mjs --lines L FILE [--seed S]',
    );
    process.exitCode = 2;
  }
}

if (process.argv[1] && realpathSync(process.argv[1]) === import.meta.filename) main();
