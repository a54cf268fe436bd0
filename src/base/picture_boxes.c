/* ISO media boxes, and the items that a meta box lists. */
#include "base/picture_boxes.h"
#include "base/picture_internal.h"

enum { FULL_BOX = 4 /* version and flags before a full box's fields */ };

bool picture_box_next(struct str *rest, struct picture_box *box)
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

uint64_t picture_take(struct picture_fields *fields, size_t size)
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

static void read_properties(struct str within, struct picture_meta *meta)
{
    struct picture_box box;
    while (picture_box_next(&within, &box)) {
        if (str_eq(box.type, STR("ipco")))
            meta->properties = box.body;
        else if (str_eq(box.type, STR("ipma")))
            meta->associations = box.body;
    }
}

void picture_meta_read(struct str body, struct picture_meta *meta)
{
    struct str rest = str_after(body, FULL_BOX);
    struct picture_box box;
    *meta = (struct picture_meta){0};
    while (picture_box_next(&rest, &box)) {
        if (str_eq(box.type, STR("pitm")) && box.body.len >= 6) {
            bool wide = picture_byte(box.body, 0) > 0 && box.body.len >= 8;
            meta->primary = wide ? picture_be32(box.body, 4) : picture_be16(box.body, 4);
        } else if (str_eq(box.type, STR("iinf"))) {
            meta->item_infos = box.body;
        } else if (str_eq(box.type, STR("iloc"))) {
            meta->item_locations = box.body;
        } else if (str_eq(box.type, STR("idat"))) {
            meta->data = box.body;
        } else if (str_eq(box.type, STR("iprp"))) {
            read_properties(box.body, meta);
        }
    }
}

/* ---- items */

bool picture_item_is_metadata(const struct picture_item *item)
{
    return str_eq(item->type, STR("Exif")) || str_eq(item->type, STR("mime")) ||
           str_eq(item->type, STR("uri "));
}

struct picture_fields picture_items(const struct picture_meta *meta)
{
    struct picture_fields infos = {meta->item_infos, false};
    uint64_t version = picture_take(&infos, 1);
    picture_take(&infos, 3);
    picture_take(&infos, version == 0 ? 2 : 4);
    return infos;
}

bool picture_item_next(struct picture_fields *infos, struct picture_item *item)
{
    struct picture_box box;
    while (picture_box_next(&infos->rest, &box)) {
        struct picture_fields info = {box.body, false};
        uint64_t version = picture_take(&info, 1);
        picture_take(&info, 3);
        item->id = (uint32_t)picture_take(&info, version == 2 ? 2 : 4);
        picture_take(&info, 2);
        item->type = str_sub(info.rest, 0, 4);
        if (str_eq(box.type, STR("infe")) && version >= 2 && item->type.len == 4)
            return true;
    }
    return false;
}

/* ---- where they lie */

struct picture_extents picture_extents(const struct picture_meta *meta)
{
    struct picture_extents extents = {.fields = {meta->item_locations, false}};
    struct picture_fields *fields = &extents.fields;
    if (fields->rest.len == 0)
        return extents;
    extents.version = picture_take(fields, 1);
    picture_take(fields, 3);
    uint64_t sizes = picture_take(fields, 2);
    extents.offset_size = sizes >> 12 & 15;
    extents.length_size = sizes >> 8 & 15;
    extents.base_size = sizes >> 4 & 15;
    extents.index_size = extents.version > 0 ? sizes & 15 : 0;
    extents.items = picture_take(fields, extents.version < 2 ? 2 : 4);
    return extents;
}

static void begin_item(struct picture_extents *extents)
{
    struct picture_fields *fields = &extents->fields;
    extents->items--;
    extents->last.item = (uint32_t)picture_take(fields, extents->version < 2 ? 2 : 4);
    extents->last.method = extents->version > 0 ? (unsigned)picture_take(fields, 2) & 15 : 0;
    picture_take(fields, 2);
    extents->base = picture_take(fields, extents->base_size);
    extents->of_item = picture_take(fields, 2);
    extents->last.is_first = true;
}

bool picture_extent_next(struct picture_extents *extents, struct picture_extent *extent)
{
    struct picture_fields *fields = &extents->fields;
    while (extents->of_item == 0 && extents->items > 0 && !fields->broken)
        begin_item(extents);
    if (extents->of_item == 0 || fields->broken)
        return false;
    extents->of_item--;
    picture_take(fields, extents->index_size);
    extents->last.offset = extents->base + picture_take(fields, extents->offset_size);
    extents->last.length = picture_take(fields, extents->length_size);
    *extent = extents->last;
    extents->last.is_first = false;
    return !fields->broken;
}
