/* What a listing of a work tree depends on besides the files in it. */
#include "base/path.h"
#include "base/vec.h"
#include "source/source_internal.h"

#include <fcntl.h>
#include <stdlib.h>

enum { REFERENCE_MOST = 4096, REFERENCES_MOST = 8 };

void source_watch(struct source *source, const char *path)
{
    *vec_push(source->arena, &source->watched) = str_from(path);
}

static void watch_below(struct source *source, const char *folder, const char *name)
{
    if (folder != NULL && folder[0] != '\0')
        source_watch(source, path_join(source->arena, str_from(folder), str_from(name)).ptr);
}

/* A reference, and the one that it stands for: HEAD is mostly a branch. */
static void watch_reference(struct source *source, const char *own, const char *common)
{
    const char *folder = own;
    struct str name = STR("HEAD");
    for (unsigned i = 0; i < REFERENCES_MOST; i++) {
        struct str text;
        const char *path = path_join(source->arena, str_from(folder), name).ptr;
        source_watch(source, path);
        if (fs_read(source->fs, AT_FDCWD, path, REFERENCE_MOST, source->arena, &text) != 0 ||
            !str_starts(text, STR("ref: ")))
            return;
        name = str_trim(str_after(text, 5));
        folder = common;
    }
}

void source_watch_git(struct source *source, git_repository *repository)
{
    const char *own = git_repository_path(repository);
    const char *common = git_repository_commondir(repository);
    watch_reference(source, own, common);
    watch_below(source, common, "packed-refs");
    watch_below(source, common, "shallow");
    watch_below(source, common, "config");
    watch_below(source, own, "config.worktree");
    watch_below(source, getenv("XDG_CONFIG_HOME"), "git/config");
    watch_below(source, getenv("HOME"), ".config/git/config");
    watch_below(source, getenv("HOME"), ".gitconfig");
    source_watch(source, "/etc/gitconfig");
}

const struct str *source_watched(const struct source *source, size_t *count)
{
    *count = source->watched.count;
    return source->watched.items;
}

void source_look(const struct fs *fs, const char *path, struct source_signature *out)
{
    struct fs_stat stat;
    *out = (struct source_signature){{0}};
    if (fs_stat(fs, AT_FDCWD, path, &stat) == 0)
        *out = (struct source_signature){{stat.kind == FS_FOLDER ? 0 : stat.size, stat.inode,
                                          (uint64_t)stat.modified, (uint64_t)stat.changed}};
}
