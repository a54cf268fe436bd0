/* The file of a walk: numbers as this machine has them, a head with a checksum before them.
 *
 *     head | commit ids, sorted | people | files | parts | renames | texts
 *
 * Texts (paths, names) are one run of bytes that the others point into by offset and length. */
#include "source/history_state.h"

#include "base/buf.h"
#include "base/hash.h"
#include "base/path.h"
#include "base/vec.h"
#include "source/source_internal.h"

#include <fcntl.h>
#include <inttypes.h>
#include <string.h>

/* The number grows with every change of what is kept or how it is found. */
#define MAGIC "copse history 1\n"
#define MAX_FILE ((size_t)1 << 31)

enum { IDS, PEOPLE, FILES, PARTS, RENAMES, TEXTS, SECTIONS };

/* No gaps between the fields of any of these, so that every byte written has a meaning. */
struct head {
    char magic[16];
    uint64_t order; /* of the bytes in a number, and their count */
    struct digest folder;
    unsigned char tip[24];
    uint64_t budget;
    uint64_t sizes[SECTIONS]; /* in bytes */
    struct digest sections;
    struct digest head; /* of all before it */
};

struct kept_text {
    uint64_t at;
    uint64_t length;
};

struct kept_time {
    int64_t utc;
    int64_t offset;
};

struct kept_file {
    struct kept_text path;
    struct kept_time first;
    struct kept_time last;
    uint64_t commits;
    uint64_t parts_at;
    uint64_t parts_count;
};

struct kept_rename {
    struct kept_text from;
    struct kept_text to;
    struct kept_time when;
};

#define BYTE_ORDER_MARK UINT64_C(0x0102030405060708)

static const size_t item_sizes[SECTIONS] = {
    [IDS] = sizeof(git_oid),
    [PEOPLE] = sizeof(struct kept_text),
    [FILES] = sizeof(struct kept_file),
    [PARTS] = sizeof(struct history_part),
    [RENAMES] = sizeof(struct kept_rename),
    [TEXTS] = 1,
};

static struct digest head_digest(const struct head *head)
{
    return digest_of((struct str){(const char *)head, offsetof(struct head, head)});
}

/* A repository can hold several sites; each sees its own folder of the history. */
static struct digest folder_digest(const struct history_options *options)
{
    return digest_of(options->source->prefix);
}

static const char *file_name(const struct history_options *options, struct arena *arena)
{
    return arena_printf(arena, "%s/history-%016" PRIx64, options->folder,
                        folder_digest(options).low)
        .ptr;
}

/* ---- writing */

static struct kept_text write_text(struct buf *texts, struct str text)
{
    struct kept_text kept = {texts->len, text.len};
    buf_add(texts, text);
    return kept;
}

static struct kept_time write_time(struct history_time time)
{
    return (struct kept_time){time.utc, time.offset};
}

static void write_bytes(struct buf *section, const void *bytes, size_t size)
{
    buf_add(section, (struct str){bytes, size});
}

static void write_sections(const struct history_state *state, struct buf sections[SECTIONS])
{
    struct buf *texts = &sections[TEXTS];
    write_bytes(&sections[IDS], state->commits.items,
                state->commits.count * sizeof *state->commits.items);
    for (size_t i = 0; i < state->people.count; i++) {
        struct kept_text person = write_text(texts, state->people.items[i]);
        write_bytes(&sections[PEOPLE], &person, sizeof person);
    }
    for (size_t i = 0; i < state->tracks.count; i++) {
        struct history_track *track = state->tracks.entries[i].value;
        history_join_parts(track);
        const struct kept_file file = {
            .path = write_text(texts, track->file.path),
            .first = write_time(track->file.first),
            .last = write_time(track->file.last),
            .commits = track->file.commits,
            .parts_at = sections[PARTS].len / sizeof *track->parts.items,
            .parts_count = track->parts.count,
        };
        write_bytes(&sections[FILES], &file, sizeof file);
        write_bytes(&sections[PARTS], track->parts.items,
                    track->parts.count * sizeof *track->parts.items);
    }
    for (size_t i = 0; i < state->renames.count; i++) {
        const struct history_rename *rename = &state->renames.items[i];
        const struct kept_rename kept = {write_text(texts, rename->from),
                                         write_text(texts, rename->to), write_time(rename->when)};
        write_bytes(&sections[RENAMES], &kept, sizeof kept);
    }
}

static int write_file(const struct history_options *options, const struct str *pieces)
{
    struct arena scratch = {0};
    const struct fs *fs = options->source->fs;
    int error = fs_make_folders(fs, AT_FDCWD, options->folder);
    if (error == 0)
        error = fs_write_parts(fs, AT_FDCWD, file_name(options, &scratch), pieces, SECTIONS + 1);
    arena_release(&scratch);
    return error;
}

int history_keep(const struct history_state *state, const struct history_options *options)
{
    struct buf sections[SECTIONS] = {0};
    struct str pieces[SECTIONS + 1];
    struct head head = {
        .order = BYTE_ORDER_MARK, .folder = folder_digest(options), .budget = state->budget};
    memcpy(head.magic, MAGIC, sizeof head.magic);
    memcpy(head.tip, state->tip.id, sizeof state->tip.id);
    write_sections(state, sections);
    for (size_t i = 0; i < SECTIONS; i++) {
        pieces[i + 1] = buf_str(&sections[i]);
        head.sizes[i] = sections[i].len;
        head.sections = digest_join(head.sections, digest_of(pieces[i + 1]));
    }
    head.head = head_digest(&head);
    pieces[0] = (struct str){(const char *)&head, sizeof head};
    int error = write_file(options, pieces);
    for (size_t i = 0; i < SECTIONS; i++)
        buf_release(&sections[i]);
    return error;
}

