#include "cli/fix.h"

#include "base/edits.h"
#include "base/path.h"
#include "base/picture_strip.h"
#include "base/vec.h"
#include "cli/messages.h"
#include "cli/streams.h"
#include "lang/front_matter.h"
#include "lang/yaml.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { TEXT_MOST = 16 * 1024 * 1024, PICTURE_MOST = 256 * 1024 * 1024 };

struct edit_list {
    struct edit *items;
    size_t count, capacity;
};

struct fixing {
    struct cli *cli;
    const struct source_place *place;
    struct fix_counts *counts;
    struct arena scratch; /* of one file */
    struct buf after;     /* what the file becomes */
    struct buf shown;
    bool all;  /* do not ask again */
    bool stop; /* nothing more is wanted */
};

static bool is_picture(const struct diag *diag)
{
    return strcmp(diag->code, "picture-place") == 0;
}

static bool is_mechanical(const struct diag *diag)
{
    return diag->span.text && (diag->fix.given || is_picture(diag)) &&
           path_inside(diag->span.text->path, STR("content"));
}

/* The folder of a file of the site, opened step by step so that no symbolic link leads elsewhere.
 * 0 with a handle to close, or an errno number. */
static int open_folder(struct fixing *fixing, struct str path, int *out)
{
    const struct fs *fs = fixing->cli->fs;
    struct str rest = path_folder(path);
    struct str name;
    int error = fs_open_folder(fs, AT_FDCWD, fixing->place->folder.ptr, FS_FOLLOW, out);
    while (error == 0 && rest.len > 0 && str_split(&rest, '/', &name)) {
        int inner = -1;
        error = fs_open_folder(fs, *out, arena_cstr(&fixing->scratch, name), FS_NO_FOLLOW, &inner);
        fs_close(*out);
        *out = inner;
    }
    return error;
}

/* Whether the edits still lie where they were found: the file's front is what was read. */
static bool is_as_read(struct str bytes, const struct diag *diags, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (diags[i].fix.given && !str_starts(bytes, diags[i].span.text->bytes))
            return false;
    }
    return true;
}

/* The mended file must be as good YAML as it was. */
static bool is_sound(struct fixing *fixing, const struct text *text)
{
    struct diags found;
    struct front_matter matter = {.yaml_end = text->bytes.len};
    const struct yaml_node *root = NULL;
    diags_init(&found, &fixing->scratch);
    if (str_ends(text->path, STR(".md")) &&
        front_matter_split(text->bytes, &matter) != FRONT_MATTER_FOUND)
        return false;
    return yaml_parse(text, matter.yaml_start, matter.yaml_end, &fixing->scratch, &found, &root) ==
           0;
}

/* Shows what becomes of a text; false if there is nothing to be done. */
static bool mend_text(struct fixing *fixing, struct str path, struct str bytes,
                      const struct diag *diags, size_t count)
{
    struct edit_list edits = {0};
    for (size_t i = 0; i < count; i++) {
        const struct diag_fix *fix = &diags[i].fix;
        if (fix->given)
            *vec_push(&fixing->scratch, &edits) = (struct edit){fix->start, fix->end, fix->text};
    }
    edits.count = edits_sort(edits.items, edits.count, bytes.len);
    edits_apply(&fixing->after, bytes, edits.items, edits.count);
    const struct text text = {path, buf_str(&fixing->after)};
    if (edits.count == 0 || !is_as_read(bytes, diags, count) || !is_sound(fixing, &text))
        return false;
    bool terminal = isatty(STDOUT_FILENO) != 0;
    edits_diff(&fixing->shown, path, bytes, edits.items, edits.count, terminal && streams_color());
    return true;
}

static bool mend_picture(struct fixing *fixing, struct str path, struct str bytes)
{
    if (picture_strip(bytes, &fixing->after) != PICTURE_STRIPPED ||
        str_eq(buf_str(&fixing->after), bytes))
        return false;
    buf_addf(&fixing->shown, "%.*s: without its metadata, %zu bytes in place of %zu\n",
             STR_ARG(path), fixing->after.len, bytes.len);
    return true;
}

