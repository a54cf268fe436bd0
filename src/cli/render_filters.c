#include "cli/render_filters.h"

#include "base/html.h"
#include "lang/markdown.h"

static int markdownify(struct liquid_call *call, void *context, struct value input,
                       const struct liquid_arguments *arguments, struct value *out)
{
    const struct render_filters *filters = call->host;
    (void)context;
    (void)arguments;
    struct markup markup;
    struct md_options options = md_pure;
    options.gfm = true;
    options.policy = filters->safe ? &sanitise_article : NULL;
    md_render_str(&options, liquid_text(call, input), call->reader.arena, &markup);
    *out = value_html(markup.html);
    return 0;
}

static struct str site_text(struct liquid_call *call, const char *name)
{
    const struct render_filters *filters = call->host;
    if (filters->globals.type != VALUE_MAP)
        return STR("");
    const struct value *site = value_map_get(filters->globals.map, STR("site"));
    if (site == NULL)
        return STR("");
    return liquid_text(call, liquid_property(call, *site, str_from(name)));
}

static struct str with_slash(struct arena *arena, struct str path)
{
    bool bare = path.len > 0 && path.ptr[0] != '/';
    return bare ? arena_printf(arena, "/%.*s", STR_ARG(path)) : path;
}

static struct str relative(struct liquid_call *call, struct str url)
{
    struct arena *arena = call->reader.arena;
    struct str base = with_slash(arena, site_text(call, "baseurl"));
    while (base.len > 0 && base.ptr[base.len - 1] == '/')
        base.len--;
    return arena_printf(arena, "%.*s%.*s", STR_ARG(base), STR_ARG(with_slash(arena, url)));
}

static int relative_url(struct liquid_call *call, void *context, struct value input,
                        const struct liquid_arguments *arguments, struct value *out)
{
    (void)context;
    (void)arguments;
    struct str url = liquid_text(call, input);
    *out = input.type == VALUE_NIL ? input
                                   : value_text(url_is_external(url) ? url : relative(call, url));
    return 0;
}

static int absolute_url(struct liquid_call *call, void *context, struct value input,
                        const struct liquid_arguments *arguments, struct value *out)
{
    (void)context;
    (void)arguments;
    struct str url = liquid_text(call, input);
    struct str site = site_text(call, "url");
    *out = input;
    if (input.type == VALUE_NIL)
        return 0;
    if (!url_is_external(url))
        url = arena_printf(call->reader.arena, "%.*s%.*s", STR_ARG(site),
                           STR_ARG(relative(call, url)));
    *out = value_text(url);
    return 0;
}

const struct liquid_filter *render_filters_table(struct render_filters *filters,
                                                 struct arena *arena, size_t *count)
{
    const struct liquid_filter table[] = {
        {STR("markdownify"), 0, 0, markdownify, filters},
        {STR("relative_url"), 0, 0, relative_url, filters},
        {STR("absolute_url"), 0, 0, absolute_url, filters},
    };
    *count = sizeof table / sizeof *table;
    struct liquid_filter *kept = arena_alloc(arena, sizeof table);
    for (size_t i = 0; i < *count; i++)
        kept[i] = table[i];
    return kept;
}
