# What `copse check` and `copse review` give code scanners, judged by the schema of SARIF 2.1.0: with
# ajv, and the schema as Microsoft's matcher for jest has it (both npm), in a folder of the run.

load helpers
bats_require_minimum_version 1.5.0

setup_file() {
    export WORK=$BATS_FILE_TMPDIR/npm
    unset MISSING
    mkdir -p "$WORK"
    if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
        export MISSING="node and npm are not installed"
    elif ! (cd "$WORK" && npm init -y && npm install --no-audit --no-fund \
        ajv@8.20.0 ajv-draft-04@1.0.0 ajv-formats@3.0.1 @microsoft/jest-sarif@1.0.0-beta.0) >"$WORK/npm.log" 2>&1; then
        export MISSING="ajv, ajv-draft-04, ajv-formats and @microsoft/jest-sarif cannot be had from npm"
    fi
    cat >"$WORK/judge.mjs" <<'END'
import { readFileSync } from "node:fs";
import Ajv from "ajv-draft-04";
import formats from "ajv-formats";
const schema = JSON.parse(readFileSync("node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json", "utf8"));
const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
formats(ajv);
const judge = ajv.compile(schema);
const found = JSON.parse(readFileSync(process.argv[2], "utf8"));
if (!judge(found)) {
    console.log(JSON.stringify(judge.errors, null, 1));
    process.exit(1);
}
console.log(`${found.runs[0].results.length} results`);
END
    _guild_once
}

_guild_once() {
    export COPSE
    export HOME=$BATS_FILE_TMPDIR/home
    export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null
    export GIT_AUTHOR_NAME=Somebody GIT_AUTHOR_EMAIL=somebody@example.org
    export GIT_COMMITTER_NAME=Somebody GIT_COMMITTER_EMAIL=somebody@example.org
    mkdir -p "$HOME"
    guild "$BATS_FILE_TMPDIR/guild"
    git -C "$BATS_FILE_TMPDIR/guild" init -q -b main
    git -C "$BATS_FILE_TMPDIR/guild" add -A
    git -C "$BATS_FILE_TMPDIR/guild" commit -qm "The site"
}

# judged: what the last run printed holds, and has results.
judged() {
    printf '%s' "$output" >"$WORK/found.sarif"
    cd "$WORK" || return 1
    run node judge.mjs found.sarif
    echo "$output"
    [ "$status" -eq 0 ]
    [[ $output =~ ^[1-9][0-9]*\ results$ ]]
}

@test "what check says is SARIF" {
    [ -z "${MISSING:-}" ] || skip "$MISSING"
    sed -i 's/designations: .*/designations: [MCSR]/' content/members/jo-tremblay.md
    printf -- '---\ntitle: "A “title”\\n\\u2028 and more"\ndate: soon\n---\n\n[here](/nowhere/) ![](x.png)\n' |
        write 'content/articles/a name with é and %.md'
    run --separate-stderr "$COPSE" check --now "$NOW" --format sarif
    [ "$status" -eq 1 ]
    judged
}

@test "what review says is SARIF, of denials and problems" {
    [ -z "${MISSING:-}" ] || skip "$MISSING"
    sed -i 's/writes/wrote/' content/members/maria-lopez/index.md
    printf '\n<blink>x</blink>\n' >>content/members/jo-tremblay.md
    printf -- '---\ntitle: x\n---\nx' | write $'content/articles/a\nb \xe2\x80\xae.md'
    commit
    run --separate-stderr "$COPSE" review main --actor jo-t --now "$NOW" --format sarif
    [ "$status" -eq 4 ]
    judged
}

@test "the judge finds what is no SARIF" {
    [ -z "${MISSING:-}" ] || skip "$MISSING"
    printf '{"version":"2.1.0","runs":[{"results":[{"level":"loud"}]}]}' >"$WORK/found.sarif"
    cd "$WORK"
    run node judge.mjs found.sarif
    [ "$status" -eq 1 ]
    [[ $output == *'"instancePath": "/runs/0/results/0/level"'* ]]
}
