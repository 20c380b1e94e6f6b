/** The shipped pack read from its YAML, examples included, by the same loader as a force's own pack. */
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { LoadedPack } from '../../server/src/check/read-pack.ts';
import { createDiskFiles } from '../../server/src/files/disk-files.ts';
import { loadPack } from '../../server/src/workspace/load-pack.ts';

/** The repository's root, from wherever the tests were compiled to. */
export const repositoryRoot = fileURLToPath(new URL('../../../', import.meta.url));

export function loadShippedPack(): LoadedPack {
  return loadPack(createDiskFiles(), pathToFileURL(`${repositoryRoot}policies/england-wales/`).href);
}
