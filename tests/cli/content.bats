# How the content of a site is linked: people, designations, comments, languages, links, addresses.
load helpers

check() {
    run timeout 20 "$COPSE" check -C site --now "$NOW" "$@"
}

# page PATH: a page of the built site.
page() {
    cat "site/public/$1"
}

registry() {
    write site/content/designations.yml <<'END'
- {code: CRA, name: Certified Associate, order: 2}
- {code: MCRS, name: Master Certified, order: 1}
END
}

member() {
    local slug=$1
    shift
    { echo ---; printf '%s\n' "$@"; echo ---; } | write "site/content/members/$slug.md"
}

comment() {
    local article=$1 id=$2
    shift 2
    { echo ---; printf '%s\n' "$@"; echo ---; echo "Words of $id."; } |
        write "site/content/comments/$article/$id.md"
}

@test "a misspelt author is told at its place, with the member that is near" {
    small_site
    article new
    sed -i 's/^date:/author: jo-tremblai\ndate:/' site/content/articles/new.md
    check
    fails_with 1 "content/articles/new.md:3:9: error: there is no member 'jo-tremblai'"
    fails_with 1 "did you mean 'jo-tremblay'?"
}

@test "a guest's name needs no bio and a member's full name is that member" {
    small_site
    write site/content/articles/two.md <<'END'
---
title: Two
date: 2026-02-01
authors: [Ada Guest, Jo Tremblay]
---
Text.
END
    build
    page articles/two/index.html | grep -q 'Ada Guest'
    page articles/two/index.html | grep -q 'href="/members/jo-tremblay/"'
    page members/jo-tremblay/index.html | grep -q 'href="/articles/two/"'
}

@test "a misspelt designation is told as DESIGN says" {
    small_site
    registry
    member ada 'name: Ada' 'designations: [MCSR]'
    check
    fails_with 1 "content/members/ada.md:3:16: error: no designation 'MCSR' in content/designations.yml; did you mean 'MCRS'? [unknown-designation]"
}

@test "post-nominals stand in the registry's order" {
    small_site
    registry
    member ada 'name: Ada' 'designations: [CRA, MCRS]'
    build
    page designations/mcrs/index.html | grep -q 'href="/members/ada/"'
    page members/ada/index.html | tr -d '\n' | grep -q 'MCRS, CRA'
}

@test "the roster is the truth: a claim it never granted is an error" {
    small_site
    registry
    member ada 'name: Ada' 'designations: [MCRS]'
    write site/content/roster.yml <<'END'
- {member: ada, code: CRA, since: 2024-01-01}
END
    check
    fails_with 1 "content/members/ada.md:3:16: error: content/roster.yml does not grant MCRS to 'ada'"
}

@test "a designation that has lapsed leaves the indexes without an error" {
    small_site
    registry
    member ada 'name: Ada' 'designations: [MCRS]'
    write site/content/roster.yml <<'END'
- {member: ada, code: MCRS, since: 2024-01-01, until: 2026-02-28}
END
    build
    not grep -q 'members/ada' site/public/designations/mcrs/index.html
    build --now 2026-02-28T12:00:00Z
    grep -q 'members/ada' site/public/designations/mcrs/index.html
}

@test "a roster that names nobody is told at its line" {
    small_site
    registry
    write site/content/roster.yml <<'END'
- {member: jo-tremblay, code: MCRX}
- {member: nobody, code: CRA}
END
    check
    fails_with 1 "content/roster.yml:1:31: error: no designation 'MCRX'"
    fails_with 1 "content/roster.yml:2:12: error: there is no member 'nobody'"
}

@test "one account owns one bio, whatever the case of its letters" {
    small_site
    member ada 'name: Ada' 'github: Ada'
    member eve 'name: Eve' 'github: ada'
    check
    fails_with 1 "[duplicate-account]"
}

@test "a removed member keeps a plain byline and no page" {
    small_site
    rm site/content/members/jo-tremblay.md
    echo 'jo-tremblay: J. T.' >site/content/members/removed.yml
    build
    page articles/welcome/index.html | grep -q 'J. T.'
    [ ! -e site/public/members/jo-tremblay ]
    member jo-tremblay 'name: Jo Tremblay'
    check
    fails_with 1 "[removed-member]"
}

@test "replies stand under what they answer, oldest first" {
    small_site
    comment welcome b 'author: Bo' 'date: 2026-01-04'
    comment welcome a 'author: Al' 'date: 2026-01-05'
    comment welcome c 'author: Cy' 'date: 2026-01-06' 'reply_to: b'
    build
    [ "$(page articles/welcome/index.html | grep -o "<p>Words of [abc]" | sed "s,<p>,," | tr -d '\n')" = \
        "Words of bWords of cWords of a" ]
}

