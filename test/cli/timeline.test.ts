/** `timeline` writes a review's dates as a drawing or a page, the linked cases with it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cliReview, LATE, LINKED } from '../support/cli-reviews.ts';
import { inFolder, runInProcess } from '../support/cli-scenario.ts';

const FILES = {
  'a.case-review.yaml': cliReview({ more: LATE + LINKED }),
  'b.case-review.yaml': cliReview({ id: 'CASE-8N6B3V' }),
};

const timeline = (...more: string[]) =>
  inFolder(FILES, folder => runInProcess(folder, ['timeline', 'a.case-review.yaml', ...more]));

describe('timeline', () => {
  test('is a page with the drawing and tables of the same facts', async () => {
    const { stdout, status } = await timeline();
    assert.equal(status, 0);
    assert.match(
      stdout,
      /^<!doctype html>.*<svg .*\+66 h 50 min, limit 24 h: Recorded at<.*<table>.*<\/html>\n$/s,
    );
  });

  test('is a drawing of its own, of this review alone where that is asked for', async () => {
    const both = (await timeline('--format', 'svg')).stdout;
    assert.match(
      both,
      /^<svg .*<title id="timeline-title">Timeline of CASE-4T7Q2M, CASE-8N6B3V<.*<\/svg>\n$/s,
    );
    assert.match((await timeline('--format', 'svg', '--no-linked')).stdout, />Timeline of CASE-4T7Q2M</);
  });

  test('runs to the date that is asked for', async () => {
    const { stdout } = await timeline('--as-of', '2026-02-03');
    assert.match(stdout, /Judged as of 3 Feb 2026 23:59</);
  });
});
