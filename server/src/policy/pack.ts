/** What a policy pack is once it is loaded: plain descriptions of rules, parameters and sources. */
import type { Confidence, Severity } from '../engine/report.ts';

export interface Source {
  readonly id: string;
  readonly title: string;
  readonly publisher?: string;
  readonly year?: number;
  readonly url?: string;
  readonly section?: string;
}

export interface Parameter {
  readonly name: string;
  readonly title: string;
  readonly description?: string;
  readonly value: unknown;
  readonly unit: string;
  readonly confidence: Confidence;
  /** Id of the pack that gives the value, where no configuration does. */
  readonly pack: string;
  readonly sources: readonly Source[];
  /** Who adopted the value for this force, and when; undefined while nobody did. */
  readonly adopted?: { readonly by: string; readonly on: string; readonly reference: string };
}

/** The parameter below which an audit tells no number: few reviews may point at a child. */
export const SMALLEST_CELL = 'smallest_cell';

/** What a reader is told about a rule: hover, `explain`, SARIF and the generated pages use it. */
export interface RuleDescription {
  readonly id: string;
  /** Id of the pack that holds it. */
  readonly pack: string;
  /** The row of the policy catalogue. */
  readonly ref: string;
  readonly title: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** The failings of the published audit that this rule catches, `F1` to `F10`. */
  readonly catches: readonly string[];
  readonly why: string;
  readonly sources: readonly Source[];
  readonly parameters: readonly Parameter[];
  readonly versions: readonly { readonly from: string; readonly until?: string }[];
}
