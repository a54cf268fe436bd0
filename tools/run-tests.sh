#!/bin/sh
# Runs the unit programs named after the build folder, then every tests/*/*.bats, two or more at a
# time, each with its output in a file. Prints one line for each, the output of those that failed,
# and at the end `N passed, N failed` (and what was skipped).
# TESTS="store cli" runs only those whose name holds one of these words. SLOWEST=10 says, before the last line, which ten
# files and which ten tests of the command line took longest.
set -eu
out=$1
shift
results=$out/results
rm -rf "$results"
mkdir -p "$results"

wanted() {
    [ -n "${TESTS:-}" ] || return 0
    for word in $TESTS; do
        case $1 in *"$word"*) return 0 ;; esac
    done
    return 1
}

list=$results/list
: >"$list"
for test in "$@" tests/*/*.bats; do
    if [ -e "$test" ] && wanted "$test"; then
        echo "$test" >>"$list"
    fi
done

# shellcheck disable=SC2016 # the inner shell expands these
run_one='
    test=$1
    name=$(basename "$test" .bats)
    begun=$(date +%s)
    case $test in
    *.bats) bats --tap --timing "$test" ;;
    *) CMOCKA_MESSAGE_OUTPUT=TAP "$test" ;;
    esac >"$0/$name.tap" 2>&1 </dev/null
    echo $? >"$0/$name.status"
    {
        echo $(($(date +%s) - begun))
        times
    } >"$0/$name.times"
'
xargs -P "$(getconf _NPROCESSORS_ONLN)" -n 1 sh -c "$run_one" "$results" <"$list"

passed=0
failed=0
skipped=0
while read -r test; do
    name=$(basename "$test" .bats)
    tap=$results/$name.tap
    status=$(cat "$results/$name.status")
    # bats says `ok 3 name # skip why`, cmocka `not ok 3 # SKIP name`.
    skip=$(grep -Eci '^(not )?ok .*# skip' "$tap" || :)
    ok=$(grep -Ei '^ok ' "$tap" | grep -vic '# skip' || :)
    not=$(grep -Ei '^not ok ' "$tap" | grep -vic '# skip' || :)
    # A program that died, or failed without saying where, is a failure too.
    if [ "$status" != 0 ] && [ "$not" = 0 ]; then
        not=1
    fi
    passed=$((passed + ok))
    skipped=$((skipped + skip))
    failed=$((failed + not))
    printf '%-28s %4d passed' "$name" "$ok"
    [ "$skip" = 0 ] || printf ', %d skipped' "$skip"
    if [ "$not" != 0 ]; then
        printf ', %d FAILED (exit status %s)\n' "$not" "$status"
        sed 's/^/    /' "$tap"
    else
        echo
    fi
done <"$list"

if [ "$skipped" != 0 ]; then
    grep -Ehi '^(not )?ok .*# skip' "$results"/*.tap | sed -E 's/^(not )?ok [0-9]+ (- )?/skipped: /'
fi
if [ -n "${SLOWEST:-}" ]; then
    echo "The slowest files, in seconds (and seconds of a processor):"
    # The third line is of what the shell started: user and system time, as 0m12.3s 0m4.5s.
    awk -F '[ms ]+' 'FNR == 1 { wall = $1 }
        FNR == 3 { gsub(/.*\/|\.times/, "", FILENAME); printf "%6d (%6.1f) %s\n", wall, $1 * 60 + $2 + $3 * 60 + $4, FILENAME }' \
        "$results"/*.times | sort -rn | head -n "$SLOWEST"
    echo "The slowest tests of the command line, in milliseconds:"
    sed -nE 's/^(not )?ok [0-9]+ (.*) in ([0-9]+)ms.*/\3 \2/p' "$results"/*.tap | sort -rn | head -n "$SLOWEST"
fi
printf '%d passed, %d failed' "$passed" "$failed"
[ "$skipped" = 0 ] || printf ', %d skipped' "$skipped"
echo
[ "$failed" = 0 ]
