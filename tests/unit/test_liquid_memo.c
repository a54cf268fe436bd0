/* Partials that are given what they printed before: nothing but the time shows it. */
#include "lang/liquid/liquid.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* A thing that outlives its pages and counts how often it is looked at. */
struct thing {
    const char *name;
    int looks;
};

static struct value thing_get(const void *self, struct value_key key, struct value_reader *reader)
{
    struct thing *thing = NULL;
    (void)reader;
    memcpy(&thing, &self, sizeof self);
    thing->looks++;
    return str_eq(key.name, STR("name")) ? value_text(str_from(thing->name)) : value_nil();
}

static const struct value_class lasting = {.name = "thing", .lasting = true, .get = thing_get};
static const struct value_class passing = {.name = "thing", .get = thing_get};

static const struct {
    const char *name;
    const char *text;
} partials[] = {
    {"outer.html", "{% include card.html %}"},
    {"card.html",
     "{% assign thing = include.thing %}{% if include.more %}{% assign extra = 'more' %}"
     "{% endif %}{% for i in (1..2) %}{% for j in (1..2) %}{% if i == j %}"
     "<a id=\"x\" href=\"/{{ thing.name }}\">{{ thing.name }}</a>{% else %}-{% endif %}"
     "{% endfor %}{% endfor %}{% unless false %}{{ site.title }}{{ page.lang }}"
     "{% endunless %}{{ include.one }}{{ include.two }}{% if true %}.{% endif %}"},
    {"own.html", "{% for i in (1..2) %}{% for j in (1..2) %}{% if i == j %}{{ include.thing.name }}"
                 "{% else %}-{% endif %}{% endfor %}{% endfor %}{% unless false %}{{ page.title }}"
                 "{% endunless %}{% if include.a %}a{% endif %}{% if include.b %}b{% endif %}"},
    {"free.html",
     "{% for i in (1..2) %}{% for j in (1..2) %}{% if i == j %}{{ include.thing.name }}"
     "{% else %}-{% endif %}{% endfor %}{% endfor %}{% unless false %}{{ mood }}"
     "{% endunless %}{% if include.a %}a{% endif %}{% if include.b %}b{% endif %}"},
    /* Sets a variable in each branch and reads it there. */
    {"branches.html", "{% if include.a %}{% assign x = 'a' %}[{{ x }}]{% elsif include.b %}"
                      "{% capture x %}b{% endcapture %}[{{ x }}]{% else %}{% assign x = 'c' %}"
                      "[{{ x }}]{% endif %}{{ include.thing.name }}{% if true %}.{% endif %}"},
    /* Reads it where a branch may have set it, or not. */
    {"after.html", "{% if include.a %}{% assign x = 'a' %}{% endif %}[{{ x }}]"
                   "{% for i in (1..2) %}{% if i == 3 %}{% assign y = i %}{% endif %}{% endfor %}"
                   "[{{ y }}]{{ include.thing.name }}{% if true %}.{% endif %}"},
};

enum { PARTIALS = sizeof partials / sizeof partials[0] };

struct site {
    struct arena arena;
    struct diags diags;
    struct liquid *liquid;
    struct text texts[PARTIALS];
    struct liquid_memo *memo; /* NULL: pages are made without */
    struct thing anna, bert;
    char links[400];
    int begun, again;
    bool refuse;
};

static const struct text *load(void *context, struct str name, size_t *start)
{
    struct site *site = context;
    *start = 0;
    for (size_t i = 0; i < PARTIALS; i++)
        if (str_eq(name, str_from(partials[i].name))) {
            site->texts[i] = (struct text){name, str_from(partials[i].text)};
            return &site->texts[i];
        }
    return NULL;
}

static bool steady(void *context, struct str global, struct str property)
{
    (void)context;
    return str_eq(global, STR("site")) ||
           (str_eq(global, STR("page")) && str_eq(property, STR("lang")));
}

static void begin(void *context)
{
    ((struct site *)context)->begun++;
}

static bool end(void *context, struct buf *notes)
{
    buf_adds(notes, "noted");
    return !((struct site *)context)->refuse;
}

static void again(void *context, struct str notes)
{
    assert_true(str_eq(notes, STR("noted")));
    ((struct site *)context)->again++;
}

