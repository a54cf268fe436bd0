#include "pictures/make.h"
#include "base/picture_strip.h"

#include <link.h>
#include <string.h>
#include <vips/vips.h>

enum { WEBP_EFFORT = 4, AVIF_EFFORT = 3, PNG_COMPRESSION = 9 };

/* A tiny picture made in each format and read again: decoders and colour tables that are loaded
 * late are loaded before the process gives up the right to open files. */
static void warm_up(void)
{
    static const char *const suffixes[] = {".jpg", ".png", ".webp", ".avif", ".gif"};
    VipsImage *grey = NULL;
    VipsImage *colours = NULL;
    if (vips_black(&grey, 8, 8, "bands", 3, NULL) == 0 &&
        vips_copy(grey, &colours, "interpretation", VIPS_INTERPRETATION_sRGB, NULL) == 0) {
        for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
            void *bytes = NULL;
            size_t length = 0;
            VipsImage *again = NULL;
            if (vips_image_write_to_buffer(colours, suffixes[i], &bytes, &length, NULL) == 0 &&
                vips_thumbnail_buffer(bytes, length, &again, 4, "export_profile", "srgb", NULL) ==
                    0)
                (void)vips_image_wio_input(again);
            g_clear_object(&again);
            g_free(bytes);
        }
    }
    g_clear_object(&colours);
    g_clear_object(&grey);
    vips_error_clear();
}

/* A word drawn of our own: fontconfig looks for the system's fonts once, and may keep what it
 * found, as only a process that is not yet confined can. */
static void warm_up_fonts(void)
{
    static const char word[] =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\">"
        "<text x=\"2\" y=\"16\" font-family=\"sans-serif\">copse</text></svg>";
    VipsImage *image = NULL;
    if (vips_svgload_buffer((void *)(uintptr_t)word, sizeof word - 1, &image, NULL) == 0)
        (void)vips_image_wio_input(image);
    g_clear_object(&image);
    vips_error_clear();
}

/* Of what copse says nothing could be done: a file's profile is odd, a chunk unknown. */
static void ignore_warning(const char *domain, GLogLevelFlags level, const char *message,
                           void *data)
{
    (void)domain;
    (void)level;
    (void)message;
    (void)data;
}

int make_start(bool draws)
{
    static const char *const decoders[] = {"VipsForeignLoadJpeg", "VipsForeignLoadPng",
                                           "VipsForeignLoadWebp", "VipsForeignLoadNsgif",
                                           "VipsForeignLoadHeif"};
    if (vips_init("copse-pictures") != 0)
        return -1;
    g_log_set_handler("VIPS", G_LOG_LEVEL_WARNING | G_LOG_LEVEL_INFO, ignore_warning, NULL);
    vips_concurrency_set(1);
    vips_cache_set_max(0);
    vips_block_untrusted_set(TRUE);
    vips_operation_block_set("VipsForeignLoad", TRUE);
    for (size_t i = 0; i < sizeof decoders / sizeof *decoders; i++)
        vips_operation_block_set(decoders[i], FALSE);
    vips_operation_block_set("VipsForeignLoadSvg", !draws);
    warm_up();
    if (draws)
        warm_up_fonts();
    return 0;
}

const char *make_version(void)
{
    return "libvips " VIPS_VERSION;
}

static int note_library(struct dl_phdr_info *info, size_t size, void *data)
{
    (void)size;
    if (!info->dlpi_name || !strstr(info->dlpi_name, "/libvips.so"))
        return 0;
    buf_adds(data, info->dlpi_name);
    return 1;
}

void make_library(struct buf *out)
{
    dl_iterate_phdr(note_library, out);
    buf_addf(out, "\n%s", vips_version_string());
}

/* Metadata that savers would write, some of them even where they are asked not to. */
static void forget_metadata(VipsImage *image)
{
    char **fields = vips_image_get_fields(image);
    for (size_t i = 0; fields && fields[i]; i++) {
        if (vips_image_get_typeof(image, fields[i]) == VIPS_TYPE_BLOB ||
            g_str_has_prefix(fields[i], "exif-") || strcmp(fields[i], VIPS_META_ORIENTATION) == 0)
            vips_image_remove(image, fields[i]);
    }
    g_strfreev(fields);
}

/* The sizes to which a picture is decoded, by its longer side. A wish is made of the smallest that
 * covers it: a picture then depends on its file and the wish alone, not on what else is wanted of
 * the file at the time, and wishes of about the same size share the decoding. */
