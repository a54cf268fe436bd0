/* What an edit leaves: in the output, and in the cache. */
#include "build/cache_changes.h"
#include "build/cache_place.h"
#include "build/edit_internal.h"
#include "build/write.h"

#include <fcntl.h>
#include <string.h>

/* ---- the output */

static struct store_file file_of(const struct cache *cache, size_t number)
{
    const struct cache_output *output = &cache->outputs[number];
    return (struct store_file){{cache->paths.ptr + output->path_at, output->path_length},
                               output->size,
                               output->inode,
                               output->modified,
                               output->changed};
}

static struct store_item item_of(const struct output *output)
{
    return (struct store_item){output->path, write_rank(output), output->span};
}

/* Whether the cache's outputs are in the plan's order, as far as this edit goes. */
static bool is_in_order(const struct edit *edit)
{
    for (size_t i = 0; i < edit->page_count; i++) {
        size_t number = edit->pages[i].number;
        if (!edit->pages[i].is_search && !str_eq(file_of(&edit->look->cache, number).path,
                                                 edit->frozen->plan->outputs[number].path))
            return false;
    }
    return true;
}

static bool put_all(struct edit *edit, struct store *store)
{
    struct store_item *items = arena_zalloc(edit->arena, edit->page_count, sizeof *items);
    for (size_t i = 0; i < edit->page_count; i++)
        items[i] = item_of(&edit->frozen->plan->outputs[edit->pages[i].number]);
    if (store_plan(store, items, edit->page_count, &edit->said) != 0)
        return false;
    for (size_t i = 0; i < edit->page_count; i++) {
        if (store_put(store, 0, i, edit->pages[i].bytes, &edit->said) != 0)
            return false;
    }
    return edit->said.count == 0;
}

/* What the whole site comes to, of which the store saw only a part. */
static void sum_up(struct edit *edit, const struct store_report *part)
{
    const struct cache_summary *summary = &edit->look->cache.summary;
    struct build_report *report = edit->report;
    uint64_t bytes = summary->bytes;
    unchanged_report(summary, report);
    for (size_t i = 0; i < edit->page_count; i++) {
        bytes -= edit->look->cache.outputs[edit->pages[i].number].size;
        bytes += edit->pages[i].bytes.len;
    }
    report->rendered = edit->page_count;
    report->store = *part;
    report->store.unchanged = (size_t)summary->files - part->written;
    report->store.bytes = (size_t)bytes;
}

static struct store *open_store(struct edit *edit)
{
    const struct build_options *options = edit->options;
    const struct source_place *place = options->place;
    const struct cache *cache = &edit->look->cache;
    struct store_file *files = arena_zalloc(edit->arena, edit->page_count, sizeof *files);
    struct digest *digests = arena_zalloc(edit->arena, edit->page_count, sizeof *digests);
    struct store_part *part = arena_zalloc(edit->arena, 1, sizeof *part);
    for (size_t i = 0; i < edit->page_count; i++) {
        files[i] = file_of(cache, edit->pages[i].number);
        digests[i] = cache->pages[edit->pages[i].number].digest;
    }
    *part = (struct store_part){files, digests, edit->page_count};
    const struct store_options store = {
        .fs = options->fs,
        .output = options->output,
        .state = cache_folder(options, edit->arena).ptr,
        .site = place->folder.ptr,
        .anchor = cache_anchor(place, edit->arena),
        .workers = 1,
        .part = part,
    };
    struct store *opened = NULL;
    return store_open(&store, edit->arena, &edit->said, &opened) == 0 ? opened : NULL;
}

/* ---- the cache */

