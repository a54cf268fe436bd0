#!/usr/bin/env bats
# Pictures that people send: what goes out of them, and which are no pictures to publish.

load helpers

# number N BYTES: N as that many bytes, the highest first, as printf's escapes.
number() {
    local shift out=
    for ((shift = 8 * ($2 - 1); shift >= 0; shift -= 8)); do
        out+=$(printf '\\x%02x' $((($1 >> shift) & 255)))
    done
    printf '%s' "$out"
}

# png WIDTH HEIGHT [TEXT]: a PNG as far as its chunks go, with a text chunk in it.
png() {
    local text=${3:-}
    printf '\x89PNG\r\n\x1a\n'
    printf "$(number 13 4)IHDR$(number "$1" 4)$(number "$2" 4)\x08\x02\x00\x00\x00crc."
    [ -z "$text" ] || printf "$(number ${#text} 4)tEXt%scrc." "$text"
    printf "$(number 6 4)IDATpixelscrc."
    printf '\x00\x00\x00\x00IEND\xae\x42\x60\x82'
}

# picture_site: an article that shows chart.png in its text and names hero.png.
picture_site() {
    small_site
    write site/content/articles/show/index.md <<'END'
---
title: Show
date: 2026-01-03
image: hero.png
image_alt: The hall
---

Look:

![A chart of growth](chart.png)
END
    png 60 40 >site/content/articles/show/hero.png
    png 60 40 >site/content/articles/show/chart.png
}

# linked: the pictures are linked to and not shown, so that nothing smaller is made of them.
linked() {
    sed -i -e '/^image/d' -e 's/!\[/[hero](hero.png) [/' site/content/articles/show/index.md
}

build() {
    run "$COPSE" build -C site -o out --now "$NOW" --no-progress
}

@test "a picture is published without what it says of where and when" {
    picture_site
    png 60 40 "Comment taken at 4 Mill Lane" >site/content/articles/show/chart.png
    linked
    build
    [ "$status" = 0 ]
    png 60 40 >clean.png
    cmp clean.png out/articles/show/chart.png
}

@test "a picture without metadata goes out byte for byte" {
    picture_site
    linked
    build
    [ "$status" = 0 ]
    cmp site/content/articles/show/hero.png out/articles/show/hero.png
}

@test "a picture that is cut off is an error at the line that names it" {
    picture_site
    png 60 40 | head -c 60 >site/content/articles/show/chart.png
    png 60 40 | head -c 60 >site/content/articles/show/hero.png
    build
    [ "$status" = 1 ]
    [[ "$output" == *"content/articles/show/index.md:4:"*"cut off"*"[broken-picture]"* ]]
    [[ "$output" == *"content/articles/show/index.md:10:"*"cut off"*"[broken-picture]"* ]]
    [ ! -e out/index.html ]
}

@test "an empty file and a text are no pictures, whatever their names say" {
    picture_site
    : >site/content/articles/show/chart.png
    echo '<p>Hello' >site/content/articles/show/hero.png
    build
    [ "$status" = 1 ]
    [[ "$output" == *"index.md:4:"*"no picture"*"[broken-picture]"* ]]
    [[ "$output" == *"index.md:10:"*"empty"*"[broken-picture]"* ]]
}

@test "a picture as iPhones write it is told by its name for it, and what to do" {
    picture_site
    printf '\0\0\0\x18ftypheic\0\0\0\0mif1heic' | tee site/content/articles/show/chart.png >site/content/articles/show/photo.heic
    build
    [ "$status" = 1 ]
    [[ "$output" == *"index.md:10:"*"HEIC"*"JPEG"*"[broken-picture]"* ]]
    [[ "$output" == *"photo.heic: warning: "*"HEIC"* ]]
    [[ "$output" == *"save it as JPEG"* ]]
}

