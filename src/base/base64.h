/* Base64 (RFC 4648, section 4), with padding. */
#ifndef COPSE_BASE_BASE64_H
#define COPSE_BASE_BASE64_H

#include "base/buf.h"

/* Appends the encoded bytes to `out`. */
void base64_add(struct buf *out, struct str bytes);

#endif
