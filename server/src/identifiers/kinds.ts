/**
 * What an identifier of each kind looks like. Which kinds matter, and how much, is for the rules to say; here a shape
 * that anything else might have is merely likely, and a checksum or a label beside it makes it certain.
 */
import { isNhsNumber, isPncId } from './checksums.ts';

export interface Kind {
  readonly kind: string;
  /** As a message says it, without an article. */
  readonly name: string;
  /** What every match holds, where looking for that first costs a tenth of trying the pattern. */
  readonly needs?: RegExp;
  /** Global. A group `it` at the end is the identifier, what stands before it its label. */
  readonly pattern: RegExp;
  /** Decides from the identifier alone; undefined where it is none after all. */
  readonly judge?: (it: string) => boolean | undefined;
  /** What may stand before an identifier of this kind and nothing else. */
  readonly label?: RegExp;
  /** Made of words, so that words of the allow list make it none. */
  readonly isWords?: true;
}

const PAIRS = '(?:\\d[A-HJKMNP-TV-Z])';
const REF = `(?:VIC|SUS|ASC|WIT|OFF|CASE|MIS)-${PAIRS}{3}`;
const WORD = /[A-Z][a-z'’]+/.source;
const SURE = () => true;
const STREETS = 'Road|Rd|Street|Avenue|Ave|Lane|Close|Drive|Crescent|Gardens|Terrace|Grove|Mews';

export const KINDS: readonly Kind[] = [
  {
    kind: 'nhs_number',
    name: 'NHS number',
    pattern: /(?<![\w/.-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\w/-])/g,
    judge: it => isNhsNumber(it) || undefined,
  },
  {
    kind: 'national_insurance_number',
    name: 'National Insurance number',
    pattern: /\b(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b/g,
    label: /\b(?:NI|NINO|National Insurance)(?: (?:no\.?|number))?\W{0,3}$/i,
  },
  {
    kind: 'postcode',
    name: 'postcode',
    pattern: /(?<![\w-])(?:GIR ?0AA|[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2})(?![\w-])/g,
    label: /\bpost ?code\W{0,3}$/i,
  },
  {
    kind: 'court_reference',
    name: 'court case reference',
    pattern: /(?<![\w/])\d{2}\/\d{4}\/\d{6}[A-Z]\b/g,
  },
  {
    kind: 'pnc_id',
    name: 'PNC id',
    pattern: /(?<![\w/])(?:19|20)?\d{2}\/\d{1,7}[A-HJ-NP-RT-Z]\b/g,
    judge: isPncId,
    label: /\bPNC(?: ?id)?\W{0,3}$/i,
  },
  { kind: 'case_urn', name: 'unique reference number of a case', pattern: /\b\d{2}[A-Z][A-Z\d]\d{7}\b/g },
  {
    kind: 'phone_number',
    name: 'phone number',
    // The three digits in a row keep dates with blanks out.
    pattern: /(?:\+44 ?|0(?=\d\d))(?<![\w+/.-](?:0|\+44 ?))(?:\d ?){9,10}(?<=\d)(?![\w/-])/g,
    label: /\b(?:tel|phone|telephone|mobile|mob)(?: (?:no\.?|number))?\W{0,3}$/i,
  },
  {
    kind: 'email_address',
    name: 'email address',
    needs: /@/,
    pattern: /\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+\b/g,
    label: /\be-?mail(?: address)?\W{0,3}$/i,
  },
  {
    kind: 'date_of_birth',
    name: 'date of birth',
    needs: /d\.?o\.?b|born|birth/i,
    pattern:
      /\b(?:d\.?o\.?b\.?|born(?: on)?|date of birth)\W{1,3}(?<it>\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d\d-\d\d|\d{1,2}(?:st|nd|rd|th)? [a-z]{3,9} \d{4})\b/gi,
    judge: SURE,
  },
  {
    kind: 'vehicle_registration',
    name: 'vehicle registration',
    pattern: /(?<![\w-])[A-Z]{2}\d{2} ?[A-Z]{3}(?![\w-])/g,
    label: /\b(?:VRM|VRN|reg|registration)(?: (?:no\.?|number|plate))?\W{0,3}$/i,
  },
  {
    kind: 'name',
    name: 'name',
    needs: /ames? ?[:=]|lias ?[:=]/,
    pattern: new RegExp(
      `\\b(?:[Nn]ame|[Ff]ore[Nn]ames?|[Ss]urname|[Nn]ickname|[Aa]lias) ?[:=] ?(?<it>${WORD}(?: ${WORD}){0,2})`,
      'g',
    ),
    judge: SURE,
    isWords: true,
  },
  {
    kind: 'name',
    name: 'name',
    needs: /\b(?:M(?:r|rs|s|iss)|D[rCSI]|PC|DCI|Sgt|Insp|aka|AKA)\.? (?:\d{1,6} )?[A-Z]/,
    pattern: new RegExp(
      `\\b(?:Mr|Mrs|Ms|Miss|Dr|PC|DC|DS|DI|DCI|Sgt|Insp|aka|AKA)\\.? (?:\\d{1,6} )?(?<it>${WORD}(?: ${WORD})?)`,
      'g',
    ),
    isWords: true,
  },
  {
    kind: 'name_of_ref',
    name: 'name behind a ref',
    needs: /[A-Z][a-z](?<=(?:=|->|→|aka|is really) ?..)/,
    pattern: new RegExp(`\\b${REF} ?(?:=|->|→|aka|is really) ?(?<it>${WORD}(?: ${WORD}){1,2})`, 'g'),
    isWords: true,
  },
  {
    kind: 'other_ref',
    name: 'ref that is no pseudonym',
    // The beginning of a pseudonym is one that is still being written, or cut by a slip.
    pattern: new RegExp(
      `(?<![\\w-])(?:VIC|SUS|ASC|WIT|OFF|MIS)-(?!${PAIRS}{0,3}\\d?(?![\\w-]))(?=[A-Z]*\\d)[A-Z\\d]{3,12}(?![\\w-])`,
      'g',
    ),
  },
  {
    kind: 'school',
    name: 'school',
    needs: /(?:chool|ollege|ursery|cademy) ?[:=]/,
    pattern: new RegExp(
      `\\b(?:[Ss]chool|[Cc]ollege|[Nn]ursery|[Aa]cademy) ?[:=] ?(?<it>${WORD}(?: ${WORD}){0,4})`,
      'g',
    ),
    judge: SURE,
    isWords: true,
  },
  {
    kind: 'school',
    name: 'school',
    needs: /School|Academy|College|Nursery/,
    // Behind a small letter, since a sentence begins with a capital anyway.
    pattern: new RegExp(
      `(?<=[a-z,] )(?:${WORD}\\.? ){1,4}(?:School|Academy|College|Nursery)\\b(?! of\\b)`,
      'g',
    ),
    isWords: true,
  },
  {
    kind: 'workplace',
    name: 'place of work',
    needs: /orkplace|mployer/,
    pattern: new RegExp(`\\b(?:[Ww]orkplace|[Ee]mployer) ?[:=] ?(?<it>${WORD}(?: ${WORD}){0,4})`, 'g'),
    judge: SURE,
    isWords: true,
  },
  {
    kind: 'workplace',
    name: 'place of work',
    needs: /works at|employed (?:at|by)/,
    pattern: new RegExp(`\\b(?:works at|employed (?:at|by)) (?<it>${WORD}(?: ${WORD}){0,4})`, 'g'),
    isWords: true,
  },
  {
    kind: 'address',
    name: 'address',
    needs: new RegExp(` (?:${STREETS})\\b`),
    pattern: new RegExp(`(?<![\\w/.-])\\d{1,4}[A-Za-z]?,? (?:${WORD} ){1,3}(?:${STREETS})\\b`, 'g'),
    label: /\b(?:address|lives at)\W{0,3}$/i,
  },
  {
    kind: 'image_link',
    name: 'link to a picture',
    needs: /:\/\//,
    pattern: /\bhttps?:\/\/[^\s"'<>]{1,300}\.(?:jpe?g|png|gif|webp|heic|bmp|tiff?|mp4|mov)\b/gi,
  },
];

/**
 * Names known by a given name, which is alone where a ref or a word such as called stands before it; `namesakes` are
 * words such as Hospital, before which it is part of another name.
 */
export function kindsOfGivenNames(
  givenNames: readonly string[],
  namesakes: readonly string[],
): readonly Kind[] {
  const given = `(?:${givenNames.map(literal).join('|')})`;
  const noName = `(?:${[STREETS, ...namesakes.map(literal)].join('|')})\\b`;
  return [
    {
      kind: 'name_of_ref',
      name: 'name behind a ref',
      needs: /[-=>→a-z] ?[A-Z][a-z]/,
      pattern: new RegExp(`\\b${REF} ?(?:=|->|→|aka|is(?: really)?) ?(?<it>${given})\\b`, 'g'),
    },
    {
      kind: 'name',
      name: 'name',
      needs: /(?:called|named|known as) [A-Z]/,
      pattern: new RegExp(`\\b(?:called|named|known as) (?<it>${given})\\b`, 'g'),
    },
    {
      kind: 'name',
      name: 'name',
      needs: /[a-z][ -][A-Z][a-z]/,
      // But not a saint, an operation, or what a street or a foundation is called after.
      pattern: new RegExp(
        `(?<![\\w'’-])(?<!\\b(?:St|Saint|Op|Operation)\\.? )${given}(?:[ -](?!${noName})${WORD}){1,3}\\b(?! ${noName})`,
        'g',
      ),
      isWords: true,
    },
  ];
}

function literal(word: string): string {
  return word.replace(/\W/g, '\\$&');
}
