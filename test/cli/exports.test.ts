/** What CI systems and browsers are handed is well-formed, whatever files and findings are called. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe, test } from 'node:test';
import Ajv from 'ajv';
import { cliReview, EVERYTHING, LATE, LINKED, STEPS } from '../support/cli-reviews.ts';
import { inFolder, runInProcess } from '../support/cli-scenario.ts';

const AWKWARD = {
  ...EVERYTHING,
  '<b>&"\'`|[x](y).case-review.yaml': cliReview({ id: 'CASE-7A7A7A', more: LATE }),
  'a\u001b[2J\u0007.case-review.yaml': cliReview({ id: 'CASE-8A8A8A', more: LATE }),
  'copy/late.case-review.yaml': cliReview({ more: LATE + LINKED }),
  'several.case-review.yaml': cliReview({ id: 'CASE-9A9A9A', more: STEPS.replace(/ {4}.*\n/g, '') }),
};

const check = (format: string, ...more: string[]) =>
  inFolder(AWKWARD, folder => runInProcess(folder, ['check', '--format', format, '.', 'no&where', ...more]));

/** What the schema junit-10.xsd of Jenkins' xUnit plugin allows, of the elements that a report of ours has. */
const STRICT: Readonly<Record<string, readonly string[]>> = {
  testsuites: ['name', 'time', 'tests', 'failures', 'errors'],
  testsuite: [
    'name',
    'tests',
    'failures',
    'errors',
    'skipped',
    'time',
    'timestamp',
    'hostname',
    'id',
    'package',
  ],
  properties: [],
  property: ['name', 'value'],
  testcase: ['name', 'classname', 'time', 'group'],
  failure: ['message', 'type'],
  error: ['message', 'type'],
  skipped: ['message', 'type'],
  'system-out': [],
};

