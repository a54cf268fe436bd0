/* The rules of `copse check`, one file each; checks.h says what they have in common. */
#ifndef COPSE_BUILD_CHECKS_CHECKS_INTERNAL_H
#define COPSE_BUILD_CHECKS_CHECKS_INTERNAL_H

#include "base/arena.h"
#include "build/checks.h"

/* One entry that is looked at. */
struct check {
    const struct site *site;
    const struct entry *entry;
    struct source *source;
    struct arena *scratch; /* cleared after each entry */
    struct diags *diags;
};

/* The whole text of the entry's file, of which its record keeps only the front; in scratch. Empty
 * if it cannot be read any more. */
struct str check_source(const struct check *check);

void check_slug(const struct check *check);
void check_headings(const struct check *check);
void check_link_texts(const struct check *check);
void check_alt_texts(const struct check *check);
void check_dates(const struct check *check);
void check_event(const struct check *check);

/* The whole site. `scratch` is the rule's own. */
void check_names(struct source *source, struct arena *scratch, struct diags *diags);
void check_pictures(struct source *source, struct arena *scratch, struct diags *diags);
void check_titles(const struct site *site, struct arena *scratch, struct diags *diags);
void check_guests(const struct site *site, struct arena *scratch, struct diags *diags);
void check_tags(const struct site *site, struct arena *scratch, struct diags *diags);
void check_words(const struct site *site, struct arena *scratch, struct diags *diags);
void check_renames(const struct plan *plan, const struct history *history, struct arena *scratch,
                   struct diags *diags);

#endif
