#include "pages/filters.h"
#include "base/base64.h"
#include "base/html.h"
#include "base/path.h"
#include "base/suggest.h"
#include "pages/body.h"
#include "pages/markdownify.h"
#include "pages/objects.h"
#include "pages/picture_element.h"

static const struct view *view_of_call(const struct liquid_call *call)
{
    return call->host;
}

static struct str in_arena(struct liquid_call *call, struct buf *buf)
{
    struct str text = arena_str(call->reader.arena, buf_str(buf));
    buf_release(buf);
    return text;
}

/* A word that is missing prints its key, so that the page shows what to add. */
static int apply_t(struct liquid_call *call, void *context, struct value input,
                   const struct liquid_arguments *arguments, struct value *out)
{
    const struct words *words = view_of_call(call)->edition->words;
    struct str key = liquid_text(call, input);
    const int64_t *number = NULL;
    int64_t count;
    (void)context;
    if (arguments->count > 0 && arguments->items[0].type == VALUE_INTEGER) {
        count = arguments->items[0].integer;
        number = &count;
    }
    struct str word = words_find(words, key, number, call->reader.arena);
    *out = value_text(word.len > 0 ? word : key);
    return 0;
}

static int apply_localdate(struct liquid_call *call, void *context, struct value input,
                           const struct liquid_arguments *arguments, struct value *out)
{
    const struct words *words = view_of_call(call)->edition->words;
    struct str format = STR("long");
    struct date_time time;
    struct str zone_name = {0};
    const char *why;
    (void)context;
    *out = value_nil();
    if (input.type == VALUE_NIL)
        return 0;
    if (arguments->count > 0)
        format = liquid_text(call, arguments->items[0]);
    if (input.type == VALUE_TIME) {
        time = input.time->time;
        zone_name = input.time->zone_name;
    } else if (date_parse(liquid_text(call, input), &time, &why) != 0) {
        return liquid_fail(call, "localdate needs a date: %s", why);
    }
    struct buf text = {0};
    date_format(&text, &time, words_format(words, format), zone_name, words_dates(words));
    *out = value_text(in_arena(call, &text));
    return 0;
}

static int apply_ordinal(struct liquid_call *call, void *context, struct value input,
                         const struct liquid_arguments *arguments, struct value *out)
{
    const struct words *words = view_of_call(call)->edition->words;
    (void)context;
    (void)arguments;
    *out = input.type == VALUE_INTEGER
               ? value_text(words_ordinal(words, input.integer, call->reader.arena))
               : input;
    return 0;
}

/* A path that has the base path already stays as it is, so that the filter may be used on
 * page.url too, as Jekyll's layouts do. */
static struct str with_base(const struct site *site, struct str url, struct arena *arena)
{
    struct str base = site->config.base_path;
    if (!str_starts(url, STR("/")))
        url = arena_printf(arena, "/%.*s", STR_ARG(url));
    if (base.len > 0 && path_inside(url, base))
        return url;
    return arena_printf(arena, "%.*s%.*s", STR_ARG(base), STR_ARG(url));
}

static int apply_relative_url(struct liquid_call *call, void *context, struct value input,
                              const struct liquid_arguments *arguments, struct value *out)
{
    const struct filter_context *filters = context;
    struct str url = liquid_text(call, input);
    (void)arguments;
    *out = value_text(
        url_is_external(url) ? url : with_base(filters->plan->site, url, call->reader.arena));
    return 0;
}

static int apply_absolute_url(struct liquid_call *call, void *context, struct value input,
                              const struct liquid_arguments *arguments, struct value *out)
{
    const struct filter_context *filters = context;
    const struct site *site = filters->plan->site;
    struct str url = liquid_text(call, input);
    (void)arguments;
    if (!url_is_external(url)) {
        struct str path = with_base(site, url, call->reader.arena);
        url = arena_printf(call->reader.arena, "%.*s%.*s", STR_ARG(site->config.origin),
                           STR_ARG(path));
    }
    *out = value_text(url);
    return 0;
}

