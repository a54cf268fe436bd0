# The theme's frame: colours from site.yml, one stylesheet a page, headers for servers, and layouts
# that say what they get.
load helpers

build() {
    run timeout 20 "$COPSE" build -C site -o site/public --now "$NOW" "$@"
}

settings() {
    printf '%s\n' "$@" >>site/content/site.yml
}

sheet() {
    cat site/public/assets/style.css
}

@test "two colours in site.yml reach the one stylesheet, for light and for dark" {
    small_site
    settings 'colours: {main: "#7a1f3d", accent: 1d4ed8}'
    build --warnings-as-errors
    [ "$status" = 0 ]
    sheet | grep -q '@media screen{:root:root{.*--brand:#7a1f3d;.*--accent:#1d4ed8;}}'
    sheet | grep -q 'prefers-color-scheme:dark){:root:root{--paper:#'
    [ "$(sheet | grep -c '@import')" = 0 ]
    [ "$(grep -c 'rel="stylesheet"' site/public/index.html)" = 1 ]
}

@test "a page asks for the stylesheet by what is in it, colours too" {
    small_site
    build
    before=$(grep -o 'style.css?v=[0-9a-f]*' site/public/index.html)
    settings 'colours: {main: "#7a1f3d"}'
    build
    after=$(grep -o 'style.css?v=[0-9a-f]*' site/public/index.html)
    [ -n "$before" ] && [ "$before" != "$after" ]
    [ "$after" = "style.css?v=$(sheet | sha256sum | cut -c 1-8)" ]
}

@test "a colour that nobody could read is named with the nearest that one can" {
    small_site
    settings 'colours:' '  main: "#ffd400"'
    build
    [ "$status" = 0 ]
    [[ "$output" == *"site.yml:"*": warning: text in the main colour #ffd400 would be hard to read: its contrast with the page is 1."*"[colour-contrast]"* ]]
    nearest=$(grep -o '#[0-9a-f]* is the nearest' <<<"$output" | cut -c 1-7)
    sheet | grep -q -- "--brand:$nearest;"
    settings "rules: {colour-contrast: error}"
    build
    [ "$status" = 1 ]
    sed -i "s/#ffd400/$nearest/" site/content/site.yml
    build --warnings-as-errors
    [ "$status" = 0 ]
}

@test "what is no colour is told, and why nothing is left of one without quotes" {
    small_site
    settings 'colours:' '  main: #7a1f3d'
    build
    [ "$status" = 1 ]
    [[ "$output" == *"'colours' should give main as a colour of six digits"* ]]
    [[ "$output" == *"put it between quotes"* ]]
    sed -i 's/  main: .*/  main: "red;}body{display:none"/' site/content/site.yml
    build
    [ "$status" = 1 ]
    sed -i 's/  main: .*/  primary: "#7a1f3d"/' site/content/site.yml
    build
    [ "$status" = 0 ]
    [[ "$output" == *"'colours' has main and accent, not 'primary'"* ]]
    sed -i 's/^colours:/colors:/' site/content/site.yml
    build
    [[ "$output" == *"did you mean 'colours'?"* ]]
}

