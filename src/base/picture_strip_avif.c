/* AVIF without what is not the picture. Offsets into the file stand in many places of it, so
 * nothing is moved: what goes is overwritten with zeros, and its box or item gets a name that means
 * nothing. Of a still picture's data only the pieces stay that an item of the picture names. */
#include "base/picture_boxes.h"
#include "base/picture_internal.h"

#include <string.h>

enum { DEPTH_MOST = 4 /* moov, trak, mdia and what they hold */ };

/* The file as given and as it comes out: the same places in both. */
struct strip {
    struct str bytes;
    char *out;
};

static char *place_of(const struct strip *strip, struct str part)
{
    return strip->out + (part.ptr - strip->bytes.ptr);
}

static void blank(const struct strip *strip, struct str part)
{
    if (part.len > 0)
        memset(place_of(strip, part), 0, part.len);
}

static void rename_to(const struct strip *strip, struct str type, const char *name)
{
    memcpy(place_of(strip, type), name, 4);
}

static bool is_one_of(struct str type, const char *names)
{
    for (; *names; names += 4) {
        if (memcmp(type.ptr, names, 4) == 0)
            return true;
    }
    return false;
}

/* ---- items */

struct item_set {
    unsigned char bits[(AVIF_ITEM_MOST + 1) / 8];
};

static void find_metadata(const struct picture_meta *meta, struct item_set *set)
{
    struct picture_fields infos = picture_items(meta);
    struct picture_item item;
    memset(set, 0, sizeof *set);
    while (picture_item_next(&infos, &item)) {
        if (picture_item_is_metadata(&item) && item.id <= AVIF_ITEM_MOST)
            set->bits[item.id / 8] |= (unsigned char)(1U << item.id % 8);
    }
}

static bool has(const struct item_set *set, uint32_t id)
{
    return id <= AVIF_ITEM_MOST && set->bits[id / 8] >> id % 8 & 1;
}

static struct str piece(struct str whole, const struct picture_extent *extent)
{
    struct str rest = str_after(whole, (size_t)extent->offset);
    return extent->length == 0 ? rest : str_sub(rest, 0, (size_t)extent->length);
}

/* Brings back what the items of the picture name, where the data was blanked before, or else
 * (`moves`) blanks what the other items name. */
static void settle_items(const struct strip *strip, const struct picture_meta *meta, bool moves)
{
    struct item_set metadata;
    struct picture_extents extents = picture_extents(meta);
    struct picture_extent extent;
    find_metadata(meta, &metadata);
    while (picture_extent_next(&extents, &extent)) {
        if (extent.method > 1)
            continue;
        struct str part = piece(extent.method == 1 ? meta->data : strip->bytes, &extent);
        bool goes = has(&metadata, extent.item);
        if (goes && (moves || extent.method == 1))
            blank(strip, part);
        else if (!goes && !moves && extent.method == 0 && part.len > 0)
            memcpy(place_of(strip, part), part.ptr, part.len);
    }
}

static void rename_items(const struct strip *strip, const struct picture_meta *meta)
{
    struct picture_fields infos = picture_items(meta);
    struct picture_item item;
    while (picture_item_next(&infos, &item)) {
        if (picture_item_is_metadata(&item))
            rename_to(strip, item.type, "void");
    }
}

/* ---- boxes */

/* When it was made, and changed: 32 bits each, or 64 in version 1. */
static void blank_times(const struct strip *strip, struct str body)
{
    bool wide = body.len > 0 && picture_byte(body, 0) == 1;
    blank(strip, str_sub(body, 4, wide ? 20 : 12));
}

static void drop(const struct strip *strip, const struct picture_box *box)
{
    rename_to(strip, box->type, "free");
    blank(strip, box->body);
}

static void clean_movie(const struct strip *strip, struct str body, int depth)
{
    struct picture_box box;
    while (picture_box_next(&body, &box)) {
        if (is_one_of(box.type, "udtauuidmetafree"))
            drop(strip, &box);
        else if (is_one_of(box.type, "mvhdtkhdmdhd"))
            blank_times(strip, box.body);
        else if (depth < DEPTH_MOST && is_one_of(box.type, "trakmdia"))
            clean_movie(strip, box.body, depth + 1);
    }
}

static bool has_movie(struct str rest)
{
    struct picture_box box;
    while (picture_box_next(&rest, &box)) {
        if (str_eq(box.type, STR("moov")))
            return true;
    }
    return false;
}

/* One walk over the file's boxes: what is done with each, in this order. */
enum step { BLANK_DATA, SETTLE_ITEMS, CLEAN_BOXES };

static void walk(const struct strip *strip, enum step step, bool moves)
{
    struct str rest = strip->bytes;
    struct picture_box box;
    struct picture_meta meta;
    while (picture_box_next(&rest, &box)) {
        bool is_meta = str_eq(box.type, STR("meta"));
        if (is_meta)
            picture_meta_read(box.body, &meta);
        if (step == BLANK_DATA && str_eq(box.type, STR("mdat")))
            blank(strip, box.body);
        else if (step == SETTLE_ITEMS && is_meta)
            settle_items(strip, &meta, moves);
        else if (step == CLEAN_BOXES && is_meta)
            rename_items(strip, &meta);
        else if (step == CLEAN_BOXES && str_eq(box.type, STR("moov")))
            clean_movie(strip, box.body, 1);
        else if (step == CLEAN_BOXES && !is_one_of(box.type, "ftypmdat"))
            drop(strip, &box);
    }
}

void picture_strip_avif(struct str bytes, struct buf *out)
{
    size_t start = out->len;
    buf_add(out, bytes);
    const struct strip strip = {bytes, out->ptr + start};
    bool moves = has_movie(bytes);
    if (!moves)
        walk(&strip, BLANK_DATA, moves);
    walk(&strip, SETTLE_ITEMS, moves);
    walk(&strip, CLEAN_BOXES, moves);
}
