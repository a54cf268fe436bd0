#!/usr/bin/env bash
# The tests that need programs of others: Markdown beside cmark (tests/markdown), links read by a
# real HTML parser (tests/links), hostile content opened in headless Chromium, access and validity of
# every page kind, a visit without script and with, searching, the live preview, what the theme weighs
# and bears, Lighthouse (tests/browser).
# Ends with `N passed, N failed` (and what was skipped, with why).
# COPSE is the program. TESTS="markdown links xss access visit search preview theme lighthouse" runs
# only the parts named. TESTS=look makes pictures of all page kinds in the folder LOOK instead (make look).
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1

COPSE=${COPSE:-$PWD/build/copse}
parts=${TESTS:-markdown links xss access visit search preview theme lighthouse}
export CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || echo)}
export COPSE GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null
now=2026-11-23T12:00:00Z     # the example's present
golden_now=2026-03-01T12:00:00Z # and that of the golden sites, as tools/golden.sh has it

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0
skipped=0

# not_run PART WHY: counts a part that could not run.
not_run() {
    echo "ok $1 # skip $2"
    skipped=$((skipped + 1))
}

# add NAME COMMAND...: runs one program of the tests and adds what it counted.
add() {
    local name=$1 line
    shift
    echo "== $name"
    "$@" 2>&1 | tee "$work/log"
    line=$(grep -E '^[0-9]+ passed, [0-9]+ failed' "$work/log" | tail -n 1)
    if [[ $line =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed,\ ([0-9]+)\ skipped ]]; then
        passed=$((passed + BASH_REMATCH[1]))
        failed=$((failed + BASH_REMATCH[2]))
        skipped=$((skipped + BASH_REMATCH[3]))
    else
        echo "not ok $name ended without saying what it counted"
        failed=$((failed + 1))
    fi
}

# Node looks for packages from a program's own folder upward, so the tests are copied beside them.
install_tools() {
    cp -R tests "$work/" || return 1
    (cd "$work" && npm init -y && npm install --no-audit --no-fund \
        commonmark-spec@0.31.2 commonmark-spec-0.30@npm:commonmark-spec@0.30.0 \
        parse5@8.1.1 playwright-core@1.65.1 axe-core@4.14.1 vnu-jar@26.9.27 lighthouse@12.8.2) >"$work/npm.log" 2>&1
}

# built NAME SOURCE NOW: builds a copy of a site, so that no history and no cache has a say.
built() {
    local site=$work/sites/$1 part
    mkdir -p "$site"
    for part in content layouts assets; do
        [ ! -d "$2/$part" ] || cp -R "$2/$part" "$site/"
    done
    if ! "$COPSE" build -q -C "$site" -o "$site/public" --now "$3" >"$work/build.log" 2>&1; then
        cat "$work/build.log"
        echo "not ok $1 can be built"
        failed=$((failed + 1))
        return 1
    fi
}

markdown() {
    if ! command -v cmark >/dev/null; then
        not_run "Markdown beside cmark" "cmark is not installed"
        return
    fi
    add "Markdown beside cmark" node "$work/tests/markdown/check.mjs"
}

# Compiles tests/links/known.c beside copse, where it finds copse-pictures; its name is in `known`.
known_links() {
    local build sanitize
    build=$(dirname "$COPSE")
    known=$build/known-links
    sanitize=$(basename "$build" | sed -n 's/.*san-//p' | tr - ,)
    # shellcheck disable=SC2046
    "${CC:-cc}" ${sanitize:+"-fsanitize=$sanitize"} -std=c11 -D_GNU_SOURCE -O1 -Isrc -fno-pie -no-pie \
        tests/links/known.c "$build/libcopse.a" $(make -s --no-print-directory print-libs) -pthread -o "$known"
}

