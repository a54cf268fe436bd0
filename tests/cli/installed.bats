# What `make install` brings besides the programs: manual pages, and completions tried in real shells.
load helpers

ROOT=$BATS_TEST_DIRNAME/../..

# Copies what was built below prefix/; the programs themselves are not built again.
install_copse() {
    MAKEFLAGS='' MFLAGS='' make -s -C "$ROOT" install-files OUT="$(dirname "$COPSE")" PREFIX="$PWD/prefix" >/dev/null
}

# completes SHELL: what Tab makes of each line, in the folder of a site under git.
completes() {
    command -v "$1" >/dev/null || skip "$1 is not there"
    install_copse
    small_site
    in_git site
    mkdir site/public "site/my notes"
    cat >lines <<'END'
copse bui => copse build
copse build --dra => copse build --drafts
copse build -o pub => copse build -o public/
copse build -o my => copse build -o my notes/
copse -C pub => copse -C public/
copse -C public bui => copse -C public build
copse check --format=js => copse check --format=json
copse check --format sar => copse check --format sarif
copse check --warn => copse check --warnings-as-errors
copse new art => copse new article
copse new --slug mem eve => copse new --slug mem event
copse help unknown-mem => copse help unknown-member
copse help opt => copse help options
copse layouts --dra => copse layouts --dra
copse markdown content/si => copse markdown content/site.yml
copse init con => copse init content/
copse review ma => copse review main
copse review main ma => copse review main main
END
    sed 's/ => .*//' lines >typed
    sed 's/.* => //' lines >wanted
    PATH=$PWD/prefix/bin:$PATH python3 "$BATS_TEST_DIRNAME/complete.py" "$1" "$PWD/prefix/share" "$PWD/site" <typed >got
    diff wanted got
}

@test "what is installed is removed again" {
    install_copse
    [ -x prefix/bin/copse ]
    [ -f prefix/share/man/man1/copse.1 ]
    "prefix/bin/copse" --version
    MAKEFLAGS='' MFLAGS='' make -s -C "$ROOT" uninstall PREFIX="$PWD/prefix"
    [ -z "$(find prefix -type f)" ]
}

@test "every command has a manual page, and every page is sound" {
    command -v mandoc >/dev/null || skip "mandoc is not there"
    install_copse
    cd prefix/share/man/man1
    "$COPSE" help | sed -n 's/^    copse \([a-z]*\) .*/copse-\1.1/p' >wanted
    [ "$(wc -l <wanted)" -ge 12 ]
    diff wanted <(ls copse-*.1)
    # A page has no date: it would change with every build.
    mandoc -Tlint -Wwarning copse*.1 | grep -v 'missing date' >problems || :
    diff /dev/null problems
    LC_ALL=C not grep -q '[^ -~]' copse*.1
}

@test "a manual page tells what the help page tells, with the shared options explained" {
    command -v mandoc >/dev/null || skip "mandoc is not there"
    install_copse
    mandoc -Tascii prefix/share/man/man1/copse-serve.1 | sed $'s/.\b//g' >page
    grep -q 'copse-serve - show the site in your browser while you write' page
    grep -q -- '--port N' page
    grep -q -- '-C, --site DIR' page
    grep -q 'copse serve --open' page
    mandoc -Tascii prefix/share/man/man1/copse.1 | sed $'s/.\b//g' >page
    grep -q 'copse init guild' page
    grep -q 'EXIT STATUS' page
    grep -q NO_COLOR page
}

@test "bash completes commands, options, folders, choices, kinds, branches and topics" {
    completes bash
}

@test "zsh completes the same" {
    completes zsh
}

@test "fish completes the same" {
    completes fish
}
