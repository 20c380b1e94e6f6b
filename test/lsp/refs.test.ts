/** Definition, references, highlights, rename, links and workspace symbols of refs: the cursor is the `|` in the text. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type CancellationToken,
  CancellationTokenSource,
  DefinitionRequest,
  DocumentHighlightRequest,
  DocumentLinkRequest,
  type Location,
  LSPErrorCodes,
  type Position,
  PrepareRenameRequest,
  ReferencesRequest,
  RenameRequest,
  type SymbolInformation,
  type TextDocumentEdit,
  WorkspaceSymbolRequest,
} from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { LspSession, MODERN, PLAIN, type SessionOptions, uriOf } from '../support/lsp-session.ts';
import { reviewText } from '../support/reviews.ts';

const OFFICER = 'OFF-1D4F6G';
const OTHER = reviewText({
  id: 'CASE-8N6B3V',
  more: `persons:
  - {ref: OFF-1D4F6G, category: officer, role: oic}
links:
  cases:
    - {ref: CASE-4T7Q2M, relation: same_suspect, oic: OFF-1D4F6G}
missing:
  - {ref: MIS-2C5D7F, child: VIC-7H3K9Q}
`,
});
const OWN = reviewText({
  more: `# seen by OFF-1D4F6G 👮
persons:
  - {ref: OFF-1D4F6G, category: officer, note: "👮 OFF-1D4F6G covers for OFF-2B2B2B"}
suspect_strategy:
  lines_of_enquiry:
    - {id: LOE-1, text: as LOE-12 says}
links:
  cases:
    - {ref: CASE-8N6B3V, relation: same_suspect}
    - {ref: MIS-2C5D7F, relation: same_victim}
    - {ref: CASE-9X9X9X, relation: same_victim}
grades:
  evidence:
    - {theme: recording, ref: LOE-1}
`,
});
const NAME = 'own.case-review.yaml';

interface Opened {
  readonly session: LspSession;
  /** The position of the n-th occurrence. */
  at(word: string, nth?: number): { textDocument: { uri: string }; position: Position };
}

async function open(text = OWN, options: SessionOptions = {}, name = NAME): Promise<Opened> {
  const files = {
    'other.case-review.yaml': OTHER,
    'zoo.case-review.yaml': reviewText({ id: 'CASE-1A1A1A' }),
  };
  const session = await LspSession.start({ files, ...options });
  const document = await session.open(name, text);
  if (options.holdScan === undefined) await session.scanned();
  return {
    session,
    at(word, nth = 0) {
      const offset = [...text.matchAll(new RegExp(word, 'g'))][nth]?.index ?? -1;
      assert.notEqual(offset, -1, word);
      return { textDocument: { uri: document.uri }, position: document.positionAt(offset + 2) };
    },
  };
}

/** `name line:text` for each place. */
function show(session: LspSession, places: readonly Location[]): string[] {
  return places.map(({ uri, range }) => {
    const document =
      session.documents.get(uri) ?? TextDocument.create(uri, '', 0, session.files.get(uri) ?? '');
    return `${uri.slice(uri.lastIndexOf('/') + 1, -'.case-review.yaml'.length)} ${range.start.line + 1}:${document.getText(range)}`;
  });
}

