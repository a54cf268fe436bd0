#include "source/ignore.h"

#include "base/path.h"
#include "base/vec.h"

#include <fcntl.h>
#include <stdlib.h>

#define MAX_PATTERN_FILE ((size_t)1 << 20)

/* The last part of a pattern: what stands before its first and behind its last wildcard. */
struct pattern {
    struct str before;
    struct str behind;
    bool exact; /* no wildcard: `before` is the whole name */
};

struct ignore {
    struct source *source;
    git_repository *repository;
    git_index *index; /* loaded when first needed */
    struct {
        struct pattern *items;
        size_t count, capacity;
    } patterns;
};

static bool is_wild(char byte)
{
    return byte == '*' || byte == '?' || byte == '[' || byte == ']' || byte == '\\';
}

static void add_pattern(struct ignore *ignore, struct str line)
{
    /* Whatever un-ignores can only spare what another pattern ignored. */
    if (line.len == 0 || line.ptr[0] == '#' || line.ptr[0] == '!')
        return;
    struct str last = str_trim_right(line);
    while (last.len > 0 && last.ptr[last.len - 1] == '/')
        last.len--;
    last = path_name(last);
    size_t first_wild = 0;
    while (first_wild < last.len && !is_wild(last.ptr[first_wild]))
        first_wild++;
    size_t last_wild = last.len;
    while (last_wild > first_wild && !is_wild(last.ptr[last_wild - 1]))
        last_wild--;
    *vec_push(ignore->source->arena, &ignore->patterns) =
        (struct pattern){.before = str_sub(last, 0, first_wild),
                         .behind = str_sub(last, last_wild, last.len),
                         .exact = first_wild == last.len};
}

void ignore_add(struct ignore *ignore, struct str patterns)
{
    struct str kept = arena_str(ignore->source->arena, patterns);
    if (str_starts(kept, STR("\xEF\xBB\xBF")))
        kept = str_after(kept, 3);
    struct str line;
    while (str_line(&kept, &line))
        add_pattern(ignore, line);
}

/* Case is no matter: whether it is for git depends on a setting, and asking once more is cheap. */
static bool may_match(const struct pattern *pattern, struct str name)
{
    if (pattern->exact)
        return str_eq_nocase(pattern->before, name);
    size_t before = pattern->before.len;
    size_t behind = pattern->behind.len;
    return name.len >= before && name.len >= behind &&
           str_eq_nocase(str_sub(name, 0, before), pattern->before) &&
           str_eq_nocase(str_after(name, name.len - behind), pattern->behind);
}

static const char *repository_path(struct ignore *ignore, struct str path, bool folder)
{
    struct arena *arena = ignore->source->arena;
    struct str whole = path_join(arena, ignore->source->prefix, path);
    return arena_printf(arena, folder ? "%.*s/" : "%.*s", STR_ARG(whole)).ptr;
}

bool ignore_matches(struct ignore *ignore, struct str path, struct str name, bool folder)
{
    if (ignore == NULL)
        return false;
    for (size_t i = 0; i < ignore->patterns.count; i++) {
        if (!may_match(&ignore->patterns.items[i], name))
            continue;
        int ignored = 0;
        const char *asked = repository_path(ignore, path, folder);
        return git_ignore_path_is_ignored(&ignored, ignore->repository, asked) == 0 && ignored;
    }
    return false;
}

bool ignore_is_tracked(struct ignore *ignore, struct str path, bool folder)
{
    if (ignore->index == NULL && git_repository_index(&ignore->index, ignore->repository) != 0)
        return false;
    const char *asked = repository_path(ignore, path, folder);
    size_t position;
    return folder ? git_index_find_prefix(&position, ignore->index, asked) == 0
                  : git_index_get_bypath(ignore->index, asked, 0) != NULL;
}

/* ---- patterns from outside the site */

static void add_file(struct ignore *ignore, const char *path)
{
    struct arena scratch = {0};
    struct str bytes;
    source_watch(ignore->source, arena_cstr(ignore->source->arena, str_from(path)));
    /* A file that is missing or unreadable has no patterns, as for git. */
    if (fs_read(ignore->source->fs, AT_FDCWD, path, MAX_PATTERN_FILE, &scratch, &bytes) == 0)
        ignore_add(ignore, bytes);
    arena_release(&scratch);
}

/* core.excludesFile, or where git looks without it. */
static void add_personal(struct ignore *ignore)
{
    git_config *config = NULL;
    git_buf path = {0};
    if (git_repository_config_snapshot(&config, ignore->repository) == 0 &&
        git_config_get_path(&path, config, "core.excludesfile") == 0) {
        add_file(ignore, path.ptr);
    } else {
        const char *folder = getenv("XDG_CONFIG_HOME");
        const char *home = getenv("HOME");
        struct arena *arena = ignore->source->arena;
        if (folder != NULL && folder[0] != '\0')
            add_file(ignore, arena_printf(arena, "%s/git/ignore", folder).ptr);
        else if (home != NULL)
            add_file(ignore, arena_printf(arena, "%s/.config/git/ignore", home).ptr);
    }
    git_buf_dispose(&path);
    git_config_free(config);
}

/* The .gitignore of the site's folder and of each one above it in the repository. */
static void add_above(struct ignore *ignore)
{
    struct arena *arena = ignore->source->arena;
    struct str folder = ignore->source->place->folder;
    struct str prefix = ignore->source->prefix;
    for (;;) {
        add_file(ignore, arena_printf(arena, "%.*s/.gitignore", STR_ARG(folder)).ptr);
        if (prefix.len == 0)
            return;
        folder = path_folder(folder);
        prefix = path_folder(prefix);
    }
}

struct ignore *ignore_new(struct source *source, struct diags *diags)
{
    if (source->place->git_folder.len == 0)
        return NULL;
    struct ignore *ignore = arena_zalloc(source->arena, 1, sizeof *ignore);
    ignore->source = source;
    ignore->repository = source_repository(source, 0, diags);
    if (ignore->repository == NULL)
        return NULL;
    source_watch_git(source, ignore->repository);
    const char *git_folder = git_repository_commondir(ignore->repository);
    add_file(ignore, arena_printf(source->arena, "%s/info/exclude", git_folder).ptr);
    add_personal(ignore);
    add_above(ignore);
    int ignored = 0;
    if (source->prefix.len > 0 &&
        git_ignore_path_is_ignored(&ignored, ignore->repository,
                                   repository_path(ignore, (struct str){0}, true)) == 0 &&
        ignored)
        return NULL;
    return ignore;
}

void ignore_free(struct ignore *ignore)
{
    if (ignore == NULL)
        return;
    if (ignore->index != NULL)
        source_watch(ignore->source,
                     arena_cstr(ignore->source->arena, str_from(git_index_path(ignore->index))));
    git_index_free(ignore->index);
}
