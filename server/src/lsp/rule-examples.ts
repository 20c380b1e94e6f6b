/** How the examples of a rule file behave, for a client that lists them as tests. */
import { spanOf } from '../engine/locate.ts';
import {
  RULE_EXAMPLES_REQUEST,
  type RuleExamples,
  type RuleExamplesParams,
  type RuleExamplesResult,
} from '../protocol.ts';
import { canonicalUri } from './canonical-uri.ts';
import type { Session } from './session.ts';

export function provideRuleExamples(session: Session): void {
  const { connection, fence } = session;
  connection.onRequest<RuleExamplesResult, never>(
    RULE_EXAMPLES_REQUEST,
    fence.request('rule examples', null, ({ uri }: RuleExamplesParams) => judge(session, uri)),
  );
}

function judge({ workspace: { desk }, documents }: Session, spelled: string): RuleExamples | null {
  documents.flush();
  const uri = canonicalUri(spelled);
  const { file, text } = (desk.kindOf(uri) === 'rule' && desk.rule(uri)) || {};
  if (file === undefined || text === undefined) return null;
  const { root, text: source } = text.parsed;
  const lines = documents.linesOf(source);
  const placeOf = (path: string) => lines.positionAt(spanOf(root, path, source).start);
  const judged = [...desk.examples(uri)];
  // One mistake keeps all of them from being judged.
  if (judged.length < file.examples.length) return null;
  const problems = desk.exampleProblems(uri, judged);
  const examples = judged.map(({ name, path }) => ({
    name,
    path,
    place: placeOf(path.replace(/\/\w+$/, '/name')),
    faults: problems
      .filter(({ finding }) => finding.path === path)
      .map(({ finding: { message, span } }) => ({ message, place: lines.positionAt(span.start) })),
  }));
  return { id: file.id, title: file.title, place: placeOf('/id'), examples };
}
