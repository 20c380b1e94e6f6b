/** The packaged extension in a real extension host: few tests, no logic. */
import * as assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { COMMANDS, LANGUAGE_ID } from '../../../server/src/protocol.ts';
import { until } from './until.ts';

const RULE = 'suspect-tracing/steps-answered';
const STEP_TITLE = 'Police National Database';

function codeOf({ code }: vscode.Diagnostic): unknown {
  return typeof code === 'object' ? code.value : code;
}

/** The process of the server, which is told who started it, as those of other extensions are. */
function serverOf(client: number): number | undefined {
  const isServer = (pid: string): boolean => {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      return command.includes('case-review.cjs') && command.includes(`--clientProcessId=${client}`);
    } catch {
      return false; // It has ended meanwhile.
    }
  };
  const found = readdirSync('/proc').find(name => /^\d+$/.test(name) && isServer(name));
  return found === undefined ? undefined : Number(found);
}

/** The finding on the one step without an answer; the rule may have more to say. */
const findings = (uri: vscode.Uri) =>
  vscode.languages
    .getDiagnostics(uri)
    .filter(found => codeOf(found) === RULE && found.message.includes(STEP_TITLE));

const errors = (uri: vscode.Uri) =>
  vscode.languages.getDiagnostics(uri).filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);

