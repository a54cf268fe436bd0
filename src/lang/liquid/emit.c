/* Writing instructions, and following the HTML state through the literal text. */
#include "lang/liquid/compiler.h"
#include "lang/liquid/filter.h"

#include "base/vec.h"

struct op *emit(struct compiler *compiler, enum op_code code, struct str at)
{
    emit_flush(compiler);
    struct op *op = vec_push(compiler->arena, &compiler->ops);
    *op = (struct op){.code = (uint8_t)code, .position = compiler_position(compiler, at.ptr)};
    return op;
}

void emit_text(struct compiler *compiler, struct str text)
{
    emit_flush(compiler);
    compiler->pending = text;
}

static void push_text(struct compiler *compiler, struct str text)
{
    if (text.len == 0)
        return;
    struct op *op = vec_push(compiler->arena, &compiler->ops);
    *op = (struct op){
        .code = OP_TEXT, .position = compiler_position(compiler, text.ptr), .text = text};
}

static struct link_site *new_site(struct compiler *compiler, const struct surroundings *here)
{
    struct link_site *site = arena_zalloc(compiler->arena, 1, sizeof *site);
    surroundings_link(here, &site->kind);
    site->element = here->element_name;
    site->attribute = here->attribute_name;
    return site;
}

static void push_site(struct compiler *compiler, enum op_code code, const struct link_site *site,
                      uint32_t position)
{
    struct op *op = vec_push(compiler->arena, &compiler->ops);
    *op = (struct op){.code = (uint8_t)code, .position = position, .link = site};
}

/* A value that began in this text and ends in it needs no mark; one that goes on does. */
static void follow_text(struct compiler *compiler, struct str text)
{
    struct surroundings *here = &compiler->here;
    size_t written = 0;
    size_t at = 0;
    size_t begun = STR_NONE;
    for (;;) {
        struct surroundings before = *here;
        enum html_event event = surroundings_step(here, text, &at);
        if (event == HTML_NOTHING)
            break;
        if (event == HTML_VALUE_BEGINS) {
            begun = at;
            continue;
        }
        struct link_site *site = new_site(compiler, &before);
        uint32_t end = compiler_position(compiler, text.ptr + at);
        site->end = end;
        if (begun != STR_NONE) {
            site->value = str_sub(text, begun, at);
            push_text(compiler, str_sub(text, written, at));
            push_site(compiler, OP_LINK, site, compiler_position(compiler, text.ptr + begun));
        } else {
            site->check = before.dynamic != 0;
            push_text(compiler, str_sub(text, written, at));
            const char *start = before.value_start != NULL ? before.value_start : text.ptr;
            push_site(compiler, OP_MARK_END, site, compiler_position(compiler, start));
        }
        written = at;
        begun = STR_NONE;
    }
    if (begun != STR_NONE) {
        push_text(compiler, str_sub(text, written, begun));
        push_site(compiler, OP_MARK, NULL, compiler_position(compiler, text.ptr + begun));
        written = begun;
    }
    push_text(compiler, str_after(text, written));
}

void emit_flush(struct compiler *compiler)
{
    struct str text = compiler->pending;
    compiler->pending = (struct str){0};
    if (text.len == 0)
        return;
    if (compiler->liquid->settings.autoescape && compiler->language == LIQUID_HTML)
        follow_text(compiler, text);
    else
        push_text(compiler, text);
}

size_t emit_here(struct compiler *compiler)
{
    emit_flush(compiler);
    return compiler->ops.count;
}

void emit_target(struct compiler *compiler, size_t op)
{
    size_t here = emit_here(compiler);
    compiler->ops.items[op].target = (uint32_t)here;
}

void jumps_add(struct compiler *compiler, struct jumps *jumps, size_t op)
{
    *vec_push(compiler->arena, jumps) = op;
}

void jumps_land(struct compiler *compiler, const struct jumps *jumps)
{
    for (size_t i = 0; i < jumps->count; i++)
        emit_target(compiler, jumps->items[i]);
}

void emit_unblank(struct compiler *compiler, size_t from)
{
    for (size_t i = from; i < compiler->ops.count; i++)
        if (compiler->ops.items[i].code == OP_TEXT &&
            str_trim(compiler->ops.items[i].text).len == 0)
            compiler->ops.items[i].text.len = 0;
}

static enum filter_kind last_filter(const struct pipeline *pipeline)
{
    if (pipeline->filter_count == 0)
        return FILTER_ORDINARY;
    const struct filter_entry *last = pipeline->filters[pipeline->filter_count - 1].filter;
    return last == NULL ? FILTER_ORDINARY : (enum filter_kind)last->kind;
}