static void note_page(const struct edit *edit, const struct edit_page *made, struct digest digest)
{
    const struct cache *cache = &edit->look->cache;
    struct cache_page *page = OWN(struct cache_page, &cache->pages[made->number]);
    page->digest = digest;
    if (made->is_search) {
        const struct facts *facts = edit->frozen->facts;
        page->id = facts->items[facts->first_output + made->number * 2 + 1].id;
        return;
    }
    page->facts_count = (uint32_t)made->fact_count;
    memcpy(OWN(uint32_t, cache->page_facts + page->facts_at), made->facts,
           made->fact_count * sizeof *made->facts);
    page->wants_count = (uint32_t)made->links.want_count;
    for (size_t i = 0; i < made->links.want_count; i++) {
        struct links_want *want = OWN(struct links_want, &cache->wants[page->wants_at + i]);
        *want = made->links.wants[i];
        want->output = edit->frozen->facts->first_output + want->output * 2;
    }
}

static void note_file(const struct edit *edit, size_t number, const struct store_file *file)
{
    const struct cache *cache = &edit->look->cache;
    struct cache_output *output = OWN(struct cache_output, &cache->outputs[number]);
    /* Another file of the search index in its place has as long a path: edit_search.c sees to it.
     */
    memcpy(OWN(char, cache->paths.ptr + output->path_at), file->path.ptr, file->path.len);
    output->size = file->size;
    output->inode = file->inode;
    output->modified = file->modified;
    output->changed = file->changed;
}

static void note_all(struct edit *edit, const struct store *store)
{
    const struct cache *cache = &edit->look->cache;
    size_t count;
    const struct store_file *files = store_files(store, edit->arena, &count);
    for (size_t i = 0; i < edit->page_count; i++) {
        note_page(edit, &edit->pages[i], store_digest(store, i));
        note_file(edit, edit->pages[i].number, &files[i]);
    }
    for (size_t i = 0; i < edit->text_count; i++) {
        const struct edit_text *text = &edit->texts[i];
        struct cache_source *source =
            OWN(struct cache_source, &cache->sources[text->source->number]);
        source->signature = text->source->signature;
        source->record = text->entry->record;
    }
    for (size_t i = 0; i < edit->look->folder_count; i++) {
        const struct unchanged_source *folder = &edit->look->folders[i];
        OWN(struct cache_watched, cache->watched)[folder->number].signature = folder->signature;
    }
    const struct facts *facts = edit->frozen->facts;
    for (size_t i = 0; i < facts->count; i++) {
        if (edit->changed[i])
            OWN(struct fact, cache->facts)[i] = facts->items[i];
    }
}

/* Without it the next build finds what was left before this edit, and does it once more. */
static void save(struct edit *edit)
{
    struct cache *cache = &edit->look->cache;
    const struct fs *fs = edit->options->fs;
    const char *path = cache_file(edit->options, edit->arena);
    cache->summary.now = edit->options->now;
    cache->summary.bytes = edit->report->store.bytes;
    cache->taken = edit->began;
    cache->search = edit->search ? edit->search : cache->search;
    int error = cache_write_changes(fs, path, cache, &edit->look->memory);
    if (error) { /* too much changed by now, or this system does not tell what */
        struct cache_memory *memory = &edit->look->memory;
        error = cache_write(fs, path, cache, &memory->records, &memory->site, edit->pool);
        if (!error)
            (void)fs_remove_file(fs, AT_FDCWD, cache_changes_path(path, edit->arena));
    }
    if (error)
        diag_add(edit->diags, SEVERITY_NOTE, "cache", (struct span){0},
                 "the cache %s could not be brought up to date, so the next build does more than "
                 "it had to",
                 path);
}

bool edit_publish(struct edit *edit)
{
    struct store_report part = {0};
    struct store *store = is_in_order(edit) ? open_store(edit) : NULL;
    bool done = store && put_all(edit, store) && store_commit(store, &part, &edit->said) == 0 &&
                edit->said.count == 0;
    if (done) {
        const struct build_options *options = edit->options;
        sum_up(edit, &part);
        edit->report->published = true;
        edit->report->site = edit->frozen->site;
        edit->report->plan = edit->frozen->plan;
        if (options->published)
            options->published(options->published_context, edit->report);
        edit->report->site = NULL; /* it ends with the cache */
        edit->report->plan = NULL;
        note_all(edit, store);
        save(edit);
    }
    store_close(store);
    return done;
}
