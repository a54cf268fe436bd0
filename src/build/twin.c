#include "build/twin.h"
#include "base/vec.h"
#include "build/cache_place.h"
#include "build/checks.h"
#include "build/recall.h"
#include "build/text_only.h"
#include "build/twin_internal.h"
#include "pages/search_outline.h"
#include "site/bodies.h"
#include "site/contents.h"
#include "site/load.h"

#include <string.h>

/* More than that is as well built by itself. */
enum { TEXTS_MOST = 64 };

/* ---- whether only texts differ */

/* Whether checks find the same in both, by themselves. */
static bool same_checks(const struct twin_of *of, const struct entry *entry,
                        const struct entry *renewed)
{
    struct arena scratch = {0};
    struct diags said;
    struct diags other;
    diags_init(&said, &scratch);
    diags_init(&other, &scratch);
    checks_entry(of->plan, of->source, entry, &scratch, &said);
    checks_entry(of->plan, of->source, renewed, &scratch, &other);
    bool same = text_same_said(&said, &other);
    arena_release(&scratch);
    return same;
}

/* Another title is one for all: old addresses lead to it by name, so do translations, and nobody
 * else may bear it. */
static bool may_be_renamed(struct twin_work *work, const struct twin_text *text)
{
    const struct site *site = work->of->plan->site;
    if (str_eq(text->own->title.text, text->record->title.text))
        return true;
    return !work->renamed && (work->renamed = true) && text->own->aliases.count == 0 &&
           text->entry->group->count == 1 && checks_title_is_alone(site, text->entry, text->own) &&
           checks_title_is_alone(site, text->entry, text->record);
}

static bool is_only_text(struct twin_work *work, const struct twin_text *text)
{
    const struct twin_of *of = work->of;
    struct entry renewed = *text->entry;
    renewed.record = text->record;
    return text_or_words_but_links(text->own, text->record) && may_be_renamed(work, text) &&
           twin_links_kept(work, text) && twin_ids_kept(work, text) &&
           same_checks(of, text->entry, &renewed);
}

/* ---- the files */

static bool read_text(struct twin_work *work, const struct source_file *file,
                      struct twin_text *text)
{
    const struct twin_of *of = work->of;
    const struct site *site = of->plan->site;
    struct arena scratch = {0};
    struct diags said;
    struct text bytes;
    struct record *record = NULL;
    struct str html;
    diags_init(&said, of->arena);
    if (source_read(work->twin->source, 0, file, CONTENT_FILE_MOST, &scratch, &said, &bytes) == 0) {
        struct content_place place = content_place(&site->config, file->path);
        struct record_options options = bodies_options(site->bodies, &place, &scratch);
        record_read(&bytes, &options, of->arena, &scratch, &said, &record, &html);
    }
    text->record = record;
    if (record)
        text->html = bodies_keep(site->bodies, 0, html);
    arena_release(&scratch);
    return record != NULL;
}

static struct entry *find_entry(const struct site *site, const struct source_file *file)
{
    struct entry *entry = map_get(&site->entries_by_path, file->path);
    return entry && entry->published && entry->edition && entry->group ? entry : NULL;
}

static bool take_text(struct twin_work *work, const struct source_file *file)
{
    const struct site *site = work->of->plan->site;
    struct entry *entry = find_entry(site, file);
    if (!entry || work->text_count == TEXTS_MOST)
        return false;
    struct twin_text *text = &work->texts[work->text_count++];
    text->entry = entry;
    text->own = entry->record;
    text->own_history = entry->history;
    text->own_html = bodies_at_hand(site->bodies, entry->number);
    work->changed[entry->number] = true;
    return read_text(work, file, text) && is_only_text(work, text);
}

