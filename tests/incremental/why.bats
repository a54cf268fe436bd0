# `copse build -v` says for each file that was made what somebody did to change it. That what need not be made is not,
# proportion.bats shows.

load ../cli/helpers

build() {
    sleep 0.05 # a file written just before a build is not surely the one that it read
    "$COPSE" build -C site -o out --now "$NOW" -v "$@"
}

guild() {
    small_site
    printf 'social: [{label: Forum, url: "https://forum.example.org"}]\n' >>site/content/site.yml
    echo '- {code: CRA, name: Associate}' | write site/content/designations.yml
    echo '- {member: jo-tremblay, code: CRA, since: 2019-05-01}' | write site/content/roster.yml
    sed -i 's/^name: .*/&\ndesignations: [CRA]/' site/content/members/jo-tremblay.md
    printf -- '---\ntitle: Salary negotiation\ndate: 2026-01-05\nauthor: jo-tremblay\ntags: [webinars]\n---\n\nAsk for it.\n' |
        write site/content/articles/salary.md
    find site -exec touch -d '1 hour ago' {} +
    build >/dev/null
}

# says LINE: the last run of build said just that.
says() {
    grep -qxF -e "$1" <<<"$output" || {
        echo "wanted: $1"
        echo "$output"
        return 1
    }
}

@test "what was changed in an entry is named by the word that stands for it there" {
    guild
    sed -i 's/^title: .*/title: Asking for more/' site/content/articles/salary.md
    run build
    says "articles/: 'Asking for more' changed its title"
    sed -i 's/^date: .*/date: 2026-01-06/' site/content/articles/salary.md
    run build
    says "articles/: 'Asking for more' changed its date"
    sed -i 's/^date: .*/&\nfeatured: true/' site/content/articles/salary.md
    run build
    says "articles/salary/: 'Asking for more' changed its 'featured'"
    sed -i 's/^name: .*/name: Jo Roy/' site/content/members/jo-tremblay.md
    run build
    [[ $output == *"'Jo Roy' changed its name"* ]]
}

@test "of what stands in a list, who did it: the file that is new, gone or changed" {
    guild
    printf -- '---\ntitle: Fresh\ndate: 2026-02-20\n---\n\nFresh.\n' | write site/content/articles/fresh.md
    run build
    says "articles/fresh/: it is new"
    [[ $output == *"which articles there are, or their order, changed (content/articles/fresh.md is new)"* ]]
    rm site/content/articles/fresh.md
    run build
    [[ $output == *"content/articles/fresh.md is gone"* ]]
    not grep -q "search/.*has another place" <<<"$output"
}

@test "a registry, a word, a setting, data, a layout and an asset are named" {
    guild
    sed -i 's/since: 2019/since: 2018/' site/content/roster.yml
    run build
    says "articles/: 'Jo Tremblay' is shown in another way: content/roster.yml changed"
    echo 'comments: Remarks' | write site/content/i18n/en.yml
    run build
    says "about/: content/i18n/en.yml changed"
    sed -i 's/^description: .*/description: Other words./' site/content/site.yml
    run build
    says "about/: content/site.yml changed"
    echo 'a: 1' | write site/content/data/note.yml
    run build
    says "about/: content/data/note.yml is new"
    "$COPSE" layouts --eject member.html -C site
    echo '<p>More.</p>' >>site/layouts/member.html
    run build
    says "members/jo-tremblay/: layouts/member.html changed"
    echo 'p {}' | write site/assets/more.css
    run build
    says "about/: assets/more.css is new"
}

@test "what changes with time says so" {
    guild
    run build --now 2026-04-11T12:00:00Z
    [[ $output == *"as time went on"* ]]
}

@test "the same as data" {
    guild
    sed -i 's/^title: .*/title: Asking for more/' site/content/articles/salary.md
    build --format json >report.json
    python3 - <<'END'
import json
pages = {page["path"]: page["why"] for page in json.load(open("report.json"))["made"]}
why = pages["tags/webinars/index.html"][0]
assert why == {"kind": "card", "about": "content/articles/salary.md", "text": "'Asking for more' changed its title"}, why
END
}

@test "an asset that was changed is made once, not again in the build after" {
    guild
    echo 'p {}' | write site/assets/more.css
    build >/dev/null
    printf '\nOne more paragraph.\n' >>site/content/articles/salary.md
    sed -i 's/^title: .*/title: Asking for more/' site/content/articles/salary.md
    run build
    [[ $output != *"more.css"* ]]
}
