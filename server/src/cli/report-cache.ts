/**
 * `--cache`: the reports of an earlier run, in one file. A report is taken from it only where the text, the policy with
 * its configuration and calendar, the as-of date, the baseline, the linked reviews and the program are what they were.
 * It holds what a JSON report holds and no words of reviews; a review whose report would is judged anew.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { findRefs } from '../engine/refs.ts';
import type { IndexRecord, Report } from '../engine/report.ts';
import { replaceFile } from '../files/pending-file.ts';
import { whyUnreadable } from '../files/unreadable.ts';
import { isShowable, showFingerprint, showId } from '../render/quotable.ts';
import type { FileProvider } from '../workspace/file-provider.ts';
import type { PolicyBasis } from '../workspace/policies.ts';
import { type JudgingBasis, type Linked, linkedKey, type ReviewJudge } from '../workspace/review-judge.ts';
import { complain } from './exit-code.ts';
import { pathFrom } from './paths.ts';
import { hashOf } from './reviewer.ts';
import type { Surroundings } from './surroundings.ts';
import { VERSION } from './version.ts';
import { whyUnwritable } from './why-unwritable.ts';

/** How the file begins, by which it is told from files of the user. */
const HEAD = '{"caseReviewCache":1,';

/** What is known of a review whose text and policy are as they were. */
export interface Known {
  /** The hash of its text. */
  readonly text: string;
  readonly record: IndexRecord;
  readonly report: Report;
  /** The hash of what the linked reviews said; empty where there are none. */
  readonly linked: string;
}

/** A report and a record repeat the name of the file, which is the key of the entry. */
interface Entry {
  readonly key: string;
  readonly linked: string;
  readonly record: Omit<IndexRecord, 'uri'>;
  readonly report: Pick<Report, 'findings' | 'asOf' | 'audit'>;
}

interface Header {
  readonly caseReviewCache: 1;
  readonly program: string;
  /** The hash of the entries. */
  readonly sum: string;
}

export interface CacheOptions {
  readonly file: string;
  /** The full path. */
  readonly path: string;
  readonly files: FileProvider;
  readonly judge: ReviewJudge;
}

export class ReportCache {
  readonly #options: CacheOptions;
  readonly #around: Surroundings;
  readonly #pathOf: (uri: string) => string;
  readonly #program: string;
  readonly #policies = new WeakMap<PolicyBasis, string>();
  readonly #old: ReadonlyMap<string, Entry>;
  readonly #now = new Map<string, Entry>();
  readonly #seen = new Set<string>();
  #isOurs = true;
  /** Whether there is anything to keep that is not kept yet. */
  #isNew = false;

  constructor(options: CacheOptions, around: Surroundings) {
    this.#options = options;
    this.#around = around;
    this.#pathOf = pathFrom(around.cwd);
    this.#program = hashOf(around.program === undefined ? VERSION : readFileSync(around.program, 'latin1'));
    this.#old = this.#load();
  }

