/* The rules that content is held to: a code each, printed in brackets behind a message.
 *
 * One table, from which come `copse help CODE`, the severities that site.yml's `rules` may change,
 * and the suggestions for a misspelt code. A diagnostic's own severity is the rule's default. */
#ifndef COPSE_SITE_RULES_H
#define COPSE_SITE_RULES_H

#include "base/diag.h"
#include "site/config.h"

struct rule {
    const char *code;
    bool fixed;       /* site.yml cannot turn it down: what breaks it cannot be published */
    const char *what; /* what it says, a sentence or two */
    const char *mend; /* how to put it right */
};

/* What `copse help CODE` tells besides. Every rule has one (rule_pages_*.c), and a test sees to it
 * that no part is empty. */
struct rule_page {
    const char *code;
    bool only_check;    /* `copse check` tells it; builds do not */
    const char *why;    /* what happens otherwise, and to whom */
    const char *before; /* lines that break it: of a file, names of files, or commands */
    const char *after;  /* the same put right */
};

/* All rules, sorted by code. */
const struct rule *rules_all(size_t *count);
const struct rule *rules_find(struct str code);
/* NULL if there is no such code. */
const struct rule_page *rules_page(struct str code);
struct str rules_suggest(struct str code);

/* Gives every diagnostic the severity that site.yml wants for its code and drops those it turns
 * off. Failures of the system and fixed rules stay. */
void rules_apply(const struct config *config, struct diags *diags);

#endif
