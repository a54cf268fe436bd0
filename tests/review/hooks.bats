# The hooks of examples/workflows/bare, with real pushes over file://.

load helpers

setup() {
    HOOKS=$BATS_TEST_DIRNAME/../../examples/workflows/bare
    cd "$BATS_TEST_TMPDIR" || return 1
    git clone -q --bare "$BATS_FILE_TMPDIR/guild" repository.git
    cp "$HOOKS"/pre-receive "$HOOKS"/post-receive repository.git/hooks/
    git -C repository.git config copse.program "$COPSE"
    git -C repository.git config copse.output "$PWD/www"
    git clone -q "file://$PWD/repository.git" site
    cd site || return 1
}

tip() {
    git -C ../repository.git rev-parse main
}

@test "a push that is not allowed is refused with the review's words" {
    before=$(tip)
    sed -i 's/writes/wrote/' content/members/maria-lopez/index.md
    commit
    run env COPSE_ACTOR=jo-t git push origin main
    says 1 "belongs to the account MariaL, and the change comes from jo-t"
    [ "$(tip)" = "$before" ]
    [ ! -e ../www ]
}

@test "an honest push is taken and published" {
    sed -i 's/ten years/eleven years/' content/members/jo-tremblay.md
    commit
    run env COPSE_ACTOR=jo-t git push origin main
    says 0 "may be merged" "Published in"
    [ "$(tip)" = "$(git rev-parse HEAD)" ]
    grep -q 'eleven years' ../www/members/jo-tremblay/index.html
}

@test "a push by nobody is refused" {
    before=$(tip)
    sed -i 's/ten years/eleven years/' content/members/jo-tremblay.md
    commit
    run env -u COPSE_ACTOR -u GL_USERNAME -u GITEA_PUSHER_NAME -u REMOTE_USER -u GL_USER git push origin main
    says 1 "Nobody said who is pushing"
    [ "$(tip)" = "$before" ]
}

@test "a push that throws away what is there is refused" {
    before=$(tip)
    git commit -q --amend -m "Another beginning"
    run env COPSE_ACTOR=ada-admin git push --force origin main
    says 1 "would throw away"
    [ "$(tip)" = "$before" ]
}

@test "the site's branch cannot be deleted, other branches are free" {
    git -C ../repository.git config receive.denyDeleteCurrent ignore
    run env COPSE_ACTOR=ada-admin git push origin :main
    says 1 "cannot be deleted"
    sed -i 's/writes/wrote/' content/members/maria-lopez/index.md
    commit
    run git push origin HEAD:refs/heads/idea
    says 0
}

@test "the workflows are good YAML" {
    command -v yamllint >/dev/null || skip "yamllint is not installed"
    yamllint -d '{extends: default, rules: {line-length: {max: 120}, document-start: disable}}' \
        "$BATS_TEST_DIRNAME"/../../examples/workflows/github "$BATS_TEST_DIRNAME"/../../examples/workflows/gitlab/.gitlab-ci.yml
}
