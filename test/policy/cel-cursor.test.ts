/** What may stand at a place of a CEL text, half-written or whole; `|` is the cursor. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { reviewShape } from '../../server/src/check/review-shape.ts';
import { CelCursor } from '../../server/src/policy/cel-cursor.ts';
import { NO_CHOICES, Policy } from '../../server/src/policy/policy.ts';
import { loadShippedPack } from '../support/shipped-pack.ts';

const { data } = loadShippedPack();
const policy = new Policy([data!], NO_CHOICES, reviewShape);
const NAMES = { person: 'Person', seen: 'google.protobuf.Timestamp' };

function at(marked: string): CelCursor {
  const offset = marked.indexOf('|');
  return new CelCursor(policy, marked.replace('|', ''), NAMES, offset);
}

const names = (marked: string): string[] =>
  at(marked)
    .suggestions()
    .map(({ name }) => name);

function offers(marked: string, ...wanted: string[]): void {
  const offered = names(marked);
  for (const name of wanted) assert.ok(offered.includes(name), `${marked}: ${name} in ${offered.join(' ')}`);
}

describe('completion in CEL', () => {
  it('begins with sections, names and functions', () => {
    offers('|', 'recording', 'persons', 'params', 'as_of', 'person', 'hours', 'has');
    offers('has(rec|', 'recording');
    assert.ok(!names('|').includes('exists'));
  });

  it('knows the fields of sections, entries and names', () => {
    offers('recording.|', 'reported_at', 'recorded_at');
    offers('recording.rep| > as_of', 'reported_at');
    offers('person.|', 'ref', 'role');
    offers('persons[0].|', 'ref', 'role');
    offers('persons.filter(p, p.role == "victim")[0].|', 'ref');
    offers('linked(person.ref).|', 'found', 'oics');
    assert.ok(!names('persons.|').includes('ref'));
    offers('persons.|', 'exists', 'filter', 'size');
  });

  it('knows what a macro binds, within the macro and nowhere else', () => {
    offers('persons.exists(p, p.|', 'role');
    offers('persons.exists(p, p.role == "oic" && missing.exists(m, m.|))', 'reported_at');
    offers('persons.exists(p, |', 'p');
    assert.ok(!names('persons.exists(p, p.role == "oic") && |').includes('p'));
  });

  it('knows the parameters, with their values', () => {
    offers('params.|', 'record_h', 'tracing_steps');
    const thing = at('x > params.record_h|').thing();
    assert.ok(thing?.kind === 'parameter' && thing.parameter.value === 24);
  });

  it('knows the words that a field may hold, also before the quote is closed', () => {
    offers('person.role == "|"', 'oic', 'sio', 'reviewer');
    offers('person.role == "|', 'sio');
    offers("person.role != 's|'", 'sio');
    offers('persons.exists(p, p.role in ["oic", "|"])', 'sio');
    offers('review.kind.exists(k, k == "|")', 'cse', 'missing');
    offers('"|" in suspect_strategy.steps', 'pnc');
    offers('suspect_strategy.steps["|"].state', 'pnc');
    offers('title("TracingStep", "|")', 'pnc');
    assert.deepEqual(names('person.ref == "|"'), []);
  });

  it('replaces the word at the cursor and no more', () => {
    const { word } = at('recording.repo|rted_at > as_of');
    assert.deepEqual([word.start, word.end], [10, 21]);
    const text = at('person.role == "vic|t"');
    assert.deepEqual([text.word.start, text.word.end], [16, 20]);
  });

  it('answers at every place of every text, however broken', () => {
    const pieces = [
      'person',
      '.',
      'role',
      '==',
      '"',
      "'",
      '(',
      ')',
      '[',
      ']',
      ' ',
      'in',
      'exists',
      'p',
      ',',
      '1',
      '&&',
    ];
    const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 14 }).map(parts => parts.join(''));
    fc.assert(
      fc.property(texts, fc.nat(), (text, n) => {
        const cursor = new CelCursor(policy, text, NAMES, n % (text.length + 1));
        assert.ok(cursor.word.start <= cursor.word.end && cursor.word.end <= text.length);
        cursor.suggestions();
        cursor.thing();
      }),
      { numRuns: 500 },
    );
  });
});
