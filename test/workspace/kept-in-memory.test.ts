/** What is kept of a review that was judged: a part of a text that was read would hold the whole of it in memory. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { AuditFacts } from '../../server/src/engine/report.ts';
import type { FileProvider } from '../../server/src/workspace/file-provider.ts';
import { createWorkspace } from '../../server/src/workspace/review-workspace.ts';

const REVIEWS = 200;
const PADDING = 100_000;
const EPISODE = 'EP-1A1A1A';

const textOf = (uri: string): string => {
  const number = String(uris.indexOf(uri)).padStart(3, '0');
  const [a, b, c] = number;
  return `schema: case-review/1
review: {id: CASE-${a}A${b}A${c}A, kind: [cse], state: complete, reviewed_at: 2026-03-10T10:30:00Z}
persons:
  - {ref: OFF-${a}A${b}A${c}B, role: oic}
missing:
  - {ref: ${EPISODE}, child: VIC-${a}A${b}A${c}C, reported_at: 2026-02-02T09:00:00Z}
links:
  cases:
    - {ref: CASE-9Z${b}Z${c}Z, relation: other_victim}
audit: {round: 2026-quarter-1, returned: true, disposition: outstanding_matter}
# ${number}${'.'.repeat(PADDING)}
`;
};
const uris = Array.from({ length: REVIEWS }, (_, at) => `file:///force/${at}.case-review.yaml`).sort();
const files: FileProvider = {
  read: uri => (uris.includes(uri) ? { text: textOf(uri) } : { problem: 'There is none.' }),
  list: () => [],
  folders: () => [],
  exists: uri => uris.includes(uri),
};

test('what is remembered of a judged review does not hold its text', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const workspace = createWorkspace(files);
  for (const _ of workspace.scan(uris.slice(0, 1)));
  collect();
  const before = process.memoryUsage().heapUsed;
  const audits: (AuditFacts | undefined)[] = [];
  for (const report of workspace.scan(uris)) if (report) audits.push(report.audit);
  collect();
  const perReview = (process.memoryUsage().heapUsed - before) / REVIEWS;
  assert.equal(audits.filter(audit => audit?.disposition === 'outstanding_matter').length, REVIEWS);
  assert.equal([...workspace.records()][0]?.episodes[0]?.reportedAt, '2026-02-02T09:00:00Z');
  assert.ok(perReview < PADDING / 3, `${perReview} bytes a review`);
});
