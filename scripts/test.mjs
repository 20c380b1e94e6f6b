// `npm test`: builds, runs the unit tests with node:test, then the packaged extension in a real VS Code and the server
// in Neovim and Emacs. `--unit` leaves the real editors out. Ends with one line of totals over everything.
// What the surroundings lack is named at the end; with CI set it is a failure.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { driveAudit } from '../test/real/drive-audit.mjs';
import { driveBrowser } from '../test/real/drive-browser.mjs';
import { driveChecklist } from '../test/real/drive-checklist.mjs';
import { drivePolicies } from '../test/real/drive-policies.mjs';
import { driveScenes } from '../test/real/drive-scenes.mjs';
import { driveTimeline } from '../test/real/drive-timeline.mjs';
import { driveVscode } from '../test/real/drive-vscode.mjs';
import { runElectron } from '../test/real/electron.mjs';
import { print, runSafely } from '../test/real/main.mjs';
import { runBesideYaml } from '../test/real/run-beside-yaml.mjs';
import { runEmacs } from '../test/real/run-emacs.mjs';
import { runNeovim } from '../test/real/run-neovim.mjs';
import { runVscode } from '../test/real/run-vscode.mjs';
import { buildAll } from './build.mjs';
import { packageExtension } from './package.mjs';
import { setUpTestKit } from './setup-test-kit.mjs';

const root = path.resolve(import.meta.dirname, '..');
const FILE_LIMIT = 10 * 60_000;

const totals = { pass: 0, fail: 0, skip: 0 };
/** @type {string[]} */
const notRun = [];

await test().catch(error => {
  console.error(error);
  totals.fail += 1;
});
if (notRun.length > 0) {
  console.log('\nThese tests could not be run:');
  for (const line of notRun) console.log(`  ${line}`);
}
console.log(`\n${totals.pass} passed, ${totals.fail} failed, ${totals.skip} skipped`);
process.exit(totals.fail > 0 || totals.pass === 0 ? 1 : 0);

async function test() {
  await buildAll();
  // The unit tests use its shells.
  const kit = process.argv.includes('--unit') ? undefined : setUpTestKit(console.log);
  await runUnitTests();
  if (kit) await runRealTests(kit);
}

async function runUnitTests() {
  // From the sources, so that what is left in out/ of a test that is gone does not run.
  const files = readdirSync(path.join(root, 'test'), { recursive: true })
    .map(file => file.replaceAll('\\', '/'))
    .filter(file => file.endsWith('.test.ts') && !file.startsWith('real/'))
    .map(file => path.join(root, 'out/test', file.replace(/\.ts$/, '.js')))
    .sort();
  process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --enable-source-maps`.trim();
  const stream = run({ files, concurrency: true, timeout: FILE_LIMIT });
  const count =
    state =>
    ({ details, skip, todo }) => {
      if (details.type !== 'suite') totals[skip === undefined && todo === undefined ? state : 'skip'] += 1;
    };
  stream.on('test:pass', count('pass'));
  stream.on('test:fail', count('fail'));
  const report = stream.compose(spec);
  report.pipe(process.stdout, { end: false });
  await finished(report);
}

/** @param {import('./setup-test-kit.mjs').TestKit} kit */
async function runRealTests(kit) {
  let vsix = '';
  const packing = await runSafely('the extension is packed', async () => {
    vsix = await packageExtension();
    return [{ title: 'the extension is packed', state: 'pass' }];
  });
  count(packing);
  const needsOfVscode = ['codeServer', 'chromium'];
  const runs = [
    {
      title: 'tests in the extension host of VS Code',
      needs: needsOfVscode,
      run: () => runVscode(kit, vsix),
    },
    {
      title: 'tests beside the YAML extension of Red Hat',
      needs: [...needsOfVscode, 'yamlServer'],
      run: () => runBesideYaml(kit, vsix),
    },
    {
      title: 'tests through the user interface of VS Code',
      needs: needsOfVscode,
      run: () => driveVscode(kit, vsix),
    },
    {
      title: 'tests of a day of reviewing in VS Code',
      needs: needsOfVscode,
      run: () => driveScenes(kit, vsix),
    },
    {
      title: 'tests of policies beside an open review in VS Code',
      needs: needsOfVscode,
      run: () => drivePolicies(kit, vsix),
    },
    {
      title: 'tests of getting started in VS Code',
      needs: needsOfVscode,
      run: () => driveChecklist(kit, vsix),
    },
    {
      title: 'tests of the timeline in VS Code',
      needs: needsOfVscode,
      run: () => driveTimeline(kit, vsix),
    },
    {
      title: 'tests in VS Code for the web',
      needs: needsOfVscode,
      run: () => driveBrowser(kit, vsix),
    },
    {
      title: 'tests of the audit in VS Code',
      needs: needsOfVscode,
      run: () => driveAudit(kit, vsix),
    },
    { title: 'tests in Neovim', needs: ['neovim'], run: () => runNeovim(kit) },
    { title: 'tests in Emacs', needs: ['emacs'], run: () => runEmacs(kit) },
    { title: 'tests in the desktop VS Code', needs: [], run: () => runElectron() },
  ];
  for (const { title, needs, run: start } of runs) {
    console.log(`\n${title}`);
    if (needs.some(name => kit[name] === undefined)) leaveOut(title, kit.missing.join('; '));
    else if (needs.includes('codeServer') && vsix === '')
      leaveOut(title, 'the extension could not be packed');
    else count(await runSafely(title, start));
  }
}

/** Here a missing tool is a skip that is named; in CI, where everything must run, it is a failure. */
function leaveOut(title, reason) {
  notRun.push(`${title}: ${reason}`);
  totals[process.env.CI ? 'fail' : 'skip'] += 1;
}

function count(results) {
  print(results);
  for (const { title, state, error } of results) {
    totals[state] += 1;
    if (state === 'skip') notRun.push(`${title}: ${error ?? 'skipped'}`);
  }
}
