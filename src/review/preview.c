#include "review/preview.h"

#include "base/html.h"
#include "base/path.h"
#include "base/vec.h"
#include "build/write.h"

/* One file of the preview. */
struct part {
    struct str path;
    struct str bytes;
    enum store_rank rank;
};

struct part_list {
    struct part *items;
    size_t count, capacity;
};

struct writing {
    const struct preview_options *options;
    const struct review *review;
    struct arena *arena;
    struct diags *diags;
    struct str root; /* the site's path in its URL, "guild", so that links within it lead right */
    struct part_list parts;
    struct str *before; /* bytes by the numbers of BASE's outputs */
    struct str *after;
};

static const struct str style = STR_INIT(
    "body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; "
    "padding: 0 1rem; color: #1a1a1a; background: #fff }\n"
    "table { border-collapse: collapse; width: 100% }\n"
    "th, td { border-bottom: 1px solid #ccc; padding: .4rem .6rem; text-align: left; "
    "vertical-align: top }\n"
    "td:nth-child(2), td:nth-child(3) { overflow-wrap: anywhere }\n"
    "code { font-size: .9em }\n"
    /* On a telephone each row is a paragraph. */
    "@media (max-width: 45rem) { thead { position: absolute; clip-path: inset(50%) } "
    "table, tbody { display: block } tr { display: block; border-bottom: 1px solid #ccc; "
    "padding: .5rem 0 } td { display: block; border: 0; padding: 0 } "
    "td:nth-child(1) { font-weight: bold } td:nth-child(n+4) { display: inline-block; "
    "padding: .4rem 1.5rem .4rem 0 } }\n"
    "@media (prefers-color-scheme: dark) { body { color: #eee; background: #111 } a { color: "
    "#9cf } th, td, tr { border-color: #444 } }\n");

/* ---- rendering what is shown */

static bool is_shown_before(const struct effect *effect)
{
    return effect->before && effect->is_page;
}

static void render_before(struct writing *writing)
{
    const struct plan *plan = writing->options->base->plan;
    bool *chosen = arena_zalloc(writing->arena, plan->count + 1, sizeof *chosen);
    for (size_t i = 0; i < writing->review->effects.count; i++) {
        const struct effect *effect = &writing->review->effects.items[i];
        if (is_shown_before(effect))
            chosen[effect->before->number] = true;
    }
    writing->before = arena_zalloc(writing->arena, plan->count + 1, sizeof *writing->before);
    side_render(&writing->options->base_build, chosen, writing->arena, writing->before);
}

/* What changed, and every asset and picture: pages look wrong without them. */
static void render_after(struct writing *writing)
{
    const struct plan *plan = writing->options->after->plan;
    bool *chosen = arena_zalloc(writing->arena, plan->count + 1, sizeof *chosen);
    for (size_t i = 0; i < plan->count; i++)
        chosen[i] = write_rank(&plan->outputs[i]) == STORE_ASSET;
    for (size_t i = 0; i < writing->review->effects.count; i++) {
        const struct effect *effect = &writing->review->effects.items[i];
        if (effect->after)
            chosen[effect->after->number] = true;
    }
    writing->after = arena_zalloc(writing->arena, plan->count + 1, sizeof *writing->after);
    side_render(&writing->options->after_build, chosen, writing->arena, writing->after);
    for (size_t i = 0; i < plan->count; i++) {
        if (chosen[i])
            *vec_push(writing->arena, &writing->parts) =
                (struct part){path_join(writing->arena, writing->root, plan->outputs[i].path),
                              writing->after[i], write_rank(&plan->outputs[i])};
    }
}

static struct str before_path(const struct writing *writing, const struct effect *effect)
{
    struct str folder = path_join(writing->arena, writing->root, STR("_review/before"));
    return path_join(writing->arena, folder, effect->before->path);
}

static void add_before(struct writing *writing)
{
    for (size_t i = 0; i < writing->review->effects.count; i++) {
        const struct effect *effect = &writing->review->effects.items[i];
        if (is_shown_before(effect))
            *vec_push(writing->arena, &writing->parts) = (struct part){
                before_path(writing, effect), writing->before[effect->before->number], STORE_PAGE};
    }
}

/* ---- the list */

static void add_link(struct buf *out, struct str path, const char *text)
{
    struct buf url = {0};
    buf_addc(&url, '/');
    url_escape_path(&url, path);
    if (str_ends(buf_str(&url), STR("/index.html")))
        buf_truncate(&url, url.len - 10);
    buf_adds(out, "<a href=\"");
    html_escape(out, buf_str(&url));
    buf_addf(out, "\">%s</a>", text);
    buf_release(&url);
}

