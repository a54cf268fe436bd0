#!/bin/bash
# linear.sh [PROGRAM [NAME...]]: whether Markdown stays linear on inputs made to be hard, by instructions.
#
# Counts with valgrind, so that neither the machine nor its load shows: ten times the input may take
# at most twelve times the instructions. Prints each input's growth and fails if one is above.
# PROGRAM is build/bench-markdown; see markdown.c on how to build it. NAMEs: only these inputs. SMALL is
# the smaller size in bytes (10000).
set -eu
program=${1:-build/bench-markdown}
[ $# = 0 ] || shift
small=${SMALL:-10000}
command -v valgrind >/dev/null || { echo "valgrind is not installed: skipped"; exit 0; }

count() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$program" --one "$1" "$2" 2>&1 |
        sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}

failed=0
while IFS= read -r name; do
    start=$(count "$name" 0)
    less=$(($(count "$name" "$small") - start))
    more=$(($(count "$name" $((small * 10))) - start))
    tenths=$((more * 10 / less))
    mark=
    [ "$tenths" -le 120 ] || { mark=' <- not linear'; failed=1; }
    printf '%-30s %9d %10d  %3d.%d times%s\n' "$name" "$less" "$more" $((tenths / 10)) \
        $((tenths % 10)) "$mark"
done < <(if [ $# -gt 0 ]; then printf '%s\n' "$@"; else "$program" --list; fi)
exit $failed
