#!/bin/sh
# Builds one site with copse, Hugo (Debian's) and Eleventy (npm's) in turn and prints how long each took; `make bench`.
# COPSE is the program; arguments go on to run.py, which explains them (--articles, --runs, --growth, --peers).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
tools=$root/build/bench-tools
eleventy=3.1.8
mkdir -p "$tools"
if ! grep -qs "\"version\": *\"$eleventy\"" "$tools/node_modules/@11ty/eleventy/package.json"; then
    (cd "$tools" && npm init -y && npm install --no-audit --no-fund "@11ty/eleventy@$eleventy") >"$tools/npm.log" 2>&1 ||
        { cat "$tools/npm.log" >&2; exit 1; }
fi
# On a disk, and in no git repository: /tmp is often memory.
work=$(mktemp -d "${BENCH_WORK:-/var/tmp}/copse-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
python3 "$here/run.py" --copse "${COPSE:-$root/build/copse}" --work "$work" --tools "$tools" "$@"
