#!/usr/bin/env bats
# What pictures say besides the picture, as another program reads it.

load helpers
load picture_helpers

# told FOLDER: all that exiftool finds in its pictures but what makes the picture itself.
told() {
    exiftool -q -r -G1 -a -s -ext jpg -ext png -ext webp -ext avif "$1" |
        grep -E '^\[(IFD|ExifIFD|GPS|Interop|XMP|IPTC|Photoshop|Canon|ICC|Adobe$|PNG-eXIf|MakerNotes)' |
        grep -v -E '^\[IFD0\] +Orientation ' || true
}

setup_metadata() {
    command -v exiftool >/dev/null || skip "exiftool is not installed"
    mkdir -p loud
    local name
    for name in orientation-6.jpg alpha.png modern.webp made.avif; do
        cp "$SET/$name" "loud/$name"
        exiftool -q -overwrite_original -Artist='Secret name' -GPSLatitude=44.6 -GPSLatitudeRef=N -GPSLongitude=63.5 \
            -GPSLongitudeRef=W -XMP:Creator='Secret name' -XMP:GPSLatitude=44.6 -XMP:Description='Secret home' "loud/$name"
        [[ "$(told "loud/$name")" == *Secret* ]]
    done
    exiftool -q -overwrite_original -IPTC:By-line='Secret name' -Comment='Secret home' loud/orientation-6.jpg
    SET=$PWD/loud
}

@test "no reader finds anything in what is published: shown, linked to, with copse-pictures and without" {
    setup_metadata
    shown orientation-6.jpg alpha.png modern.webp made.avif
    mkdir -p site/content/articles/link
    cp loud/* site/content/articles/link/
    printf -- '---\ntitle: Link\ndate: 2026-01-03\n---\n\n[a](orientation-6.jpg) [b](alpha.png) [c](modern.webp) [d](made.avif)\n' \
        >site/content/articles/link/index.md
    build
    [ -z "$(told out | tee /dev/stderr)" ]
    ! grep -ra Secret out || return 1
    mkdir alone
    cp "$COPSE" alone/
    rm -rf out
    run alone/copse build -C site -o out --now "$NOW" --no-progress
    [ "$status" = 0 ]
    [ -z "$(told out | tee /dev/stderr)" ]
    ! grep -ra Secret out || return 1
}

@test "what is published without copse-pictures is the same picture, pixel by pixel" {
    setup_metadata
    shown orientation-6.jpg alpha.png modern.webp made.avif
    mkdir alone
    cp "$COPSE" alone/
    run alone/copse build -C site -o out --now "$NOW" --no-progress
    [ "$status" = 0 ]
    for name in orientation-6.jpg alpha.png modern.webp made.avif; do
        vips copy "loud/$name" before.v
        vips copy "out/articles/show/$name" after.v
        vips subtract before.v after.v difference.v
        [ "$(vips max difference.v)" = 0.000000 ]
        [ "$(vips min difference.v)" = 0.000000 ]
    done
}

@test "a turn that only some browsers know is made, so that all show it upright" {
    for form in webp png; do
        vips copy "$SET/orientation-6.jpg" "$SET/turned.$form"
    done
    shown turned.webp turned.png
    build
    looks_like articles/show/turned.webp WEBP 600x400 RGB red green blue white
    looks_like articles/show/turned.png PNG 600x400 RGB red green blue white
    looks_like articles/show/turned.png.400x267.webp WEBP 400x267 RGB red green blue white
}

@test "copse check --fix takes the place out of an AVIF too" {
    setup_metadata
    shown made.avif
    run "$COPSE" check -C site --now "$NOW" --no-progress
    [[ "$output" == *"[picture-place]"* ]]
    run "$COPSE" check -C site --now "$NOW" --no-progress --fix --yes
    [ -z "$(told site/content | tee /dev/stderr)" ]
    run "$COPSE" check -C site --now "$NOW" --no-progress
    [[ "$output" != *"[picture-place]"* ]]
}
