/* for, tablerow, break, continue. */
#include "lang/liquid/compiler.h"

#define FOR_FORM "{% for item in list limit: 3 offset: 1 reversed %}"

static bool set_attribute(struct compiler *compiler, struct loop_head *head,
                          const struct named_argument *argument, bool table)
{
    bool offset = str_eq(argument->name, STR("offset"));
    if (offset && !table && argument->value.kind == EXPRESSION_VARIABLE &&
        argument->value.slot == liquid_slot(compiler->liquid, STR("continue")) &&
        argument->value.step_count == 0) {
        head->from_continue = compiler->liquid->loops_continue = true;
        return true;
    }
    struct expression *kept = keep_expression(compiler, argument->value);
    if (offset)
        head->offset = kept;
    else if (str_eq(argument->name, STR("limit")))
        head->limit = kept;
    else if (table && str_eq(argument->name, STR("cols")))
        head->columns = kept;
    else
        return false;
    return true;
}

static bool strict_head(struct tokens *tokens, struct loop_head *head, bool table)
{
    struct compiler *compiler = tokens->compiler;
    if (tokens->now.kind != TOKEN_NAME)
        return tokens_fail(tokens, "a name for the item");
    struct str variable = tokens->now.text;
    head->variable = liquid_slot(compiler->liquid, variable);
    tokens_step(tokens);
    if (!tokens_word(tokens, "in"))
        return tokens_fail(tokens, "'in'");
    const char *start = tokens->now.text.ptr;
    if (!parse_expression(tokens, &head->collection))
        return false;
    struct str collection = {start, (size_t)(tokens->now.text.ptr - start)};
    collection = str_trim_right(collection);
    head->name = arena_printf(compiler->arena, "%.*s-%.*s", STR_ARG(variable), STR_ARG(collection));
    struct named_argument *named = NULL;
    size_t count = 0;
    head->reversed = !table && tokens_word(tokens, "reversed");
    if (!parse_named(tokens, &named, &count))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!set_attribute(compiler, head, &named[i], table)) {
            tokens->now.text = named[i].name;
            return tokens_fail(tokens, table ? "cols, limit or offset" : "limit or offset");
        }
    return tokens_end(tokens);
}

static size_t find_in(struct str markup, struct str *variable)
{
    struct str rest = str_trim_left(markup);
    size_t end = 0;
    while (end < rest.len && (str_is_alpha(rest.ptr[end]) || str_is_digit(rest.ptr[end]) ||
                              rest.ptr[end] == '_' || rest.ptr[end] == '-'))
        end++;
    *variable = str_sub(rest, 0, end);
    rest = str_after(rest, end);
    if (rest.len == 0 || !str_is_space(rest.ptr[0]))
        return STR_NONE;
    rest = str_trim_left(rest);
    if (variable->len == 0 || rest.len < 3 || !str_starts(rest, STR("in")) ||
        !str_is_space(rest.ptr[2]))
        return STR_NONE;
    return (size_t)(rest.ptr - markup.ptr) + 3;
}

static bool lax_head(struct compiler *compiler, struct str markup, struct loop_head *head,
                     bool table)
{
    struct str variable;
    struct str collection;
    size_t at = find_in(markup, &variable);
    *head = (struct loop_head){0};
    if (at == STR_NONE || !lax_fragment(markup, &at, &collection))
        return false;
    head->variable = liquid_slot(compiler->liquid, variable);
    head->name = arena_printf(compiler->arena, "%.*s-%.*s", STR_ARG(variable), STR_ARG(collection));
    lax_expression(compiler, collection, &head->collection);
    head->reversed = !table && str_starts(str_trim_left(str_after(markup, at)), STR("reversed"));
    struct named_argument *named = NULL;
    size_t count = 0;
    lax_named(compiler, markup, &named, &count);
    for (size_t i = 0; i < count; i++)
        set_attribute(compiler, head, &named[i], table);
    return true;
}

static struct loop_head *compile_head(struct compiler *compiler, const struct piece *tag,
                                      bool table)
{
    struct loop_head *head = arena_zalloc(compiler->arena, 1, sizeof *head);
    struct tokens tokens;
    tokens_begin(&tokens, compiler, tag->markup);
    if (!strict_head(&tokens, head, table)) {
        bool strict = compiler->liquid->settings.strict;
        if (strict || !lax_head(compiler, tag->markup, head, table))
            report_tokens(&tokens, table ? "{% tablerow item in list cols: 3 %}" : FOR_FORM);
    }
    head->continue_slot = liquid_number(&compiler->liquid->continues, head->name);
    return head;
}

static void check_round(struct compiler *compiler, struct surroundings *entry, struct str at)
{
    bool first = false;
    join_states(compiler, entry, &compiler->here, &first, at);
}

static void enclosure_begin(struct compiler *compiler, struct enclosure *enclosure,
                            enum enclosure_kind kind, struct surroundings *state)
{
    *enclosure = (struct enclosure){
        .kind = kind, .outer = compiler->enclosure, .index = compiler->loops++, .state = state};
    if (compiler->loops > compiler->loops_most)
        compiler->loops_most = compiler->loops;
    compiler->enclosure = enclosure;
}

static void enclosure_end(struct compiler *compiler, const struct enclosure *enclosure)
{
    compiler->loops--;
    compiler->enclosure = enclosure->outer;
    compiler->dead = false;
}

