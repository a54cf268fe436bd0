#!/usr/bin/env bats
# Pictures made fit for screens by copse-pictures: what comes out, what is kept, what happens where it cannot be.

load helpers
load picture_helpers

@test "every orientation comes out upright, and nothing is said of camera and place" {
    shown orientation-{1,2,3,4,5,6,7,8}.jpg
    build
    for i in 1 2 3 4 5 6 7 8; do
        looks_like "articles/show/orientation-$i.jpg.400x267.jpg" JPEG 400x267 RGB red green blue white
        looks_like "articles/show/orientation-$i.jpg.400x267.webp" WEBP 400x267 RGB red green blue white
    done
    ! grep -raq 'Secret camera' out || return 1
}

@test "CMYK, 16 bits, grey, progressive and WebP become pictures that every screen shows" {
    shown cmyk.jpg deep.png grey.jpg progressive.jpg modern.webp
    build
    ROUGH=90 looks_like articles/show/cmyk.jpg.400x267.webp WEBP 400x267 RGB red green blue white
    ROUGH=90 looks_like articles/show/cmyk.jpg.400x267.jpg JPEG 400x267 RGB red green blue white
    looks_like articles/show/deep.png.400x267.webp WEBP 400x267 RGB orange orange orange orange
    looks_like articles/show/progressive.jpg.400x267.webp WEBP 400x267 RGB red green blue white
    looks_like articles/show/modern.webp.400x267.jpg JPEG 400x267 RGB red green blue white
    [[ "$(look articles/show/grey.jpg.400x267.webp)" == "WEBP 400x267 RGB "* ]]
}

@test "what is transparent stays so, with PNG in the place of JPEG" {
    shown alpha.png
    build
    looks_like articles/show/alpha.png.400x267.webp WEBP 400x267 RGBA red green blue clear
    looks_like articles/show/alpha.png.400x267.png PNG 400x267 RGBA red green blue clear
    grep -F 'src="/articles/show/alpha.png.600x400.png"' out/articles/show/index.html
}

@test "the colours of a P3 profile are those of sRGB afterwards, and the profile is gone" {
    shown p3.jpg
    build
    # 200, 110, 60 in Display P3 is about 214, 106, 48 in sRGB.
    "$PYTHON" - out/articles/show/p3.jpg.400x267.jpg <<'END2'
import sys
from PIL import Image
picture = Image.open(sys.argv[1])
assert 'icc_profile' not in picture.info
pixel = picture.getpixel((200, 130))
assert all(abs(a - b) <= 6 for a, b in zip(pixel, (214, 106, 48))), pixel
END2
}

@test "a profile that does not fit its picture, or is none, is passed over" {
    shown grey-in-rgb.jpg odd-profile.jpg
    build
    [[ "$(look articles/show/grey-in-rgb.jpg.400x267.webp)" == "WEBP 400x267 RGB "* ]]
    looks_like articles/show/odd-profile.jpg.400x267.webp WEBP 400x267 RGB red green blue white
}

@test "an AVIF that says by numbers that its colours are Display P3's has them translated" {
    shown made.avif
    build
    python3 - "$SET/made.avif" site/content/articles/show/made.avif <<'END2'
import sys
data = open(sys.argv[1], 'rb').read()
at = data.index(b'colrnclx') + 8
open(sys.argv[2], 'wb').write(data[:at] + b'\0\x0c\0\x0d' + data[at + 4:])
END2
    mv out before
    build
    "$PYTHON" - before/articles/show/made.avif.400x267.jpg out/articles/show/made.avif.400x267.jpg <<'END2'
import sys
from PIL import Image

plain, wide = (Image.open(one).convert('RGB').getpixel((300, 60)) for one in sys.argv[1:])
# 30, 160, 40 in Display P3 is a green that sRGB has not: no red is left of it.
assert abs(plain[0] - 30) < 12 and wide[0] < 8 and wide[1] > plain[1], (plain, wide)
END2
}

@test "a photo is cut to a square of each width the theme asks for" {
    with_photo orientation-6.jpg
    build
    for side in 64 112 192 320; do
        [[ "$(look "members/jo-tremblay/photo.jpg.${side}x$side.jpg")" == "JPEG ${side}x$side RGB "* ]]
        [[ "$(look "members/jo-tremblay/photo.jpg.${side}x$side.webp")" == "WEBP ${side}x$side RGB "* ]]
    done
    grep -F '<picture><source type="image/webp" srcset="/members/jo-tremblay/photo.jpg.64x64.webp 64w, ' \
        out/members/jo-tremblay/index.html
    grep -F 'width="320" height="320" alt="" loading="lazy" class="portrait large tone-' \
        out/members/jo-tremblay/index.html
    ! grep -F 'style=' out/members/jo-tremblay/index.html || return 1
}

