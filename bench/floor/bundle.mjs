// Bundles the floors as the project bundles its own program, so that neither side is spared the loading of packages.
import path from 'node:path';
import { build } from 'esbuild';

/** Writes `parse.cjs` and `server.cjs` into the folder. */
export async function bundleFloors(folder) {
  await build({
    entryPoints: ['parse', 'server'].map(name => path.join(import.meta.dirname, `${name}.mjs`)),
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'warning',
  });
}
