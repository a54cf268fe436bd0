/* AVIF: the boxes of an ISO media file that tell the primary item's size, turn and metadata. */
#include "base/picture_boxes.h"
#include "base/picture_internal.h"

enum {
    PROPERTIES = 256,    /* properties that are looked at; encoders write a dozen */
    META_MOST = 1 << 24, /* bytes of a meta box that is believed */
    DISPLAY_P3 = 12      /* of the primaries of ISO 23091-2 */
};

bool picture_is_avif(struct str bytes)
{
    if (bytes.len < 16 || !str_eq(str_sub(bytes, 4, 8), STR("ftyp")))
        return false;
    size_t end = picture_be32(bytes, 0);
    struct str brands = str_sub(bytes, 8, end > 512 ? 512 : end);
    for (size_t at = 0; at + 4 <= brands.len; at += at == 0 ? 8 : 4) {
        struct str brand = str_sub(brands, at, at + 4);
        if (str_eq(brand, STR("avif")) || str_eq(brand, STR("avis")))
            return true;
    }
    return false;
}

/* The first of each kind. */
struct metadata {
    bool has_exif;
    bool has_xmp;
    bool has_more; /* of whatever kind */
    uint32_t exif;
    uint32_t xmp;
};

static struct metadata find_metadata(const struct picture_meta *meta)
{
    struct metadata found = {0};
    struct picture_fields infos = picture_items(meta);
    struct picture_item item;
    while (picture_item_next(&infos, &item)) {
        found.has_more = found.has_more || picture_item_is_metadata(&item);
        if (str_eq(item.type, STR("Exif")) && !found.has_exif) {
            found.has_exif = true;
            found.exif = item.id;
        } else if (str_eq(item.type, STR("mime")) && !found.has_xmp) {
            found.has_xmp = true;
            found.xmp = item.id;
        }
    }
    return found;
}

/* Marks in `wanted` which properties the primary item has, counted from 1. */
static void find_properties(const struct picture_meta *meta, bool wanted[PROPERTIES])
{
    struct picture_fields fields = {meta->associations, false};
    uint64_t version = picture_take(&fields, 1);
    bool wide = picture_take(&fields, 3) & 1;
    uint64_t count = picture_take(&fields, 4);
    for (uint64_t i = 0; i < count && !fields.broken; i++) {
        uint64_t item = picture_take(&fields, version < 1 ? 2 : 4);
        uint64_t associations = picture_take(&fields, 1);
        for (uint64_t j = 0; j < associations && !fields.broken; j++) {
            uint64_t index = picture_take(&fields, wide ? 2 : 1) & (wide ? 0x7FFF : 0x7F);
            if (item == meta->primary && index < PROPERTIES)
                wanted[index] = true;
        }
    }
}

/* Exif's number for a turn anticlockwise by quarters and then a mirror (ISO 23008-12, 6.5.10 and
 * 6.5.12): none, top to bottom, left to right. */
static const unsigned char orientations[4][3] = {{1, 4, 2}, {8, 5, 7}, {3, 2, 4}, {6, 7, 5}};

static void read_properties(const struct picture_meta *meta, struct picture *picture)
{
    bool wanted[PROPERTIES] = {false};
    struct str rest = meta->properties;
    struct picture_box box;
    unsigned quarters = 0;
    unsigned mirror = 0;
    find_properties(meta, wanted);
    picture->has_alpha =
        str_has(meta->properties, STR("urn:mpeg:mpegB:cicp:systems:auxiliary:alpha"));
    for (size_t i = 1; i < PROPERTIES && picture_box_next(&rest, &box); i++) {
        if (!wanted[i])
            continue;
        if (str_eq(box.type, STR("ispe")) && box.body.len >= 12) {
            picture->width = picture_be32(box.body, 4);
            picture->height = picture_be32(box.body, 8);
        } else if (str_eq(box.type, STR("irot")) && box.body.len >= 1) {
            quarters = picture_byte(box.body, 0) & 3;
        } else if (str_eq(box.type, STR("imir")) && box.body.len >= 1) {
            mirror = 1 + (picture_byte(box.body, 0) & 1);
        } else if (str_eq(box.type, STR("colr")) &&
                   (str_starts(box.body, STR("prof")) || str_starts(box.body, STR("rICC")))) {
            picture->has_profile = true;
        } else if (str_eq(box.type, STR("colr")) && str_starts(box.body, STR("nclx")) &&
                   box.body.len >= 6) {
            picture->is_p3 = picture_be16(box.body, 4) == DISPLAY_P3;
        }
    }
    picture->orientation = orientations[quarters][mirror];
}

