#!/bin/sh
# Rebuilds tests/golden/NAME/expected/ from tests/golden/NAME/site/ for every golden site with the
# copse named in $1. What changed is then to be read with git diff before it is committed.
# With --check it builds elsewhere and compares; it fails where a byte differs.
set -eu
check=no
if [ "$1" = --check ]; then
    check=yes
    shift
fi
copse=$1
now=2026-03-01T12:00:00Z # the day on which every golden site is built
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
status=0
for golden in tests/golden/*/; do
    golden=${golden%/}
    [ -d "$golden/site" ] || continue
    built=$scratch/$(basename "$golden")
    cp -R "$golden/site" "$built.site"
    "$copse" build -q -C "$built.site" -o "$built" --now "$now"
    if [ $check = yes ]; then
        diff -r "$golden/expected" "$built" || status=1
    else
        rm -rf "$golden/expected"
        cp -R "$built" "$golden/expected"
        echo "$golden/expected: $(find "$golden/expected" -type f | wc -l) files"
    fi
done
exit $status
