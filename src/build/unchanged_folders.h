/* A folder of the site whose time moved though nothing in it came or went: most editors write a
 * file beside the one that is saved and rename it, which is a change of the folder. */
#ifndef COPSE_BUILD_UNCHANGED_FOLDERS_H
#define COPSE_BUILD_UNCHANGED_FOLDERS_H

#include "build/build.h"
#include "build/cache.h"

/* Whether the folder at `path` (absolute, NUL-terminated; one of cache->watched) lies in the site
 * and holds nothing but sources and folders that the last build read there. That none of these is
 * gone is not looked at. Where an ignored file lies there, the answer is no. */
bool unchanged_folder(const struct build_options *options, const struct cache *cache,
                      struct str path);

#endif
