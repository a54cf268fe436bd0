#include "web_server.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { REQUESTS_MOST = 256 };

struct web_server {
    int listener;
    unsigned port;
    pthread_t thread;
    pthread_mutex_t lock;
    struct web_request requests[REQUESTS_MOST];
    size_t count;
    int running;
    int most;
};

struct connection {
    struct web_server *server;
    int handle;
};

static int64_t milliseconds(void)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void pause_for(long ms)
{
    const struct timespec time = {ms / 1000, ms % 1000 * 1000000};
    nanosleep(&time, NULL);
}

static void say(int handle, const char *text)
{
    size_t len = strlen(text);
    while (len > 0) {
        ssize_t sent = send(handle, text, len, MSG_NOSIGNAL);
        if (sent <= 0)
            return;
        text += sent;
        len -= (size_t)sent;
    }
}

static void answer(int handle, const char *status, const char *header)
{
    char text[512];
    snprintf(text, sizeof text, "HTTP/1.1 %s\r\n%sContent-Length: 0\r\nConnection: close\r\n\r\n",
             status, header);
    say(handle, text);
}

static void answer_endlessly(int handle)
{
    say(handle, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
    for (int i = 0; i < 50; i++) {
        char byte;
        if (recv(handle, &byte, 1, MSG_DONTWAIT) == 0)
            return;
        say(handle, "more and more and more\n");
        pause_for(20);
    }
}

static void answer_path(int handle, const char *line)
{
    const char *path = strchr(line, ' ') ? strchr(line, ' ') + 1 : "";
    int head = strncmp(line, "HEAD", 4) == 0;
    if (strcmp(path, "/gone") == 0)
        answer(handle, "404 Not Found", "");
    else if (strcmp(path, "/broken") == 0)
        answer(handle, "500 Oh", "");
    else if (strcmp(path, "/closed") == 0)
        answer(handle, "403 Forbidden", "");
    else if (strcmp(path, "/no-head") == 0)
        answer(handle, head ? "405 No" : "200 OK", "");
    else if (strcmp(path, "/for-good") == 0)
        answer(handle, "301 Moved", "Location: /ok\r\n");
    else if (strcmp(path, "/for-now") == 0)
        answer(handle, "302 Found", "Location: /ok\r\n");
    else if (strcmp(path, "/round") == 0)
        answer(handle, "302 Found", "Location: /round\r\n");
    else if (strcmp(path, "/to-gone") == 0)
        answer(handle, "301 Moved", "Location: /gone\r\n");
    else if (strcmp(path, "/to-file") == 0)
        answer(handle, "302 Found", "Location: file:///etc/passwd\r\n");
    else if (strcmp(path, "/endless") == 0 && head)
        answer(handle, "404 Not Found", "");
    else if (strcmp(path, "/endless") == 0)
        answer_endlessly(handle);
    else if (strcmp(path, "/never") != 0)
        answer(handle, "200 OK", "");
}

static void take_request(struct web_server *server, const char *text)
{
    char method[16] = "";
    char path[200] = "";
    sscanf(text, "%15s %199s", method, path);
    pthread_mutex_lock(&server->lock);
    if (server->count < REQUESTS_MOST) {
        struct web_request *request = &server->requests[server->count++];
        snprintf(request->line, sizeof request->line, "%s %s", method, path);
        request->at = milliseconds();
    }
    server->running++;
    if (server->running > server->most)
        server->most = server->running;
    pthread_mutex_unlock(&server->lock);
    if (strcmp(path, "/slow") == 0)
        pause_for(300);
}

static void *serve(void *context)
{
    struct connection connection = *(struct connection *)context;
    char text[4096];
    size_t len = 0;
    free(context);
    text[0] = '\0';
    while (len + 1 < sizeof text && !strstr(text, "\r\n\r\n")) {
        ssize_t got = recv(connection.handle, text + len, sizeof text - 1 - len, 0);
        if (got <= 0)
            break;
        len += (size_t)got;
        text[len] = '\0';
    }
    if (len > 0) {
        char line[256] = "";
        take_request(connection.server, text);
        sscanf(text, "%255[^\r]", line);
        if (strstr(line, " HTTP/"))
            *strstr(line, " HTTP/") = '\0';
        /* Before the answer, after which the asker may ask the next. */
        pthread_mutex_lock(&connection.server->lock);
        connection.server->running--;
        pthread_mutex_unlock(&connection.server->lock);
        answer_path(connection.handle, line);
    }
    close(connection.handle);
    return NULL;
}

static void *run(void *context)
{
    struct web_server *server = context;
    for (;;) {
        int handle = accept(server->listener, NULL, NULL);
        if (handle < 0)
            return NULL;
        struct connection *connection = malloc(sizeof *connection);
        pthread_t thread;
        if (!connection)
            abort();
        *connection = (struct connection){server, handle};
        if (pthread_create(&thread, NULL, serve, connection) == 0)
            pthread_detach(thread);
    }
}

struct web_server *web_server_start(void)
{
    struct web_server *server = calloc(1, sizeof *server);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_ANY)}};
    socklen_t len = sizeof address;
    assert_non_null(server);
    pthread_mutex_init(&server->lock, NULL);
    server->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(server->listener >= 0);
    assert_int_equal(bind(server->listener, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(server->listener, 64), 0);
    assert_int_equal(getsockname(server->listener, (struct sockaddr *)&address, &len), 0);
    server->port = ntohs(address.sin_port);
    assert_int_equal(pthread_create(&server->thread, NULL, run, server), 0);
    return server;
}

unsigned web_server_port(const struct web_server *server)
{
    return server->port;
}

size_t web_server_requests(struct web_server *server, struct web_request *out, size_t most)
{
    pthread_mutex_lock(&server->lock);
    size_t count = server->count < most ? server->count : most;
    memcpy(out, server->requests, count * sizeof *out);
    pthread_mutex_unlock(&server->lock);
    return count;
}

int web_server_most_at_a_time(struct web_server *server)
{
    pthread_mutex_lock(&server->lock);
    int most = server->most;
    pthread_mutex_unlock(&server->lock);
    return most;
}

void web_server_stop(struct web_server *server)
{
    shutdown(server->listener, SHUT_RDWR);
    pthread_join(server->thread, NULL);
    close(server->listener);
    pause_for(50); /* for connections that are about to end */
    pthread_mutex_destroy(&server->lock);
    free(server);
}
