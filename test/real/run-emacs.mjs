// Runs the recipe for Emacs of docs/editors.md in an Emacs without other settings, driven by `emacs/client.el`.
// Alone: node test/real/run-emacs.mjs
import path from 'node:path';
import { main } from './main.mjs';
import { REVIEW, recipesIn, runRecipe } from './recipe.mjs';

const SETTINGS = 'init.el';

/** @returns {Promise<import('./main.mjs').Result[]>} */
export async function runEmacs(kit) {
  const script = path.join(import.meta.dirname, 'emacs/client.el');
  const [recipe] = recipesIn('elisp');
  // With Debian's start file, which knows where its packages of Emacs are.
  const args = [
    '--batch',
    '--no-init-file',
    '--load',
    SETTINGS,
    '--load',
    script,
    REVIEW,
    '--funcall',
    'drive',
  ];
  return runRecipe({ title: 'Case Review in Emacs', program: kit.emacs, args, recipe, settings: SETTINGS });
}

if (process.argv[1] === import.meta.filename) await main(runEmacs);
