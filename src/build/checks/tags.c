/* similar-tags: tags that most likely mean one thing: webinar and webinars, coaching and choaching.
 *
 * Two tags are compared only if they share a key: the slug without dashes and plural, or the slug
 * with one letter left out. A key keeps the tag that is used most, so the work is linear in the
 * length of all tags (a slug has at most SLUG_MOST letters, of which the first KEY_MOST count). */
#include "base/map.h"
#include "base/suggest.h"
#include "base/vec.h"
#include "build/checks/checks_internal.h"
#include "lang/slug.h"

#include <stdlib.h>

enum { KEY_MOST = 48, LEFT_OUT_LEAST = 7, STEM_LEAST = 4 };

struct tag_use {
    const struct tag *tag;
    size_t uses;
};

/* Most used first; of equals the shorter, then by bytes, so that no order of files shows. */
static int compare_uses(const void *left, const void *right)
{
    const struct tag_use *a = left;
    const struct tag_use *b = right;
    if (a->uses != b->uses)
        return a->uses < b->uses ? 1 : -1;
    if (a->tag->slug.len != b->tag->slug.len)
        return a->tag->slug.len < b->tag->slug.len ? -1 : 1;
    return str_cmp(a->tag->slug, b->tag->slug);
}

/* Without dashes and without a plural's ending. */
static struct str stem_of(struct arena *scratch, struct str slug)
{
    char *stem = arena_alloc(scratch, slug.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < slug.len; i++) {
        if (slug.ptr[i] != '-')
            stem[len++] = slug.ptr[i];
    }
    struct str bare = {stem, len};
    if (len > STEM_LEAST && str_ends(bare, STR("ies"))) {
        stem[len - 3] = 'y';
        bare.len -= 2;
    } else if (len > STEM_LEAST && (stem[len - 1] == 's' || stem[len - 1] == 'x') &&
               stem[len - 2] != 's') {
        bare.len--;
    }
    return bare;
}

/* Years and numbers tell tags apart: 2025 and 2026 are no slip. */
static bool same_digits(struct str a, struct str b)
{
    size_t i = 0;
    size_t j = 0;
    for (;;) {
        while (i < a.len && !str_is_digit(a.ptr[i]))
            i++;
        while (j < b.len && !str_is_digit(b.ptr[j]))
            j++;
        if (i == a.len || j == b.len)
            return i == a.len && j == b.len;
        if (a.ptr[i++] != b.ptr[j++])
            return false;
    }
}

static const struct tag_use *find_or_put(struct map *map, struct str key, const struct tag_use *use)
{
    void **slot = map_slot(map, key);
    if (*slot)
        return *slot;
    *slot = (void *)(uintptr_t)use;
    return NULL;
}

/* The tag that one was most likely meant to be, or NULL; enters it under its keys. */
static const struct tag_use *find_similar(struct map *stems, struct map *left_out,
                                          const struct tag_use *use, struct arena *scratch)
{
    struct str slug = use->tag->slug;
    const struct tag_use *similar = find_or_put(stems, stem_of(scratch, slug), use);
    if (similar && !same_digits(similar->tag->slug, slug))
        similar = NULL;
    if (slug.len < LEFT_OUT_LEAST || slug.len > KEY_MOST)
        return similar;
    for (size_t i = 0; i <= slug.len; i++) { /* the last round leaves nothing out */
        struct str key = arena_printf(scratch, "%.*s%.*s", STR_ARG(str_sub(slug, 0, i)),
                                      STR_ARG(str_after(slug, i + 1)));
        const struct tag_use *other = find_or_put(left_out, key, use);
        if (!similar && other && other != use && same_digits(other->tag->slug, slug) &&
            suggest_distance(other->tag->slug, slug, 1) <= 1)
            similar = other;
    }
    return similar;
}

static void report(const struct tag_use *use, const struct tag_use *similar, struct span span,
                   struct diags *diags)
{
    diag_add(diags, SEVERITY_WARNING, "similar-tags", span,
             "the tag '%.*s' (used %zu time%s) is nearly '%.*s' (used %zu time%s)",
             STR_ARG(use->tag->name), use->uses, use->uses == 1 ? "" : "s",
             STR_ARG(similar->tag->name), similar->uses, similar->uses == 1 ? "" : "s");
    diag_hint(diags, "write '%.*s', or name the one as a synonym of the other in content/tags.yml",
              STR_ARG(similar->tag->name));
}

/* Where each tag stands first, by its slug: a span. Found when the first tag is to be reported. */
struct places {
    bool found;
    struct map spans;
};

static void find_places(const struct site *site, const struct edition *edition,
                        struct places *places, struct arena *scratch)
{
    places->found = true;
    map_init(&places->spans, scratch);
    for (size_t i = 0; i < site->entry_count; i++) {
        const struct entry *entry = &site->entries[i];
        if (!entry->published || entry->edition != edition)
            continue;
        for (size_t j = 0; j < entry->record->tags.count; j++) {
            const struct field_text *given = &entry->record->tags.items[j];
            void **slot = map_slot(&places->spans, slug_tag(scratch, given->text));
            if (*slot)
                continue;
            struct span *span = arena_zalloc(scratch, 1, sizeof *span);
            *span = record_span(entry->record, given->place);
            *slot = span;
        }
    }
}

static void check_edition(const struct site *site, const struct edition *edition,
                          struct arena *scratch, struct diags *diags)
{
    size_t count = edition->tags.count;
    struct tag_use *uses = arena_zalloc(scratch, count, sizeof *uses);
    for (size_t i = 0; i < count; i++) {
        const struct tag *tag = edition->tags.items[i];
        uses[i] = (struct tag_use){tag, tag->articles.count + tag->events.count};
    }
    if (count > 1)
        qsort(uses, count, sizeof *uses, compare_uses);
    struct places places = {0};
    struct map stems;
    struct map left_out;
    map_init(&stems, scratch);
    map_init(&left_out, scratch);
    for (size_t i = 0; i < count; i++) {
        const struct tag_use *similar = find_similar(&stems, &left_out, &uses[i], scratch);
        if (!similar)
            continue;
        if (!places.found)
            find_places(site, edition, &places, scratch);
        const struct span *span = map_get(&places.spans, uses[i].tag->slug);
        if (span)
            report(&uses[i], similar, *span, diags);
    }
}

void check_tags(const struct site *site, struct arena *scratch, struct diags *diags)
{
    for (size_t i = 0; i < site->edition_count; i++)
        check_edition(site, &site->editions[i], scratch, diags);
}
