# copse new: files that pass check as they are, never over one that is there.
load helpers

new() {
    "$COPSE" new -C site --now "$NOW" "$@"
}

check_all() {
    "$COPSE" check -C site --now "$NOW" --warnings-as-errors
    "$COPSE" build -C site -o site/public --now "$NOW" --drafts --future --warnings-as-errors
}

# Whoever runs the tests has no identity here; this gives one.
i_am() {
    printf '[user]\n\tname = %s\n\temail = %s\n' "$1" "$2" >"$HOME/.gitconfig"
}

@test "what new makes of every kind passes check as it is, drafts shown too" {
    small_site
    i_am "Jo Tremblay" jo@example.org
    for kind in article member event page; do
        run new "$kind" "My first $kind"
        [ "$status" = 0 ]
        [[ $output == *"What to do next"* ]]
    done
    run new comment welcome
    [ "$status" = 0 ]
    check_all
    [ -f site/content/articles/2026-03-01-my-first-article.md ]
    [ -f site/content/members/my-first-member/index.md ]
    [ -f site/content/events/my-first-event.md ]
    [ -f site/content/pages/my-first-page.md ]
    [ -f site/content/comments/welcome/2026-03-01-jo-tremblay.md ]
    [ -f site/public/articles/my-first-article/index.html ]
}

@test "an article begins as a draft, so build does not publish it, and says so" {
    small_site
    new article Half written
    run build -v
    [[ $output == *"1 article"*"1 draft left out"* ]]
    run build -v --drafts
    [[ $output == *"2 articles"* && $output != *"left out"* ]]
    build
    [ ! -e site/public/articles/half-written ]
}

@test "the author is the member whose name git knows" {
    small_site
    i_am "Jo Tremblay" somebody@example.org
    new article One
    grep -qx 'author: jo-tremblay' site/content/articles/2026-03-01-one.md
}

@test "the author is the member with git's address or account, whatever the name" {
    small_site
    sed -i 's/^name: .*/&\ngithub: JoT/' site/content/members/jo-tremblay.md
    i_am "J. T." "123+jot@users.noreply.github.com"
    new article One
    grep -qx 'author: jo-tremblay' site/content/articles/2026-03-01-one.md
}

@test "the repository's own identity counts before the user's" {
    small_site
    in_git site
    i_am "Somebody Else" else@example.org
    git -C site config user.name "Jo Tremblay"
    new article One
    grep -qx 'author: jo-tremblay' site/content/articles/2026-03-01-one.md
}

@test "someone without a bio is a guest, and without an identity nobody" {
    small_site
    i_am "Ada Guest" ada@example.org
    new article One
    grep -qx 'author: Ada Guest' site/content/articles/2026-03-01-one.md
    rm "$HOME/.gitconfig"
    new article Two
    not grep -q '^author:' site/content/articles/2026-03-01-two.md
    i_am "ada" ada@example.org
    new article Three
    not grep -q '^author:' site/content/articles/2026-03-01-three.md
    check_all
}

@test "--author names a member or a guest; a misspelt member gets a suggestion" {
    small_site
    new article One --author jo-tremblay
    new article Two --author "Ada Guest"
    grep -qx 'author: Ada Guest' site/content/articles/2026-03-01-two.md
    run new article Three --author jo-trembly
    fails_with 1 "did you mean 'jo-tremblay'?"
    [ ! -e site/content/articles/2026-03-01-three.md ]
    check_all
}

@test "nothing is ever overwritten" {
    small_site
    before=$(fingerprint site)
    run new page "About us" --slug about
    fails_with 1 "content/pages/about.md"
    run new article Welcome
    fails_with 1 "/articles/welcome/"
    run new member "Jo Tremblay"
    fails_with 1 "nothing was made"
    [ "$(fingerprint site)" = "$before" ]
}

@test "a hidden file in the way is not overwritten either" {
    small_site
    mkdir -p site/content/pages
    ln -s /etc/passwd site/content/pages/contact.md
    run new page Contact
    [ "$status" != 0 ]
    [ -L site/content/pages/contact.md ]
}

@test "a title of only emoji needs --slug" {
    small_site
    run new article '🎉🎉'
    fails_with 2 "--slug"
    new article '🎉🎉' --slug party
    grep -q '^title: .*🎉🎉' site/content/articles/2026-03-01-party.md
    check_all
}

@test "hostile titles are texts" {
    small_site
    new page "'; rm -rf / #: - [x] {{ y }} <script>alert(1)</script>" --slug a
    new page $'line\nbreak\tand \x01 control' --slug b
    new page '../../../etc/passwd'
    [ -f site/content/pages/etc-passwd.md ]
    run new page $'\xff\xfe'
    fails_with 2 "UTF-8"
    check_all
    not grep -q '<script>alert' site/public/a/index.html
}

@test "a very long title makes a name that the disk takes" {
    small_site
    new page "$(printf 'word %.0s' {1..200})"
    check_all
}

