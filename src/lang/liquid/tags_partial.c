/* include and render. */
#include "lang/liquid/compiler.h"

#include "base/suggest.h"
#include "base/vec.h"

struct pipelines {
    struct pipeline *items;
    size_t count;
    size_t capacity;
};

static bool follows_html(const struct compiler *compiler)
{
    return compiler->liquid->settings.autoescape && compiler->language == LIQUID_HTML;
}

static void no_partial(struct compiler *compiler, struct str name, struct str at)
{
    const struct liquid_host *host = &compiler->liquid->settings.host;
    compiler_error(compiler, at, "there is no partial '%.*s'", STR_ARG(name));
    const struct str *names = NULL;
    size_t count = host->names == NULL ? 0 : host->names(host->context, &names);
    struct str near = suggest_nearest(name, names, count);
    if (near.len > 0)
        compiler_hint(compiler, "did you mean '%.*s'?", STR_ARG(near));
}

/* Adds to each message about the partial where it is included from. */
static void tell_includer(struct compiler *compiler, size_t said, struct str at)
{
    struct diags *diags = compiler->diags;
    if (said == diags->count)
        return;
    struct text_position here =
        text_position(compiler->source, compiler_position(compiler, at.ptr));
    for (size_t i = said; i < diags->count; i++) {
        struct str hint = diags->items[i].hint;
        diags->items[i].hint = arena_printf(
            diags->arena, "%.*s%sincluded from %.*s:%zu:%zu", STR_ARG(hint),
            hint.len > 0 ? "; " : "", STR_ARG(compiler->source->path), here.line, here.column);
    }
}

/* A partial named by a literal: compiled now, for where it stands. */
static void known_partial(struct compiler *compiler, struct partial_use *use, struct str name,
                          struct str at)
{
    struct liquid *liquid = compiler->liquid;
    uint32_t before = surroundings_pack(&compiler->here);
    size_t said = compiler->diags->count;
    struct partial *partial =
        liquid_partial(liquid, name, before, compiler->language, compiler->diags);
    tell_includer(compiler, said, at);
    if (partial == NULL) {
        if (liquid->settings.autoescape)
            no_partial(compiler, name, at);
        return; /* elsewhere the error is the rendering's, if it comes there */
    }
    use->partial = partial;
    if (partial->failed)
        compiler->failed = true;
    else if (!partial->compiling && partial->after != before)
        compiler->here = surroundings_unpack(partial->after);
}

static void computed_partial(struct compiler *compiler, struct str at)
{
    if (follows_html(compiler) && compiler->here.state != HTML_TEXT)
        compiler_error(compiler, at,
                       "a partial whose name is a variable must stand in text, not %s",
                       surroundings_name(&compiler->here));
    liquid_partials_all(compiler->liquid, compiler->language, compiler->diags);
}

static void finish_use(struct compiler *compiler, const struct piece *tag, struct partial_use *use)
{
    uint32_t *slots = arena_alloc(compiler->arena, (use->argument_count + 1) * sizeof *slots);
    for (size_t i = 0; i < use->argument_count; i++)
        slots[i] = liquid_slot(compiler->liquid, use->arguments[i].name);
    use->argument_slots = slots;
    use->end = compiler_position(compiler, tag->all.ptr + tag->all.len);
    emit_flush(compiler);
    struct str name = STR("");
    bool literal = use->name != NULL && use->name->kind == EXPRESSION_LITERAL;
    if (literal && value_is_string(use->name->literal)) {
        name = use->name->literal.str;
        size_t slash = str_rfind_byte(name, '/');
        struct str own = slash == STR_NONE ? name : str_after(name, slash + 1);
        if (!use->aliased)
            use->binding = liquid_slot(compiler->liquid, own);
        use->own_name = liquid_slot(compiler->liquid, name);
        known_partial(compiler, use, name, tag->all);
    } else {
        computed_partial(compiler, tag->all);
    }
    enum op_code code = use->style == PARTIAL_RENDER ? OP_RENDER : OP_INCLUDE;
    emit(compiler, code, tag->all)->partial = use;
    const struct partial *partial = use->partial;
    bool may_break = partial == NULL || partial->compiled == NULL || partial->compiled->breaks;
    if (use->style != PARTIAL_RENDER && may_break)
        compile_interrupts(compiler, tag->all);
}

static bool strict_use(struct tokens *tokens, struct partial_use *use)
{
    struct compiler *compiler = tokens->compiler;
    struct expression name;
    if (use->style == PARTIAL_RENDER && tokens->now.kind != TOKEN_STRING)
        return tokens_fail(tokens, "the partial's name in quotes");
    if (!parse_expression(tokens, &name))
        return false;
    use->name = keep_expression(compiler, name);
    bool named = tokens_look_named(tokens);
    bool each = !named && tokens_word(tokens, "for");
    if (each || (!named && tokens_word(tokens, "with"))) {
        struct expression subject;
        if (!parse_expression(tokens, &subject))
            return false;
        use->subject = keep_expression(compiler, subject);
        use->each = each;
    }
    if (!tokens_look_named(tokens) && tokens_word(tokens, "as")) {
        if (tokens->now.kind != TOKEN_NAME)
            return tokens_fail(tokens, "a name");
        use->binding = liquid_slot(compiler->liquid, tokens->now.text);
        use->aliased = true;
        tokens_step(tokens);
    }
    struct named_argument *arguments = NULL;
    if (!parse_named(tokens, &arguments, &use->argument_count))
        return false;
    use->arguments = arguments;
    return tokens_end(tokens);
}

