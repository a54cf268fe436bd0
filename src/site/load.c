#include "site/load.h"
#include "lang/yaml.h"
#include "site/bodies.h"
#include "site/linker.h"
#include "site/rules.h"

/* The work list of the parallel step: one task a record. */
struct task {
    const struct source_file *file;
    struct content_place place;
    const struct record *record; /* NULL: could not be read */
    struct str html;             /* of its body; none: not read this time */
};

struct task_list {
    struct task *items;
    size_t count, capacity;
};

struct reading {
    struct linker *linker;
    struct task_list tasks;
    struct diags *worker_diags;
    struct arena *scratch;      /* one a worker */
    const struct words **words; /* of each language, as in config.languages */
    struct bodies *bodies;
};

const struct text *linker_read(struct linker *linker, struct str path)
{
    const struct source_file *file = source_find(linker->options->source, path);
    if (!file)
        return NULL;
    struct text *text = arena_zalloc(linker->arena, 1, sizeof *text);
    if (source_read(linker->options->source, 0, file, CONTENT_FILE_MOST, linker->arena,
                    linker->diags, text) != 0)
        return NULL;
    return text;
}

static int read_config(struct linker *linker)
{
    const struct source_file *file = source_find(linker->options->source, STR("content/site.yml"));
    if (!file) {
        struct text *text = arena_zalloc(linker->arena, 1, sizeof *text);
        text->path = STR("content/site.yml");
        diag_error(linker->diags, "site-config", span_file(text), "there is no content/site.yml");
        diag_hint(linker->diags, "make one with two lines:  title: …  and  url: https://…");
        return -1;
    }
    const struct text *text = linker_read(linker, file->path);
    if (!text)
        return -1;
    /* The site may outlive the options: frozen.h. */
    const struct config_options options = {linker->options->fs,
                                           arena_str(linker->arena, linker->options->base_url)};
    config_read(text, &options, linker->arena, linker->diags, &linker->site->config);
    return 0;
}

static void add_words(struct linker *linker, const struct source_file *file, struct text *files,
                      size_t *count)
{
    struct text text;
    if (file && source_read(linker->options->source, 0, file, CONTENT_FILE_MOST, linker->arena,
                            linker->diags, &text) == 0)
        files[(*count)++] = text;
}

/* The words of a language: the site's file over the program's of the same name, over those of the
 * language without its region, over English. */
static const struct words *read_words(struct linker *linker, struct str lang)
{
    const struct source *source = linker->options->source;
    const struct str names[] = {lang, str_sub(lang, 0, str_find_byte(lang, '-', 0)), STR("en")};
    struct text *files = arena_zalloc(linker->arena, 6, sizeof *files);
    size_t count = 0;
    for (size_t i = 0; i < 3; i++) {
        if (i > 0 && str_eq(names[i], names[i - 1]))
            continue;
        struct str path = arena_printf(linker->arena, "content/i18n/%.*s.yml", STR_ARG(names[i]));
        add_words(linker, source_find(source, path), files, &count);
        add_words(linker, source_beneath(source, path), files, &count);
    }
    return words_make(lang, files, count, linker->arena, linker->diags);
}

static void read_task(void *context, unsigned worker, size_t index)
{
    struct reading *reading = context;
    const struct load_options *load = reading->linker->options;
    struct task *task = &reading->tasks.items[index];
    struct arena *arena = &load->worker_arenas[worker];
    struct arena *scratch = &reading->scratch[worker];
    struct text text;
    struct str html;
    struct record *record;
    task->record = load->known ? load->known(load->known_context, task->file, &task->html) : NULL;
    if (task->record) {
        diags_merge(&reading->worker_diags[worker], &task->record->said);
        return;
    }
    arena_clear(scratch);
    if (source_read(load->source, worker, task->file, CONTENT_FILE_MOST, scratch,
                    &reading->worker_diags[worker], &text) != 0)
        return;
    struct record_options options = bodies_options(reading->bodies, &task->place, scratch);
    record_read(&text, &options, arena, scratch, &reading->worker_diags[worker], &record, &html);
    task->record = record;
    task->html = bodies_keep(reading->bodies, worker, html);
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
                (struct task){&files[i], place, NULL, {0}};
        else if (place.role == CONTENT_ATTACHMENT)
            linker->attachment_count++;
        else if (place.role == CONTENT_STRAY)
            note_stray(linker, &files[i]);
    }
}

/* The source has a reader of its own for this, behind those of the workers. */
static int read_again(void *context, const struct source_file *file, size_t limit,
                      struct arena *arena, struct diags *diags, struct text *out)
{
    struct source *source = context;
    return source_read(source, source_spare_worker(source), file, limit, arena, diags, out);
}