@test "a sheet's imports from the same folder are put into it, others are left" {
    small_site
    mkdir -p site/assets
    write site/assets/style.css <<'END'
/* one */
@import "part.css";
@import url("https://fonts.example.org/a.css");
@import "brand.css";
@import "missing.css";
body { color: red }
END
    echo '@import "deeper.css"; h1 { margin: 0 }' >site/assets/part.css
    echo 'h2 { margin: 0 }' >site/assets/deeper.css
    build
    [ "$status" = 0 ]
    [ "$(sheet | grep -v '^ *$')" = '@import url("https://fonts.example.org/a.css");
@import "missing.css";
/* one */
h2 { margin: 0 }
 h1 { margin: 0 }
body { color: red }' ]
    # and a change of what it holds is a change of it
    echo 'h2 { margin: 1em }' >site/assets/deeper.css
    build
    sheet | grep -q 'h2 { margin: 1em }'
}

@test "servers are told that pages load nothing from elsewhere" {
    small_site
    build
    policy="default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
    [ "$(sed -n 1,2p site/public/_headers)" = "/*
  Content-Security-Policy: $policy" ]
    grep -qx "add_header Content-Security-Policy \"$policy\" always;" site/public/headers.nginx.conf
    grep -qx "Header always set Content-Security-Policy \"$policy\"" site/public/headers.apache.conf
    grep -qx '  X-Content-Type-Options: nosniff' site/public/_headers
}

@test "the policy is as wide as site.yml is, and a site's own _headers is left alone" {
    small_site
    sed -i 's,^url:.*,url: https://example.org/guild,' site/content/site.yml
    settings 'embeds: [player.vimeo.com, maps.example.org]' 'rules: {external-picture: off}'
    build
    [ "$(head -n 1 site/public/_headers)" = '/guild/*' ]
    grep -q "default-src 'self'; img-src 'self' https:; frame-src 'self' https://player.vimeo.com https://maps.example.org; object" site/public/_headers
    mkdir -p site/assets/root
    for name in _headers _redirects robots.txt; do
        echo mine >"site/assets/root/$name"
    done
    build
    for name in _headers _redirects robots.txt; do
        [ "$(cat "site/public/$name")" = mine ]
    done
}

@test "nothing in a page is an inline script or style" {
    cp -R "$BATS_TEST_DIRNAME/../../tests/golden/every-kind/site" site
    build
    [ "$status" = 0 ]
    found=$(grep -rlE --include=*.html '<style|[ "]style=|[ "]on[a-z]+="|<script>|javascript:' site/public || true)
    echo "$found"
    [ -z "$found" ]
}

@test "each layout is short and says at its top what it gets" {
    cd "$BATS_TEST_DIRNAME/../.."
    wrong=0
    for file in layouts/*.html layouts/includes/*.html examples/*/layouts/*.html examples/*/layouts/includes/*.html; do
        [ -e "$file" ] || continue
        lines=$(wc -l <"$file")
        # after the front matter, a comment that names variables
        top=$(sed '1{/^---$/,/^---$/d}' "$file" | sed '/^layout: /d; /^---$/d' | tr '\n' ' ' | grep -oP '^\{%- comment -%\} .*?\{%- endcomment -%\}' || true)
        if [ "$lines" -ge 80 ]; then echo "$file has $lines lines"; wrong=1; fi
        if ! grep -qE 'Gets|Takes|Uses' <<<"$top"; then echo "$file does not say what it gets"; wrong=1; fi
    done
    [ "$wrong" = 0 ]
}

@test "a site with only site.yml is whole" {
    mkdir -p site/content
    printf 'title: Only This\nurl: https://example.org\n' >site/content/site.yml
    build --warnings-as-errors
    [ "$status" = 0 ]
    for page in index.html 404.html members/index.html events/index.html articles/index.html search/index.html; do
        [ -s "site/public/$page" ]
    done
    grep -q 'There are no articles yet' site/public/index.html
}

@test "the theme weighs nothing: under 15 KB of CSS and 6 KB of script, gzipped" {
    small_site
    build
    css=$(gzip -9c site/public/assets/style.css | wc -c)
    echo "css $css"
    [ "$css" -lt 15360 ]
    # what one page can load at the most
    scripts=0
    while read -r page; do
        sum=0
        while read -r script; do
            sum=$((sum + $(gzip -9c "site/public$script" | wc -c)))
        done < <(grep -oE '<script src="[^"?]*' "$page" | sed 's/.*"//')
        [ "$sum" -le "$scripts" ] || scripts=$sum
    done < <(find site/public -name '*.html')
    echo "scripts $scripts"
    [ "$scripts" -lt 6144 ]
}

@test "the second theme is layouts and assets alone, and builds without a warning" {
    mkdir site
    cp -R "$BATS_TEST_DIRNAME/../../examples/learned-society/"{content,layouts,assets} site/
    build --now 2026-11-23T12:00:00Z --warnings-as-errors
    echo "$output"
    [ "$status" = 0 ]
    sheet | grep -q -- '--brand:#6d1f2b'
    grep -q 'Proceedings of The Marram Society' site/public/articles/the-pace-of-a-dune/index.html
    # nothing of the default stylesheet is left
    [ "$(sheet | grep -c 'birch paper')" = 0 ]
    run "$COPSE" layouts -C site
    grep -q "^article.html *the site's" <<<"$output"
    grep -q '^base.html *built in' <<<"$output"
}
