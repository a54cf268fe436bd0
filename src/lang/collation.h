/* Sort keys: bytes that memcmp (str_cmp) puts into the order people expect.
 *
 * Base letters decide first, accents second (E before É), case third; digits sort by value; what is
 * neither letter nor digit separates words and decides last. utf8proc.h is included only here,
 * in slug and in fold. */
#ifndef COPSE_LANG_COLLATION_H
#define COPSE_LANG_COLLATION_H

#include "base/arena.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

/* The key of a text, in the arena. Long texts count with their first 200 characters. */
struct str collation_key(struct arena *arena, struct str text);

/* How names of people are sorted. */
struct collation_name {
    bool by_family;              /* by the last word, with the particles before it skipped */
    const struct str *particles; /* "de la", "van": skipped in front of the family name */
    size_t particle_count;
};

/* The key of a person's name; the whole name decides between equal family names. */
struct str collation_name_key(struct arena *arena, struct str name,
                              const struct collation_name *options);

/* The letter of the directory that a key stands under: 'A' to 'Z', or '#'. */
char collation_letter(struct str key);

#endif
