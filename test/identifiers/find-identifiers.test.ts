/** What is taken for an identifier, what never is, and what it costs to look. Nothing here belongs to a real person. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { reviewShape } from '../../server/src/check/review-shape.ts';
import { createDetector } from '../../server/src/identifiers/find-identifiers.ts';
import { NO_CHOICES, Policy } from '../../server/src/policy/policy.ts';
import { reviewText } from '../support/generated-reviews.ts';
import { loadShippedPack } from '../support/shipped-pack.ts';

const { detect } = new Policy([loadShippedPack().data!], NO_CHOICES, reviewShape);

/** Each identifier as `kind! "text"`, without the mark of certainty where it only looks like one. */
const found = (text: string) =>
  detect(text).map(
    ({ kind, certain, start, end }) => `${kind}${certain ? '!' : ''} ${text.slice(start, end)}`,
  );

describe('an identifier', () => {
  const cases: readonly (readonly [string, ...string[]])[] = [
    // The range 999 is never issued; the last digit is the checksum.
    ['the number is 999 123 4578', 'nhs_number! 999 123 4578'],
    ['9991234578', 'nhs_number! 9991234578'],
    ['NI number: AB 12 34 56 C', 'national_insurance_number! AB 12 34 56 C'],
    ['AB123456C', 'national_insurance_number AB123456C'],
    ['moved to GIR 0AA', 'postcode GIR 0AA'],
    ['postcode: GIR 0AA', 'postcode! GIR 0AA'],
    ['2003/0062845E', 'pnc_id! 2003/0062845E'],
    ['03/62845E', 'pnc_id! 03/62845E'],
    ['03/62845F', 'pnc_id 03/62845F'],
    ['05/9876/123456R', 'court_reference 05/9876/123456R'],
    ['01AB0000126', 'case_urn 01AB0000126'],
    ['call 07700 900123', 'phone_number 07700 900123'],
    ['mobile: +44 7700 900123', 'phone_number! +44 7700 900123'],
    ['joe@mail.example', 'email_address joe@mail.example'],
    ['DOB 12/03/2010', 'date_of_birth! 12/03/2010'],
    ['born on 3 March 2010', 'date_of_birth! 3 March 2010'],
    ['a car, AB12 CDE', 'vehicle_registration AB12 CDE'],
    ['name: Joe Bloggs', 'name! Joe Bloggs'],
    ['told Mrs Bloggs', 'name Bloggs'],
    ['VIC-7H3K9Q = Joe Bloggs', 'name_of_ref Joe Bloggs'],
    ['told DC 4321 Bloggs', 'name Bloggs'],
    ['asked Jane Bloggs again', 'name Jane Bloggs'],
    ['Mary-Jane Bloggs-Smith rang', 'name Mary-Jane Bloggs-Smith'],
    ['her brother is called Darren', 'name Darren'],
    ['VIC-7H3K9Q = Amy', 'name_of_ref Amy'],
    ['VIC-7H3K9Q is Amy', 'name_of_ref Amy'],
    ['ask OFF-4321', 'other_ref OFF-4321'],
    ['goes to Greenacre School', 'school Greenacre School'],
    ['school: Greenacre', 'school! Greenacre'],
    ['works at Bloggs Bakery', 'workplace Bloggs Bakery'],
    ['lives at 12 Example Road', 'address! 12 Example Road'],
    ['see https://pictures.example/a.jpg', 'image_link https://pictures.example/a.jpg'],
    ['07700 900123 and GIR 0AA', 'phone_number 07700 900123', 'postcode GIR 0AA'],
  ];
  for (const [text, ...expected] of cases)
    test(`is found in "${text}"`, () => assert.deepEqual(found(text), expected));

  const harmless = [
    '999 123 4567, a checksum that fails',
    'QQ 12 34 56 C, the number of the documentation',
    'seen 2026-02-03T10:00:00Z and 02 03 2026 10 30',
    'class 22B, 19E, 019/07, N100/1, SOA2003-s9, outcome 18',
    'CR-26-000142, CAD-local-0142, LOE-1, ACT-12, DEV-3',
    'The School was told, then the High School and the College of Policing',
    'name: Unknown; name: VIC-7H3K9Q; the PC Support desk',
    'within 24 h of 48 h, 5 working days, 1,000 files, 1234567890123456',
    'OFF-DUTY, CASE-LAW, see https://policy.example/page',
    'St George Hospital, the James Park ground, Charlotte Street, Elizabeth Line, Operation Alice Springs',
    "the Lucy Faithfull Foundation, Sarah's Law, Clare's Law, Paul said so",
    'junk GIR 0AAX and xGIR 0AA',
  ];
  for (const text of harmless) test(`is not seen in "${text}"`, () => assert.deepEqual(found(text), []));

  test('is told from a place or body by the words of the pack, which a force may change', () => {
    const text = 'the Lucy Faithfull Foundation, the Lucy Faithfull Bakery';
    assert.deepEqual(found(text), ['name Lucy Faithfull Bakery']);
    const adopted = { by: 'OFF-1D4F6G', on: '2026-01-05', reference: 'minutes of January' };
    const own = (value: readonly string[]) =>
      new Policy(
        [loadShippedPack().data!],
        { ...NO_CHOICES, adopted: { called_after_somebody: { ...adopted, value } } },
        reviewShape,
      )
        .detect(text)
        .map(({ start, end }) => text.slice(start, end));
    assert.deepEqual(own(['Foundation', 'Bakery']), []);
    assert.deepEqual(own(['']), ['Lucy Faithfull Foundation', 'Lucy Faithfull Bakery']);
    assert.deepEqual(own([]), ['Lucy Faithfull Foundation', 'Lucy Faithfull Bakery']);
  });

  test('is never part of a ref of ours: 200,000 of them', () => {
    const letters = 'ABCDEFGHJKMNPQRSTVWXYZ';
    const prefixes = ['VIC', 'SUS', 'ASC', 'WIT', 'OFF', 'CASE', 'MIS'];
    const { sample } = fc;
    const refs = sample(
      fc
        .tuple(fc.constantFrom(...prefixes), fc.nat(220 ** 3 - 1))
        .map(
          ([prefix, n]) =>
            `${prefix}-${[n % 220, Math.floor(n / 220) % 220, Math.floor(n / 48_400)].map(pair => `${Math.floor(pair / 22)}${letters[pair % 22]}`).join('')}`,
        ),
      200_000,
    );
    assert.deepEqual(found(refs.join(' ')), []);
    assert.deepEqual(found(refs.join('\n')), []);
    assert.deepEqual(found(`{${refs.map(ref => `a: ${ref}`).join(', ')}}`), []);
  });

  test('is never seen in a generated review', () => {
    fc.assert(
      fc.property(reviewText, text => {
        const planted = /Joe Bloggs|Greenacre School|OFF-4321|OFF-123456/;
        assert.deepEqual(
          found(text).filter(one => !planted.test(one)),
          [],
        );
      }),
      { numRuns: 200 },
    );
  });

  test('of a kind of the force comes under its name', () => {
    const own = createDetector({
      allowedWords: [],
      givenNames: [],
      namesakes: [],
      local: [{ name: 'collar number', pattern: /PC \d{4}/gu }],
    });
    assert.deepEqual(own('PC 4321 was there'), [
      { kind: 'local', name: 'collar number', certain: false, start: 0, end: 7 },
    ]);
  });

  // A search that looks back over the text at every place of it would run into the time limit of test files.
  test('is looked for in time that grows with the text and not faster', () => {
    const nasty = [
      'a@',
      '0 1 2 3 4 5 6 7 8 9 ',
      'Aa Bb Cc ',
      '1/1',
      'name: Aa ',
      'Jane Jane-',
      'http://x.',
      'A1 1',
      'born ',
    ];
    for (const piece of nasty) detect(piece.repeat(100_000));
  });
});
