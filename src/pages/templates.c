#include "pages/templates.h"
#include "base/hash.h"
#include "base/path.h"
#include "base/suggest.h"
#include "base/vec.h"
#include "lang/front_matter.h"
#include "lang/yaml.h"
#include "pages/filters.h"
#include "pages/partial_notes.h"
#include "pages/stylesheets.h"

enum { TEMPLATE_MOST = 4 * 1024 * 1024, FINGERPRINT_MOST = 1024 * 1024, NESTING_MOST = 8 };

/* One file of layouts/. */
struct layout {
    struct str name; /* "article", "includes/byline" */
    const struct text *text;
    size_t start; /* the template begins here, behind its front matter */
    struct value data;
    struct str outer; /* the layout around it, or empty */
    struct span outer_span;
    const struct liquid_template *compiled;
    /* For templates_digests(): */
    size_t visit;
    struct layout **named; /* the partials that it names; NULL: not looked for yet */
    size_t named_count;
};

struct templates {
    struct arena *arena;
    const struct plan *plan;
    struct map layouts; /* by name: struct layout */
    struct str *names;  /* of the partials, as tags name them */
    size_t name_count;
    struct filter_context filters;
    struct liquid *liquid;
    struct liquid_memo *memo;
};

/* What partials printed: of 10,000 articles it is about a tenth. */
enum { MEMO_MOST = 256 * 1024 * 1024 };

static struct layout *find_layout(const struct templates *templates, struct str name)
{
    return map_get(&templates->layouts, name);
}

/* `{% include byline.html %}` and `{% render 'byline' %}` both mean layouts/includes/byline.html.
 */
static const struct text *load_partial(void *context, struct str name, size_t *start)
{
    const struct templates *templates = context;
    struct arena scratch = {0};
    if (str_ends(name, STR(".html")))
        name.len -= 5;
    const struct layout *layout =
        find_layout(templates, arena_printf(&scratch, "includes/%.*s", STR_ARG(name)));
    arena_release(&scratch);
    if (!layout)
        return NULL;
    *start = layout->start;
    return layout->text;
}

static size_t partial_names(void *context, const struct str **names)
{
    const struct templates *templates = context;
    *names = templates->names;
    return templates->name_count;
}

static uint32_t symbol_of(void *context, struct str name)
{
    (void)context;
    return property_number(name);
}

/* In one edition all pages have one `site`, and one language. */
static bool is_steady(void *context, struct str global, struct str property)
{
    (void)context;
    return str_eq(global, STR("site")) ||
           (str_eq(global, STR("page")) && str_eq(property, STR("lang")));
}

static void read_data(struct templates *templates, const struct front_matter *matter,
                      struct layout *layout, struct diags *diags)
{
    const struct yaml_node *root;
    yaml_parse(layout->text, matter->yaml_start, matter->yaml_end, templates->arena, diags, &root);
    if (!root)
        return;
    layout->data = yaml_to_value(root, templates->arena);
    const struct yaml_node *outer = yaml_get(root, STR("layout"));
    if (!outer || outer->kind != YAML_SCALAR || yaml_is_blank(outer))
        return;
    layout->outer = outer->text;
    layout->outer_span = yaml_span(layout->text, outer);
}

static void add_layout(struct templates *templates, struct source *source,
                       const struct source_file *file, struct diags *diags)
{
    struct text *text = arena_zalloc(templates->arena, 1, sizeof *text);
    if (!str_ends(file->path, STR(".html")) ||
        source_read(source, 0, file, TEMPLATE_MOST, templates->arena, diags, text) != 0)
        return;
    struct layout *layout = arena_zalloc(templates->arena, 1, sizeof *layout);
    struct front_matter matter;
    *layout = (struct layout){.name = str_sub(file->path, 8, file->path.len - 5), .text = text};
    enum front_matter_result result = front_matter_split(text->bytes, &matter);
    if (result == FRONT_MATTER_FOUND)
        read_data(templates, &matter, layout, diags);
    else if (result == FRONT_MATTER_UNCLOSED)
        diag_error(diags, "layout-error", span_of(text, matter.opening_start, matter.opening_end),
                   "the front matter of this layout begins here and never ends");
    layout->start = matter.body_start;
    map_put(&templates->layouts, layout->name, layout);
    if (path_inside(layout->name, STR("includes")))
        templates->names[templates->name_count++] = str_after(layout->name, 9);
}

