# The work of a build is in proportion to the edit: how many files were made, which, and why. No
# times are asserted, only numbers.

load ../cli/helpers

# build [OPTION...]: `made` holds a line for each file that was made: its path, and the reasons.
build() {
    "$COPSE" build -C site -o out --now "$NOW" --format json -v "$@" >report.json
    made=$(grep -o '^{"path":"[^"]*","why":.*' report.json | sed 's/^{"path":"//; s/","why":/ /' || :)
}

count() {
    grep -c . <<<"$made" || :
}

# A guild with forty articles, ten members and no search, built once; old enough to be trusted.
guild() {
    small_site
    echo 'search: false' >>site/content/site.yml
    for i in $(seq 10 49); do
        printf -- '---\ntitle: Number %s\ndate: 2026-01-%s\nauthor: m%s\ntags: [t%s]\n---\n\nText of %s.\n' \
            "$i" "$((i % 20 + 10))" "$((i % 10))" "$((i % 4))" "$i" |
            write "site/content/articles/number-$i.md"
    done
    for i in $(seq 0 9); do
        printf -- '---\nname: Member %s\n---\n\nMember.\n' "$i" | write "site/content/members/m$i.md"
    done
    find site -exec touch -d '1 hour ago' {} +
    build
}

@test "with nothing changed nothing is made, and a build looks at files only" {
    guild
    build
    [ "$(count)" = 0 ]
    run "$COPSE" build -C site -o out --now "$NOW" -v
    [[ $output == *"nothing changed since the last build"* ]]
    [[ $output == *"0 written"* ]]
}

@test "a body edited: its page and the feeds that hold it, and nothing else" {
    guild
    sed -i 's/^Text of 12\.$/&\n\nOne more paragraph./' site/content/articles/number-12.md
    build
    echo "$made"
    grep -q '^articles/number-12/index.html ' <<<"$made"
    [ "$(grep -cv '\.xml \|\.json ' <<<"$made")" = 1 ]
    [[ $made == *"'Number 12' changed its text"* ]]
}

@test "a title edited: only the pages that show it" {
    guild
    sed -i 's/^title: Number 12$/title: A new name/' site/content/articles/number-12.md
    build
    echo "$made"
    for page in articles/number-12/ tags/t0/ members/m2/ articles/; do
        grep -q "^${page}index.html .*'A new name' changed its title" <<<"$made"
    done
    grep -qv '^tags/t1/' <<<"$made"
    [[ $made != *"members/m3/"* ]]
    [ "$(count)" -lt 40 ]
}

@test "another tag: not the pages that only name the tags" {
    guild
    sed -i 's/^tags: .*/tags: [t1]/' site/content/articles/number-12.md
    build
    echo "$made"
    for page in tags/t0/ tags/t1/ tags/ articles/number-12/; do
        grep -q "^${page}index.html " <<<"$made"
    done
    [[ $made != *"tags/t2/"* ]]
    # Of those with one of the two tags only some stand beside others now.
    [ "$(grep -c '^articles/number-' <<<"$made")" -lt 20 ]
    [[ $made != *"members/m3/"* ]]
}

@test "a date moved: the pages of the newsfeed on which other articles stand now, and no others" {
    guild
    echo 'paginate: 4' >>site/content/site.yml
    build
    sed -i 's/^date: .*/date: 2026-01-24/' site/content/articles/number-15.md # it was 25
    build
    echo "$made"
    [ "$(grep -c '^page/' <<<"$made")" -gt 0 ]
    [ "$(grep -c '^page/' <<<"$made")" -le 2 ]
}

@test "a layout edited: only its pages" {
    guild
    "$COPSE" layouts --eject member.html -C site
    build
    echo "<p>More.</p>" >>site/layouts/member.html
    build
    echo "$made"
    [ "$(count)" = 11 ]
    [ "$(grep -c '^members/[a-z0-9-]*/index.html .*layouts/member.html' <<<"$made")" = 11 ]
}

@test "a comment changes its article's page and what counts comments, not other articles" {
    guild
    printf -- '---\nauthor: Ada\ndate: 2026-02-01\n---\n\nWell said.\n' |
        write site/content/comments/number-12/2026-02-01-ada.md
    build
    echo "$made"
    grep -q '^articles/number-12/index.html ' <<<"$made"
    [[ $made != *"articles/number-13/index.html"* ]]
}

@test "an output that was deleted or edited by hand is made again, alone" {
    guild
    rm out/members/m1/index.html
    build
    [ "$(count)" = 1 ]
    [[ $made == members/m1/index.html*"was missing, or not as it was left"* ]]
    echo '<!-- by hand -->' >>out/members/m2/index.html
    run "$COPSE" build -C site -o out --now "$NOW" -v
    [[ $output == *"members/m2/: the file in the output was missing, or not as it was left there"* ]]
    not grep -q 'by hand' out/members/m2/index.html
}

@test "without an earlier build it says so, and makes everything" {
    guild
    run "$COPSE" build -C site -o out --now "$NOW" -v --force
    [[ $output == *"nothing is known of an earlier build"* ]]
}

