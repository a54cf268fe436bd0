/* Where the content links out. */
#include "base/buf.h"
#include "base/path.h"
#include "base/vec.h"
#include "build/outside/outside_internal.h"
#include "lang/yaml.h"
#include "site/bodies.h"

struct gathering {
    const struct plan *plan;
    struct source *source;
    struct arena *arena;
    struct outside_links *out;
};

/* Without its fragment, which no server hears of, and with what HTTP does not allow in a request
 * percent-encoded. "//host/path" is asked by https. */
static struct str as_request(struct arena *arena, struct str url)
{
    struct buf request = {0};
    if (str_starts(url, STR("//")))
        buf_adds(&request, "https:");
    for (size_t i = 0; i < url.len && url.ptr[i] != '#'; i++) {
        unsigned char byte = (unsigned char)url.ptr[i];
        if (byte <= 0x20 || byte >= 0x7F || strchr("\"<>\\^`{|}", byte))
            buf_addf(&request, "%%%02X", byte);
        else
            buf_addc(&request, (char)byte);
    }
    struct str made = arena_str(arena, buf_str(&request));
    buf_release(&request);
    return made;
}

static bool leads_out(const struct gathering *gathering, struct str url)
{
    struct str own = gathering->plan->site->config.url;
    struct str scheme = str_sub(url, 0, str_find(url, STR("//"), 0));
    if (!str_eq_nocase(scheme, STR("http:")) && !str_eq_nocase(scheme, STR("https:")) &&
        !(scheme.len == 0 && str_starts(url, STR("//"))))
        return false;
    bool inside =
        str_starts(url, own) && (url.len == own.len || strchr("/?#", url.ptr[own.len]) != NULL);
    return !inside && url.len > scheme.len + 2;
}

static void add(struct gathering *gathering, struct str url, struct span span)
{
    if (leads_out(gathering, url))
        *vec_push(gathering->arena, gathering->out) =
            (struct outside_link){as_request(gathering->arena, url), span};
}

static void add_body(struct gathering *gathering, const struct entry *entry)
{
    const struct markup *body = &entry->record->body;
    for (size_t i = 0; i < body->link_count; i++) {
        struct markup_link link = markup_link_at(body, i);
        add(gathering, link.target,
            span_of(entry->record->text, link.source_start, link.source_end));
    }
}

/* Every scalar that is an address as a whole. YAML_MAX_DEPTH caps the recursion. */
static void add_values(struct gathering *gathering, const struct text *text,
                       const struct yaml_node *node)
{
    if (!node)
        return;
    if (node->kind == YAML_SCALAR) {
        struct str url = str_trim(node->text);
        if (str_find_byte(url, ' ', 0) == STR_NONE && !str_starts(url, STR("//")))
            add(gathering, url, yaml_span(text, node));
        return;
    }
    for (size_t i = 0; i < node->count; i++)
        add_values(gathering, text,
                   node->kind == YAML_SEQUENCE ? &node->items[i] : &node->pairs[i].value);
}

static void add_yaml(struct gathering *gathering, const struct text *text, size_t start, size_t end)
{
    struct diags ignored; /* its mistakes were told when the site was read */
    const struct yaml_node *root = NULL;
    diags_init(&ignored, gathering->arena);
    yaml_parse(text, start, end, gathering->arena, &ignored, &root);
    add_values(gathering, text, root);
}

/* Literal addresses in attributes of the site's own layouts. */
static void add_layout(struct gathering *gathering, const struct text *text)
{
    static const struct str attributes[] = {STR_INIT("href=\""), STR_INIT("src=\""),
                                            STR_INIT("action=\"")};
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++) {
        size_t at = str_find(text->bytes, attributes[i], 0);
        for (; at != STR_NONE; at = str_find(text->bytes, attributes[i], at)) {
            at += attributes[i].len;
            size_t end = str_find_byte(text->bytes, '"', at);
            struct str url = str_sub(text->bytes, at, end);
            if (end != STR_NONE && str_find_byte(url, '{', 0) == STR_NONE)
                add(gathering, url, span_of(text, at, end));
        }
    }
}

static void add_files(struct gathering *gathering)
{
    size_t count;
    const struct source_file *files = source_files(gathering->source, &count);
    for (size_t i = 0; i < count; i++) {
        const struct source_file *file = &files[i];
        bool yaml = file->area == SOURCE_CONTENT && str_ends(file->path, STR(".yml"));
        if (file->layer != SOURCE_SITE || !(yaml || file->area == SOURCE_LAYOUTS))
            continue;
        struct text *text = arena_zalloc(gathering->arena, 1, sizeof *text);
        struct diags ignored;
        diags_init(&ignored, gathering->arena);
        if (source_read(gathering->source, source_spare_worker(gathering->source), file,
                        CONTENT_FILE_MOST, gathering->arena, &ignored, text) != 0)
            continue;
        if (yaml)
            add_yaml(gathering, text, 0, text->bytes.len);
        else
            add_layout(gathering, text);
    }
}

void outside_gather(const struct plan *plan, struct source *source, struct arena *arena,
                    struct outside_links *out)
{
    struct gathering gathering = {plan, source, arena, out};
    const struct site *site = plan->site;
    for (size_t i = 0; i < site->entry_count; i++) {
        const struct entry *entry = &site->entries[i];
        if (!entry->published)
            continue;
        const struct record *record = entry->record;
        add_yaml(&gathering, record->text, record->front_matter.start, record->front_matter.end);
        add_body(&gathering, entry);
    }
    add_files(&gathering);
}
