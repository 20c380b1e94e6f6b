/**
 * What editor and server agree on: names of the language, files, settings and commands, and our own requests.
 * This is the one server file that the client imports, so it must import nothing itself; a test holds
 * `contributes` of package.json against these names.
 */

export const LANGUAGE_ID = 'case-review';
export const LANGUAGE_NAME = 'Case Review';
export const GRAMMAR_SCOPE = 'source.yaml.case-review';

export const REVIEW_EXTENSIONS = ['.case-review.yaml', '.case-review.yml'] as const;
export const REVIEW_GLOB = '**/*.case-review.{yaml,yml}';
export const CONFIG_FILE_NAME = 'case-review.config.yaml';
export const CONFIG_GLOB = `**/${CONFIG_FILE_NAME}`;
export const BASELINE_FILE_NAME = 'case-review.baseline.json';
export const GIT_IGNORE = '.gitignore';
export const BASELINE_GLOB = '**/*.baseline.json';
export const PACK_FILE_NAME = 'pack.yaml';
/** Where packs live unless a configuration names another folder. */
export const PACKS_FOLDER = 'policies';
export const PACKS_GLOB = `**/${PACKS_FOLDER}/**/*.{yaml,yml}`;
export const PACK_GLOBS = ['**/{pack,calendar}.yaml', PACKS_GLOB] as const;

/** The section of the settings, and the name of the output channel's trace setting's owner. */
export const SETTINGS_SECTION = 'caseReview';

export const SETTINGS = {
  diagnosticsScope: 'caseReview.diagnostics.scope',
  traceServer: 'caseReview.trace.server',
} as const;

/** `workspace` judges every review of the workspace, `open` only the reviews that are open in an editor. */
export const DIAGNOSTICS_SCOPES = ['workspace', 'open'] as const;
export type DiagnosticsScope = (typeof DIAGNOSTICS_SCOPES)[number];

/** The settings as `workspace/configuration` answers them for the section `caseReview`. */
export interface Settings {
  readonly diagnostics: { readonly scope: DiagnosticsScope };
}

export const DEFAULT_SETTINGS: Settings = { diagnostics: { scope: 'workspace' } };

/** What the client hands over in `initialize`. */
export interface InitializationOptions {
  /** False in a workspace the user has not trusted: then only the shipped pack is used. */
  readonly trusted: boolean;
  /** True where the client has the command `showRule`, to which a finding may then lead. */
  readonly rulePages?: boolean;
  /** True where the client has the commands `nextQuestion` and `goTo`, so that a code lens or a waiver that was begun leads somewhere. */
  readonly lensCommands?: boolean;
  /** True where the client has VS Code's command that opens the list of suggestions. */
  readonly suggestCommand?: boolean;
  /** True where the client shows what `caseReview/policyTrouble` tells. */
  readonly policyTrouble?: boolean;
  /** True where the client answers `caseReview/findFiles` and `caseReview/readFiles`. */
  readonly readsFiles?: boolean;
  /** The texts of the editor's language by the English ones, where the client has them at hand. */
  readonly texts?: Readonly<Record<string, unknown>>;
}

export const COMMANDS = {
  newReview: 'caseReview.newReview',
  runExample: 'caseReview.runExample',
  restartServer: 'caseReview.restartServer',
  showOutput: 'caseReview.showOutput',
  openSamples: 'caseReview.openSamples',
  /** With the id of a section of the checklist as its argument, only the questions of that section count. */
  nextQuestion: 'caseReview.nextQuestion',
  showTimeline: 'caseReview.showTimeline',
  saveTimelineSvg: 'caseReview.saveTimelineSvg',
  saveTimelineHtml: 'caseReview.saveTimelineHtml',
  showAudit: 'caseReview.showAudit',
  /** A document and a position in it are the arguments. Not in the palette. */
  goTo: 'caseReview.goTo',
  /** The page of a rule; its id is the argument. Not in the palette. */
  showRule: 'caseReview.showRule',
} as const;

/** `caseReview/kinds`: the kinds of review, as the schema names and describes them. No parameters. */
export const KINDS_REQUEST = 'caseReview/kinds';

export interface KindDescription {
  readonly value: string;
  readonly title: string;
  readonly description: string;
}

export type KindsResult = readonly KindDescription[];

/** `caseReview/newReview`: the text of a new review of these kinds, made from the schema and the pack. */
export const NEW_REVIEW_REQUEST = 'caseReview/newReview';

export interface NewReviewParams {
  readonly kinds: readonly string[];
}

export interface NewReviewResult {
  readonly text: string;
  /** A file name without a folder, ending in `.case-review.yaml`. */
  readonly suggestedName: string;
  /** The offset in `text`, in UTF-16 units, where the reviewer writes first. */
  readonly cursor: number;
}

/** `caseReview/rulePage`: the page of a rule in Markdown, with the limits that are in force. */
export const RULE_PAGE_REQUEST = 'caseReview/rulePage';

