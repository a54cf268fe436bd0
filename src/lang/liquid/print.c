/* Values as text: as printed, as Ruby's inspect, and escaped for their place. */
#include "lang/liquid/number.h"

#include "base/html.h"

/* Lists and maps within each other that are printed; deeper ones print nothing. */
#define DEPTH_MOST 64

static void write_time(const struct value_time *time, struct buf *out)
{
    if (time->time.has_time)
        date_format(out, &time->time, STR("%Y-%m-%d %H:%M:%S %z"), time->zone_name, NULL);
    else
        date_format(out, &time->time, STR("%Y-%m-%d"), time->zone_name, NULL);
}

static void write(struct liquid_run *run, struct value value, struct buf *out, unsigned depth);
static void inspect(struct liquid_run *run, struct value value, struct buf *out, unsigned depth);

static void inspect_text(struct str text, struct buf *out)
{
    buf_addc(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.ptr[i];
        if (byte == '"' || byte == '\\' ||
            (byte == '#' && i + 1 < text.len && (text.ptr[i + 1] == '{' || text.ptr[i + 1] == '$')))
            buf_addc(out, '\\');
        if (byte == '\n')
            buf_adds(out, "\\n");
        else if (byte == '\t')
            buf_adds(out, "\\t");
        else if (byte == '\r')
            buf_adds(out, "\\r");
        else if ((unsigned char)byte < 0x20 || byte == 0x7f)
            buf_addf(out, "\\x%02X", (unsigned)(unsigned char)byte);
        else
            buf_addc(out, byte);
    }
    buf_addc(out, '"');
}

static void inspect_list(struct liquid_run *run, struct value list, struct buf *out, unsigned depth)
{
    size_t count = run_count(run, list);
    buf_addc(out, '[');
    for (size_t i = 0; i < count && out->len < run->out_limit; i++) {
        if (i > 0)
            buf_adds(out, ", ");
        inspect(run, run_item(run, list, i), out, depth + 1);
    }
    buf_addc(out, ']');
}

static void inspect_map(struct liquid_run *run, const struct value_map *map, struct buf *out,
                        unsigned depth)
{
    buf_addc(out, '{');
    for (size_t i = 0; i < map->count; i++) {
        if (i > 0)
            buf_adds(out, ", ");
        inspect_text(map->entries[i].key, out);
        buf_adds(out, "=>");
        inspect(run, map->entries[i].value, out, depth + 1);
    }
    buf_addc(out, '}');
}

static void inspect(struct liquid_run *run, struct value value, struct buf *out, unsigned depth)
{
    if (depth > DEPTH_MOST)
        return;
    if (value_is_string(value))
        inspect_text(value.str, out);
    else if (value.type == VALUE_NIL)
        buf_adds(out, "nil");
    else if (value.type == VALUE_LIST)
        inspect_list(run, value, out, depth);
    else if (value.type == VALUE_MAP)
        inspect_map(run, value.map, out, depth);
    else
        write(run, value, out, depth);
}

static void write_object(struct liquid_run *run, struct value value, struct buf *out,
                         unsigned depth)
{
    const struct value_class *class = value.object.class;
    if (class->print != NULL) {
        write(run, class->print(value.object.self, &run->call->reader), out, depth + 1);
    } else if (run_is_list(value)) {
        size_t count = run_count(run, value);
        for (size_t i = 0; i < count && out->len < run->out_limit; i++)
            write(run, run_item(run, value, i), out, depth + 1);
    } else {
        buf_adds(out, class->name);
    }
}

static void write(struct liquid_run *run, struct value value, struct buf *out, unsigned depth)
{
    if (depth > DEPTH_MOST)
        return;
    switch (value.type) {
    case VALUE_BOOLEAN: buf_adds(out, value.boolean ? "true" : "false"); break;
    case VALUE_INTEGER: buf_add_int(out, value.integer); break;
    case VALUE_BIG:
    case VALUE_TEXT:
    case VALUE_HTML: buf_add(out, value.str); break;
    case VALUE_FLOAT: number_write_float(value.number, out); break;
    case VALUE_LIST:
        for (size_t i = 0; i < value.list->count && out->len < run->out_limit; i++)
            write(run, value.list->items[i], out, depth + 1);
        break;
    case VALUE_MAP: inspect_map(run, value.map, out, depth); break;
    case VALUE_RANGE:
        buf_addf(out, "%lld..%lld", (long long)value.range->first, (long long)value.range->last);
        break;
    case VALUE_TIME: write_time(value.time, out); break;
    case VALUE_OBJECT: write_object(run, value, out, depth); break;
    default: break;
    }
}