@test "site.yml can ask for AVIF" {
    with_photo orientation-1.jpg
    echo 'pictures: {format: avif}' >>site/content/site.yml
    build
    head -c 12 out/members/jo-tremblay/photo.jpg.192x192.avif | grep -aF ftypavif
    [ -e out/members/jo-tremblay/photo.jpg.192x192.jpg ]
    [ ! -e out/members/jo-tremblay/photo.jpg.192x192.webp ]
    grep -F '<source type="image/avif"' out/members/jo-tremblay/index.html
}

@test "a picture that moves goes out as it is" {
    shown moves.gif
    build
    cmp "$SET/moves.gif" out/articles/show/moves.gif
    [ "$(find out/articles/show -name 'moves.gif*' | wc -l)" = 1 ]
    grep -F '<img src="/articles/show/moves.gif" alt="A picture" width="60" height="40" loading="lazy"' \
        out/articles/show/index.html
}

@test "a picture that cannot be decoded is an error where it is named, each time" {
    shown lies.png
    for _ in 1 2; do
        run "$COPSE" build -C site -o out --now "$NOW" --no-progress
        [ "$status" = 1 ]
        [[ "$output" == *"content/articles/show/index.md:6:"*"cannot be decoded"*"[broken-picture]"* ]]
        [ ! -e out/index.html ]
    done
    echo 'rules: {broken-picture: warning}' >>site/content/site.yml
    build
    grep -F 'A picture' out/articles/show/index.html
    ! grep -F 'lies.png' out/articles/show/index.html || return 1
}

@test "a file that is cut off, an empty one and a bomb are told before anything decodes them" {
    shown truncated.jpg nothing.jpg bomb.png
    run "$COPSE" build -C site -o out --now "$NOW" --no-progress
    [ "$status" = 1 ]
    [[ "$output" == *"index.md:6:"*"cut off"*"[broken-picture]"* ]]
    [[ "$output" == *"index.md:8:"*"empty"*"[broken-picture]"* ]]
    [[ "$output" == *"index.md:10:"*"30000 by 30000 pixels"*"[picture-too-large]"* ]]
    [ ! -e site/.copse/pictures/library ] # copse-pictures was not even asked who it is
}

@test "a small file with many pixels is made within the memory that copse-pictures has" {
    shown flat.png
    build
    looks_like articles/show/flat.png.400x360.webp WEBP 400x360 RGB black black black black
}

@test "a second build makes none, nor does one with another output, nor one of another branch" {
    with_photo orientation-1.jpg
    git -C site init -q -b main
    git -C site add -A
    git -C site -c user.name=Jo -c user.email=jo@example.org commit -qm One
    build
    find site/.git/copse/pictures -type f | sort >before
    [ "$(wc -l <before)" -gt 8 ]
    mkdir -p away
    cp "$COPSE" away/
    # Where nothing can be made, all of it comes out of the cache.
    printf '#!/bin/sh\ntouch "%s/started"\nexec "%s/copse-pictures"\n' "$PWD" "$(dirname "$COPSE")" >away/copse-pictures
    chmod +x away/copse-pictures
    run away/copse build -C site -o out2 --now "$NOW" --no-progress
    [ "$status" = 0 ]
    rm -f started
    git -C site checkout -q -b other
    run away/copse build -C site -o out3 --now "$NOW" --no-progress
    [ "$status" = 0 ]
    [ ! -e started ]
    diff -r out out2
    diff -r out out3
    git -C site worktree add -q ../linked main
    run away/copse build -C linked -o out4 --now "$NOW" --no-progress
    [ "$status" = 0 ]
    [ ! -e started ]
    diff -r out out4
    find site/.git -path '*copse/pictures*' -type f | sort | diff before -
}

@test "the same pictures come out whatever the number of threads" {
    shown orientation-{1,2,3,4}.jpg cmyk.jpg alpha.png
    build -j1
    mv out one
    rm -rf site/.copse
    build -j4
    diff -r one out
}

@test "without copse-pictures all is built, without metadata, and a note says so" {
    with_photo orientation-6.jpg
    mkdir alone
    cp "$COPSE" alone/
    run alone/copse build -C site -o out --now "$NOW" --no-progress
    [ "$status" = 0 ]
    [[ "$output" == *"note: 1 picture is published in full size, without its metadata"* ]]
    [[ "$output" == *"libvips"* ]]
    grep -F '<img src="/members/jo-tremblay/photo.jpg" width="600" height="400" alt=""' \
        out/members/jo-tremblay/index.html
    ! grep -aq 'Secret camera' out/members/jo-tremblay/photo.jpg || return 1
    [ "$(find out/members/jo-tremblay -name 'photo.jpg*' | wc -l)" = 1 ]
}

