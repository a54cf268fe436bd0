#include "site/fields.h"
#include "base/suggest.h"
#include "base/vec.h"
#include "site/field_lists.h"

#include <stdlib.h>
#include <string.h>

struct place field_place(const struct yaml_node *node)
{
    return (struct place){(uint32_t)node->start, (uint32_t)node->end};
}

static int complain(const struct field_reader *reader, const struct yaml_node *node,
                    const char *expected)
{
    diag_error(reader->diags, "wrong-type", yaml_span(reader->text, node),
               "'%.*s' should be %s here", STR_ARG(reader->key), expected);
    return -1;
}

int field_read_text(const struct field_reader *reader, const struct yaml_node *node,
                    struct field_text *out)
{
    if (yaml_is_blank(node))
        return 0;
    if (node->kind != YAML_SCALAR) {
        complain(reader, node, "one line of text");
        diag_hint(reader->diags,
                  "a text that holds brackets or braces needs quotes around it: "
                  "%.*s: \"[like this]\"",
                  STR_ARG(reader->key));
        return -1;
    }
    *out = (struct field_text){str_trim(node->text), field_place(node)};
    return 0;
}

/* 3/4/2026 is March to some and April to others: both are shown. */
static bool propose_either(const struct field_reader *reader, struct str text)
{
    static const char marks[] = {'/', '.', '-'};
    for (size_t i = 0; i < sizeof marks; i++) {
        long long numbers[3];
        size_t count = 0;
        struct str rest = text;
        struct str part;
        while (count < 3 && str_split(&rest, marks[i], &part) &&
               str_to_long(part, &numbers[count]) == 0)
            count++;
        if (count < 3 || rest.len > 0 || numbers[2] < 1000 || numbers[2] > 9999)
            continue;
        if (numbers[0] < 1 || numbers[0] > 12 || numbers[1] < 1 || numbers[1] > 12)
            return false;
        diag_hint(reader->diags, "write %04d-%02d-%02d or %04d-%02d-%02d, whichever is meant",
                  (int)numbers[2], (int)numbers[0], (int)numbers[1], (int)numbers[2],
                  (int)numbers[1], (int)numbers[0]);
        return true;
    }
    return false;
}

static void propose_date(const struct field_reader *reader, const struct yaml_node *node)
{
    struct date_time meant;
    struct buf text = {0};
    if (propose_either(reader, node->text) || !date_guess(node->text, &meant))
        return;
    buf_addf(&text, "%04d-%02d-%02d", meant.year, meant.month, meant.day);
    if (meant.has_time)
        buf_addf(&text, " %02d:%02d", meant.hour, meant.minute);
    diag_hint(reader->diags, "did you mean %.*s?", STR_ARG(buf_str(&text)));
    diag_fix(reader->diags, node->start, node->end, buf_str(&text));
    buf_release(&text);
}

/* 14:00-15:00 is meant as two times and reads as one, in a zone fifteen hours behind UTC. Zones go
 * from -12 to +14; one that is far off and later than the time itself is most likely a time. */
static int check_range(const struct field_reader *reader, const struct yaml_node *node,
                       const struct date_time *time)
{
    enum { HOUR = 3600 };
    int32_t behind = -time->offset;
    bool none = time->offset < -12 * HOUR || time->offset > 14 * HOUR;
    bool range = behind >= 9 * HOUR && behind > time->hour * HOUR + time->minute * 60;
    size_t dash = str_find_byte(node->text, '-', 10);
    if (!time->has_zone || !(none || range) || behind < 0 || dash == STR_NONE)
        return 0;
    struct str zone = str_after(node->text, dash);
    diag_add(reader->diags, none ? SEVERITY_ERROR : SEVERITY_WARNING, "time-range",
             yaml_span(reader->text, node),
             none ? "'%.*s' stands where a time zone would, and there is none so far from UTC"
                  : "'%.*s' is read as a time zone",
             STR_ARG(zone));
    diag_hint(reader->diags,
              "write the beginning and the end on lines of their own: start: %04d-%02d-%02d "
              "%02d:%02d, end: %04d-%02d-%02d %02d:%02d",
              time->year, time->month, time->day, time->hour, time->minute, time->year, time->month,
              time->day, behind / HOUR, behind / 60 % 60);
    return none ? -1 : 0;
}

