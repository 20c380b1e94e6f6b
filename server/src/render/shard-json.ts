/** What the JSON of one part of a run says of the whole, so that the parts can be joined. */

export interface ShardJson {
  /** From 1. */
  readonly index: number;
  readonly of: number;
  /** Of the whole run. */
  readonly reviews: number;
  /** The program that made it. */
  readonly program: string;
  /** Those of the command line that decide what is told and how the run ends. */
  readonly options: Readonly<Record<string, unknown>>;
}
