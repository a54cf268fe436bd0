/* The search index after an edit: which of its files are others now. Their outputs take the places
 * of those that they replace, so that no other output's number changes. */
#include "build/edit_internal.h"
#include "pages/search_edit.h"

#include <fcntl.h>

enum { SEARCH_FILE_LIMIT = 64 * 1024 * 1024 };

struct reading {
    const struct fs *fs;
    int output;
};

/* The files of the index are where they were published. */
static bool read_file(void *context, struct str url, struct arena *arena, struct str *bytes)
{
    const struct reading *reading = context;
    const char *path = arena_cstr(arena, str_after(url, 1));
    return fs_read(reading->fs, reading->output, path, SEARCH_FILE_LIMIT, arena, bytes) == 0;
}

static struct output *take_page(struct edit *edit, struct str url, struct str bytes)
{
    const struct output *found = plan_find(edit->frozen->plan, url);
    if (!found || found->kind != OUTPUT_SEARCH_FILE || edit->page_count == EDIT_PAGES_MOST)
        return NULL;
    edit->pages[edit->page_count++] =
        (struct edit_page){.number = found->number, .is_search = true, .bytes = bytes};
    return OWN(struct output, found);
}

/* Whether the place of one file can be the other's: the cache has their paths one over the other.
 */
static bool fits(struct str old, struct str new)
{
    return old.len == new.len &&str_eq(str_sub(old, 0, str_rfind_byte(old, '/') + 2),
                                       str_sub(new, 0, str_rfind_byte(new, '/') + 2));
}

static bool replace(struct edit *edit, struct str old, const struct search_file *file)
{
    struct plan *plan = edit->frozen->plan;
    struct output *output = take_page(edit, old, file->bytes);
    if (!output)
        return false;
    map_put(&plan->by_url, output->url, NULL);
    output->url = arena_str(&edit->site, file->url);
    output->path = str_after(output->url, 1);
    output->subject = file; /* for its facts */
    map_put(&plan->by_url, output->url, output);
    return true;
}

static bool take_edition(struct edit *edit, const struct search_edited *edited)
{
    bool *taken = arena_zalloc(edit->arena, edited->gone_count, sizeof *taken);
    if (edited->count == 0)
        return true;
    struct output *manifest = take_page(edit, edited->files[0].url, edited->files[0].bytes);
    if (!manifest || edited->count - 1 != edited->gone_count)
        return false;
    manifest->subject = &edited->files[0];
    for (size_t i = 1; i < edited->count; i++) {
        size_t at = 0;
        while (at < edited->gone_count &&
               (taken[at] || !fits(edited->gone[at], edited->files[i].url)))
            at++;
        if (at == edited->gone_count || !replace(edit, edited->gone[at], &edited->files[i]))
            return false;
        taken[at] = true;
    }
    return true;
}

static bool take_change(struct edit *edit, const struct search_change *change)
{
    const struct site *site = edit->frozen->site;
    edit->frozen->plan->by_url.arena = &edit->site;
    edit->search = change->kept;
    for (size_t i = 0; i < site->edition_count; i++) {
        if (!take_edition(edit, &change->editions[i]))
            return false;
    }
    return true;
}

bool edit_search(struct edit *edit)
{
    struct reading reading = {edit->options->fs, -1};
    const struct search_reader reader = {read_file, &reading};
    const struct search_keeping keeping = {.known = edit->look->cache.search,
                                           .arenas = &edit->records};
    const struct entry **entries = arena_zalloc(edit->arena, edit->text_count, sizeof *entries);
    struct search_change change;
    edit->pages = arena_zalloc(edit->arena, EDIT_PAGES_MOST, sizeof *edit->pages);
    for (size_t i = 0; i < edit->text_count; i++)
        entries[i] = edit->texts[i].entry;
    if (!edit->frozen->site->config.search)
        return true;
    bool good = keeping.known && fs_open_folder(reading.fs, AT_FDCWD, edit->options->output,
                                                FS_FOLLOW, &reading.output) == 0;
    good = good && search_edit(edit->frozen->site, entries, edit->text_count, &reader, &keeping,
                               edit->arena, &change);
    fs_close(reading.output);
    return good && take_change(edit, &change);
}
