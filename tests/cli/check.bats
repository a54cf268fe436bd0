# copse check: what could be better is told there and only there, each at its place and with a code.
load helpers

# check [OPTION...]: checks site/ at the fixed moment.
check() {
    "$COPSE" check -C site --now "$NOW" "$@"
}

# said LINE: what `run` printed holds that beginning of a message.
said() {
    # shellcheck disable=SC2154 # bats sets output
    if [[ $output != *"$1"* ]]; then
        echo "wanted: $1"
        echo "$output"
        return 1
    fi
}

# silent CODE: what `run` printed holds no message of that code.
silent() {
    if [[ $output == *"[$1]"* ]]; then
        echo "wanted no [$1]"
        echo "$output"
        return 1
    fi
}

@test "a site in order has nothing to tell, and the starter is in order" {
    small_site
    in_git site
    run check
    fails_with 0 ""
    [ -z "$output" ]
    "$COPSE" init starter
    run "$COPSE" check -C starter
    fails_with 0 ""
    [ -z "$output" ]
}

@test "builds tell none of it" {
    small_site
    article plain '#### Too deep' '' '[here](../pages/about.md)' '' '![](x.png)'
    printf '\x89PNG\r\n\x1a\n' >site/content/articles/x.png
    run check
    said '[heading-level]'
    run build
    silent heading-level
    silent link-text
    silent missing-alt
}

@test "headings that skip a level are told at their line, whatever looks like one before" {
    small_site
    article levels '# One' '' '```' '### in a fence' '```' '' '### Three' '' '## Two' '' '### Three' \
        '' '##### Five'
    run check
    said "content/articles/levels.md:12:1: warning: 'Three' is a heading of level 3, and the one above it is of level 1"
    said "content/articles/levels.md:18:1: warning: 'Five' is a heading of level 5"
    [ "$(grep -c 'heading-level\]' <<<"$output")" = 2 ]
}