int field_read_date(const struct field_reader *reader, const struct yaml_node *node,
                    struct field_date *out)
{
    if (yaml_is_blank(node))
        return 0;
    if (node->kind != YAML_SCALAR)
        return complain(reader, node, "one date");
    const char *why;
    struct field_date date = {.given = true, .place = field_place(node)};
    if (date_parse(node->text, &date.time, &why) != 0) {
        diag_error(reader->diags, "bad-date", yaml_span(reader->text, node),
                   "'%.*s' is not a date that copse can read: %s", STR_ARG(node->text), why);
        diag_hint(reader->diags, "write year, month and day, and a time if there is one: "
                                 "2026-03-01 or 2026-03-01 18:30");
        propose_date(reader, node);
        return -1;
    }
    *out = date;
    return check_range(reader, node, &date.time);
}

int field_read_flag(const struct field_reader *reader, const struct yaml_node *node,
                    struct field_flag *out)
{
    bool value;
    if (yaml_is_blank(node))
        return 0;
    if (!yaml_boolean(node, &value)) {
        complain(reader, node, "true or false");
        bool yes = node->kind == YAML_SCALAR &&
                   (str_eq_nocase(node->text, STR("yes")) || str_eq_nocase(node->text, STR("on")) ||
                    str_eq_nocase(node->text, STR("true")));
        bool no = node->kind == YAML_SCALAR &&
                  (str_eq_nocase(node->text, STR("no")) || str_eq_nocase(node->text, STR("off")) ||
                   str_eq_nocase(node->text, STR("false")));
        diag_hint(reader->diags, "write %.*s: %s, without quotes", STR_ARG(reader->key),
                  yes  ? "true"
                  : no ? "false"
                       : "true or false");
        if (yes || no)
            diag_fix(reader->diags, node->start, node->end, yes ? STR("true") : STR("false"));
        return -1;
    }
    *out = (struct field_flag){true, value};
    return 0;
}

struct text_list {
    struct field_text *items;
    size_t count, capacity;
};

static void split_commas(const struct field_reader *reader, const struct yaml_node *node,
                         struct text_list *list)
{
    struct str rest = node->text;
    struct str part;
    /* Within quotes or with escapes the parts cannot be found again in the source. */
    bool verbatim = node->end - node->start == node->text.len;
    while (str_split(&rest, ',', &part)) {
        struct str text = str_trim(part);
        struct place place = field_place(node);
        if (verbatim) {
            place.start = (uint32_t)(node->start + (size_t)(text.ptr - node->text.ptr));
            place.end = place.start + (uint32_t)text.len;
        }
        if (text.len > 0)
            *vec_push(reader->arena, list) = (struct field_text){text, place};
    }
}

int field_read_list(const struct field_reader *reader, const struct yaml_node *node,
                    struct field_list *out)
{
    struct text_list list = {0};
    if (yaml_is_blank(node))
        return 0;
    if (node->kind == YAML_MAPPING)
        return complain(reader, node, "a list: [one, two]");
    if (node->kind == YAML_SCALAR)
        split_commas(reader, node, &list);
    if (node->kind == YAML_SEQUENCE)
        vec_start(reader->arena, &list, node->count);
    for (size_t i = 0; node->kind == YAML_SEQUENCE && i < node->count; i++) {
        struct field_text item = {0};
        if (field_read_text(reader, &node->items[i], &item) != 0)
            return -1;
        if (item.text.len > 0)
            *vec_push(reader->arena, &list) = item;
    }
    *out = (struct field_list){list.items, list.count};
    return 0;
}

static int read_single(const struct field_reader *reader, const struct yaml_node *node,
                       struct field_list *out)
{
    if (node->kind == YAML_SEQUENCE)
        return field_read_list(reader, node, out);
    struct field_text *item = arena_zalloc(reader->arena, 1, sizeof *item);
    if (field_read_text(reader, node, item) != 0)
        return -1;
    if (item->text.len > 0)
        *out = (struct field_list){item, 1};
    return 0;
}

