/* The environment: names, partials and filters that compiled templates share. */
#ifndef COPSE_LANG_LIQUID_ENVIRONMENT_H
#define COPSE_LANG_LIQUID_ENVIRONMENT_H

#include "base/map.h"
#include "lang/liquid/program.h"

/* Variables have slots: numbers that a name gets when a template is compiled, so that rendering
 * looks none up by text. These names have fixed ones. */
enum { SLOT_FORLOOP, SLOT_TABLEROWLOOP, SLOT_INCLUDE, SLOT_FIXED };

struct slot_name {
    struct value_key key;
};

struct slot_names {
    struct slot_name *items;
    size_t count;
    size_t capacity;
};

struct liquid {
    struct arena *arena;
    struct liquid_settings settings;
    struct map slots; /* name -> slot + 1 */
    struct slot_names names;
    struct map continues; /* "item-collection" -> number + 1 */
    struct map cycles;    /* a cycle's literal items -> number + 1 */
    struct map partials;  /* name, NUL, packed surroundings -> struct partial */
    struct map filters;   /* name -> struct filter_entry */
    uint32_t unique_cycles;
    bool all_partials[LIQUID_PLAIN + 1]; /* compiled for names known at run time, by language */
    bool loops_continue;                 /* some loop has `offset: continue` */
    unsigned depth;                      /* of partials being compiled */
    struct str *filter_names;
    size_t filter_name_count;
};

/* The slot of a variable's name; `liquid_slot_find` only if some template has it (UINT32_MAX). */
uint32_t liquid_slot(struct liquid *liquid, struct str name);
uint32_t liquid_slot_find(const struct liquid *liquid, struct str name);

/* A number for a text, the same each time, from 0. */
uint32_t liquid_number(struct map *numbers, struct str text);

struct value_key liquid_key(struct liquid *liquid, struct str name);

const struct filter_entry *liquid_filter_find(const struct liquid *liquid, struct str name);

/* Compiles the partial `name` for its surroundings, or finds it. NULL if there is no such partial:
 * nothing is reported then. */
struct partial *liquid_partial(struct liquid *liquid, struct str name, uint32_t surroundings,
                               enum liquid_language language, struct diags *diags);

/* One that was compiled before, at run time. */
const struct partial *liquid_partial_find(const struct liquid *liquid, struct str name,
                                          uint32_t surroundings, enum liquid_language language,
                                          struct arena *arena);

/* Compiles every partial the host knows, for run-time names. */
void liquid_partials_all(struct liquid *liquid, enum liquid_language language, struct diags *diags);

#endif
