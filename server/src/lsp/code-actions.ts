/**
 * Quick fixes of the findings at a place, all fixes of one rule and all safe fixes of the file, which may be a policy
 * file; in a review waivers to be begun and persons to be listed, too.
 */
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Command,
  type Diagnostic,
  type TextDocumentIdentifier,
} from 'vscode-languageserver';
import { addsOutstanding } from '../check/checklist.ts';
import { isWaivable, WAIVER_RULES, waiverPatch } from '../check/waivers.ts';
import { applyEdits, type Edit } from '../engine/apply-edits.ts';
import { findSafeFix, fixAll } from '../engine/fix-all.ts';
import { entriesAt, findNode } from '../engine/locate.ts';
import type { ParsedText } from '../engine/located-tree.ts';
import { patchToEdits } from '../engine/patch-to-edits.ts';
import { readEdited } from '../engine/reparse-yaml.ts';
import { type Finding, type Fix, isCovered } from '../engine/report.ts';
import { SHAPE_RULES } from '../engine/shape-messages.ts';
import { COMMANDS } from '../protocol.ts';
import { EXTRACT_KIND, FIX_ALL_KIND } from './capabilities.ts';
import { toSpan } from './convert.ts';
import { extractPerson } from './extract-person.ts';
import { openPolicy } from './open-policy.ts';
import { openReview } from './open-review.ts';
import { showPolicyFinding } from './policy-problems.ts';
import type { Session } from './session.ts';
import { toWorkspaceEdit } from './workspace-edit.ts';

export function provideCodeActions(session: Session): void {
  session.connection.onCodeAction(
    session.fence.request('code actions', [], params =>
      session.client.codeActionLiterals ? answer(session, params) : [],
    ),
  );
}

/** An open file, what was found in it, and how that was shown. */
interface Judged {
  readonly uri: string;
  readonly parsed: ParsedText;
  readonly findings: readonly Finding[];
  shown(findings: readonly Finding[]): Diagnostic[];
}

function judgedReview(session: Session, uri: string): Judged {
  const { diagnoses, workspace } = session;
  const { findings } = workspace.report(uri);
  const { items } = diagnoses.of(uri);
  return {
    uri,
    parsed: workspace.parsed(uri),
    findings,
    shown: some => some.flatMap(finding => items[findings.indexOf(finding)] ?? []),
  };
}

function judgedPolicy(session: Session, textDocument: TextDocumentIdentifier): Judged | undefined {
  const open = openPolicy(session, textDocument);
  if (open === undefined) return undefined;
  const { desk } = session.workspace;
  return {
    uri: open.uri,
    parsed: desk.parsed(open.uri)!,
    findings: desk.problems(open.uri).map(({ finding }) => finding),
    shown: findings => findings.map(finding => showPolicyFinding(session, open.uri, finding)),
  };
}

function answer(session: Session, { textDocument, range, context }: CodeActionParams): CodeAction[] {
  const open = openReview(session, textDocument);
  if (open !== undefined && session.workspace.isIgnored(open.uri)) return [];
  const judged = open ? judgedReview(session, open.uri) : judgedPolicy(session, textDocument);
  if (judged === undefined) return [];
  const { findings } = judged;
  const span = toSpan(session.documents.linesOf(judged.parsed.text), range);
  // A client that keeps `data` says exactly which findings it means; touching counts, as a cursor is an empty range.
  const named = new Set(context.diagnostics.map(diagnostic => diagnostic.data));
  const chosen = findings.filter(
    finding =>
      !isCovered(finding) &&
      (named.has(finding.fingerprint) || (finding.span.start <= span.end && finding.span.end >= span.start)),
  );
  const actions: CodeAction[] = [];
  if (isWanted(CodeActionKind.QuickFix, context.only)) {
    actions.push(...chosen.flatMap(finding => singleFixes(session, judged, finding)));
    actions.push(...ruleFixes(session, judged, chosen));
    if (open) actions.push(...waiverActions(session, judged, chosen));
  }
  if (open && isWanted(EXTRACT_KIND, context.only)) actions.push(...extractPerson(session, open, span));
  // Unasked, as in a menu at a place, the action for the whole file would only be in the way.
  if (context.only !== undefined && isWanted(FIX_ALL_KIND, context.only)) {
    actions.push(
      ...bulkFix(session, judged, session.say('Fix all safe findings in this file'), FIX_ALL_KIND, findings),
    );
  }
  return actions;
}