static int read_choice(const struct field_reader *reader, const struct field_schema *schema,
                       const struct yaml_node *node, struct field_text *out)
{
    if (field_read_text(reader, node, out) != 0)
        return -1;
    struct str rest = str_from(schema->choices);
    struct str choice;
    while (out->text.len > 0 && str_split(&rest, '|', &choice)) {
        if (str_eq(choice, out->text))
            return 0;
    }
    if (out->text.len == 0)
        return 0;
    diag_error(reader->diags, "wrong-type", yaml_span(reader->text, node),
               "'%.*s' does not know '%.*s'", STR_ARG(reader->key), STR_ARG(out->text));
    diag_hint(reader->diags, "it may be one of: %s", schema->choices);
    return -1;
}

bool field_is_host(struct str text)
{
    size_t dot = str_find_byte(text, '.', 0);
    return dot != STR_NONE && dot > 0 && dot + 1 < text.len &&
           str_find_byte(text, ' ', 0) == STR_NONE && str_find_byte(text, ':', 0) == STR_NONE &&
           str_find_byte(text, '@', 0) == STR_NONE && text.ptr[0] != '/';
}

static int read_url(const struct field_reader *reader, const struct yaml_node *node,
                    struct field_text *out)
{
    if (field_read_text(reader, node, out) != 0)
        return -1;
    if (out->text.len == 0 || str_starts(out->text, STR("https://")) ||
        str_starts(out->text, STR("http://")))
        return 0;
    diag_error(reader->diags, "unsafe-url", yaml_span(reader->text, node),
               "'%.*s' should be a web address that begins with https://", STR_ARG(reader->key));
    if (field_is_host(out->text))
        diag_hint(reader->diags, "write https://%.*s", STR_ARG(out->text));
    else
        diag_hint(reader->diags, "say in the text or in `location` what is no address");
    if (str_starts(out->text, STR("www.")))
        diag_fix(reader->diags, node->start + (node->plain ? 0 : 1),
                 node->start + (node->plain ? 0 : 1), STR("https://"));
    *out = (struct field_text){0}; /* pages must not show it as a link */
    return -1;
}

static int read_email(const struct field_reader *reader, const struct yaml_node *node,
                      struct field_text *out)
{
    if (field_read_text(reader, node, out) != 0)
        return -1;
    struct str text = out->text;
    size_t at = str_find_byte(text, '@', 0);
    if (text.len == 0 ||
        (at != STR_NONE && at > 0 && at + 1 < text.len && str_find_byte(text, ' ', 0) == STR_NONE))
        return 0;
    diag_add(reader->diags, SEVERITY_WARNING, "wrong-type", yaml_span(reader->text, node),
             "'%.*s' is no e-mail address, so it is shown as text", STR_ARG(text));
    diag_hint(reader->diags, "write it as in: jo@example.org");
    return 0;
}

static int read_number(const struct field_reader *reader, const struct yaml_node *node,
                       struct field_number *out)
{
    int64_t value;
    if (!yaml_integer(node, &value) || value < 1 || value > 1000000)
        return complain(reader, node, "a whole number from 1 on");
    *out = (struct field_number){true, value};
    return 0;
}

static int read_menu(const struct field_reader *reader, const struct yaml_node *node,
                     struct field_menu *out)
{
    bool shown;
    if (yaml_is_blank(node))
        return 0;
    if (yaml_boolean(node, &shown)) {
        *out = (struct field_menu){shown, 0};
        return 0;
    }
    if (!yaml_integer(node, &out->order))
        return complain(reader, node, "true or a number");
    out->shown = true;
    return 0;
}

