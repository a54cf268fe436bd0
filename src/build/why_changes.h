/* Which files changed since the last build, for the reasons of why.h: where a fact is about more
 * than one file, people want to hear which it was. */
#ifndef COPSE_BUILD_WHY_CHANGES_H
#define COPSE_BUILD_WHY_CHANGES_H

#include "build/incremental_internal.h"

struct why_change {
    struct str path;
    const char *how; /* "changed", "is new", "is gone" */
};

struct why_changes {
    const struct why_change *items; /* by path, those that are gone behind the others */
    size_t count;
};

/* Those of a build that knows the one before; paths live as long as that. */
struct why_changes why_changes_find(const struct incremental *incremental, struct arena *arena);

/* "content/i18n/en.yml changed", of the files whose paths begin so; with how many more there are.
 * Empty if there is none. */
struct str why_changes_say(const struct why_changes *changes, struct str start,
                           struct arena *arena);

#endif
