/* A site in a commit: listed from its trees, read from its blobs. */
#include "source/merge.h"
#include "source/source_internal.h"
#include "source/tree.h"

#include "base/path.h"
#include "base/vec.h"

#include <string.h>

/* A tree of a few kilobytes can name the same subtree ten times over, and that ten more. */
#define MAX_ENTRIES ((size_t)1 << 20)

struct walk {
    struct source *source;
    git_odb *odb;
    struct diags *diags;
    size_t entries; /* files and folders met so far */
};

int source_read_blob(git_repository *repository, const struct blob_id *id, struct str path,
                     size_t limit, struct arena *arena, struct diags *diags, struct str *bytes)
{
    git_odb *odb;
    git_oid oid;
    git_oid_fromraw(&oid, id->bytes);
    if (git_repository_odb(&odb, repository) != 0)
        return source_git_failed(diags, path, "read the git repository");
    size_t size;
    git_object_t type;
    git_odb_object *object = NULL;
    int result = -1;
    /* The size first: a small pack can hold a blob that fills the memory. */
    if (git_odb_read_header(&size, &type, odb, &oid) != 0 || type != GIT_OBJECT_BLOB)
        source_git_failed(diags, path, "read the file from the git repository");
    else if (size > limit)
        diag_error(diags, "file-too-large", source_span(diags->arena, path),
                   "the file has %zu bytes, and at most %zu are read", size, limit);
    else if (git_odb_read(&object, odb, &oid) != 0)
        source_git_failed(diags, path, "read the file from the git repository");
    else
        result = 0;
    if (result == 0)
        *bytes = arena_str(arena,
                           (struct str){git_odb_object_data(object), git_odb_object_size(object)});
    git_odb_object_free(object);
    git_odb_free(odb);
    return result;
}

static int read_blob(struct source *source, unsigned worker, const struct source_file *file,
                     size_t limit, struct arena *arena, struct diags *diags, struct str *bytes)
{
    git_repository *repository = source_repository(source, worker, diags);
    if (repository == NULL)
        return -1;
    return source_read_blob(repository, &file->id, file->path, limit, arena, diags, bytes);
}

static const struct source_backend backend = {read_blob};

static int walk_tree(struct walk *walk, const git_oid *id, struct str folder, unsigned depth);

static int take_entry(struct walk *walk, struct str folder, const struct tree_entry *entry,
                      unsigned depth)
{
    struct source *source = walk->source;
    struct str path;
    if (++walk->entries > MAX_ENTRIES)
        return diag_error(walk->diags, "source", (struct span){0},
                          "there are more than %zu files and folders; this is no site",
                          MAX_ENTRIES);
    if (source_check_name(source, folder, entry->name, walk->diags, &path) != 0)
        return 0;
    git_oid id;
    git_oid_fromraw(&id, entry->id);
    switch (entry->kind) {
    case TREE_FOLDER: return walk_tree(walk, &id, path, depth + 1);
    case TREE_SYMLINK: source_refuse_link(source, path, walk->diags); return 0;
    case TREE_SUBMODULE: source_refuse_submodule(source, path, walk->diags); return 0;
    case TREE_FILE: break;
    }
    struct source_file file = {
        .path = path, .layer = SOURCE_SITE, .executable = entry->executable, .has_id = true};
    memcpy(file.id.bytes, entry->id, sizeof file.id.bytes);
    if (source_area_of(path, &file.area))
        *vec_push(source->arena, &source->files) = file;
    return 0;
}

/* Recursion is bounded by SOURCE_MAX_DEPTH. */
static int walk_tree(struct walk *walk, const git_oid *id, struct str folder, unsigned depth)
{
    if (depth > SOURCE_MAX_DEPTH) {
        source_refuse_depth(walk->source, folder, walk->diags);
        return 0;
    }
    git_odb_object *tree;
    if (git_odb_read(&tree, walk->odb, id) != 0)
        return source_git_failed(walk->diags, folder, "read the folder from the git repository");
    struct tree_rest rest = tree_entries(tree);
    struct tree_entry entry;
    int result = 0;
    while (result == 0 && tree_next(&rest, &entry))
        result = take_entry(walk, folder, &entry, depth);
    if (result == 0 && rest.at != rest.end)
        result = diag_error(walk->diags, "source", source_span(walk->diags->arena, folder),
                            "the folder is damaged in the git repository");
    git_odb_object_free(tree);
    return result;
}

/* ---- which commit */

/* "main:examples/site" names a commit and the site's folder in it. */
static int split_revision(git_repository *repository, const char *revision, struct arena *arena,
                          git_object **object, struct str *prefix)
{
    struct str spec = str_from(revision);
    size_t colon = str_find_byte(spec, ':', 0);
    if (colon == STR_NONE || colon == 0)
        return -1;
    char *name = arena_cstr(arena, str_sub(spec, 0, colon));
    if (git_revparse_single(object, repository, name) != 0)
        return -1;
    return path_resolve(arena, (struct str){0}, str_after(spec, colon + 1), prefix);
}

