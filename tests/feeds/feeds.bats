# Every feed, sitemap, credential and JSON-LD script of the starter site, the examples and a site made
# to be hard, read by xmllint and by programs of others: feedparser and rss-parser (npm), which must
# find the same entries in all three forms, and jsonld (npm). They are installed into a folder of the
# run.

bats_require_minimum_version 1.5.0

setup_file() {
    export COPSE=${COPSE:-$PWD/build/copse}
    export PROJECT=$PWD
    export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null
    export WORK=$BATS_FILE_TMPDIR
    unset MISSING
    command -v node >/dev/null && command -v npm >/dev/null || export MISSING="node and npm are not installed"
    command -v xmllint >/dev/null || export MISSING="xmllint is not installed"
    if [ -z "${MISSING:-}" ]; then
        (cd "$WORK" && npm init -y && npm install --no-audit --no-fund \
            feedparser@2.6.0 rss-parser@3.13.0 jsonld@9.0.0) >"$WORK/npm.log" 2>&1 ||
            export MISSING="feedparser, rss-parser and jsonld cannot be had from npm"
        cp "$PROJECT/tests/feeds/check.mjs" "$WORK/"
    fi
}

setup() {
    [ -z "${MISSING:-}" ] || skip "$MISSING"
}

# built NAME SOURCE: builds a copy of a site's content, so that no history and no cache has a say.
built() {
    mkdir -p "$WORK/$1"
    local part
    for part in content layouts assets; do
        [ ! -d "$2/$part" ] || cp -r "$2/$part" "$WORK/$1/"
    done
    "$COPSE" build -C "$WORK/$1" -o "$WORK/$1/public" --now 2026-11-23T12:00:00Z
}

# sound NAME [ENTRIES]: everything that machines read of a built site passes.
sound() {
    find "$WORK/$1/public" -name '*.xml' -print0 | xargs -0 xmllint --noout --nonet
    (cd "$WORK" && node check.mjs "$1/public" "${2:-1}")
}

@test "feeds of the starter site are sound and agree" {
    built starter "$PROJECT"
    sound starter
}

@test "feeds of every example are sound and agree" {
    for example in "$PROJECT"/examples/*/; do
        name=$(basename "$example")
        [ -d "$example/content" ] || continue
        built "$name" "$example"
        sound "$name"
    done
}

@test "feeds of a site without an article are sound" {
    mkdir -p "$WORK/empty-source/content"
    printf 'title: Nothing yet\nurl: https://example.org\n' >"$WORK/empty-source/content/site.yml"
    built empty "$WORK/empty-source"
    sound empty 0
}

@test "feeds of hard texts are sound, below a path and as summaries too" {
    hard=$WORK/hard-source
    mkdir -p "$hard/content/articles" "$hard/content/members"
    cat >"$hard/content/site.yml" <<'YAML'
title: 'Guild & Co <"]]>'
url: https://example.org/gu-ild
description: "A line\twith a tab & an ampersand"
languages: [en, fr]
YAML
    cat >"$hard/content/articles/one.md" <<'MD'
---
title: "</title> ]]> & 'quotes' \"double\" 👩‍🚀 שלום"
date: 1899-12-31
authors: [jo-b, "Ann <ann@example.org> & Co"]
tags: [C++, "a & b", "日本語"]
aliases: ["/caf%C3%A9/"]
---
]]> &amp; &nbsp; <b>raw</b> <script>alert(1)</script> [x](/articles/?b&c=d) [r](later.md) ![p](p%20&q.png)

<!-- comment --> `</script>` a  b
MD
    printf -- '---\ntitle: Même chose\ndate: 2026-01-02 03:04:05\nlang: fr\ntranslation_of: one\n---\n' \
        >"$hard/content/articles/deux.md"
    printf -- '---\ntitle: Later\ndate: 2026-01-02T03:04:05+14:00\nupdated: 2026-05-05\n---\n\001\002\n' |
        tr '\001\002' '\013\014' >"$hard/content/articles/later.md"
    printf -- '---\nname: Jo <B> & "C"\nemail: jo@hidden.example\n---\nBio.\n' >"$hard/content/members/jo-b.md"
    base64 -d >"$hard/content/articles/p &q.png" <<'PNG'
iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==
PNG
    built hard "$hard"
    sound hard
    run ! grep -rl 'jo@hidden' "$WORK/hard/public" --include='*.xml' --include='*.json'

    printf 'feeds: {content: summary, entries: 1}\n' >>"$hard/content/site.yml"
    built short "$hard"
    sound short
}

@test "a feed's bytes do not change when the site is built later" {
    built earlier "$PROJECT"
    cp -r "$WORK/earlier" "$WORK/later"
    "$COPSE" build -C "$WORK/later" -o "$WORK/later/public2" --now 2026-12-24T12:00:00Z
    for feed in feed.xml rss.xml feed.json; do
        cmp "$WORK/earlier/public/$feed" "$WORK/later/public2/$feed"
    done
}
