/* Filters: how the engine's own ones are written and found. */
#ifndef COPSE_LANG_LIQUID_FILTER_H
#define COPSE_LANG_LIQUID_FILTER_H

#include "lang/liquid/run.h"

enum filter_kind {
    FILTER_ORDINARY,
    FILTER_NUMBER,    /* always gives a number: safe in any place */
    FILTER_JSON,      /* jsonify: what a script may hold */
    FILTER_RAW,       /* the author's way out of escaping */
    FILTER_PREDICATE, /* takes an expression as text: where_exp and its kin */
    FILTER_HOST
};

/* A filter returns its result; on an error it calls run_fail() and returns nil. `arguments` has at
 * least `least` and at most `most` items; named ones count as one more (Ruby's options hash). */
struct filter_entry {
    struct str name;
    uint8_t least;
    uint8_t most;
    uint8_t kind;
    struct value (*apply)(struct liquid_run *run, struct value input,
                          const struct liquid_arguments *arguments);
    const struct liquid_filter *host;
};

struct filter_table {
    const struct filter_entry *items;
    size_t count;
};

/* The tables, one a file. */
extern const struct filter_table filters_text;
extern const struct filter_table filters_html;
extern const struct filter_table filters_number;
extern const struct filter_table filters_list;
extern const struct filter_table filters_select;
extern const struct filter_table filters_date;
/* Jekyll's, only where the settings ask for them. */
extern const struct filter_table filters_jekyll_text;
extern const struct filter_table filters_jekyll_list;

#endif
