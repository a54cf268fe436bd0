/* A rendering from outside: set up, messages, memory. */
#include "lang/liquid/run.h"

#include "base/mem.h"
#include "base/suggest.h"

#include <stdlib.h>
#include <string.h>

int64_t *run_continues(struct liquid_run *run, struct binding *bindings)
{
    return (int64_t *)(bindings + run->slot_count);
}

static void clear_bindings(struct liquid_run *run, struct binding *bindings)
{
    for (size_t i = 0; i < run->slot_count; i++) {
        bindings[i].current.type = bindings[i].assigned.type = bindings[i].global.type =
            VALUE_UNSET;
        bindings[i].scoped = 0;
    }
    memset(run_continues(run, bindings), 0, run->liquid->continues.count * sizeof(int64_t));
}

struct binding *run_bindings_take(struct liquid_run *run)
{
    if (run->spare_count > 0)
        return run->spare[--run->spare_count];
    size_t continues = run->liquid->continues.count * sizeof(int64_t);
    struct binding *bindings =
        arena_alloc(run->arena, run->slot_count * sizeof *bindings + continues);
    clear_bindings(run, bindings);
    return bindings;
}

void run_bindings_give(struct liquid_run *run, struct binding *bindings)
{
    clear_bindings(run, bindings);
    run->spare[run->spare_count++] = bindings;
}

static void begin(struct liquid_run *run, const struct liquid_template *compiled,
                  struct liquid_call *call, struct buf *out)
{
    struct liquid *liquid = compiled->liquid;
    const struct liquid_limits *limits = &liquid->settings.limits;
    *run = (struct liquid_run){.liquid = liquid,
                               .call = call,
                               .arena = call->reader.arena,
                               .out = out,
                               .out_start = out->len,
                               .language = compiled->language,
                               .slot_count = liquid->names.count,
                               .iteration_limit = limits->iterations,
                               .scratch_limit = limits->scratch_bytes};
    run->out_limit = limits->output_bytes;
    run->bindings = run_bindings_take(run);
    run->continues = run_continues(run, run->bindings);
    run->spare = arena_alloc(run->arena, ((size_t)limits->depth + 1) * sizeof(struct binding *));
}

int liquid_render(const struct liquid_template *compiled, struct liquid_call *call, struct buf *out)
{
    struct liquid_run run;
    struct liquid_run *outer = call->run;
    begin(&run, compiled, call, out);
    call->run = &run;
    int status = run_template(&run, compiled);
    call->run = outer;
    return status;
}

/* ---- messages */

static void add_chain(struct liquid_run *run, struct buf *hint)
{
    for (const struct frame *frame = run->frame->parent; frame != NULL; frame = frame->parent) {
        const struct text *source = frame->compiled->source;
        struct text_position at = text_position(source, frame->position);
        buf_addf(hint, "%sincluded from %.*s:%zu:%zu", hint->len > 0 ? "; " : "",
                 STR_ARG(source->path), at.line, at.column);
    }
    if (run->call->subject.len > 0)
        buf_addf(hint, "%swhile making %.*s", hint->len > 0 ? "; " : "",
                 STR_ARG(run->call->subject));
}

static struct span here(const struct liquid_run *run)
{
    const struct frame *frame = run->frame;
    size_t end = frame->end > frame->position ? frame->end : frame->position + 1;
    return span_of(frame->compiled->source, frame->position, end);
}

static void report(struct liquid_run *run, enum severity severity, const char *code,
                   const char *format, va_list arguments)
{
    struct buf text = {0};
    buf_vaddf(&text, format, arguments);
    diag_add(run->call->diags, severity, code, here(run), "%.*s", STR_ARG(buf_str(&text)));
    buf_clear(&text);
    add_chain(run, &text);
    if (text.len > 0)
        diag_hint(run->call->diags, "%.*s", STR_ARG(buf_str(&text)));
    buf_release(&text);
}

void run_fail(struct liquid_run *run, const char *format, ...)
{
    if (run->failed)
        return;
    run->failed = true;
    if (run->filter != NULL)
        run_at(run, run->filter->position, run->filter->end);
    va_list arguments;
    va_start(arguments, format);
    report(run, SEVERITY_ERROR, "layout-error", format, arguments);
    va_end(arguments);
}

