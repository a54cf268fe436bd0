/* Whole markups: strict parsing first, then Ruby's lax reading where that is allowed; and the
 * filters they name. */
#include "lang/liquid/compiler.h"
#include "lang/liquid/filter.h"

#include "base/suggest.h"

bool compile_pipeline(struct compiler *compiler, struct str markup, struct pipeline *out)
{
    struct tokens tokens;
    tokens_begin(&tokens, compiler, markup);
    if (parse_pipeline_tokens(&tokens, out) && tokens_end(&tokens))
        return true;
    if (!compiler->liquid->settings.strict)
        return lax_pipeline(compiler, markup, out);
    return report_tokens(&tokens, NULL);
}

bool compile_condition(struct compiler *compiler, struct str markup, struct condition *out)
{
    struct tokens tokens;
    tokens_begin(&tokens, compiler, markup);
    if (parse_condition_tokens(&tokens, out) && tokens_end(&tokens))
        return true;
    if (!compiler->liquid->settings.strict)
        return lax_condition(compiler, markup, out);
    return report_tokens(&tokens, NULL);
}

static bool is_text(const struct expression *expression)
{
    return expression->kind == EXPRESSION_LITERAL && value_is_string(expression->literal);
}

/* where_exp: "item", "item.size > 3". Both texts must stand in the template, so that they are
 * compiled now. */
static void set_predicate(struct compiler *compiler, struct filter_use *use, struct str name)
{
    const struct expression *variable = use->arguments;
    const struct expression *text = variable != NULL ? variable + 1 : NULL;
    bool two = use->argument_count == 2 && use->named_count == 0;
    if (!two || !is_text(variable) || !is_text(text)) {
        compiler_error(compiler, name, "'%.*s' needs its variable and its expression in quotes",
                       STR_ARG(name));
        compiler_hint(compiler, "it is written %.*s: 'item', 'item.year > 2020'", STR_ARG(name));
        return;
    }
    struct predicate *predicate = arena_zalloc(compiler->arena, 1, sizeof *predicate);
    predicate->slot = liquid_slot(compiler->liquid, variable->literal.str);
    if (str_eq(name, STR("group_by_exp"))) {
        struct pipeline *pipeline = arena_zalloc(compiler->arena, 1, sizeof *pipeline);
        if (compile_pipeline(compiler, text->literal.str, pipeline))
            predicate->pipeline = pipeline;
    } else {
        struct condition *condition = arena_zalloc(compiler->arena, 1, sizeof *condition);
        if (compile_condition(compiler, text->literal.str, condition))
            predicate->condition = condition;
    }
    use->predicate = predicate;
}

static void unknown_filter(struct compiler *compiler, struct str name)
{
    const struct liquid *liquid = compiler->liquid;
    if (!liquid->settings.strict && !liquid->settings.autoescape)
        return;
    compiler_error(compiler, name, "there is no filter '%.*s'", STR_ARG(name));
    struct str near = suggest_nearest(name, liquid->filter_names, liquid->filter_name_count);
    if (near.len > 0)
        compiler_hint(compiler, "did you mean '%.*s'?", STR_ARG(near));
}

void set_filter(struct compiler *compiler, struct filter_use *use, struct str name)
{
    use->filter = liquid_filter_find(compiler->liquid, name);
    if (use->filter == NULL)
        unknown_filter(compiler, name);
    else if (use->filter->kind == FILTER_PREDICATE)
        set_predicate(compiler, use, name);
}
