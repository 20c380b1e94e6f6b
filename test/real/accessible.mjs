// Whether a page, or the page within a webview, can be used by everybody, as far as axe-core can tell.
import assert from 'node:assert/strict';
import axe from 'axe-core';

/** WCAG 2.2, levels A and AA, and what axe-core counts as good practice besides. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * @param {import('playwright-core').Frame | import('playwright-core').Page} frame
 * @param {string} [within] a selector
 * @param {readonly string[]} [framework] rules that VS Code's own frame breaks there, so that nobody else can keep them
 */
export async function assertAccessible(frame, within = 'html', framework = []) {
  await frame.evaluate(axe.source);
  // What fades in has too little contrast while it does.
  await frame.evaluate(() => {
    const moving = document
      .getAnimations()
      .filter(one => one.playState === 'running' && one.effect.getComputedTiming().endTime !== Infinity);
    return Promise.allSettled(moving.map(({ finished }) => finished)).then(() => {});
  });
  const violations = await frame.evaluate(
    async ({ context, tags, framework }) => {
      const result = await globalThis.axe.run(context, {
        runOnly: tags,
        resultTypes: ['violations'],
        rules: Object.fromEntries(framework.map(rule => [rule, { enabled: false }])),
      });
      return result.violations.map(({ id, help, nodes }) => ({
        id,
        help,
        nodes: nodes.slice(0, 3).map(({ html, failureSummary }) => `${html}\n${failureSummary}`),
      }));
    },
    { context: within, tags: TAGS, framework },
  );
  assert.deepEqual(violations, []);
}
