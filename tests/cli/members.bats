# What makes it an association's site: who is mentioned, contact without harvest, the forge's forms,
# the roster's mistakes, long threads.
load helpers

check() {
    run timeout 20 "$COPSE" check -C site --now "$NOW" "$@"
}

page() {
    cat "site/public/$1"
}

registry() {
    write site/content/designations.yml <<'END'
- {code: MCRS, name: Master Certified}
- {code: CRA, name: Certified Associate}
END
}

member() {
    local slug=$1
    shift
    { echo ---; printf '%s\n' "$@"; echo ---; } | write "site/content/members/$slug.md"
}

roster() {
    printf -- '- {member: %s}\n' "$@" | write site/content/roster.yml
}

title_is() {
    grep -q "<title>$2 · The Guild</title>" "site/public/$1" || {
        grep -o '<title>.*</title>' "site/public/$1"
        return 1
    }
}

@test "every list has its title in both languages" {
    small_site
    registry
    sed -i 's/^language: en/&\nlanguages: [en, fr]/' site/content/site.yml
    member ada 'name: Ada' 'languages: [fr]' 'location: Leeds' 'designations: [MCRS]' \
        'roles: [{team: Board, title: Chair}]'
    build
    title_is articles/index.html Articles
    title_is articles/2026/index.html 'Articles 2026'
    title_is tags/index.html Topics
    title_is members/index.html Directory
    title_is members/language/fr/index.html 'Directory – French'
    title_is designations/index.html Designations
    title_is designations/mcrs/leeds/index.html 'Directory – MCRS, Leeds'
    title_is events/index.html Events
    title_is teams/index.html Teams
    title_is 404.html 'This page is not here'
    title_is fr/members/index.html Répertoire
    title_is fr/members/language/fr/index.html 'Répertoire – français'
    title_is fr/tags/index.html Sujets
    title_is fr/404.html 'Cette page n’existe pas'
}

@test "page.title is the title for a site's own layouts too" {
    small_site
    write site/layouts/base.html <<'END'
{{ page.title }}|{{ content }}
END
    build
    page members/index.html | grep -q '^Directory|'
    page articles/2026/index.html | grep -q '^Articles 2026|'
    page 404.html | grep -q '^This page is not here|'
}

@test "a portrait from another site is left out and told at its line" {
    small_site
    member ada 'name: Ada' 'photo: https://elsewhere.example/ada.jpg'
    check
    fails_with 0 "content/members/ada.md:3:8: warning: this picture is on another site"
    fails_with 0 "[external-picture]"
    build
    not grep -r elsewhere.example site/public
}

@test "a photo or image that is not there is told at its line" {
    small_site
    member ada 'name: Ada' 'photo: ada.jpg'
    write site/content/articles/new.md <<'END'
---
title: New
date: 2026-02-01
image: /assets/nothing.png
---
Text.
END
    check
    fails_with 1 "content/members/ada.md:3:8: error: there is no file 'ada.jpg' beside this one [missing-file]"
    fails_with 1 "content/articles/new.md:4:8: error: this site has no file /assets/nothing.png [missing-file]"
    printf 'rules:\n  missing-file: warning\n' >>site/content/site.yml
    check
    fails_with 0 "warning: there is no file 'ada.jpg'"
    build
    [ -e site/public/members/ada/index.html ]
}

@test "a member is mentioned where others link to the bio, by file or by address" {
    small_site
    member ada 'name: Ada'
    article by-file 'Ask [Ada](../members/ada.md), and [her](../members/ada.md) again.'
    article by-address 'Ask [Ada](/members/ada/).'
    article nobody 'Ask nobody.'
    article own 'I am [Ada](../members/ada.md).'
    sed -i 's/^date:/author: ada\ndate:/' site/content/articles/own.md
    build
    page members/ada/index.html | sed -n '/id="mentioned"/,$p' >mentioned
    [ "$(grep -c '<a href="/articles/by-file/"' mentioned)" = 1 ]
    grep -q /articles/by-address/ mentioned
    not grep -q /articles/nobody/ mentioned
    not grep -q /articles/own/ mentioned
    not grep -q 'id="mentioned"' site/public/members/jo-tremblay/index.html
}

