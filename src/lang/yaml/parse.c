#include "lang/yaml/yaml_internal.h"

#include "base/map.h"
#include "base/mem.h"
#include "base/vec.h"

#include <string.h>
#include <yaml.h>

/* From this many keys on a mapping is searched by hash. */
#define HASHED_FROM 16

/* A refused anchor, alias or tag does not end the reading, so that all of them are told at once;
 * a bomb of them does. */
#define MAX_REFUSALS 10

struct item_list {
    struct yaml_node *items;
    size_t count, capacity;
};

struct pair_list {
    struct yaml_pair *items;
    size_t count, capacity;
};

/* A collection that is not closed yet. */
struct frame {
    enum yaml_kind kind;
    bool flow; /* written with brackets, so that its end mark is exact */
    size_t start;
    struct item_list items;
    struct pair_list pairs;
    struct map seen; /* key -> its number plus 1, once there are HASHED_FROM */
    bool has_key;    /* `pair` has its key and waits for the value */
    struct yaml_pair pair;
};

struct reader {
    const struct text *text;
    size_t start, end;   /* the YAML in it, a BOM excluded */
    struct arena *arena; /* of the tree */
    struct arena *texts; /* of what its scalars say; NULL: in `arena`, never in the text itself */
    struct diags *diags;
    yaml_parser_t parser;
    bool ascii;          /* characters are bytes */
    size_t cursor_index; /* a character libyaml counted, and its byte */
    size_t cursor;
    struct frame *frames; /* YAML_MAX_DEPTH of them; those from `depth` on say nothing yet */
    size_t depth;
    size_t nodes;
    size_t documents;
    size_t refusals;
    bool failed; /* an error was added, reading goes on */
    bool has_root;
    struct yaml_node root;
};

enum step { STEP_ON, STEP_DONE, STEP_BROKEN };

/* libyaml counts characters from 0. Events come nearly in order, so walking a cursor is linear. */
static size_t byte_of(struct reader *reader, size_t index)
{
    if (reader->ascii)
        return index < reader->end - reader->start ? reader->start + index : reader->end;
    const char *bytes = reader->text->bytes.ptr;
    while (reader->cursor_index < index && reader->cursor < reader->end) {
        do
            reader->cursor++;
        while (reader->cursor < reader->end && (bytes[reader->cursor] & 0xC0) == 0x80);
        reader->cursor_index++;
    }
    while (reader->cursor_index > index) {
        do
            reader->cursor--;
        while ((bytes[reader->cursor] & 0xC0) == 0x80);
        reader->cursor_index--;
    }
    return reader->cursor;
}

static struct span event_span(struct reader *reader, const yaml_event_t *event)
{
    size_t start = byte_of(reader, event->start_mark.index);
    return span_of(reader->text, start, byte_of(reader, event->end_mark.index));
}

/* ---- what is refused */

static enum step refused(struct reader *reader)
{
    reader->failed = true;
    return ++reader->refusals < MAX_REFUSALS ? STEP_ON : STEP_BROKEN;
}

static enum step refuse_reference(struct reader *reader, const yaml_event_t *event,
                                  const char *what, char sign)
{
    diag_error(reader->diags, "yaml-reference", event_span(reader, event),
               "a value that begins with '%c' is %s in YAML, which is not allowed here", sign,
               what);
    diag_hint(reader->diags,
              "put the value in quotes if the '%c' belongs to the text; else write "
              "out what it stands for",
              sign);
    return refused(reader);
}

static enum step refuse_properties(struct reader *reader, const yaml_event_t *event,
                                   const yaml_char_t *anchor, const yaml_char_t *tag)
{
    if (anchor != NULL)
        return refuse_reference(reader, event, "an anchor", '&');
    if (tag == NULL || strcmp((const char *)tag, "!") == 0)
        return STEP_ON;
    diag_error(reader->diags, "yaml-tag", event_span(reader, event),
               "a value that begins with '!' is a tag in YAML, which is not allowed here");
    diag_hint(reader->diags, "leave the tag out, or put the value in quotes if the '!' belongs to "
                             "the text");
    return refused(reader);
}

