# What docs/servers.md says to put into nginx's and Apache's settings, tried with these.
load helpers

PORT=18437

# snippet LANGUAGE: the block of docs/servers.md in it.
snippet() {
    sed -n "/^\`\`\`$1\$/,/^\`\`\`\$/p" "$BATS_TEST_DIRNAME/../../docs/servers.md" | sed '1d;$d'
}

site() {
    small_site
    echo 'compress: [gz, br]' >>site/content/site.yml
    "$COPSE" build -C site -o out --now "$NOW" -q
    chmod 755 "$BATS_RUN_TMPDIR" "$BATS_TEST_TMPDIR" || :
}

# serves ENCODING PROGRAM PATH FILE TYPE: what a browser that takes it gets.
serves() {
    local encoding=$1 program=$2 path=$3 file=$4 type=$5
    curl -s -D head -o body --retry 20 --retry-connrefused --retry-delay 1 -H "Accept-Encoding: $encoding" \
        "http://127.0.0.1:$PORT$path"
    cat head
    grep -qi "^content-type: $type" head
    grep -qi "^vary:.*accept-encoding" head
    if [ "$encoding" = identity ]; then
        not grep -qi '^content-encoding' head
    else
        [ "$(grep -ci "^content-encoding: $encoding" head)" = 1 ]
        cmp body "out/$file.${encoding/gzip/gz}"
    fi
    $program <body | cmp - "out/$file"
}

all_served() {
    for encoding in "$@"; do
        case $encoding in
        gzip) program="gzip -dc" ;;
        br) program="brotli -dc" ;;
        *) program=cat ;;
        esac
        serves "$encoding" "$program" / index.html text/html
        serves "$encoding" "$program" /articles/welcome/ articles/welcome/index.html text/html
        serves "$encoding" "$program" /assets/style.css assets/style.css text/css
    done
}

teardown() {
    if [ -s pid ]; then kill "$(cat pid)"; fi
}

@test "nginx hands out the copies" {
    command -v nginx >/dev/null || skip "nginx is not installed"
    command -v curl >/dev/null || skip "curl is not installed"
    site
    cat >nginx.conf <<END
pid $PWD/pid;
error_log $PWD/log;
events {}
http {
    types { text/html html; text/css css; }
    access_log off;
    client_body_temp_path $PWD/a; proxy_temp_path $PWD/b; fastcgi_temp_path $PWD/c; uwsgi_temp_path $PWD/d;
    scgi_temp_path $PWD/e;
    server {
        listen 127.0.0.1:$PORT;
        root $PWD/out;
        $(snippet nginx)
    }
}
END
    [ "$(id -u)" != 0 ] || sed -i '1i user root;' nginx.conf
    nginx -c "$PWD/nginx.conf" -e "$PWD/log" 3>&-
    all_served gzip identity
}

@test "Apache hands out the copies" {
    command -v apache2 >/dev/null || skip "apache2 is not installed"
    command -v curl >/dev/null || skip "curl is not installed"
    site
    modules=$(dirname "$(find /usr/lib/apache2 -name mod_rewrite.so)")
    {
        echo "ServerRoot $PWD"
        echo "ServerName localhost"
        echo "PidFile $PWD/pid"
        echo "ErrorLog $PWD/log"
        echo "Listen 127.0.0.1:$PORT"
        for module in mpm_event authz_core dir mime headers rewrite filter deflate; do
            echo "LoadModule ${module}_module $modules/mod_$module.so"
        done
        printf 'TypesConfig /dev/null\nAddType text/html .html\nAddType text/css .css\nDirectoryIndex index.html\n'
        [ "$(id -u)" != 0 ] || printf 'User www-data\nGroup www-data\n'
        echo 'AddOutputFilterByType DEFLATE text/html text/css' # as Debian has it
        echo "DocumentRoot $PWD/out"
        echo "<Directory $PWD/out>"
        echo "Require all granted"
        snippet apache
        echo "</Directory>"
    } >apache.conf
    apache2 -f "$PWD/apache.conf" -k start 3>&-
    all_served br gzip identity
}
