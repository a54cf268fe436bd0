/* The good answers that are kept from one check to the next: a text file of lines
 *
 *     SECONDS STATUS URL [MOVED-TO]
 *
 * under a first line that names the form. Another form, a damaged line or no file is the same as no
 * answers: they are asked for again. */
#include "base/buf.h"
#include "base/path.h"
#include "build/outside/outside_internal.h"

#include <fcntl.h>
#include <inttypes.h>

#define FORM "copse outside links 1"

enum { FILE_MOST = 64 * 1024 * 1024, DAY = 24 * 60 * 60, AGE = 7 };

/* A kept line. */
struct kept {
    int64_t when;
    long status;
    struct str url;
    struct str moved_to;
};

static const char *cache_path(const struct outside_options *options, struct arena *arena)
{
    /* Apart, so that what was asked in a private network is not taken for public later. */
    struct str name = options->private_too ? STR("outside-links-private") : STR("outside-links");
    return path_join(arena, str_from(options->cache), name).ptr;
}

static bool parse(struct str line, struct kept *out)
{
    struct str when = {0};
    struct str status = {0};
    long long number;
    *out = (struct kept){0};
    if (!str_split(&line, ' ', &when) || !str_split(&line, ' ', &status) ||
        !str_split(&line, ' ', &out->url) || out->url.len == 0)
        return false;
    str_split(&line, ' ', &out->moved_to);
    if (str_to_long(when, &number) != 0)
        return false;
    out->when = number;
    if (str_to_long(status, &number) != 0 || number < 200 || number > 399)
        return false;
    out->status = (long)number;
    return true;
}

static bool is_young(const struct outside_options *options, const struct kept *kept)
{
    int64_t age = (int64_t)(options->age > 0 ? options->age : AGE) * DAY;
    return kept->when <= options->clock && options->clock - kept->when < age;
}

/* The next kept answer that is young enough. */
static bool next_kept(const struct outside_options *options, struct str *rest, struct kept *out)
{
    struct str line;
    while (str_line(rest, &line)) {
        if (parse(line, out) && is_young(options, out))
            return true;
    }
    return false;
}

/* The lines behind the first; empty if there is no such file. */
static struct str read_lines(const struct outside_options *options, const struct fs *fs,
                             struct arena *arena)
{
    struct str bytes;
    struct str line;
    if (!options->cache ||
        fs_read(fs, AT_FDCWD, cache_path(options, arena), FILE_MOST, arena, &bytes) != 0 ||
        !str_line(&bytes, &line) || !str_eq(line, STR(FORM)))
        return (struct str){0};
    return bytes;
}

static void index_answers(const struct answer *answers, size_t count, struct map *out)
{
    for (size_t i = 0; i < count; i++)
        map_put(out, answers[i].url, (void *)(uintptr_t)&answers[i]);
}

void outside_recall(const struct outside_options *options, const struct fs *fs,
                    struct answer *answers, size_t count, struct arena *arena)
{
    struct map by_url;
    struct kept kept;
    struct str rest = read_lines(options, fs, arena);
    map_init(&by_url, arena);
    index_answers(answers, count, &by_url);
    while (next_kept(options, &rest, &kept)) {
        struct answer *answer = map_get(&by_url, kept.url);
        if (!answer)
            continue;
        answer->kind = kept.moved_to.len > 0 ? ANSWER_MOVED : ANSWER_FOUND;
        answer->status = kept.status;
        answer->moved_to = kept.moved_to;
    }
}

static void put(struct buf *out, const struct kept *kept)
{
    buf_addf(out, "%" PRId64 " %ld %.*s", kept->when, kept->status, STR_ARG(kept->url));
    if (kept->moved_to.len > 0)
        buf_addf(out, " %.*s", STR_ARG(kept->moved_to));
    buf_addc(out, '\n');
}

/* Young lines stay as they are, so that an answer is not made younger by being used. */
static void put_old(const struct outside_options *options, struct str rest,
                    const struct map *by_url, struct map *written, struct buf *out)
{
    struct kept kept;
    while (next_kept(options, &rest, &kept)) {
        const struct answer *answer = map_get(by_url, kept.url);
        bool still = !answer || answer->kind == ANSWER_FOUND || answer->kind == ANSWER_MOVED;
        if (still && !map_put(written, kept.url, written))
            put(out, &kept);
    }
}

int outside_remember(const struct outside_options *options, const struct fs *fs,
                     const struct answer *answers, size_t count, struct arena *arena)
{
    struct buf out = {0};
    struct map by_url;
    struct map written;
    if (!options->cache)
        return 0;
    map_init(&by_url, arena);
    map_init(&written, arena);
    index_answers(answers, count, &by_url);
    buf_adds(&out, FORM "\n");
    put_old(options, read_lines(options, fs, arena), &by_url, &written, &out);
    for (size_t i = 0; i < count; i++) {
        const struct answer *answer = &answers[i];
        bool good = answer->kind == ANSWER_FOUND || answer->kind == ANSWER_MOVED;
        if (good && !map_put(&written, answer->url, &written))
            put(&out,
                &(struct kept){options->clock, answer->status, answer->url, answer->moved_to});
    }
    int error = fs_make_folders(fs, AT_FDCWD, options->cache);
    if (error == 0)
        error = fs_write(fs, AT_FDCWD, cache_path(options, arena), buf_str(&out));
    buf_release(&out);
    return error;
}
