/* What the files of an edit share; edit.h is the manual. */
#ifndef COPSE_BUILD_EDIT_INTERNAL_H
#define COPSE_BUILD_EDIT_INTERNAL_H

#include "base/buf.h"
#include "build/edit.h"
#include "build/frozen.h"
#include "build/links.h"

enum { EDIT_PAGES_MOST = 400 };

/* An entry with a new text. */
struct edit_text {
    const struct unchanged_source *source;
    struct entry *entry;
    struct str html;
};

/* An output that is made anew. */
struct edit_page {
    size_t number; /* of the output */
    struct str bytes;
    uint32_t *facts; /* its trace */
    size_t fact_count;
    struct links_of_page links;
};

struct edit {
    const struct build_options *options;
    struct unchanged_look *look;
    int64_t began;
    struct pool *pool;
    unsigned workers;
    struct arena *arena;
    struct diags *diags; /* of the whole; */
    struct diags said;   /* of the edit: anything in it ends it */
    struct build_report *report;
    const struct frozen *frozen;
    struct arena records; /* in REGION_RECORDS */
    struct edit_text *texts;
    size_t text_count;
    bool *changed; /* by number of fact */
    struct edit_page *pages;
    size_t page_count;
};

/* Each returns false where a whole build has to do it. */

/* Reads the texts and gives the entries their new records. */
bool edit_read_texts(struct edit *edit);

/* Finds the facts anew, and the outputs that read one that changed; makes these. */
bool edit_make_pages(struct edit *edit);

/* Puts them into the output, tells who waits for it, leaves the cache. */
bool edit_publish(struct edit *edit);

#endif
