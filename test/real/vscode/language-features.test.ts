/** What VS Code gets of each language feature, asked as its editor asks: over two reviews that are linked. */
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from './until.ts';

const LATE_LINE = '  recorded_at:   2026-02-05T21:10:00Z   # late';
const ONE = `schema: case-review/1
review:
  id: CASE-6A6A6A
  kind: [cse]
  state: draft
  reviewed_at: 2026-03-10T10:30:00Z
persons:
  - {ref: VIC-6A6A6A, category: victim}
recording:
  reported_at: 2026-02-02T21:10:00Z
${LATE_LINE}
  offences:
    - {crime_ref: CR-1, class: 21}
coordination: {lead: OFF-6A6A6A}
links:
  cases:
    - {ref: CASE-7B7B7B, relation: sibling}
  other_children: {state: outstanding}
`;
const TWO = `schema: case-review/1
review:
  id: CASE-7B7B7B
  kind: [cse]
  state: draft
  reviewed_at: 2026-03-10T10:30:00Z
persons:
  - {ref: OFF-6A6A6A, category: officer}
`;
const OPTIONS: vscode.FormattingOptions = { tabSize: 2, insertSpaces: true };

suite('The language in a real VS Code', () => {
  let document: vscode.TextDocument;
  let other: vscode.Uri;

  suiteSetup(async () => {
    const folder = vscode.workspace.workspaceFolders![0]!.uri;
    other = vscode.Uri.joinPath(folder, 'two.case-review.yaml');
    const uri = vscode.Uri.joinPath(folder, 'one.case-review.yaml');
    for (const [file, text] of [[other, TWO] as const, [uri, ONE] as const])
      await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
    document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
  });

  suiteTeardown(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    for (const file of [document.uri, other]) await vscode.workspace.fs.delete(file);
  });

  const place = (words: string) => document.positionAt(document.getText().indexOf(words) + 1);
  const line = (words: string) => document.lineAt(place(words)).range;

  /** Once there is something. VS Code cancels a request when another provider registers meanwhile, as while it starts. */
  function ask<T>(command: string, ...args: unknown[]): Promise<T> {
    return until(command, async () => {
      try {
        const answer = await vscode.commands.executeCommand<T | undefined>(`vscode.${command}`, ...args);
        return Array.isArray(answer) && answer.length === 0 ? undefined : answer;
      } catch (error) {
        if (/cancel/i.test(String(error))) return undefined;
        throw error;
      }
    });
  }

  const at = ({ uri, range }: vscode.Location) => `${uri.path.split('/').at(-1)}:${range.start.line + 1}`;

  test('a linked case is a link to its review, and what it is called is defined there', async () => {
    const [link] = await ask<vscode.DocumentLink[]>('executeLinkProvider', document.uri, 100);
    assert.equal(document.getText(link!.range), 'CASE-7B7B7B');
    assert.equal(link!.target?.toString(), other.toString());
    const from = place('CASE-7B7B7B');
    const [found] = await ask<vscode.Location[]>('executeDefinitionProvider', document.uri, from);
    assert.equal(at(found!), 'two.case-review.yaml:3');
  });

  test('a ref is found in both reviews, highlighted in its own and by its name', async () => {
    const from = place('OFF-6A6A6A');
    const found = await ask<vscode.Location[]>('executeReferenceProvider', document.uri, from);
    assert.deepEqual(found.map(at).sort(), ['one.case-review.yaml:14', 'two.case-review.yaml:8']);
    const own = await ask<vscode.DocumentHighlight[]>('executeDocumentHighlights', document.uri, from);
    assert.deepEqual(
      own.map(({ range }) => document.getText(range)),
      ['OFF-6A6A6A'],
    );
    const named = await ask<vscode.SymbolInformation[]>('executeWorkspaceSymbolProvider', 'CASE-7B');
    assert.deepEqual(
      named.map(({ location }) => at(location)),
      ['two.case-review.yaml:3'],
    );
  });

  test('sections are outlined, folded and counted, and a selection grows along them', async () => {
    const outline = await ask<vscode.DocumentSymbol[]>('executeDocumentSymbolProvider', document.uri);
    const names = ['schema', 'review', 'persons', 'recording', 'coordination', 'links'];
    assert.deepEqual(
      outline.map(({ name }) => name),
      names,
    );
    const folds = await ask<vscode.FoldingRange[]>('executeFoldingRangeProvider', document.uri);
    assert.ok(folds.some(({ start, end }) => start === 1 && end === 5));
    const [grown] = await ask<vscode.SelectionRange[]>('executeSelectionRangeProvider', document.uri, [
      place('CASE-7B7B7B'),
    ]);
    // VS Code begins with parts of the word.
    const texts: string[] = [];
    for (let one: vscode.SelectionRange | undefined = grown; one; one = one.parent)
      texts.push(document.getText(one.range));
    const word = texts.indexOf('CASE-7B7B7B');
    assert.equal(texts[word + 1], 'ref: CASE-7B7B7B', texts.join('\n'));
    const titles = await until('the lenses', async () => {
      const lenses = await ask<vscode.CodeLens[]>('executeCodeLensProvider', document.uri, 50);
      const found = lenses.map(({ command }) => command?.title ?? '');
      return found.some(title => title.startsWith('CASE-7B7B7B, draft')) ? found : undefined;
    });
    assert.ok(titles.some(title => title.startsWith('1 in breach')));
  });

  test('a hover says what is judged, by which limit', async () => {
    const hovers = await ask<vscode.Hover[]>('executeHoverProvider', document.uri, place('recorded_at'));
    const text = hovers
      .flatMap(({ contents }) => contents.map(one => (one as vscode.MarkdownString).value))
      .join('\n');
    assert.match(
      text,
      /When the crime was recorded[\s\S]*72 h after “Reported at”, limit 24 h[\s\S]*Source: /,
    );
  });

  test('a ref has the colour of its kind', async () => {
    const { tokenTypes } = await ask<vscode.SemanticTokensLegend>(
      'provideDocumentSemanticTokensLegend',
      document.uri,
    );
    const { data } = await ask<vscode.SemanticTokens>('provideDocumentSemanticTokens', document.uri);
    const types = Array.from({ length: data.length / 5 }, (_, token) => tokenTypes[data[token * 5 + 3]!]);
    const kinds = types.filter(type => type !== 'enumMember' && type !== 'number');
    // CASE-6A6A6A, VIC-6A6A6A, OFF-6A6A6A and CASE-7B7B7B
    assert.deepEqual(kinds, ['namespace', 'type', 'variable', 'namespace']);
  });

  test('the review, lines of it, and a line that was ended are formatted, comments left alone', async () => {
    const neat = '  recorded_at: 2026-02-05T21:10:00Z   # late';
    const below = new vscode.Position(line('recorded_at').start.line + 1, 0);
    for (const [command, ...args] of [
      ['executeFormatDocumentProvider'],
      ['executeFormatRangeProvider', line('recorded_at')],
      ['executeFormatOnTypeProvider', below, '\n'],
    ] as const) {
      const edits = await ask<vscode.TextEdit[]>(command, document.uri, ...args, OPTIONS);
      const edit = new vscode.WorkspaceEdit();
      edit.set(document.uri, edits);
      assert.ok(await vscode.workspace.applyEdit(edit));
      assert.equal(document.getText(), ONE.replace(LATE_LINE, neat), command);
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), ONE);
    }
  });

  test('who is only mentioned can be listed, and a problem be waived', async () => {
    const actions = async (words: string, kind: vscode.CodeActionKind) => {
      const found = await ask<vscode.CodeAction[]>(
        'executeCodeActionProvider',
        document.uri,
        line(words),
        kind.value,
      );
      return found.map(({ title }) => title);
    };
    const lead = new vscode.Range(place('OFF-6A6A6A'), place('OFF-6A6A6A'));
    const [list] = await ask<vscode.CodeAction[]>(
      'executeCodeActionProvider',
      document.uri,
      lead,
      vscode.CodeActionKind.RefactorExtract.value,
    );
    assert.equal(list?.title, 'List OFF-6A6A6A in persons as officer');
    assert.ok(
      (await actions('recorded_at', vscode.CodeActionKind.QuickFix)).some(title =>
        title.startsWith('Waive '),
      ),
    );
  });

  test('saving makes the safe fixes where somebody wants that', async () => {
    const settings = vscode.workspace.getConfiguration('editor', document);
    const onSave = { 'source.fixAll.caseReview': 'explicit' };
    await settings.update('codeActionsOnSave', onSave, vscode.ConfigurationTarget.Workspace);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '# Read again.\n');
    assert.ok(await vscode.workspace.applyEdit(edit));
    await until(
      'the problem',
      () =>
        vscode.languages.getDiagnostics(document.uri).some(({ message }) => /quotes/.test(message)) ||
        undefined,
    );
    assert.ok(await document.save());
    await settings.update('codeActionsOnSave', undefined, vscode.ConfigurationTarget.Workspace);
    assert.equal(document.getText(), `# Read again.\n${ONE.replace('class: 21', 'class: "21"')}`);
  });
});
