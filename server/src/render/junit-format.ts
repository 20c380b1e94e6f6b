/**
 * JUnit's XML, which every CI system shows: a suite per review, a case per finding. What counts is a failure, what is
 * listed and does not count passes with its words in the output, what is waived is skipped, trouble is an error.
 */
import { escapeUTF8 } from 'entities/lib/escape.js';
import { type Finding, isCovered, type Report } from '../engine/report.ts';
import type { Format, FormatContext, RunResult } from './format.ts';
import { toPosition } from './place.ts';
import { toPrintable } from './printable.ts';
import { showFingerprint } from './quotable.ts';
import { isAtLeast, isCounted, isDraft } from './summary.ts';

interface Case {
  readonly name: string;
  readonly line?: number;
  readonly outcome: 'passed' | 'failure' | 'error' | 'skipped';
  readonly type: string;
  readonly message: string;
}

export function createJunitFormat(context: FormatContext): Format {
  return {
    begin: () => '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="case-review">\n',
    review: report => {
      const cases = report.findings
        .filter(finding => isAtLeast(finding.severity, context.threshold.listed))
        .map(finding => toCase(report, finding, context));
      return formatSuite(context.pathOf(report.uri), cases, context.asOf);
    },
    separator: '',
    end: result => {
      const cases = troubleOf(result, context);
      return `${cases.length === 0 ? '' : formatSuite('case-review', cases, context.asOf)}</testsuites>\n`;
    },
  };
}

function toCase(report: Report, finding: Finding, context: FormatContext): Case {
  return {
    // Unique, and the same from run to run, as CI systems compare cases by name.
    name: showFingerprint(finding.fingerprint).split('|').slice(1).filter(Boolean).join(' '),
    line: toPosition(context.sourceOf(report.uri), finding.span.start).line,
    outcome: outcomeOf(report, finding, context),
    type: finding.severity,
    message: `${noteOf(report, finding)}${finding.message}`,
  };
}

function noteOf(report: Report, { waived, baselined }: Finding): string {
  if (waived) return 'waived: ';
  if (baselined) return 'in the baseline: ';
  return isDraft(report) ? 'draft: ' : '';
}

function outcomeOf(report: Report, finding: Finding, { threshold }: FormatContext): Case['outcome'] {
  if (isCovered(finding)) return 'skipped';
  if (finding.rule === 'internal-error') return 'error';
  return isCounted(report, finding, threshold) ? 'failure' : 'passed';
}

/** What makes a run fail besides the findings of reviews. */
function troubleOf(
  { policyProblems, inputProblems, warningsAllowed }: RunResult,
  context: FormatContext,
): Case[] {
  return [
    ...policyProblems.map(({ uri, finding }): Case => {
      const { line } = toPosition(context.sourceOf(uri), finding.span.start);
      const outcome = finding.severity === 'error' ? 'error' : 'passed';
      const name = `${context.pathOf(uri)}:${line} ${finding.rule}`;
      return { name, outcome, type: finding.severity, message: finding.message };
    }),
    ...inputProblems.map(
      ({ path, message }): Case => ({ name: path, outcome: 'error', type: 'input', message }),
    ),
    ...(warningsAllowed === undefined
      ? []
      : [
          {
            name: 'warnings',
            outcome: 'failure',
            type: 'warning',
            message: `No more than ${warningsAllowed} warnings are allowed.`,
          } satisfies Case,
        ]),
  ];
}

function formatSuite(name: string, cases: readonly Case[], asOf: string | undefined): string {
  const shown = cases.length > 0 ? cases : [NOTHING_FOUND];
  const count = (outcome: Case['outcome']) => shown.filter(entry => entry.outcome === outcome).length;
  const counts = `tests="${shown.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`;
  return [
    `<testsuite name="${escapeText(name)}" ${counts}>`,
    ...(asOf === undefined
      ? []
      : [`<properties><property name="asOf" value="${escapeText(asOf)}"/></properties>`]),
    ...shown.map(entry => formatCase(name, entry)),
    '</testsuite>\n',
  ].join('\n');
}

const NOTHING_FOUND: Case = { name: 'no findings', outcome: 'passed', type: '', message: '' };

function formatCase(suite: string, { name, line, outcome, type, message }: Case): string {
  // Jenkins' xUnit plugin refuses a report with `file` or `line` here, so that the place stands in the texts.
  const head = `<testcase classname="${escapeText(suite)}" name="${escapeText(name)}"`;
  if (message === '') return `${head}/>`;
  return `${head}>${formatOutcome(outcome, type, message, line === undefined ? '' : `${suite}:${line} `)}</testcase>`;
}

function formatOutcome(outcome: Case['outcome'], type: string, message: string, place: string): string {
  if (outcome === 'passed') return `<system-out>${escapeText(`${place}${type}: ${message}`)}</system-out>`;
  // Some viewers show the attribute, others the text.
  return `<${outcome} message="${escapeText(message)}" type="${type}">${escapeText(place + message)}</${outcome}>`;
}

/** XML allows few control characters, not even as references. */
function escapeText(text: string): string {
  return escapeUTF8(toPrintable(text));
}
