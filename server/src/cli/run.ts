/**
 * The command line as a function: arguments and surroundings in, an exit code out. Each command's own file is loaded
 * when it is asked for, so that none pays for another.
 */
import { Argument, Command, CommanderError, Option } from 'commander';
import { SEVERITIES } from '../engine/report.ts';
import { TIMELINE_FORMATS } from '../protocol.ts';
import { AUDIT_FORMATS, addAuditFormat } from './audit-formats.ts';
import type { BaselineOptions } from './baseline.ts';
import type { CheckOptions } from './check-options.ts';
import { PROFILES, readMaxWarnings } from './choose-findings.ts';
import { complain, EXIT, EXIT_HELP, OutputError, UsageError } from './exit-code.ts';
import type { ExplainOptions } from './explain.ts';
import { addFormat, FORMATS, type SinkOptions } from './formats.ts';
import {
  BASELINE_HELP,
  CHECK_HELP,
  COMPARE_HELP,
  COMPLETION_HELP,
  EXAMPLES,
  EXPLAIN_HELP,
  MERGE_HELP,
  POLICY_HELP,
  PRIVACY_HELP,
  REPORT_HELP,
} from './help-texts.ts';
import type { NewOptions } from './new.ts';
import type { PolicyOptions } from './open-workspace.ts';
import type { CompareOptions } from './policy-compare.ts';
import type { ReportOptions } from './report.ts';
import type { RulesOptions } from './rules.ts';
import { readShard } from './scan-options.ts';
import { SCHEMAS } from './schema.ts';
import { SHELLS, type Shell } from './shells.ts';
import type { Surroundings } from './surroundings.ts';
import type { TimelineOptions } from './timeline.ts';
import { VERSION } from './version.ts';
import { readJobs } from './workers.ts';

export async function run(argv: readonly string[], around: Surroundings): Promise<number> {
  let exitCode: number = EXIT.clean;
  const finish = (code: number): void => {
    exitCode = code;
  };
  try {
    await createProgram(around, finish).parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    return explain(error, around);
  }
}

function createProgram(around: Surroundings, finish: (code: number) => void): Command {
  const program = new Command('case-review')
    .description('Checks case reviews of child-protection investigations against a schema and a policy.')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .addHelpText('after', `\n${EXAMPLES}\n\n${EXIT_HELP}\n\n${PRIVACY_HELP}\n`)
    .exitOverride()
    .configureHelp({ helpWidth: Math.min(around.stdout.columns ?? 80, 80), showGlobalOptions: false })
    .configureOutput({
      writeOut: text => void around.stdout.write(text),
      writeErr: text => void around.stderr.write(text),
      outputError: (text, write) => write(oneLine(text, 'case-review')),
    });
  addCheck(program, around, finish);
  addNew(program, around, finish);
  addRules(program, around, finish);
  addTimeline(program, around, finish);
  addPolicy(program, around, finish);
  addBaseline(program, around, finish);
  addCommand(program, 'merge')
    .description('Join the reports of the parts of a check, as if it had been one.')
    .argument('<reports...>', 'what check --shard i/n --format json wrote, every part once')
    .option('-f, --format <format>', `${FORMATS.join(', ')}; NAME:FILE writes to a file`, addFormat)
    .option('--color', 'colour even where there is no terminal')
    .option('--no-color', 'no colour; so does the variable NO_COLOR')
    .addHelpText('after', MERGE_HELP)
    .action(async (reports: string[], options: SinkOptions) =>
      finish(await (await import('./merge.ts')).merge(reports, options, around)),
    );
  addAudit(program, around, finish);
  addCommand(program, 'init')
    .description('Write a commented case-review.config.yaml here, and nothing else.')
    .action(async () => finish(await (await import('./init.ts')).init(around)));
  addCommand(program, 'completion')
    .description('Print the completion of a shell.')
    .addArgument(new Argument('<shell>', 'the shell').choices(SHELLS))
    .addHelpText('after', COMPLETION_HELP)
    .action(async (shell: Shell) =>
      finish(await (await import('./completion.ts')).completion(shell, program, around)),
    );
  addCommand(program, 'schema')
    .description('Print a JSON Schema, for editors and scripts.')
    .addArgument(new Argument('[schema]', 'which one').choices(Object.keys(SCHEMAS)).default('review'))
    .action(async (name: string) => finish(await (await import('./schema.ts')).schema(name, around)));
  addCommand(program, 'lsp')
    .description('Start the language server, over stdio unless the client asks for another transport.')
    .option('--stdio', 'standard input and output, the default')
    .option('--socket <port>', 'a socket')
    .option('--pipe <name>', 'a named pipe')
    .option('--node-ipc', "Node's own channel, for VS Code");
  return program;
}

