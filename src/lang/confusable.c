#include "lang/confusable.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "lang/confusable_internal.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* Latin letters with marks and the like are no trick; other scripts begin here. */
enum { OTHER_SCRIPTS = 0x370 };

static int compare(const void *key, const void *row)
{
    uint32_t letter = *(const uint32_t *)key;
    uint32_t other = ((const struct confusable *)row)->letter;
    return (letter > other) - (letter < other);
}

static const char *looks_like(uint32_t letter)
{
    const struct confusable *found =
        bsearch(&letter, confusables, confusable_count, sizeof *confusables, compare);
    return found ? found->looks : NULL;
}

/* A text in another form; as it is where utf8proc refuses it. */
static struct str in_form(struct arena *arena, struct str text, utf8proc_option_t form)
{
    utf8proc_uint8_t *mapped = NULL;
    utf8proc_ssize_t len =
        utf8proc_map((const utf8proc_uint8_t *)text.ptr, (utf8proc_ssize_t)text.len, &mapped, form);
    if (len < 0)
        return text;
    struct str copy = arena_str(arena, (struct str){(const char *)mapped, (size_t)len});
    free(mapped);
    return copy;
}

/* Letters from `first` on replaced by what they look like. */
static struct str replace(struct arena *arena, struct str rest, uint32_t first)
{
    struct buf out = {0};
    for (size_t len; rest.len > 0; rest = str_after(rest, len)) {
        uint32_t letter = utf8_decode(rest, &len);
        const char *looks = letter >= first ? looks_like(letter) : NULL;
        buf_add(&out, looks ? str_from(looks) : str_sub(rest, 0, len));
    }
    struct str result = arena_str(arena, buf_str(&out));
    buf_release(&out);
    return result;
}

struct str confusable_skeleton(struct arena *arena, struct str text)
{
    utf8proc_option_t form = UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_IGNORE;
    return replace(arena, in_form(arena, text, form), 0);
}

struct str confusable_read(struct arena *arena, struct str text)
{
    return replace(arena, text, OTHER_SCRIPTS);
}

size_t confusable_in_word(struct str text, uint32_t *letter, const char **looks)
{
    bool has_ascii = false;
    size_t found = STR_NONE;
    for (size_t at = 0, len; at < text.len; at += len) {
        uint32_t code_point = utf8_decode(str_after(text, at), &len);
        if (code_point < 0x80 && !str_is_alpha((char)code_point)) {
            /* A word ends. */
            if (has_ascii && found != STR_NONE)
                return found;
            has_ascii = false;
            found = STR_NONE;
            continue;
        }
        has_ascii = has_ascii || code_point < 0x80;
        const char *seen = code_point >= OTHER_SCRIPTS ? looks_like(code_point) : NULL;
        if (seen && found == STR_NONE) {
            found = at;
            *letter = code_point;
            *looks = seen;
        }
    }
    return has_ascii ? found : STR_NONE;
}

bool confusable_whole(struct str text)
{
    bool other = false;
    for (size_t len; text.len > 0; text = str_after(text, len)) {
        uint32_t code_point = utf8_decode(text, &len);
        if (code_point < 0x80)
            continue;
        if (code_point < OTHER_SCRIPTS || !looks_like(code_point))
            return false;
        other = true;
    }
    return other;
}

bool confusable_is_composed(struct arena *arena, struct str text, struct str *composed)
{
    *composed = in_form(arena, text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    return str_eq(*composed, text);
}