describe('junit', () => {
  interface Case {
    readonly $: { readonly name: string };
    readonly failure?: readonly unknown[];
    readonly error?: readonly unknown[];
    readonly skipped?: readonly unknown[];
  }
  interface Suite {
    readonly $: {
      readonly name: string;
      readonly tests: string;
      readonly failures: string;
      readonly errors: string;
      readonly skipped: string;
    };
    readonly testcase: readonly Case[];
  }

  /** Strict: throws where the text is no XML. */
  async function readSuites(...more: string[]): Promise<readonly Suite[]> {
    const { stdout } = await check('junit', ...more);
    const { parseStringPromise } = createRequire(import.meta.url)('xml2js') as {
      parseStringPromise(text: string): Promise<{ testsuites: { testsuite: readonly Suite[] } }>;
    };
    return (await parseStringPromise(stdout)).testsuites.testsuite;
  }

  test('is XML with a suite per review, whose counts are those of its cases', async () => {
    const suites = await readSuites();
    assert.equal(suites.length, Object.keys(AWKWARD).length - 1 + 1);
    for (const { $, testcase } of suites) {
      const count = (kind: 'failure' | 'error' | 'skipped') => testcase.filter(entry => entry[kind]).length;
      assert.deepEqual(
        [$.tests, $.failures, $.errors, $.skipped].map(Number),
        [testcase.length, count('failure'), count('error'), count('skipped')],
        $.name,
      );
    }
  });

  test('names no two cases of a suite alike, since CI systems compare by name', async () => {
    for (const { $, testcase } of await readSuites()) {
      const names = testcase.map(entry => entry.$.name);
      assert.equal(new Set(names).size, names.length, $.name);
    }
  });

  test('has no more attributes than the strictest reader takes, which refuses a report for one', async () => {
    const { stdout } = await check('junit', '--as-of', '2026-03-01');
    const used = new Map<string, Set<string>>();
    for (const [, element = '', attributes = ''] of stdout.matchAll(
      /<([a-z][\w-]*)((?: [\w-]+="[^"]*")*)\/?>/g,
    )) {
      const names = used.get(element) ?? new Set();
      used.set(element, names);
      for (const [, name = ''] of attributes.matchAll(/([\w-]+)="/g)) names.add(name);
    }
    assert.deepEqual(new Set(used.keys()), new Set(Object.keys(STRICT)));
    for (const [element, names] of used)
      assert.deepEqual(
        [...names].filter(name => !STRICT[element]?.includes(name)),
        [],
        element,
      );
  });

  test('says in the text of each case where it stands', async () => {
    const { stdout } = await check('junit');
    const cases = stdout.split('\n').filter(line => line.startsWith('<testcase') && !line.endsWith('"/>'));
    const ofReviews = cases.filter(line => /classname="[^"]*\.case-review\.ya?ml"/.test(line));
    assert.ok(ofReviews.length > 5);
    for (const line of ofReviews)
      assert.match(line, /\.case-review\.ya?ml:\d+ [^<]+<\/(?:system-out|failure|error|skipped)>/);
  });

  test('fails where the check fails, also by the number of warnings', async () => {
    const suites = await inFolder(
      { '': 'force-pack', 'a.case-review.yaml': cliReview({ more: LINKED }) },
      folder => runInProcess(folder, ['check', '--format', 'junit', '--max-warnings', '0']),
    );
    assert.equal(suites.status, 1);
    assert.match(suites.stdout, /<failure message="No more than 0 warnings are allowed\."/);
  });
});

describe('gitlab', () => {
  /** The fields that GitLab's documentation of the Code Quality report format requires. */
  const SCHEMA = {
    type: 'array',
    items: {
      type: 'object',
      required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
      properties: {
        description: { type: 'string', minLength: 1 },
        check_name: { type: 'string', minLength: 1 },
        fingerprint: { type: 'string', minLength: 1 },
        severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
        location: {
          type: 'object',
          required: ['path', 'lines'],
          properties: {
            path: { type: 'string', pattern: '^(?!\\./|/)' },
            lines: {
              type: 'object',
              required: ['begin'],
              properties: { begin: { type: 'integer', minimum: 1 } },
            },
          },
        },
      },
    },
  };

  test('has what GitLab requires, and a fingerprint of its own for each entry, copies of a review included', async () => {
    const entries = JSON.parse((await check('gitlab')).stdout) as { fingerprint: string }[];
    const validate = new Ajv.default().compile(SCHEMA);
    assert.ok(validate(entries), JSON.stringify(validate.errors));
    assert.equal(new Set(entries.map(entry => entry.fingerprint)).size, entries.length);
    assert.ok(entries.length > 10);
  });

  test('is an empty list where nothing is found', async () => {
    const files = { '': 'force-pack', 'a.case-review.yaml': cliReview() };
    const { stdout } = await inFolder(files, folder => runInProcess(folder, ['check', '--format', 'gitlab']));
    assert.deepEqual(JSON.parse(stdout), []);
  });
});

describe('html', () => {
  test('closes what it opens, runs nothing and fetches nothing', async () => {
    const { stdout } = await check('html', '--include-text');
    const open: string[] = [];
    for (const [, slash, name = ''] of stdout
      .replace(/<style>[\s\S]*?<\/style>/, '')
      .matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g)) {
      if (['meta', 'br'].includes(name)) continue;
      if (slash === '') open.push(name);
      else assert.equal(open.pop(), name);
    }
    assert.deepEqual(open, []);
    assert.doesNotMatch(
      stdout,
      /<(?:script|link|img|iframe|form)\b| on\w+=|(?:src|href)="(?!#)|@import|url\(/,
    );
  });

  test('shows signs of a name as signs', async () => {
    const { stdout } = await check('html');
    assert.match(stdout, /<code>&lt;b&gt;&amp;&quot;&apos;`\|\[x\]\(y\)\.case-review\.yaml<\/code>/);
    assert.doesNotMatch(stdout, /\u001b|\u0007/);
  });

  test('leads from each finding to its rule, and has one heading of the first rank', async () => {
    const { stdout } = await check('html');
    const ids = new Set([...stdout.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    for (const [, target] of stdout.matchAll(/href="#([^"]+)"/g)) assert.ok(ids.has(target), target);
    assert.equal(stdout.split('<h1').length, 2);
    for (const table of stdout.split('<table>').slice(1))
      assert.match(table, /^\n<caption>[\s\S]*<th scope="col">/);
  });

  test('keeps its colours readable in both schemes', async () => {
    const { stdout } = await check('html');
    const schemes = [...stdout.matchAll(/:root \{ ([^}]*) \}/g)].map(([, text = '']) =>
      Object.fromEntries([...text.matchAll(/--(\w+): (#\w+)/g)].map(([, name, colour]) => [name, colour])),
    );
    assert.equal(schemes.length, 2);
    for (const scheme of schemes)
      for (const ink of ['text', 'error', 'warning', 'note'])
        for (const ground of ['ground', 'soft']) {
          const ratio = contrast(scheme[ink] ?? '', scheme[ground] ?? '');
          assert.ok(ratio >= 4.5, `${ink} on ${ground}: ${ratio}`);
        }
  });

  /** As WCAG 2 defines it. */
  function contrast(one: string, other: string): number {
    const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  }

  function luminance(colour: string): number {
    const digits = colour.length === 4 ? colour.slice(1).replace(/./g, '$&$&') : colour.slice(1);
    const [red = 0, green = 0, blue = 0] = [0, 2, 4].map(at => {
      const part = Number.parseInt(digits.slice(at, at + 2), 16) / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }
});

describe('markdown', () => {
  test('keeps every finding in a row of its own, and what counts on top', async () => {
    const { stdout } = await check('markdown');
    const rows = stdout.split('\n').filter(line => line.startsWith('| '));
    for (const row of rows) assert.equal(row.replaceAll('\\|', '').split('|').length, 6, row);
    const severities = rows.slice(1).map(row => row.split(' ')[1]);
    assert.deepEqual([...new Set(severities)], ['error', 'warning']);
  });

  test('is short enough for the page of a job', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 400 }, (_, at) => [`r${at}.case-review.yaml`, cliReview({ more: LATE })]),
    );
    const { stdout } = await inFolder({ '': 'force-pack', ...many }, folder =>
      runInProcess(folder, ['check', '--format', 'markdown']),
    );
    assert.equal(stdout.match(/^\| error /gm)?.length, 300);
    assert.match(stdout, /^100 more are in the log\.$/m);
  });
});
