#include "site/record.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "lang/front_matter.h"
#include "lang/yaml.h"
#include "site/fields.h"
#include "site/link_texts.h"
#include "site/record_words.h"

struct span record_span(const struct record *record, struct place place)
{
    if (place.end == 0)
        return span_file(record->text);
    return span_of(record->text, place.start, place.end);
}

struct entry_list {
    struct value_entry *items;
    size_t count, capacity;
};

/* A key that the schema does not know is kept for layouts; a near-miss of a known one that is not
 * given itself is most likely a slip. */
static void keep_unknown(const struct field_reader *reader, const struct kind_schema *schema,
                         const struct yaml_node *root, const struct yaml_pair *pair,
                         struct entry_list *extra)
{
    struct value value = yaml_to_value(&pair->value, reader->arena);
    *vec_push(reader->arena, extra) = (struct value_entry){pair->key, value};
    struct str meant = schema_suggest(schema, pair->key);
    if (meant.len == 0 || yaml_get(root, meant))
        return;
    diag_add(reader->diags, SEVERITY_WARNING, "unknown-key",
             span_of(reader->text, pair->key_start, pair->key_end),
             "'%.*s' is not a key that copse knows in %s", STR_ARG(pair->key), schema->one);
    diag_hint(reader->diags, "did you mean '%.*s'?", STR_ARG(meant));
    diag_fix(reader->diags, pair->key_start, pair->key_end, meant);
}

/* The key that was written where `key` was meant, or NULL. */
static const struct yaml_pair *find_slip(const struct kind_schema *schema,
                                         const struct yaml_node *root, struct str key)
{
    for (size_t i = 0; root->kind == YAML_MAPPING && i < root->count; i++) {
        const struct yaml_pair *pair = &root->pairs[i];
        if (!schema_field(schema, pair->key) && str_eq(schema_suggest(schema, pair->key), key))
            return pair;
    }
    /* Other kinds call it otherwise. */
    struct str other = str_eq(key, STR("start"))   ? STR("date")
                       : str_eq(key, STR("title")) ? STR("name")
                       : str_eq(key, STR("name"))  ? STR("title")
                                                   : (struct str){0};
    return other.len > 0 && !schema_field(schema, other) ? yaml_pair(root, other) : NULL;
}

static int check_required(const struct field_reader *reader, const struct kind_schema *schema,
                          const struct yaml_node *root, const struct front_matter *matter)
{
    int status = 0;
    for (size_t i = 0; i < schema->count; i++) {
        const struct field_schema *field = &schema->fields[i];
        if (!field->required)
            continue;
        const struct yaml_pair *pair = yaml_pair(root, field->key);
        if (pair && !yaml_is_blank(&pair->value))
            continue;
        const struct yaml_pair *slip = pair ? NULL : find_slip(schema, root, field->key);
        const struct yaml_pair *at = pair ? pair : slip;
        struct span span = at ? span_of(reader->text, at->key_start, at->key_end)
                              : span_of(reader->text, matter->opening_start, matter->opening_end);
        status = diag_error(reader->diags, "missing-key", span,
                            pair ? "'%.*s' is empty, and every %s needs one"
                                 : "there is no '%.*s', and every %s needs one",
                            STR_ARG(field->key), schema->name);
        if (slip)
            diag_hint(reader->diags, "write '%.*s' in place of '%.*s'", STR_ARG(field->key),
                      STR_ARG(slip->key));
        else
            diag_hint(reader->diags, "add a line such as  %.*s: %s", STR_ARG(field->key),
                      field->example);
    }
    return status;
}

/* What stands between curly quotes, as word processors set them; empty if there are none around. */
static struct str between_curly(struct str text)
{
    static const struct str open[] = {STR_INIT("“"), STR_INIT("”"), STR_INIT("„"), STR_INIT("‘"),
                                      STR_INIT("’")};
    static const struct str close[] = {STR_INIT("”"), STR_INIT("“"), STR_INIT("’"), STR_INIT("‘")};
    for (size_t i = 0; i < sizeof open / sizeof *open; i++) {
        for (size_t j = 0; str_starts(text, open[i]) && j < sizeof close / sizeof *close; j++) {
            if (text.len > open[i].len + close[j].len && str_ends(text, close[j]))
                return str_sub(text, open[i].len, text.len - close[j].len);
        }
    }
    return (struct str){0};
}

