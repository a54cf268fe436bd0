/* Shared by http.c (the server and what waits in it) and answer.c (one request). */
#ifndef COPSE_SERVE_HTTP_INTERNAL_H
#define COPSE_SERVE_HTTP_INTERNAL_H

#include "base/buf.h"
#include "serve/http.h"
#include "serve/request.h"

#include <microhttpd.h>
#include <stdbool.h>

/* One request, from its first line to its end. */
struct exchange {
    struct exchange *next; /* of those that wait */
    struct MHD_Connection *connection;
    struct buf target; /* as it stands in the request line */
    int64_t since;     /* when it began to wait, milliseconds */
    bool begun;        /* its headers were read */
    bool waits;        /* for an event; the connection is suspended */
    bool waited;       /* long enough: it is answered with nothing */
};

struct http {
    const struct fs *fs;
    const char *folder;
    struct MHD_Daemon *daemon;
    struct exchange *waiting;
    uint64_t number;               /* of the last event; begins with the clock, so that a page of
                                      an earlier server sees a difference */
    uint64_t numbers[HTTP_EVENTS]; /* of the last one of each kind */
    struct buf problems;
    struct buf marks;
};

/* Answers a request, or lets it wait. */
enum MHD_Result answer(struct http *http, struct exchange *exchange, const char *method);

/* Lets a request wait for the next event. */
void http_wait(struct http *http, struct exchange *exchange);

#endif