  find(uri: string): Known | undefined {
    const path = this.#pathOf(uri);
    this.#seen.add(path);
    const entry = this.#old.get(path);
    if (entry === undefined) return undefined;
    const file = this.#options.files.read(uri);
    if ('problem' in file) return undefined;
    const text = hashOf(file.text);
    if (entry.key !== this.#key(uri, text)) return undefined;
    this.#now.set(path, entry);
    const record = { uri, ...entry.record };
    const { id, state } = record;
    const report = { uri, id, state: state as Report['state'], ...entry.report, clocks: [], index: record };
    return { text, record, report, linked: entry.linked };
  }

  keep(report: Report, text: string, linked: string): void {
    const { uri, findings, asOf, audit, index } = report;
    const { uri: _, ...record } = index;
    const path = this.#pathOf(uri);
    this.#now.delete(path);
    this.#isNew = true;
    if (!isStorable(report)) return;
    this.#now.set(path, { key: this.#key(uri, text), linked, record, report: { findings, asOf, audit } });
  }

  /** Reports of reviews that this run was not about stay, as long as these are there. */
  save(): void {
    if (!this.#isOurs) return;
    if (!this.#isNew && this.#now.size === this.#old.size) return;
    const { file, path } = this.#options;
    const others = [...this.#old].filter(
      ([name]) => !this.#seen.has(name) && existsSync(resolve(this.#around.cwd, name)),
    );
    const entries = JSON.stringify(Object.fromEntries([...this.#now, ...others].sort(byName)));
    const header: Header = { caseReviewCache: 1, program: this.#program, sum: hashOf(entries) };
    try {
      replaceFile(path, `${JSON.stringify(header)}\n${entries}\n`);
    } catch (error) {
      complain(`${file}: ${whyUnwritable(error)} Nothing was kept for the next run.`, this.#around);
    }
  }

  #load(): ReadonlyMap<string, Entry> {
    const { file, path } = this.#options;
    const leave = (message: string): ReadonlyMap<string, Entry> => {
      complain(`${file}: ${message}`, this.#around);
      return new Map();
    };
    let text = '';
    try {
      const what = statSync(path, { throwIfNoEntry: false });
      // A device may have no end.
      if (what !== undefined && !what.isFile() && !what.isDirectory()) {
        this.#isOurs = false;
        return leave('This is not an ordinary file; name another after --cache-file.');
      }
      if (what !== undefined) text = readFileSync(path, 'utf8');
    } catch (error) {
      this.#isOurs = false;
      return leave(`${whyUnreadable(error, 'file')} Every review is judged anew.`);
    }
    if (text === '') return new Map();
    if (!text.startsWith(HEAD)) {
      this.#isOurs = false;
      return leave('This is no cache and is left alone; name another file after --cache-file.');
    }
    const [head = '', entries = ''] = text.split('\n');
    const header = readHeader(head);
    if (header?.sum !== hashOf(entries)) return leave('The cache is damaged; every review is judged anew.');
    return new Map(
      header.program === this.#program ? Object.entries(JSON.parse(entries) as Record<string, Entry>) : [],
    );
  }

  #key(uri: string, text: string): string {
    const { policy, ...rest } = this.#options.judge.basis(uri);
    return hashOf([text, this.#hashOfPolicy(policy), basisKey(rest)].join(' '));
  }

  #hashOfPolicy(policy: PolicyBasis): string {
    const known = this.#policies.get(policy);
    if (known !== undefined) return known;
    const hash = hashOf(JSON.stringify(policy));
    this.#policies.set(policy, hash);
    return hash;
  }
}

function basisKey({ asOf, waivers, baseline }: Omit<JudgingBasis, 'policy'>): string {
  return JSON.stringify([asOf, waivers, baseline && [...baseline]]);
}

function readHeader(text: string): Header | undefined {
  try {
    return JSON.parse(text) as Header;
  } catch {
    return undefined;
  }
}

/** What the linked reviews said, in a form that says nothing. */
export function hashOfLinked(linked: Linked): string {
  return linked.length === 0 ? '' : hashOf(linkedKey(linked));
}

const DATE = /^[\dT:.Z+-]*$/;
const isRef = (text: string): boolean => findRefs(text)[0]?.ref === text;

/** Whether there is nothing in it but refs, dates and words of the policy: where a ref belongs somebody may have put a name. */
function isStorable({ findings, asOf = '', index }: Report): boolean {
  const { id, state, links, episodes, oics } = index;
  const refs = [...links, ...oics, ...episodes.flatMap(({ ref, child }) => [ref, child ?? ref])];
  const dates = [asOf, ...episodes.map(({ reportedAt }) => reportedAt ?? '')];
  return (
    (id === undefined || showId(id) !== null) &&
    (state === undefined || state === 'draft' || state === 'complete') &&
    refs.every(isRef) &&
    dates.every(date => DATE.test(date)) &&
    findings.every(
      ({ fingerprint, fixes }) =>
        showFingerprint(fingerprint) === fingerprint && fixes.every(fix => isShowable(fix, false)),
    )
  );
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