@test "replies to itself, in a ring, to nobody, and under no article are told" {
    small_site
    comment welcome a 'author: Al' 'date: 2026-01-04' 'reply_to: a'
    comment welcome b 'author: Bo' 'date: 2026-01-04' 'reply_to: c'
    comment welcome c 'author: Cy' 'date: 2026-01-04' 'reply_to: b'
    comment welcome d 'author: Di' 'date: 2026-01-04' 'reply_to: zz'
    comment welcom e 'author: Ed' 'date: 2026-01-04'
    check
    fails_with 1 "a.md:4:11: error: this comment is a reply to itself"
    fails_with 1 "these comments answer each other in a ring"
    fails_with 1 "there is no comment 'zz' under this article"
    fails_with 1 "content/comments/welcome/ ?"
}

@test "a comment older than its article is a warning" {
    small_site
    comment welcome a 'author: Al' 'date: 2025-12-01'
    check
    fails_with 0 "content/comments/welcome/a.md:3:7: warning: this comment is older than its article"
}

@test "a link to a content file becomes the page's address, with its fragment" {
    small_site
    article links '[Jo](../members/jo-tremblay.md) and [dates](2026-01-02-welcome.md#x) [f](/about/)'
    build
    page articles/links/index.html | grep -q 'href="/members/jo-tremblay/">Jo'
    page articles/links/index.html | grep -q 'href="/articles/welcome/#x"'
}

@test "dead links are told at their place, in content and in layouts" {
    small_site
    article links '[Jo](../members/jo.md) [x](/nowhere/)' '![p](p.png)'
    write site/layouts/404.html <<'END'
<a href="/nirgends/">x</a>
END
    check
    fails_with 1 "content/articles/links.md:6:1: error: there is no file '../members/jo.md' beside this one"
    fails_with 1 "content/articles/links.md:6:24: error: no page of this site has the address /nowhere/"
    fails_with 1 "there is no file 'p.png' beside this one [missing-file]"
    fails_with 1 "layouts/404.html:1:10: error: this layout links to /nirgends/"
}

@test "a link to a draft says that it is one" {
    small_site
    article later
    sed -i 's/^date:/draft: true\ndate:/' site/content/articles/later.md
    article links '[x](later.md)'
    check
    fails_with 1 "content/articles/later.md is a draft, so this link would lead nowhere"
}

@test "a fragment that its page does not have is a warning" {
    small_site
    article links '[x](#no-such-part)' '' '## There it is' '' '[y](#there-it-is)'
    check
    fails_with 0 "has no part called '#no-such-part'"
    not grep -q "there-it-is" <<<"$output"
}

@test "the site's path stands in front of every link, in Markdown too" {
    small_site
    article links '[a](/about/) ![p](/assets/style.css)'
    build --base-url https://example.org/guild
    page articles/links/index.html | grep -q 'href="/guild/about/"'
    grep -rq 'https://example.org/guild/articles/links/' site/public/feed.xml
    not grep -rqE '(href|src)="/(about|articles|members)' site/public --include='*.html'
}

@test "translations are found by name, by folder and by translation_of" {
    small_site
    sed -i 's/^language: en/languages: [en, fr]/' site/content/site.yml
    cp site/content/articles/2026-01-02-welcome.md site/content/articles/2026-01-02-welcome.fr.md
    mkdir -p site/content/fr/pages
    cp site/content/pages/about.md site/content/fr/pages/about.md
    write site/content/fr/articles/autre.md <<'END'
---
title: Autre
date: 2026-01-03
translation_of: welcome
---
END
    check
    fails_with 1 "content/fr/articles/autre.md:4:17: error: content/articles/2026-01-02-welcome.fr.md is already the version in that language"
    rm site/content/articles/2026-01-02-welcome.fr.md
    build
    grep -q 'hreflang="fr" href="https://guild.example.org/fr/articles/autre/"' \
        site/public/articles/welcome/index.html
    [ -e site/public/fr/about/index.html ]
}

@test "a language that is not listed is an error" {
    small_site
    article fremd
    sed -i 's/^date:/lang: de\ndate:/' site/content/articles/fremd.md
    check
    fails_with 1 "'de' is not one of the site's languages"
}

@test "aliases redirect, and one that hides a page or leaves the site is an error" {
    small_site
    article new
    sed -i 's|^date:|aliases: [/blog/new]\ndate:|' site/content/articles/new.md
    build
    grep -q 'https://guild.example.org/articles/new/' site/public/blog/new/index.html
    grep -q '^/blog/new/ ' site/public/_redirects
    sed -i 's|/blog/new|/about/, //evil.example.org/, /../x|' site/content/articles/new.md
    check
    fails_with 1 "the alias /about/ is the address of something else already"
    fails_with 1 "'//evil.example.org/' is none"
    fails_with 1 "'/../x' is none"
}