@test "a comment answers another; each has a name of its own" {
    small_site
    new comment welcome --author jo-tremblay
    new comment welcome --author jo-tremblay --reply-to 2026-03-01-jo-tremblay
    grep -q '^reply_to: .*2026-03-01-jo-tremblay' site/content/comments/welcome/2026-03-01-jo-tremblay-2.md
    check_all
    run new comment welcme --author jo-tremblay
    fails_with 1 "did you mean welcome?"
    run new comment welcome --author jo-tremblay --reply-to 2026-03-01-jo-tremblai
    fails_with 1 "did you mean 2026-03-01-jo-tremblay?"
    run new comment welcome
    fails_with 2 "--author"
}

@test "a misspelt kind, a missing title and an option of another kind are wrong usage" {
    small_site
    run new artcle One
    fails_with 2 "did you mean article?"
    run new article </dev/null
    fails_with 2 "say what it is called"
    run new page One --reply-to x
    fails_with 2 "has no use for --reply-to"
    run new comment welcome --slug x
    fails_with 2 "has no use for --slug"
}

@test "mistakes elsewhere in the content do not stand in the way" {
    small_site
    article broken "See [there](../members/nobody.md)."
    printf -- '---\nnonsense: [\n---\n' >site/content/articles/worse.md
    run new page Fine
    [ "$status" = 0 ]
    [[ $output != *error* ]]
}

@test "outside a site it says how to begin one" {
    mkdir empty
    run "$COPSE" new article One -C empty
    fails_with 1 "copse init"
}

@test "a folder that cannot be written is a failure, said with its name" {
    [ "$(id -u)" != 0 ] || skip "root may write everywhere"
    small_site
    chmod a-w site/content/pages
    run new page One
    fails_with 3 "site/content/pages/one.md"
}

@test "a newcomer is told how to send the bio in; the account is filled in" {
    small_site
    i_am "Sam Lee" "77+samlee@users.noreply.github.com"
    run new member Sam Lee
    [ "$status" = 0 ]
    [[ $output == *"photo.jpg"* && $output != *"git"*"push"* ]]
    grep -qx 'github: samlee' site/content/members/sam-lee/index.md
    check_all
}

@test "a bio that is sent in as told is one that the review lets in" {
    small_site
    in_git site
    git -C site config user.name "Sam Lee"
    git -C site config user.email sam@example.org
    git -C site remote add origin https://forge.example/guild.git
    cd site
    run "$COPSE" new member Sam Lee
    [[ $output == *"git switch -c bio-sam-lee"*"git push -u origin HEAD"*"pull request"* ]]
    # The account is asked for: what nobody answered stands there to be filled in.
    sed -i 's/^github:$/& sam-l/' content/members/sam-lee/index.md
    printf '\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\xff\xff\xff\x7f\0\x09\xfb\x03\xfd\x05CE\xca\0\0\0\0IEND\xaeB`\x82' \
        >content/members/sam-lee/photo.png
    sed -i 's/^#photo: .*/photo: photo.png/' content/members/sam-lee/index.md
    eval "$(sed -n 's/^         \(git [^p].*\)/\1/p' <<<"$output")"
    [ -z "$(git status --porcelain)" ]
    run "$COPSE" review main HEAD --actor sam-l
    echo "$output"
    [ "$status" = 0 ]
}

@test "what is told next can be typed as it stands, from where one is" {
    small_site "my site"
    i_am "Jo Tremblay" jo@example.org
    run "$COPSE" new page -C "my site" One
    [[ $output == *"copse build"* && $output != *"git "* ]]
    rm "my site/content/pages/one.md"
    in_git "my site"
    git -C "my site" config user.name "Jo Tremblay"
    git -C "my site" config user.email jo@example.org
    cd "my site/content"
    for kind in article event page; do
        run "$COPSE" new $kind "First $kind"
        [[ $output != *"git push"* ]]
        eval "$(sed -n 's/^         \(git .*\)/\1/p' <<<"$output")"
        [ -z "$(git status --porcelain)" ]
    done
    run "$COPSE" new comment welcome
    eval "$(sed -n 's/^         \(git .*\)/\1/p' <<<"$output")"
    [ -z "$(git status --porcelain)" ]
    [ "$(git log -1 --format=%s)" = "Comment on welcome" ]
}

@test "without a terminal nothing is asked; new alone says how it is used" {
    small_site
    run new </dev/null
    fails_with 2 "copse new article"
    run new page </dev/null
    fails_with 2 "copse new page"
}

@test "on a terminal what it is and its title are asked for" {
    command -v script || skip "no program script here to make a terminal"
    small_site
    printf 'page\nAsked twice\n' | script -qec "$COPSE new -C site --now $NOW" /dev/null
    grep -qx 'title: Asked twice' site/content/pages/asked-twice.md
    printf 'Sam Lee\n@sam-l\n' | script -qec "$COPSE new member -C site --now $NOW" /dev/null
    grep -qx 'github: sam-l' site/content/members/sam-lee/index.md
}

@test "on a terminal the title is asked for" {
    command -v script || skip "no program script here to make a terminal"
    small_site
    echo "Asked for" | script -qec "$COPSE new page -C site --now $NOW" /dev/null
    grep -qx 'title: Asked for' site/content/pages/asked-for.md
}
