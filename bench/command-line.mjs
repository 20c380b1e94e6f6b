// Measures `case-review check` over a corpus against the bare parse of the same files, run by run, on one core.
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { onOneCore, run } from './lib/run.mjs';
import { median, medianRatio } from './lib/statistics.mjs';

/** Runs floor, ours, floor, ours …; what is compared are neighbours. Throws when a run gives a wrong result. */
export async function measureCheck({ program, floor, corpus, rounds, onRound }) {
  const commands = {
    floor: onOneCore([process.execPath, floor, corpus.folder]),
    ours: onOneCore([process.execPath, program, 'check', corpus.folder, '--format', 'json']),
    node: onOneCore([process.execPath, '-e', '0']),
  };
  const runs = { floor: [], ours: [], node: [] };
  for (let round = 0; round < rounds; round++) {
    for (const name of ['node', 'floor', 'ours']) {
      const result = await run(commands[name]);
      if (name === 'floor') expectParsed(result, corpus);
      if (name === 'ours') expectClean(result, corpus);
      runs[name].push(result);
    }
    onRound?.(round + 1, { floor: runs.floor.at(-1).ms, ours: runs.ours.at(-1).ms });
  }
  const all = (name, key) => runs[name].map(result => result[key]);
  const both = key => ({
    ours: median(all('ours', key)),
    floor: median(all('floor', key)),
    ratio: medianRatio(all('ours', key), all('floor', key)),
  });
  const hasUsage = runs.ours.every(({ cpuMs }) => cpuMs !== undefined);
  return {
    files: corpus.files,
    bytes: corpus.bytes,
    rounds,
    wall: both('ms'),
    ...(hasUsage && { cpu: both('cpuMs'), peakMiB: both('peakMiB') }),
    nodeMs: median(all('node', 'ms')),
  };
}

/** One review against a Node that does nothing, in turns; the first run compiles the program and does not count. */
export async function measureOne({ program, corpus, rounds }) {
  const one = { ...corpus, files: 1, folder: path.join(corpus.folder, readdirSync(corpus.folder)[0]) };
  const runs = { node: [], ours: [] };
  for (let round = 0; round <= rounds; round++) {
    const node = await run([process.execPath, '-e', '0']);
    const ours = await run([process.execPath, program, 'check', one.folder, '--format', 'json']);
    expectClean(ours, one);
    if (round === 0) continue;
    runs.node.push(node);
    runs.ours.push(ours);
  }
  const all = (name, key) => runs[name].map(result => result[key]);
  const both = key => ({
    ours: median(all('ours', key)),
    floor: median(all('node', key)),
    ratio: medianRatio(all('ours', key), all('node', key)),
  });
  const hasUsage = runs.ours.every(({ cpuMs }) => cpuMs !== undefined);
  return { wall: both('ms'), ...(hasUsage && { cpu: both('cpuMs') }) };
}

/** One thread, two and two shards at once, and a cache cold and warm, in turns. Throws when they do not print the same. */
export async function measureSpeed({ program, corpus, rounds, cache }) {
  const check = (...options) => [
    process.execPath,
    program,
    'check',
    corpus.folder,
    '--format',
    'json',
    ...options,
  ];
  const cached = ['--jobs', '1', '--cache-file', cache];
  const pairs = { threads: [], shards: [], cache: [] };
  for (let round = 0; round < rounds; round++) {
    rmSync(cache, { force: true });
    const one = await run(check('--jobs', '1'));
    const two = await run(check('--jobs', '2'));
    const shards = await Promise.all(
      ['1/2', '2/2'].map(shard => run(check('--jobs', '1', '--shard', shard))),
    );
    const cold = await run(check(...cached));
    const warm = await run(check(...cached));
    expectClean(one, corpus);
    for (const shard of shards) expectClean(shard, { ...corpus, files: corpus.files / 2 });
    for (const other of [two, cold, warm])
      if (other.stdout !== one.stdout)
        throw new Error(`Another answer: ${other.stderr || 'see the reports'}`);
    pairs.threads.push([one, two]);
    pairs.shards.push([one, { ms: Math.max(...shards.map(({ ms }) => ms)) }]);
    pairs.cache.push([cold, warm]);
  }
  const ratios = Object.entries(pairs).map(([name, runs]) => {
    const ms = side => runs.map(pair => pair[side].ms);
    return [name, { ours: median(ms(1)), floor: median(ms(0)), ratio: medianRatio(ms(0), ms(1)) }];
  });
  const peaks = pairs.threads.map(([, two]) => two.peakMiB);
  return { ...Object.fromEntries(ratios), ...(peaks.every(Boolean) && { peakMiB: Math.max(...peaks) }) };
}

function expectParsed({ stdout, stderr }, { files }) {
  if (stdout !== `${files} files, 0 errors\n`)
    throw new Error(`The floor parsed something else: ${stdout}${stderr}`);
}

/** Every review of the valid corpus was read and none has an error. */
function expectClean({ exitCode, stdout, stderr }, { files, folder }) {
  const { summary } = readReport(stdout, stderr);
  if (exitCode === 0 && summary.reviews === files && summary.findings.error === 0) return;
  throw new Error(`check gave ${exitCode} for ${folder}: ${JSON.stringify(summary)} ${stderr}`);
}

export function readReport(stdout, stderr) {
  try {
    return JSON.parse(stdout);
  } catch {
    throw new Error(`check printed no JSON report: ${stderr || stdout.slice(0, 500)}`);
  }
}
