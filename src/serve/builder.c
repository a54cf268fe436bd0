#include "serve/builder.h"
#include "serve/marks.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* More problems than a page can show; the terminal has them all. */
#define MOST_SHOWN ((size_t)256 * 1024)

int64_t builder_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void builder_init(struct builder *builder, const struct builder_options *options)
{
    *builder = (struct builder){.options = options, .handle = -1};
}

/* Waits for the process to be gone. */
static void reap(struct builder *builder)
{
    int status = 0;
    while (waitpid(builder->process, &status, 0) < 0 && errno == EINTR)
        ;
    builder->process = 0;
    fs_close(builder->handle);
    builder->handle = -1;
}

void builder_release(struct builder *builder)
{
    if (builder->process > 0) {
        kill(builder->process, SIGTERM);
        reap(builder);
    }
    buf_release(&builder->bytes);
}

static void write_whole(int handle, const char *bytes, size_t count)
{
    while (count > 0) {
        ssize_t done = write(handle, bytes, count);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return; /* nobody listens any more */
        bytes += done;
        count -= (size_t)done;
    }
}

/* Only what keeps the site from being shown. */
static void add_errors(const struct builder *builder, struct arena *arena,
                       const struct diags *diags, struct buf *out)
{
    struct diags errors;
    diags_init(&errors, arena);
    for (size_t i = 0; i < diags->count; i++) {
        const struct diag *diag = &diags->items[i];
        if (diag->severity < SEVERITY_ERROR && !builder->options->build.warnings_are_errors)
            continue;
        struct diag *copy = diag_add(&errors, diag->severity, diag->code, diag->span, "%.*s",
                                     STR_ARG(diag->message));
        copy->hint = diag->hint;
    }
    builder->options->messages(out, &errors, false);
    buf_truncate(out, MOST_SHOWN);
}

/* In the child: the pages can be looked at. */
static void tell_published(void *context, const struct build_report *report)
{
    struct buf marks = {0};
    marks_add(&marks, report->plan);
    const struct builder_result result = {
        .published = true,
        .changed = report->store.written + report->store.removed,
        .outputs = report->outputs,
        .marks = marks.len,
    };
    write_whole(*(const int *)context, (const char *)&result, sizeof result);
    write_whole(*(const int *)context, marks.ptr, marks.len);
    buf_release(&marks);
}

/* The child's whole life. */
static void build_and_tell(const struct builder *builder, int handle)
{
    struct build_options options = builder->options->build;
    options.plain = true;
    options.published = tell_published;
    options.published_context = &handle;
    struct arena arena = {0};
    struct diags diags;
    struct build_report report;
    diags_init(&diags, &arena);
    if (!builder->options->fixed_now)
        options.now = (int64_t)time(NULL);
    struct builder_result result = {.ended = true};
    result.published = build_run(&options, &arena, &diags, &report) == 0;
    result.failed = diags_count(&diags, SEVERITY_FAILURE) > 0;
    result.changed = report.store.written + report.store.removed;
    result.outputs = report.outputs;
    struct buf text = {0};
    builder->options->messages(&text, &diags, builder->options->color);
    result.said = digest_of(buf_str(&text));
    if (text.len > 0 && !digest_eq(result.said, builder->said))
        write_whole(STDERR_FILENO, text.ptr, text.len);
    buf_clear(&text);
    if (!result.published)
        add_errors(builder, &arena, &diags, &text);
    write_whole(handle, (const char *)&result, sizeof result);
    write_whole(handle, text.ptr, text.len);
}

/* The child must not hold the port and the connections, nor wait for signals as the parent does. */
static void leave_parent(int handle)
{
    sigset_t none;
    sigemptyset(&none);
    signal(SIGPIPE, SIG_DFL);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (handle > 3)
        close_range(3, (unsigned)handle - 1, 0);
    close_range((unsigned)handle + 1, ~0U, 0);
}

int builder_start(struct builder *builder)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return errno;
    fflush(NULL);
    builder->started = builder_clock();
    pid_t process = fork();
    if (process < 0) {
        int error = errno;
        fs_close(ends[0]);
        fs_close(ends[1]);
        return error;
    }
    if (process == 0) {
        leave_parent(ends[1]);
        build_and_tell(builder, ends[1]);
        _exit(0);
    }
    fs_close(ends[1]);
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    builder->process = process;
    builder->handle = ends[0];
    buf_clear(&builder->bytes);
    builder->used = 0;
    return 0;
}

/* Takes what has come; false once there will be no more. */
static bool take_bytes(struct builder *builder)
{
    enum { PART = 1 << 16 };
    for (;;) {
        buf_reserve(&builder->bytes, PART);
        ssize_t got = read(builder->handle, builder->bytes.ptr + builder->bytes.len, PART);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got < 0 && errno == EAGAIN;
        builder->bytes.len += (size_t)got;
    }
}

/* It ended without saying how. */
static enum builder_news broken_off(struct builder *builder, struct builder_result *result,
                                    struct str *text)
{
    reap(builder);
    /* Once it has published, only what the next build would have known is lost. */
    result->published = builder->used > 0;
    result->crashed = !result->published;
    *text = STR("The build itself broke off; this is a fault of copse.\n"
                "`copse check` may say more. Saving a file tries again.\n");
    return BUILDER_ENDED;
}

enum builder_news builder_take(struct builder *builder, struct builder_result *result,
                               struct str *text)
{
    bool more = take_bytes(builder);
    struct str told = str_after(buf_str(&builder->bytes), builder->used);
    *result = (struct builder_result){0};
    *text = (struct str){0};
    if (told.len >= sizeof *result)
        memcpy(result, told.ptr, sizeof *result);
    result->took = builder_clock() - builder->started;
    if (builder->used == 0 && result->published && !result->ended) {
        if (told.len - sizeof *result < result->marks)
            return more ? BUILDER_NOTHING : broken_off(builder, result, text);
        *text = str_sub(told, sizeof *result, sizeof *result + result->marks);
        builder->used = sizeof *result + result->marks;
        return BUILDER_PUBLISHED;
    }
    if (more)
        return BUILDER_NOTHING;
    if (!result->ended)
        return broken_off(builder, result, text);
    *text = str_after(told, sizeof *result);
    builder->said = result->said;
    reap(builder);
    return BUILDER_ENDED;
}
