# Builds that cannot go on, and what the next one makes of what it finds. Every place at which one can be broken off,
# and more turns of what is done at random, are .ci/run's.

setup() {
    command -v python3 >/dev/null || skip "python3 is not installed"
    command -v cc >/dev/null || command -v gcc >/dev/null || command -v clang >/dev/null ||
        skip "no C compiler is installed, of which these need one"
    cd "$BATS_TEST_DIRNAME/../.." || exit 1
}

# strange WORD: the tests of strange_state.py that have it in their names.
strange() {
    run python3 tests/incremental/strange_state.py "$COPSE" --only "$1" --times "${TIMES:-1}" --seed "${SEED:-5}"
    echo "$output"
    [ "$status" -eq 0 ]
    reason=$(grep -oP '^ok .* # skip \K.*' <<<"$output" | head -n 1) || :
    [ -z "$reason" ] || skip "$reason"
    [[ $output =~ [1-9][0-9]*\ passed ]]
}

@test "a build on a full disk, or killed, leaves the site whole and the next build right" {
    run python3 tests/incremental/broken_off.py "$COPSE" --every "${EVERY:-37}" --seed "${SEED:-5}"
    echo "$output"
    [ "$status" -eq 0 ]
}

@test "a disk that is too small for the output, the cache or both" { strange disk; }
@test "a cache that another program wrote counts as not there" { strange another_program; }
@test "a cache that another program wrote, where the system does not tell which one this is" { strange without_a_file; }
@test "a site that was copied with all that is known of it" { strange copied; }
@test "a cache and an output of another repository at the same place" { strange another_repository; }
@test "a cache, a manifest and a history that are cut off or have other bits" { strange damaged; }
@test "two builds at once, and many with edits in between" { strange at_once; }
@test "a clock that jumps ahead and back" { strange clock; }
