# Whatever is in the folder: diagnostics and status 1, never a crash, a hang or half a site.
load helpers

# refused TEXT: the build of site/ fails with status 1, says TEXT and leaves site/public alone.
refused() {
    mkdir -p site/public
    echo stays >site/public/stays
    run timeout 20 "$COPSE" build -C site -o site/public --now "$NOW"
    fails_with 1 "$1"
    [ "$(find site/public -type f)" = site/public/stays ]
}

# accepted: the build of site/ succeeds within a few seconds.
accepted() {
    run timeout 20 "$COPSE" build -C site -o site/public --now "$NOW"
    fails_with 0 ""
}

@test "a folder that is not there" {
    run "$COPSE" build -C nowhere
    fails_with 3 nowhere
}

@test "an empty folder" {
    mkdir site
    refused "content"
}

@test "a repository without commits and content" {
    mkdir site
    git -C site init -q
    refused "content"
}

@test "a repository without commits builds its work tree" {
    small_site
    git -C site init -q
    accepted
}

@test "an empty bare repository" {
    git init -q --bare empty.git
    run "$COPSE" build -C empty.git -o out
    [ "$status" = 1 ] || [ "$status" = 3 ]
    [ ! -e out ]
}

@test "no such revision" {
    small_site
    in_git site
    run "$COPSE" build -C site --rev nosuch -o out
    [ "$status" = 1 ] || [ "$status" = 3 ]
    [[ $output == *nosuch* ]]
    [ ! -e out ]
}

@test "a missing site.yml is named" {
    small_site
    rm site/content/site.yml
    refused "content/site.yml"
}

@test "an empty content folder" {
    mkdir -p site/content
    refused "content/site.yml"
}

@test "an article of 5 MB" {
    small_site
    article large "$(head -c 3800000 /dev/urandom | base64 -w 70)"
    accepted
}

@test "ten thousand nested brackets" {
    small_site
    article nested "$(head -c 10000 /dev/zero | tr '\0' '[')"
    article quotes "$(head -c 10000 /dev/zero | tr '\0' '>')"
    article emphasis "$(printf '*a_%.0s' $(seq 5000))"
    accepted
}

@test "bytes that are no UTF-8" {
    small_site
    article latin "$(printf 'caf\xe9')"
    refused "content/articles/latin.md:6:4"
}

@test "NUL bytes" {
    small_site
    printf -- '---\ntitle: Nul\ndate: 2026-01-01\n---\n\na\0b\n' >site/content/articles/nul.md
    refused "content/articles/nul.md:6:2"
    rm site/content/articles/nul.md
    printf -- '---\ntitle: N\0l\ndate: 2026-01-01\n---\n\nab\n' >site/content/articles/nul.md
    refused "content/articles/nul.md:2:"
}

@test "an alias bomb" {
    small_site
    {
        echo ---
        echo 'title: Bomb'
        echo 'a: &a [x, x, x, x, x, x, x, x, x]'
        for pair in ab bc cd de ef fg gh; do
            from=${pair:0:1} to=${pair:1:1}
            echo "$to: &$to [*$from, *$from, *$from, *$from, *$from, *$from, *$from, *$from]"
        done
        echo ---
    } >site/content/articles/bomb.md
    refused "content/articles/bomb.md:3:"
}

@test "YAML nested ten thousand deep" {
    small_site
    {
        echo ---
        printf 'title: '
        head -c 10000 /dev/zero | tr '\0' '['
        echo
        echo ---
    } >site/content/articles/deep.md
    refused "content/articles/deep.md:2:"
}

@test "a file named -rf.md" {
    small_site
    printf -- '---\ntitle: Minus\ndate: 2026-01-01\n---\n\nText.\n' >site/content/articles/-rf.md
    accepted
    [ -f site/public/articles/rf/index.html ]
}

@test "a title of ten thousand characters" {
    small_site
    article long
    sed -i "s/^title:.*/title: $(head -c 10000 /dev/zero | tr '\0' 'x')/" site/content/articles/long.md
    accepted
}

@test "two members with one slug" {
    small_site
    write site/content/members/other.md <<'END'
---
name: Other
slug: jo-tremblay
---
END
    refused "jo-tremblay"
    [[ $output == *"content/members/"* ]]
}

@test "names that differ only in case" {
    small_site
    article Upper
    article upper
    refused "upper"
}

@test "front matter that is missing, unclosed or without a title" {
    small_site
    echo 'Just text.' >site/content/articles/none.md
    printf -- '---\ntitle: X\n' >site/content/articles/open.md
    printf -- '---\ndate: 2026-01-01\n---\n' >site/content/articles/untitled.md
    : >site/content/articles/empty.md
    refused "content/articles/none.md"
    [[ $output == *"content/articles/open.md"* ]]
    [[ $output == *"content/articles/untitled.md"* ]]
    [[ $output == *"content/articles/empty.md"* ]]
}

@test "unknown author, designation, speaker, tag file and reply are all reported at once" {
    small_site
    article one
    sed -i 's/^date.*/&\nauthor: nobody-here/' site/content/articles/one.md
    sed -i 's/^name.*/&\ndesignations: [XYZ]/' site/content/members/jo-tremblay.md
    sed -i 's/^end.*/&\nspeakers: [no-one]/' site/content/events/spring-meeting.md
    write site/content/comments/welcome/c1.md <<'END'
---
author: Reader
date: 2026-01-03
reply_to: c0
---
Hm.
END
    refused "nobody-here"
    [[ $output == *"XYZ"* && $output == *"no-one"* && $output == *"c0"* ]]
}

@test "symbolic links in content are refused by name" {
    small_site
    ln -s /etc/passwd site/content/articles/passwd.md
    refused "content/articles/passwd.md"
}

@test "HTML and scripts beside content are not published" {
    small_site
    article plain
    echo '<script>alert(1)</script>' >site/content/articles/evil.html
    "$COPSE" build -C site -o site/public --now "$NOW" || true
    [ -z "$(grep -rl 'alert(1)' site/public 2>/dev/null)" ]
}

@test "a bio cannot inject markup through any layout" {
    small_site
    write site/content/members/eve.md <<'END'
---
name: "<script>alert('eve')</script>"
location: "\"><img src=x onerror=alert('eve')>"
links:
  - label: "<b>x</b>"
    url: "https://example.org/\"onmouseover=\"alert('eve')"
---

<script>alert('eve')</script>

[x](javascript:alert('eve'))
END
    run "$COPSE" build -C site -o site/public --now "$NOW"
    not grep -rlE "<script>alert|<img src=x|[^\\]\"onmouseover=|href=\"javascript:" site/public
}
