#include "build/said.h"
#include "base/map.h"
#include "base/vec.h"

#include <string.h>

enum { TEXTS_MOST = 8 * 1024 * 1024 };

static void put(struct buf *out, uint64_t number)
{
    buf_add(out, (struct str){(const char *)&number, sizeof number});
}

static void put_str(struct buf *out, struct str text)
{
    put(out, text.len);
    buf_add(out, text);
}

/* A text the first time that it comes, and from then on its number. */
static void put_text(struct buf *out, const struct text *text, struct map *texts)
{
    struct arena *arena = texts->arena;
    const struct text **address = arena_alloc(arena, sizeof *address);
    *address = text;
    struct str key = {(const char *)address, sizeof *address};
    size_t number = (size_t)(uintptr_t)map_get(texts, key);
    if (!text || number > 0) {
        put(out, text ? number : 0);
        return;
    }
    map_put(texts, key, (void *)(uintptr_t)(texts->count + 1));
    put(out, texts->count);
    put_str(out, text->path);
    put_str(out, text->bytes);
}

bool said_write(const struct diags *diags, struct buf *out)
{
    struct arena arena = {0};
    struct map texts;
    map_init(&texts, &arena);
    for (size_t i = 0; i < diags->count && out->len < TEXTS_MOST; i++) {
        const struct diag *diag = &diags->items[i];
        put(out, (uint64_t)diag->severity);
        put_str(out, str_from(diag->code));
        put_text(out, diag->span.text, &texts);
        put(out, diag->span.start);
        put(out, diag->span.end);
        put_str(out, diag->message);
        put_str(out, diag->hint);
        put(out, diag->fix.given);
        put(out, diag->fix.start);
        put(out, diag->fix.end);
        put_str(out, diag->fix.text);
    }
    arena_release(&arena);
    return out->len < TEXTS_MOST;
}

/* What is still to be read. */
struct reading {
    struct str rest;
    struct arena *arena;
    bool failed;
};

static uint64_t take(struct reading *reading)
{
    uint64_t number = 0;
    if (reading->rest.len < sizeof number) {
        reading->failed = true;
        return 0;
    }
    memcpy(&number, reading->rest.ptr, sizeof number);
    reading->rest = str_after(reading->rest, sizeof number);
    return number;
}

static struct str take_str(struct reading *reading)
{
    uint64_t length = take(reading);
    if (length > reading->rest.len) {
        reading->failed = true;
        return (struct str){0};
    }
    struct str text = arena_str(reading->arena, str_sub(reading->rest, 0, (size_t)length));
    reading->rest = str_after(reading->rest, (size_t)length);
    return text;
}

struct texts {
    const struct text **items;
    size_t count, capacity;
};

static const struct text *take_text(struct reading *reading, struct texts *texts)
{
    uint64_t number = take(reading);
    if (number == 0)
        return NULL;
    if (number <= texts->count)
        return texts->items[number - 1];
    struct text *text = arena_zalloc(reading->arena, 1, sizeof *text);
    text->path = take_str(reading);
    text->bytes = take_str(reading);
    *vec_push(reading->arena, texts) = text;
    return text;
}

bool said_read(struct str bytes, struct diags *diags)
{
    struct reading reading = {bytes, diags->arena, false};
    struct texts texts = {0};
    while (reading.rest.len > 0 && !reading.failed) {
        struct diag diag = {.severity = (enum severity)take(&reading)};
        struct str code = take_str(&reading);
        diag.code = arena_cstr(diags->arena, code);
        diag.span.text = take_text(&reading, &texts);
        diag.span.start = (size_t)take(&reading);
        diag.span.end = (size_t)take(&reading);
        diag.message = take_str(&reading);
        diag.hint = take_str(&reading);
        diag.fix.given = take(&reading) != 0;
        diag.fix.start = (size_t)take(&reading);
        diag.fix.end = (size_t)take(&reading);
        diag.fix.text = take_str(&reading);
        if (!reading.failed)
            *vec_push(diags->arena, diags) = diag;
    }
    return !reading.failed;
}
