/* From pieces to instructions: blocks, and what they have in common. */
#include "lang/liquid/compiler.h"

#include "base/suggest.h"

#include <string.h>

/* Blocks within blocks, as Ruby's. */
#define DEPTH_MOST 100

uint32_t compiler_position(const struct compiler *compiler, const char *at)
{
    const char *start = compiler->source->bytes.ptr;
    if (at == NULL || at < start || at > start + compiler->source->bytes.len)
        return 0;
    return (uint32_t)(at - start);
}

void compiler_error(struct compiler *compiler, struct str at, const char *format, ...)
{
    compiler->failed = true;
    uint32_t start = compiler_position(compiler, at.ptr);
    struct str message;
    va_list arguments;
    va_start(arguments, format);
    struct buf text = {0};
    buf_vaddf(&text, format, arguments);
    va_end(arguments);
    message = arena_str(compiler->diags->arena, buf_str(&text));
    buf_release(&text);
    diag_error(compiler->diags, "layout-error", span_of(compiler->source, start, start + at.len),
               "%.*s", STR_ARG(message));
}

void compiler_hint(struct compiler *compiler, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct buf text = {0};
    buf_vaddf(&text, format, arguments);
    va_end(arguments);
    diag_hint(compiler->diags, "%.*s", STR_ARG(buf_str(&text)));
    buf_release(&text);
}

struct tag_entry {
    struct str name;
    void (*compile)(struct compiler *compiler, const struct piece *tag);
    bool blank;  /* never prints */
    bool nested; /* decides by its body whether it is blank */
    bool jekyll;
};

static const struct tag_entry tags[] = {
    {STR_INIT("if"), compile_if, false, true, false},
    {STR_INIT("unless"), compile_unless, false, true, false},
    {STR_INIT("case"), compile_case, false, true, false},
    {STR_INIT("for"), compile_for, false, true, false},
    {STR_INIT("tablerow"), compile_tablerow, false, true, false},
    {STR_INIT("break"), compile_break, false, false, false},
    {STR_INIT("continue"), compile_break, false, false, false},
    {STR_INIT("assign"), compile_assign, true, false, false},
    {STR_INIT("capture"), compile_capture, true, false, false},
    {STR_INIT("ifchanged"), compile_ifchanged, false, true, false},
    {STR_INIT("comment"), compile_comment, true, false, false},
    {STR_INIT("raw"), compile_raw, false, true, false},
    {STR_INIT("doc"), compile_doc, true, false, false},
    {STR_INIT("#"), compile_inline_comment, true, false, false},
    {STR_INIT("cycle"), compile_cycle, false, false, false},
    {STR_INIT("increment"), compile_counter, false, false, false},
    {STR_INIT("decrement"), compile_counter, false, false, false},
    {STR_INIT("echo"), compile_echo, false, false, false},
    {STR_INIT("include"), compile_include, false, false, false},
    {STR_INIT("render"), compile_render, false, false, false},
    {STR_INIT("link"), compile_link, false, false, true},
    {STR_INIT("post_url"), compile_link, false, false, true},
    {STR_INIT("image"), compile_image, false, false, true},
};

#define TAG_COUNT (sizeof tags / sizeof *tags)

static const struct tag_entry *find_tag(const struct compiler *compiler, struct str name)
{
    for (size_t i = 0; i < TAG_COUNT; i++)
        if (str_eq(tags[i].name, name))
            return tags[i].jekyll && !compiler->liquid->settings.jekyll ? NULL : &tags[i];
    return NULL;
}

bool compile_tag(struct compiler *compiler, const struct piece *tag)
{
    if (str_eq(tag->name, STR("liquid"))) {
        compile_lines(compiler, tag);
        return true;
    }
    const struct tag_entry *entry = find_tag(compiler, tag->name);
    if (entry == NULL)
        return false;
    bool blank_before = compiler->blank;
    struct str outer = compiler->tag;
    emit_flush(compiler);
    compiler->tag = tag->all;
    compiler->blank = true;
    if (compiler->block_depth >= DEPTH_MOST) {
        compiler_error(compiler, tag->all, "more than %d blocks stand within each other",
                       DEPTH_MOST);
        compiler->pieces.at = compiler->pieces.text.len;
    } else {
        compiler->block_depth++;
        entry->compile(compiler, tag);
        compiler->block_depth--;
    }
    emit_flush(compiler);
    bool blank = entry->blank || (entry->nested && compiler->blank);
    compiler->blank = blank_before && blank;
    compiler->tag = outer;
    return true;
}

void compile_lines(struct compiler *compiler, const struct piece *tag)
{
    if (compiler->block_depth >= DEPTH_MOST) {
        compiler_error(compiler, tag->all, "more than %d blocks stand within each other",
                       DEPTH_MOST);
        return;
    }
    struct pieces outer = compiler->pieces;
    compiler->pieces = (struct pieces){.text = tag->markup, .lines = true};
    compiler->block_depth++;
    struct piece end = compile_block(compiler);
    while (end.kind != PIECE_END) {
        block_ends(compiler, &end, "", tag->all);
        end = compile_block(compiler);
    }
    compiler->block_depth--;
    compiler->pieces = outer;
}

static void compile_text(struct compiler *compiler, struct str text)
{
    if (compiler->trim_next)
        text = str_trim_left(text);
    compiler->trim_next = false;
    emit_text(compiler, text);
    compiler->blank = compiler->blank && str_trim(text).len == 0;
}

