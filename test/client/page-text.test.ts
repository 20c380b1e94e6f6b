/** The HTML around the pages of the extension: what may run there and what may be reached. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { writePage } from '../../client/src/page-text.ts';

const PARTS = {
  title: 'Timeline',
  language: 'en',
  source: 'https://*.example',
  nonce: 'n-1',
  script: 'https://x.example/dist/timeline-page.js',
  style: 'https://x.example/dist/timeline-page.css',
};

describe('the page of a webview', () => {
  it('runs its own script only and reaches nothing', () => {
    const page = writePage(PARTS);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1];
    assert.equal(policy, "default-src 'none'; style-src https://*.example; script-src 'nonce-n-1'");
    const scripts = [...page.matchAll(/<script\b[^>]*>([^<]*)/g)];
    assert.deepEqual(
      scripts.map(([, inline]) => inline),
      [''],
    );
    assert.match(scripts[0]![0], / nonce="n-1" src="https:\/\/x\.example\/dist\/timeline-page\.js"/);
    assert.doesNotMatch(page, /<style|\son\w+=|\sstyle=/);
  });

  it('shows a title as it is written', () => {
    assert.match(writePage({ ...PARTS, title: '<b> & "c"' }), /<title>&lt;b> &amp; &quot;c&quot;<\/title>/);
  });
});
