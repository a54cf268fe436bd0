/* The boxes of an ISO media file (ISO 14496-12) and the items of its meta box, shared by who reads
 * an AVIF and who strips it. All lengths are checked; nothing is copied. */
#ifndef COPSE_BASE_PICTURE_BOXES_H
#define COPSE_BASE_PICTURE_BOXES_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct picture_box {
    struct str type; /* four bytes of the file */
    struct str body;
};

/* Takes the next box off *rest; false at the end or where one does not fit. */
bool picture_box_next(struct str *rest, struct picture_box *box);

/* Numbers one after another; past the end they are 0 and `broken` is set. */
struct picture_fields {
    struct str rest;
    bool broken;
};
uint64_t picture_take(struct picture_fields *fields, size_t size);

/* The parts of a meta box that tell about items; empty where they are not there. */
struct picture_meta {
    struct str item_infos;     /* iinf */
    struct str item_locations; /* iloc */
    struct str properties;     /* ipco */
    struct str associations;   /* ipma */
    struct str data;           /* idat */
    uint32_t primary;
};
void picture_meta_read(struct str body, struct picture_meta *meta);

/* An item, and whether it is something about the picture and no part of it. */
struct picture_item {
    uint32_t id;
    struct str type; /* four bytes of the file */
};
bool picture_item_is_metadata(const struct picture_item *item);

/* What is left of meta->item_infos, and then one item after another. */
struct picture_fields picture_items(const struct picture_meta *meta);
bool picture_item_next(struct picture_fields *infos, struct picture_item *item);

/* Where a piece of an item's bytes lies. */
struct picture_extent {
    uint32_t item;
    unsigned method; /* 0: offset in the file, 1: in the meta box's idat, 2: in another item */
    bool is_first;
    uint64_t offset;
    uint64_t length; /* 0: all that follows */
};

struct picture_extents {
    struct picture_fields fields; /* broken where the table does not hold what it announces */
    uint64_t version;
    size_t offset_size, length_size, base_size, index_size;
    uint64_t items;   /* that are still to come */
    uint64_t of_item; /* extents still to come of the current one */
    uint64_t base;
    struct picture_extent last;
};
struct picture_extents picture_extents(const struct picture_meta *meta);
bool picture_extent_next(struct picture_extents *extents, struct picture_extent *extent);

#endif