void run_write(struct liquid_run *run, struct value value, struct buf *out)
{
    write(run, value, out, 0);
}

void run_inspect(struct liquid_run *run, struct value value, struct buf *out)
{
    inspect(run, value, out, 0);
}

struct str run_text(struct liquid_run *run, struct value value)
{
    if (value_is_string(value) || value.type == VALUE_BIG)
        return value.str;
    if (value.type == VALUE_NIL)
        return STR("");
    struct buf text = {0};
    if (value.type == VALUE_LIST)
        run_inspect(run, value, &text);
    else
        run_write(run, value, &text);
    return run_keep(run, &text);
}

/* ---- by place */

/* Quotes and brackets of markup that goes into an attribute; its & are references already. */
static void write_in_attribute(struct str html, struct buf *out)
{
    size_t from = 0;
    for (size_t i = 0; i < html.len; i++) {
        const char *reference = NULL;
        switch (html.ptr[i]) {
        case '<': reference = "&lt;"; break;
        case '>': reference = "&gt;"; break;
        case '"': reference = "&quot;"; break;
        case '\'': reference = "&#39;"; break;
        default: continue;
        }
        buf_add(out, str_sub(html, from, i));
        buf_adds(out, reference);
        from = i + 1;
    }
    buf_add(out, str_after(html, from));
}

static void write_in_ics(struct str text, struct buf *out)
{
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.ptr[i];
        if (byte == '\n') {
            buf_adds(out, "\\n");
        } else if ((unsigned char)byte >= 0x20 || byte == '\t') {
            if (byte == '\\' || byte == ';' || byte == ',')
                buf_addc(out, '\\');
            buf_addc(out, byte);
        }
    }
}

static void write_in_json(struct str text, struct buf *out)
{
    struct buf quoted = {0};
    json_escape(&quoted, text);
    buf_add(out, str_sub(buf_str(&quoted), 1, quoted.len - 1));
    buf_release(&quoted);
}

static void print_string(struct value value, enum place place, struct buf *out)
{
    bool html = value.type == VALUE_HTML;
    switch (place) {
    case PLACE_PLAIN: buf_add(out, value.str); break;
    case PLACE_TEXT:
        if (html)
            buf_add(out, value.str);
        else
            html_escape(out, value.str);
        break;
    case PLACE_ATTRIBUTE:
        if (html)
            write_in_attribute(value.str, out);
        else
            html_escape(out, value.str);
        break;
    case PLACE_XML:
        if (html)
            buf_add(out, value.str);
        else
            xml_escape(out, value.str);
        break;
    case PLACE_JSON: write_in_json(value.str, out); break;
    case PLACE_ICS: write_in_ics(value.str, out); break;
    }
}

static void print(struct liquid_run *run, struct value value, enum place place, unsigned depth)
{
    if (depth > DEPTH_MOST || value.type == VALUE_NIL)
        return;
    if (value_is_string(value)) {
        print_string(value, place, run->out);
    } else if (place == PLACE_PLAIN || value.type == VALUE_INTEGER) {
        run_write(run, value, run->out);
    } else if (value.type == VALUE_LIST) {
        for (size_t i = 0; i < value.list->count && run->out->len < run->out_limit; i++)
            print(run, value.list->items[i], place, depth + 1);
    } else if (value.type == VALUE_OBJECT && value.object.class->print != NULL) {
        value = value.object.class->print(value.object.self, &run->call->reader);
        print(run, value, place, depth + 1);
    } else {
        print_string(value_text(run_text(run, value)), place, run->out);
    }
}

void run_print(struct liquid_run *run, struct value value, enum place place)
{
    print(run, value, place, 0);
}
