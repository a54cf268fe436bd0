/* The port: a listening socket on the loopback interface, which no other computer reaches. */
#ifndef COPSE_SERVE_LISTEN_H
#define COPSE_SERVE_LISTEN_H

#include "base/diag.h"

#define LISTEN_FIRST 8080
#define LISTEN_TRIES 100

/* Opens `port` (from 1), or with 0 the first free one from LISTEN_FIRST on. *socket is then the
 * caller's to close, *found the port. Returns 0, or -1 after an error: taken, not allowed. */
int listen_open(unsigned port, struct diags *diags, int *out, unsigned *found);

#endif
