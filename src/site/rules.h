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

/* All rules, sorted by code. */
const struct rule *rules_all(size_t *count);
const struct rule *rules_find(struct str code);
struct str rules_suggest(struct str code);

/* Gives every diagnostic the severity that site.yml wants for its code and drops those it turns
 * off. Failures of the system and fixed rules stay. */
void rules_apply(const struct config *config, struct diags *diags);

#endif