enum { SMALLEST_BASE = 512 };

struct base {
    VipsImage *image;
    int side; /* as above */
};

static void forget_base(struct base *base)
{
    g_clear_object(&base->image);
    base->side = 0;
}

/* What the file's head says: the size as it is shown, and whether colours need a translation. */
struct head {
    int width;
    int height;
    bool translate;
    bool print;            /* CMYK: without a translation there is nothing to show */
    const char *otherwise; /* the profile of one that has none of its own */
};

static int read_head(struct str bytes, struct head *head)
{
    struct picture said;
    (void)picture_read(bytes, &said);
    VipsImage *image = vips_image_new_from_buffer(bytes.ptr, bytes.len, "", NULL);
    if (!image)
        return -1;
    bool turned = vips_image_get_orientation_swap(image);
    head->width = turned ? image->Ysize : image->Xsize;
    head->height = turned ? image->Xsize : image->Ysize;
    head->print = image->Type == VIPS_INTERPRETATION_CMYK;
    head->translate =
        head->print || said.is_p3 || vips_image_get_typeof(image, VIPS_META_ICC_NAME) != 0;
    head->otherwise = head->print ? "cmyk" : said.is_p3 ? "p3" : "srgb";
    g_object_unref(image);
    return 0;
}

static int side_for(const struct head *head, const struct picture_wish *wish)
{
    double across = (double)wish->width / head->width;
    double down = (double)wish->height / head->height;
    int longer = head->width > head->height ? head->width : head->height;
    double needed = longer * (across > down ? across : down);
    int side = SMALLEST_BASE;
    while (side < needed && side < PICTURE_SIDE_MOST)
        side *= 2;
    return side;
}

/* The whole picture, upright and in sRGB, at no more than `side`, in memory. */
static int decode(const struct picture_request *request, const struct head *head, int side,
                  struct base *base)
{
    VipsImage *thumbnail = NULL;
    VipsImage *plain = NULL;
    forget_base(base);
    int status = vips_thumbnail_buffer(
        (void *)request->bytes.ptr, request->bytes.len, &thumbnail, side, "height", side, "size",
        VIPS_SIZE_DOWN, "option_string", "[fail_on=error]",
        head->translate ? "export_profile" : NULL, "srgb", "import_profile", head->otherwise, NULL);
    if (status == 0)
        status = vips_colourspace(thumbnail, &plain, VIPS_INTERPRETATION_sRGB, NULL);
    if (status == 0 && !(base->image = vips_image_copy_memory(plain)))
        status = -1;
    if (status == 0) {
        base->side = side;
        forget_metadata(base->image);
    }
    g_clear_object(&plain);
    g_clear_object(&thumbnail);
    return status;
}

/* A profile that does not fit the picture (an RGB one in a grey picture, as common programs leave
 * it there) or makes no sense is passed over, as browsers do. */
static int decode_anyway(const struct picture_request *request, struct head *head, int side,
                         struct base *base)
{
    if (decode(request, head, side, base) == 0)
        return 0;
    if (!head->translate || head->print || !strstr(vips_error_buffer(), "icc_"))
        return -1;
    head->translate = false;
    vips_error_clear();
    return decode(request, head, side, base);
}

/* The one pixel of a picture of that size. */
static int take_tone(VipsImage *image, void **bytes, size_t *length)
{
    VipsImage *solid = NULL;
    double *pixel = NULL;
    int count = 0;
    int status = vips_image_hasalpha(image) ? vips_flatten(image, &solid, NULL)
                                            : vips_copy(image, &solid, NULL);
    if (status == 0)
        status = vips_getpoint(solid, &pixel, &count, 0, 0, NULL);
    if (status == 0) {
        unsigned char *tone = g_malloc(3);
        for (int i = 0; i < 3; i++)
            tone[i] = (unsigned char)pixel[i < count ? i : count - 1];
        *bytes = tone;
        *length = 3;
    }
    g_free(pixel);
    g_clear_object(&solid);
    return status;
}

