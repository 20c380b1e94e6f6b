/** The index records seen so far, so that a completion need not judge every review of the workspace. A memo, no more. */
import type { IndexRecord } from '../engine/report.ts';

export interface ReviewIndex {
  note(record: IndexRecord): void;
  forget(uri: string): void;
  records(): Iterable<IndexRecord>;
}

export function createReviewIndex(): ReviewIndex {
  const records = new Map<string, IndexRecord>();
  return {
    note: record => void records.set(record.uri, record),
    forget: uri => void records.delete(uri),
    records: () => records.values(),
  };
}
