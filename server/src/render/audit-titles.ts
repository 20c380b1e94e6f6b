/** What the tables of an audit and their columns are called: the titles of the schemas, and a few words of our own. */
import { BELOW_GOOD, BELOW_GOOD_GRADES, RETURNED, type Section } from '../audit/audit-report.ts';
import { ruleGuide } from '../check/check-form.ts';
import type { SchemaGuide } from '../engine/schema-guide.ts';
import { reviewGuide } from '../engine/validate-shape.ts';

export const SECTION_TITLES: Readonly<Record<Section, string>> = {
  outcomes: 'Outcome of the audit',
  grades: 'Overall grade',
  themes: 'Grade by theme',
  failings: 'Failings',
  rules: 'Rules',
};

/** Of columns that are no word of a vocabulary. */
const COLUMN_TITLES: Readonly<Record<string, string>> = {
  [RETURNED]: 'Returned',
  no_result: 'Returned, no result yet',
  not_returned: 'Not returned',
  not_said: 'Not said',
  unread: 'Cannot be read',
  not_graded: 'Not graded',
  kept: 'Kept',
  not_recorded: 'Not recorded',
  cannot_tell: 'Cannot tell',
  waived: 'Waived',
  not_asked: 'Nothing to judge',
};

export function titleOfTable(section: Section, id: string): string {
  if (section === 'themes') return wordTitle(reviewGuide, 'GradeTheme', id);
  if (section === 'failings') return wordTitle(ruleGuide, 'Failing', id);
  return SECTION_TITLES[section];
}

export function titleOfColumn(section: Section, column: string): string {
  if (column === 'broken') return section === 'failings' ? 'Seen' : 'Broken';
  if (column === 'kept' && section === 'failings') return 'Not seen';
  if (column === BELOW_GOOD) {
    const [first = '', second = ''] = BELOW_GOOD_GRADES.map(word => titleOfColumn(section, word));
    return `${first} or ${second.toLowerCase()}`;
  }
  return (
    COLUMN_TITLES[column] ?? wordTitle(reviewGuide, section === 'outcomes' ? 'Disposition' : 'Grade', column)
  );
}

/** A word that a pack adds has no title here. */
function wordTitle(guide: SchemaGuide, vocabulary: string, word: string): string {
  const known = guide.definition(vocabulary)?.words?.find(({ value }) => value === word)?.title;
  return known ?? word.replaceAll('_', ' ');
}
