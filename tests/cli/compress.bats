# Compressed copies beside the pages, on request.
load helpers

# counts SUFFIX: how many files of the output end so.
counts() { find site/public -name "*$1" | wc -l; }

@test "site.yml's compress puts copies beside every text file, and they unpack to it" {
    small_site
    echo 'compress: [gz, br, zst]' >>site/content/site.yml
    build
    while IFS= read -r -d '' file; do
        gzip -dc "$file.gz" | cmp - "$file"
        brotli -dc "$file.br" | cmp - "$file"
        zstd -q -dc "$file.zst" | cmp - "$file"
    done < <(find site/public -name '*.html' -print0 -o -name '*.xml' -print0 -o -name '*.css' -print0)
    [ "$(counts .html.gz)" = "$(counts .html)" ]
}

@test "any number of threads gives the same copies" {
    small_site
    echo 'compress: gz, br, zst' >>site/content/site.yml
    build -j1
    cp -R site/public one
    rm -rf site/public site/.copse
    build -j4
    diff -r one site/public
}

@test "a changed page takes its copies along, and a page that is gone too" {
    small_site
    echo 'compress: [gz, br]' >>site/content/site.yml
    article second
    build
    before=$(stat -c %Y%i site/public/about/index.html.gz)
    rm site/content/articles/second.md
    sed -i 's/welcome/WELCOME/' site/content/articles/*welcome.md
    build
    [ ! -e site/public/articles/second ]
    gzip -dc site/public/articles/welcome/index.html.gz | cmp - site/public/articles/welcome/index.html
    [ "$(stat -c %Y%i site/public/about/index.html.gz)" = "$before" ]
}

@test "copies go when nobody asks for them any more" {
    small_site
    echo 'compress: [gz, br]' >>site/content/site.yml
    build
    sed -i 's/^compress:.*/compress: [br]/' site/content/site.yml
    build
    [ "$(counts .gz)" = 0 ]
    [ "$(counts .html.br)" -gt 0 ]
}

@test "a format that copse does not know is named" {
    small_site
    echo 'compress: [gz, rar]' >>site/content/site.yml
    run build
    fails_with 1 "content/site.yml"
    [[ $output == *"gz, br and zst"* ]]
}