@test "a member is mentioned from an article of another language where there is no translation" {
    small_site
    sed -i 's/^language: en/&\nlanguages: [en, fr]/' site/content/site.yml
    member ada 'name: Ada'
    member eve 'name: Ève' 'lang: fr'
    article both 'Ask [Ada](../members/ada.md).'
    { cat site/content/articles/both.md; echo Encore.; } | sed 's/^title: .*/title: Les deux\nlang: fr/' |
        write site/content/articles/both.fr.md
    article english-only 'Ask [Eve](../members/eve.md).'
    sed 's/^title: .*/title: Seul\nlang: fr/; s/eve/ada/' site/content/articles/english-only.md |
        write site/content/articles/french-only.md
    build
    page fr/members/eve/index.html | sed -n '/id="mentioned"/,$p' | grep -q 'href="/articles/english-only/" lang="en"'
    page members/ada/index.html | sed -n '/id="mentioned"/,/<\/section>/p' >mentioned
    grep -q 'href="/articles/both/"' mentioned
    grep -q 'href="/fr/articles/french-only/" lang="fr"' mentioned
    not grep -q 'href="/fr/articles/both/"' mentioned
}

@test "related articles share tags, and a rare tag counts for more" {
    small_site
    local i
    tagged() { article "$1" Text.; sed -i "s/^date:.*/date: $2\ntags: [$3]/" "site/content/articles/$1.md"; }
    tagged subject 2026-01-10 'common, rare'
    tagged akin 2025-01-01 'rare'
    for i in 1 2 3 4 5; do tagged "common-$i" "2026-01-0$i" common; done
    tagged stranger 2026-01-11 other
    build
    page articles/subject/index.html | sed -n '/id="related"/,$p' | grep -o '<h3><a href="[^"]*' >related
    [ "$(head -1 related)" = '<h3><a href="/articles/akin/' ]
    [ "$(sed -n 2p related)" = '<h3><a href="/articles/common-5/' ]
    not grep -q stranger related
    not grep -q subject related
}

@test "the parts of a series are listed oldest first on each of them" {
    small_site
    part() { article "$1" Text.; sed -i "s/^date:.*/date: $2\nseries: Steps/" "site/content/articles/$1.md"; }
    part one 2026-01-01
    part two 2026-01-02
    part three 2026-01-03
    build
    page articles/two/index.html | sed -n '/<nav class="series"/,/<\/nav>/p' | grep -o '<li>.*</li>' >parts
    [ "$(sed -n 1p parts)" = '<li><a href="/articles/one/">one</a></li>' ]
    [ "$(sed -n 2p parts)" = '<li><span aria-current="page">two</span></li>' ]
    [ "$(sed -n 3p parts)" = '<li><a href="/articles/three/">three</a></li>' ]
}

@test "a designation's page leads to its holders by place" {
    small_site
    registry
    member ada 'name: Ada' 'designations: [MCRS]' 'location: Leeds'
    member bob 'name: Bob' 'designations: [MCRS]' 'location: "Bath, UK"'
    build
    page designations/mcrs/index.html | grep -q 'href="/designations/mcrs/leeds/"'
    page designations/mcrs/index.html | grep -q 'href="/designations/mcrs/bath-uk/"'
    page designations/mcrs/leeds/index.html | grep -q 'href="/members/ada/"'
    not grep -q 'href="/members/bob/"' site/public/designations/mcrs/leeds/index.html
}

@test "the form for a comment is filled in, on GitHub and on GitLab" {
    small_site
    echo 'repository: https://github.com/guild/site.git' >>site/content/site.yml
    build
    page articles/welcome/index.html | grep -o 'https://github.com/guild/site/new/main?[^"]*' |
        sed 's/&amp;/\&/g' >form
    grep -q 'filename=content%2Fcomments%2Fwelcome%2Fyour-name.md&value=---%0Aauthor%3A%20Your%20name%0Adate' form
    page members/index.html | grep -q 'new/main?filename=content%2Fmembers%2Fyour-name.md&amp;value=---%0Aname'
    sed -i 's|github.com/guild/site.git|gitlab.com/guild/site|' site/content/site.yml
    build
    page articles/welcome/index.html |
        grep -q 'gitlab.com/guild/site/-/new/main?file_name=content%2Fcomments%2Fwelcome%2Fyour-name.md&amp;content='
    page articles/welcome/index.html | grep -q 'gitlab.com/guild/site/-/edit/main/content/articles/'
}

@test "no form without a repository, nor where comments are closed or off" {
    small_site
    build
    not grep -rq 'your-name.md' site/public
    echo 'repository: https://github.com/guild/site' >>site/content/site.yml
    local word
    for word in closed off; do
        sed -i "/^comments:/d; s/^title:/comments: $word\n&/" site/content/articles/2026-01-02-welcome.md
        build
        not grep -q 'comments%2Fwelcome' site/public/articles/welcome/index.html
    done
}

