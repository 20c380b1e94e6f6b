/** Dates, times and lengths of time in the words of a British reader: the one place that has them. */
import * as PlainDate from 'temporal-polyfill/fns/PlainDate';
import { Day, dayOf } from './day.ts';
import { londonClock } from './london.ts';

export const TIME_UNITS = ['minutes', 'hours', 'days', 'working_days', 'months'] as const;
export type TimeUnit = (typeof TIME_UNITS)[number];

// Not left to `Intl`, whose words differ between releases (`Sep`, `Sept`).
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** `3 Feb 2026` */
export function formatDay(day: Day): string {
  return formatIsoDate(day.iso);
}

/** `Tue 3 Feb 2026` */
export function formatWeekday(day: Day): string {
  return `${WEEKDAYS[PlainDate.dayOfWeek(day.date) - 1]} ${formatDay(day)}`;
}

/** `3 Feb 2026 15:40`, in London. */
export function formatInstant(instant: Date): string {
  const clock = londonClock(instant);
  return `${formatIsoDate(clock.slice(0, 10))} ${clock.slice(11)}`;
}

/** `Tue 3 Feb 2026 15:40` or `Tue 3 Feb 2026`, in London. */
export function formatMoment(moment: Date | Day): string {
  if (moment instanceof Day) return formatWeekday(moment);
  return `${formatWeekday(dayOf(moment))} ${londonClock(moment).slice(11)}`;
}

const MINUTES_OF_A_DAY = 24 * 60;
/** Beyond this nobody sees the days in the hours. */
const MOST_PLAIN_HOURS = 72;

/** `66 h 50 min`, `118 h 10 min (4 days)`. A minute begun counts, so that a time past its limit never reads as it. */
export function formatHours(hours: number): string {
  const seconds = Math.round(Math.abs(hours) * 3600);
  const minutes = Math.ceil(seconds / 60);
  const parts = [];
  if (minutes >= 60 || minutes === 0) parts.push(`${Math.floor(minutes / 60)} h`);
  if (minutes % 60 > 0) parts.push(`${minutes % 60} min`);
  if (minutes > MOST_PLAIN_HOURS * 60)
    parts.push(`(${formatCount(Math.floor(minutes / MINUTES_OF_A_DAY), 'day')})`);
  return (hours < 0 && minutes > 0 ? '-' : '') + parts.join(' ');
}

/** `9 working days`, `1 working day`, `30 h`, `45 min`, `2 months` */
export function formatElapsed(count: number, unit: TimeUnit): string {
  switch (unit) {
    case 'minutes':
      return `${count} min`;
    case 'hours':
      return formatHours(count);
    case 'days':
      return formatCount(count, 'day');
    case 'working_days':
      return formatCount(count, 'working day');
    case 'months':
      return formatCount(count, 'month');
  }
}

function formatCount(count: number, noun: string): string {
  return `${count} ${noun}${Math.abs(count) === 1 ? '' : 's'}`;
}

function formatIsoDate(iso: string): string {
  return `${Number(iso.slice(8))} ${MONTHS[Number(iso.slice(5, 7)) - 1]} ${iso.slice(0, 4)}`;
}
