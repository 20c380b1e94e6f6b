/** Trouble with configuration and packs: on their own files, told once besides and without a window, gone when repaired. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LspSession } from '../support/lsp-session.ts';
import { FORCE_PACK, LATE, reviewText } from '../support/reviews.ts';

const NAME = 'a.case-review.yaml';
const CONFIG = 'case-review.config.yaml';
const SHOWS_TROUBLE = { trusted: true, policyTrouble: true };
const RULE = 'policies/force/recording/recorded-in-time.yaml';

describe('policy problems', () => {
  it('of a configuration keep the last good state in force until it is repaired', async () => {
    const session = await LspSession.start({ files: FORCE_PACK, initializationOptions: SHOWS_TROUBLE });
    await session.open(NAME, reviewText({ more: LATE }));
    assert.equal((await session.diagnostics(NAME)).length, 1);

    await session.write(CONFIG, 'packs: [./policies/force]\nseverity: {}\n');
    const broken = await session.pushed(CONFIG);
    assert.equal(broken.diagnostics[0]?.code, 'schema/unknown-field');
    assert.equal(broken.diagnostics[0]?.range.start.line, 1);
    await session.until(() => session.trouble.length === 1, 'the trouble');
    assert.match(session.trouble[0] ?? '', /^case-review\.config\.yaml cannot be used/);
    assert.deepEqual(session.log, session.trouble);
    assert.equal((await session.diagnostics(NAME)).length, 1);

    await session.write(
      CONFIG,
      'packs: [./policies/force]\nseverities: {recording/recorded-in-time: "off"}\n',
    );
    await session.pushed(CONFIG, ({ diagnostics }) => diagnostics.length === 0);
    await session.until(() => session.refreshes > 0, 'a refresh');
    assert.deepEqual(await session.diagnostics(NAME), []);
    await session.until(() => session.trouble.length === 2, 'the end of the trouble');
    assert.equal(session.trouble[1], '');
    await session.stop();
  });

  it('of a rule file stand on that file', async () => {
    const session = await LspSession.start({ files: FORCE_PACK });
    await session.open(NAME, reviewText({ more: LATE }));
    await session.diagnostics(NAME);
    await session.write(RULE, FORCE_PACK[RULE]?.replace('params.record_h', 'params.recrod_h'));
    const { diagnostics } = await session.pushed(RULE, params => params.diagnostics.length > 0);
    assert.equal(diagnostics[0]?.code, 'pack/bad-expression');
    await session.write(RULE, FORCE_PACK[RULE]);
    await session.pushed(RULE, params => params.diagnostics.length === 0);
    await session.stop();
  });

  it('are told once, however often the file is written', async () => {
    const session = await LspSession.start({ files: { ...FORCE_PACK, [CONFIG]: 'packs: 1\n' } });
    await session.open(NAME, reviewText());
    await session.until(() => session.log.length === 1, 'a line in the log');
    await session.write(CONFIG, 'packs: 1 # still\n');
    await session.diagnostics(NAME);
    await session.write(CONFIG, 'pakcs: []\n');
    await session.until(() => session.log.length === 2, 'a line about the other mistake');
    assert.deepEqual(session.trouble, [], 'this client has no place for it');
    await session.stop();
  });

  it('of a workspace that is not trusted are not looked for, nor are its packs, until it is', async () => {
    const session = await LspSession.start({
      files: { ...FORCE_PACK, [CONFIG]: `${FORCE_PACK[CONFIG]}adopted: {no_such: {by: OFF-1D4F6G}}\n` },
      initializationOptions: { trusted: false },
    });
    await session.open(NAME, reviewText({ more: 'links:\n  cases: [{ref: CASE-1A1A1A}]\n' }));
    const codes = async () => (await session.diagnostics(NAME)).map(({ code }) => code);
    assert.ok(!(await codes()).includes('links/linked-known'));
    await session.write(CONFIG, FORCE_PACK[CONFIG]);
    assert.ok(!(await codes()).includes('links/linked-known'));
    assert.deepEqual(session.log, []);
    await session.connection.sendNotification('caseReview/trusted');
    await session.until(() => session.refreshes > 0, 'a refresh');
    assert.deepEqual(await codes(), ['links/linked-known']);
    await session.stop();
  });
});
