/** Reads and judges reviews from their files, in this thread or in a worker. What crosses between threads is plain data. */
import { hash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { type Reading, unreadableReview } from '../check/check-review.ts';
import type { Clock, Finding, IndexRecord, Report } from '../engine/report.ts';
import type { FileProvider } from '../workspace/file-provider.ts';
import type { Linked, ReviewJudge } from '../workspace/review-judge.ts';
import { linksOf } from '../workspace/scan-plan.ts';

/** A review that was read; with its report where it links to no other. */
export interface ReadReview {
  readonly uri: string;
  /** The hash of its text. */
  readonly text: string;
  readonly record: IndexRecord;
  readonly report?: Report;
}

export interface UnreadReview {
  readonly uri: string;
  readonly problem: string;
}

/** To judge a review by what the reviews it links to say. */
export interface Question {
  readonly uri: string;
  readonly linked: Linked;
}

export interface JudgedReview {
  readonly report: Report;
  /** The hash of the text that was judged. */
  readonly text: string | undefined;
}

export interface Reviewer {
  readonly read: (uris: readonly string[]) => Promise<readonly (ReadReview | UnreadReview)[]>;
  readonly judge: (questions: readonly Question[]) => Promise<readonly JudgedReview[]>;
  /** How many reviews it has before it. */
  readonly pending: () => number;
  /** With more before it than these it is given nothing more to read. */
  readonly enough: number;
}

/** How many reviews wait in memory for the reviews they link to; further ones are read twice. */
const KEPT = 40;

interface KeptReading {
  readonly reading: Reading;
  readonly text: string;
}

/** Judges in this thread, each time in a turn of its own, so that workers and signals are heard between. */
export class LocalReviewer implements Reviewer {
  readonly enough = 0;
  readonly #reviewer: FileReviewer;
  #pending = 0;

  constructor(reviewer: FileReviewer) {
    this.#reviewer = reviewer;
  }

  pending(): number {
    return this.#pending;
  }

  read(uris: readonly string[]) {
    return this.#inTurn(uris.length, () => this.#reviewer.read(uris));
  }

  judge(questions: readonly Question[]) {
    return this.#inTurn(questions.length, () => this.#reviewer.judge(questions));
  }

  async #inTurn<T>(reviews: number, work: () => T): Promise<T> {
    this.#pending += reviews;
    await setImmediate();
    try {
      return work();
    } finally {
      this.#pending -= reviews;
    }
  }
}

/** What every thread does that judges. */
export class FileReviewer {
  readonly #files: FileProvider;
  readonly #judge: ReviewJudge;
  readonly #kept = new Map<string, KeptReading>();

  constructor(files: FileProvider, judge: ReviewJudge) {
    this.#files = files;
    this.#judge = judge;
  }

  read(uris: readonly string[]): readonly (ReadReview | UnreadReview)[] {
    return uris.map(uri => {
      const read = this.#read(uri);
      if ('problem' in read) return { uri, problem: read.problem };
      const { reading, text } = read;
      const { record } = reading;
      if (linksOf(record).length === 0)
        return { uri, text, record, report: plainReport(this.#judge.judge(reading, [])) };
      this.#keep(uri, read);
      return { uri, text, record };
    });
  }

  judge(questions: readonly Question[]): readonly JudgedReview[] {
    return questions.map(({ uri, linked }) => {
      const read = this.#kept.get(uri) ?? this.#read(uri);
      this.#kept.delete(uri);
      if ('problem' in read) return { report: unreadableReview(uri, read.problem), text: undefined };
      return { report: plainReport(this.#judge.judge(read.reading, linked)), text: read.text };
    });
  }

  /** Most wait for a neighbour; those that wait to the end shall not keep out the others. */
  #keep(uri: string, read: KeptReading): void {
    this.#kept.set(uri, read);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }

  #read(uri: string): KeptReading | { readonly problem: string } {
    const file = this.#files.read(uri);
    if ('problem' in file) return file;
    return { reading: this.#judge.read(uri, file.text), text: hashOf(file.text) };
  }
}

export function hashOf(text: string): string {
  return hash('sha256', text, 'base64');
}

/**
 * What formats show of a report, without a hold on the text. A clock words itself when it is asked, and most are for
 * the editor alone.
 */
function plainReport(report: Report): Report {
  return structuredClone({ ...report, findings: report.findings.map(plainFinding), clocks: [] });
}

function plainFinding(finding: Finding): Finding {
  return finding.clock === undefined ? finding : { ...finding, clock: plainClock(finding.clock) };
}

function plainClock(clock: Clock): Clock {
  const { rule, check, version, state, from, to, unit, elapsed, limit, due } = clock;
  return { rule, check, version, state, from, to, unit, elapsed, limit, due };
}
