/* AVIF: the boxes of an ISO media file that tell the primary item's size, turn and metadata. */
#include "base/picture_internal.h"

enum {
    FULL_BOX = 4,       /* version and flags before a full box's fields */
    PROPERTIES = 256,   /* properties that are looked at; encoders write a dozen */
    META_MOST = 1 << 24 /* bytes of a meta box that is believed */
};

struct box {
    struct str type;
    struct str body;
};

/* What the meta box holds, and what was found in it. */
struct meta {
    struct str item_infos;     /* iinf */
    struct str item_locations; /* iloc */
    struct str properties;     /* ipco */
    struct str associations;   /* ipma */
    struct str data;           /* idat */
    uint32_t primary;
    bool has_exif;
    bool has_xmp;
    uint32_t exif;
    uint32_t xmp;
};

/* Takes the next box off *rest; false at the end or where one does not fit. */
static bool next_box(struct str *rest, struct box *box)
{
    if (rest->len < 8)
        return false;
    uint64_t size = picture_be32(*rest, 0);
    size_t head = 8;
    if (size == 1) {
        if (rest->len < 16)
            return false;
        size = (uint64_t)picture_be32(*rest, 8) << 32 | picture_be32(*rest, 12);
        head = 16;
    } else if (size == 0) {
        size = rest->len;
    }
    if (size < head || size > rest->len)
        return false;
    box->type = str_sub(*rest, 4, 8);
    box->body = str_sub(*rest, head, (size_t)size);
    *rest = str_after(*rest, (size_t)size);
    return true;
}

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

/* Reads the numbers of a box one after another; past its end they are 0 and `broken` is set. */
struct fields {
    struct str rest;
    bool broken;
};

static uint64_t take(struct fields *fields, size_t size)
{
    uint64_t number = 0;
    if (fields->rest.len < size) {
        fields->broken = true;
        return 0;
    }
    for (size_t i = 0; i < size; i++)
        number = number << 8 | picture_byte(fields->rest, i);
    fields->rest = str_after(fields->rest, size);
    return number;
}

static void read_item_infos(struct meta *meta)
{
    struct fields fields = {meta->item_infos, false};
    uint64_t version = take(&fields, 1);
    take(&fields, 3);
    take(&fields, version == 0 ? 2 : 4);
    struct box box;
    while (next_box(&fields.rest, &box)) {
        struct fields info = {box.body, false};
        uint64_t info_version = take(&info, 1);
        take(&info, 3);
        if (!str_eq(box.type, STR("infe")) || info_version < 2)
            continue;
        uint32_t id = (uint32_t)take(&info, info_version == 2 ? 2 : 4);
        take(&info, 2);
        if (str_starts(info.rest, STR("Exif")) && !meta->has_exif) {
            meta->has_exif = true;
            meta->exif = id;
        } else if (str_starts(info.rest, STR("mime")) && !meta->has_xmp) {
            meta->has_xmp = true;
            meta->xmp = id;
        }
    }
}

/* Marks in `wanted` which properties the primary item has, counted from 1. */
static void find_properties(const struct meta *meta, bool wanted[PROPERTIES])
{
    struct fields fields = {meta->associations, false};
    uint64_t version = take(&fields, 1);
    bool wide = take(&fields, 3) & 1;
    uint64_t count = take(&fields, 4);
    for (uint64_t i = 0; i < count && !fields.broken; i++) {
        uint64_t item = take(&fields, version < 1 ? 2 : 4);
        uint64_t associations = take(&fields, 1);
        for (uint64_t j = 0; j < associations && !fields.broken; j++) {
            uint64_t index = take(&fields, wide ? 2 : 1) & (wide ? 0x7FFF : 0x7F);
            if (item == meta->primary && index < PROPERTIES)
                wanted[index] = true;
        }
    }
}

/* Exif's number for a turn anticlockwise by quarters and then a mirror (ISO 23008-12, 6.5.10 and
 * 6.5.12): none, top to bottom, left to right. */
static const unsigned char orientations[4][3] = {{1, 4, 2}, {8, 5, 7}, {3, 2, 4}, {6, 7, 5}};

static void read_properties(const struct meta *meta, struct picture *picture)
{
    bool wanted[PROPERTIES] = {false};
    struct str rest = meta->properties;
    struct box box;
    unsigned quarters = 0;
    unsigned mirror = 0;
    find_properties(meta, wanted);
    picture->has_alpha =
        str_has(meta->properties, STR("urn:mpeg:mpegB:cicp:systems:auxiliary:alpha"));
    for (size_t i = 1; i < PROPERTIES && next_box(&rest, &box); i++) {
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
        }
    }
    picture->orientation = orientations[quarters][mirror];
}

