/* One rendering as it goes: variables, loops, output, errors. */
#ifndef COPSE_LANG_LIQUID_RUN_H
#define COPSE_LANG_LIQUID_RUN_H

#include "lang/liquid/environment.h"

/* The type of a value that is not there yet; never seen outside the engine. */
#define VALUE_UNSET ((enum value_type)255)

/* A variable of one frame of variables. `current` is what a look-up gives; it is found again from
 * the others when a scope ends. */
struct binding {
    struct value current;
    struct value assigned; /* assign and capture */
    struct value global;   /* looked up once, or counted by increment and decrement */
    uint32_t scoped;       /* how many loops and includes hold it now */
};

/* A scope's note of what it covered. */
struct covered {
    uint32_t slot;
    struct value value;
};

/* Where output or a template was interrupted. */
enum interrupt { INTERRUPT_NONE, INTERRUPT_BREAK, INTERRUPT_CONTINUE };

/* A loop in progress; `forloop` and `tablerowloop` are objects over it. */
struct loop {
    const struct loop_head *head;
    struct loop *parent;
    struct str name;           /* forloop.name */
    struct value collection;   /* list, range or lazy object */
    const struct value *items; /* of a list */
    int64_t start;             /* the first item's index in the collection */
    int64_t length;
    int64_t index; /* rounds completed */
    int64_t columns;
    bool reversed;
    struct covered variable;
    struct covered object;
};

struct case_state {
    uint32_t again; /* matches still to be rendered */
    bool matched;
    struct value subject;
};

struct capture_state {
    size_t start; /* in the output */
    size_t mark;
};

/* A template being rendered, for its registers and for messages. */
struct frame {
    const struct liquid_template *compiled;
    struct frame *parent;
    uint32_t position; /* of the instruction */
    uint32_t end;      /* 0: unknown */
    struct loop **loops;
    struct case_state *cases;
    struct capture_state *captures;
};

struct cycle_state {
    struct value name;
    bool by_group;
    uint32_t group;
    size_t next;
};

struct cycle_states {
    struct cycle_state *items;
    size_t count;
    size_t capacity;
};

struct heard {
    struct liquid_link *items;
    size_t count;
    size_t capacity;
};

struct liquid_run {
    struct liquid *liquid;
    struct liquid_call *call;
    struct arena *arena;
    struct buf *out;
    size_t out_start; /* what was in `out` before */
    size_t out_limit;
    struct binding *bindings;
    struct binding **spare; /* of finished `render`s, to be used again */
    size_t spare_count;
    size_t slot_count;
    enum liquid_language language;
    int64_t *continues;
    struct cycle_states cycles;
    struct str changed; /* what ifchanged printed last */
    bool has_changed;
    struct frame *frame;
    struct loop *loop; /* innermost */
    unsigned depth;
    uint64_t iteration_limit;
    size_t scratch; /* bytes that filters made */
    size_t scratch_limit;
    size_t mark;                     /* where the attribute value being written began */
    const struct filter_use *filter; /* being applied */
    enum interrupt interrupt;
    struct heard heard; /* links that a memo has to tell of again, while `recording` */
    unsigned recording; /* partials within each other whose printing is being kept */
    bool isolated;      /* inside `render` */
    bool failed;
};

/* Reports an error at the instruction being run, with the chain of includes. Only the first one of
 * a run counts. */
