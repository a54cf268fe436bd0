/* `copse layouts`: the templates in use and where each comes from; --eject copies one. */
#include "base/path.h"
#include "base/suggest.h"
#include "cli/commands.h"
#include "cli/messages.h"
#include "cli/streams.h"
#include "source/source.h"

#include <errno.h>
#include <fcntl.h>

static int open_source(struct cli *cli, const struct source_place *place, struct source **source)
{
    const struct source_options options = {
        .fs = cli->fs,
        .place = place,
        .workers = 1,
        .embedded = source_embedded,
        .embedded_count = source_embedded_count,
    };
    return source_open(&options, cli->arena, cli->diags, source);
}

static int list(struct cli *cli, const struct source *source)
{
    struct buf out = {0};
    size_t count = 0;
    const struct source_file *files = source_folder(source, STR("layouts"), &count);
    for (size_t i = 0; i < count; i++) {
        if (!str_eq(path_extension(files[i].path), STR(".html")))
            continue;
        size_t start = out.len;
        messages_visible(&out, str_after(files[i].path, sizeof "layouts/" - 1));
        while (out.len - start < 32)
            buf_addc(&out, ' ');
        buf_adds(&out, files[i].layer == SOURCE_SITE ? " the site's\n" : " built in\n");
    }
    int result = streams_write(cli, buf_str(&out));
    buf_release(&out);
    return result;
}

static int no_such_template(struct cli *cli, struct str name)
{
    struct str *names = arena_zalloc(cli->arena, source_embedded_count, sizeof *names);
    size_t count = 0;
    for (size_t i = 0; i < source_embedded_count; i++) {
        struct str path = str_from(source_embedded[i].path);
        if (str_starts(path, STR("layouts/")))
            names[count++] = str_after(path, sizeof "layouts/" - 1);
    }
    diag_error(cli->diags, "missing-layout", (struct span){0},
               "there is no built-in template '%.*s'", STR_ARG(name));
    struct str near = suggest_nearest(name, names, count);
    if (near.len > 0)
        diag_hint(cli->diags, "Did you mean %.*s?", STR_ARG(near));
    else
        diag_hint(cli->diags, "`copse layouts` lists them.");
    return -1;
}

static const struct source_embedded_file *find_embedded(struct str path)
{
    for (size_t i = 0; i < source_embedded_count; i++) {
        if (str_eq(str_from(source_embedded[i].path), path))
            return &source_embedded[i];
    }
    return NULL;
}

/* "i18n/de.yml": the theme's words, in English where it has none in that language. */
static bool is_words(struct str name)
{
    struct str lang = str_after(name, sizeof "i18n/" - 1);
    if (!str_starts(name, STR("i18n/")) || !str_ends(lang, STR(".yml")))
        return false;
    lang.len -= sizeof ".yml" - 1;
    for (size_t i = 0; i < lang.len; i++) {
        if (!str_is_alpha(lang.ptr[i]) && !str_is_digit(lang.ptr[i]) && lang.ptr[i] != '-')
            return false;
    }
    return lang.len >= 2;
}

/* Copies a built-in file into the site. A file of the site is never overwritten. */
static int eject(struct cli *cli, const struct source_place *place, struct str name)
{
    bool words = is_words(name);
    struct str wanted = path_join(cli->arena, words ? STR("content") : STR("layouts"), name);
    const struct source_embedded_file *file = find_embedded(wanted);
    if (!file && words)
        file = find_embedded(STR("content/i18n/en.yml"));
    if (!file)
        return no_such_template(cli, name);
    const char *path = path_join(cli->arena, place->folder, wanted).ptr;
    const char *folder = arena_cstr(cli->arena, path_folder(str_from(path)));
    int error = fs_make_folders(cli->fs, AT_FDCWD, folder);
    if (!error)
        error =
            fs_create(cli->fs, AT_FDCWD, path, (struct str){(const char *)file->bytes, file->size});
    if (error == EEXIST)
        return diag_error(cli->diags, "layout", (struct span){0},
                          "%.*s is there already; it is the one in use", STR_ARG(wanted));
    if (error)
        return diag_system(cli->diags, (struct span){0}, error, "write %s", path);
    struct buf out = {0};
    buf_addf(&out, "%s is now the site's own; copse will not change it.\n", path);
    int result = streams_write(cli, buf_str(&out));
    buf_release(&out);
    return result;
}

enum status cmd_layouts(struct cli *cli)
{
    const struct options *options = cli->options;
    const char *start = options->given[OPTION_SITE] ? options->value[OPTION_SITE] : ".";
    struct source_place place;
    struct source *source = NULL;
    if (source_find_site(cli->fs, start, cli->arena, cli->diags, &place) != 0)
        return STATUS_CONTENT;
    int result = 0;
    if (options->given[OPTION_EJECT]) {
        result = eject(cli, &place, str_from(options->value[OPTION_EJECT]));
    } else {
        result = open_source(cli, &place, &source);
        if (result == 0)
            result = list(cli, source);
        source_close(source);
    }
    return result == 0 ? STATUS_DONE : STATUS_CONTENT;
}