static void read_metadata(const struct meta *meta, uint32_t item, struct str bytes,
                          struct picture *picture)
{
    struct picture found = {0};
    if (meta->has_exif && item == meta->exif && bytes.len >= 4) {
        picture_exif(str_after(bytes, (size_t)4 + picture_be32(bytes, 0)), &found);
        picture_exif(str_after(bytes, 4), &found);
    } else if (meta->has_xmp && item == meta->xmp) {
        picture_xmp(bytes, &found);
    }
    /* An AVIF's turn is irot's and imir's alone. */
    picture->has_place = picture->has_place || found.has_place;
}

/* Finds the Exif and XMP items' bytes: their first extents. */
static void read_locations(const struct picture_file *file, const struct meta *meta,
                           struct picture *picture)
{
    struct fields fields = {meta->item_locations, false};
    uint64_t version = take(&fields, 1);
    take(&fields, 3);
    uint64_t sizes = take(&fields, 2);
    size_t offset_size = sizes >> 12 & 15;
    size_t length_size = sizes >> 8 & 15;
    size_t base_size = sizes >> 4 & 15;
    size_t index_size = version > 0 ? sizes & 15 : 0;
    uint64_t count = take(&fields, version < 2 ? 2 : 4);
    for (uint64_t i = 0; i < count && !fields.broken; i++) {
        uint32_t item = (uint32_t)take(&fields, version < 2 ? 2 : 4);
        uint64_t method = version > 0 ? take(&fields, 2) & 15 : 0;
        take(&fields, 2);
        uint64_t base = take(&fields, base_size);
        uint64_t extents = take(&fields, 2);
        for (uint64_t j = 0; j < extents && !fields.broken; j++) {
            take(&fields, index_size);
            uint64_t offset = base + take(&fields, offset_size);
            uint64_t length = take(&fields, length_size);
            if (j > 0 || fields.broken)
                continue;
            struct picture_file data = {meta->data, {0}, meta->data.len};
            read_metadata(meta, item, picture_at(method == 1 ? &data : file, offset, length),
                          picture);
        }
    }
}

static void read_meta(const struct picture_file *file, struct str body, struct picture *picture)
{
    struct meta meta = {0};
    struct str rest = str_after(body, FULL_BOX);
    struct box box;
    while (next_box(&rest, &box)) {
        if (str_eq(box.type, STR("pitm")) && box.body.len >= 6) {
            bool wide = picture_byte(box.body, 0) > 0 && box.body.len >= 8;
            meta.primary = wide ? picture_be32(box.body, 4) : picture_be16(box.body, 4);
        } else if (str_eq(box.type, STR("iinf"))) {
            meta.item_infos = box.body;
        } else if (str_eq(box.type, STR("iloc"))) {
            meta.item_locations = box.body;
        } else if (str_eq(box.type, STR("idat"))) {
            meta.data = box.body;
        } else if (str_eq(box.type, STR("iprp"))) {
            struct str within = box.body;
            struct box inner;
            while (next_box(&within, &inner)) {
                if (str_eq(inner.type, STR("ipco")))
                    meta.properties = inner.body;
                else if (str_eq(inner.type, STR("ipma")))
                    meta.associations = inner.body;
            }
        }
    }
    read_properties(&meta, picture);
    read_item_infos(&meta);
    picture->has_metadata = picture->has_metadata || meta.has_exif || meta.has_xmp;
    if (meta.has_exif || meta.has_xmp)
        read_locations(file, &meta, picture);
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
    bool has_data = false;
    picture->animated = str_eq(picture_at(file, 8, 4), STR("avis"));
    for (uint64_t at = 0; at < file->size; at += place.size) {
        enum picture_state state = read_head(file, at, &place);
        if (state != PICTURE_SOUND)
            return state;
        has_data = has_data || str_eq(place.type, STR("mdat"));
        if (!str_eq(place.type, STR("meta")))
            continue;
        uint64_t length = at + place.size - place.body;
        struct str bytes = picture_at(file, place.body, length);
        if (length > META_MOST)
            return PICTURE_GARBLED;
        if (bytes.len < length)
            return picture_short(file, place.body + length);
        read_meta(file, bytes, picture);
    }
    if (picture->width == 0)
        return PICTURE_GARBLED;
    return has_data ? PICTURE_SOUND : PICTURE_CUT_OFF;
}