@test "a moment at which nothing happens makes nothing; an event's end does" {
    guild
    build --now 2026-03-02T12:00:00Z
    [ "$(count)" = 0 ]
    build --now 2026-04-11T12:00:00Z
    echo "$made"
    grep -q '^events/index.html ' <<<"$made"
    [[ $made != *"articles/number-12/index.html"* ]]
}

# As a seed of edits.py found: an alias gives a translated article another id, which the feed of
# comments in that language holds; the comment stands under the other language's file.
@test "a comment feed follows the translation that it names, not only the article's first language" {
    small_site
    echo 'languages: [en, fr]' >>site/content/site.yml
    printf -- '---\ntitle: Hello\ndate: 2026-01-02\n---\n\nHello.\n' | write site/content/articles/hello.md
    printf -- '---\ntitle: Bonjour\ndate: 2026-01-02\n---\n\nBonjour.\n' | write site/content/articles/hello.fr.md
    printf -- '---\nauthor: Ada\ndate: 2026-02-01\n---\n\nWell said.\n' |
        write site/content/comments/hello/2026-02-01-ada.md
    find site -exec touch -d '1 hour ago' {} +
    build
    sed -i '2i aliases: [/old/]' site/content/articles/hello.fr.md
    build
    grep -F '/old/#comment-2026-02-01-ada' out/fr/comments.xml
}

@test "the sitemap's moment of a tag's page follows the articles that have the tag" {
    small_site
    printf -- '---\ntitle: Old\ndate: 2026-01-02\ntags: [a, b]\n---\n\nOld.\n' | write site/content/articles/old.md
    printf -- '---\ntitle: New\ndate: 2026-02-02\ntags: [a, b]\n---\n\nNew.\n' | write site/content/articles/new.md
    find site -exec touch -d '1 hour ago' {} +
    build
    grep -A1 -F '/tags/a/</loc>' out/sitemap.xml | grep -F '2026-02-02'
    sed -i 's/^tags: .*/tags: [b]/' site/content/articles/new.md
    build
    grep -A1 -F '/tags/a/</loc>' out/sitemap.xml | grep -F '2026-01-02'
}

@test "a badge that another file takes the place of shows wherever it stands" {
    small_site
    echo '- {code: CRA, name: Associate, badge: cra.png}' | write site/content/designations.yml
    printf -- '---\nname: Ada\ndesignations: [CRA]\n---\n\nAda.\n' | write site/content/members/ada.md
    printf 'GIF89a' | write site/assets/cra.png
    find site -exec touch -d '1 hour ago' {} +
    build
    grep -F '/assets/cra.png' out/members/ada/credentials/cra.json out/designations/cra/index.html
    printf 'GIF89a' | write site/assets/root/cra.png
    build
    not grep -F '/assets/cra.png' out/members/ada/credentials/cra.json out/designations/cra/index.html
}

@test "a file of the site's own goes before what copse writes there, and back" {
    small_site
    find site -exec touch -d '1 hour ago' {} +
    build
    echo '# Our own' | write site/assets/root/robots.txt
    build
    grep -F 'Our own' out/robots.txt
    rm site/assets/root/robots.txt
    build
    grep -F 'Sitemap:' out/robots.txt
}

@test "a new article leaves the pages alone that only name its section" {
    guild
    printf -- '---\ntitle: Fresh\ndate: 2026-02-20\nauthor: m1\n---\n\nFresh.\n' | write site/content/articles/fresh.md
    build
    echo "$made"
    grep -q '^articles/fresh/index.html ' <<<"$made"
    [[ $made != *"members/m3/index.html"* ]]
    [[ $made != *"about/index.html"* ]]
}

@test "akin articles are right too where a layout only puts their name together" {
    guild
    write site/layouts/article.html <<'LAYOUT'
{% assign key = 'rela' | append: 'ted' %}<h1>{{ page.title }}</h1>{% for article in page[key] %}<p>{{ article.title }}</p>{% endfor %}
LAYOUT
    sed -i 's/^title: Number 12$/title: Zeppelins over Halifax/' site/content/articles/number-12.md
    build
    sleep 0.1
    sed -i 's/^title: Number 33$/title: Zeppelins moored in Halifax/' site/content/articles/number-33.md
    build
    grep -q '<p>Zeppelins moored in Halifax</p>' out/articles/number-12/index.html
    "$COPSE" build -C site -o clean --now "$NOW" -q
    diff -r out clean
}

# compared: how many commits the last build looked at for dates and names.
compared() {
    "$COPSE" build -C site -o out --now "$NOW" -v | sed -n 's/^history: \([0-9]*\) commits\? compared$/\1/p'
}

@test "of a history only new commits are looked at, or all of one that was rewritten" {
    small_site
    in_git site
    commit() { git -C site -c user.name=Jo -c user.email=jo@example.org commit -qa "$@"; }
    for i in 1 2 3 4; do
        echo "Sentence $i." >>site/content/articles/2026-01-02-welcome.md
        commit -m "Sentence $i"
    done
    [ "$(compared)" = 5 ]
    [ "$(compared)" = "" ]
    echo "Once more." >>site/content/pages/about.md
    commit -m "One more"
    [ "$(compared)" = 1 ]
    commit --amend --author 'Kim <kim@example.org>' -m "Amended"
    [ "$(compared)" = 6 ]
    [ "$(compared)" = "" ]
}
