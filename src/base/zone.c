#include "base/zone.h"

#include "base/vec.h"
#include "base/zone_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>

static const char SYSTEM_FOLDER[] = "/usr/share/zoneinfo";

enum {
    NAME_MOST = 64,
    FILE_MOST = 1 << 20, /* the largest of tzdata has 4 KB */
    HEADER_SIZE = 44
};

struct change {
    int64_t when;
    uint8_t rule;
};

struct zone {
    struct str name;
    const struct change *changes; /* in order of time */
    size_t change_count;
    const struct zone_rule *rules; /* the first is in force before the first change */
    size_t rule_count;
    bool has_posix; /* else the last change's rule stays for ever */
    struct posix_zone posix;
};

/* The counts of a TZif header, in its order. */
struct header {
    uint32_t utc_flags;
    uint32_t standard_flags;
    uint32_t leaps;
    uint32_t changes;
    uint32_t rules;
    uint32_t characters;
};

static uint64_t big_endian(const char *bytes, size_t size)
{
    uint64_t number = 0;

    for (size_t i = 0; i < size; i++)
        number = number << 8 | (unsigned char)bytes[i];
    return number;
}

static int read_header(struct str bytes, struct header *header)
{
    uint32_t *fields[] = {&header->utc_flags, &header->standard_flags, &header->leaps,
                          &header->changes,   &header->rules,          &header->characters};

    if (bytes.len < HEADER_SIZE || !str_starts(bytes, STR("TZif")))
        return EINVAL;
    for (size_t i = 0; i < 6; i++)
        *fields[i] = (uint32_t)big_endian(bytes.ptr + 20 + 4 * i, 4);
    /* Each is at most what the file limit could hold, so that no sum of sizes overflows. Leap
     * seconds (the right/ zones) would count time otherwise than everything else here does. */
    if (header->utc_flags > FILE_MOST || header->standard_flags > FILE_MOST ||
        header->changes > FILE_MOST || header->rules > 256 || header->rules == 0 ||
        header->characters > FILE_MOST || header->characters == 0 || header->leaps != 0)
        return EINVAL;
    return 0;
}

/* Bytes of the data behind a header; `time_size` is 4 in the first block, 8 in the second. */
static size_t block_size(const struct header *header, size_t time_size)
{
    return header->changes * (time_size + 1) + header->rules * 6 + header->characters +
           header->standard_flags + header->utc_flags;
}

static int read_rules(struct zone *zone, struct arena *arena, const struct header *header,
                      const char *bytes)
{
    struct zone_rule *rules = arena_zalloc(arena, header->rules, sizeof *rules);
    struct str names = {bytes + header->rules * 6, header->characters};

    for (uint32_t i = 0; i < header->rules; i++, bytes += 6) {
        int32_t offset = (int32_t)(uint32_t)big_endian(bytes, 4);
        size_t from = (unsigned char)bytes[5];
        size_t end = from < names.len ? str_find_byte(names, '\0', from) : STR_NONE;

        if (offset < -25 * 3600 || offset > 26 * 3600 || (unsigned char)bytes[4] > 1 ||
            end == STR_NONE)
            return EINVAL;
        rules[i] = (struct zone_rule){offset, bytes[4] == 1, str_sub(names, from, end)};
    }
    zone->rules = rules;
    zone->rule_count = header->rules;
    return 0;
}

static int read_changes(struct zone *zone, struct arena *arena, const struct header *header,
                        const char *bytes, size_t time_size)
{
    struct change *changes = arena_zalloc(arena, header->changes, sizeof *changes);
    const char *numbers = bytes + header->changes * time_size;

    for (uint32_t i = 0; i < header->changes; i++) {
        uint64_t when = big_endian(bytes + i * time_size, time_size);

        changes[i].when = time_size == 4 ? (int32_t)(uint32_t)when : (int64_t)when;
        changes[i].rule = (uint8_t)numbers[i];
        if (changes[i].rule >= header->rules || (i > 0 && changes[i].when <= changes[i - 1].when))
            return EINVAL;
    }
    zone->changes = changes;
    zone->change_count = header->changes;
    return 0;
}

static int read_block(struct zone *zone, struct arena *arena, const struct header *header,
                      struct str bytes, size_t time_size)
{
    int error;

