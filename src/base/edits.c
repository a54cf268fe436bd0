#include "base/edits.h"
#include "base/arena.h"

#include <stdlib.h>

enum { CONTEXT = 3 };

static int compare(const void *left, const void *right)
{
    const struct edit *a = left;
    const struct edit *b = right;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    return (a->end > b->end) - (a->end < b->end);
}

size_t edits_sort(struct edit *edits, size_t count, size_t length)
{
    size_t kept = 0;
    if (count > 1)
        qsort(edits, count, sizeof *edits, compare);
    for (size_t i = 0; i < count; i++) {
        size_t last = kept > 0 ? edits[kept - 1].end : 0;
        if (edits[i].start >= last && edits[i].start <= edits[i].end && edits[i].end <= length &&
            !(kept > 0 && edits[i].start == edits[kept - 1].start))
            edits[kept++] = edits[i];
    }
    return kept;
}

/* The part [start, end) of the text with the edits that lie in it. */
static void apply_between(struct buf *out, struct str text, size_t start, size_t end,
                          const struct edit *edits, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        buf_add(out, str_sub(text, start, edits[i].start));
        buf_add(out, edits[i].text);
        start = edits[i].end;
    }
    buf_add(out, str_sub(text, start, end));
}

void edits_apply(struct buf *out, struct str text, const struct edit *edits, size_t count)
{
    apply_between(out, text, 0, text.len, edits, count);
}

/* Whole lines that change together: old lines [first, last), which are bytes [start, end). */
struct change {
    size_t first;
    size_t last;
    size_t start;
    size_t end;
    const struct edit *edits;
    size_t count;
    size_t added; /* lines that stand there afterwards */
};

/* Reads the text line by line, once, from front to back. */
struct lines {
    struct str text;
    size_t number; /* of the line at `at`, from 0 */
    size_t at;
};

static size_t line_end(struct str text, size_t at)
{
    size_t newline = str_find_byte(text, '\n', at);
    return newline == STR_NONE ? text.len : newline + 1;
}

/* Moves to the line that holds `offset`. */
static void move_to(struct lines *lines, size_t offset)
{
    for (;;) {
        size_t end = line_end(lines->text, lines->at);
        if (end > offset || end == lines->text.len || end == lines->at)
            return;
        lines->at = end;
        lines->number++;
    }
}

static size_t count_lines(struct str text)
{
    size_t count = 0;
    for (size_t at = 0; at < text.len; at = line_end(text, at))
        count++;
    return count;
}

/* The change that begins with edits[0]; takes in all that touch the same lines. */
static struct change next_change(struct lines *lines, const struct edit *edits, size_t count)
{
    struct change change = {.edits = edits};
    move_to(lines, edits[0].start);
    change.first = lines->number;
    change.start = lines->at;
    change.end = lines->at;
    while (change.count < count && (change.count == 0 || edits[change.count].start < change.end)) {
        const struct edit *edit = &edits[change.count++];
        /* A cut that ends with its line leaves the next line alone. */
        bool whole = edit->text.len == 0 && edit->end > edit->start &&
                     lines->text.ptr[edit->end - 1] == '\n' &&
                     (edit->start == change.start || edit->start == 0 ||
                      lines->text.ptr[edit->start - 1] == '\n');
        size_t touched = whole ? edit->end - 1 : edit->end;
        size_t end = line_end(lines->text, touched);
        change.end = end > change.end ? end : change.end;
    }
    change.last = change.first + count_lines(str_sub(lines->text, change.start, change.end));
    struct buf after = {0};
    apply_between(&after, lines->text, change.start, change.end, edits, change.count);
    change.added = count_lines(buf_str(&after));
    buf_release(&after);
    return change;
}

static void add_line(struct buf *out, char mark, struct str line, const char *color)
{
    bool whole = str_ends(line, STR("\n"));
    buf_adds(out, color ? color : "");
    buf_addc(out, mark);
    buf_add(out, whole ? str_sub(line, 0, line.len - 1) : line);
    buf_adds(out, color ? "\x1b[m\n" : "\n");
    if (!whole)
        buf_adds(out, "\\ No newline at end of file\n");
}

