# What the reviews look like, and the preview.

load helpers

@test "markdown: a friendly first line, what to fix, the pages folded" {
    sed -i 's/\[MCRS\]/[MCRS, CIS]/; s|^Jo has|<blink>x</blink>\n\nJo has|' content/members/jo-tremblay.md
    commit
    review jo-t --format markdown
    says 4 "not yours to make" '### Not yours to change' '- `content/members/jo-tremblay.md`, line 4: ' \
        '  designations: [MCRS, CIS]' '### What to fix' '(`dropped-html`)' '<details>' '</details>'
    [[ ${lines[0]} == "**Thank you for this change!"* ]]
}

@test "markdown: all is well" {
    sed -i 's/ten years/eleven years/' content/members/jo-tremblay.md
    commit
    review jo-t --format markdown
    says 0
    [[ ${lines[0]} == "**Thank you! Everything is as it should be"* ]]
}

@test "markdown: a title in quotes is left as it is, and what is to be typed is one piece of code" {
    printf -- '---\ntitle: An old one, moved\ndate: 2024-02-02\n---\n\nText.\n' | write content/articles/old.md
    printf -- '---\ntitle: "Ask @everyone: *now*"\ndate: 2024-02-03\n---\n\nText.\n' | write content/articles/ask.md
    commit
    # shellcheck disable=SC2016
    for change in 'old:lists “An old one, moved”, which is changed' 'ask:lists “`Ask @everyone: *now*`”, which is changed'; do
        git checkout -qB words feature
        sed -i 's/Text/Words/' "content/articles/${change%%:*}.md"
        commit
        run "$COPSE" review feature words --now "$NOW" --format markdown
        says 0 "${change#*:}"
    done
    git checkout -qB words feature
    git mv content/articles/old.md content/articles/new.md
    commit
    run "$COPSE" review feature words --now "$NOW" --format markdown
    # shellcheck disable=SC2016
    says 0 'front matter: `aliases: [/articles/old/]`.'
}

# shellcheck disable=SC2016
@test "markdown: what a hint has between ticks is one piece of code" {
    sed -i 's/^designations: .*/designations: - MCRS/' content/members/jo-tremblay.md
    commit
    review jo-t --format markdown
    echo "$output"
    says 1 ' put each `- item` on a line of its own; '
}

@test "markdown: nothing of the contributor becomes markup, a link or a call" {
    printf -- '---\nname: "Eve @everyone <img src=x> **bold** [a](http://evil.example) #1 www.evil.example"\ngithub: eve\ndesignations: ["``` @team </details> <!-- --> http://evil.example"]\n---\n\n<script>@channel ``` </details>\n' | write 'content/members/eve.md'
    printf -- '---\ntitle: x\n---\nx' | write 'content/articles/@everyone [x](http:evil.example) `a` <b>.md'
    commit
    review eve --format markdown
    says 4
    # What is left without code must hold none of it.
    printf '%s\n' "$output" | perl -0pe 's/^  (`{3,})text\n.*?^  \1\n//gms; s/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)//gs' >bare
    # shellcheck disable=SC2016
    ! grep -nE '@|evil|<img|<b>|<!--|<script|\*\*bold|www\.|#1' bare
    [ "$(grep -c '</details>' bare)" = 1 ]
}

@test "json: one object for programs" {
    sed -i 's/writes/wrote/' content/members/maria-lopez/index.md
    commit
    review jo-t --format json
    says 4 '"version":1' '"verdict":"denied"' '"actor":"jo-t","role":"a member"' \
        '{"change":"changed","path":"content/members/maria-lopez/index.md"' \
        '{"change":"changed","url":"/members/maria-lopez/","html":true,"direct":true' '"code":"not-allowed"'
    printf '%s' "$output" | perl -MJSON::PP -0ne 'decode_json($_)'
}

@test "github and sarif: denials and problems with their places" {
    sed -i 's/writes/wrote/' content/members/maria-lopez/index.md
    printf '\n<blink>x</blink>\n' >>content/members/jo-tremblay.md
    commit
    review jo-t --format github
    says 4 '::error file=content/members/maria-lopez/index.md,title=not-allowed::' \
        '::error file=content/members/jo-tremblay.md,line=9'
    review jo-t --format sarif
    says 4 '"ruleId":"not-allowed"' '"ruleId":"dropped-html"'
    printf '%s' "$output" | perl -MJSON::PP -0ne 'decode_json($_)'
}

@test "help tells the exit statuses" {
    run "$COPSE" help review
    says 0 "0 it may be merged, 1 it has problems, 4 it is not allowed" "--actor LOGIN"
    run "$COPSE" help not-allowed
    says 0 "site.yml lists under"
}

@test "the preview holds the changed pages and those of the base" {
    sed -i 's/ten years/eleven years/' content/members/jo-tremblay.md
    commit
    review jo-t -o ../preview
    says 0 "The preview is in ../preview"
    grep -q 'eleven years' ../preview/members/jo-tremblay/index.html
    grep -q 'ten years' ../preview/_review/before/members/jo-tremblay/index.html
    grep -q 'href="/members/jo-tremblay/"' ../preview/_review/index.html
    grep -q 'href="/_review/before/members/jo-tremblay/"' ../preview/_review/index.html
    [ ! -e ../preview/articles/second ]
    [ -e ../preview/assets ]
    xmllint --html --noout ../preview/_review/index.html
}

@test "a second preview takes the place of the first" {
    sed -i 's/ten years/eleven years/' content/members/jo-tremblay.md
    commit
    review jo-t -o ../preview
    git reset -q --hard main
    sed -i 's/Who we are/Who we were/' content/pages/about.md
    commit
    review ed-editor -o ../preview
    says 0
    [ ! -e ../preview/members/jo-tremblay ]
    grep -q 'Who we were' ../preview/about/index.html
}

@test "the preview of a layout from a stranger is made with the base's" {
    printf '<script>alert(1)</script>{{ content }}' | write layouts/base.html
    printf 'alert(1)' | write assets/evil.js
    sed -i 's/ten years/eleven years/' content/members/jo-tremblay.md
    commit
    review jo-t -o ../preview
    says 4
    not_there=$(grep -rl 'alert(1)' ../preview || :)
    [ -z "$not_there" ]
    [ ! -e ../preview/assets/evil.js ]
}

@test "the preview never replaces what copse did not write" {
    mkdir -p ../preview/members/jo-tremblay
    echo mine >../preview/members/jo-tremblay/index.html
    sed -i 's/ten years/eleven years/' content/members/jo-tremblay.md
    commit
    review jo-t -o ../preview
    [ "$status" != 0 ]
    [ "$(cat ../preview/members/jo-tremblay/index.html)" = mine ]
}

@test "a site below a path of its host" {
    git checkout -q main
    sed -i 's|guild.example.org|&/guild|' content/site.yml
    commit
    git checkout -q -B feature
    sed -i 's/ten years/eleven years/' content/members/jo-tremblay.md
    commit
    review jo-t -o ../preview
    says 0
    grep -q 'eleven years' ../preview/guild/members/jo-tremblay/index.html
    grep -q 'href="/guild/members/jo-tremblay/"' ../preview/guild/_review/index.html
}

@test "one thread and four say the same" {
    sed -i 's/title: Welcome/title: Welcome all/' content/articles/2026-01-02-welcome.md
    commit
    review ed-editor -j1
    one=$output
    review ed-editor -j4
    [ "$output" = "$one" ]
}
