#include "lang/markup.h"

#include <string.h>

static void *copy(struct arena *arena, const void *items, size_t count, size_t size)
{
    void *to = count > 0 ? arena_alloc(arena, count * size) : NULL;
    if (count > 0)
        memcpy(to, items, count * size);
    return to;
}

static struct str keep(struct arena *arena, struct str text)
{
    return text.len > 0 ? arena_str(arena, text) : (struct str){0};
}

static void keep_links(const struct markup_links *links, struct arena *arena,
                       struct markup_links *out)
{
    *out = *links;
    out->capacity = links->count;
    out->items = copy(arena, links->items, links->count, sizeof *links->items);
    for (size_t i = 0; i < links->count; i++) {
        struct markup_link *link = &out->items[i];
        link->target = keep(arena, link->target);
        link->alt = keep(arena, link->alt);
        link->title = keep(arena, link->title);
        link->attributes = keep(arena, link->attributes);
    }
}

static void keep_headings(const struct markup_headings *headings, struct arena *arena,
                          struct markup_headings *out)
{
    *out = *headings;
    out->capacity = headings->count;
    out->items = copy(arena, headings->items, headings->count, sizeof *headings->items);
    for (size_t i = 0; i < headings->count; i++) {
        out->items[i].id = keep(arena, out->items[i].id);
        out->items[i].text = keep(arena, out->items[i].text);
    }
}

void markup_keep(const struct markup *markup, struct arena *arena, struct markup *out)
{
    *out = *markup;
    out->html = (struct str){0};
    out->notes = (struct markup_notes){0};
    keep_links(&markup->links, arena, &out->links);
    keep_headings(&markup->headings, arena, &out->headings);
    out->ids.capacity = markup->ids.count;
    out->ids.items = copy(arena, markup->ids.items, markup->ids.count, sizeof *markup->ids.items);
    for (size_t i = 0; i < markup->ids.count; i++)
        out->ids.items[i] = keep(arena, out->ids.items[i]);
    out->excerpt = keep(arena, markup->excerpt);
}
