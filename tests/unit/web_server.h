/* A small web server on this computer, for tests of what asks other sites. It answers on every
 * address of 127.0.0.0/8 at one port, each connection in a thread of its own, by the path:
 *
 *     /ok          200            /gone         404         /broken       500
 *     /no-head     405 to HEAD, 200 to GET      /closed     403
 *     /for-good    301 to /ok     /for-now      302 to /ok  /round        302 to itself
 *     /to-gone     301 to /gone   /to-file      302 to a file: URL
 *     /slow        200 after 300 ms             /never      nothing, and the line is dropped
 *     /endless     200 and a body that does not end, to GET; 404 to HEAD
 */
#ifndef COPSE_TESTS_WEB_SERVER_H
#define COPSE_TESTS_WEB_SERVER_H

#include <stddef.h>
#include <stdint.h>

struct web_server;

struct web_request {
    char line[256]; /* "HEAD /ok" */
    int64_t at;     /* milliseconds */
};

/* Starts it; the test fails if that cannot be. */
struct web_server *web_server_start(void);
unsigned web_server_port(const struct web_server *server);

/* What was asked so far, oldest first; and the most that was answered at one time. */
size_t web_server_requests(struct web_server *server, struct web_request *out, size_t most);
int web_server_most_at_a_time(struct web_server *server);

void web_server_stop(struct web_server *server);

#endif
