/* The allow-list, as list.c has it. */
#ifndef COPSE_LANG_SANITISE_LIST_H
#define COPSE_LANG_SANITISE_LIST_H

#include "lang/sanitise.h"

struct list_element {
    const char *name;
    unsigned group;
    bool is_void;           /* no content, no end tag */
    const char *attributes; /* names, with blanks between */
};

enum list_value {
    LIST_TEXT,    /* any text */
    LIST_NUMBER,  /* up to 9 digits */
    LIST_LENGTH,  /* a number, px or % behind it allowed */
    LIST_ONE_OF,  /* one of the words */
    LIST_SET,     /* there or not; no value */
    LIST_ID,      /* no blanks; unique in the body */
    LIST_CLASSES, /* those of list_classes */
    LIST_LINK,    /* a URL that a visitor may follow */
    LIST_RESOURCE /* a URL that the page fetches */
};

struct list_attribute {
    const char *name;
    enum list_value value;
    const char *words;
};

extern const struct list_element list_elements[];
extern const size_t list_element_count;
extern const struct list_attribute list_attributes[];
extern const size_t list_attribute_count;
extern const char list_common_attributes[];
extern const char *const list_classes[];
extern const size_t list_class_count;
extern const char *const list_dropped_whole[];
extern const size_t list_dropped_whole_count;
extern const char list_embed_attributes[];

/* The element of that name (lower case), or NULL. */
const struct list_element *list_find_element(struct str name);
/* The attribute, if that element may have it, or NULL. */
const struct list_attribute *list_find_attribute(const struct list_element *element,
                                                 struct str name);
bool list_drops_whole(struct str name);
/* Whether `word` is one of `words`. */
bool list_has_word(const char *words, struct str word);
bool list_allows_class(struct str name);

#endif
