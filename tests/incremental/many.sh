#!/bin/sh
# Many random edits, each compared with a clean build (edits.py), by several processes at once.
# usage: tests/incremental/many.sh COPSE EDITS [SEED]
# The same seed makes the same edits. Ends with `N passed, N failed`.
set -eu
copse=$1
edits=$2
seed=${3:-1000}
here=$(dirname "$0")
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
parts=$(((edits + 124) / 125))
each=$(((edits + parts - 1) / parts))
# shellcheck disable=SC2016 # the inner shell expands these
run_one='
    log=$1
    shift
    python3 "$0" "$@" >"$log" 2>&1'
i=0
while [ $i -lt $parts ]; do
    site=$here/../golden/every-kind/site
    more=
    # The example is ten times as large: one part of eight, and the first, so that the processes end together.
    [ $((i % 8)) != 0 ] || {
        site=$here/../../examples/career-association
        more="--at 1795780800" # its articles are of that year
    }
    [ $(((i + i / 8) % 2)) = 0 ] || more="$more --texts"
    # No blank at the end of a line: xargs would go on with the next one.
    echo "$logs/$i $copse $site --seed $((seed + i)) $more --edits $each"
    i=$((i + 1))
done | xargs -P "$(getconf _NPROCESSORS_ONLN)" -L 1 sh -c "$run_one" "$here/edits.py" || :
cat "$logs"/*
awk -v parts=$parts '/^[0-9]+ passed, [0-9]+ failed/ { passed += $1; failed += $3; parts-- }
    END { printf "%d passed, %d failed\n", passed, failed + parts; exit failed + parts > 0 }' "$logs"/*
