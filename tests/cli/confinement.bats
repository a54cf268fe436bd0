#!/usr/bin/env bats
# copse-pictures decodes what strangers send: what it may do, what damaged files do to it, and what it needs of a system.

load helpers
load picture_helpers

# wrapped LINE: copse beside a copse-pictures that is the real one behind a line of shell.
wrapped() {
    mkdir -p wrapped
    cp "$COPSE" wrapped/
    printf '#!/bin/sh\n%s\nexec "%s/copse-pictures" "$@"\n' "$1" "$(dirname "$COPSE")" >wrapped/copse-pictures
    chmod +x wrapped/copse-pictures
}

ask() {
    python3 "$ASK" "$(dirname "$COPSE")/copse-pictures" "$@"
}

# A sanitizer takes memory as it likes, wants /proc, and keeps copse-pictures unconfined enough to talk.
not_sanitized() {
    if grep -q __asan_init "$COPSE"; then
        skip "a sanitizer has needs of its own"
    fi
}

@test "memory, processor time, files and descriptors are limited, system calls filtered" {
    run ask limits
    echo "$output"
    [ "$status" = 0 ]
    [[ "$output" == *"Max file size 0 0 bytes"* ]]
    [[ "$output" == *"Max core file size 0 0"* ]]
    [[ "$output" == *"Max open files 3 3 files"* ]]
    [[ "$output" == *"Max cpu time 1800 1800 seconds"* ]]
    # A sanitizer reserves more than any limit that makes sense.
    grep -aq __asan_init "$(dirname "$COPSE")/copse-pictures" || [[ "$output" == *"Max address space 2147483648 2147483648"* ]]
    case $(uname -m) in
    x86_64 | aarch64)
        [[ "$output" == *"confined seccomp"* ]]
        [[ "$output" == *"Seccomp: 2"* ]]
        [[ "$output" == *"NoNewPrivs: 1"* ]]
        ;;
    esac
}

@test "copse-pictures opens no file, no socket and no process once it has begun" {
    with_photo orientation-1.jpg
    command -v strace >/dev/null || skip "strace is not installed"
    mkdir traced
    cp "$COPSE" traced/
    printf '#!/bin/sh\nexec strace -f -o "%s/trace" "%s/copse-pictures"\n' "$PWD" "$(dirname "$COPSE")" >traced/copse-pictures
    chmod +x traced/copse-pictures
    run traced/copse build -j1 -C site -o out --now "$NOW" --no-progress
    [ "$status" = 0 ]
    "$(dirname "$COPSE")/copse-pictures" </dev/null | grep -aqF seccomp
    sed -n '/SECCOMP_MODE_FILTER/,$p' trace >after
    [ -s after ]
    # What is asked for all the same is refused.
    ! grep -E 'openat|socket|execve|fork' after | grep -v EPERM || return 1
}

@test "files damaged in every way are answered by one process, and none of it is printed" {
    run ask torment "$SET"/orientation-6.jpg "$SET"/{cmyk,grey,p3,progressive}.jpg "$SET"/{alpha,deep,lies}.png \
        "$SET"/modern.webp "$SET"/moves.gif "$SET"/made.avif
    echo "$output"
    [ "$status" = 0 ]
    [[ "$output" =~ ^[1-9][0-9]*" made, "[1-9][0-9]*" refused"$ ]]
}

@test "a picture that needs more memory than there is goes out whole, and a note says so" {
    not_sanitized
    shown deeper.png
    echo 'pictures: {megapixels: 400}' >>site/content/site.yml
    build
    [[ "$output" == *"note: copse-pictures failed at content/articles/show/deeper.png"*"memory"* ]]
    [ -e out/articles/show/deeper.png ]
    [ "$(find out/articles/show -name 'deeper.png*' | wc -l)" = 1 ]
}

@test "where a system can shut off nothing, pictures are made all the same and a note says so" {
    command -v strace >/dev/null || skip "strace is not installed"
    with_photo orientation-1.jpg
    mkdir wrapped
    cp "$COPSE" wrapped/
    # The first two calls name threads and forbid dumps.
    printf '#!/bin/sh\nexec strace -f -o /dev/null -e trace=seccomp,prctl,unshare -e inject=prctl:error=EINVAL -e inject=unshare:error=EPERM "%s/copse-pictures" "$@"\n' \
        "$(dirname "$COPSE")" >wrapped/copse-pictures
    chmod +x wrapped/copse-pictures
    run wrapped/copse build -C site -o out --now "$NOW" --no-progress
    echo "$output"
    [ "$status" = 0 ]
    [[ "$output" == *"could not be shut off from files and network"* ]]
    [ -e out/members/jo-tremblay/photo.jpg.64x64.webp ]
}

@test "where there is no font, pages have no social pictures, and a note says so" {
    small_site
    echo 'pictures: {social: true}' >>site/content/site.yml
    echo '<fontconfig></fontconfig>' >none.conf
    wrapped "FONTCONFIG_FILE=$PWD/none.conf; export FONTCONFIG_FILE"
    run wrapped/copse build -C site -o out --now "$NOW" --no-progress
    echo "$output"
    [ "$status" = 0 ]
    [[ "$output" == *"pages have no social pictures"* ]]
    [[ "$output" == *"fonts-dejavu-core"* ]]
    ! grep -r 'social.jpg' out || return 1
}

@test "where fonts have no folder for their cache, social pictures are drawn and nothing is printed" {
    not_sanitized
    small_site
    echo 'pictures: {social: true}' >>site/content/site.yml
    echo '<fontconfig><dir>/usr/share/fonts</dir><cachedir>/dev/null/cache</cachedir></fontconfig>' >bare.conf
    wrapped "FONTCONFIG_FILE=$PWD/bare.conf; export FONTCONFIG_FILE"
    run wrapped/copse build -C site -o out --now "$NOW" --no-progress
    echo "$output"
    [ "$status" = 0 ]
    [ -s out/social.jpg ]
    [[ "$output" != *ontconfig* ]]
}

@test "a copse-pictures that lies in the site is never started" {
    not_sanitized
    command -v unshare >/dev/null && unshare -m true 2>/dev/null || skip "no mounts can be made here"
    with_photo orientation-1.jpg
    printf '#!/bin/sh\ntouch "%s/started"\n' "$PWD" >site/copse-pictures
    chmod +x site/copse-pictures
    cd site
    # Where there is no /proc, copse cannot tell where it lies.
    run unshare -m sh -c 'mount -t tmpfs none /proc && exec "$0" build -o ../out --now "$1" --no-progress' "$COPSE" "$NOW"
    echo "$output"
    [ "$status" = 0 ]
    [ ! -e ../started ]
    [ -e ../out/members/jo-tremblay/photo.jpg ]
}