static struct piece compile_else(struct compiler *compiler, const struct piece *tag,
                                 struct surroundings *entry)
{
    compiler->here = *entry;
    struct piece next = compile_block(compiler);
    check_round(compiler, entry, tag->all);
    compiler->dead = false;
    return next;
}

void compile_for(struct compiler *compiler, const struct piece *tag)
{
    struct loop_head *head = compile_head(compiler, tag, false);
    struct surroundings entry = compiler->here;
    struct enclosure loop;
    enclosure_begin(compiler, &loop, ENCLOSURE_FOR, &entry);
    struct op *op = emit(compiler, OP_FOR, tag->all);
    op->index = loop.index;
    op->loop = head;
    size_t begin = compiler->ops.count - 1;
    struct piece next = compile_block(compiler);
    check_round(compiler, &entry, next.all);
    compiler->here = entry;
    jumps_land(compiler, &loop.continues);
    op = emit(compiler, OP_FOR_NEXT, tag->all);
    op->index = loop.index;
    op->target = (uint32_t)begin + 1;
    jumps_land(compiler, &loop.breaks);
    emit(compiler, OP_FOR_END, tag->all)->index = loop.index;
    enclosure_end(compiler, &loop);
    if (next.kind == PIECE_TAG && str_eq(next.name, STR("else"))) {
        emit(compiler, OP_JUMP, next.all);
        size_t past = compiler->ops.count - 1;
        emit_target(compiler, begin);
        next = compile_else(compiler, &next, &entry);
        emit_target(compiler, past);
    } else {
        emit_target(compiler, begin);
    }
    while (next.kind == PIECE_TAG && !str_eq(next.name, STR("endfor"))) {
        block_ends(compiler, &next, "endfor", tag->all);
        next = compile_block(compiler);
    }
    block_ends(compiler, &next, "endfor", tag->all);
    compiler->here = entry;
    if (compiler->blank)
        emit_unblank(compiler, begin);
}

void compile_tablerow(struct compiler *compiler, const struct piece *tag)
{
    struct loop_head *head = compile_head(compiler, tag, true);
    struct surroundings entry = compiler->here;
    struct enclosure loop;
    enclosure_begin(compiler, &loop, ENCLOSURE_ROW, &entry);
    struct op *op = emit(compiler, OP_ROW, tag->all);
    op->index = loop.index;
    op->loop = head;
    size_t begin = compiler->ops.count - 1;
    struct piece next = compile_block(compiler);
    while (next.kind == PIECE_TAG && !str_eq(next.name, STR("endtablerow"))) {
        block_ends(compiler, &next, "endtablerow", tag->all);
        next = compile_block(compiler);
    }
    block_ends(compiler, &next, "endtablerow", tag->all);
    check_round(compiler, &entry, next.all);
    compiler->here = entry;
    jumps_land(compiler, &loop.continues);
    op = emit(compiler, OP_ROW_NEXT, tag->all);
    op->index = loop.index;
    op->target = (uint32_t)begin + 1;
    jumps_land(compiler, &loop.breaks);
    emit(compiler, OP_ROW_END, tag->all)->index = loop.index;
    enclosure_end(compiler, &loop);
    emit_target(compiler, begin);
    compiler->blank = false;
}

/* Ends the captures on the way to the loop, then jumps. Without a loop, the template ends. */
static void leave(struct compiler *compiler, struct str at, bool is_break)
{
    struct enclosure *enclosure = compiler->enclosure;
    for (; enclosure != NULL; enclosure = enclosure->outer) {
        if (enclosure->kind == ENCLOSURE_FOR || enclosure->kind == ENCLOSURE_ROW)
            break;
        bool capture = enclosure->kind == ENCLOSURE_CAPTURE;
        struct op *op = emit(compiler, capture ? OP_CAPTURE_END : OP_CHANGED_END, at);
        op->index = enclosure->index;
        op->slot = enclosure->slot;
    }
    if (enclosure == NULL) {
        emit(compiler, is_break ? OP_BREAK : OP_CONTINUE, at);
        compiler->breaks = true;
        return;
    }
    emit(compiler, OP_JUMP, at);
    jumps_add(compiler, is_break ? &enclosure->breaks : &enclosure->continues,
              compiler->ops.count - 1);
    bool first = false;
    if (compiler->here.state != HTML_TEXT || enclosure->state->state != HTML_TEXT)
        join_states(compiler, enclosure->state, &compiler->here, &first, at);
}

void compile_break(struct compiler *compiler, const struct piece *tag)
{
    emit_flush(compiler);
    leave(compiler, tag->all, str_eq(tag->name, STR("break")));
    compiler->dead = true;
    compiler->blank = false;
}

void compile_interrupts(struct compiler *compiler, struct str at)
{
    emit(compiler, OP_IF_BREAK, at);
    size_t on_break = compiler->ops.count - 1;
    emit(compiler, OP_IF_CONTINUE, at);
    size_t on_continue = compiler->ops.count - 1;
    emit(compiler, OP_JUMP, at);
    size_t past = compiler->ops.count - 1;
    emit_target(compiler, on_break);
    leave(compiler, at, true);
    emit_target(compiler, on_continue);
    leave(compiler, at, false);
    emit_target(compiler, past);
}