static void compile_output(struct compiler *compiler, const struct piece *piece)
{
    struct pipeline *pipeline = arena_zalloc(compiler->arena, 1, sizeof *pipeline);
    emit_flush(compiler);
    compiler->blank = false;
    if (compile_pipeline(compiler, piece->markup, pipeline))
        emit_print(compiler, pipeline, piece->all);
}

static void trim_around(struct compiler *compiler, const struct piece *piece)
{
    if (piece->trim_before)
        compiler->pending = str_trim_right(compiler->pending);
    compiler->trim_next = piece->trim_after;
}

static void broken(struct compiler *compiler, const struct piece *piece)
{
    if (compiler->pieces.lines)
        compiler_error(compiler, piece->all, "this line does not begin with a tag's name");
    else if (str_starts(piece->all, STR("{{")))
        compiler_error(compiler, piece->all, "this '{{' is not closed by '}}'");
    else if (piece->all.len == 2)
        compiler_error(compiler, piece->all, "this '{%%' is not closed by '%%}'");
    else
        compiler_error(compiler, piece->all, "a tag's name is missing here");
}

struct piece compile_block(struct compiler *compiler)
{
    for (;;) {
        struct piece piece = piece_next(&compiler->pieces);
        switch (piece.kind) {
        case PIECE_END: emit_flush(compiler); return piece;
        case PIECE_TEXT: compile_text(compiler, piece.all); break;
        case PIECE_OUTPUT:
            trim_around(compiler, &piece);
            compile_output(compiler, &piece);
            break;
        case PIECE_BROKEN: broken(compiler, &piece); break;
        case PIECE_TAG:
            if (!compiler->pieces.lines)
                trim_around(compiler, &piece);
            if (!compile_tag(compiler, &piece)) {
                emit_flush(compiler);
                return piece;
            }
            break;
        }
    }
}

static bool is_known(struct str name, struct str *list, size_t *count)
{
    static const char *const inner[] = {
        "else",        "elsif",      "when",       "endif",  "endunless", "endcase",     "endfor",
        "endtablerow", "endcapture", "endcomment", "endraw", "enddoc",    "endifchanged"};
    size_t inner_count = sizeof inner / sizeof *inner;
    for (size_t i = 0; i < TAG_COUNT; i++)
        list[i] = tags[i].name;
    for (size_t i = 0; i < inner_count; i++) {
        list[TAG_COUNT + i] = str_from(inner[i]);
        if (str_eq(name, list[TAG_COUNT + i]))
            return true;
    }
    *count = TAG_COUNT + inner_count;
    return false;
}

bool block_ends(struct compiler *compiler, const struct piece *end, const char *name,
                struct str opened)
{
    if (end->kind == PIECE_END) {
        compiler_error(compiler, opened, "this block is never closed");
        compiler_hint(compiler, "write {%% %s %%} where it ends", name);
        return false;
    }
    if (str_eq(end->name, str_from(name)))
        return true;
    struct str known[TAG_COUNT + 16];
    size_t count = 0;
    if (is_known(end->name, known, &count)) {
        compiler_error(compiler, end->all, "'%.*s' does not belong here", STR_ARG(end->name));
        if (name[0] != '\0')
            compiler_hint(compiler, "the block that is open ends with {%% %s %%}", name);
        return false;
    }
    compiler_error(compiler, end->all, "there is no tag '%.*s'", STR_ARG(end->name));
    struct str near = suggest_nearest(end->name, known, count);
    if (near.len > 0)
        compiler_hint(compiler, "did you mean '%.*s'?", STR_ARG(near));
    return false;
}

static const struct liquid_template *finish(struct compiler *compiler)
{
    emit(compiler, OP_END, str_after(compiler->source->bytes, compiler->source->bytes.len));
    if (compiler->failed)
        return NULL;
    struct liquid_template *compiled = arena_zalloc(compiler->arena, 1, sizeof *compiled);
    *compiled = (struct liquid_template){.liquid = compiler->liquid,
                                         .source = compiler->source,
                                         .language = compiler->language,
                                         .ops = compiler->ops.items,
                                         .op_count = compiler->ops.count,
                                         .loop_registers = compiler->loops_most,
                                         .case_registers = compiler->cases_most,
                                         .capture_registers = compiler->captures_most,
                                         .breaks = compiler->breaks};
    return compiled;
}

const struct liquid_template *compile_source(struct liquid *liquid, const struct text *source,
                                             size_t start, enum liquid_language language,
                                             uint32_t before, uint32_t *after, struct diags *diags)
{
    struct compiler compiler = {.liquid = liquid,
                                .arena = liquid->arena,
                                .source = source,
                                .language = language,
                                .diags = diags,
                                .blank = true,
                                .here = surroundings_unpack(before)};
    compiler.pieces.text = str_after(source->bytes, start);
    if (source->bytes.len > liquid->settings.limits.template_bytes) {
        diag_error(diags, "layout-error", span_file(source),
                   "this template is larger than %zu bytes, the most that is allowed",
                   liquid->settings.limits.template_bytes);
        return NULL;
    }
    struct piece end = compile_block(&compiler);
    while (end.kind != PIECE_END) {
        block_ends(&compiler, &end, "", end.all);
        end = compile_block(&compiler);
    }
    *after = surroundings_pack(&compiler.here);
    return finish(&compiler);
}
