# copse init: a site that builds, checks and is committed.
load helpers

@test "a new site builds, passes check without a warning and is committed" {
    run "$COPSE" init guild
    [ "$status" = 0 ]
    [[ $output == *"cd guild"*"copse serve"* ]]
    run "$COPSE" check -C guild --warnings-as-errors --drafts --future
    [ "$status" = 0 ]
    [ -z "$output" ]
    "$COPSE" build -C guild
    [ -f guild/public/index.html ]
    [ -z "$(git -C guild status --porcelain)" ]
    [ "$(git -C guild log --format=%s)" = "A new site, made by copse init" ]
    [ "$(git -C guild symbolic-ref --short HEAD)" = main ]
    git -C guild fsck --strict
}

@test "it has a README, a .gitignore and two examples of each kind, and no theme of its own" {
    "$COPSE" init guild
    [ -f guild/README.md ]
    [ -f guild/.gitignore ]
    for kind in articles members events pages comments; do
        [ "$(find "guild/content/$kind" -name '*.md' | wc -l)" -ge 2 ]
    done
    [ ! -e guild/layouts ]
    [ ! -e guild/content/i18n ]
    [ ! -e guild/starter ]
}

@test "it has the review workflow, which does nothing until it is told where copse is" {
    "$COPSE" init guild
    for name in review comment; do
        cmp "guild/.github/workflows/$name.yml" "$BATS_TEST_DIRNAME/../../examples/workflows/github/$name.yml"
    done
    grep -q "if: vars.COPSE_IMAGE != ''" guild/.github/workflows/review.yml
    [ ! -e guild/examples ]
    # What the workflow asks is answered: a colleague may add a bio, and nothing else.
    cd guild
    git config user.name Sam && git config user.email sam@example.org
    git checkout -qb bio
    "$COPSE" new member "Sam Newcomer"
    sed -i '/^github:/d; /^name:/a github: sam-n' content/members/sam-newcomer/index.md
    git add -A && git commit -qm "My bio"
    run "$COPSE" review main bio --actor sam-n
    [ "$status" = 0 ]
    sed -i 's/^title:.*/title: Mine/' content/site.yml
    git commit -qam "A better title"
    run "$COPSE" review main bio --actor sam-n
    [ "$status" = 4 ]
}

@test "the starter's content is not part of other sites" {
    small_site
    build
    not grep -rqi "maria" site/public
}

@test "an empty folder will do; one that holds anything is left alone" {
    mkdir empty full
    "$COPSE" init empty
    [ -f empty/content/site.yml ]
    echo mine >full/notes.txt
    run "$COPSE" init full
    fails_with 1 "not empty"
    [ "$(ls -A full)" = notes.txt ]
    run "$COPSE" init full/notes.txt
    fails_with 1 "is a file"
    [ "$(cat full/notes.txt)" = mine ]
    run "$COPSE" init empty
    fails_with 1 "no site was made"
}

@test "the commit is by whom git knows; without a name it says how to give one" {
    run "$COPSE" init one
    [[ $output == *"git config --global user.name"* ]]
    printf '[user]\n\tname = Jo Tremblay\n\temail = jo@example.org\n' >"$HOME/.gitconfig"
    run "$COPSE" init two
    [ "$(git -C two log --format='%an <%ae>')" = "Jo Tremblay <jo@example.org>" ]
    [[ $output != *"git config"* ]]
}

@test "a site in another repository gets a repository of its own" {
    git init -q outer
    "$COPSE" init outer/site
    [ "$(git -C outer/site rev-list --count HEAD)" = 1 ]
    [ "$(git -C outer/site rev-parse --show-toplevel)" = "$(cd outer/site && pwd -P)" ]
}

@test "names with blanks and folders on the way are fine; an empty name is wrong" {
    "$COPSE" init "a b/c d"
    "$COPSE" check -C "a b/c d"
    run "$COPSE" init ""
    fails_with 2 "empty"
    run "$COPSE" init
    fails_with 2 "copse init DIR"
}

@test "a place that cannot be written is a failure, said with its name" {
    run "$COPSE" init /proc/guild
    fails_with 3 "/proc/guild"
}

@test "from init to a published article in four commands" {
    "$COPSE" init guild
    cd guild
    "$COPSE" new article "Our first meeting"
    sed -i '/^draft: true$/d' content/articles/*-our-first-meeting.md
    "$COPSE" check --warnings-as-errors
    "$COPSE" build
    grep -q "Our first meeting" public/index.html
    [ -f public/articles/our-first-meeting/index.html ]
}
