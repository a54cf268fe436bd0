/* Which texts changed, and whether their bodies are all that did. */
#include "build/edit_internal.h"
#include "build/text_only.h"
#include "site/bodies.h"
#include "site/contents.h"

static bool has_id(const struct markup *body, struct str id)
{
    for (size_t i = 0; i < body->id_count; i++) {
        if (str_eq(markup_id_at(body, i), id))
            return true;
    }
    return false;
}

/* Whether a text of the site links to such a part of some page. */
static bool is_linked_in_texts(const struct site *site, struct str id)
{
    for (size_t i = 0; i < site->entry_count; i++) {
        const struct markup *body = &site->entries[i].record->body;
        for (size_t j = 0; j < body->link_count; j++) {
            struct str target = markup_link_at(body, j).target;
            size_t hash = str_find_byte(target, '#', 0);
            if (hash != STR_NONE && str_eq(str_after(target, hash + 1), id))
                return true;
        }
    }
    return false;
}

/* Likewise a layout, from a page other than the entry's own. */
static bool is_linked_in_layouts(const struct edit *edit, const struct entry *entry, struct str id)
{
    const struct cache *cache = &edit->look->cache;
    const struct output *own = plan_entry(edit->frozen->plan, entry);
    uint64_t hash = links_hash(id);
    for (size_t i = 0; i < cache->page_count; i++) {
        const struct cache_page *page = &cache->pages[i];
        for (uint32_t j = 0; (!own || own->number != i) && j < page->wants_count; j++) {
            if (cache->wants[page->wants_at + j].id == hash)
                return true;
        }
    }
    return false;
}

/* Whether no id is gone that somebody may link to; by whatever page, since ids are few. A page's
 * own list of its parts counts only if it still stands there: edit_pages.c. */
static bool keeps_ids(const struct edit *edit, const struct entry *entry, const struct markup *new)
{
    const struct markup *old = &entry->record->body;
    for (size_t i = 0; i < old->id_count; i++) {
        struct str id = markup_id_at(old, i);
        if (!has_id(new, id) &&
            (is_linked_in_texts(edit->frozen->site, id) || is_linked_in_layouts(edit, entry, id)))
            return false;
    }
    return true;
}

static bool is_only_text(const struct edit *edit, const struct entry *entry,
                         const struct record *new)
{
    return text_only(edit->frozen->site, entry->record, new) && keeps_ids(edit, entry, &new->body);
}

/* The entry of a source, if all that is known of it was kept. */
static struct entry *find_entry(const struct edit *edit, const struct cache_source *source)
{
    struct entry *entry =
        map_get(&edit->frozen->site->entries_by_path, cache_path(&edit->look->cache, source));
    return entry && source->record && entry->record == source->record && entry->published &&
                   entry->edition && entry->group
               ? entry
               : NULL;
}

static bool read_text(struct edit *edit, struct edit_text *text, struct arena *scratch)
{
    const struct frozen *frozen = edit->frozen;
    struct entry *entry = text->entry;
    struct text bytes;
    struct record *record;
    struct str html;
    struct content_place place = content_place(&frozen->site->config, entry->file->path);
    if (source_read(frozen->source, 0, entry->file, CONTENT_FILE_MOST, scratch, &edit->said,
                    &bytes) != 0)
        return false;
    struct record_options options = bodies_options(frozen->site->bodies, &place, scratch);
    if (record_read(&bytes, &options, &edit->records, scratch, &edit->said, &record, &html) != 0 ||
        edit->said.count > 0 || !is_only_text(edit, entry, record))
        return false;
    text->html = bodies_keep(frozen->site->bodies, 0, html);
    bodies_put(frozen->site->bodies, entry->number, text->html);
    text->before = entry->record;
    entry->record = record;
    return true;
}

bool edit_read_texts(struct edit *edit)
{
    const struct unchanged_look *look = edit->look;
    struct arena scratch = {0};
    bool good = true;
    edit->texts = arena_zalloc(edit->arena, look->edited_count, sizeof *edit->texts);
    for (size_t i = 0; good && i < look->edited_count; i++) {
        struct edit_text *text = &edit->texts[edit->text_count++];
        text->source = &look->edited[i];
        text->entry = find_entry(edit, &look->cache.sources[text->source->number]);
        arena_clear(&scratch);
        good = text->entry && read_text(edit, text, &scratch);
    }
    arena_release(&scratch);
    return good;
}
