/* The table behind confusable.h. */
#ifndef COPSE_LANG_CONFUSABLE_INTERNAL_H
#define COPSE_LANG_CONFUSABLE_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

struct confusable {
    uint32_t letter;
    char looks[4]; /* as this, NUL-terminated ASCII letters and digits */
};

extern const struct confusable confusables[]; /* sorted by letter */
extern const size_t confusable_count;

#endif
