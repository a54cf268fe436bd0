/* Asking servers, by libcurl's multi interface: many hosts at a time, each host one question at a
 * time with a pause in between. */
#include "base/buf.h"
#include "base/vec.h"
#include "base/version.h"
#include "build/outside/outside_internal.h"

#include <curl/curl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    AT_A_TIME = 16,
    PAUSE = 250,          /* milliseconds between two questions to a host */
    CONNECT_TIMEOUT = 10, /* seconds */
    TIMEOUT = 20,
    REDIRECTS_MOST = 10,
    WAIT_MOST = 500 /* milliseconds */
};

/* The questions for one host, next[first, last) of them open. */
struct host {
    struct str name;
    size_t first; /* in asking.order */
    size_t last;
    int64_t ready_at; /* milliseconds */
    bool busy;
};

struct asking;

/* A question that is on its way. */
struct question {
    struct asking *asking;
    struct answer *answer;
    struct host *host;
    CURL *handle;
    bool get;       /* the second try */
    bool refused;   /* an address was private */
    bool permanent; /* all redirects so far say that they are for good */
    int redirects;
    char error[CURL_ERROR_SIZE];
};

struct asking {
    const struct outside_options *options;
    struct arena *arena;
    CURLM *multi;
    struct answer **order; /* by host */
    struct host *hosts;
    size_t host_count;
    size_t total;
    size_t done;
    struct question questions[AT_A_TIME];
};

static int64_t milliseconds(void)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* The seam through which each connection goes, those of redirects too: the address is the one that
 * is connected to, so no name can lead elsewhere a moment later. */
static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct question *question = context;
    bool allowed = question->asking->options->private_too;
    (void)purpose;
    if (!allowed && address->family == AF_INET) {
        struct sockaddr_in in;
        memcpy(&in, &address->addr, sizeof in);
        allowed = outside_is_public((const unsigned char *)&in.sin_addr, 4);
    } else if (!allowed && address->family == AF_INET6 &&
               address->addrlen >= sizeof(struct sockaddr_in6)) {
        struct sockaddr_in6 in;
        memcpy(&in, (const void *)&address->addr, sizeof in);
        allowed = outside_is_public((const unsigned char *)&in.sin6_addr, 16);
    }
    if (!allowed) {
        question->refused = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* Sees the status line of every answer on the way. */
static size_t take_header(char *bytes, size_t size, size_t count, void *context)
{
    struct question *question = context;
    struct str line = {bytes, size * count};
    size_t space = str_find_byte(line, ' ', 0);
    long long status = 0;
    if (str_starts(line, STR("HTTP/")) && space != STR_NONE &&
        str_to_long(str_sub(line, space + 1, space + 4), &status) == 0 && status >= 300 &&
        status < 400) {
        question->redirects++;
        question->permanent = question->permanent && (status == 301 || status == 308);
    }
    return size * count;
}

/* The first bytes of a page are proof enough; taking none of them ends the transfer. */
static size_t take_body(char *bytes, size_t size, size_t count, void *context)
{
    (void)bytes;
    (void)size;
    (void)count;
    (void)context;
    return 0;
}

/* What holds for every question that the handle is used for. */
static void set_up(struct question *question)
{
    const struct outside_options *options = question->asking->options;
    CURL *handle = question->handle;
    long timeout = options->timeout > 0 ? (long)options->timeout : TIMEOUT;
    curl_easy_setopt(handle, CURLOPT_PRIVATE, question);
    curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, question->error);
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(handle, CURLOPT_MAXREDIRS, (long)REDIRECTS_MOST);
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT,
                     timeout < CONNECT_TIMEOUT ? timeout : (long)CONNECT_TIMEOUT);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT, timeout);
    curl_easy_setopt(handle, CURLOPT_PROXY, "");
    curl_easy_setopt(handle, CURLOPT_COOKIEFILE, ""); /* in memory: some redirects need them */
    curl_easy_setopt(handle, CURLOPT_USERAGENT, "copse/" COPSE_VERSION " (link check)");
    curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, question);
    curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(handle, CURLOPT_HEADERDATA, question);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take_body);
    /* A connection is never shared: each is seen by open_socket() for its own question. */
    curl_easy_setopt(handle, CURLOPT_FORBID_REUSE, 1L);
    curl_easy_setopt(handle, CURLOPT_FRESH_CONNECT, 1L);
}

