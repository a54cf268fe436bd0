/* How diagnostics look: for people, for programs, for forges.
 *
 * Each form is written into a buf; who calls decides where that goes. Diagnostics are expected in
 * the order of diags_sort(). Texts from content are shown with control characters and bytes that
 * are no UTF-8 made visible, so that a file cannot write to the reader's terminal. */
#ifndef COPSE_CLI_MESSAGES_H
#define COPSE_CLI_MESSAGES_H

#include "base/buf.h"
#include "base/diag.h"

#include <stdbool.h>

/* The order is that of --format's choices. */
enum messages_format {
    MESSAGES_TEXT,
    MESSAGES_JSON,
    MESSAGES_GITHUB,
    MESSAGES_SARIF,
    MESSAGES_MARKDOWN
};

/* As a compiler does:
 *
 *     content/members/jo.md:4:17: error: no designation 'MCSR' … [unknown-designation]
 *         4 | designations: [MCSR]
 *           |                ^~~~
 *         did you mean 'MCRS'?
 */
void messages_text(struct buf *out, const struct diags *diags, bool color);

struct why;

/* One object: version 1, the counts, and the list of problems with their places; with `why` (may be
 * NULL) also "made", the list of what was made again (why_words.h). */
void messages_json(struct buf *out, const struct diags *diags, const struct why *why);

/* The list of problems alone, as a JSON array. */
void messages_json_list(struct buf *out, const struct diags *diags);

/* GitHub's workflow commands (::error file=…,line=…::…): annotations on a pull request. */
void messages_github(struct buf *out, const struct diags *diags);

/* SARIF 2.1.0 (OASIS), which code scanners and editors read. */
void messages_sarif(struct buf *out, const struct diags *diags);

/* A list for a comment on a forge, with the line in question and how to mend it. What comes from
 * content stands in code, where no forge finds links, mentions or markup. Those with
 * severities `from` to `to`, at most `most`; *left says how many more there are. */
void messages_markdown(struct buf *out, const struct diags *diags, enum severity from,
                       enum severity to, size_t most, size_t *left);

/* All of them, the worst first. */
void messages_markdown_all(struct buf *out, const struct diags *diags);

/* A sentence that holds words from content, and a text from content as a whole, likewise. */
void messages_markdown_words(struct buf *out, struct str text);
void messages_markdown_code(struct buf *out, struct str text);

/* "2 errors and 1 warning"; nothing if there are neither. */
void messages_count(struct buf *out, const struct diags *diags);

/* A text from content with what a terminal would obey made visible (\x1b, \u{202e}). */
void messages_visible(struct buf *out, struct str text);

#endif
