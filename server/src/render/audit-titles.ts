/** What the tables of an audit and their columns are called: the titles of the schemas, and a few words of our own. */
import {
  BELOW_GOOD,
  BELOW_GOOD_GRADES,
  RETURNED,
  type Section,
  type Telling,
} from '../audit/audit-report.ts';
import { ruleGuide } from '../check/check-form.ts';
import type { SchemaGuide } from '../engine/schema-guide.ts';
import { reviewGuide } from '../engine/validate-shape.ts';
import type { Say } from '../texts/say.ts';

type Texts<K extends string = string> = Readonly<Record<K, (say: Say) => string>>;

const SECTIONS: Texts<Section> = {
  outcomes: say => say('Outcome of the audit'),
  grades: say => say('Overall grade'),
  themes: say => say('Grade by theme'),
  failings: say => say('Failings'),
  rules: say => say('Rules'),
};

/** Of columns that are no word of a vocabulary. */
const COLUMNS: Texts = {
  [RETURNED]: say => say('Returned'),
  no_result: say => say('Returned, no result yet'),
  not_returned: say => say('Not returned'),
  not_said: say => say('Not said'),
  unread: say => say('Cannot be read'),
  not_graded: say => say('Not graded'),
  broken: say => say('Broken'),
  kept: say => say('Kept'),
  not_recorded: say => say('Not recorded'),
  cannot_tell: say => say('Cannot tell'),
  waived: say => say('Waived'),
  not_asked: say => say('Nothing to judge'),
};

const OF_FAILINGS: Texts = { broken: say => say('Seen'), kept: say => say('Not seen') };

export function titleOfSection(section: Section, say: Say): string {
  return SECTIONS[section](say);
}

export function auditTitles(say: Say): Pick<Telling, 'titleOf' | 'columnTitleOf'> {
  const columnTitleOf = (section: Section, column: string): string => {
    const own = (section === 'failings' && OF_FAILINGS[column]) || COLUMNS[column];
    if (own) return own(say);
    if (column !== BELOW_GOOD)
      return wordTitle(reviewGuide, section === 'outcomes' ? 'Disposition' : 'Grade', column);
    const [worse = '', worst = ''] = BELOW_GOOD_GRADES.map(word => columnTitleOf(section, word));
    return say('{one} or {other}', { one: worse, other: worst.toLowerCase() });
  };
  return {
    titleOf: (section, id) => {
      if (section === 'themes') return wordTitle(reviewGuide, 'GradeTheme', id);
      if (section === 'failings') return wordTitle(ruleGuide, 'Failing', id);
      return titleOfSection(section, say);
    },
    columnTitleOf,
  };
}

/** A word that a pack adds has no title here. */
function wordTitle(guide: SchemaGuide, vocabulary: string, word: string): string {
  const known = guide.definition(vocabulary)?.words?.find(({ value }) => value === word)?.title;
  return known ?? word.replaceAll('_', ' ');
}
