#!/usr/bin/env bash
# What action.yml runs: the inputs come as INPUT_… variables, GitHub's own as GITHUB_….
set -uo pipefail

program=${INPUT_PROGRAM:-$GITHUB_ACTION_PATH/dist/case-review.cjs}
if [ ! -f "$program" ]; then
  if [ -n "${INPUT_PROGRAM:-}" ]; then
    echo "::error::There is no file $program; check the input \"program\"."
    exit 2
  fi
  (cd "$GITHUB_ACTION_PATH" && npm ci --ignore-scripts && npm run build) >/dev/null || exit 3
fi

arguments=(check --format github --format "sarif:$INPUT_SARIF_FILE")
[ -n "${GITHUB_STEP_SUMMARY:-}" ] && arguments+=(--format "markdown:$GITHUB_STEP_SUMMARY")
[ -n "${INPUT_CHANGED_SINCE:-}" ] && arguments+=("--changed=$INPUT_CHANGED_SINCE")
# One a line, so that names with spaces need no quotes.
while IFS= read -r line; do
  [ -n "$line" ] && arguments+=("$line")
done <<<"${INPUT_OPTIONS:-}"
arguments+=(--)
while IFS= read -r line; do
  [ -n "$line" ] && arguments+=("$line")
done <<<"${INPUT_PATHS:-.}"

node "$program" "${arguments[@]}"
code=$?
[ -n "${GITHUB_OUTPUT:-}" ] && echo "exit-code=$code" >>"$GITHUB_OUTPUT"
exit $code