    if (bytes.len < block_size(header, time_size))
        return EINVAL;
    error = read_changes(zone, arena, header, bytes.ptr, time_size);
    if (error != 0)
        return error;
    return read_rules(zone, arena, header, bytes.ptr + header->changes * (time_size + 1));
}

/* The line after the second block: a newline, a POSIX TZ string (or nothing), a newline. */
static int read_footer(struct zone *zone, struct str bytes)
{
    size_t end = str_find_byte(bytes, '\n', 1);

    if (!str_starts(bytes, STR("\n")) || end == STR_NONE)
        return EINVAL;
    if (end == 1)
        return 0;
    if (posix_zone_parse(str_sub(bytes, 1, end), &zone->posix) < 0)
        return EINVAL;
    zone->has_posix = true;
    return 0;
}

static int read_file(struct zone *zone, struct arena *arena, struct str bytes)
{
    struct header header;
    int error = read_header(bytes, &header);

    if (error != 0)
        return error;
    if (bytes.ptr[4] == '\0')
        return read_block(zone, arena, &header, str_after(bytes, HEADER_SIZE), 4);
    /* From version 2 on, the first block is there for old readers only. */
    bytes = str_after(bytes, HEADER_SIZE + block_size(&header, 4));
    error = read_header(bytes, &header);
    if (error != 0)
        return error;
    bytes = str_after(bytes, HEADER_SIZE);
    error = read_block(zone, arena, &header, bytes, 8);
    if (error != 0)
        return error;
    return read_footer(zone, str_after(bytes, block_size(&header, 8)));
}

/* IANA names: parts of letters, digits, '_', '+' and '-' between slashes, the first one with a
 * capital. That leaves no way out of the folder, nor to the files in it that are no zones. */
static bool is_zone_name(struct str name)
{
    char before = '/';

    if (name.len == 0 || name.len > NAME_MOST || name.ptr[0] < 'A' || name.ptr[0] > 'Z')
        return false;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];

        if (!str_is_alpha(c) && !str_is_digit(c) && c != '_' && c != '+' && c != '-' && c != '/')
            return false;
        if (before == '/' && !str_is_alpha(c))
            return false;
        before = c;
    }
    return before != '/';
}

static int fill_utc(struct zone *zone, struct arena *arena)
{
    struct zone_rule *rule = arena_zalloc(arena, 1, sizeof *rule);

    rule->abbreviation = STR("UTC");
    zone->rules = rule;
    zone->rule_count = 1;
    return 0;
}

static int fill_from_file(const struct fs *fs, const char *folder, struct arena *arena,
                          struct zone *zone)
{
    struct str bytes;
    int handle;
    int error =
        fs_open_folder(fs, AT_FDCWD, folder == NULL ? SYSTEM_FOLDER : folder, FS_FOLLOW, &handle);

    if (error != 0)
        return error;
    error = fs_read_following(fs, handle, zone->name.ptr, FILE_MOST, arena, &bytes);
    fs_close(handle);
    if (error == EISDIR || error == ENOTDIR)
        return ENOENT;
    if (error == EFBIG)
        return EINVAL;
    return error != 0 ? error : read_file(zone, arena, bytes);
}

int zone_load(const struct fs *fs, const char *folder, struct str name, struct arena *arena,
              const struct zone **out)
{
    struct zone *zone = arena_zalloc(arena, 1, sizeof *zone);
    int error;

    if (str_eq(name, STR("UTC")) || str_eq(name, STR("Z")) || str_eq(name, STR("GMT"))) {
        zone->name = STR("UTC");
        error = fill_utc(zone, arena);
    } else if (!is_zone_name(name)) {
        error = ENOENT;
    } else {
        zone->name = arena_str(arena, name);
        error = fill_from_file(fs, folder, arena, zone);
    }
    if (error == 0)
        *out = zone;
    return error;
}

struct str zone_name(const struct zone *zone)
{
    return zone->name;
}

