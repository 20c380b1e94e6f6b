/** Joins a connection to a workspace: every feature is registered here, once the client has said what it can do. */
import type { Connection } from 'vscode-languageserver';
import { provideAudit } from './audit.ts';
import { serverCapabilities } from './capabilities.ts';
import { provideChecklist } from './checklist.ts';
import { provideCodeActions } from './code-actions.ts';
import { provideCodeLens } from './code-lens.ts';
import { provideCompletion } from './completion.ts';
import { provideDefinition } from './definition.ts';
import { provideDocumentLinks } from './document-links.ts';
import { provideDocumentSymbols } from './document-symbols.ts';
import { provideRunExample } from './example-lens.ts';
import { followFolders, runFirstScan } from './first-scan.ts';
import { provideFolding } from './folding.ts';
import { followTrust } from './follow-trust.ts';
import { offerFormatting, provideFormatting } from './formatting.ts';
import { provideHover } from './hover.ts';
import { provideInlayHints } from './inlay-hints.ts';
import { provideNewReview } from './new-review.ts';
import { reportPolicyProblems } from './policy-problems.ts';
import { providePullDiagnostics } from './pull-diagnostics.ts';
import { providePushDiagnostics } from './push-diagnostics.ts';
import { provideReferences } from './references.ts';
import { refreshViews } from './refresh-views.ts';
import { provideRename } from './rename.ts';
import { provideRuleExamples } from './rule-examples.ts';
import { provideRulePage } from './rule-page.ts';
import { provideSelectionRanges } from './selection-ranges.ts';
import { provideSemanticTokens } from './semantic-tokens.ts';
import { createSession, type Session, type Surroundings } from './session.ts';
import { askForSettings, followSettings } from './settings.ts';
import { provideTimeline } from './timeline.ts';
import { followFiles, watchFiles } from './watched-files.ts';
import { provideWorkspaceDiagnostics } from './workspace-diagnostics.ts';
import { provideWorkspaceSymbols } from './workspace-symbols.ts';

const FEATURES: readonly ((session: Session) => void)[] = [
  providePullDiagnostics,
  provideWorkspaceDiagnostics,
  providePushDiagnostics,
  reportPolicyProblems,
  provideCodeActions,
  provideCompletion,
  provideHover,
  provideInlayHints,
  provideCodeLens,
  provideDocumentSymbols,
  refreshViews,
  provideFormatting,
  provideFolding,
  provideSelectionRanges,
  provideSemanticTokens,
  provideDefinition,
  provideReferences,
  provideRename,
  provideDocumentLinks,
  provideWorkspaceSymbols,
  provideChecklist,
  provideTimeline,
  provideAudit,
  provideNewReview,
  provideRunExample,
  provideRuleExamples,
  provideRulePage,
  followFiles,
  followSettings,
  followTrust,
];

/** Serves one client over a connection, until the client ends it. */
export function startServer(connection: Connection, around: Surroundings): void {
  connection.onInitialize(params => {
    const session = createSession(connection, params, around);
    for (const provide of FEATURES) provide(session);
    connection.onInitialized(session.fence.event('start', () => begin(session)));
    return serverCapabilities(session.client);
  });
  connection.listen();
}

async function begin(session: Session): Promise<void> {
  // Only now does the library know that the client can tell of folders.
  followFolders(session);
  // A client that refuses one of these still gets its reviews judged.
  await Promise.allSettled([watchFiles(session), askForSettings(session), offerFormatting(session)]);
  await runFirstScan(session);
}
