/**
 * The page of a rule in Markdown, made from its file and from nothing else: metadata, why, limits, sources, and its
 * examples as they are judged. The shipped pack's pages are files; a force's own are made when somebody asks.
 */

import type { CheckedExample } from '../check/check-examples.ts';
import { ruleGuide } from '../check/check-form.ts';
import { withHeader } from '../check/judge-example.ts';
import { parseMarkedText } from '../check/marked-text.ts';
import { LineIndex } from '../engine/line-index.ts';
import type { Finding } from '../engine/report.ts';
import type { Parameter, RuleDescription, Source } from '../policy/pack.ts';
import type { ExampleFile, PackFile, RuleFile } from '../policy/rule-file.ts';
import { formatFrame } from './code-frame.ts';
import { NO_PAINT } from './paint.ts';
import { type Source as SourceText, toPosition } from './place.ts';
import { formatAmount, formatOrigin, formatVersion } from './rule-text.ts';

/** The file that a rule stands in. */
export interface RuleOrigin {
  readonly file: RuleFile;
  readonly pack: PackFile;
  /** How the examples of the file behave, in its order. */
  readonly examples: readonly CheckedExample[];
  /** The addresses of the file, and of the list of all pages where there is one. */
  readonly links: { readonly file: string; readonly index?: string };
}

/** Without its file, as where the program lies alone, a rule has no examples to show. */
export function formatRulePage(rule: RuleDescription, origin: RuleOrigin | undefined): string {
  const { file, pack, examples = [], links } = origin ?? {};
  const isBeside = links !== undefined && !links.file.includes(':');
  // In the light high contrast theme, VS Code's preview colours YAML as for a dark ground, where nobody can read it.
  const language = isBeside ? 'yaml' : 'text';
  const place = [
    `\`${rule.id}\``,
    `pack \`${rule.pack}\`${pack ? ` ${pack.version}` : ''}`,
    ...(isBeside ? [`[the rule file](${links.file})`] : []),
    ...(links?.index === undefined ? [] : [`[all rules](${links.index})`]),
  ];
  return `${[
    `# ${rule.ref}: ${escapeText(rule.title)}`,
    place.join(' · '),
    escapeText(rule.why),
    formatMetadata(rule),
    ...section('Limits and lists', formatParameters(rule.parameters)),
    ...section('Sources', rule.sources.map(formatSource).join('\n')),
    ...section('Versions', file ? formatVersions(file) : ''),
    ...(file && pack && file.examples.length > 0
      ? [
          ...section('Examples', EXAMPLES_NOTE),
          ...file.examples.map((example, i) => formatExample(example, examples[i], { pack, language })),
        ]
      : []),
    // VS Code's preview of Markdown opens no link to a file on a disk, so its path is told.
    ...(links && !isBeside
      ? section('Rule file', code(decodeURIComponent(new URL(links.file).pathname)))
      : []),
  ].join('\n\n')}\n`;
}

const EXAMPLES_NOTE =
  'Every example is judged by this rule whenever Case Review is tested; what stands beneath it is what the rule says.';

/** Text of a policy in Markdown: nothing in it is a link, a heading or a cell. */
export function escapeText(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>#|]/g, '\\$&');
}

/** The title of a word of rule files, such as a failing or a confidence, with its description. */
export function describeWord(vocabulary: string, value: string): string {
  const word = ruleGuide.definition(vocabulary)?.words?.find(known => known.value === value);
  if (!word) return value;
  return word.title.toLowerCase() === value ? word.description : `${word.title}. ${word.description}`;
}

function section(title: string, text: string): string[] {
  return text === '' ? [] : [`## ${title}`, text];
}

/** A list, because a table would need a head that says nothing. */
function formatMetadata({ severity, confidence, catches, versions }: RuleDescription): string {
  const facts = [
    ['Severity', severity],
    ['Confidence', `${confidence}. ${describeWord('Confidence', confidence)}`],
    ...catches.map(failing => ['Catches', `${failing} ${describeWord('Failing', failing)}`]),
    ['In force', versions.map(formatVersion).join('; ')],
  ];
  return facts.map(([name, fact]) => `- **${name}**: ${fact}`).join('\n');
}

