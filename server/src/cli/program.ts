/** What may be asked of the program. Each command's own file is loaded when it is asked for, so that none pays for another. */
import { Argument, type Command, Option } from 'commander';
import { SEVERITIES } from '../engine/report.ts';
import { TIMELINE_FORMATS } from '../protocol.ts';
import { AUDIT_FORMATS, addAuditFormat } from './audit-formats.ts';
import type { BaselineOptions } from './baseline.ts';
import type { CheckOptions } from './check-options.ts';
import { PROFILES, readMaxWarnings } from './choose-findings.ts';
import { EXIT_HELP, UsageError } from './exit-code.ts';
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
  NEW_HELP,
  POLICY_HELP,
  PRIVACY_HELP,
  REPORT_HELP,
  RULES_HELP,
  SCHEMA_HELP,
  TIMELINE_HELP,
} from './help-texts.ts';
import { readJobs } from './jobs.ts';
import type { NewOptions } from './new.ts';
import type { PolicyOptions } from './open-workspace.ts';
import type { CompareOptions } from './policy-compare.ts';
import { ProgramCommand } from './program-command.ts';
import type { ReportOptions } from './report.ts';
import type { RulesOptions } from './rules.ts';
import { readShard } from './scan-options.ts';
import { SCHEMAS } from './schema.ts';
import { SHELLS, type Shell } from './shells.ts';
import { columnsOf, type Surroundings } from './surroundings.ts';
import type { TimelineOptions } from './timeline.ts';
import { VERSION } from './version.ts';

/** Tests derive from it what may be asked of which command. */
export function createProgram(around: Surroundings, finish: (code: number) => void): Command {
  const program = new ProgramCommand('case-review')
    .refuseEmptyValues()
    .description('Checks case reviews of child-protection investigations against a schema and a policy.')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'Show the help of a command.')
    .addHelpText('after', `\n${EXAMPLES}\n\n${EXIT_HELP}\n\n${PRIVACY_HELP}\n`)
    .exitOverride()
    .configureHelp({ helpWidth: Math.min(columnsOf(around.stdout), 80), showGlobalOptions: false })
    .configureOutput({
      writeOut: text => void around.stdout.write(text),
      writeErr: text => void around.stderr.write(text),
    });
  addCheck(program, around, finish);
  addNew(program, around, finish);
  addRules(program, around, finish);
  addTimeline(program, around, finish);
  addPolicy(program, around, finish);
  addBaseline(program, around, finish);
  program
    .command('merge')
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
  program
    .command('init')
    .description('Write a commented case-review.config.yaml here, and nothing else.')
    .action(async () => finish(await (await import('./init.ts')).init(around)));
  program
    .command('completion')
    .description('Print the completion of a shell.')
    .addArgument(new Argument('<shell>', 'the shell').choices(SHELLS))
    .addHelpText('after', COMPLETION_HELP)
    .action(async (shell: Shell) =>
      finish(await (await import('./completion.ts')).completion(shell, program, around)),
    );
  program
    .command('schema')
    .description('Print a JSON Schema, for editors and scripts.')
    .addArgument(new Argument('[schema]', 'which one').choices(Object.keys(SCHEMAS)).default('review'))
    .addHelpText('after', SCHEMA_HELP)
    .action(async (name: string) => finish(await (await import('./schema.ts')).schema(name, around)));
  program
    .command('lsp')
    .description('Start the language server, over stdio unless the client asks for another transport.')
    .option('--stdio', 'standard input and output, the default')
    .option('--socket <port>', 'a socket on which the client listens', readPort)
    .option('--pipe <name>', 'a named pipe on which the client listens')
    .option('--node-ipc', "Node's own channel, for VS Code")
    .addOption(new Option('--clientProcessId <id>', 'ends with that process').hideHelp())
    // Whoever asked for it well has the server, which does not come this way.
    .action(() => {
      throw new UsageError(
        'The language server does not know what to talk over; see case-review lsp --help.',
      );
    });
  return program;
}

