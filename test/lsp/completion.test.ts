/** Completion: the cursor is the `|` in the text, and what is offered is put in as a client would. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  type CompletionItem,
  type CompletionList,
  CompletionRequest,
  CompletionTriggerKind,
  type TextEdit,
} from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { LspSession, PLAIN } from '../support/lsp-session.ts';
import { FORCE_PACK, LATE, reviewText } from '../support/reviews.ts';

interface Completed {
  readonly labels: readonly string[];
  item(label: string): CompletionItem;
  /** The text after an item was taken, with `$0` and other places of a snippet as they are. */
  take(label: string): string;
}

describe('completion', () => {
  let session: LspSession;
  let count = 0;

  before(async () => {
    session = await LspSession.start({
      files: {
        ...FORCE_PACK,
        'other.case-review.yaml': reviewText({ id: 'CASE-2B2B2B', more: 'missing:\n  - ref: MIS-3C3C3C\n' }),
      },
    });
  });
  after(() => session.stop());

  /** Everything behind the head of a review, with the cursor marked. */
  async function complete(
    more: string,
    client = session,
    head = reviewText(),
    triggerCharacter?: string,
  ): Promise<Completed> {
    const marked = head + more;
    const offset = marked.indexOf('|');
    const text = marked.slice(0, offset) + marked.slice(offset + 1);
    count += 1;
    const document = await client.open(`c${count}.case-review.yaml`, text);
    const position = document.positionAt(offset);
    const context = {
      triggerKind: triggerCharacter ? CompletionTriggerKind.TriggerCharacter : CompletionTriggerKind.Invoked,
      triggerCharacter,
    };
    const params = { textDocument: { uri: document.uri }, position, context };
    const answer = await client.connection.sendRequest(CompletionRequest.type, params);
    await client.close(document.uri);
    const items = Array.isArray(answer) ? answer : (answer?.items ?? []);
    const item = (label: string): CompletionItem => {
      const found = items.find(one => one.label === label);
      assert.ok(found, `"${label}" is among ${items.map(one => one.label).join(', ')}`);
      return found;
    };
    const sorted = [...items].sort((a, b) => ((a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1));
    return {
      labels: sorted.map(({ label }) => label),
      item,
      take(label) {
        const { textEdit, additionalTextEdits = [] } = item(label);
        return TextDocument.applyEdits(document, [textEdit as TextEdit, ...additionalTextEdits]).slice(
          head.length,
        );
      },
    };
  }

  describe('of keys', () => {
    it('offers the fields in the order of the schema, without those that are there', async () => {
      const { labels, item } = await complete('persons:\n  - ref: VIC-7H3K9Q\n    |\n');
      assert.deepEqual(labels.slice(0, 3), ['category', 'role', 'accreditation']);
      assert.equal(item('category').detail, 'Category');
      assert.equal(
        item('category').documentation,
        'Part a person plays in the case. Law-enforcement processing has to tell these apart.',
      );
    });

    it('opens what the value needs', async () => {
      const { take } = await complete('persons:\n  - ref: VIC-7H3K9Q\n    |\n');
      assert.equal(take('category'), 'persons:\n  - ref: VIC-7H3K9Q\n    category: \n');
      assert.equal(take('accreditation'), 'persons:\n  - ref: VIC-7H3K9Q\n    accreditation:\n      - \n');
      assert.equal(
        (await complete('suspect_strategy:\n  |')).take('plan'),
        'suspect_strategy:\n  plan:\n    ',
      );
    });

    it('works in a key that is being typed, and in one that has its colon', async () => {
      assert.equal(
        (await complete('recording:\n  rep|\n  recorded_at: 2026-02-03\n')).take('reported_at'),
        'recording:\n  reported_at: \n  recorded_at: 2026-02-03\n',
      );
      assert.equal(
        (await complete('recording:\n  rep|ort: 2026-02-03\n')).take('reported_at'),
        'recording:\n  reported_at: 2026-02-03\n',
      );
    });

    it('offers sections at the margin, between others and in an empty file', async () => {
      const { labels } = await complete('|\nrecording: {}\n');
      assert.ok(labels.includes('persons') && !labels.includes('recording') && !labels.includes('review'));
      assert.deepEqual((await complete('|', session, '')).labels.slice(0, 2), ['schema', 'marking']);
    });

    it('offers the words of a vocabulary where they are the keys', async () => {
      const { labels, item, take } = await complete(
        'suspect_strategy:\n  steps:\n    cctv: {state: outstanding}\n    |\n',
      );
      assert.ok(labels.includes('pnc') && !labels.includes('cctv'));
      assert.equal(item('house_to_house').detail, 'House-to-house enquiries');
      assert.match(take('pnc'), /\n {4}pnc: \{state: \$1\\\}\n$/);
    });

    it('works inside braces', async () => {
      const { take } = await complete('persons:\n  - {ref: VIC-7H3K9Q, |}\n');
      assert.equal(take('category'), 'persons:\n  - {ref: VIC-7H3K9Q, category: }\n');
      assert.equal(
        (await complete('suspect_strategy:\n  steps: {|}\n')).take('pnc'),
        'suspect_strategy:\n  steps: {pnc: {state: $1\\}}\n',
      );
      assert.equal(
        (await complete('victim_contact: {|}\n')).take('plan'),
        'victim_contact: {plan: {$0\\}}\n',
      );
    });
  });

  describe('of values', () => {
    it('offers words with their meaning', async () => {
      const { item } = await complete('', session, 'schema: case-review/1\nreview:\n  state: |\n');
      assert.equal(item('draft').detail, 'Draft');
      assert.notEqual(item('draft').documentation, undefined);
    });

    it('replaces the whole word, whatever stands behind it', async () => {
      const { take } = await complete('persons:\n  - {ref: VIC-7H3K9Q, category: vi|ct}  # a child\n');
      assert.equal(take('victim'), 'persons:\n  - {ref: VIC-7H3K9Q, category: victim}  # a child\n');
    });

    it('adds the blank that a bare colon or dash lacks', async () => {
      assert.equal(
        (await complete('persons:\n  - category:|\n')).take('victim'),
        'persons:\n  - category: victim\n',
      );
      assert.equal((await complete('recording:\n  flags:\n    -|\n')).labels.length > 0, true);
    });

    it('quotes what YAML 1.1 would misread', async () => {
      assert.equal(
        (await complete('persons:\n  - age_band: |\n')).take('13_15'),
        'persons:\n  - age_band: "13_15"\n',
      );
      const quoted = await complete('persons:\n  - age_band: "1|"\n');
      assert.equal(quoted.take('13_15'), 'persons:\n  - age_band: "13_15"\n');
      assert.equal(quoted.item('13_15').filterText, '"13_15');
      assert.equal(
        (await complete('closure:\n  proposed_outcome: |\n')).take('18'),
        'closure:\n  proposed_outcome: 18\n',
      );
    });

    it('offers a list on one line, and entries of one that is begun', async () => {
      const head = 'schema: case-review/1\nreview:\n';
      assert.equal((await complete('  kind: |\n', session, head)).take('cse'), '  kind: [cse]\n');
      assert.equal(
        (await complete('  kind: [cse, |\n  id: 1\n', session, head)).take('missing'),
        '  kind: [cse, missing\n  id: 1\n',
      );
      assert.equal((await complete('  kind:\n    |\n', session, head)).take('- cse'), '  kind:\n    - cse\n');
    });

    it('offers no word that the list has already', async () => {
      const kinds = (before: string, after = '') =>
        complete(`persons:\n  - ref: OFF-1D4F6G\n    accreditation:${before}|${after}\n`);
      const all = (await kinds(' [', ']')).labels;
      assert.deepEqual(all.slice(0, 2), ['pip1', 'pip2']);
      const others = all.filter(label => label !== 'pip2');
      assert.deepEqual((await kinds(' [pip2, ', ']')).labels, others);
      const entries = others.map(label => `- ${label}`);
      assert.deepEqual((await kinds('\n      - pip2\n      ')).labels, entries);
      assert.deepEqual((await kinds('\n      - ', '\n      - pip2')).labels, others);
      // The word at the cursor may be completed to itself.
      assert.deepEqual((await kinds(' [pip2', ']')).labels, all);
    });

    it('offers neither ref nor date that is written out already, so that Enter ends the line', async () => {
      const persons = 'persons:\n  - ref: OFF-1D4F6G\n  - ref: OFF-8M6B4V\n';
      const by = async (text: string) => (await complete(`${persons}risk:\n  - by: ${text}\n`)).labels;
      assert.deepEqual(await by('OFF-1D4F6G|'), []);
      assert.deepEqual((await by('|OFF-1D4F6G')).slice(0, 2), ['OFF-1D4F6G', 'OFF-8M6B4V']);
      const on = async (text: string) => (await complete(`closure:\n  finalised_at: ${text}\n`)).labels;
      assert.ok(!(await on('2026-02-03|')).includes('2026-02-03'));
      assert.ok((await on('|2026-02-03')).includes('2026-02-03'));
    });

    it('tells the meaning beside the word where it says more, and opens the list of values behind a key', async () => {
      const client = await LspSession.start({
        capabilities: {
          textDocument: {
            completion: { completionItem: { labelDetailsSupport: true, snippetSupport: true } },
          },
        },
        initializationOptions: { suggestCommand: true },
      });
      const keys = await complete('persons:\n  - |\n', client);
      assert.equal(keys.item('category').labelDetails, undefined);
      assert.equal(keys.item('category').command?.command, 'editor.action.triggerSuggest');
      const words = await complete('persons:\n  - {category: suspect, status: |}\n', client);
      assert.deepEqual(words.item('rui').labelDetails, { description: words.item('rui').detail });
      assert.equal(words.item('unknown').labelDetails, undefined);
      assert.equal(words.item('rui').command, undefined);
      const entries = await complete('persons:\n  |\n', client);
      assert.equal(entries.item('- Person').command?.command, 'editor.action.triggerSuggest');
      await client.stop();
      assert.equal((await complete('persons:\n  - |\n')).item('category').command, undefined);
    });

    it('offers every word in the place of one that says that nothing is answered', async () => {
      const { item, take } = await complete('links:\n  other_children: {state: outstanding|}\n');
      assert.equal(item('done').filterText, 'outstanding');
      assert.equal(take('done'), 'links:\n  other_children: {state: done}\n');
    });

    it('begins a list of entries below its key, and leaves the comment with the key', async () => {
      const commented = await complete('persons: |  # Everybody, {by} $1.\nrecording:\n');
      assert.deepEqual(commented.labels, ['- Person', '- Person, every field']);
      assert.equal(
        commented.take('- Person'),
        'persons:  # Everybody, {by\\} \\$1.\n  - ref: $1\n    category: $2\nrecording:\n',
      );
      assert.equal(
        (await complete('victim_contact:\n  log:|\n')).take('- Contact'),
        'victim_contact:\n  log:\n    - at: $1\n',
      );
      const plain = await LspSession.start({ capabilities: PLAIN });
      assert.equal(
        (await complete('persons:|  # All\n', plain)).take('- Person'),
        'persons:  # All\n  - ref: \n',
      );
      await plain.stop();
      assert.equal(
        (await complete('missing: |\n- ref: MIS-7H3K9Q\n')).take('- Missing episode'),
        'missing: \n- ref: $1\n- ref: MIS-7H3K9Q\n',
      );
    });

    it('offers the fields of a group behind its key, on a line of their own below it', async () => {
      const { labels, take } = await complete(
        'recording: |  # Of the crime.\n\n  # When\n  reported_at: 2026-02-03\nrisk:\n',
      );
      assert.ok(labels.includes('decision') && !labels.includes('reported_at') && !labels.includes('risk'));
      assert.equal(
        take('incident_ref'),
        'recording:  # Of the crime.\n  incident_ref: \n\n  # When\n  reported_at: 2026-02-03\nrisk:\n',
      );
      const typed = await complete('suspect_strategy:\n  steps: pn|\n    cctv: {state: outstanding}\n');
      assert.ok(!typed.labels.includes('cctv'));
      assert.equal(
        typed.take('pnc'),
        'suspect_strategy:\n  steps: \n    pnc: {state: $1\\}\n    cctv: {state: outstanding}\n',
      );
      assert.equal((await complete('supervision:|\n')).take('supervisor'), 'supervision:\n  supervisor: \n');
    });

    it('leaves the colon of a group alone, behind which Enter opens its first line', async () => {
      for (const below of ['', '  reported_at: 2026-02-03\n'])
        assert.deepEqual((await complete(`recording:|\n${below}`, session, reviewText(), ':')).labels, []);
      assert.notDeepEqual((await complete('persons:|\n', session, reviewText(), ':')).labels, []);
    });

    it('offers the persons that the field is about, with the part they play', async () => {
      const persons =
        'persons:\n  - {ref: OFF-1D4F6G, category: officer, role: oic}\n  - {ref: VIC-7H3K9Q, category: victim}\n';
      const officers = await complete(`${persons}supervision:\n  reviews:\n    - by: |\n`);
      assert.deepEqual(officers.labels, ['OFF-1D4F6G']);
      assert.match(officers.item('OFF-1D4F6G').detail ?? '', /^Officer/);
      assert.deepEqual((await complete(`${persons}recording:\n  offences:\n    - victim: |\n`)).labels, [
        'VIC-7H3K9Q',
      ]);
      const anybody = await complete(`${persons}victim_contact:\n  log:\n    - with: [|]\n`);
      assert.deepEqual(anybody.labels.slice(0, 3), ['OFF-1D4F6G', 'VIC-7H3K9Q', 'parent']);
      const mentioned = await complete(
        'recording: {decision: {by: OFF-3C3C3C}}\nsupervision: {supervisor: |}\n',
      );
      assert.equal(mentioned.item('OFF-3C3C3C').detail, 'Mentioned in this review');
      const made = await complete(`${persons}  - ref: |\n`);
      const form = /^(VIC|SUS|ASC|WIT|OFF)-([0-9][A-HJKMNP-TV-Z]){3}$/;
      assert.deepEqual(
        made.labels.map(label => form.exec(label)?.[1]),
        ['VIC', 'SUS', 'ASC', 'WIT', 'OFF'],
      );
      assert.equal(made.item(made.labels[0]!).detail, 'New pseudonym');
    });

    it('offers the officers of other reviews too, and to the list of persons whoever is not on it', async () => {
      const oic = 'persons:\n  - {ref: OFF-6F6F6F, category: officer, role: oic}\n';
      const files = { 'other.case-review.yaml': reviewText({ id: 'CASE-2B2B2B', more: oic }) };
      const client = await LspSession.start({ files });
      await client.scanned();
      const own = 'persons:\n  - {ref: OFF-1D4F6G, category: officer}\n';
      const supervisor = 'supervision: {supervisor: |}\n';
      const officers = await complete(own + supervisor, client);
      assert.deepEqual(officers.labels, ['OFF-1D4F6G', 'OFF-6F6F6F']);
      assert.equal(officers.item('OFF-6F6F6F').detail, 'Officer in the case of CASE-2B2B2B');
      const persons = await complete(
        `${own}  - ref: |\nrecording: {offences: [{victim: VIC-7H3K9Q}]}\n`,
        client,
      );
      assert.deepEqual(persons.labels.slice(0, 2), ['VIC-7H3K9Q', 'OFF-6F6F6F']);
      assert.equal(persons.item('VIC-7H3K9Q').detail, 'Mentioned in this review');
      await client.stop();
    });

    it('offers the ids of lines, actions and devices, and the next free number for a new one', async () => {
      const actions = 'actions:\n  - {id: ACT-1}\n  - {id: ACT-4}\n';
      const handover = 'coordination: {handovers: [{at: 2026-02-03, open_actions: [|]}]}\n';
      assert.deepEqual((await complete(actions + handover)).labels, ['ACT-1', 'ACT-4']);
      const evidence = await complete(`${actions}grades: {evidence: [{ref: A|}]}\n`);
      assert.deepEqual(evidence.labels, ['ACT-1', 'ACT-4']);
      assert.deepEqual((await complete(`${actions}  - id: |\n`)).labels, ['ACT-5']);
      assert.deepEqual((await complete('suspect_strategy: {devices: [{id: |}]}\n')).labels, ['DEV-1']);
    });

    it('offers as evidence what this review says, and no episode of another', async () => {
      const { labels } = await complete(
        'persons:\n  - {ref: VIC-7H3K9Q, category: victim}\nmissing:\n  - {ref: MIS-7H3K9Q, plan_owner: OFF-1D4F6G}\nlinks: {cases: [{ref: CASE-2B2B2B}]}\ngrades: {evidence: [{ref: |}]}\n',
      );
      assert.deepEqual(labels, ['VIC-7H3K9Q', 'MIS-7H3K9Q', 'CASE-2B2B2B']);
    });

    it('takes the hint of a new review away with the answer, and leaves any other comment', async () => {
      const words = 'OFFICIAL, OFFICIAL-SENSITIVE, SECRET, TOP SECRET';
      const marking = (comment: string) => complete(`marking: |${comment}\nrisk:\n`);
      assert.equal((await marking(`  # ${words}`)).take('OFFICIAL'), 'marking: OFFICIAL\nrisk:\n');
      for (const comment of ['  # Ask the DCI.', `  # ${words}, or not`, '']) {
        const { take } = await marking(comment);
        assert.equal(take('OFFICIAL'), `marking: OFFICIAL${comment}\nrisk:\n`);
      }
      const supervisor = await complete(
        'persons:\r\n  - ref: OFF-1D4F6G\r\nsupervision:\r\n  supervisor: | # OFF-…\r\n  reviews: []\r\n',
      );
      assert.match(supervisor.take('OFF-1D4F6G'), /supervisor: OFF-1D4F6G\r\n {2}reviews/);
    });

    it('sends the first of very many refs, and asks to be asked again with each letter', async () => {
      const files = Object.fromEntries(
        Array.from({ length: 300 }, (_, i) => {
          const id = `CASE-${i % 10}A${Math.floor(i / 10) % 10}A${Math.floor(i / 100)}A`;
          return [`${id}.case-review.yaml`, reviewText({ id })];
        }),
      );
      const client = await LspSession.start({ files });
      await client.scanned();
      const ask = async (typed: string) => {
        const text = `${reviewText()}links: {cases: [{ref: ${typed}`;
        const document = await client.open('a.case-review.yaml', `${text}}]}\n`);
        const position = document.positionAt(text.length);
        const params = { textDocument: { uri: document.uri }, position };
        return (await client.connection.sendRequest(CompletionRequest.type, params)) as CompletionList;
      };
      const all = await ask('');
      assert.deepEqual([all.items.length, all.isIncomplete], [200, true]);
      const some = await ask('case-9A9');
      assert.deepEqual(
        [some.items.map(({ label }) => label), some.isIncomplete],
        [['CASE-9A9A0A', 'CASE-9A9A1A', 'CASE-9A9A2A'], true],
      );
      await client.stop();
    });

    it('offers the cases and episodes of the workspace', async () => {
      assert.deepEqual((await complete('links:\n  cases:\n    - ref: |\n')).labels, [
        'CASE-2B2B2B',
        'MIS-3C3C3C',
      ]);
    });

    it('offers the as-of date and the dates in the file, in the form of the field', async () => {
      const instants = await complete(`${LATE}closure:\n  charged_at: 2026-03-01\nrisk:\n  - at: |\n`);
      assert.deepEqual(instants.labels, [
        '2026-03-10T10:30:00Z',
        '2026-02-05T21:10:00Z',
        '2026-02-02T21:10:00Z',
        'YYYY-MM-DDThh:mm:00Z',
      ]);
      assert.match(
        instants.take('YYYY-MM-DDThh:mm:00Z'),
        /at: \$\{1:2026\}-\$\{2:MM\}-\$\{3:DD\}T\$\{4:hh\}:\$\{5:mm\}:00\$\{6\|Z,\+01:00\|\}\n$/,
      );
      assert.equal(instants.item('2026-03-10T10:30:00Z').detail, 'As-of date of this review');
      const days = await complete(`${LATE}closure:\n  charged_at: |\n`);
      assert.deepEqual(days.labels, ['2026-03-10', '2026-02-05', '2026-02-02', 'YYYY-MM-DD']);
    });

    it('knows what was typed right before', async () => {
      const text = `${reviewText()}${LATE}closure:\n  charged_at: 2026-03-01\n`;
      const { uri } = await session.open('typed.case-review.yaml', text);
      const position = { line: text.split('\n').length - 2, character: '  charged_at: '.length };
      for (const [before, after] of [
        ['2026-02-05T', '2026-02-06T'],
        ['2026-02-06T', '2026-02-07T'],
      ] as const) {
        const [, answer] = await Promise.all([
          session.replace('typed.case-review.yaml', before, after),
          session.connection.sendRequest(CompletionRequest.type, { textDocument: { uri }, position }),
        ]);
        const labels = (answer as CompletionList).items.map(({ label }) => label);
        assert.ok(labels.includes(after.slice(0, -1)), labels.join(', '));
      }
    });

    it('offers truth values and ids of rules', async () => {
      assert.deepEqual((await complete('closure:\n  suspect_identified: |\n')).labels, ['true', 'false']);
      assert.ok((await complete('waivers:\n  - rule: |\n')).labels.includes('recording/recorded-in-time'));
    });
  });

  describe('of entries', () => {
    it('offers an entry with its required fields where a dash is due', async () => {
      const { take, item } = await complete('persons:\n  |\n');
      assert.equal(take('- Person'), 'persons:\n  - ref: $1\n    category: $2\n');
      assert.equal(item('- Person').insertTextMode, 1);
      assert.match(
        take('- Person, every field'),
        /^persons:\n {2}- ref: \$1\n {4}category: \$2\n {4}role: \$3\n {4}accreditation: \[\$4\]\n/,
      );
      assert.doesNotMatch(take('- Person, every field'), /reason|note|bail/);
      assert.equal(
        (await complete('persons:\n  - ref: VIC-7H3K9Q\n  |\n')).take('- Person'),
        'persons:\n  - ref: VIC-7H3K9Q\n  - ref: $1\n    category: $2\n',
      );
    });

    it('offers fields behind a bare dash', async () => {
      assert.equal((await complete('persons:\n  - |\n')).take('category'), 'persons:\n  - category: \n');
    });

    it('writes no snippets for a client without them', async () => {
      const plain = await LspSession.start({ capabilities: PLAIN });
      assert.equal((await complete('persons:\n  |\n', plain)).take('- Person'), 'persons:\n  - ref: \n');
      assert.equal(
        (await complete('suspect_strategy:\n  steps: {|}\n', plain)).take('pnc'),
        'suspect_strategy:\n  steps: {pnc: {}}\n',
      );
      await plain.stop();
    });
  });

  it('is silent where nothing of ours can stand', async () => {
    for (const more of [
      '# a comm|ent\n',
      'review_note: >\n  some te|xt\n',
      'nonsense:\n  |\n',
      'recording:\n  reported_at: x\n      |\n',
    ]) {
      assert.deepEqual((await complete(more)).labels, [], more);
    }
  });

  it('does not need the rest of the file to be sound', async () => {
    const { labels } = await complete('links: [\npersons:\n  - category: |\nrisk: }\n');
    assert.ok(labels.includes('victim'));
  });

  it('works with Windows line ends', async () => {
    const { take } = await complete('persons:\r\n  - category: |\r\n    ref: VIC-7H3K9Q\r\n');
    assert.equal(take('victim'), 'persons:\r\n  - category: victim\r\n    ref: VIC-7H3K9Q\r\n');
    assert.equal(
      (await complete('suspect_strategy:\r\n  |')).take('plan'),
      'suspect_strategy:\r\n  plan:\r\n    ',
    );
  });
});
