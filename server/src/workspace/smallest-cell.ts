/** Below which number an audit tells none: the largest that a configuration asks for, where several hold. */
import { readShippedPack } from '../generated/shipped-pack.js';
import { SMALLEST_CELL } from '../policy/pack.ts';
import type { Workspace } from './workspace.ts';

/** A pack that does not say has the number of the shipped one: telling too little does no harm. */
export function smallestCellOf(workspace: Workspace, uris: readonly string[]): number {
  const lists = new Set(uris.map(uri => workspace.parameters(uri)));
  const values = [...lists].map(
    list =>
      list.find(({ name }) => name === SMALLEST_CELL)?.value ??
      readShippedPack().pack.parameters[SMALLEST_CELL]?.value,
  );
  return Math.max(1, ...values.filter(value => typeof value === 'number'));
}
