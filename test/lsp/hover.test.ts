/** Hover: the cursor is the `|` in the text. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Hover, HoverRequest, type MarkupContent } from 'vscode-languageserver-protocol/node';
import { LspSession, PLAIN } from '../support/lsp-session.ts';
import { FORCE_PACK, LATE, reviewText } from '../support/reviews.ts';

const NAME = 'a.case-review.yaml';

async function hover(
  marked: string,
  capabilities?: typeof PLAIN,
  files: Readonly<Record<string, string>> = FORCE_PACK,
): Promise<{ text: string; kind: string | undefined; at: string; found: Hover | null }> {
  const session = await LspSession.start({ files, ...(capabilities && { capabilities }) });
  const whole = reviewText({ more: marked });
  await session.scanned();
  const offset = whole.indexOf('|');
  const document = await session.open(NAME, whole.slice(0, offset) + whole.slice(offset + 1));
  const found = await session.connection.sendRequest(HoverRequest.type, {
    textDocument: { uri: document.uri },
    position: document.positionAt(offset),
  });
  await session.stop();
  const contents = found?.contents as MarkupContent | undefined;
  return {
    text: contents?.value ?? '',
    kind: contents?.kind,
    at: document.getText(found?.range),
    found,
  };
}

describe('hover', () => {
  it('says what a field means, which rules judge it and why, and the time that ends there', async () => {
    const { text, at } = await hover(LATE.replace('recorded_at', 'record|ed_at'));
    assert.equal(at, 'recorded_at');
    assert.match(text, /^\*\*Recorded at\*\* {2}\nWhen the crime was recorded\./);
    assert.match(text, /72 h after “Reported at”, limit 24 h: over the limit/);
    assert.match(
      text,
      /\*\*A crime is recorded in time\*\* \(`recording\/recorded-in-time`\) {2}\nWhat is not recorded cannot be investigated\./,
    );
    assert.match(text, /Confidence: a limit of the force/);
    assert.match(
      text,
      /Limit: Hours to record a crime \(record\\_h\): 24 hours \(local, from the pack force\)\./,
    );
    assert.match(text, /In force: from 2016-01-01\./);
    assert.match(text, /Source: Force order 7, Anyshire Police, 2024, orders\.example\/7\./);
  });

  it('says once what a field means, also one that is called by a word', async () => {
    const status = await hover('persons: [{ref: SUS-2M8X4T, category: suspect, stat|us: arrested}]\n', PLAIN);
    assert.match(status.text, /^Status\nHow far the search for this suspect has come\.(\n\n|$)/);
    const step = await hover('suspect_strategy: {steps: {cc|tv: {state: outstanding}}}\n', PLAIN);
    assert.match(
      step.text,
      /^CCTV\nCameras found, footage secured and viewed\.\nDone with a date, not applicable with a reason, or outstanding\.(\n\n|$)/,
    );
  });

  it('says so in plain text to a client that knows no Markdown', async () => {
    const { text, kind } = await hover(LATE.replace('recorded_at', 'record|ed_at'), PLAIN);
    assert.equal(kind, 'plaintext');
    assert.match(text, /^Recorded at\nWhen the crime was recorded\./);
    assert.match(text, /A crime is recorded in time \(recording\/recorded-in-time\)\n/);
  });

  it('counts from the place where a clock starts', async () => {
    const { text, at } = await hover(LATE.replace('2026-02-02', '2026-|02-02'));
    assert.equal(at, '2026-02-02T21:10:00Z');
    assert.match(text, /72 h until “Recorded at”, limit 24 h/);
  });

  it('counts working days one by one, and says which version of a rule applies', async () => {
    const rule = FORCE_PACK['policies/force/recording/recorded-in-time.yaml']!.replace(
      'limit: params.record_h, unit: hours',
      'limit: "1", unit: working_days',
    ).replace(
      /(versions:\n)( {2}- from: 2016-01-01\n)([\s\S]*)(examples:)/,
      '$1$2    until: 2026-01-01\n$3  - from: 2026-01-01\n$3$4',
    );
    const files = { ...FORCE_PACK, 'policies/force/recording/recorded-in-time.yaml': rule };
    const late = LATE.replaceAll('02-02T', '02-06T').replace('02-05T', '02-10T');
    const { text } = await hover(late.replace('recorded_at', 'record|ed_at'), undefined, files);
    assert.match(
      text,
      /Working days: Sat 7 Feb 2026: weekend; Sun 8 Feb 2026: weekend; Mon 9 Feb 2026: 1; Tue 10 Feb 2026: 2$/m,
    );
    assert.match(
      text,
      /In force: 2016-01-01 until 2026-01-01; from 2026-01-01; here the one from 2026-01-01\./,
    );
  });

  it('says what a word means', async () => {
    const { text, at } = await hover('persons:\n  - {ref: VIC-7H3K9Q, category: vic|tim}\n');
    assert.equal(at, 'victim');
    assert.match(text, /^\*\*Victim\*\*/);
    assert.match(text, /\*\*Category\*\*/);
  });

  it('says what a word means that is a key', async () => {
    const { text } = await hover('suspect_strategy:\n  steps:\n    cc|tv: {state: outstanding}\n');
    assert.match(text, /^\*\*CCTV\*\* {2}\nCameras found, footage secured and viewed\./);
  });

  it('says what part a person plays, and no more', async () => {
    const { text } = await hover(
      'persons:\n  - {ref: VIC-7H3K9Q, category: victim, sex: female}\nrecording:\n  offences:\n    - victim: VIC-7H|3K9Q\n',
    );
    assert.match(text, /^\*\*VIC-7H3K9Q\*\* {2}\nVictim\n\n\*\*/);
  });

  it('says which review holds a linked case', async () => {
    const files = { ...FORCE_PACK, 'b.case-review.yaml': reviewText({ id: 'CASE-8N6B3V', state: 'draft' }) };
    const links = 'links: {cases: [{ref: CASE-8N|6B3V, relation: sibling}]}\n';
    const { text } = await hover(links, undefined, files);
    assert.match(text, /^\*\*CASE-8N6B3V\*\* {2}\nDraft, b\.case-review\.yaml\n/);
    assert.match((await hover(links)).text, /^\*\*Ref\*\*/);
  });

  it('is silent on free text, comments and the unknown', async () => {
    for (const marked of ['# com|ment\n', 'nonsense: tr|ue\n', '\n|\n'])
      assert.equal((await hover(marked)).found, null, marked);
  });
});
