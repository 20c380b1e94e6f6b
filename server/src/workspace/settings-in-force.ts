/** What applies to a review and where each value comes from: a place in the configuration or in a pack, or the shipped pack. */
import type { PolicyText } from '../check/read-pack.ts';
import { escapeSegment, findNode, isPair, spanOf } from '../engine/locate.ts';
import type { Span } from '../engine/located-tree.ts';
import type { NamedPack } from './config-file.ts';
import { SHIPPED } from './config-file.ts';
import type { PolicyState } from './policies.ts';

/** A place in a file, or a pack that has no file here. */
export type Origin = { readonly uri: string; readonly span: Span } | { readonly pack: string };

export interface Setting {
  readonly kind: 'pack' | 'parameter' | 'severity' | 'ignore' | 'baseline';
  readonly name: string;
  /** Of a parameter its value, of a rule its severity; undefined where the name says it all. */
  readonly value: unknown;
  /** Several where lists are joined; the last one decided. */
  readonly origins: readonly Origin[];
}

export function settingsInForce({ policy, config }: PolicyState): readonly Setting[] {
  const packs: readonly Pick<NamedPack, 'name' | 'data' | 'manifest' | 'rules'>[] = config?.packs ?? [
    { name: SHIPPED, data: undefined, manifest: undefined, rules: [] },
  ];
  const inConfig = (...path: readonly string[]) => originIn(config?.text, ...path);
  const parameters = [...policy.parameters.values()].map(({ name, value, pack }): Setting => {
    const added = packs.flatMap(({ manifest }) => originIn(manifest, 'additions', name));
    const set = packs
      .filter(({ data }) => data?.pack.id === pack)
      .flatMap(({ manifest }) => originIn(manifest, 'parameters', name));
    const first = set.length ? set : [{ pack }];
    return { kind: 'parameter', name, value, origins: [...first, ...added, ...inConfig('adopted', name)] };
  });
  const severities = policy.rules.map(({ id, severity }): Setting => {
    const file = packs.findLast(({ rules }) => rules.some(rule => rule.file?.id === id));
    const rule = file?.rules.find(({ file: one }) => one?.id === id);
    const shipped = packs.find(({ manifest }) => manifest === undefined)?.name ?? SHIPPED;
    const own = rule ? originIn(rule.text, 'severity') : [{ pack: shipped }];
    const value = config?.file.severities?.[id] ?? severity;
    return { kind: 'severity', name: id, value, origins: [...own, ...inConfig('severities', id)] };
  });
  const listed = (kind: 'pack' | 'ignore', key: string, names: readonly string[]): Setting[] =>
    names.map((name, i) => ({ kind, name, value: undefined, origins: inConfig(key, String(i)) }));
  const { packs: named = [SHIPPED], ignore = [], baseline } = config?.file ?? {};
  return [
    ...listed('pack', 'packs', named),
    ...parameters,
    ...severities,
    ...listed('ignore', 'ignore', ignore),
    ...(baseline === undefined
      ? []
      : [{ kind: 'baseline' as const, name: baseline, value: undefined, origins: inConfig('baseline') }]),
  ];
}

function originIn(text: PolicyText | undefined, ...path: readonly string[]): Origin[] {
  const pointer = path.map(segment => `/${escapeSegment(segment)}`).join('');
  const node = findNode(text?.parsed.root, pointer);
  if (!text || !node) return [];
  const { parent } = node;
  const span =
    parent && isPair(parent) ? parent.keySpan : spanOf(text.parsed.root, pointer, text.parsed.text);
  return [{ uri: text.uri, span }];
}