static int apply_asset(struct liquid_call *call, void *context, struct value input,
                       const struct liquid_arguments *arguments, struct value *out)
{
    const struct filter_context *filters = context;
    struct str name = liquid_text(call, input);
    struct str url = arena_printf(call->reader.arena, "/assets/%.*s", STR_ARG(name));
    const struct asset_print *print = map_get(&filters->assets, name);
    struct buf text = {0};
    const struct view *view = call->host;
    trace_site(view->trace, FACT_ASSETS);
    if (!plan_find(filters->plan, url))
        return liquid_fail(call, "there is no file assets/%.*s", STR_ARG(name));
    if (arguments->count > 0) {
        if (!str_eq(liquid_text(call, arguments->items[0]), STR("integrity")))
            return liquid_fail(call, "asset knows one argument: 'integrity'");
        if (!print)
            return liquid_fail(call, "assets/%.*s is too large for an integrity value",
                               STR_ARG(name));
        buf_adds(&text, "sha256-");
        base64_add(&text, (struct str){(const char *)print->sha256, SHA256_SIZE});
    } else {
        buf_add(&text, url_on_site(filters->plan->site, url, call->reader.arena));
        if (print)
            buf_addf(&text, "?v=%02x%02x%02x%02x", print->sha256[0], print->sha256[1],
                     print->sha256[2], print->sha256[3]);
    }
    *out = value_text(in_arena(call, &text));
    return 0;
}

/* The attachment at `url` and its set in a shape that must be one of layouts/pictures.yml. */
static int find_picture(struct liquid_call *call, struct str url, struct str shape,
                        const struct attachment **attachment, const struct picture_set **set)
{
    const struct view *view = view_of_call(call);
    const struct site *site = view->plan->site;
    struct str *names = arena_zalloc(call->reader.arena, site->shape_count, sizeof *names);
    bool known = false;
    for (size_t i = 0; i < site->shape_count; i++) {
        names[i] = site->shapes[i].name;
        known = known || str_eq(names[i], shape);
    }
    if (!known) {
        struct str near = suggest_nearest(shape, names, site->shape_count);
        return liquid_fail(call, "layouts/pictures.yml has no shape '%.*s'%s%.*s%s", STR_ARG(shape),
                           near.len > 0 ? "; did you mean '" : "", STR_ARG(near),
                           near.len > 0 ? "'?" : "");
    }
    *attachment = url_is_external(url) ? NULL : picture_at_url(site, url);
    *set = *attachment ? variants_set(*attachment, shape) : NULL;
    if (*attachment)
        trace_output_plan(view->trace, plan_find(view->plan, (*attachment)->url));
    return 0;
}

static struct str named_text(struct liquid_call *call, const struct liquid_arguments *arguments,
                             const char *name)
{
    const struct value *value = liquid_named(arguments, name);
    return value && value->type != VALUE_NIL ? liquid_text(call, *value) : (struct str){0};
}

/* The link check hears of every address that the element holds. */
static void tell_of_picture(struct liquid_call *call, struct str url,
                            const struct attachment *attachment, const struct picture_set *set)
{
    if (!attachment)
        liquid_tell(call, LIQUID_LINK_URL, url);
    else if (!set)
        liquid_tell(call, LIQUID_LINK_MADE, attachment->url);
    for (size_t i = 0; set && i < set->count; i++) {
        liquid_tell(call, LIQUID_LINK_MADE, set->steps[i].modern->url);
        liquid_tell(call, LIQUID_LINK_MADE, set->steps[i].fallback->url);
    }
}

