#include "publish/compression.h"

#include "base/path.h"

#include <brotli/encode.h>
#include <errno.h>
#include <libdeflate.h>
#include <zstd.h>

/* As hard as each tries before a page costs more than a few milliseconds: a build compresses what
 * changed, but the first one all. */
enum { GZIP_LEVEL = 9, BROTLI_LEVEL = 9, ZSTD_LEVEL = 15 };

struct str compression_suffix(enum compression format)
{
    static const struct str suffixes[COMPRESSION_COUNT] = {
        [COMPRESSION_GZIP] = STR_INIT(".gz"),
        [COMPRESSION_BROTLI] = STR_INIT(".br"),
        [COMPRESSION_ZSTD] = STR_INIT(".zst"),
    };
    return suffixes[format];
}

bool compression_suits(struct str path)
{
    static const struct str endings[] = {STR_INIT("html"), STR_INIT("css"),        STR_INIT("js"),
                                         STR_INIT("mjs"),  STR_INIT("json"),       STR_INIT("xml"),
                                         STR_INIT("svg"),  STR_INIT("txt"),        STR_INIT("ics"),
                                         STR_INIT("csv"),  STR_INIT("vcf"),        STR_INIT("map"),
                                         STR_INIT("md"),   STR_INIT("webmanifest")};
    struct str name = path_name(path);
    size_t dot = str_rfind_byte(name, '.');
    if (dot == STR_NONE || dot == 0)
        return false;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (str_eq_nocase(str_after(name, dot + 1), endings[i]))
            return true;
    }
    return false;
}

struct str compression_versions(unsigned wanted, struct arena *arena)
{
    struct str text = STR("");
    uint32_t brotli = BrotliEncoderVersion();
    if (wanted & COMPRESSION_BIT(COMPRESSION_GZIP))
        text = arena_printf(arena, "gz %s %d ", LIBDEFLATE_VERSION_STRING, GZIP_LEVEL);
    if (wanted & COMPRESSION_BIT(COMPRESSION_BROTLI))
        text = arena_printf(arena, "%.*sbr %u.%u.%u %d ", STR_ARG(text), brotli >> 24,
                            brotli >> 12 & 0xFFF, brotli & 0xFFF, BROTLI_LEVEL);
    if (wanted & COMPRESSION_BIT(COMPRESSION_ZSTD))
        text =
            arena_printf(arena, "%.*szst %s %d ", STR_ARG(text), ZSTD_versionString(), ZSTD_LEVEL);
    return str_trim(text);
}

void compressor_release(struct compressor *compressor)
{
    if (compressor->gzip)
        libdeflate_free_compressor(compressor->gzip);
    ZSTD_freeCCtx(compressor->zstd);
    *compressor = (struct compressor){0};
}

static int run_gzip(struct compressor *compressor, struct str bytes, struct buf *out)
{
    if (!compressor->gzip)
        compressor->gzip = libdeflate_alloc_compressor(GZIP_LEVEL);
    if (!compressor->gzip)
        return ENOMEM;
    size_t room = libdeflate_gzip_compress_bound(compressor->gzip, bytes.len);
    buf_reserve(out, room);
    size_t size = libdeflate_gzip_compress(compressor->gzip, bytes.ptr ? bytes.ptr : "", bytes.len,
                                           out->ptr + out->len, room);
    if (size == 0)
        return EIO;
    out->len += size;
    return 0;
}

static int run_brotli(struct str bytes, struct buf *out)
{
    size_t size = BrotliEncoderMaxCompressedSize(bytes.len);
    if (size == 0)
        return EFBIG;
    buf_reserve(out, size);
    BROTLI_BOOL done = BrotliEncoderCompress(
        BROTLI_LEVEL, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, bytes.len,
        (const uint8_t *)(bytes.ptr ? bytes.ptr : ""), &size, (uint8_t *)out->ptr + out->len);
    if (!done)
        return EIO;
    out->len += size;
    return 0;
}

static int run_zstd(struct compressor *compressor, struct str bytes, struct buf *out)
{
    if (!compressor->zstd)
        compressor->zstd = ZSTD_createCCtx();
    if (!compressor->zstd)
        return ENOMEM;
    size_t room = ZSTD_compressBound(bytes.len);
    buf_reserve(out, room);
    size_t size = ZSTD_compressCCtx(compressor->zstd, out->ptr + out->len, room,
                                    bytes.ptr ? bytes.ptr : "", bytes.len, ZSTD_LEVEL);
    if (ZSTD_isError(size))
        return EIO;
    out->len += size;
    return 0;
}

int compressor_run(struct compressor *compressor, enum compression format, struct str bytes,
                   struct buf *out)
{
    switch (format) {
    case COMPRESSION_GZIP: return run_gzip(compressor, bytes, out);
    case COMPRESSION_BROTLI: return run_brotli(bytes, out);
    case COMPRESSION_ZSTD: return run_zstd(compressor, bytes, out);
    }
    return EINVAL;
}
