# What a pull request does to the site: pages, their reasons, and that nothing is left out.

load helpers

# exact: the outputs that the review names are those in which two real builds differ. A search index
# counts as one, by its manifest, which names all its other files.
exact() {
    local base=$BATS_TEST_TMPDIR/base-out after=$BATS_TEST_TMPDIR/after-out
    git checkout -q -B merged main
    git merge -q --no-ff -m Merge feature
    "$COPSE" build --rev main --now "$NOW" -o "$base" -q
    "$COPSE" build --rev merged --now "$NOW" -o "$after" -q
    git checkout -q feature
    (cd "$base" && find . -type f ! -path './.copse-work/*' -exec sha256sum {} +) | sort >base.sums
    (cd "$after" && find . -type f ! -path './.copse-work/*' -exec sha256sum {} +) | sort >after.sums
    comm -3 base.sums after.sums | sed 's/^\t//; s/^[^ ]*  \.//; s|/index\.html$|/|' |
        grep -v '/search/[a-z][0-9a-f-]*\.[a-z]*$' | sort -u >built
    review ada-admin --format json
    says "${1:-0}"
    # A page that moved is told once, with both of its addresses.
    printf '%s\n' "$output" | grep '^{"change":' | grep '"html":' |
        sed -E 's/^\{"change":"[a-z]+","url":"([^"]*)"(,"old_url":"([^"]*)")?.*/\1\n\3/' | grep . | sort -u >told
    rm base.sums after.sums
    if ! diff built told; then
        echo "the review names other outputs than the builds have (< built, > told)"
        return 1
    fi
    [ -s told ]
}

@test "exact: a title" {
    sed -i 's/title: Welcome/title: Welcome all/' content/articles/2026-01-02-welcome.md
    commit
    exact
}

@test "exact: a name that pages and feeds show" {
    sed -i 's/name: Jo Tremblay/name: Jo Anne Tremblay/' content/members/jo-tremblay.md
    commit
    exact
}

@test "exact: a new article, a new tag" {
    printf -- '---\ntitle: News\nauthor: maria-lopez\ndate: 2026-02-01\ntags: [work, news]\n---\n\nNews.\n' | write content/articles/news.md
    commit
    exact
}

# Thirty articles under one tag, each two of which have a word to themselves, on the branch that the
# change is sent to.
many_articles() {
    git checkout -q main
    printf 'pictures: {social: false, icons: false}\n' >>content/site.yml
    for i in $(seq 10 39); do
        printf -- '---\ntitle: Subject%s number %s\nauthor: maria-lopez\ndate: 2026-01-%s\ntags: [work]\n---\n\nText %s.\n' \
            "$((i * 7 % 15))" "$i" "$((i % 20 + 10))" "$i" | write "content/articles/more-$i.md"
    done
    commit
    git checkout -q -B feature
}

@test "exact: a new bio, and a draft that moves the numbers of all articles; with a cache of the base and without" {
    many_articles
    printf -- '---\nname: Zoe New\ngithub: zoe-new\n---\n\nNew here.\n' | write content/members/zoe-new.md
    printf -- '---\ntitle: Before all\nauthor: maria-lopez\ndate: 2019-01-01\ndraft: true\n---\n\nNot yet.\n' |
        write content/articles/2019-01-01-before.md
    commit
    review ada-admin --format json
    local without=$output
    exact
    [ "$output" = "$without" ]
}

@test "exact: an article removed" {
    git rm -q content/articles/2026-01-10-second.md
    commit
    exact
}

@test "exact: an article that moves with a redirect" {
    git mv content/articles/2026-01-10-second.md content/articles/2026-01-10-other.md
    sed -i 's|^title.*|&\naliases: [/articles/second/]|' content/articles/2026-01-10-other.md
    commit
    exact
}

@test "exact: a designation granted" {
    printf -- '- member: maria-lopez\n  code: CIS\n  since: 2024-01-01\n' >>content/roster.yml
    commit
    exact
}

@test "exact: an event put off" {
    sed -i 's/2026-04-10/2026-05-11/' content/events/spring.md
    commit
    exact
}

@test "exact: the site's title" {
    sed -i 's/title: The Guild/title: Our Guild/' content/site.yml
    commit
    exact
}

@test "exact: a layout" {
    printf '<p>Another layout.</p>{{ content }}' | write layouts/article.html
    commit
    exact
}

@test "exact: a branch behind its base" {
    sed -i 's/ten years/eleven years/' content/members/jo-tremblay.md
    commit
    git checkout -q main
    printf -- '---\ntitle: Later\nauthor: jo-tremblay\ndate: 2026-02-01\n---\n\nLater.\n' | write content/articles/later.md
    commit
    git checkout -q feature
    exact
}

@test "reasons: the author's page, the lists, the neighbours" {
    sed -i 's/title: Welcome/title: Welcome all/' content/articles/2026-01-02-welcome.md
    commit
    review ed-editor
    says 0 "changed  /articles/welcome/  its file content/articles/2026-01-02-welcome.md is changed" \
        "changed  /members/jo-tremblay/  it lists “Welcome all”, which is changed" \
        "changed  /tags/news/  it lists “Welcome all”, which is changed" \
        "changed  /articles/second/  it leads to “Welcome all”, which is changed" \
        "changed  /feed.xml  it lists “Welcome all”, which is changed"
}

