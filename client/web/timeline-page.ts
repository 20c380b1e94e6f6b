/** The page of the timeline: shows what the server drew, and moves about in it by mouse and keyboard. */
import type {
  TimelineHostMessage,
  TimelineLabels,
  TimelineLooks,
  TimelinePageMessage,
  TimelineResult,
} from '../../server/src/protocol.ts';
import { connectHost } from './host.ts';
import { TimelineMarks } from './timeline-marks.ts';

const NARROWEST = 320;
const ZOOMS = [1, 2, 4, 8, 16, 32, 64];

const host = connectHost<TimelineHostMessage, TimelinePageMessage, TimelineLooks>();
const page = document.getElementById('page')!;
const style = new CSSStyleSheet();
document.adoptedStyleSheets = [style];

let looks: TimelineLooks = host.state ?? { zoom: 1, linked: true };
let parts: Parts | undefined;

interface Parts {
  readonly heading: HTMLElement;
  readonly current: HTMLElement;
  readonly drawing: HTMLElement;
  readonly tables: HTMLElement;
  readonly linked: HTMLInputElement;
  readonly zoomIn: HTMLButtonElement;
  readonly zoomOut: HTMLButtonElement;
  readonly body: HTMLElement;
  readonly marks: TimelineMarks;
}

host.listen(message => {
  switch (message.type) {
    case 'labels':
      parts = build(message.labels);
      break;
    case 'timeline':
      if (parts) show(parts, message.name, message.timeline);
      keep({ ...looks, uri: message.uri });
      break;
    case 'nothing':
      if (parts) showNothing(parts, message.message);
      break;
    case 'cursor':
      parts?.marks.follow(message.event);
  }
});
host.post({ type: 'ready' });

function build(labels: TimelineLabels): Parts {
  const heading = make('h1', { textContent: labels.title });
  const button = (textContent: string, onclick: () => void, title = '') =>
    make('button', { type: 'button', textContent, onclick, title, ariaLabel: title || null });
  const zoomIn = button('+', () => zoomBy(1), labels.zoomIn);
  const zoomOut = button('−', () => zoomBy(-1), labels.zoomOut);
  const linked = make('input', { type: 'checkbox', checked: looks.linked });
  linked.onchange = () => change({ ...looks, linked: linked.checked });
  const linkedLabel = make('label', {}, linked, ` ${labels.linked}`);
  const header = make(
    'header',
    {},
    heading,
    linkedLabel,
    zoomOut,
    button(labels.fit, () => change({ ...looks, zoom: 1 })),
    zoomIn,
    button(labels.saveSvg, () => host.post({ type: 'save', format: 'svg' })),
    button(labels.saveHtml, () => host.post({ type: 'save', format: 'html' })),
  );
  const current = make('p', { id: 'current', role: 'status' });
  const drawing = make('section', { id: 'drawing', ariaLabel: labels.drawing });
  const tables = make('div', {});
  const body = make(
    'div',
    { hidden: true },
    drawing,
    make('p', { className: 'keys', textContent: labels.keys }),
    tables,
  );
  page.replaceChildren(header, current, body);
  const marks = new TimelineMarks({
    drawing,
    tables,
    say: words => {
      current.textContent = words;
    },
    go: (list, index) => host.post({ type: 'go', list, index }),
    zoom: zoomBy,
  });
  const built = { heading, current, drawing, tables, linked, zoomIn, zoomOut, body, marks };
  new ResizeObserver(() => look(built)).observe(page);
  return built;
}

function show(
  { heading, drawing, tables, body, linked, zoomIn, zoomOut, marks }: Parts,
  name: string,
  { style: rules, drawing: svg, tables: html, events, hasLinks }: TimelineResult,
): void {
  style.replaceSync(rules);
  heading.textContent = name;
  body.hidden = false;
  drawing.hidden = svg === '';
  linked.disabled = !hasLinks;
  zoomOut.disabled = looks.zoom === ZOOMS[0];
  zoomIn.disabled = looks.zoom === ZOOMS.at(-1);
  marks.replace(
    () => {
      const parser = new DOMParser();
      drawing.replaceChildren(
        ...(svg === '' ? [] : [parser.parseFromString(svg, 'image/svg+xml').documentElement]),
      );
      tables.replaceChildren(...parser.parseFromString(html, 'text/html').body.childNodes);
    },
    events.map(({ words }) => words),
  );
}

function showNothing({ current, body }: Parts, message: string): void {
  body.hidden = true;
  current.textContent = message;
}

let askedWidth = 0;

/** Asks for a drawing as wide as there is room, times the zoom. */
function look({ drawing, body }: Parts): void {
  const room = body.hidden ? page.clientWidth - 2 : drawing.clientWidth;
  const width = Math.max(NARROWEST, room) * looks.zoom;
  if (Math.abs(width - askedWidth) < 2) return;
  askedWidth = width;
  host.post({ type: 'look', width, linked: looks.linked });
}

function change(changed: TimelineLooks): void {
  keep(changed);
  askedWidth = 0;
  if (parts) look(parts);
}

function keep(changed: TimelineLooks): void {
  looks = changed;
  host.keep(looks);
}

function zoomBy(steps: number): void {
  const at = ZOOMS.indexOf(looks.zoom) + steps;
  const zoom = ZOOMS[at];
  if (zoom !== undefined) change({ ...looks, zoom });
}

function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}
