/* What cmark itself cannot read in linear time, kept from it: where a text would cost it more than
 * its length warrants, it is refused. (cmark 0.30 looks at all blocks around an emphasis that it
 * makes, and at all pictures left open in front of a link.) No text that people write comes near.
 */
#ifndef COPSE_LANG_MARKDOWN_BOUNDS_H
#define COPSE_LANG_MARKDOWN_BOUNDS_H

#include "lang/markdown/features.h"

enum md_excess {
    MD_WITHIN_BOUNDS,
    MD_TOO_DEEP,         /* for so many inlines: lists and quotes in each other */
    MD_TOO_MANY_PICTURES /* in one paragraph, between too many brackets */
};

/* Whether `text` may be read; if not, *at is the offset of the line or paragraph that is too much.
 * Takes far less time than reading does. */
enum md_excess md_exceeds(struct str text, const struct md_features *features, size_t *at);

#endif