@test "where copse-pictures dies all is built as without it" {
    with_photo orientation-6.jpg
    mkdir sick
    cp "$COPSE" sick/
    printf '#!/bin/sh\nexit 1\n' >sick/copse-pictures
    chmod +x sick/copse-pictures
    run sick/copse build -C site -o out --now "$NOW" --no-progress
    [ "$status" = 0 ]
    [[ "$output" == *"does not start"* ]]
    # It greets, and dies of the first picture.
    length=$("$(dirname "$COPSE")/copse-pictures" </dev/null | wc -c)
    printf '#!/bin/sh\n"%s/copse-pictures" | head -c %d\n' "$(dirname "$COPSE")" "$length" >sick/copse-pictures
    run sick/copse build -C site -o out --now "$NOW" --no-progress
    [ "$status" = 0 ]
    [[ "$output" == *"copse-pictures failed at content/members/jo-tremblay/photo.jpg"* ]]
    ! grep -aq 'Secret camera' out/members/jo-tremblay/photo.jpg || return 1
    # And with a sound one they are made.
    build
    [ -e out/members/jo-tremblay/photo.jpg.64x64.webp ]
}

@test "what is cached stays within the size that site.yml names, but for what the site shows" {
    with_photo orientation-1.jpg
    echo 'pictures: {cache: 1}' >>site/content/site.yml
    build
    head -c 2000000 /dev/urandom >site/.copse/pictures/0000
    cp "$SET/orientation-2.jpg" site/content/members/jo-tremblay/photo.jpg
    build
    [ ! -e site/.copse/pictures/0000 ]
    [ "$(du -sk site/.copse/pictures | cut -f1)" -le 1100 ]
}

@test "a damaged cache is made anew" {
    with_photo orientation-1.jpg
    build
    cp -r out before
    for file in site/.copse/pictures/*; do
        echo damage >>"$file"
    done
    rm -rf out
    build --force
    diff -r before out
}

@test "layouts ask for a shape by filter or by tag; one that is not there is told with the nearest" {
    with_photo orientation-1.jpg
    write site/layouts/member.html <<'END2'
F{{ page.photo | image: 'portrait', alt: page.name, class: 'a "b"', loading: 'eager', sizes: '5em' }}
T{% image page.photo, 'portrait', alt: page.name, class: 'a "b"', loading: 'eager', sizes: '5em' %}
U{{ page.photo | image_url: 'portrait' }}
N[{{ page.nothing | image: 'portrait' }}]
END2
    build
    page=out/members/jo-tremblay/index.html
    grep -F 'sizes="5em" width="320" height="320" alt="Jo Tremblay" class="a &quot;b&quot; tone-' "$page"
    [ "$(sed -n 's/^F//p' "$page")" = "$(sed -n 's/^T//p' "$page")" ]
    grep -F 'U/members/jo-tremblay/photo.jpg.320x320.jpg' "$page"
    grep -F 'N[]' "$page"
    echo "{{ page.photo | image: 'portrate' }}" >>site/layouts/member.html
    run "$COPSE" build -C site -o out --now "$NOW" --no-progress
    [ "$status" = 1 ]
    [[ "$output" == *"layouts/pictures.yml has no shape 'portrate'; did you mean 'portrait'?"* ]]
}

@test "a changed picture is made again, and the pages that show it with it" {
    with_photo orientation-1.jpg
    build
    build
    [[ "$output" != *"written"* || "$output" == *"0 written"* ]]
    sed -n 's/.*\(tone-...\).*/\1/p' out/members/jo-tremblay/index.html >before
    "$PYTHON" -c "
from PIL import Image
Image.new('RGB', (600, 400), (0, 150, 250)).save('site/content/members/jo-tremblay/photo.jpg')"
    build
    grep -F tone-09f out/members/jo-tremblay/index.html
    grep -F tone-09f out/members/index.html
    cp -r out kept
    build --force
    diff -r kept out
}

@test "the theme can have shapes of its own; a mistake in them is told" {
    with_photo orientation-1.jpg
    write site/layouts/pictures.yml <<'END2'
portrait:
  for: [photo, image]
  shape: 3:2
  widths: [90]
END2
    write site/layouts/member.html <<'END2'
{{ page.photo | image: 'portrait' }}
END2
    rm -rf site/content/articles site/content/events
    for name in article includes/lead includes/teaser; do
        write "site/layouts/$name.html" </dev/null
    done
    write site/layouts/includes/head.html </dev/null
    write site/layouts/includes/portrait.html </dev/null
    build
    [ "$(find out -name 'photo.jpg.*' | sort | tr '\n' ' ')" = \
        "out/members/jo-tremblay/photo.jpg.90x60.jpg out/members/jo-tremblay/photo.jpg.90x60.webp " ]
    sed -i 's/3:2/wide/' site/layouts/pictures.yml
    run "$COPSE" build -C site -o out --now "$NOW" --no-progress
    [ "$status" = 1 ]
    [[ "$output" == *"layouts/pictures.yml:3:10: error: 'shape' should be a proportion, for example 3:2"* ]]
}
