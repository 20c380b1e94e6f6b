/** `case-review new`: the skeleton of a review, on standard output or in a file that was not there before. */
import type { SchemaGuide } from '../engine/schema-guide.ts';
import { randomRef } from '../files/random-ref.ts';
import { makeSkeleton } from '../render/skeleton.ts';
import { skeletonQuestions } from '../render/skeleton-questions.ts';
import { EXIT, UsageError } from './exit-code.ts';
import { policyHere } from './rules.ts';
import type { Surroundings } from './surroundings.ts';
import { writeNewFile } from './write-new-file.ts';

export interface NewOptions {
  readonly kind: string;
  readonly id?: string;
  readonly reviewer?: string;
  readonly out?: string;
  readonly config?: string;
}

export async function newReview(options: NewOptions, around: Surroundings): Promise<number> {
  const { rules, guide } = await policyHere(options, around);
  const kinds = readKinds(options.kind, guide);
  const id = options.id === undefined ? randomRef('CASE') : readRef(options.id, '--id', 'CaseRef', guide);
  const reviewer =
    options.reviewer === undefined ? undefined : readRef(options.reviewer, '--reviewer', 'OfficerRef', guide);
  const { text } = makeSkeleton({
    guide,
    kinds,
    id,
    reviewer,
    reviewedAt: around
      .now()
      .toISOString()
      .replace(/\.\d+Z$/, 'Z'),
    questions: skeletonQuestions(rules, kinds),
    pack: rules[0]?.pack,
    episode: kinds.includes('missing') ? randomRef('MIS') : undefined,
  });
  if (options.out === undefined) around.stdout.write(text);
  else writeNewFile(options.out, text, around);
  return EXIT.clean;
}

function readKinds(list: string, guide: SchemaGuide): string[] {
  const allowed = (guide.definition('ReviewKind')?.words ?? []).map(word => String(word.value));
  const kinds = [...new Set(list.split(',').map(kind => kind.trim()))].filter(kind => kind !== '');
  const unknown = kinds.filter(kind => !allowed.includes(kind));
  if (kinds.length > 0 && unknown.length === 0) return kinds;
  const what = kinds.length === 0 ? 'Name a kind.' : `There is no kind "${unknown.join('", "')}".`;
  throw new UsageError(`${what} The kinds are ${allowed.join(', ')}.`);
}

function readRef(ref: string, option: string, form: string, guide: SchemaGuide): string {
  const entry = guide.definition(form);
  if (entry?.pattern === undefined || new RegExp(entry.pattern, 'u').test(ref)) return ref;
  throw new UsageError(`${option} does not have the form of a pseudonym. ${entry.formDescription}`);
}
