/* Whether two front matters of a file differ in words only that pages show and that nothing else
 * hangs on: what an article is called, what any page says of itself in a sentence, how a member is
 * written to, keys that only layouts know. With all other lines alike the records are linked alike.
 */
#ifndef COPSE_BUILD_FRONT_WORDS_H
#define COPSE_BUILD_FRONT_WORDS_H

#include "site/record.h"

/* Of two records of one kind. A line that is not plainly `key: words`, one way or the other, counts
 * as something else. True too where nothing differs. */
bool front_words_only(const struct record *old, const struct record *new);

#endif