struct bodies *site_bodies(const struct site *site, struct source *source, size_t count,
                           unsigned workers)
{
    const struct bodies_source from = {source, read_again};
    return bodies_new(site, &from, count, workers);
}

static void read_records(struct reading *reading)
{
    struct linker *linker = reading->linker;
    const struct load_options *options = linker->options;
    unsigned workers = pool_size(options->pool);
    reading->bodies = site_bodies(linker->site, options->source, reading->tasks.count, workers);
    linker->site->bodies = reading->bodies;
    bodies_put_aside(reading->bodies, options->fs, options->aside);
    reading->worker_diags = arena_zalloc(linker->arena, workers, sizeof *reading->worker_diags);
    reading->scratch = arena_zalloc(linker->arena, workers, sizeof *reading->scratch);
    for (unsigned i = 0; i < workers; i++)
        diags_init(&reading->worker_diags[i], &options->worker_arenas[i]);
    pool_run(options->pool, reading->tasks.count, 16, read_task, reading);
    bodies_kept(reading->bodies);
    for (unsigned i = 0; i < workers; i++) {
        diags_merge(linker->diags, &reading->worker_diags[i]);
        arena_release(&reading->scratch[i]);
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
        const struct task *task = &reading->tasks.items[i];
        if (!task->record)
            continue;
        size_t number = site->entry_count++;
        linker->places[number] = task->place;
        if (task->html.ptr)
            bodies_put(reading->bodies, number, task->html);
        site->entries[number] = (struct entry){.record = task->record,
                                               .file = task->file,
                                               .kind = task->place.kind,
                                               .number = (uint32_t)number};
    }
}

/* content/data/a/b.yml is site.data["a/b"]; content/data/a.yml is site.data.a. */
static void read_data(struct linker *linker)
{
    size_t count;
    const struct source_file *files =
        source_folder(linker->options->source, STR("content/data"), &count);
    struct value_entry *entries = arena_zalloc(linker->arena, count, sizeof *entries);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        struct content_place place = content_place(&linker->site->config, files[i].path);
        const struct text *text =
            place.role == CONTENT_DATA ? linker_read(linker, files[i].path) : NULL;
        const struct yaml_node *root = NULL;
        if (text)
            yaml_parse(text, 0, text->bytes.len, linker->arena, linker->diags, &root);
        if (root)
            entries[kept++] = (struct value_entry){place.stem, yaml_to_value(root, linker->arena)};
    }
    linker->site->data = value_map(linker->arena, entries, kept);
}

static void make_editions(struct reading *reading)
{
    struct linker *linker = reading->linker;
    const struct config *config = &linker->site->config;
    struct edition *editions =
        arena_zalloc(linker->arena, config->language_count, sizeof *editions);
    for (size_t i = 0; i < config->language_count; i++) {
        editions[i].lang = config->languages[i];
        editions[i].words = reading->words[i];
        editions[i].settings = &config->editions[i];
        editions[i].prefix = i == 0 && !config->prefix_default
                                 ? STR("")
                                 : arena_printf(linker->arena, "/%.*s", STR_ARG(editions[i].lang));
    }
    linker->site->editions = editions;
    linker->site->edition_count = config->language_count;
}

static int load(struct linker *linker)
{
    struct site *site = linker->site;
    struct reading reading = {.linker = linker};
    if (read_config(linker) != 0)
        return -1;
    const struct config *config = &site->config;
    reading.words = arena_zalloc(linker->arena, config->language_count, sizeof *reading.words);
    for (size_t i = 0; i < config->language_count; i++)
        reading.words[i] = read_words(linker, config->languages[i]);
    make_editions(&reading);
    registry_read(linker);
    read_data(linker);
    list_tasks(&reading);
    read_records(&reading);
    make_entries(&reading);
    identity_find(linker);
    occurrences_find(linker);
    attachments_find(linker);
    shapes_read(linker);
    logo_read(linker);
    people_find(linker);
    grants_find(linker);
    comments_find(linker);
    editions_make(linker);
    return 0;
}

int site_load(const struct load_options *options, struct arena *arena, struct diags *diags,
              struct site **out)
{
    struct site *site = arena_zalloc(arena, 1, sizeof *site);
    struct arena working = {0};
    struct linker linker = {
        .options = options, .arena = arena, .working = &working, .diags = diags, .site = site};
    site->now = options->now;
    site->repository_folder = arena_str(arena, options->repository_folder);
    int status = load(&linker);
    *out = status == 0 ? site : NULL;
    arena_release(&working);
    return status;
}