static void compile_use(struct compiler *compiler, const struct piece *tag,
                        enum partial_style style, const char *form)
{
    struct partial_use *use = arena_zalloc(compiler->arena, 1, sizeof *use);
    use->style = style;
    struct tokens tokens;
    tokens_begin(&tokens, compiler, tag->markup);
    if (!strict_use(&tokens, use)) {
        if (use->name == NULL || compiler->liquid->settings.strict) {
            report_tokens(&tokens, form);
            return;
        }
        struct named_argument *arguments = NULL;
        lax_named(compiler, tag->markup, &arguments, &use->argument_count);
        use->arguments = arguments;
    }
    finish_use(compiler, tag, use);
}

void compile_render(struct compiler *compiler, const struct piece *tag)
{
    compile_use(compiler, tag, PARTIAL_RENDER, "{% render 'name', key: value %}");
}

/* ---- Jekyll's include: name.html key=value key="text" */

static size_t name_end(struct str markup)
{
    size_t at = 0;
    while (at < markup.len && !str_is_space(markup.ptr[at])) {
        if (markup.ptr[at] == '{' && at + 1 < markup.len && markup.ptr[at + 1] == '{') {
            size_t end = str_find(markup, STR("}}"), at);
            at = end == STR_NONE ? markup.len : end + 2;
        } else {
            at++;
        }
    }
    return at;
}

/* A name with {{ … }} in it: literal and computed parts in turn. */
static void name_parts(struct compiler *compiler, struct str name, struct partial_use *use)
{
    struct pipelines parts = {0};
    size_t at = 0;
    while (at < name.len) {
        struct pipeline part = {0};
        size_t begin = str_find(name, STR("{{"), at);
        size_t end = begin == STR_NONE ? STR_NONE : str_find(name, STR("}}"), begin);
        if (begin != at || end == STR_NONE) {
            size_t stop = end == STR_NONE ? name.len : begin;
            struct str text = str_sub(name, at, stop);
            part.base = literal_expression(compiler, text, value_html(text));
            at = stop;
        } else {
            compile_pipeline(compiler, str_sub(name, begin + 2, end), &part);
            at = end + 2;
        }
        *vec_push(compiler->arena, &parts) = part;
    }
    use->name_parts = parts.items;
    use->name_part_count = parts.count;
}

static bool jekyll_argument(struct compiler *compiler, struct str *rest,
                            struct named_argument *argument)
{
    size_t equals = str_find_byte(*rest, '=', 0);
    if (equals == STR_NONE) {
        compiler_error(compiler, str_trim_right(*rest), "a parameter is written name=value");
        return false;
    }
    argument->name = str_trim(str_sub(*rest, 0, equals));
    *rest = str_trim_left(str_after(*rest, equals + 1));
    size_t at = 0;
    struct str value;
    if (!lax_fragment(*rest, &at, &value) || value.ptr != rest->ptr) {
        compiler_error(compiler, argument->name, "the parameter '%.*s' has no value",
                       STR_ARG(argument->name));
        return false;
    }
    *rest = str_trim_left(str_after(*rest, at));
    struct tokens tokens;
    tokens_begin(&tokens, compiler, value);
    if (parse_expression(&tokens, &argument->value) && tokens_end(&tokens))
        return true;
    return report_tokens(&tokens, "{% include name.html key=value %}");
}

static void compile_jekyll(struct compiler *compiler, const struct piece *tag)
{
    struct partial_use *use = arena_zalloc(compiler->arena, 1, sizeof *use);
    struct str rest = str_trim(tag->markup);
    struct str name = str_sub(rest, 0, name_end(rest));
    rest = str_trim_left(str_after(rest, name.len));
    use->style = PARTIAL_JEKYLL;
    if (str_has(name, STR("{{")))
        name_parts(compiler, name, use);
    else
        use->name = keep_expression(compiler, literal_expression(compiler, name, value_html(name)));
    struct named_arguments arguments = {0};
    while (rest.len > 0) {
        struct named_argument argument;
        if (!jekyll_argument(compiler, &rest, &argument))
            return;
        *vec_push(compiler->arena, &arguments) = argument;
    }
    use->arguments = arguments.items;
    use->argument_count = arguments.count;
    finish_use(compiler, tag, use);
}

void compile_include(struct compiler *compiler, const struct piece *tag)
{
    struct str markup = str_trim(tag->markup);
    bool quoted = markup.len > 0 && (markup.ptr[0] == '\'' || markup.ptr[0] == '"');
    if (markup.len == 0)
        compiler_error(compiler, tag->all, "this include names no partial");
    else if (compiler->liquid->settings.jekyll && !quoted)
        compile_jekyll(compiler, tag);
    else
        compile_use(compiler, tag, PARTIAL_INCLUDE, "{% include 'name', key: value %}");
}