/* ---- reading */

/* The sections of a file that is whole, or false. */
static bool find_sections(struct str bytes, const struct history_options *options,
                          struct head *head, struct str sections[SECTIONS])
{
    struct digest sum = {0};
    size_t at = sizeof *head;
    if (bytes.len < at)
        return false;
    memcpy(head, bytes.ptr, sizeof *head);
    if (memcmp(head->magic, MAGIC, sizeof head->magic) != 0 || head->order != BYTE_ORDER_MARK ||
        !digest_eq(head->head, head_digest(head)) ||
        !digest_eq(head->folder, folder_digest(options)))
        return false;
    for (size_t i = 0; i < SECTIONS; i++) {
        if (head->sizes[i] > bytes.len - at || head->sizes[i] % item_sizes[i] != 0)
            return false;
        sections[i] = (struct str){bytes.ptr + at, head->sizes[i]};
        sum = digest_join(sum, digest_of(sections[i]));
        at += head->sizes[i];
    }
    return at == bytes.len && digest_eq(sum, head->sections);
}

/* One item of a section, copied: sections need not be aligned. */
static void item_at(struct str section, size_t index, void *out, size_t size)
{
    memcpy(out, section.ptr + index * size, size);
}

static bool read_text(struct str texts, struct kept_text text, struct str *out)
{
    if (text.at > texts.len || text.length > texts.len - text.at)
        return false;
    *out = (struct str){texts.ptr + text.at, text.length};
    return true;
}

static struct history_time read_time(struct kept_time time)
{
    return (struct history_time){time.utc, (int32_t)time.offset};
}

static bool read_people(struct history_state *state, const struct str sections[SECTIONS])
{
    size_t count = sections[PEOPLE].len / sizeof(struct kept_text);
    for (size_t i = 0; i < count; i++) {
        struct kept_text kept;
        struct str raw;
        item_at(sections[PEOPLE], i, &kept, sizeof kept);
        if (!read_text(sections[TEXTS], kept, &raw) || history_person(state, raw) != i)
            return false;
    }
    return true;
}

static bool read_parts(struct history_state *state, const struct kept_file *kept,
                       struct str section, struct history_track *track)
{
    size_t all = section.len / sizeof *track->parts.items;
    if (kept->parts_at > all || kept->parts_count > all - kept->parts_at)
        return false;
    size_t size = kept->parts_count * sizeof *track->parts.items;
    track->parts.items = arena_zalloc(state->arena, kept->parts_count, sizeof *track->parts.items);
    track->parts.count = track->parts.capacity = kept->parts_count;
    if (size > 0)
        memcpy(track->parts.items, section.ptr + kept->parts_at * sizeof *track->parts.items, size);
    for (size_t i = 0; i < track->parts.count; i++)
        if (track->parts.items[i].person >= state->people.count)
            return false;
    return true;
}

static bool read_files(struct history_state *state, const struct str sections[SECTIONS])
{
    size_t count = sections[FILES].len / sizeof(struct kept_file);
    for (size_t i = 0; i < count; i++) {
        struct kept_file kept;
        struct str path;
        item_at(sections[FILES], i, &kept, sizeof kept);
        if (!read_text(sections[TEXTS], kept.path, &path))
            return false;
        struct history_track *track = history_track(state, path);
        track->file.first = read_time(kept.first);
        track->file.last = read_time(kept.last);
        track->file.commits = (uint32_t)kept.commits;
        if (!read_parts(state, &kept, sections[PARTS], track))
            return false;
    }
    return true;
}

static bool read_renames(struct history_state *state, const struct str sections[SECTIONS])
{
    size_t count = sections[RENAMES].len / sizeof(struct kept_rename);
    for (size_t i = 0; i < count; i++) {
        struct kept_rename kept;
        struct str from;
        struct str to;
        item_at(sections[RENAMES], i, &kept, sizeof kept);
        if (!read_text(sections[TEXTS], kept.from, &from) ||
            !read_text(sections[TEXTS], kept.to, &to))
            return false;
        *vec_push(state->arena, &state->renames) =
            (struct history_rename){.from = arena_str(state->arena, from),
                                    .to = arena_str(state->arena, to),
                                    .when = read_time(kept.when)};
    }
    return true;
}

static bool read_state(struct history_state *state, const struct history_options *options,
                       struct str bytes)
{
    struct head head;
    struct str sections[SECTIONS];
    if (!find_sections(bytes, options, &head, sections) || !read_people(state, sections) ||
        !read_files(state, sections) || !read_renames(state, sections))
        return false;
    size_t count = sections[IDS].len / sizeof(git_oid);
    git_oid *ids = arena_zalloc(state->arena, count, sizeof *ids);
    if (count > 0)
        memcpy(ids, sections[IDS].ptr, count * sizeof *ids);
    state->commits = (struct commit_ids){ids, count};
    memcpy(state->tip.id, head.tip, sizeof state->tip.id);
    state->budget = head.budget;
    return true;
}

bool history_recall(struct history_state *state, const struct history_options *options)
{
    struct arena scratch = {0};
    struct str bytes;
    bool good = fs_read(options->source->fs, AT_FDCWD, file_name(options, &scratch), MAX_FILE,
                        &scratch, &bytes) == 0 &&
                read_state(state, options, bytes);
    arena_release(&scratch);
    if (!good)
        history_state_init(state, state->arena);
    return good;
}
