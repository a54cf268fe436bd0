#include "source/source.h"
#include "base/map.h"
#include "base/vec.h"
#include "source/merge.h"
#include "source/source_internal.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

static int compare_paths(const void *left, const void *right)
{
    return str_cmp(((const struct source_file *)left)->path,
                   ((const struct source_file *)right)->path);
}

/* Embedded files: those that the site does not replace by one of its own, and those it does. */
static void add_embedded(struct source *source, const struct source_options *options)
{
    struct map own;
    struct arena scratch = {0};
    map_init(&own, &scratch);
    for (size_t i = 0; i < source->files.count; i++)
        map_put(&own, source->files.items[i].path, &own);
    for (size_t i = 0; i < options->embedded_count; i++) {
        const struct source_embedded_file *embedded = &options->embedded[i];
        struct source_file file = {
            .path = str_from(embedded->path), .layer = SOURCE_EMBEDDED, .handle = embedded};
        if (source_area_of(file.path, &file.area))
            *vec_push(source->arena, map_has(&own, file.path) ? &source->hidden : &source->files) =
                file;
    }
    arena_release(&scratch);
}

static bool has_content(const struct source *source)
{
    for (size_t i = 0; i < source->files.count; i++) {
        if (source->files.items[i].area == SOURCE_CONTENT)
            return true;
    }
    return false;
}

static int explain_no_content(const struct source *source, struct diags *diags)
{
    diag_error(diags, "source", source_span(diags->arena, source->place->folder),
               "there is no folder content/ with files in it");
    diag_hint(diags, "a site has at least content/site.yml; name its folder with -C if it is "
                     "elsewhere");
    return -1;
}

static int list_files(struct source *source, struct diags *diags)
{
    size_t before = diags->count;
    bool commit = source->merge || source->revision || source->place->bare;
    int status = commit ? source_list_commit(source, diags) : source_list_work_tree(source, diags);
    if (status == 0 && !has_content(source) && diags->count == before)
        status = explain_no_content(source, diags);
    return status;
}

int source_open(const struct source_options *options, struct arena *arena, struct diags *diags,
                struct source **out)
{
    struct source *source = arena_zalloc(arena, 1, sizeof *source);
    *source = (struct source){
        .fs = options->fs,
        .place = options->place,
        .revision = options->revision,
        .merge = options->merge,
        .side = options->side,
        .arena = arena,
        .workers = options->workers + 1,
        .repositories = arena_zalloc(arena, options->workers + 1, sizeof *source->repositories),
        .folder = -1,
        .prefix = options->place->prefix,
    };
    *out = NULL;
    source_git_begin();
    source->uses_git = true;
    if (list_files(source, diags) != 0) {
        source_close(source);
        return -1;
    }
    add_embedded(source, options);
    if (source->files.count > 1)
        qsort(source->files.items, source->files.count, sizeof *source->files.items, compare_paths);
    *out = source;
    return 0;
}

int source_reopen(struct source *source, const struct source_options *options, struct arena *arena,
                  struct diags *diags)
{
    source->fs = options->fs;
    source->place = options->place;
    source->revision = options->revision;
    source->merge = options->merge;
    source->side = options->side;
    source->prefix = source->merge ? merge_prefix(source->merge) : options->place->prefix;
    source->arena = NULL; /* nothing more is listed */
    source->workers = options->workers + 1;
    source->repositories = NULL; /* a work tree's files are read as files */
    source->uses_git = source->has_commit;
    source->folder = -1;
    if (source->has_commit) {
        source->repositories = arena_zalloc(arena, source->workers, sizeof *source->repositories);
        source_git_begin();
        return 0;
    }
    int error =
        fs_open_folder(source->fs, AT_FDCWD, source->place->folder.ptr, FS_FOLLOW, &source->folder);
    if (error != 0)
        return diag_system(diags, source_span(diags->arena, source->place->folder), error,
                           "open the folder");
    return 0;
}

void source_close(struct source *source)
{
    if (!source)
        return;
    for (unsigned i = 0; source->repositories && i < source->workers; i++)
        git_repository_free(source->repositories[i]);
    source->repositories = NULL;
    fs_close(source->folder);
    source->folder = -1;
    if (source->uses_git)
        source_git_end();
    source->uses_git = false;
}

const struct source_file *source_files(const struct source *source, size_t *count)
{
    *count = source->files.count;
    return source->files.items;
}

/* The first file whose path is not below `path`. */
static size_t lower_bound(const struct source *source, struct str path)
{
    size_t low = 0;
    size_t high = source->files.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_cmp(source->files.items[middle].path, path) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct source_file *source_find(const struct source *source, struct str path)
{
    size_t at = lower_bound(source, path);
    return at < source->files.count && str_eq(source->files.items[at].path, path)
               ? &source->files.items[at]
               : NULL;
}

const struct source_file *source_folder(const struct source *source, struct str folder,
                                        size_t *count)
{
    struct arena scratch = {0};
    struct str front = arena_printf(&scratch, "%.*s/", STR_ARG(folder));
    size_t first = lower_bound(source, front);
    size_t end = first;
    while (end < source->files.count && str_starts(source->files.items[end].path, front))
        end++;
    arena_release(&scratch);
    *count = end - first;
    return source->files.items ? source->files.items + first : NULL;
}

const struct source_file *source_beneath(const struct source *source, struct str path)
{
    for (size_t i = 0; i < source->hidden.count; i++) {
        if (str_eq(source->hidden.items[i].path, path))
            return &source->hidden.items[i];
    }
    return NULL;
}

int source_read(struct source *source, unsigned worker, const struct source_file *file,
                size_t limit, struct arena *arena, struct diags *diags, struct text *out)
{
    out->path = source_printable(arena, file->path);
    if (file->layer == SOURCE_EMBEDDED) {
        const struct source_embedded_file *embedded = file->handle;
        out->bytes = (struct str){(const char *)embedded->bytes, embedded->size};
        return 0;
    }
    return source->backend->read(source, worker, file, limit, arena, diags, &out->bytes);
}

int source_id(struct source *source, unsigned worker, const struct source_file *file,
              struct diags *diags, struct blob_id *out)
{
    struct arena scratch = {0};
    struct text text;
    if (file->has_id) {
        *out = file->id;
        return 0;
    }
    int status = source_read(source, worker, file, SIZE_MAX - 1, &scratch, diags, &text);
    if (status == 0)
        *out = blob_id_of(text.bytes);
    arena_release(&scratch);
    return status;
}

bool source_commit(const struct source *source, struct blob_id *out)
{
    if (source->has_commit)
        memcpy(out->bytes, source->commit.id, sizeof out->bytes);
    return source->has_commit;
}

unsigned source_spare_worker(const struct source *source)
{
    return source->workers - 1;
}

int source_signature(const struct source *source, const struct source_file *file,
                     struct source_signature *out)
{
    *out = (struct source_signature){{0}};
    if (file->layer == SOURCE_EMBEDDED)
        return 0;
    if (file->has_id) {
        memcpy(out->words, file->id.bytes, sizeof file->id.bytes);
        return 0;
    }
    struct fs_stat stat;
    int error = fs_stat(source->fs, source->folder, file->path.ptr, &stat);
    if (error)
        return error;
    *out = (struct source_signature){
        {stat.size, stat.inode, (uint64_t)stat.modified, (uint64_t)stat.changed}};
    return 0;
}
