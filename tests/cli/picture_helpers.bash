# What the tests of pictures share: a set of pictures made once a file, and sites that show them.

setup_file() {
    for python in python3 /usr/bin/python3; do
        "$python" -c 'import PIL' 2>/dev/null && export PYTHON=$python && break
    done
    export KIT=$PWD/tests/cli/make_pictures.py ASK=$PWD/tests/cli/ask_pictures.py
    export SET=$BATS_FILE_TMPDIR/set
    mkdir -p "$SET"
    [ -z "${PYTHON:-}" ] || "$PYTHON" "$KIT" make "$SET"
    vips copy "$SET/orientation-1.jpg" "$SET/made.avif"
}

setup() {
    export HOME=$BATS_TEST_TMPDIR/home
    export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null
    mkdir -p "$HOME"
    cd "$BATS_TEST_TMPDIR" || return 1
    [ -x "$(dirname "$COPSE")/copse-pictures" ] || skip "copse-pictures is not built: there is no libvips"
    [ -n "${PYTHON:-}" ] || skip "there is no python3 with PIL to make pictures with"
}

# shown NAME...: a site with an article that shows these pictures of the set.
shown() {
    small_site
    mkdir -p site/content/articles/show
    {
        printf -- '---\ntitle: Show\ndate: 2026-01-03\n---\n\n'
        for name; do
            cp "$SET/$name" site/content/articles/show/
            printf '![A picture](%s)\n\n' "$name"
        done
    } >site/content/articles/show/index.md
}

# with_photo NAME: a site whose member has this photo.
with_photo() {
    small_site
    rm -f site/content/members/jo-tremblay.md
    mkdir -p site/content/members/jo-tremblay
    cp "$SET/$1" "site/content/members/jo-tremblay/photo.${1##*.}"
    write site/content/members/jo-tremblay/index.md <<END2
---
name: Jo Tremblay
photo: photo.${1##*.}
---

Words.
END2
}

build() {
    run "$COPSE" build -C site -o out --now "$NOW" --no-progress "$@"
    echo "$output"
    [ "$status" = 0 ]
}

# look FILE: what it is, see make_pictures.py.
look() {
    "$PYTHON" "$KIT" look "out/$1" ${ROUGH:-}
}

# looks_like FILE WORDS...
looks_like() {
    local seen
    seen=$(look "$1")
    shift
    echo "$seen (wanted: $*)"
    [ "$seen" = "$*" ]
}