static void read_layouts(struct templates *templates, struct source *source, struct diags *diags)
{
    size_t count;
    const struct source_file *files = source_folder(source, STR("layouts"), &count);
    map_init(&templates->layouts, templates->arena);
    templates->names = arena_zalloc(templates->arena, count, sizeof *templates->names);
    for (size_t i = 0; i < count; i++)
        add_layout(templates, source, &files[i], diags);
}

/* Fingerprints are taken of all assets of a sensible size, before threads start. */
static void read_fingerprints(struct templates *templates, struct source *source,
                              struct diags *diags)
{
    size_t count;
    const struct source_file *files = source_folder(source, STR("assets"), &count);
    struct arena scratch = {0};
    struct buf sheet = {0};
    map_init(&templates->filters.assets, templates->arena);
    for (size_t i = 0; i < count; i++) {
        static const struct str printed[] = {STR_INIT(".css"), STR_INIT(".js"), STR_INIT(".svg"),
                                             STR_INIT(".woff2")};
        struct text text;
        bool wanted = false;
        for (size_t j = 0; j < sizeof printed / sizeof *printed; j++)
            wanted = wanted || str_ends(files[i].path, printed[j]);
        if (!wanted)
            continue;
        arena_clear(&scratch);
        buf_clear(&sheet);
        if (stylesheet_is(&files[i])) {
            if (stylesheet_write(source, 0, &files[i], &templates->plan->site->config.brand,
                                 &scratch, diags, &sheet) != 0)
                continue;
            text.bytes = buf_str(&sheet);
        } else if (source_read(source, 0, &files[i], FINGERPRINT_MOST, &scratch, diags, &text) !=
                   0) {
            continue;
        }
        struct asset_print *print = arena_zalloc(templates->arena, 1, sizeof *print);
        sha256(text.bytes, print->sha256);
        map_put(&templates->filters.assets, str_after(files[i].path, 7), print);
    }
    buf_release(&sheet);
    arena_release(&scratch);
}

static void make_environment(struct templates *templates, bool strict)
{
    static const struct str globals[] = {STR_INIT("page"), STR_INIT("site"), STR_INIT("paginator"),
                                         STR_INIT("content"), STR_INIT("layout")};
    struct liquid_settings settings = {.jekyll = true, .strict = strict, .autoescape = true};
    settings.limits = templates->plan->site->config.limits;
    settings.host = (struct liquid_host){
        .context = templates,
        .load = load_partial,
        .names = partial_names,
        .symbol = symbol_of,
        .globals = globals,
        .global_count = sizeof globals / sizeof *globals,
        .steady = is_steady,
    };
    settings.host.filters =
        filters_make(&templates->filters, templates->arena, &settings.host.filter_count);
    templates->liquid = liquid_new(templates->arena, &settings);
}

static int explain_missing(const struct templates *templates, struct str name, struct span span,
                           struct diags *diags)
{
    struct str *names = arena_zalloc(templates->arena, templates->layouts.count, sizeof *names);
    for (size_t i = 0; i < templates->layouts.count; i++)
        names[i] = templates->layouts.entries[i].key;
    struct str nearest = suggest_nearest(name, names, templates->layouts.count);
    diag_error(diags, "missing-layout", span, "there is no layouts/%.*s.html", STR_ARG(name));
    if (nearest.len > 0)
        diag_hint(diags, "did you mean '%.*s'?", STR_ARG(nearest));
    return -1;
}

/* Every layout's outer one exists, and no chain of them comes back to where it began. */
static int check_nesting(const struct templates *templates, struct diags *diags)
{
    int status = 0;
    for (size_t i = 0; i < templates->layouts.count; i++) {
        const struct layout *layout = templates->layouts.entries[i].value;
        const struct layout *at = layout;
        int depth = 0;
        while (at && at->outer.len > 0 && depth++ < NESTING_MOST) {
            const struct layout *outer = find_layout(templates, at->outer);
            if (!outer && at == layout)
                status = explain_missing(templates, at->outer, at->outer_span, diags);
            at = outer;
        }
        if (depth >= NESTING_MOST)
            status = diag_error(diags, "layout-error", layout->outer_span,
                                "the layouts around this one never end: one of them comes back");
    }
    return status;
}

