# Pull requests with files that are not what they seem.

load helpers

# file PATH < content: committed as it is, whatever the name.
put() {
    local id
    id=$(git hash-object -w --stdin)
    printf '%s %s\t%s\0' "${2:-100644}" "$id" "$1" | git update-index -z --index-info
}

send() {
    git commit -qm "A change"
}

@test "a symlink to site.yml" {
    ln -s ../site.yml content/members/jo.md
    commit
    review jo-t
    says 1 "content/members/jo.md" "symbolic link" "[symbolic-link]"
}

@test "the own bio made a symlink" {
    rm content/members/jo-tremblay.md
    ln -s maria-lopez/index.md content/members/jo-tremblay.md
    commit
    review jo-t
    says 1 "[symbolic-link]"
}

@test "a submodule" {
    git update-index --add --cacheinfo "160000,$(git rev-parse HEAD),content/members/jo"
    send
    review jo-t
    says 4 "git repository of its own" "[submodule]"
    review -
    says 1 "[submodule]"
}

@test ".gitmodules tricks" {
    printf '[submodule "x"]\n\tpath = x\n\turl = -u./payload\n' | put .gitmodules
    git update-index --add --cacheinfo "160000,$(git rev-parse HEAD),x"
    send
    review jo-t
    says 4 ".gitmodules" "only an admin" "[submodule]"
}

@test "mode 755" {
    chmod +x content/members/jo-tremblay.md
    commit
    review jo-t
    says 1 "marked as a program (mode 755)" "[file-mode]"
}

@test "a file name with a newline" {
    printf 'x' | put $'content/members/jo\n-tremblay.png'
    send
    review jo-t
    says 4 'jo\x0a-tremblay.png' "a control character (U+000A)"
}

@test "a file name with a mark of right to left" {
    printf -- '---\nname: Ada Lovelace\ngithub: ada-l\n---\n\nAda.\n' | put $'content/members/ada\u202e-lovelace.md'
    send
    review ada-l
    says 1 "turns the direction of writing (U+202E)" "[hidden-character]"
}

@test "a file name with a blank of no width" {
    printf -- '---\nname: Jo\ngithub: ada-l\n---\n\nAda.\n' | put $'content/members/jo\u200b.md'
    send
    review ada-l
    says 1 "a character that nobody sees (U+200B)"
}

@test "a file name with accents as characters of their own" {
    printf -- '---\nname: José\ngithub: jose\n---\n\nJosé.\n' | put $'content/members/jose\u0301.md'
    send
    review jose
    says 1 "[name-form]"
}

@test "a file name with an accent, as keyboards give it" {
    printf -- '---\nname: José\ngithub: jose\n---\n\nJosé.\n' | put $'content/members/jos\u00e9.md'
    send
    review jose
    says 0
}

@test "a file name with a Cyrillic letter" {
    printf -- '---\nname: Ada Lovelace\ngithub: ada-l\n---\n\nAda.\n' | put $'content/members/ad\u0430-lovelace.md'
    send
    review ada-l
    says 4 "(U+0430) looks like 'a'" "[look-alike]"
}

@test "a name with a Cyrillic letter" {
    printf -- '---\nname: Ad\u0430 Lovelace\ngithub: ada-l\n---\n\nAda.\n' | write content/members/ada-l.md
    commit
    review ada-l
    says 1 "(U+0430) looks like 'a'" "content/members/ada-l.md:2"
}

@test "a name in another script" {
    printf -- '---\nname: Анна Петрова\ngithub: anna\n---\n\nAnna.\n' | write content/members/anna.md
    commit
    review anna
    says 0
}

@test "a link to a host that only looks like another" {
    printf '\n[Bank](https://\u0440\u0430ypal.com/) and [bank](https://xn--80ak6aa92e.com/).\n' >>content/members/jo-tremblay.md
    commit
    review jo-t
    says 1 "only look like paypal.com" "only look like appie.com"
}

@test "a link to a host in another language is fine" {
    printf '\n[Site](https://bücher.example/) [too](https://xn--bcher-kva.example/).\n' >>content/members/jo-tremblay.md
    commit
    review jo-t
    says 0
}

