/* What the parts of the compiler share: source in, instructions out. */
#ifndef COPSE_LANG_LIQUID_COMPILER_H
#define COPSE_LANG_LIQUID_COMPILER_H

#include "lang/liquid/environment.h"
#include "lang/liquid/surroundings.h"

/* ---- cutting a template into pieces (pieces.c) */

enum piece_kind { PIECE_END, PIECE_TEXT, PIECE_OUTPUT, PIECE_TAG, PIECE_BROKEN };

struct piece {
    enum piece_kind kind;
    struct str all;    /* the piece with its braces */
    struct str name;   /* of a tag */
    struct str markup; /* between the braces, or behind the tag's name */
    bool trim_before;  /* {{- or {%- */
    bool trim_after;
};

struct pieces {
    struct str text;
    size_t at;
    bool lines; /* inside {% liquid %}: each line is a tag */
};

struct piece piece_next(struct pieces *pieces);
/* Behind {% raw %} or {% doc %}: up to its end tag. False if there is none. */
bool piece_until(struct pieces *pieces, struct str end_name, bool nested_is_error, struct str *body,
                 struct piece *end);

/* ---- the compiler's state */

struct ops {
    struct op *items;
    size_t count;
    size_t capacity;
};

struct jumps {
    size_t *items;
    size_t count;
    size_t capacity;
};

/* What a break has to leave on its way out of the loop. */
enum enclosure_kind { ENCLOSURE_FOR, ENCLOSURE_ROW, ENCLOSURE_CAPTURE, ENCLOSURE_CHANGED };

struct enclosure {
    enum enclosure_kind kind;
    struct enclosure *outer;
    uint16_t index;
    uint32_t slot;
    struct surroundings *state; /* loops: the state in which rounds begin and end */
    struct jumps breaks;
    struct jumps continues;
};

struct compiler {
    struct liquid *liquid;
    struct arena *arena;
    const struct text *source;
    enum liquid_language language;
    struct diags *diags;
    struct pieces pieces;
    struct ops ops;
    struct str pending; /* text not yet written: a trim may shorten it */
    bool trim_next;     /* the next text loses its leading white space */
    bool blank;         /* the block so far prints nothing but white space */
    unsigned block_depth;
    uint16_t loops, loops_most;
    uint16_t cases, cases_most;
    uint16_t captures, captures_most;
    struct enclosure *enclosure;
    struct surroundings here; /* the HTML state at this point */
    bool breaks;
    bool failed;
    bool dead;      /* behind a break: states need not agree */
    struct str tag; /* the tag being compiled, whole */
};

/* ---- messages */

