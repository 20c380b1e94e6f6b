/** The page of the audit: shows what the server drew, and opens under a figure the reviews that are counted in it. */
import type {
  AuditFigure,
  AuditHostMessage,
  AuditPageMessage,
  AuditReviewsResult,
} from '../../server/src/protocol.ts';
import { connectHost } from './host.ts';

/** The figures whose reviews are listed stay so when the page is hidden and shown again. */
interface Looks {
  readonly open: readonly AuditFigure[];
}

const host = connectHost<AuditHostMessage, AuditPageMessage, Looks>();
const page = document.getElementById('page')!;
const heading = document.createElement('h1');
const said = Object.assign(document.createElement('p'), { role: 'status' });
const tables = document.createElement('div');
page.append(heading, said, tables);
const style = new CSSStyleSheet();
document.adoptedStyleSheets = [style];

let open: readonly AuditFigure[] = host.state?.open ?? [];

host.listen(message => {
  if (message.type === 'audit') {
    heading.textContent = message.title;
    said.textContent = message.audit.message;
    show(message.audit.style, message.audit.tables);
  } else {
    list(message.figure, message.reviews);
  }
});

tables.addEventListener('click', ({ target }) => {
  const element = target as Element;
  // A bar leads where the name in its row does.
  const button =
    element.closest<HTMLButtonElement>('button') ??
    (element.closest('svg') && element.closest('tr')?.querySelector<HTMLButtonElement>('th>button'));
  if (button && figureOf(button) !== undefined) toggle(button);
});
host.post({ type: 'ready' });

/** What was open and where the focus was stay as they are. */
function show(rules: string, html: string): void {
  const active = document.activeElement;
  const focused =
    active instanceof HTMLButtonElement && tables.contains(active) ? figureOf(active) : undefined;
  const unfolded = [...tables.querySelectorAll('details')].map(details => details.open);
  style.replaceSync(rules);
  tables.replaceChildren(...new DOMParser().parseFromString(html, 'text/html').body.childNodes);
  for (const [at, details] of tables.querySelectorAll('details').entries())
    details.open = unfolded[at] ?? false;
  for (const figure of open) host.post({ type: 'reviews', figure });
  if (focused) buttonOf(focused)?.focus({ preventScroll: true });
}

function toggle(button: HTMLButtonElement): void {
  const figure = figureOf(button)!;
  const isOpen = open.some(other => isSame(other, figure));
  open = isOpen ? open.filter(other => !isSame(other, figure)) : [...open, figure];
  host.keep({ open });
  if (isOpen) fold(button);
  else host.post({ type: 'reviews', figure });
}

function fold(button: HTMLButtonElement): void {
  button.setAttribute('aria-expanded', 'false');
  document.getElementById(button.getAttribute('aria-controls') ?? '')?.remove();
  button.removeAttribute('aria-controls');
}

/** In a row of its own under that of the figure. */
function list(figure: AuditFigure, reviews: AuditReviewsResult): void {
  const button = buttonOf(figure);
  const row = button?.closest('tr');
  if (!button || !row || !open.some(other => isSame(other, figure))) return;
  fold(button);
  const items = reviews.map(place => {
    const go = Object.assign(document.createElement('button'), {
      type: 'button',
      className: 'link',
      textContent: place.words,
      onclick: () => host.post({ type: 'go', place }),
    });
    const item = document.createElement('li');
    item.append(go);
    return item;
  });
  const all = document.createElement('ul');
  all.append(...items);
  const cell = Object.assign(document.createElement('td'), { colSpan: row.cells.length });
  cell.append(all);
  const own = Object.assign(document.createElement('tr'), {
    id: `reviews-${Object.values(figure).join('-')}`,
    className: 'reviews',
  });
  own.append(cell);
  row.after(own);
  button.setAttribute('aria-expanded', 'true');
  button.setAttribute('aria-controls', own.id);
}

function buttonOf(figure: AuditFigure): HTMLButtonElement | undefined {
  const buttons = tables.querySelectorAll<HTMLButtonElement>('button[data-table]');
  return [...buttons].find(button => isSame(figureOf(button)!, figure));
}

function figureOf({ dataset: { table, share, round } }: HTMLButtonElement): AuditFigure | undefined {
  if (table === undefined || share === undefined) return undefined;
  return { table, share, ...(round !== undefined && { round: Number(round) }) };
}

function isSame(one: AuditFigure, other: AuditFigure): boolean {
  return one.table === other.table && one.share === other.share && one.round === other.round;
}
