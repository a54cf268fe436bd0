/* The words by which an article can be recognised: those of its title, description, headings and
 * first paragraph, as hashes.
 *
 * Case, the plural's s and where a word stands do not count; words of fewer than five bytes and
 * numbers are left out, since they say little. Pure. */
#ifndef COPSE_SITE_RECORD_WORDS_H
#define COPSE_SITE_RECORD_WORDS_H

#include "site/record.h"

/* Sets record->words, in `arena`, sorted, each once; at most RECORD_WORDS_MOST of them. The body's
 * excerpt and headings must be there. */
enum { RECORD_WORDS_MOST = 96 };
void record_find_words(struct record *record, struct arena *arena);

#endif