uint32_t compiler_position(const struct compiler *compiler, const char *at);
/* An error at a slice of the source. */
void compiler_error(struct compiler *compiler, struct str at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void compiler_hint(struct compiler *compiler, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* ---- tokens of an expression (tokens.c) */

enum token_kind {
    TOKEN_END,
    TOKEN_NAME,
    TOKEN_STRING,
    TOKEN_NUMBER,
    TOKEN_COMPARISON,
    TOKEN_DOTDOT,
    TOKEN_SIGN, /* one of | . : , [ ] ( ) ? - = */
    TOKEN_WRONG
};

struct token {
    enum token_kind kind;
    struct str text;
};

struct tokens {
    struct compiler *compiler;
    struct str markup;
    size_t at;
    struct token now;
    unsigned depth;
    struct str wrong_at; /* where the first mistake is */
    const char *wrong;   /* what was expected there, or NULL */
};

void tokens_begin(struct tokens *tokens, struct compiler *compiler, struct str markup);
void tokens_step(struct tokens *tokens);
bool tokens_sign(struct tokens *tokens, char sign); /* takes it if it is there */
bool tokens_word(struct tokens *tokens, const char *word);
bool tokens_look_sign(const struct tokens *tokens, char sign);
/* Whether a name and then a colon come next. */
bool tokens_look_named(const struct tokens *tokens);
bool tokens_fail(struct tokens *tokens, const char *expected); /* always false */
bool tokens_end(struct tokens *tokens);                        /* nothing may follow */

/* Growing lists of what the parsers make. */
struct steps {
    struct path_step *items;
    size_t count;
    size_t capacity;
};

struct expressions {
    struct expression *items;
    size_t count;
    size_t capacity;
};

struct named_arguments {
    struct named_argument *items;
    size_t count;
    size_t capacity;
};

struct filter_uses {
    struct filter_use *items;
    size_t count;
    size_t capacity;
};

struct comparisons {
    struct comparison *items;
    size_t count;
    size_t capacity;
};

/* ---- expressions (expressions.c): false after tokens_fail() */

bool parse_expression(struct tokens *tokens, struct expression *out);
bool parse_pipeline_tokens(struct tokens *tokens, struct pipeline *out);
/* `value, argument, name: argument`: the filter `name` on it, written as a tag. */
bool parse_filter_tag(struct tokens *tokens, struct str name, struct pipeline *out);
bool parse_condition_tokens(struct tokens *tokens, struct condition *out);
/* name: expression, with or without commas; `known` NULL takes any name. */
bool parse_named(struct tokens *tokens, struct named_argument **out, size_t *count);
struct expression *keep_expression(struct compiler *compiler, struct expression expression);
struct expression literal_expression(struct compiler *compiler, struct str at, struct value value);
/* A number, word, string or path by itself. */
bool literal_word(struct str word, struct value *out);
struct value number_literal(struct compiler *compiler, struct str digits);
void set_filter(struct compiler *compiler, struct filter_use *use, struct str name);

/* Whole markups: strictly, then (unless strict parsing was asked for) as Ruby's lax parser reads
 * them. Report their own errors. */
bool compile_pipeline(struct compiler *compiler, struct str markup, struct pipeline *out);
bool compile_condition(struct compiler *compiler, struct str markup, struct condition *out);
/* Says what tokens_fail() noted. Always false. */
bool report_tokens(struct tokens *tokens, const char *form);

/* ---- lax parsing (lax.c) */

/* The next quoted string or run of characters at or behind *at; false if there is none. */
bool lax_fragment(struct str markup, size_t *at, struct str *fragment);
bool lax_expression(struct compiler *compiler, struct str markup, struct expression *out);
bool lax_pipeline(struct compiler *compiler, struct str markup, struct pipeline *out);
bool lax_condition(struct compiler *compiler, struct str markup, struct condition *out);
bool lax_named(struct compiler *compiler, struct str markup, struct named_argument **out,
               size_t *count);

/* ---- instructions (emit.c) */

struct op *emit(struct compiler *compiler, enum op_code code, struct str at);
void emit_text(struct compiler *compiler, struct str text);
/* Writes the text that is pending; before anything that is no text. */
void emit_flush(struct compiler *compiler);
size_t emit_here(struct compiler *compiler); /* the number of the next instruction */
void emit_print(struct compiler *compiler, const struct pipeline *pipeline, struct str at);
void emit_target(struct compiler *compiler, size_t op); /* op jumps to here */
void jumps_add(struct compiler *compiler, struct jumps *jumps, size_t op);
void jumps_land(struct compiler *compiler, const struct jumps *jumps);
/* The text of ops [from, here) that is white space goes away. */
void emit_unblank(struct compiler *compiler, size_t from);

/* ---- branches and the HTML state (branches.c) */

/* Makes the states at the ends of branches one, or says why they cannot be. */
void join_states(struct compiler *compiler, struct surroundings *into,
                 const struct surroundings *branch, bool *first, struct str at);

/* ---- blocks (compile.c, tags*.c) */

/* Compiles up to a tag that it does not know, which it returns: the block's owner judges it. */
struct piece compile_block(struct compiler *compiler);
/* Judges what ended a block: true if it is `name`, else says that the block was never closed. */
bool block_ends(struct compiler *compiler, const struct piece *end, const char *name,
                struct str opened);
bool compile_tag(struct compiler *compiler, const struct piece *tag);
/* Compiles a nested run of pieces ({% liquid %}). */
void compile_lines(struct compiler *compiler, const struct piece *tag);

void compile_if(struct compiler *compiler, const struct piece *tag);
void compile_unless(struct compiler *compiler, const struct piece *tag);
void compile_case(struct compiler *compiler, const struct piece *tag);
void compile_for(struct compiler *compiler, const struct piece *tag);
void compile_tablerow(struct compiler *compiler, const struct piece *tag);
void compile_break(struct compiler *compiler, const struct piece *tag);
void compile_assign(struct compiler *compiler, const struct piece *tag);
void compile_capture(struct compiler *compiler, const struct piece *tag);
void compile_ifchanged(struct compiler *compiler, const struct piece *tag);
void compile_comment(struct compiler *compiler, const struct piece *tag);
void compile_raw(struct compiler *compiler, const struct piece *tag);
void compile_doc(struct compiler *compiler, const struct piece *tag);
void compile_inline_comment(struct compiler *compiler, const struct piece *tag);
void compile_cycle(struct compiler *compiler, const struct piece *tag);
void compile_counter(struct compiler *compiler, const struct piece *tag);
void compile_echo(struct compiler *compiler, const struct piece *tag);
void compile_include(struct compiler *compiler, const struct piece *tag);
void compile_render(struct compiler *compiler, const struct piece *tag);
void compile_link(struct compiler *compiler, const struct piece *tag);
void compile_image(struct compiler *compiler, const struct piece *tag);
/* Breaks off at a partial's break: what follows OP_INCLUDE. */
void compile_interrupts(struct compiler *compiler, struct str at);

/* One source, from `start`, in the surroundings `before`; *after is where it ended. */
const struct liquid_template *compile_source(struct liquid *liquid, const struct text *source,
                                             size_t start, enum liquid_language language,
                                             uint32_t before, uint32_t *after, struct diags *diags);

#endif
