/** Completion in policy files: inside CEL what the expression may say there, elsewhere what the schema says. */
import { CompletionItemKind } from 'vscode-languageserver';
import type { CelThing } from '../policy/cel-cursor.ts';
import type { CursorPlace } from './completion-place.ts';
import { describeCel, describeParameter } from './describe-cel.ts';
import { celAt, type OpenPolicy } from './open-policy.ts';
import type { Session } from './session.ts';
import type { Suggestion } from './suggestion.ts';

const KINDS: Readonly<Record<CelThing['kind'], CompletionItemKind>> = {
  field: CompletionItemKind.Field,
  section: CompletionItemKind.Module,
  member: CompletionItemKind.Field,
  name: CompletionItemKind.Variable,
  parameter: CompletionItemKind.Constant,
  function: CompletionItemKind.Function,
  word: CompletionItemKind.EnumMember,
};

/** Undefined outside of CEL. */
export function completeCel(session: Session, open: OpenPolicy, offset: number) {
  const found = celAt(session, open, offset);
  if (!found) return undefined;
  const suggestions = found.cursor.suggestions().map((thing): Suggestion => {
    const { title, detail, lines } = describeCel(thing, session.say);
    return {
      label: thing.name,
      kind: KINDS[thing.kind],
      detail: detail || title,
      documentation: [title, ...lines].filter(line => line !== '').join('\n'),
      text: thing.name,
    };
  });
  return { replace: found.span, suggestions };
}

/** Keys that the packs and not the schema know: adopted parameters, and rules with a severity of their own. */
export function completeNames(
  { workspace, say }: Session,
  { uri, kind }: OpenPolicy,
  place: CursorPlace,
): Suggestion[] {
  if (kind !== 'config') return [];
  const colon = place.hasColon ? '' : ':';
  const isFree = ({ label }: Suggestion) => !place.present.includes(label);
  if (place.pointer === '/adopted')
    return workspace
      .parameters(uri)
      .map(parameter => {
        const { title, lines } = describeParameter(parameter, say);
        const { name } = parameter;
        const documentation = lines.filter(line => line !== '').join('\n');
        return { label: name, kind: KINDS.parameter, detail: title, documentation, text: `${name}${colon}` };
      })
      .filter(isFree);
  if (place.pointer === '/severities')
    return workspace
      .rules(uri)
      .map(({ id, title, why }) => ({
        label: id,
        kind: CompletionItemKind.Reference,
        detail: title,
        documentation: why,
        text: `${id}${colon} `,
      }))
      .filter(isFree);
  return [];
}
