# The golden sites, byte for byte. `make golden` rebuilds what is expected, to be reviewed with git.

@test "the golden sites come out as expected" {
    COPSE=${COPSE:-build/copse}
    [ -n "$(find tests/golden -path '*/expected/*' -name index.html -print -quit)" ]
    tools/golden.sh --check "$COPSE"
}