void run_fail(struct liquid_run *run, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Adds a warning there. */
void run_warn(struct liquid_run *run, const char *code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Narrows where messages point to while an expression or filter is at work. */
static inline void run_at(struct liquid_run *run, uint32_t position, uint32_t end)
{
    run->frame->position = position;
    run->frame->end = end;
}

/* ---- values (look.c) */

struct value run_expression(struct liquid_run *run, const struct expression *expression);
struct value run_pipeline(struct liquid_run *run, const struct pipeline *pipeline);
bool run_condition(struct liquid_run *run, const struct condition *condition);

/* What a variable holds; VALUE_UNSET is never returned (nil is). */
struct value run_variable(struct liquid_run *run, uint32_t slot);
bool run_variable_known(struct liquid_run *run, uint32_t slot);
void run_assign(struct liquid_run *run, uint32_t slot, struct value value);
/* A scope's variable: set once with run_cover(), then with run_rebind(), given back with
 * run_uncover(). */
struct covered run_cover(struct liquid_run *run, uint32_t slot, struct value value);
void run_uncover(struct liquid_run *run, const struct covered *covered);

/* value.key as templates read it, `first`, `last` and `size` included. */
struct value run_property(struct liquid_run *run, struct value value, const struct path_step *step,
                          struct value key);
/* hash[key] as filters read it: properties only. *found tells nil from absent. */
struct value run_lookup(struct liquid_run *run, struct value value, struct value_key key,
                        bool *found);

/* ---- lists (list.c): lists, ranges, objects that count */

bool run_is_list(struct value value);
size_t run_count(struct liquid_run *run, struct value list);
struct value run_item(struct liquid_run *run, struct value list, size_t index);
/* A map's or keyed object's entries as a list of pairs. */
struct value run_pairs(struct liquid_run *run, struct value map);

/* ---- comparing (compare.c) */

bool value_is_true(struct value value);
bool run_equal(struct liquid_run *run, struct value a, struct value b);
/* Whether they can be ordered; *order is then <0, 0 or >0. */
bool run_order(struct liquid_run *run, struct value a, struct value b, int *order);
bool run_is_empty(struct liquid_run *run, struct value value);
bool run_is_blank(struct liquid_run *run, struct value value);
bool run_compare(struct liquid_run *run, enum comparison_operator relation, struct value left,
                 struct value right);

/* ---- text (print.c) */

/* As printed, unescaped, at the end of `out`. */
void run_write(struct liquid_run *run, struct value value, struct buf *out);
/* As filters read it, like Ruby's to_s (a list is inspected, not joined): borrowed where the value
 * is a string, else in the arena. */
struct str run_text(struct liquid_run *run, struct value value);
/* Ruby's inspect, which is what maps print as. */
void run_inspect(struct liquid_run *run, struct value value, struct buf *out);
/* Writes it for its place. */
void run_print(struct liquid_run *run, struct value value, enum place place);

/* ---- memory: all that filters make is counted */

char *run_bytes(struct liquid_run *run, size_t size);
struct value *run_values(struct liquid_run *run, size_t count);
/* The bytes of a scratch buf as a slice in the arena; releases the buf. */
struct str run_keep(struct liquid_run *run, struct buf *buf);

/* ---- partials and whole templates (interpret.c, partials.c) */

int run_template(struct liquid_run *run, const struct liquid_template *compiled);
void run_include(struct liquid_run *run, const struct partial_use *use);
void run_render(struct liquid_run *run, const struct partial_use *use);

/* Fresh variables for a `render`, and back. */
struct binding *run_bindings_take(struct liquid_run *run);
void run_bindings_give(struct liquid_run *run, struct binding *bindings);
/* Where loops of these variables' templates came to, for `offset: continue`. */
int64_t *run_continues(struct liquid_run *run, struct binding *bindings);

/* With strict: reports a print of something that is not there. */
void run_check_known(struct liquid_run *run, const struct pipeline *pipeline);
/* A URL or id attribute's value: reported, and checked if a value may have decided its scheme. */
void run_link(struct liquid_run *run, const struct link_site *site, struct str value);
void run_link_end(struct liquid_run *run, const struct link_site *site);
/* Gives a link to the host, and keeps it for a memo that will have to give it again. */
void run_tell(struct liquid_run *run, const struct liquid_link *link);

/* ---- loops (loops.c) */

bool run_loop_begin(struct liquid_run *run, struct loop **loop, const struct loop_head *head,
                    bool table);
void run_loop_bind(struct liquid_run *run, struct loop *loop);
void run_loop_end(struct liquid_run *run, struct loop *loop);
extern const struct value_class forloop_class;
extern const struct value_class tablerowloop_class;

#endif
