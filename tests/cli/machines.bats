# What programs look for by its name: web manifest, icons, security.txt, humans.txt.

load helpers

page() {
    cat "site/public/$1"
}

check() {
    run "$COPSE" check -C site --now "$NOW" "$@"
}

needs_pictures() {
    [ -x "$(dirname "$COPSE")/copse-pictures" ] || skip "there is no copse-pictures here"
}

# logo: a drawing as the organisation's logo.
logo() {
    write site/assets/logo.svg <<<'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" width="10" height="10"><rect width="10" height="10" fill="#cc0000"/></svg>'
    echo 'organisation: {name: The Guild, logo: /assets/logo.svg}' >>site/content/site.yml
}

# pixel FILE: red, green, blue and alpha of the first pixel of a PNG whose first line is not filtered
# in other ways than none or sub.
pixel() {
    python3 - "$1" <<'END'
import sys, zlib
data = open(sys.argv[1], 'rb').read()
at = data.index(b'\x89PNG') + 8
packed = b''
while at < len(data):
    size, kind = int.from_bytes(data[at:at + 4], 'big'), data[at + 4:at + 8]
    if kind == b'IDAT':
        packed += data[at + 8:at + 8 + size]
    at += 12 + size
lines = zlib.decompress(packed)
print(*lines[1:5])
END
}

@test "each language has a web manifest, and its pages lead to it" {
    small_site
    logo
    sed -i 's/^language: en/languages: [en, fr]/; s/^title: .*/title: {en: The Guild, fr: La Guilde}/' site/content/site.yml
    echo "manifest: {short_name: {en: Guild, fr: Guilde}, theme_color: '#123456'}" >>site/content/site.yml
    build --base-url https://example.org/club
    page site.webmanifest | grep -q '^{"name":"The Guild","short_name":"Guild",.*"lang":"en","dir":"ltr","id":"/club/","start_url":"/club/","scope":"/club/"'
    page fr/site.webmanifest | grep -q '"name":"La Guilde","short_name":"Guilde",.*"lang":"fr",.*"start_url":"/club/fr/"'
    page site.webmanifest | grep -q '"theme_color":"#123456","icons":\[{"src":"/club/assets/logo.svg","sizes":"any","type":"image/svg+xml","purpose":"any"}\]'
    page fr/index.html | grep -q '<link rel="manifest" href="/club/fr/site.webmanifest">'
    python3 -m json.tool site/public/site.webmanifest >/dev/null
}

@test "icons are made of the logo, and the site's own go before" {
    needs_pictures
    small_site
    logo
    echo 'pictures: {icons: true}' >>site/content/site.yml
    build
    [ "$(pixel site/public/icon-512.png)" = '204 0 0 255' ]
    [ "$(pixel site/public/icon-maskable.png)" = '255 255 255 255' ]
    [ "$(pixel site/public/favicon.ico)" = '204 0 0 255' ]
    [ "$(head -c 8 site/public/favicon.ico | od -An -tx1 | tr -d ' ')" = 0000010001002020 ]
    [ "$(tail -c +17 site/public/icon-192.png | head -c 8 | od -An -tx1 | tr -d ' ')" = 000000c0000000c0 ]
    [ ! -e site/public/favicon.svg ]
    page index.html | grep -q '<link rel="icon" href="/assets/logo.svg" type="image/svg+xml">'
    page site.webmanifest | grep -q '"src":"/icon-maskable.png","sizes":"512x512","type":"image/png","purpose":"maskable"'
    write site/assets/root/favicon.ico <<<mine
    build
    [ "$(page favicon.ico)" = mine ]
    # Another logo, other icons; a build that changes nothing keeps them.
    sed -i 's/#cc0000/#00cc00/' site/assets/logo.svg
    build
    [ "$(pixel site/public/icon-512.png)" = '0 204 0 255' ]
    mv site/public kept
    build --force
    diff -r kept site/public
}

@test "without a logo, or where it cannot be drawn, the theme's icons stay" {
    small_site
    echo 'pictures: {icons: true}' >>site/content/site.yml
    build
    [ -e site/public/favicon.svg ]
    page index.html | grep -q '<link rel="icon" href="/favicon.svg" type="image/svg+xml">'
    page site.webmanifest | grep -q '"icons":\[\]'
    write site/assets/logo.png <<<'no picture'
    echo 'organisation: {logo: /assets/logo.png}' >>site/content/site.yml
    build
    [ -e site/public/favicon.svg ]
}

