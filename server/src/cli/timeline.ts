/** `case-review timeline`: the dates of a review, with limits and gaps, as a drawing or a page. */
import { hasDates, readTimeline } from '../check/timeline.ts';
import { createDiskFiles } from '../files/disk-files.ts';
import type { TimelineFormat } from '../protocol.ts';
import { writeTimeline } from '../render/timeline-file.ts';
import { sayInEnglish } from '../texts/say.ts';
import { linkedReviews } from '../workspace/linked-reviews.ts';
import { EXIT, UsageError } from './exit-code.ts';
import { openWorkspace, type PolicyOptions, refusePolicyErrors } from './open-workspace.ts';
import { readNamed } from './read-named.ts';
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
  const { uri } = readNamed(path, files, around);
  const workspace = await openWorkspace(files, options, around);
  // The scan reads the reviews that this one links to as well.
  for (const _ of workspace.scan([uri]));
  refusePolicyErrors(workspace);
  const uris = [uri, ...(options.linked ? linkedReviews(workspace, uri) : [])];
  const cases = uris.map(one => readTimeline(workspace.judged(one)));
  if (!hasDates(cases))
    throw new UsageError(`${path}: There are no dates to draw; case-review check says what is missing.`);
  const text = writeTimeline(cases, options.format, sayInEnglish);
  await new Promise<void>(done => around.stdout.write(text, () => done()));
  return EXIT.clean;
}
