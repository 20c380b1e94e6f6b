/**
 * Refs: the pseudonyms by which reviews name persons, cases and missing episodes, and the ids of entries of one review.
 * They are looked for in the text and not in the tree, so that broken YAML, free text and comments hide none of them.
 */
import { pathAt } from './locate.ts';
import type { ParsedText, Span } from './located-tree.ts';
import type { GuideEntry } from './schema-guide.ts';
import { reviewGuide } from './validate-shape.ts';

export interface Ref extends Span {
  readonly ref: string;
}

/** The fields in which something gets its name; every other place mentions it. */
const DEFINITION =
  /^\/(?:review\/id|(?:persons|missing)\/[\d-]+\/ref|(?:suspect_strategy\/(?:lines_of_enquiry|devices)|(?:audit\/)?actions)\/[\d-]+\/id)$/;

/** The forms of refs, each as the schema describes it. */
const FORMS = [
  'VictimRef',
  'SuspectRef',
  'AssociateRef',
  'WitnessRef',
  'OfficerRef',
  'CaseRef',
  'EpisodeRef',
  'LineId',
  'ActionId',
  'DeviceId',
] as const;

export type RefForm = (typeof FORMS)[number];

/** The references of the force by which somebody asks for a case: an incident's and a crime's. */
const CASE_REFERENCE = /(?<![\w-])(?:incident|crime)_ref["']?[ \t]*:[ \t]+["']?(?<it>[^\s"',{}[\]#]{1,40})/dg;
const CASE_REFERENCE_FIELD = /^\/recording\/(?:incident_ref|offences\/[\d-]+\/crime_ref)$/;

/** Numbered anew in every review. */
const LOCAL: readonly RefForm[] = ['LineId', 'ActionId', 'DeviceId'];

export function isDefinition(pointer: string): boolean {
  return DEFINITION.test(pointer);
}

/** In the order of the text. */
export function findRefs(text: string): Ref[] {
  return [...text.matchAll(refPattern())].map(({ 0: ref, index }) => ({
    ref,
    start: index,
    end: index + ref.length,
  }));
}

/** What may be a reference of the force; `isCaseReferenceAt` says whether it is. */
export function findCaseReferences(text: string): Ref[] {
  return [...text.matchAll(CASE_REFERENCE)].map(({ groups, indices }) => {
    const [start, end] = indices!.groups!.it!;
    return { ref: groups!.it!, start, end };
  });
}

export function isCaseReferenceAt({ root }: ParsedText, place: Ref): boolean {
  const at = pathAt(root, place.start);
  return at?.part === 'value' && CASE_REFERENCE_FIELD.test(at.pointer);
}

/** The ref at an offset, its ends included. */
export function refAt(text: string, offset: number): Ref | undefined {
  // No ref is longer, so that a request need not read the whole text.
  const from = Math.max(0, offset - 20);
  const near = text.slice(from, offset + 20);
  return findRefs(near)
    .map(({ ref, start, end }) => ({ ref, start: from + start, end: from + end }))
    .find(({ start, end }) => start <= offset && offset <= end);
}

/** Where a review gives a ref its name. */
export function findDefinition(parsed: ParsedText, ref: string): Ref | undefined {
  return findRefs(parsed.text).find(place => place.ref === ref && isNamedAt(parsed, place));
}

/** Whether a ref gets its name at this place, and is not only mentioned. */
export function isNamedAt({ root }: ParsedText, place: Ref): boolean {
  const at = pathAt(root, place.start);
  return at?.part === 'value' && isDefinition(at.pointer);
}

/** What a ref is, such as `VictimRef`; undefined for anything else. */
export function formOf(ref: string): RefForm | undefined {
  return FORMS.find(form => new RegExp(formEntry(form).pattern ?? '').test(ref));
}

export function formEntry(form: RefForm): GuideEntry {
  return reviewGuide.definition(form)!;
}

/** Whether a ref means something in its own review only. */
export function isLocal(ref: string): boolean {
  const form = formOf(ref);
  return form !== undefined && LOCAL.includes(form);
}

/** What a review may name as evidence has any of the forms. */
function refPattern(): RegExp {
  const form = reviewGuide.definition('EvidenceRef')?.pattern?.slice(1, -1);
  return new RegExp(`(?<![\\w-])(?:${form})(?![\\w-])`, 'g');
}
