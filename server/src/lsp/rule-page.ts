/** The page of a rule for a client that can show it, with the limits in force and its examples judged. */
import { checkExamples } from '../check/check-examples.ts';
import { withCalendar } from '../check/check-pack.ts';
import type { LoadedPack } from '../check/read-pack.ts';
import { RULE_PAGE_REQUEST, type RulePageParams, type RulePageResult } from '../protocol.ts';
import { formatRulePage, type RuleOrigin } from '../render/rule-page.ts';
import { SHIPPED } from '../workspace/config-file.ts';
import { loadPack, manifestOf } from '../workspace/load-pack.ts';
import type { Session } from './session.ts';

const NO_PAGE: RulePageResult = { text: '' };

export function provideRulePage(session: Session): void {
  session.connection.onRequest<RulePageResult, never>(
    RULE_PAGE_REQUEST,
    session.fence.request('rule page', NO_PAGE, (params: RulePageParams) => makePage(session, params)),
  );
}

function makePage(session: Session, { rule: id, uri }: RulePageParams): RulePageResult {
  const { workspace, documents, folders } = session;
  documents.flush();
  const inFolders = folders().map(folder => `${folder}/any.case-review.yaml`);
  for (const place of [...(uri === undefined ? [] : [uri]), ...inFolders, 'file:///any.case-review.yaml']) {
    const rule = workspace.rules(place).find(known => known.id === id);
    if (rule) return { text: formatRulePage(rule, findOrigin(session, place, id)) };
  }
  return NO_PAGE;
}

/** The rule's file: in the last pack that has it, as it is judged. */
function findOrigin(session: Session, place: string, id: string): RuleOrigin | undefined {
  const packs = readPacks(session, place);
  const at = packs.findLastIndex(({ rules }) => rules.some(({ file }) => file?.id === id));
  const rule = packs[at]?.rules.find(({ file }) => file?.id === id);
  const data = packs.slice(0, at + 1).flatMap(pack => pack.data ?? []);
  const pack = data.findLast(({ pack }) => pack.example_header !== undefined)?.pack ?? data.at(-1)?.pack;
  if (!rule?.file || !pack) return undefined;
  return {
    file: rule.file,
    pack,
    examples: [...checkExamples(rule, withCalendar(data))],
    links: { file: rule.text.uri },
  };
}

/** The packs in force with the files of their rules; of the shipped pack those that lie beside the program. */
function readPacks({ workspace, files, home }: Session, place: string): readonly LoadedPack[] {
  const folder = home === undefined ? undefined : new URL(`policies/${SHIPPED}/`, home).href;
  const shipped = folder !== undefined && files.exists(manifestOf(folder)) ? [loadPack(files, folder)] : [];
  const named = workspace.packs(place);
  return named ? named.flatMap(pack => (pack.folder === undefined ? shipped : [pack])) : shipped;
}
