/* One look through a text for what the passes would have to do: most texts need few of them. */
#ifndef COPSE_LANG_MARKDOWN_FEATURES_H
#define COPSE_LANG_MARKDOWN_FEATURES_H

#include "base/str.h"

#include <stddef.h>

/* No file's name and no address with a space in it is longer than so many bytes. */
enum { MD_ADDRESS_MOST = 500 };

struct md_features {
    bool bad_utf8;    /* bytes that are no UTF-8 */
    bool tables;      /* a `|`, or a colon beside a dash */
    bool tildes;      /* ~ */
    bool footnotes;   /* [^ */
    bool escapes;     /* \ in front of what md_escape_at() is about */
    bool tasks;       /* [ ], [x] */
    bool lists;       /* kramdown's {: */
    bool spaced;      /* ]( with a space before the next ) */
    bool html;        /* < in front of what may make a tag */
    bool empty_title; /* "", '' or () */
    size_t brackets;  /* how many [ there are */
    size_t pictures;  /* … of them behind a ! */
};

/* May say yes where there is nothing, never no where there is something. Empty titles are looked
 * for only if `titles`. */
void md_look(struct str text, bool titles, struct md_features *out);

#endif
