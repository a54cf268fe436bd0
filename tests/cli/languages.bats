# Languages: words, translations, fallbacks, prefixes, and what keeps old addresses working.

load helpers

# two_languages: the small site in English and French.
two_languages() {
    small_site
    sed -i 's/^language: en/languages: [en, fr]/' site/content/site.yml
}

# page PATH: what is published there.
page() {
    cat "site/public/$1"
}

# check: `copse check` of site/, run.
check() {
    run "$COPSE" check -C site --now "$NOW" "$@"
}

# commit MESSAGE: all of site/ as it is.
commit() {
    git -C site add -A
    GIT_COMMITTER_DATE='2026-02-03T10:00:00Z' git -C site -c user.name=Jo \
        -c user.email=jo@example.org commit -qm "$1" --date='2026-02-03T10:00:00Z'
}

@test "a site's own word leaves the theme's others in that language" {
    two_languages
    write site/content/i18n/fr.yml <<<'title_archive: Nouvelles'
    cp site/content/articles/2026-01-02-welcome.md site/content/articles/2026-01-02-welcome.fr.md
    sed -i 's/^title:/date: 2026-01-01\ntitle:/' site/content/articles/2026-01-02-welcome.fr.md
    build
    page fr/articles/index.html | grep -q '<h1>Nouvelles'
    page fr/articles/index.html | grep -q 'Aller au contenu'
    page fr/articles/welcome/index.html | grep -q '1er janvier 2026'
}

@test "a language that the theme has no words for has English ones, and check names them" {
    small_site
    sed -i 's/^language: en/languages: [en, de]/' site/content/site.yml
    write site/content/i18n/de.yml <<<'menu: Hauptmenü'
    build
    page de/articles/index.html | grep -q 'Skip to content'
    page de/articles/index.html | grep -q 'Hauptmenü'
    check
    fails_with 0 "of the theme's words are not there in the language 'de'"
    not grep -q "'en'" <<<"$output"
}

@test "a language is called in the switch as it calls itself" {
    small_site
    sed -i 's/^language: en/languages: [en, fr, de, oj]/' site/content/site.yml
    write site/content/i18n/de.yml <<<'language_de: Deutsch'
    build
    page index.html | grep -q 'lang="fr">Français</a>'
    page index.html | grep -q 'lang="de">Deutsch</a>'
    page index.html | grep -q 'lang="oj">OJ</a>'
}

@test "two files that are one thing in one language are an error" {
    two_languages
    write site/content/pages/about.fr.md <<<$'---\ntitle: À propos\n---\n'
    write site/content/fr/pages/about.md <<<$'---\ntitle: Qui nous sommes\nslug: qui\n---\n'
    check
    fails_with 1 "is already the version in that language ('fr')"
}

@test "a translation of a translation, and one of itself, are errors" {
    two_languages
    sed -i 's/\[en, fr\]/[en, fr, de]/' site/content/site.yml
    write site/content/articles/un.md <<<$'---\ntitle: Un\nlang: fr\ndate: 2026-01-02\ntranslation_of: welcome\n---\n'
    write site/content/articles/eins.md <<<$'---\ntitle: Eins\nlang: de\ndate: 2026-01-02\ntranslation_of: un\n---\n'
    check
    fails_with 1 "content/articles/un.md is a translation itself"
    fails_with 1 "name what it was translated from: 'welcome'"
    sed -i 's/lang: de/lang: en/; s/translation_of: un/translation_of: welcome/' site/content/articles/eins.md
    check
    fails_with 1 "is already the version in that language ('en')"
}

@test "a renamed page is told with the address that it had, until an alias leads on" {
    small_site
    article old-name
    git -C site init -q -b main
    commit one
    git -C site mv content/articles/old-name.md content/articles/new-name.md
    git -C site mv content/members/jo-tremblay.md content/members/jo.md
    sed -i 's/jo-tremblay/jo/' site/content/articles/2026-01-02-welcome.md
    commit two
    git -C site mv content/articles/new-name.md content/articles/last-name.md
    commit three
    check
    fails_with 0 "content/articles/last-name.md: warning: until 2026-02-03, when content/articles/old-name.md was renamed, this page was at /articles/old-name/"
    fails_with 0 "add  aliases: [/articles/old-name/]"
    fails_with 0 "this page was at /articles/new-name/"
    fails_with 0 "this page was at /members/jo-tremblay/"
    sed -i 's|^date:|aliases: [/articles/old-name, /articles/new-name/]\ndate:|' site/content/articles/last-name.md
    sed -i 's|^name:|aliases: /members/jo-tremblay/\nname:|' site/content/members/jo.md
    check
    not grep -q lost-address <<<"$output"
    # A new page at the old address counts too, and so does a slug that keeps it.
    sed -i '/^aliases/d' site/content/articles/last-name.md
    article old-name
    sed -i 's|^date:|slug: new-name\ndate:|' site/content/articles/last-name.md
    check
    not grep -q lost-address <<<"$output"
}

# member SLUG LINE...: one more member in site/.
member() {
    local slug=$1
    shift
    {
        echo ---
        printf '%s\n' "$@"
        echo ---
    } | write "site/content/members/$slug.md"
}