/* Curly quotes quote nothing in YAML. A title may want them; a date, a tag or a name does not. */
static void warn_curly(const struct field_reader *reader, const struct yaml_node *node)
{
    for (size_t i = 0; node->kind == YAML_SEQUENCE && i < node->count; i++) {
        if (node->items[i].kind == YAML_SCALAR)
            warn_curly(reader, &node->items[i]);
    }
    struct str inner = node->kind == YAML_SCALAR ? between_curly(node->text) : (struct str){0};
    bool plain = str_eq(node->text, str_sub(reader->text->bytes, node->start, node->end));
    if (inner.len == 0)
        return;
    diag_add(reader->diags, SEVERITY_WARNING, "curly-quotes", yaml_span(reader->text, node),
             "the curly quotes are taken as part of the value");
    diag_hint(reader->diags, "leave them out: %.*s", STR_ARG(inner));
    if (plain && str_find(inner, STR(": "), 0) == STR_NONE)
        diag_fix(reader->diags, node->start, node->end, inner);
}

static int read_front_matter(const struct text *text, const struct front_matter *matter,
                             struct arena *arena, struct arena *scratch, struct diags *diags,
                             struct record *record)
{
    const struct kind_schema *schema = schema_of(record->kind);
    const struct yaml_node *root;
    int status = yaml_parse_briefly(text, matter->yaml_start, matter->yaml_end, scratch, arena,
                                    diags, &root);
    if (!root)
        return -1;
    if (root->kind == YAML_SEQUENCE || (root->kind == YAML_SCALAR && !yaml_is_blank(root))) {
        diag_error(diags, "yaml-syntax", yaml_span(text, root),
                   "the front matter should be lines of the form  key: value");
        return -1;
    }
    struct entry_list extra = {0};
    struct field_reader reader = {text, arena, diags, {0}};
    for (size_t i = 0; root->kind == YAML_MAPPING && i < root->count; i++) {
        const struct yaml_pair *pair = &root->pairs[i];
        const struct field_schema *field = schema_field(schema, pair->key);
        reader.key = pair->key;
        if (field && field->type != FIELD_TEXT)
            warn_curly(&reader, &pair->value);
        if (field)
            status |= field_decode(&reader, field, &pair->value, record);
        else
            keep_unknown(&reader, schema, root, pair, &extra);
    }
    record->extra = (struct value_map){.entries = extra.items, .count = extra.count};
    status |= check_required(&reader, schema, root, matter);
    return status ? -1 : 0;
}

/* The number of the last line that may belong to front matter that nobody closed: the one in front
 * of the first blank line, or of the first line that looks like text. */
static size_t last_key_line(struct str bytes, size_t at)
{
    size_t number = 1;
    for (size_t i = 0; i < at && i < bytes.len; i++)
        number += bytes.ptr[i] == '\n';
    for (; at < bytes.len; number++) {
        size_t end = str_find_byte(bytes, '\n', at);
        struct str line = str_sub(bytes, at, end == STR_NONE ? bytes.len : end);
        bool inner = line.len > 0 && (line.ptr[0] == ' ' || line.ptr[0] == '-');
        size_t colon = str_find_byte(line, ':', 0);
        bool key = colon != STR_NONE && str_find_byte(str_sub(line, 0, colon), ' ', 0) == STR_NONE;
        if (str_trim(line).len == 0 || !(inner || key || line.ptr[0] == '#'))
            break;
        at += line.len + 1;
    }
    return number - 1;
}

static int explain_missing(const struct text *text, enum front_matter_result result,
                           const struct front_matter *matter, struct diags *diags)
{
    if (result == FRONT_MATTER_UNCLOSED) {
        diag_error(diags, "front-matter", span_of(text, matter->opening_start, matter->opening_end),
                   "the front matter begins here and never ends");
        size_t last = last_key_line(text->bytes, matter->yaml_start);
        diag_hint(diags, "put a line with three dashes (---) below line %zu", last);
        return -1;
    }
    diag_error(diags, "front-matter", span_of(text, 0, 0), "this file has no front matter");
    diag_hint(diags, "begin the file with a line ---, then lines such as  title: …, then a line "
                     "--- again");
    return -1;
}