static enum step too_large(struct reader *reader, const yaml_event_t *event, const char *what)
{
    diag_error(reader->diags, "yaml-too-large", event_span(reader, event), "%s", what);
    return STEP_BROKEN;
}

/* ---- keys */

/* The pair that has the key already, or NULL. */
static const struct yaml_pair *find_key(struct frame *frame, struct str key)
{
    if (frame->pairs.count < HASHED_FROM) {
        for (size_t i = 0; i < frame->pairs.count; i++)
            if (str_eq(frame->pairs.items[i].key, key))
                return &frame->pairs.items[i];
        return NULL;
    }
    size_t number = (size_t)(uintptr_t)map_get(&frame->seen, key);
    return number == 0 ? NULL : &frame->pairs.items[number - 1];
}

static void remember_key(struct reader *reader, struct frame *frame)
{
    size_t count = frame->pairs.count;
    if (count < HASHED_FROM)
        return;
    if (count == HASHED_FROM)
        map_init(&frame->seen, reader->arena);
    for (size_t i = count == HASHED_FROM ? 0 : count - 1; i < count; i++)
        map_put(&frame->seen, frame->pairs.items[i].key, (void *)(uintptr_t)(i + 1));
}

/* A key and its value that have their lines to themselves can go with them. */
static void propose_without(struct reader *reader, const struct yaml_pair *pair)
{
    struct str bytes = reader->text->bytes;
    size_t start = pair->key_start;
    size_t end = pair->value.end > pair->key_end ? pair->value.end : pair->key_end + 1;
    size_t line_end = str_find_byte(bytes, '\n', end);
    while (start > 0 && bytes.ptr[start - 1] != '\n')
        start--;
    if (pair->value.kind == YAML_SCALAR && line_end != STR_NONE &&
        str_trim(str_sub(bytes, start, pair->key_start)).len == 0 &&
        str_trim(str_sub(bytes, end, line_end)).len == 0)
        diag_fix(reader->diags, start, line_end + 1, (struct str){0});
}

static void report_duplicate(struct reader *reader, const struct yaml_pair *first,
                             const struct yaml_pair *second)
{
    bool same = yaml_same(&first->value, &second->value);
    size_t line = text_position(reader->text, first->key_start).line;
    diag_add(reader->diags, same ? SEVERITY_WARNING : SEVERITY_ERROR, "duplicate-key",
             span_of(reader->text, second->key_start, second->key_end),
             same ? "'%.*s' stands twice, with the same value; the first is on line %zu"
                  : "'%.*s' stands twice, with different values; the first is on line %zu",
             STR_ARG(second->key), line);
    diag_hint(reader->diags, "delete one of the two");
    if (same)
        propose_without(reader, second);
    if (!same)
        reader->failed = true;
}

/* ---- the tree */

/* Puts a finished node where it belongs: the root, an item, a key or a value. */
static enum step deliver(struct reader *reader, struct yaml_node node)
{
    if (reader->depth == 0) {
        reader->root = node;
        reader->has_root = true;
        return STEP_ON;
    }
    struct frame *frame = &reader->frames[reader->depth - 1];
    if (frame->kind == YAML_SEQUENCE) {
        *vec_push(reader->arena, &frame->items) = node;
        return STEP_ON;
    }
    if (!frame->has_key) {
        if (node.kind != YAML_SCALAR) {
            diag_error(reader->diags, "yaml-syntax", span_of(reader->text, node.start, node.end),
                       "a list or a group of keys stands where the name of a key belongs");
            diag_hint(reader->diags, "put the text in quotes if its brackets belong to it");
            return STEP_BROKEN;
        }
        frame->pair =
            (struct yaml_pair){.key = node.text, .key_start = node.start, .key_end = node.end};
        frame->has_key = true;
        return STEP_ON;
    }
    frame->has_key = false;
    frame->pair.value = node;
    const struct yaml_pair *first = find_key(frame, frame->pair.key);
    if (first != NULL) {
        report_duplicate(reader, first, &frame->pair);
        return STEP_ON;
    }
    *vec_push(reader->arena, &frame->pairs) = frame->pair;
    remember_key(reader, frame);
    return STEP_ON;
}