/* Whether both have the same files, other texts of entries apart. */
static bool compare_files(struct twin_work *work)
{
    size_t count;
    size_t other_count;
    const struct source_file *files = source_files(work->of->source, &count);
    const struct source_file *others = source_files(work->twin->source, &other_count);
    if (count != other_count)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (files[i].layer != others[i].layer || files[i].executable != others[i].executable ||
            files[i].has_id != others[i].has_id || !str_eq(files[i].path, others[i].path))
            return false;
        if (files[i].has_id && !blob_id_eq(files[i].id, others[i].id) &&
            !take_text(work, &others[i]))
            return false;
    }
    return true;
}

/* ---- the history */

static bool same_time(struct history_time a, struct history_time b)
{
    return a.utc == b.utc && a.offset == b.offset;
}

static bool same_authors(const struct history_file *a, const struct history_file *b)
{
    if (a->author_count != b->author_count)
        return false;
    for (size_t i = 0; i < a->author_count; i++) {
        if (!str_eq(a->authors[i].name, b->authors[i].name) ||
            !str_eq(a->authors[i].email, b->authors[i].email))
            return false;
    }
    return true;
}

/* `text`: whose text differs may have been changed at another time too. */
static bool same_history(const struct history_file *a, const struct history_file *b, bool text)
{
    if (!a || !b)
        return a == b;
    if (!same_time(a->first, b->first))
        return false;
    return text || (same_time(a->last, b->last) && a->commits == b->commits && same_authors(a, b));
}

/* Whether nothing was committed in between but those texts. */
static bool compare_histories(struct twin_work *work)
{
    const struct twin_of *of = work->of;
    const struct site *site = of->plan->site;
    const struct history *history = NULL;
    struct diags said;
    size_t renames;
    size_t other_renames;
    diags_init(&said, of->arena);
    const struct history_options options = {
        .source = work->twin->source,
        .folder = cache_folder(of->options, of->arena).ptr,
        .forget = of->options->force,
    };
    if (history_read(&options, of->arena, &said, &history) != 0 || said.count > 0 ||
        (history == NULL) != (of->history == NULL))
        return false;
    for (size_t i = 0; i < site->entry_count; i++) {
        const struct entry *entry = &site->entries[i];
        if (!same_history(entry->history, history_find(history, entry->file->path),
                          work->changed[i]))
            return false;
    }
    for (size_t i = 0; i < work->text_count; i++)
        work->texts[i].history = history_find(history, work->texts[i].entry->file->path);
    if (!history)
        return true;
    history_renames(of->history, &renames);
    history_renames(history, &other_renames);
    return renames == other_renames;
}

static bool open_source(struct twin_work *work)
{
    const struct build_options *options = work->of->options;
    const struct source_options source = {
        .fs = options->fs,
        .place = options->place,
        .merge = work->twin->merge,
        .side = work->twin->side,
        .workers = 1,
        .embedded = source_embedded,
        .embedded_count = source_embedded_count,
    };
    struct diags said;
    diags_init(&said, work->of->arena);
    return source_open(&source, work->of->arena, &said, &work->twin->source) == 0 &&
           said.count == 0;
}

/* ---- lending */

static void lend(const struct twin_work *work)
{
    for (size_t i = 0; i < work->text_count; i++) {
        const struct twin_text *text = &work->texts[i];
        text->entry->record = text->record;
        text->entry->history = text->history;
        bodies_put(work->of->plan->site->bodies, text->entry->number, text->html);
    }
}

static void give_back(const struct twin_work *work)
{
    struct bodies *bodies = work->of->plan->site->bodies;
    for (size_t i = 0; i < work->text_count; i++) {
        const struct twin_text *text = &work->texts[i];
        text->entry->record = text->own;
        text->entry->history = text->own_history;
        if (text->own_html.ptr)
            bodies_put(bodies, text->entry->number, text->own_html);
        else
            bodies_drop(bodies, text->entry->number);
    }
}

/* ---- a site of its own, as far as anybody looks who compares two */

