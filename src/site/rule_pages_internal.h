/* The tables behind rules_page(), by what the rules are about. Each is sorted by code. */
#ifndef COPSE_SITE_RULE_PAGES_INTERNAL_H
#define COPSE_SITE_RULE_PAGES_INTERNAL_H

#include "site/rules.h"

extern const struct rule_page rule_pages_fields[];
extern const size_t rule_pages_fields_count;
extern const struct rule_page rule_pages_texts[];
extern const size_t rule_pages_texts_count;
extern const struct rule_page rule_pages_files[];
extern const size_t rule_pages_files_count;
extern const struct rule_page rule_pages_review[];
extern const size_t rule_pages_review_count;

#endif
