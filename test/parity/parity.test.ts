/**
 * The editor and CI say the same: the real server over stdio, asked for `workspace/diagnostic`, and `check --format
 * json` of the same program give the same findings on the same folder, in the same order.
 */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  type Diagnostic,
  StreamMessageReader,
  StreamMessageWriter,
  type WorkspaceDiagnosticReport,
} from 'vscode-languageserver/node';
import { withHeader } from '../../server/src/check/judge-example.ts';
import { loadShippedPack, repositoryRoot } from '../support/shipped-pack.ts';

const program = join(repositoryRoot, 'dist/case-review.cjs');
const { makeText } = (await import(pathToFileURL(join(repositoryRoot, 'bench/gen.mjs')).href)) as {
  makeText(index: number, options: { defects: number }): { text: string };
};
const { newerNode } = (await import(
  pathToFileURL(join(repositoryRoot, 'scripts/setup-test-kit.mjs')).href
)) as { readonly newerNode: string };

/** One finding in the words that both fronts have. */
interface Line {
  readonly path: string;
  readonly from: string;
  readonly to: string;
  readonly severity: string;
  readonly rule: string;
  readonly message: string;
  readonly fingerprint: string;
  readonly related: readonly string[];
}

/** LSP's severities by number. */
const SEVERITIES = ['', 'error', 'warning', 'information', 'hint'];

const folder = mkdtempSync(join(tmpdir(), 'parity-'));
after(() => rmSync(folder, { recursive: true, force: true }));
fillFolder();

test('the server and the command line give the same findings on the same folder', async () => {
  const [server, commandLine] = [await askServer(), askCommandLine()];
  assert.ok(commandLine.length > 300, `only ${commandLine.length} findings to compare`);
  assert.deepEqual(server, commandLine);
  assert.equal(JSON.stringify(server), JSON.stringify(commandLine));
});

test('one job, several jobs, and a cache that is cold or warm print the same bytes', () => {
  const cache = ['--cache-file', join(folder, 'cache.json')];
  for (const format of ['json', 'sarif', 'text']) {
    const plain = runCheck('--format', format, '--jobs', '1');
    const warm = [...cache, '--jobs', '3'];
    const ways = format === 'json' ? [['--jobs', '3'], [...cache, '--jobs', '2'], cache, warm] : [warm];
    for (const options of ways)
      assert.equal(runCheck('--format', format, ...options), plain, `${format} ${options.join(' ')}`);
  }
});

const skip = !existsSync(newerNode) && 'there is no newer Node here: node scripts/setup-test-kit.mjs';
test('a newer Node prints the same bytes', { skip }, () => {
  for (const jobs of ['1', '3'])
    assert.equal(
      runProgram(['check', folder, '--format', 'json', '--jobs', jobs], newerNode),
      runCheck('--format', 'json'),
    );
});

test('parts that are joined print the bytes of the whole', () => {
  const parts = [1, 2, 3].map(part => {
    const file = join(folder, `part-${part}.json`);
    runCheck('--shard', `${part}/3`, '--format', `json:${file}`, '--jobs', String(part));
    return file;
  });
  for (const format of ['json', 'sarif', 'text'])
    assert.equal(runProgram(['merge', ...parts, '--format', format]), runCheck('--format', format), format);
});

