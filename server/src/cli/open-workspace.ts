/** Makes the workspace of a run; what was asked of it on the command line is checked here. */
import type { PolicyProblem } from '../engine/report.ts';
import type { FileProvider } from '../workspace/file-provider.ts';
import type { CreateWorkspace, Workspace } from '../workspace/workspace.ts';
import type { WorkspaceOptions } from '../workspace/workspace-options.ts';
import { readAsOf } from './as-of.ts';
import { UsageError } from './exit-code.ts';
import { readNamed } from './read-named.ts';
import type { Surroundings } from './surroundings.ts';

export interface PolicyOptions {
  readonly asOf?: string;
  readonly config?: string;
  readonly baseline?: boolean;
  readonly waivers?: boolean;
  /** Whether reports say what an audit counts. */
  readonly counted?: boolean;
}

export async function openWorkspace(
  files: FileProvider,
  options: PolicyOptions,
  around: Surroundings,
): Promise<Workspace> {
  const settled = await workspaceOptions(files, options, around);
  const createWorkspace = around.createWorkspace ?? (await loadWorkspace());
  return createWorkspace(files, settled);
}

export async function workspaceOptions(
  files: FileProvider,
  { asOf, config, baseline, waivers, counted }: PolicyOptions,
  around: Surroundings,
): Promise<WorkspaceOptions> {
  const configUri = config === undefined ? undefined : readNamed(config, files, around).uri;
  return {
    ...(asOf !== undefined && { asOf: await readAsOf(asOf) }),
    ...(configUri !== undefined && { configUri }),
    ...(baseline !== undefined && { baseline }),
    ...(waivers !== undefined && { waivers }),
    ...(counted !== undefined && { counted }),
  };
}

export function hasErrors(problems: readonly PolicyProblem[]): boolean {
  return problems.some(problem => problem.finding.severity === 'error');
}

export const POLICY_ERRORS = 'The configuration or a pack has errors; case-review check lists them.';

/** For answers that a wrong policy would make worthless. */
export function refusePolicyErrors(workspace: Workspace): void {
  if (hasErrors(workspace.policyProblems())) throw new UsageError(POLICY_ERRORS);
}

async function loadWorkspace(): Promise<CreateWorkspace> {
  return (await import('../workspace/review-workspace.ts')).createWorkspace;
}