function addCheck(program: Command, around: Surroundings, finish: (code: number) => void): void {
  program
    .command('check')
    .description('Judge reviews and list what is found.')
    .argument('[paths...]', 'files, folders or patterns; - for standard input')
    .optionsGroup('What is checked:')
    .option(
      '--changed [commit]',
      'only what changed since the branch left this commit, or since the last commit',
    )
    .option('--stdin', 'read one review from standard input')
    .option('--stdin-filename <name>', 'the file it stands for: its name and configuration')
    .option('--shard <i/n>', 'judge one part of several; case-review merge joins them', readShard)
    .option('--config <file>', 'use this configuration, not the nearest one')
    .option('--as-of <date>', 'judge as of this date or instant, not as of each review')
    .optionsGroup('What counts:')
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
    .option('--allow-policy-errors', 'list errors of configuration and packs, and do not fail for them')
    .optionsGroup('How it is told:')
    .option('-f, --format <format>', `${FORMATS.join(', ')}; NAME:FILE writes to a file`, addFormat)
    .option('--include-text', 'show the words of reviews outside a terminal too')
    .option('--color', 'colour even where there is no terminal')
    .option('--no-color', 'no colour; so does the variable NO_COLOR')
    .optionsGroup('Fixes:')
    .option('--fix', 'make the safe fixes')
    .option('--fix-suggested', 'make the suggested fixes too')
    .option('--diff', 'print what --fix would change, and write no review')
    .option('--dry-run', 'name the reviews that --fix would change, and write none')
    .optionsGroup('Speed:')
    .option('--jobs <number>', 'how many threads judge; without it, as many as are worth it', readJobs)
    .option('--cache', 'remember reports in .case-review-cache.json, and judge only what changed')
    .option('--cache-file <file>', 'remember them in this file')
    .option('--watch', 'check again whenever a file changes, until Ctrl+C')
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
      .option('--jobs <number>', 'how many threads judge; without it, as many as are worth it', readJobs)
      .option('--color', 'colour even where there is no terminal')
      .option('--no-color', 'no colour; so does the variable NO_COLOR');
  withOptions(program.command('report'))
    .description('Count the reviews of an audit: outcomes, grades, failings and rules, by round.')
    .argument('[paths...]', 'files, folders or patterns; without any, this folder')
    .addHelpText('after', REPORT_HELP)
    .action(async (paths: string[], options: ReportOptions) =>
      finish(await (await import('./report.ts')).report(paths, options, around)),
    );
  withOptions(program.command('compare'))
    .description('Put two rounds side by side, and say what differs by more than chance.')
    .argument('<a>', 'a folder, what report --format json wrote, or the code of a round below this folder')
    .argument('<b>', 'the same')
    .addHelpText('after', COMPARE_HELP)
    .action(async (a: string, b: string, options: ReportOptions) =>
      finish(await (await import('./compare.ts')).compare([a, b], options, around)),
    );
}

function addBaseline(program: Command, around: Surroundings, finish: (code: number) => void): void {
  const baseline = program
    .command('baseline')
    .description('Write down what is found today, so that it fails no check.')
    .addHelpText('after', BASELINE_HELP);
  for (const [name, description] of [
    ['create', 'Write down every error and warning of the reviews under the configuration.'],
    ['prune', 'Take out what is mended since.'],
  ] as const) {
    baseline
      .command(name)
      .description(description)
      .option('--config <file>', 'use this configuration, not the nearest one')
      .action(async (options: BaselineOptions) =>
        finish(await (await import('./baseline.ts'))[name](options, around)),
      );
  }
}

function addNew(program: Command, around: Surroundings, finish: (code: number) => void): void {
  program
    .command('new')
    .description('Print the skeleton of a review, made from the schema and the policy.')
    .requiredOption('-k, --kind <kinds>', 'what the case is about, such as cse,missing')
    .option('--id <id>', 'the pseudonym of the case; random without it')
    .option('--reviewer <ref>', 'the pseudonym of the reviewer')
    .option('-o, --out <file>', 'write a new file instead; never over an old one')
    .option('--config <file>', 'use this configuration, not the nearest one')
    .addHelpText('after', NEW_HELP)
    .action(async (options: NewOptions) =>
      finish(await (await import('./new.ts')).newReview(options, around)),
    );
}

function addRules(program: Command, around: Surroundings, finish: (code: number) => void): void {
  program
    .command('rules')
    .description('List the rules in force in this folder.')
    .option('--json', 'everything about them, as JSON')
    .option('--print-config <review>', 'what applies to this review, and where each value comes from')
    .option('--config <file>', 'use this configuration, not the nearest one')
    .addHelpText('after', RULES_HELP)
    .action(async ({ printConfig: review, ...options }: RulesOptions & { readonly printConfig?: string }) => {
      if (review === undefined) finish(await (await import('./rules.ts')).rules(options, around));
      else finish(await (await import('./print-config.ts')).printConfig(review, options, around));
    });
  program
    .command('explain')
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
  program
    .command('timeline')
    .description('Draw the dates of a review, with limits and gaps, and those of the cases it links to.')
    .argument('<review>', 'the file')
    .addOption(
      new Option('--format <format>', 'a drawing, or a page with tables too')
        .choices(TIMELINE_FORMATS)
        .default('html'),
    )
    .option('--no-linked', 'without the cases that it links to')
    .option('--as-of <date>', 'judge as of this date or instant, not as of the review')
    .option('--config <file>', 'use this configuration, not the nearest one')
    .addHelpText('after', TIMELINE_HELP)
    .action(async (review: string, options: TimelineOptions) =>
      finish(await (await import('./timeline.ts')).timeline(review, options, around)),
    );
}

function addPolicy(program: Command, around: Surroundings, finish: (code: number) => void): void {
  const policy = program
    .command('policy')
    .description('For policy leads: test a pack, and see what another would change.')
    .addHelpText('after', POLICY_HELP);
  policy
    .command('test')
    .description('List what is wrong with a pack, its examples included.')
    .argument('[pack]', 'the folder of a pack; without it, those of the configuration')
    .option('--config <file>', 'use this configuration, not the nearest one')
    .action(async (pack: string | undefined, options: PolicyOptions) =>
      finish(await (await import('./policy-test.ts')).testPolicy(pack, options, around)),
    );
  policy
    .command('compare')
    .description('List the reviews of which another pack says something else.')
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

function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65536) return port;
  throw new UsageError('--socket needs the number of a port, such as 6009.');
}
