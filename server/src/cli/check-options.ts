/** What `case-review check` can be asked. */
import type { FixOptions } from './fix.ts';
import type { ScanOptions } from './scan-options.ts';
import type { SelectOptions } from './select-reviews.ts';
import type { TellOptions } from './tell-run.ts';

export interface CheckOptions extends TellOptions, FixOptions, ScanOptions, SelectOptions {
  readonly watch?: boolean;
}
