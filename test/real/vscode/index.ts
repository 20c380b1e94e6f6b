/** Runs the tests of this folder in an extension host: the contract of `extensionTestsPath` of @vscode/test-electron. */
import { readdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import Mocha from 'mocha';

interface Result {
  readonly title: string;
  readonly state: 'pass' | 'fail' | 'skip';
  readonly error?: string;
}

export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'tdd', color: false, timeout: 30_000, reporter: 'dot' });
  // Bundled to CommonJS, where this name is known.
  for (const file of readdirSync(__dirname).filter(name => name.endsWith('.test.cjs'))) {
    mocha.addFile(path.join(__dirname, file));
  }
  const results: Result[] = [];
  const failures = await new Promise<number>(resolve => {
    const runner = mocha.run(resolve);
    runner.on('pass', test => results.push({ title: test.fullTitle(), state: 'pass' }));
    runner.on('pending', test => results.push({ title: test.fullTitle(), state: 'skip' }));
    runner.on('fail', (test, error: Error) =>
      results.push({ title: test.fullTitle(), state: 'fail', error: error.stack ?? String(error) }),
    );
  });
  const file = process.env.CASE_REVIEW_TEST_RESULTS;
  if (file) writeFileSync(file, JSON.stringify(results, undefined, 2));
  if (failures > 0) throw new Error(`${failures} of ${results.length} tests failed`);
}
