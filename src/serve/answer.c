/* One request answered: the checks, the preview's own addresses, files with ranges and tags. */
#include "base/arena.h"
#include "base/html.h"
#include "serve/files.h"
#include "serve/http_internal.h"
#include "serve/marks.h"
#include "source/embedded.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#define OWN "/_copse/"
/* A page of more is none that a person reads; it is sent without the script. */
#define MOST_PAGE ((size_t)64 << 20)

/* What is sent. Either the bytes or, with `handle`, a part of a file. */
struct reply {
    unsigned status;
    const char *type;
    struct str bytes;
    int handle; /* -1: bytes */
    uint64_t first;
    uint64_t count;
    const char *tag;      /* ETag, or NULL */
    const char *location; /* or NULL */
    const char *range;    /* Content-Range, or NULL */
};

static struct str header_of(const struct exchange *exchange, const char *name)
{
    return str_from(MHD_lookup_connection_value(exchange->connection, MHD_HEADER_KIND, name));
}

static struct MHD_Response *make_response(const struct reply *reply)
{
    if (reply->handle >= 0)
        return MHD_create_response_from_fd_at_offset64(reply->count, reply->handle, reply->first);
    static char nothing[1];
    void *bytes = reply->bytes.len > 0 ? (void *)(uintptr_t)reply->bytes.ptr : nothing;
    return MHD_create_response_from_buffer(reply->bytes.len, bytes, MHD_RESPMEM_MUST_COPY);
}

static void add_header(struct MHD_Response *response, const char *name, const char *value)
{
    if (value)
        MHD_add_response_header(response, name, value);
}

