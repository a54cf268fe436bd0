#include "source/history.h"

#include "source/history_state.h"
#include "source/source_internal.h"

#include <stdlib.h>
#include <string.h>

struct history {
    struct history_state state;
    size_t walked;
};

static int compare_renames(const void *a, const void *b)
{
    const struct history_rename *first = a;
    const struct history_rename *second = b;
    if (first->when.utc != second->when.utc)
        return first->when.utc < second->when.utc ? -1 : 1;
    if (first->when.offset != second->when.offset)
        return first->when.offset < second->when.offset ? -1 : 1;
    int order = str_cmp(first->from, second->from);
    return order != 0 ? order : str_cmp(first->to, second->to);
}

static void note(struct diags *diags, const char *what, const char *hint)
{
    diag_add(diags, SEVERITY_NOTE, "history", (struct span){0}, "%s", what);
    diag_hint(diags, "%s", hint);
}

/* Before the result is settled, since that is for the reader and not for the next walk. */
static void keep(const struct history *history, const struct history_options *options,
                 struct diags *diags)
{
    if (!options->keep || options->folder == NULL || history->walked == 0)
        return;
    int error = history_keep(&history->state, options);
    if (error == 0)
        return;
    diag_add(diags, SEVERITY_NOTE, "history", (struct span){0},
             "what git's history says of the files cannot be kept in %s: %s", options->folder,
             strerror(error));
    diag_hint(diags, "the next build looks at all commits again; make that folder writable, or "
                     "name another one with --cache");
}

static int walk(struct history *history, const struct history_options *options,
                git_repository *repository, const git_oid *tip, struct diags *diags)
{
    git_odb *odb;
    git_oid root;
    if (!options->forget && options->folder != NULL)
        history_recall(&history->state, options);
    int error = git_repository_odb(&odb, repository);
    if (error != 0)
        return error;
    error = history_walk(&history->state, options, odb, tip, &root, &history->walked);
    if (error == 0) {
        keep(history, options, diags);
        history_settle_people(&history->state, odb, &root);
        if (history->state.renames.count > 0)
            qsort(history->state.renames.items, history->state.renames.count,
                  sizeof *history->state.renames.items, compare_renames);
    }
    git_odb_free(odb);
    return error;
}

static int read_repository(struct history *history, const struct history_options *options,
                           git_repository *repository, struct diags *diags)
{
    git_oid tip = options->source->commit;
    if (!options->source->has_commit && git_reference_name_to_id(&tip, repository, "HEAD") != 0) {
        note(diags, "there is no commit yet, so dates from git's history are missing",
             "commit the site (git add, git commit), or write `date:` into the front matter");
        return 1;
    }
    if (git_repository_is_shallow(repository) == 1) {
        note(diags, "this is a shallow clone: its history is cut off, so no date is taken from it",
             "fetch the whole history: git fetch --unshallow");
        return 0;
    }
    int error = walk(history, options, repository, &tip, diags);
    if (error == GIT_ENOTFOUND || error == GIT_EUSER) {
        note(diags,
             error == GIT_EUSER
                 ? "git's history is larger than can be read, so no date is taken from it"
                 : "a part of git's history is not in this clone, so no date is taken from it",
             "fetch the whole history into a fresh clone: git clone without --depth and --filter");
        history_state_init(&history->state, history->state.arena);
        return 0;
    }
    return error != 0 ? source_git_failed(diags, (struct str){0}, "read git's history") : 0;
}

int history_read(const struct history_options *options, struct arena *arena, struct diags *diags,
                 const struct history **out)
{
    *out = NULL;
    if (options->source->place->git_folder.len == 0) {
        note(diags, "this folder is in no git repository, so dates from its history are missing",
             "write `date:` into the front matter, or put the site under git: git init");
        return 0;
    }
    git_repository *repository = source_open_repository(options->source, diags);
    if (repository == NULL)
        return -1;
    struct history *history = arena_zalloc(arena, 1, sizeof *history);
    history_state_init(&history->state, arena);
    int result = read_repository(history, options, repository, diags);
    git_repository_free(repository);
    if (result == 0)
        *out = history;
    return result < 0 ? -1 : 0;
}

bool history_is_whole(struct source *source)
{
    struct arena scratch = {0};
    struct diags ignored;
    diags_init(&ignored, &scratch);
    git_repository *repository = source_repository(source, 0, &ignored);
    bool whole = repository != NULL && git_repository_is_shallow(repository) == 0;
    arena_release(&scratch);
    return whole;
}

const struct history_file *history_find(const struct history *history, struct str path)
{
    struct history_track *track = history != NULL ? map_get(&history->state.tracks, path) : NULL;
    return track != NULL && track->file.commits > 0 ? &track->file : NULL;
}

const struct history_rename *history_renames(const struct history *history, size_t *count)
{
    *count = history != NULL ? history->state.renames.count : 0;
    return history != NULL ? history->state.renames.items : NULL;
}

size_t history_walked(const struct history *history)
{
    return history != NULL ? history->walked : 0;
}
