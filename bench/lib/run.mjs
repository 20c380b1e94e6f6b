// Runs a command to its end and says how long it took, what CPU time and how much memory it used; and reads the
// memory and CPU time of a process that still runs. CPU and peak memory need GNU time; without it they are left out.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const GNU_TIME = '/usr/bin/time';
const hasTime = existsSync(GNU_TIME) && spawnSync(GNU_TIME, ['-f', '%M', 'true']).status === 0;

/** A command that runs on one core, the last one this process may use; the command itself where that cannot be set. */
export function onOneCore(command) {
  const core = /^Cpus_allowed_list:\s.*?(\d+)\s*$/m.exec(readText('/proc/self/status'))?.[1];
  if (core === undefined || spawnSync('taskset', ['-c', core, 'true']).status !== 0) return command;
  return ['taskset', '-c', core, ...command];
}

/** From spawn to exit. `ms` is wall time; standard output is returned, standard error only shown when it fails. */
export function run(command, { cwd } = {}) {
  const folder = hasTime ? mkdtempSync(path.join(tmpdir(), 'case-review-bench-')) : undefined;
  const measured = folder ? path.join(folder, 'time') : undefined;
  const [file, ...args] = measured ? [GNU_TIME, '-q', '-o', measured, '-f', '%U %S %M', ...command] : command;
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(file, args, {
      cwd,
      env: { ...process.env, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const chunks = [];
    let stderr = '';
    let ms = 0;
    child.stdout.on('data', chunk => chunks.push(chunk));
    child.stderr.on('data', chunk => {
      stderr += chunk;
    });
    child.on('error', reject);
    child.on('exit', () => {
      ms = performance.now() - start;
    });
    child.on('close', exitCode => {
      const used = measured ? readText(measured).trim().split('\n').at(-1).split(' ').map(Number) : undefined;
      if (folder) rmSync(folder, { recursive: true });
      resolve({
        ms,
        exitCode,
        stdout: Buffer.concat(chunks).toString(),
        stderr,
        ...(used && { cpuMs: (used[0] + used[1]) * 1000, peakMiB: used[2] / 1024 }),
      });
    });
  });
}

/** The most memory a running process has had so far. */
export function peakMiB(pid) {
  const found = /^VmHWM:\s+(\d+) kB/m.exec(readText(`/proc/${pid}/status`));
  return found ? Number(found[1]) / 1024 : undefined;
}

/** Waits until a process has used next to no CPU time for a second; false if it has not within two minutes. */
export async function becomesQuiet(pid) {
  const deadline = performance.now() + 120_000;
  for (let before = cpuTicks(pid); performance.now() < deadline; ) {
    await sleep(1000);
    const now = cpuTicks(pid);
    if (now - before <= 2) return true;
    before = now;
  }
  return false;
}

/** Hundredths of a second on every usual Linux. */
function cpuTicks(pid) {
  const fields = readText(`/proc/${pid}/stat`).split(') ').at(-1).split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
