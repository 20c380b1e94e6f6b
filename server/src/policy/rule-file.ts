/** A rule file and a pack file as they are written, after their schemas have accepted them. */
import type { LimitUnit } from '../calendar/index.ts';
import type { Confidence, Outcome, Severity } from '../engine/report.ts';
import type { AddedWords } from '../engine/schema-guide.ts';

export interface ClockFile {
  readonly from: string;
  readonly to: string;
  readonly limit: string;
  readonly unit: LimitUnit;
  readonly absent?: string;
  readonly due?: string;
}

export interface OperationFile {
  readonly each?: string;
  readonly as?: string;
  readonly op: 'add' | 'replace' | 'remove' | 'redact';
  readonly at: string;
  readonly value?: unknown;
}

export interface FixFile {
  readonly each?: string;
  readonly as?: string;
  readonly title: string;
  readonly safe: boolean;
  readonly when?: string;
  readonly patch: readonly OperationFile[];
}

export interface CheckFile {
  readonly id: string;
  readonly each?: string;
  readonly as?: string;
  readonly event?: string;
  readonly when?: string;
  readonly let?: Readonly<Record<string, string>>;
  readonly require?: string;
  readonly clock?: ClockFile;
  readonly outcome?: Exclude<Outcome, 'due-soon'>;
  readonly severity?: Severity;
  readonly confidence?: Confidence;
  readonly at: string;
  readonly message: string;
  readonly related?: readonly { readonly at: string; readonly message: string }[];
  readonly fixes?: readonly FixFile[];
}

export interface ExampleFile {
  readonly name: string;
  readonly bad?: string;
  readonly fixed?: string;
  readonly good?: string;
  readonly linked?: readonly string[];
  readonly adopted?: readonly string[];
  readonly parameters?: Readonly<Record<string, unknown>>;
}

export interface RuleFile {
  readonly id: string;
  readonly ref: string;
  readonly title: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly catches?: readonly string[];
  readonly why: string;
  readonly sources: readonly string[];
  readonly event?: string;
  readonly after_others?: boolean;
  readonly versions: readonly {
    readonly from: string;
    readonly until?: string;
    readonly note?: string;
    readonly checks: readonly CheckFile[];
  }[];
  readonly examples: readonly ExampleFile[];
}

export interface ParameterFile {
  readonly title: string;
  readonly description?: string;
  readonly value: unknown;
  readonly unit: string;
  readonly confidence: Confidence;
  readonly sources?: readonly string[];
}

export interface PackFile {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly jurisdiction: readonly string[];
  readonly parameters: Readonly<Record<string, ParameterFile>>;
  /** Words added to vocabularies of the review schema. */
  readonly vocabulary?: AddedWords;
  /** Words added to lists of this pack and those it stands on. */
  readonly additions?: Readonly<Record<string, readonly string[]>>;
  readonly example_header?: string;
}

export interface SourceFile {
  readonly title: string;
  readonly publisher?: string;
  readonly year?: number;
  readonly url?: string;
  readonly section?: string;
}

/** A whole pack as data. The shipped one is turned into this at build time, a force's own when it is loaded. */
export interface PackData {
  readonly pack: PackFile;
  readonly calendar: unknown;
  readonly sources: Readonly<Record<string, SourceFile>>;
  readonly rules: readonly RuleFile[];
  /** Its expressions as they were checked when the program was built; only the shipped pack has them. */
  readonly prepared?: string;
}
