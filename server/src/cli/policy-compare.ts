/** `case-review policy compare`: which reviews change their verdict when another pack judges them. */
import { dirname, resolve } from 'node:path';
import { compareReports, type ReviewChange } from '../check/compare-reports.ts';
import type { Finding, Report } from '../engine/report.ts';
import { createDiskFiles } from '../files/disk-files.ts';
import { toFilePath } from '../files/file-uri.ts';
import { formatFinding } from '../render/text-format.ts';
import type { FileProvider } from '../workspace/file-provider.ts';
import { complainUnread } from './complain-unread.ts';
import { complain, EXIT, UsageError } from './exit-code.ts';
import { textOptions } from './formats.ts';
import { hasErrors, openWorkspace, POLICY_ERRORS, type PolicyOptions } from './open-workspace.ts';
import { findNamed, pathFrom } from './paths.ts';
import { createPause } from './pause.ts';
import { anyReviewIn, configIn, packReference } from './policy-packs.ts';
import { NONE_FOUND } from './select-reviews.ts';
import { createSources, withText } from './sources.ts';
import type { Surroundings } from './surroundings.ts';

export type CompareOptions = Pick<PolicyOptions, 'asOf' | 'config'>;

export async function comparePolicies(
  before: string,
  after: string,
  folder: string,
  options: CompareOptions,
  around: Surroundings,
): Promise<number> {
  const files = createDiskFiles();
  const { uris, problems } = await findNamed([folder], around.cwd);
  for (const { path, message } of problems) complain(`${path}: ${message}`, around);
  if (problems.length > 0) return EXIT.usage;
  if (uris.length === 0) throw new UsageError(`${folder}: ${NONE_FOUND}`);
  const sides = [];
  for (const packs of [before, after]) sides.push(await judgeBy(packs, folder, uris, files, options, around));
  const [old, fresh] = sides as [ReadonlyMap<string, Report>, ReadonlyMap<string, Report>];
  const unread = [...old.values()].filter(report => complainUnread(report, around));
  const changes = [...old].flatMap(([uri, report]) => compareReports(report, fresh.get(uri)!) ?? []);
  const text = await textOptions(around);
  const context = { includeText: false, pathOf: pathFrom(around.cwd), sourceOf: createSources(files) };
  const list = (sign: string, uri: string, findings: readonly Finding[]) =>
    findings.map(finding => {
      // What else belongs to a finding is told by `check`.
      const bare = { ...finding, related: [] };
      return formatFinding(uri, bare, '', context, text)
        .map(line => `  ${sign} ${line}`)
        .join('\n');
    });
  for (const change of changes) {
    const lines = [
      `${context.pathOf(change.uri)}: ${verdictOf(change)}`,
      ...list('-', change.uri, change.gone),
      ...list('+', change.uri, change.come),
    ];
    around.stdout.write(`${lines.join('\n')}\n\n`);
  }
  const asOf = options.asOf === undefined ? '' : ` Everything is judged as of ${options.asOf}.`;
  around.stdout.write(`${summaryOf(changes, old.size)}${asOf}\n`);
  return unread.length > 0 ? EXIT.usage : EXIT.clean;
}

/** The reviews judged by these packs, and otherwise as the configuration of their folder says. */
async function judgeBy(
  names: string,
  folder: string,
  uris: readonly string[],
  files: FileProvider,
  options: CompareOptions,
  around: Surroundings,
): Promise<ReadonlyMap<string, Report>> {
  const known = await openWorkspace(files, options, around);
  const here = resolve(around.cwd, folder);
  const config = known.config(anyReviewIn(here));
  // Its packs do not matter here, but what else it says does.
  const ofConfig = config?.problems.filter(
    ({ finding: { rule } }) => !/^config\/(?:unknown|no-such)-/.test(rule),
  );
  if (hasErrors(ofConfig ?? [])) throw new UsageError(POLICY_ERRORS);
  // In the place of the configuration, so that what it says of folders still holds.
  const configUri = config?.text.uri ?? configIn(here);
  const packs = names.split(',').map(name => packReference(name.trim(), configUri, files, around));
  const text = JSON.stringify({ ...config?.file, packs });
  const workspace = await openWorkspace(
    withText(files, configUri, text),
    { ...options, config: toFilePath(configUri) ?? dirname(here), baseline: false },
    around,
  );
  const reports = new Map<string, Report>();
  const pause = createPause();
  for (const report of workspace.scan(uris.filter(uri => !workspace.isIgnored(uri)))) {
    await pause();
    if (report) reports.set(report.uri, report);
  }
  // A limit that is adopted but in none of these packs is no matter here.
  const broken = workspace
    .policyProblems()
    .filter(({ finding }) => !finding.rule.startsWith('config/unknown-'));
  if (hasErrors(broken))
    throw new UsageError(`${names} has errors; case-review policy test lists those of each pack.`);
  return reports;
}

function verdictOf({ failed, fails, isDraft }: ReviewChange): string {
  if (isDraft) return 'a draft, which decides nothing';
  if (failed === fails) return fails ? 'fails as before' : 'passes as before';
  return fails ? 'fails from now on' : 'passes from now on';
}

function summaryOf(changes: readonly ReviewChange[], reviews: number): string {
  const all = `${reviews} review${reviews === 1 ? '' : 's'}`;
  if (changes.length === 0) return `Both say the same of ${all}.`;
  const newly = (failing: boolean) =>
    changes.filter(({ failed, fails }) => failed !== fails && fails === failing).length;
  const others = changes.length - newly(true) - newly(false);
  return `Of ${all}, ${newly(true)} would fail that passed, ${newly(false)} would pass that failed, and of ${others} more something else is said.`;
}
