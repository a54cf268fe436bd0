/* assign, capture, ifchanged, echo, cycle, increment, decrement, comment, raw, doc, #, link. */
#include "lang/liquid/compiler.h"
#include "lang/liquid/filter.h"

#include "base/vec.h"

#include <string.h>

static bool is_signature(char byte)
{
    return str_is_alpha(byte) || str_is_digit(byte) ||
           (byte != '\0' && strchr("_-.[]()", byte) != NULL);
}

/* The first name in the markup, as Ruby's VariableSignature; *rest is what follows it. */
static struct str find_name(struct str markup, struct str *rest)
{
    size_t start = 0;
    while (start < markup.len && !is_signature(markup.ptr[start]))
        start++;
    size_t end = start;
    while (end < markup.len && is_signature(markup.ptr[end]))
        end++;
    *rest = str_after(markup, end);
    return str_sub(markup, start, end);
}

void compile_assign(struct compiler *compiler, const struct piece *tag)
{
    struct str rest = tag->markup;
    struct str name;
    do {
        name = find_name(rest, &rest);
    } while (name.len > 0 && !str_starts(str_trim_left(rest), STR("=")));
    bool strict = compiler->liquid->settings.strict;
    if (name.len == 0 || (strict && name.ptr != tag->markup.ptr)) {
        compiler_error(compiler, tag->all, "this assign has no name or no '='");
        compiler_hint(compiler, "it is written {%% assign name = value %%}");
        return;
    }
    struct pipeline *pipeline = arena_zalloc(compiler->arena, 1, sizeof *pipeline);
    if (!compile_pipeline(compiler, str_after(str_trim_left(rest), 1), pipeline))
        return;
    struct op *op = emit(compiler, OP_ASSIGN, tag->all);
    op->pipeline = pipeline;
    op->slot = liquid_slot(compiler->liquid, name);
}

/* capture and ifchanged: output that is looked at before it is used. */
static void compile_captured(struct compiler *compiler, const struct piece *tag,
                             enum enclosure_kind kind, uint32_t slot, const char *end_name)
{
    bool capture = kind == ENCLOSURE_CAPTURE;
    struct enclosure enclosure = {
        .kind = kind, .outer = compiler->enclosure, .index = compiler->captures++, .slot = slot};
    if (compiler->captures > compiler->captures_most)
        compiler->captures_most = compiler->captures;
    compiler->enclosure = &enclosure;
    struct surroundings before = compiler->here;
    struct op *op = emit(compiler, capture ? OP_CAPTURE : OP_CHANGED, tag->all);
    op->index = enclosure.index;
    op->slot = slot;
    if (capture)
        compiler->here = surroundings_unpack(0);
    struct piece end = compile_block(compiler);
    while (end.kind == PIECE_TAG && !str_eq(end.name, str_from(end_name))) {
        block_ends(compiler, &end, end_name, tag->all);
        end = compile_block(compiler);
    }
    block_ends(compiler, &end, end_name, tag->all);
    struct surroundings expected = capture ? surroundings_unpack(0) : before;
    bool first = false;
    join_states(compiler, &expected, &compiler->here, &first, tag->all);
    compiler->here = before;
    op = emit(compiler, capture ? OP_CAPTURE_END : OP_CHANGED_END, end.all);
    op->index = enclosure.index;
    op->slot = slot;
    compiler->captures--;
    compiler->enclosure = enclosure.outer;
}

void compile_capture(struct compiler *compiler, const struct piece *tag)
{
    struct str rest;
    struct str name = find_name(tag->markup, &rest);
    if (name.len == 0)
        compiler_error(compiler, tag->all, "this capture has no name");
    compile_captured(compiler, tag, ENCLOSURE_CAPTURE, liquid_slot(compiler->liquid, name),
                     "endcapture");
}

void compile_ifchanged(struct compiler *compiler, const struct piece *tag)
{
    compile_captured(compiler, tag, ENCLOSURE_CHANGED, 0, "endifchanged");
}

