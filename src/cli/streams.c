#include "cli/streams.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static int too_large(struct cli *cli, struct text *text, size_t limit)
{
    return diag_error(cli->diags, "file-too-large", span_file(text),
                      "this is larger than %zu bytes, the most that copse reads at once", limit);
}

static int read_standard_input(struct cli *cli, size_t limit, struct text *out)
{
    struct buf bytes = {0};
    size_t got = 0;
    do {
        buf_reserve(&bytes, 1 << 16);
        got = fread(bytes.ptr + bytes.len, 1, 1 << 16, stdin);
        bytes.len += got;
    } while (got > 0 && bytes.len <= limit);
    int result = 0;
    if (ferror(stdin))
        result = diag_system(cli->diags, span_file(out), errno, "read standard input");
    else if (bytes.len > limit)
        result = too_large(cli, out, limit);
    else
        out->bytes = arena_str(cli->arena, buf_str(&bytes));
    buf_release(&bytes);
    return result;
}

int streams_read(struct cli *cli, const char *path, size_t limit, struct text *out)
{
    struct text *text = arena_zalloc(cli->arena, 1, sizeof *text);
    bool standard = strcmp(path, "-") == 0;
    text->path = standard ? STR("standard input") : str_from(path);
    int result = 0;
    if (standard) {
        result = read_standard_input(cli, limit, text);
    } else {
        int error = fs_read_following(cli->fs, AT_FDCWD, path, limit, cli->arena, &text->bytes);
        if (error == EFBIG)
            result = too_large(cli, text, limit);
        else if (error != 0)
            result = diag_system(cli->diags, span_file(text), error, "read %s", path);
    }
    *out = *text;
    return result;
}

int streams_write(struct cli *cli, struct str bytes)
{
    if (bytes.len == 0)
        return 0;
    if (fwrite(bytes.ptr, 1, bytes.len, stdout) == bytes.len && fflush(stdout) == 0)
        return 0;
    return diag_system(cli->diags, (struct span){0}, errno, "write to standard output");
}

char streams_ask(struct str question)
{
    fwrite(question.ptr, 1, question.len, stderr);
    fflush(stderr);
    int first = getchar();
    for (int next = first; next != EOF && next != '\n';)
        next = getchar();
    if (!isatty(STDIN_FILENO))
        fputc('\n', stderr);
    return first == EOF ? '\0' : str_lower((char)first);
}

static bool is_terminal(void)
{
    const char *terminal = getenv("TERM");
    return isatty(STDERR_FILENO) && terminal && strcmp(terminal, "dumb") != 0;
}

bool streams_color(void)
{
    const char *refused = getenv("NO_COLOR");
    return is_terminal() && (!refused || refused[0] == '\0');
}

bool streams_live(void)
{
    return is_terminal();
}

size_t streams_columns(void)
{
    struct winsize size;
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return 80;
    return size.ws_col;
}