/* Only ids must be told of again. */
static bool on_link(void *context, const struct liquid_link *link)
{
    struct site *site = context;
    size_t used = strlen(site->links);
    snprintf(site->links + used, sizeof site->links - used, "%.*s ", STR_ARG(link->value));
    return link->kind == LIQUID_LINK_ID;
}

static void setup_site(struct site *site, bool with_memo)
{
    static const struct str globals[] = {STR_INIT("site"), STR_INIT("page")};
    *site = (struct site){.anna = {"anna", 0}, .bert = {"bert", 0}};
    struct liquid_settings settings = {.jekyll = true, .autoescape = true};
    settings.host = (struct liquid_host){
        .context = site, .load = load, .globals = globals, .global_count = 2, .steady = steady};
    diags_init(&site->diags, &site->arena);
    site->liquid = liquid_new(&site->arena, &settings);
    site->memo = with_memo ? liquid_memo_new(1 << 20) : NULL;
}

static void end_site(struct site *site)
{
    liquid_memo_free(site->memo);
    arena_release(&site->arena);
}

static void page(struct site *site, const struct value_class *class, const char *title,
                 const char *source, const char *expected)
{
    struct buf out = {0};
    struct arena scratch = {0};
    struct text *text = arena_zalloc(&site->arena, 1, sizeof *text);
    *text = (struct text){STR("layouts/page.html"), str_from(source)};
    const struct value_entry of_site[] = {{STR("title"), value_text(STR("Guild"))}};
    const struct value_entry of_page[] = {{STR("title"), value_text(str_from(title))},
                                          {STR("lang"), value_text(STR("en"))}};
    const struct value_entry globals[] = {{STR("site"), value_map(&scratch, of_site, 1)},
                                          {STR("page"), value_map(&scratch, of_page, 2)},
                                          {STR("anna"), value_object(class, &site->anna)},
                                          {STR("bert"), value_object(class, &site->bert)}};
    const struct liquid_notes notes = {site, begin, end, again};
    const struct liquid_template *compiled =
        liquid_compile(site->liquid, text, 0, LIQUID_HTML, &site->diags);
    assert_non_null(compiled);
    struct liquid_call call = {.globals = value_map(&scratch, globals, 4),
                               .reader = {.arena = &scratch},
                               .diags = &site->diags,
                               .link = on_link,
                               .link_context = site,
                               .memo = site->memo,
                               .notes = &notes};
    site->links[0] = '\0';
    assert_int_equal(liquid_render(compiled, &call, &out), 0);
    assert_string_equal(out.ptr ? out.ptr : "", expected);
    buf_release(&out);
    arena_release(&scratch);
}

#define CARD(name)                                                                                 \
    "<a id=\"x\" href=\"/" name "\">" name "</a>--<a id=\"x\" href=\"/" name "\">" name            \
    "</a>Guilden"

/* The same pages with and without: the same output; with, nothing is looked at twice. */
static void gives_what_was_printed(void **state)
{
    (void)state;
    for (int with = 0; with < 2; with++) {
        struct site site;
        setup_site(&site, with);
        page(&site, &lasting, "1", "{% include card.html thing=anna %}", CARD("anna") ".");
        int looks = site.anna.looks;
        page(&site, &lasting, "2", "{% include card.html thing=anna %}", CARD("anna") ".");
        assert_int_equal(site.anna.looks, with ? looks : 2 * looks);
        assert_string_equal(site.links, with ? "x x " : "x /anna x /anna ");
        assert_int_equal(site.again, with);
        page(&site, &lasting, "3", "{% include card.html thing=bert %}", CARD("bert") ".");
        page(&site, &lasting, "4", "{% include card.html thing=anna one=1 %}", CARD("anna") "1.");
        page(&site, &lasting, "5", "{% include card.html thing=anna two=1 %}", CARD("anna") "1.");
        page(&site, &lasting, "5", "{% include card.html thing=anna two=2 %}", CARD("anna") "2.");
        end_site(&site);
    }
}