describe('refs', () => {
  describe('definition', () => {
    const cases = [
      { what: 'a person, in the same review', word: OFFICER, nth: 0, is: ['own 9:OFF-1D4F6G'] },
      {
        what: 'a case, in the review that holds it',
        word: 'CASE-8N6B3V',
        nth: 0,
        is: ['other 3:CASE-8N6B3V'],
      },
      { what: 'a missing episode', word: 'MIS-2C5D7F', nth: 0, is: ['other 13:MIS-2C5D7F'] },
      { what: 'a line of enquiry', word: 'LOE-1\\b', nth: 1, is: ['own 12:LOE-1'] },
      { what: 'a case without a review', word: 'CASE-9X9X9X', nth: 0, is: [] },
      { what: 'something that is no ref', word: 'relation', nth: 0, is: [] },
    ];
    for (const { what, word, nth, is } of cases) {
      it(`is found of ${what}`, async () => {
        const { session, at } = await open();
        const found = await session.connection.sendRequest(DefinitionRequest.type, at(word, nth));
        assert.deepEqual(show(session, (found ?? []) as Location[]), is);
        await session.stop();
      });
    }

    it('of a person whom only another review lists leads there', async () => {
      const text = reviewText({ id: 'CASE-3D3D3D', more: 'supervision: {supervisor: OFF-1D4F6G}\n' });
      const { session, at } = await open(text);
      const found = await session.connection.sendRequest(DefinitionRequest.type, at(OFFICER));
      assert.deepEqual(show(session, (found ?? []) as Location[]), ['other 8:OFF-1D4F6G']);
      await session.stop();
    });
  });

  describe('references', () => {
    const references = async (opened: Opened, word: string, includeDeclaration = true, nth = 0) => {
      const params = { ...opened.at(word, nth), context: { includeDeclaration } };
      const found = await opened.session.connection.sendRequest(ReferencesRequest.type, params);
      return show(opened.session, found ?? []);
    };

    it('are listed in all reviews, in values, free text and comments', async () => {
      const opened = await open();
      assert.deepEqual(await references(opened, OFFICER), [
        'own 7:OFF-1D4F6G',
        'own 9:OFF-1D4F6G',
        'own 9:OFF-1D4F6G',
        'other 8:OFF-1D4F6G',
        'other 11:OFF-1D4F6G',
      ]);
      await opened.session.stop();
    });

    it('leave out where the name is given, when asked to', async () => {
      const opened = await open();
      assert.deepEqual(await references(opened, OFFICER, false), [
        'own 7:OFF-1D4F6G',
        'own 9:OFF-1D4F6G',
        'other 11:OFF-1D4F6G',
      ]);
      await opened.session.stop();
    });

    it('of an entry of one review stay in that review, and LOE-12 is not LOE-1', async () => {
      const opened = await open(OWN, { files: { 'other.case-review.yaml': OWN } });
      assert.deepEqual(await references(opened, 'LOE-1'), ['own 12:LOE-1', 'own 20:LOE-1']);
      await opened.session.stop();
    });

    it('follow what changes on disk even where the client tells nothing of it', async () => {
      const opened = await open();
      const { session } = opened;
      assert.equal((await references(opened, OFFICER)).length, 5);
      session.files.set(uriOf('other.case-review.yaml'), reviewText({ id: 'CASE-8N6B3V' }));
      session.files.set(uriOf('zoo.case-review.yaml'), `# ${OFFICER}\n`);
      assert.deepEqual((await references(opened, OFFICER)).slice(3), ['zoo 1:OFF-1D4F6G']);
      await session.stop();
    });

    it('follow what is typed and what changes on disk', async () => {
      const watching = { ...MODERN.workspace, didChangeWatchedFiles: { dynamicRegistration: true } };
      const opened = await open(OWN, { capabilities: { ...MODERN, workspace: watching } });
      const { session } = opened;
      await references(opened, OFFICER);
      await session.replace(NAME, '# seen by OFF-1D4F6G', '# seen by OFF-9Z9Z9Z');
      await session.write('other.case-review.yaml', undefined);
      await session.write('zoo.case-review.yaml', `${reviewText({ id: 'CASE-1A1A1A' })}# OFF-1D4F6G\n`);
      assert.deepEqual(await references(opened, OFFICER, true, 1), [
        'own 9:OFF-1D4F6G',
        'own 9:OFF-1D4F6G',
        'zoo 7:OFF-1D4F6G',
      ]);
      await session.stop();
    });

    it('are found in broken YAML and with CRLF', async () => {
      const opened = await open(`${OWN}nonsense: [unclosed {\n  - OFF-1D4F6G: "\n`.replaceAll('\n', '\r\n'));
      assert.deepEqual((await references(opened, OFFICER)).slice(0, 4), [
        'own 7:OFF-1D4F6G',
        'own 9:OFF-1D4F6G',
        'own 9:OFF-1D4F6G',
        'own 22:OFF-1D4F6G',
      ]);
      await opened.session.stop();
    });
  });

  it('are highlighted in their review, the definition as the place that is written', async () => {
    const { session, at } = await open();
    const found = await session.connection.sendRequest(DocumentHighlightRequest.type, at(OFFICER));
    assert.deepEqual(
      found?.map(({ kind, range }) => [kind, range.start.line + 1, range.start.character]),
      [
        [2, 7, 10],
        [3, 9, 10],
        [2, 9, 51],
      ],
    );
    const none = await session.connection.sendRequest(DocumentHighlightRequest.type, at('category'));
    assert.deepEqual(none, []);
    await session.stop();
  });

  describe('rename', () => {
    const rename = async ({ session, at }: Opened, word: string, newName: string) =>
      session.connection.sendRequest(RenameRequest.type, { ...at(word), newName });

    it('changes every review, bound to versions where they are open, and nothing else', async () => {
      const opened = await open();
      const { session } = opened;
      const edit = await rename(opened, OFFICER, 'OFF-7K7K7K');
      const changes = (edit?.documentChanges ?? []) as TextDocumentEdit[];
      assert.deepEqual(
        changes.map(({ textDocument }) => [textDocument.uri, textDocument.version]),
        [
          [uriOf(NAME), 1],
          [uriOf('other.case-review.yaml'), null],
        ],
      );
      const before = session.files.get(uriOf('other.case-review.yaml'))!;
      await session.open('other.case-review.yaml', before);
      await session.apply(edit!);
      assert.equal(session.documents.get(uriOf(NAME))?.getText(), OWN.replaceAll(OFFICER, 'OFF-7K7K7K'));
      assert.equal(
        session.documents.get(uriOf('other.case-review.yaml'))?.getText(),
        OTHER.replaceAll(OFFICER, 'OFF-7K7K7K'),
      );
      await session.stop();
    });

    it('speaks to a client that knows no versions', async () => {
      const opened = await open(OWN, {
        capabilities: PLAIN,
        files: { 'other.case-review.yaml': OTHER },
      });
      const edit = await rename(opened, 'CASE-8N6B3V', 'CASE-5E5E5E');
      assert.deepEqual(Object.keys(edit?.changes ?? {}), [uriOf(NAME), uriOf('other.case-review.yaml')]);
      await opened.session.stop();
    });

    const refusals = [
      { to: 'SUS-7K7K7K', why: /same kind\. Pseudonym of an officer or professional: OFF-/ },
      { to: 'OFF-7', why: /same kind/ },
      { to: 'Jane', why: /same kind/ },
      { to: 'OFF-2B2B2B', why: /OFF-2B2B2B is in use already/ },
    ];
    for (const { to, why } of refusals) {
      it(`refuses ${to} for an officer`, async () => {
        const opened = await open();
        await assert.rejects(rename(opened, OFFICER, to), why);
        await opened.session.stop();
      });
    }

    it('refuses what is no ref, and changes nothing for the same name', async () => {
      const opened = await open();
      await assert.rejects(rename(opened, 'category', 'kind'), /Only refs can be renamed/);
      const { session, at } = opened;
      assert.equal(await session.connection.sendRequest(PrepareRenameRequest.type, at('category')), null);
      assert.deepEqual(await session.connection.sendRequest(PrepareRenameRequest.type, at(OFFICER)), {
        range: { start: { line: 6, character: 10 }, end: { line: 6, character: 20 } },
        placeholder: OFFICER,
      });
      assert.equal(await rename(opened, OFFICER, OFFICER), null);
      await session.stop();
    });

    it('waits for nobody: while the reviews are still being read it says so', async () => {
      let go = (): void => {};
      const holdScan = new Promise<void>(resolve => {
        go = resolve;
      });
      const capabilities = { ...MODERN, window: { workDoneProgress: true } };
      const opened = await open(OWN, { holdScan, capabilities, files: { 'other.case-review.yaml': OTHER } });
      await assert.rejects(rename(opened, OFFICER, 'OFF-7K7K7K'), /still being read/);
      go();
      await opened.session.stop();
    });
  });

  it('of cases and episodes that other reviews hold are links', async () => {
    const { session, at } = await open();
    const links = await session.connection.sendRequest(DocumentLinkRequest.type, at('schema'));
    assert.deepEqual(
      links?.map(({ range, target, tooltip }) => [range.start.line + 1, target, tooltip]),
      [
        [15, uriOf('other.case-review.yaml'), 'Open other.case-review.yaml'],
        [16, uriOf('other.case-review.yaml'), 'Open other.case-review.yaml'],
      ],
    );
    await session.stop();
  });

  it('are found in the workspace where they get their name', async () => {
    const { session } = await open();
    const find = async (query: string) => {
      const found = await session.connection.sendRequest(WorkspaceSymbolRequest.type, { query });
      return (found as SymbolInformation[]).map(({ name, containerName }) => `${name} ${containerName}`);
    };
    assert.deepEqual(await find('case-8n'), ['CASE-8N6B3V other.case-review.yaml']);
    assert.deepEqual(await find(OFFICER), [
      'OFF-1D4F6G other.case-review.yaml',
      'OFF-1D4F6G own.case-review.yaml',
    ]);
    assert.deepEqual(await find('LOE'), []);
    assert.equal((await find('')).length, 6);
    await session.stop();
  });

  it('find a case also by the references of the force, wherever they are written', async () => {
    const text = (more: string) => ({ 'other.case-review.yaml': reviewText({ id: 'CASE-8N6B3V', more }) });
    const find = async (files: Readonly<Record<string, string>>, query: string) => {
      const { session } = await open(OWN, { files });
      const found = await session.connection.sendRequest(WorkspaceSymbolRequest.type, { query });
      await session.stop();
      return (found as SymbolInformation[]).map(
        ({ name, containerName, location }) => `${name} ${containerName} ${location.range.start.line + 1}`,
      );
    };
    const block = text(`recording:
  incident_ref: CAD-local-0142
  offences:
    - crime_ref: "CR/26/000142"
  cancel: {crime_ref: CR/26/000142}
  # crime_ref: CR/26/000143
`);
    assert.deepEqual(await find(block, '0142'), [
      'CAD-local-0142 other.case-review.yaml 8',
      'CR/26/000142 other.case-review.yaml 10',
    ]);
    assert.deepEqual(await find(block, 'cad-LOCAL'), ['CAD-local-0142 other.case-review.yaml 8']);
    assert.deepEqual(await find(block, '000143'), []);
    const braces = text(
      "recording: {'incident_ref': 'CAD-7', offences: [{crime_ref: CR-8}, {crime_ref: CR-9}]}\n",
    );
    assert.deepEqual(await find(braces, 'cr-'), [
      'CR-8 other.case-review.yaml 7',
      'CR-9 other.case-review.yaml 7',
    ]);
    assert.deepEqual(await find(braces, 'cad'), ['CAD-7 other.case-review.yaml 7']);
  });

  it('are no longer looked for when the client has changed its mind', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 200 }, (_, i) => [
        `r${i}.case-review.yaml`,
        reviewText({ more: `# ${OFFICER}\n` }),
      ]),
    );
    const { session, at } = await open(OWN, { files: many });
    const requests = [
      (token: CancellationToken) =>
        session.connection.sendRequest(
          ReferencesRequest.type,
          { ...at(OFFICER), context: { includeDeclaration: true } },
          token,
        ),
      (token: CancellationToken) =>
        session.connection.sendRequest(RenameRequest.type, { ...at(OFFICER), newName: 'OFF-7K7K7K' }, token),
      (token: CancellationToken) =>
        session.connection.sendRequest(WorkspaceSymbolRequest.type, { query: '' }, token),
    ];
    for (const request of requests) {
      const source = new CancellationTokenSource();
      const answer = request(source.token);
      source.cancel();
      await assert.rejects(answer, { code: LSPErrorCodes.RequestCancelled });
    }
    await session.stop();
  });

  it('work in an empty document and in one that was never saved', async () => {
    const { session, at } = await open(OWN, {}, 'untitled:Untitled-1');
    const found = await session.connection.sendRequest(DefinitionRequest.type, at('LOE-1\\b', 1));
    assert.equal((found as Location[])[0]?.uri, 'untitled:Untitled-1');
    const empty = await session.open('empty.case-review.yaml', '');
    const cursor = { textDocument: { uri: empty.uri }, position: { line: 0, character: 0 } };
    assert.deepEqual(await session.connection.sendRequest(DefinitionRequest.type, cursor), []);
    assert.deepEqual(await session.connection.sendRequest(DocumentLinkRequest.type, cursor), []);
    await session.stop();
  });
});
