/** What one connection works with: made in `initialize`, handed to every feature, gone with the connection. */
import type { Connection, InitializeParams } from 'vscode-languageserver';
import { type Checklist, readChecklist } from '../check/checklist.ts';
import type { Report } from '../engine/report.ts';
import { DEFAULT_SETTINGS, type Settings } from '../protocol.ts';
import { createSay, type Say } from '../texts/say.ts';
import type { FileProvider } from '../workspace/file-provider.ts';
import type { CreateWorkspace, Workspace } from '../workspace/workspace.ts';
import { canonicalUri, isWithin } from './canonical-uri.ts';
import { ClientFiles } from './client-files.ts';
import { type ClientSupport, readClientSupport } from './client-support.ts';
import { createDiagnoses, type Diagnoses } from './diagnose.ts';
import { type Change, createDocuments, type Documents } from './documents.ts';
import { createFence, type Fence } from './fence.ts';
import { createPace, type Pace } from './idle.ts';
import { type Files, joinFiles } from './join-files.ts';
import { createLiveExamples, type LiveExamples } from './live-examples.ts';
import { createMentions, type Mentions } from './mentions.ts';
import { placeOf } from './place-of.ts';
import { readBundle } from './read-bundle.ts';
import { createRuleAddress } from './rule-address.ts';
import { createTrust, type Trust } from './trust.ts';

/** What the server stands on; tests hand in their own. */
export interface Surroundings extends Files {
  /** Which files can be had there; the others are read by a client that offers to. Without this, all can. */
  readonly reaches?: (uri: string) => boolean;
  readonly createWorkspace: CreateWorkspace;
  /** The clock, for the date of a new review and nothing else. */
  readonly now: () => Date;
  /** The folder in which the program's own `docs/` and `policies/` lie, with its slash, where they do. */
  readonly home?: string;
  /** Lets exceptions through instead of answering with nothing: for tests. */
  readonly strict?: boolean;
  /** Answers the first question with what is wrong with the form alone, so that it need not wait for the rules. */
  readonly showsFormFirst?: boolean;
}

export interface Session {
  readonly connection: Connection;
  readonly client: ClientSupport;
  /** What the user is told, in the language of the editor where there is a bundle for it. */
  readonly say: Say;
  readonly fence: Fence;
  readonly pace: Pace;
  readonly files: FileProvider;
  /** Undefined where the server reaches every folder itself. */
  readonly clientFiles: ClientFiles | undefined;
  readonly findReviews: Surroundings['findReviews'];
  readonly isLeftOut: Surroundings['isLeftOut'];
  readonly now: Surroundings['now'];
  readonly showsFormFirst: boolean;
  readonly home: string | undefined;
  readonly trust: Trust;
  readonly workspace: Workspace;
  readonly documents: Documents;
  /** Which reviews mention a ref. */
  readonly mentions: Mentions;
  /** The checklist of an open review. */
  checklist(uri: string): Checklist;
  readonly diagnoses: Diagnoses;
  readonly examples: LiveExamples;
  folders(): readonly string[];
  changeFolders(added: readonly string[], removed: readonly string[]): void;
  changeSettings(settings: Settings): void;
  /** False until every review of the folders has been read once. */
  isScanned(): boolean;
  changeScanning(by: 1 | -1): void;
  onChange(listener: (change: Change) => void): void;
  tellChange(change: Change): void;
}

export function createSession(
  connection: Connection,
  params: InitializeParams,
  around: Surroundings,
): Session {
  const { reaches = () => true, now, home } = around;
  const client = readClientSupport(params);
  let folders = startFolders(params);
  const clientFiles =
    client.readsFiles && !folders.every(reaches)
      ? new ClientFiles(connection, uri => !reaches(uri))
      : undefined;
  const { files, findReviews, isLeftOut } = clientFiles ? joinFiles(around, clientFiles) : around;
  const say = createSay(readBundle(params, around.files, home));
  const pace = createPace();
  const fence = createFence(connection, pace, around.strict === true, clientFiles?.ready);
  const trust = createTrust(files, params);
  const workspace = around.createWorkspace(trust.files, { placeOf: uri => placeOf(uri, folders) });
  const listeners: ((change: Change) => void)[] = [];
  const tellChange = (change: Change): void => {
    for (const listener of listeners) listener(change);
  };
  const documents = createDocuments(connection, workspace, fence, pace, client.positionEncoding, tellChange);
  let settings = DEFAULT_SETTINGS;
  let scans = 1; // The first scan is due from the start, so that nobody takes an unread workspace for a clean one.
  /** The user wants to hear of an open document always, of a closed one by setting and folder. */
  const isInScope = (uri: string): boolean =>
    documents.get(uri) !== undefined ||
    (settings.diagnostics.scope === 'workspace' && isWithin(uri, folders));
  const diagnoses = createDiagnoses({
    client,
    workspace,
    documents,
    files,
    say,
    isThere: uri => files.exists(uri) && (workspace.isKnown(uri) || !isLeftOut(uri, folders)),
    isInScope,
    ruleAddress: createRuleAddress(client, files, home),
  });
  const mentions = createMentions(workspace, { documents, files }, client.watchedFiles);
  listeners.push(({ uris }) => {
    diagnoses.forget(uris);
    mentions.forget(uris);
  });
  const examples = createLiveExamples(workspace, fence);
  listeners.push(({ uris }) => examples.note(uris.filter(uri => !documents.isReview(uri))));
  // A report never changes, so it may be the key.
  const checklists = new WeakMap<Report, Checklist>();
  return {
    connection,
    client,
    say,
    fence,
    pace,
    files,
    clientFiles,
    findReviews,
    isLeftOut,
    now,
    showsFormFirst: around.showsFormFirst === true,
    home,
    trust,
    workspace,
    documents,
    mentions,
    checklist(uri) {
      const report = workspace.report(uri);
      const checklist =
        checklists.get(report) ?? readChecklist(workspace.parsed(uri), report, workspace.guide(uri));
      checklists.set(report, checklist);
      return checklist;
    },
    diagnoses,
    examples,
    folders: () => folders,
    changeFolders(added, removed) {
      folders = [...folders.filter(folder => !removed.includes(folder)), ...added];
      tellChange({ uris: workspace.reviews() });
    },
    changeSettings(changed) {
      const isSameScope = changed.diagnostics.scope === settings.diagnostics.scope;
      settings = changed;
      if (!isSameScope) tellChange({ uris: workspace.reviews() });
    },
    isScanned: () => scans === 0,
    changeScanning(by) {
      scans += by;
      if (scans === 0) tellChange({ uris: documents.all() });
    },
    onChange: listener => void listeners.push(listener),
    tellChange,
  };
}

function startFolders({ workspaceFolders, rootUri }: InitializeParams): readonly string[] {
  const uris = workspaceFolders?.map(folder => folder.uri) ?? (rootUri ? [rootUri] : []);
  return uris.map(canonicalUri);
}