/* What a scalar says: where that may be, as it stands in the text (most often it does). */
static struct str scalar_text(const struct reader *reader, const yaml_event_t *event, size_t start)
{
    struct str said = {(const char *)event->data.scalar.value, event->data.scalar.length};
    if (!reader->texts)
        return arena_str(reader->arena, said);
    start += event->data.scalar.style == YAML_SINGLE_QUOTED_SCALAR_STYLE ||
             event->data.scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE;
    struct str written = str_sub(reader->text->bytes, start, start + said.len);
    return str_eq(written, said) ? written : arena_str(reader->texts, said);
}

static enum step scalar(struct reader *reader, const yaml_event_t *event)
{
    struct str bytes = reader->text->bytes;
    struct span span = event_span(reader, event);
    struct yaml_node node = {.kind = YAML_SCALAR,
                             .plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE,
                             .start = span.start,
                             .end = span.end};
    node.text = scalar_text(reader, event, span.start);
    /* libyaml forgets the tag "!", but begins the event there. */
    if (node.start < node.end && bytes.ptr[node.start] == '!' &&
        event->data.scalar.anchor == NULL) {
        node.plain = false;
        do
            node.start++;
        while (node.start < node.end && str_is_space(bytes.ptr[node.start]));
    }
    return deliver(reader, node);
}

static enum step open_collection(struct reader *reader, const yaml_event_t *event,
                                 enum yaml_kind kind, bool flow)
{
    if (reader->depth == YAML_MAX_DEPTH)
        return too_large(reader, event,
                         "lists and groups of keys are nested too deeply here (more than 64 "
                         "levels)");
    struct frame *frame = &reader->frames[reader->depth++];
    *frame = (struct frame){
        .kind = kind, .flow = flow, .start = byte_of(reader, event->start_mark.index)};
    return STEP_ON;
}

static enum step close_collection(struct reader *reader, const yaml_event_t *event)
{
    struct frame *frame = &reader->frames[--reader->depth];
    struct yaml_node node = {.kind = frame->kind, .start = frame->start, .end = frame->start};
    if (frame->kind == YAML_SEQUENCE) {
        node.count = frame->items.count;
        node.items = frame->items.items;
        if (node.count > 0)
            node.end = node.items[node.count - 1].end;
    } else {
        node.count = frame->pairs.count;
        node.pairs = frame->pairs.items;
        if (node.count > 0)
            node.end = node.pairs[node.count - 1].value.end;
    }
    if (frame->flow)
        node.end = byte_of(reader, event->end_mark.index);
    return deliver(reader, node);
}

static enum step second_document(struct reader *reader, const yaml_event_t *event)
{
    diag_error(reader->diags, "yaml-syntax", event_span(reader, event),
               "a second document begins here, but a file can hold only one");
    diag_hint(reader->diags, "delete this line of dashes, or quote it if it belongs to a text");
    return STEP_BROKEN;
}

