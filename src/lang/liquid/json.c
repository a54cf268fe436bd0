/* Values as JSON. */
#include "lang/liquid/json.h"

#include "base/html.h"

#include <math.h>

#define DEPTH_MOST 64

static void write(struct liquid_run *run, struct value value, struct buf *out, unsigned depth);

static void write_list(struct liquid_run *run, struct value list, struct buf *out, unsigned depth)
{
    size_t count = run_count(run, list);
    buf_addc(out, '[');
    for (size_t i = 0; i < count && out->len < run->out_limit; i++) {
        if (i > 0)
            buf_addc(out, ',');
        write(run, run_item(run, list, i), out, depth + 1);
    }
    buf_addc(out, ']');
}

static void write_pairs(struct liquid_run *run, struct value pairs, struct buf *out, unsigned depth)
{
    size_t count = run_count(run, pairs);
    buf_addc(out, '{');
    for (size_t i = 0; i < count && out->len < run->out_limit; i++) {
        const struct value *pair = pairs.list->items[i].list->items;
        if (i > 0)
            buf_addc(out, ',');
        json_escape(out, run_text(run, pair[0]));
        buf_addc(out, ':');
        write(run, pair[1], out, depth + 1);
    }
    buf_addc(out, '}');
}

static void write(struct liquid_run *run, struct value value, struct buf *out, unsigned depth)
{
    bool number = value.type == VALUE_INTEGER || value.type == VALUE_BIG ||
                  (value.type == VALUE_FLOAT && isfinite(value.number));
    bool object = value.type == VALUE_OBJECT && !run_is_list(value);
    if (depth > DEPTH_MOST)
        buf_adds(out, "null");
    else if (number || value.type == VALUE_BOOLEAN)
        run_write(run, value, out);
    else if (run_is_list(value) && value.type != VALUE_RANGE)
        write_list(run, value, out, depth);
    else if (value.type == VALUE_MAP || (object && value.object.class->keys != NULL))
        write_pairs(run, run_pairs(run, value), out, depth);
    else if (object && value.object.class->print == NULL)
        buf_adds(out, "null");
    else if (value.type == VALUE_NIL || value.type == VALUE_FLOAT)
        buf_adds(out, "null");
    else
        json_escape(out, run_text(run, value));
}

void run_json(struct liquid_run *run, struct value value, struct buf *out)
{
    write(run, value, out, 0);
}

void liquid_json(struct liquid_call *call, struct value value, struct buf *out)
{
    write(call->run, value, out, 0);
}
