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

# article TEXT TEMPLATE: an article with that description, in a layout that prints it.
article() {
    write site/content/articles/2026-01-02-welcome.md <<END
---
title: Welcome
description: '$1'
---

Hello.
END
    write site/layouts/article.html <<<"<!doctype html><title>x</title><body>$2</body>"
}

page() {
    cat site/public/articles/welcome/index.html
}

@test "Markdown of front matter is safe whatever a layout does with it" {
    small_site
    for template in '{{ page.description | markdownify }}' \
        '{% capture x %}{{ page.description }}{% endcapture %}{{ x | markdownify }}' \
        '{{ page.description | append: "" | markdownify }}' \
        '{{ page.description | raw | markdownify }}'; do
        article '*a* <img src=/about/ onerror=alert(1)> [x](javascript:alert(1)) <script>alert(1)</script>' "$template"
        build
        page | grep -q '<em>a</em>'
        run page
        [[ $output != *'<script'* && $output != *'href="javascript'* && $output != *'<img'*onerror=* ]]
    done
    article '![x](https://else.example/x.png) [y](https://else.example)' '{{ page.description | markdownify }}'
    build
    page | grep -q '<p>x <a href="https://else.example" rel="nofollow ugc noopener">y</a></p>'
}

@test "what a layout makes of Markdown gets the base path, and dead links in it are told" {
    small_site
    article '[a](/about/) [b](#part)' '<p id="part">{{ page.description | markdownify }}</p>'
    build --base-url https://guild.example.org/town
    page | grep -q '<a href="/town/about/" rel="[a-z ]*">a</a>'
    article '[a](/about/ours/)' '{{ page.description | markdownify }}'
    run "$COPSE" build -C site --now "$NOW"
    fails_with 1 'content/articles/2026-01-02-welcome.md:3:19: error: no page of this site has the address /about/ours/'
    article '# Part' '{{ page.description | markdownify }}<a href="#part">x</a><a href="#parts">y</a>'
    run "$COPSE" build -C site --now "$NOW"
    [[ $output == *"no part called '#parts'"* && $output != *"no part called '#part'"* ]]
}

@test "a picture that a layout names is told if it is not there" {
    small_site
    article 'x' "{{ '/pictures/gone.png' | image: 'portrait', alt: 'x' }}"
    run "$COPSE" build -C site --now "$NOW"
    fails_with 1 'this layout links to /pictures/gone.png'
}

@test "a picture for where a page is shared is told if it is not there" {
    small_site
    article 'x' "<meta property=\"og:image\" content=\"{{ '/assets/gone.png' | relative_url }}\"><meta name=\"x\" content=\"/y\">"
    run "$COPSE" build -C site --now "$NOW"
    fails_with 1 'this layout links to /assets/gone.png'
    [[ $output != *'links to /y'* ]]
}

@test "the theme's words are copied for a translator, in English where there are none" {
    small_site
    "$COPSE" layouts -C site --eject i18n/de.yml
    grep -q '^menu: Main menu' site/content/i18n/de.yml
    "$COPSE" layouts -C site --eject i18n/fr.yml
    grep -q '^menu: Menu principal' site/content/i18n/fr.yml
    run "$COPSE" layouts -C site --eject i18n/de.yml
    fails_with 1 'content/i18n/de.yml is there already'
    run "$COPSE" layouts -C site --eject i18n/../../x.yml
    fails_with 1 'there is no built-in template'
}
