/** The server speaks the language of the editor where there is a bundle for it; what it judges does not depend on that. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { CodeAction, CodeLens, CompletionList, Hover, InlayHint } from 'vscode-languageserver';
import { CHECKLIST_REQUEST, type ChecklistEntry, type ChecklistResult } from '../../server/src/protocol.ts';
import { LspSession, type SessionOptions, uriOf } from '../support/lsp-session.ts';
import { LATE, reviewText } from '../support/reviews.ts';
import { repositoryRoot } from '../support/shipped-pack.ts';

const NAME = 'a.case-review.yaml';
const HOME = 'file:///program/';
const english: Record<string, string> = JSON.parse(
  readFileSync(join(repositoryRoot, 'l10n/bundle.l10n.json'), 'utf8'),
);
/** Every text in brackets, so that one without them has not gone through the bundle. */
const bracketed = Object.fromEntries(Object.entries(english).map(([key, text]) => [key, `⟦${text}⟧`]));

const whole = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };

/** What an editor shows of a review beside its diagnostics. */
async function shownTexts(options: SessionOptions): Promise<string[]> {
  const session = await LspSession.start(options);
  const textDocument = { uri: uriOf(NAME) };
  const document = await session.open(NAME, reviewText({ more: LATE }));
  const ask = <R>(method: string, params: object): Promise<R> =>
    session.connection.sendRequest(method, { textDocument, ...params });
  const diagnostics = await session.diagnostics(NAME);
  const { progress, sections } = await ask<ChecklistResult>(CHECKLIST_REQUEST, textDocument);
  const wordsOf = (entry: ChecklistEntry): string[] => [entry.words, ...entry.entries.flatMap(wordsOf)];
  const lenses = await ask<CodeLens[]>('textDocument/codeLens', {});
  const hints = await ask<InlayHint[]>('textDocument/inlayHint', { range: whole });
  const actions = await ask<CodeAction[]>('textDocument/codeAction', {
    range: whole,
    context: { diagnostics },
  });
  const at = document.getText().indexOf('recorded_at:');
  const hover = await ask<Hover>('textDocument/hover', { position: document.positionAt(at) });
  const position = document.positionAt(at + 'recorded_at: '.length);
  const { items } = await ask<CompletionList>('textDocument/completion', { position });
  await session.stop();
  const lines = (hover.contents as { value: string }).value.split(/\s*\n/);
  return [
    progress,
    ...sections.flatMap(wordsOf),
    ...lenses.flatMap(({ command }) => command?.title ?? []),
    ...hints.map(({ label }) => String(label)),
    ...actions.map(({ title }) => title).filter(title => title.startsWith('⟦') || title.startsWith('Waive')),
    ...lines.filter(line => /^\W*(?:Time|Confidence|Limit|In force|Source|\d+ h after)\b/.test(line)),
    ...items.flatMap(({ detail }) => detail ?? []),
  ];
}

describe('the language of the editor', () => {
  const files = { [`${HOME}l10n/bundle.l10n.qps.json`]: JSON.stringify(bracketed) };

  it('is that of the bundle beside the program', async () => {
    const texts = await shownTexts({ files, home: HOME, locale: 'qps-ploc' });
    assert.ok(texts.length > 15, texts.join('\n'));
    assert.deepEqual(
      texts.filter(text => !text.includes('⟦')),
      [],
    );
  });

  it('is that of the bundle which the client hands over', async () => {
    const texts = await shownTexts({ initializationOptions: { trusted: true, texts: bracketed } });
    assert.match(texts[0] ?? '', /^⟦\d+ of \d+ answered⟧/);
  });

  it('is English where there is no bundle, or one that is broken or lacks a text', async () => {
    const broken = { [`${HOME}l10n/bundle.l10n.cy.json`]: '{' };
    const { '{answered} of {all} answered': _, ...rest } = bracketed;
    const lacking = { [`${HOME}l10n/bundle.l10n.cy.json`]: JSON.stringify(rest) };
    for (const found of [{}, broken, lacking]) {
      const [progress] = await shownTexts({ files: found, home: HOME, locale: 'cy-GB' });
      assert.match(progress ?? '', /^\d+ of \d+ answered/);
    }
  });

  it('changes nothing of what is found', async () => {
    const findings = async (options: SessionOptions) => {
      const session = await LspSession.start(options);
      await session.open(NAME, reviewText({ more: LATE }));
      const diagnostics = await session.diagnostics(NAME);
      await session.stop();
      return diagnostics.map(({ code, severity, range, data }) => ({ code, severity, range, data }));
    };
    const found = await findings({});
    assert.ok(found.length > 0);
    assert.deepEqual(await findings({ files, home: HOME, locale: 'qps-ploc' }), found);
  });
});
