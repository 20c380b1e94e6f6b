/** Markers that are written are read as the findings that they were written for. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { parseMarkedText, writeMarkedText } from '../../server/src/check/marked-text.ts';

it('findings written as markers are read again, wherever they stand', () => {
  const lines = fc.array(fc.constantFrom('', 'a: b', '  recorded_at: 2026', '- x', '      deep: 1'), {
    minLength: 1,
  });
  const places = fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 4 });
  fc.assert(
    fc.property(lines, places, (parts, offsets) => {
      const text = parts.join('\n');
      const findings = offsets.map(([a, b], i) => {
        const [x, y] = [a % (text.length + 1), b % (text.length + 1)];
        const span = { start: Math.min(x, y), end: Math.max(x, y) };
        return { span, rule: `theme/rule-${i}`, message: `It says "${i}".` };
      });
      const read = parseMarkedText(writeMarkedText(text, findings));
      assert.equal(read.text, text);
      const simple = (mark: { rule: string; start: number; end: number; message: string | undefined }) =>
        [mark.rule, mark.start, mark.end, mark.message].join(' ');
      assert.deepEqual(
        read.marks.map(simple).sort(),
        findings.map(({ span, ...finding }) => simple({ ...span, ...finding })).sort(),
      );
    }),
  );
});
