/* The check of pictures that front matter and the registry name: a member's photo, an article's
 * image, a designation's badge. They are there, and a portrait comes from nowhere else. */
#ifndef COPSE_BUILD_NAMED_FILES_H
#define COPSE_BUILD_NAMED_FILES_H

#include "base/diag.h"
#include "pages/plan.h"

/* Adds a diagnostic for each that is wrong. Codes: missing-file, external-picture. */
void named_files_check(const struct plan *plan, struct diags *diags);

/* Says at `span`, which names the picture, what its attachment's fault is. */
void picture_report(const struct attachment *attachment, struct span span, struct diags *diags);

#endif
