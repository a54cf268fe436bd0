#include "build/front_words.h"

/* `key: words`, taken apart. */
struct line {
    struct str key;
    struct str words;
};

static bool has_any(struct str text, const char *bytes)
{
    for (; *bytes; bytes++) {
        if (str_find_byte(text, *bytes, 0) != STR_NONE)
            return true;
    }
    return false;
}

/* Words in quotes without anything that is read otherwise than it is written. */
static bool take_quoted(struct str *words)
{
    char quote = words->ptr[0];
    if (words->len < 2 || words->ptr[words->len - 1] != quote)
        return false;
    *words = str_sub(*words, 1, words->len - 1);
    return !has_any(*words, quote == '"' ? "\"\\" : "'");
}

static bool is_plain(struct str words)
{
    return (str_is_alpha(words.ptr[0]) || (unsigned char)words.ptr[0] >= 0x80) &&
           !has_any(words, ":#{}[]\t");
}

static bool read_line(struct str text, struct line *line)
{
    size_t colon = str_find_byte(text, ':', 0);
    line->key = str_sub(text, 0, colon == STR_NONE ? 0 : colon);
    if (line->key.len == 0 || !is_plain(line->key) || has_any(line->key, " \"'"))
        return false;
    line->words = str_trim(str_after(text, colon + 1));
    if (line->words.len == 0 || text.ptr[colon + 1] != ' ')
        return false;
    bool quoted = line->words.ptr[0] == '"' || line->words.ptr[0] == '\'';
    return quoted ? take_quoted(&line->words) : is_plain(line->words);
}

/* What the record has under a key whose words are only shown; NULL: it is none of these. */
static const struct str *find_words(const struct record *record, struct str key)
{
    bool member = record->kind == KIND_MEMBER;
    if (str_eq(key, STR("description")))
        return &record->description.text;
    if (str_eq(key, STR("image_alt")))
        return &record->image_alt.text;
    if (record->kind == KIND_ARTICLE && str_eq(key, STR("title")))
        return &record->title.text;
    if (member && str_eq(key, STR("pronouns")))
        return &record->member.pronouns.text;
    if (member && str_eq(key, STR("email")))
        return &record->member.email.text;
    const struct value *extra = value_map_get(&record->extra, key);
    return extra && extra->type == VALUE_TEXT ? &extra->str : NULL;
}

/* Whether the record has just these words under that key, so that the line is what it looks like.
 */
static bool says(const struct record *record, const struct line *line)
{
    const struct str *words = find_words(record, line->key);
    return words && str_eq(*words, line->words);
}

/* The lines themselves, and that what follows does not go on with them. */
static bool differ_in_words(const struct record *old, const struct record *new, struct str a,
                            struct str b, struct str after)
{
    struct line was;
    struct line is;
    bool goes_on = after.len > 0 && str_is_space(after.ptr[0]);
    return !goes_on && read_line(a, &was) && read_line(b, &is) && str_eq(was.key, is.key) &&
           says(old, &was) && says(new, &is);
}

bool front_words_only(const struct record *old, const struct record *new)
{
    struct str rest = old->text->bytes;
    struct str rest_of_new = new->text->bytes;
    struct str a;
    struct str b;
    for (;;) {
        bool more = str_line(&rest, &a);
        if (more != str_line(&rest_of_new, &b))
            return false;
        if (!more)
            return true;
        if (!str_eq(a, b) && (!differ_in_words(old, new, a, b, rest) ||
                              !differ_in_words(old, new, a, b, rest_of_new)))
            return false;
    }
}
