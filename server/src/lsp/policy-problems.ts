/**
 * Problems of configuration, packs and rule files: shown on their own files, and told once besides. An open file
 * has the problems of the text in the editor, the examples of an open rule among them.
 */
import type { Diagnostic } from 'vscode-languageserver';
import type { Finding, PolicyProblem } from '../engine/report.ts';
import { POLICY_TROUBLE_NOTIFICATION, type PolicyTroubleParams } from '../protocol.ts';
import { nameOf } from './canonical-uri.ts';
import { unheard } from './fence.ts';
import { createIdleCall } from './idle.ts';
import { readLines } from './read-lines.ts';
import type { Session } from './session.ts';
import { toDiagnostic } from './to-diagnostic.ts';

export function reportPolicyProblems(session: Session): void {
  const { connection, workspace, documents, client, examples } = session;
  let shown = new Map<string, string>();
  let told = '';

  const publish = (uri: string, problems: readonly PolicyProblem[]): void => {
    const lines = readLines(session, uri);
    const diagnostics = problems.map(({ finding }) => showPolicyFinding(session, uri, finding, lines));
    unheard(connection.sendDiagnostics({ uri: documents.spelled(uri), diagnostics }));
  };

  const show = session.fence.event('policy problems', () => {
    documents.flush();
    // The policy of a review is loaded when the review is first asked about.
    for (const uri of documents.all()) if (documents.isReview(uri)) workspace.isIgnored(uri);
    const byFile = new Map<string, PolicyProblem[]>();
    for (const problem of workspace.policyProblems()) {
      byFile.set(problem.uri, [...(byFile.get(problem.uri) ?? []), problem]);
    }
    for (const uri of workspace.desk.open())
      byFile.set(uri, [...workspace.desk.problems(uri), ...examples.problems(uri)]);
    const states = new Map([...byFile].map(([uri, problems]) => [uri, stateOf(problems)]));
    for (const [uri, problems] of byFile) if (shown.get(uri) !== states.get(uri)) publish(uri, problems);
    for (const uri of shown.keys()) if (!states.has(uri)) publish(uri, []);
    shown = states;
    tell(workspace.policyProblems().filter(({ finding }) => finding.severity === 'error'));
  });

  /** Nothing has to be decided, so no window opens: a client that has a place for it shows it, and it is logged. */
  const tell = (errors: readonly PolicyProblem[]): void => {
    const state = stateOf(errors);
    if (state === told) return;
    told = state;
    const files = [...new Set(errors.map(({ uri }) => nameOf(documents.spelled(uri))))].join(', ');
    const message =
      errors.length === 0
        ? ''
        : session.say(
            '{files} cannot be used as it is. Reviews are judged by the last state that worked; the problems of the file say what is wrong.',
            { files },
          );
    if (message !== '') connection.console.warn(message);
    if (client.policyTrouble) {
      const params: PolicyTroubleParams = { message };
      unheard(connection.sendNotification(POLICY_TROUBLE_NOTIFICATION, params));
    }
  };

  const showWhenIdle = createIdleCall(show);
  examples.onJudged(showWhenIdle);
  session.onChange(({ edited }) => {
    // Editing a review cannot change this; opening one can, where it is the first below a configuration.
    if (edited === undefined || !session.documents.isReview(edited)) showWhenIdle();
  });
}

export function showPolicyFinding(
  session: Session,
  uri: string,
  finding: Finding,
  lines = readLines(session, uri),
): Diagnostic {
  const places = { uri, lines, linesOf: () => lines, spelled: session.documents.spelled };
  return toDiagnostic(finding, places, undefined, session.client, session.say);
}

function stateOf(problems: readonly PolicyProblem[]): string {
  return problems
    .map(({ uri, finding }) => `${uri} ${finding.rule} ${finding.span.start} ${finding.message}`)
    .join('\n');
}
