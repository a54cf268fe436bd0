#include "base/mem.h"
#include "serve/builder.h"
#include "serve/http_internal.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { MOST_CONNECTIONS = 256, MEMORY = 32 * 1024, IDLE_SECONDS = 60, WAIT_MILLISECONDS = 20000 };

/* The request line's target as it stands; what it returns is the exchange of the whole request. */
static void *begin(void *context, const char *target, struct MHD_Connection *connection)
{
    (void)context;
    struct exchange *exchange = mem_zalloc(1, sizeof *exchange);
    exchange->connection = connection;
    buf_adds(&exchange->target, target);
    return exchange;
}

static void forget(struct http *http, const struct exchange *exchange)
{
    for (struct exchange **at = &http->waiting; *at; at = &(*at)->next) {
        if (*at == exchange) {
            *at = exchange->next;
            return;
        }
    }
}

static void end(void *context, struct MHD_Connection *connection, void **state,
                enum MHD_RequestTerminationCode why)
{
    (void)connection;
    (void)why;
    struct exchange *exchange = *state;
    if (!exchange)
        return;
    forget(context, exchange);
    buf_release(&exchange->target);
    free(exchange);
    *state = NULL;
}

static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_size, void **state)
{
    (void)connection;
    (void)url;
    (void)version;
    (void)upload;
    (void)upload_size;
    struct exchange *exchange = *state;
    if (!exchange)
        return MHD_NO;
    bool reads = str_eq(str_from(method), STR("GET")) || str_eq(str_from(method), STR("HEAD"));
    if (reads && (!exchange->begun || *upload_size > 0)) {
        /* An answer before the request is read to its end would cost the connection. What comes
         * with it is not looked at. */
        exchange->begun = true;
        *upload_size = 0;
        return MHD_YES;
    }
    return answer(context, exchange, method);
}

/* Decoding is request.c's. */
static size_t leave_encoded(void *context, struct MHD_Connection *connection, char *text)
{
    (void)context;
    (void)connection;
    size_t length = 0;
    while (text[length] != '\0')
        length++;
    return length;
}

struct http *http_new(const struct fs *fs, const char *folder, int socket, struct diags *diags)
{
    struct http *http = mem_zalloc(1, sizeof *http);
    http->fs = fs;
    http->folder = folder;
    http->number = (uint64_t)time(NULL) * 1000;
    for (size_t i = 0; i < HTTP_EVENTS; i++)
        http->numbers[i] = http->number;
    const struct MHD_OptionItem options[] = {
        {MHD_OPTION_LISTEN_SOCKET, socket, NULL},
        {MHD_OPTION_CONNECTION_LIMIT, MOST_CONNECTIONS, NULL},
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT, MEMORY, NULL},
        {MHD_OPTION_CONNECTION_TIMEOUT, IDLE_SECONDS, NULL},
        {MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL},
        {MHD_OPTION_END, 0, NULL},
    };
    http->daemon =
        MHD_start_daemon(MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, handle, http,
                         MHD_OPTION_URI_LOG_CALLBACK, begin, http, MHD_OPTION_NOTIFY_COMPLETED, end,
                         http, MHD_OPTION_UNESCAPE_CALLBACK, leave_encoded, NULL, MHD_OPTION_ARRAY,
                         options, MHD_OPTION_END);
    if (http->daemon)
        return http;
    diag_system(diags, (struct span){0}, errno, "start the web server");
    close(socket);
    free(http);
    return NULL;
}

static void wake(struct http *http, bool only_old)
{
    int64_t now = builder_clock();
    for (struct exchange **at = &http->waiting; *at;) {
        struct exchange *exchange = *at;
        if (only_old && now - exchange->since < WAIT_MILLISECONDS) {
            at = &exchange->next;
            continue;
        }
        *at = exchange->next;
        exchange->next = NULL;
        exchange->waits = false;
        exchange->waited = true;
        MHD_resume_connection(exchange->connection);
    }
}

void http_wait(struct http *http, struct exchange *exchange)
{
    exchange->waits = true;
    exchange->since = builder_clock();
    exchange->next = http->waiting;
    http->waiting = exchange;
    MHD_suspend_connection(exchange->connection);
}

void http_free(struct http *http)
{
    if (!http)
        return;
    wake(http, false);
    MHD_run(http->daemon);
    MHD_stop_daemon(http->daemon);
    buf_release(&http->problems);
    buf_release(&http->marks);
    free(http);
}

int http_handle(const struct http *http)
{
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(http->daemon, MHD_DAEMON_INFO_EPOLL_FD);
    return info ? info->epoll_fd : -1;
}

int http_timeout(struct http *http)
{
    MHD_UNSIGNED_LONG_LONG milliseconds = 0;
    int wait = http->waiting ? 1000 : -1;
    if (MHD_get_timeout(http->daemon, &milliseconds) == MHD_YES &&
        (wait < 0 || milliseconds < (MHD_UNSIGNED_LONG_LONG)wait))
        wait = milliseconds > 60000 ? 60000 : (int)milliseconds;
    return wait;
}

void http_run(struct http *http)
{
    /* A page that was closed while it waited is noticed only when it is written to. */
    wake(http, true);
    MHD_run(http->daemon);
}

void http_mark(struct http *http, struct str marks)
{
    buf_clear(&http->marks);
    buf_add(&http->marks, marks);
}

void http_tell(struct http *http, enum http_event event, struct str problems)
{
    buf_clear(&http->problems);
    buf_add(&http->problems, problems);
    http->numbers[event] = ++http->number;
    wake(http, false);
}
