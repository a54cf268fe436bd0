#include "site/bodies.h"
#include "base/aside.h"
#include "base/path.h"
#include "lang/sanitise.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>

/* A body that is at hand; `ptr` is written last. */
struct body {
    _Atomic(const char *) ptr;
    size_t len;
};

/* What a worker kept so far. */
struct body_keeper {
    struct arena arena;
    size_t bytes; /* in it */
    struct aside_writer writer;
};

/* So much of a worker's stays in memory; and after so many bodies were read, what was read goes. */
enum { IN_MEMORY_MOST = 1024 * 1024, LET_GO_AFTER = 64 };

struct bodies {
    const struct site *site;
    struct bodies_source source;
    struct body *items;
    size_t count;
    struct body_keeper *keepers;
    unsigned workers;
    const struct fs *fs;
    const char *folder;    /* NULL: all stays in memory */
    struct aside *aside;   /* once there is something in it */
    atomic_size_t reading; /* of what is aside: counts */
    pthread_mutex_t lock;  /* over all below: reading again is rare */
    struct arena arena;
    struct arena scratch;
    struct diags problems;
};

struct bodies *bodies_new(const struct site *site, const struct bodies_source *source, size_t count,
                          unsigned workers)
{
    struct arena arena = {0};
    struct bodies *bodies = arena_zalloc(&arena, 1, sizeof *bodies);
    bodies->arena = arena;
    bodies->site = site;
    bodies->source = *source;
    bodies->items = arena_zalloc(&bodies->arena, count, sizeof *bodies->items);
    bodies->count = count;
    bodies->workers = workers;
    bodies->keepers = arena_zalloc(&bodies->arena, workers, sizeof *bodies->keepers);
    diags_init(&bodies->problems, &bodies->arena);
    pthread_mutex_init(&bodies->lock, NULL);
    return bodies;
}

void bodies_free(struct bodies *bodies)
{
    if (!bodies)
        return;
    pthread_mutex_destroy(&bodies->lock);
    arena_release(&bodies->scratch);
    for (unsigned i = 0; i < bodies->workers; i++)
        arena_release(&bodies->keepers[i].arena);
    aside_free(bodies->aside);
    struct arena arena = bodies->arena; /* `bodies` itself lies in it */
    arena_release(&arena);
}

static const struct words *words_of(const struct site *site, struct str lang)
{
    for (size_t i = 0; i < site->edition_count; i++) {
        if (str_eq(site->editions[i].lang, lang))
            return site->editions[i].words;
    }
    return site->editions[0].words;
}

struct record_options bodies_options(const struct bodies *bodies, const struct content_place *place,
                                     struct arena *arena)
{
    struct str lang = place->lang.len > 0 ? place->lang : bodies->site->config.language;
    const struct words *words = words_of(bodies->site, lang);
    struct record_options options = {.kind = place->kind, .markdown = md_content};
    options.markdown.policy = &bodies->site->config.policies[place->kind];
    options.markdown.smart = str_starts(lang, STR("fr"))   ? MD_SMART_FRENCH
                             : str_starts(lang, STR("en")) ? MD_SMART_ENGLISH
                                                           : MD_SMART_OFF;
    options.markdown.words.task_done = words_find(words, STR("task_done"), NULL, arena);
    options.markdown.words.task_open = words_find(words, STR("task_open"), NULL, arena);
    options.markdown.words.footnotes = words_find(words, STR("footnotes"), NULL, arena);
    options.markdown.words.back_to_reference =
        words_find(words, STR("back_to_reference"), NULL, arena);
    /* Several comments share a page, so their ids must differ. */
    if (place->kind == KIND_COMMENT)
        options.markdown.id_prefix = arena_printf(arena, "%.*s-", STR_ARG(path_name(place->stem)));
    return options;
}

void bodies_put_aside(struct bodies *bodies, const struct fs *fs, const char *folder)
{
    bodies->fs = fs;
    bodies->folder = folder;
}