static void read_metadata(const struct metadata *metadata, uint32_t item, struct str bytes,
                          struct picture *picture)
{
    struct picture found = {0};
    if (metadata->has_exif && item == metadata->exif && bytes.len >= 4) {
        picture_exif(str_after(bytes, (size_t)4 + picture_be32(bytes, 0)), &found);
        picture_exif(str_after(bytes, 4), &found);
    } else if (metadata->has_xmp && item == metadata->xmp) {
        picture_xmp(bytes, &found);
    }
    /* An AVIF's turn is irot's and imir's alone. */
    picture->has_place = picture->has_place || found.has_place;
}

/* Whether all pieces of all items lie within the file, without being named over and over; and what
 * the Exif and XMP items say, in their first pieces. `named` counts the bytes of the pieces. */
static enum picture_state read_locations(const struct picture_file *file,
                                         const struct picture_meta *meta, uint64_t *named,
                                         struct picture *picture)
{
    const struct metadata metadata = find_metadata(meta);
    const struct picture_file data = {meta->data, {0}, meta->data.len};
    struct picture_extents extents = picture_extents(meta);
    struct picture_extent extent;
    picture->has_metadata = picture->has_metadata || metadata.has_more;
    while (picture_extent_next(&extents, &extent)) {
        const struct picture_file *in = extent.method == 1 ? &data : file;
        if (extent.item > AVIF_ITEM_MOST)
            return PICTURE_GARBLED;
        if (extent.method > 1)
            continue;
        if (extent.offset > in->size || extent.length > in->size - extent.offset)
            return extent.method == 1 ? PICTURE_GARBLED : PICTURE_CUT_OFF;
        if (extent.length == 0)
            extent.length = in->size - extent.offset;
        *named += extent.length;
        if (*named > 4 * file->size)
            return PICTURE_GARBLED;
        if (extent.is_first)
            read_metadata(&metadata, extent.item, picture_at(in, extent.offset, extent.length),
                          picture);
    }
    return extents.fields.broken ? PICTURE_GARBLED : PICTURE_SOUND;
}

/* A box of the file, which need not be at hand. */
struct place {
    struct str type;
    uint64_t size;
    uint64_t body; /* where its body begins */
};

static enum picture_state read_head(const struct picture_file *file, uint64_t at,
                                    struct place *place)
{
    struct str head = picture_at(file, at, 16);
    *place = (struct place){.body = at + 8};
    if (head.len < 8)
        return picture_short(file, at + 8);
    place->type = str_sub(head, 4, 8);
    place->size = picture_be32(head, 0);
    if (place->size == 0)
        place->size = file->size - at;
    if (place->size == 1) {
        if (head.len < 16)
            return picture_short(file, at + 16);
        place->size = (uint64_t)picture_be32(head, 8) << 32 | picture_be32(head, 12);
        place->body = at + 16;
    }
    if (place->size < place->body - at)
        return PICTURE_GARBLED;
    return place->size > file->size - at ? PICTURE_CUT_OFF : PICTURE_SOUND;
}

enum picture_state picture_read_avif(const struct picture_file *file, struct picture *picture)
{
    struct place place;
    struct picture_meta meta;
    bool has_data = false;
    bool has_meta = false;
    uint64_t named = 0;
    picture->animated = str_eq(picture_at(file, 8, 4), STR("avis"));
    for (uint64_t at = 0; at < file->size; at += place.size) {
        enum picture_state state = read_head(file, at, &place);
        if (state != PICTURE_SOUND)
            return state;
        has_data = has_data || str_eq(place.type, STR("mdat"));
        if (str_eq(place.type, STR("uuid")) || str_eq(place.type, STR("udta")))
            picture->has_metadata = true;
        if (!str_eq(place.type, STR("meta")))
            continue;
        uint64_t length = at + place.size - place.body;
        struct str bytes = picture_at(file, place.body, length);
        if (length > META_MOST || has_meta)
            return PICTURE_GARBLED;
        has_meta = true;
        if (bytes.len < length)
            return picture_short(file, place.body + length);
        picture_meta_read(bytes, &meta);
        read_properties(&meta, picture);
        state = read_locations(file, &meta, &named, picture);
        if (state != PICTURE_SOUND)
            return state;
    }
    if (picture->width == 0)
        return PICTURE_GARBLED;
    return has_data ? PICTURE_SOUND : PICTURE_CUT_OFF;
}
