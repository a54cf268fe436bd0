/* A preview in a folder: the pages that a change adds or changes as they will be, those of BASE
 * beside them, and a page that lists both.
 *
 *     DIR/…                  the changed pages at their own addresses, with every asset and picture
 *     DIR/_review/           the list: index.html and its stylesheet
 *     DIR/_review/before/…   what BASE has at these addresses
 *
 * Any web server that serves DIR as its root shows them. Written through publish/store.h: nothing
 * outside the folder, and no file in it that copse did not make. */
#ifndef COPSE_REVIEW_PREVIEW_H
#define COPSE_REVIEW_PREVIEW_H

#include "review/review.h"

struct preview_options {
    struct build_options base_build; /* how both sides were built */
    struct build_options after_build;
    const struct side *base;
    const struct side *after;
    const char *folder;
};

/* Returns 0, or -1 after an error. */
int preview_write(const struct preview_options *options, const struct review *review,
                  struct arena *arena, struct diags *diags);

#endif
