/* SVG: the root element's size. Nothing else of it is read here; lang/sanitise.h makes one fit to
 * be shown. */
#include "base/picture_internal.h"

/* Moves *at behind `end`, from `from` on; false if it is not there. */
static bool skip_past(struct str bytes, struct str end, size_t from, size_t *at)
{
    size_t found = str_find(bytes, end, from);
    if (found == STR_NONE)
        return false;
    *at = found + end.len;
    return true;
}

/* A DOCTYPE ends at its '>', or at that behind the ']' of its own declarations. */
static bool skip_doctype(struct str bytes, size_t *at)
{
    size_t close = str_find_byte(bytes, '>', *at);
    size_t open = str_find_byte(str_sub(bytes, 0, close), '[', *at);
    if (close == STR_NONE)
        return false;
    if (open == STR_NONE)
        return skip_past(bytes, STR(">"), *at, at);
    return skip_past(bytes, STR("]"), open, at) && skip_past(bytes, STR(">"), *at, at);
}

bool picture_is_svg(struct str bytes, size_t *root)
{
    size_t at = str_starts(bytes, STR("\xEF\xBB\xBF")) ? 3 : 0;
    for (;;) {
        while (at < bytes.len && str_is_space(bytes.ptr[at]))
            at++;
        struct str rest = str_after(bytes, at);
        if (str_starts(rest, STR("<svg")) && rest.len > 4 &&
            (str_is_space(rest.ptr[4]) || rest.ptr[4] == '>' || rest.ptr[4] == '/')) {
            *root = at;
            return true;
        }
        if (str_starts(rest, STR("<?"))) {
            if (!skip_past(bytes, STR("?>"), at, &at))
                return false;
        } else if (str_starts(rest, STR("<!--"))) {
            if (!skip_past(bytes, STR("-->"), at + 4, &at))
                return false;
        } else if (rest.len >= 9 && str_eq_nocase(str_sub(rest, 0, 9), STR("<!DOCTYPE"))) {
            if (!skip_doctype(bytes, &at))
                return false;
        } else {
            return false;
        }
    }
}

/* Takes a decimal number off the front of *text; false if none stands there. */
static bool take_number(struct str *text, double *number)
{
    size_t at = 0;
    double scale = 1;
    bool point = false;
    size_t digits = 0;
    *number = 0;
    while (at < text->len && (str_is_digit(text->ptr[at]) || (text->ptr[at] == '.' && !point))) {
        char byte = text->ptr[at++];
        if (byte == '.') {
            point = true;
            continue;
        }
        digits++;
        scale = point ? scale / 10 : scale;
        *number = point ? *number + (byte - '0') * scale : *number * 10 + (byte - '0');
    }
    *text = str_after(*text, at);
    return digits > 0 && digits < 16;
}

static uint32_t rounded(double number)
{
    return number >= 1 && number < 1e6 ? (uint32_t)(number + 0.5) : 0;
}

/* A length in CSS pixels; 0 for one that depends on where it stands (%, em). */
static uint32_t length_of(struct str text)
{
    static const struct {
        struct str unit;
        double pixels;
    } units[] = {{STR_INIT(""), 1},    {STR_INIT("px"), 1},         {STR_INIT("pt"), 96.0 / 72},
                 {STR_INIT("pc"), 16}, {STR_INIT("mm"), 96 / 25.4}, {STR_INIT("cm"), 96 / 2.54},
                 {STR_INIT("in"), 96}};
    double number;
    text = str_trim(text);
    if (!take_number(&text, &number))
        return 0;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (str_eq_nocase(text, units[i].unit))
            return rounded(number * units[i].pixels);
    }
    return 0;
}

/* The third and fourth number of min-x, min-y, width, height. */
static void read_view_box(struct str text, struct picture *picture)
{
    uint32_t numbers[4] = {0};
    for (size_t i = 0; i < 4; i++) {
        double number;
        while (text.len > 0 && (str_is_space(*text.ptr) || *text.ptr == ',' || *text.ptr == '-'))
            text = str_after(text, 1);
        if (!take_number(&text, &number))
            return;
        numbers[i] = rounded(number);
    }
    picture->width = numbers[2];
    picture->height = numbers[3];
}

/* Takes one attribute off the front of *rest; false at the end of the tag, or if it is none. */
static bool next_attribute(struct str *rest, struct str *name, struct str *value)
{
    *rest = str_trim_left(*rest);
    size_t end = 0;
    while (end < rest->len && !str_is_space(rest->ptr[end]) && rest->ptr[end] != '=' &&
           rest->ptr[end] != '>' && rest->ptr[end] != '/')
        end++;
    *name = str_sub(*rest, 0, end);
    struct str after = str_trim_left(str_after(*rest, end));
    if (end == 0 || !str_starts(after, STR("=")))
        return false;
    after = str_trim_left(str_after(after, 1));
    if (after.len == 0 || (*after.ptr != '"' && *after.ptr != '\''))
        return false;
    size_t quote = str_find_byte(after, *after.ptr, 1);
    if (quote == STR_NONE)
        return false;
    *value = str_sub(after, 1, quote);
    *rest = str_after(after, quote + 1);
    return true;
}

enum picture_state picture_read_svg(const struct picture_file *file, struct picture *picture)
{
    size_t root;
    struct str name;
    struct str value;
    struct picture box = {0};
    if (!picture_is_svg(file->head, &root))
        return PICTURE_UNKNOWN;
    struct str rest = str_after(file->head, root + 4);
    while (next_attribute(&rest, &name, &value)) {
        if (str_eq(name, STR("width")))
            picture->width = length_of(value);
        else if (str_eq(name, STR("height")))
            picture->height = length_of(value);
        else if (str_eq(name, STR("viewBox")))
            read_view_box(value, &box);
    }
    if (picture->width == 0 || picture->height == 0) {
        picture->width = box.height > 0 ? box.width : 0;
        picture->height = box.width > 0 ? box.height : 0;
    }
    struct str end = str_trim_right(file->tail.len > 0 ? file->tail : file->head);
    return str_ends(end, STR(">")) ? PICTURE_SOUND : PICTURE_CUT_OFF;
}
