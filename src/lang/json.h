/* Reading JSON (RFC 8259) into values, for data that a person gives to a template.
 *
 * Strict: no comments, no trailing commas, one value a text; a BOM at the start is skipped.
 * Objects keep their order; of a key that stands twice the last value counts, at the place of the
 * first (as most readers do). Every string is VALUE_TEXT. A number without fraction and exponent is
 * VALUE_INTEGER, beyond int64 VALUE_BIG; any other is VALUE_FLOAT. A \u escape that is half a pair
 * becomes U+FFFD.
 *
 * Input is untrusted: at most JSON_MAX_DEPTH levels; time and memory are linear. Codes of the
 * diagnostics: json-syntax, not-utf8. */
#ifndef COPSE_LANG_JSON_H
#define COPSE_LANG_JSON_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"
#include "lang/value.h"

#define JSON_MAX_DEPTH 256

/* Reads the whole text. Returns 0 with *out set, its bytes in `arena`, or -1 after one error that
 * names the place. */
int json_read(const struct text *text, struct arena *arena, struct diags *diags, struct value *out);

#endif
