/** `case-review schema`: prints a JSON Schema, for editors and scripts that want to know the form. */
import { UsageError } from './exit-code.ts';
import type { Surroundings } from './surroundings.ts';

export const SCHEMAS = ['review', 'report'] as const;

export async function schema(name: string, { stdout }: Surroundings): Promise<number> {
  const text = JSON.stringify(await read(name), null, 2);
  await new Promise<void>(resolve => stdout.write(`${text}\n`, () => resolve()));
  return 0;
}

async function read(name: string): Promise<unknown> {
  switch (name) {
    case 'review':
      return (await import('../generated/schemas.js')).readReviewSchema();
    case 'report':
      return (await import('../../../schemas/report.schema.json', { with: { type: 'json' } })).default;
    default:
      throw new UsageError(`There is no schema "${name}"; choose ${SCHEMAS.join(' or ')}.`);
  }
}
