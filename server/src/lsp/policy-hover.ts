/** Hover in policy files: what a name in CEL means, what a key or word of the file means. */
import { formGuide } from '../check/check-form.ts';
import { pathAt } from '../engine/locate.ts';
import type { Span } from '../engine/located-tree.ts';
import { describeCel, describeParameter } from './describe-cel.ts';
import { describeField, describeWord } from './describe-field.ts';
import type { HoverText } from './hover-text.ts';
import { celAt, type OpenPolicy } from './open-policy.ts';
import type { Session } from './session.ts';

export interface Hovered {
  readonly blocks: readonly string[];
  readonly span: Span;
}

export function hoverPolicy(
  session: Session,
  open: OpenPolicy,
  offset: number,
  text: HoverText,
): Hovered | undefined {
  const { workspace } = session;
  const cel = celAt(session, open, offset);
  const thing = cel?.cursor.thing();
  if (cel && thing) {
    const { title, detail, lines } = describeCel(thing, session.say);
    return { blocks: [text.block(title, [detail, ...lines])], span: cel.span };
  }
  const found = pathAt(workspace.desk.parsed(open.uri)?.root, offset);
  const guide = formGuide(open.kind);
  if (!found || !guide || cel) return undefined;
  const span = found.part === 'key' && found.pair ? found.pair.keySpan : found.node;
  const name = found.pair?.key;
  const isAdopted = open.kind === 'config' && found.part === 'key' && found.pointer === `/adopted/${name}`;
  const parameter = isAdopted ? workspace.parameters(open.uri).find(one => one.name === name) : undefined;
  if (parameter) {
    const { title, lines } = describeParameter(parameter, session.say);
    return { blocks: [text.block(title, lines)], span };
  }
  if (found.part === 'value' && found.node.kind !== 'scalar') return undefined;
  return { blocks: [...describeWord(guide, found, text), ...describeField(guide, found, text)], span };
}
