/** Reads `--as-of`: a date, which means the end of that day, or an instant with its offset. */
import { UsageError } from './exit-code.ts';

export async function readAsOf(text: string): Promise<string> {
  const { parseAsOf } = await import('../calendar/as-of.ts');
  if (parseAsOf(text) !== undefined) return text;
  throw new UsageError(
    '--as-of needs a date such as 2026-03-10, or an instant such as 2026-03-10T10:30:00Z.',
  );
}
