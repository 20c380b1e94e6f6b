/** Code lenses: how far each section is answered, what is wrong in the reviews linked to, and how examples behave. */
import type { CodeLens, CodeLensParams } from 'vscode-languageserver';
import { describeCounts } from '../check/checklist.ts';
import { entriesAt, findPair, spanOf, textAt } from '../engine/locate.ts';
import { isCovered, type Outcome } from '../engine/report.ts';
import { COMMANDS } from '../protocol.ts';
import { toRange } from './convert.ts';
import { exampleLenses } from './example-lens.ts';
import { openPolicy } from './open-policy.ts';
import { type OpenReview, openReview } from './open-review.ts';
import type { Session } from './session.ts';

/** Where resolving fails, clients show nothing. */
const UNRESOLVED: CodeLens = { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } };

export function provideCodeLens(session: Session): void {
  const { connection, fence } = session;
  connection.onCodeLens(fence.request('code lenses', [], params => listLenses(session, params)));
  connection.onCodeLensResolve(
    fence.request<CodeLens, CodeLens>('code lens', UNRESOLVED, lens => resolveLens(session, lens)),
  );
}

function listLenses(session: Session, { textDocument }: CodeLensParams): CodeLens[] {
  const policy = openPolicy(session, textDocument);
  if (policy) return exampleLenses(session, policy);
  const open = openReview(session, textDocument);
  if (open === undefined) return [];
  const { uri, document } = open;
  const { root } = session.workspace.parsed(uri);
  const sections = session.checklist(uri).sections.flatMap(({ key, pointer, counts }) => {
    const pair = root?.kind === 'map' ? findPair(root, key) : undefined;
    return pair === undefined
      ? []
      : [
          {
            range: toRange(document, pair.keySpan),
            command: {
              title: describeCounts(counts, session.say),
              ...(session.client.lensCommands && counts.inBreach + counts.outstanding > 0
                ? { command: COMMANDS.nextQuestion, arguments: [pointer] }
                : { command: '' }),
            },
          },
        ];
  });
  return [...sections, ...linkLenses(session, open)];
}

/** Judging a linked review takes its time, so it is done only for the lenses on the screen. */
function linkLenses({ workspace }: Session, { uri, document }: OpenReview): CodeLens[] {
  const { root, text } = workspace.parsed(uri);
  return entriesAt(root, '/links/cases').flatMap((entry, i) => {
    const holder = workspace.holder(textAt(entry, '/ref') ?? '', uri);
    if (holder === undefined) return [];
    const range = toRange(document, spanOf(root, `/links/cases/${i}`, text));
    return [{ range, data: holder.uri }];
  });
}

function resolveLens({ workspace, documents, client, say }: Session, lens: CodeLens): CodeLens {
  documents.flush();
  if (typeof lens.data !== 'string') return lens;
  const { id, state, findings } = workspace.report(lens.data);
  const count = (outcome: Outcome): number =>
    findings.filter(finding => finding.outcome === outcome && !isCovered(finding)).length;
  const parts = [
    say('{count} in breach', { count: count('breach') }),
    say('{count} not recorded', { count: count('not-recorded') }),
  ];
  const what = [id, state].filter(part => part !== undefined).join(', ');
  const title = `${what}: ${parts.join(', ')}`;
  const goTo = client.lensCommands ? { command: COMMANDS.goTo, arguments: [lens.data] } : { command: '' };
  return { ...lens, command: { title, ...goTo } };
}
