#include "site/reading.h"
#include "base/vec.h"
#include "site/bodies.h"

enum {
    WAIT_EVERY = 4,                /* one record of so many has its body read later */
    WAITING_MOST = 8 * 1024 * 1024 /* bytes of texts that are held for it */
};

/* Whether there is somebody to read the body while another links, and room for its text. */
static bool may_wait(const struct reading *reading, size_t index)
{
    return index % WAIT_EVERY == 0 && pool_size(reading->linker->options->pool) > 1 &&
           atomic_load_explicit(&reading->waiting_bytes, memory_order_relaxed) < WAITING_MOST;
}

static void read_body(struct reading *reading, unsigned worker, struct reading_task *task,
                      const struct text *text)
{
    const struct load_options *load = reading->linker->options;
    struct arena *scratch = &reading->scratch[worker];
    struct record_options options = bodies_options(reading->bodies, &task->place, scratch);
    struct str html;
    (void)record_read_body(text, &options, &load->worker_arenas[worker], scratch,
                           &reading->worker_diags[worker], task->own, &html);
    task->html = bodies_keep(reading->bodies, worker, html);
}

static void read_task(void *context, unsigned worker, size_t index)
{
    struct reading *reading = context;
    const struct load_options *load = reading->linker->options;
    struct reading_task *task = &reading->tasks.items[index];
    struct diags *diags = &reading->worker_diags[worker];
    task->record = load->known ? load->known(load->known_context, task->file, &task->html) : NULL;
    if (task->record) {
        diags_merge(diags, &task->record->said);
        return;
    }
    bool waits = may_wait(reading, index);
    struct arena *scratch = &reading->scratch[worker];
    struct arena *arena = waits ? &reading->waiting[worker] : scratch;
    arena_clear(scratch);
    struct text *text = arena_zalloc(arena, 1, sizeof *text);
    if (source_read(load->source, worker, task->file, CONTENT_FILE_MOST, arena, diags, text) != 0)
        return;
    (void)record_read_head(text, task->place.kind, &load->worker_arenas[worker], scratch, diags,
                           &task->own);
    task->record = task->own;
    if (task->own && waits) {
        task->waiting = text;
        atomic_fetch_add_explicit(&reading->waiting_bytes, text->bytes.len, memory_order_relaxed);
    } else if (task->own) {
        read_body(reading, worker, task, text);
    }
}

static void read_waiting(void *context, unsigned worker, size_t index)
{
    struct reading *reading = context;
    struct reading_task *task = &reading->tasks.items[index];
    if (!task->waiting)
        return;
    arena_clear(&reading->scratch[worker]);
    read_body(reading, worker, task, task->waiting);
}

static void note_stray(struct linker *linker, const struct source_file *file)
{
    struct text *text = arena_zalloc(linker->arena, 1, sizeof *text);
    text->path = file->path;
    diag_add(linker->diags, SEVERITY_WARNING, "stray-file", span_file(text),
             "this file is in no folder that copse reads, so it is not part of the site");
    diag_hint(linker->diags,
              "content belongs into articles, members, events, pages, comments or data");
}

static void list_tasks(struct reading *reading)
{
    struct linker *linker = reading->linker;
    size_t count;
    const struct source_file *files =
        source_folder(linker->options->source, STR("content"), &count);
    for (size_t i = 0; i < count; i++) {
        struct content_place place = content_place(&linker->site->config, files[i].path);
        if (place.role == CONTENT_RECORD)
            *vec_push(linker->working, &reading->tasks) =
                (struct reading_task){.file = &files[i], .place = place};
        else if (place.role == CONTENT_ATTACHMENT)
            linker->attachment_count++;
        else if (place.role == CONTENT_STRAY)
            note_stray(linker, &files[i]);
    }
}

static void make_entries(struct reading *reading)
{
    struct linker *linker = reading->linker;
    struct site *site = linker->site;
    size_t count = reading->tasks.count;
    site->entries = arena_zalloc(linker->arena, count, sizeof *site->entries);
    linker->places = arena_zalloc(linker->working, count, sizeof *linker->places);
    for (size_t i = 0; i < count; i++) {
        struct reading_task *task = &reading->tasks.items[i];
        if (!task->record)
            continue;
        task->number = site->entry_count++;
        linker->places[task->number] = task->place;
        site->entries[task->number] = (struct entry){.record = task->record,
                                                     .file = task->file,
                                                     .kind = task->place.kind,
                                                     .number = (uint32_t)task->number};
    }
}

void reading_begin(struct reading *reading)
{
    struct linker *linker = reading->linker;
    const struct load_options *options = linker->options;
    unsigned workers = pool_size(options->pool);
    list_tasks(reading);
    size_t count = reading->tasks.count;
    reading->bodies = site_bodies(linker->site, options->source, count, workers);
    linker->site->bodies = reading->bodies;
    bodies_put_aside(reading->bodies, options->fs, options->aside);
    reading->worker_diags = arena_zalloc(linker->arena, workers, sizeof *reading->worker_diags);
    reading->scratch = arena_zalloc(linker->arena, workers, sizeof *reading->scratch);
    reading->waiting = arena_zalloc(linker->arena, workers, sizeof *reading->waiting);
    for (unsigned i = 0; i < workers; i++)
        diags_init(&reading->worker_diags[i], &options->worker_arenas[i]);
    pool_run(options->pool, count, 16, read_task, reading);
    make_entries(reading);
    pool_begin(options->pool, count, 16, read_waiting, reading);
}

void reading_end(struct reading *reading)
{
    struct linker *linker = reading->linker;
    unsigned workers = pool_size(linker->options->pool);
    pool_end(linker->options->pool);
    bodies_kept(reading->bodies);
    for (size_t i = 0; i < reading->tasks.count; i++) {
        const struct reading_task *task = &reading->tasks.items[i];
        if (task->html.ptr)
            bodies_put(reading->bodies, task->number, task->html);
    }
    for (unsigned i = 0; i < workers; i++) {
        diags_merge(linker->diags, &reading->worker_diags[i]);
        arena_release(&reading->scratch[i]);
        arena_release(&reading->waiting[i]);
    }
}