/* Whether it can only print what the layout's author wrote, or a number. */
static bool is_trusted(const struct pipeline *pipeline)
{
    enum filter_kind last = last_filter(pipeline);
    if (last == FILTER_RAW || last == FILTER_NUMBER)
        return true;
    if (pipeline->filter_count > 0)
        return false;
    const struct expression *base = &pipeline->base;
    if (base->kind == EXPRESSION_LITERAL)
        return true;
    return base->kind == EXPRESSION_VARIABLE && base->step_count == 1 &&
           (base->slot == SLOT_FORLOOP || base->slot == SLOT_TABLEROWLOOP);
}

static void refuse(struct compiler *compiler, struct str at, const char *where, const char *hint)
{
    compiler_error(compiler, at, "a value cannot be printed %s", where);
    compiler_hint(compiler, "%s", hint);
}

static enum place attribute_place(struct compiler *compiler, const struct pipeline *pipeline,
                                  struct str at)
{
    struct surroundings *here = &compiler->here;
    bool json = last_filter(pipeline) == FILTER_JSON;
    switch ((enum html_attribute)here->attribute) {
    case HTML_STYLE_ATTRIBUTE:
        refuse(compiler, at, "in a style attribute", "use a class, or a data- attribute in quotes");
        break;
    case HTML_SRCDOC_ATTRIBUTE:
        refuse(compiler, at, "in srcdoc", "put the text on the page itself");
        break;
    case HTML_EVENT_ATTRIBUTE:
        if (!json)
            refuse(compiler, at, "in an event handler",
                   "end it with `| jsonify`, or keep it in a data- attribute");
        break;
    case HTML_URL_ATTRIBUTE:
    case HTML_SRCSET_ATTRIBUTE:
        if (!here->settled)
            here->dynamic = 1;
        break;
    default: break;
    }
    return PLACE_ATTRIBUTE;
}

static enum place html_place(struct compiler *compiler, const struct pipeline *pipeline,
                             struct str at)
{
    const char *quotes = "put the value in quotes: name=\"{{ … }}\"";
    struct surroundings *here = &compiler->here;
    enum liquid_link_kind kind;
    if (here->state == HTML_EQUALS) {
        here->state = HTML_UNQUOTED;
        here->value_start = NULL;
        if (surroundings_link(here, &kind))
            push_site(compiler, OP_MARK, NULL, compiler_position(compiler, at.ptr));
    }
    if (is_trusted(pipeline)) {
        if (here->state == HTML_DOUBLE || here->state == HTML_SINGLE)
            return last_filter(pipeline) == FILTER_RAW ? PLACE_PLAIN : PLACE_ATTRIBUTE;
        return PLACE_PLAIN;
    }
    switch ((enum html_state)here->state) {
    case HTML_TEXT: return PLACE_TEXT;
    case HTML_COMMENT: return PLACE_ATTRIBUTE;
    case HTML_DOUBLE:
    case HTML_SINGLE: return attribute_place(compiler, pipeline, at);
    case HTML_SCRIPT:
        if (last_filter(pipeline) != FILTER_JSON)
            refuse(compiler, at, "in a script", "end it with `| jsonify`");
        return PLACE_PLAIN;
    case HTML_STYLE:
        refuse(compiler, at, "in a style sheet", "use a class, or `| raw` if you trust the value");
        break;
    case HTML_UNQUOTED: refuse(compiler, at, "in an attribute without quotes", quotes); break;
    case HTML_IN_TAG:
    case HTML_AFTER_NAME: refuse(compiler, at, "between attributes", quotes); break;
    case HTML_NAME: refuse(compiler, at, "in an attribute's name", quotes); break;
    default: refuse(compiler, at, "in a tag's name", "write the tag out, with `if`"); break;
    }
    return PLACE_TEXT;
}

static enum place find_place(struct compiler *compiler, const struct pipeline *pipeline,
                             struct str at)
{
    if (!compiler->liquid->settings.autoescape)
        return PLACE_PLAIN;
    switch (compiler->language) {
    case LIQUID_HTML: return html_place(compiler, pipeline, at);
    case LIQUID_XML: return is_trusted(pipeline) ? PLACE_PLAIN : PLACE_XML;
    case LIQUID_ICS: return is_trusted(pipeline) ? PLACE_PLAIN : PLACE_ICS;
    case LIQUID_JSON:
        if (is_trusted(pipeline) || last_filter(pipeline) == FILTER_JSON)
            return PLACE_PLAIN;
        return PLACE_JSON;
    default: return PLACE_PLAIN;
    }
}

void emit_print(struct compiler *compiler, const struct pipeline *pipeline, struct str at)
{
    emit_flush(compiler);
    enum place place = find_place(compiler, pipeline, at);
    struct op *op = emit(compiler, OP_PRINT, at);
    op->place = (uint8_t)place;
    op->pipeline = pipeline;
}
