/**
 * The examples of the rules of a pack as tests of VS Code. Who has no pack among his folders, as most reviewers, is shown
 * no tests.
 */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  PACK_FILE_NAME,
  PACKS_FOLDER,
  PACKS_GLOB,
  RULE_EXAMPLES_REQUEST,
  RULE_TESTS,
  type RuleExample,
  type RuleExamples,
  type RuleExamplesParams,
  type RuleExamplesResult,
} from '../../server/src/protocol.ts';
import { ask } from './ask.ts';

const MANIFESTS = `**/${PACKS_FOLDER}/**/${PACK_FILE_NAME}`;

export function registerRuleTests(client: BaseLanguageClient): vscode.Disposable[] {
  const packs = vscode.workspace.createFileSystemWatcher(MANIFESTS);
  let tests: RuleTests | undefined;
  const begin = (): void => {
    tests ??= new RuleTests(client);
  };
  void vscode.workspace.findFiles(MANIFESTS, undefined, 1).then(found => {
    if (found.length > 0) begin();
  });
  return [packs, packs.onDidCreate(begin), new vscode.Disposable(() => tests?.dispose())];
}

class RuleTests implements vscode.Disposable {
  readonly #client: BaseLanguageClient;
  readonly #tests = vscode.tests.createTestController(RULE_TESTS, vscode.l10n.t('Examples of Rules'));
  readonly #files = vscode.workspace.createFileSystemWatcher(PACKS_GLOB);

  constructor(client: BaseLanguageClient) {
    this.#client = client;
    const run = (request: vscode.TestRunRequest, token: vscode.CancellationToken) =>
      this.#run(request, token);
    const { Run } = vscode.TestRunProfileKind;
    this.#tests.createRunProfile(vscode.l10n.t('Judge Examples'), Run, run, true);
    this.#tests.refreshHandler = () => this.#find();
    // Nothing is judged before somebody looks at the tests.
    this.#tests.resolveHandler = async item => {
      if (item === undefined) await this.#find();
    };
    this.#files.onDidCreate(uri => this.#judge(uri));
    this.#files.onDidChange(uri => this.#judge(uri));
    this.#files.onDidDelete(uri => this.#tests.items.delete(uri.toString()));
  }

  dispose(): void {
    this.#tests.dispose();
    this.#files.dispose();
  }

  async #find(): Promise<void> {
    const found = await vscode.workspace.findFiles(PACKS_GLOB);
    await Promise.all(found.map(uri => this.#judge(uri)));
  }

  /** Lists the examples of a file as they are now. A rule with a mistake keeps those that it had. */
  async #judge(uri: vscode.Uri): Promise<RuleExamplesResult> {
    const params: RuleExamplesParams = { uri: uri.toString() };
    const rule = await ask<RuleExamplesResult>(this.#client, RULE_EXAMPLES_REQUEST, params);
    if (rule !== null) this.#list(uri, rule);
    return rule;
  }

  #list(uri: vscode.Uri, { id, title, place, examples }: RuleExamples): void {
    const item = this.#tests.createTestItem(uri.toString(), id, uri);
    item.description = title;
    item.range = rangeAt(place);
    item.children.replace(
      examples.map(example => {
        const child = this.#tests.createTestItem(idOf(uri, example), example.name, uri);
        child.range = rangeAt(example.place);
        return child;
      }),
    );
    this.#tests.items.add(item);
  }

  async #run(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    const chosen = request.include ?? [...this.#tests.items].map(([, item]) => item);
    const isIn = (items: readonly vscode.TestItem[], id: string) => items.some(item => item.id === id);
    const run = this.#tests.createTestRun(request);
    for (const uri of new Map(chosen.map(({ uri }) => [uri!.toString(), uri!])).values()) {
      if (token.isCancellationRequested) break;
      const rule = await this.#judge(uri);
      const item = this.#tests.items.get(uri.toString());
      if (item === undefined) continue;
      if (rule === null) {
        const words = vscode.l10n.t('The rule has a mistake, so that its examples cannot be judged.');
        run.errored(item, new vscode.TestMessage(words));
      }
      for (const example of rule?.examples ?? []) {
        const child = item.children.get(idOf(uri, example))!;
        const isChosen = [item, child].some(({ id }) => isIn(chosen, id));
        if (!isChosen || isIn(request.exclude ?? [], child.id)) continue;
        if (example.faults.length === 0) run.passed(child);
        else
          run.failed(
            child,
            example.faults.map(fault => toMessage(uri, fault)),
          );
      }
    }
    run.end();
  }
}

function toMessage(uri: vscode.Uri, { message, place }: RuleExample['faults'][number]): vscode.TestMessage {
  const told = new vscode.TestMessage(message);
  told.location = new vscode.Location(uri, rangeAt(place));
  return told;
}

function idOf(uri: vscode.Uri, { path }: RuleExample): string {
  return `${uri}#${path}`;
}

function rangeAt({ line, character }: RuleExample['place']): vscode.Range {
  return new vscode.Range(line, character, line, character);
}
