#include "publish/manifest_more.h"

#include <fcntl.h>
#include <unistd.h>

#define HEAD "copse manifest changes 1\n"
#define SUM "sum "

/* Beyond it the entries that came several times are too many. */
enum { LINES_MOST = 512 * 1024 };

const char *manifest_more_path(const char *manifest, struct arena *arena)
{
    return arena_printf(arena, "%s-changes", manifest).ptr;
}

static bool is_sum(struct str line)
{
    return line.len == MANIFEST_SUM_SIZE && str_starts(line, STR(SUM)) &&
           line.ptr[line.len - 1] == '\n';
}

struct str manifest_sum(struct str bytes)
{
    struct str line = {0};
    if (bytes.len >= MANIFEST_SUM_SIZE)
        line = str_after(bytes, bytes.len - MANIFEST_SUM_SIZE);
    return is_sum(line) ? line : (struct str){0};
}

int manifest_read_sum(const struct fs *fs, const char *path, struct arena *arena, struct str *sum)
{
    int file;
    struct fs_stat stat;
    char *bytes = arena_zalloc(arena, MANIFEST_SUM_SIZE + 1, 1);
    *sum = (struct str){0};
    int error = fs_open_file(fs, AT_FDCWD, path, &file, &stat);
    if (error)
        return error;
    if (stat.size >= MANIFEST_SUM_SIZE &&
        pread(file, bytes, MANIFEST_SUM_SIZE, (off_t)(stat.size - MANIFEST_SUM_SIZE)) ==
            MANIFEST_SUM_SIZE)
        *sum = manifest_sum((struct str){bytes, MANIFEST_SUM_SIZE});
    fs_close(file);
    return 0;
}

/* The entries that it holds, by path; none if it does not belong to that manifest. */
static void read_more(struct str sum, struct str bytes, struct arena *arena, struct map *out)
{
    struct str line;
    map_init(out, arena);
    if (sum.len == 0 || manifest_unwrap(STR(HEAD), &bytes) != 0 || !str_starts(bytes, sum))
        return;
    bytes = str_after(bytes, sum.len);
    while (str_split(&bytes, '\n', &line) && line.len > 0) {
        struct manifest_entry *entry = arena_zalloc(arena, 1, sizeof *entry);
        if (manifest_read_entry(line, entry) == 0)
            map_put(out, entry->path, entry);
    }
}

/* The lines of a written form that belongs to that manifest, if they are few: an entry may come
 * several times, and what comes last holds. */
static struct str few_lines(struct str sum, struct str former)
{
    if (former.len > LINES_MOST || sum.len == 0 || manifest_unwrap(STR(HEAD), &former) != 0 ||
        !str_starts(former, sum))
        return (struct str){0};
    return str_after(former, sum.len);
}

static void write_gone(const struct manifest_entry *entry, struct buf *out)
{
    struct manifest_entry gone = *entry;
    gone.gone = true;
    manifest_write_entry(&gone, out);
}

/* All that `former` says, each entry once. */
static void write_merged(struct str sum, struct str former, struct buf *out)
{
    struct arena scratch = {0};
    struct map all;
    read_more(sum, former, &scratch, &all);
    for (size_t i = 0; i < all.count; i++)
        manifest_write_entry(all.entries[i].value, out);
    arena_release(&scratch);
}

void manifest_write_more(struct str sum, struct str former, const struct manifest *now,
                         const struct manifest *before, struct buf *out)
{
    size_t start = out->len;
    struct str lines = few_lines(sum, former);
    buf_adds(out, HEAD);
    buf_add(out, sum);
    if (lines.len > 0)
        buf_add(out, lines);
    else
        write_merged(sum, former, out);
    for (size_t i = 0; i < before->entries.count; i++) {
        const struct map_entry *entry = &before->entries.entries[i];
        if (!map_has(&now->entries, entry->key))
            write_gone(entry->value, out);
    }
    for (size_t i = 0; i < now->entries.count; i++)
        manifest_write_entry(now->entries.entries[i].value, out);
    manifest_write_sum(out, str_after(buf_str(out), start));
}

void manifest_take_more(struct manifest *manifest, struct arena *arena, struct str sum,
                        struct str bytes)
{
    struct map more;
    struct map entries;
    if (!manifest->known)
        return;
    read_more(sum, bytes, arena, &more);
    map_init(&entries, arena);
    for (size_t i = 0; more.count > 0 && i < manifest->entries.count; i++) {
        const struct map_entry *entry = &manifest->entries.entries[i];
        if (!map_has(&more, entry->key))
            map_put(&entries, entry->key, entry->value);
    }
    for (size_t i = 0; i < more.count; i++) {
        struct manifest_entry *entry = more.entries[i].value;
        if (!entry->gone)
            map_put(&entries, entry->path, entry);
    }
    if (more.count > 0)
        manifest->entries = entries;
}
