#include "serve/serve.h"

#include "build/cache_place.h"
#include "serve/folder.h"
#include "serve/http.h"
#include "serve/listen.h"
#include "serve/watch.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

/* A save is often several changes (write, rename, remove): a build begins when there was quiet for
 * CALM milliseconds, but no later than LATEST after the first. */
enum { CALM = 15, LATEST = 250 };

struct server {
    const struct serve_options *options;
    struct arena *arena;
    struct diags *diags;
    struct builder_options builder_options;
    struct builder builder;
    struct http *http;
    struct watch *watch;
    const char *address;
    const char *state; /* the preview's own folder for what is kept between builds, or NULL */
    int signals;
    bool dirty; /* something changed that no build has seen */
    bool only_styles;
    bool building_styles; /* the same of the build that runs */
    bool broken;          /* the last build was not published */
    bool told;            /* that the build that runs is published */
    bool built;           /* one was */
    bool shown;           /* the browser was opened */
    bool polls;           /* it was said that watches ran out */
    int64_t first_change;
    int64_t last_change;
    int64_t looked; /* when the watch was last asked without a sign of it */
};

static void say(const struct server *server, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void say(const struct server *server, const char *format, ...)
{
    if (!server->options->say)
        return;
    struct buf line = {0};
    va_list arguments;
    va_start(arguments, format);
    buf_vaddf(&line, format, arguments);
    va_end(arguments);
    server->options->say(server->options->context, line.ptr);
    buf_release(&line);
}

static int open_signals(void)
{
    sigset_t wanted;
    sigemptyset(&wanted);
    sigaddset(&wanted, SIGINT);
    sigaddset(&wanted, SIGTERM);
    sigaddset(&wanted, SIGHUP);
    if (sigprocmask(SIG_BLOCK, &wanted, NULL) != 0)
        return -1;
    signal(SIGPIPE, SIG_IGN);
    return signalfd(-1, &wanted, SFD_NONBLOCK | SFD_CLOEXEC);
}

/* Watches may run out later, as folders come. */
static void tell_of_polling(struct server *server)
{
    if (watch_handle(server->watch) >= 0 || server->options->polling || server->polls)
        return;
    server->polls = true;
    say(server, "This system has no watches left; changes are looked for twice a second.");
}

static int begin(struct server *server)
{
    const struct fs *fs = server->options->builder.build.fs;
    int socket = -1;
    unsigned port = 0;
    if (listen_open(server->options->port, server->diags, &socket, &port) != 0)
        return -1;
    server->address = arena_printf(server->arena, "http://127.0.0.1:%u", port).ptr;
    struct str site = server->options->builder.build.place->folder;
    const char *output = folder_choose(fs, site, port, server->arena, server->diags);
    int error = output ? folder_clear(fs, output) : 0;
    if (error)
        diag_system(server->diags, (struct span){0}, error, "clear %s", output);
    if (!output || error) {
        close(socket);
        return -1;
    }
    server->builder_options = server->options->builder;
    server->builder_options.build.output = output;
    server->builder_options.build.base_url = str_from(server->address);
    if (!server->builder_options.build.cache) {
        struct str state = cache_folder(&server->builder_options.build, server->arena);
        server->state = folder_for_state(fs, state, output, server->arena);
        server->builder_options.build.cache = server->state;
    }
    builder_init(&server->builder, &server->builder_options);
    server->signals = open_signals();
    if (server->signals < 0) {
        close(socket);
        return diag_system(server->diags, (struct span){0}, errno, "wait for signals");
    }
    server->http = http_new(fs, output, socket, server->diags);
    if (!server->http)
        return -1;
    server->watch =
        watch_new(fs, server->builder_options.build.place->folder.ptr, server->options->polling);
    say(server, "%s/ shows the site and follows every save. Ctrl-C ends it.", server->address);
    tell_of_polling(server);
    return 0;
}

/* Hands the address to the desktop. A process of its own, which may live longer. */
static void open_browser(struct server *server)
{
    server->shown = true;
    const char *address = arena_printf(server->arena, "%s/", server->address).ptr;
    pid_t process = fork();
    if (process < 0) {
        say(server, "The browser could not be started; open %s yourself.", address);
        return;
    }
    if (process > 0)
        return;
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
    execlp("xdg-open", "xdg-open", address, (char *)NULL);
    execlp("open", "open", address, (char *)NULL);
    say(server, "There is no program here that opens a browser; open %s yourself.", address);
    _exit(0);
}

static void build(struct server *server)
{
    int error = builder_start(&server->builder);
    if (error) {
        say(server, "A build could not be started: %s. Saving a file tries again.",
            strerror(error));
        server->dirty = false;
        return;
    }
    server->building_styles = server->only_styles;
    server->told = false;
    server->dirty = false;
    server->only_styles = true;
}

/* The site is as the content says. */
static void published(struct server *server, const struct builder_result *result)
{
    bool was_broken = server->broken;
    server->broken = false;
    server->told = true;
    if (!server->built || result->changed > 0 || was_broken)
        say(server, "%s %zu files in %" PRId64 " ms (%zu changed).",
            server->built ? "Rebuilt" : "Built", result->outputs, result->took, result->changed);
    if (!server->built || result->changed > 0)
        http_tell(server->http,
                  server->building_styles && server->built && !was_broken ? HTTP_STYLE
                                                                          : HTTP_RELOAD,
                  (struct str){0});
    else if (was_broken)
        http_tell(server->http, HTTP_PROBLEMS, (struct str){0});
    server->built = true;
    if (server->options->open && !server->shown)
        open_browser(server);
}

static void ended(struct server *server, const struct builder_result *result, struct str problems)
{
    if (result->published && !server->told)
        published(server, result);
    if (result->published)
        return;
    server->broken = true;
    say(server, "%s",
        result->crashed  ? "The build broke off; the site stays as it was."
        : result->failed ? "The site could not be built; it stays as it was. Saving a file tries "
                           "again."
                         : "Not shown yet: the content has errors. The site stays as it was.");
    if (problems.len == 0)
        problems = STR("The site could not be built; the terminal says why.\n");
    http_tell(server->http, HTTP_PROBLEMS, problems);
}

/* What a build that runs has to say. */
static void hear(struct server *server)
{
    struct builder_result result;
    struct str text;
    switch (builder_take(&server->builder, &result, &text)) {
    case BUILDER_NOTHING: break;
    case BUILDER_PUBLISHED:
        http_mark(server->http, text);
        published(server, &result);
        break;
    case BUILDER_ENDED: ended(server, &result, text); break;
    }
}

static void look(struct server *server)
{
    struct watch_change change = watch_take(server->watch);
    server->looked = builder_clock();
    tell_of_polling(server);
    if (!change.changed)
        return;
    server->last_change = builder_clock();
    if (!server->dirty)
        server->first_change = server->last_change;
    server->dirty = true;
    server->only_styles = server->only_styles && change.only_styles;
}

/* Milliseconds until the build that is due may begin; 0: now, -1: none is due. */
static int until_build(const struct server *server)
{
    if (!server->dirty || server->builder.process != 0)
        return -1;
    int64_t now = builder_clock();
    int64_t calm = server->last_change + CALM - now;
    int64_t latest = server->first_change + LATEST - now;
    int64_t wait = calm < latest ? calm : latest;
    return wait > 0 ? (int)wait : 0;
}

/* Likewise until the watch must be asked, where it does not tell by itself. */
static int until_look(const struct server *server)
{
    int interval = watch_interval(server->watch);
    int64_t wait = server->looked + interval - builder_clock();
    return interval < 0 ? -1 : wait > 0 ? (int)wait : 0;
}

static int shorter(int a, int b)
{
    return a < 0 ? b : b < 0 ? a : a < b ? a : b;
}

/* One turn: waits for something to happen and sees to it. False: it is time to end. */
static bool turn(struct server *server)
{
    enum { SIGNALS, HTTP, WATCH, BUILDER, HANDLES };
    struct pollfd handles[HANDLES] = {
        [SIGNALS] = {server->signals, POLLIN, 0},
        [HTTP] = {http_handle(server->http), POLLIN, 0},
        [WATCH] = {watch_handle(server->watch), POLLIN, 0},
        [BUILDER] = {server->builder.handle, POLLIN, 0},
    };
    int wait = shorter(until_build(server), http_timeout(server->http));
    wait = shorter(wait, until_look(server));
    int ready = poll(handles, HANDLES, wait);
    if (ready < 0 && errno != EINTR)
        return false;
    if (ready > 0 && (handles[SIGNALS].revents & POLLIN))
        return false;
    if (handles[WATCH].revents != 0 || until_look(server) == 0)
        look(server);
    if (ready > 0 && handles[BUILDER].revents != 0)
        hear(server);
    if (until_build(server) == 0)
        build(server);
    http_run(server->http);
    return true;
}

static void finish(struct server *server)
{
    builder_release(&server->builder);
    http_free(server->http);
    watch_free(server->watch);
    fs_close(server->signals);
    if (server->http) /* what cannot be removed now is when the next preview begins */
        folder_clear(server->builder_options.build.fs, server->builder_options.build.output);
    if (server->http && server->state)
        folder_clear(server->builder_options.build.fs, server->state);
}

int serve_run(const struct serve_options *options, struct arena *arena, struct diags *diags)
{
    struct server server = {.options = options,
                            .arena = arena,
                            .diags = diags,
                            .signals = -1,
                            .builder.handle = -1,
                            .only_styles = true};
    int result = begin(&server);
    if (result == 0) {
        server.only_styles = false;
        build(&server);
        while (turn(&server))
            ;
        say(&server, "The preview has ended.");
    }
    finish(&server);
    return result;
}
