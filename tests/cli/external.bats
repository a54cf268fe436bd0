# copse check --external, from outside: the other site is one that copse serve shows.
load helpers

# The other site, in other/, at URL; here, site/ links to it.
setup_sites() {
    small_site other
    small_site
    in_git site
    "$COPSE" serve -C other --now "$NOW" >log 2>err 3>&- &
    SERVER=$!
    for _ in $(seq 200); do
        grep -Eqs '^Built' log && break
        sleep 0.05
    done
    URL=$(sed -n 's,^\(http://[^/]*\)/ shows.*,\1,p' log)
    [ -n "$URL" ]
}

teardown() {
    if [ -n "${SERVER:-}" ] && kill "$SERVER" 2>/dev/null; then
        wait "$SERVER" || :
    fi
}

external() {
    "$COPSE" check -C site --now "$NOW" --external "$@"
}

@test "dead links are told at their line in texts, front matter, data and layouts" {
    setup_sites
    article links "A [page](<$URL/about/>), and" "one that [is gone]($URL/nowhere/#part)."
    write site/content/members/sam-lee.md <<END
---
name: Sam Lee
links:
  - {label: Mine, url: "$URL/gone-too/"}
---

Sam.
END
    printf 'organisation: {name: G, url: "%s/no-such/"}\n' "$URL" >>site/content/site.yml
    write site/content/data/friends.yml <<<"- $URL/friend/"
    write site/layouts/partials/mine.html <<<"<a href=\"$URL/layout/\">L</a>"
    run external --private
    fails_with 0 "content/articles/links.md:7:10: warning: the page at $URL/nowhere/ is not there (status 404) [dead-external-link]"
    fails_with 0 "content/members/sam-lee.md:4:24: warning: the page at $URL/gone-too/"
    fails_with 0 "content/site.yml:6:30: warning: the page at $URL/no-such/"
    fails_with 0 "content/data/friends.yml:1:3: warning"
    fails_with 0 "layouts/partials/mine.html:1:10: warning"
    [ "$(grep -c '\[dead-external-link\]' <<<"$output")" = 5 ]
    [[ $output != *"the page at $URL/about/"* ]]
}

@test "without --external nothing is asked, and without --private nothing on this computer" {
    setup_sites
    article links "[gone]($URL/nowhere/)"
    run "$COPSE" check -C site --now "$NOW"
    fails_with 0 ''
    [ -z "$output" ]
    run external
    fails_with 0 "[private-link]"
    fails_with 0 "--private"
    [[ $output != *status* ]]
}

@test "good answers serve for a while, and bad ones are asked for each time" {
    setup_sites
    article links "[here it is]($URL/about/) and [gone]($URL/nowhere/)"
    external --private
    grep -q " 200 $URL/about/$" site/.git/copse/outside-links-private
    kill "$SERVER"
    wait "$SERVER" || :
    SERVER=
    run external --private
    fails_with 0 "$URL/nowhere/ cannot be reached: nothing answers there"
    [ "$(grep -c '\[dead-external-link\]' <<<"$output")" = 1 ]
    rm site/.git/copse/outside-links-private
    run external --private
    [ "$(grep -c '\[dead-external-link\]' <<<"$output")" = 2 ]
}

@test "site.yml decides how a dead one is taken" {
    setup_sites
    article links "[gone]($URL/nowhere/)"
    printf 'rules: {dead-external-link: error}\n' >>site/content/site.yml
    run external --private
    fails_with 1 'error: the page at'
}

@test "what belongs to --external needs it" {
    small_site
    run "$COPSE" check -C site --private
    fails_with 2 '--private goes with --external'
    run "$COPSE" check -C site --age 0 --external
    fails_with 2 '--age 0: it must be a number from 1 to 365'
}
