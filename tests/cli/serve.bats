# copse serve: the live preview, from outside.
load helpers

# start [OPTION...]: serves site/; URL is its address.
start() {
    "$COPSE" serve -C site "$@" >log 2>err 3>&- &
    SERVER=$!
    wait_for 'shows the site' log
    wait_for '^Built|^Not shown|^The build' log
    URL=$(sed -n 's,^\(http://[^/]*\)/ shows.*,\1,p' log)
}

teardown() {
    if [ -n "${SERVER:-}" ] && kill "$SERVER" 2>/dev/null; then
        wait "$SERVER" || :
    fi
    if [ -n "${ELSEWHERE:-}" ]; then
        chmod -R u+w "$ELSEWHERE"
        rm -rf "$ELSEWHERE"
    fi
}

# wait_for PATTERN FILE: at most ten seconds.
wait_for() {
    for _ in $(seq 200); do
        grep -Eqs "$1" "$2" && return
        sleep 0.05
    done
    echo "no '$1' in $2:"
    cat "$2" err
    return 1
}

# wait_page PATH PATTERN: until the page at PATH holds it.
wait_page() {
    for _ in $(seq 200); do
        curl -s "$URL$1" | grep -qF "$2" && return
        sleep 0.05
    done
    echo "no '$2' at $1"
    cat log err
    return 1
}

code() {
    curl -s -o /dev/null -w '%{http_code}' --path-as-is "$@"
}