static int encode(VipsImage *image, const struct picture_wish *wish, void **bytes, size_t *length)
{
    int quality = (int)wish->quality;
    VipsArrayDouble *white = vips_array_double_newv(1, 255.0);
    int status = -1;
    switch (wish->format) {
    case PICTURE_AS_JPEG:
        status = vips_jpegsave_buffer(image, bytes, length, "Q", quality, "optimize_coding", TRUE,
                                      "interlace", TRUE, "strip", TRUE, "background", white, NULL);
        break;
    case PICTURE_AS_PNG:
        status = vips_pngsave_buffer(image, bytes, length, "compression", PNG_COMPRESSION, "filter",
                                     VIPS_FOREIGN_PNG_FILTER_ALL, "strip", TRUE, NULL);
        break;
    case PICTURE_AS_WEBP:
        status = vips_webpsave_buffer(image, bytes, length, "Q", quality, "effort", WEBP_EFFORT,
                                      "strip", TRUE, NULL);
        break;
    case PICTURE_AS_AVIF:
        status = vips_heifsave_buffer(image, bytes, length, "Q", quality, "effort", AVIF_EFFORT,
                                      "compression", VIPS_FOREIGN_HEIF_COMPRESSION_AV1, "strip",
                                      TRUE, NULL);
        break;
    case PICTURE_AS_TONE: status = take_tone(image, bytes, length); break;
    }
    vips_area_unref(VIPS_AREA(white));
    return status;
}

static int resize(VipsImage *base, const struct picture_wish *wish, VipsImage **out)
{
    if ((uint32_t)base->Xsize == wish->width && (uint32_t)base->Ysize == wish->height) {
        *out = g_object_ref(base);
        return 0;
    }
    return vips_thumbnail_image(base, out, (int)wish->width, "height", (int)wish->height, "size",
                                wish->crop ? VIPS_SIZE_BOTH : VIPS_SIZE_FORCE, "crop",
                                wish->crop ? VIPS_INTERESTING_ATTENTION : VIPS_INTERESTING_NONE,
                                "no_rotate", TRUE, NULL);
}

/* One wish, appended to `out`. */
static int make_one(VipsImage *base, const struct picture_wish *wish, struct buf *out)
{
    VipsImage *image = NULL;
    void *bytes = NULL;
    size_t length = 0;
    int status = resize(base, wish, &image);
    if (status == 0)
        status = encode(image, wish, &bytes, &length);
    if (status == 0 && wish->format == PICTURE_AS_TONE)
        buf_add(out, (struct str){bytes, length});
    else if (status == 0)
        status = picture_strip((struct str){bytes, length}, out) == PICTURE_BAD ? -1 : 0;
    g_free(bytes);
    g_clear_object(&image);
    return status;
}

/* `ends` gets the end of each result in `out`: their places are known once `out` has ceased to
 * grow. */
static int make_all(const struct picture_request *request, struct buf *out,
                    size_t ends[PICTURE_VARIANTS_MOST])
{
    struct base base = {0};
    struct head head;
    int status = read_head(request->bytes, &head);
    for (uint32_t i = 0; status == 0 && i < request->count; i++) {
        const struct picture_wish *wish = &request->wishes[i];
        int side = side_for(&head, wish);
        if (base.side != side)
            status = decode_anyway(request, &head, side, &base);
        if (status == 0)
            status = make_one(base.image, wish, out);
        ends[i] = out->len;
    }
    forget_base(&base);
    return status;
}

/* What the library says, in `out`: the first line that tells something. That it looked beyond a
 * file's end is its way to find where that is. */
static void explain(struct buf *out, struct picture_response *response)
{
    buf_clear(out);
    buf_adds(out, vips_error_buffer());
    vips_error_clear();
    struct str rest = buf_str(out);
    bool no_memory = str_has(rest, STR("out of memory"));
    response->answer = no_memory ? PICTURE_TOO_MUCH : PICTURE_UNREADABLE;
    response->count = 0;
    while (str_line(&rest, &response->message) &&
           str_starts(response->message, STR("source: bad seek")))
        response->message = (struct str){0};
}

void make_pictures(const struct picture_request *request, struct buf *out,
                   struct picture_response *response)
{
    size_t ends[PICTURE_VARIANTS_MOST];
    *response = (struct picture_response){.answer = PICTURE_MADE, .count = request->count};
    buf_clear(out);
    if (make_all(request, out, ends) != 0) {
        explain(out, response);
        return;
    }
    for (uint32_t i = 0; i < request->count; i++)
        response->results[i] = str_sub(buf_str(out), i == 0 ? 0 : ends[i - 1], ends[i]);
}
