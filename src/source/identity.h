/* Who works here, as git knows it: user.name and user.email; and where work
 * is sent. */
#ifndef COPSE_SOURCE_IDENTITY_H
#define COPSE_SOURCE_IDENTITY_H

#include "base/arena.h"
#include "base/str.h"
#include "source/place.h"

struct identity {
    struct str name;   /* empty: git was not told */
    struct str email;  /* likewise */
    struct str origin; /* the address of the remote that a push goes to; empty: there is none */
};

/* Reads git's configuration: of the repository at `place`, else (or for `place` NULL) of the user
 * and the system. A configuration that cannot be read says nothing. The texts are in `arena`,
 * trimmed; one that is not UTF-8 counts as missing. */
struct identity identity_read(const struct source_place *place, struct arena *arena);

#endif