@test "link texts that say nothing are told by the language of the text" {
    small_site
    printf 'languages: [en, fr]\n' >>site/content/site.yml
    article words '[Click here!](../pages/about.md) [hier](../pages/about.md)' \
        '[Read **more** …](../pages/about.md) [the minutes of May](../pages/about.md)' \
        '[](../pages/about.md) [![A door](x.png)](../pages/about.md)'
    printf '\x89PNG\r\n\x1a\n' >site/content/articles/x.png
    write site/content/articles/mots.fr.md <<'END2'
---
title: Les mots
date: 2026-02-01
---

[Cliquez ici](https://example.org/) [here](https://example.org/) [En savoir plus »](https://example.org/)
END2
    run check
    said "words.md:6:1: warning: the link text 'Click here!' does not say where the link leads [link-text]"
    said "words.md:7:1: warning: the link text 'Read more …'"
    said "words.md:8:1: warning: this link has no text"
    said "mots.fr.md:6:1: warning: the link text 'Cliquez ici'"
    said "En savoir plus"
    [ "$(grep -c 'link-text\]' <<<"$output")" = 5 ]
}

@test "pictures without words are told, in texts and in front matter" {
    small_site
    article views '![](x.png) ![A door](x.png) <img src="x.png" alt=""> <img src="x.png">'
    printf '\x89PNG\r\n\x1a\n' >site/content/articles/x.png
    write site/content/articles/lead.md <<'END2'
---
title: Lead
date: 2026-02-01
image: x.png
---

Text.
END2
    run check
    said "content/articles/views.md:6:1: warning: nothing says what 'x.png' shows"
    said "content/articles/lead.md:4:8: warning: nothing says what 'x.png' shows"
    [ "$(grep -c 'missing-alt\]' <<<"$output")" = 3 ]
}

@test "names that make trouble are told, and what they could be" {
    small_site
    article 'Spring Fair'
    article 'résumé-ideas'
    mkdir -p site/content/articles/cop
    printf '\x89PNG\r\n\x1a\n' | tee site/content/articles/cop/photo.png >site/content/articles/cop/Photo.png
    printf '\x89PNG\r\n\x1a\n' >site/content/articles/cop/café.png
    article cop/index
    run check
    said 'content/articles/Spring Fair.md: warning: the name of this file holds blanks'
    said 'rename it, for example to spring-fair.md'
    said 'content/articles/cop/café.png: warning'
    said "content/articles/cop/photo.png: warning: this file's name differs from content/articles/cop/Photo.png only in upper and lower case"
    silent missing-alt
    [[ $output != *résumé-ideas* ]]
}

@test "a name of which nothing is left is told" {
    small_site
    article '就職'
    run check
    said 'content/articles/就職.md: warning: no letter a-z or digit'
}

@test "two pages with one title are told; two dates of one event are none" {
    small_site
    article one
    sed 's/^date.*/date: 2026-02-02/' site/content/articles/one.md >site/content/articles/two.md
    sed 's/2026-04/2026-05/' site/content/events/spring-meeting.md >site/content/events/may.md
    cp site/content/events/may.md site/content/events/may-2.md
    run check
    said 'content/articles/two.md:2:8: warning: content/articles/one.md has this title too [duplicate-title]'
    said 'content/events/may.md:2:8: warning: content/events/may-2.md has this title too'
    [ "$(grep -c 'duplicate-title\]' <<<"$output")" = 2 ]
}

@test "tags that are nearly one are told, and years are not" {
    small_site
    for i in 1 2 3; do
        write "site/content/articles/t$i.md" <<END2
---
title: Number $i
date: 2026-02-0$i
tags: [webinars, counselling, conference-2025]
---

Text.
END2
    done
    write site/content/articles/t4.md <<'END2'
---
title: Number 4
date: 2026-02-04
tags: [webinar, counseling, web-inars, conference-2026, coaching]
---

Text.
END2
    run check
    said "content/articles/t4.md:4:8: warning: the tag 'webinar' (used 1 time) is nearly 'webinars' (used 3 times) [similar-tags]"
    said "the tag 'counseling' (used 1 time) is nearly 'counselling'"
    said "the tag 'web-inars'"
    [ "$(grep -c 'similar-tags\]' <<<"$output")" = 3 ]
}

@test "events without an end or a zone are told while they are to come" {
    small_site
    sed -i '/timezone/d' site/content/site.yml
    sed -i '/^end/d' site/content/events/spring-meeting.md
    sed 's/2026-04/2025-04/' site/content/events/spring-meeting.md >site/content/events/past.md
    write site/content/events/day.md <<'END2'
---
title: A whole day
start: 2026-05-01
---

All day.
END2
    run check
    said 'content/events/spring-meeting.md:3:8: warning: nothing says when this event ends'
    said 'end: 2026-04-10 19:00'
    said 'content/events/spring-meeting.md:3:8: warning: nothing says in which time zone'
    [ "$(grep -c '\[event-' <<<"$output")" = 2 ]
}

@test "dates that only copse may read are told" {
    small_site
    write site/content/articles/loose.md <<'END2'
---
title: Loose
date: 2026-2-1 9:30
updated: "2026-2-3"
---

Text.
END2
    run check
    said "loose.md:3:7: warning: '2026-2-1 9:30' is read as 2026-02-01 09:30"
    [ "$(grep -c 'loose-date\]' <<<"$output")" = 1 ]
}

@test "a page that no chain of links reaches is told, and one in a ring of its own too" {
    small_site
    for name in alone ring-a ring-b linked hidden; do
        printf -- '---\ntitle: %s\n---\n\nText.\n' "$name" | write "site/content/pages/$name.md"
    done
    printf '[B](ring-b.md)\n' >>site/content/pages/ring-a.md
    printf '[A](ring-a.md)\n' >>site/content/pages/ring-b.md
    printf '[Linked](linked.md)\n' >>site/content/pages/about.md
    sed -i 's/^title.*/&\nnoindex: true/' site/content/pages/hidden.md
    run check -j2
    said 'content/pages/alone.md: warning: no page links to this page, so visitors cannot find it [unreachable-page]'
    said 'content/pages/ring-a.md'
    said 'content/pages/ring-b.md'
    [ "$(grep -c 'unreachable-page\]' <<<"$output")" = 3 ]
}

@test "site.yml decides how each is taken" {
    small_site
    article plain '#### Too deep' '' '[here](../pages/about.md)'
    printf 'rules: {heading-level: error, link-text: off}\n' >>site/content/site.yml
    run check
    fails_with 1 'error: '
    silent link-text
}

@test "every code that copse can print has a page with all its parts" {
    cd "$BATS_TEST_DIRNAME/../.." || return 1
    codes=$(grep -oE '^    \{"[a-z0-9-]+"' src/site/rules.c | tr -d ' {"')
    [ "$(wc -l <<<"$codes")" -gt 70 ]
    for code in $codes; do
        run "$COPSE" help "$code"
        for part in "$code" 'Why it matters:' 'To put it right:' 'Before:' 'After:'; do
            fails_with 0 "$part"
        done
        [[ $(awk 'length > 200' <<<"$output") == "" ]]
    done
}