export interface RulePageParams {
  readonly rule: string;
  /** The review that is looked at, if any: its configuration counts first. */
  readonly uri?: string;
}

export interface RulePageResult {
  /** Empty where no rule of this id is in force. */
  readonly text: string;
}

/** `caseReview/runExample`: an example of an open rule file with the findings it has, marked as in the rule. */
export const RUN_EXAMPLE_REQUEST = 'caseReview/runExample';

export interface RunExampleParams {
  readonly uri: string;
  /** JSON pointer of the example's text, as the lens names it. */
  readonly path: string;
}

export interface RunExampleResult {
  readonly text: string;
}

/** `caseReview/ruleExamples`: how the examples of a rule file behave, open or closed. */
export const RULE_EXAMPLES_REQUEST = 'caseReview/ruleExamples';

export interface RuleExamplesParams {
  readonly uri: string;
}

/** Null where the file is no rule that can be judged. */
export type RuleExamplesResult = RuleExamples | null;

export interface RuleExamples {
  readonly id: string;
  readonly title: string;
  readonly place: ChecklistEntry['place'];
  readonly examples: readonly RuleExample[];
}

export interface RuleExample {
  readonly name: string;
  /** JSON pointer of the example's text. */
  readonly path: string;
  readonly place: ChecklistEntry['place'];
  /** What does not behave as it says. */
  readonly faults: readonly { readonly message: string; readonly place: ChecklistEntry['place'] }[];
}

/** The tests that the examples of rules are for VS Code. */
export const RULE_TESTS = 'caseReview.ruleTests';

/** The view with the checklist of the review that is looked at. VS Code has a command for each view that shows it. */
export const CHECKLIST_VIEW = 'caseReview.checklist';
export const SHOW_CHECKLIST_COMMAND = `${CHECKLIST_VIEW}.focus`;
/** True while the checklist of a review is shown, for the `when` and `enablement` of package.json. */
export const CHECKLIST_SHOWN = 'caseReview.checklistShown';

/** `caseReview/checklist`: the checklist of an open review, which is then the one shown. */
export const CHECKLIST_REQUEST = 'caseReview/checklist';

export interface ChecklistParams {
  readonly uri: string;
}

export interface ChecklistResult {
  /** Such as `14 of 61 answered · 2 in breach`; empty where there is nothing to answer. */
  readonly progress: string;
  readonly sections: readonly ChecklistEntry[];
}

/** A section, a group of questions, or a question. */
export interface ChecklistEntry {
  /** Stays the same while the answer changes. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Of a group, the state in it that needs most attention. */
  readonly state: 'inBreach' | 'outstanding' | 'leftOutstanding' | 'answered' | 'notApplicable';
  /** The state in words; of a group, how many questions are in which. */
  readonly words: string;
  /** What was found at a question. */
  readonly messages: readonly string[];
  /** Where the answer stands or belongs. */
  readonly place: { readonly line: number; readonly character: number };
  /** The end of what the answer is written over, the word `outstanding`; else the same as `place`. */
  readonly end: ChecklistEntry['place'];
  readonly entries: readonly ChecklistEntry[];
}

/** `caseReview/checklistChanged`, a notification without parameters: the checklist shown is to be asked for anew. */
export const CHECKLIST_CHANGED_NOTIFICATION = 'caseReview/checklistChanged';

/** `caseReview/timeline`: the timeline of an open review, which is then the one shown. */
export const TIMELINE_REQUEST = 'caseReview/timeline';

export interface TimelineParams {
  readonly uri: string;
  /** With the reviews that it links to. */
  readonly linked: boolean;
  /** Of the drawing, in pixels. */
  readonly width: number;
}

export interface TimelineResult {
  /** A sentence in place of the rest where the review has no dates; else empty. */
  readonly message: string;
  /** The style of `drawing`, an SVG, and `tables`, HTML; their `data-event` and the like count `events`. */
  readonly style: string;
  readonly drawing: string;
  readonly tables: string;
  readonly events: readonly TimelinePlace[];
  /** The dates that cannot be read, as `data-unread` counts them. */
  readonly unread: readonly TimelinePlace[];
  /** Whether it links to reviews that are known. */
  readonly hasLinks: boolean;
}

export interface TimelinePlace {
  readonly uri: string;
  /** What happened when, in one sentence. */
  readonly words: string;
  readonly start: TimelinePosition;
  readonly end: TimelinePosition;
}

export interface TimelinePosition {
  readonly line: number;
  readonly character: number;
}

/** `caseReview/timelineChanged`, a notification without parameters: the timeline shown is to be asked for anew. */
export const TIMELINE_CHANGED_NOTIFICATION = 'caseReview/timelineChanged';

export const TIMELINE_FORMATS = ['svg', 'html'] as const;
export type TimelineFormat = (typeof TIMELINE_FORMATS)[number];

/** `caseReview/timelineFile`: the timeline of an open review as a file. */
export const TIMELINE_FILE_REQUEST = 'caseReview/timelineFile';

