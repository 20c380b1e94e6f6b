/** Inlay hints: the whole review with its hints put in, as an editor shows it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type InlayHint, InlayHintRequest } from 'vscode-languageserver-protocol/node';
import { LspSession, MODERN } from '../support/lsp-session.ts';
import { FORCE_PACK, LATE, reviewText } from '../support/reviews.ts';

const NAME = 'a.case-review.yaml';
const REFRESHING = {
  ...MODERN,
  workspace: { ...MODERN.workspace, inlayHint: { refreshSupport: true }, codeLens: { refreshSupport: true } },
};

async function hintsOf(session: LspSession, name = NAME, lines?: readonly [number, number]) {
  const document = session.documents.get(name.includes(':') ? name : `file:///reviews/${name}`)!;
  const end = lines ? { line: lines[1], character: 0 } : document.positionAt(document.getText().length);
  const range = { start: { line: lines?.[0] ?? 0, character: 0 }, end };
  const params = { textDocument: { uri: document.uri }, range };
  return (await session.connection.sendRequest(InlayHintRequest.type, params)) ?? [];
}

/** What stands before each hint on its line, and the hint. */
function show(session: LspSession, hints: readonly InlayHint[], name = NAME): string[] {
  const document = session.documents.get(name.includes(':') ? name : `file:///reviews/${name}`)!;
  return hints.map(({ position, label }) => {
    const line = document.getText({ start: { ...position, character: 0 }, end: position });
    return `${line.trim()} «${label}»`;
  });
}

async function shown(more: string, name = NAME): Promise<string[]> {
  const session = await LspSession.start({ files: FORCE_PACK });
  await session.open(name, reviewText({ more }));
  const hints = show(session, await hintsOf(session, name), name);
  await session.stop();
  return hints;
}

describe('inlay hints', () => {
  it('say how long a clock ran and what its limit is, kept or broken', async () => {
    assert.deepEqual(await shown(LATE), ['recorded_at: 2026-02-05T21:10:00Z «+72 h, limit 24 h»']);
    assert.deepEqual(await shown(LATE.replace('02-05', '02-03')), [
      'recorded_at: 2026-02-03T21:10:00Z «+24 h, limit 24 h»',
    ]);
  });

  it('say at its start what a clock waits for that nobody stopped, and what it has come to', async () => {
    const open = LATE.replace(/ {2}recorded_at.*\n/, '');
    assert.match(
      (await shown(open))[0] ?? '',
      /^reported_at: .* «Recorded at: not done after 853 h 20 min \(35 days\), limit 24 h \(due 3 Feb 2026/,
    );
    assert.match(
      (await shown(open.replace('02-02T21:10', '03-10T09:10')))[0] ?? '',
      /«Recorded at: 1 h 20 min so far, limit 24 h \(due 11 Mar 2026/,
    );
  });

  it('expand codes of outcomes, classes and cancellations, and no plain words', async () => {
    const more = `persons:
  - {ref: VIC-7H3K9Q, category: victim, age_band_at_offence: "13_15"}
recording:
  offences:
    - {crime_ref: CR-1, class: "22B"}  # 😀
    - {crime_ref: CR-2, class: 21}
  cancel: {code: C2}
closure:
  proposed_outcome: 18
`;
    assert.deepEqual(await shown(more), [
      '- {crime_ref: CR-1, class: "22B" «Sexual activity involving a child under 16»',
      'cancel: {code: C2 «no notifiable crime»',
      'proposed_outcome: 18 «investigation complete, no suspect identified»',
    ]);
  });

  it('stand behind emoji and with CRLF where the value ends, also in a document never saved', async () => {
    const more = 'recording: {reason: "😀😀", cancel: {code: C2}}\n'.replace('\n', '\r\n');
    for (const name of [NAME, 'untitled:Untitled-1'])
      assert.deepEqual(await shown(more, name), [
        'recording: {reason: "😀😀", cancel: {code: C2 «no notifiable crime»',
      ]);
  });

  it('come only for the lines that are shown', async () => {
    const session = await LspSession.start({ files: FORCE_PACK });
    await session.open(NAME, reviewText({ more: `${LATE}closure:\n  proposed_outcome: 18\n` }));
    assert.equal((await hintsOf(session)).length, 2);
    assert.deepEqual(show(session, await hintsOf(session, NAME, [9, 12])), [
      'proposed_outcome: 18 «investigation complete, no suspect identified»',
    ]);
    assert.deepEqual(await hintsOf(session, NAME, [0, 3]), []);
    await session.stop();
  });

  it('are silent on an empty file, broken YAML and other files', async () => {
    const session = await LspSession.start();
    for (const text of ['', '[', 'closure: {proposed_outcome: [18']) {
      await session.open(NAME, text);
      assert.deepEqual(await hintsOf(session), [], text);
    }
    await session.open('notes.yaml', 'closure: {proposed_outcome: 18}\n', 'yaml');
    assert.deepEqual(await hintsOf(session, 'notes.yaml'), []);
    await session.stop();
  });

  it('are asked for again when the policy changes, and not when the document is edited', async () => {
    const session = await LspSession.start({ files: FORCE_PACK, capabilities: REFRESHING });
    await session.scanned();
    await session.open(NAME, reviewText({ more: LATE }));
    await session.until(() => session.hintRefreshes > 0, 'the refresh after opening');
    const before = session.hintRefreshes;
    await session.replace(NAME, '02-05', '02-06');
    assert.deepEqual(show(session, await hintsOf(session)), [
      'recorded_at: 2026-02-06T21:10:00Z «+96 h (4 days), limit 24 h»',
    ]);
    assert.equal(session.hintRefreshes, before);
    const pack = FORCE_PACK['policies/force/pack.yaml']!;
    await session.write('policies/force/pack.yaml', pack.replace('value: 24', 'value: 48'));
    await session.until(() => session.hintRefreshes > before, 'the refresh after a change of policy');
    assert.deepEqual(show(session, await hintsOf(session)), [
      'recorded_at: 2026-02-06T21:10:00Z «+96 h (4 days), limit 48 h»',
    ]);
    await session.stop();
  });
});