@test "two paths that differ only in case" {
    printf -- '---\nname: Jo\ngithub: x\n---\n\nJo.\n' | put content/members/Jo-Tremblay.md
    send
    review ada-admin
    says 1 "content/members/jo-tremblay.md is there already" "[file-case]"
}

@test "folders that differ only in case" {
    printf 'x' | put content/Members/ada.md
    send
    review ada-admin
    says 1 "[file-case]"
}

@test "a path of 4,000 bytes" {
    local path=content/members i
    for i in $(seq 1 20); do path+=/$(printf 'a%.0s' $(seq 1 199)); done
    printf 'x' | put "$path/x.md"
    send
    review jo-t
    says 1 "bytes, more than every system can write"
}

@test "folders nested a thousand deep" {
    local path=content/members i
    for i in $(seq 1 1000); do path+=/a; done
    printf 'x' | put "$path/x.md"
    send
    review jo-t
    says 1 "[file-name]"
}

@test "a name that git forbids" {
    local blob tree content root
    blob=$(printf 'x' | git hash-object -w --stdin)
    tree=$(printf '100644 ..\0%b' "$(echo "$blob" | sed 's/../\\x&/g')" | git hash-object -t tree -w --stdin --literally)
    content=$(git ls-tree HEAD content | awk '{print $3}')
    content=$( (git cat-file tree "$content"; printf '40000 zz\0%b' "$(echo "$tree" | sed 's/../\\x&/g')") | git hash-object -t tree -w --stdin --literally)
    root=$( (git ls-tree HEAD | grep -v content; printf '040000 tree %s\tcontent\n' "$content") | git mktree)
    git reset -q --soft "$(git commit-tree -p HEAD -m x "$root")"
    review jo-t
    says 1 "no name that a file can have"
}

@test "an alias bomb" {
    printf -- '---\nname: Jo Tremblay\ngithub: jo-t\na: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n---\n\nJo.\n' | write content/members/jo-tremblay.md
    commit
    review jo-t
    says 1 "[yaml-reference]"
}

@test "a JPEG that is HTML" {
    printf '<html><script>alert(1)</script></html>' | write content/members/jo-tremblay.jpg
    commit
    review jo-t
    says 1 "content/members/jo-tremblay.jpg: error" "[unknown-file-type]"
}

@test "SVG with script in a bio" {
    printf '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>' | write content/members/jo-tremblay.svg
    commit
    review jo-t
    says 4 "there may be pictures" "[unknown-file-type]"
}

@test "script in a bio" {
    printf '\n<script>alert(1)</script>\n\n[x](javascript:alert(1))\n' >>content/members/jo-tremblay.md
    commit
    review jo-t
    says 1 "error: " "[dropped-html]" "[unsafe-url]"
}

@test "what was dropped before is counted, not repeated" {
    git checkout -q main
    printf '\n<blink>old</blink>\n' >>content/members/jo-tremblay.md
    commit
    git checkout -q -B feature
    sed -i 's/^Jo has helped/A new first line.\n\nJo has helped/' content/members/jo-tremblay.md
    commit
    review jo-t
    says 0 "1 warning that were there before"
    never "[dropped-html]"
}

@test "a deleted layout" {
    git rm -q layouts/includes/note.html
    commit
    review jo-t
    says 4 "only an admin may remove layouts"
    review ada-admin
    says 0
}

@test "a layout that runs script on every page" {
    printf '<script src="https://evil.example/x.js"></script>{{ content }}' | write layouts/base.html
    commit
    review ed-editor
    says 4 "only an admin may add layouts" "No page of the site becomes another one"
    review ada-admin
    says 0 "pages changed"
}

@test "a workflow file" {
    printf 'on: pull_request_target\n' | write .github/workflows/site.yml
    commit
    review ed-editor
    says 4 ".github/workflows/site.yml" "only an admin may change"
}

@test "a new workflow file from a member" {
    printf 'on: push\n' | write .github/workflows/new.yml
    commit
    review jo-t
    says 4 ".github/workflows/new.yml"
}

