# Incremental builds give what clean builds give. The property test is edits.py; EDITS and SEED
# change how many edits it makes, and which.

setup() {
    command -v python3 >/dev/null || skip "python3 is not installed"
    cd "$BATS_TEST_DIRNAME/../.." || exit 1
}

@test "after each of many random edits the output and messages are those of a clean build" {
    run python3 tests/incremental/edits.py "$COPSE" tests/golden/every-kind/site \
        --edits "${EDITS:-150}" --seed "${SEED:-7}"
    echo "$output"
    [ "$status" -eq 0 ]
}

@test "likewise after edits of texts, which take the frozen site of the build before" {
    run python3 tests/incremental/edits.py "$COPSE" tests/golden/every-kind/site --texts \
        --edits "${EDITS:-80}" --seed "${SEED:-8}"
    echo "$output"
    [ "$status" -eq 0 ]
    # Some of them must have been such.
    [[ $output =~ published,\ [1-9][0-9]*\ by\ an\ edit ]]
}
