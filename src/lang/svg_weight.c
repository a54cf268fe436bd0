#include "lang/svg_weight.h"
#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"

#include <stdint.h>

enum { WEIGHT_MOST = 200000, STEPS_MOST = 512 /* from part to part */ };

/* Where the work of an element stands that is being weighed. */
enum state { UNWEIGHED, BEING_WEIGHED, WEIGHED };

/* An element. What it holds follows it, up to `end`; likewise the names it refers to. */
struct part {
    struct str name;
    size_t end;
    size_t first_reference;
    size_t last_reference;
    uint32_t weight; /* at most WEIGHT_MOST + 1 */
    enum state state;
};

struct parts {
    struct part *items;
    size_t count, capacity;
};

struct names {
    struct str *items;
    size_t count, capacity;
};

struct scales {
    struct arena arena;
    struct parts parts;
    struct names references;
    struct map by_id; /* the first of each id, as browsers take it */
    const char *why;
};

/* ---- what there is */

static size_t id_length(struct str text)
{
    size_t len = 0;
    while (len < text.len && (str_is_alpha(text.ptr[len]) || str_is_digit(text.ptr[len]) ||
                              (unsigned char)text.ptr[len] >= 0x80 ||
                              str_find_byte(STR("_.:-"), text.ptr[len], 0) != STR_NONE))
        len++;
    return len;
}

/* All that stand behind a '#': a colour among them is a name that no part has. */
static void note_references(struct scales *scales, struct str value)
{
    for (size_t at = str_find_byte(value, '#', 0); at != STR_NONE;
         at = str_find_byte(value, '#', at + 1)) {
        struct str rest = str_after(value, at + 1);
        *vec_push(&scales->arena, &scales->references) = str_sub(rest, 0, id_length(rest));
    }
}

static bool refers(struct str name, struct str value)
{
    if (str_eq(name, STR("href")))
        return true;
    for (size_t at = str_find_byte(value, '(', 0); at != STR_NONE;
         at = str_find_byte(value, '(', at + 1)) {
        if (at >= 3 && str_eq_nocase(str_sub(value, at - 3, at), STR("url")))
            return true;
    }
    return false;
}

/* The attributes of a start tag, of which *rest is what follows its name. */
static void read_attributes(struct scales *scales, struct str *rest, size_t index)
{
    while (str_starts(*rest, STR(" "))) {
        size_t equals = str_find_byte(*rest, '=', 0);
        size_t end = str_find_byte(*rest, '"', equals + 2);
        struct str name = str_sub(*rest, 1, equals);
        struct str value = str_sub(*rest, equals + 2, end);
        if (str_eq(name, STR("id")) && !map_has(&scales->by_id, value))
            map_put(&scales->by_id, value, &scales->parts.items[index]);
        else if (refers(name, value))
            note_references(scales, value);
        *rest = str_after(*rest, end + 1);
    }
}

static size_t count_of(struct str drawing)
{
    size_t count = 0;
    for (size_t i = 0; i < drawing.len; i++)
        count += drawing.ptr[i] == '<';
    return count;
}

static void read_parts(struct scales *scales, struct str rest)
{
    struct {
        size_t *items;
        size_t count, capacity;
    } open = {0};
    /* At once, since by_id points to them. */
    scales->parts.items = arena_zalloc(&scales->arena, count_of(rest), sizeof *scales->parts.items);
    for (size_t at = str_find_byte(rest, '<', 0); at != STR_NONE;
         at = str_find_byte(rest, '<', 0)) {
        rest = str_after(rest, at + 1);
        if (str_starts(rest, STR("/"))) {
            scales->parts.items[open.items[--open.count]].end = scales->parts.count;
            continue;
        }
        size_t index = scales->parts.count++;
        struct part *part = &scales->parts.items[index];
        size_t len = id_length(rest);
        part->name = str_sub(rest, 0, len);
        part->first_reference = scales->references.count;
        rest = str_after(rest, len);
        read_attributes(scales, &rest, index);
        part->last_reference = scales->references.count;
        part->end = index + 1;
        if (!str_starts(rest, STR("/")))
            *vec_push(&scales->arena, &open) = index;
    }
}

/* ---- what it weighs */

/* A gradient is made once, whoever uses it. */
static bool is_drawn_again(const struct part *part)
{
    return !str_eq(part->name, STR("linearGradient")) && !str_eq(part->name, STR("radialGradient"));
}

static void add(struct part *part, uint32_t weight)
{
    part->weight += weight;
    if (part->weight > WEIGHT_MOST)
        part->weight = WEIGHT_MOST + 1;
}

static void weigh(struct scales *scales, struct part *part, unsigned steps)
{
    if (scales->why || part->state == WEIGHED)
        return;
    if (part->state == BEING_WEIGHED || steps > STEPS_MOST) {
        scales->why = "its parts refer to each other in a circle";
        return;
    }
    part->state = BEING_WEIGHED;
    part->weight = 1;
    for (size_t i = part->first_reference; i < part->last_reference; i++) {
        struct part *other = map_get(&scales->by_id, scales->references.items[i]);
        if (!other || !is_drawn_again(other))
            continue;
        weigh(scales, other, steps + 1);
        add(part, other->weight);
    }
    for (struct part *child = part + 1; child < scales->parts.items + part->end;
         child = scales->parts.items + child->end) {
        weigh(scales, child, steps + 1);
        add(part, child->weight);
    }
    part->state = WEIGHED;
}

const char *svg_weigh(struct str drawing)
{
    struct scales scales = {0};
    map_init(&scales.by_id, &scales.arena);
    read_parts(&scales, drawing);
    if (scales.parts.count > 0)
        weigh(&scales, scales.parts.items, 0);
    if (!scales.why && scales.parts.count > 0 && scales.parts.items[0].weight > WEIGHT_MOST)
        scales.why = "its parts are drawn too many times over";
    const char *why = scales.why;
    arena_release(&scales.arena);
    return why;
}
