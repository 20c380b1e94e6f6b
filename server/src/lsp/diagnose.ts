/** From a document to its diagnostics, with an id that changes when and only when they change. */
import type { Diagnostic } from 'vscode-languageserver';
import type { Report } from '../engine/report.ts';
import type { RuleDescription } from '../policy/pack.ts';
import type { Say } from '../texts/say.ts';
import type { FileProvider } from '../workspace/file-provider.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { ClientSupport } from './client-support.ts';
import { contentId } from './content-id.ts';
import type { Documents } from './documents.ts';
import type { OpenDocument } from './position-encoding.ts';
import { readLines } from './read-lines.ts';
import { toDiagnostic } from './to-diagnostic.ts';

export interface Diagnosed {
  readonly resultId: string;
  readonly items: readonly Diagnostic[];
}

/** Deleted, ignored or out of scope: an id of its own, so that a client that knows it is not told again. */
export const NOTHING: Diagnosed = { resultId: 'none', items: [] };
const NO_RULES: ReadonlyMap<string, RuleDescription> = new Map();
const CLEAN: Diagnosed = { resultId: 'clean', items: [] };

/** The workspace keeps no reports of closed files; this many diagnostics of them are kept until the client has them. */
const KEPT = 1000;

export interface Diagnoses {
  /** The diagnostics of a document as they are now; call `documents.flush` first. */
  of(uri: string): Diagnosed;
  /**
   * What is wrong with the form of an open document, if anything is and the rules are not ready yet: these mistakes can
   * be shown while the rules are prepared.
   */
  ofForm(uri: string): Diagnosed | undefined;
  /** The same id as `of`, without judging a closed review again. */
  idOf(uri: string): string;
  /** Takes over a report of a closed review that somebody has just made. */
  take(report: Report): void;
  /** Forgets what was kept. */
  forget(uris: readonly string[]): void;
}

export interface DiagnoseParts {
  readonly client: ClientSupport;
  readonly workspace: Workspace;
  readonly documents: Documents;
  readonly files: FileProvider;
  readonly say: Say;
  /** Of a review that is not open. */
  isThere(uri: string): boolean;
  isInScope(uri: string): boolean;
  ruleAddress(rule: RuleDescription): string | undefined;
}

export function createDiagnoses({
  client,
  workspace,
  documents,
  files,
  isThere,
  say,
  isInScope,
  ruleAddress,
}: DiagnoseParts): Diagnoses {
  // A report never changes, unlike a document, so it may be the key.
  const ofReport = new WeakMap<Report, Diagnosed>();
  const rulesById = new WeakMap<readonly RuleDescription[], ReadonlyMap<string, RuleDescription>>();
  const closedIds = new Map<string, string>();
  const closed = new Map<string, Diagnosed>();

  const textLines = (uri: string) => readLines({ documents, files }, uri);

  const rulesOf = (uri: string): ReadonlyMap<string, RuleDescription> => {
    const rules = workspace.rules(uri);
    const known = rulesById.get(rules) ?? new Map(rules.map(rule => [rule.id, rule]));
    rulesById.set(rules, known);
    return known;
  };

  const convert = ({ uri, findings }: Report, rules = rulesOf(uri)): Diagnosed => {
    if (findings.length === 0) return CLEAN;
    const places = { uri, lines: textLines(uri), linesOf: textLines, spelled: documents.spelled };
    const items = findings.map(finding => {
      const rule = rules.get(finding.rule);
      return toDiagnostic(finding, places, rule && ruleAddress(rule), client, say);
    });
    return { resultId: contentId(items), items };
  };

  const keep = (uri: string, diagnosed: Diagnosed): Diagnosed => {
    closedIds.set(uri, diagnosed.resultId);
    closed.set(uri, diagnosed);
    const [oldest] = closed.size > KEPT ? closed.keys() : [];
    if (oldest !== undefined) closed.delete(oldest);
    return diagnosed;
  };

  const of = (uri: string): Diagnosed => {
    if (!documents.isReview(uri) || !isInScope(uri) || workspace.isIgnored(uri)) return NOTHING;
    const document = documents.get(uri);
    if (document !== undefined && isNotBegun(document)) return NOTHING;
    const isOpen = document !== undefined;
    const kept = isOpen ? undefined : closed.get(uri);
    if (kept !== undefined) return kept;
    if (!isOpen && !isThere(uri)) return keep(uri, NOTHING);
    const report = workspace.report(uri);
    if (!isOpen) return keep(uri, convert(report));
    const diagnosed = ofReport.get(report) ?? convert(report);
    ofReport.set(report, diagnosed);
    return diagnosed;
  };

  return {
    of,
    ofForm(uri) {
      const isShown =
        documents.get(uri) !== undefined && documents.isReview(uri) && !workspace.isIgnored(uri);
      const report = isShown ? workspace.formReport(uri) : undefined;
      return report && report.findings.length > 0 ? convert(report, NO_RULES) : undefined;
    },
    idOf: uri =>
      (documents.get(uri) === undefined && isInScope(uri) && closedIds.get(uri)) || of(uri).resultId,
    take(report) {
      if (documents.get(report.uri) === undefined && isInScope(report.uri)) keep(report.uri, convert(report));
    },
    forget(uris) {
      for (const uri of uris) {
        closedIds.delete(uri);
        closed.delete(uri);
      }
    },
  };
}

/** A new file without a word in it: VS Code opens new reviews like this, and fills them then. */
function isNotBegun(document: OpenDocument): boolean {
  return document.uri.startsWith('untitled:') && document.getText().trim() === '';
}
