#!/bin/sh
# Has three other programs read what copse writes as iCalendar and compares the instances with what
# the pages show: libical (its check of restrictions), ical.js (npm) and Python's icalendar.
# A reader that is not there, and cannot be had, is skipped with a word.
#
# Usage: tests/ical/run.sh [BUILD-FOLDER]
set -eu
cd "$(dirname "$0")/../.."
build=${1:-build}
cc=${CC:-cc}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0

mkdir "$work/cases"
"$cc" -std=c11 -D_GNU_SOURCE -Isrc tests/ical/cases.c "$build/libcopse.a" -pthread -o "$work/make-cases"
"$work/make-cases" "$work/cases"

if pkg-config --exists libical; then
    # shellcheck disable=SC2046
    "$cc" -std=c11 -D_GNU_SOURCE tests/ical/restrictions.c $(pkg-config --cflags --libs libical) \
        -o "$work/restrictions"
    "$work/restrictions" "$work"/cases/*.ics || status=1
else
    echo "skipped: libical is not installed"
fi

if command -v npm >/dev/null && npm install --silent --no-audit --no-fund --prefix "$work/npm" \
    ical.js@2 >/dev/null 2>&1; then
    node tests/ical/check.mjs "$work/cases" "$work/npm/node_modules/ical.js/dist/ical.js" || status=1
else
    echo "skipped: ical.js could not be had from npm"
fi

python=
for candidate in python3 /usr/bin/python3; do
    if [ -z "$python" ] && "$candidate" -c 'import icalendar, dateutil' 2>/dev/null; then
        python=$candidate
    fi
done
if [ -n "$python" ]; then
    "$python" tests/ical/check.py "$work/cases" || status=1
else
    echo "skipped: python3-icalendar and python3-dateutil are not installed"
fi
exit $status