@test "drafts, the future and the expired are left out unless asked for" {
    small_site
    article later
    sed -i 's/^date: .*/date: 2026-05-01/' site/content/articles/later.md
    article gone
    sed -i 's/^date:/expires: 2026-02-20\ndate:/' site/content/articles/gone.md
    article draft
    sed -i 's/^date:/draft: true\ndate:/' site/content/articles/draft.md
    build
    [ "$(ls site/public/articles)" = "$(printf '2026\nindex.html\nwelcome')" ]
    build --drafts --future
    [ -e site/public/articles/later/index.html ]
    [ -e site/public/articles/draft/index.html ]
    [ ! -e site/public/articles/gone ]
}

@test "an event may not end before it begins, nor lie in a zone that does not exist" {
    small_site
    write site/content/events/bad.md <<'END'
---
title: Bad
start: 2026-05-01 10:00
end: 2026-05-01 09:00
timezone: America/Halifx
---
END
    check
    fails_with 1 "content/events/bad.md:4:6: error: the event ends on Friday 2026-05-01 09:00, before it starts"
    fails_with 1 "did you mean 'America/Halifax'?"
}

@test "an error that site.yml makes a warning does not keep the site from being published" {
    small_site
    echo 'rules: {bad-date: warning}' >>site/content/site.yml
    printf -- '---\ntitle: Odd\ndate: 2026-13-01\n---\nText.\n' >site/content/articles/odd.md
    run build
    [[ "$output" == *"warning: '2026-13-01' is not a date"* ]]
    [ -e site/public/articles/odd/index.html ]
}

@test "rules of site.yml soften a dead link" {
    small_site
    article links '[x](/nowhere/)'
    echo 'rules: {dead-link: warning}' >>site/content/site.yml
    build
    check --warnings-as-errors
    fails_with 1 "warning: no page of this site has the address /nowhere/"
}

@test "the same content gives the same site from a work tree, a commit and a bare repository" {
    small_site
    in_git site
    build
    mv site/public tree
    build --rev HEAD
    mv site/public commit
    git clone -q --bare site bare.git
    "$COPSE" build -C bare.git -o bare --now "$NOW"
    diff -r tree commit
    diff -r tree bare
}

@test "dates come from the history where nothing else says them" {
    small_site
    write site/content/articles/undated.md <<'END'
---
title: Undated
---
END
    git -C site init -q -b main
    git -C site add -A
    GIT_COMMITTER_DATE='2026-02-03T10:00:00Z' git -C site -c user.name=Jo \
        -c user.email=jo@example.org commit -qm x --date='2026-02-03T10:00:00Z'
    build
    page articles/undated/index.html | grep -q '2026-02-03'
}

@test "a robots.txt of the site's own takes the place of copse's" {
    small_site
    write site/assets/root/robots.txt <<<'User-agent: nobody'
    build
    [ "$(page robots.txt)" = 'User-agent: nobody' ]
}

@test "a frame from elsewhere needs its host in site.yml" {
    small_site
    article video '<iframe src="https://www.youtube-nocookie.com/embed/x" title="A talk"></iframe>'
    build
    not grep -q '<iframe' site/public/articles/video/index.html
    echo 'embeds: usual' >>site/content/site.yml
    build
    grep -q '<iframe' site/public/articles/video/index.html
}

@test "a site in a folder of its repository is edited in that folder" {
    small_site repo/sites/guild
    echo 'repository: https://github.com/guild/site' >>repo/sites/guild/content/site.yml
    in_git repo
    "$COPSE" build -C repo/sites/guild -o out --now "$NOW"
    grep -q 'github.com/guild/site/edit/main/sites/guild/content/articles/2026-01-02-welcome.md' \
        out/articles/welcome/index.html
}

@test "site.yml sets how much a layout may do" {
    small_site
    write site/layouts/404.html <<'END'
{% for i in (1..5000) %}{{ i }}{% endfor %}
END
    build
    echo 'limits: {rounds: 1000}' >>site/content/site.yml
    check
    fails_with 1 "layouts/404.html:1:"
    sed -i 's/^limits: .*/limits: {rounds: many}/' site/content/site.yml
    check
    fails_with 1 "should be a whole number from 1 to 1000000000"
}