/* What a terminal would obey is shown as text; a diff that goes into a file stays exact. */
static int show(struct fixing *fixing)
{
    struct buf visible = {0};
    struct str shown = buf_str(&fixing->shown);
    if (isatty(STDOUT_FILENO) && !streams_color()) {
        struct str line;
        while (str_line(&shown, &line)) {
            messages_visible(&visible, line);
            buf_addc(&visible, '\n');
        }
        shown = buf_str(&visible);
    }
    int result = streams_write(fixing->cli, shown);
    buf_release(&visible);
    return result;
}

static bool is_wanted(struct fixing *fixing, struct str path)
{
    if (fixing->all || fixing->cli->options->given[OPTION_YES])
        return true;
    struct buf question = {0};
    buf_adds(&question, "Change ");
    messages_visible(&question, path);
    buf_adds(&question, "? yes, no, all, quit: ");
    char answer = streams_ask(buf_str(&question));
    buf_release(&question);
    fixing->all = answer == 'a';
    fixing->stop = answer == 'q' || answer == '\0';
    return answer == 'y' || answer == 'a';
}

static int say_failure(struct fixing *fixing, struct str path, int error, const char *what)
{
    struct text *text = arena_zalloc(fixing->cli->arena, 1, sizeof *text);
    text->path = arena_str(fixing->cli->arena, path);
    return diag_system(fixing->cli->diags, span_file(text), error, "%s %.*s", what, STR_ARG(path));
}

/* One file, of which `diags` are the problems. */
static int fix_file(struct fixing *fixing, const struct diag *diags, size_t count)
{
    const struct fs *fs = fixing->cli->fs;
    struct str path = diags[0].span.text->path;
    bool picture = is_picture(&diags[0]);
    struct str bytes = {0};
    int folder = -1;
    const char *name = arena_cstr(&fixing->scratch, path_name(path));
    buf_clear(&fixing->after);
    buf_clear(&fixing->shown);
    int error = open_folder(fixing, path, &folder);
    if (error == 0)
        error =
            fs_read(fs, folder, name, picture ? PICTURE_MOST : TEXT_MOST, &fixing->scratch, &bytes);
    int result = error == 0 ? 0 : say_failure(fixing, path, error, "read");
    if (result == 0 && (picture ? mend_picture(fixing, path, bytes)
                                : mend_text(fixing, path, bytes, diags, count))) {
        result = show(fixing);
        if (result == 0 && !is_wanted(fixing, path)) {
            fixing->counts->left++;
        } else if (result == 0) {
            error = fs_write(fs, folder, name, buf_str(&fixing->after));
            result = error == 0 ? 0 : say_failure(fixing, path, error, "write");
            fixing->counts->changed += error == 0;
        }
    }
    fs_close(folder);
    return result;
}

int fix_files(struct cli *cli, const struct source_place *place, struct fix_counts *counts)
{
    struct fixing fixing = {.cli = cli, .place = place, .counts = counts};
    size_t total = cli->diags->count;
    /* A copy: failures are added to the list while it is gone through. */
    struct diag *diags = arena_zalloc(cli->arena, total, sizeof *diags);
    size_t count = 0;
    int result = 0;
    for (size_t i = 0; i < total; i++) {
        if (is_mechanical(&cli->diags->items[i]))
            diags[count++] = cli->diags->items[i];
    }
    for (size_t i = 0; i < count && result == 0 && !fixing.stop;) {
        size_t next = i + 1;
        while (next < count && str_eq(diags[next].span.text->path, diags[i].span.text->path))
            next++;
        arena_clear(&fixing.scratch);
        result = fix_file(&fixing, diags + i, next - i);
        i = next;
    }
    arena_release(&fixing.scratch);
    buf_release(&fixing.after);
    buf_release(&fixing.shown);
    return result;
}
