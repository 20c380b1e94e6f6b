/** Many fixes as one change: each patch is made on the text that the one before left behind. */
import { applyEdits, type Edit } from './apply-edits.ts';
import type { ParsedText } from './located-tree.ts';
import { parseYaml } from './parse-yaml.ts';
import { patchToEdits } from './patch-to-edits.ts';
import { reparseYaml } from './reparse-yaml.ts';
import { type Finding, type Fix, isCovered } from './report.ts';

/** The fix of a finding that may run in bulk. */
export function findSafeFix(finding: Finding): Fix | undefined {
  return isCovered(finding) ? undefined : finding.fixes.find(fix => fix.safe);
}

/**
 * The edit that makes the fixes chosen of these findings, as one replaced stretch; empty if nothing changes.
 * Patches run from the last place to the first, so that removing an entry of a list moves none still to be fixed;
 * before all others those of single characters, while the text is as it was.
 */
export function fixAll(
  text: string,
  findings: readonly Finding[],
  choose: (finding: Finding) => Fix | undefined = findSafeFix,
): readonly Edit[] {
  let fixed: ParsedText | undefined;
  const made = new Set<string>();
  const inOrder = [...findings].sort(
    (a, b) => stretchStart(choose(b)) - stretchStart(choose(a)) || comparePointers(b.path, a.path),
  );
  for (const finding of inOrder) {
    const patch = choose(finding)?.patch ?? [];
    // Two findings may ask for the same; a second `add` to a list would add it twice.
    const key = JSON.stringify(patch);
    if (made.has(key)) continue;
    made.add(key);
    fixed ??= parseYaml(text);
    fixed = reparseYaml(applyEdits(fixed.text, patchToEdits(fixed, patch)), fixed);
  }
  return changedStretch(text, fixed?.text ?? text);
}

const stretchStart = (fix: Fix | undefined): number => fix?.patch[0]?.span?.start ?? -1;

/** Orders places as in a document: entries of a list by number, the rest by name. */
function comparePointers(a: string, b: string): number {
  const left = a.split('/');
  const right = b.split('/');
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const [one, other] = [left[at]!, right[at]!];
    if (one === other) continue;
    const difference = Number(one) - Number(other);
    return Number.isNaN(difference) ? (one < other ? -1 : 1) : difference;
  }
  return left.length - right.length;
}

function changedStretch(before: string, after: string): readonly Edit[] {
  if (before === after) return [];
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < shorter - start && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  // Never between the halves of a character: editors move such an edge.
  if (isHighSurrogate(before.charCodeAt(start - 1))) start--;
  if (isLowSurrogate(before.charCodeAt(before.length - tail))) tail--;
  return [{ start, end: before.length - tail, newText: after.slice(start, after.length - tail) }];
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;
const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000;
