/** GitLab's Code Quality report: what a merge request adds is shown in it, on the lines and in a widget. */
import type { Finding, Severity } from '../engine/report.ts';
import type { Format, FormatContext, InputProblem } from './format.ts';
import { toPosition } from './place.ts';
import { showFingerprint } from './quotable.ts';
import { isDraft, isListed } from './summary.ts';

/** GitLab's own words. */
type GitlabSeverity = 'info' | 'minor' | 'critical' | 'blocker';

export function createGitlabFormat(context: FormatContext): Format {
  const toEntries = (uri: string, findings: readonly Finding[], isOfDraft: boolean): string[] =>
    findings
      .filter(finding => isListed(finding, context.threshold))
      .map(finding => JSON.stringify(toEntry(uri, finding, isOfDraft, context)));
  return {
    begin: () => '[\n',
    review: report => toEntries(report.uri, report.findings, isDraft(report)).join(',\n'),
    separator: ',\n',
    end: (result, isEmpty) => {
      const trouble = [
        ...result.policyProblems.flatMap(({ uri, finding }) => toEntries(uri, [finding], false)),
        ...result.inputProblems.map(problem => JSON.stringify(inputProblemToEntry(problem))),
      ];
      return `${isEmpty || trouble.length === 0 ? '' : ',\n'}${trouble.join(',\n')}\n]\n`;
    },
  };
}

function toEntry(uri: string, finding: Finding, isOfDraft: boolean, context: FormatContext): object {
  const path = context.pathOf(uri);
  // A draft decides nothing, so it must not look as if it had.
  const note = `${isOfDraft ? 'Draft: ' : ''}${finding.message}`;
  return {
    description: context.asOf === undefined ? note : `${note} (As of ${context.asOf}.)`,
    check_name: finding.rule,
    // GitLab shows one entry of those that share a fingerprint, and two files may hold one id by mistake.
    fingerprint: `${path}|${showFingerprint(finding.fingerprint)}`,
    severity: isOfDraft ? 'info' : severityOf(finding.severity),
    location: { path, lines: { begin: toPosition(context.sourceOf(uri), finding.span.start).line } },
  };
}

function inputProblemToEntry({ path, message }: InputProblem): object {
  return {
    description: message,
    check_name: 'input',
    fingerprint: `${path}|input`,
    severity: 'blocker' satisfies GitlabSeverity,
    location: { path, lines: { begin: 1 } },
  };
}

function severityOf(severity: Severity): GitlabSeverity {
  switch (severity) {
    case 'error':
      return 'critical';
    case 'warning':
      return 'minor';
    default:
      return 'info';
  }
}
