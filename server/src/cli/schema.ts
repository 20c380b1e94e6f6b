/** `case-review schema`: prints a JSON Schema, for editors and scripts that want to know the form. */
import type { Surroundings } from './surroundings.ts';

export const SCHEMAS: Readonly<Record<string, () => Promise<unknown>>> = {
  review: async () => (await import('../generated/schemas.js')).readReviewSchema(),
  audit: async () => (await import('../../../schemas/audit.schema.json', { with: { type: 'json' } })).default,
  report: async () =>
    (await import('../../../schemas/report.schema.json', { with: { type: 'json' } })).default,
  config: async () =>
    (await import('../../../schemas/case-review.config.schema.json', { with: { type: 'json' } })).default,
  pack: async () => (await import('../../../schemas/pack.schema.json', { with: { type: 'json' } })).default,
  rule: async () => (await import('../../../schemas/rule.schema.json', { with: { type: 'json' } })).default,
};

export async function schema(name: string, { stdout }: Surroundings): Promise<number> {
  const text = JSON.stringify(await SCHEMAS[name]?.(), null, 2);
  await new Promise<void>(resolve => stdout.write(`${text}\n`, () => resolve()));
  return 0;
}
