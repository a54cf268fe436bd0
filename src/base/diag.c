#include "base/diag.h"
#include "base/buf.h"
#include "base/vec.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void diags_init(struct diags *diags, struct arena *arena)
{
    *diags = (struct diags){.arena = arena};
}

static struct str format_text(struct arena *arena, const char *format, va_list arguments)
{
    struct buf buf = {0};
    buf_vaddf(&buf, format, arguments);
    struct str text = arena_str(arena, buf_str(&buf));
    buf_release(&buf);
    return text;
}

static struct diag *add(struct diags *diags, enum severity severity, const char *code,
                        struct span span, struct str message)
{
    struct diag *diag = vec_push(diags->arena, diags);
    *diag = (struct diag){.severity = severity, .code = code, .span = span, .message = message};
    return diag;
}

struct diag *diag_add(struct diags *diags, enum severity severity, const char *code,
                      struct span span, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct str message = format_text(diags->arena, format, arguments);
    va_end(arguments);
    return add(diags, severity, code, span, message);
}

int diag_error(struct diags *diags, const char *code, struct span span, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct str message = format_text(diags->arena, format, arguments);
    va_end(arguments);
    add(diags, SEVERITY_ERROR, code, span, message);
    return -1;
}

static const char *explain(int error)
{
    switch (error) {
    case ENOSPC: return "the disk is full";
    case EDQUOT: return "your share of the disk is used up";
    case EROFS: return "it is on a disk that can only be read";
    case EACCES:
    case EPERM: return "you have no permission to do that there";
    case ENOENT: return "there is no such file or folder";
    case ENOTDIR: return "a part of the path is a file, not a folder";
    case EISDIR: return "it is a folder, not a file";
    case EEXIST: return "something of that name is already there";
    case ENOTEMPTY: return "the folder is not empty";
    case ELOOP: return "it is a symbolic link";
    case EFBIG: return "the file is too large";
    case EMFILE:
    case ENFILE: return "too many files are open";
    case ENAMETOOLONG: return "the name is too long";
    case EIO: return "the disk reports a fault";
    default: return NULL;
    }
}

int diag_system(struct diags *diags, struct span span, int error, const char *what, ...)
{
    va_list arguments;
    va_start(arguments, what);
    struct str action = format_text(diags->arena, what, arguments);
    va_end(arguments);
    char buffer[128];
    const char *why = explain(error);
    if (!why)
        why = strerror_r(error, buffer, sizeof buffer);
    add(diags, SEVERITY_FAILURE, "system", span,
        arena_printf(diags->arena, "cannot %.*s: %s", STR_ARG(action), why));
    return -1;
}

void diag_hint(struct diags *diags, const char *format, ...)
{
    if (diags->count == 0)
        return;
    va_list arguments;
    va_start(arguments, format);
    diags->items[diags->count - 1].hint = format_text(diags->arena, format, arguments);
    va_end(arguments);
}

void diag_fix(struct diags *diags, size_t start, size_t end, struct str text)
{
    if (diags->count > 0)
        diags->items[diags->count - 1].fix =
            (struct diag_fix){true, start, end, arena_str(diags->arena, text)};
}

void diags_merge(struct diags *into, const struct diags *from)
{
    for (size_t i = 0; i < from->count; i++)
        *vec_push(into->arena, into) = from->items[i];
}

static struct str diag_path(const struct diag *diag)
{
    return diag->span.text ? diag->span.text->path : (struct str){0};
}

static int compare(const void *left, const void *right)
{
    const struct diag *a = left;
    const struct diag *b = right;
    int order = str_cmp(diag_path(a), diag_path(b));
    if (order != 0)
        return order;
    if (a->span.start != b->span.start) {
        /* STR_NONE (the whole file) comes first. */
        size_t start_a = a->span.start + 1;
        size_t start_b = b->span.start + 1;
        return (start_a > start_b) - (start_a < start_b);
    }
    order = strcmp(a->code, b->code);
    if (order == 0)
        order = str_cmp(a->message, b->message);
    if (order == 0)
        order = (int)b->severity - (int)a->severity;
    return order;
}

void diags_sort(struct diags *diags)
{
    if (diags->count < 2)
        return;
    qsort(diags->items, diags->count, sizeof *diags->items, compare);
    size_t kept = 1;
    for (size_t i = 1; i < diags->count; i++) {
        if (compare(&diags->items[i], &diags->items[kept - 1]) != 0)
            diags->items[kept++] = diags->items[i];
    }
    diags->count = kept;
}

size_t diags_count(const struct diags *diags, enum severity severity)
{
    size_t count = 0;
    for (size_t i = 0; i < diags->count; i++)
        count += diags->items[i].severity == severity;
    return count;
}

bool diags_failed(const struct diags *diags)
{
    for (size_t i = 0; i < diags->count; i++) {
        if (diags->items[i].severity >= SEVERITY_ERROR)
            return true;
    }
    return false;
}

const char *severity_name(enum severity severity)
{
    static const char *const names[] = {"note", "warning", "error", "failure"};
    return names[severity];
}
