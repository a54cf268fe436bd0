#!/bin/sh
# Renders the same templates over the same data with copse, liquidjs (npm) and Ruby's liquid (Debian's
# ruby-liquid), compares the outputs byte for byte, and prints microseconds a rendering side by side.
# Needs a built copse (make), node with liquidjs where node finds it, ruby, ruby-liquid.
# usage: tests/bench/liquid/run.sh [SECONDS]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
seconds=${1:-3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
${CC:-cc} -std=c11 -D_GNU_SOURCE -O2 -I"$root/src" -fno-pie -no-pie -o "$work/copse" "$here/copse.c" \
    "$root/build/libcopse.a" -lutf8proc -lm -pthread
node "$here/data.js" >"$work/data.json"
NODE_PATH=${NODE_PATH:-$root/node_modules}
export NODE_PATH
printf '%-10s %12s %12s %12s %14s %12s\n' template copse liquidjs ruby liquidjs/copse ruby/copse
for name in page table strings; do
    arguments="$here/$name.html $work/data.json $here/partials $seconds"
    # shellcheck disable=SC2086
    copse=$("$work/copse" $arguments "$work/copse.out")
    # shellcheck disable=SC2086
    liquidjs=$(node "$here/liquidjs.js" $arguments "$work/liquidjs.out")
    # shellcheck disable=SC2086
    ruby=$(ruby "$here/ruby.rb" $arguments "$work/ruby.out")
    for other in liquidjs ruby; do
        if ! cmp -s "$work/copse.out" "$work/$other.out"; then
            echo "$name: the output of $other differs from copse's" >&2
            cmp "$work/copse.out" "$work/$other.out" >&2 || true
            [ -z "${KEEP:-}" ] || cp "$work"/*.out "$KEEP"
            exit 1
        fi
    done
    echo "$name $copse $liquidjs $ruby" |
        awk '{printf "%-10s %9.1f us %9.1f us %9.1f us %13.1fx %11.1fx\n", $1, $2, $3, $4, $3/$2, $4/$2}'
done
