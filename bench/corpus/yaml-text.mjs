// Writes a review as a person would: block style, one line for what is short, folded texts and remarks.
// The `yaml` package could write it too, but not with a person's mixture of styles, and ten times slower.

class Styled {
  constructor(value, style, remark) {
    Object.assign(this, { value, style, remark });
  }
}

/** The map or list on one line. */
export const flow = value => new Styled(value, 'flow');
/** A text over several lines (`>-`). */
export const folded = (...lines) => new Styled(lines.join('\n'), 'folded');
/** A comment behind the value. */
export const remark = (value, text) => new Styled(value, undefined, text);
/** The map or list itself, whatever its style: what a defect changes. */
export const bare = value => (value instanceof Styled ? bare(value.value) : value);

export function toYaml(review, title) {
  return `# ${title}\n${map(review, '')}`;
}

function map(value, indent) {
  return Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .map(([key, inner]) => `${indent}${scalar(key, true)}:${entry(inner, indent)}`)
    .join('');
}

/** What stands behind a key's colon, with its line ends. */
function entry(value, indent) {
  const inner = `${indent}  `;
  if (value instanceof Styled) {
    if (value.remark) return `${entry(value.value, indent).slice(0, -1)} # ${value.remark}\n`;
    if (value.style === 'flow') return ` ${onOneLine(value.value, indent)}\n`;
    return ` >-\n${value.value.replace(/^/gm, inner)}\n`;
  }
  if (Array.isArray(value))
    return value.length === 0 ? ' []\n' : `\n${value.map(item => listItem(item, inner)).join('')}`;
  if (value !== null && typeof value === 'object') return `\n${map(value, inner)}`;
  return ` ${scalar(value)}\n`;
}

function listItem(item, indent) {
  if (item !== null && typeof item === 'object' && !(item instanceof Styled)) {
    return `${indent}- ${map(item, `${indent}  `).trimStart()}`;
  }
  return `${indent}-${entry(item, indent)}`;
}

/** A long map is broken behind a comma, as a person would. */
function onOneLine(value, indent) {
  if (Array.isArray(value)) return inFlow(value);
  let width = indent.length;
  const pairs = pairsInFlow(value).map((pair, k) => {
    width += pair.length + 2;
    if (k === 0) return pair;
    if (width <= LINE_WIDTH) return `, ${pair}`;
    width = indent.length + 5 + pair.length;
    return `,\n${indent}     ${pair}`;
  });
  return `{${pairs.join('')}}`;
}

function inFlow(value) {
  if (value instanceof Styled)
    return inFlow(value.style === 'folded' ? value.value.replaceAll('\n', ' ') : value.value);
  if (Array.isArray(value)) return `[${value.map(inFlow).join(', ')}]`;
  if (value === null || typeof value !== 'object') return scalar(value, true);
  return `{${pairsInFlow(value).join(', ')}}`;
}

function pairsInFlow(map) {
  return Object.entries(map)
    .filter(([, inner]) => inner !== undefined)
    .map(([key, inner]) => `${scalar(key, true)}: ${inFlow(inner)}`);
}

function scalar(value, isInFlow = false) {
  if (typeof value !== 'string') return String(value);
  return needsQuotes(value, isInFlow) ? JSON.stringify(value) : value;
}

const LINE_WIDTH = 110;
const DATE = /^\d{4}-\d\d-\d\d(T.*)?$/;

/** Codes that look like numbers are quoted, as are texts on one line with something else. */
function needsQuotes(text, isInFlow) {
  if (DATE.test(text)) return false;
  if (/^[\d.+-]/.test(text) && !/^\d+_[a-z]/.test(text)) return true;
  if (isInFlow && /[,[\]{} ]/.test(text)) return true;
  return (
    text === '' ||
    /^[\s?:,[\]{}#&*!|>'"%@`-]/.test(text) ||
    /: |\s#|:$|\s$/.test(text) ||
    /^(true|false|null|~)$/i.test(text)
  );
}
