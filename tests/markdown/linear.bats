# Markdown stays linear on inputs made to be hard: ten times the input takes at most twelve times the
# instructions. A few of them; tests/bench/markdown/linear.sh runs all.

@test "ten times the input takes at most twelve times the instructions" {
    command -v valgrind >/dev/null || skip "valgrind is not installed"
    build=$(dirname "${COPSE:-$PWD/build/copse}")
    case $(basename "$build") in *san-*) skip "what is counted is the plain build" ;; esac
    cd "$BATS_TEST_DIRNAME/../.."
    program=$BATS_TEST_TMPDIR/bench-markdown
    # shellcheck disable=SC2046
    "${CC:-cc}" -std=c11 -D_GNU_SOURCE -O2 -fno-pie -no-pie -Isrc -o "$program" \
        tests/bench/markdown/markdown.c "$build/libcopse.a" $(pkg-config --libs libcmark gumbo) -lm -pthread
    run env SMALL=4000 tests/bench/markdown/linear.sh "$program" "nested brackets" "footnotes" "columns" \
        "tables in quotes" "tables in deep quotes" "addresses" "nearly addresses" "raw inlines, open" \
        "equal headings" "French quotes"
    echo "$output"
    [ "$status" = 0 ]
    [ "${#lines[@]}" = 10 ]
}
