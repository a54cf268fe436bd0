/* Shared by names.c (paths) and names_records.c (what stands in files). */
#ifndef COPSE_REVIEW_NAMES_INTERNAL_H
#define COPSE_REVIEW_NAMES_INTERNAL_H

#include "review/names.h"

/* The first character that nobody sees or that turns the direction of writing: its offset, or
 * STR_NONE; *what says what it is (static). */
size_t names_hidden(struct str text, uint32_t *letter, const char **what);

/* Judges names, addresses and links in the records that a change touches. */
void names_check_records(const struct names_question *question, const struct merge_change *changes,
                         size_t count, struct diags *diags);

/* The host of an absolute URL as people read it, punycode decoded; in `arena`; empty if it has
 * none. */
struct str names_host(struct arena *arena, struct str url);

#endif
