/* The manifest: which files in the output copse wrote, and what was in them.
 *
 * It is copse's memory between builds and lives outside the output (in the git directory, else in
 * the site's .copse/). Its form is lines of text with a version in front and a checksum behind. One
 * that is damaged, cut off or of another version counts as not there: the store then adopts files
 * that are exactly what it would write, and refuses others. */
#ifndef COPSE_PUBLISH_MANIFEST_H
#define COPSE_PUBLISH_MANIFEST_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/fs.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/str.h"

#include <stdbool.h>

struct manifest_entry {
    struct str path;
    struct digest digest; /* of the bytes that copse wrote */
    /* The file's state just after it was written. While these are the same, so are its bytes. */
    uint64_t size;
    uint64_t inode;
    int64_t modified;
    int64_t changed;
    /* A commit was about to put it there. If that commit was cut short, the file is copse's own
     * only if it has this digest. */
    bool pending;
    /* With that, what stood there before was copse's own too: the state is that one's. */
    bool changing;
    bool gone; /* in manifest_more.h only: it is not there any more */
};

struct manifest {
    struct map entries; /* path -> struct manifest_entry * */
    bool known;         /* false: there was none, or none that could be trusted */
    struct str note;    /* one line: what made the compressed copies; may be empty */
};

/* An empty one in `arena`. */
void manifest_init(struct manifest *manifest, struct arena *arena);

/* Puts an entry in (or in the place of an older one of that path). It must outlive the manifest. */
void manifest_add(struct manifest *manifest, struct manifest_entry *entry);

struct manifest_entry *manifest_find(const struct manifest *manifest, struct str path);

/* Whether the file is as it was when it was written. */
bool manifest_fresh(const struct manifest_entry *entry, const struct fs_stat *stat);

/* Whether it is the one that a commit was about to put another in the place of. */
bool manifest_former(const struct manifest_entry *entry, const struct fs_stat *stat);

/* Its written form, entries in the order of adding. Paths hold no line breaks (the store sees to
 * it). */
void manifest_write(const struct manifest *manifest, struct buf *out);

/* One entry's line, and a line read; -1 if it is none. The sum line of what stands before it. */
void manifest_write_entry(const struct manifest_entry *entry, struct buf *out);
int manifest_read_entry(struct str line, struct manifest_entry *entry);
void manifest_write_sum(struct buf *out, struct str bytes);

/* Takes head and sum away from a written form that begins with `head`. -1 if either is not as it
 * must be. */
int manifest_unwrap(struct str head, struct str *bytes);

/* "sum " and 32 hexadecimal digits and a line break. */
enum { MANIFEST_SUM_SIZE = 4 + 32 + 1 };

/* Reads the written form. The entries' paths are slices of `bytes`. Whatever is wrong with it, the
 * result is a manifest: empty, with `known` false. */
void manifest_read(struct manifest *manifest, struct arena *arena, struct str bytes);

#endif
