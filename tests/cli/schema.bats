# copse schema: JSON Schema of the front matter, from the one table.
load helpers

@test "without a kind it is one document with all of them" {
    command -v node || skip "node is not there to read JSON"
    "$COPSE" schema >all.json
    node -e '
        const all = JSON.parse(require("fs").readFileSync("all.json"));
        const kinds = Object.keys(all.$defs).sort().join();
        if (kinds !== "article,comment,event,member,page") throw kinds;
        if (!all.$defs.event.required.includes("start")) throw "start";
        if (!all.$defs.article.properties.title.description) throw "title";'
}

@test "what new writes and the example holds is valid by it, and mistakes are not" {
    python3 -c 'import jsonschema, yaml' || skip "python has no jsonschema and yaml here"
    "$COPSE" init site
    for kind in article member event page; do "$COPSE" new -C site "$kind" "A new $kind"; done
    "$COPSE" schema >all.json
    cp -r "$BATS_TEST_DIRNAME/../../examples/career-association/content" example
    cat >judge.py <<'END'
import glob, json, sys, yaml, jsonschema
all = json.load(open("all.json"))["$defs"]
class Loader(yaml.SafeLoader): pass
Loader.yaml_implicit_resolvers = {k: [r for r in v if r[0] != "tag:yaml.org,2002:timestamp"]
                                  for k, v in yaml.SafeLoader.yaml_implicit_resolvers.items()}
seen = 0
for kind in all:
    jsonschema.Draft202012Validator.check_schema(all[kind])
    judge = jsonschema.Draft202012Validator(all[kind])
    for path in glob.glob(f"site/content/{kind}s/**/*.md", recursive=True) + \
                glob.glob(f"example/{kind}s/**/*.md", recursive=True):
        front = yaml.load(open(path).read().split("---\n")[1], Loader)
        judge.validate(front)
        seen += 1
assert seen > 100, seen
def wrong(kind, front):
    return not jsonschema.Draft202012Validator(all[kind]).is_valid(front)
assert wrong("article", {})
assert wrong("article", {"title": "A", "draft": "yes"})
assert wrong("article", {"title": "A", "date": "soon"})
assert wrong("article", {"title": "A", "comments": "maybe"})
assert wrong("event", {"title": "A", "start": "2026-01-01", "online": "example.org"})
assert wrong("event", {"title": "A", "start": "2026-01-01", "sessions": ["x"]})
assert wrong("member", {"name": "A", "links": [{"label": "x"}]})
END
    python3 judge.py
}

@test "one kind alone; a misspelt one gets a suggestion" {
    "$COPSE" schema event | grep -q '"Front matter of an event"'
    run "$COPSE" schema artcle
    fails_with 2 "did you mean article?"
}

@test "the Decap configuration is YAML that copse reads too, and names the site's forge" {
    small_site
    printf 'repository: https://github.com/guild/site.git\nbranch: trunk\n' >>site/content/site.yml
    "$COPSE" schema --decap -C site >config.yml
    printf '{{ backend.name }} {{ backend.repo }} {{ backend.branch }}: ' >t.html
    printf '{%% for c in collections %%}{{ c.name }}={{ c.folder }} {%% endfor %%}' >>t.html
    run "$COPSE" render t.html config.yml
    fails_with 0 'github guild/site trunk: articles=content/articles members=content/members events=content/events pages=content/pages'
    run "$COPSE" schema --decap article -C site
    fails_with 2 'it takes none'
}

@test "the fields of the Decap configuration are those of the schema" {
    command -v node >/dev/null || skip "node is not there to read JSON"
    small_site
    "$COPSE" schema >all.json
    "$COPSE" schema --decap -C site >config.yml
    printf '{%% for c in collections %%}{%% for f in c.fields %%}{{ c.name }} {{ f.name }} {{ f.required }}\n{%% endfor %%}{%% endfor %%}' >t.html
    "$COPSE" render t.html config.yml | grep . | sort >decap
    node -e '
        const all = JSON.parse(require("fs").readFileSync("all.json")).$defs;
        for (const kind of ["article", "member", "event", "page"]) {
            for (const key of Object.keys(all[kind].properties))
                console.log(kind + "s", key, all[kind].required.includes(key));
            console.log(kind + "s body false");
        }' | sort >wanted
    [ "$(wc -l <wanted)" -gt 60 ]
    diff wanted decap
}

@test "the Decap configuration of a site in a subfolder names its place" {
    small_site repo/sites/guild
    in_git repo
    run "$COPSE" schema --decap -C repo/sites/guild
    fails_with 0 'folder: "sites/guild/content/articles"'
    run "$COPSE" schema --decap -C repo
    fails_with 1 'no site'
}
