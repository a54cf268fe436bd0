# What the tests of pull requests share: a guild's site under git, and a branch to send from.

COPSE=${COPSE:-$PWD/build/copse}
NOW=2026-03-01T12:00:00Z

# The site of the guild, committed once a file of tests; every test works in a clone of it.
setup_file() {
    export COPSE
    export HOME=$BATS_FILE_TMPDIR/home
    export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null
    export GIT_AUTHOR_NAME=Somebody GIT_AUTHOR_EMAIL=somebody@example.org
    export GIT_COMMITTER_NAME=Somebody GIT_COMMITTER_EMAIL=somebody@example.org
    export GIT_AUTHOR_DATE=2026-02-01T10:00:00Z GIT_COMMITTER_DATE=2026-02-01T10:00:00Z
    mkdir -p "$HOME"
    guild "$BATS_FILE_TMPDIR/guild"
    git -C "$BATS_FILE_TMPDIR/guild" init -q -b main
    git -C "$BATS_FILE_TMPDIR/guild" add -A
    git -C "$BATS_FILE_TMPDIR/guild" commit -qm "The site"
}

setup() {
    cd "$BATS_TEST_TMPDIR" || return 1
    git clone -q "$BATS_FILE_TMPDIR/guild" site
    cd site || return 1
    git checkout -q -b feature
}

# write PATH: standard input into a file, with its folders.
write() {
    mkdir -p "$(dirname "$1")"
    cat >"$1"
}

# A picture of one pixel.
pixel() {
    mkdir -p "$(dirname "$1")"
    base64 -d >"$1" <<'END'
iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==
END
}

guild() {
    mkdir -p "$1"
    cd "$1" || return 1
    write content/site.yml <<'END'
title: The Guild
url: https://guild.example.org
description: People who help others find their work.
timezone: Europe/London
languages: [en, fr]
review:
  admins: [Ada-Admin]
  editors: [ed-editor]
END
    write content/designations.yml <<'END'
- code: MCRS
  name: Master Certified Resume Specialist
  issuer: The Guild
- code: CIS
  name: Certified Interview Specialist
  issuer: The Guild
END
    write content/roster.yml <<'END'
- member: jo-tremblay
  code: MCRS
  since: 2020-01-01
END
    write content/members/jo-tremblay.md <<'END'
---
name: Jo Tremblay
github: jo-t
designations: [MCRS]
---

Jo has helped people change careers for ten years.
END
    write content/members/maria-lopez/index.md <<'END'
---
name: Maria López
github: MariaL
photo: photo.png
---

Maria writes résumés.
END
    pixel content/members/maria-lopez/photo.png
    write content/members/sam-burn.md <<'END'
---
name: Sam Burn
---

Sam has no account.
END
    write content/articles/2026-01-02-welcome.md <<'END'
---
title: Welcome
author: jo-tremblay
tags: [news]
---

Hello, and welcome to [about](../pages/about.md).
END
    write content/articles/2026-01-10-second.md <<'END'
---
title: A second article
author: maria-lopez
tags: [news]
---

More of it.
END
    write content/comments/welcome/2026-01-03-maria.md <<'END'
---
author: maria-lopez
date: 2026-01-03
---

Thank you!
END
    write content/pages/about.md <<'END'
---
title: About us
menu: true
---

Who we are.
END
    write content/events/spring.md <<'END'
---
title: Spring meeting
start: 2026-04-10 18:00
end: 2026-04-10 20:00
---

Come along.
END
    write layouts/includes/note.html <<'END'
<p>A note.</p>
END
    write .github/workflows/site.yml <<'END'
on: push
END
    write README.md <<'END'
The guild's site.
END
}

# commit [MESSAGE]: everything as it is.
commit() {
    git add -A
    git commit -qm "${1:-A change}"
}

objects() {
    find .git -type f ! -path '.git/copse/*' | sort | sha256sum
}

# review ACTOR [OPTION...]: of this branch against main; an actor of "-" is none.
review() {
    local actor=(--actor "$1") before
    [ "$1" = - ] && actor=()
    shift
    before=$(objects)
    run "$COPSE" review main HEAD "${actor[@]}" --now "$NOW" "$@"
    if [ "$before" != "$(objects)" ]; then
        echo "the repository was written to"
        return 1
    fi
}

# says STATUS [TEXT...]: the review ended so and said all of that.
says() {
    local wanted=$1 text
    shift
    # shellcheck disable=SC2154 # bats sets status and output
    if [ "$status" != "$wanted" ]; then
        echo "wanted status $wanted, got $status:"
        echo "$output"
        return 1
    fi
    for text; do
        if [[ $output != *"$text"* ]]; then
            echo "it does not say '$text':"
            echo "$output"
            return 1
        fi
    done
}

# never TEXT: the review does not say that.
never() {
    if [[ $output == *"$1"* ]]; then
        echo "it should not say '$1':"
        echo "$output"
        return 1
    fi
}