function addCheck(program: Command, around: Surroundings, finish: (code: number) => void): void {
  addCommand(program, 'check')
    .description('Judge reviews and list what is found.')
    .argument('[paths...]', 'files, folders or patterns; - for standard input')
    .option('-f, --format <format>', `${FORMATS.join(', ')}; NAME:FILE writes to a file`, addFormat)
    .option(
      '--changed [commit]',
      'only what changed since the branch left this commit, or since the last commit',
    )
    .addOption(
      new Option(
        '--min-severity <severity>',
        'list and count findings that are this severe or worse',
      ).choices(SEVERITIES),
    )
    .option('--max-warnings <number>', 'fail when there are more warnings than this', readMaxWarnings)
    .addOption(new Option('--profile <profile>', 'which findings matter').choices(PROFILES))
    .option('--no-baseline', 'show what the baseline covers')
    .option('--no-waivers', 'show what waivers cover')
    .option('--fix', 'make the safe fixes')
    .option('--fix-suggested', 'make the suggested fixes too')
    .option('--diff', 'print what --fix would change, and write no review')
    .option('--dry-run', 'name the reviews that --fix would change, and write none')
    .option('--as-of <date>', 'judge as of this date or instant, not as of each review')
    .option('--config <file>', 'use this configuration, not the nearest one')
    .option('--allow-policy-errors', 'list errors of configuration and packs, and do not fail for them')
    .option('--include-text', 'show the words of reviews outside a terminal too')
    .option('--jobs <number>', 'how many workers judge; without it, as many as are worth it', readJobs)
    .option('--cache', 'remember reports in .case-review-cache.json, and judge only what changed')
    .option('--cache-file <file>', 'remember them in this file')
    .option('--shard <i/n>', 'judge one part of several; case-review merge joins them', readShard)
    .option('--watch', 'check again whenever a file changes, until Ctrl+C')
    .option('--stdin', 'read one review from standard input')
    .option('--stdin-filename <name>', 'the file it stands for: its name and configuration')
    .option('--color', 'colour even where there is no terminal')
    .option('--no-color', 'no colour; so does the variable NO_COLOR')
    .addHelpText('after', CHECK_HELP)
    .action(async (paths: string[], options: CheckOptions) =>
      finish(await (await import('./check.ts')).check(paths, options, around)),
    );
}

function addAudit(program: Command, around: Surroundings, finish: (code: number) => void): void {
  const withOptions = (command: Command): Command =>
    command
      .option(
        '-f, --format <format>',
        `${AUDIT_FORMATS.join(', ')}; NAME:FILE writes to a file`,
        addAuditFormat,
      )
      .option('--as-of <date>', 'judge as of this date or instant, not as of each review')
      .option('--config <file>', 'use this configuration, not the nearest one')
      .option('--no-waivers', 'count what waivers cover as broken')
      .option('--jobs <number>', 'how many workers judge; without it, as many as are worth it', readJobs)
      .option('--color', 'colour even where there is no terminal')
      .option('--no-color', 'no colour; so does the variable NO_COLOR');
  withOptions(addCommand(program, 'report'))
    .description('Count the reviews of an audit: outcomes, grades, failings and rules, by round.')
    .argument('[paths...]', 'files, folders or patterns; without any, this folder')
    .addHelpText('after', REPORT_HELP)
    .action(async (paths: string[], options: ReportOptions) =>
      finish(await (await import('./report.ts')).report(paths, options, around)),
    );
  withOptions(addCommand(program, 'compare'))
    .description('Put two rounds side by side, and say what differs by more than chance.')
    .argument('<a>', 'a folder, what report --format json wrote, or the code of a round below this folder')
    .argument('<b>', 'the same')
    .addHelpText('after', COMPARE_HELP)
    .action(async (a: string, b: string, options: ReportOptions) =>
      finish(await (await import('./compare.ts')).compare([a, b], options, around)),
    );
}

function addBaseline(program: Command, around: Surroundings, finish: (code: number) => void): void {
  const baseline = addCommand(program, 'baseline')
    .description('Write down what is found today, so that it fails no check.')
    .addHelpText('after', BASELINE_HELP);
  for (const [name, description] of [
    ['create', 'Write down every error and warning of the reviews under the configuration.'],
    ['prune', 'Take out what is mended since.'],
  ] as const) {
    addCommand(baseline, name, 'case-review baseline')
      .description(description)
      .option('--config <file>', 'use this configuration, not the nearest one')
      .action(async (options: BaselineOptions) =>
        finish(await (await import('./baseline.ts'))[name](options, around)),
      );
  }
}

function addNew(program: Command, around: Surroundings, finish: (code: number) => void): void {
  addCommand(program, 'new')
    .description('Print the skeleton of a review, made from the schema and the policy.')
    .requiredOption('-k, --kind <kinds>', 'what the case is about, such as cse,missing')
    .option('--id <id>', 'the pseudonym of the case; random without it')
    .option('--reviewer <ref>', 'the pseudonym of the reviewer')
    .option('-o, --out <file>', 'write a new file instead; never over an old one')
    .option('--config <file>', 'use this configuration, not the nearest one')
    .addHelpText(
      'after',
      `
The skeleton is a draft with every question that the policy asks of such a case,
each unanswered. case-review schema says which kinds there are.

Example:
  case-review new --kind cse --reviewer OFF-9K2M7R --out a.case-review.yaml
`,
    )
    .action(async (options: NewOptions) =>
      finish(await (await import('./new.ts')).newReview(options, around)),
    );
}

