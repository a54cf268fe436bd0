#include "site/load.h"
#include "lang/yaml.h"
#include "site/bodies.h"
#include "site/linker.h"
#include "site/reading.h"
#include "site/rules.h"

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

static void make_editions(struct linker *linker)
{
    const struct config *config = &linker->site->config;
    struct edition *editions =
        arena_zalloc(linker->arena, config->language_count, sizeof *editions);
    for (size_t i = 0; i < config->language_count; i++) {
        editions[i].lang = config->languages[i];
        editions[i].words = read_words(linker, config->languages[i]);
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
    struct reading reading = {.linker = linker};
    if (read_config(linker) != 0)
        return -1;
    make_editions(linker);
    registry_read(linker);
    read_data(linker);
    reading_begin(&reading);
    identity_find(linker);
    occurrences_find(linker);
    attachments_find(linker);
    shapes_read(linker);
    logo_read(linker);
    people_find(linker);
    grants_find(linker);
    comments_find(linker);
    editions_make(linker);
    reading_end(&reading);
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