static enum step take_event(struct reader *reader, const yaml_event_t *event)
{
    enum step step;
    switch (event->type) {
    case YAML_STREAM_END_EVENT: return STEP_DONE;
    case YAML_DOCUMENT_START_EVENT:
        return reader->documents++ == 0 ? STEP_ON : second_document(reader, event);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT: return close_collection(reader, event);
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_DOCUMENT_END_EVENT: return STEP_ON;
    default: break;
    }
    if (++reader->nodes > YAML_MAX_NODES)
        return too_large(reader, event, "there are too many keys and values (more than 400000)");
    switch (event->type) {
    case YAML_ALIAS_EVENT:
        step = refuse_reference(reader, event, "a reference", '*');
        struct span span = event_span(reader, event);
        return step == STEP_ON ? deliver(reader, (struct yaml_node){.kind = YAML_SCALAR,
                                                                    .plain = true,
                                                                    .start = span.start,
                                                                    .end = span.end})
                               : step;
    case YAML_SEQUENCE_START_EVENT:
        step = refuse_properties(reader, event, event->data.sequence_start.anchor,
                                 event->data.sequence_start.tag);
        return step == STEP_ON
                   ? open_collection(reader, event, YAML_SEQUENCE,
                                     event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE)
                   : step;
    case YAML_MAPPING_START_EVENT:
        step = refuse_properties(reader, event, event->data.mapping_start.anchor,
                                 event->data.mapping_start.tag);
        return step == STEP_ON
                   ? open_collection(reader, event, YAML_MAPPING,
                                     event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE)
                   : step;
    default:
        step = refuse_properties(reader, event, event->data.scalar.anchor, event->data.scalar.tag);
        return step == STEP_ON ? scalar(reader, event) : step;
    }
}

static void explain_failure(struct reader *reader)
{
    const yaml_parser_t *parser = &reader->parser;
    if (parser->error == YAML_MEMORY_ERROR)
        mem_exhausted(reader->end - reader->start);
    struct yaml_problem problem = {.problem = str_from(parser->problem),
                                   .context = str_from(parser->context),
                                   .context_at = STR_NONE,
                                   .start = reader->start,
                                   .end = reader->end};
    problem.at = byte_of(reader, parser->problem_mark.index);
    if (parser->context != NULL)
        problem.context_at = byte_of(reader, parser->context_mark.index);
    yaml_explain(reader->text, &problem, reader->diags);
}

static enum step run(struct reader *reader)
{
    enum step step = STEP_ON;
    while (step == STEP_ON) {
        yaml_event_t event;
        if (!yaml_parser_parse(&reader->parser, &event)) {
            explain_failure(reader);
            return STEP_BROKEN;
        }
        step = take_event(reader, &event);
        yaml_event_delete(&event);
    }
    return step;
}

static bool is_ascii(struct str bytes)
{
    for (size_t i = 0; i < bytes.len; i++)
        if ((bytes.ptr[i] & 0x80) != 0)
            return false;
    return true;
}

static int parse(const struct text *text, size_t start, size_t end, struct arena *arena,
                 struct arena *texts, struct diags *diags, const struct yaml_node **root)
{
    *root = NULL;
    if (str_starts(str_sub(text->bytes, start, end), STR("\xEF\xBB\xBF")))
        start += 3;
    if (yaml_check_bytes(text, start, end, diags) != 0)
        return -1;
    struct str bytes = str_sub(text->bytes, start, end);
    struct frame frames[YAML_MAX_DEPTH];
    struct reader reader = {.text = text,
                            .start = start,
                            .end = end,
                            .arena = arena,
                            .texts = texts,
                            .diags = diags,
                            .ascii = is_ascii(bytes),
                            .cursor = start,
                            .frames = frames};
    if (!yaml_parser_initialize(&reader.parser))
        mem_exhausted(sizeof reader.parser);
    yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reader.parser, (const unsigned char *)bytes.ptr, bytes.len);
    enum step step = run(&reader);
    yaml_parser_delete(&reader.parser);
    if (step == STEP_BROKEN)
        return -1;
    struct yaml_node *tree = arena_alloc(arena, sizeof *tree);
    *tree =
        reader.has_root
            ? reader.root
            : (struct yaml_node){.kind = YAML_SCALAR, .plain = true, .start = start, .end = start};
    *root = tree;
    return reader.failed ? -1 : 0;
}

int yaml_parse(const struct text *text, size_t start, size_t end, struct arena *arena,
               struct diags *diags, const struct yaml_node **root)
{
    return parse(text, start, end, arena, NULL, diags, root);
}

int yaml_parse_briefly(const struct text *text, size_t start, size_t end, struct arena *tree,
                       struct arena *texts, struct diags *diags, const struct yaml_node **root)
{
    return parse(text, start, end, tree, texts, diags, root);
}
