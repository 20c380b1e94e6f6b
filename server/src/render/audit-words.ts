/** The figures of an audit in words, the same in every format that people read. */
import { type AuditReport, SECTIONS, type Share, type ToldTable } from '../audit/audit-report.ts';
import type { Difference } from '../audit/compare-audits.ts';
import { type Say, sayInEnglish } from '../texts/say.ts';

/** `34 %`. What rounding would make none or all is neither. */
export function showPercent(share: number): string {
  if (share > 0 && share < 0.005) return '< 1 %';
  if (share < 1 && share >= 0.995) return '> 99 %';
  return `${Math.round(share * 100)} %`;
}

/** `33 of 97`, or why there is no such figure. */
export function showCount({ count, of }: Share, say: Say): string {
  if (of === 0) return say('none could be judged');
  if (of === null) return say('too few to tell');
  return count === null ? say('too few to tell, of {of}', { of }) : say('{count} of {of}', { count, of });
}

/** `34 %`; empty where there is no figure. */
export function showShare({ count, of }: Share): string {
  return count === null || of === null || of === 0 ? '' : showPercent(count / of);
}

/** `25 to 44 %`; empty where there is no figure. */
export function showInterval({ low, high }: Share): string {
  return low === null || high === null ? '' : `${showPercent(low).replace(' %', '')} to ${showPercent(high)}`;
}

/** What a share leaves out of its population, such as `40 not recorded; 3 waived`. */
export function showLeftOut({ section, columns, shares }: ToldTable, say: Say): string {
  const beside = columns.filter(({ id, total }) => total !== 0 && !isCounted(section, id, shares));
  const told = beside.filter(({ total }) => total !== null);
  return [
    ...told.map(({ title, total }) => `${total} ${title.charAt(0).toLowerCase()}${title.slice(1)}`),
    ...(told.length < beside.length ? [say('others too few to tell')] : []),
  ].join('; ');
}

function isCounted(section: ToldTable['section'], column: string, shares: ToldTable['shares']): boolean {
  if (shares.some(({ id }) => id === column)) return true;
  return column === (section === 'outcomes' ? 'not_returned' : 'kept');
}

export function showRound(round: string | null, say: Say): string {
  return round ?? say('no round code');
}

/** What every format says of the whole. */
export function describeAudit(report: AuditReport, say: Say): string[] {
  const { rounds } = report;
  const codes = rounds.map(({ round, reviews }) => `${showRound(round, say)} (${reviews})`).join(', ');
  return [
    describeReviews(report, say),
    ...(rounds.length > 0 ? [say('Rounds, with their reviews: {codes}.', { codes })] : []),
    ...describeTelling(report, say),
  ];
}

export function describeReviews({ reviews, drafts }: AuditReport, say: Say): string {
  return drafts === 0
    ? say('Complete reviews: {reviews}.', { reviews })
    : say('Complete reviews: {reviews}. Drafts, which are not counted: {drafts}.', { reviews, drafts });
}

/** How the figures were made. */
export function describeTelling({ smallestCell, asOf, noWaivers }: AuditReport, say: Say): string[] {
  return [
    ...(smallestCell > 1
      ? [
          say('Numbers below {smallest}, and what would give them away, are not told (smallest_cell).', {
            smallest: smallestCell,
          }),
        ]
      : []),
    ...(asOf === null ? [] : [say('Everything is judged as of {date}.', { date: asOf })]),
    ...(noWaivers ? [say('Waivers are not applied.')] : []),
  ];
}

export const DIFFERENCE_WORDS: Readonly<Record<Difference, string>> = {
  higher: 'higher, by more than chance',
  lower: 'lower, by more than chance',
  within_chance: 'no difference beyond chance',
  untold: sayInEnglish('too few to tell'),
};

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Tables under the title of their section, without those of which there is nothing to tell. */
export function bySection(
  tables: readonly ToldTable[],
): (readonly [ToldTable['section'], readonly ToldTable[]])[] {
  return SECTIONS.map(
    section => [section, tables.filter(table => table.section === section)] as const,
  ).filter(([, inSection]) => inSection.length > 0);
}

/** The share most often seen first; what is not told last. */
export function worstFirst(tables: readonly ToldTable[]): ToldTable[] {
  const shareOf = ({ shares: [first] }: ToldTable) =>
    first?.total.of ? (first.total.count ?? -1) / first.total.of : -1;
  return [...tables].sort((a, b) => shareOf(b) - shareOf(a));
}

/** Whether there is a figure in it. */
export function isTold({ shares }: ToldTable): boolean {
  return shares.some(({ total }) => showShare(total) !== '');
}

/** Words of a scale that nobody gave say nothing. */
export function sharesToTell({ section, shares }: ToldTable): ToldTable['shares'] {
  return section === 'grades' || section === 'themes'
    ? shares.filter(({ total }) => total.count !== 0)
    : shares;
}

/** A failing or a rule has one share, and what is left out of it stands on the same line. */
export function isAlone({ section }: Pick<ToldTable, 'section'>): boolean {
  return section === 'failings' || section === 'rules';
}

/** What a share is of. A failing or a rule has one, which needs no name of its own. */
export function nameFigure(
  { section, id, ref, title }: Pick<ToldTable, 'section' | 'id' | 'ref' | 'title'>,
  share: string,
): string {
  if (isAlone({ section })) return `${ref ?? id} ${title}`;
  return section === 'themes' ? `${title}: ${share}` : share;
}

export function describeUntold(untold: number, all: number, say: Say): string {
  return all === 1
    ? say('Nothing to judge, or too few to tell.')
    : say('{untold} of {all} are left out: nothing to judge, or too few to tell.', { untold, all });
}
