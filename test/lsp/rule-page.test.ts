/** A finding leads to the page of its rule: by a command, a file beside the program, or the address of the source. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { COMMANDS, RULE_PAGE_REQUEST, type RulePageResult } from '../../server/src/protocol.ts';
import { LspSession } from '../support/lsp-session.ts';
import { FORCE_PACK, LATE, reviewText } from '../support/reviews.ts';
import { repositoryRoot } from '../support/shipped-pack.ts';

const NAME = 'one.case-review.yaml';
const HOME = 'file:///program/';
const SHIPPED_RULE = 'recording/within-24-hours';

const shippedFile = (name: string) =>
  readFileSync(path.join(repositoryRoot, 'policies/england-wales', name), 'utf8');
/** The program with its pack and one of its pages beside it. */
const PROGRAM = {
  [`${HOME}docs/rules/${SHIPPED_RULE}.md`]: '# REC-01',
  ...Object.fromEntries(
    ['pack.yaml', 'calendar.yaml', 'sources.yaml', `${SHIPPED_RULE}.yaml`].map(name => [
      `${HOME}policies/england-wales/${name}`,
      shippedFile(name),
    ]),
  ),
};

async function addressOf(
  options: Parameters<typeof LspSession.start>[0],
  rule: string,
): Promise<string | undefined> {
  const session = await LspSession.start(options);
  await session.open(NAME, reviewText({ more: LATE }));
  const found = (await session.diagnostics(NAME)).find(({ code }) => code === rule);
  await session.stop();
  return found?.codeDescription?.href;
}

async function pageOf(options: Parameters<typeof LspSession.start>[0], rule: string): Promise<string> {
  const session = await LspSession.start(options);
  const { text } = await session.connection.sendRequest<RulePageResult>(RULE_PAGE_REQUEST, { rule });
  await session.stop();
  return text;
}

describe('the code of a finding', () => {
  it('is a command where the client has one, with nothing but the id of the rule', async () => {
    const href = await addressOf({ initializationOptions: { rulePages: true } }, SHIPPED_RULE);
    const [command, query] = href?.split('?') ?? [];
    assert.equal(command, `command:${COMMANDS.showRule}`);
    assert.deepEqual(JSON.parse(decodeURIComponent(query!)), [SHIPPED_RULE]);
  });

  it('is the page beside the program in another editor', async () => {
    const href = await addressOf({ files: PROGRAM, home: HOME }, SHIPPED_RULE);
    assert.equal(href, `${HOME}docs/rules/${SHIPPED_RULE}.md`);
  });

  it("is the source of a force's own rule, and of any rule where the program lies alone", async () => {
    const own = await addressOf(
      { files: { ...PROGRAM, ...FORCE_PACK }, home: HOME },
      'recording/recorded-in-time',
    );
    assert.equal(own, 'https://orders.example/7');
    assert.match((await addressOf({ home: HOME }, SHIPPED_RULE)) ?? '', /^https:/);
  });
});

describe('the page of a rule', () => {
  it('shows why, limits, sources and examples of a shipped rule', async () => {
    const page = await pageOf({ files: PROGRAM, home: HOME }, SHIPPED_RULE);
    assert.match(page, /^# REC-01: /);
    for (const part of ['`record_h`', '## Sources', '## Examples', '^^^^'])
      assert.ok(page.includes(part), part);
  });

  it('shows the limit that the force has adopted, and is there without examples too', async () => {
    const adopted =
      'packs: [england-wales]\nadopted:\n  record_h: {value: 20, by: head of crime, on: 2026-01-05, reference: order 14}\n';
    const page = await pageOf({ files: { 'case-review.config.yaml': adopted } }, SHIPPED_RULE);
    assert.match(page, /: 20 hours\\\n.*\\\n {2}Origin: adopted by head of crime on 2026-01-05, order 14;/);
    assert.doesNotMatch(page, /## Examples/);
  });

  it("is made of a force's own rule in the same way", async () => {
    const page = await pageOf({ files: FORCE_PACK }, 'recording/recorded-in-time');
    assert.match(page, /^# [A-Z]{3}-\d\d: /);
    assert.match(page, /pack `force`/);
    assert.match(page, /## Rule file\n\n`\/.*recorded-in-time\.yaml`/);
  });

  it('is that of the policy in force while the pack is broken', async () => {
    const session = await LspSession.start({ files: FORCE_PACK });
    const ask = () =>
      session.connection.sendRequest<RulePageResult>(RULE_PAGE_REQUEST, {
        rule: 'recording/recorded-in-time',
      });
    const before = await ask();
    assert.match(before.text, /pack `force` 1/);
    await session.write('policies/force/pack.yaml', 'id: force\nversion: [\n');
    assert.deepEqual(await ask(), before);
    await session.stop();
  });

  it('is empty for a rule that is not in force', async () => {
    assert.equal(await pageOf({}, 'no/such-rule'), '');
  });
});
