# Builds in which only texts changed (src/build/edit.h): what they write, and what they must not miss.
# That what comes out is what a clean build gives, edits.bats shows.

load ../cli/helpers

# A file's state says nothing sure of the moment in which it was written: what was edited just before
# a build is looked at again in the next.
build() {
    sleep 0.1
    "$COPSE" build -C site -o out --now "$NOW" "$@"
}

# Built once; old enough to be trusted.
guild() {
    small_site
    printf -- '---\ntitle: Second\ndate: 2026-01-03\n---\n\nIntro.\n\n## A part\n\nText.\n' |
        write site/content/articles/second.md
    "$@"
    find site -exec touch -d '1 hour ago' {} +
    build
}

# Whether the last build was one of texts alone: it leaves what it changed beside the cache.
cache_state() {
    stat -c '%Y.%y %n' site/.copse/cache-*
}
changes_state() {
    stat -c '%y' site/.copse/changes-* 2>/dev/null || echo none
}

@test "a text edited: its files are written, and of the cache and the manifest only what changed" {
    guild :
    before=$(cache_state)
    printf '\nOne more paragraph.\n' >>site/content/articles/second.md
    run build
    echo "$output"
    [ "$status" -eq 0 ]
    [[ $output != *" 0 written"* ]]
    grep -q 'One more paragraph' out/articles/second/index.html
    [ "$(cache_state)" = "$before" ]
    [ "$(changes_state)" != none ]
    run build -v
    [[ $output == *"nothing changed since the last build"* ]]
    # And a second one on top of it.
    printf '\nAnd another zyzzyva.\n' >>site/content/articles/second.md
    build
    grep -q 'another zyzzyva' out/articles/second/index.html
    [ "$(cache_state)" = "$before" ]
    run build -v
    [[ $output == *"nothing changed since the last build"* ]]
}

@test "what other edits change of the site is known after an edit of a text" {
    guild :
    printf '\nOne more paragraph.\n' >>site/content/articles/second.md
    build
    sed -i 's/^title: Second$/title: Another/' site/content/articles/second.md
    build
    grep -q '<h1[^>]*>Another' out/articles/second/index.html
    rm site/content/articles/second.md
    build
    [ ! -e out/articles/second ]
    run build -v
    [[ $output == *"nothing changed since the last build"* ]]
}

@test "a heading that a text links to does not go unnoticed" {
    guild sed -i 's|^Hello, and welcome\.|Hello, see [a part](second.md#a-part).|' \
        site/content/articles/2026-01-02-welcome.md
    sed -i 's/^## A part$/## Another part/' site/content/articles/second.md
    run build
    echo "$output"
    [[ $output == *"has no part called '#a-part'"* ]]
}

@test "a heading that nobody links to goes in an edit of a text" {
    guild :
    before=$(cache_state)
    sed -i 's/^## A part$/## Another part/' site/content/articles/second.md
    build
    grep -q 'id="another-part"' out/articles/second/index.html
    [ "$(cache_state)" = "$before" ]
}

@test "what was said of other files is said again, and what is new in the text is said" {
    guild sed -i 's|^Jo has|[here](https://example.org/x) <font>Jo</font> has|' \
        site/content/members/jo-tremblay.md
    printf '\nOne more paragraph.\n' >>site/content/articles/second.md
    run build
    [[ $output == *"members/jo-tremblay.md"* ]]
    printf '\n<font>Loud.</font>\n' >>site/content/articles/second.md
    run build
    echo "$output"
    [[ $output == *"members/jo-tremblay.md"* ]]
    [[ $output == *"articles/second.md"* ]]
}

@test "a damaged file of changes counts as not there" {
    guild :
    printf '\nOne more paragraph.\n' >>site/content/articles/second.md
    build
    changes=$(echo site/.copse/changes-*)
    for at in 3 20 40 200; do
        printf 'X' | dd of="$changes" bs=1 seek=$at conv=notrunc status=none
        printf '\nParagraph %s.\n' "$at" >>site/content/articles/second.md
        build
        grep -q "Paragraph $at" out/articles/second/index.html
    done
    build --force --cache elsewhere -o clean
    diff -r out clean
}