static int apply_image(struct liquid_call *call, void *context, struct value input,
                       const struct liquid_arguments *arguments, struct value *out)
{
    const struct site *site = view_of_call(call)->plan->site;
    struct str url = str_trim(liquid_text(call, input));
    const struct attachment *attachment;
    const struct picture_set *set;
    const struct picture_manner manner = {
        .alt = named_text(call, arguments, "alt"),
        .class_names = named_text(call, arguments, "class"),
        .sizes = named_text(call, arguments, "sizes"),
        .eager = str_eq(named_text(call, arguments, "loading"), STR("eager")),
    };
    struct buf element = {0};
    (void)context;
    *out = value_nil();
    if (find_picture(call, url, liquid_text(call, arguments->items[0]), &attachment, &set) != 0)
        return -1;
    if (url.len == 0 || !url_is_safe(url) || (attachment && attachment->fault))
        return 0;
    if (attachment)
        picture_element_write(site, attachment, set, &manner, &element);
    else
        picture_element_write_plain(url, &manner, &element);
    tell_of_picture(call, url, attachment, set);
    *out = value_html(in_arena(call, &element));
    return 0;
}

static int apply_image_url(struct liquid_call *call, void *context, struct value input,
                           const struct liquid_arguments *arguments, struct value *out)
{
    const struct site *site = view_of_call(call)->plan->site;
    struct str url = str_trim(liquid_text(call, input));
    const struct attachment *attachment;
    const struct picture_set *set;
    (void)context;
    *out = value_nil();
    if (find_picture(call, url, liquid_text(call, arguments->items[0]), &attachment, &set) != 0)
        return -1;
    if (url.len > 0)
        *out = value_text(set ? url_on_site(site, set->steps[0].fallback->url, call->reader.arena)
                              : url);
    return 0;
}

static int apply_markdownify(struct liquid_call *call, void *context, struct value input,
                             const struct liquid_arguments *arguments, struct value *out)
{
    const struct filter_context *filters = context;
    (void)arguments;
    trace_site(view_of_call(call)->trace, FACT_SETTINGS); /* which HTML is let through */
    *out = value_html(markdownify(call, filters->plan, input));
    return 0;
}

static int apply_link(struct liquid_call *call, void *context, struct value input,
                      const struct liquid_arguments *arguments, struct value *out)
{
    const struct filter_context *filters = context;
    struct str path = str_trim(liquid_text(call, input));
    (void)arguments;
    if (!str_starts(path, STR("content/")))
        path = arena_printf(call->reader.arena, "content/%.*s", STR_ARG(path));
    const struct entry *entry = map_get(&filters->plan->site->entries_by_path, path);
    const struct view *view = call->host;
    trace_entry(view->trace, entry, FACT_CARD);
    if (!entry || !plan_entry(filters->plan, entry))
        return liquid_fail(call, "no page is made of %.*s", STR_ARG(path));
    *out = value_text(url_on_site(filters->plan->site, entry->url, call->reader.arena));
    return 0;
}

static int apply_post_url(struct liquid_call *call, void *context, struct value input,
                          const struct liquid_arguments *arguments, struct value *out)
{
    struct str name = str_trim(liquid_text(call, input));
    struct str path = arena_printf(call->reader.arena, "content/articles/%.*s.md", STR_ARG(name));
    return apply_link(call, context, value_text(path), arguments, out);
}

const struct liquid_filter *filters_make(struct filter_context *context, struct arena *arena,
                                         size_t *count)
{
    const struct liquid_filter all[] = {
        {STR("t"), 0, 1, apply_t, context},
        {STR("localdate"), 0, 1, apply_localdate, context},
        {STR("ordinal"), 0, 0, apply_ordinal, context},
        {STR("relative_url"), 0, 0, apply_relative_url, context},
        {STR("absolute_url"), 0, 0, apply_absolute_url, context},
        {STR("asset"), 0, 1, apply_asset, context},
        {STR("image"), 1, 1, apply_image, context},
        {STR("image_url"), 1, 1, apply_image_url, context},
        {STR("markdownify"), 0, 0, apply_markdownify, context},
        {STR("link"), 0, 0, apply_link, context},
        {STR("post_url"), 0, 0, apply_post_url, context},
    };
    *count = sizeof all / sizeof *all;
    struct liquid_filter *filters = arena_zalloc(arena, *count, sizeof *filters);
    for (size_t i = 0; i < *count; i++)
        filters[i] = all[i];
    return filters;
}
