# What happens to the output folder.
load helpers

@test "a page that is gone is removed, and its folder" {
    small_site
    article second
    build
    [ -f site/public/articles/second/index.html ]
    rm site/content/articles/second.md
    build
    [ ! -e site/public/articles/second ]
}

@test "a second build writes nothing, and time stamps stay" {
    small_site
    build
    before=$(find site/public -printf '%p %T@ %i\n' | grep -v '^site/public ' | sort)
    run build -v
    [[ $output == *"(0 written,"* ]]
    [ "$(find site/public -printf '%p %T@ %i\n' | grep -v '^site/public ' | sort)" = "$before" ]
}

@test "an incremental build equals a clean one" {
    small_site
    build
    article second
    sed -i 's/welcome/WELCOME/' site/content/articles/*welcome.md
    rm site/content/events/*
    build
    cp -R site/public incremental
    rm -rf site/public site/.copse
    build
    diff -r incremental site/public
}

@test "foreign files elsewhere in the output stay" {
    small_site
    mkdir -p site/public/articles/welcome
    echo mine >site/public/CNAME
    echo mine >site/public/articles/welcome/notes.txt
    build
    rm site/content/articles/*
    build
    [ "$(cat site/public/CNAME)" = mine ]
    [ "$(cat site/public/articles/welcome/notes.txt)" = mine ]
}

@test "a foreign file where a page must go is refused by name, and nothing is written" {
    small_site
    mkdir -p site/public/articles/welcome
    echo mine >site/public/articles/welcome/index.html
    run build
    fails_with 1 "site/public/articles/welcome/index.html"
    [ "$(find site/public -type f)" = site/public/articles/welcome/index.html ]
    [ "$(cat site/public/articles/welcome/index.html)" = mine ]
}

@test "with errors in the content the published site stays as it was" {
    small_site
    build
    before=$(fingerprint site/public)
    article broken "See [there](../members/nobody.md)."
    echo 'broken: [' >>site/content/site.yml
    run build
    fails_with 1 "content/site.yml"
    [ "$(fingerprint site/public)" = "$before" ]
}

@test "a layout's error publishes nothing" {
    small_site
    build
    before=$(fingerprint site/public)
    echo '{% if %}' | write site/layouts/article.html
    run build
    fails_with 1 "layouts/article.html:1:"
    [ "$(fingerprint site/public)" = "$before" ]
}

@test "output folders that would do harm are refused" {
    small_site
    in_git site
    mkdir elsewhere
    for output in / "$HOME" site site/content site/content/new site/layouts site/assets . \
        site/.git/hooks; do
        mkdir -p site/layouts site/assets
        run "$COPSE" build -C site -o "$output" --now "$NOW"
        fails_with 1 "output-folder"
    done
    git -C elsewhere init -q
    run "$COPSE" build -C site -o elsewhere --now "$NOW"
    fails_with 1 "git repository"
    [ -z "$(git -C site status --porcelain)" ]
}

@test "an output folder that is a file or a dangling link is a failure of the system" {
    small_site
    echo >site/public
    run build
    fails_with 3 "site/public"
}

@test "two builds of one output cannot mix; the message says who holds it" {
    small_site
    mkdir -p site/public/.copse-work
    echo 'process 4711, since noon' >site/public/.copse-work/lock
    flock site/public/.copse-work/lock sleep 10 3>&- &
    sleep 0.3
    run build
    fails_with 3 "process 4711, since noon"
    kill %1
    [ "$(find site/public -type f)" = site/public/.copse-work/lock ]
}

@test "many builds at once leave one whole site" {
    small_site
    for i in 1 2 3 4 5 6 7 8; do
        build >"log$i" 2>&1 3>&- &
    done
    wait
    build
    rm -rf alone && "$COPSE" build -C site -o alone --now "$NOW"
    diff -r site/public alone
    not grep 'error:' log*
    [ -z "$(grep -h 'failure:' log* | grep -v 'another build')" ]
}

@test "killed in the middle, every file is whole and the next build repairs" {
    small_site
    for i in $(seq 200); do article "a$i" "First text $i."; done
    build
    sed -i 's/First/Second/' site/content/articles/a*.md
    for wait in 0.01 0.02 0.03 0.04 0.05 0.06 0.08 0.1; do
        build -j1 3>&- &
        pid=$!
        sleep $wait
        kill -9 $pid 2>/dev/null || true
        wait $pid || true
        for i in $(seq 200); do
            grep -q "</html>" "site/public/articles/a$i/index.html"
        done
    done
    build
    [ ! -e site/public/.copse-work ]
    rm -rf alone && "$COPSE" build -C site -o alone --now "$NOW"
    diff -r site/public alone
}

@test "what a build left that was killed after its last step is cleared, even with nothing to do" {
    small_site
    build
    mkdir -p site/public/.copse-work/new
    echo 'process 4711, since noon' >site/public/.copse-work/lock
    build
    [ ! -e site/public/.copse-work ]
}

@test "a read-only folder is a failure that says so" {
    small_site
    build
    before=$(fingerprint site/public)
    article second
    if [ "$(id -u)" = 0 ]; then
        id nobody >/dev/null || skip "no user nobody here"
        chmod -R a+rX "$BATS_TEST_TMPDIR" "$BATS_RUN_TMPDIR"
        cp "$COPSE" copse && chmod a+rx copse
        run setpriv --reuid=nobody --clear-groups ./copse build -C site -o site/public --now "$NOW"
    else
        chmod -R a-w site/public
        run build
        chmod -R u+w site/public
    fi
    fails_with 3 "no permission"
    [ "$(fingerprint site/public)" = "$before" ]
}

@test "a full disk leaves the site as it was, and says so" {
    [ "$(id -u)" = 0 ] || skip "only root can make a small disk"
    small_site
    mkdir disk
    mount -t tmpfs -o size=1m tmpfs disk || skip "no tmpfs can be mounted here"
    "$COPSE" build -C site -o disk/public --now "$NOW"
    before=$(fingerprint disk/public)
    article large "$(head -c 2000000 /dev/zero | tr '\0' 'x' | fold -w 60)"
    run "$COPSE" build -C site -o disk/public --now "$NOW"
    after=$(fingerprint disk/public)
    rest=$(find disk/public -name '.copse*')
    umount disk
    fails_with 3 "the disk is full"
    [ "$after" = "$before" ]
    [ -z "$rest" ]
}

@test "symlinks in the output are not followed" {
    small_site
    mkdir -p site/public else
    ln -s ../../else site/public/articles
    run build
    fails_with 1 "symbolic link"
    [ -z "$(ls else)" ]
}

@test "a clone that moved still knows its output" {
    small_site
    in_git site
    build
    mv site moved
    sed -i 's/welcome/WELCOME/' moved/content/articles/*
    rm moved/content/events/*
    run "$COPSE" build -C moved --now "$NOW"
    [ "$status" = 0 ]
    [ ! -e moved/public/events/spring-meeting ]
}
