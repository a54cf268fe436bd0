#include "pages/body.h"
#include "base/html.h"
#include "base/path.h"
#include "lang/markup.h"
#include "pages/picture_element.h"
#include "site/attachments.h"
#include "site/bodies.h"

struct str url_on_site(const struct site *site, struct str url, struct arena *arena)
{
    return arena_concat(arena, site->config.base_path, url);
}

struct str url_absolute(const struct site *site, struct str url, struct arena *arena)
{
    return arena_concat(arena, site->config.url, url);
}

struct str url_published(const struct site *site, struct str url, struct arena *arena)
{
    return url_absolute(site, url_escaped(arena, url), arena);
}

static int hex_value(char c)
{
    c = str_lower(c);
    return str_is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* %20 and the like undone: files have names, not URLs. */
static struct str percent_decode(struct arena *arena, struct str text)
{
    if (str_find_byte(text, '%', 0) == STR_NONE)
        return text;
    char *plain = arena_cstr(arena, text);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        int high = text.ptr[i] == '%' && i + 2 < text.len ? hex_value(text.ptr[i + 1]) : -1;
        int low = high >= 0 ? hex_value(text.ptr[i + 2]) : -1;
        plain[len++] = low >= 0 ? (char)(high * 16 + low) : text.ptr[i];
        i += low >= 0 ? 2 : 0;
    }
    return (struct str){plain, len};
}

static struct body_target target_of_output(const struct plan *plan, struct str url,
                                           struct body_target target)
{
    target.output = plan_find(plan, url);
    target.goal = target.output ? BODY_OUTPUT : BODY_NO_PAGE;
    return target;
}

/* A path relative to the content file: another content file, or something beside it. */
static struct body_target look_up_relative(const struct plan *plan, const struct entry *entry,
                                           struct str path, struct body_target target)
{
    const struct site *site = plan->site;
    struct arena scratch = {0};
    struct str resolved;
    target.goal = BODY_NO_FILE;
    if (path_resolve(&scratch, path_folder(entry->file->path), percent_decode(&scratch, path),
                     &resolved) == 0) {
        const struct attachment *attachment = map_get(&site->attachments_by_path, resolved);
        target.entry = map_get(&site->entries_by_path, resolved);
        if (target.entry && target.entry->kind != KIND_COMMENT) {
            target.output = plan_entry(plan, target.entry);
            target.goal = target.output ? BODY_OUTPUT : BODY_NOT_PUBLISHED;
        } else if (attachment) {
            target = target_of_output(plan, attachment->url, target);
        }
    }
    arena_release(&scratch);
    return target;
}

/* The base path may already stand in front ("/guild/members/jo/"), or not. */
static struct str without_base(const struct site *site, struct str path)
{
    struct str base = site->config.base_path;
    return base.len > 0 && path_inside(path, base) ? str_after(path, base.len) : path;
}

struct body_target body_look_up(const struct plan *plan, const struct entry *entry,
                                struct str target)
{
    struct body_target found = {.goal = BODY_OUTSIDE};
    bool full = false;
    target = str_trim(target);
    if (url_is_external(target)) {
        /* A full address of this site is a link within it, if it leads to one of its pages: other
         * programs may serve other parts of the same host. */
        struct str own = plan->site->config.url;
        if (!str_starts(target, own) || target.len == own.len || target.ptr[own.len] != '/')
            return found;
        target = str_after(target, own.len);
        full = true;
    }
    size_t query = str_find_byte(target, '?', 0);
    size_t hash = str_find_byte(target, '#', 0);
    size_t end = query < hash ? query : hash;
    struct str path = str_sub(target, 0, end);
    found.suffix = str_after(target, path.len);
    if (hash != STR_NONE)
        found.fragment = str_after(target, hash + 1);
    if (path.len == 0)
        return found;
    if (!str_starts(path, STR("/")))
        return look_up_relative(plan, entry, path, found);
    struct arena scratch = {0};
    found = target_of_output(plan, without_base(plan->site, percent_decode(&scratch, path)), found);
    arena_release(&scratch);
    if (full && found.goal == BODY_NO_PAGE)
        found.goal = BODY_OUTSIDE;
    return found;
}

struct writing {
    const struct plan *plan;
    const struct entry *entry;
    enum body_form form;
    struct arena *scratch;
};

static struct str place_url(const struct writing *writing, const struct body_target *target)
{
    const struct site *site = writing->plan->site;
    struct str url = writing->form == BODY_FEED
                         ? url_absolute(site, target->output->url, writing->scratch)
                         : url_on_site(site, target->output->url, writing->scratch);
    return arena_concat(writing->scratch, url, target->suffix);
}

/* A link that leads nowhere we know keeps its text, but with the base path that it needs, and made
 * absolute for feeds. */
