// Measures `case-review lsp` against a server that only parses: start, typing, hover, completion, inlay hints, memory.
// Each keystroke breaks a word of a vocabulary and the next repairs it, so that a stale answer is seen to be wrong.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { randomOf } from './corpus/random.mjs';
import { makeLongText } from './gen.mjs';
import { LspClient, OpenDocument } from './lib/lsp-client.mjs';
import { becomesQuiet, peakMiB } from './lib/run.mjs';
import { median, medianRatio, percentile } from './lib/statistics.mjs';

/** The words that are typed at, in block style and on one line with others. */
const WORD = /\b(?:state|level|mode|points|grade): ([a-z_]+)\b/;
const BROKEN_WORD = 'schema/not-a-word';
/** Time between the answer to a keystroke and the next one, so that work behind the answer falls into it. */
const PAUSE_MS = 5;

export class Servers {
  constructor({ program, floor, folder }) {
    this.commands = {
      floor: [process.execPath, floor],
      ours: [process.execPath, program, 'lsp', '--stdio'],
    };
    this.folder = folder;
    /** One sentence for each wrong answer. */
    this.faults = [];
    this.answers = 0;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }

  async start(name, env) {
    const client = new LspClient(this.commands[name], pathToFileURL(this.folder).href, env);
    await client.initialize();
    return client;
  }

  document(client, lines, text) {
    const file = path.join(this.folder, `typed-${lines}.case-review.yaml`);
    writeFileSync(file, text);
    return new OpenDocument(client, pathToFileURL(file).href, text);
  }

  /** Spawn to the first diagnostics that show the seeded defect of a review of 150 lines. The first round warms up. */
  async measureStart(rounds, env) {
    const { text, line } = brokenText(makeLongText(150));
    const times = { floor: [], ours: [] };
    for (let round = -1; round < rounds; round++) {
      for (const name of ['floor', 'ours']) {
        const client = await this.start(name, env);
        const document = this.document(client, 150, text);
        document.open();
        const time = (await this.#firstShowing(name, document, line)) - client.startedAt;
        if (round >= 0) times[name].push(time);
        await client.stop();
      }
    }
    return {
      rounds,
      ours: median(times.ours),
      floor: median(times.floor),
      ratio: medianRatio(times.ours, times.floor),
    };
  }

  async #firstShowing(name, document, line) {
    const deadline = performance.now() + 20_000;
    for (;;) {
      const { items, at } = await document.diagnostics();
      if (name === 'floor' || showsBrokenWord(items, line)) return at;
      if (performance.now() > deadline) throw new Error('The server never showed the seeded defect.');
      await sleep(20);
    }
  }

  /** Keystroke to diagnostics, of letters in words and in new keys: blocks of keystrokes in one server and then in the other, both running all the time. */
  async measureTyping(lines, effort) {
    const typists = await this.#openTypists(lines, effort.perBlock);
    const typing = await this.#typeInTurns(typists, effort);
    for (const typist of Object.values(typists)) await typist.beginKeys();
    const newKeys = await this.#typeInTurns(typists, effort);
    const peakMiB = await stopAll(typists);
    return { lines: typists.ours.document.lines.length - 1, ...typing, newKeys, peakMiB };
  }

  /** Questions of an editor, when the server has read all other reviews of the folder. */
  async measureRequests(lines, warmUp) {
    const typist = await this.#openTypist('ours', lines, warmUp);
    const { document } = typist;
    await becomesQuiet(document.client.pid);
    const requests = await this.#measureRequests(document, lines);
    await document.client.stop();
    return requests;
  }

  /** The same beside other reviews of the folder: at once, while a server may still read them, and when it is done. */
  async measureTypingBeside(lines, effort) {
    const typists = await this.#openTypists(lines, effort.perBlock);
    const atOnce = await this.#typeInTurns(typists, effort);
    const isQuiet = await becomesQuiet(typists.ours.document.client.pid);
    const quietAfterMs = performance.now() - typists.ours.document.client.startedAt;
    const whenQuiet = await this.#typeInTurns(typists, effort);
    return { atOnce, whenQuiet, isQuiet, quietAfterMs, peakMiB: await stopAll(typists) };
  }

  async #openTypists(lines, warmUp) {
    const floor = await this.#openTypist('floor', lines, warmUp);
    return { floor, ours: await this.#openTypist('ours', lines, warmUp) };
  }

  async #openTypist(name, lines, warmUp) {
    const client = await this.start(name);
    const document = this.document(client, lines, makeLongText(lines));
    document.open();
    const { items } = await document.diagnostics();
    const typist = new Typist(document, name === 'ours' ? fault => this.#note(lines, fault) : undefined);
    if (name === 'ours') typist.expectNone(items);
    // An even number, so that no word is left broken.
    await typist.type(2 * Math.ceil(Math.max(20, warmUp) / 2));
    return typist;
  }

