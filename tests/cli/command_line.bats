# How the program is called: commands, options, help, statuses.
load helpers

@test "copse alone names the three first commands, in the order they are needed, and fails with status 2" {
    run "$COPSE"
    fails_with 2 "copse init"
    [ "$(sed -n 's/^    copse \([a-z]*\) .*/\1/p' <<<"$output" | xargs)" = "init serve new" ]
    [[ $output == *"copse help"* ]]
}

@test "--help and --version succeed" {
    run "$COPSE" --help
    [ "$status" = 0 ]
    [[ $output == *"copse check"* ]]
    run "$COPSE" --version
    [ "$status" = 0 ]
    [[ $output == "copse "* ]]
}

# The commands, as help lists them.
commands() {
    "$COPSE" --help | sed -n 's/^    copse \([a-z]*\) .*/\1/p'
}

@test "every command has help that fits a screen of 24 lines and shows an example" {
    for command in $(commands); do
        run "$COPSE" help "$command"
        [ "$status" = 0 ]
        # The last line of the screen is the prompt's.
        [ "$(wc -l <<<"$output")" -le 23 ]
        [[ $output == *"    copse $command"* ]]
        [ "$("$COPSE" "$command" --help)" = "$output" ]
    done
    [ "$("$COPSE" help options | wc -l)" -le 23 ]
    [ "$("$COPSE" help | wc -l)" -le 23 ]
}

@test "no line of help is wider than 80 columns" {
    export LC_ALL=C.UTF-8
    for topic in $(commands) options; do
        "$COPSE" help "$topic" >text
        not grep -E '.{81}' text
    done
    "$COPSE" help >text
    not grep -E '.{81}' text
}

@test "help explains the code of a message" {
    run "$COPSE" help dead-link
    [ "$status" = 0 ]
    [[ $output == *"dead-link"*"To put it right"* ]]
}

@test "a misspelt command, option or code gets a suggestion and status 2" {
    run "$COPSE" biuld
    fails_with 2 "did you mean 'build'?"
    run "$COPSE" build --drats
    fails_with 2 "did you mean --drafts?"
    run "$COPSE" help dead-lnk
    fails_with 2 "no command and no code 'dead-lnk'"
    [[ $output == *"did you mean 'dead-link'?"* ]]
}

@test "an option of another command and too many operands are wrong usage" {
    run "$COPSE" build --gfm
    fails_with 2 "--gfm"
    run "$COPSE" build here
    fails_with 2 "has no use for 'here'"
}

@test "options may stand before the command and after operands" {
    small_site
    run "$COPSE" -C site check
    [ "$status" = 0 ]
    printf 'a | b\n--- | ---\n1 | 2\n' >table.md
    run "$COPSE" markdown table.md --gfm
    [ "$status" = 0 ]
    [[ $output == *"<table>"* ]]
}

@test "two dashes end the options: a file may be called -rf.md" {
    echo '*hi*' >-rf.md
    run "$COPSE" markdown -- -rf.md
    [ "$status" = 0 ]
    [ "$output" = "<p><em>hi</em></p>" ]
}

@test "the site is found upwards from a folder inside it" {
    small_site
    cd site/content/articles
    run "$COPSE" build --now "$NOW"
    [ "$status" = 0 ]
    [ -f ../../public/index.html ]
}

@test "nothing is printed when all is well and nobody watches" {
    small_site
    run build
    [ "$status" = 0 ]
    [ -z "$(build 2>/dev/null)" ]
}

@test "-v says what was built and where" {
    small_site
    run build -v
    [ "$status" = 0 ]
    [[ $output == *"1 article, 1 member, 1 event, 1 page"*"site/public"*"written"* ]]
}

@test "check writes nothing" {
    small_site
    before=$(find site | sort)
    run "$COPSE" check -C site --now "$NOW"
    [ "$status" = 0 ]
    [ "$(find site | sort)" = "$before" ]
}

@test "problems are shown with path, line, column, code, source line and caret, sorted" {
    small_site
    article zebra "See [there](../members/nobody.md)."
    article ant "See [there](../members/nobody.md)."
    run build
    fails_with 1 "content/articles/ant.md:6:"
    [[ $output == *"ant.md"*"zebra.md"* ]]
    [[ $output == *"    6 | See [there](../members/nobody.md)."* ]]
    [[ $output == *"      |     ^"* ]]
    [[ $output == *"2 errors"*"nothing was published"* ]]
}

@test "--format json, github and sarif are well formed" {
    command -v node || skip "node is not there to read JSON"
    small_site
    article bad "See [there](../members/nobody.md)."
    "$COPSE" check -C site --format json >json 2>err || [ $? = 1 ]
    node -e 'const p = JSON.parse(require("fs").readFileSync("json")); if (p.errors !== 1 || p.problems.filter(x => x.severity === "error")[0].line !== 6) process.exit(1)'
    "$COPSE" check -C site --format sarif >sarif 2>>err || [ $? = 1 ]
    node -e 'const p = JSON.parse(require("fs").readFileSync("sarif")); const r = p.runs[0].results.filter(x => x.level === "error")[0]; if (r.locations[0].physicalLocation.region.startLine !== 6) process.exit(1)'
    "$COPSE" check -C site --format github >github 2>>err || [ $? = 1 ]
    grep -q '^::error file=content/articles/bad.md,line=6,' github
    [ ! -s err ]
}

@test "colours only on a terminal, and never with NO_COLOR" {
    script -qec true /dev/null || skip "no terminal can be made here"
    small_site
    article bad "See [there](../members/nobody.md)."
    run "$COPSE" check -C site
    [[ $output != *$'\x1b'* ]]
    TERM=xterm run script -qec "$COPSE check -C site" /dev/null
    [[ $output == *$'\x1b[1;31m'* ]]
    TERM=xterm NO_COLOR=1 run script -qec "$COPSE check -C site --no-progress" /dev/null
    [[ $output == *error* && $output != *$'\x1b'* ]]
}

@test "--warnings-as-errors publishes nothing and fails with status 1" {
    small_site
    article odd '![](https://elsewhere.example/p.jpg)'
    run build
    [ "$status" = 0 ]
    [[ $output == *warning* ]]
    rm -r site/public
    run build --warnings-as-errors
    fails_with 1 "nothing was published"
    [ ! -e site/public ]
}

@test "a wrong SOURCE_DATE_EPOCH is wrong usage" {
    small_site
    SOURCE_DATE_EPOCH=yesterday run "$COPSE" build -C site
    fails_with 2 SOURCE_DATE_EPOCH
}

@test "standard output that cannot be written is a failure" {
    [ -e /dev/full ] || skip "no /dev/full here"
    echo hi >a.md
    run bash -c '"$COPSE" markdown a.md >/dev/full'
    fails_with 3 "the disk is full"
}