static void start(struct question *question)
{
    question->refused = false;
    question->permanent = true;
    question->redirects = 0;
    question->error[0] = '\0';
    /* The url is NUL-terminated: as_request() made it. */
    curl_easy_setopt(question->handle, CURLOPT_URL, question->answer->url.ptr);
    curl_easy_setopt(question->handle, CURLOPT_NOBODY, question->get ? 0L : 1L);
    if (question->get)
        curl_easy_setopt(question->handle, CURLOPT_HTTPGET, 1L);
    curl_easy_setopt(question->handle, CURLOPT_COOKIELIST, "ALL"); /* forgets the last one's */
    curl_multi_add_handle(question->asking->multi, question->handle);
}

/* Starts what may be started; returns the milliseconds until something more may be. */
static int64_t start_ready(struct asking *asking)
{
    int64_t now = milliseconds();
    int64_t wait = WAIT_MOST;
    size_t slot = 0;
    for (size_t i = 0; i < asking->host_count; i++) {
        struct host *host = &asking->hosts[i];
        if (host->busy || host->first == host->last)
            continue;
        if (host->ready_at > now) {
            wait = host->ready_at - now < wait ? host->ready_at - now : wait;
            continue;
        }
        while (slot < AT_A_TIME && asking->questions[slot].answer)
            slot++;
        if (slot == AT_A_TIME)
            break;
        struct question *question = &asking->questions[slot];
        question->answer = asking->order[host->first++];
        question->host = host;
        question->get = false;
        host->busy = true;
        start(question);
    }
    return wait;
}

/* Statuses by which servers say that they do not talk to programs, or not now. */
static bool is_closed(long status)
{
    return status == 401 || status == 403 || status == 405 || status == 406 || status == 429 ||
           status == 503 || status >= 900;
}

static void judge_status(struct question *question, long status)
{
    struct answer *answer = question->answer;
    const char *url = NULL;
    answer->status = status;
    if (status >= 400 || status < 200) {
        answer->kind = is_closed(status) ? ANSWER_CLOSED : ANSWER_GONE;
        return;
    }
    answer->kind = ANSWER_FOUND;
    curl_easy_getinfo(question->handle, CURLINFO_EFFECTIVE_URL, &url);
    if (question->redirects > 0 && question->permanent && url &&
        !str_eq(str_from(url), answer->url)) {
        answer->kind = ANSWER_MOVED;
        answer->moved_to = arena_str(question->asking->arena, str_from(url));
    }
}

static const char *explain(CURLcode code)
{
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST: return "there is no host of that name";
    case CURLE_COULDNT_CONNECT: return "nothing answers there";
    case CURLE_OPERATION_TIMEDOUT: return "it does not answer in time";
    case CURLE_TOO_MANY_REDIRECTS: return "it leads from page to page and never arrives";
    case CURLE_PEER_FAILED_VERIFICATION:
        return "its certificate is not valid, so browsers warn visitors";
    case CURLE_URL_MALFORMAT: return "it is not written as an address is";
    case CURLE_UNSUPPORTED_PROTOCOL: return "it leads on to what is no web page";
    case CURLE_SSL_CONNECT_ERROR: return "no safe connection can be made";
    default: return NULL;
    }
}

static void judge_failure(struct question *question, CURLcode code)
{
    struct answer *answer = question->answer;
    const char *why = explain(code);
    answer->kind = question->refused ? ANSWER_PRIVATE : ANSWER_SILENT;
    answer->no_such_host = code == CURLE_COULDNT_RESOLVE_HOST;
    answer->why = why ? str_from(why)
                  : question->error[0]
                      ? arena_str(question->asking->arena, str_from(question->error))
                      : str_from(curl_easy_strerror(code));
}

/* Whether a GET may bring what a HEAD did not: many servers know no HEAD, some drop the line. */
static bool is_worth_a_get(const struct question *question, CURLcode code, long status)
{
    if (question->get || question->refused || code == CURLE_COULDNT_RESOLVE_HOST ||
        code == CURLE_URL_MALFORMAT || code == CURLE_TOO_MANY_REDIRECTS)
        return false;
    return code != CURLE_OK || status >= 400;
}