function addRules(program: Command, around: Surroundings, finish: (code: number) => void): void {
  addCommand(program, 'rules')
    .description('List the rules in force in this folder.')
    .option('--json', 'everything about them, as JSON')
    .option('--print-config <review>', 'what applies to this review, and where each value comes from')
    .option('--config <file>', 'use this configuration, not the nearest one')
    .action(async ({ printConfig: review, ...options }: RulesOptions & { readonly printConfig?: string }) => {
      if (review === undefined) finish(await (await import('./rules.ts')).rules(options, around));
      else finish(await (await import('./print-config.ts')).printConfig(review, options, around));
    });
  addCommand(program, 'explain')
    .description('Say why a rule exists and where that is written, or why a line of a review has findings.')
    .argument('<rule-or-place>', 'the id of a rule, such as recording/within-24-hours, or FILE:LINE')
    .option('--as-of <date>', 'judge as of this date or instant, not as of the review')
    .option('--config <file>', 'use this configuration, not the nearest one')
    .addHelpText('after', EXPLAIN_HELP)
    .action(async (what: string, options: ExplainOptions) =>
      finish(await (await import('./explain.ts')).explain(what, options, around)),
    );
}

function addTimeline(program: Command, around: Surroundings, finish: (code: number) => void): void {
  addCommand(program, 'timeline')
    .description('Draw the dates of a review, with limits and gaps, and those of the cases it links to.')
    .argument('<review>', 'the file')
    .addOption(
      new Option('--format <name>', 'a drawing, or a page with tables too')
        .choices(TIMELINE_FORMATS)
        .default('html'),
    )
    .option('--no-linked', 'without the cases that it links to')
    .option('--as-of <date>', 'judge as of this date or instant, not as of the review')
    .option('--config <file>', 'use this configuration, not the nearest one')
    .action(async (review: string, options: TimelineOptions) =>
      finish(await (await import('./timeline.ts')).timeline(review, options, around)),
    );
}

function addPolicy(program: Command, around: Surroundings, finish: (code: number) => void): void {
  const policy = addCommand(program, 'policy')
    .description('For policy leads: test a pack, and see what another would change.')
    .addHelpText('after', POLICY_HELP);
  addCommand(policy, 'test', 'case-review policy')
    .description('List what is wrong with a pack, its examples included.')
    .argument('[pack]', 'the folder of a pack; without it, those of the configuration')
    .option('--config <file>', 'use this configuration, not the nearest one')
    .action(async (pack: string | undefined, options: PolicyOptions) =>
      finish(await (await import('./policy-test.ts')).testPolicy(pack, options, around)),
    );
  addCommand(policy, 'compare', 'case-review policy')
    .description('List the reviews of which another pack says else.')
    .argument('<a>', 'england-wales or the folder of a pack; several joined by commas')
    .argument('<b>', 'the same')
    .argument('<folder>', 'the reviews')
    .option('--as-of <date>', 'judge as of this date or instant, not as of each review')
    .option('--config <file>', 'use this configuration, not the nearest one')
    .action(async (before: string, after: string, folder: string, options: CompareOptions) =>
      finish(
        await (await import('./policy-compare.ts')).comparePolicies(before, after, folder, options, around),
      ),
    );
}

function addCommand(parent: Command, name: string, prefix = 'case-review'): Command {
  return parent
    .command(name)
    .configureOutput({ outputError: (text, write) => write(oneLine(text, `${prefix} ${name}`)) });
}

/** Commander's words as one sentence on one line, and behind them what to do. */
function oneLine(text: string, command: string): string {
  const [what = '', hint] = text
    .replace(/^error: /, '')
    .replace(/^command-argument value '(.*)' is invalid for argument '(.*)'\./, "there is no $2 '$1'.")
    .trim()
    .split('\n');
  const sentence = `${what.charAt(0).toUpperCase()}${what.slice(1).replace(/\.$/, '')}.`;
  return `case-review: ${sentence} ${hint?.replace(/^\((.*)\)$/, '$1') ?? `See ${command} --help.`}\n`;
}

function explain(error: unknown, around: Surroundings): number {
  if (error instanceof UsageError) {
    complain(error.message, around);
    return EXIT.usage;
  }
  if (error instanceof OutputError) {
    complain(error.message, around);
    return EXIT.failure;
  }
  if (error instanceof CommanderError) {
    // Help that was asked for, and the version, are answers; all else has been said on one line.
    return error.exitCode === 0 ? EXIT.clean : EXIT.usage;
  }
  around.stderr.write(`${describeFailure(error, around.env)}\n`);
  return EXIT.failure;
}

/** The message of an unknown error may quote a review, so only its class is named. */
export function describeFailure(error: unknown, env: Surroundings['env']): string {
  if (env.CASE_REVIEW_DEBUG) return error instanceof Error ? (error.stack ?? String(error)) : String(error);
  const name = error instanceof Error ? error.constructor.name : typeof error;
  return (
    `case-review: Internal failure (${name}). Please report it to the maintainers of Case Review with the command ` +
    'you ran; CASE_REVIEW_DEBUG=1 adds the place in the code, and may quote a review.'
  );
}