int field_decode(const struct field_reader *reader, const struct field_schema *schema,
                 const struct yaml_node *node, struct record *record)
{
    void *field = (char *)record + schema->offset;
    if (yaml_is_blank(node))
        return 0;
    switch (schema->type) {
    case FIELD_TEXT:
    case FIELD_SLUG:
    case FIELD_FILE:
    case FIELD_LANGUAGE:
    case FIELD_ZONE: return field_read_text(reader, node, field);
    case FIELD_EMAIL: return read_email(reader, node, field);
    case FIELD_URL: return read_url(reader, node, field);
    case FIELD_CHOICE: return read_choice(reader, schema, node, field);
    case FIELD_PERSON: return read_single(reader, node, field);
    case FIELD_PERSONS:
    case FIELD_ALIASES:
    case FIELD_LIST: return field_read_list(reader, node, field);
    case FIELD_DATE: return field_read_date(reader, node, field);
    case FIELD_FLAG: return field_read_flag(reader, node, field);
    case FIELD_NUMBER: return read_number(reader, node, field);
    case FIELD_MENU: return read_menu(reader, node, field);
    case FIELD_DATES: return field_read_dates(reader, node, field);
    case FIELD_CLAIMS: return field_read_claims(reader, node, field);
    case FIELD_ROLES: return field_read_roles(reader, node, field);
    case FIELD_LINKS: return field_read_links(reader, node, field);
    case FIELD_SESSIONS: return field_read_sessions(reader, node, field);
    case FIELD_CHANGES: return field_read_changes(reader, node, field);
    case FIELD_CREDITS: return field_read_credits(reader, node, field);
    }
    return 0;
}

static const struct part_schema *find_part(const struct part_schema *parts, size_t count,
                                           struct str key)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq(parts[i].key, key))
            return &parts[i];
    }
    return NULL;
}

static void warn_unknown_part(const struct field_reader *reader, const struct yaml_pair *pair,
                              const struct part_schema *parts, size_t count)
{
    struct str keys[16];
    size_t known = count < 16 ? count : 16;
    for (size_t i = 0; i < known; i++)
        keys[i] = parts[i].key;
    struct str nearest = suggest_nearest(pair->key, keys, known);
    diag_add(reader->diags, SEVERITY_WARNING, "unknown-key",
             span_of(reader->text, pair->key_start, pair->key_end),
             "'%.*s' is not a key that %.*s knows", STR_ARG(pair->key), STR_ARG(reader->key));
    if (nearest.len > 0) {
        diag_hint(reader->diags, "did you mean '%.*s'?", STR_ARG(nearest));
        diag_fix(reader->diags, pair->key_start, pair->key_end, nearest);
    }
}

/* Whether its languages are the site's is for the caller to see, who knows them. */
static int read_words(const struct field_reader *reader, const struct yaml_node *node,
                      struct value *out)
{
    struct field_text text = {0};
    if (node->kind == YAML_MAPPING) {
        *out = yaml_to_value(node, reader->arena);
        return 0;
    }
    if (field_read_text(reader, node, &text) != 0)
        return -1;
    *out = value_text_or_nil(text.text);
    return 0;
}

int field_read_map(const struct field_reader *reader, const struct yaml_node *node,
                   const struct part_schema *parts, size_t count, void *item)
{
    int status = 0;
    for (size_t i = 0; i < node->count; i++) {
        const struct yaml_pair *pair = &node->pairs[i];
        const struct part_schema *part = find_part(parts, count, pair->key);
        if (!part) {
            warn_unknown_part(reader, pair, parts, count);
            continue;
        }
        struct field_reader inner = *reader;
        inner.key = part->key;
        void *field = (char *)item + part->offset;
        if (part->type == PART_TEXT)
            status |= field_read_text(&inner, &pair->value, field);
        else if (part->type == PART_DATE)
            status |= field_read_date(&inner, &pair->value, field);
        else if (part->type == PART_LIST)
            status |= field_read_list(&inner, &pair->value, field);
        else if (part->type == PART_WORDS)
            status |= read_words(&inner, &pair->value, field);
        else
            status |= field_read_flag(&inner, &pair->value, field);
    }
    for (size_t i = 0; i < count; i++) {
        const struct yaml_node *value = yaml_get(node, parts[i].key);
        if (!parts[i].required || (value && !yaml_is_blank(value)))
            continue;
        status = diag_error(reader->diags, "missing-key", yaml_span(reader->text, node),
                            "an entry of %.*s needs '%.*s'", STR_ARG(reader->key),
                            STR_ARG(parts[i].key));
    }
    return status ? -1 : 0;
}