void compile_echo(struct compiler *compiler, const struct piece *tag)
{
    struct pipeline *pipeline = arena_zalloc(compiler->arena, 1, sizeof *pipeline);
    if (compile_pipeline(compiler, tag->markup, pipeline))
        emit_print(compiler, pipeline, tag->all);
}

/* A value to print without filters. */
static bool cycle_items(struct tokens *tokens, struct expressions *items, bool *literal)
{
    do {
        struct expression item;
        if (tokens->now.kind == TOKEN_END && items->count > 0)
            break;
        if (!parse_expression(tokens, &item))
            return false;
        bool is_literal = item.kind == EXPRESSION_LITERAL;
        *literal = *literal && is_literal;
        if (!is_literal || item.literal.type != VALUE_NIL)
            *vec_push(tokens->compiler->arena, items) = item;
    } while (tokens_sign(tokens, ','));
    return true;
}

static bool parse_cycle(struct tokens *tokens, struct cycle *cycle)
{
    struct compiler *compiler = tokens->compiler;
    struct expressions items = {0};
    struct expression first;
    bool literal = true;
    struct tokens ahead = *tokens;
    if (parse_expression(&ahead, &first) && tokens_sign(&ahead, ':')) {
        *tokens = ahead;
        cycle->name = keep_expression(compiler, first);
    }
    struct str markup = str_after(tokens->markup, tokens->at - tokens->now.text.len);
    if (!cycle_items(tokens, &items, &literal))
        return false;
    cycle->items = items.items;
    cycle->count = items.count;
    if (literal)
        cycle->group = liquid_number(&compiler->liquid->cycles, str_trim(markup));
    else
        cycle->group = UINT32_MAX - compiler->liquid->unique_cycles++;
    return tokens_end(tokens) || !compiler->liquid->settings.strict;
}

void compile_cycle(struct compiler *compiler, const struct piece *tag)
{
    struct cycle *cycle = arena_zalloc(compiler->arena, 1, sizeof *cycle);
    struct tokens tokens;
    tokens_begin(&tokens, compiler, tag->markup);
    if (!parse_cycle(&tokens, cycle)) {
        report_tokens(&tokens, "{% cycle 'odd', 'even' %}");
        return;
    }
    if (cycle->count == 0)
        return;
    /* The place is judged as for any value: a pipeline stands in for the items. */
    struct pipeline probe = {.base = cycle->items[0]};
    for (size_t i = 1; i < cycle->count; i++)
        if (cycle->items[i].kind != EXPRESSION_LITERAL)
            probe.base = cycle->items[i];
    emit_print(compiler, &probe, tag->all);
    struct op *op = &compiler->ops.items[compiler->ops.count - 1];
    op->code = OP_CYCLE;
    op->cycle = cycle;
}

void compile_counter(struct compiler *compiler, const struct piece *tag)
{
    bool up = str_eq(tag->name, STR("increment"));
    struct op *op = emit(compiler, up ? OP_INCREMENT : OP_DECREMENT, tag->all);
    op->slot = liquid_slot(compiler->liquid, str_trim(tag->markup));
}

/* Jekyll's {% link path %} and {% post_url name %}: the host's filter on a literal. */
void compile_link(struct compiler *compiler, const struct piece *tag)
{
    struct pipeline *pipeline = arena_zalloc(compiler->arena, 1, sizeof *pipeline);
    struct filter_use *use = arena_zalloc(compiler->arena, 1, sizeof *use);
    struct str goal = str_trim(tag->markup);
    if (goal.len > 1 && (goal.ptr[0] == '\'' || goal.ptr[0] == '"'))
        goal = str_sub(goal, 1, goal.len - 1);
    use->filter = liquid_filter_find(compiler->liquid, tag->name);
    if (use->filter == NULL) {
        compiler_error(compiler, tag->all, "'%.*s' has no site to look in here",
                       STR_ARG(tag->name));
        return;
    }
    use->position = compiler_position(compiler, tag->all.ptr);
    use->end = use->position + (uint32_t)tag->all.len;
    pipeline->base = literal_expression(compiler, goal, value_html(goal));
    pipeline->filters = use;
    pipeline->filter_count = 1;
    emit_print(compiler, pipeline, tag->all);
}

