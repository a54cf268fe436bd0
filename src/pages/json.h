/* Writing JSON (RFC 8259) front to back: commas come by themselves, text through json_escape(), so
 * that what is written may also stand in a <script>.
 *
 * Each function adds one value to the object or list that is open; `key` is its name in an object
 * and NULL in a list or at the top. The caller closes what it opened, in order. */
#ifndef COPSE_PAGES_JSON_H
#define COPSE_PAGES_JSON_H

#include "base/buf.h"
#include "base/date.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

void json_open_object(struct buf *out, const char *key);
void json_close_object(struct buf *out);
void json_open_list(struct buf *out, const char *key);
void json_close_list(struct buf *out);

void json_add_text(struct buf *out, const char *key, struct str text);
/* The same, but nothing at all for an empty text. */
void json_add_given(struct buf *out, const char *key, struct str text);
void json_add_integer(struct buf *out, const char *key, int64_t number);
void json_add_boolean(struct buf *out, const char *key, bool boolean);
/* In RFC 3339's form: a day, or a moment with its offset. */
void json_add_date(struct buf *out, const char *key, const struct date_time *time);

#endif
