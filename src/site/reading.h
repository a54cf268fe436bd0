/* Reading all records, with all workers: the step of linking that comes first and ends last.
 *
 * Every step after it wants the records' front matter, none of them a body. So while one thread
 * links, the others go on with bodies: of every few records one has its body read then. Until
 * reading_end() nobody may look at a record's `body` and what is found in it (`body_digest`,
 * `words`, `doubtful_links`, `said`). */
#ifndef COPSE_SITE_READING_H
#define COPSE_SITE_READING_H

#include "base/pool.h"
#include "site/contents.h"
#include "site/linker.h"

#include <stdatomic.h>

/* One file that is to become a record. */
struct reading_task {
    const struct source_file *file;
    struct content_place place;
    const struct record *record; /* NULL: could not be read */
    struct record *own;          /* the same, if it was read this time */
    const struct text *waiting;  /* its whole text, while its body is still to be read */
    struct str html;             /* of its body; none: not read this time */
    size_t number;               /* of its entry */
};

struct reading {
    struct linker *linker; /* set by the caller; the rest is none of its business */
    struct {
        struct reading_task *items;
        size_t count, capacity;
    } tasks;
    struct diags *worker_diags;
    struct arena *scratch; /* one a worker */
    struct arena *waiting; /* likewise: texts whose bodies are still to be read */
    atomic_size_t waiting_bytes;
    struct bodies *bodies;
};

/* Lists the content files, reads them and makes site->entries and linker->places; site->bodies too.
 * From here on the pool is busy. */
void reading_begin(struct reading *reading);

/* Waits for the last bodies, and adds all that was said of records to the linker's diags. */
void reading_end(struct reading *reading);

#endif
