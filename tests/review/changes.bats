# The review's list of pages is what builds differ in. The property test is changes.py; CHANGES and
# SEED change how many changes it makes, and which.

setup() {
    command -v python3 >/dev/null || skip "python3 is not installed"
    cd "$BATS_TEST_DIRNAME/../.." || exit 1
}

@test "of each of many random changes the review tells what two clean builds differ in" {
    run python3 tests/review/changes.py "$COPSE" tests/golden/every-kind/site \
        --changes "${CHANGES:-8}" --seed "${SEED:-2}"
    echo "$output"
    [ "$status" -eq 0 ]
}

@test "likewise of changes of texts only, which are not built twice" {
    run python3 tests/review/changes.py "$COPSE" tests/golden/every-kind/site --texts \
        --changes "${CHANGES:-8}" --seed "${SEED:-3}"
    echo "$output"
    [ "$status" -eq 0 ]
}
