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
