/** A repository as a force keeps one: 200 reviews in order on `main`, and a branch with a change that breaks two of them. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { builtProgram } from './cli-scenario.ts';
import { makeText } from './generated-reviews.ts';

const REVIEWS = 200;

/** Recorded years too late, and no longer linked to its partner. */
export const CHANGED = nameOf(3);
/** Not changed, but it links to the one that no longer links back. */
export const PARTNER = nameOf(4);

export interface SampleRepository {
  readonly folder: string;
  git(...args: readonly string[]): string;
}

/** Stands on the branch, whose change is committed. The program lies in `tools/`, as the recipes have it. */
export function createSampleRepository(): SampleRepository {
  const folder = mkdtempSync(path.join(tmpdir(), 'case-review-sample-'));
  mkdirSync(path.join(folder, 'reviews'));
  mkdirSync(path.join(folder, 'tools'));
  for (let at = 0; at < REVIEWS; at++) writeFileSync(path.join(folder, nameOf(at)), makeText(at).text);
  writeFileSync(path.join(folder, 'case-review.config.yaml'), 'packs: [england-wales]\n');
  cpSync(builtProgram, path.join(folder, 'tools/case-review.cjs'));
  const git = gitIn(folder);
  git('init', '--quiet', '--initial-branch=main');
  git('add', '.');
  git('commit', '--quiet', '--message=Two hundred reviews');
  git('switch', '--quiet', '--create=change');
  breakReview(folder);
  git('commit', '--quiet', '--all', '--message=A review changes');
  return { folder, git };
}

export function breakReview(folder: string): void {
  const file = path.join(folder, CHANGED);
  const text = readFileSync(file, 'utf8');
  const partner = readFileSync(path.join(folder, PARTNER), 'utf8').match(/^ {2}id: (\S+)/m)?.[1] ?? '';
  writeFileSync(
    file,
    text.replaceAll(partner, 'CASE-9Z9Z9Z').replace(/^( {2}recorded_at: )\d{4}/m, '$12030'),
  );
}

/** Git without the habits of whoever runs the tests. */
export function gitIn(folder: string): SampleRepository['git'] {
  return (...args) =>
    execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', ...args], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
    });
}

export function removeRepository({ folder }: SampleRepository): void {
  rmSync(folder, { recursive: true, force: true });
}

function nameOf(index: number): string {
  return `reviews/review-${String(index + 1).padStart(6, '0')}.case-review.yaml`;
}