static void finish(struct asking *asking, struct question *question, CURLcode code)
{
    long status = 0;
    curl_multi_remove_handle(asking->multi, question->handle);
    curl_easy_getinfo(question->handle, CURLINFO_RESPONSE_CODE, &status);
    if (code == CURLE_WRITE_ERROR && status > 0)
        code = CURLE_OK; /* take_body() */
    if (is_worth_a_get(question, code, status)) {
        question->get = true;
        start(question);
        return;
    }
    if (code == CURLE_OK)
        judge_status(question, status);
    else
        judge_failure(question, code);
    question->host->busy = false;
    question->host->ready_at = milliseconds() + PAUSE;
    question->answer = NULL;
    asking->done++;
    if (asking->options->progress)
        asking->options->progress(asking->options->progress_context, asking->done, asking->total);
}

static int compare_hosts(const void *left, const void *right)
{
    const struct answer *a = *(const struct answer *const *)left;
    const struct answer *b = *(const struct answer *const *)right;
    int order = str_cmp(a->host, b->host);
    return order != 0 ? order : str_cmp(a->url, b->url);
}

static void sort_by_host(struct asking *asking, struct answer *answers, size_t count)
{
    asking->order = arena_zalloc(asking->arena, count, sizeof(struct answer *));
    asking->hosts = arena_zalloc(asking->arena, count, sizeof *asking->hosts);
    for (size_t i = 0; i < count; i++) {
        if (answers[i].kind == ANSWER_NONE)
            asking->order[asking->total++] = &answers[i];
    }
    if (asking->total > 1)
        qsort(asking->order, asking->total, sizeof(struct answer *), compare_hosts);
    for (size_t i = 0; i < asking->total; i++) {
        struct host *last = asking->host_count > 0 ? &asking->hosts[asking->host_count - 1] : NULL;
        if (!last || !str_eq(last->name, asking->order[i]->host)) {
            last = &asking->hosts[asking->host_count++];
            *last = (struct host){.name = asking->order[i]->host, .first = i};
        }
        last->last = i + 1;
    }
}

static int ask_all(struct asking *asking, struct diags *diags)
{
    while (asking->done < asking->total) {
        int running = 0;
        int left = 0;
        CURLMsg *message;
        int64_t wait = start_ready(asking);
        CURLMcode code = curl_multi_perform(asking->multi, &running);
        while ((message = curl_multi_info_read(asking->multi, &left))) {
            struct question *question = NULL;
            curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &question);
            if (message->msg == CURLMSG_DONE)
                finish(asking, question, message->data.result);
            wait = 0;
        }
        if (code == CURLM_OK && wait > 0)
            code = curl_multi_poll(asking->multi, NULL, 0, (int)wait, NULL);
        if (code != CURLM_OK) {
            diag_add(diags, SEVERITY_FAILURE, "system", (struct span){0},
                     "the outside links could not be asked for: %s", curl_multi_strerror(code));
            return -1;
        }
    }
    return 0;
}

static int prepare(struct asking *asking, struct diags *diags)
{
    bool ready = true;
    asking->multi = curl_multi_init();
    for (size_t i = 0; i < AT_A_TIME; i++) {
        asking->questions[i].asking = asking;
        asking->questions[i].handle = curl_easy_init();
        ready = ready && asking->questions[i].handle;
        if (asking->questions[i].handle)
            set_up(&asking->questions[i]);
    }
    if (asking->multi && ready)
        return 0;
    diag_add(diags, SEVERITY_FAILURE, "system", (struct span){0},
             "there is not enough memory to ask for outside links");
    return -1;
}

int outside_ask(const struct outside_options *options, struct answer *answers, size_t count,
                struct arena *arena, struct diags *diags)
{
    struct asking asking = {.options = options, .arena = arena};
    sort_by_host(&asking, answers, count);
    if (asking.total == 0)
        return 0;
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        diag_add(diags, SEVERITY_FAILURE, "system", (struct span){0},
                 "libcurl cannot be used here, so outside links cannot be asked for");
        return -1;
    }
    int status = prepare(&asking, diags);
    if (status == 0)
        status = ask_all(&asking, diags);
    for (size_t i = 0; i < AT_A_TIME; i++) {
        if (asking.questions[i].handle && asking.questions[i].answer)
            curl_multi_remove_handle(asking.multi, asking.questions[i].handle);
        curl_easy_cleanup(asking.questions[i].handle);
    }
    if (asking.multi)
        curl_multi_cleanup(asking.multi);
    curl_global_cleanup();
    return status;
}