@test "reasons: a designation's holders" {
    printf -- '- member: maria-lopez\n  code: CIS\n  since: 2024-01-01\n' >>content/roster.yml
    commit
    review ed-editor
    says 0 "changed  /designations/cis/" "content/roster.yml, which is changed"
}

@test "a page that moves with a redirect" {
    git mv content/articles/2026-01-10-second.md content/articles/2026-01-10-other.md
    sed -i 's|^title.*|&\naliases: [/articles/second/]|' content/articles/2026-01-10-other.md
    commit
    review ed-editor
    says 0 "moved    /articles/second/ -> /articles/other/ (with a redirect)"
    never "[lost-address]"
}

@test "a page that moves without a redirect" {
    git mv content/articles/2026-01-10-second.md content/articles/2026-01-10-other.md
    commit
    review ed-editor
    says 0 "moved    /articles/second/ -> /articles/other/ (without a redirect)" "[lost-address]" \
        "aliases: [/articles/second/]"
    review ed-editor --warnings-as-errors
    says 1
}

@test "a page that goes" {
    git rm -q content/articles/2026-01-10-second.md
    commit
    review ed-editor
    says 0 "removed  /articles/second/" "its address will lead nowhere"
}

@test "a link that the change breaks in another file" {
    git mv content/pages/about.md content/pages/us.md
    commit
    review ed-editor
    says 1 "content/articles/2026-01-02-welcome.md" "[dead-link]"
}

@test "problems of the base are counted, wherever they stand now" {
    git checkout -q main
    printf '\n[gone](nowhere.md)\n' >>content/articles/2026-01-10-second.md
    commit
    git checkout -q -B feature
    sed -i 's/^More of it/One more line.\n\nMore of it/' content/articles/2026-01-10-second.md
    commit
    review ed-editor
    never "nowhere.md"
    [[ $output == *"Not counted: "* ]]
    printf '\n[gone](nowhere-else.md)\n' >>content/articles/2026-01-10-second.md
    commit
    review ed-editor
    says 1 "nowhere-else.md"
}

@test "what a change mends is told" {
    git checkout -q main
    printf '\n<blink>x</blink>\n' >>content/articles/2026-01-10-second.md
    commit
    git checkout -q -B feature
    sed -i '/blink/d' content/articles/2026-01-10-second.md
    commit
    review ed-editor
    says 0 "It mends 1 problem that was there before"
}

@test "where it cannot be told which file of a change shows, those are named that count" {
    sed -i 's/ten years/eleven years/' content/members/jo-tremblay.md
    sed -i 's/writes/wrote/' content/members/maria-lopez/index.md
    commit
    review ada-admin
    says 0 "/search/index.json  it shows something of content/members/jo-tremblay.md or content/members/maria-lopez/index.md"
    sed -i 's/^description: .*/description: Other people./' content/site.yml
    commit
    review ada-admin
    says 0 "it shows something of content/site.yml, which is changed"
}

@test "a title that another page bears is told, though nothing but words changed" {
    printf -- '---\ntitle: The first one\ndate: 2024-02-02\n---\n\nText.\n' | write content/articles/one.md
    printf -- '---\ntitle: The second one\ndate: 2024-02-03\n---\n\nText.\n' | write content/articles/other.md
    commit
    "$COPSE" build -q --rev feature --now "$NOW" -o ../out
    git checkout -qB words feature
    sed -i 's/^title: .*/title: The third one/' content/articles/other.md
    commit
    run "$COPSE" review feature words --now "$NOW"
    says 0 '“The third one”, which is changed'
    sed -i 's/^title: .*/title: "The FIRST one"/' content/articles/other.md
    commit
    run "$COPSE" review feature words --now "$NOW"
    says 0 'content/articles/one.md has this title too'
}

# alike WHAT: BASE's build is at hand, and the review says what it says without one: WHAT.
alike() {
    "$COPSE" build -q --rev feature --now "$NOW" -o ../out
    run "$COPSE" review feature words --now "$NOW"
    local with=$output
    rm -rf ../out "$(git rev-parse --git-dir)/copse"
    run "$COPSE" review feature words --now "$NOW"
    [ "$output" = "$with" ]
    says 0 "$1"
}

@test "one more link or heading in a text: what it mends elsewhere is told" {
    printf -- '---\ntitle: One\ndate: 2024-02-02\n---\n\nText.\n' | write content/articles/one.md
    printf -- '---\ntitle: Other\ndate: 2024-02-03\n---\n\nText.\n' | write content/articles/other.md
    commit
    git checkout -qB words feature
    printf '\nSee [one](one.md).\n\n## More\n\nText.\n' >>content/articles/other.md
    commit
    alike 'its file content/articles/other.md is changed'
    # A member whom a text mentions has it on their page.
    git checkout -qB words feature
    printf '\nSee [Jo](../members/jo-tremblay.md).\n' >>content/articles/other.md
    commit
    alike '/members/jo-tremblay/'
    # A link waited for a heading.
    git checkout -q feature
    printf '\n[Waits](other.md#more)\n' >>content/articles/one.md
    commit
    git checkout -qB words feature
    printf '\n## More\n\nText.\n' >>content/articles/other.md
    commit
    alike 'It mends 1 problem'
    # A page that nobody found.
    git checkout -q feature
    sed -i '/Waits/d' content/articles/one.md
    printf -- '---\ntitle: Lone\n---\n\nText.\n' | write content/pages/lone.md
    commit
    git checkout -qB words feature
    printf '\n[Lone](../pages/lone.md)\n' >>content/articles/other.md
    commit
    alike 'It mends 1 problem'
}