void run_warn(struct liquid_run *run, const char *code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    report(run, SEVERITY_WARNING, code, format, arguments);
    va_end(arguments);
}

int liquid_fail(struct liquid_call *call, const char *format, ...)
{
    struct buf text = {0};
    va_list arguments;
    va_start(arguments, format);
    buf_vaddf(&text, format, arguments);
    va_end(arguments);
    run_fail(call->run, "%.*s", STR_ARG(buf_str(&text)));
    buf_release(&text);
    return -1;
}

static struct str nearest_variable(struct liquid_run *run, struct str name)
{
    const struct liquid_host *host = &run->liquid->settings.host;
    struct str near = suggest_nearest(name, host->globals, host->global_count);
    if (near.len > 0 || run->call->globals.type != VALUE_MAP)
        return near;
    const struct value_map *map = run->call->globals.map;
    struct str *names = arena_alloc(run->arena, (map->count + 1) * sizeof *names);
    for (size_t i = 0; i < map->count; i++)
        names[i] = map->entries[i].key;
    return suggest_nearest(name, names, map->count);
}

void run_check_known(struct liquid_run *run, const struct pipeline *pipeline)
{
    const struct expression *base = &pipeline->base;
    if (base->kind != EXPRESSION_VARIABLE || pipeline->filter_count > 0)
        return;
    struct str name = run->liquid->names.items[base->slot].key.name;
    run_at(run, base->position, base->position + (uint32_t)name.len);
    if (!run_variable_known(run, base->slot)) {
        struct str near = nearest_variable(run, name);
        if (near.len > 0)
            run_fail(run, "nothing is called '%.*s' here; did you mean '%.*s'?", STR_ARG(name),
                     STR_ARG(near));
        else
            run_fail(run, "nothing is called '%.*s' here", STR_ARG(name));
        return;
    }
    struct value value = run_variable(run, base->slot);
    for (uint32_t i = 0; i < base->step_count; i++) {
        const struct path_step *step = &base->steps[i];
        bool found;
        if (step->computed != NULL || value.type != VALUE_MAP)
            return;
        value = run_lookup(run, value, step->key, &found);
        if (!found && step->word == WORD_NONE) {
            run_fail(run, "'%.*s' has no '%.*s'", STR_ARG(name), STR_ARG(step->key.name));
            return;
        }
    }
}

/* ---- memory */

char *run_bytes(struct liquid_run *run, size_t size)
{
    if (run->scratch > run->scratch_limit || size > run->scratch_limit - run->scratch) {
        run_fail(run, "the filters of this page made more than %zu bytes of text and lists",
                 run->scratch_limit);
        run->scratch = run->scratch_limit;
        return arena_alloc(run->arena, size < 64 ? 64 : size);
    }
    run->scratch += size;
    return arena_alloc(run->arena, size > 0 ? size : 1);
}

struct value *run_values(struct liquid_run *run, size_t count)
{
    void *bytes = run_bytes(run, count * sizeof(struct value));
    return bytes;
}

struct str run_keep(struct liquid_run *run, struct buf *buf)
{
    struct str kept = {run_bytes(run, buf->len + 1), buf->len};
    char *bytes = NULL;
    memcpy(&bytes, &kept.ptr, sizeof bytes);
    if (buf->len > 0)
        memcpy(bytes, buf->ptr, buf->len);
    bytes[buf->len] = '\0';
    buf_release(buf);
    return kept;
}

/* ---- for hosts */

const struct value *liquid_named(const struct liquid_arguments *arguments, const char *name)
{
    struct str wanted = str_from(name);
    for (size_t i = 0; i < arguments->named_count; i++)
        if (str_eq(arguments->named[i].key, wanted))
            return &arguments->named[i].value;
    return NULL;
}

struct str liquid_text(struct liquid_call *call, struct value value)
{
    if (value.type != VALUE_LIST)
        return run_text(call->run, value);
    struct buf text = {0};
    run_write(call->run, value, &text);
    return run_keep(call->run, &text);
}

struct value liquid_property(struct liquid_call *call, struct value value, struct str name)
{
    bool found;
    struct value_key key = {.name = name};
    const struct liquid_host *host = &call->run->liquid->settings.host;
    if (host->symbol != NULL)
        key.symbol = host->symbol(host->context, name);
    return run_lookup(call->run, value, key, &found);
}
