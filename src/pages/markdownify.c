#include "pages/markdownify.h"
#include "base/html.h"
#include "base/path.h"
#include "lang/markdown.h"
#include "pages/body.h"

struct filling {
    struct liquid_call *call;
    const struct site *site;
};

static struct sanitise_policy policy_for(const struct site *site, struct value input)
{
    struct sanitise_policy policy = site->config.policies[KIND_ARTICLE];
    if (input.type == VALUE_HTML)
        return policy;
    policy.external_pictures = false;
    policy.rel = sanitise_person.rel;
    policy.embed_host_count = 0;
    return policy;
}

static struct str place(const struct filling *filling, struct str url)
{
    const struct site *site = filling->site;
    struct str base = site->config.base_path;
    if (url_is_external(url) || !str_starts(url, STR("/")) ||
        (base.len > 0 && path_inside(url, base)))
        return url;
    return url_on_site(site, url, filling->call->reader.arena);
}

static bool fill_hole(void *context, const struct markup_link *link, struct buf *out)
{
    const struct filling *filling = context;
    struct str url = place(filling, link->target);
    liquid_tell(filling->call, LIQUID_LINK_URL, url);
    if (link->kind == MARKUP_PICTURE)
        markup_put_picture(out, link, url, STR(" loading=\"lazy\""));
    else
        markup_put_url(out, url);
    return true;
}

struct str markdownify(struct liquid_call *call, const struct plan *plan, struct value input)
{
    struct markup markup = {0};
    struct md_options options = md_content;
    struct sanitise_policy policy = policy_for(plan->site, input);
    options.policy = &policy;
    md_render_str(&options, liquid_text(call, input), call->reader.arena, &markup);
    for (size_t i = 0; i < markup.id_count; i++)
        liquid_tell(call, LIQUID_LINK_ID, markup_id_at(&markup, i));
    struct filling filling = {call, plan->site};
    struct buf html = {0};
    markup_emit(&markup, 0, markup.html.len, fill_hole, &filling, &html);
    struct str result = arena_str(call->reader.arena, buf_str(&html));
    buf_release(&html);
    return result;
}