@test "closed comments stay and say so; comments that are off are not shown nor counted" {
    small_site
    write site/content/comments/welcome/ada.md <<'END'
---
author: Ada Guest
date: 2026-01-03
---
Thank you.
END
    echo 'comments: closed' >>site/content/site.yml
    build
    page articles/welcome/index.html | grep -q 'Thank you.'
    page articles/welcome/index.html | grep -q 'Comments are closed.'
    page tags/news/index.html | grep -q '#comments">1 comment<'
    sed -i 's/^comments: closed/comments: "off"/' site/content/site.yml
    build
    not grep -q 'Thank you.' site/public/articles/welcome/index.html
    not grep -q '#comments' site/public/tags/news/index.html
    not grep -q commentCount site/public/articles/welcome/index.html
}

# What a harvester tries: the source, its character references resolved, its tags taken away.
harvest() {
    python3 - "$1" <<'END'
import html, pathlib, re, sys
found = []
for path in pathlib.Path(sys.argv[1]).rglob('*'):
    if not path.is_file():
        continue
    source = path.read_bytes().decode('utf-8', 'replace')
    bare = html.unescape(re.sub(r'<[^>]*>', '', source))
    for text in (source, html.unescape(source), bare):
        found += [path for _ in re.findall(r'ada[.]lovelace\s*@\s*mail\.example', text)]
        found += [path for _ in re.findall(r'[\w.+%-]+@(?:[\w-]+\.)+[a-z]{2,}', text)]
print(*sorted(set(map(str, found))), sep='\n', end='')
END
}

@test "an address is a link for people and nothing for harvesters, in pages, feeds and data" {
    small_site
    registry
    member ada 'name: Ada' 'email: ada.lovelace@mail.example' 'designations: [MCRS]'
    article hers Text.
    sed -i 's/^date:/author: ada\ndate:/' site/content/articles/hers.md
    build
    [ -z "$(harvest site/public)" ]
    # What a browser makes of it: the reference decoded, the parts that are hidden left out.
    page members/ada/index.html | python3 -c '
import html, re, sys, urllib.parse
link = re.search(r"<a class=\"email\" href=\"([^\"]*)\">(.*?)</a>", sys.stdin.read())
assert urllib.parse.unquote(html.unescape(link[1])) == "mailto:ada.lovelace@mail.example", link[1]
shown = re.sub(r"<span hidden>.*?</span>|<[^>]*>", "", link[2])
assert html.unescape(shown) == "ada.lovelace@mail.example", shown'
}

@test "what is no address is printed as text and cannot bring markup" {
    small_site
    member ada 'name: Ada' 'email: "<script>alert(1)</script>@\"><b>x"'
    member bob 'name: Bob' 'email: "bob at mail"'
    build
    not grep -q '<script>alert' site/public/members/ada/index.html
    not grep -q '<b>x' site/public/members/ada/index.html
    page members/bob/index.html | grep -q 'bob at mail'
}

@test "a credential is valid since its grant, else since the bio was committed, else it says nothing" {
    small_site
    registry
    member ada 'name: Ada' 'designations: [{code: MCRS, since: 2024-05-01}, CRA]'
    build
    page members/ada/credentials/mcrs.json | grep -q '"validFrom":"2024-04-30T23:00:00Z"'
    not grep -q validFrom site/public/members/ada/credentials/cra.json
    export GIT_COMMITTER_DATE=2025-02-03T04:05:06Z GIT_AUTHOR_DATE=2025-02-03T04:05:06Z
    rm -r site/public
    in_git site
    build
    page members/ada/credentials/cra.json | grep -q '"validFrom":"2025-02-03T04:05:06Z"'
}

@test "a roster that names no member or no code is an error at its line" {
    small_site
    registry
    roster 'jo-tremblai, code: MCRS' 'jo-tremblay, code: MCSR' 'jo-tremblay, since: 2020-01-01'
    check
    fails_with 1 "content/roster.yml:1:12: error: there is no member 'jo-tremblai' in content/members/"
    fails_with 1 "did you mean 'jo-tremblay'?"
    fails_with 1 "content/roster.yml:2:31: error: no designation 'MCSR' in content/designations.yml; did you mean 'MCRS'?"
    fails_with 1 "content/roster.yml:3:3: error: an entry of roster.yml needs 'code'"
}

@test "a claim that the roster never granted is an error in the bio; a code that is none too" {
    small_site
    registry
    member ada 'name: Ada' 'designations: [MCRS, CRAA]'
    roster 'jo-tremblay, code: MCRS'
    check
    fails_with 1 "content/members/ada.md:3:16: error: content/roster.yml does not grant MCRS to 'ada' [designation-not-granted]"
    fails_with 1 "content/members/ada.md:3:22: error: no designation 'CRAA' in content/designations.yml; did you mean 'CRA'?"
}

