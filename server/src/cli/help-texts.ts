/** What the help of a command says beyond its options. */
import { EXIT_HELP } from './exit-code.ts';

export const PRIVACY_HELP = `Privacy:
  Nothing leaves this machine: no network, no telemetry. Reports carry ids,
  lines and the words of the policy. What a review says is shown on a terminal
  only, or with --include-text.`;

export const BASELINE_HELP = `
The baseline is the file case-review.baseline.json beside the configuration, or
the one named there. It holds paths and fingerprints and no text. The editor and
case-review check leave alone what it covers; --no-baseline shows it.

Example:
  case-review baseline create   once, then commit the file
  case-review baseline prune    whenever findings were mended
`;

export const EXAMPLES = `Examples:
  case-review check                             every review below this folder
  case-review check reviews/2026 one.case-review.yaml
  case-review check --format sarif:out.sarif --format text
  case-review check --as-of 2026-03-10 reviews  judge as of that day
  case-review new --kind cse,missing --out reviews/new.case-review.yaml
  case-review explain recording/within-24-hours
  case-review explain one.case-review.yaml:42   why that line has findings`;

export const CHECK_HELP = `
Paths are files, folders (searched for *.case-review.yaml and *.case-review.yml)
and patterns; without any, this folder. -- stands before names that begin with a
dash. What .gitignore leaves out is not found in a folder, and a review that the
configuration leaves out is not checked, not even by name. A named path without
a review is wrong usage; an empty folder you only stand in is not. --changed
adds to the changed reviews those that link to them, and takes every review when
the configuration or a pack has changed.

Drafts are listed but never count; a review whose state cannot be read counts as
complete. Hints are for the editor: they are counted, and only json lists them,
unless --min-severity hint or --profile everything asks for them.

Formats, as NAME or NAME:FILE, may be repeated:
  text      for people, the default: one line per finding in a log, wrapped on
            a terminal
  compact   one line per finding, as compilers write it
  json      versioned; case-review schema report prints its schema
  sarif     2.1.0, for code scanning
  junit     XML of test results
  gitlab    Code Quality of GitLab
  github    annotations of GitHub Actions
  markdown  a summary for the page of a job
  html      one page for a browser

Profiles:
  published   only what rests on published policy and published limits
  standard    everything but hints, the default
  everything  hints too

A safe fix keeps the meaning; a suggested one adds a question or a link and is
to be looked at. Neither ever records that something was done.

${EXIT_HELP}

${PRIVACY_HELP}
`;

export const EXPLAIN_HELP = `
Of a line it says which facts were looked at, how the time was counted, day by
day for working days, which limit and which version of the rule applied, and
what would satisfy it. Dates, words, refs and numbers are shown, never free
text.

Examples:
  case-review explain recording/within-24-hours
  case-review explain reviews/one.case-review.yaml:42
`;

export const NEW_HELP = `
The skeleton is a draft with every question that the policy asks of such a case,
each unanswered. case-review schema says which kinds there are.

Example:
  case-review new --kind cse --reviewer OFF-9K2M7R --out a.case-review.yaml
`;

export const RULES_HELP = `
Examples:
  case-review rules
  case-review rules --print-config reviews/one.case-review.yaml
`;

export const TIMELINE_HELP = `
It goes to standard output. Dates, words and refs are drawn, never free text.

Example:
  case-review timeline reviews/one.case-review.yaml > one.html
`;

export const SCHEMA_HELP = `
review is the form of a review, report that of check --format json and audit
that of report --format json; config, pack and rule are those of the files of a
policy.

Example:
  case-review schema report > report.schema.json
`;

export const MERGE_HELP = `
It runs in the folder of the checks and on the same commit. What they were asked
holds for the whole; every format and the exit code are those of one check.

Example:
  case-review check --shard 1/2 --format json:1.json
  case-review check --shard 2/2 --format json:2.json
  case-review merge 1.json 2.json --format sarif:out.sarif --format text
`;

const AUDIT_EXIT_HELP = `What is found decides nothing: the exit code is 0, 2 for wrong usage or
configuration or a pack with errors, and 3 for a failure of the tool.`;

export const REPORT_HELP = `
Each figure has its population: the reviews in which the rule could be judged.
What is not recorded or cannot be told is no failure and is told apart, and so
is what is waived. Drafts do not count; the baseline is not applied. Numbers
below smallest_cell, a limit of the pack (5), are not told, nor what would give
them away.

Formats, as NAME or NAME:FILE, may be repeated:
  text  for people, the default
  html  one page with charts, without script or network
  json  versioned; case-review schema audit prints its schema
  csv   one figure a line

${AUDIT_EXIT_HELP}

Example:
  case-review report reviews --format json:2026-q1.json --format text
`;

export const COMPARE_HELP = `
Shares are compared by Fisher's exact test, adjusted for their number. What is
too small to be told is not compared.

${AUDIT_EXIT_HELP}

Examples:
  case-review compare 2025-Q4 2026-Q1
  case-review compare reviews/2025-q4 reviews/2026-q1
  case-review compare 2025-q4.json 2026-q1.json --format csv:change.csv
`;

export const POLICY_HELP = `
test ends with exit code 1 where something is wrong. compare only tells; what
the configuration of the folder says of limits and severities holds for both.

Examples:
  case-review policy test policies/our-force
  case-review policy compare england-wales england-wales,policies/our-force reviews
`;

export const COMPLETION_HELP = `
bash, in ~/.bashrc:
  source <(case-review completion bash)
zsh, into a folder of $fpath:
  case-review completion zsh > ~/.zfunc/_case-review
fish:
  case-review completion fish > ~/.config/fish/completions/case-review.fish
`;
