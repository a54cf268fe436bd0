#include "build/texts.h"
#include "base/map.h"
#include "site/bodies.h"

static bool lies_behind(const struct span *span)
{
    return span->text && span->text->path.len > 0 && span->start != STR_NONE &&
           span->start >= span->text->bytes.len;
}

static const struct text *read_whole(struct source *source, const struct text *cut,
                                     struct arena *arena)
{
    const struct source_file *file = source_find(source, cut->path);
    struct text *whole = arena_zalloc(arena, 1, sizeof *whole);
    struct diags ignored;
    diags_init(&ignored, arena);
    if (!file || source_read(source, source_spare_worker(source), file, CONTENT_FILE_MOST, arena,
                             &ignored, whole) != 0)
        return cut;
    return whole;
}

void texts_complete(struct source *source, struct arena *arena, struct diags *diags)
{
    struct map texts;
    map_init(&texts, arena);
    for (size_t i = 0; i < diags->count; i++) {
        struct span *span = &diags->items[i].span;
        if (!lies_behind(span))
            continue;
        void **slot = map_slot(&texts, span->text->path);
        if (!*slot)
            *slot = (void *)(uintptr_t)read_whole(source, span->text, arena);
        span->text = *slot;
    }
}
