/* What the files of the picture stage share; pictures.h is the manual.
 *
 *     pictures.c        the stage: begins, tells, ends
 *     pictures_shown.c  pictures that pages show: smaller variants of files of the site
 *     pictures_drawn.c  social pictures and icons, which are drawn */
#ifndef COPSE_BUILD_PICTURES_INTERNAL_H
#define COPSE_BUILD_PICTURES_INTERNAL_H

#include "base/map.h"
#include "build/picture_cache.h"
#include "build/picture_client.h"
#include "build/picture_library.h"
#include "build/pictures.h"

#include <stdatomic.h>

enum { PICTURE_FILE_MOST = 64 * 1024 * 1024 };

/* How it went with one picture. */
enum picture_outcome { OUTCOME_UNTRIED, OUTCOME_SOUND, OUTCOME_UNDECODED, OUTCOME_FAILED };

struct pictures {
    struct pictures_options own;
    struct picture_cache cache;
    struct picture_library library;
    struct picture_client *clients; /* one a worker */
    struct picture_client *artists; /* likewise, for drawings */
    struct arena *arenas;           /* likewise, for texts that stay */
    unsigned workers;
    enum picture_outcome *outcomes; /* of each attachment */
    struct buf plain;               /* a social picture without a page's own words */
    atomic_size_t undrawn;          /* social pictures that are that */
    atomic_size_t made;
};

/* Has what is missing of attachment `index` made. From any worker. */
void pictures_make_missing(struct pictures *pictures, unsigned worker, size_t index);

/* Notes the names that the cache has for what is shown of attachment `index`. */
void pictures_note_used(const struct pictures *pictures, size_t index, struct map *used,
                        struct arena *arena);

/* Finds whether social pictures and icons can be drawn here, and notes where not; site->social and
 * site->icons say so from then on. */
void pictures_try_social(struct pictures *pictures, struct diags *diags);
void pictures_try_icons(struct pictures *pictures, struct diags *diags);

#endif
