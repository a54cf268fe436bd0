# Every feed, sitemap, credential and JSON-LD script of the starter site, the examples and a site made
# to be hard, read by xmllint and by programs of others: feedparser and rss-parser (npm), which must
# find the same entries in all three forms, and jsonld (npm). Atom is validated by the grammar of
# RFC 4287 and RSS by one of its specification, with Jing, which is in the Nu checker's jar (npm, where
# there is Java). They are installed into a folder of the run.

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
            feedparser@2.6.0 rss-parser@3.13.0 jsonld@9.0.0 vnu-jar@26.9.27) >"$WORK/npm.log" 2>&1 ||
            export MISSING="feedparser, rss-parser, jsonld and vnu-jar cannot be had from npm"
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

# valid GRAMMAR FILE...: Jing has nothing to say.
valid() {
    local grammar=$PROJECT/tests/feeds/$1
    shift
    command -v java >/dev/null || return 0
    java -cp "$WORK/node_modules/vnu-jar/build/dist/vnu.jar" \
        nu.validator.vendor.thaiopensource.relaxng.util.Driver -c "$grammar" "$@"
}

# sound NAME [ENTRIES]: everything that machines read of a built site passes.
sound() {
    find "$WORK/$1/public" -name '*.xml' -print0 | xargs -0 xmllint --noout --nonet
    local atom rss
    mapfile -t atom < <(find "$WORK/$1/public" -name feed.xml -o -name comments.xml)
    mapfile -t rss < <(find "$WORK/$1/public" -name rss.xml)
    valid atom.rnc "${atom[@]}"
    valid rss.rnc "${rss[@]}"
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

@test "the grammars find what is wrong" {
    command -v java >/dev/null || skip "java is not installed"
    built wrong "$PROJECT"
    sed 's|<id>[^<]*</id>||' "$WORK/wrong/public/feed.xml" >"$WORK/no-id.xml"
    run ! valid atom.rnc "$WORK/no-id.xml"
    sed 's|href="https://example.org|href="|' "$WORK/wrong/public/feed.xml" >"$WORK/relative.xml"
    run ! valid atom.rnc "$WORK/relative.xml"
    sed 's|<pubDate>[A-Z]|<pubDate>|' "$WORK/wrong/public/rss.xml" >"$WORK/date.xml"
    run ! valid rss.rnc "$WORK/date.xml"
}

@test "translations that stand in for others say their language in feeds" {
    local site=$WORK/standing-source
    mkdir -p "$site/content/articles"
    printf 'title: Two\nurl: https://example.org\nlanguages: [en, fr]\nfallback: {fr: en}\n' \
        >"$site/content/site.yml"
    printf -- '---\ntitle: One\ndate: 2026-01-02\ntags: [x]\n---\nText.\n' >"$site/content/articles/one.md"
    printf -- '---\ntitle: Deux\ndate: 2026-01-03\ntags: [x]\n---\nTexte.\n' >"$site/content/articles/deux.fr.md"
    built standing "$site"
    sound standing 2
    grep -q '<entry xml:lang="en">' "$WORK/standing/public/fr/feed.xml"
    grep -q '<dc:language>en</dc:language>' "$WORK/standing/public/fr/tags/x/rss.xml"
    run ! grep -q 'dc:language' "$WORK/standing/public/rss.xml"
}
