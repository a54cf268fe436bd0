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
