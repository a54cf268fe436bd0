/* Names that look like other names: Unicode's TR39 for what looks like ASCII letters and digits,
 * and one spelling (normalization form C) for what is the same.
 *
 * The table (confusable_table.c, made by tools/confusables.py) says its Unicode version. utf8proc.h
 * is included only here, in slug and in collation. */
#ifndef COPSE_LANG_CONFUSABLE_H
#define COPSE_LANG_CONFUSABLE_H

#include "base/arena.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

/* What a text looks like: two texts look alike if their skeletons are equal ("pаypal" with a
 * Cyrillic а and "paypal"; "rn" and "m"; "l" and "1"). In `arena`. */
struct str confusable_skeleton(struct arena *arena, struct str text);

/* The text as it is read: letters of other scripts as the ASCII ones that they look like. */
struct str confusable_read(struct arena *arena, struct str text);

/* The first letter of another script that stands in one word with ASCII letters and looks like one
 * of them: its offset, or STR_NONE. *looks is then what it looks like (static). */
size_t confusable_in_word(struct str text, uint32_t *letter, const char **looks);

/* Whether a text holds non-ASCII letters and every one of them looks like an ASCII one, so that the
 * whole is read as something else: "сосо". */
bool confusable_whole(struct str text);

/* Whether a text is in normalization form C, as keyboards give it; *composed, in `arena`, is. */
bool confusable_is_composed(struct arena *arena, struct str text, struct str *composed);

#endif