@test "two bios of one account are an error, however it is written; the languages of one bio are not" {
    small_site
    sed -i 's/^language: en/&\nlanguages: [en, fr]/' site/content/site.yml
    member ada 'name: Ada' 'github: ada-l'
    member ada.fr 'name: Ada' 'github: ada-l'
    check
    fails_with 0 ''
    member bob 'name: Bob' 'github: Ada-L'
    check
    fails_with 1 "content/members/bob.md:3:9: error: the account 'Ada-L' owns another bio already: content/members/ada"
}

@test "comments: a reply to itself, a ring and a stranger are errors, an age that cannot be a warning, at their lines" {
    small_site
    comment() {
        { printf -- '---\nauthor: Ann\ndate: %s\n' "$2"; [ -z "${3:-}" ] || echo "reply_to: $3"; echo ---; echo Hm.; } |
            write "site/content/comments/welcome/$1.md"
    }
    comment old 2026-01-01
    comment late 2026-01-05
    comment early 2026-01-03 late
    check
    fails_with 0 'content/comments/welcome/old.md:3:7: warning: this comment is older than its article'
    fails_with 0 'content/comments/welcome/early.md:3:7: warning: this comment is older than the one it answers'
    comment self 2026-01-05 self
    comment one 2026-01-05 two
    comment two 2026-01-05 one
    comment lost 2026-01-05 nobody
    check
    fails_with 1 'content/comments/welcome/self.md:4:11: error: this comment is a reply to itself'
    fails_with 1 '.md:4:11: error: these comments answer each other in a ring'
    fails_with 1 "content/comments/welcome/lost.md:4:11: error: there is no comment 'nobody' under this article"
}

@test "grants that overlap are a warning, whether they are over or not; neighbours are none" {
    small_site
    registry
    roster 'jo-tremblay, code: MCRS, since: 2020-01-01, until: 2021-12-31' \
        'jo-tremblay, code: MCRS, since: 2022-01-01, until: 2022-12-31' \
        'jo-tremblay, code: MCRS, since: 2022-06-01'
    check
    fails_with 0 "content/roster.yml:3:3: warning: 'jo-tremblay' holds MCRS already in these days"
    [ "$(grep -c roster-overlap <<<"$output")" = 1 ]
    build
    [ "$(page designations/mcrs/index.html | grep -c 'class="person"')" = 1 ]
    page designations/mcrs/index.html | grep -q '1 holder<'
}

@test "a team is one team however its name is spelt, and keeps everyone's title" {
    small_site
    member ada 'name: Ada' 'roles: [{team: Board, title: Chair}]'
    member bob 'name: Bob' 'roles: [{team: board, title: Treasurer}]'
    build
    page teams/board/index.html | grep -q Chair
    page teams/board/index.html | grep -q Treasurer
    page members/bob/index.html | grep -q 'Treasurer, <a href="/teams/board/">'
}

@test "a grant that ends before it begins is an error" {
    small_site
    registry
    roster 'jo-tremblay, code: MCRS, since: 2024-01-01, until: 2023-01-01'
    check
    fails_with 1 "content/roster.yml:1:63: error: this grant ends before it begins [roster]"
}

@test "a designation that was renewed is not a former one, nor is one that is still to begin" {
    small_site
    registry
    printf 'designations:\n  former: show\n' >>site/content/site.yml
    roster 'jo-tremblay, code: MCRS, since: 2020-01-01, until: 2021-12-31' \
        'jo-tremblay, code: MCRS, since: 2022-01-01' \
        'jo-tremblay, code: CRA, since: 2027-01-01'
    build
    page members/jo-tremblay/index.html | grep -q 'aria-label="Designations"'
    not grep -q 'Former designations' site/public/members/jo-tremblay/index.html
    not grep -q 'Certified Associate' site/public/members/jo-tremblay/index.html
}

@test "without a roster a claim holds from its since until its expiry" {
    small_site
    registry
    member ada 'name: Ada' 'designations: [{code: MCRS, since: 2026-03-10}, {code: CRA, expires: 2026-02-28}]'
    build
    not grep -q 'MCRS\|CRA' site/public/members/ada/index.html
    build --now 2026-03-10T12:00:00Z
    page members/ada/index.html | grep -q ', <span class="letters">MCRS<'
}

@test "a revoked grant leaves indexes and bylines without an error, whatever the bio says" {
    small_site
    registry
    member ada 'name: Ada' 'designations: [MCRS]'
    roster 'ada, code: MCRS, since: 2020-01-01, revoked: 2025-01-01'
    check
    fails_with 0 ""
    not grep -q 'warning' <<<"$output"
    build
    not grep -q 'MCRS' site/public/members/ada/index.html
}

