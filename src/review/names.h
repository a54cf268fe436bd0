/* Whether the names in a change are what they seem: paths, people, addresses, links.
 *
 * Judged are files that the change adds or gives a new name, and records in files that it touches:
 * characters that nobody sees or that turn the direction of writing, names that are spelled the
 * same with other bytes (not in Unicode's form NFC), letters of another script that look like the
 * ones beside them (Unicode TR39), names that look like somebody else's, paths that differ from
 * another only in case, executable files, symbolic links and submodules, paths too long to be
 * checked out.
 *
 * Codes: hidden-character, look-alike, file-case, name-form, file-mode, file-name, symbolic-link,
 * submodule. */
#ifndef COPSE_REVIEW_NAMES_H
#define COPSE_REVIEW_NAMES_H

#include "base/diag.h"
#include "site/site.h"
#include "source/merge.h"

struct names_question {
    const struct merge *merge;
    const struct source *base_files;
    const struct site *base;
    const struct site *after; /* NULL: it could not be read */
};

void names_check(const struct names_question *question, struct diags *diags);

#endif