export interface TimelineFileParams {
  readonly uri: string;
  readonly linked: boolean;
  readonly format: TimelineFormat;
}

export interface TimelineFileResult {
  /** Empty where the review has no dates. */
  readonly text: string;
}

/** The panel that shows the timeline; VS Code brings it back by this name. */
export const TIMELINE_PANEL = 'caseReview.timeline';

/** What the extension tells the page of the timeline. */
export type TimelinePageMessage =
  | { readonly type: 'labels'; readonly labels: TimelineLabels }
  /** `uri` and `name` are those of the review. */
  | {
      readonly type: 'timeline';
      readonly uri: string;
      readonly name: string;
      readonly timeline: TimelineResult;
    }
  /** There is nothing to show, and why. */
  | { readonly type: 'nothing'; readonly message: string }
  /** The cursor is at this event; undefined at none. */
  | { readonly type: 'cursor'; readonly event?: number };

/** What the page keeps, also until the next start of the editor. */
export interface TimelineLooks {
  readonly zoom: number;
  readonly linked: boolean;
  /** The review that was shown. */
  readonly uri?: string;
}

export interface TimelineLabels {
  readonly title: string;
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly fit: string;
  readonly linked: string;
  readonly saveSvg: string;
  readonly saveHtml: string;
  /** How to move about, for those who use the keyboard. */
  readonly keys: string;
  readonly drawing: string;
}

/** What the page of the timeline tells the extension. */
export type TimelineHostMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'look'; readonly width: number; readonly linked: boolean }
  | { readonly type: 'go'; readonly list: 'events' | 'unread'; readonly index: number }
  | { readonly type: 'save'; readonly format: TimelineFormat };

/** `caseReview/audit`: the figures of all reviews in the folders. The parameters are an empty object. */
export const AUDIT_REQUEST = 'caseReview/audit';

export interface AuditResult {
  /** A sentence in place of the rest where there is nothing to count yet; else empty. */
  readonly message: string;
  /** The style of `tables`, HTML; their buttons name a figure as `AuditFigure` does. */
  readonly style: string;
  readonly tables: string;
}

/** A figure of the audit that was answered last. */
export interface AuditFigure {
  readonly table: string;
  readonly share: string;
  /** Which round, from 0; over all without it. */
  readonly round?: number;
}

/** `caseReview/auditReviews`: the reviews that are counted in an `AuditFigure`. */
export const AUDIT_REVIEWS_REQUEST = 'caseReview/auditReviews';
export type AuditReviewsResult = readonly TimelinePlace[];

/** `caseReview/auditChanged`, a notification without parameters: the audit is to be asked for anew. */
export const AUDIT_CHANGED_NOTIFICATION = 'caseReview/auditChanged';

/** The panel that shows the audit; VS Code brings it back by this name. */
export const AUDIT_PANEL = 'caseReview.audit';

/** What the extension tells the page of the audit. */
export type AuditPageMessage =
  | { readonly type: 'audit'; readonly title: string; readonly audit: AuditResult }
  | { readonly type: 'reviews'; readonly figure: AuditFigure; readonly reviews: AuditReviewsResult };

/** What the page of the audit tells the extension. */
export type AuditHostMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'reviews'; readonly figure: AuditFigure }
  | { readonly type: 'go'; readonly place: TimelinePlace };

/** `caseReview/policyTrouble`, a notification: configuration or packs have errors, or have none any more. */
export const POLICY_TROUBLE_NOTIFICATION = 'caseReview/policyTrouble';

export interface PolicyTroubleParams {
  /** A sentence for the user; empty when all is well. */
  readonly message: string;
}

/** `caseReview/trusted`, a notification without parameters: the user has come to trust the workspace. */
export const TRUSTED_NOTIFICATION = 'caseReview/trusted';

/**
 * `caseReview/findFiles`, asked by the server: the URIs of files below folders that it cannot list itself, because they
 * lie in a virtual workspace or the server runs in a browser. Only files whose names end as those read here do.
 */
export const FIND_FILES_REQUEST = 'caseReview/findFiles';
export const READ_ENDINGS = ['.yaml', '.yml', '.json', GIT_IGNORE] as const;
/** Folders that no search enters. */
export const NEVER_SEARCHED: readonly string[] = ['node_modules', '.git'];

export interface FindFilesParams {
  readonly uris: readonly string[];
}

export type FindFilesResult = readonly string[];

/** `caseReview/readFiles`, asked by the server: the texts of such files, in the order of their URIs. */
export const READ_FILES_REQUEST = 'caseReview/readFiles';

export interface ReadFilesParams {
  readonly uris: readonly string[];
}

export type ReadFilesResult = readonly FileAnswer[];

export type FileAnswer = { readonly text: string } | { readonly trouble: FileTrouble };
export type FileTrouble = 'absent' | 'utf16' | 'notUtf8' | 'tooLarge' | 'unreadable';

/** No review, pack or configuration file comes near this; a file beyond it is something else. */
export const SIZE_LIMIT_BYTES = 20 * 1024 * 1024;
