/** The request behind the view "Checklist", and the news that it is to be asked for anew. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CHECKLIST_REQUEST, type ChecklistEntry, type ChecklistResult } from '../../server/src/protocol.ts';
import { LspSession, uriOf } from '../support/lsp-session.ts';
import { FORCE_PACK, LATE, reviewText } from '../support/reviews.ts';

const NAME = 'a.case-review.yaml';
const LINKS = 'links:\n  cases:\n    - {ref: CASE-8N6B3V, relation: same_victim}\n';

const ask = (session: LspSession, name = NAME): Promise<ChecklistResult> =>
  session.connection.sendRequest(CHECKLIST_REQUEST, { uri: uriOf(name) });

const show = ({ title, words, place, end, entries }: ChecklistEntry, depth = 0): string[] => [
  `${' '.repeat(depth)}${title}: ${words} (${place.line + 1}:${place.character + 1}${end.character > place.character ? `-${end.character + 1}` : ''})`,
  ...entries.flatMap(entry => show(entry, depth + 1)),
];

describe('the checklist of a client', () => {
  it('has sections and questions with their states in words and their places', async () => {
    const session = await LspSession.start({ files: FORCE_PACK });
    await session.open(NAME, reviewText({ more: LATE }));
    const { progress, sections } = await ask(session);
    assert.equal(progress, '5 of 6 answered · 1 in breach');
    assert.deepEqual(
      sections.flatMap(section => show(section)),
      [
        'Review: 4 answered (2:1)',
        ' Case: answered (3:7)',
        ' Kinds of case: answered (4:3)',
        ' State: answered (5:10)',
        ' Reviewed at: answered (6:16)',
        'Recording: 1 in breach, 1 answered (7:1)',
        ' Reported at: answered (8:16)',
        ' Recorded at: in breach (9:16)',
      ],
    );
    assert.deepEqual(sections[1]?.entries[1]?.messages, ['Recorded 72 h after the report, limit 24 h.']);
    await session.stop();
  });

  it('leads behind a key without a value, and to the word outstanding of an answer, which is written over', async () => {
    const session = await LspSession.start({});
    const more =
      'marking:\nrecording:\n  incident_ref:  # Incident\n  reported_at:\nlinks:\n  other_children: {state: outstanding}\n';
    await session.open(NAME, reviewText({ state: 'draft', more }));
    const { sections } = await ask(session);
    const shown = sections.flatMap(section => show(section));
    for (const line of [
      ' Incident reference: outstanding (9:17)',
      ' Reported at: outstanding (10:15)',
      ' Other children: outstanding (12:27-38)',
      ' Review: outstanding (7:9)',
    ])
      assert.ok(shown.includes(line), `${line} is among ${shown.join('; ')}`);
    await session.stop();
  });

  it('leads to where an answer that is absent can be written', async () => {
    const session = await LspSession.start({});
    const more = `recording:  # Of the crime.
  incident_ref: INC-1
links: {other_children: {state: done, reason: asked} }
missing:
  - ref: MIS-7H3K9Q
    found_where: street
`;
    await session.open(NAME, reviewText({ state: 'draft', more }));
    const { sections } = await ask(session);
    const shown = sections.flatMap(section => show(section));
    for (const [question, place] of [
      // Behind a key, where completion offers it on a line below.
      ['Reported at', '(7:12)'],
      // In braces, behind what is there.
      ['Offender', '(9:53)'],
      // Behind the name of an entry.
      ['Risk level', '(11:20)'],
      // A section, at the end.
      ['First action at', '(13:1)'],
    ] as const) {
      const line = `${question}: outstanding ${place}`;
      assert.ok(
        shown.some(one => one.trim() === line),
        `${line} is among ${shown.join('; ')}`,
      );
    }
    await session.stop();
  });

  it('has an id of its own for every entry, what is asked about a group included', async () => {
    const session = await LspSession.start({});
    await session.open(NAME, reviewText({ state: 'draft' }));
    const { sections } = await ask(session);
    const all = (entry: ChecklistEntry): ChecklistEntry[] => [entry, ...entry.entries.flatMap(all)];
    const ids = sections.flatMap(all).map(({ id }) => id);
    assert.ok(ids.length > 10);
    assert.equal(new Set(ids).size, ids.length);
    await session.stop();
  });

  it('is empty for a document that is no review or not open', async () => {
    const session = await LspSession.start({ files: FORCE_PACK });
    await session.open('case-review.config.yaml', undefined, 'yaml');
    const nothing = { progress: '', sections: [] };
    assert.deepEqual(await ask(session, 'case-review.config.yaml'), nothing);
    assert.deepEqual(await ask(session, 'closed.case-review.yaml'), nothing);
    await session.stop();
  });

  it('is to be asked for anew after an edit, and when the policy or a linked review changes', async () => {
    const session = await LspSession.start({ files: FORCE_PACK });
    await session.open(NAME, reviewText({ more: LATE + LINKS }));
    await session.scanned();
    assert.equal((await ask(session)).progress, '5 of 7 answered · 1 in breach');

    /** Does something and waits until the client is told of a change. */
    const afterNews = async (act: () => Promise<void>): Promise<string> => {
      const before = session.checklistNews;
      await act();
      await session.until(() => session.checklistNews > before, 'news of the checklist');
      return (await ask(session)).progress;
    };
    const edit = () => session.replace(NAME, '02-05', '02-03');
    assert.equal(await afterNews(edit), '6 of 7 answered');

    const linked = () => session.write('b.case-review.yaml', reviewText({ id: 'CASE-8N6B3V' }));
    assert.equal(await afterNews(linked), '7 of 7 answered');

    const pack = FORCE_PACK['policies/force/pack.yaml']!.replace('value: 24', 'value: 1');
    assert.equal(
      await afterNews(() => session.write('policies/force/pack.yaml', pack)),
      '6 of 7 answered · 1 in breach',
    );
    await session.stop();
  });

  it('tells a client that never asked nothing', async () => {
    const session = await LspSession.start({ files: FORCE_PACK });
    await session.open(NAME, reviewText({ more: LATE }));
    await session.replace(NAME, '02-05', '02-03');
    await session.diagnostics(NAME);
    assert.equal(session.checklistNews, 0);
    await session.stop();
  });
});
