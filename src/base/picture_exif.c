/* Exif and XMP: the orientation and whether a place is named. */
#include "base/picture_internal.h"

enum {
    TAG_ORIENTATION = 0x0112,
    TAG_GPS = 0x8825,
    GPS_LATITUDE = 2,
    GPS_LONGITUDE = 4,
    GPS_DEST_LATITUDE = 0x14,
    GPS_DEST_LONGITUDE = 0x16,
    GPS_AREA = 0x1C,
    TYPE_SHORT = 3,
    TYPE_LONG = 4,
    ENTRY_SIZE = 12
};

struct tiff {
    struct str bytes;
    bool big_endian;
};

static uint32_t number16(const struct tiff *tiff, size_t at)
{
    return tiff->big_endian ? picture_be16(tiff->bytes, at) : picture_le16(tiff->bytes, at);
}

static uint32_t number32(const struct tiff *tiff, size_t at)
{
    return tiff->big_endian ? picture_be32(tiff->bytes, at) : picture_le32(tiff->bytes, at);
}

/* How many whole entries the directory at `at` has: at most 65535, and no more than there are. */
static size_t entry_count(const struct tiff *tiff, size_t at)
{
    if (at > tiff->bytes.len || tiff->bytes.len - at < 2)
        return 0;
    size_t most = (tiff->bytes.len - at - 2) / ENTRY_SIZE;
    size_t count = number16(tiff, at);
    return count < most ? count : most;
}

static bool gps_names_place(const struct tiff *tiff, size_t at)
{
    size_t count = entry_count(tiff, at);
    for (size_t i = 0; i < count; i++) {
        uint32_t tag = number16(tiff, at + 2 + i * ENTRY_SIZE);
        if (tag == GPS_LATITUDE || tag == GPS_LONGITUDE || tag == GPS_DEST_LATITUDE ||
            tag == GPS_DEST_LONGITUDE || tag == GPS_AREA)
            return true;
    }
    return false;
}

static bool open_tiff(struct str block, struct tiff *tiff)
{
    if (str_starts(block, STR("Exif\0\0")))
        block = str_after(block, 6);
    tiff->bytes = block;
    tiff->big_endian = str_starts(block, STR("MM\0*"));
    return block.len >= 8 && (tiff->big_endian || str_starts(block, STR("II*\0")));
}

void picture_exif(struct str block, struct picture *picture)
{
    struct tiff tiff;
    if (!open_tiff(block, &tiff))
        return;
    size_t at = number32(&tiff, 4);
    size_t count = entry_count(&tiff, at);
    bool looked_for_place = false;
    for (size_t i = 0; i < count; i++) {
        size_t entry = at + 2 + i * ENTRY_SIZE;
        uint32_t tag = number16(&tiff, entry);
        uint32_t type = number16(&tiff, entry + 2);
        if (tag == TAG_ORIENTATION && type == TYPE_SHORT) {
            uint32_t value = number16(&tiff, entry + 8);
            if (value >= 1 && value <= 8)
                picture->orientation = value;
        }
        /* Once: a block whose every entry is a GPS directory would cost its square. */
        if (tag == TAG_GPS && type == TYPE_LONG && !looked_for_place) {
            looked_for_place = true;
            if (gps_names_place(&tiff, number32(&tiff, entry + 8)))
                picture->has_place = true;
        }
    }
}

void picture_xmp(struct str packet, struct picture *picture)
{
    /* exif:GPSLatitude, exif:GPSDestLatitude, … under whatever prefix the packet gave Exif. */
    for (size_t at = 0; (at = str_find(packet, STR("GPS"), at)) != STR_NONE; at += 3) {
        struct str rest = str_after(packet, at + 3);
        if (str_starts(rest, STR("Dest")))
            rest = str_after(rest, 4);
        if (str_starts(rest, STR("Latitude")) || str_starts(rest, STR("Longitude")) ||
            str_starts(rest, STR("AreaInformation")))
            picture->has_place = true;
    }
}
