/** The grammar, tokenized by the library VS Code uses: lines on the left, the scopes that matter on the right. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { test } from 'node:test';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';
import { ANSWER_MODIFIERS } from '../../server/src/lsp/semantic-tokens.ts';
import { LANGUAGE_ID } from '../../server/src/protocol.ts';

const root = path.resolve(import.meta.dirname, '../../..');

async function loadGrammar(): Promise<textmate.IGrammar> {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm'));
  await oniguruma.loadWASM(new Uint8Array(wasm).buffer);
  const file = path.join(root, 'syntaxes/case-review.tmLanguage.json');
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: patterns => new oniguruma.OnigScanner(patterns),
      createOnigString: text => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => textmate.parseRawGrammar(readFileSync(file, 'utf8'), file),
  });
  const grammar = await registry.loadGrammar('source.yaml.case-review');
  assert.ok(grammar);
  return grammar;
}

/** `text → innermost scope` for each token that has a scope of its own, over all lines. */
function tokenize(grammar: textmate.IGrammar, text: string): string[] {
  let state = textmate.INITIAL;
  const tokens: string[] = [];
  for (const line of text.split('\n')) {
    const result = grammar.tokenizeLine(line, state);
    state = result.ruleStack;
    for (const { startIndex, endIndex, scopes } of result.tokens) {
      const scope = scopes.at(-1) ?? '';
      const word = line.slice(startIndex, endIndex).trim();
      if (word !== '' && !/^(source|punctuation|meta)\b/.test(scope)) tokens.push(`${word} → ${scope}`);
    }
  }
  return tokens;
}

const KEY = 'entity.name.tag.yaml';
const PLAIN = 'string.unquoted.plain.yaml';
const DONE = 'markup.inserted.answer.done.case-review';
const NOT_APPLICABLE = 'constant.language.answer.not-applicable.case-review';
const OUTSTANDING = 'markup.changed.answer.outstanding.case-review';
const VICTIM = 'entity.name.type.ref.victim.case-review';
const SUSPECT = 'entity.name.function.ref.suspect.case-review';
const OFFICER = 'variable.other.constant.ref.officer.case-review';
const CLASS = 'constant.other.offence-class.case-review';
const OUTCOME = 'constant.numeric.outcome.case-review';
const DATE = 'constant.other.date.case-review';
const INSTANT = 'constant.other.instant.case-review';

