/* What a browser asks for, read from the bytes of its request. Pure; any byte may be hostile.
 *
 * libmicrohttpd's own decoding is not used: it would end a path at %00. Read here: request targets
 * (RFC 9112 §3.2), percent-encoding (RFC 3986 §2.1), Host and Range (RFC 9110 §7.2, §14). */
#ifndef COPSE_SERVE_REQUEST_H
#define COPSE_SERVE_REQUEST_H

#include "base/buf.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

#define REQUEST_MOST 4096

/* A target, taken apart. Slices of it. */
struct request_target {
    struct str authority; /* of the absolute form, else empty */
    struct str path;      /* still encoded, with the slash at its front */
    struct str query;     /* without the question mark */
};

/* Takes a target apart. Returns 0, or the HTTP status to refuse it with. */
int request_target(struct str target, struct request_target *out);

/* Decodes a path into `out`: relative, without empty, "." and ".." parts, backslashes, control
 * characters and bytes that are no UTF-8; a slash at its end stays ("" is the root). What a name
 * cannot hold is decided after decoding, once, so no encoding gets past it. Returns 0, or the HTTP
 * status to refuse it with. */
int request_path(struct str path, struct buf *out);

/* Whether a Host names this computer: localhost, 127.0.0.1 or [::1], with or without a port. Pages
 * of other sites that made their name point here (DNS rebinding) carry their own. */
bool request_host_is_local(struct str host);

/* The value of NAME=NUMBER in a query; 0 if there is none. */
uint64_t request_number(struct str query, struct str name);

enum request_range { RANGE_WHOLE, RANGE_PART, RANGE_OUTSIDE };

/* Which bytes of `size` are asked for. Several ranges, other units and what is no range mean the
 * whole, as RFC 9110 allows. RANGE_PART sets *first and *last (both included). */
enum request_range request_range(struct str header, uint64_t size, uint64_t *first, uint64_t *last);

/* Whether a list of entity tags (If-None-Match) holds `tag` (with its quotes), or is "*". */
bool request_has_tag(struct str list, struct str tag);

#endif
