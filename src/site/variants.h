/* What is made of a site's pictures: smaller ones, of the sizes that its layouts ask for.
 *
 * layouts/pictures.yml names *shapes*, each with the pictures it is for (a member's `photo`, the
 * `image` of a record, the pictures in its `text`), its widths and, where pictures are cut to it,
 * its proportion:
 *
 *     portrait:
 *       for: photo
 *       shape: 1:1
 *       widths: [64, 112, 192, 320]
 *       sizes: 6rem
 *       whole: 1024
 *
 * Out of that and the size that a picture's file says, and nothing else, follow its *variants*:
 * each width of each shape it may be asked for in, no wider than the picture itself, once as AVIF
 * or WebP (site.yml's `pictures`) and once as JPEG, or as PNG where it is transparent, for browsers
 * that know neither. So the plan is known before anything is decoded, and pages name variants
 * without waiting for them. A picture that moves has none: it is published as it is.
 *
 * A variant lies beside its picture: /members/jo/photo.jpg has /members/jo/photo.jpg.192x192.webp,
 * an address that stays when the picture is replaced by a better one. Where a shape has `whole`,
 * the picture at its own address is no larger than that on its longer side either: who follows a
 * link to it, and a feed reader, need no 12 megapixels. */
#ifndef COPSE_SITE_VARIANTS_H
#define COPSE_SITE_VARIANTS_H

#include "base/picture_request.h"
#include "site/site.h"

/* What pages show a picture as; bits. */
enum picture_use { PICTURE_AS_PHOTO = 1, PICTURE_AS_IMAGE = 2, PICTURE_IN_TEXT = 4 };

enum { SHAPE_WIDTHS_MOST = 8 };

struct picture_shape {
    struct str name;
    unsigned uses;
    uint32_t across; /* its proportion; 0 and 0: each picture's own */
    uint32_t down;
    uint32_t widths[SHAPE_WIDTHS_MOST]; /* the widest first */
    size_t width_count;
    uint32_t whole;   /* 0: as large as it is */
    struct str sizes; /* for the attribute `sizes` */
};

struct picture_variant {
    const struct attachment *attachment;
    struct picture_wish wish;
    struct str url; /* root-relative */
};

/* One width of a shape, in both formats. */
struct picture_step {
    const struct picture_variant *modern;
    const struct picture_variant *fallback;
};

/* A picture in a shape. */
struct picture_set {
    const struct picture_shape *shape;
    const struct picture_step *steps; /* the widest first; at least one */
    size_t count;
};

/* Finds which pictures the published records show and gives these their variants. */
void variants_plan(struct site *site, struct arena *arena);

/* Takes them from a picture again: it cannot be made. */
void variants_drop(struct attachment *attachment);

/* The picture in the shape of that name, or NULL if it has none. */
const struct picture_set *variants_set(const struct attachment *attachment, struct str shape);

/* The first shape in which it is for a use; NULL if there is none. */
const struct picture_set *variants_for(const struct attachment *attachment, enum picture_use use);

/* "Width by height and how": what tells a wish from others, for keys. Appends to `out`. */
void variants_describe(const struct picture_wish *wish, struct buf *out);

#endif
