/**
 * Command-line scenarios: one text file with the files of a folder, a command, and what it must answer. The command
 * runs in process, or through the built program. `UPDATE=1` rewrites what is expected.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../server/src/cli/run.ts';
import type { Output, Surroundings } from '../../server/src/cli/surroundings.ts';
import { VERSION } from '../../server/src/cli/version.ts';

/** The repository's root, from wherever the tests were compiled to. */
const root = fileURLToPath(new URL('../../../', import.meta.url));
export const scenarioFolder = path.join(root, 'test/fixtures/cli');
export const builtProgram = path.join(root, 'dist/case-review.cjs');

export interface Scenario {
  /** What the scenario shows; lines above the first section. */
  readonly about: string;
  readonly files: Readonly<Record<string, string>>;
  readonly command: readonly string[];
  readonly stdin: string;
  /** The columns of the terminal that stdout is; undefined for a log. */
  readonly terminal: number | undefined;
  readonly env: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

interface Section {
  readonly name: string;
  readonly argument: string;
  readonly text: string;
}

/** Sections begin with `=== name argument`; a folder of the fixtures is laid under the files by `=== base NAME`. */
function readSections(text: string): Section[] {
  const parts = text.split(/^=== (\S+) ?(.*)\n/m);
  const sections: Section[] = [{ name: 'about', argument: '', text: parts[0] ?? '' }];
  for (let at = 1; at < parts.length; at += 3) {
    sections.push({ name: parts[at] ?? '', argument: parts[at + 1] ?? '', text: parts[at + 2] ?? '' });
  }
  return sections;
}

const INPUTS = ['about', 'base', 'file', 'stdin', 'terminal', 'env', 'command'];
const EXPECTATIONS = ['stdout', 'stderr', 'status'];

export function readScenario(text: string): { readonly scenario: Scenario; readonly expected: Answer } {
  const sections = readSections(text);
  for (const { name } of sections) {
    if (![...INPUTS, ...EXPECTATIONS].includes(name)) throw new Error(`Unknown section "${name}".`);
  }
  const find = (name: string) => sections.find(section => section.name === name);
  const files = sections
    .filter(section => section.name === 'file')
    .map(({ argument, text }) => [argument, text]);
  const base = find('base')?.argument;
  const terminal = find('terminal')?.argument;
  const command = find('command')?.text.trim().split(/\s+/) ?? [];
  if (command.shift() !== 'case-review') throw new Error('A command begins with case-review.');
  const env = sections.filter(section => section.name === 'env').map(({ argument }) => argument.split('='));
  return {
    scenario: {
      about: sections[0]?.text ?? '',
      files: { ...(base === undefined ? {} : { '': base }), ...Object.fromEntries(files) },
      command,
      stdin: find('stdin')?.text ?? '',
      terminal: terminal === undefined ? undefined : Number(terminal),
      env: Object.fromEntries(env),
    },
    expected: {
      stdout: find('stdout')?.text ?? '',
      stderr: find('stderr')?.text ?? '',
      status: Number(find('status')?.text ?? Number.NaN),
    },
  };
}

/** The scenario's text with another answer. */
export function withAnswer(text: string, { stdout, stderr, status }: Answer): string {
  const inputs = text.slice(0, text.search(/^=== (?:stdout|stderr|status)/m) >>> 0).trimEnd();
  const part = (name: string, body: string) => (body === '' ? '' : `=== ${name}\n${body}`);
  return `${inputs}\n${part('stdout', stdout)}${part('stderr', stderr)}=== status\n${status}\n`;
}

/** The version would change every expectation with every release. */
export function withoutVersion(answer: Answer): Answer {
  return { ...answer, stdout: answer.stdout.replaceAll(VERSION, '{version}') };
}

/** Runs something in a folder of its own that holds these files; the name '' stands for a folder of the fixtures. */
export async function inFolder<T>(
  files: Readonly<Record<string, string | Uint8Array>>,
  act: (folder: string) => T,
): Promise<Awaited<T>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'case-review-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      if (name === '') {
        cpSync(path.join(scenarioFolder, String(content)), folder, { recursive: true });
        continue;
      }
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), content);
    }
    return await act(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
const giveAway = (folder: string) => spawnSync('chown', ['-hR', String(NOBODY), folder]);

/**
 * Reads as somebody whom permissions bind, which root is not; the folder is theirs from then on. Whether a file may be
 * written is asked for the real user, so that takes a process: `runAsOrdinaryUser`.
 */
export async function asOrdinaryUser<T>(folder: string, act: () => Promise<T>): Promise<T> {
  if (!isRoot) return act();
  giveAway(folder);
  process.seteuid!(NOBODY);
  try {
    return await act();
  } finally {
    process.seteuid!(0);
  }
}

export interface RunOptions extends Partial<Pick<Scenario, 'stdin' | 'terminal' | 'env'>> {
  readonly createWorkspace?: Surroundings['createWorkspace'];
}

/** The command line in this process, at a fixed moment. */
export async function runInProcess(
  folder: string,
  command: readonly string[],
  options: RunOptions = {},
): Promise<Answer> {
  const stdout = new Capture(options.terminal);
  const stderr = new Capture(undefined);
  const status = await run(command, {
    stdout,
    stderr,
    stdin: chunks(options.stdin ?? ''),
    cwd: folder,
    env: options.env ?? {},
    now: () => new Date('2026-03-10T10:30:00.123Z'),
    ...(options.createWorkspace && { createWorkspace: options.createWorkspace }),
  });
  return { stdout: stdout.text, stderr: stderr.text, status };
}

/** The built program in a process of its own. */
export function runBuilt(folder: string, command: readonly string[], options: RunOptions = {}): Answer {
  return runProgram(builtProgram, folder, command, options);
}

/** The same as `asOrdinaryUser` would, from a copy of the program, since theirs may not be the folders around it. */
export function runAsOrdinaryUser(folder: string, command: readonly string[]): Answer {
  const program = path.join(folder, 'program.cjs');
  cpSync(builtProgram, program);
  if (isRoot) giveAway(folder);
  return runProgram(program, folder, command, isRoot ? { uid: NOBODY } : {});
}

function runProgram(
  program: string,
  folder: string,
  command: readonly string[],
  { stdin = '', env, uid }: RunOptions & { readonly uid?: number },
): Answer {
  const { stdout, stderr, status } = spawnSync(process.execPath, [program, ...command], {
    cwd: folder,
    input: stdin,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, ...env },
    uid,
  });
  return { stdout, stderr, status: status ?? Number.NaN };
}

export function readFixture(name: string): string {
  return readFileSync(path.join(scenarioFolder, name), 'utf8');
}

class Capture implements Output {
  readonly isTTY: boolean;
  readonly columns: number | undefined;
  text = '';

  constructor(columns: number | undefined) {
    this.isTTY = columns !== undefined;
    this.columns = columns;
  }

  write(text: string, done?: () => void): boolean {
    this.text += text;
    done?.();
    return true;
  }
}

async function* chunks(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
