/** Rules as SARIF describes them, so that a viewer can show why a rule exists without a network. */
import type { Severity } from '../engine/report.ts';
import type { RuleDescription } from '../policy/pack.ts';
import { formatRule, formatRuleMarkdown } from './rule-text.ts';

export type SarifLevel = 'error' | 'warning' | 'note';

export function levelOf(severity: Severity): SarifLevel {
  return severity === 'error' || severity === 'warning' ? severity : 'note';
}

export function ruleToSarif(rule: RuleDescription): object {
  return {
    id: rule.id,
    name: nameOf(rule.id),
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.why },
    help: { text: formatRule(rule), markdown: formatRuleMarkdown(rule) },
    defaultConfiguration: { level: levelOf(rule.severity) },
    properties: {
      ref: rule.ref,
      confidence: rule.confidence,
      catches: rule.catches,
      tags: ['case-review', themeOf(rule.id), ...rule.catches],
    },
  };
}

/** What is reported without a rule file: the parser's and the schema's findings, and crashes. */
export function builtInToSarif(id: string): object {
  return {
    id,
    name: nameOf(id),
    shortDescription: { text: BUILT_IN[themeOf(id)] ?? 'The file cannot be used as it is.' },
    defaultConfiguration: { level: 'error' },
    properties: { tags: ['case-review', themeOf(id)] },
  };
}

const BUILT_IN: Readonly<Record<string, string>> = {
  syntax: 'The file is well-formed YAML.',
  schema: 'The file has the form its schema asks for.',
  waivers: 'Waivers are in force, used and complete.',
  'internal-error': 'Case Review can judge the file without failing.',
};

function themeOf(id: string): string {
  return id.split('/', 1)[0] ?? id;
}

/** `suspect-tracing/steps-answered` as `SuspectTracingStepsAnswered`, the form SARIF recommends. */
function nameOf(id: string): string {
  return id.replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