static int compile_layouts(struct templates *templates, struct diags *diags)
{
    int status = 0;
    for (size_t i = 0; i < templates->layouts.count; i++) {
        struct layout *layout = templates->layouts.entries[i].value;
        if (path_inside(layout->name, STR("includes")))
            continue;
        layout->compiled =
            liquid_compile(templates->liquid, layout->text, layout->start, LIQUID_HTML, diags);
        if (!layout->compiled)
            status = -1;
    }
    return status;
}

static struct span layout_span(const struct output *output)
{
    if (output->kind != OUTPUT_ENTRY)
        return output->span;
    const struct record *record = ((const struct entry *)output->subject)->record;
    return record_span(record, record->layout.place);
}

static int check_pages(const struct templates *templates, struct diags *diags)
{
    int status = 0;
    for (size_t i = 0; i < templates->plan->count; i++) {
        const struct output *output = &templates->plan->outputs[i];
        if (!output_is_page(output))
            continue;
        const struct layout *layout = find_layout(templates, output->layout);
        if (!layout || path_inside(layout->name, STR("includes")))
            status = explain_missing(templates, output->layout, layout_span(output), diags);
    }
    return status;
}

int templates_load(const struct templates_options *options, struct arena *arena,
                   struct diags *diags, struct templates **out)
{
    struct templates *templates = arena_zalloc(arena, 1, sizeof *templates);
    templates->arena = arena;
    templates->plan = options->plan;
    templates->filters.plan = options->plan;
    *out = templates;
    size_t errors = diags_count(diags, SEVERITY_ERROR);
    read_layouts(templates, options->source, diags);
    read_fingerprints(templates, options->source, diags);
    make_environment(templates, options->strict);
    templates->memo = liquid_memo_new(MEMO_MOST);
    int status = check_nesting(templates, diags);
    status |= check_pages(templates, diags);
    status |= compile_layouts(templates, diags);
    return status || diags_count(diags, SEVERITY_ERROR) > errors ? -1 : 0;
}

void templates_end(struct templates *templates)
{
    if (templates)
        liquid_memo_free(templates->memo);
}

void templates_forget(struct templates *templates)
{
    liquid_memo_free(templates->memo);
    templates->memo = liquid_memo_new(MEMO_MOST);
}

/* The globals of one rendering. */
struct globals {
    struct view view;
    struct str content;
    bool has_content;
    const struct layout *layout;
};

static struct value globals_get(const void *self, struct value_key key, struct value_reader *reader)
{
    const struct globals *globals = self;
    (void)reader;
    switch ((enum property)key.symbol) {
    case PROPERTY_page: return object_page(&globals->view);
    case PROPERTY_site: return object_site(&globals->view);
    case PROPERTY_paginator: return object_paginator(&globals->view);
    case PROPERTY_content: return globals->has_content ? value_html(globals->content) : value_nil();
    case PROPERTY_layout: return globals->layout->data;
    default: return value_nil();
    }
}

static const struct value_class globals_class = {.name = "globals", .get = globals_get};

static const struct edition_plan *sections_of(const struct plan *plan,
                                              const struct edition *edition)
{
    return &plan->editions[edition - plan->site->editions];
}

static struct str subject_of(const struct output *output, struct arena *arena)
{
    if (output->span.text)
        return arena_printf(arena, "%.*s (%.*s)", STR_ARG(output->url),
                            STR_ARG(output->span.text->path));
    return output->url;
}

int templates_render(const struct templates *templates, const struct page_job *job, struct buf *out)
{
    const struct plan *plan = templates->plan;
    struct partial_notes reads = {.trace = job->trace, .arena = job->scratch};
    const struct liquid_notes notes = partial_notes(&reads);
    struct globals globals = {.view = {.plan = plan,
                                       .output = job->output,
                                       .edition = job->output->edition,
                                       .sections = sections_of(plan, job->output->edition),
                                       .trace = job->trace,
                                       .of_page = &reads.of_page},
                              .layout = find_layout(templates, job->output->layout)};
    bool now_was_read = false;
    struct liquid_call call = {
        .globals = value_object(&globals_class, &globals),
        .reader = {.arena = job->scratch, .context = &globals.view},
        .diags = job->diags,
        .host = &globals.view,
        .now = plan->site->now,
        .now_was_read = &now_was_read,
        .zone = plan->site->config.zone,
        .subject = subject_of(job->output, job->scratch),
        .link = job->link,
        .link_context = job->link_context,
        .memo = job->alike ? templates->memo : NULL,
        .memo_scope = job->output->edition,
        .notes = &notes,
    };
    size_t start = out->len;
    for (;;) {
        if (liquid_render(globals.layout->compiled, &call, out) != 0)
            return -1;
        if (now_was_read)
            trace_site(job->trace, FACT_NOW);
        if (globals.layout->outer.len == 0)
            return 0;
        globals.content = arena_str(job->scratch, (struct str){out->ptr + start, out->len - start});
        globals.has_content = true;
        buf_truncate(out, start);
        globals.layout = find_layout(templates, globals.layout->outer);
    }
}

