#include "pages/properties.h"

#include <stddef.h>
#include <stdlib.h>

/* In the order of the table, which is the alphabet's: a test proves it. */
static const struct str names[] = {
#define PROPERTY_NAME(name) STR_INIT(#name),
    PROPERTIES(PROPERTY_NAME)
#undef PROPERTY_NAME
};

static int compare(const void *key, const void *name)
{
    return str_cmp(*(const struct str *)key, *(const struct str *)name);
}

uint32_t property_number(struct str name)
{
    const struct str *found =
        bsearch(&name, names, sizeof names / sizeof *names, sizeof *names, compare);
    return found ? (uint32_t)(found - names) + 1 : PROPERTY_NONE;
}
