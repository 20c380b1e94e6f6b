/** Working days counted one by one, so that a reader can follow the count: for explanations, not for judging. */
import type { Calendar } from './calendar.ts';
import type { Day } from './day.ts';
import { addDays } from './elapsed.ts';
import { isWorkingDay } from './working-days.ts';

export interface CountedDay {
  readonly day: Day;
  /** Working days passed when this day is over; the day of the event is day 0. */
  readonly count: number;
  /** Why the day does not count: the name of the bank holiday, or that it is a weekend. Undefined where it counts. */
  readonly pause: string | undefined;
}

/** Every day after `from` up to and including `to`; empty with `to` the earlier. Throws `CannotTell` outside the calendar. */
export function countWorkingDays(calendar: Calendar, from: Day, to: Day): readonly CountedDay[] {
  const days: CountedDay[] = [];
  let count = 0;
  for (let day = addDays(from, 1); day.compare(to) <= 0; day = addDays(day, 1)) {
    const isWorking = isWorkingDay(calendar, day);
    if (isWorking) count++;
    days.push({
      day,
      count,
      pause: isWorking ? undefined : (calendar.holidays.get(day.iso) ?? 'weekend'),
    });
  }
  return days;
}
