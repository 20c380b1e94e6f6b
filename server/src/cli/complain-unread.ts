/** A review that cannot be read is missing from every figure; whoever does not list findings names it here. */
import type { Finding, Report } from '../engine/report.ts';
import { complain } from './exit-code.ts';
import { pathFrom } from './paths.ts';
import type { Surroundings } from './surroundings.ts';

export function isUnread({ findings }: Report): boolean {
  return findings.some(saysUnread);
}

/** True for a review that could not be read. */
export function complainUnread({ uri, findings }: Report, around: Surroundings): boolean {
  const unread = findings.find(saysUnread);
  if (unread !== undefined) complain(`${pathFrom(around.cwd)(uri)}: ${unread.message}`, around);
  return unread !== undefined;
}

const saysUnread = ({ rule }: Finding): boolean => rule === 'file/unreadable';
