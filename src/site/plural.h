/* Which form of a word goes with a number, by the rules of the Unicode CLDR (Language Plural
 * Rules) for whole numbers: "1 comment" but "2 comments", "3rd" but "4th".
 *
 * Languages that are not listed have "one" for 1 and "other" else, as most have; of ordinals they
 * have "other" only. */
#ifndef COPSE_SITE_PLURAL_H
#define COPSE_SITE_PLURAL_H

#include "base/str.h"

#include <stdint.h>

/* "zero", "one", "two", "few", "many" or "other": the form for `number` of things. `lang` is a
 * language tag; its region does not matter. Static. */
struct str plural_cardinal(struct str lang, int64_t number);

/* The same for the `number`th thing. */
struct str plural_ordinal(struct str lang, int64_t number);

#endif
