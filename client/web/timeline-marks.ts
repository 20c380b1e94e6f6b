/** The marks of a drawn timeline and the rows of its tables: which event is current, and how to get to another. */

export interface MarksHost {
  readonly drawing: HTMLElement;
  readonly tables: HTMLElement;
  /** Tells which event is current. */
  readonly say: (words: string) => void;
  readonly go: (list: 'events' | 'unread', index: number) => void;
  readonly zoom: (steps: number) => void;
}

/** A mark is kept so far from the edges of what is seen, because its label stands beside it. */
const EDGE = 120;

export class TimelineMarks {
  readonly #host: MarksHost;
  #words: readonly string[] = [];
  /** The mark of each event; several events may share one. */
  #marks: readonly SVGGElement[] = [];
  #current: number | undefined;

  constructor(host: MarksHost) {
    this.#host = host;
    const { drawing, tables } = host;
    drawing.addEventListener('keydown', event => this.#press(event));
    drawing.addEventListener('click', ({ target }) => {
      const events = eventsOf((target as Element).closest<SVGGElement>('[data-events]'));
      if (events.length > 0) this.#goTo(events.find(index => index === this.#current) ?? events[0]!);
    });
    drawing.addEventListener('scroll', () => this.#keepTitles());
    tables.addEventListener('click', ({ target }) => {
      const { event, unread } = (target as Element).closest<HTMLElement>('button')?.dataset ?? {};
      if (event !== undefined) this.#goTo(Number(event));
      if (unread !== undefined) host.go('unread', Number(unread));
    });
  }

  /** Shows another drawing of the case, or of another one; where one was, the focus stays on the same event. */
  replace(draw: () => void, words: readonly string[]): void {
    const { drawing } = this.#host;
    const hadFocus = drawing.contains(document.activeElement);
    const kept = this.#current === undefined ? undefined : this.#words[this.#current];
    draw();
    const marks: SVGGElement[] = [];
    for (const mark of drawing.querySelectorAll<SVGGElement>('[data-events]'))
      for (const index of eventsOf(mark)) marks[index] = mark;
    this.#marks = marks;
    this.#words = words;
    const at = kept === undefined ? -1 : words.indexOf(kept);
    this.#current = undefined;
    // One mark is in the order of the Tab key.
    this.#marks[Math.max(at, 0)]?.setAttribute('tabindex', '0');
    this.#host.say('');
    if (at >= 0) this.#show(at, hadFocus);
    this.#keepTitles();
  }

  /** To where the cursor is in the text, which keeps the focus. */
  follow(index: number | undefined): void {
    if (index === undefined) this.#clear();
    else if (index !== this.#current) this.#show(index, false);
  }

  #goTo(index: number): void {
    this.#show(index, false);
    this.#host.go('events', index);
  }

  #press(event: KeyboardEvent): void {
    const at = this.#current ?? eventsOf(document.activeElement)[0] ?? 0;
    const last = this.#marks.length - 1;
    const moves: Readonly<Record<string, () => void>> = {
      ArrowRight: () => this.#show(Math.min(at + 1, last), true),
      ArrowLeft: () => this.#show(Math.max(at - 1, 0), true),
      ArrowDown: () => this.#changeLane(at, 1),
      ArrowUp: () => this.#changeLane(at, -1),
      Home: () => this.#show(0, true),
      End: () => this.#show(last, true),
      Enter: () => this.#goTo(at),
      ' ': () => this.#goTo(at),
      '+': () => this.#host.zoom(1),
      '=': () => this.#host.zoom(1),
      '-': () => this.#host.zoom(-1),
    };
    const move = event.ctrlKey || event.metaKey || event.altKey ? undefined : moves[event.key];
    if (move === undefined || last < 0) return;
    event.preventDefault();
    move();
  }

  /** To the nearest event of the next section that has one. */
  #changeLane(at: number, step: number): void {
    const lanes = [...this.#host.drawing.querySelectorAll('.lane')].filter(lane =>
      lane.querySelector('[data-events]'),
    );
    const here = this.#marks[at]!;
    const next = lanes[lanes.findIndex(lane => lane.contains(here)) + step];
    if (next === undefined) return;
    const left = (mark: Element) => mark.getBoundingClientRect().left;
    const [nearest] = [...next.querySelectorAll('[data-events]')].sort(
      (a, b) => Math.abs(left(a) - left(here)) - Math.abs(left(b) - left(here)),
    );
    const [index] = eventsOf(nearest ?? null);
    if (index !== undefined) this.#show(index, true);
  }

  #show(index: number, takesFocus: boolean): void {
    const mark = this.#marks[index];
    if (mark === undefined) return;
    this.#clear();
    this.#current = index;
    for (const other of this.#marks) other.setAttribute('tabindex', other === mark ? '0' : '-1');
    mark.classList.add('current');
    if (takesFocus) mark.focus({ preventScroll: true });
    this.#bringIntoView(mark);
    this.#host.tables.querySelector(`[data-row="${index}"]`)?.setAttribute('aria-current', 'true');
    this.#host.say(`${index + 1}/${this.#words.length} · ${this.#words[index]}`);
  }

  #clear(): void {
    if (this.#current === undefined) return;
    this.#marks[this.#current]?.classList.remove('current');
    this.#host.tables.querySelector('[aria-current]')?.removeAttribute('aria-current');
    this.#current = undefined;
    this.#host.say('');
  }

  #bringIntoView(mark: SVGGElement): void {
    const { drawing } = this.#host;
    mark.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    const [own, room] = [mark.getBoundingClientRect(), drawing.getBoundingClientRect()];
    const before = own.left - room.left - EDGE;
    const behind = own.left + EDGE - room.right;
    if (before < 0) drawing.scrollLeft += before;
    else if (behind > 0) drawing.scrollLeft += behind;
  }

  /** The titles of the sections stay where they are while the drawing moves sideways. */
  #keepTitles(): void {
    const { drawing } = this.#host;
    drawing.querySelector('.lane-titles')?.setAttribute('transform', `translate(${drawing.scrollLeft} 0)`);
  }
}

function eventsOf(mark: Element | null): number[] {
  const events = mark?.getAttribute('data-events');
  return events ? events.split(' ').map(Number) : [];
}
