/** What checking a review yields: plain data, the same for the editor, the command line and the tests. */
import type { LimitUnit } from '../calendar/index.ts';
import type { Span } from './located-tree.ts';

export const SEVERITIES = ['error', 'warning', 'information', 'hint'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const CONFIDENCES = ['published', 'secondary', 'unconfirmed', 'local'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** Silence is never counted as failure: what is not written down is `not-recorded`, not a `breach`. */
export const OUTCOMES = ['breach', 'not-recorded', 'cannot-tell', 'due-soon'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** A place that made a rule fire, in this review or, with `uri`, in another. */
export interface RelatedPlace {
  readonly uri?: string;
  readonly path: string;
  readonly span: Span;
  readonly message: string;
}

/**
 * One operation of RFC 6902; `path` is a JSON pointer. `rename` is our own: the key at the end of `path` becomes
 * `value`, which keeps the value and the comments that a removal would lose. So is `redact`: the characters of `span`,
 * in a text or a comment at `path`, become `value`, so that no patch repeats what is written around them.
 */
export interface PatchOperation {
  readonly op: 'add' | 'replace' | 'remove' | 'rename' | 'redact';
  readonly path: string;
  readonly value?: unknown;
  readonly span?: Span;
}

/** An offered change. A safe fix keeps the meaning and may run in bulk; any other is offered one at a time. */
export interface Fix {
  readonly title: string;
  readonly safe: boolean;
  readonly patch: readonly PatchOperation[];
}

/** A clock that a check read: where it started and stopped, and what it allows. */
export interface Clock {
  readonly rule: string;
  readonly check: string;
  /** The date from which the applied version of the rule is in force (`YYYY-MM-DD`). */
  readonly version: string;
  readonly state: 'within' | 'over' | 'running' | 'lapsed';
  /** JSON pointers of the two places; `to` may be absent from the text (`running`, `lapsed`). */
  readonly from: string;
  readonly to: string;
  readonly unit: LimitUnit;
  /** Ready for a reader: `66 h 50 min`, `9 working days`. */
  readonly elapsed: string;
  readonly limit: string;
  readonly due: string;
  /** `due` as a date (`YYYY-MM-DD`) or, of hours, an instant (RFC 3339); only where the clock was just judged. */
  readonly dueAt?: string;
}

export interface Finding {
  /** `theme/what-holds` for a rule; `syntax/…`, `schema/…`, `internal-error` for the rest. */
  readonly rule: string;
  /** Which check of the rule fired; empty for findings that no rule file made. */
  readonly check: string;
  readonly severity: Severity;
  readonly message: string;
  readonly span: Span;
  /** JSON pointer of the place judged (it may be absent from the text). */
  readonly path: string;
  /** Review id, rule, check and keyed path: survives moving an entry of a list. */
  readonly fingerprint: string;
  readonly related: readonly RelatedPlace[];
  readonly fixes: readonly Fix[];
  readonly outcome?: Outcome;
  readonly confidence?: Confidence;
  /** The date from which the applied version of the rule is in force (`YYYY-MM-DD`). */
  readonly version?: string;
  /** The parameters the check reads, with the values in force. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly clock?: Clock;
  /** Set where a waiver of the review covers the finding: by whom and why is in the review. */
  readonly waived?: boolean;
  /** Set where the baseline knows the finding: it was there when the force adopted the tool. */
  readonly baselined?: boolean;
}

/** Whether somebody has answered for the finding: it is shown as such and decides nothing. */
export function isCovered(finding: Finding): boolean {
  return finding.waived === true || finding.baselined === true;
}

/** A missing episode as other reviews may know it; what the review does not say is undefined. */
export interface EpisodeRecord {
  readonly ref: string;
  readonly child: string | undefined;
  /** RFC 3339, as written. */
  readonly reportedAt: string | undefined;
}

/** The few facts about a review that rules of *other* reviews may ask for. */
export interface IndexRecord {
  readonly uri: string;
  readonly id: string | undefined;
  readonly state: string | undefined;
  /** Every ref this review links to: cases and missing episodes. */
  readonly links: readonly string[];
  /** Missing episodes recorded in this review. */
  readonly episodes: readonly EpisodeRecord[];
  /** Investigating officers (role `oic`) of this review. */
  readonly oics: readonly string[];
}

/** What a review says of its audit, as far as the figures of a round are made of it. Holds no free text. */
export interface AuditFacts {
  /** Only where it has the form of a code: a word such as a name never gets here. */
  readonly round?: string;
  readonly returned?: boolean;
  /** A word of the vocabulary. */
  readonly disposition?: string;
  /** Set where some of it cannot be read; then nothing else is given. */
  readonly unread?: true;
}

/** What an audit counts of a review beside its findings. Holds no free text. */
export interface CountedFacts {
  /** Words of the vocabulary; absent where the grades cannot be read. */
  readonly grades?: { readonly overall?: string; readonly themes: Readonly<Record<string, string>> };
  /** Ids of the rules that came to a verdict on something in the review. */
  readonly judged: readonly string[];
  /** Ids of the rules that could not be judged on something, because it cannot be read. */
  readonly unread: readonly string[];
}

export interface Report {
  readonly uri: string;
  readonly id: string | undefined;
  readonly state: 'draft' | 'complete' | undefined;
  /** The instant everything is judged at (RFC 3339), or undefined when the review does not say. */
  readonly asOf: string | undefined;
  /** In the order of the text. */
  readonly findings: readonly Finding[];
  /** Every clock that could be read, kept or not: hovers and hints show the intervals. */
  readonly clocks: readonly Clock[];
  readonly index: IndexRecord;
  /** Absent where the review says nothing of an audit. */
  readonly audit?: AuditFacts;
  /** Only where the workspace was asked for it. */
  readonly counted?: CountedFacts;
}

/** A configuration or pack file that cannot be used as it is. */
export interface PolicyProblem {
  readonly uri: string;
  readonly finding: Finding;
}