static struct str place_unknown(const struct writing *writing, struct str target)
{
    const struct site *site = writing->plan->site;
    if (url_is_external(target) || target.len == 0)
        return target;
    if (str_starts(target, STR("/"))) {
        struct str path = without_base(site, target);
        return writing->form == BODY_FEED ? url_absolute(site, path, writing->scratch)
                                          : url_on_site(site, path, writing->scratch);
    }
    if (writing->form == BODY_PAGE)
        return target;
    struct str own = url_absolute(site, writing->entry->url, writing->scratch);
    return arena_printf(writing->scratch, "%.*s%.*s", STR_ARG(own), STR_ARG(target));
}

/* How wide it is shown: as its author says in pixels, else as the layouts have it. */
static struct str sizes_of(const struct writing *writing, const struct markup_link *link,
                           const struct picture_set *set)
{
    static const struct str width = STR_INIT(" width=\"");
    size_t at = str_find(link->attributes, width, 0);
    struct str digits = at == STR_NONE ? STR("") : str_after(link->attributes, at + width.len);
    size_t len = 0;
    while (len < digits.len && str_is_digit(digits.ptr[len]))
        len++;
    if (len == 0 || len == digits.len || digits.ptr[len] != '"')
        return set->shape->sizes;
    return arena_printf(writing->scratch, "%.*spx", STR_ARG(str_sub(digits, 0, len)));
}

/* A browser keeps a picture's place free while it loads, if it is told its size: it is, unless the
 * author gave one. `set`: the picture's sizes, NULL for none. */
static struct str picture_attributes(const struct writing *writing, const struct markup_link *link,
                                     const struct attachment *attachment,
                                     const struct picture_set *set)
{
    uint32_t width = 0;
    uint32_t height = 0;
    struct buf text = {0};
    if (set)
        picture_element_sources(writing->plan->site, set, sizes_of(writing, link, set), &text);
    if (attachment && !str_has(link->attributes, STR(" width=")) &&
        !str_has(link->attributes, STR(" height=")))
        picture_published_size(attachment, &width, &height);
    if (width > 0 && height > 0)
        buf_addf(&text, " width=\"%u\" height=\"%u\"", (unsigned)width, (unsigned)height);
    if (!str_has(link->attributes, STR(" loading=")))
        buf_adds(&text, " loading=\"lazy\"");
    if (set && attachment->tone.len > 0 && !str_has(link->attributes, STR(" class=")))
        buf_addf(&text, " class=\"tone-%.*s\"", STR_ARG(attachment->tone));
    struct str attributes = arena_str(writing->scratch, buf_str(&text));
    buf_release(&text);
    return attributes;
}

/* A feed gets one picture: its readers know little more than img. */
static void put_picture(const struct writing *writing, const struct markup_link *link,
                        const struct output *output, struct str url, struct buf *out)
{
    const struct attachment *attachment =
        output && output->kind == OUTPUT_ATTACHMENT ? output->subject : NULL;
    const struct picture_set *set =
        attachment && writing->form == BODY_PAGE ? variants_for(attachment, PICTURE_IN_TEXT) : NULL;
    struct str attributes = picture_attributes(writing, link, attachment, set);
    if (!set) {
        markup_put_picture(out, link, url, attributes);
        return;
    }
    picture_element_open(writing->plan->site, set, sizes_of(writing, link, set), out);
    markup_put_picture(
        out, link, url_on_site(writing->plan->site, set->steps[0].fallback->url, writing->scratch),
        attributes);
    buf_adds(out, "</picture>");
}

/* A picture that is not published: its alternative text alone. */
static bool is_faulty(const struct writing *writing, const struct markup_link *link)
{
    if (link->kind != MARKUP_PICTURE || url_is_external(link->target))
        return false;
    const struct attachment *attachment =
        attachment_named(writing->plan->site, writing->entry, link->target);
    return attachment && attachment->fault;
}

static bool fill_hole(void *context, const struct markup_link *link, struct buf *out)
{
    struct writing *writing = context;
    arena_clear(writing->scratch);
    if (is_faulty(writing, link)) {
        html_escape(out, link->alt);
        return true;
    }
    struct body_target target = body_look_up(writing->plan, writing->entry, link->target);
    struct str url =
        target.output ? place_url(writing, &target) : place_unknown(writing, link->target);
    if (link->kind == MARKUP_PICTURE)
        put_picture(writing, link, target.output, url, out);
    else
        markup_put_url(out, url);
    return true;
}

void body_write(const struct plan *plan, const struct entry *entry, enum body_form form,
                struct buf *out)
{
    struct arena scratch = {0};
    struct writing writing = {plan, entry, form, &scratch};
    struct markup body = bodies_markup(plan->site->bodies, entry);
    markup_emit(&body, 0, body.html.len, fill_hole, &writing, out);
    arena_release(&scratch);
}

struct str body_file_url(const struct plan *plan, const struct entry *entry, struct str name,
                         struct arena *arena)
{
    if (name.len == 0)
        return name;
    if (url_is_external(name))
        return entry->kind != KIND_MEMBER && url_is_safe(name) && str_starts(name, STR("http"))
                   ? name
                   : (struct str){0};
    struct body_target target = body_look_up(plan, entry, name);
    return target.output ? url_on_site(plan->site, target.output->url, arena) : (struct str){0};
}
