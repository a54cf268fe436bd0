#include "site/rule_pages_internal.h"

#include <stdlib.h>

static int compare(const void *key, const void *page)
{
    return str_cmp(*(const struct str *)key, str_from(((const struct rule_page *)page)->code));
}

const struct rule_page *rules_page(struct str code)
{
    const struct {
        const struct rule_page *pages;
        size_t count;
    } tables[] = {{rule_pages_fields, rule_pages_fields_count},
                  {rule_pages_texts, rule_pages_texts_count},
                  {rule_pages_files, rule_pages_files_count},
                  {rule_pages_review, rule_pages_review_count}};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        const struct rule_page *page =
            bsearch(&code, tables[i].pages, tables[i].count, sizeof *page, compare);
        if (page)
            return page;
    }
    return NULL;
}
