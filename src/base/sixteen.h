/* Sixteen bytes of a text looked at as one, in whatever the processor has for that: for what most
 * texts hold little of, such as bytes that HTML writes otherwise.
 *
 * Comparing gives another such vector, 0xFF where it is so: `(sixteen)(b == '<')`. */
#ifndef COPSE_BASE_SIXTEEN_H
#define COPSE_BASE_SIXTEEN_H

#include "base/str.h"

#include <stdint.h>
#include <string.h>

typedef unsigned char sixteen __attribute__((vector_size(16)));

static inline sixteen sixteen_at(const char *bytes)
{
    sixteen loaded;
    memcpy(&loaded, bytes, sizeof loaded);
    return loaded;
}

/* Where a byte lies between `first` and `last`, both included. */
static inline sixteen sixteen_within(sixteen bytes, unsigned char first, unsigned char last)
{
    return (sixteen)(bytes - first <= (unsigned char)(last - first));
}

static inline bool sixteen_any(sixteen found)
{
    uint64_t halves[2];
    memcpy(halves, &found, sizeof halves);
    return (halves[0] | halves[1]) != 0;
}

/* The first offset from `at` on behind which one of the sought bytes may stand: those before it are
 * in sixteens that `may_matter` says no of; the text's length if all are. Inlined, with what it is
 * given. */
static inline size_t sixteen_skip(struct str text, size_t at, bool (*may_matter)(sixteen bytes))
{
    for (; at + sizeof(sixteen) <= text.len; at += sizeof(sixteen)) {
        if (may_matter(sixteen_at(text.ptr + at)))
            return at;
    }
    /* What is left, with some of what was looked at already. */
    bool rest = at < text.len && text.len >= sizeof(sixteen);
    return rest && !may_matter(sixteen_at(text.ptr + text.len - sizeof(sixteen))) ? text.len : at;
}

#endif
