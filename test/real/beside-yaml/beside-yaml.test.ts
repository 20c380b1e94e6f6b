/** The packaged extension beside Red Hat's YAML server, which checks every `*.yaml` file against a schema. */
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { LANGUAGE_ID } from '../../../server/src/protocol.ts';
import { until } from '../vscode/until.ts';

const REVIEW = 'tracing.case-review.yaml';
const CONFIG = 'case-review.config.yaml';
const OURS = 'case-review';
/** What the schema of the settings demands of every YAML file, and none here has. */
const DEMANDED = 'demanded_by_the_schema';

const sourcesOf = (uri: vscode.Uri) =>
  new Set(vscode.languages.getDiagnostics(uri).map(({ source }) => source ?? ''));

const both = (uri: vscode.Uri) => {
  const found = sourcesOf(uri);
  return found.size > 1 ? found : undefined;
};

/** Once somebody has found something there. */
function sources(uri: vscode.Uri): Promise<Set<string>> {
  return until(`a diagnostic of ${uri.path}`, () => {
    const found = sourcesOf(uri);
    return found.size > 0 ? found : undefined;
  });
}

async function labels(uri: vscode.Uri, position: vscode.Position): Promise<string[]> {
  const list = await until('completions', async () => {
    const found = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      uri,
      position,
    );
    return found.items.length > 0 ? found : undefined;
  });
  return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}

suite('Beside the YAML extension of Red Hat', () => {
  const folder = vscode.workspace.workspaceFolders![0]!.uri;
  const open = async (path: string) => {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, path));
    await vscode.window.showTextDocument(document);
    return document;
  };

  test('a plain YAML file gets what the other server says, and nothing of ours', async () => {
    const plain = await open('plain.yaml');
    assert.equal(plain.languageId, 'yaml');
    assert.deepEqual(
      [...(await sources(plain.uri))].filter(source => source.startsWith(OURS)),
      [],
    );
    assert.match(JSON.stringify(vscode.languages.getDiagnostics(plain.uri)), new RegExp(DEMANDED));
    assert.ok((await labels(plain.uri, new vscode.Position(1, 0))).includes(DEMANDED));
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      plain.uri,
      10,
    );
    assert.doesNotMatch(JSON.stringify(lenses), /caseReview/);
  });

  test('a review keeps its language, and only our findings stand in it', async () => {
    const review = await open(REVIEW);
    assert.equal(review.languageId, LANGUAGE_ID);
    assert.deepEqual([...(await sources(review.uri))], [OURS]);
  });

  test('a review is completed once and formatted by us alone', async () => {
    const review = await open(REVIEW);
    const found = await labels(review.uri, review.positionAt(review.getText().indexOf('complete')));
    assert.deepEqual(found, ['draft', 'complete']);
    const edits = await vscode.commands.executeCommand<vscode.TextEdit[] | undefined>(
      'vscode.executeFormatDocumentProvider',
      review.uri,
      { tabSize: 2, insertSpaces: true },
    );
    // The other formatter would break long lines and change quotes.
    assert.deepEqual([...new Set(edits?.map(({ newText }) => newText.trim()))], ['']);
  });

  test('policy and configuration are YAML to both, and we find what is wrong with them', async () => {
    const policy = await open(CONFIG);
    assert.equal(policy.languageId, 'yaml');
    assert.ok((await until('what the other finds', () => both(policy.uri))).has(OURS));
  });

  test('nobody is asked which formatter is meant', async () => {
    for (const path of [REVIEW, CONFIG, 'plain.yaml']) {
      await open(path);
      await vscode.commands.executeCommand('editor.action.formatDocument');
    }
  });
});
