#include "cli/progress.h"

#include "cli/streams.h"

#include <stdio.h>
#include <time.h>

enum { PATIENCE = 300, INTERVAL = 100 };

static int64_t milliseconds(void)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void progress_start(struct progress *progress, bool live)
{
    *progress = (struct progress){.live = live, .started = milliseconds()};
    progress->drawn_at = progress->started + PATIENCE - INTERVAL;
    progress->phase_at = progress->started;
}

static void draw(struct progress *progress, enum build_phase phase, size_t done, size_t total)
{
    static const char *const names[] = {[BUILD_HISTORY] = "reading git's history: commit",
                                        [BUILD_READING] = "reading",
                                        [BUILD_PICTURES] = "making pictures:",
                                        [BUILD_RENDERING] = "rendering",
                                        [BUILD_PUBLISHING] = "writing",
                                        [BUILD_ASKING] = "asking for outside links:"};
    char line[96];
    int len = total > 0 ? snprintf(line, sizeof line, "%s %zu of %zu", names[phase], done, total)
                        : snprintf(line, sizeof line, "%s", names[phase]);
    if (len > 0 && (size_t)len < streams_columns())
        fprintf(stderr, "\r%s\x1b[K", line);
    fflush(stderr);
    progress->drawn = true;
}

void progress_report(void *context, enum build_phase phase, size_t done, size_t total)
{
    struct progress *progress = context;
    int64_t now = milliseconds();
    if (phase != progress->phase) {
        progress->spent[progress->phase] += now - progress->phase_at;
        progress->phase = phase;
        progress->phase_at = now;
    }
    if (!progress->live || now - progress->drawn_at < INTERVAL)
        return;
    progress->drawn_at = now;
    draw(progress, phase, done, total);
}

void progress_end(struct progress *progress)
{
    progress->spent[progress->phase] += milliseconds() - progress->phase_at;
    if (progress->drawn)
        fputs("\r\x1b[K", stderr);
    progress->drawn = false;
}

int64_t progress_elapsed(const struct progress *progress)
{
    return milliseconds() - progress->started;
}