@test "an edit adds to the file of changes what it changed itself; one that is cut off counts as far as it is whole" {
    guild :
    printf '\nOne more paragraph.\n' >>site/content/articles/second.md
    build
    changes=$(echo site/.copse/changes-*)
    size=$(stat -c %s "$changes")
    cp "$changes" former
    printf '\nAnother one.\n' >>site/content/articles/second.md
    build
    cmp -n "$size" former "$changes"
    more=$(($(stat -c %s "$changes") - size))
    [ "$more" -gt 0 ]
    for cut in 1 $((more / 2)) $((more - 1)); do
        truncate -s -"$cut" "$changes"
        printf '\nParagraph %s.\n' "$cut" >>site/content/articles/second.md
        build
        grep -q "Paragraph $cut" out/articles/second/index.html
        before=$(stat -c %i site/.copse/cache-*)
        build
        [ "$(stat -c %i site/.copse/cache-*)" = "$before" ]
    done
    build --force --cache elsewhere -o clean
    diff -r out clean
}

@test "a cache that was found whole is believed while it looks the same, and no longer" {
    guild :
    printf '\nOne more paragraph.\n' >>site/content/articles/second.md
    build
    seal=$(echo site/.copse/seal-*)
    [ -s "$seal" ]
    # A damaged seal, or none, counts for nothing, and is made anew by who sums the cache.
    for damage in 'X' ''; do
        printf '%s' "$damage" >"$seal"
        before=$(cache_state)
        printf '\nA paragraph with %s.\n' "$damage" >>site/content/articles/second.md
        build
        [ "$(cache_state)" = "$before" ]
        [ "$(stat -c %s "$seal")" -gt 64 ]
    done
    # One bit in each part: the whole site is built, from the files.
    cache=$(echo site/.copse/cache-*)
    size=$(stat -c %s "$cache")
    for part in 4 3 2; do
        at=$((size - size / part - 1))
        byte=$(od -An -tu1 -j $at -N 1 "$cache" | tr -d ' ')
        printf '%b' "\\x$(printf %x $((byte ^ 4)))" |
            dd of="$cache" bs=1 seek=$at conv=notrunc status=none
        before=$(stat -c %i "$cache")
        printf '\nParagraph %s.\n' "$part" >>site/content/articles/second.md
        build
        grep -q "Paragraph $part" out/articles/second/index.html
        [ "$(stat -c %i "$cache")" != "$before" ]
    done
    build --force --cache elsewhere -o clean
    diff -r out clean
}

@test "an output that was edited by hand is made again in an edit of a text too" {
    guild :
    echo 'by hand' >>out/index.html
    printf '\nOne more paragraph.\n' >>site/content/articles/second.md
    build
    ! grep -q 'by hand' out/index.html
    grep -q 'One more paragraph' out/articles/second/index.html
}

@test "a file that an editor puts in the place of the old one is an edit of a text; a new one is not" {
    guild :
    before=$(cache_state)
    sed 's/^Text\.$/Text, mended./' site/content/articles/second.md >site/content/articles/.second.swp
    mv site/content/articles/.second.swp site/content/articles/second.md
    build
    grep -q 'Text, mended' out/articles/second/index.html
    [ "$(cache_state)" = "$before" ]
    run build -v
    [[ $output == *"nothing changed since the last build"* ]]
    printf -- '---\ntitle: Third\ndate: 2026-01-04\n---\n\nNew.\n' >site/content/articles/third.md
    printf '\nOne more paragraph.\n' >>site/content/articles/second.md
    build
    [ -e out/articles/third/index.html ]
    grep -q 'One more paragraph' out/articles/second/index.html
    mkdir site/content/articles/fourth
    cp site/content/articles/third.md site/content/articles/fourth/index.md
    build
    [ -e out/articles/fourth/index.html ]
}

@test "what the command line said is known in an edit of a text" {
    small_site
    in_git site # its options lie elsewhere in each run, so the cache must not point to them
    sleep 0.1
    build --base-url https://elsewhere.example.org/guild
    for i in 1 2 3; do
        printf '\nParagraph %s.\n' "$i" >>site/content/events/spring-meeting.md
        UNUSED=$(head -c $((i * 3000)) /dev/zero | tr '\0' x) build --base-url https://elsewhere.example.org/guild
        grep -q "Paragraph $i" out/events/spring-meeting/index.html
        grep -q 'https://elsewhere.example.org/guild/' out/events/spring-meeting/index.html
    done
    "$COPSE" build -C site -o clean --now "$NOW" --force --cache elsewhere --base-url https://elsewhere.example.org/guild
    diff -r out clean
}

@test "two builds at once: the second says who holds the lock" {
    guild :
    mkdir -p out/.copse-work
    exec 8>out/.copse-work/lock
    flock 8
    printf 'process 1, since 2026-01-01T00:00:00Z\n' >&8
    printf '\nOne more paragraph.\n' >>site/content/articles/second.md
    run build
    echo "$output"
    [ "$status" -ne 0 ]
    [[ $output == *"another build is writing out"* ]]
    exec 8>&-
}
