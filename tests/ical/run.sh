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

# A build with sanitizers can be linked only with them.
sanitize=$(basename "$build" | sed -n 's/.*san-//p' | tr - ,)
case $(basename "$build") in clang*) cc=clang ;; esac

# site NAME FOLDER [LANGUAGE]: one more case, from the pages of a site.
now=2026-11-23T12:00:00Z
site() {
    "$build/copse" build -q -C "$2" -o "$work/$1" --now $now 2>"$work/messages" ||
        { cat "$work/messages"; return 1; }
    python3 tests/ical/pages.py "$2" "$work/$1" $now "$work/cases/$1" ${3:+"$3"}
}

mkdir "$work/cases"
"$cc" ${sanitize:+"-fsanitize=$sanitize"} -std=c11 -D_GNU_SOURCE -Isrc -fno-pie -no-pie tests/ical/cases.c "$build/libcopse.a" -pthread -o "$work/make-cases"
"$work/make-cases" "$work/cases"

if ! command -v python3 >/dev/null; then
    echo "skipped: without python3 the calendars of sites are not compared with their pages"
else
    mkdir "$work/example"
    for part in content layouts assets; do
        [ ! -d "examples/career-association/$part" ] ||
            cp -R "examples/career-association/$part" "$work/example/"
    done
    site example-en "$work/example"
    site example-fr "$work/example" fr
    if [ -d ../shared/real/sheffield ]; then
        mkdir "$work/real"
        cp -R ../shared/real/sheffield/content "$work/real/"
        site sheffield "$work/real"
        python3 tests/ical/source.py ../shared/real/sheffield/content/events \
            "$work/cases/sheffield.pages" 189 || status=1
    else
        echo "skipped: ../shared/real/sheffield is not there"
    fi
fi

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
