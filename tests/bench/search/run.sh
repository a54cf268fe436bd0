#!/usr/bin/env bash
# copse's search beside Pagefind's over the same site of 10,000 articles: what an index costs, what a
# query fetches, when the first result stands there, and whether the right page is found.
# Needs node, npm and chromium. COPSE is the program, ARTICLES their number, PAIRS how often building
# is measured; KEEP is a folder to leave the figures of each query in. Takes some fifteen minutes.
set -euo pipefail
cd "$(dirname "$0")/../../.."
COPSE=${COPSE:-$PWD/build/copse}
export CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cp -R tests "$work/"
(cd "$work" && npm init -y && npm install --no-audit --no-fund playwright-core@1.65.1 pagefind@1.6.0 @pagefind/linux-x64@1.6.0) >"$work/npm.log" 2>&1 || {
    cat "$work/npm.log"
    exit 1
}

site=$work/site
node tests/bench/search/corpus.mjs "$site" "${ARTICLES:-10000}"

# timed COMMAND...: "processor-seconds most-kilobytes".
timed() {
    local told=$work/time
    python3 - "$told" "$@" <<'END' >&2
import resource, subprocess, sys
subprocess.run(sys.argv[2:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
open(sys.argv[1], "w").write("%.2f %d" % (used.ru_utime + used.ru_stime, used.ru_maxrss))
END
    cat "$told"
}
sizes() { find "$@" -type f -printf '%s\n' | awk '{ bytes += $1 } END { print bytes, NR }'; }

# What search adds to a build: the same site with and without it, each into an empty folder with an
# empty cache, in turns; the median of the pairs.
cp -R "$site" "$work/site-without"
echo 'search: false' >>"$work/site-without/content/site.yml"
build() {
    rm -rf "$work/public-$1" "$work/cache"
    timed "$COPSE" build -C "$work/$1" -o "$work/public-$1" --cache "$work/cache" --now 2026-11-23T12:00:00Z
    echo
}
pairs=()
for pair in $(seq "${PAIRS:-5}"); do
    if [ $((pair % 2)) = 1 ]; then
        read -r with memory < <(build site)
        read -r without _ < <(build site-without)
    else
        read -r without _ < <(build site-without)
        read -r with memory < <(build site)
    fi
    pairs+=("$with $without")
    echo "a build costs $without s of processor time without search, $with s with it" >&2
done
median() { sort -n | awk '{ list[NR] = $1 } END { print list[int((NR + 1) / 2)] }'; }
own=$(printf '%s\n' "${pairs[@]}" | awk '{ print $1 - $2 }' | median)
ratio=$(printf '%s\n' "${pairs[@]}" | awk '{ printf "%.3f\n", $1 / $2 }' | median)
echo "A build with search costs $ratio times one without it (median of ${#pairs[@]} pairs, processor time)."
echo
mv "$work/public-site" "$work/public"
copse="$own $memory $(find "$work/public/search" "$work/public/fr/search" -type f ! -name index.html -printf '%s\n' | awk '{ bytes += $1 } END { print bytes, NR }')"

cp -R "$work/public" "$work/pagefind-site"
rm -rf "$work/pagefind-site/search" "$work/pagefind-site/fr/search"
pagefind=$(timed "$work/node_modules/@pagefind/linux-x64/bin/pagefind_extended" --site "$work/pagefind-site" \
    --glob '{articles,members,events,fr/articles,fr/members,fr/events}/*/index.html' --root-selector main)
# Its ready-made interfaces are not counted.
pagefind="$pagefind $(sizes "$work/pagefind-site/pagefind/fragment" "$work/pagefind-site/pagefind/index" "$work/pagefind-site"/pagefind/*.pf_meta "$work/pagefind-site"/pagefind/wasm.* "$work/pagefind-site/pagefind/pagefind-entry.json")"
cp tests/bench/search/bench-pagefind.js "$work/pagefind-site/"
cp tests/bench/search/pagefind.html "$work/pagefind-site/bench-pagefind.html"
sed 's/lang="en"/lang="fr"/' tests/bench/search/pagefind.html >"$work/pagefind-site/fr/bench-pagefind.html"

node "$work/tests/bench/search/measure.mjs" "$work/public" "$work/pagefind-site" "$site/queries.json" >"$work/measured.json"
[ -z "${KEEP:-}" ] || cp "$work/measured.json" "$site/queries.json" "$KEEP/"
node tests/bench/search/table.mjs "$work/measured.json" "$copse" "$pagefind"
