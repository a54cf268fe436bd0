#include "serve/listen.h"

#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

/* 0, or an errno number. */
static int try_port(unsigned port, int *out)
{
    int handle = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (handle < 0)
        return errno;
    const struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons((uint16_t)port),
        .sin_addr = {htonl(INADDR_LOOPBACK)},
    };
    /* So that a restart need not wait for the last connection's time to pass. */
    int on = 1;
    int error = 0;
    if (setsockopt(handle, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
        bind(handle, (const struct sockaddr *)&address, sizeof address) != 0 ||
        listen(handle, 128) != 0)
        error = errno;
    if (error)
        close(handle);
    else
        *out = handle;
    return error;
}

int listen_open(unsigned port, struct diags *diags, int *out, unsigned *found)
{
    unsigned first = port > 0 ? port : LISTEN_FIRST;
    unsigned tries = port > 0 ? 1 : LISTEN_TRIES;
    int error = 0;
    for (unsigned i = 0; i < tries; i++) {
        error = try_port(first + i, out);
        *found = first + i;
        if (error != EADDRINUSE)
            break;
    }
    if (error == 0)
        return 0;
    if (error != EADDRINUSE)
        return diag_system(diags, (struct span){0}, error, "listen on port %u", *found);
    diag_add(diags, SEVERITY_FAILURE, "port", (struct span){0},
             port > 0 ? "port %u is in use by another program" : "no port from %u on is free",
             first);
    diag_hint(diags, "choose another one with --port%s",
              port > 0 ? ", or leave --port out to get the next free one" : "");
    return -1;
}
