/* What filters over lists share. */
#ifndef COPSE_LANG_LIQUID_SELECT_H
#define COPSE_LANG_LIQUID_SELECT_H

#include "lang/liquid/run.h"

/* A growing list of results. */
struct results {
    struct value *items;
    size_t count;
    size_t capacity;
};

void results_add(struct liquid_run *run, struct results *results, struct value value);
struct value results_list(struct liquid_run *run, const struct results *results);

/* The input of a list filter as Ruby's InputIterator sees it: lists flattened, a map as one item,
 * nil as none, anything else as one item. */
struct value input_items(struct liquid_run *run, struct value input);

/* item[property]: a map's or object's value, nil if absent. Sets *outcome. */
enum property_outcome {
    PROPERTY_FOUND, /* or nil: the item can have properties */
    PROPERTY_NONE,  /* the item is nil or such: Ruby's filters give up and return nil */
    PROPERTY_WRONG  /* a number or a list asked for a name: an error */
};
struct value item_property(struct liquid_run *run, struct value item, struct value property,
                           enum property_outcome *outcome);
void property_error(struct liquid_run *run, struct value property);

/* a.b.c of an item, for Jekyll's filters. */
struct value item_path(struct liquid_run *run, struct value item, struct str path);

/* Sorts stably. `compare` may fail the run; it then must go on answering. */
struct sort_entry {
    struct value item;
    struct value key;
};
void sort_entries(struct liquid_run *run, struct sort_entry *entries, size_t count,
                  int (*compare)(struct liquid_run *run, struct value a, struct value b));

#endif
