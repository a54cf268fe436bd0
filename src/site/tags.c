/* The tags of each language: by tags.yml where it has an entry, else as they are written. */
#include "lang/collation.h"
#include "lang/slug.h"
#include "site/linker.h"
#include "site/localised.h"

#include <stdlib.h>

/* A tag's name as somebody wrote it. */
struct spelling {
    struct str name;
    struct tag *tag;
    size_t count; /* how often; 0 where tags.yml has the tag and so its name */
};

struct gathering {
    struct linker *linker;
    struct edition *edition;
    struct map tags;      /* slug: struct tag */
    struct map spellings; /* as written: struct spelling */
};

static struct str url_of(const struct gathering *gathering, struct str slug)
{
    struct str pattern = gathering->linker->site->config.permalinks[PERMALINK_TAG];
    size_t at = str_find(pattern, STR(":slug"), 0);
    return arena_printf(gathering->linker->arena, "%.*s%.*s%.*s%.*s",
                        STR_ARG(gathering->edition->prefix), STR_ARG(str_sub(pattern, 0, at)),
                        STR_ARG(slug), STR_ARG(str_after(pattern, at + 5)));
}

static struct tag *add_tag(struct gathering *gathering, struct str slug)
{
    struct tag *tag = arena_zalloc(gathering->linker->arena, 1, sizeof *tag);
    tag->slug = slug;
    tag->url = url_of(gathering, slug);
    map_put(&gathering->tags, slug, tag);
    return tag;
}

/* The tag of an entry of tags.yml, with those above it. */
static struct tag *tag_of_row(struct gathering *gathering, const struct tag_row *row)
{
    const struct config *config = &gathering->linker->site->config;
    struct str lang = gathering->edition->lang;
    struct tag *first = NULL;
    struct tag *below = NULL;
    for (; row; row = row->parent) {
        struct tag *tag = map_get(&gathering->tags, row->slug);
        bool known = tag != NULL;
        if (!known) {
            tag = add_tag(gathering, row->slug);
            tag->name = localised_text(config, &row->names, lang);
            if (tag->name.len == 0)
                tag->name = row->name;
            tag->description = localised_text(config, &row->description, lang);
            tag->intro = localised_text(config, &row->intro, lang);
        }
        if (below)
            below->parent = tag;
        first = first ? first : tag;
        below = tag;
        if (known)
            break;
    }
    return first;
}

static void find_spelled(struct gathering *gathering, struct spelling *spelling)
{
    struct linker *linker = gathering->linker;
    struct str slug = slug_tag(linker->arena, spelling->name);
    if (slug.len == 0)
        slug = slug_fallback(linker->arena, spelling->name);
    const struct tag_row *row = map_get(&linker->tag_synonyms, slug);
    spelling->tag = row ? tag_of_row(gathering, row) : map_get(&gathering->tags, slug);
    if (!spelling->tag)
        spelling->tag = add_tag(gathering, slug);
    spelling->count = row ? 0 : 1;
}

static struct tag *find_tag(struct gathering *gathering, struct str written)
{
    void **slot = map_slot(&gathering->spellings, written);
    struct spelling *spelling = *slot;
    if (spelling) {
        spelling->count += spelling->count > 0;
    } else {
        *slot = spelling = arena_zalloc(gathering->linker->working, 1, sizeof *spelling);
        spelling->name = written;
        find_spelled(gathering, spelling);
    }
    return spelling->tag;
}

static bool has_tag(const struct tag_list *list, const struct tag *tag)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i] == tag)
            return true;
    }
    return false;
}

/* An entry that stands in for a missing translation keeps the tags of its own language. */
static void tag_entry(struct gathering *gathering, const struct entry *entry)
{
    struct linker *linker = gathering->linker;
    struct field_list given = entry->record->tags;
    struct tag_list tags = {0};
    for (size_t i = 0; i < given.count; i++) {
        struct tag *tag = find_tag(gathering, given.items[i].text);
        if (has_tag(&tags, tag))
            continue;
        *vec_push(linker->arena, &tags) = tag;
        *vec_push(linker->arena, entry->kind == KIND_EVENT ? &tag->events : &tag->articles) = entry;
    }
    if (entry->edition == gathering->edition)
        ((struct entry *)entry)->tags = tags;
}

/* A tag without an entry is shown as it is most often written; of equals the first one met. */
static void name_tags(struct gathering *gathering)
{
    struct map best;
    map_init(&best, gathering->linker->working);
    for (size_t i = 0; i < gathering->spellings.count; i++) {
        struct spelling *spelling = gathering->spellings.entries[i].value;
        if (spelling->count == 0)
            continue;
        void **slot = map_slot(&best, spelling->tag->slug);
        if (!*slot || ((struct spelling *)*slot)->count < spelling->count)
            *slot = spelling;
    }
    for (size_t i = 0; i < gathering->tags.count; i++) {
        struct tag *tag = gathering->tags.entries[i].value;
        const struct spelling *spelling = map_get(&best, tag->slug);
        if (tag->name.len == 0)
            tag->name = spelling->name;
    }
}

/* Names with their sort keys, so that qsort needs no context. */
struct named {
    struct str key;
    struct tag *tag;
};

static int by_name(const void *left, const void *right)
{
    const struct named *a = left;
    const struct named *b = right;
    int order = str_cmp(a->key, b->key);
    return order ? order : str_cmp(a->tag->slug, b->tag->slug);
}

static void sort_tags(struct gathering *gathering)
{
    struct arena *arena = gathering->linker->arena;
    size_t count = gathering->tags.count;
    struct named *named = arena_zalloc(arena, count, sizeof *named);
    for (size_t i = 0; i < count; i++) {
        struct tag *tag = gathering->tags.entries[i].value;
        named[i] = (struct named){collation_key(arena, tag->name), tag};
    }
    if (count > 1)
        qsort(named, count, sizeof *named, by_name);
    for (size_t i = 0; i < count; i++) {
        *vec_push(arena, &gathering->edition->tags) = named[i].tag;
        if (named[i].tag->parent)
            *vec_push(arena, &((struct tag *)named[i].tag->parent)->narrower) = named[i].tag;
    }
}

void tags_make(struct linker *linker, struct edition *edition)
{
    struct gathering gathering = {.linker = linker, .edition = edition};
    map_init(&gathering.tags, linker->working);
    map_init(&gathering.spellings, linker->working);
    for (size_t i = 0; i < edition->articles.count; i++)
        tag_entry(&gathering, edition->articles.items[i]);
    for (size_t i = 0; i < edition->events.count; i++)
        tag_entry(&gathering, edition->events.items[i]);
    name_tags(&gathering);
    sort_tags(&gathering);
}
