# What the tests of the command line share. COPSE is the program, set by tools/run-tests.sh.

COPSE=${COPSE:-$PWD/build/copse}
# Dates in the small site lie before this moment.
NOW=2026-03-01T12:00:00Z

# A folder of its own for each test, and no settings of whoever runs them.
setup() {
    export COPSE
    export HOME=$BATS_TEST_TMPDIR/home
    export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null
    unset SOURCE_DATE_EPOCH NO_COLOR
    mkdir -p "$HOME"
    cd "$BATS_TEST_TMPDIR" || return 1
}

# write PATH: standard input into a file, with its folders.
write() {
    mkdir -p "$(dirname "$1")"
    cat >"$1"
}

# small_site [DIR]: one article, one member, one event, one page, in no repository.
small_site() {
    local site=${1:-site}
    write "$site/content/site.yml" <<'END'
title: The Guild
url: https://guild.example.org
description: People who help others find their work.
language: en
timezone: Europe/London
END
    write "$site/content/articles/2026-01-02-welcome.md" <<'END'
---
title: Welcome
author: jo-tremblay
tags: [news]
---

Hello, and welcome.
END
    write "$site/content/members/jo-tremblay.md" <<'END'
---
name: Jo Tremblay
---

Jo has helped people change careers for ten years.
END
    write "$site/content/events/spring-meeting.md" <<'END'
---
title: Spring meeting
start: 2026-04-10 18:00
end: 2026-04-10 20:00
---

Come along.
END
    write "$site/content/pages/about.md" <<'END'
---
title: About us
menu: true
---

Who we are.
END
}

# article TITLE-SLUG [LINE...]: one more article in site/.
article() {
    local slug=$1
    shift
    {
        printf -- '---\ntitle: %s\ndate: 2026-02-01\n---\n\n' "$slug"
        printf '%s\n' "${@:-Text.}"
    } | write "site/content/articles/$slug.md"
}

# in_git DIR: makes a repository of it with one commit.
in_git() {
    git -C "$1" init -q -b main
    git -C "$1" add -A
    git -C "$1" -c user.name=Jo -c user.email=jo@example.org commit -qm "The site"
}

# build [OPTION...]: builds site/ into site/public at the fixed moment.
build() {
    "$COPSE" build -C site -o site/public --now "$NOW" "$@"
}

# not COMMAND...: succeeds if it fails (bats overlooks a failing `! command`).
not() {
    if "$@"; then return 1; fi
}

# The names and bytes of all files of a folder, as one text.
fingerprint() {
    (cd "$1" && find . -type f | LC_ALL=C sort | xargs sha256sum)
}

# fails_with STATUS TEXT: what `run` has just run ended so, and said so, and did not crash.
fails_with() {
    # shellcheck disable=SC2154 # bats sets status and output
    if [ "$status" != "$1" ] || [[ $output != *"$2"* ]]; then
        echo "wanted status $1 and '$2'; got status $status and:"
        echo "$output"
        return 1
    fi
}
