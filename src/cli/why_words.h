/* What was made again and why (build/why.h), for people and for programs. */
#ifndef COPSE_CLI_WHY_WORDS_H
#define COPSE_CLI_WHY_WORDS_H

#include "base/buf.h"
#include "build/why.h"

/* A line a page, "tags/webinars/: 'Salary negotiation' changed its title". Of a reason that many
 * pages share the first ones are named and the others counted. */
void why_text(struct buf *out, const struct why *why);

/* A JSON array: [{"path":"tags/webinars/index.html","why":[{"kind":"card","about":
 * "content/articles/pay.md","text":"…"}]}]. Empty where no earlier build was known. */
void why_json(struct buf *out, const struct why *why);

#endif