static enum MHD_Result send_reply(const struct exchange *exchange, const struct reply *reply)
{
    struct MHD_Response *response = make_response(reply);
    if (!response) {
        fs_close(reply->handle);
        return MHD_NO;
    }
    add_header(response, "Content-Type", reply->type);
    add_header(response, "ETag", reply->tag);
    add_header(response, "Location", reply->location);
    add_header(response, "Content-Range", reply->range);
    add_header(response, "Accept-Ranges", reply->handle >= 0 ? "bytes" : NULL);
    add_header(response, "Allow", reply->status == 405 ? "GET, HEAD" : NULL);
    add_header(response, "Cache-Control", reply->tag ? "no-cache" : "no-store");
    add_header(response, "X-Content-Type-Options", "nosniff");
    /* Drafts are nothing for other sites' pages to include. */
    add_header(response, "Cross-Origin-Resource-Policy", "same-origin");
    enum MHD_Result result = MHD_queue_response(exchange->connection, reply->status, response);
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result send_text(const struct exchange *exchange, unsigned status, const char *text)
{
    const struct reply reply = {.status = status,
                                .type = "text/plain; charset=utf-8",
                                .bytes = str_from(text),
                                .handle = -1};
    return send_reply(exchange, &reply);
}

static enum MHD_Result refuse(const struct exchange *exchange, int status)
{
    switch (status) {
    case 405: return send_text(exchange, 405, "The preview only shows pages (GET and HEAD).\n");
    case 414: return send_text(exchange, 414, "This address is too long.\n");
    case 421:
        return send_text(exchange, 421,
                         "This preview answers only to localhost and 127.0.0.1, so that pages of "
                         "other sites cannot read it.\n");
    case 404: return send_text(exchange, 404, "There is no such page.\n");
    default: return send_text(exchange, 400, "This request cannot be understood.\n");
    }
}

/* The script before </body>, or at the end of what has none. */
static void add_script(const struct http *http, struct str page, enum mark mark, struct buf *out)
{
    static const char *const ribbons[] = {
        [MARK_NONE] = "",
        [MARK_DRAFT] = " data-ribbon=\"Draft: nobody else sees it yet\"",
        [MARK_FUTURE] = " data-ribbon=\"Scheduled: nobody else sees it before its date\"",
    };
    size_t at = page.len;
    for (size_t i = page.len; i >= 7; i--) {
        if (str_eq_nocase(str_sub(page, i - 7, i), STR("</body>"))) {
            at = i - 7;
            break;
        }
    }
    buf_add(out, str_sub(page, 0, at));
    buf_addf(out, "<script src=\"" OWN "preview.js?since=%" PRIu64 "\"%s></script>\n", http->number,
             ribbons[mark]);
    buf_add(out, str_after(page, at));
}

/* A page that says why there is none yet. */
static enum MHD_Result send_waiting(const struct http *http, const struct exchange *exchange)
{
    struct buf page = {0};
    struct buf whole = {0};
    buf_adds(&page, "<!DOCTYPE html>\n<html lang=\"en\"><meta charset=\"utf-8\">"
                    "<title>Not built yet</title>\n<body>\n");
    if (http->problems.len == 0) {
        buf_adds(&page, "<p>The site is being built; it appears here in a moment.</p>\n");
    } else {
        buf_adds(&page, "<h1>The site cannot be built yet</h1>\n<pre>");
        html_escape(&page, buf_str(&http->problems));
        buf_adds(&page, "</pre>\n<p>It appears here when the mended file is saved.</p>\n");
    }
    buf_adds(&page, "</body>\n</html>\n");
    add_script(http, buf_str(&page), MARK_NONE, &whole);
    const struct reply reply = {
        .status = 503, .type = "text/html; charset=utf-8", .bytes = buf_str(&whole), .handle = -1};
    enum MHD_Result result = send_reply(exchange, &reply);
    buf_release(&page);
    buf_release(&whole);
    return result;
}

static enum MHD_Result send_page(const struct http *http, const struct exchange *exchange,
                                 struct files_found *found, enum mark mark, struct reply *reply)
{
    struct arena arena = {0};
    struct buf out = {0};
    char *bytes = arena_alloc(&arena, (size_t)found->stat.size + 1);
    size_t got = 0;
    ssize_t more = 1;
    while (got < found->stat.size && more > 0) {
        more = pread(found->handle, bytes + got, (size_t)found->stat.size - got, (off_t)got);
        got += more > 0 ? (size_t)more : 0;
    }
    fs_close(found->handle);
    add_script(http, (struct str){bytes, got}, mark, &out);
    reply->bytes = buf_str(&out);
    enum MHD_Result result = send_reply(exchange, reply);
    buf_release(&out);
    arena_release(&arena);
    return result;
}

static enum MHD_Result send_file(const struct exchange *exchange, const struct files_found *found,
                                 struct reply *reply)
{
    char range[96];
    uint64_t first = 0, last = 0;
    uint64_t size = found->stat.size;
    struct str condition = header_of(exchange, "If-Range");
    enum request_range wanted = RANGE_WHOLE;
    if (condition.len == 0 || str_eq(condition, str_from(reply->tag)))
        wanted = request_range(header_of(exchange, "Range"), size, &first, &last);
    reply->handle = found->handle;
    reply->count = size;
    if (wanted == RANGE_OUTSIDE) {
        fs_close(found->handle);
        snprintf(range, sizeof range, "bytes */%" PRIu64, size);
        *reply = (struct reply){.status = 416, .handle = -1, .range = range};
    } else if (wanted == RANGE_PART) {
        snprintf(range, sizeof range, "bytes %" PRIu64 "-%" PRIu64 "/%" PRIu64, first, last, size);
        reply->status = 206;
        reply->first = first;
        reply->count = last - first + 1;
        reply->range = range;
    }
    return send_reply(exchange, reply);
}

static enum MHD_Result send_found(const struct http *http, const struct exchange *exchange,
                                  struct str path, struct files_found *found, unsigned status)
{
    char tag[96];
    bool page = found->is_page && found->stat.size <= MOST_PAGE;
    /* A page holds the number of the last event, so it is another one after each. */
    snprintf(tag, sizeof tag, "\"%" PRIx64 "-%" PRIx64 "-%" PRIx64 "-%" PRIx64 "\"",
             found->stat.inode, (uint64_t)found->stat.modified, found->stat.size,
             page ? http->number : 0);
    struct reply reply = {.status = status, .type = found->type, .handle = -1};
    if (status == 200)
        reply.tag = tag;
    if (status == 200 && request_has_tag(header_of(exchange, "If-None-Match"), str_from(tag))) {
        fs_close(found->handle);
        reply.status = 304;
        reply.type = NULL;
        return send_reply(exchange, &reply);
    }
    if (page)
        return send_page(http, exchange, found,
                         status == 200 ? marks_find(buf_str(&http->marks), path) : MARK_NONE,
                         &reply);
    return send_file(exchange, found, &reply);
}

static enum MHD_Result send_redirect(const struct exchange *exchange, struct str path,
                                     struct str query)
{
    struct buf location = {0};
    buf_addc(&location, '/');
    url_escape_path(&location, path);
    buf_addc(&location, '/');
    if (query.len > 0)
        buf_addf(&location, "?%.*s", STR_ARG(query));
    const struct reply reply = {.status = 302, .handle = -1, .location = location.ptr};
    enum MHD_Result result = send_reply(exchange, &reply);
    buf_release(&location);
    return result;
}

static enum MHD_Result answer_file(const struct http *http, const struct exchange *exchange,
                                   struct str path, struct str query)
{
    int root = -1;
    struct files_found found;
    if (fs_open_folder(http->fs, AT_FDCWD, http->folder, FS_FOLLOW, &root) != 0)
        return send_waiting(http, exchange);
    enum files_answer answer = files_find(http->fs, root, path, &found);
    unsigned status = 200;
    bool missing = answer == FILES_NONE;
    if (missing) {
        status = 404;
        answer = files_not_found(http->fs, root, path, &found);
    }
    fs_close(root);
    if (answer == FILES_FOUND)
        return send_found(http, exchange, path, &found, status);
    if (answer == FILES_FOLDER && !missing)
        return send_redirect(exchange, path, query);
    return path.len == 0 ? send_waiting(http, exchange) : refuse(exchange, 404);
}

/* What happened since the page last heard, or nothing yet. */
static void add_events(const struct http *http, uint64_t since, struct buf *out)
{
    static const char *const names[HTTP_EVENTS] = {"reload", "style", "problems"};
    for (size_t i = 0; i < HTTP_EVENTS; i++) {
        if (http->numbers[i] == since || (http->numbers[i] < since && since <= http->number))
            continue;
        buf_addf(out, "id: %" PRIu64 "\nevent: %s\ndata: -\n\n", http->number, names[i]);
        if (i == HTTP_RELOAD)
            return; /* which brings everything else */
    }
}

static enum MHD_Result answer_events(struct http *http, struct exchange *exchange, struct str query)
{
    uint64_t since = request_number(query, STR("since"));
    struct str heard = header_of(exchange, "Last-Event-ID");
    long long number = 0;
    if (heard.len > 0 && str_to_long(heard, &number) == 0)
        since = (uint64_t)number;
    struct buf out = {0};
    buf_adds(&out, "retry: 200\n\n");
    size_t empty = out.len;
    add_events(http, since, &out);
    enum MHD_Result result = MHD_YES;
    if (out.len == empty && !exchange->waited) {
        http_wait(http, exchange);
    } else {
        const struct reply reply = {
            .status = 200, .type = "text/event-stream", .bytes = buf_str(&out), .handle = -1};
        result = send_reply(exchange, &reply);
    }
    buf_release(&out);
    return result;
}

static enum MHD_Result answer_own(struct http *http, struct exchange *exchange, struct str name,
                                  struct str query)
{
    if (str_eq(name, STR("events")))
        return answer_events(http, exchange, query);
    struct reply reply = {.status = 200, .handle = -1, .type = "text/plain; charset=utf-8"};
    if (str_eq(name, STR("problems"))) {
        reply.bytes = buf_str(&http->problems);
        return send_reply(exchange, &reply);
    }
    for (size_t i = 0; i < source_client_count; i++) {
        struct str path = str_from(source_client[i].path);
        if (!str_eq(str_after(path, sizeof "src/serve/client/" - 1), name))
            continue;
        reply.bytes = (struct str){(const char *)source_client[i].bytes, source_client[i].size};
        reply.type = files_type(name);
        return send_reply(exchange, &reply);
    }
    return refuse(exchange, 404);
}

static enum MHD_Result count_one(void *context, enum MHD_ValueKind kind, const char *name,
                                 const char *value)
{
    (void)kind;
    (void)value;
    if (str_eq_nocase(str_from(name), STR("Host")))
        ++*(int *)context;
    return MHD_YES;
}

/* 0, or the status to refuse with. */
static int check(const struct exchange *exchange, const char *method, struct request_target *target)
{
    struct str name = str_from(method);
    if (!str_eq(name, STR("GET")) && !str_eq(name, STR("HEAD")))
        return 405;
    int refused = request_target(buf_str(&exchange->target), target);
    if (refused != 0)
        return refused;
    int hosts = 0;
    MHD_get_connection_values(exchange->connection, MHD_HEADER_KIND, count_one, &hosts);
    if (hosts != 1)
        return 400;
    if (!request_host_is_local(header_of(exchange, "Host")) ||
        (target->authority.len > 0 && !request_host_is_local(target->authority)))
        return 421;
    return 0;
}

enum MHD_Result answer(struct http *http, struct exchange *exchange, const char *method)
{
    struct request_target target;
    int refused = check(exchange, method, &target);
    if (refused != 0)
        return refuse(exchange, refused);
    if (str_starts(target.path, STR(OWN)))
        return answer_own(http, exchange, str_after(target.path, sizeof OWN - 1), target.query);
    struct buf path = {0};
    enum MHD_Result result;
    refused = request_path(target.path, &path);
    if (refused == 404 || refused == 0) {
        /* What no name can be is looked for like what no file has: the site's 404 page answers. */
        struct str wanted = refused == 0 ? buf_str(&path) : STR(".copse");
        result = answer_file(http, exchange, wanted, target.query);
    } else {
        result = refuse(exchange, refused);
    }
    buf_release(&path);
    return result;
}
