/** Hover: what a field or a word means, which rules judge it and why, and the time that starts or ends there. */
import { type Hover, type HoverParams, MarkupKind } from 'vscode-languageserver';
import { explainClock } from '../check/explain-finding.ts';
import { type PlaceAtOffset, pathAt } from '../engine/locate.ts';
import type { SchemaGuide } from '../engine/schema-guide.ts';
import { formatDays } from '../render/explanation-text.ts';
import { nameOf } from './canonical-uri.ts';
import { toOffset, toRange } from './convert.ts';
import { describeField, describeWord } from './describe-field.ts';
import { createHoverText, type HoverText } from './hover-text.ts';
import { openPolicy } from './open-policy.ts';
import { type OpenReview, openReview } from './open-review.ts';
import { readPersons } from './persons.ts';
import { type Hovered, hoverPolicy } from './policy-hover.ts';
import type { Session } from './session.ts';

/** Of a longer count of working days the first and the last are shown. */
const SHOWN_DAYS = 14;

export function provideHover(session: Session): void {
  session.connection.onHover(
    session.fence.request<HoverParams, Hover | null>('hover', null, params => answer(session, params)),
  );
}

function answer(session: Session, { textDocument, position }: HoverParams): Hover | null {
  const { client } = session;
  const policy = openPolicy(session, textDocument);
  const open = policy ?? openReview(session, textDocument);
  if (open === undefined) return null;
  const { document } = open;
  const offset = toOffset(document, position);
  const text = createHoverText(client.markdownHover, session.say);
  const found = policy
    ? hoverPolicy(session, policy, offset, text)
    : hoverReview(session, open, offset, text);
  if (found === undefined || found.blocks.length === 0) return null;
  const kind = client.markdownHover ? MarkupKind.Markdown : MarkupKind.PlainText;
  return { contents: { kind, value: found.blocks.join('\n\n') }, range: toRange(document, found.span) };
}

function hoverReview(
  session: Session,
  { uri }: OpenReview,
  offset: number,
  text: HoverText,
): Hovered | undefined {
  const { workspace } = session;
  const found = pathAt(workspace.parsed(uri).root, offset);
  if (found === undefined || (found.part === 'value' && found.node.kind !== 'scalar')) return undefined;
  const guide = workspace.guide(uri);
  const blocks = [
    ...describeValue(session, guide, uri, found, text),
    ...describeField(guide, found, text),
    ...describeClocks(session, guide, uri, found, text),
    ...describeRules(session, uri, found, text),
  ];
  return { blocks, span: found.part === 'key' && found.pair ? found.pair.keySpan : found.node };
}

/** The meaning of a word, who a ref stands for, or which review holds it. */
function describeValue(
  { workspace }: Session,
  guide: SchemaGuide,
  uri: string,
  place: PlaceAtOffset,
  text: HoverText,
): string[] {
  const words = describeWord(guide, place, text);
  if (words.length > 0) return words;
  const { part, node } = place;
  if (part === 'key' || node.kind !== 'scalar' || node.value === null) return [];
  const person = readPersons(workspace.parsed(uri).root, guide).find(({ ref }) => ref === node.value);
  if (person !== undefined) return person.part === '' ? [] : [text.block(person.ref, [person.part])];
  const holder = workspace.holder(String(node.value), uri);
  if (holder === undefined) return [];
  const state = guide.at('/review/state')?.words?.find(({ value }) => value === holder.state)?.title;
  const where = [state, nameOf(holder.uri)].filter(part => part !== undefined);
  return [text.block(String(node.value), [where.join(', ')])];
}

/** The rules that judge this place, with the version that a clock or a finding here has chosen. */
function describeRules(
  { workspace }: Session,
  uri: string,
  { pointer }: PlaceAtOffset,
  text: HoverText,
): string[] {
  const { clocks, findings } = workspace.report(uri);
  const judged = [
    ...clocks.filter(({ from, to }) => from === pointer || to === pointer),
    ...findings.filter(({ path }) => path === pointer),
  ];
  return workspace
    .rulesAt(uri, pointer)
    .map(rule => text.rule(rule, judged.find(one => one.rule === rule.id)?.version));
}

/** The time from or to this place, as the report has worked it out. */
function describeClocks(
  { workspace, say }: Session,
  guide: SchemaGuide,
  uri: string,
  { pointer }: PlaceAtOffset,
  text: HoverText,
): string[] {
  const title = (path: string): string => guide.at(path)?.title || path;
  const judged = workspace.judged(uri);
  const times = judged.report.clocks.flatMap(clock => {
    const { from, to, elapsed, limit, due, state } = clock;
    if (from !== pointer && to !== pointer) return [];
    const span =
      to === pointer
        ? say('{elapsed} after “{event}”', { elapsed, event: title(from) })
        : say('{elapsed} until “{event}”', { elapsed, event: title(to) });
    const verdict = {
      within: say('within the limit'),
      over: say('over the limit'),
      running: say('still running'),
      lapsed: say('not done in time'),
    }[state];
    const days = formatDays(explainClock(clock, judged).days, SHOWN_DAYS);
    const counted = days.length === 0 ? '' : say('Working days: {days}', { days: days.join('; ') });
    return text.block(say('Time'), [
      say('{span}, limit {limit}: {verdict} (due {due})', { span, limit, verdict, due }),
      counted,
    ]);
  });
  return [...new Set(times)];
}