/* {% image page.photo, 'portrait', alt: page.name %}: the host's filter, written as a tag. */
void compile_image(struct compiler *compiler, const struct piece *tag)
{
    struct pipeline *pipeline = arena_zalloc(compiler->arena, 1, sizeof *pipeline);
    struct tokens tokens;
    if (liquid_filter_find(compiler->liquid, tag->name) == NULL) {
        compiler_error(compiler, tag->all, "'%.*s' has no site to look in here",
                       STR_ARG(tag->name));
        return;
    }
    tokens_begin(&tokens, compiler, tag->markup);
    if (parse_filter_tag(&tokens, tag->name, pipeline) && tokens_end(&tokens))
        emit_print(compiler, pipeline, tag->all);
    else
        report_tokens(&tokens, "{% image PICTURE, 'shape', alt: TEXT %}");
}

/* ---- what is not rendered */

/* Up to the matching endcomment: only comments and raw blocks within are understood. */
static bool skip_comment(struct compiler *compiler)
{
    unsigned depth = 1;
    for (;;) {
        struct piece piece = piece_next(&compiler->pieces);
        if (piece.kind == PIECE_END)
            return false;
        if (piece.kind != PIECE_TAG)
            continue;
        if (str_eq(piece.name, STR("comment")))
            depth++;
        else if (str_eq(piece.name, STR("endcomment")))
            depth--;
        else if (str_eq(piece.name, STR("raw"))) {
            struct str body;
            struct piece end;
            if (!piece_until(&compiler->pieces, STR("endraw"), false, &body, &end))
                return false;
        }
        if (depth == 0) {
            if (!compiler->pieces.lines)
                compiler->trim_next = piece.trim_after;
            return true;
        }
    }
}

void compile_comment(struct compiler *compiler, const struct piece *tag)
{
    if (!skip_comment(compiler)) {
        compiler_error(compiler, tag->all, "this comment is never closed");
        compiler_hint(compiler, "write {%% endcomment %%} where it ends");
    }
}

static bool no_markup(struct compiler *compiler, const struct piece *tag)
{
    if (str_trim(tag->markup).len == 0)
        return true;
    compiler_error(compiler, tag->all, "'%.*s' takes nothing behind its name", STR_ARG(tag->name));
    return false;
}

void compile_raw(struct compiler *compiler, const struct piece *tag)
{
    struct str body;
    struct piece end;
    if (!no_markup(compiler, tag))
        return;
    if (!piece_until(&compiler->pieces, STR("endraw"), false, &body, &end)) {
        compiler_error(compiler, tag->all, "this raw block is never closed");
        compiler_hint(compiler, "write {%% endraw %%} where it ends");
        return;
    }
    emit_text(compiler, body);
    emit_flush(compiler);
    compiler->blank = body.len == 0;
    compiler->trim_next = end.trim_after;
}

void compile_doc(struct compiler *compiler, const struct piece *tag)
{
    struct str body;
    struct piece end;
    if (!no_markup(compiler, tag))
        return;
    if (!piece_until(&compiler->pieces, STR("enddoc"), true, &body, &end)) {
        compiler_error(compiler, tag->all, "this doc block is never closed, or holds another one");
        compiler_hint(compiler, "write {%% enddoc %%} where it ends");
        return;
    }
    compiler->trim_next = end.trim_after;
}

void compile_inline_comment(struct compiler *compiler, const struct piece *tag)
{
    struct str rest = tag->markup;
    struct str line;
    bool first = true;
    while (str_split(&rest, '\n', &line)) {
        line = str_trim(line);
        if (!first && line.len > 0 && line.ptr[0] != '#') {
            compiler_error(compiler, line, "each line of a # comment begins with #");
            return;
        }
        first = false;
    }
}