static void does_what_it_did_besides(void **state)
{
    static const char both[] = "{% assign extra = 'old' %}{% include card.html thing=anna more=1 %}"
                               "{{ extra }}{{ thing.name }}";
    static const char none[] =
        "{% assign extra = 'old' %}{% include card.html thing=anna %}{{ extra }}"
        "{{ thing.name }}";
    static const char held[] =
        "{% for thing in (7..8) %}{% include card.html thing=anna %}{{ thing }}"
        "{% endfor %}{{ thing.name }}";
    (void)state;
    for (int with = 0; with < 2; with++) {
        struct site site;
        setup_site(&site, with);
        for (int i = 0; i < 2; i++) {
            page(&site, &lasting, "1", both, CARD("anna") ".moreanna");
            page(&site, &lasting, "2", none, CARD("anna") ".oldanna");
            /* A loop's variable hides what the partial sets. */
            page(&site, &lasting, "3", held, CARD("") ".7" CARD("") ".8anna");
        }
        end_site(&site);
    }
}

static void keeps_nothing_of_the_page(void **state)
{
    (void)state;
    struct site site;
    setup_site(&site, true);
    page(&site, &lasting, "1", "{% include own.html thing=anna %}", "anna--anna1");
    page(&site, &lasting, "2", "{% include own.html thing=anna %}", "anna--anna2");
    page(&site, &lasting, "3", "{% assign mood = 'fine' %}{% include free.html thing=anna %}",
         "anna--annafine");
    page(&site, &lasting, "4", "{% assign mood = 'sad' %}{% include free.html thing=anna %}",
         "anna--annasad");
    page(&site, &lasting, "5", "{% include free.html thing=anna %}", "anna--anna");
    /* Without parameters of its own it is shown those around it. */
    page(&site, &lasting, "5",
         "{% include outer.html thing=anna %}{% include outer.html thing=bert %}",
         CARD("anna") "." CARD("bert") ".");
    page(&site, &lasting, "5", "{% include card.html %}{% include card.html %}",
         CARD("") "." CARD("") ".");
    page(&site, &lasting, "6", "{% include card.html thing=anna %}", CARD("anna") ".");
    page(&site, &lasting, "6", "{% assign site = page %}{% include card.html thing=anna %}",
         "<a id=\"x\" href=\"/anna\">anna</a>--<a id=\"x\" href=\"/anna\">anna</a>6en.");
    end_site(&site);
}

static void knows_what_a_branch_sets(void **state)
{
    (void)state;
    for (int with = 0; with < 2; with++) {
        struct site site;
        setup_site(&site, with);
        for (int i = 0; i < 2; i++) {
            page(&site, &lasting, "1", "{% include branches.html thing=anna a=1 %}", "[a]anna.");
            page(&site, &lasting, "2", "{% include branches.html thing=anna b=1 %}", "[b]anna.");
            page(&site, &lasting, "3",
                 "{% assign x = 'old' %}{% include branches.html thing=anna %}{{ x }}",
                 "[c]anna.c");
        }
        assert_int_equal(site.again, with ? 3 : 0);
        page(&site, &lasting, "4", "{% assign x = 'old' %}{% include after.html thing=anna %}",
             "[old][]anna.");
        page(&site, &lasting, "5", "{% assign y = 'new' %}{% include after.html thing=anna %}",
             "[][new]anna.");
        page(&site, &lasting, "6", "{% include after.html thing=anna a=1 %}", "[a][]anna.");
        end_site(&site);
    }
}

/* An object that is made for one page may lie where another one lay. */
static void does_not_know_passing_things(void **state)
{
    (void)state;
    struct site site;
    setup_site(&site, true);
    page(&site, &passing, "1", "{% include card.html thing=anna %}", CARD("anna") ".");
    site.anna.name = "other";
    page(&site, &passing, "2", "{% include card.html thing=anna %}", CARD("other") ".");
    assert_int_equal(site.begun, 0);
    end_site(&site);
}

static void the_host_may_refuse(void **state)
{
    (void)state;
    struct site site;
    setup_site(&site, true);
    site.refuse = true;
    page(&site, &lasting, "1", "{% include card.html thing=anna %}", CARD("anna") ".");
    site.anna.name = "other";
    page(&site, &lasting, "2", "{% include card.html thing=anna %}", CARD("other") ".");
    assert_int_equal(site.begun, 2);
    end_site(&site);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_what_was_printed),    cmocka_unit_test(does_what_it_did_besides),
        cmocka_unit_test(keeps_nothing_of_the_page), cmocka_unit_test(does_not_know_passing_things),
        cmocka_unit_test(the_host_may_refuse),       cmocka_unit_test(knows_what_a_branch_sets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