@test "a bio lists what its member did in another language only, behind the rest" {
    two_languages
    member ada 'name: Ada'
    member ada.fr 'name: Ada'
    article both Text.
    sed -i 's/^date:/author: ada\ndate:/' site/content/articles/both.md
    sed 's/^title: .*/title: Les deux\nlang: fr/' site/content/articles/both.md |
        write site/content/articles/both.fr.md
    article english-only Text.
    sed -i 's/^date:.*/date: 2026-02-20\nauthor: ada/' site/content/articles/english-only.md
    write site/content/events/talk.md <<<$'---\ntitle: Talk\nstart: 2026-05-01 10:00\nspeakers: ada\n---\n'
    build
    page fr/members/ada/index.html >bio
    grep -oE 'href="[^"]*/(both|english-only|talk)/"' bio | uniq >links
    [ "$(grep -c english-only links)" -ge 1 ]
    grep -q 'href="/fr/articles/both/"' links
    grep -q 'href="/events/talk/"' links
    not grep -q 'href="/articles/both/"' links
    # Newer, but not in French: behind.
    [ "$(grep -n -m1 'fr/articles/both/"' bio | cut -d: -f1)" -lt "$(grep -n -m1 '/articles/english-only/"' bio | cut -d: -f1)" ]
    grep -q 'lang="en"[^>]*>.*english-only\|english-only/" lang="en"' bio
    # A feed is in one language.
    not grep -q english-only site/public/fr/members/ada/feed.xml
    # Where English stands in for French, it is listed once.
    echo 'fallback: {fr: en}' >>site/content/site.yml
    build
    page fr/members/ada/index.html >bio
    [ "$(grep -o 'href="/articles/english-only/"' bio | wc -l)" = "$(grep -o 'href="/fr/articles/both/"' bio | wc -l)" ]
    grep -q english-only site/public/fr/members/ada/feed.xml
    grep -q '<entry xml:lang="en">' site/public/fr/members/ada/feed.xml
    grep -q '<dc:language>en</dc:language>' site/public/fr/members/ada/rss.xml
}

@test "stable pages keep what they hold when an article is added" {
    small_site
    echo 'paginate: {size: 3, stable: true}' >>site/content/site.yml
    rm site/content/articles/*
    local i
    titles() { grep -o '<h[1-3][^>]*><a href="/articles/a[0-9]*' "site/public/$1" | grep -o 'a[0-9]*$' | sort -u | tr '\n' ' '; }
    for i in 01 02 03 04 05 06 07 08; do
        article "a$i"
        sed -i "s/^date:.*/date: 2026-01-$i/" "site/content/articles/a$i.md"
    done
    build
    [ "$(titles page/1/index.html)" = 'a01 a02 a03 ' ]
    [ "$(titles index.html)" = 'a04 a05 a06 a07 a08 ' ]
    [ ! -e site/public/page/2 ]
    cp site/public/page/1/index.html before
    article a09
    sed -i "s/^date:.*/date: 2026-01-09/" site/content/articles/a09.md
    build
    [ "$(titles page/1/index.html)" = 'a01 a02 a03 ' ]
    [ "$(titles page/2/index.html)" = 'a04 a05 a06 ' ]
    [ "$(titles index.html)" = 'a07 a08 a09 ' ]
    page index.html | grep -q '<a rel="next" href="/page/2/"'
    page page/2/index.html | grep -q '<a rel="next" href="/page/1/"'
    page page/2/index.html | grep -q '<a rel="prev" href="/"'
}

@test "a site with stable pages and few articles has one page" {
    small_site
    echo 'paginate: {size: 3, stable: true}' >>site/content/site.yml
    build
    page index.html | grep -q /articles/welcome/
    [ ! -e site/public/page ]
    rm site/content/articles/*
    build
    page index.html | grep -q 'no articles yet'
}

@test "a series goes by its parts where they are numbered" {
    small_site
    part() { article "$1" Text.; sed -i "s/^date:.*/date: $2\nseries: Steps${3:+\nseries_part: $3}/" "site/content/articles/$1.md"; }
    part two 2026-01-01 2
    part one 2026-01-05 1
    part extra 2025-01-01
    part ten 2025-06-01 10
    build
    page articles/two/index.html | sed -n '/<nav class="series"/,/<\/nav>/p' | grep -oE '>(one|two|ten|extra)<' | tr -d '\n' >order
    [ "$(cat order)" = '>one<>two<>ten<>extra<' ]
    sed -i 's/series_part: 10/series_part: last/' site/content/articles/ten.md
    check
    fails_with 1 "content/articles/ten.md:5:14: error: 'series_part' should be a whole number from 1 on"
}

@test "articles without a tag in common are akin by words that few others have" {
    small_site
    local i
    for i in $(seq 10 45); do
        article "plain-$i" "Practice and clients, number $i."
    done
    article cork 'Our chapter met in Halifax about Portfolios.'
    article floats 'How a portfolio helped one of our clients in practice.'
    build
    page articles/cork/index.html | sed -n '/id="related"/,$p' | grep -o '<h3[^>]*><a href="[^"]*' >related
    [ "$(wc -l <related)" = 1 ]
    grep -q /articles/floats/ related
    # "practice" and "clients" are in nearly all: they say nothing.
    page articles/plain-12/index.html >page
    not grep -q 'id="related"' page
}

