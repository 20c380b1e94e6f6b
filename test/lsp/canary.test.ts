/** The server's log, its standard error and its messages to the user hold no word of a review, whatever it is asked. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import {
  createMessageConnection,
  type Diagnostic,
  type InitializeResult,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { ANY_CANARY, CANARY, CANARY_REVIEWS } from '../support/canary-reviews.ts';
import { inFolder } from '../support/cli-scenario.ts';

const start = { line: 0, character: 0 };
const range = { start, end: { line: 9, character: 0 } };

/** What is asked of a review for each thing the server says it can do; what it answers is for the user's own editor. */
const REQUESTS: Readonly<Record<string, (position: object) => Readonly<Record<string, object>>>> = {
  diagnosticProvider: () => ({ 'textDocument/diagnostic': {} }),
  codeActionProvider: () => ({ 'textDocument/codeAction': { range, context: { diagnostics: [] } } }),
  completionProvider: position => ({ 'textDocument/completion': { position } }),
  hoverProvider: position => ({ 'textDocument/hover': { position } }),
  inlayHintProvider: () => ({ 'textDocument/inlayHint': { range } }),
  codeLensProvider: () => ({ 'textDocument/codeLens': {} }),
  documentSymbolProvider: () => ({ 'textDocument/documentSymbol': {} }),
  foldingRangeProvider: () => ({ 'textDocument/foldingRange': {} }),
  selectionRangeProvider: position => ({ 'textDocument/selectionRange': { positions: [position] } }),
  semanticTokensProvider: () => ({ 'textDocument/semanticTokens/full': {} }),
  documentFormattingProvider: () => ({
    'textDocument/formatting': { options: { tabSize: 2, insertSpaces: true } },
  }),
  documentRangeFormattingProvider: () => ({
    'textDocument/rangeFormatting': { range, options: { tabSize: 2, insertSpaces: true } },
  }),
  documentOnTypeFormattingProvider: position => ({
    'textDocument/onTypeFormatting': { position, ch: '\n', options: { tabSize: 2, insertSpaces: true } },
  }),
  definitionProvider: position => ({ 'textDocument/definition': { position } }),
  referencesProvider: position => ({
    'textDocument/references': { position, context: { includeDeclaration: true } },
  }),
  documentHighlightProvider: position => ({ 'textDocument/documentHighlight': { position } }),
  renameProvider: position => ({ 'textDocument/rename': { position, newName: CANARY } }),
  documentLinkProvider: () => ({ 'textDocument/documentLink': {} }),
  workspaceSymbolProvider: () => ({ 'workspace/symbol': { query: CANARY } }),
};

test(
  'whatever is asked of reviews full of names, log and messages stay free of them',
  { timeout: 120_000 },
  () =>
    inFolder(CANARY_REVIEWS, async folder => {
      const main = new URL('../../server/src/main.js', import.meta.url).pathname;
      const child = spawn(process.execPath, [main, 'lsp', '--stdio'], { stdio: 'pipe' });
      let log = '';
      child.stderr.on('data', data => {
        log += String(data);
      });
      const connection = createMessageConnection(
        new StreamMessageReader(child.stdout),
        new StreamMessageWriter(child.stdin),
      );
      // All that the server says of its own accord but findings, which are for the review they stand in.
      connection.onNotification((method: string, params: unknown) => {
        if (method !== 'textDocument/publishDiagnostics') log += `${method} ${JSON.stringify(params)}\n`;
      });
      connection.onRequest((method: string, params: unknown) => {
        log += `${method} ${JSON.stringify(params)}\n`;
        return null;
      });
      connection.listen();
      const uriOf = (name: string) => pathToFileURL(path.join(folder, name)).href;
      const { capabilities } = (await connection.sendRequest('initialize', {
        processId: process.pid,
        rootUri: null,
        workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'canary' }],
        capabilities: { workspace: { workspaceFolders: true, configuration: true } },
        trace: 'verbose',
      })) as InitializeResult;
      await connection.sendNotification('initialized', {});
      const can = Object.keys(capabilities).filter(name => name.endsWith('Provider'));
      assert.deepEqual(can.sort(), Object.keys(REQUESTS).sort());
      let findings = '';
      for (const [name, text] of Object.entries(CANARY_REVIEWS)) {
        const textDocument = { uri: uriOf(name), languageId: 'case-review', version: 1, text };
        await connection.sendNotification('textDocument/didOpen', { textDocument });
        const line = Math.max(
          0,
          text.split('\n').findIndex(one => one.includes(CANARY)),
        );
        const position = { line, character: text.split('\n')[line]?.indexOf(CANARY) ?? 0 };
        for (const requests of Object.values(REQUESTS))
          for (const [method, more] of Object.entries(requests(position))) {
            const params = { textDocument: { uri: textDocument.uri }, ...more };
            const answer = await connection.sendRequest(method, params).catch((error: Error) => {
              log += `${error.message}\n`;
            });
            if (method === 'textDocument/diagnostic') findings += messagesOf(answer);
          }
      }
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      await once(child, 'exit');
      connection.dispose();
      assert.match(findings, /\w/);
      assert.match(log, /^workspace\/configuration /m);
      assert.doesNotMatch(findings, ANY_CANARY);
      assert.doesNotMatch(log, ANY_CANARY);
    }),
);

/** Messages are written down by editors: in lists, in their logs, on a screen that others see. */
function messagesOf(answer: unknown): string {
  const { items = [] } = answer as { readonly items?: readonly Diagnostic[] };
  return items.map(({ message }) => `${message}\n`).join('');
}
