# copse layouts: which templates are in use, and one to change.
load helpers

@test "the list says of each template whether it is the site's or built in" {
    small_site
    run "$COPSE" layouts -C site
    [ "$status" = 0 ]
    grep -Eq '^article\.html +built in$' <<<"$output"
    write site/layouts/article.html <<<'<p>{{ page.title }}</p>'
    write site/layouts/mine.html <<<'<p>mine</p>'
    run "$COPSE" layouts -C site
    grep -Eq "^article\.html +the site's$" <<<"$output"
    grep -Eq "^mine\.html +the site's$" <<<"$output"
    grep -Eq '^includes/head\.html +built in$' <<<"$output"
}

@test "an ejected template is the built-in one, byte for byte, and changes nothing by itself" {
    small_site
    build
    before=$(fingerprint site/public)
    for name in article.html includes/head.html; do
        run "$COPSE" layouts -C site --eject "$name"
        [ "$status" = 0 ]
        [[ $output == *"site/layouts/$name"* ]]
        cmp "site/layouts/$name" "$BATS_TEST_DIRNAME/../../layouts/$name"
    done
    build
    [ "$(fingerprint site/public)" = "$before" ]
    sed -i 's/<body/<body data-own/' site/layouts/article.html
    "$COPSE" layouts -C site | grep -Eq "^article\.html +the site's$"
}

@test "a template of the site is never overwritten" {
    small_site
    write site/layouts/article.html <<<'mine'
    run "$COPSE" layouts -C site --eject article.html
    fails_with 1 "there already"
    [ "$(cat site/layouts/article.html)" = mine ]
}

@test "a name that is none gets a suggestion, and no name leads out" {
    small_site
    run "$COPSE" layouts -C site --eject artcle.html
    fails_with 1 "article.html"
    for name in ../content/site.yml ../../x /etc/passwd includes/../article.html; do
        run "$COPSE" layouts -C site --eject "$name"
        [ "$status" = 1 ]
    done
    [ ! -e site/layouts ]
}