@test "the default language may live under its prefix too; the root leads there" {
    two_languages
    echo 'prefix_default: true' >>site/content/site.yml
    cp site/content/pages/about.md site/content/pages/about.fr.md
    build
    page index.html | grep -q 'http-equiv="refresh" content="0; url=https://guild.example.org/en/"'
    [ -e site/public/en/articles/welcome/index.html ]
    [ -e site/public/en/feed.xml ]
    [ -e site/public/en/events.ics ]
    [ -e site/public/404.html ]
    page en/about/index.html | grep -q 'hreflang="fr" href="https://guild.example.org/fr/about/"'
    page en/about/index.html | grep -q 'hreflang="x-default" href="https://guild.example.org/en/about/"'
    page en/about/index.html | grep -q '<a href="/fr/about/" hreflang="fr" lang="fr">Français</a>'
    # Nothing translated: the switch goes to the other language's home.
    page en/articles/welcome/index.html | grep -q '<a href="/fr/" hreflang="fr" lang="fr">Français</a>'
    # Every address of the site has a language in front.
    not grep -rhoE 'href="/(articles|members|events|tags|about|search)/' site/public --include=index.html
    grep -q '<loc>https://guild.example.org/en/about/</loc>' site/public/sitemap.xml
}

@test "lists, tags, calendar and archive fall back to the language that site.yml names" {
    two_languages
    sed -i 's/^start:/tags: news\nstart:/' site/content/events/spring-meeting.md
    build
    [ ! -e site/public/fr/articles/2026/index.html ]
    [ ! -e site/public/fr/tags/news/index.html ]
    not grep -q 'Spring meeting' site/public/fr/events.ics
    echo 'fallback: {fr: en}' >>site/content/site.yml
    build
    page fr/index.html | grep -q 'lang="en"[^>]*><a href="/articles/welcome/"'
    page fr/articles/2026/01/index.html | grep -q '/articles/welcome/'
    page fr/tags/news/index.html | grep -q '/articles/welcome/'
    page fr/events/index.html | grep -q '/events/spring-meeting/'
    grep -q 'Spring meeting' site/public/fr/events.ics
    # Its page is there once.
    [ ! -e site/public/fr/articles/welcome/index.html ]
    sed -i 's/fallback: .*/fallback: {fr: de}/' site/content/site.yml
    check
    fails_with 1 "a fallback is one of the site's languages"
}

@test "tags.yml names tags, joins synonyms, and puts tags into each other; rings are errors" {
    two_languages
    sed -i 's/^tags: .*/tags: [CV, interviews]/' site/content/articles/2026-01-02-welcome.md
    cp site/content/articles/2026-01-02-welcome.md site/content/articles/2026-01-02-welcome.fr.md
    write site/content/tags.yml <<'END'
- tag: résumés
  name: {en: Résumés, fr: CV en main}
  description: {en: On two pages, fr: En deux pages}
  intro: {en: "Begin *here*.", fr: "Commencez *ici*."}
  synonyms: [CV]
- {tag: interviews, parent: résumés}
END
    build
    page tags/resumes/index.html | grep -q '<h1>Résumés</h1>'
    page tags/resumes/index.html | grep -q '<p>Begin <em>here</em>.</p>'
    page fr/tags/resumes/index.html | grep -q '<h1>CV en main</h1>'
    page fr/tags/resumes/index.html | grep -q 'En deux pages'
    [ ! -e site/public/tags/cv ]
    page tags/interviews/index.html | grep -q '<a href="/tags/resumes/">Résumés</a>'
    page tags/index.html | tr -d '\n' | grep -q 'Résumés</a> <span class="count">1</span><ul><li><a href="/tags/interviews/">'
    write site/content/tags.yml <<'END'
- {tag: one, synonyms: [two], parent: three}
- {tag: two, synonyms: [one]}
- {tag: three, parent: one}
- {tag: four, synonyms: [five], parent: nowhere}
- {tag: six, synonyms: [five]}
END
    check
    fails_with 1 "content/tags.yml:1:25: error: 'two' has an entry of its own, so it cannot be a synonym of 'one'"
    fails_with 1 "content/tags.yml:2:25: error: 'one' has an entry of its own"
    fails_with 1 "the parents of 'one' lead back to it"
    fails_with 1 "there is no tag 'nowhere' in this file to be the parent"
    fails_with 1 "'five' is a synonym of another tag already"
}

@test "a translation into a language that is not listed is an error, a name with a dot is not" {
    two_languages
    cp site/content/pages/about.md site/content/pages/about.de.md
    write site/content/pages/notes.io.md <<<$'---\ntitle: Notes\n---\n'
    check
    fails_with 1 "content/pages/about.de.md: error: the file's name says that it is in 'de', which is not one of the site's languages"
    not grep -q 'notes.io' <<<"$(grep unknown-language <<<"$output")"
}
