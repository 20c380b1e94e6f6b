/** What is found without a rule file: by the parser, the schema, or in the waivers. */
import type { Span } from '../engine/located-tree.ts';
import type { Finding } from '../engine/report.ts';

/** An error with nothing but its place. */
export function bareFinding(
  rule: string,
  message: string,
  span: Span,
  path: string,
  fingerprint: string,
): Finding {
  return { rule, check: '', severity: 'error', message, span, path, fingerprint, related: [], fixes: [] };
}
