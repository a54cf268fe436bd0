/* What copse and copse-pictures say to each other over a pair of pipes.
 *
 *     copse-pictures -> copse    hello, once: who it is and how it is confined
 *     copse -> copse-pictures    request: one picture's bytes and the variants wanted of it
 *     copse-pictures -> copse    response: the variants' bytes, or why there are none
 *
 * Requests and responses follow each other until copse closes its end. Every message is a frame:
 * four letters, the length of what follows as 32 bits, and that many bytes. Numbers are little
 * endian. The length is checked against a cap before anything is read, and a frame is decoded only
 * when it is whole, so that neither side can lead the other beyond its own memory.
 *
 * Decoded texts and bytes point into the frame. */
#ifndef COPSE_BASE_PICTURE_REQUEST_H
#define COPSE_BASE_PICTURE_REQUEST_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    PICTURE_FRAME_HEAD = 8,         /* letters and length */
    PICTURE_FRAME_MOST = 256 << 20, /* bytes of a frame behind its head */
    PICTURE_VARIANTS_MOST = 32,     /* of one picture */
    PICTURE_SIDE_MOST = 16384       /* pixels of a variant */
};

enum picture_format {
    PICTURE_AS_JPEG,
    PICTURE_AS_PNG,
    PICTURE_AS_WEBP,
    PICTURE_AS_AVIF,
    PICTURE_AS_TONE /* of a size of 1 by 1: three bytes, the picture's mean colour in sRGB */
};

/* A picture as it is to be made: exactly this size, upright, in sRGB, 8 bits, no metadata. */
struct picture_wish {
    uint32_t width;
    uint32_t height;
    bool crop; /* fill the size and cut off what is least worth attention; else the whole picture */
    enum picture_format format;
    uint32_t quality; /* 1 to 100 */
};

struct picture_request {
    struct picture_wish wishes[PICTURE_VARIANTS_MOST]; /* those of one size are best neighbours */
    uint32_t count;
    struct str bytes;
};

enum picture_answer {
    PICTURE_MADE,       /* one result for each wish */
    PICTURE_UNREADABLE, /* the picture cannot be decoded; `message` says what the library says */
    PICTURE_TOO_MUCH    /* nor can it be told whether it could: the memory does not suffice */
};

struct picture_response {
    enum picture_answer answer;
    struct str message;
    struct str results[PICTURE_VARIANTS_MOST];
    uint32_t count;
};

struct picture_hello {
    struct str version;  /* "libvips 8.14.1, recipe 2": the same one makes the same bytes */
    struct str library;  /* the file it was loaded from; may be empty */
    struct str confined; /* "seccomp", "namespace" or "none" */
};

/* Each adds a whole frame to `out`. */
void picture_request_write(const struct picture_request *request, struct buf *out);
void picture_response_write(const struct picture_response *response, struct buf *out);
void picture_hello_write(const struct picture_hello *hello, struct buf *out);

/* The length that a frame's head announces; false if it is no head or announces too much. */
bool picture_frame_length(struct str head, size_t *length);

/* Each decodes what follows a frame's head; the head tells which it must be. False if anything in
 * it does not fit. */
bool picture_request_read(struct str frame, struct picture_request *out);
bool picture_response_read(struct str frame, struct picture_response *out);
bool picture_hello_read(struct str frame, struct picture_hello *out);

#endif
