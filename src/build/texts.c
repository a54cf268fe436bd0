#include "build/texts.h"
#include "base/map.h"
#include "site/bodies.h"

static bool lies_behind(const struct span *span)
{
    return span->text && span->text->path.len > 0 && span->start != STR_NONE &&
           span->start >= span->text->bytes.len;
}

static const struct text *copy_text(const struct text *text, struct arena *arena)
{
    struct text *copy = arena_zalloc(arena, 1, sizeof *copy);
    *copy = (struct text){arena_str(arena, text->path), arena_str(arena, text->bytes)};
    return copy;
}

static const struct text *read_whole(struct source *source, const struct text *part,
                                     struct arena *arena)
{
    const struct source_file *file = source ? source_find(source, part->path) : NULL;
    struct text *whole = arena_zalloc(arena, 1, sizeof *whole);
    struct diags ignored;
    diags_init(&ignored, arena);
    if (!file || source_read(source, source_spare_worker(source), file, CONTENT_FILE_MOST, arena,
                             &ignored, whole) != 0)
        return copy_text(part, arena);
    whole->path = arena_str(arena, whole->path);
    return whole;
}

/* The text under its own address, or under its path if it had to be read. */
static const struct text *ready_text(struct map *texts, struct source *source,
                                     const struct span *span, struct arena *arena)
{
    bool behind = lies_behind(span);
    const struct text **address = arena_alloc(arena, sizeof *address);
    *address = span->text;
    void **slot = map_slot(texts, behind ? arena_str(arena, span->text->path)
                                         : (struct str){(const char *)address, sizeof *address});
    if (!*slot)
        *slot = (void *)(uintptr_t)(behind ? read_whole(source, span->text, arena)
                                           : copy_text(span->text, arena));
    return *slot;
}

void texts_complete(struct source *source, struct arena *arena, struct diags *diags)
{
    struct map texts;
    map_init(&texts, arena);
    for (size_t i = 0; i < diags->count; i++) {
        struct diag *diag = &diags->items[i];
        diag->message = arena_str(arena, diag->message);
        if (diag->hint.len > 0)
            diag->hint = arena_str(arena, diag->hint);
        if (diag->fix.text.len > 0)
            diag->fix.text = arena_str(arena, diag->fix.text);
        if (diag->span.text)
            diag->span.text = ready_text(&texts, source, &diag->span, arena);
    }
}
