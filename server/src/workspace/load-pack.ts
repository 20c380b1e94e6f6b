/** Reads a pack folder through the file provider: `pack.yaml`, what it names, and one rule file per rule in theme folders. */
import {
  type LoadedPack,
  type PackTexts,
  type PolicyText,
  policyFinding,
  readPack,
  readRule,
} from '../check/read-pack.ts';
import { findNode } from '../engine/locate.ts';
import { parseYaml } from '../engine/parse-yaml.ts';
import type { PolicyProblem } from '../engine/report.ts';
import { PACK_FILE_NAME } from '../protocol.ts';
import type { FileProvider } from './file-provider.ts';

/** How the name of a rule file ends. */
const RULE = '.yaml';
const FOLDER_FOR_RULE = 'This is a folder where a rule file may stand; give it another name.';

export function loadPack(files: FileProvider, folderUri: string): LoadedPack {
  return readPack(loadPackTexts(files, folderUri));
}

export function loadPackTexts(files: FileProvider, folderUri: string): PackTexts {
  const problems: PolicyProblem[] = [];
  const load = (uri: string): PolicyText | undefined => {
    const file = files.read(uri);
    if ('text' in file) return { uri, parsed: parseYaml(file.text) };
    problems.push({ uri, finding: policyFinding('pack/unreadable', file.problem) });
    return undefined;
  };
  const themes = files.folders(folderUri);
  for (const folder of themes.flatMap(theme => files.folders(theme))) {
    const uri = folder.slice(0, -1);
    if (uri.endsWith(RULE))
      problems.push({ uri, finding: policyFinding('pack/unreadable', FOLDER_FOR_RULE) });
  }
  const manifest = load(manifestOf(folderUri));
  /** A file in the folder that `pack.yaml` names. */
  const named = (key: string): PolicyText | undefined => {
    const name = findNode(manifest?.parsed.root, `/${key}`);
    if (name?.kind !== 'scalar' || typeof name.value !== 'string' || /[/\\]/.test(name.value))
      return undefined;
    return load(new URL(encodeURIComponent(name.value), folderUri).href);
  };
  return {
    manifest,
    calendar: named('calendar'),
    sources: named('sources'),
    rules: themes
      .flatMap(theme => files.list(theme, RULE))
      .map(load)
      .filter(text => text !== undefined)
      .map(readRule),
    problems,
  };
}

export function manifestOf(folderUri: string): string {
  return new URL(PACK_FILE_NAME, folderUri).href;
}