static void copy_site(struct twin_work *work)
{
    struct arena *arena = work->of->arena;
    const struct site *from = work->of->plan->site;
    struct site *site = arena_alloc(arena, sizeof *site);
    struct map *map = &site->entries_by_path;
    *site = *from;
    site->entries = arena_alloc(arena, from->entry_count * sizeof *site->entries);
    memcpy(site->entries, from->entries, from->entry_count * sizeof *site->entries);
    map->entries = arena_alloc(arena, map->count * sizeof *map->entries);
    memcpy(map->entries, from->entries_by_path.entries, map->count * sizeof *map->entries);
    map->entry_capacity = map->count;
    for (size_t i = 0; i < map->count; i++) {
        const struct entry *entry = map->entries[i].value;
        map->entries[i].value = &site->entries[entry->number];
    }
    site->bodies = work->twin->bodies = site_bodies(site, work->twin->source, site->entry_count, 1);
    for (size_t i = 0; i < work->text_count; i++) {
        const struct twin_text *text = &work->texts[i];
        struct entry *entry = &site->entries[text->entry->number];
        entry->record = text->record;
        entry->history = text->history;
        bodies_put(site->bodies, entry->number, bodies_keep(site->bodies, 0, text->html));
    }
    work->twin->site = site;
}

static void renew_search(const struct twin_work *work, struct output *output)
{
    const struct search_file *file = output->subject;
    struct twin *twin = work->twin;
    if (!file || !file->outline)
        return;
    const struct search_file *renewed =
        search_outline_renew(file, twin->site, work->changed, work->of->arena);
    output->subject = renewed;
    twin->differs[output->number] = !str_eq(file->bytes, renewed->bytes);
    twin->digests[output->number] = digest_of_file(renewed->bytes);
}

static void copy_plan(struct twin_work *work)
{
    struct arena *arena = work->of->arena;
    const struct plan *from = work->of->plan;
    struct plan *plan = arena_alloc(arena, sizeof *plan);
    struct output *outputs = arena_alloc(arena, from->count * sizeof *outputs);
    memcpy(outputs, from->outputs, from->count * sizeof *outputs);
    *plan = *from;
    plan->site = work->twin->site;
    plan->outputs = outputs;
    for (size_t i = 0; i < from->count; i++) {
        if (outputs[i].kind == OUTPUT_ENTRY) {
            const struct entry *entry = outputs[i].subject;
            outputs[i].subject = &work->twin->site->entries[entry->number];
        } else if (outputs[i].kind == OUTPUT_SEARCH_FILE)
            renew_search(work, &outputs[i]);
    }
    work->twin->plan = plan;
}

/* ---- all */

static bool find(struct twin_work *work)
{
    const struct twin_of *of = work->of;
    struct twin *twin = work->twin;
    if (of->told || !open_source(work) || !compare_files(work) || !compare_histories(work) ||
        (work->grew && !twin_may_grow(of)))
        return false;
    twin->differs = arena_zalloc(of->arena, of->plan->count, sizeof *twin->differs);
    twin->digests = arena_zalloc(of->arena, of->plan->count, sizeof *twin->digests);
    lend(work);
    templates_forget(of->templates);
    bool made = twin_make_pages(work);
    give_back(work);
    templates_forget(of->templates);
    if (!made)
        return false;
    if (of->recalled)
        recall_outlines((struct plan *)(uintptr_t)of->plan, work->changed, of->pool, of->arena);
    copy_site(work);
    copy_plan(work);
    return true;
}

void twin_find(const struct twin_of *of, struct twin *twin)
{
    struct twin_work work = {.of = of, .twin = twin};
    work.texts = arena_zalloc(of->arena, TEXTS_MOST, sizeof *work.texts);
    work.changed = arena_zalloc(of->arena, of->plan->site->entry_count, sizeof *work.changed);
    twin->made = find(&work);
    if (!twin->made)
        twin_let_go(twin);
}

void twin_let_go(struct twin *twin)
{
    if (!twin)
        return;
    bodies_free(twin->bodies);
    source_close(twin->source);
    twin->bodies = NULL;
    twin->source = NULL;
}
