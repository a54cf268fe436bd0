/* Truth, equality and order, as Ruby has them. */
#include "lang/liquid/number.h"

#include "base/utf8.h"

/* Lists and maps within each other that are compared; deeper ones count as unequal. */
#define DEPTH_MOST 64

bool value_is_true(struct value value)
{
    return value.type != VALUE_NIL && !(value.type == VALUE_BOOLEAN && !value.boolean);
}

bool run_is_empty(struct liquid_run *run, struct value value)
{
    if (value_is_string(value))
        return value.str.len == 0;
    if (value.type == VALUE_MAP)
        return value.map->count == 0;
    if (value.type == VALUE_RANGE)
        return false;
    return run_is_list(value) && run_count(run, value) == 0;
}

bool run_is_blank(struct liquid_run *run, struct value value)
{
    if (value.type == VALUE_NIL || (value.type == VALUE_BOOLEAN && !value.boolean))
        return true;
    if (value_is_string(value))
        return str_trim(value.str).len == 0;
    return run_is_empty(run, value);
}

static bool equal(struct liquid_run *run, struct value a, struct value b, unsigned depth);

static bool equal_lists(struct liquid_run *run, struct value a, struct value b, unsigned depth)
{
    size_t count = run_count(run, a);
    if (count != run_count(run, b))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!equal(run, run_item(run, a, i), run_item(run, b, i), depth + 1))
            return false;
    return true;
}

static bool equal_maps(struct liquid_run *run, const struct value_map *a, const struct value_map *b,
                       unsigned depth)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        const struct value *other = value_map_get(b, a->entries[i].key);
        if (other == NULL || !equal(run, a->entries[i].value, *other, depth + 1))
            return false;
    }
    return true;
}

static bool equal_times(const struct value_time *a, const struct value_time *b)
{
    return date_utc_seconds(&a->time) == date_utc_seconds(&b->time);
}

static bool equal(struct liquid_run *run, struct value a, struct value b, unsigned depth)
{
    bool ordered = true;
    if (depth > DEPTH_MOST)
        return false;
    if (a.type == VALUE_BLANK || a.type == VALUE_EMPTY) {
        if (b.type == a.type || b.type == VALUE_BLANK || b.type == VALUE_EMPTY)
            return false;
        return a.type == VALUE_BLANK ? run_is_blank(run, b) : run_is_empty(run, b);
    }
    if (b.type == VALUE_BLANK || b.type == VALUE_EMPTY)
        return equal(run, b, a, depth);
    if (number_is(a) && number_is(b))
        return number_compare(run, a, b, &ordered) == 0 && ordered;
    if (value_is_string(a) && value_is_string(b))
        return str_eq(a.str, b.str);
    if (a.type == VALUE_RANGE && b.type == VALUE_RANGE)
        return a.range->first == b.range->first && a.range->last == b.range->last;
    if (a.type == VALUE_RANGE || b.type == VALUE_RANGE)
        return false;
    if (a.type == VALUE_OBJECT && b.type == VALUE_OBJECT && a.object.self == b.object.self &&
        a.object.class == b.object.class)
        return true;
    if (run_is_list(a) && run_is_list(b))
        return equal_lists(run, a, b, depth);
    if (a.type != b.type)
        return false;
    switch (a.type) {
    case VALUE_NIL: return true;
    case VALUE_BOOLEAN: return a.boolean == b.boolean;
    case VALUE_MAP: return equal_maps(run, a.map, b.map, depth);
    case VALUE_TIME: return equal_times(a.time, b.time);
    default: return false;
    }
}

bool run_equal(struct liquid_run *run, struct value a, struct value b)
{
    return equal(run, a, b, 0);
}

bool run_order(struct liquid_run *run, struct value a, struct value b, int *order)
{
    bool ordered = true;
    if (number_is(a) && number_is(b)) {
        *order = number_compare(run, a, b, &ordered);
        return ordered;
    }
    if (value_is_string(a) && value_is_string(b)) {
        *order = str_cmp(a.str, b.str);
        return true;
    }
    if (a.type == VALUE_TIME && b.type == VALUE_TIME) {
        int64_t left = date_utc_seconds(&a.time->time);
        int64_t right = date_utc_seconds(&b.time->time);
        *order = left < right ? -1 : left > right;
        return true;
    }
    if (a.type == VALUE_LIST && b.type == VALUE_LIST) {
        size_t count = a.list->count < b.list->count ? a.list->count : b.list->count;
        for (size_t i = 0; i < count; i++) {
            struct value left = a.list->items[i];
            struct value right = b.list->items[i];
            if (run_is_list(left) || run_is_list(right) || !run_order(run, left, right, order))
                return false;
            if (*order != 0)
                return true;
        }
        *order = a.list->count < b.list->count ? -1 : a.list->count > b.list->count;
        return true;
    }
    *order = 0;
    return (a.type == VALUE_NIL && b.type == VALUE_NIL) ||
           (a.type == VALUE_BOOLEAN && b.type == VALUE_BOOLEAN && a.boolean == b.boolean);
}

static bool contains(struct liquid_run *run, struct value left, struct value right)
{
    if (!value_is_true(left) || !value_is_true(right))
        return false;
    if (value_is_string(left))
        return str_has(left.str, run_text(run, right));
    if (left.type == VALUE_MAP)
        return value_is_string(right) && value_map_get(left.map, right.str) != NULL;
    if (left.type == VALUE_RANGE)
        return right.type == VALUE_INTEGER && right.integer >= left.range->first &&
               right.integer <= left.range->last;
    if (right.type == VALUE_EMPTY || right.type == VALUE_BLANK)
        return false;
    size_t count = run_is_list(left) ? run_count(run, left) : 0;
    for (size_t i = 0; i < count; i++)
        if (run_equal(run, run_item(run, left, i), right))
            return true;
    return false;
}

bool run_compare(struct liquid_run *run, enum comparison_operator relation, struct value left,
                 struct value right)
{
    int order = 0;
    if (relation == COMPARE_EQUAL)
        return run_equal(run, left, right);
    if (relation == COMPARE_UNEQUAL)
        return !run_equal(run, left, right);
    if (relation == COMPARE_CONTAINS)
        return contains(run, left, right);
    bool comparable = number_is(left) || value_is_string(left) || left.type == VALUE_TIME;
    if (!comparable || right.type == VALUE_NIL || !run_order(run, left, right, &order)) {
        bool both = (number_is(left) && value_is_string(right)) ||
                    (value_is_string(left) && number_is(right));
        if (both)
            run_fail(run, "a number cannot be compared with a text");
        return false;
    }
    switch (relation) {
    case COMPARE_LESS: return order < 0;
    case COMPARE_GREATER: return order > 0;
    case COMPARE_LESS_EQUAL: return order <= 0;
    default: return order >= 0;
    }
}
