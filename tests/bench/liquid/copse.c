/* copse TEMPLATE DATA PARTIALS SECONDS OUTPUT: microseconds a rendering. */
#include "base/fs.h"
#include "lang/json.h"
#include "lang/liquid/liquid.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct folder {
    struct arena *arena;
    const char *path;
};

static int read_text(struct arena *arena, const char *path, struct text *out)
{
    struct fs fs = {0};
    out->path = str_from(path);
    return fs_read(&fs, AT_FDCWD, path, (size_t)64 << 20, arena, &out->bytes);
}

static const struct text *load(void *context, struct str name, size_t *start)
{
    struct folder *folder = context;
    struct text *text = arena_zalloc(folder->arena, 1, sizeof *text);
    struct str path = arena_printf(folder->arena, "%s/%.*s.html", folder->path, STR_ARG(name));
    *start = 0;
    return read_text(folder->arena, path.ptr, text) == 0 ? text : NULL;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

struct job {
    const struct liquid_template *compiled;
    struct value data;
    struct arena scratch;
    struct diags diags;
    struct buf out;
};

static void render(struct job *job)
{
    arena_clear(&job->scratch);
    buf_clear(&job->out);
    struct liquid_call call = {
        .globals = job->data, .reader = {.arena = &job->scratch}, .diags = &job->diags};
    if (liquid_render(job->compiled, &call, &job->out) != 0)
        exit(1);
}

static double run(struct job *job, double limit)
{
    double from = now();
    size_t count = 0;
    while (now() - from < limit) {
        for (int i = 0; i < 16; i++)
            render(job);
        count += 16;
    }
    return (now() - from) * 1e6 / (double)count;
}

int main(int count, char **arguments)
{
    if (count != 6)
        return 2;
    struct arena arena = {0};
    struct text source;
    struct text json;
    struct job job = {0};
    struct folder folder = {&arena, arguments[3]};
    diags_init(&job.diags, &arena);
    if (read_text(&arena, arguments[1], &source) != 0 ||
        read_text(&arena, arguments[2], &json) != 0 ||
        json_read(&json, &arena, &job.diags, &job.data) != 0)
        return 1;
    struct liquid_settings settings = {.host = {.context = &folder, .load = load}};
    struct liquid *liquid = liquid_new(&arena, &settings);
    job.compiled = liquid_compile(liquid, &source, 0, LIQUID_HTML, &job.diags);
    if (job.compiled == NULL)
        return 1;
    render(&job);
    FILE *file = fopen(arguments[5], "wb");
    if (file == NULL || fwrite(job.out.ptr, 1, job.out.len, file) != job.out.len ||
        fclose(file) != 0)
        return 3;
    double seconds = strtod(arguments[4], NULL);
    run(&job, seconds / 2);
    printf("%.2f\n", run(&job, seconds));
    buf_release(&job.out);
    arena_release(&job.scratch);
    arena_release(&arena);
    return 0;
}
