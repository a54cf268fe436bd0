/* Loops in progress, and what forloop and tablerowloop say of them. */
#include "lang/liquid/number.h"

static struct value loop_index(const struct loop *loop, struct str name)
{
    static const struct {
        struct str name;
        int kind;
    } words[] = {{STR_INIT("index"), 0},   {STR_INIT("index0"), 1}, {STR_INIT("rindex"), 2},
                 {STR_INIT("rindex0"), 3}, {STR_INIT("length"), 4}, {STR_INIT("first"), 5},
                 {STR_INIT("last"), 6}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!str_eq(name, words[i].name))
            continue;
        switch (words[i].kind) {
        case 0: return value_integer(loop->index + 1);
        case 1: return value_integer(loop->index);
        case 2: return value_integer(loop->length - loop->index);
        case 3: return value_integer(loop->length - loop->index - 1);
        case 4: return value_integer(loop->length);
        case 5: return value_boolean(loop->index == 0);
        default: return value_boolean(loop->index == loop->length - 1);
        }
    }
    return value_nil();
}

static struct value forloop_get(const void *self, struct value_key key, struct value_reader *reader)
{
    (void)reader;
    const struct loop *loop = self;
    if (str_eq(key.name, STR("parentloop")))
        return loop->parent == NULL ? value_nil() : value_object(&forloop_class, loop->parent);
    if (str_eq(key.name, STR("name")))
        return value_html(loop->name);
    return loop_index(loop, key.name);
}

const struct value_class forloop_class = {.name = "Liquid::ForloopDrop", .get = forloop_get};

static struct value tablerow_get(const void *self, struct value_key key,
                                 struct value_reader *reader)
{
    (void)reader;
    const struct loop *loop = self;
    int64_t column = loop->columns > 0 ? loop->index % loop->columns : loop->index;
    if (str_eq(key.name, STR("col")))
        return value_integer(column + 1);
    if (str_eq(key.name, STR("col0")))
        return value_integer(column);
    if (str_eq(key.name, STR("row")))
        return value_integer(loop->columns > 0 ? loop->index / loop->columns + 1 : 1);
    if (str_eq(key.name, STR("col_first")))
        return value_boolean(column == 0);
    if (str_eq(key.name, STR("col_last")))
        return value_boolean(loop->columns > 0 && column == loop->columns - 1);
    return loop_index(loop, key.name);
}

const struct value_class tablerowloop_class = {.name = "Liquid::TablerowloopDrop",
                                               .get = tablerow_get};

/* limit, offset, cols. `table` reads them as Ruby's to_i does, which refuses nothing. */
static int64_t attribute(struct liquid_run *run, const struct expression *expression, bool table,
                         const char *name, bool *given)
{
    int64_t number = 0;
    *given = false;
    if (expression == NULL)
        return 0;
    struct value value = run_expression(run, expression);
    if (value.type == VALUE_NIL)
        return 0;
    *given = true;
    if (table && value.type == VALUE_FLOAT)
        return value.number > -1e18 && value.number < 1e18 ? (int64_t)value.number : 0;
    if (table && value_is_string(value))
        return number_prefix(value.str);
    if (!number_integer(run, value, &number))
        run_fail(run, "'%s' needs a whole number", name);
    return number;
}

/* What the tag names as something that can be gone through. */
static struct value collection_of(struct liquid_run *run, const struct loop_head *head)
{
    struct value value = run_expression(run, &head->collection);
    if (value.type == VALUE_MAP)
        return run_pairs(run, value);
    if (run_is_list(value))
        return value;
    if (value.type == VALUE_OBJECT)
        return run_pairs(run, value);
    if (value_is_string(value) && value.str.len > 0) {
        struct value *item = run_values(run, 1);
        *item = value;
        return value_list(run->arena, item, 1);
    }
    return value_list(run->arena, NULL, 0);
}

static void set_window(struct liquid_run *run, struct loop *loop, bool table, bool whole)
{
    const struct loop_head *head = loop->head;
    bool given;
    int64_t count = (int64_t)run_count(run, loop->collection);
    int64_t from = head->from_continue ? run->continues[head->continue_slot]
                                       : attribute(run, head->offset, table, "offset", &given);
    int64_t limit = attribute(run, head->limit, table, "limit", &given);
    int64_t to = count;
    if (given && !whole && __builtin_add_overflow(limit, from, &to))
        to = count;
    if (to > count)
        to = count;
    loop->start = whole || from < 0 ? 0 : from;
    loop->length = to > loop->start ? to - loop->start : 0;
    if (!table)
        run->continues[head->continue_slot] = from + loop->length;
}

bool run_loop_begin(struct liquid_run *run, struct loop **out, const struct loop_head *head,
                    bool table)
{
    struct loop *loop = arena_zalloc(run->arena, 1, sizeof *loop);
    bool given;
    struct value source = value_nil();
    if (table || head->collection.kind == EXPRESSION_VARIABLE)
        source = run_expression(run, &head->collection);
    bool whole = value_is_string(source) || head->collection.kind == EXPRESSION_LITERAL;
    *out = loop;
    loop->head = head;
    loop->name = head->name;
    loop->collection = collection_of(run, head);
    if (loop->collection.type == VALUE_LIST)
        loop->items = loop->collection.list->items;
    loop->reversed = head->reversed;
    set_window(run, loop, table, whole);
    loop->columns = attribute(run, head->columns, table, "cols", &given);
    if (table && !given)
        loop->columns = loop->length;
    if (run->failed || (table && !value_is_true(source)) || (!table && loop->length == 0))
        return false;
    loop->parent = table ? NULL : run->loop;
    struct value object = value_object(table ? &tablerowloop_class : &forloop_class, loop);
    loop->object = run_cover(run, table ? SLOT_TABLEROWLOOP : SLOT_FORLOOP, object);
    loop->variable = run_cover(run, head->variable, value_nil());
    if (!table)
        run->loop = loop;
    return true;
}

void run_loop_bind(struct liquid_run *run, struct loop *loop)
{
    int64_t at = loop->start + (loop->reversed ? loop->length - 1 - loop->index : loop->index);
    struct value item =
        loop->items != NULL ? loop->items[at] : run_item(run, loop->collection, (size_t)at);
    run->bindings[loop->head->variable].current = item;
    if (++run->call->iterations > run->iteration_limit)
        run_fail(run, "the loops of this page went round more than %llu times",
                 (unsigned long long)run->iteration_limit);
}

void run_loop_end(struct liquid_run *run, struct loop *loop)
{
    run_uncover(run, &loop->variable);
    run_uncover(run, &loop->object);
    if (run->loop == loop)
        run->loop = loop->parent;
}
