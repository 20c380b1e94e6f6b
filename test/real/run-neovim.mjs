// Runs the recipes for Neovim of docs/editors.md in a Neovim without other settings, driven by `neovim/client.lua`.
// Alone: node test/real/run-neovim.mjs
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { main } from './main.mjs';
import { REVIEW, recipesIn, runRecipe } from './recipe.mjs';

const SETTINGS = 'init.lua';
/** What the recipes need, in the order of the document. */
const VERSIONS = ['0.7', '0.11'];

/** @returns {Promise<import('./main.mjs').Result[]>} */
export async function runNeovim(kit) {
  const [, found] = /NVIM v(\d+\.\d+)/.exec(
    spawnSync(kit.neovim, ['--version'], { encoding: 'utf8' }).stdout,
  );
  const script = path.join(import.meta.dirname, 'neovim/client.lua');
  return recipesIn('lua').flatMap((recipe, at) => {
    const title = `Case Review in Neovim, by the recipe for ${VERSIONS[at]}`;
    if (minorOf(found) < minorOf(VERSIONS[at]))
      return { title, state: 'skip', error: `this is Neovim ${found}` };
    const args = [
      '--headless',
      '--clean',
      '-n',
      '-i',
      'NONE',
      '-u',
      SETTINGS,
      REVIEW,
      '-c',
      `luafile ${script}`,
    ];
    return runRecipe({ title, program: kit.neovim, args, recipe, settings: SETTINGS });
  });
}

function minorOf(version) {
  const [major, minor] = version.split('.').map(Number);
  return major * 1000 + minor;
}

if (process.argv[1] === import.meta.filename) await main(runNeovim);
