#!/usr/bin/env bats
# A picture for each page that is shared.

load helpers

setup() {
    export HOME=$BATS_TEST_TMPDIR/home
    export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null
    mkdir -p "$HOME"
    cd "$BATS_TEST_TMPDIR" || return 1
    [ -x "$(dirname "$COPSE")/copse-pictures" ] || skip "copse-pictures is not built: there is no libvips"
    small_site
    echo 'pictures: {social: true}' >>site/content/site.yml
}

make_site() {
    run "$COPSE" build -C site -o out --now "$NOW" --no-progress "$@"
    echo "$output"
    [ "$status" = 0 ]
}

# is_jpeg FILE: it is one, of 1200 by 630 pixels (in its frame header, of a progressive one).
is_jpeg() {
    [ "$(head -c 2 "$1" | od -An -tx1)" = " ff d8" ]
    od -An -v -tx1 "$1" | tr -d ' \n' | grep -q 'ffc2001108027604b0'
}

@test "each page has a picture of its own, and names it" {
    make_site
    for page in articles/welcome members/jo-tremblay members; do
        is_jpeg "out/$page/social.jpg"
        grep -F "<meta property=\"og:image\" content=\"https://guild.example.org/$page/social.jpg\">" "out/$page/index.html"
    done
    is_jpeg out/social.jpg
    ! cmp -s out/articles/welcome/social.jpg out/members/jo-tremblay/social.jpg || return 1
    [ ! -e out/404/social.jpg ]
}

@test "it is drawn again where its words change, and only then" {
    make_site
    cp -r out before
    make_site
    cmp before/articles/welcome/social.jpg out/articles/welcome/social.jpg
    sed -i 's/^title: Welcome/title: Come in/' site/content/articles/2026-01-02-welcome.md
    make_site
    ! cmp -s before/articles/welcome/social.jpg out/articles/welcome/social.jpg || return 1
    cmp before/members/jo-tremblay/social.jpg out/members/jo-tremblay/social.jpg
    cp -r out kept
    rm -rf site/.copse
    make_site --force
    diff -r kept out
}

@test "a title stays within the picture, however long it is and its words are" {
    /usr/bin/python3 -c 'import PIL' 2>/dev/null || skip "there is no python3 with PIL to look with"
    for title in "We are hiring: a position on Massive Scale Complex Systems Simulation with Accelerated Computing" \
        "WIDE WORDS WITH MANY WIDE LETTERS MWMW" "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft"; do
        sed -i "s/^title: .*/title: \"$title\"/" site/content/articles/2026-01-02-welcome.md
        make_site
        /usr/bin/python3 - out/articles/welcome/social.jpg <<'END'
import sys
from PIL import Image
picture = Image.open(sys.argv[1]).convert('L')
edge = picture.crop((1190, 30, 1200, 630))
assert edge.getextrema()[0] > 200, edge.getextrema()
# And its lines end above who wrote it.
assert picture.crop((300, 455, 1000, 490)).getextrema()[0] > 200
END
    done
}

@test "a title cannot draw, and what cannot be drawn shows the site's title alone" {
    sed -i "s/^title: Welcome/title: '<image href=\"\/etc\/passwd\"\/> \&amp; <\/text>'/" site/content/articles/2026-01-02-welcome.md
    make_site
    is_jpeg out/articles/welcome/social.jpg
    [[ "$output" != *"could not be drawn"* ]]
    write site/layouts/social.html <<<'<svg width="1200" height="630"><g></svg>'
    make_site
    [[ "$output" == *"social pictures could not be drawn"* ]]
    is_jpeg out/articles/welcome/social.jpg
    cmp out/articles/welcome/social.jpg out/members/jo-tremblay/social.jpg
}

@test "a theme's own drawing may show a picture of the site" {
    write site/layouts/social.html <<'END'
<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630"><image width="1200" height="630" href="{{ '/assets/red.svg' | relative_url }}"/></svg>
END
    write site/assets/red.svg <<<'<svg xmlns="http://www.w3.org/2000/svg" width="12" height="6.3"><rect width="12" height="7" fill="red"/></svg>'
    make_site
    cp out/social.jpg red.jpg
    sed -i 's/fill="red"/fill="blue"/' site/assets/red.svg
    make_site
    ! cmp -s red.jpg out/social.jpg || return 1
}

@test "without copse-pictures pages name their own pictures, and a note says so" {
    mkdir alone
    cp "$COPSE" alone/
    run alone/copse build -C site -o out --now "$NOW" --no-progress
    [ "$status" = 0 ]
    ! grep -rE 'social.jpg|og:image' out || return 1
    [[ "$output" == *"note: "*"social"* ]]
}
