/* Slugs: names folded to what addresses are made of, a-z, 0-9 and '-' (DESIGN §1).
 *
 * Unicode's compatibility decomposition drops accents (é is e), a small table spells the letters
 * that have none (æ ae, ø o, ß ss, ł l, đ d, œ oe); everything else is a gap, and gaps are one
 * dash. At most SLUG_MOST bytes come out. utf8proc.h is included only here, in collation and
 * in fold. */
#ifndef COPSE_LANG_SLUG_H
#define COPSE_LANG_SLUG_H

#include "base/arena.h"
#include "base/str.h"

#include <stdint.h>

#define SLUG_MOST 200

/* The slug of a name, in the arena; empty if nothing is left ("日本", "***"). */
struct str slug_fold(struct arena *arena, struct str name);

/* The slug of a tag: `+` is spelt plus and `#` sharp, so that C, C++ and C# differ. */
struct str slug_tag(struct arena *arena, struct str name);

/* A slug for a name of which nothing is left: "x-" and twelve hex digits of its digest. */
struct str slug_fallback(struct arena *arena, struct str name);

/* A name folded so that two are equal if they differ only in upper and lower case or in how accents
 * are composed: many disks take these for one. In the arena; what is no UTF-8 stays as it is. */
struct str slug_name_key(struct arena *arena, struct str name);

/* How a letter without a decomposition is spelt in a-z (a small one: 0xF8 gives "o"), or NULL. */
const char *slug_spelling(int32_t letter);

#endif
