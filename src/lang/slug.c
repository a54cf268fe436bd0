#include "lang/slug.h"
#include "base/buf.h"
#include "base/hash.h"

#include <stdint.h>
#include <stdlib.h>
#include <utf8proc.h>

/* Letters that no decomposition takes apart, after case folding. */
static const struct {
    int32_t letter;
    const char *spelt;
} letters[] = {
    {0xE6, "ae"}, {0xF8, "o"},  {0x153, "oe"}, {0x142, "l"}, {0x111, "d"},  {0xF0, "d"},
    {0xFE, "th"}, {0x131, "i"}, {0x127, "h"},  {0x167, "t"}, {0x14B, "ng"}, {0x138, "k"},
};

const char *slug_spelling(int32_t letter)
{
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
        if (letters[i].letter == letter)
            return letters[i].spelt;
    }
    return NULL;
}

/* Adds one folded code point; what is no letter or digit leaves a gap. */
static void add(struct buf *slug, int32_t code_point, bool *gap)
{
    char byte = (char)code_point;
    const char *spelt = NULL;
    bool plain = code_point < 0x80 && (str_is_alpha(byte) || str_is_digit(byte));
    if (!plain)
        spelt = slug_spelling(code_point);
    if (!plain && !spelt) {
        *gap = true;
        return;
    }
    if (*gap && slug->len > 0)
        buf_addc(slug, '-');
    *gap = false;
    if (plain)
        buf_addc(slug, str_lower(byte));
    else
        buf_adds(slug, spelt);
}

static void add_ascii(struct buf *slug, struct str name)
{
    bool gap = false;
    for (size_t i = 0; i < name.len; i++)
        add(slug, name.ptr[i], &gap);
}

static bool is_ascii(struct str name)
{
    for (size_t i = 0; i < name.len; i++) {
        if ((unsigned char)name.ptr[i] >= 0x80)
            return false;
    }
    return true;
}

/* Decomposed, case folded and without marks. What is no UTF-8 leaves the slug empty: such text
 * never comes out of the YAML reader, and file names are checked by the source. */
static void add_unicode(struct buf *slug, struct str name)
{
    utf8proc_uint8_t *folded = NULL;
    utf8proc_ssize_t len =
        utf8proc_map((const utf8proc_uint8_t *)name.ptr, (utf8proc_ssize_t)name.len, &folded,
                     UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK);
    bool gap = false;
    for (utf8proc_ssize_t at = 0; at < len;) {
        utf8proc_int32_t code_point;
        utf8proc_ssize_t used = utf8proc_iterate(folded + at, len - at, &code_point);
        if (used < 1)
            break;
        add(slug, code_point, &gap);
        at += used;
    }
    free(folded);
}

struct str slug_fold(struct arena *arena, struct str name)
{
    struct buf slug = {0};
    if (is_ascii(name))
        add_ascii(&slug, name);
    else
        add_unicode(&slug, name);
    buf_truncate(&slug, SLUG_MOST);
    while (slug.len > 0 && slug.ptr[slug.len - 1] == '-')
        buf_truncate(&slug, slug.len - 1);
    struct str made = arena_str(arena, buf_str(&slug));
    buf_release(&slug);
    return made;
}

struct str slug_tag(struct arena *arena, struct str name)
{
    struct buf spelt = {0};
    for (size_t i = 0; i < name.len; i++) {
        if (name.ptr[i] == '+')
            buf_adds(&spelt, "plus");
        else if (name.ptr[i] == '#')
            buf_adds(&spelt, "sharp");
        else
            buf_addc(&spelt, name.ptr[i]);
    }
    struct str slug = slug_fold(arena, buf_str(&spelt));
    buf_release(&spelt);
    return slug;
}

struct str slug_fallback(struct arena *arena, struct str name)
{
    struct digest digest = digest_of(name);
    return arena_printf(arena, "x-%012llx", (unsigned long long)(digest.low & 0xFFFFFFFFFFFFU));
}

struct str slug_name_key(struct arena *arena, struct str name)
{
    utf8proc_uint8_t *folded = NULL;
    utf8proc_ssize_t len = -1;
    if (!is_ascii(name))
        len = utf8proc_map((const utf8proc_uint8_t *)name.ptr, (utf8proc_ssize_t)name.len, &folded,
                           UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
    if (len >= 0) {
        struct str key = arena_str(arena, (struct str){(const char *)folded, (size_t)len});
        free(folded);
        return key;
    }
    char *key = arena_cstr(arena, name);
    for (size_t i = 0; i < name.len; i++)
        key[i] = str_lower(key[i]);
    return (struct str){key, name.len};
}
