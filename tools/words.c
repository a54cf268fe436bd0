/* Writes copse's manual pages and completions below the folder that is named, laid out as in
 * PREFIX/share. Run by the Makefile. The folder must not be there yet. */
#include "base/fs.h"
#include "cli/completions.h"
#include "cli/manual.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

static int write_file(int folder, const char *path, const struct buf *bytes)
{
    static const struct fs fs;
    char parent[256];
    const char *slash = strrchr(path, '/');
    snprintf(parent, sizeof parent, "%.*s", (int)(slash - path), path);
    int error = fs_make_folders(&fs, folder, parent);
    if (!error)
        error = fs_create(&fs, folder, path, buf_str(bytes));
    if (error)
        fprintf(stderr, "words: %s: %s\n", path, strerror(error));
    return error ? -1 : 0;
}

int main(int argc, char **argv)
{
    static const struct fs fs;
    static const struct {
        const char *path;
        void (*make)(struct buf *out);
    } files[] = {
        {"man/man1/copse.1", manual_program},
        {"bash-completion/completions/copse", completions_bash},
        {"zsh/site-functions/_copse", completions_zsh},
        {"fish/vendor_completions.d/copse.fish", completions_fish},
    };
    int folder = -1;
    if (argc != 2 || fs_make_folders(&fs, AT_FDCWD, argv[1]) != 0 ||
        fs_open_folder(&fs, AT_FDCWD, argv[1], FS_FOLLOW, &folder) != 0) {
        fprintf(stderr, "usage: words FOLDER\n");
        return 1;
    }
    struct buf out = {0};
    int result = 0;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        buf_clear(&out);
        files[i].make(&out);
        result |= write_file(folder, files[i].path, &out);
    }
    for (size_t i = 0; i < command_count; i++) {
        char path[256];
        snprintf(path, sizeof path, "man/man1/copse-%s.1", command_table[i].name);
        buf_clear(&out);
        manual_command(&out, &command_table[i]);
        result |= write_file(folder, path, &out);
    }
    buf_release(&out);
    fs_close(folder);
    return result == 0 ? 0 : 1;
}
