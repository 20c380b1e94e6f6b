/**
 * Every piece of CEL in a rule file, with the names it may use. Read from the tree and not from a valid rule, so that
 * a file that is being written gets all its mistakes at once, and completion knows what a half-written text may say.
 */
import { escapeSegment, findNode, findPair } from '../engine/locate.ts';
import type { MapNode, ScalarNode, Span, TreeNode } from '../engine/located-tree.ts';
import { type CelEnvironment, ExpressionError, type Names } from './cel-environment.ts';
import { AFTER_OTHERS_NAMES, CLOCK_NAMES } from './compile-rule.ts';
import { compilePlace } from './place.ts';
import { splitTemplate, UNCLOSED } from './template.ts';

export interface CelText {
  /** A template holds expressions in `${}`, a place is a field of a review. */
  readonly kind: 'expression' | 'template' | 'place';
  readonly node: ScalarNode;
  readonly names: Names;
  /** The type it must have; `list` is a list of anything. */
  readonly wanted?: string;
}

/** In the order in which they are judged. */
export function* celTexts(root: TreeNode | undefined, env: CelEnvironment): Generator<CelText> {
  const checks = itemsAt(root, 'versions').flatMap(version => itemsAt(version, 'checks'));
  // The event of the rule is that of every check without its own, and may speak of their entries.
  const judged = checks.find(check => !findNode(check, '/event')) ?? root;
  const afterOthers = findNode(root, '/after_others');
  const known = afterOthers?.kind === 'scalar' && afterOthers.value === true ? AFTER_OTHERS_NAMES : {};
  yield* expression(findNode(root, '/event'), judged ? withEntry(judged, known, env) : known);
  for (const check of checks) yield* textsOfCheck(check, known, env);
}

function* textsOfCheck(check: TreeNode, known: Names, env: CelEnvironment): Generator<CelText> {
  const at = (pointer: string) => findNode(check, pointer);
  yield* expression(at('/each'), known, 'list');
  let names = withEntry(check, known, env);
  yield* expression(at('/event'), names);
  yield* expression(at('/when'), names, 'bool');
  for (const { key, value } of pairsAt(check, 'let')) {
    yield* expression(value, names);
    names = { ...names, [key]: typeOf(value, names, env) };
  }
  yield* expression(at('/require'), names, 'bool');
  yield* place(at('/clock/from'), names);
  yield* place(at('/clock/to'), names);
  yield* expression(at('/clock/limit'), names, 'int');
  const said = at('/clock') ? { ...names, ...CLOCK_NAMES } : names;
  yield* template(at('/clock/absent'), said);
  yield* template(at('/clock/due'), said);
  yield* place(at('/at'), names);
  yield* template(at('/message'), said);
  for (const related of itemsAt(check, 'related')) {
    yield* place(findNode(related, '/at'), said);
    yield* template(findNode(related, '/message'), said);
  }
  for (const fix of itemsAt(check, 'fixes')) {
    yield* expression(findNode(fix, '/when'), said, 'bool');
    yield* expression(findNode(fix, '/each'), said, 'list');
    const offered = withEntry(fix, said, env);
    yield* template(findNode(fix, '/title'), offered);
    for (const operation of itemsAt(fix, 'patch')) yield* textsOfOperation(operation, offered, env);
  }
}

function* textsOfOperation(operation: TreeNode, outer: Names, env: CelEnvironment): Generator<CelText> {
  yield* expression(findNode(operation, '/each'), outer, 'list');
  const names = withEntry(operation, outer, env);
  yield* place(findNode(operation, '/at'), names);
  yield* templatesIn(findNode(operation, '/value'), names);
}

function* templatesIn(node: TreeNode | undefined, names: Names): Generator<CelText> {
  if (node?.kind === 'scalar') yield* template(node, names);
  else if (node?.kind === 'seq') for (const item of node.items) yield* templatesIn(item, names);
  else for (const pair of node?.pairs ?? []) yield* templatesIn(pair.value, names);
}

