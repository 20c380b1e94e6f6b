/** Help while policy is written: completion, hover and definitions in rule, pack and configuration files. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CompletionList, Hover, Location, TextEdit } from 'vscode-languageserver-protocol';
import { LspSession, uriOf } from '../support/lsp-session.ts';
import { FORCE_PACK } from '../support/reviews.ts';

const CONFIG = 'case-review.config.yaml';
const PACK = 'policies/force/pack.yaml';
const RULE = 'policies/force/recording/recorded-in-time.yaml';

/** Opens a file in which `|` is the cursor and asks there. */
async function ask<T>(method: string, name: string, marked: string) {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const session = await LspSession.start({ files: FORCE_PACK });
  const document = await session.open(name, text, 'yaml');
  const at = { textDocument: { uri: document.uri }, position: document.positionAt(offset) };
  const answer = await session.connection.sendRequest<T>(`textDocument/${method}`, at);
  await session.stop();
  return { answer, document };
}

const inRule = (from: string, to: string): string => FORCE_PACK[RULE]!.replace(from, to);

/** The text after a completion is taken. */
async function completed(name: string, marked: string, label: string): Promise<string> {
  const { answer, document } = await ask<CompletionList>('completion', name, marked);
  const edit = answer.items.find(item => item.label === label)?.textEdit as TextEdit | undefined;
  assert.ok(edit, `${label} in ${answer.items.map(item => item.label)}`);
  const [start, end] = [document.offsetAt(edit.range.start), document.offsetAt(edit.range.end)];
  return document.getText().slice(0, start) + edit.newText + document.getText().slice(end);
}

describe('completion in a rule file', () => {
  it('offers fields, parameters and words in every style of scalar', async () => {
    const whens = [
      ['when: recording.rec|', 'recorded_at', 'when: recording.recorded_at'],
      ["when: 'recording.| > as_of'", 'recorded_at', "when: 'recording.recorded_at > as_of'"],
      ['when: "has(recording.rec|)"', 'recorded_at', 'when: "has(recording.recorded_at)"'],
      [
        'when: >-\n          has(recording.reported_at) &&\n          hours(as_of, as_of) > params.|',
        'record_h',
        '> params.record_h',
      ],
      ['when: persons.exists(p, p.role == "|")', 'oic', 'p.role == "oic"'],
      ['when: |', 'persons', 'when: persons'],
    ] as const;
    for (const [marked, label, wanted] of whens) {
      const text = await completed(RULE, inRule('clock:', `${marked}\n        clock:`), label);
      assert.ok(text.includes(wanted), `${marked}: ${text}`);
    }
  });

  it('offers what a message may say within its braces, and nothing outside of them', async () => {
    const inside = await completed(RULE, inRule('${limit}', '${|}'), 'elapsed');
    assert.ok(inside.includes('limit ${elapsed}.'));
    const { answer } = await ask<CompletionList>('completion', RULE, inRule('after the', 'after| the'));
    assert.deepEqual(answer.items, []);
  });

  it('offers keys and words of the form elsewhere', async () => {
    assert.ok(
      (await completed(RULE, inRule('severity: error', 'severity: |'), 'warning')).includes(
        'severity: warning',
      ),
    );
    assert.ok(
      (
        await completed(PACK, FORCE_PACK[PACK]!.replace('title: Rules', '|title: Rules'), 'vocabulary')
      ).includes('vocabulary:'),
    );
  });

  it('offers parameters and rules in a configuration', async () => {
    const text = 'packs: [./policies/force]\nadopted:\n  |\n';
    assert.ok((await completed(CONFIG, text, 'record_h')).includes('\n  record_h:'));
    const severities = 'packs: [./policies/force]\nseverities:\n  |\n';
    assert.ok(
      (await completed(CONFIG, severities, 'links/linked-known')).includes('\n  links/linked-known: '),
    );
  });
});

describe('hover in a policy file', () => {
  const hover = async (name: string, marked: string) => {
    const { answer, document } = await ask<Hover | null>('hover', name, marked);
    const { contents, range } = answer ?? {};
    return [
      range && document.getText(range),
      (contents as { value: string } | undefined)?.value ?? '',
    ] as const;
  };

  it('says what a field, a parameter and a function mean', async () => {
    const [span, field] = await hover(RULE, inRule('at: recording.rec', 'at: recording.|rec'));
    assert.equal(span, 'recorded_at');
    assert.match(field, /recorded/i);
    const [, parameter] = await hover(RULE, inRule('params.record_h', 'params.rec|ord_h'));
    assert.match(parameter, /Hours to record a crime.*\n.*24 hours/);
    const [, called] = await hover(
      RULE,
      inRule('clock:', 'when: h|as(recording.reported_at)\n        clock:'),
    );
    assert.match(called, /Whether the field has an answer/);
  });

  it('says what a key means', async () => {
    const [span, text] = await hover(RULE, inRule('severity: error', 'sev|erity: error'));
    assert.equal(span, 'severity');
    assert.match(text, /How much a breach weighs/);
  });
});

describe('definitions in a policy file', () => {
  const define = async (name: string, marked: string) => {
    const { answer } = await ask<Location[]>('definition', name, marked);
    return answer.map(({ uri, range }) => {
      const lines = (
        uri === uriOf(name) ? marked.replace('|', '') : FORCE_PACK[uri.slice(uriOf('').length)]!
      ).split('\n');
      return [
        uri.slice(uriOf('').length),
        lines[range.start.line]!.slice(range.start.character, range.end.character),
      ];
    });
  };

  it('are in the pack for a parameter and a source', async () => {
    assert.deepEqual(await define(RULE, inRule('params.record_h', 'params.re|cord_h')), [[PACK, 'record_h']]);
    assert.deepEqual(await define(RULE, inRule('[ORDER]', '[OR|DER]')), [
      ['policies/force/sources.yaml', 'ORDER'],
    ]);
    const text = 'packs: [./policies/force]\nadopted:\n  rec|ord_h: {by: b, on: 2026-01-01}\n';
    assert.deepEqual(await define(CONFIG, text), [[PACK, 'record_h']]);
  });

  it('are in the check for its own names', async () => {
    const text = inRule(
      'clock:',
      'let:\n          late: has(recording.reported_at)\n        require: la|te\n        clock:',
    );
    assert.deepEqual(await define(RULE, text), [[RULE, 'late']]);
  });
});
