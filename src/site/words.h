/* The theme's words in one language: content/i18n/<lang>.yml over the built-in one of that name.
 *
 * A file is a map of keys to texts, or to forms by number ({one: "%{count} comment", other:
 * "%{count} comments"}; plural.h tells which a language has), with the names of months and
 * weekdays and date formats:
 *
 *     months: [January, …]   months_short   weekdays: [Sunday, …]   weekdays_short
 *     half_days: [AM, PM]    days: {1: 1er}, what %Od prints in place of digits
 *     ordinals: {one: "%{count}st", …}, what the filter `ordinal` prints
 *     formats: {long: "%-Od %B %Y", short: …, month: …, time: …, datetime: …}
 */
#ifndef COPSE_SITE_WORDS_H
#define COPSE_SITE_WORDS_H

#include "base/arena.h"
#include "base/date.h"
#include "base/diag.h"
#include "base/text.h"
#include "lang/value.h"

struct words;

/* Makes the words of `lang` of up to `count` files, the first over the next. Lives in `arena`.
 * Mistakes in the files are diagnostics; never NULL. */
const struct words *words_make(struct str lang, const struct text *files, size_t count,
                               struct arena *arena, struct diags *diags);

struct str words_language(const struct words *words);

/* The word under `key`, or the empty slice. With `number` (NULL: none) the form for it by the
 * language's plural rule (a form that is not given: "other"), %{count} filled in: made in `arena`
 * then. */
struct str words_find(const struct words *words, struct str key, const int64_t *number,
                      struct arena *arena);

/* "3rd", "3e": made in `arena`; the digits alone where the language does not say. */
struct str words_ordinal(const struct words *words, int64_t number, struct arena *arena);

/* The names that dates are written with. */
const struct date_names *words_dates(const struct words *words);

/* A date format by name ("long"); the ISO form if there is none. */
struct str words_format(const struct words *words, struct str name);

/* The keys of English that no file for the language itself has, but for the names of languages that
 * members speak; of English none. In `arena`. */
const struct str *words_missing(const struct words *words, struct arena *arena, size_t *count);

/* All keys of texts, in file order, for a test that no language lacks one. */
struct value words_all(const struct words *words);

#endif
