#include "publish/manifest_more.h"

#include <fcntl.h>
#include <unistd.h>

#define HEAD "copse manifest changes 1\n"
#define SUM "sum "

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

void manifest_write_more(struct str sum, struct str former, const struct manifest *now,
                         const struct manifest *before, struct buf *out)
{
    struct arena scratch = {0};
    struct map all;
    read_more(sum, former, &scratch, &all);
    for (size_t i = 0; i < before->entries.count; i++) {
        struct manifest_entry *gone = arena_zalloc(&scratch, 1, sizeof *gone);
        *gone = *(const struct manifest_entry *)before->entries.entries[i].value;
        gone->gone = true;
        map_put(&all, gone->path, gone);
    }
    for (size_t i = 0; i < now->entries.count; i++)
        map_put(&all, now->entries.entries[i].key, now->entries.entries[i].value);
    size_t start = out->len;
    buf_adds(out, HEAD);
    buf_add(out, sum);
    for (size_t i = 0; i < all.count; i++)
        manifest_write_entry(all.entries[i].value, out);
    manifest_write_sum(out, str_after(buf_str(out), start));
    arena_release(&scratch);
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
