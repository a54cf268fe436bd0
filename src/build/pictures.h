/* The stage between site and plan in which pictures are made (DESIGN §3: nothing flows backwards;
 * the plan must know which variants there are).
 *
 *     pictures_begin   plans variants (site/variants.h), has those made that the cache does not
 *                      hold, in parallel, and takes away what cannot be made
 *     pictures_write   the bytes of one, for its output
 *     pictures_draw    the same of a page's social picture (site->social)
 *     pictures_draw_icon  and of an icon (site->icons)
 *     pictures_end     ends the programs that were started and keeps the cache within its size
 *
 * A picture that the library cannot decode gets a fault (struct attachment), which is told where
 * it is named. Where there is no copse-pictures, or it fails, pictures are published as they are,
 * without their metadata, and a note says so.
 *
 * What is not published is not made: `copse check` plans as if all could be, and `copse review`
 * compares stand-ins that say which picture is made into what. */
#ifndef COPSE_BUILD_PICTURES_H
#define COPSE_BUILD_PICTURES_H

#include "base/diag.h"
#include "base/pool.h"
#include "site/variants.h"
#include "source/source.h"

struct pictures;

struct pictures_options {
    const struct fs *fs;
    const char *folder; /* of copse's cache; NUL-terminated */
    int64_t clock;      /* nanoseconds since 1970 */
    struct source *source;
    struct site *site;
    struct pool *pool;
    bool make; /* else only planned */
    /* Told how far it is, from the calling thread only. */
    void (*progress)(void *context, size_t done, size_t total);
    void *progress_context;
};

/* Returns NULL if no page shows a picture that could be made smaller and none has one to be drawn.
 * In `arena`. */
struct pictures *pictures_begin(const struct pictures_options *options, struct arena *arena,
                                struct diags *diags);
/* Notes what failed on the way. NULL is fine. */
void pictures_tell(const struct pictures *pictures, struct diags *diags);
void pictures_end(struct pictures *pictures); /* NULL is fine */

/* The files besides the site's own on which it depends what is made: the program and its library.
 * NUL-terminated. */
size_t pictures_watched(const struct pictures *pictures, struct str files[2]);

/* How many variants were made and not found in the cache. */
size_t pictures_made(const struct pictures *pictures);

/* Appends the bytes of a variant (or of attachment->whole) to `out`. From any worker of the pool,
 * each with its own number. Returns 0, or -1 after an error. */
int pictures_write(struct pictures *pictures, unsigned worker,
                   const struct picture_variant *variant, struct arena *scratch,
                   struct diags *diags, struct buf *out);

/* Appends a JPEG of 1200 by 630 pixels, drawn of a drawing of that size (SVG), to `out`; where the
 * program fails at it a plain one with the site's title, and a note says so at the end. Likewise
 * from any worker. Always returns 0. */
int pictures_draw(struct pictures *pictures, unsigned worker, struct str drawing,
                  struct arena *scratch, struct buf *out);

/* Appends a PNG of `size` by `size` pixels, drawn of a drawing of that size. Likewise from any
 * worker. Returns 0, or -1 after an error. */
int pictures_draw_icon(struct pictures *pictures, unsigned worker, struct str drawing,
                       uint32_t size, struct arena *scratch, struct diags *diags, struct buf *out);

#endif
