/* The constructs of Atom (RFC 4287, section 3) that several elements are made of. */
#ifndef COPSE_PAGES_ATOM_H
#define COPSE_PAGES_ATOM_H

#include "base/buf.h"
#include "base/date.h"

/* A moment, with its offset. */
void atom_add_time(struct buf *out, const char *element, struct date_time time);
void atom_add_link(struct buf *out, const char *relation, const char *type, struct str url);
/* An author or contributor; `url` may be empty. */
void atom_add_person(struct buf *out, const char *element, struct str name, struct str url);

#endif