/* The text must be text: a byte that is none would reach every reader as a replacement mark. */
static int check_body(struct str bytes, const struct text *text, size_t start, struct diags *diags)
{
    struct str body = str_after(bytes, start);
    size_t bad = utf8_invalid(body);
    if (bad != STR_NONE) {
        diag_error(diags, "not-utf8", span_of(text, start + bad, start + bad + 1),
                   "byte %zu of the file is not part of any UTF-8 character", start + bad + 1);
        diag_hint(diags, "open the file in an editor and save it with the encoding UTF-8");
        return -1;
    }
    size_t nul = str_find_byte(body, '\0', 0);
    if (nul == STR_NONE)
        return 0;
    diag_error(diags, "control-character", span_of(text, start + nul, start + nul + 1),
               "a control character (U+0000) stands here, which nobody can see");
    diag_hint(diags, "delete it, or type the line again");
    return -1;
}

/* Enough of a file without front matter to show how it begins. */
enum { BEGINNING = 512 };

/* What stays of the text: its path, and its bytes up to the end of the front matter, where the
 * places of the keys are. */
static const struct text *keep_head(const struct text *text, size_t end, struct arena *arena)
{
    struct text *head = arena_zalloc(arena, 1, sizeof *head);
    head->path = arena_str(arena, text->path);
    head->bytes = arena_str(arena, str_sub(text->bytes, 0, end));
    return head;
}

/* Adds what `diags` holds from `from` on. */
static void keep_said(struct record *record, const struct diags *diags, size_t from,
                      struct arena *arena)
{
    struct diags said;
    if (diags->count == from)
        return;
    diags_init(&said, arena);
    vec_start(arena, &said, record->said.count + diags->count - from);
    for (size_t i = 0; i < record->said.count; i++)
        *vec_push(arena, &said) = record->said.items[i];
    for (size_t i = from; i < diags->count; i++) {
        struct diag diag = diags->items[i];
        diag.message = arena_str(arena, diag.message);
        diag.hint = arena_str(arena, diag.hint);
        diag.fix.text = arena_str(arena, diag.fix.text);
        *vec_push(arena, &said) = diag;
    }
    record->said = said;
    record->said.arena = NULL; /* nothing is added */
}

/* Whether a date is or may be there that could not be read: that has been said already. */
static bool hides_date(const struct diags *said)
{
    for (size_t i = 0; i < said->count; i++) {
        if (said->items[i].severity == SEVERITY_ERROR ||
            str_eq(said->items[i].fix.text, STR("date")))
            return true;
    }
    return false;
}

int record_read_head(const struct text *text, enum kind kind, struct arena *arena,
                     struct arena *scratch, struct diags *diags, struct record **out)
{
    struct front_matter matter;
    enum front_matter_result result = front_matter_split(text->bytes, &matter);
    size_t said = diags->count;
    *out = NULL;
    if (result != FRONT_MATTER_FOUND)
        return explain_missing(keep_head(text, BEGINNING, arena), result, &matter, diags);
    struct record *record = arena_zalloc(arena, 1, sizeof *record);
    const struct text *head = keep_head(text, matter.body_start, arena);
    record->kind = kind;
    record->text = head;
    record->front_matter = (struct place){(uint32_t)matter.yaml_start, (uint32_t)matter.yaml_end};
    int status = read_front_matter(head, &matter, arena, scratch, diags, record);
    keep_said(record, diags, said, arena);
    record->date_in_doubt = hides_date(&record->said);
    *out = record;
    return status;
}

int record_read_body(const struct text *text, const struct record_options *options,
                     struct arena *arena, struct arena *scratch, struct diags *diags,
                     struct record *record, struct str *html)
{
    size_t start = record->text->bytes.len;
    size_t said = diags->count;
    int status = check_body(text->bytes, record->text, start, diags);
    struct markup whole = {0};
    md_render(&options->markdown, text, start, text->bytes.len, scratch, &whole);
    status |= markup_report(&whole, record->text, text->bytes, diags);
    *html = whole.html;
    record->body_digest = hash_large(whole.html, 3);
    record->doubtful_links = link_texts_doubtful(&whole, scratch);
    markup_keep(&whole, arena, &record->body);
    if (record->kind == KIND_ARTICLE)
        record_find_words(record, arena);
    keep_said(record, diags, said, arena);
    return status ? -1 : 0;
}

int record_read(const struct text *text, const struct record_options *options, struct arena *arena,
                struct arena *scratch, struct diags *diags, struct record **out, struct str *html)
{
    *html = (struct str){0};
    int status = record_read_head(text, options->kind, arena, scratch, diags, out);
    if (*out)
        status |= record_read_body(text, options, arena, scratch, diags, *out, html);
    return status ? -1 : 0;
}
