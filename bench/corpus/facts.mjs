// The facts of case `index`, before anything is written: who, when, which course it took. Every choice comes from
// (seed, index), so that a file never depends on how many others there are.
import { pseudonym, randomOf } from './random.mjs';
import { flow } from './yaml-text.mjs';

/** A review of a missing child alone has no suspect to trace, so it is shorter. */
const KINDS = [
  ['cse'],
  ['cse'],
  ['child_abuse'],
  ['child_abuse'],
  ['online', 'child_abuse'],
  ['familial', 'child_abuse'],
  ['cse', 'online'],
  ['cse', 'missing'],
];
/** How the investigation went: two of three are finished, with the outcome code given. */
const COURSES = [
  { name: 'charged', outcome: 1 },
  { name: 'open' },
  { name: 'open' },
  { name: 'no_suspect', outcome: 18 },
  { name: 'supported', outcome: 15 },
  { name: 'not_supported', outcome: 16 },
];
/** Behind each of these and the eight Mondays after it, three weeks hold no bank holiday of England and Wales. */
const FIRST_MONDAYS = ['2025-01-06', '2025-06-02', '2025-09-01'];
const DAY_MS = 86_400_000;

export const caseRef = (seed, index) => pseudonym('CASE', seed * 10_000 + index);
const oicRef = (seed, index) => pseudonym('OFF', (seed * 7 + index * 3) % 1000);

/** Of every ten files, two link to one another. */
function partnerOf(index) {
  if (index % 10 === 3) return index + 1;
  if (index % 10 === 4) return index - 1;
  return undefined;
}

export function findFacts(index, { seed, scale, isLinked }) {
  const choose = randomOf(seed, index);
  const kinds = choose.pick(KINDS);
  const course = choose.pick(COURSES);
  const start = Date.parse(choose.pick(FIRST_MONDAYS)) + 7 * DAY_MS * choose.int(0, 8);
  const day = n => new Date(start + n * DAY_MS).toISOString().slice(0, 10);
  const minute = () => choose.int(10, 59);
  const root = Math.max(1, Math.round(Math.sqrt(scale)));
  const refs = (prefix, count, from) =>
    Array.from({ length: count }, (_, k) => pseudonym(prefix, (seed * 31 + index) * 400 + from + k));
  const partner = isLinked ? partnerOf(index) : undefined;
  return {
    index,
    choose,
    kinds,
    course,
    isFinal: course.outcome !== undefined,
    isMissing: kinds.includes('missing'),
    isHigh: choose.chance(0.25),
    /** The date `n` days after the Monday on which the case was reported. */
    day,
    at: (n, hour, minutes = minute()) =>
      `${day(n + Math.floor(hour / 24))}T${String(hour % 24).padStart(2, '0')}:${minutes}:00Z`,
    reportHour: choose.int(8, 14),
    /** When the review was written, in days after the report. */
    lastDay: choose.int(26, 30),
    many: (lowest, highest) => Math.max(1, Math.round(choose.int(lowest, highest) * scale)),
    /** An entry of a list: on one line more often than not. */
    entry: fields => (choose.chance(0.75) ? flow(fields) : fields),
    caseRef: caseRef(seed, index),
    victims: refs('VIC', root * (choose.chance(0.2) ? 2 : 1), 0),
    suspects: course.name === 'no_suspect' ? [] : refs('SUS', root, 100),
    unknownSuspect: refs('SUS', 1, 199)[0],
    associates: refs('ASC', root * choose.int(0, 1), 200),
    episodes: refs('MIS', root, 300),
    aspect: aspectOf(kinds),
    ageBand: choose.pick(['under_13', '13_15', '13_15', '13_15', '16_17']),
    sex: choose.pick(['female', 'female', 'male']),
    oic: oicRef(seed, index),
    supervisor: pseudonym('OFF', 1000 + ((seed + index) % 300)),
    manager: pseudonym('OFF', 1400 + ((seed + index) % 90)),
    reviewer: pseudonym('OFF', 1600 + ((seed + index) % 40)),
    partner: partner === undefined ? undefined : { ref: caseRef(seed, partner), oic: oicRef(seed, partner) },
  };
}

function aspectOf(kinds) {
  if (kinds.includes('online')) return 'online_abuse';
  return kinds.includes('familial') ? 'familial_risk' : 'sexual_offence_recent';
}

export const officersInCase = ({ oic, partner }) => (partner ? [oic, partner.oic] : [oic]);
