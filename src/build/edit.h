/* A build in which only the texts of a few entries changed, and only so that nothing but these
 * texts has to be linked anew: an article is mended, a bio gets a sentence more.
 *
 * The frozen site of the last build (frozen.h) is mapped, the entry is given its new record, and
 * what is made of it is made: the facts that are its own, the outputs that read them, its words in
 * the search index. The rest of the cache, the manifest and the output stay as they are, so that it
 * costs what the edit is, not what the site is.
 *
 * That nobody touched the outputs meanwhile is found out by the other threads while the edit is
 * made in memory; nothing is put into place before it is known.
 *
 *     edit_texts.c     reads the texts, and sees whether that is all that changed
 *     edit_search.c    the files of the search index that these change
 *     edit_pages.c     which outputs read what changed; makes these, in memory
 *     edit_publish.c   puts them into the output, and what is now known into the cache
 *
 * Whatever is not that simple (front matter that changed, a link to another page, a heading that is
 * gone, anything there is to say) is left to a whole build, before the output was touched. */
#ifndef COPSE_BUILD_EDIT_H
#define COPSE_BUILD_EDIT_H

#include "build/unchanged.h"

/* Does it, if it is one. Returns true when the site is published, with that in `report` and `diags`
 * as after a whole build; false: nothing was said or done that a whole build does not do. `began`
 * is cache_clock() from before `look` was taken, which ends here. */
bool edit_build(const struct build_options *options, struct unchanged_look *look, int64_t began,
                struct pool *pool, struct arena *arena, struct diags *diags,
                struct build_report *report);

#endif
