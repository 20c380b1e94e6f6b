// `npm run package`: builds and packs `case-review-<version>.vsix`; fails when the package has grown too large or
// holds a file that does not belong in it.
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { createVSIX, listFiles } from '@vscode/vsce';
import { buildOrExit } from './build.mjs';

const root = path.resolve(import.meta.dirname, '..');
const LIMIT = 2_000_000;
const ALLOWED =
  /^(dist\/([\w-]+\.(cjs|txt)|[\w-]+-page\.(js|css))|schemas\/[\w.-]+\.json|policies\/.*\.ya?ml|examples\/[\w.-]+\.(ya?ml|md)|syntaxes\/[\w.-]+\.json|client\/(media|walkthrough)\/[\w.-]+|package(\.nls(\.[\w-]+)?)?\.json|l10n\/[\w.-]+\.json|language-configuration\.json|docs\/(images\/\w+\.png|(audits|ci|editors)\.md)|README\.md|LICENSE|CHANGELOG\.md)$/;
const REQUIRED = [
  'dist/case-review.cjs',
  'dist/extension.cjs',
  'dist/extension-web.cjs',
  'dist/lsp-worker.cjs',
  'syntaxes/case-review.tmLanguage.json',
  'language-configuration.json',
  'examples/case-review.config.yaml',
  'README.md',
];

/** @returns {Promise<string>} the path of the package */
export async function packageExtension() {
  const files = (await listFiles({ cwd: root, dependencies: false })).map(file => file.replaceAll('\\', '/'));
  const strange = files.filter(file => !ALLOWED.test(file));
  if (strange.length > 0) throw new Error(`these files do not belong in the package: ${strange.join(', ')}`);
  const absent = REQUIRED.filter(file => !files.includes(file));
  if (absent.length > 0) throw new Error(`these files are missing from the package: ${absent.join(', ')}`);
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const packagePath = path.join(root, `case-review-${version}.vsix`);
  await createVSIX({
    cwd: root,
    packagePath,
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
    skipLicense: true,
  });
  const { size } = statSync(packagePath);
  if (size > LIMIT) throw new Error(`${path.basename(packagePath)} has ${size} bytes; the limit is ${LIMIT}`);
  console.log(`${path.basename(packagePath)}: ${files.length} files, ${Math.ceil(size / 1000)} kB`);
  return packagePath;
}

if (process.argv[1] === import.meta.filename) {
  await buildOrExit();
  await packageExtension();
}
