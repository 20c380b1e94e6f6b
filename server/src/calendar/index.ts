/** Everything that counts time: no other part of the code does, and this part never reads a clock. */
export { atLondonClock, beginOf, finishOf, onLondonClock } from './absolute-time.ts';
export { parseAsOf } from './as-of.ts';
export { BadCalendar, type Calendar, CannotTell, loadCalendar } from './calendar.ts';
export { type CountedDay, countWorkingDays } from './count-working-days.ts';
export { Day, dayOf } from './day.ts';
export { addDays, addMonths, bailEnd, calendarDays } from './elapsed.ts';
export {
  formatDay,
  formatElapsed,
  formatHours,
  formatInstant,
  formatMoment,
  formatWeekday,
  TIME_UNITS,
  type TimeUnit,
} from './format-time.ts';
export { addHours, elapsedHours, parseInstant } from './instant.ts';
export { endOfLimit, isAfter, type LimitUnit, type Moment, passed, toDay } from './limit.ts';
export { addWorkingDays, isWorkingDay, workingDaysBetween } from './working-days.ts';
