/* The filter `markdownify`: Markdown in a template's values to HTML that is safe wherever it came
 * from.
 *
 * Text of front matter may hold what any article may, but no pictures from elsewhere, and its links
 * are marked as a member's are. What a layout says itself, or trusts with `raw`, may hold what the
 * site's articles may. Root-relative links get the base path; the link check hears of all of them.
 */
#ifndef COPSE_PAGES_MARKDOWNIFY_H
#define COPSE_PAGES_MARKDOWNIFY_H

#include "lang/liquid/liquid.h"
#include "pages/plan.h"

/* The HTML of `input`, in call->reader.arena. */
struct str markdownify(struct liquid_call *call, const struct plan *plan, struct value input);

#endif
