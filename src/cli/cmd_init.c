/* `copse init`: a new site, ready to build, in a git repository of its own. */
#include "base/path.h"
#include "cli/commands.h"
#include "cli/messages.h"
#include "cli/streams.h"
#include "source/embedded.h"
#include "source/repository.h"

#include <errno.h>
#include <fcntl.h>

/* Who commits where git was not told a name. */
static const struct identity nobody = {.name = STR_INIT("copse"),
                                       .email = STR_INIT("copse@localhost")};

/* Opens the folder, made if it is not there; refuses one that holds anything. */
static int open_empty(struct cli *cli, const char *folder, int *handle)
{
    struct fs_entry *entries = NULL;
    size_t count = 0;
    int error = fs_make_folders(cli->fs, AT_FDCWD, folder);
    if (!error)
        error = fs_open_folder(cli->fs, AT_FDCWD, folder, FS_FOLLOW, handle);
    if (!error)
        error = fs_list(cli->fs, *handle, cli->arena, &entries, &count);
    if (error == ENOTDIR || error == EEXIST)
        return diag_error(cli->diags, "exists", (struct span){0},
                          "%s is a file; a site needs a folder", folder);
    if (error)
        return diag_system(cli->diags, (struct span){0}, error, "make the folder %s", folder);
    if (count == 0)
        return 0;
    diag_error(cli->diags, "exists", (struct span){0},
               "%s is not empty, and nothing in it was changed", folder);
    diag_hint(cli->diags, "name a folder that is not there yet: copse init my-site");
    return -1;
}

/* Where in a new site an embedded file goes. */
static struct str place_of(struct cli *cli, struct str path)
{
    static const struct str workflows = STR_INIT("examples/workflows/github/");
    static const struct str starter = STR_INIT("starter/");
    if (str_starts(path, workflows))
        return path_join(cli->arena, STR(".github/workflows"), str_after(path, workflows.len));
    return str_starts(path, starter) ? str_after(path, starter.len) : path;
}

static int copy_all(struct cli *cli, const char *folder, int handle)
{
    for (size_t i = 0; i < source_starter_count; i++) {
        const struct source_embedded_file *file = &source_starter[i];
        struct str path = place_of(cli, str_from(file->path));
        const char *parent = arena_cstr(cli->arena, path_folder(path));
        int error = parent[0] ? fs_make_folders(cli->fs, handle, parent) : 0;
        if (!error)
            error = fs_create(cli->fs, handle, path.ptr,
                              (struct str){(const char *)file->bytes, file->size});
        if (error)
            return diag_system(cli->diags, (struct span){0}, error, "write %s/%s", folder,
                               path.ptr);
    }
    return 0;
}

static int tell(struct cli *cli, const char *folder, bool known)
{
    if (cli->options->given[OPTION_QUIET])
        return 0;
    struct buf out = {0};
    buf_adds(&out, "A new site is in ");
    messages_visible(&out, str_from(folder));
    buf_adds(&out, ". What to do next:\n\n    cd ");
    messages_visible(&out, str_from(folder));
    buf_adds(&out, "\n    copse serve\n\n"
                   "shows it in your browser while you change it. Begin with content/site.yml;\n"
                   "README.md says where everything else is.\n");
    if (!known)
        buf_adds(&out, "\ngit does not know your name yet. Before your first commit, say it once:\n"
                       "\n    git config --global user.name \"Jo Tremblay\"\n"
                       "    git config --global user.email jo@example.org\n");
    int result = streams_write(cli, buf_str(&out));
    buf_release(&out);
    return result;
}

enum status cmd_init(struct cli *cli)
{
    const char *folder = cli->options->operands[0];
    int handle = -1;
    if (folder[0] == '\0') {
        diag_error(cli->diags, "usage", (struct span){0}, "the folder's name must not be empty");
        return STATUS_USAGE;
    }
    int result = open_empty(cli, folder, &handle);
    if (result == 0)
        result = copy_all(cli, folder, handle);
    fs_close(handle);
    if (result != 0)
        return STATUS_CONTENT;
    struct identity git = identity_read(NULL, cli->arena);
    bool known = git.name.len > 0 && git.email.len > 0;
    if (repository_create(folder, known ? &git : &nobody, "A new site, made by copse init\n",
                          cli->diags) != 0)
        return STATUS_SYSTEM;
    return tell(cli, folder, known) == 0 ? STATUS_DONE : STATUS_SYSTEM;
}
