/* if, unless, case. */
#include "lang/liquid/compiler.h"

#include "base/vec.h"

/* The branches of one block: all begin in one state and must end in one. */
struct branches {
    struct surroundings entry;
    struct surroundings joined;
    bool first;
    bool all_dead;
    bool has_else;
    struct jumps ends;
};

static void branches_begin(struct compiler *compiler, struct branches *branches)
{
    emit_flush(compiler);
    *branches = (struct branches){.entry = compiler->here, .first = true, .all_dead = true};
}

static void branch_begin(struct compiler *compiler, const struct branches *branches)
{
    emit_flush(compiler);
    compiler->here = branches->entry;
    compiler->dead = false;
}

static void branch_end(struct compiler *compiler, struct branches *branches, struct str at)
{
    emit_flush(compiler);
    join_states(compiler, &branches->joined, &compiler->here, &branches->first, at);
    branches->all_dead = branches->all_dead && compiler->dead;
}

static void branches_end(struct compiler *compiler, struct branches *branches, struct str at)
{
    emit_flush(compiler);
    if (!branches->has_else) {
        compiler->here = branches->entry;
        compiler->dead = false;
        branch_end(compiler, branches, at);
    }
    compiler->here = branches->first ? branches->entry : branches->joined;
    compiler->dead = branches->all_dead;
    jumps_land(compiler, &branches->ends);
}

static size_t emit_unless(struct compiler *compiler, const struct piece *tag, bool negate)
{
    struct condition *condition = arena_zalloc(compiler->arena, 1, sizeof *condition);
    compile_condition(compiler, tag->markup, condition);
    struct op *op = emit(compiler, OP_UNLESS, tag->all);
    op->condition = condition;
    op->place = negate;
    return compiler->ops.count - 1;
}

static void compile_choice(struct compiler *compiler, const struct piece *tag, bool negate,
                           const char *end_name)
{
    struct branches branches;
    branches_begin(compiler, &branches);
    size_t start = compiler->ops.count;
    struct piece now = *tag;
    for (;;) {
        bool is_else = str_eq(now.name, STR("else"));
        size_t unless = SIZE_MAX;
        branch_begin(compiler, &branches);
        if (is_else)
            branches.has_else = true;
        else
            unless = emit_unless(compiler, &now, negate && str_eq(now.name, STR("unless")));
        struct piece next = compile_block(compiler);
        branch_end(compiler, &branches, next.all);
        emit(compiler, OP_JUMP, next.all);
        jumps_add(compiler, &branches.ends, compiler->ops.count - 1);
        if (unless != SIZE_MAX)
            emit_target(compiler, unless);
        if (next.kind == PIECE_TAG &&
            (str_eq(next.name, STR("else")) || str_eq(next.name, STR("elsif")))) {
            now = next;
            continue;
        }
        if (next.kind == PIECE_TAG && !str_eq(next.name, str_from(end_name))) {
            block_ends(compiler, &next, end_name, tag->all);
            now = (struct piece){.kind = PIECE_TAG, .name = STR("else"), .all = next.all};
            continue;
        }
        block_ends(compiler, &next, end_name, tag->all);
        branches_end(compiler, &branches, next.all);
        if (compiler->blank)
            emit_unblank(compiler, start);
        return;
    }
}

void compile_if(struct compiler *compiler, const struct piece *tag)
{
    compile_choice(compiler, tag, false, "endif");
}

void compile_unless(struct compiler *compiler, const struct piece *tag)
{
    compile_choice(compiler, tag, true, "endunless");
}

/* ---- case: every `when` that fits is rendered, once for each value in it that fits, and `else`
 * if none before it did. */

static bool parse_values(struct tokens *tokens, struct comparisons *values)
{
    do {
        struct comparison value = {.relation = COMPARE_EQUAL};
        if (!parse_expression(tokens, &value.right))
            return values->count > 0;
        *vec_push(tokens->compiler->arena, values) = value;
    } while (tokens_sign(tokens, ',') || tokens_word(tokens, "or"));
    return true;
}