/** Kinds are a tree: a client that asks for `source` wants `source.fixAll.caseReview` too. */
function isWanted(kind: string, only: readonly string[] | undefined): boolean {
  return (
    only === undefined ||
    only.some(wanted => wanted === '' || kind === wanted || kind.startsWith(`${wanted}.`))
  );
}

function singleFixes(session: Session, judged: Judged, finding: Finding): CodeAction[] {
  const { uri, parsed } = judged;
  const isOnlySafe = finding.fixes.filter(fix => fix.safe).length === 1;
  return finding.fixes.flatMap(fix => {
    const edits = patchToEdits(parsed, fix.patch);
    if (edits.length === 0) return [];
    return {
      title: fix.title,
      kind: CodeActionKind.QuickFix,
      diagnostics: judged.shown([finding]),
      ...(session.client.preferredActions && fix.safe && isOnlySafe && { isPreferred: true }),
      edit: toWorkspaceEdit(session, [{ uri, lines: session.documents.linesOf(parsed.text), edits }]),
    };
  });
}

/** For each rule at the place that has more to fix elsewhere in the file. */
function ruleFixes(session: Session, judged: Judged, chosen: readonly Finding[]): CodeAction[] {
  const bulk = (find: FindFix, describe: (title: string, count: number) => string): CodeAction[] => {
    const rules = [...new Set(chosen.filter(find).map(finding => finding.rule))];
    return rules.flatMap(rule => {
      const findings = judged.findings.filter(finding => finding.rule === rule && find(finding));
      if (findings.length < 2) return [];
      const title = describe(`“${titleOf(session, judged.uri, rule)}”`, findings.length);
      return bulkFix(session, judged, title, CodeActionKind.QuickFix, findings, find);
    });
  };
  return [
    ...bulk(findSafeFix, rule => session.say('Fix all {rule} in this file', { rule })),
    ...bulk(findQuestion, (rule, count) =>
      session.say('Add all {count} as outstanding: {rule}', { count, rule }),
    ),
  ];
}

type FindFix = (finding: Finding) => Fix | undefined;

/** The fix that adds a question still to be answered, such as a suspect-tracing step. */
function findQuestion(finding: Finding): Fix | undefined {
  if (isCovered(finding)) return undefined;
  return finding.fixes.find(({ patch }) => patch.length > 0 && patch.every(addsOutstanding));
}

/** Reason, author and last day are left empty: until a person writes them, the waiver covers nothing and is an error. */
function waiverActions(session: Session, judged: Judged, chosen: readonly Finding[]): CodeAction[] {
  const { uri, parsed } = judged;
  const waivable = chosen.filter(finding => isWaivable(parsed.root, finding));
  return waivable.flatMap(finding => {
    const edits = patchToEdits(parsed, waiverPatch(parsed.root, finding));
    if (edits.length === 0) return [];
    const title =
      waivable.length === 1
        ? session.say('Waive with a reason…')
        : session.say('Waive with a reason…: “{rule}”', { rule: titleOf(session, uri, finding.rule) });
    return {
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics: judged.shown([finding]),
      edit: toWorkspaceEdit(session, [{ uri, lines: session.documents.linesOf(parsed.text), edits }]),
      ...(session.client.lensCommands && { command: goToReason(session, uri, parsed, edits) }),
    };
  });
}

/** The waiver begins at the end of the review, mostly out of sight. */
function goToReason(
  { documents }: Session,
  uri: string,
  parsed: ParsedText,
  edits: readonly Edit[],
): Command {
  const after = applyEdits(parsed.text, edits);
  const { root } = readEdited(after, parsed);
  const reason = findNode(root, `/waivers/${entriesAt(root, '/waivers').length - 1}/reason`);
  const at = documents.linesOf(after).positionAt(reason?.end ?? after.length);
  return { title: '', command: COMMANDS.goTo, arguments: [documents.spelled(uri), at] };
}

function titleOf({ workspace }: Session, uri: string, rule: string): string {
  const builtIn: Readonly<Record<string, string>> = { ...SHAPE_RULES, ...WAIVER_RULES };
  return workspace.rules(uri).find(({ id }) => id === rule)?.title ?? builtIn[rule] ?? rule;
}

function bulkFix(
  session: Session,
  { uri, parsed, shown }: Judged,
  title: string,
  kind: string,
  findings: readonly Finding[],
  find: FindFix = findSafeFix,
): CodeAction[] {
  const { text } = parsed;
  const edits = fixAll(text, findings, find);
  if (edits.length === 0) return [];
  return [
    {
      title,
      kind,
      diagnostics: shown(findings.filter(find)),
      edit: toWorkspaceEdit(session, [{ uri, lines: session.documents.linesOf(text), edits }]),
    },
  ];
}
