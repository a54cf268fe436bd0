/* How a review looks: for people, for the comment on a forge, for programs. */
#ifndef COPSE_CLI_REVIEW_REPORT_H
#define COPSE_CLI_REVIEW_REPORT_H

#include "base/buf.h"
#include "review/review.h"

#include <stdbool.h>

/* For a terminal: the verdict, what is not allowed, the problems, what changes on the site. */
void review_report_text(struct buf *out, const struct review *review, bool color);

/* The comment to post: a friendly line, what to fix, the affected pages folded. Everything from
 * the contributor stands in code. */
void review_report_markdown(struct buf *out, const struct review *review);

/* One object: version 1, the verdict, the files, the pages, the problems. */
void review_report_json(struct buf *out, const struct review *review);

/* "problems", as JSON names a verdict. */
const char *review_verdict_name(enum review_verdict verdict);

/* "3 pages are added, 1 page moves, 12 pages and 4 other files change"; for both kinds of text. */
void review_report_counts(struct buf *out, const struct effect_list *effects);

#endif