@test "security.txt says what site.yml says, as RFC 9116 has it" {
    small_site
    build
    [ ! -e site/public/.well-known ]
    cat >>site/content/site.yml <<'END'
security:
  contact: [safe@guild.example.org, "tel:+44-20-7946-0000"]
  expires: 2026-12-01
  languages: [en, fr]
  policy: https://guild.example.org/about/
humans: |
  Made by Jo.
END
    build
    cat >expected <<'END'
Contact: mailto:safe@guild.example.org
Contact: tel:+44-20-7946-0000
Expires: 2026-12-01T00:00:00Z
Preferred-Languages: en, fr
Canonical: https://guild.example.org/.well-known/security.txt
Policy: https://guild.example.org/about/
END
    diff expected site/public/.well-known/security.txt
    [ "$(page humans.txt)" = 'Made by Jo.' ]
    write site/assets/root/.well-known/security.txt <<<'Contact: mailto:x@y.example'
    build
    [ "$(page .well-known/security.txt)" = 'Contact: mailto:x@y.example' ]
    check
    not grep -q security-expired <<<"$output"
    run "$COPSE" check -C site --now 2026-12-02T00:00:00Z
    fails_with 0 "content/site.yml:8:12: warning: security.txt has expired"
}

@test "a contact that is none, or a security.txt without an end, are errors with an example" {
    small_site
    cp site/content/site.yml plain
    wrong() {
        cp plain site/content/site.yml
        echo "$1" >>site/content/site.yml
        check
        fails_with 1 "$2"
    }
    wrong 'security: {contact: http://x.example, expires: 2027-01-01}' "'contact' should be an e-mail address"
    wrong 'security: {contact: "a b@c.example", expires: 2027-01-01}' "'contact' should be an e-mail address"
    wrong 'security: {contact: a@c.example}' "'security' should be a map with contact and with expires"
    wrong 'security: someone' "'security' should be a map with contact and with expires"
    wrong 'security: {contact: a@c.example, expires: soon}' "'soon' is not a date"
    wrong 'security: {contact: a@c.example, expires: 2027-01-01, policy: http://x.example}' "'policy' should be an address that begins with https://"
    wrong 'manifest: {theme_color: red}' "'theme_color' should be a colour such as '#1f6f54'"
    wrong 'manifest: {display: fullscreen}' "'display' should be browser, minimal-ui or standalone"
    wrong 'humans: [a, b]' "'humans' should be a text"
    wrong 'pictures: {icons: maybe}' "'pictures' should be a map with icons: true or icons: false"
}

@test "what site.yml leaves out is not made, and no page links to it" {
    small_site
    printf '%s\n' 'feeds: {tags: false, members: false}' 'calendar: {tags: false, events: false}' \
        'designations: {credentials: false}' >>site/content/site.yml
    printf '%s\n' '- {code: MCRS, name: Records Specialist}' | write site/content/designations.yml
    printf '%s\n' --- 'name: Jo Tremblay' 'designations: [MCRS]' --- Bio. | write site/content/members/jo-tremblay.md
    printf '%s\n' --- 'title: Of Jo' 'date: 2026-01-01' 'author: jo-tremblay' 'tags: [news]' --- Text. |
        write site/content/articles/of-jo.md
    printf '%s\n' --- 'title: A meeting' 'start: 2027-01-01 10:00' 'tags: [news]' --- Text. |
        write site/content/events/meeting.md
    build
    [ -f site/public/feed.xml ]
    [ -f site/public/events.ics ]
    run find site/public/tags site/public/members site/public/events -type f ! -name index.html
    [ "$output" = "" ]
    run grep -rE '(tags|members|events)/[^"]*(feed.xml|rss.xml|feed.json|\.ics|credentials)' site/public
    [ "$output" = "" ]
    printf 'feeds: {tags: some}\n' >>site/content/site.yml
    sed -i '0,/^feeds/{/^feeds/d}' site/content/site.yml
    run "$COPSE" check -C site
    fails_with 1 'true or false'
}