static void add_lines(struct buf *out, char mark, struct str text, const char *color)
{
    for (size_t at = 0; at < text.len;) {
        size_t end = line_end(text, at);
        add_line(out, mark, str_sub(text, at, end), color);
        at = end;
    }
}

static void add_change(struct buf *out, struct str text, const struct change *change, bool color)
{
    struct buf after = {0};
    apply_between(&after, text, change->start, change->end, change->edits, change->count);
    add_lines(out, '-', str_sub(text, change->start, change->end), color ? "\x1b[31m" : NULL);
    add_lines(out, '+', buf_str(&after), color ? "\x1b[32m" : NULL);
    buf_release(&after);
}

/* The offset of the line that stands `lines` before the one at `at`, not before `least`; *count is
 * lowered by what there is none of. */
static size_t go_back(struct str text, size_t at, size_t least, size_t *count)
{
    size_t moved = 0;
    while (moved < *count && at > least) {
        at--;
        while (at > least && text.ptr[at - 1] != '\n')
            at--;
        moved++;
    }
    *count = moved;
    return at;
}

static size_t go_on(struct str text, size_t at, size_t *count)
{
    size_t moved = 0;
    while (moved < *count && at < text.len) {
        at = line_end(text, at);
        moved++;
    }
    *count = moved;
    return at;
}

/* Changes whose contexts touch, as one hunk. *shift is how many lines earlier hunks added. */
static void add_hunk(struct buf *out, struct str text, const struct change *changes, size_t count,
                     long *shift, bool color)
{
    size_t before = CONTEXT;
    size_t after = CONTEXT;
    size_t start = go_back(text, changes[0].start, 0, &before);
    size_t end = go_on(text, changes[count - 1].end, &after);
    size_t first = changes[0].first - before;
    size_t old = changes[count - 1].last + after - first;
    long grown = 0;
    for (size_t i = 0; i < count; i++)
        grown += (long)changes[i].added - (long)(changes[i].last - changes[i].first);
    long new = (long)old + grown;
    buf_addf(out, "%s@@ -%zu,%zu +%ld,%ld @@%s\n", color ? "\x1b[36m" : "",
             old > 0 ? first + 1 : first, old, (long)first + *shift + (new > 0), new,
             color ? "\x1b[m" : "");
    for (size_t i = 0; i < count; i++) {
        add_lines(out, ' ', str_sub(text, start, changes[i].start), NULL);
        add_change(out, text, &changes[i], color);
        start = changes[i].end;
    }
    add_lines(out, ' ', str_sub(text, start, end), NULL);
    *shift += grown;
}

static void add_heading(struct buf *out, struct str path, bool color)
{
    buf_addf(out, "%s--- a/%.*s%s\n%s+++ b/%.*s%s\n", color ? "\x1b[1m" : "", STR_ARG(path),
             color ? "\x1b[m" : "", color ? "\x1b[1m" : "", STR_ARG(path), color ? "\x1b[m" : "");
}

void edits_diff(struct buf *out, struct str path, struct str text, const struct edit *edits,
                size_t count, bool color)
{
    struct lines lines = {.text = text};
    struct arena arena = {0};
    struct change *changes = arena_zalloc(&arena, count, sizeof *changes);
    size_t changed = 0;
    long shift = 0;
    for (size_t used = 0; used < count; used += changes[changed++].count)
        changes[changed] = next_change(&lines, edits + used, count - used);
    if (changed > 0)
        add_heading(out, path, color);
    for (size_t i = 0; i < changed;) {
        size_t next = i + 1;
        while (next < changed && changes[next].first - changes[next - 1].last <= 2 * CONTEXT)
            next++;
        add_hunk(out, text, changes + i, next - i, &shift, color);
        i = next;
    }
    arena_release(&arena);
}
