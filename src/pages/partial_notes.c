#include "pages/partial_notes.h"
#include "base/vec.h"

static void begin(void *context)
{
    struct partial_notes *notes = context;
    struct partial_nest *nest = vec_push(notes->arena, notes);
    nest->of_page = notes->of_page;
    notes->of_page = false;
    trace_nest_begin(notes->trace, &nest->trace);
}

static bool end(void *context, struct buf *facts)
{
    struct partial_notes *notes = context;
    const struct partial_nest *nest = &notes->items[--notes->count];
    bool kept = !notes->of_page;
    trace_nest_end(notes->trace, &nest->trace, facts);
    notes->of_page = notes->of_page || nest->of_page;
    return kept;
}

static void again(void *context, struct str facts)
{
    const struct partial_notes *notes = context;
    trace_again(notes->trace, facts);
}

struct liquid_notes partial_notes(struct partial_notes *notes)
{
    return (struct liquid_notes){notes, begin, end, again};
}