@test ".gitattributes tricks change nothing" {
    printf '*.md merge=union text eol=crlf ident filter=run\n' | write .gitattributes
    printf '*.md -diff export-ignore\n' | write content/.gitattributes
    commit
    git config filter.run.smudge "touch $BATS_TEST_TMPDIR/ran"
    git config merge.union.driver "touch $BATS_TEST_TMPDIR/ran"
    git config diff.external "touch $BATS_TEST_TMPDIR/ran"
    review jo-t
    says 4 ".gitattributes" "content/.gitattributes"
    [ ! -e "$BATS_TEST_TMPDIR/ran" ]
}

@test ".mailmap tricks" {
    printf 'Jo Tremblay <jo@example.org> Somebody <somebody@example.org>\n' | write .mailmap
    commit
    review jo-t
    says 4 ".mailmap" "only an admin"
    never "changed  /"
}

@test "a hook in the change is not run" {
    printf '#!/bin/sh\ntouch %s/ran\n' "$BATS_TEST_TMPDIR" | write .githooks/pre-commit
    chmod +x .githooks/pre-commit
    commit
    git config core.hooksPath .githooks
    git config core.fsmonitor "touch $BATS_TEST_TMPDIR/ran"
    review jo-t
    says 4
    [ ! -e "$BATS_TEST_TMPDIR/ran" ]
}

@test "a blob of a hundred megabytes" {
    head -c 104857600 /dev/zero | put content/members/jo-tremblay.png
    send
    review jo-t
    says 1 "[file-too-large]"
}

# A PNG of ten by ten pixels; one that says it has a hundred million; a JPEG with a place in its
# Exif.
png() {
    base64 -d <<'END'
iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKAQAAAAClSfIQAAAACUlEQVR4nGMAAAABAAFe/335AAAAAElFTkSuQmCC
END
}

huge_png() {
    base64 -d <<'END'
iVBORw0KGgoAAAANSUhEUgAAJxAAACcQAQAAAACSNV+KAAAACUlEQVR4nGMAAAABAAFe/335AAAAAElFTkSuQmCC
END
}

jpeg_with_place() {
    base64 -d <<'END'
/9j/4QBwRXhpZgAASUkqAAgAAAABACWIBAABAAAAGgAAAAAAAAACAAEAAgACAAAATgAAAAIABQADAAAAUAAAAAAAAAAAAAAA
AAAAAAAAAAAAAAAAAAAAAAAAAAAsAAAAAQAAACYAAAABAAAAAAAAAAEAAAD/wAALCAABAAEBAREA/9oACAEBAAA/AAD/2Q==
END
}

@test "a 100-megapixel PNG" {
    huge_png | write content/members/jo-tremblay.png
    commit
    review jo-t
    says 1 "100 million pixels (10000 by 10000)" "[heavy-picture]"
}

@test "a photo that says where it was taken" {
    jpeg_with_place | write content/members/jo-tremblay.jpg
    commit
    review jo-t
    says 1 "says where it was taken" "[picture-place]"
}

@test "a photo of 8 MB" {
    { png | head -c -12; head -c 8000000 /dev/zero; } | write content/members/jo-tremblay.png
    commit
    review jo-t
    says 1 "content/members/jo-tremblay.png"
}

@test "a polyglot of a picture and a page" {
    { png; printf '<script>alert(1)</script>'; } | write content/members/jo-tremblay.png
    commit
    review jo-t
    says 1 "is a picture and holds a page with script" "[broken-picture]"
}

@test "a polyglot of a picture and an archive" {
    { png; printf 'PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0'; } | write content/members/jo-tremblay.png
    commit
    review jo-t
    says 1 "holds an archive"
}

@test "a picture that is cut off" {
    png | head -c 40 | write content/members/jo-tremblay.png
    commit
    review jo-t
    says 1 "ends too early"
}

@test "a drawing under a picture's name" {
    printf '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>' | write content/members/jo-tremblay.png
    commit
    review jo-t
    says 1 "is a drawing (SVG)" "[broken-picture]"
}