# raw BYTES: sends them as they are, and shows the first line of the answer.
raw() {
    local port=${URL##*:}
    exec 9<>"/dev/tcp/127.0.0.1/$port"
    # The server may have hung up already.
    (trap '' PIPE; printf '%b' "$1" >&9 2>/dev/null) || :
    timeout 5 head -n 1 <&9 || :
    exec 9>&- 9<&-
}

# The number of the last event, from a page.
number() {
    curl -s "$URL/" | sed -n 's/.*preview.js?since=\([0-9]*\).*/\1/p'
}

@test "the preview lives in a folder of its own, with drafts and the future in it" {
    small_site
    sed -i '2a draft: true' site/content/articles/2026-01-02-welcome.md
    article later
    sed -i 's/^date: .*/date: 2999-01-01/' site/content/articles/later.md
    start
    [ "$(code "$URL/articles/welcome/")" = 200 ]
    [ "$(code "$URL/articles/later/")" = 200 ]
    [ ! -e site/public ]
    [ -z "$(find site -newer log -type f -path '*content*')" ]
}

@test "what nobody else sees yet has a ribbon, of any kind and with any layout" {
    small_site
    write site/layouts/article.html <<<'<title>Bare</title>{{ page.title }}'
    article later
    sed -i 's/^date: .*/date: 2999-01-01/' site/content/articles/later.md
    sed -i '2a draft: true' site/content/events/spring-meeting.md site/content/members/jo-tremblay.md
    start
    curl -s "$URL/articles/later/" | grep -q 'data-ribbon="Scheduled'
    curl -s "$URL/articles/later/index.html" | grep -q 'data-ribbon="Scheduled'
    curl -s "$URL/events/spring-meeting/" | grep -q 'data-ribbon="Draft'
    curl -s "$URL/members/jo-tremblay/" | grep -q 'data-ribbon="Draft'
    for path in / /articles/welcome/ /events/ /no-such-page /about/; do
        curl -s "$URL$path" >page
        grep -q preview.js page
        not grep -q data-ribbon page
    done
    sed -i '/^draft: true/d' site/content/events/spring-meeting.md
    for _ in $(seq 200); do
        curl -s "$URL/events/spring-meeting/" | grep -q data-ribbon || break
        sleep 0.05
    done
    not grep -q data-ribbon <(curl -s "$URL/events/spring-meeting/")
    grep -q data-ribbon <(curl -s "$URL/members/jo-tremblay/")
}

@test "folders, pages, types, the 404 page and HEAD are as a web server has them" {
    small_site
    start
    run curl -si "$URL/"
    [[ $output == *"200 OK"*"text/html; charset=utf-8"*'src="/_copse/preview.js?since='* ]]
    run curl -si "$URL/members?q=1"
    [[ $output == *"302 Found"*"Location: /members/?q=1"* ]]
    run curl -si "$URL/no-such-page"
    [[ $output == *"404 Not Found"*"text/html"*"_copse/preview.js"* ]]
    [[ "$(curl -sI "$URL/assets/style.css")" == *"text/css"* ]]
    [[ "$(curl -sI "$URL/feed.xml")" == *"application/atom+xml"* ]]
    [[ "$(curl -sI "$URL/events.ics")" == *"text/calendar"* ]]
    not grep -q _copse <(curl -s "$URL/feed.xml")
    [ "$(curl -s "$URL/assets/style.css" | sha256sum)" = "$(cat "$HOME"/.cache/copse/preview-*/assets/style.css | sha256sum)" ]
    [ "$(code "$URL/_copse/preview.js")" = 200 ]
    [ "$(code "$URL/_copse/preview.css")" = 200 ]
    [ "$(code "$URL/_copse/other")" = 404 ]
}

@test "tags spare what is known, ranges give parts" {
    small_site
    start
    tag=$(curl -sI "$URL/assets/style.css" | tr -d '\r' | sed -n 's/^ETag: //p')
    [ -n "$tag" ]
    [ "$(code -H "If-None-Match: $tag" "$URL/assets/style.css")" = 304 ]
    [ "$(code -H 'If-None-Match: "other"' "$URL/assets/style.css")" = 200 ]
    curl -s "$URL/assets/style.css" >whole
    [ "$(curl -s -r 5-14 "$URL/assets/style.css")" = "$(tail -c +6 whole | head -c 10)" ]
    [ "$(curl -s -r -7 "$URL/assets/style.css" | sha256sum)" = "$(tail -c 7 whole | sha256sum)" ]
    [ "$(code -r 99999999- "$URL/assets/style.css")" = 416 ]
    [ "$(code -r 0-3 -H 'If-Range: "other"' "$URL/assets/style.css")" = 200 ]
}

@test "other names, other methods and ways out are refused" {
    small_site
    echo secret >site/secret.txt
    start
    ln -s "$PWD/site/secret.txt" "$(echo "$HOME"/.cache/copse/preview-*)/link.txt"
    [ "$(code -H 'Host: evil.example' "$URL/")" = 421 ]
    [ "$(code -H 'Host: localhost.evil.example:80' "$URL/")" = 421 ]
    [ "$(code -H 'Host: localhost:1234' "$URL/")" = 200 ]
    [ "$(code -X POST -d x=1 "$URL/")" = 405 ]
    [ "$(code -X DELETE "$URL/")" = 405 ]
    for way in /../secret.txt /%2e%2e/secret.txt /..%2fsecret.txt /..%5csecret.txt //etc/passwd \
        /%c0%ae%c0%ae/secret.txt /link.txt /.copse-work/lock /a/..%252fsecret.txt; do
        [ "$(code "$URL$way")" = 404 ]
    done
    [ "$(code "$URL/%00")" = 400 ]
    [ "$(code "$URL/%zz")" = 400 ]
    [ "$(code "$URL/a%0d%0aX-Evil:1")" = 400 ]
    [ "$(code "$URL/_copse/../../etc/passwd")" = 404 ]
}

@test "malformed and huge requests do it no harm" {
    small_site
    start
    raw 'GET / HTTP/1.1\r\n\r\n'
    raw 'GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n' | grep -q 400
    raw 'GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n' | grep -q 421
    raw 'GET /\\x00/../secret HTTP/1.1\r\nHost: localhost\r\n\r\n'
    raw "GET /$(printf 'a%.0s' {1..60000}) HTTP/1.1\r\nHost: localhost\r\n\r\n"
    raw "GET / HTTP/1.1\r\nHost: localhost\r\nX: $(printf 'a%.0s' {1..60000})\r\n\r\n"
    raw 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n'
    raw 'GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff1\r\n'
    raw '\r\n\r\n\x01\xff\xfe'
    port=${URL##*:}
    for _ in $(seq 30); do
        head -c 3000 /dev/urandom | timeout 1 bash -c "cat >/dev/tcp/127.0.0.1/$port" || :
        { printf 'GET /'; head -c 200 /dev/urandom; printf ' HTTP/1.1\r\nHost: localhost\r\n\r\n'; } |
            timeout 1 bash -c "cat >/dev/tcp/127.0.0.1/$port" || :
    done
    [ "$(code "$URL/")" = 200 ]
}

@test "hundreds of malformed requests get nothing from outside, and good ones are still answered" {
    small_site
    start
    echo "a secret beside the output" >"$HOME/.cache/copse/secret.txt"
    python3 "$BATS_TEST_DIRNAME/fuzz_http.py" "${URL##*:}" 800 7 "a secret beside the output"
    [ "$(code "$URL/")" = 200 ]
}

@test "a save is shown and open pages are told to reload" {
    small_site
    start
    since=$(number)
    curl -sN -m 10 "$URL/_copse/events?since=$since" >events &
    sleep 0.3
    [ ! -s events ]
    sed -i 's/^title: Welcome/title: Good morning/' site/content/articles/2026-01-02-welcome.md
    wait $!
    grep -qx 'event: reload' events
    wait_page /articles/welcome/ "Good morning"
    # What a page heard last is not told again, even to a page that was not there meanwhile.
    run curl -s -m 10 -H "Last-Event-ID: $since" "$URL/_copse/events?since=$since"
    [[ $output == *"event: reload"* ]]
    run curl -s -m 1 "$URL/_copse/events?since=$(number)"
    [[ $output != *event:* ]]
}

@test "a stylesheet alone needs no reload" {
    small_site
    write site/assets/own.css <<<'a { color: red }'
    start
    curl -sN -m 10 "$URL/_copse/events?since=$(number)" >events &
    sleep 0.3
    echo 'a { color: blue }' >site/assets/own.css
    wait $!
    grep -qx 'event: style' events
    not grep -q reload events
    wait_page /assets/own.css blue
}

@test "errors are told with file, line and caret while the last good site stays" {
    small_site
    start
    curl -sN -m 10 "$URL/_copse/events?since=$(number)" >events &
    sleep 0.3
    article bad "See [there](../members/nobody.md)."
    wait $!
    grep -qx 'event: problems' events
    run curl -s "$URL/_copse/problems"
    [[ $output == *"content/articles/bad.md:6:"*"    6 | See"*"^"* ]]
    [ "$(code "$URL/articles/welcome/")" = 200 ]
    [ "$(code "$URL/articles/bad/")" = 404 ]
    article bad "All is well."
    wait_page /articles/bad/ "All is well."
    [ -z "$(curl -s "$URL/_copse/problems")" ]
}

@test "a file saved by halves is an error until the rest comes" {
    small_site
    start
    printf -- '---\ntitle: "Half' >site/content/pages/half.md
    wait_for 'Not shown yet' log
    curl -s "$URL/_copse/problems" | grep -q 'content/pages/half.md:'
    [ "$(code "$URL/about/")" = 200 ]
    printf -- '---\ntitle: "Half and half"\n---\n\nText.\n' >site/content/pages/half.md
    wait_page /half/ "Half and half"
}

@test "begun on content with errors it says so and waits for the mending save" {
    small_site
    article bad 'See [<b>](../members/nobody.md).'
    start
    run curl -si "$URL/"
    [[ $output == *"503 "*"cannot be built yet"*"bad.md:6:"*"&lt;b&gt;"*"_copse/preview.js"* ]]
    article bad "All is well."
    wait_page /articles/bad/ "All is well."
}

@test "saves by rename, folders that come and go, and a hundred saves in a second are followed" {
    small_site
    start
    printf -- '---\ntitle: Renamed\n---\n\nText.\n' >site/content/pages/.x.swp
    mv site/content/pages/.x.swp site/content/pages/about.md
    wait_page /about/ Renamed
    mkdir -p site/content/articles/deep/er
    printf -- '---\ntitle: Deep\ndate: 2026-01-01\n---\n\nText.\n' >site/content/articles/deep/er/x.md
    wait_page /articles/x/ Deep
    sed -i 's/Deep/Deeper/' site/content/articles/deep/er/x.md
    wait_page /articles/x/ Deeper
    mv site/content gone
    wait_for 'Not shown yet|broke off' log
    mv gone site/content
    sed -i 's/Renamed/Again/' site/content/pages/about.md
    wait_page /about/ Again
    for i in $(seq 100); do
        printf -- '---\ntitle: Save %s.\n---\n\nText.\n' "$i" >site/content/pages/about.md
    done
    wait_page /about/ "Save 100."
    mv site moved
    sleep 0.2
    mv moved site
    sed -i 's/Save 100/Home again/' site/content/pages/about.md
    wait_page /about/ "Home again"
}

@test "a swap file or a backup is no change" {
    small_site
    start
    touch site/content/pages/.about.md.swp site/content/pages/about.md~ site/content/pages/4913
    touch site/notes.txt
    sleep 0.5
    [ "$(grep -c '^Rebuilt' log)" = 0 ]
    [ "$(curl -s -m 1 "$URL/_copse/events?since=$(number)" | grep -c event:)" = 0 ]
}

@test "--poll follows changes without the system's help" {
    small_site
    start --poll
    sed -i 's/^title: About us/title: About them/' site/content/pages/about.md
    wait_page /about/ "About them"
}

@test "where the system has no watches left it says so and looks for changes itself" {
    unshare --user --map-root-user sh -c 'echo 2 >/proc/sys/user/max_inotify_watches' 2>/dev/null ||
        skip "watches cannot be limited here"
    small_site
    unshare --user --map-root-user sh -c 'echo 2 >/proc/sys/user/max_inotify_watches
        exec "$0" serve -C site' "$COPSE" >log 2>err 3>&- &
    SERVER=$!
    wait_for '^Built' log
    grep -q "no watches left" log
    URL=$(sed -n 's,^\(http://[^/]*\)/ shows.*,\1,p' log)
    sed -i 's/^title: About us/title: About them/' site/content/pages/about.md
    wait_page /about/ "About them"
}

@test "watches that run out later are told once, and changes are still followed" {
    unshare --user --map-root-user sh -c 'echo 9 >/proc/sys/user/max_inotify_watches' 2>/dev/null ||
        skip "watches cannot be limited here"
    small_site
    unshare --user --map-root-user sh -c 'echo 9 >/proc/sys/user/max_inotify_watches
        exec "$0" serve -C site' "$COPSE" >log 2>err 3>&- &
    SERVER=$!
    wait_for '^Built' log
    not grep -q "no watches left" log
    URL=$(sed -n 's,^\(http://[^/]*\)/ shows.*,\1,p' log)
    mkdir -p site/content/articles/a/b/c/d/e/f/g
    wait_for "no watches left" log
    sed -i 's/^title: About us/title: About them/' site/content/pages/about.md
    wait_page /about/ "About them"
    [ "$(grep -c "no watches left" log)" = 1 ]
}

@test "a site that cannot be written is shown all the same" {
    local as=()
    if [ "$(id -u)" = 0 ]; then
        command -v setpriv >/dev/null || skip "nobody else to be here"
        as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
    fi
    # Not below the folder of bats, into which nobody else may look.
    ELSEWHERE=$(mktemp -d)
    small_site "$ELSEWHERE/site"
    in_git "$ELSEWHERE/site"
    mkdir "$ELSEWHERE/home"
    chmod a+rwx "$ELSEWHERE" "$ELSEWHERE/home"
    chmod -R a-w,a+rX "$ELSEWHERE/site"
    "${as[@]}" "$COPSE" --version || skip "nobody else may run $COPSE"
    HOME=$ELSEWHERE/home "${as[@]}" "$COPSE" serve -C "$ELSEWHERE/site" >log 2>err 3>&- &
    SERVER=$!
    wait_for '^Built' log
    URL=$(sed -n 's,^\(http://[^/]*\)/ shows.*,\1,p' log)
    [ "$(code "$URL/about/")" = 200 ]
    kill -INT "$SERVER"
    wait "$SERVER"
    SERVER=
    [ -z "$(ls "$ELSEWHERE/home/.cache/copse")" ]
}

@test "without a folder for the preview it does not begin, and says what to do" {
    small_site
    echo file >taken
    HOME=$PWD/taken run "$COPSE" serve -C site
    fails_with 3 "XDG_CACHE_HOME"
}

@test "another branch is followed, there and back" {
    small_site
    in_git site
    git -C site switch -qc other
    sed -i 's/^title: About us/title: On a branch/' site/content/pages/about.md
    article branched
    git -C site add -A
    git -C site -c user.name=Jo -c user.email=jo@example.org commit -qm Other
    git -C site switch -q main
    start
    [ "$(code "$URL/articles/branched/")" = 404 ]
    git -C site switch -q other
    wait_page /about/ "On a branch"
    [ "$(code "$URL/articles/branched/")" = 200 ]
    git -C site switch -q main
    wait_page /about/ "About us"
    # What is gone is removed last: a page may be new already while that still stands.
    for _ in $(seq 50); do
        [ "$(code "$URL/articles/branched/")" = 404 ] && break
        sleep 0.1
    done
    [ "$(code "$URL/articles/branched/")" = 404 ]
}

@test "--open shows it in a browser once, and says the address where there is none" {
    small_site
    write bin/xdg-open <<<'#!/bin/sh
echo "$1" >>opened'
    chmod +x bin/xdg-open
    PATH=$PWD/bin:$PATH start --open
    for _ in $(seq 200); do [ -s opened ] && break; sleep 0.05; done
    [ "$(cat opened)" = "$URL/" ]
    sed -i 's/^title: About us/title: About them/' site/content/pages/about.md
    wait_page /about/ "About them"
    [ "$(wc -l <opened)" = 1 ]
    kill -INT "$SERVER"
    wait "$SERVER"
    mkdir none
    env PATH="$PWD/none" "$COPSE" serve -C site --open >log 2>err 3>&- &
    SERVER=$!
    wait_for "open http://127.0.0.1:[0-9]*/ yourself" log
}

@test "a port in use is an error; without --port the next free one is taken" {
    small_site
    start
    port=${URL##*:}
    run "$COPSE" serve -C site --port "$port"
    fails_with 3 "port $port is in use"
    run "$COPSE" serve -C site --port 70000
    fails_with 2 "1 to 65535"
    mkdir other
    (cd other && exec timeout -s INT 3 "$COPSE" serve -C ../site >../log2 2>&1) || :
    grep -q "http://127.0.0.1:[0-9]*/ shows" log2
    not grep -q ":$port/" log2
}

@test "it ends cleanly on Ctrl-C and leaves nothing behind" {
    small_site
    start
    curl -sN -m 10 "$URL/_copse/events?since=$(number)" >events &
    sleep 0.2
    kill -INT "$SERVER"
    wait "$SERVER"
    SERVER=
    grep -q "has ended" log
    [ -z "$(ls "$HOME/.cache/copse")" ]
    not grep -E 'error|warning' err
}

@test "a site that was made anew at the same place is served" {
    small_site
    start
    kill -KILL "$SERVER"
    wait "$SERVER" || :
    rm -rf site
    small_site
    sed -i 's/^title: The Guild/title: The New Guild/' site/content/site.yml
    start
    wait_page / "The New Guild"
}

@test "its memory does not grow with the saves" {
    [ -r /proc/self/status ] || skip "no /proc here"
    not grep -q __asan_init "$COPSE" || skip "a sanitizer keeps freed memory on purpose"
    small_site
    start
    size() { awk '/^VmRSS/ { print $2 }' "/proc/$SERVER/status"; }
    for i in $(seq 5); do
        echo "$i" >>site/content/pages/about.md
        curl -s "$URL/about/" >/dev/null
        sleep 0.1
    done
    before=$(size)
    for i in $(seq 40); do
        echo "$i" >>site/content/pages/about.md
        curl -s "$URL/about/" >/dev/null
        sleep 0.05
    done
    [ "$(size)" -lt $((before + 1000)) ]
}

@test "outside a site it says how to begin one" {
    mkdir empty
    run "$COPSE" serve -C empty
    fails_with 1 "copse init"
}
