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
    rules: files
      .folders(folderUri)
      .flatMap(theme => files.list(theme, '.yaml'))
      .map(load)
      .filter(text => text !== undefined)
      .map(readRule),
    problems,
  };
}

export function manifestOf(folderUri: string): string {
  return new URL(PACK_FILE_NAME, folderUri).href;
}