@test "a small file with an enormous picture is told before anything unpacks it" {
    picture_site
    png 60000 60000 >site/content/articles/show/chart.png
    build
    [ "$status" = 1 ]
    [[ "$output" == *"index.md:10:"*"60000 by 60000 pixels"*"[picture-too-large]"* ]]
}

@test "site.yml says how large pictures may be" {
    picture_site
    png 2000 2000 >site/content/articles/show/chart.png
    printf 'pictures:\n  megapixels: 1\n' >>site/content/site.yml
    build
    [ "$status" = 1 ]
    [[ "$output" == *"at most 1 million"*"[picture-too-large]"* ]]
}

@test "where site.yml makes it a warning the page has the alternative text" {
    picture_site
    png 60 40 | head -c 60 >site/content/articles/show/chart.png
    png 60 40 | head -c 60 >site/content/articles/show/hero.png
    printf 'rules:\n  broken-picture: warning\n' >>site/content/site.yml
    build
    [ "$status" = 0 ]
    grep -q 'A chart of growth' out/articles/show/index.html
    run grep -E 'chart.png|hero.png' out/articles/show/index.html
    [ "$status" = 1 ]
    [ ! -e out/articles/show/chart.png ]
}

# drawing: the article shows a drawing with a script and a picture from elsewhere in it.
drawing() {
    picture_site
    linked
    sed -i 's/A chart of growth\](chart.png)/](plan.svg) ![The plan](plan.svg)/' site/content/articles/show/index.md
    write site/content/articles/show/plan.svg <<'END'
<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30" onload="alert(1)">
<script>alert(1)</script><image href="https://tracker.example/"/><circle r="9" fill="red"/>
</svg>
END
}

@test "a drawing is refused, with the way to allow it" {
    drawing
    build
    [ "$status" = 1 ]
    [[ "$output" == *"content/articles/show/plan.svg: warning: this file is not published: drawings (SVG)"* ]]
    [[ "$output" == *"pictures: {svg: articles}"* ]]
}

@test "where site.yml allows it a drawing beside an article goes out harmless" {
    drawing
    echo 'pictures: {svg: articles}' >>site/content/site.yml
    build
    [ "$status" = 0 ]
    grep -F '<circle r="9" fill="red"/>' out/articles/show/plan.svg
    ! grep -E 'script|onload|tracker' out/articles/show/plan.svg || return 1
    grep -F '<img src="/articles/show/plan.svg" alt="The plan" width="40" height="30" loading="lazy"' out/articles/show/index.html
    printf '<svg><g></svg>' >site/content/articles/show/plan.svg
    build
    [ "$status" = 1 ]
    [[ "$output" == *"index.md:"*"this drawing (SVG) is not published: its XML is not well-formed"*"[broken-picture]"* ]]
}

@test "a drawing that names its parts over and over is told and not published" {
    drawing
    echo 'pictures: {svg: articles}' >>site/content/site.yml
    {
        printf '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
        for i in 1 2 3 4 5 6 7 8 9; do
            printf '<g id="a%d">' "$i"
            for _ in 1 2 3 4 5 6 7 8; do printf '<use href="#a%d"/>' $((i + 1)); done
            printf '</g>'
        done
        printf '<path id="a10" d="M0 0h9"/></svg>'
    } >site/content/articles/show/plan.svg
    build
    [ "$status" = 1 ]
    [[ "$output" == *"index.md:"*"drawn too many times over"*"[broken-picture]"* ]]
}

@test "drawings of members stay out even then" {
    drawing
    echo 'pictures: {svg: articles}' >>site/content/site.yml
    mkdir -p site/content/members/ann
    printf -- '---\nname: Ann\nphoto: me.svg\n---\nHello.\n' >site/content/members/ann/index.md
    cp site/content/articles/show/plan.svg site/content/members/ann/me.svg
    build
    [ "$status" = 1 ]
    [[ "$output" == *"content/members/ann/me.svg: warning: this file is not published"* ]]
    [[ "$output" == *"content/members/ann/index.md:3:"*"[missing-file]"* ]]
}