  async #typeInTurns(typists, { blocks, perBlock }) {
    const medians = { floor: [], ours: [] };
    const times = { floor: [], ours: [] };
    for (let block = 0; block < blocks; block++) {
      for (const name of ['floor', 'ours']) {
        const taken = await typists[name].type(perBlock);
        times[name].push(...taken);
        medians[name].push(median(taken));
      }
    }
    this.answers += times.ours.length;
    const p50 = {
      ours: percentile(times.ours, 0.5),
      floor: percentile(times.floor, 0.5),
      ratio: medianRatio(medians.ours, medians.floor),
    };
    return { keystrokes: times.ours.length, p50, p95: p95(times) };
  }

  async #measureRequests(document, lines, count = 100) {
    const choose = randomOf(3, lines);
    const spots = findWords(document.lines);
    const refs = findRefs(document.lines);
    const note = fault => this.#note(lines, fault);
    const hover = [];
    const completion = [];
    const behindKeystroke = [];
    const ofRefs = [];
    const inlayHints = [];
    const whole = { start: { line: 0, character: 0 }, end: { line: document.lines.length, character: 0 } };
    for (let k = 0; k < count; k++) {
      const { line, start, end, word } = choose.pick(spots);
      hover.push(
        await timed(
          document,
          'textDocument/hover',
          line,
          start + 1,
          result => result?.contents || note('a hover was empty'),
        ),
      );
      const offersWord = result =>
        labels(result).includes(word) || note(`completion did not offer "${word}"`);
      completion.push(await timed(document, 'textDocument/completion', line, end, offersWord));
      inlayHints.push(await this.#timedHints(document, whole, note));
      // As an editor does it: the letter is sent, and the question at once behind it.
      document.edit(line, end - 1, end, '');
      behindKeystroke.push(await timed(document, 'textDocument/completion', line, end - 1, offersWord));
      document.edit(line, end - 1, end - 1, word.at(-1));
      await document.diagnostics();
      await sleep(PAUSE_MS);
      ofRefs.push(await this.#completeRef(document, choose.pick(refs), note));
    }
    const newKey = await this.#completeNewKeys(document, count, note);
    this.answers += 5 * count + newKey.length;
    const times = {
      hover,
      'inlay hints': inlayHints,
      completion,
      'completion behind a keystroke': behindKeystroke,
      'completion behind a letter of a new key': newKey,
      'completion of a ref': ofRefs,
    };
    const p95 = Object.entries(times).map(([request, taken]) => [request, percentile(taken, 0.95)]);
    return { count, p95: Object.fromEntries(p95) };
  }

  /** Completion where a ref was taken away: the officers of all reviews of the folder may stand there, that one included. */
  async #completeRef(document, { line, start, end, ref }, note) {
    document.edit(line, start, end, '');
    const time = await timed(
      document,
      'textDocument/completion',
      line,
      start,
      result => labels(result).includes(ref) || note(`completion did not offer "${ref}"`),
    );
    document.edit(line, start, start, ref);
    await document.diagnostics();
    await sleep(PAUSE_MS);
    return time;
  }

  /** Completion behind the letters of a key that is typed anew and has no colon yet: the word that stood there must be offered. */
  async #completeNewKeys(document, count, note) {
    const choose = randomOf(5, count);
    const spots = findKeyPlaces(document.lines).filter(({ isWhole }) => isWhole);
    const times = [];
    while (times.length < count) {
      const { line, column, key } = choose.pick(spots);
      const text = document.lines[line];
      document.edit(line, column, text.length, '');
      await document.diagnostics();
      const offersKey = result => labels(result).includes(key) || note(`completion did not offer "${key}"`);
      for (let at = column; at < column + 3; at++) {
        document.edit(line, at, at, key[at - column]);
        times.push(await timed(document, 'textDocument/completion', line, at + 1, offersKey));
        await sleep(PAUSE_MS);
      }
      document.edit(line, 0, column + 3, text);
      await document.diagnostics();
    }
    return times;
  }

  /** Of the whole review, which is more than any editor shows at once. */
  async #timedHints({ client, uri }, range, note) {
    const start = performance.now();
    const { result, at } = await client.request('textDocument/inlayHint', { textDocument: { uri }, range });
    if (!result?.some(({ label }) => label.includes('limit'))) note('no inlay hint told a limit');
    return at - start;
  }

  #note(lines, fault) {
    this.faults.push(`At ${lines} lines ${fault}.`);
  }
}

/** Ends the servers and tells the most memory that each has had. */
async function stopAll(typists) {
  const peaks = {};
  for (const [name, { document }] of Object.entries(typists)) {
    peaks[name] = peakMiB(document.client.pid);
    await document.client.stop();
  }
  return peaks;
}

const p95 = ({ ours, floor }) => {
  const both = { ours: percentile(ours, 0.95), floor: percentile(floor, 0.95) };
  return { ...both, ratio: both.ours / both.floor };
};

/** Types in one document; without `note` the server checks nothing, and only its answer for the version is awaited. */
class Typist {
  #spots;
  #choose = randomOf(1, 1);
  #broken;
  #keyPlaces;
  #newKey;

