/* Recurrence in the words that people use for it: "monthly", "every first Thursday". copse never
 * takes them for a rule; it says which rule they would be. */
#ifndef COPSE_LANG_CALENDAR_RULE_WORDS_H
#define COPSE_LANG_CALENDAR_RULE_WORDS_H

#include "base/arena.h"
#include "base/str.h"

/* The rule (RFC 5545) that English or French words most likely mean, in the arena; empty if they
 * mean none that is known here. */
struct str rule_of_words(struct arena *arena, struct str words);

#endif