/** A list, because in a table the long lists of some parameters would leave no room for anything else. */
function formatParameters(parameters: readonly Parameter[]): string {
  return parameters
    .map(parameter => {
      const { name, title, description, sources } = parameter;
      const lines = [
        `- **${escapeText(title)}** (${code(name)}): ${escapeText(formatAmount(parameter))}`,
        ...(description === undefined ? [] : [escapeText(description)]),
        [`Origin: ${escapeText(formatOrigin(parameter))}`, ...sources.map(formatSourceLink)].join('; '),
      ];
      return lines.join('\\\n  ');
    })
    .join('\n');
}

function formatSource(source: Source): string {
  const { publisher, year, section: part } = source;
  const more = [publisher, year, part]
    .filter(known => known !== undefined)
    .map(known => escapeText(String(known)));
  return `- ${[formatSourceLink(source), ...more].join(', ')}`;
}

function formatSourceLink({ title, url }: Source): string {
  return url === undefined ? escapeText(title) : `[${escapeText(title)}](${addressOf(url)})`;
}

/** Some addresses are given without their scheme. */
export function addressOf(url: string): string {
  return /^https?:\/\//.test(url) ? url : `https://${url}`;
}

function formatVersions({ versions }: RuleFile): string {
  const told = versions.filter(({ note }) => note !== undefined);
  if (versions.length < 2 && told.length === 0) return '';
  return versions
    .map(
      version =>
        `- ${formatVersion(version)}${version.note === undefined ? '' : `: ${escapeText(version.note)}`}`,
    )
    .join('\n');
}

function formatExample(
  example: ExampleFile,
  judged: CheckedExample | undefined,
  { pack, language }: { readonly pack: PackFile; readonly language: string },
): string {
  const { bad, good, fixed, linked = [], adopted = [], parameters } = example;
  const source = readExample(bad ?? good ?? '', judged?.findings ?? [], pack);
  return [
    `### ${escapeText(example.name)}`,
    ...(adopted.length > 0 ? [`The force has adopted ${adopted.map(code).join(', ')}.`] : []),
    ...Object.entries(parameters ?? {}).map(
      ([name, value]) => `Here ${code(name)} is ${code(JSON.stringify(value))}.`,
    ),
    fence(language, source.text),
    ...linked.flatMap(other => ['With this review in the folder:', fence(language, withHeader(other, pack))]),
    ...(good === undefined ? [] : ['Nothing is found.']),
    ...source.findings.map(finding => formatFinding(finding, source)),
    ...(fixed === undefined ? [] : ['The fix makes of it:', fence(language, fixed)]),
  ].join('\n\n');
}

interface ExampleText extends SourceText {
  readonly findings: readonly Finding[];
}

/** The example without its markers; the pack's header is shown only where a finding stands in it. */
function readExample(marked: string, findings: readonly Finding[], pack: PackFile): ExampleText {
  const full = parseMarkedText(withHeader(marked, pack)).text;
  const own = parseMarkedText(marked).text;
  const shift = full.length - own.length;
  const isShort = findings.every(({ span, related }) =>
    [span, ...related.map(place => place.span)].every(({ start }) => start >= shift),
  );
  if (!isShort) return { text: full, lines: new LineIndex(full), findings };
  const move = <T extends { readonly span: Finding['span'] }>(place: T): T => ({
    ...place,
    span: { start: place.span.start - shift, end: place.span.end - shift },
  });
  const moved = findings.map(finding => ({ ...move(finding), related: finding.related.map(move) }));
  return { text: own, lines: new LineIndex(own), findings: moved };
}

function formatFinding({ severity, message, span, related, fixes }: Finding, source: SourceText): string {
  const lines = [
    `${severity}: ${message}`,
    ...formatFrame(source, span, FRAME_WIDTH, NO_PAINT, text => text),
    ...related.map(place => `line ${toPosition(source, place.span.start).line}: ${place.message}`),
    ...fixes.map(({ title }) => `fix: ${title}`),
  ];
  return fence('text', lines.join('\n'));
}

const FRAME_WIDTH = 100;

function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}

function code(text: string): string {
  return `\`${text}\``;
}