/* How many changes have happened by `utc`. */
static size_t changes_until(const struct zone *zone, int64_t utc)
{
    size_t low = 0;
    size_t high = zone->change_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (zone->changes[middle].when <= utc)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct zone_rule zone_at(const struct zone *zone, int64_t utc)
{
    size_t passed = changes_until(zone, utc);

    if (passed == zone->change_count && zone->has_posix)
        return posix_zone_at(&zone->posix, utc);
    return zone->rules[passed == 0 ? 0 : zone->changes[passed - 1].rule];
}

static bool same_rule(struct zone_rule a, struct zone_rule b)
{
    return a.offset == b.offset && a.daylight == b.daylight &&
           str_eq(a.abbreviation, b.abbreviation);
}

bool zone_next_change(const struct zone *zone, int64_t utc, int64_t *when)
{
    struct zone_rule now = zone_at(zone, utc);

    for (size_t i = changes_until(zone, utc); i < zone->change_count; i++) {
        utc = zone->changes[i].when;
        if (!same_rule(now, zone_at(zone, utc))) {
            *when = utc;
            return true;
        }
    }
    return zone->has_posix && posix_zone_next(&zone->posix, utc, when);
}

enum zone_fit zone_to_utc(const struct zone *zone, int64_t local, int64_t *utc)
{
    /* No offset is larger than 26 hours, so the moment lies in the 52 hours around. */
    int64_t from = local - 26 * 3600;
    int64_t last = local + 26 * 3600;
    int64_t until = from;
    bool more = true;
    bool gap = false;
    int found = 0;

    /* One stretch of a constant offset, [from, until), after the other. */
    for (int32_t before = zone_at(zone, from).offset; more && from <= last; from = until) {
        int32_t offset = zone_at(zone, from).offset;
        int64_t moment = local - offset;

        if (found == 0 && !gap && local >= from + before && local < from + offset) {
            gap = true;
            *utc = local - before;
        }
        more = zone_next_change(zone, from, &until);
        if (moment >= from && (!more || moment < until) && found++ == 0) {
            gap = false;
            *utc = moment;
        }
        before = offset;
    }
    return gap ? ZONE_GAP : found > 1 ? ZONE_TWICE : ZONE_ONCE;
}

bool zone_yearly(const struct zone *zone, struct zone_yearly changes[2])
{
    return zone->has_posix && posix_zone_yearly(&zone->posix, changes);
}

struct name_list {
    struct str *items;
    size_t count;
    size_t capacity;
};

struct folder_list {
    struct str *items; /* relative to the database's folder; the first is the empty one */
    size_t count;
    size_t capacity;
};

static int compare_names(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static int list_folder(const struct fs *fs, int root, struct str path, struct arena *arena,
                       struct folder_list *folders, struct name_list *names)
{
    struct fs_entry *entries;
    size_t count;
    int handle;
    int error = fs_open_folder(fs, root, path.len == 0 ? "." : path.ptr, FS_NO_FOLLOW, &handle);

    if (error != 0)
        return error;
    error = fs_list(fs, handle, arena, &entries, &count);
    fs_close(handle);
    for (size_t i = 0; error == 0 && i < count; i++) {
        struct str name = path.len == 0 ? entries[i].name
                                        : arena_printf(arena, "%.*s/%.*s", STR_ARG(path),
                                                       STR_ARG(entries[i].name));

        if (!is_zone_name(name))
            continue;
        if (entries[i].kind == FS_FOLDER)
            *vec_push(arena, folders) = name;
        else if (entries[i].kind != FS_OTHER)
            *vec_push(arena, names) = name;
    }
    return error;
}

int zone_names(const struct fs *fs, const char *folder, struct arena *arena, struct str **names,
               size_t *count)
{
    struct folder_list folders = {0};
    struct name_list found = {0};
    int root;
    int error =
        fs_open_folder(fs, AT_FDCWD, folder == NULL ? SYSTEM_FOLDER : folder, FS_FOLLOW, &root);

    if (error != 0)
        return error;
    *vec_push(arena, &folders) = (struct str){NULL, 0};
    /* Names are short (is_zone_name), so this ends however deep the folders are. */
    for (size_t i = 0; error == 0 && i < folders.count; i++)
        error = list_folder(fs, root, folders.items[i], arena, &folders, &found);
    fs_close(root);
    if (error != 0)
        return error;
    if (found.count > 0)
        qsort(found.items, found.count, sizeof *found.items, compare_names);
    *names = found.items;
    *count = found.count;
    return 0;
}
