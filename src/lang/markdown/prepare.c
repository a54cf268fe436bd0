#include "lang/markdown/prepare.h"

#include "base/vec.h"

#include <string.h>

void md_prepare_plain(struct md_prepared *prepared, struct arena *arena, struct str text,
                      size_t source)
{
    *prepared = (struct md_prepared){.text = text};
    *vec_push(arena, &prepared->segments) = (struct md_segment){0, source};
}

void md_preparer_init(struct md_preparer *preparer, const struct md_prepared *from,
                      struct arena *arena)
{
    *preparer = (struct md_preparer){.from = from, .arena = arena};
    buf_reserve(&preparer->text, from->text.len + from->text.len / 8 + 64);
}

static size_t segment_at(const struct md_prepared *prepared, size_t at)
{
    size_t low = 0;
    size_t high = prepared->segments.count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (prepared->segments.items[middle].at <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static void add_segment(struct md_preparer *preparer, size_t source)
{
    *vec_push(preparer->arena, &preparer->segments) =
        (struct md_segment){preparer->text.len, source};
}

void md_preparer_copy(struct md_preparer *preparer, size_t start, size_t end)
{
    const struct md_prepared *from = preparer->from;
    if (start >= end)
        return;
    add_segment(preparer, md_source_offset(from, start));
    for (size_t i = segment_at(from, start) + 1;
         i < from->segments.count && from->segments.items[i].at < end; i++) {
        size_t at = from->segments.items[i].at;
        buf_add(&preparer->text, str_sub(from->text, start, at));
        start = at;
        add_segment(preparer, from->segments.items[i].source);
    }
    buf_add(&preparer->text, str_sub(from->text, start, end));
}

void md_preparer_add(struct md_preparer *preparer, struct str bytes, size_t at)
{
    add_segment(preparer, md_source_offset(preparer->from, at));
    buf_add(&preparer->text, bytes);
}

void md_preparer_finish(struct md_preparer *preparer, struct md_prepared *out)
{
    if (preparer->segments.count == 0)
        add_segment(preparer, md_source_offset(preparer->from, 0));
    *out = (struct md_prepared){.text = arena_str(preparer->arena, buf_str(&preparer->text)),
                                .segments = preparer->segments};
    buf_release(&preparer->text);
}

size_t md_source_offset(const struct md_prepared *prepared, size_t at)
{
    const struct md_segment *segment = &prepared->segments.items[segment_at(prepared, at)];
    return segment->source + (at - segment->at);
}

struct offsets {
    size_t *items;
    size_t count, capacity;
};

/* The offset behind the line that begins at `at`. */
static size_t next_line(struct str text, size_t at, bool returns)
{
    const char *end = memchr(text.ptr + at, '\n', text.len - at);
    size_t line_feed = end ? (size_t)(end - text.ptr) : text.len;
    size_t len = line_feed - at;
    const char *other = returns ? memchr(text.ptr + at, '\r', len) : NULL;
    if (!other || other + 1 == end)
        return end ? line_feed + 1 : text.len;
    return (size_t)(other - text.ptr) + 1;
}

static void find_lines(struct md_prepared *prepared, struct arena *arena)
{
    struct str text = prepared->text;
    bool returns = str_find_byte(text, '\r', 0) != STR_NONE;
    struct offsets lines = {0};
    for (size_t at = 0; at < text.len; at = next_line(text, at, returns))
        *vec_push(arena, &lines) = at;
    prepared->line_count = lines.count;
    *vec_push(arena, &lines) = text.len;
    prepared->lines = lines.items;
}

size_t md_line_count(struct md_prepared *prepared, struct arena *arena)
{
    if (!prepared->lines)
        find_lines(prepared, arena);
    return prepared->line_count;
}

struct str md_line(struct md_prepared *prepared, struct arena *arena, size_t number, size_t *start)
{
    size_t count = md_line_count(prepared, arena);
    size_t index = number == 0 ? 0 : number - 1;
    if (index >= count) {
        *start = prepared->text.len;
        return (struct str){NULL, 0};
    }
    *start = prepared->lines[index];
    struct str line = str_sub(prepared->text, *start, prepared->lines[index + 1]);
    while (line.len > 0 && (line.ptr[line.len - 1] == '\n' || line.ptr[line.len - 1] == '\r'))
        line.len--;
    return line;
}

size_t md_line_at(struct md_prepared *prepared, struct arena *arena, size_t at)
{
    size_t low = 0;
    size_t high = md_line_count(prepared, arena);
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (prepared->lines[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    return low + 1;
}
