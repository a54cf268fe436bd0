/* A compiled template: a flat list of instructions with jumps, and the expressions they use.
 *
 * Blocks (if, for, case …) become jumps, so rendering needs no recursion but for partials, and
 * nothing in here changes once the compiler is done with it: threads share it. */
#ifndef COPSE_LANG_LIQUID_PROGRAM_H
#define COPSE_LANG_LIQUID_PROGRAM_H

#include "lang/liquid/liquid.h"

struct filter_entry;
struct partial;

/* ---- expressions */

/* Words that work on a value which has no property of that name. */
enum step_word { WORD_NONE, WORD_FIRST, WORD_LAST, WORD_SIZE };

/* One step of a.b[c]: a key known at compile time, or an expression in brackets. */
struct path_step {
    struct value_key key;
    const struct expression *computed; /* NULL: `key` */
    enum step_word word;
};

enum expression_kind {
    EXPRESSION_LITERAL,
    EXPRESSION_VARIABLE, /* slot, then steps */
    EXPRESSION_COMPUTED, /* [expression], then steps */
    EXPRESSION_RANGE
};

struct expression {
    enum expression_kind kind;
    uint32_t position;
    uint32_t slot;
    uint32_t step_count;
    const struct path_step *steps;
    union {
        struct value literal;
        const struct expression *root; /* of a computed variable */
        struct {
            const struct expression *first;
            const struct expression *last;
        } range;
    };
};

struct named_argument {
    struct str name;
    struct expression value;
};

struct filter_use {
    const struct filter_entry *filter; /* NULL: unknown, and passed over */
    uint32_t position;
    uint32_t end;
    const struct expression *arguments;
    size_t argument_count;
    const struct named_argument *named;
    size_t named_count;
    const struct predicate *predicate; /* of where_exp and its kin, else NULL */
};

/* value | filter | filter */
struct pipeline {
    struct expression base;
    const struct filter_use *filters;
    size_t filter_count;
    uint32_t end; /* of its markup, for messages */
};

enum comparison_operator {
    COMPARE_NONE, /* truth of the left side */
    COMPARE_EQUAL,
    COMPARE_UNEQUAL,
    COMPARE_LESS,
    COMPARE_GREATER,
    COMPARE_LESS_EQUAL,
    COMPARE_GREATER_EQUAL,
    COMPARE_CONTAINS
};

enum condition_join { JOIN_END, JOIN_AND, JOIN_OR };

struct comparison {
    struct expression left;
    struct expression right;
    enum comparison_operator relation;
    enum condition_join join; /* how it goes on; `and` and `or` bind alike, from the right */
};

struct condition {
    const struct comparison *items;
    size_t count;
};

/* The expression that where_exp, group_by_exp and find_exp take as text, and its variable. */
struct predicate {
    uint32_t slot;
    const struct condition *condition; /* or */
    const struct pipeline *pipeline;
};

/* ---- instructions */

/* How a value is written where it stands; decided by the compiler. */
enum place {
    PLACE_PLAIN,     /* as it is */
    PLACE_TEXT,      /* HTML text: text is escaped, html is not */
    PLACE_ATTRIBUTE, /* a quoted attribute, a comment: html's quotes and brackets are escaped too */
    PLACE_XML,
    PLACE_JSON,
    PLACE_ICS
};

