/* The one dynamic value: what front matter, data files and layouts compute with.
 *
 * Values are small and copied; what they point to lives in an arena or is static, and is constant
 * once made. Text and html differ so that a layout escapes the one and not the other: whatever came
 * from front matter or data is text; rendered Markdown and a layout's own literals are html.
 *
 * Records reach layouts as VALUE_OBJECT: a class (a table of functions) and a pointer. Every look a
 * layout takes at the site passes through that table with a value_reader, which is where the
 * incremental build notes what a page read (DESIGN §5). */
#ifndef COPSE_LANG_VALUE_H
#define COPSE_LANG_VALUE_H

#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum value_type {
    VALUE_NIL,
    VALUE_BOOLEAN,
    VALUE_INTEGER,
    VALUE_BIG, /* an integer beyond int64: decimal digits, perhaps a '-', in `str` */
    VALUE_FLOAT,
    VALUE_TEXT, /* untrusted text */
    VALUE_HTML, /* trusted markup */
    VALUE_LIST,
    VALUE_MAP,
    VALUE_RANGE,
    VALUE_TIME,
    VALUE_OBJECT,
    VALUE_EMPTY, /* Liquid's `empty` and `blank` */
    VALUE_BLANK
};

struct value;
struct value_entry;
struct value_class;

struct value_list {
    const struct value *items;
    size_t count;
};

/* Entries in source order; a key stands once. Large maps carry an index, which value_map() makes;
 * a map put together by hand leaves it NULL and is searched from front to back. */
struct value_map {
    const struct value_entry *entries;
    size_t count;
    const uint32_t *index; /* slot_count numbers of entries, plus 1, by the hashes of their keys */
    uint32_t slot_count;
};

struct value_range {
    int64_t first;
    int64_t last;
};

/* A moment with the zone it is shown in. */
struct value_time {
    struct date_time time;
    struct str zone_name; /* for %Z; may be empty */
};

struct value {
    enum value_type type;
    union {
        bool boolean;
        int64_t integer;
        double number;
        struct str str;
        const struct value_list *list;
        const struct value_map *map;
        const struct value_range *range;
        const struct value_time *time;
        struct {
            const struct value_class *class;
            const void *self;
        } object;
    };
};

struct value_entry {
    struct str key;
    struct value value;
};

/* A name that a layout looks up: its text, and its number in the host's table of known names
 * (0 if it has none), found once when the template compiles so that classes can `switch`. */
struct value_key {
    struct str name;
    uint32_t symbol;
};

/* Who is looking: memory for what a look-up has to compute (a job arena), and the host's notes. */
struct value_reader {
    struct arena *arena;
    void *context;
};

/* What an object can do. A member that is NULL is not offered. */
struct value_class {
    const char *name; /* for `inspect` and messages: "article" */
    /* Whether `self` outlives all renderings: a pointer to it then says which thing is meant. */
    bool lasting;
    /* The property `key`, VALUE_NIL if there is none. */
    struct value (*get)(const void *self, struct value_key key, struct value_reader *reader);
    /* A lazy list: how many items, and item `index` < count. */
    size_t (*count)(const void *self, struct value_reader *reader);
    struct value (*item)(const void *self, size_t index, struct value_reader *reader);
    /* The keys in order, for `jsonify`, `inspect` and loops over it (as pairs). */
    struct value (*keys)(const void *self, struct value_reader *reader); /* a list of text */
    /* What {{ object }} prints. */
    struct value (*print)(const void *self, struct value_reader *reader);
};

static inline struct value value_nil(void)
{
    return (struct value){.type = VALUE_NIL};
}

static inline struct value value_boolean(bool boolean)
{
    return (struct value){.type = VALUE_BOOLEAN, .boolean = boolean};
}

static inline struct value value_integer(int64_t integer)
{
    return (struct value){.type = VALUE_INTEGER, .integer = integer};
}

static inline struct value value_float(double number)
{
    return (struct value){.type = VALUE_FLOAT, .number = number};
}

/* Borrowed: the bytes must outlive the value. */
static inline struct value value_text(struct str str)
{
    return (struct value){.type = VALUE_TEXT, .str = str};
}

static inline struct value value_html(struct str str)
{
    return (struct value){.type = VALUE_HTML, .str = str};
}

/* Text, or nil if it is empty: absent and empty front matter are the same. */
struct value value_text_or_nil(struct str str);

static inline struct value value_object(const struct value_class *class, const void *self)
{
    return (struct value){.type = VALUE_OBJECT, .object = {class, self}};
}

/* A list over `items`, which must outlive it; the list head is made in `arena`. A map likewise (and
 * its index). */
struct value value_list(struct arena *arena, const struct value *items, size_t count);
struct value value_map(struct arena *arena, const struct value_entry *entries, size_t count);
struct value value_time(struct arena *arena, struct date_time time, struct str zone_name);

/* The value under `key` of a map, or NULL. */
const struct value *value_map_get(const struct value_map *map, struct str key);

/* Whether it is text or html. */
bool value_is_string(struct value value);

#endif
