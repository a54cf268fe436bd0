/* What the files of an edit share; edit.h is the manual. */
#ifndef COPSE_BUILD_EDIT_INTERNAL_H
#define COPSE_BUILD_EDIT_INTERNAL_H

#include "base/buf.h"
#include "build/edit.h"
#include "build/frozen.h"
#include "build/links.h"

/* What is mapped is this process's own, however constant it is to most. */
#define OWN(type, pointer) ((type *)(uintptr_t)(pointer))

enum { EDIT_PAGES_MOST = 400 };

/* An entry with a new text. */
struct edit_text {
    const struct unchanged_source *source;
    struct entry *entry;
    const struct record *before; /* its former record */
    struct str html;
};

/* An output that is made anew. */
struct edit_page {
    size_t number;  /* of the output */
    bool is_search; /* a file of the search index, perhaps in the place of another one */
    struct str bytes;
    uint32_t *facts; /* its trace; of a file of the search index NULL: it stays as it is */
    size_t fact_count;
    struct links_of_page links;
};

struct edit {
    const struct build_options *options;
    struct unchanged_look *look;
    bool looks; /* others are looking at the outputs, and the pool is theirs */
    bool stand; /* they found them as they were left */
    int64_t began;
    struct pool *pool;
    unsigned workers;
    struct arena *arena;
    struct diags *diags; /* of the build */
    struct diags said;   /* of the edit: anything in it ends it */
    struct build_report *report;
    const struct frozen *frozen;
    struct arena records; /* in REGION_RECORDS */
    struct arena site;    /* in REGION_SITE */
    struct edit_text *texts;
    size_t text_count;
    bool *changed; /* by number of fact */
    struct edit_page *pages;
    size_t page_count;
    const struct search_kept *search; /* to be kept in place of the former; NULL: that */
};

/* Each returns false where a whole build has to do it. */

/* Reads the texts and gives the entries their new records. */
bool edit_read_texts(struct edit *edit);

/* The files of the search index that the texts change, in the places of those that they replace. */
bool edit_search(struct edit *edit);

/* Whether all outputs are as they were left: from then on the pool is free. */
bool edit_outputs_stand(struct edit *edit);

/* Finds the facts anew, and the outputs that read one that changed; makes these. */
bool edit_make_pages(struct edit *edit);

/* Puts them into the output, tells who waits for it, leaves the cache. */
bool edit_publish(struct edit *edit);

#endif
