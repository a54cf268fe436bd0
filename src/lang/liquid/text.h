/* Text as filters work on it, and how text and html mix. */
#ifndef COPSE_LANG_LIQUID_TEXT_H
#define COPSE_LANG_LIQUID_TEXT_H

#include "lang/liquid/run.h"

/* A string of the same kind as `model`: html stays html, everything else is text. */
static inline struct value text_like(struct value model, struct str str)
{
    return model.type == VALUE_HTML ? value_html(str) : value_text(str);
}

/* Turns values into strings of one kind and returns whether that is html. If one is html with
 * markup in it, text with characters of markup is escaped first (only with autoescape). */
bool text_level(struct liquid_run *run, struct value *parts, size_t count);
struct value text_join(struct liquid_run *run, struct value *parts, size_t count);

enum text_case { TEXT_UPPER, TEXT_LOWER, TEXT_CAPITAL };
struct str text_case(struct liquid_run *run, struct str text, enum text_case how);

enum text_which { TEXT_ALL, TEXT_FIRST, TEXT_LAST };
/* An empty needle is found between all characters. */
struct str text_replace(struct liquid_run *run, struct str text, struct str needle, struct str with,
                        enum text_which which);

/* Ruby's String#split: a single space means any white space, an empty one each character, and empty
 * parts at the end are left out. */
struct value text_split(struct liquid_run *run, struct value input, struct str separator);

#endif