enum op_code {
    OP_TEXT,        /* text */
    OP_PRINT,       /* pipeline */
    OP_ASSIGN,      /* pipeline, slot */
    OP_CAPTURE,     /* saves where output stood; index: a register */
    OP_CAPTURE_END, /* slot, index */
    OP_CHANGED,     /* ifchanged, likewise */
    OP_CHANGED_END,
    OP_JUMP,       /* target */
    OP_UNLESS,     /* condition, target: where to go if it does not hold */
    OP_CASE,       /* pipeline; index: a register */
    OP_WHEN,       /* condition alternatives; target: past the body */
    OP_WHEN_AGAIN, /* target: the body's start, once more for each further match */
    OP_CASE_ELSE,  /* target: past the body, unless nothing matched so far */
    OP_FOR,        /* head; target: the else branch or the end */
    OP_FOR_NEXT,   /* target: the body's start */
    OP_FOR_END,    /* leaves the loop */
    OP_ROW,        /* tablerow: head, target past the end */
    OP_ROW_NEXT,
    OP_ROW_END,
    OP_CYCLE,     /* cycle */
    OP_INCREMENT, /* slot */
    OP_DECREMENT,
    OP_INCLUDE,  /* partial_use */
    OP_RENDER,   /* partial_use */
    OP_IF_BREAK, /* target, if the partial before it broke off */
    OP_IF_CONTINUE,
    OP_BREAK, /* ends the template: its includer's loop is meant */
    OP_CONTINUE,
    OP_MARK,     /* a URL or id attribute's value begins here in the output */
    OP_MARK_END, /* link: it ends here */
    OP_LINK,     /* link: a value that is all literal */
    OP_END
};

struct op {
    uint8_t code;
    uint8_t place;
    uint16_t index;
    uint32_t position;
    union {
        struct str text;
        struct {
            union {
                const struct pipeline *pipeline;
                const struct condition *condition;
                const struct loop_head *loop;
                const struct cycle *cycle;
                const struct partial_use *partial;
                const struct link_site *link;
            };
            uint32_t target;
            uint32_t slot;
        };
    };
};

struct loop_head {
    uint32_t variable;      /* slot */
    uint32_t continue_slot; /* where `offset: continue` finds how far the last one came */
    struct str name;        /* "item-collection", forloop.name */
    struct expression collection;
    const struct expression *limit;  /* or NULL */
    const struct expression *offset; /* or NULL */
    const struct expression *columns;
    bool reversed;
    bool from_continue;
};

struct cycle {
    const struct expression *name; /* NULL: the group is `group` */
    uint32_t group;                /* equal for tags with the same literal items */
    const struct expression *items;
    size_t count;
};

struct link_site {
    enum liquid_link_kind kind;
    struct str element;
    struct str attribute;
    struct str value; /* OP_LINK only */
    uint32_t end;
    bool check; /* a text value may have decided the scheme: check the whole at run time */
};

enum partial_style {
    PARTIAL_INCLUDE, /* Liquid's: sees and sets the includer's variables */
    PARTIAL_JEKYLL,  /* parameters in `include` */
    PARTIAL_RENDER   /* sees globals and its arguments only */
};

struct partial_use {
    enum partial_style style;
    const struct partial *partial;     /* NULL: named at run time */
    const struct expression *name;     /* then */
    const struct pipeline *name_parts; /* Jekyll's {{ }} in a name: parts to be joined */
    size_t name_part_count;
    uint32_t binding;                 /* slot that `with`/`for` fills */
    uint32_t own_name;                /* slot named as the partial: include's implicit `with` */
    const struct expression *subject; /* of with/for, or NULL */
    bool each;                        /* `for` */
    bool aliased;                     /* `as` was given */
    const struct named_argument *arguments;
    const uint32_t *argument_slots;
    size_t argument_count;
    uint32_t end;
};

struct liquid_template {
    struct liquid *liquid;
    const struct text *source;
    enum liquid_language language;
    const struct op *ops;
    size_t op_count;
    uint16_t loop_registers;
    uint16_t case_registers;
    uint16_t capture_registers;
    bool breaks; /* has a break or continue that is meant for the includer's loop */
};

/* A partial in one state of its surroundings. Recursion finds it while `compiled` is not yet set.
 */
struct partial {
    struct str name;
    const struct liquid_template *compiled;
    uint32_t before; /* the packed surroundings it was compiled for */
    uint32_t after;
    bool compiling;
    bool recursive; /* included itself, so that `after` must be `before` */
    const struct memo_plan *memo; /* NULL: what it prints cannot be kept (memo.h) */
    bool failed;
};

#endif