/* Opened by the first worker that needs it; NULL: there can be none. */
static struct aside *aside_of(struct bodies *bodies)
{
    pthread_mutex_lock(&bodies->lock);
    if (!bodies->aside && bodies->folder &&
        fs_make_folders(bodies->fs, AT_FDCWD, bodies->folder) == 0)
        bodies->aside = aside_new(bodies->fs, bodies->folder);
    if (!bodies->aside)
        bodies->folder = NULL;
    struct aside *aside = bodies->aside;
    pthread_mutex_unlock(&bodies->lock);
    return aside;
}

struct str bodies_keep(struct bodies *bodies, unsigned worker, struct str html)
{
    struct body_keeper *keeper = &bodies->keepers[worker];
    struct aside *aside = keeper->bytes > IN_MEMORY_MOST ? aside_of(bodies) : NULL;
    const char *place = aside ? aside_put(aside, &keeper->writer, html) : NULL;
    if (place)
        return (struct str){place, html.len};
    keeper->bytes += html.len;
    return arena_str(&keeper->arena, html);
}

void bodies_kept(struct bodies *bodies)
{
    bodies->folder = NULL;
    for (unsigned i = 0; bodies->aside && i < bodies->workers; i++) {
        aside_flush(bodies->aside, &bodies->keepers[i].writer);
        bodies->keepers[i].bytes = 0;
    }
}

void bodies_put(struct bodies *bodies, size_t number, struct str html)
{
    bodies->items[number].len = html.len;
    atomic_store_explicit(&bodies->items[number].ptr, html.ptr ? html.ptr : "",
                          memory_order_release);
}

struct str bodies_at_hand(const struct bodies *bodies, size_t number)
{
    struct body *body = &bodies->items[number];
    const char *ptr = atomic_load_explicit(&body->ptr, memory_order_acquire);
    return (struct str){ptr, ptr ? body->len : 0};
}

void bodies_drop(struct bodies *bodies, size_t number)
{
    atomic_store(&bodies->items[number].ptr, NULL);
}

/* Once for each entry, whoever comes first; under the lock. */
static void read_again(struct bodies *bodies, const struct entry *entry)
{
    struct text text;
    struct record *record;
    struct str html = {0};
    struct diags known; /* what is wrong in the file was said when its record was read */
    struct arena *scratch = &bodies->scratch;
    arena_clear(scratch);
    diags_init(&known, scratch);
    if (bodies->source.read(bodies->source.context, entry->file, CONTENT_FILE_MOST, scratch,
                            &bodies->problems, &text) == 0) {
        struct content_place place = content_place(&bodies->site->config, entry->file->path);
        struct record_options options = bodies_options(bodies, &place, scratch);
        record_read(&text, &options, scratch, scratch, &known, &record, &html);
    }
    bodies_put(bodies, entry->number, arena_str(&bodies->arena, html));
}

struct str bodies_html(struct bodies *bodies, const struct entry *entry)
{
    struct body *body = &bodies->items[entry->number];
    const char *ptr = atomic_load_explicit(&body->ptr, memory_order_acquire);
    if (!ptr) {
        pthread_mutex_lock(&bodies->lock);
        if (!atomic_load(&body->ptr))
            read_again(bodies, entry);
        pthread_mutex_unlock(&bodies->lock);
        ptr = atomic_load_explicit(&body->ptr, memory_order_acquire);
    }
    if (bodies->aside && aside_has(bodies->aside, ptr) &&
        atomic_fetch_add(&bodies->reading, 1) % LET_GO_AFTER == LET_GO_AFTER - 1)
        aside_let_go(bodies->aside);
    return (struct str){ptr, body->len};
}

struct markup bodies_markup(struct bodies *bodies, const struct entry *entry)
{
    struct markup whole = entry->record->body;
    whole.html = bodies_html(bodies, entry);
    return whole;
}

int bodies_report(const struct bodies *bodies, struct diags *diags)
{
    diags_merge(diags, &bodies->problems);
    return diags_failed(&bodies->problems) ? -1 : 0;
}
