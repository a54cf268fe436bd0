#include "publish/manifest.h"

#include <inttypes.h>
#include <stdlib.h>

/* Another number here makes every older manifest unknown. */
#define HEAD "copse manifest 1\n"
/* Stands in front of the note, where there is one; no digest begins so. */
#define NOTE "with "
void manifest_init(struct manifest *manifest, struct arena *arena)
{
    map_init(&manifest->entries, arena);
    manifest->known = false;
    manifest->note = (struct str){0};
}

void manifest_add(struct manifest *manifest, struct manifest_entry *entry)
{
    map_put(&manifest->entries, entry->path, entry);
}

struct manifest_entry *manifest_find(const struct manifest *manifest, struct str path)
{
    return map_get(&manifest->entries, path);
}

static bool is_as_noted(const struct manifest_entry *entry, const struct fs_stat *stat)
{
    return stat->kind == FS_FILE && entry->size == stat->size && entry->inode == stat->inode &&
           entry->modified == stat->modified && entry->changed == stat->changed;
}

bool manifest_fresh(const struct manifest_entry *entry, const struct fs_stat *stat)
{
    return !entry->pending && is_as_noted(entry, stat);
}

bool manifest_former(const struct manifest_entry *entry, const struct fs_stat *stat)
{
    return entry->changing && is_as_noted(entry, stat);
}

void manifest_write_sum(struct buf *out, struct str bytes)
{
    struct digest sum = digest_of(bytes);
    buf_addf(out, "sum %016" PRIx64 "%016" PRIx64 "\n", sum.high, sum.low);
}

/* Numbers in hexadecimal, separated by one blank: written and read ten thousand at a time. */
static void add_hex(struct buf *out, uint64_t number)
{
    char digits[17];
    size_t at = sizeof digits;
    digits[--at] = ' ';
    do {
        digits[--at] = "0123456789abcdef"[number & 15];
        number >>= 4;
    } while (number != 0);
    buf_add(out, (struct str){digits + at, sizeof digits - at});
}

void manifest_write_entry(const struct manifest_entry *entry, struct buf *out)
{
    add_hex(out, entry->digest.high);
    add_hex(out, entry->digest.low);
    add_hex(out, entry->size);
    add_hex(out, entry->inode);
    add_hex(out, (uint64_t)entry->modified);
    add_hex(out, (uint64_t)entry->changed);
    buf_addc(out, entry->gone ? 'x' : entry->changing ? 'c' : entry->pending ? 'p' : '-');
    buf_addc(out, ' ');
    buf_add(out, entry->path);
    buf_addc(out, '\n');
}

void manifest_write(const struct manifest *manifest, struct buf *out)
{
    size_t start = out->len;
    buf_adds(out, HEAD);
    if (manifest->note.len > 0) {
        buf_adds(out, NOTE);
        buf_add(out, manifest->note);
        buf_addc(out, '\n');
    }
    for (size_t i = 0; i < manifest->entries.count; i++)
        manifest_write_entry(manifest->entries.entries[i].value, out);
    manifest_write_sum(out, str_after(buf_str(out), start));
}

static int read_hex(struct str *line, uint64_t *number)
{
    size_t at = 0;
    *number = 0;
    for (; at < line->len && line->ptr[at] != ' '; at++) {
        char digit = line->ptr[at];
        unsigned value = str_is_digit(digit)            ? (unsigned)(digit - '0')
                         : digit >= 'a' && digit <= 'f' ? (unsigned)(digit - 'a' + 10)
                                                        : 16;
        if (value == 16 || at == 16)
            return -1;
        *number = *number << 4 | value;
    }
    if (at == 0 || at == line->len)
        return -1;
    *line = str_after(*line, at + 1);
    return 0;
}

int manifest_read_entry(struct str line, struct manifest_entry *entry)
{
    uint64_t modified = 0;
    uint64_t changed = 0;
    if (read_hex(&line, &entry->digest.high) != 0 || read_hex(&line, &entry->digest.low) != 0 ||
        read_hex(&line, &entry->size) != 0 || read_hex(&line, &entry->inode) != 0 ||
        read_hex(&line, &modified) != 0 || read_hex(&line, &changed) != 0)
        return -1;
    if (line.len < 3 || line.ptr[1] != ' ')
        return -1;
    entry->modified = (int64_t)modified;
    entry->changed = (int64_t)changed;
    entry->changing = line.ptr[0] == 'c';
    entry->pending = entry->changing || line.ptr[0] == 'p';
    entry->gone = line.ptr[0] == 'x';
    entry->path = str_after(line, 2);
    return 0;
}

int manifest_unwrap(struct str head, struct str *bytes)
{
    if (!str_starts(*bytes, head) || bytes->len < head.len + MANIFEST_SUM_SIZE)
        return -1;
    struct str body = str_sub(*bytes, 0, bytes->len - MANIFEST_SUM_SIZE);
    struct buf sum = {0};
    manifest_write_sum(&sum, body);
    bool right = str_eq(buf_str(&sum), str_after(*bytes, body.len));
    buf_release(&sum);
    if (!right)
        return -1;
    *bytes = str_after(body, head.len);
    return 0;
}

void manifest_read(struct manifest *manifest, struct arena *arena, struct str bytes)
{
    manifest_init(manifest, arena);
    if (manifest_unwrap(STR(HEAD), &bytes) != 0)
        return;
    struct str line;
    if (str_starts(bytes, STR(NOTE)) && str_split(&bytes, '\n', &line))
        manifest->note = str_after(line, sizeof NOTE - 1);
    while (str_split(&bytes, '\n', &line) && line.len > 0) {
        struct manifest_entry *entry = arena_zalloc(arena, 1, sizeof *entry);
        if (manifest_read_entry(line, entry) != 0) {
            manifest_init(manifest, arena);
            return;
        }
        manifest_add(manifest, entry);
    }
    manifest->known = true;
}