  constructor(document, note) {
    this.document = document;
    this.note = note;
    this.#spots = findWords(document.lines);
  }

  expectNone(items) {
    if (items.some(({ severity }) => severity === 1)) this.note('the untouched review has errors');
  }

  /** The milliseconds of each keystroke. */
  async type(count) {
    const times = [];
    for (let k = 0; k < count; k++)
      times.push(await (this.#keyPlaces ? this.#keyLetter() : this.#keystroke()));
    return times;
  }

  /** From now on it types new keys. */
  async beginKeys() {
    if (this.#broken) await this.#keystroke();
    this.#keyPlaces = findKeyPlaces(this.document.lines);
  }

  /**
   * The next letter of a new key on a line of its own, of the section or of an entry in it. Its text is no YAML until
   * the colon is there; the line is taken away again behind it, which does not count.
   */
  async #keyLetter() {
    if (this.#newKey === undefined) {
      const { line, column } = this.#choose.pick(this.#keyPlaces);
      this.document.insertLine(line, ' '.repeat(column));
      await this.document.diagnostics();
      this.#newKey = { line, column, typed: 0 };
    }
    const { line, column, typed } = this.#newKey;
    const letter = NEW_KEY[typed];
    const start = performance.now();
    this.document.edit(line, column + typed, column + typed, letter);
    const { items, at } = await this.document.diagnostics();
    this.#newKey.typed++;
    const isBroken = letter !== ':';
    if (this.note && showsSyntax(items, line) !== isBroken)
      this.note(isBroken ? 'a key without a colon was not found' : 'a key with its colon was still broken');
    if (!isBroken) await this.endKey();
    await sleep(PAUSE_MS);
    return at - start;
  }

  /** Takes the line of the new key away, with its colon or without. */
  async endKey() {
    if (this.#newKey === undefined) return;
    this.document.removeLine(this.#newKey.line);
    this.#newKey = undefined;
    const { items } = await this.document.diagnostics();
    if (this.note) this.expectNone(items);
  }

  async #keystroke() {
    const spot = this.#broken ?? this.#choose.pick(this.#spots);
    const isBreaking = this.#broken === undefined;
    const start = performance.now();
    if (isBreaking) this.document.edit(spot.line, spot.end, spot.end, 'x');
    else this.document.edit(spot.line, spot.end, spot.end + 1, '');
    const { items, at } = await this.document.diagnostics();
    this.#broken = isBreaking ? spot : undefined;
    if (this.note && showsBrokenWord(items, spot.line) !== isBreaking) {
      this.note(isBreaking ? 'a broken word was not found' : 'a repaired word was still found');
    }
    await sleep(PAUSE_MS);
    return at - start;
  }
}

/** What is typed letter by letter; no review has it. */
const NEW_KEY = 'remembered:';

/** Lines before which a new key can stand in the same column, not in the middle of a text or of braces; whole ones are a key and its value. */
function findKeyPlaces(lines) {
  return lines.flatMap((text, line) => {
    const [, indentation, key, value] = /^( *)([a-z_]{4,}):(?: (\w.*))?$/.exec(text) ?? [];
    if (key === undefined || line === 0 || /(?:[|>][-+]?|,)$/.test(lines[line - 1])) return [];
    const column = indentation.length;
    const isWhole = value !== undefined && !(lines[line + 1]?.search(/\S/) > column);
    return [{ line, column, key, isWhole }];
  });
}

function findWords(lines) {
  return lines.flatMap((text, line) => {
    const match = WORD.exec(text);
    if (!match) return [];
    const end = match.index + match[0].length;
    return [{ line, start: match.index, end, word: match[1] }];
  });
}

/** Where an officer is mentioned that the review lists. */
function findRefs(lines) {
  return lines.flatMap((text, line) => {
    const [mention, ref] = /\b(?:by|supervisor): (OFF-\w{6})\b/.exec(text) ?? [];
    if (ref === undefined) return [];
    const end = text.indexOf(mention) + mention.length;
    return [{ line, start: end - ref.length, end, ref }];
  });
}

const showsSyntax = (items, line) =>
  items.some(({ code, range }) => codeOf(code).startsWith('syntax/') && range.start.line === line);

const codeOf = code => String(code?.value ?? code ?? '');

const showsBrokenWord = (items, line) =>
  items.some(({ code, range }) => code === BROKEN_WORD && range.start.line === line);

function brokenText(text) {
  const lines = text.split('\n');
  const { line, end } = findWords(lines)[0];
  lines[line] = `${lines[line].slice(0, end)}x${lines[line].slice(end)}`;
  return { text: lines.join('\n'), line };
}

async function timed({ client, uri }, method, line, character, judge) {
  const start = performance.now();
  const { result, at } = await client.request(method, {
    textDocument: { uri },
    position: { line, character },
  });
  judge(result);
  return at - start;
}

const labels = result => (Array.isArray(result) ? result : (result?.items ?? [])).map(({ label }) => label);
