#include "cli/new_file.h"

#include "base/utf8.h"

/* Words that some reader of YAML takes for something else than a text. */
static bool is_special(struct str text)
{
    static const struct str words[] = {
        STR_INIT("null"), STR_INIT("true"), STR_INIT("false"), STR_INIT("yes"), STR_INIT("no"),
        STR_INIT("on"),   STR_INIT("off"),  STR_INIT("y"),     STR_INIT("n"),
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_eq_nocase(text, words[i]))
            return true;
    }
    return false;
}

static bool is_plain(struct str text)
{
    if (text.len == 0 || is_special(text) || text.ptr[text.len - 1] == ' ' ||
        text.ptr[text.len - 1] == ':')
        return false;
    unsigned char first = (unsigned char)text.ptr[0];
    if (!str_is_alpha(text.ptr[0]) && first < 0x80)
        return false;
    return !str_has(text, STR(": ")) && !str_has(text, STR(" #")) && !str_has(text, STR("\t"));
}

void new_file_scalar(struct buf *out, struct str text)
{
    if (is_plain(text)) {
        buf_add(out, text);
        return;
    }
    buf_addc(out, '\'');
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\'')
            buf_addc(out, '\'');
        buf_addc(out, text.ptr[i]);
    }
    buf_addc(out, '\'');
}

/* A comment, broken between words so that no line is wider than an editor's window. */
static void add_comment(struct buf *out, struct str text)
{
    enum { WIDTH = 88 };
    size_t column = 1;
    buf_addc(out, '#');
    struct str word;
    while (str_split(&text, ' ', &word)) {
        size_t width = utf8_count(word) + 1;
        if (column > 1 && column + width > WIDTH) {
            buf_adds(out, "\n#");
            column = 1;
        }
        buf_addc(out, ' ');
        buf_add(out, word);
        column += width;
    }
    buf_addc(out, '\n');
}

static void add_value(struct buf *out, const struct kind_schema *schema,
                      const struct new_value *value)
{
    const struct field_schema *field = schema_field(schema, value->key);
    if (field)
        add_comment(out, str_from(field->about));
    buf_add(out, value->key);
    buf_addc(out, ':');
    if (value->text.len > 0) {
        buf_addc(out, ' ');
        if (value->is_yaml)
            buf_add(out, value->text);
        else
            new_file_scalar(out, value->text);
    }
    buf_addc(out, '\n');
}

static bool is_given(struct str key, const struct new_value *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq(values[i].key, key))
            return true;
    }
    return false;
}

void new_file_write(struct buf *out, const struct kind_schema *schema,
                    const struct new_value *values, size_t count, struct str body)
{
    buf_adds(out, "---\n");
    for (size_t i = 0; i < count; i++)
        add_value(out, schema, &values[i]);
    bool first = true;
    for (size_t i = 0; i < schema->count; i++) {
        const struct field_schema *field = &schema->fields[i];
        if (is_given(field->key, values, count))
            continue;
        if (first)
            buf_adds(out, "\n# More that can be said. To use a line, take away the # in front of "
                          "it\n# and put your own words in place of the example; leave or delete "
                          "the others.\n");
        first = false;
        buf_addc(out, '\n');
        add_comment(out, str_from(field->about));
        buf_addf(out, "#%.*s: %s\n", STR_ARG(field->key), field->example);
    }
    buf_adds(out, "---\n\n");
    buf_add(out, body);
}