static const struct condition *when_values(struct compiler *compiler, const struct piece *tag)
{
    struct tokens tokens;
    struct comparisons values = {0};
    tokens_begin(&tokens, compiler, tag->markup);
    bool parsed = parse_values(&tokens, &values);
    bool strict = compiler->liquid->settings.strict;
    if (!parsed || (strict && !tokens_end(&tokens)))
        report_tokens(&tokens, "{% when 'this', 'that' %}");
    struct condition *condition = arena_alloc(compiler->arena, sizeof *condition);
    *condition = (struct condition){.items = values.items, .count = values.count};
    return condition;
}

static void case_when(struct compiler *compiler, const struct piece *tag, uint16_t index,
                      struct branches *branches, struct piece *next)
{
    branch_begin(compiler, branches);
    const struct condition *values = when_values(compiler, tag);
    struct op *op = emit(compiler, OP_WHEN, tag->all);
    op->index = index;
    op->condition = values;
    size_t when = compiler->ops.count - 1;
    *next = compile_block(compiler);
    branch_end(compiler, branches, next->all);
    op = emit(compiler, OP_WHEN_AGAIN, next->all);
    op->index = index;
    op->target = (uint32_t)when + 1;
    emit_target(compiler, when);
}

static void case_else(struct compiler *compiler, const struct piece *tag, uint16_t index,
                      struct branches *branches, struct piece *next)
{
    branch_begin(compiler, branches);
    branches->has_else = true;
    if (str_trim(tag->markup).len > 0)
        compiler_error(compiler, tag->all, "'else' takes nothing behind it in a case block");
    emit(compiler, OP_CASE_ELSE, tag->all)->index = index;
    size_t otherwise = compiler->ops.count - 1;
    *next = compile_block(compiler);
    branch_end(compiler, branches, next->all);
    emit_target(compiler, otherwise);
}

static void case_subject(struct compiler *compiler, const struct piece *tag, uint16_t index)
{
    struct pipeline *subject = arena_zalloc(compiler->arena, 1, sizeof *subject);
    struct tokens tokens;
    tokens_begin(&tokens, compiler, tag->markup);
    bool parsed = parse_expression(&tokens, &subject->base);
    struct str fragment;
    size_t at = 0;
    if (compiler->liquid->settings.strict)
        parsed = parsed && tokens_end(&tokens);
    else if (!parsed && lax_fragment(tag->markup, &at, &fragment))
        parsed = lax_expression(compiler, fragment, &subject->base);
    if (!parsed)
        report_tokens(&tokens, "{% case name %}");
    struct op *op = emit(compiler, OP_CASE, tag->all);
    op->index = index;
    op->pipeline = subject;
}

void compile_case(struct compiler *compiler, const struct piece *tag)
{
    struct branches branches;
    uint16_t index = compiler->cases++;
    if (compiler->cases > compiler->cases_most)
        compiler->cases_most = compiler->cases;
    branches_begin(compiler, &branches);
    case_subject(compiler, tag, index);
    size_t start = compiler->ops.count;
    /* What stands before the first `when` is not rendered. */
    bool blank = compiler->blank;
    struct piece next = compile_block(compiler);
    compiler->ops.count = start;
    compiler->blank = blank;
    compiler->here = branches.entry;
    while (next.kind == PIECE_TAG && !str_eq(next.name, STR("endcase"))) {
        struct piece now = next;
        if (str_eq(now.name, STR("when")))
            case_when(compiler, &now, index, &branches, &next);
        else if (str_eq(now.name, STR("else")))
            case_else(compiler, &now, index, &branches, &next);
        else {
            block_ends(compiler, &now, "endcase", tag->all);
            next = compile_block(compiler);
        }
    }
    block_ends(compiler, &next, "endcase", tag->all);
    branches_end(compiler, &branches, next.all);
    if (compiler->blank)
        emit_unblank(compiler, start);
    compiler->cases--;
}
