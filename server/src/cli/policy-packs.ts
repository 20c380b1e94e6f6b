/** Packs as they are named on the command line: a folder with a `pack.yaml`, or the shipped pack by its name. */
import { join, posix, resolve } from 'node:path';
import { toFileUri } from '../files/file-uri.ts';
import { CONFIG_FILE_NAME, PACK_FILE_NAME } from '../protocol.ts';
import { SHIPPED } from '../workspace/config-file.ts';
import type { FileProvider } from '../workspace/file-provider.ts';
import { manifestOf } from '../workspace/load-pack.ts';
import { UsageError } from './exit-code.ts';
import type { Surroundings } from './surroundings.ts';

/** The URI of a pack's folder, with its slash. */
export function findPackFolder(name: string, files: FileProvider, { cwd }: Surroundings): string {
  const folder = `${toFileUri(resolve(cwd, name))}/`;
  if (files.exists(manifestOf(folder))) return folder;
  throw new UsageError(`${name}: There is no ${PACK_FILE_NAME} in this folder; name the folder of a pack.`);
}

/** As a configuration names it, from where it lies. The shipped pack's name is never a folder. */
export function packReference(
  name: string,
  configUri: string,
  files: FileProvider,
  around: Surroundings,
): string {
  if (name === SHIPPED) return SHIPPED;
  return `./${posix.relative(posix.dirname(configUri), findPackFolder(name, files, around))}`;
}

/** Stands for the reviews of a folder: what holds for it holds for them. */
export function anyReviewIn(folder: string): string {
  return toFileUri(join(folder, 'any.case-review.yaml'));
}

/** Where a configuration for a folder would stand that has none. */
export function configIn(folder: string): string {
  return toFileUri(join(folder, CONFIG_FILE_NAME));
}
