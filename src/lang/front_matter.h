/* Where a file's front matter ends and its body begins.
 *
 * Front matter is YAML between a first line `---` and a line `---` or `...`. Accepted as people
 * and editors leave it: a BOM, blank lines before it, blanks after the dashes, CRLF line
 * ends, a closing line without a newline. */
#ifndef COPSE_LANG_FRONT_MATTER_H
#define COPSE_LANG_FRONT_MATTER_H

#include "base/str.h"

#include <stddef.h>

enum front_matter_result {
    FRONT_MATTER_FOUND,
    FRONT_MATTER_NONE,    /* the first line with anything on it is not `---` */
    FRONT_MATTER_UNCLOSED /* no closing line; opening_start/_end name the opening one */
};

/* Byte offsets in the text. */
struct front_matter {
    size_t opening_start; /* the opening dashes */
    size_t opening_end;
    size_t yaml_start; /* the first byte behind the opening line */
    size_t yaml_end;   /* the closing line's first byte */
    size_t body_start; /* the first byte behind the closing line */
};

/* Looks at `bytes`, a whole file. Without front matter the body begins behind a BOM and the other
 * offsets are 0; where the end is missing, everything behind the opening line is YAML. */
enum front_matter_result front_matter_split(struct str bytes, struct front_matter *out);

#endif