/* A partial's name as a word of a text: every partial that a template includes is named in it. One
 * that is named and not included costs a rendering too many, never one too few. */
static bool is_word(char c)
{
    return str_is_alpha(c) || str_is_digit(c) || c == '-' || c == '_';
}

static bool next_word(struct str text, size_t *at, struct str *word)
{
    while (*at < text.len && !is_word(text.ptr[*at]))
        ++*at;
    size_t start = *at;
    while (*at < text.len && is_word(text.ptr[*at]))
        ++*at;
    *word = str_sub(text, start, *at);
    return word->len > 0;
}

/* `{% include {{ name }} %}`: which one is known when it renders. */
static bool includes_any(struct str text)
{
    for (size_t at = 0; (at = str_find(text, STR("include"), at)) != STR_NONE; at++) {
        size_t end = at + 7;
        while (end < text.len && str_is_space(text.ptr[end]))
            end++;
        if (end > at + 7 && str_starts(str_after(text, end), STR("{{")))
            return true;
    }
    return false;
}

/* A name such as `cards/small.html` stands in a text as several words: its first one counts. */
static void find_named(const struct templates *templates, struct layout *layout)
{
    struct str text = layout->text->bytes;
    struct arena scratch = {0};
    struct map words;
    struct str word;
    bool any = includes_any(text);
    map_init(&words, &scratch);
    for (size_t at = 0; next_word(text, &at, &word);)
        map_put(&words, word, layout);
    layout->named = arena_alloc(templates->arena, templates->layouts.count * sizeof(void *));
    for (size_t i = 0; i < templates->layouts.count; i++) {
        struct layout *partial = templates->layouts.entries[i].value;
        size_t at = 0;
        if (path_inside(partial->name, STR("includes")) &&
            (any || !next_word(str_after(partial->name, 9), &at, &word) || map_has(&words, word)))
            layout->named[layout->named_count++] = partial;
    }
    arena_release(&scratch);
}

/* The layout, those around it and all partials that any of them names, each once. */
static void add_digests(const struct templates *templates, struct layout *layout, size_t visit,
                        uint64_t *digest)
{
    if (!layout || layout->visit == visit)
        return;
    layout->visit = visit;
    if (!layout->named)
        find_named(templates, layout);
    *digest = hash_bytes(layout->text->bytes, hash_bytes(layout->name, *digest));
    if (layout->outer.len > 0)
        add_digests(templates, find_layout(templates, layout->outer), visit, digest);
    for (size_t i = 0; i < layout->named_count; i++)
        add_digests(templates, layout->named[i], visit, digest);
}

size_t templates_digests(const struct templates *templates, const struct str **names,
                         const uint64_t **digests)
{
    size_t count = templates->layouts.count;
    struct str *all = arena_zalloc(templates->arena, count, sizeof *all);
    uint64_t *sums = arena_zalloc(templates->arena, count, sizeof *sums);
    for (size_t i = 0; i < count; i++) {
        struct layout *layout = templates->layouts.entries[i].value;
        all[i] = layout->name;
        add_digests(templates, layout, i + 1, &sums[i]);
    }
    *names = all;
    *digests = sums;
    return count;
}

bool templates_name(const struct templates *templates, struct str name)
{
    for (size_t i = 0; i < templates->layouts.count; i++) {
        const struct layout *layout = templates->layouts.entries[i].value;
        if (str_has(layout->text->bytes, name))
            return true;
    }
    return false;
}

uint64_t templates_asset_digest(const struct templates *templates)
{
    uint64_t digest = 1;
    for (size_t i = 0; i < templates->filters.assets.count; i++) {
        const struct map_entry *entry = &templates->filters.assets.entries[i];
        const struct asset_print *print = entry->value;
        digest = hash_bytes(entry->key, digest);
        digest = hash_bytes((struct str){(const char *)print->sha256, SHA256_SIZE}, digest);
    }
    return digest;
}
