/** What a run asks of the workspace, and of the workers that judge for it: plain data. */

export interface WorkspaceOptions {
  /** Judge everything at this instant (RFC 3339) or date instead of each review's own `reviewed_at`. */
  readonly asOf?: string;
  /** Use this configuration file for every review instead of the nearest one. */
  readonly configUri?: string;
  /** False shows what the baseline covers as if there were none. */
  readonly baseline?: boolean;
  /** False reports as if no waiver were written. */
  readonly waivers?: boolean;
  /** True has reports say what an audit counts. */
  readonly counted?: boolean;
}
