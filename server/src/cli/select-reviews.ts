/** What a run is about: the reviews that the command line names, or the one on standard input. */
import { resolve } from 'node:path';
import { createDiskFiles } from '../files/disk-files.ts';
import { toFileUri } from '../files/file-uri.ts';
import type { InputProblem } from '../render/format.ts';
import type { FileProvider } from '../workspace/file-provider.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { complain, UsageError } from './exit-code.ts';
import { findNamed } from './paths.ts';
import { withText } from './sources.ts';
import { readStandardInput, STDIN_FILENAME } from './standard-input.ts';
import type { Surroundings } from './surroundings.ts';
import type { TellOptions } from './tell-run.ts';

export interface SelectOptions extends Pick<TellOptions, 'changed'> {
  readonly stdin?: boolean;
  readonly stdinFilename?: string;
}

/** What is to be judged: the reviews, where their texts are, and what stands in the way of others. */
export interface Input {
  readonly uris: readonly string[];
  readonly files: FileProvider;
  readonly problems: readonly InputProblem[];
}

export const NONE_FOUND = 'No reviews found; their names end in .case-review.yaml or .case-review.yml.';

export async function findInput(
  paths: readonly string[],
  options: SelectOptions,
  around: Surroundings,
): Promise<Input> {
  const files = createDiskFiles();
  if (options.stdin || paths.includes('-')) {
    if (paths.some(path => path !== '-'))
      throw new UsageError('Standard input is checked alone; leave out the paths.');
    if (options.changed !== undefined)
      throw new UsageError('--changed goes with files; leave out standard input.');
    return findStandardInput(options.stdinFilename ?? STDIN_FILENAME, files, around);
  }
  if (options.stdinFilename !== undefined)
    throw new UsageError('--stdin-filename goes with --stdin; add it.');
  const { uris, problems } = await findNamed(paths.length === 0 ? ['.'] : paths, around.cwd);
  if (uris.length > 0 || problems.length > 0) return { uris, files, problems };
  // A folder that was named is expected to hold something; the folder one happens to stand in is not.
  if (paths.length > 0) return { uris, files, problems: paths.map(path => ({ path, message: NONE_FOUND })) };
  complain(NONE_FOUND, around);
  return { uris, files, problems };
}

async function findStandardInput(name: string, files: FileProvider, around: Surroundings): Promise<Input> {
  const read = await readStandardInput(around);
  if ('problem' in read) return { uris: [], files, problems: [{ path: name, message: read.problem }] };
  const uri = toFileUri(resolve(around.cwd, name));
  return { uris: [uri], files: withText(files, uri, read.text), problems: [] };
}

/** The reviews to judge: what the configuration leaves out is not among them, nor with `--changed` what is as it was. */
export async function selectReviews(
  uris: readonly string[],
  workspace: Workspace,
  { changed }: SelectOptions,
  around: Surroundings,
): Promise<readonly string[]> {
  // Also a review that is named: the editor shows nothing in it either, and hooks name every file that changed.
  const kept = uris.filter(uri => !workspace.isIgnored(uri));
  if (kept.length === 0 && uris.length > 0)
    complain('The configuration leaves out every review found.', around);
  if (changed === undefined) return kept;
  const ref = changed === true ? undefined : changed;
  return (await import('./choose-changed.ts')).chooseChanged(kept, ref, workspace, around.cwd);
}