static void add_row(const struct writing *writing, const struct effect *effect, struct buf *out)
{
    buf_addf(out, "<tr><td>%s</td><td><code>", effect_name(effect->kind));
    html_escape(out, effect->url);
    buf_adds(out, "</code> ");
    html_escape(out, effect->title);
    if (effect->kind == EFFECT_MOVED) {
        buf_adds(out, "<br>was <code>");
        html_escape(out, effect->old_url);
        buf_adds(out, effect->redirected ? "</code>, which leads here" : "</code>, which is gone");
    }
    buf_adds(out, "</td><td>");
    html_escape(out, effect->reason);
    buf_adds(out, "</td><td>");
    if (effect->after)
        add_link(out, path_join(writing->arena, writing->root, effect->after->path), "after");
    buf_adds(out, "</td><td>");
    if (is_shown_before(effect))
        add_link(out, before_path(writing, effect), "before");
    buf_adds(out, "</td></tr>\n");
}

static void add_table(const struct writing *writing, bool pages, struct buf *out)
{
    bool any = false;
    for (size_t i = 0; i < writing->review->effects.count; i++) {
        const struct effect *effect = &writing->review->effects.items[i];
        if (effect->is_page != pages)
            continue;
        if (!any)
            buf_addf(out,
                     "<h2>%s</h2>\n<table>\n<thead><tr><th scope=\"col\">Change</th>"
                     "<th scope=\"col\">Address</th><th scope=\"col\">Why</th>"
                     "<th scope=\"col\">After</th><th scope=\"col\">Before</th></tr></thead>\n",
                     pages ? "Pages" : "Feeds, calendars and files");
        any = true;
        add_row(writing, effect, out);
    }
    if (any)
        buf_adds(out, "</table>\n");
}

static void add_list(struct writing *writing)
{
    const struct review *review = writing->review;
    struct str folder = path_join(writing->arena, writing->root, STR("_review"));
    struct buf out = {0};
    buf_adds(&out,
             "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\">\n"
             "<meta name=\"viewport\" content=\"width=device-width\">\n"
             "<meta name=\"robots\" content=\"noindex\">\n<title>Preview of a change</title>\n"
             "<link rel=\"stylesheet\" href=\"/");
    html_escape(&out, path_join(writing->arena, folder, STR("review.css")));
    buf_adds(&out, "\"></head>\n<body>\n<h1>Preview of a change</h1>\n<p>");
    buf_addf(&out, "What the site would be with <code>%.*s</code> merged into <code>%.*s</code>. ",
             STR_ARG(str_sub(review->head_commit, 0, 10)),
             STR_ARG(str_sub(review->base_commit, 0, 10)));
    if (review->effects.count == 0)
        buf_adds(&out, "No page becomes another one.");
    else
        buf_adds(&out, "Only what changes is here; other links of these pages lead nowhere.");
    buf_adds(&out, "</p>\n");
    add_table(writing, true, &out);
    add_table(writing, false, &out);
    buf_adds(&out, "</body>\n</html>\n");
    *vec_push(writing->arena, &writing->parts) =
        (struct part){path_join(writing->arena, folder, STR("index.html")),
                      arena_str(writing->arena, buf_str(&out)), STORE_INDEX};
    *vec_push(writing->arena, &writing->parts) =
        (struct part){path_join(writing->arena, folder, STR("review.css")), style, STORE_ASSET};
    buf_release(&out);
}

/* ---- into the folder */

static int put_all(struct writing *writing, struct store *store)
{
    size_t count = writing->parts.count;
    struct store_item *items = arena_zalloc(writing->arena, count, sizeof *items);
    struct store_report report;
    for (size_t i = 0; i < count; i++)
        items[i] = (struct store_item){.path = writing->parts.items[i].path,
                                       .rank = writing->parts.items[i].rank};
    int result = store_plan(store, items, count, writing->diags);
    for (size_t i = 0; i < count && result == 0; i++)
        result = store_put(store, 0, i, writing->parts.items[i].bytes, writing->diags);
    return result == 0 ? store_commit(store, &report, writing->diags) : result;
}

static int publish(struct writing *writing)
{
    const struct build_options *build = &writing->options->after_build;
    const struct source_place *place = build->place;
    size_t below = place->prefix.len > 0 ? place->prefix.len + 1 : 0;
    const struct store_options options = {
        .fs = build->fs,
        .output = writing->options->folder,
        .state = path_join(writing->arena, place->git_folder, STR("copse")).ptr,
        .site = place->folder.ptr,
        .anchor = arena_cstr(writing->arena, str_sub(place->folder, 0, place->folder.len - below)),
        .workers = 1,
    };
    struct store *store = NULL;
    if (store_open(&options, writing->arena, writing->diags, &store) != 0)
        return -1;
    int result = put_all(writing, store);
    store_close(store);
    return result;
}

int preview_write(const struct preview_options *options, const struct review *review,
                  struct arena *arena, struct diags *diags)
{
    struct str base_path = options->after->site->config.base_path;
    struct writing writing = {.options = options,
                              .review = review,
                              .arena = arena,
                              .diags = diags,
                              .root = str_after(base_path, base_path.len > 0)};
    render_before(&writing);
    render_after(&writing);
    add_before(&writing);
    add_list(&writing);
    return publish(&writing);
}