@test "a badge is found in assets, and one that is not there is told" {
    small_site
    write site/assets/badges/mcrs.png <<<picture
    write site/content/designations.yml <<'END'
- {code: MCRS, name: Master Certified, badge: badges/mcrs.png}
- {code: CRA, name: Certified Associate, badge: badges/cra.png}
END
    check
    fails_with 1 "content/designations.yml:2:49: error: there is no picture 'badges/cra.png' for the badge of CRA [missing-file]"
    write site/assets/badges/cra.png <<<picture
    build
    page designations/mcrs/index.html | grep -q 'class="badge" src="/assets/badges/mcrs.png"'
    member ada 'name: Ada' 'designations: [MCRS]'
    build
    page members/ada/credentials/mcrs.json |
        grep -q '"image":{"id":"https://guild.example.org/assets/badges/mcrs.png","type":"Image"}'
}

@test "the pages of a removed member are gone in every language, on every server" {
    small_site
    sed -i 's/^language: en/&\nlanguages: [en, fr]/' site/content/site.yml
    write site/content/members/removed.yml <<<'gone-person: Gone Person'
    article old Text.
    sed -i 's/^date:/author: gone-person\ndate:/' site/content/articles/old.md
    build
    page _redirects | grep -qx '/members/gone-person/ /404.html 410'
    page _redirects | grep -qx '/fr/members/gone-person/ /404.html 410'
    page redirects.apache.conf | grep -qF 'RedirectMatch 410 "^/members/gone-person/?$"'
    page redirects.nginx.conf | grep -q '"/members/gone-person/" 1;'
    page articles/old/index.html | grep -q 'Gone Person'
    not grep -q 'href="/members/gone-person/"' site/public/articles/old/index.html
}

# comments COUNT EXPRESSION: COUNT comments; EXPRESSION says for $1 what it answers (or nothing).
comments() {
    mkdir -p site/content/comments/welcome
    awk -v count="$1" -v how="$2" 'BEGIN {
        for (i = 1; i <= count; i++) {
            file = sprintf("site/content/comments/welcome/c%d.md", i)
            printf "---\nauthor: Ada Guest\ndate: 2026-01-03\n" > file
            to = how == "chain" ? i - 1 : how == "fan" ? (i > 1 ? 1 : 0) : how == "ring" ? (i > 1 ? i - 1 : count) : i + count
            if (to > 0) printf "reply_to: c%d\n", to > file
            printf "---\nWords of %d.\n", i > file
            close(file)
        }
    }'
}

@test "ten thousand comments: in a chain, under one comment, in a ring, to nobody" {
    small_site
    comments 10000 chain
    run timeout 30 "$COPSE" build -C site -o site/public --now "$NOW"
    fails_with 0 ""
    [ "$(grep -c '^<p>Words of' site/public/articles/welcome/index.html)" = 10000 ]
    comments 10000 fan
    run timeout 30 "$COPSE" build -C site -o site/public --now "$NOW"
    fails_with 0 ""
    comments 10000 ring
    run timeout 30 "$COPSE" check -C site --now "$NOW"
    fails_with 1 "in a ring"
    [ "$(grep -c 'comment-ring' <<<"$output")" = 1 ]
    comments 10000 nobody
    run timeout 30 "$COPSE" check -C site --now "$NOW"
    fails_with 1 "there is no comment 'c10001'"
}

@test "a member of many designations and a name of 80 characters has a page and a card" {
    small_site
    local codes
    codes=$(seq -s, -f 'X%02g' 40)
    seq -f '- {code: X%02g, name: Designation}' 40 >site/content/designations.yml
    member ada "name: $(printf 'Maximiliana %.0s' 1 2 3 4 5 6 | head -c 79)x" "designations: [$codes]"
    build
    [ "$(grep -c '<li><a class="code"' site/public/members/ada/index.html)" = 40 ]
    page members/index.html | grep -q 'X01, X02, X03, X04, X05, X06,.…'
}

@test "the box of a task has a name for screen readers in pages, and none in the GFM that is printed" {
    small_site
    article tasks '- [x] Book the *hall*' '- [ ] Send the notes'
    build
    page articles/tasks/index.html | grep -q '<input checked="" disabled="" type="checkbox" aria-label="[^"]'
    [ "$(printf -- '- [x] a\n' | "$COPSE" markdown --gfm)" = '<ul>
<li><input checked="" disabled="" type="checkbox"> a</li>
</ul>' ]
}