suite('Case Review in a real VS Code', () => {
  let document: vscode.TextDocument;

  suiteSetup(async () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder, 'a folder is open');
    document = await vscode.workspace.openTextDocument(
      vscode.Uri.joinPath(folder.uri, 'tracing.case-review.yaml'),
    );
    await vscode.window.showTextDocument(document);
  });

  test('a review has its language, and opening one activates the extension', async () => {
    assert.equal(document.languageId, LANGUAGE_ID);
    await until(
      'activation',
      () => vscode.extensions.getExtension('case-review.case-review')?.isActive || undefined,
    );
  });

  test('an unanswered tracing step is a diagnostic with the id of its rule', async () => {
    const [finding] = await until('the diagnostic', () =>
      findings(document.uri).length > 0 ? findings(document.uri) : undefined,
    );
    assert.ok(finding);
    assert.equal(findings(document.uri).length, 1);
    assert.equal(document.getText(finding.range), 'steps');
  });

  test('the code of the diagnostic leads to the page of the rule, with its examples', async () => {
    const [finding] = findings(document.uri);
    const target = typeof finding?.code === 'object' ? finding.code.target : undefined;
    assert.equal(target?.scheme, 'command');
    assert.equal(target.path, COMMANDS.showRule);
    await vscode.commands.executeCommand(COMMANDS.showRule, ...JSON.parse(target.query));
    const isPage = (label: string) => label.includes('steps-answered.md');
    await until(
      'the preview',
      () => vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(tab => isPage(tab.label))) || undefined,
    );
    const page = await vscode.workspace.openTextDocument(
      vscode.Uri.from({ scheme: 'case-review-rule', path: `/${RULE}.md` }),
    );
    assert.match(page.getText(), /^# SUS-02: [\s\S]*## Examples/);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await vscode.window.showTextDocument(document);
  });

  test('the quick fix adds the step as outstanding, and the diagnostic goes away', async () => {
    const [finding] = findings(document.uri);
    assert.ok(finding);
    const textBefore = document.getText();
    const fix = await until('the quick fix', async () => {
      try {
        const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
          'vscode.executeCodeActionProvider',
          document.uri,
          finding.range,
          vscode.CodeActionKind.QuickFix.value,
        );
        return actions.find(({ title }) => new RegExp(`^Add .*${STEP_TITLE}.* as outstanding`).test(title));
      } catch (error) {
        // VS Code cancels the request when another provider registers meanwhile, as happens while it starts.
        if (/cancel/i.test(String(error))) return undefined;
        throw error;
      }
    });
    assert.ok(fix.edit, 'the quick fix brings its edit along');
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    assert.match(document.getText(), /^ {4}pnd:\s*(\{ ?state: outstanding ?\}|\n {6}state: outstanding)$/m);
    assert.equal(document.getText().length > textBefore.length, true);
    await until('the diagnostic to go away', () => (findings(document.uri).length === 0 ? true : undefined));
    assert.ok(await document.save());
  });

  test('a time has its limit behind it, and a ref is renamed wherever it stands', async () => {
    const at = document.getText().indexOf('OFF-1D4F6G');
    const recorded = document.positionAt(document.getText().indexOf('recorded_at'));
    const line = document.lineAt(recorded.line);
    const labels = await until('the inlay hint', async () => {
      const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(
        'vscode.executeInlayHintProvider',
        document.uri,
        line.range,
      );
      return hints.length > 0 ? hints.map(({ label }) => label) : undefined;
    });
    assert.deepEqual(labels, ['+18 h 30 min, limit 24 h']);
    const count = document.getText().split('OFF-1D4F6G').length;
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      document.uri,
      document.positionAt(at),
      'OFF-6F6F6F',
    );
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.equal(document.getText().split('OFF-6F6F6F').length, count);
    assert.ok(!document.getText().includes('OFF-1D4F6G'));
    assert.ok(await document.save());
  });

  test('New Case Review opens an untitled review of the kinds chosen', async () => {
    await vscode.commands.executeCommand(COMMANDS.newReview, ['cse', 'missing']);
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    assert.equal(editor.document.isUntitled, true);
    assert.equal(editor.document.languageId, LANGUAGE_ID);
    assert.match(editor.document.getText(), /^schema: case-review\/1$/m);
    assert.match(editor.document.getText(), /cse/);
    assert.equal(editor.selection.isEmpty, true);
    // Its questions are open, which is no error in a draft.
    await until('the new review to be without errors', () =>
      errors(editor.document.uri).length === 0 ? true : undefined,
    );
  });

  test('the next open question is that of the text as it is, whatever was written meanwhile', async () => {
    const editor = vscode.window.activeTextEditor!;
    const server = serverOf(process.pid);
    assert.ok(server);
    process.kill(server, 'SIGSTOP');
    const going = vscode.commands.executeCommand(COMMANDS.nextQuestion);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(editor.document.uri, new vscode.Position(0, 0), '# Written while the server was slow.\n');
    assert.ok(await vscode.workspace.applyEdit(edit));
    process.kill(server, 'SIGCONT');
    await going;
    await vscode.commands.executeCommand('type', { text: 'ANSWER' });
    const lines = editor.document.getText().split('\n');
    assert.match(lines.find(line => line.includes('ANSWER')) ?? '', /^[ -]*\w+: ?ANSWER/);
  });

  test('the server can be restarted and then finds what it found before', async () => {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand(COMMANDS.restartServer);
    const edit = new vscode.WorkspaceEdit();
    const step = document.getText().indexOf('    pnd:');
    const next =
      document
        .getText()
        .slice(step)
        .search(/\n {2,4}[a-z]/) + step;
    edit.delete(document.uri, new vscode.Range(document.positionAt(step), document.positionAt(next + 1)));
    assert.ok(await vscode.workspace.applyEdit(edit));
    await until('the diagnostic', () => (findings(document.uri).length === 1 ? true : undefined));
  });

  test('when the server is killed, the next one goes on, with what was asked meanwhile', async () => {
    const killed = serverOf(process.pid);
    assert.ok(killed);
    process.kill(killed, 'SIGKILL');
    await vscode.commands.executeCommand(COMMANDS.newReview, ['cse']);
    assert.match(vscode.window.activeTextEditor?.document.getText() ?? '', /^schema: case-review\/1$/m);
    const next = serverOf(process.pid);
    assert.ok(next !== undefined && next !== killed);

    await vscode.window.showTextDocument(document);
    const edit = new vscode.WorkspaceEdit();
    const steps = document.positionAt(document.getText().indexOf('    pnc:'));
    edit.insert(document.uri, steps, '    pnd: { state: outstanding }\n');
    assert.ok(await vscode.workspace.applyEdit(edit));
    await until('the diagnostic to go', () => (findings(document.uri).length === 0 ? true : undefined));
  });

  test('a rule file has its mistakes, fixes and completion within CEL, without being a review', async () => {
    const folder = vscode.workspace.workspaceFolders![0]!.uri;
    const uri = vscode.Uri.joinPath(folder, 'policies/ours/recording/in-time.yaml');
    const rule = await vscode.workspace.openTextDocument(uri);
    assert.equal(rule.languageId, 'yaml');
    const found = await until('the mistake', () =>
      vscode.languages.getDiagnostics(uri).find(one => codeOf(one) === 'pack/bad-expression'),
    );
    assert.equal(rule.getText(found.range), 'record_hrs');
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      uri,
      found.range.start,
    );
    const labels = items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    assert.ok(labels.includes('record_h'));
    const edit = new vscode.WorkspaceEdit();
    const word = rule.getText().indexOf('severity:') + 'sev'.length;
    edit.delete(uri, new vscode.Range(rule.positionAt(word), rule.positionAt(word + 1)));
    assert.ok(await vscode.workspace.applyEdit(edit));
    const slip = await until('the slip', () =>
      vscode.languages.getDiagnostics(uri).find(({ message }) => message.includes('Did you mean "severity"')),
    );
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      slip.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    assert.deepEqual(
      actions.map(({ title }) => title),
      ['Rename to "severity"'],
    );
  });
});
