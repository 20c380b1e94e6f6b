/** `case-review timeline`: the dates of a review, with limits and gaps, as a drawing or a page. */
import { resolve } from 'node:path';
import { hasDates, readTimeline } from '../check/timeline.ts';
import { createDiskFiles } from '../files/disk-files.ts';
import { toFileUri } from '../files/file-uri.ts';
import type { TimelineFormat } from '../protocol.ts';
import { writeTimeline } from '../render/timeline-file.ts';
import { sayInEnglish } from '../texts/say.ts';
import { linkedReviews } from '../workspace/linked-reviews.ts';
import { EXIT, UsageError } from './exit-code.ts';
import { openWorkspace, type PolicyOptions } from './open-workspace.ts';
import type { Surroundings } from './surroundings.ts';

export interface TimelineOptions extends PolicyOptions {
  readonly format: TimelineFormat;
  readonly linked: boolean;
}

export async function timeline(
  path: string,
  options: TimelineOptions,
  around: Surroundings,
): Promise<number> {
  const files = createDiskFiles();
  const uri = toFileUri(resolve(around.cwd, path));
  const read = files.read(uri);
  if ('problem' in read) throw new UsageError(`${path}: ${read.problem}`);
  const workspace = await openWorkspace(files, options, around);
  // The scan reads the reviews that this one links to as well.
  for (const _ of workspace.scan([uri]));
  const uris = [uri, ...(options.linked ? linkedReviews(workspace, uri) : [])];
  const cases = uris.map(one => readTimeline(workspace.judged(one)));
  if (!hasDates(cases)) throw new UsageError(`${path}: This review has no dates yet.`);
  const text = writeTimeline(cases, options.format, sayInEnglish);
  await new Promise<void>(done => around.stdout.write(text, () => done()));
  return EXIT.clean;
}
