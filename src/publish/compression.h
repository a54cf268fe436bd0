/* Compressed copies of text files, for servers that hand them out as they lie there: nginx's
 * gzip_static, Caddy's precompressed, Apache with what docs/servers.md has for it.
 *
 * The same bytes give the same copy as long as the libraries are the same: no name, no time stands
 * in it. compression_versions() says which they are, so that copies of other ones are made anew.
 *
 * This module is the only user of libdeflate, brotli and zstd. */
#ifndef COPSE_PUBLISH_COMPRESSION_H
#define COPSE_PUBLISH_COMPRESSION_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

#include <stdbool.h>

enum compression { COMPRESSION_GZIP, COMPRESSION_BROTLI, COMPRESSION_ZSTD };
#define COMPRESSION_COUNT 3

/* What is asked for: COMPRESSION_BIT(COMPRESSION_GZIP) | … */
#define COMPRESSION_BIT(format) (1U << (format))

/* ".gz", ".br", ".zst". */
struct str compression_suffix(enum compression format);

/* Whether a file of that name is text, so that a copy is worth while; pictures, fonts and archives
 * are compressed already. */
bool compression_suits(struct str path);

/* The wanted formats with the libraries that make them and how hard they try, one line; in the
 * arena. */
struct str compression_versions(unsigned wanted, struct arena *arena);

/* One thread's tools; what each needs is made when it is first used. Zero it, then release it. */
struct compressor {
    void *gzip;
    void *zstd;
};
void compressor_release(struct compressor *compressor);

/* Adds the compressed bytes to `out`. Returns 0 or an errno number. */
int compressor_run(struct compressor *compressor, enum compression format, struct str bytes,
                   struct buf *out);

#endif