/** The examples, one of every rule, generated reviews with seeded defects in folders of their own, and files that are hard to read. */
function fillFolder(): void {
  cpSync(join(repositoryRoot, 'examples'), join(folder, 'examples'), { recursive: true });
  mkdirSync(join(folder, 'rules'));
  const pack = loadShippedPack();
  for (const { file } of pack.rules) {
    const bad = file?.examples.find(example => example.bad !== undefined)?.bad ?? '';
    writeFileSync(join(folder, 'rules', `${file?.ref}.case-review.yaml`), withHeader(bad, pack.data!.pack));
  }
  mkdirSync(join(folder, 'generated/deeper'), { recursive: true });
  for (let i = 0; i < 40; i++) {
    const name = `${i % 2 ? 'generated' : 'generated/deeper'}/review-${i}.case-review.${i % 3 ? 'yaml' : 'yml'}`;
    writeFileSync(join(folder, name), makeText(i, { defects: i % 4 }).text);
  }
  mkdirSync(join(folder, 'hostile'));
  const [text] = [makeText(3, { defects: 2 }).text];
  const hostile: Readonly<Record<string, string | Buffer>> = {
    empty: '',
    'only-comments': '# nothing\n',
    'not-a-map': '- a\n- b\n',
    crlf: text.replaceAll('\n', '\r\n'),
    bom: `\ufeff${text}`,
    emoji: text.replace('review:', '# \u{1f600}\nreview:'),
    'utf-16': Buffer.from(text, 'utf16le'),
    'not-utf-8': Buffer.from([0x61, 0xff, 0xfe, 0x0a]),
    'two-documents': `${text}---\n${text}`,
    'broken-yaml': text.replace('review:', 'review: [\n'),
    bomb: 'a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d]\n',
    'a name with spaces & ü': text,
  };
  for (const [name, content] of Object.entries(hostile))
    writeFileSync(join(folder, 'hostile', `${name}.case-review.yaml`), content);
}

function runCheck(...options: readonly string[]): string {
  return runProgram(['check', folder, ...options]);
}

function runProgram(command: readonly string[], node = process.execPath): string {
  const { stdout, status, stderr } = spawnSync(node, [program, ...command], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    cwd: folder,
  });
  assert.equal(stderr, '');
  assert.equal(status, 1);
  return stdout;
}

function askCommandLine(): Line[] {
  const stdout = runCheck('--format', 'json');
  interface Place {
    readonly path: string;
    readonly start: { line: number; column: number };
    readonly end: { line: number; column: number };
    readonly message: string;
  }
  interface Found extends Place {
    readonly rule: string;
    readonly severity: string;
    readonly fingerprint: string;
    readonly waived: boolean;
    readonly related: readonly Place[];
  }
  const { reviews } = JSON.parse(stdout) as { reviews: { path: string; findings: Found[] }[] };
  const at = ({ line, column }: { line: number; column: number }) => `${line}:${column}`;
  return reviews.flatMap(({ path, findings }) =>
    findings.map(({ rule, severity, message, fingerprint, waived, start, end, related }) => ({
      path,
      from: at(start),
      to: at(end),
      severity: waived ? 'hint' : severity,
      rule,
      message: waived ? `${message} (waived)` : message,
      fingerprint,
      related: related.map(place => `${place.path} ${at(place.start)}-${at(place.end)} ${place.message}`),
    })),
  );
}

async function askServer(): Promise<Line[]> {
  const child = spawn(process.execPath, [program, 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const reports = new Map<string, readonly Diagnostic[]>();
  try {
    connection.onRequest('client/registerCapability', () => null);
    connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) =>
      items.map(() => null),
    );
    connection.listen();
    await connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'parity' }],
      capabilities: {
        workspace: { workspaceFolders: true, diagnostics: { refreshSupport: true } },
        textDocument: {
          diagnostic: { relatedDocumentSupport: true },
          publishDiagnostics: { relatedInformation: true, dataSupport: true },
        },
      },
    });
    await connection.sendNotification('initialized', {});
    // The first request is answered when every file is read.
    const { items } = (await connection.sendRequest('workspace/diagnostic', {
      previousResultIds: [],
    })) as WorkspaceDiagnosticReport;
    for (const item of items) if (item.kind === 'full') reports.set(item.uri, item.items);
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
  } finally {
    child.kill();
    connection.dispose();
  }
  const pathOf = (uri: string) => relative(folder, fileURLToPath(uri)).replaceAll('\\', '/');
  const at = ({ line, character }: { line: number; character: number }) => `${line + 1}:${character + 1}`;
  return [...reports]
    .map(([uri, items]) => ({ path: pathOf(uri), items }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .flatMap(({ path, items }) =>
      items.map(({ range, severity, code, message, data, relatedInformation }) => ({
        path,
        from: at(range.start),
        to: at(range.end),
        severity: SEVERITIES[severity!]!,
        rule: String(code),
        message: String(message),
        fingerprint: String(data),
        related: (relatedInformation ?? []).map(
          ({ location, message: said }) =>
            `${pathOf(location.uri)} ${at(location.range.start)}-${at(location.range.end)} ${said}`,
        ),
      })),
    );
}
