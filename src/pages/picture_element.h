/* A picture as a page shows it: small enough for the screen it is on.
 *
 *     <picture><source type="image/webp" srcset="… 192w, … 112w" sizes="6rem"><img src="…"
 *     srcset="…" sizes="6rem" width="320" height="320" alt="" loading="lazy" class="tone-c93">
 *     </picture>
 *
 * until it is there, its place is kept free (width and height) and has the picture's mean colour:
 * the class tone-RGB, one of the 216 of assets/tones.css, because pages must work where no inline
 * style and no data: picture is allowed (Content-Security-Policy: default-src 'self'). A picture
 * without variants (site/variants.h) is an img alone. */
#ifndef COPSE_PAGES_PICTURE_ELEMENT_H
#define COPSE_PAGES_PICTURE_ELEMENT_H

#include "base/buf.h"
#include "pages/plan.h"
#include "site/variants.h"

/* What the layout wants of it; all may be empty. */
struct picture_manner {
    struct str alt;
    struct str class_names;
    struct str sizes; /* in place of the shape's */
    bool eager;       /* to be loaded at once: what is seen first */
};

/* The picture at a root-relative URL of this site, with or without its base path; NULL if it is
 * none that lies beside content. */
const struct attachment *picture_at_url(const struct site *site, struct str url);

/* Writes a picture in the shape `set` (NULL: as it is) by a layout's wish. */
void picture_element_write(const struct site *site, const struct attachment *attachment,
                           const struct picture_set *set, const struct picture_manner *manner,
                           struct buf *out);

/* `<img>` of any other URL, escaped. */
void picture_element_write_plain(struct str url, const struct picture_manner *manner,
                                 struct buf *out);

/* The parts, for who writes the img: what stands before it ("<picture><source …>"), and the
 * attributes srcset and sizes, each with a space in front. */
void picture_element_open(const struct site *site, const struct picture_set *set, struct str sizes,
                          struct buf *out);
void picture_element_sources(const struct site *site, const struct picture_set *set,
                             struct str sizes, struct buf *out);

/* Width and height as the picture is published at its own address. */
void picture_published_size(const struct attachment *attachment, uint32_t *width, uint32_t *height);

#endif