const TABLE: readonly [text: string, tokens: readonly string[]][] = [
  ['# a note', ['a note → comment.line.number-sign.yaml']],
  ['schema: case-review/1', [`schema → ${KEY}`, `case-review/1 → ${PLAIN}`]],
  [
    '  pnc: {state: done, at: 2026-02-03}',
    [`pnc → ${KEY}`, `state → ${KEY}`, `done → ${DONE}`, `at → ${KEY}`, `2026-02-03 → ${DATE}`],
  ],
  [
    'state: not_applicable # why',
    [`state → ${KEY}`, `not_applicable → ${NOT_APPLICABLE}`, 'why → comment.line.number-sign.yaml'],
  ],
  ['state: outstanding', [`state → ${KEY}`, `outstanding → ${OUTSTANDING}`]],
  ['note: nothing is outstanding', [`note → ${KEY}`, `nothing is outstanding → ${PLAIN}`]],
  ['note: done with that', [`note → ${KEY}`, `done with that → ${PLAIN}`]],
  ['done: true', [`done → ${KEY}`, 'true → constant.language.yaml']],
  ['- ref: SUS-2M8X4T', [`ref → ${KEY}`, `SUS-2M8X4T → ${SUSPECT}`]],
  ['with: [VIC-7H3K9Q, parent]', [`with → ${KEY}`, `VIC-7H3K9Q → ${VICTIM}`, `parent → ${PLAIN}`]],
  [
    'text: messages of VIC-7H3K9Q here',
    [`text → ${KEY}`, `messages of → ${PLAIN}`, `VIC-7H3K9Q → ${VICTIM}`, `here → ${PLAIN}`],
  ],
  ['ref: VIC-773K9Q', [`ref → ${KEY}`, `VIC-773K9Q → ${PLAIN}`]],
  ['by: "OFF-1D4F6G"', [`by → ${KEY}`, `OFF-1D4F6G → ${OFFICER}`]],
  ['reported_at: 2026-02-02T21:10:00Z', [`reported_at → ${KEY}`, `2026-02-02T21:10:00Z → ${INSTANT}`]],
  ['at: 2026-13-02', [`at → ${KEY}`, `2026-13-02 → ${PLAIN}`]],
  ['  class: "22B"', [`class → ${KEY}`, `"22B" → ${CLASS}`]],
  [
    '- {crime_ref: CR-1, class: 19E, principal: true}',
    [
      `crime_ref → ${KEY}`,
      `CR-1 → ${PLAIN}`,
      `class → ${KEY}`,
      `19E → ${CLASS}`,
      `principal → ${KEY}`,
      'true → constant.language.yaml',
    ],
  ],
  ['class: 99Z', [`class → ${KEY}`, `99Z → ${PLAIN}`]],
  ['proposed_outcome: 18', [`proposed_outcome → ${KEY}`, `18 → ${OUTCOME}`]],
  ['subjects: 7', [`subjects → ${KEY}`, '7 → constant.numeric.yaml']],
  ['bail: null', [`bail → ${KEY}`, 'null → constant.language.yaml']],
  [
    "note: 'it''s # no note'",
    [
      `note → ${KEY}`,
      'it → string.quoted.single.yaml',
      "'' → constant.character.escape.yaml",
      's # no note → string.quoted.single.yaml',
    ],
  ],
  ['"quoted key": x', [`"quoted key" → ${KEY}`, `x → ${PLAIN}`]],
  ['url: urn:x#y', [`url → ${KEY}`, `urn:x#y → ${PLAIN}`]],
  [
    'a: &one x',
    [`a → ${KEY}`, '& → keyword.control.anchor.yaml', 'one → entity.name.type.anchor.yaml', `x → ${PLAIN}`],
  ],
  ['b: *one', [`b → ${KEY}`, '* → keyword.control.anchor.yaml', 'one → entity.name.type.anchor.yaml']],
  [
    'note: |\n  state: done\n\n  SUS-2M8X4T said\nnext: x',
    [
      `note → ${KEY}`,
      '| → keyword.control.flow.block-scalar.yaml',
      'state: done → string.unquoted.block.yaml',
      `SUS-2M8X4T → ${SUSPECT}`,
      'said → string.unquoted.block.yaml',
      `next → ${KEY}`,
      `x → ${PLAIN}`,
    ],
  ],
  [
    'items:\n  - note: >-\n      folded text\n    at: 2026-02-03',
    [
      `items → ${KEY}`,
      `note → ${KEY}`,
      '> → keyword.control.flow.block-scalar.yaml',
      '- → storage.modifier.block-scalar.yaml',
      'folded text → string.unquoted.block.yaml',
      `at → ${KEY}`,
      `2026-02-03 → ${DATE}`,
    ],
  ],
  [
    'tie: {category: "adults\n  at venue", subjects: 7}',
    [
      `tie → ${KEY}`,
      `category → ${KEY}`,
      'adults → string.quoted.double.yaml',
      'at venue → string.quoted.double.yaml',
      `subjects → ${KEY}`,
      '7 → constant.numeric.yaml',
    ],
  ],
];

test('each line of a review gets its scopes', async t => {
  const grammar = await loadGrammar();
  for (const [text, expected] of TABLE) {
    await t.test(JSON.stringify(text), () => assert.deepEqual(tokenize(grammar, text), expected));
  }
});

test('the tokens of the server, which cover the grammar, leave the answers their colours', async () => {
  const { contributes } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const [{ language, scopes }] = contributes.semanticTokenScopes;
  assert.equal(language, LANGUAGE_ID);
  const grammar = await loadGrammar();
  const coloured = Object.entries(ANSWER_MODIFIERS).map(([word, modifier]) => {
    const [, scope = ''] = /→ (.*)\.case-review$/.exec(tokenize(grammar, `state: ${word}`)[1]!) ?? [];
    return [`enumMember.${modifier}`, [scope]];
  });
  assert.deepEqual(scopes, Object.fromEntries(coloured));
});

test('the grammar is fresh from the schema', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/generate-grammar.mjs', '--check'], {
    cwd: root,
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
});