links() {
    local list=() site name now_there
    if ! known_links; then
        not_run "links" "the program that lists what copse knows of them cannot be compiled"
        return
    fi
    for site in . examples/*/ tests/golden/*/site; do
        [ -d "$site/content" ] || continue
        name=$(basename "${site%/site}")
        [ "$site" != . ] || name=starter
        case $site in
        tests/golden/*) now_there=$golden_now ;;
        *) now_there=$now ;;
        esac
        built "$name" "$site" "$now_there" || continue
        if ! "$known" "$work/sites/$name" "$now_there" >"$work/sites/$name.links"; then
            echo "not ok the links of $name can be listed"
            failed=$((failed + 1))
            continue
        fi
        list+=("$name" "$site" "$work/sites/$name/public" "$work/sites/$name.links")
    done
    add "links" node "$work/tests/links/check.mjs" "${list[@]}"
}

xss() {
    if [ -z "$CHROMIUM" ]; then
        not_run "hostile content in a browser" "chromium is not installed"
        return
    fi
    add "hostile content in a browser" node "$work/tests/browser/xss/check.mjs" "$work/xss"
}

# The example, built once.
example() {
    [ -d "$work/sites/career-association/public" ] ||
        built career-association examples/career-association $now
}

access() {
    if [ -z "$CHROMIUM" ]; then
        not_run "access" "chromium is not installed"
        return
    fi
    example || return
    add "access" node "$work/tests/browser/access/check.mjs" "$work/sites/career-association/public"
}

visit() {
    if [ -z "$CHROMIUM" ]; then
        not_run "a visit" "chromium is not installed"
        return
    fi
    example || return
    add "a visit" node "$work/tests/browser/visit/check.mjs" "$work/sites/career-association/public"
}

search() {
    if [ -z "$CHROMIUM" ]; then
        not_run "search" "chromium is not installed"
        return
    fi
    node "$work/tests/browser/search/site.mjs" "$work/search-site" || return
    built search "$work/search-site" $now || return
    add "search" node "$work/tests/browser/search/check.mjs" "$work/sites/search/public"
}

preview() {
    if [ -z "$CHROMIUM" ]; then
        not_run "the live preview" "chromium is not installed"
        return
    fi
    add "the live preview" node "$work/tests/browser/preview/check.mjs" "$COPSE" "$work/preview"
}

# The sites that are awkward to look at, and the second theme: `others` are their names and folders.
awkward_sites() {
    local name
    others=()
    for name in "$@"; do
        [ -d "$work/awkward/$name" ] || node "$work/tests/browser/look/site.mjs" "$work/awkward/$name" "$name" || return
        [ -d "$work/sites/$name/public" ] || built "$name" "$work/awkward/$name" $now || return
        others+=("$name" "$work/sites/$name/public")
    done
    [ -d "$work/sites/learned-society/public" ] ||
        built learned-society examples/learned-society $now || return
    others+=(learned-society "$work/sites/learned-society/public")
}

theme() {
    if [ -z "$CHROMIUM" ]; then
        not_run "the theme" "chromium is not installed"
        return
    fi
    example || return
    awkward_sites awkward arabic bare || return
    add "the theme" node "$work/tests/browser/theme/check.mjs" "$work/sites/career-association/public" "${others[@]}"
}

lighthouse() {
    if [ -z "$CHROMIUM" ]; then
        not_run "Lighthouse" "chromium is not installed"
        return
    fi
    example || return
    add "Lighthouse" node "$work/tests/browser/lighthouse/check.mjs" "$work/sites/career-association/public"
}

look() {
    if [ -z "$CHROMIUM" ]; then
        not_run "pictures to look at" "chromium is not installed"
        return
    fi
    example || return
    awkward_sites awkward crowd arabic bare || return
    add "pictures to look at" node "$work/tests/browser/look/check.mjs" "${LOOK:-$PWD/build/look}" \
        example "$work/sites/career-association/public" "${others[@]}"
}

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    not_run "the tests in a browser" "node and npm are not installed"
elif ! install_tools; then
    cat "$work/npm.log"
    not_run "the tests in a browser" "commonmark-spec, playwright-core, axe-core, parse5, vnu-jar and lighthouse cannot be had from npm"
else
    for part in $parts; do
        "$part"
    done
fi

printf '%d passed, %d failed' "$passed" "$failed"
[ "$skipped" = 0 ] || printf ', %d skipped' "$skipped"
echo
[ "$failed" = 0 ]
