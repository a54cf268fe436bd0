#include "pictures/make.h"
#include "base/picture_strip.h"

#include <dlfcn.h>
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

int make_start(void)
{
    static const char *const decoders[] = {"VipsForeignLoadJpeg", "VipsForeignLoadPng",
                                           "VipsForeignLoadWebp", "VipsForeignLoadNsgif",
                                           "VipsForeignLoadHeif"};
    if (vips_init("copse-pictures") != 0)
        return -1;
    vips_concurrency_set(1);
    vips_cache_set_max(0);
    vips_block_untrusted_set(TRUE);
    vips_operation_block_set("VipsForeignLoad", TRUE);
    for (size_t i = 0; i < sizeof decoders / sizeof *decoders; i++)
        vips_operation_block_set(decoders[i], FALSE);
    warm_up();
    return 0;
}

const char *make_version(void)
{
    return "libvips " VIPS_VERSION;
}

void make_library(struct buf *out)
{
    Dl_info info;
    union {
        const char *(*function)(void);
        const void *address;
    } known = {vips_version_string};
    if (dladdr(known.address, &info) != 0 && info.dli_fname)
        buf_adds(out, info.dli_fname);
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

/* The picture at its largest, whole in memory: decoded once, at no more than is needed. */
static int decode(const struct picture_request *request, const struct picture_wish *wish,
                  VipsImage **out)
{
    VipsImage *thumbnail = NULL;
    int status = vips_thumbnail_buffer(
        (void *)request->bytes.ptr, request->bytes.len, &thumbnail, (int)wish->width, "height",
        (int)wish->height, "size", wish->crop ? VIPS_SIZE_BOTH : VIPS_SIZE_FORCE, "crop",
        wish->crop ? VIPS_INTERESTING_ATTENTION : VIPS_INTERESTING_NONE, "export_profile", "srgb",
        "fail_on", VIPS_FAIL_ON_TRUNCATED, NULL);
    VipsImage *plain = NULL;
    if (status == 0)
        status = vips_colourspace(thumbnail, &plain, VIPS_INTERPRETATION_sRGB, NULL);
    if (status == 0 && !(*out = vips_image_copy_memory(plain)))
        status = -1;
    if (status == 0)
        forget_metadata(*out);
    g_clear_object(&plain);
    g_clear_object(&thumbnail);
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
        status = vips_pngsave_buffer(image, bytes, length, "compression", PNG_COMPRESSION, "strip",
                                     TRUE, NULL);
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
                                VIPS_SIZE_FORCE, "no_rotate", TRUE, NULL);
}

/* `ends` gets the end of each result in `out`: their places are known once `out` has ceased to
 * grow. */
static int make_all(const struct picture_request *request, struct buf *out,
                    size_t ends[PICTURE_VARIANTS_MOST])
{
    VipsImage *base = NULL;
    int status = 0;
    for (uint32_t i = 0; status == 0 && i < request->count; i++) {
        const struct picture_wish *wish = &request->wishes[i];
        VipsImage *image = NULL;
        void *bytes = NULL;
        size_t length = 0;
        if (i == 0 || wish->crop != request->wishes[i - 1].crop) {
            g_clear_object(&base);
            status = decode(request, wish, &base);
        }
        if (status == 0)
            status = resize(base, wish, &image);
        if (status == 0)
            status = encode(image, wish, &bytes, &length);
        if (status == 0)
            status = picture_strip((struct str){bytes, length}, out) == PICTURE_BAD ? -1 : 0;
        ends[i] = out->len;
        g_free(bytes);
        g_clear_object(&image);
    }
    g_clear_object(&base);
    return status;
}

void make_pictures(const struct picture_request *request, struct buf *out,
                   struct picture_response *response)
{
    size_t ends[PICTURE_VARIANTS_MOST];
    *response = (struct picture_response){.answer = PICTURE_MADE, .count = request->count};
    buf_clear(out);
    if (make_all(request, out, ends) != 0) {
        buf_clear(out);
        buf_adds(out, vips_error_buffer());
        vips_error_clear();
        response->answer = PICTURE_UNREADABLE;
        response->count = 0;
        struct str rest = buf_str(out);
        str_line(&rest, &response->message);
        return;
    }
    for (uint32_t i = 0; i < request->count; i++)
        response->results[i] = str_sub(buf_str(out), i == 0 ? 0 : ends[i - 1], ends[i]);
}
