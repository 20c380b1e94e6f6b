/** From a document to its diagnostics, with an id that changes when and only when they change. */
import type { Diagnostic } from 'vscode-languageserver';
import type { Finding, Report } from '../engine/report.ts';
import type { FileProvider } from '../workspace/file-provider.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { ClientSupport } from './client-support.ts';
import { type Lines, linesOf } from './convert.ts';
import type { Documents } from './documents.ts';
import type { ReviewIndex } from './review-index.ts';
import { toDiagnostic } from './to-diagnostic.ts';

export interface Diagnosed {
  readonly resultId: string;
  readonly items: readonly Diagnostic[];
}

/** Deleted, ignored or out of scope: an id of its own, so that a client that knows it is not told again. */
export const NOTHING: Diagnosed = { resultId: 'none', items: [] };

export interface DiagnoseParts {
  readonly client: ClientSupport;
  readonly workspace: Workspace;
  readonly documents: Documents;
  readonly files: FileProvider;
  readonly index: ReviewIndex;
  isReview(uri: string): boolean;
  isInScope(uri: string): boolean;
}

export function createDiagnose(parts: DiagnoseParts): (uri: string) => Diagnosed {
  const { client, workspace, documents, files, index } = parts;
  // A report never changes, unlike a document, so it may be the key; a report that is dropped drops its entry.
  const memo = new WeakMap<Report, Diagnosed>();

  const textLines = (uri: string): Lines => {
    const document = documents.get(uri);
    if (document !== undefined) return document;
    const file = files.read(uri);
    return linesOf('text' in file ? file.text : '');
  };

  const convert = (uri: string, findings: readonly Finding[]): Diagnosed => {
    if (findings.length === 0) return { resultId: 'clean', items: [] };
    const lines = textLines(uri);
    const rules = new Map(workspace.rules(uri).map(rule => [rule.id, rule]));
    const places = { uri, lines, linesOf: textLines, spelled: documents.spelled };
    const items = findings.map(finding => toDiagnostic(finding, places, rules.get(finding.rule), client));
    return { resultId: contentId(items), items };
  };

  return uri => {
    if (!parts.isInScope(uri)) return NOTHING;
    if (!parts.isReview(uri)) {
      const problems = workspace.policyProblems().filter(problem => problem.uri === uri);
      return convert(uri, problems.map(problem => problem.finding));
    }
    if (documents.get(uri) === undefined && !files.exists(uri)) {
      index.forget(uri);
      return NOTHING;
    }
    if (workspace.isIgnored(uri)) return NOTHING;
    const report = workspace.report(uri);
    index.note(report.index);
    const known = memo.get(report);
    if (known !== undefined) return known;
    const diagnosed = convert(uri, report.findings);
    memo.set(report, diagnosed);
    return diagnosed;
  };
}

/** A short digest of the content (FNV-1a, twice 32 bits), so that equal diagnostics are `unchanged` however made. */
function contentId(items: readonly Diagnostic[]): string {
  const text = JSON.stringify(items);
  let first = 0x811c9dc5;
  let second = 0x9dc5811c;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    first = Math.imul(first ^ unit, 0x01000193);
    second = Math.imul(second ^ unit, 0x5bd1e995);
  }
  return (first >>> 0).toString(36) + (second >>> 0).toString(36);
}
