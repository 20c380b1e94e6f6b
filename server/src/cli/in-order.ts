/** Puts reports, which become final in any order, back into the order of their reviews. */
import type { Report } from '../engine/report.ts';

/** Yields each report as soon as all before it are out, and undefined for a step that brought none. */
export function* inOrder(uris: readonly string[], reports: Iterable<Report | undefined>): Generator<Report | undefined> {
  const early = new Map<string, Report>();
  let next = 0;
  for (const report of reports) {
    if (report === undefined) {
      yield undefined;
      continue;
    }
    early.set(report.uri, report);
    for (let uri = uris[next]; uri !== undefined; uri = uris[next]) {
      const due = early.get(uri);
      if (due === undefined) break;
      early.delete(uri);
      next++;
      yield due;
    }
  }
  if (early.size > 0) throw new Error('The workspace gave no report for a review that was asked for.');
}