static void no_commit(git_repository *repository, const char *revision, struct diags *diags)
{
    if (git_repository_is_empty(repository) == 1 || revision == NULL) {
        diag_add(diags, SEVERITY_FAILURE, "source", (struct span){0},
                 "the git repository has no commit yet");
        diag_hint(diags, "commit the site first (git add, git commit)");
        return;
    }
    struct str shown = source_printable(diags->arena, str_from(revision));
    diag_add(diags, SEVERITY_FAILURE, "source", (struct span){0},
             "there is no commit, branch or tag '%.*s'", STR_ARG(shown));
    diag_hint(diags, "`git branch --all` and `git tag` list the names");
}

git_commit *source_find_commit(git_repository *repository, const char *revision,
                               struct arena *arena, struct diags *diags, struct str *prefix)
{
    const char *name = revision != NULL ? revision : "HEAD";
    git_object *object = NULL;
    git_object *peeled = NULL;
    int error = git_revparse_single(&object, repository, name);
    if (error == 0)
        error = git_object_peel(&peeled, object, GIT_OBJECT_COMMIT);
    if (error != 0 && revision != NULL) {
        git_object_free(object);
        object = NULL;
        error = split_revision(repository, revision, arena, &object, prefix);
        if (error == 0)
            error = git_object_peel(&peeled, object, GIT_OBJECT_COMMIT);
    }
    git_object_free(object);
    if (error != 0)
        no_commit(repository, revision, diags);
    return error == 0 ? (git_commit *)peeled : NULL;
}

/* The commit that the source is to read. */
static git_commit *find_commit(struct source *source, git_repository *repository,
                               struct diags *diags)
{
    git_commit *commit = NULL;
    if (source->merge == NULL)
        return source_find_commit(repository, source->revision, source->arena, diags,
                                  &source->prefix);
    source->prefix = merge_prefix(source->merge);
    if (git_commit_lookup(&commit, repository, merge_side_commit(source->merge, source->side)) != 0)
        source_git_failed(diags, (struct str){0}, "read the commit");
    return commit;
}

static int no_content(struct source *source, struct diags *diags)
{
    struct str where = source->prefix.len > 0 ? source->prefix : STR("the top folder");
    diag_add(diags, SEVERITY_ERROR, "source", (struct span){0},
             "there is no folder content/ in %.*s of this commit", STR_ARG(where));
    diag_hint(diags, "if the site lies in a folder of the repository, name it behind a colon: "
                     "--rev main:that/folder");
    return -1;
}

/* Lists content/, layouts/ and assets/ below the site's tree. */
static int list_areas(struct walk *walk, const git_oid *site, struct diags *diags)
{
    git_odb_object *tree;
    if (git_odb_read(&tree, walk->odb, site) != 0)
        return source_git_failed(diags, (struct str){0}, "read the commit's files");
    int result = 0;
    bool has_content = false;
    for (size_t i = 0; i < 3 && result == 0; i++) {
        struct tree_entry entry;
        if (!tree_find(tree, source_area_names[i], &entry))
            continue;
        has_content = has_content || i == SOURCE_CONTENT;
        if (entry.kind == TREE_FILE)
            source_refuse(walk->source, source_area_names[i], "special-file",
                          "this is a file, but a folder belongs here", diags);
        else
            result = take_entry(walk, (struct str){0}, &entry, 0);
    }
    git_odb_object_free(tree);
    return result == 0 && !has_content ? no_content(walk->source, diags) : result;
}

int source_list_commit(struct source *source, struct diags *diags)
{
    if (source->place->git_folder.len == 0) {
        diag_add(diags, SEVERITY_FAILURE, "source", (struct span){0},
                 "%.*s is in no git repository, so --rev has nothing to read",
                 STR_ARG(source->place->folder));
        return -1;
    }
    git_repository *repository = source_repository(source, 0, diags);
    if (repository == NULL)
        return -1;
    git_commit *commit = find_commit(source, repository, diags);
    if (commit == NULL)
        return -1;
    source->backend = &backend;
    source->has_commit = true;
    source->commit = *git_commit_id(commit);
    struct walk walk = {.source = source, .diags = diags};
    int result = git_repository_odb(&walk.odb, repository);
    git_oid site;
    if (result != 0)
        result = source_git_failed(diags, (struct str){0}, "read the git repository");
    else
        result = tree_descend(walk.odb, git_commit_tree_id(commit), source->prefix, &site);
    if (result == 0)
        result = list_areas(&walk, &site, diags);
    else if (result == 1)
        result = no_content(source, diags);
    git_odb_free(walk.odb);
    git_commit_free(commit);
    return result == 0 ? 0 : -1;
}