@test "a picture beside a text is shown in its size, unless its author gave one" {
    small_site
    mkdir -p site/content/articles/seen
    base64 -d > site/content/articles/seen/desk.gif <<'END'
R0lGODdhHgAUAIcAAAAAAAEBAQICAgMDAwQEBAUFBQYGBgcHBwgICAkJCQoKCgsLCwwMDA0NDQ4ODg8PDxAQEBERERISEhMTExQUFBUVFRYWFhcXFxgYGBkZGRoaGhsbGxwcHB0dHR4eHh8fHyAgICEhISIiIiMjIyQkJCUlJSYmJicnJygoKCkpKSoqKisrKywsLC0tLS4uLi8vLzAwMDExMTIyMjMzMzQ0NDU1NTY2Njc3Nzg4ODk5OTo6Ojs7Ozw8PD09PT4+Pj8/P0BAQEFBQUJCQkNDQ0REREVFRUZGRkdHR0hISElJSUpKSktLS0xMTE1NTU5OTk9PT1BQUFFRUVJSUlNTU1RUVFVVVVZWVldXV1hYWFlZWVpaWltbW1xcXF1dXV5eXl9fX2BgYGFhYWJiYmNjY2RkZGVlZWZmZmdnZ2hoaGlpaWpqamtra2xsbG1tbW5ubm9vb3BwcHFxcXJycnNzc3R0dHV1dXZ2dnd3d3h4eHl5eXp6ent7e3x8fH19fX5+fn9/f4CAgIGBgYKCgoODg4SEhIWFhYaGhoeHh4iIiImJiYqKiouLi4yMjI2NjY6Ojo+Pj5CQkJGRkZKSkpOTk5SUlJWVlZaWlpeXl5iYmJmZmZqampubm5ycnJ2dnZ6enp+fn6CgoKGhoaKioqOjo6SkpKWlpaampqenp6ioqKmpqaqqqqurq6ysrK2tra6urq+vr7CwsLGxsbKysrOzs7S0tLW1tba2tre3t7i4uLm5ubq6uru7u7y8vL29vb6+vr+/v8DAwMHBwcLCwsPDw8TExMXFxcbGxsfHx8jIyMnJycrKysvLy8zMzM3Nzc7Ozs/Pz9DQ0NHR0dLS0tPT09TU1NXV1dbW1tfX19jY2NnZ2dra2tvb29zc3N3d3d7e3t/f3+Dg4OHh4eLi4uPj4+Tk5OXl5ebm5ufn5+jo6Onp6erq6uvr6+zs7O3t7e7u7u/v7/Dw8PHx8fLy8vPz8/T09PX19fb29vf39/j4+Pn5+fr6+vv7+/z8/P39/f7+/v///ywAAAAAHgAUAEAIKgABCBxIsKDBgwgTKlzIsKHDhxAjSpxIsaLFixgzatzIsaPHjyBDiiwYEAA7
END
    printf 'GIF89a' > site/content/articles/seen/broken.gif
    printf 'rules: {broken-picture: warning}\n' >> site/content/site.yml
    write site/content/articles/seen/index.md <<'END'
---
title: Seen
date: 2026-01-01
---
![A desk](desk.gif "From above")

<img src="desk.gif" alt="Small" width="9"> ![Far](https://e.example/a.png) ![Broken](broken.gif)
END
    build
    page articles/seen/index.html | grep -F '<figure><img src="/articles/seen/desk.gif" alt="A desk" title="From above" width="30" height="20" loading="lazy" /><figcaption>From above</figcaption></figure>'
    page articles/seen/index.html | grep -F 'alt="Small" width="9" loading="lazy" />'
    page articles/seen/index.html | grep -F 'alt="Far" loading="lazy" />'
    page articles/seen/index.html | grep -F 'Broken'
    ! page articles/seen/index.html | grep -F 'broken.gif' || return 1
}

@test "site.yml says for each kind what HTML its texts may hold" {
    small_site
    cat >> site/content/site.yml <<'END'
html:
  articles: {embeds: [maps.example]}
  members: {allow: [details]}
END
    article framed
    printf '%s\n' '<iframe src="https://maps.example/a"></iframe>' >> site/content/articles/framed.md
    member ann 'name: Ann'
    printf '%s\n' '<details><summary>More</summary>Words</details>' '<aside>x</aside>' >> site/content/members/ann.md
    build
    page articles/framed/index.html | grep -F '<iframe src="https://maps.example/a"'
    page members/ann/index.html | grep -F '<details><summary>More</summary>Words</details>'
    not grep -F '<aside>x' site/public/members/ann/index.html
    sed -i 's/details\]/detials]/' site/content/site.yml
    check
    fails_with 1 "did you mean 'details'?"
}
