/** The example reviews, judged by the real engine as the command line judges them. */
import { pathToFileURL } from 'node:url';
import { LineIndex } from '../../server/src/engine/line-index.ts';
import type { Finding, Report } from '../../server/src/engine/report.ts';
import { createDiskFiles } from '../../server/src/files/disk-files.ts';
import { createWorkspace } from '../../server/src/workspace/review-workspace.ts';
import type { Workspace } from '../../server/src/workspace/workspace.ts';
import { repositoryRoot } from '../support/shipped-pack.ts';

export const examplesFolder = `${repositoryRoot}examples/`;

export interface Example {
  /** File name. */
  readonly name: string;
  readonly uri: string;
  readonly text: string;
  readonly report: Report;
}

export interface Examples {
  readonly workspace: Workspace;
  readonly all: readonly Example[];
  named(id: string): Example;
}

export function readExamples(): Examples {
  const files = createDiskFiles();
  const workspace = createWorkspace(files);
  const uris = files.list(pathToFileURL(examplesFolder).href, '.case-review.yaml');
  const reports = [...workspace.scan(uris)].filter(report => report !== undefined);
  const all = uris.map(uri => {
    const file = files.read(uri);
    const report = reports.find(one => one.uri === uri);
    if (!('text' in file) || !report) throw new Error(`No report on ${uri}.`);
    return { name: uri.slice(uri.lastIndexOf('/') + 1), uri, text: file.text, report };
  });
  const named = (id: string) => {
    const example = all.find(one => one.name.startsWith(`${id}.`));
    if (!example) throw new Error(`There is no example ${id}.`);
    return example;
  };
  return { workspace, all, named };
}

/** A finding as one line: file, place, severity, outcome, rule, message; `waived` where a waiver covers it. */
export function findingLine(example: Example, finding: Finding): string {
  const { line, character } = new LineIndex(example.text).position(finding.span.start);
  const outcome = finding.outcome ?? '-';
  const waived = finding.waived ? ' (waived)' : '';
  return `${example.name}:${line + 1}:${character + 1} ${finding.severity}${waived} ${outcome} ${finding.rule} | ${finding.message}`;
}
