/* copse's side of copse-pictures: a process, and requests to it over a pair of pipes.
 *
 * A client is one thread's. Its process starts with the first request and answers one at a time;
 * `program` is its path (picture_library.h). It gets an empty environment but for a few words
 * of its own and no descriptor but its two pipes and standard error. One that does not answer in
 * time, dies or talks nonsense is killed, and the next request starts another. */
#ifndef COPSE_BUILD_PICTURE_CLIENT_H
#define COPSE_BUILD_PICTURE_CLIENT_H

#include "base/arena.h"
#include "base/picture_request.h"

#include <stdbool.h>
#include <sys/types.h>

/* Zero it, then set `program`. */
struct picture_client {
    const char *program;
    bool draws;      /* it makes pictures of the theme's drawings */
    pid_t process;   /* 0: none */
    int to;          /* its standard input */
    int from;        /* its standard output */
    bool answered;   /* it made something already */
    bool unconfined; /* it said that nothing shuts it off from files and network */
    struct buf request;
    struct buf frame; /* the last answer, or the greeting */
    struct picture_hello hello;
};

/* Starts the process, if none is there, and reads its greeting into `hello`, which points into
 * `frame`. Returns false if that cannot be done. */
bool picture_client_start(struct picture_client *client);

/* Has one picture made. *response points into the client until its next use. Returns false if the
 * program failed (not: if the picture cannot be decoded), even when started anew. */
bool picture_client_ask(struct picture_client *client, const struct picture_request *request,
                        struct picture_response *response);

/* Ends the process and frees what it used. */
void picture_client_stop(struct picture_client *client);

#endif
