/** Code lenses of a rule file: whether each example behaves; running one shows the review with its actual findings. */
import type { CodeLens } from 'vscode-languageserver';
import { writeMarkedText } from '../check/marked-text.ts';
import { findNode, spanOf } from '../engine/locate.ts';
import { COMMANDS, RUN_EXAMPLE_REQUEST, type RunExampleParams, type RunExampleResult } from '../protocol.ts';
import { toRange } from './convert.ts';
import { type OpenPolicy, openPolicy } from './open-policy.ts';
import type { Session } from './session.ts';

export function exampleLenses(
  { workspace, examples, say }: Session,
  { uri, document }: OpenPolicy,
): CodeLens[] {
  const parsed = workspace.desk.parsed(uri);
  if (!parsed) return [];
  const lensAt = (path: string, title: string, command: string, args: unknown[]): CodeLens[] => {
    if (!findNode(parsed.root, path)) return [];
    const range = toRange(document, spanOf(parsed.root, path, parsed.text));
    return [{ range, command: { title, command, ...(args.length > 0 && { arguments: args }) } }];
  };
  const judged = examples.of(uri);
  const behaving = judged.filter(({ faults }) => faults.length === 0).length;
  const summary = say('{behaving} of {all} examples behave', { behaving, all: judged.length });
  const all = judged.length === 0 ? [] : lensAt('/title', summary, '', []);
  return [
    ...all,
    ...judged.flatMap(({ path, faults, findings }) => {
      const state = faults.length === 0 ? say('behaves') : say('does not behave');
      const count =
        findings.length === 1 ? say('1 finding') : say('{count} findings', { count: findings.length });
      const name = path.replace(/\/\w+$/, '/name');
      return lensAt(name, say('Run: {state}, {count}', { state, count }), COMMANDS.runExample, [
        document.uri,
        path,
      ]);
    }),
  ];
}

const NOTHING: RunExampleResult = { text: '' };

export function provideRunExample(session: Session): void {
  const { connection, fence } = session;
  connection.onRequest<RunExampleResult, never>(
    RUN_EXAMPLE_REQUEST,
    fence.request('example', NOTHING, (params: RunExampleParams) => runExample(session, params)),
  );
}

function runExample(session: Session, params: RunExampleParams): RunExampleResult {
  const open = openPolicy(session, params);
  for (const { path, text, findings } of open ? session.workspace.desk.examples(open.uri) : [])
    if (path === params.path) return { text: writeMarkedText(text, findings) };
  return NOTHING;
}
