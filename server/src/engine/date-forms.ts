/**
 * The forms of dates and times that the schemas allow, for the generated validators and for the wording of findings.
 * They allow exactly what `calendar/` can read.
 */
import ajvFormats from 'ajv-formats/dist/formats.js';

type Check = (text: string) => boolean;

const { date, 'date-time': dateTime } = ajvFormats.fullFormats as unknown as Record<
  string,
  { validate: Check }
>;

// Years 0000 and 9999 are left out, as in `calendar/instant.ts`.
const INSTANT = /^(?!0000|9999)\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[+-]\d\d:\d\d)$/;

/** A date that exists, such as 2026-02-03. */
export const isDate: Check = text => text.length === 10 && date!.validate(text);

/** A date and time that exist, with Z or an offset. */
export const isInstant: Check = text => INSTANT.test(text) && dateTime!.validate(text);

/** By the name of the format in the schema; `day` is a date or an instant. */
export const FORMS: Readonly<Record<string, Check>> = {
  date: isDate,
  'date-time': isInstant,
  day: text => isDate(text) || isInstant(text),
};