function* expression(node: TreeNode | undefined, names: Names, wanted?: string): Generator<CelText> {
  if (node?.kind === 'scalar') yield { kind: 'expression', node, names, ...(wanted && { wanted }) };
}

function* template(node: TreeNode | undefined, names: Names): Generator<CelText> {
  if (node?.kind === 'scalar') yield { kind: 'template', node, names };
}

function* place(node: TreeNode | undefined, names: Names): Generator<CelText> {
  if (node?.kind === 'scalar') yield { kind: 'place', node, names };
}

/** The names with the one that stands for an entry of `each`. */
function withEntry(owner: TreeNode, names: Names, env: CelEnvironment): Names {
  const each = findNode(owner, '/each');
  if (each === undefined) return names;
  const as = findNode(owner, '/as');
  const name = as?.kind === 'scalar' && typeof as.value === 'string' ? as.value : 'item';
  return { ...names, [name]: /^list<(.+)>$/.exec(typeOf(each, names, env))?.[1] ?? 'dyn' };
}

/** What cannot be compiled has its own mistake; what depends on it may be anything. */
function typeOf(node: TreeNode, names: Names, env: CelEnvironment): string {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return 'dyn';
  try {
    return env.compile(node.value, names).type;
  } catch (error) {
    if (error instanceof ExpressionError) return 'dyn';
    throw error;
  }
}

/** A mistake in a piece of CEL; the span is one of its value. */
export interface CelMistake extends Span {
  readonly message: string;
  readonly code?: string | undefined;
  /** The expression that it is in, as a span of the value. */
  readonly expression: Span;
}

/** What is wrong with a piece of CEL, one mistake for each expression in it. */
export function mistakesIn({ kind, node, names, wanted }: CelText, env: CelEnvironment): CelMistake[] {
  const source = node.value;
  // A number or a truth value has its finding from the schema, and a fix may write one.
  if (typeof source !== 'string') return [];
  const whole = { start: 0, end: source.length };
  if (kind === 'place') return caught(source, whole, () => compilePlace(env, source, names, anywhere(names)));
  if (kind === 'expression')
    return caught(source, whole, () => compileExpression(env, source, names, wanted));
  const { expressions, unclosed } = splitTemplate(source);
  const open =
    unclosed === undefined
      ? []
      : [
          {
            message: UNCLOSED,
            start: unclosed,
            end: source.length,
            expression: { start: unclosed, end: source.length },
          },
        ];
  return [
    ...expressions.flatMap(span =>
      caught(source, span, () => env.compilePrinted(source.slice(span.start, span.end), names)),
    ),
    ...open,
  ];
}

function compileExpression(env: CelEnvironment, source: string, names: Names, wanted?: string): void {
  const isList = wanted === 'list';
  const { type } = env.compile(source, names, isList ? undefined : wanted);
  if (isList && !/^(?:list\b|dyn$)/.test(type))
    throw new ExpressionError(`"each" must be a list; this is ${type}.`, source, 0, source.length);
}

function caught(source: string, expression: Span, compile: () => unknown): CelMistake[] {
  try {
    compile();
    return [];
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    // A place compiles its keys apart.
    const from = Math.max(expression.start, source.indexOf(error.source, expression.start)) + error.start;
    const end = from + Math.max(1, error.end - error.start);
    return [{ message: error.message, code: error.code, start: from, end, expression }];
  }
}

/** Where entries stand is of no matter here; a name of a check may begin a place. */
const anywhere = (names: Names): Names => Object.fromEntries(Object.keys(names).map(name => [name, '/*']));

function itemsAt(node: TreeNode | undefined, key: string): readonly TreeNode[] {
  const list = findNode(node, `/${escapeSegment(key)}`);
  return list?.kind === 'seq' ? list.items : [];
}

function pairsAt(node: TreeNode, key: string): MapNode['pairs'] {
  const map = node.kind === 'map' ? findPair(node, key)?.value : undefined;
  return map?.kind === 'map' ? map.pairs : [];
}
