#include "lang/collation.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "lang/slug.h"

#include <stdlib.h>
#include <utf8proc.h>

enum { CHARACTERS_MOST = 200 };

/* The levels of a key, each ended by a zero byte: base letters, accents, case, and last the text
 * itself, so that only equal texts have equal keys. */
struct levels {
    struct buf base;
    struct buf accents;
    struct buf cases;
    bool in_number;
    size_t number_start; /* of a number's digits in base, behind the byte of its length */
};

static void end_number(struct levels *levels)
{
    if (!levels->in_number)
        return;
    levels->in_number = false;
    size_t digits = levels->base.len - levels->number_start;
    levels->base.ptr[levels->number_start - 1] = (char)(digits > 250 ? 250 : digits);
}

/* A number is its length without leading zeros, then its digits: 9 before 10. */
static void add_digit(struct levels *levels, char digit)
{
    if (!levels->in_number) {
        buf_addc(&levels->base, '0');
        buf_addc(&levels->base, 1);
        levels->in_number = true;
        levels->number_start = levels->base.len;
    }
    if (levels->base.len == levels->number_start + 1 &&
        levels->base.ptr[levels->number_start] == '0')
        buf_truncate(&levels->base, levels->number_start);
    buf_addc(&levels->base, digit);
}

static void add_gap(struct levels *levels)
{
    end_number(levels);
    if (levels->base.len > 0 && levels->base.ptr[levels->base.len - 1] != 2)
        buf_addc(&levels->base, 2);
}

static void add_letter(struct levels *levels, uint32_t lower, bool upper)
{
    end_number(levels);
    utf8_encode(&levels->base, lower);
    buf_addc(&levels->accents, 1);
    buf_addc(&levels->cases, upper ? 2 : 1);
}

/* Letters that are no letter with an accent (ø, ł, æ) stand where their spelling does. */
static void add_spelt(struct levels *levels, const char *spelt, bool upper)
{
    for (; *spelt != '\0'; spelt++)
        add_letter(levels, (uint32_t)*spelt, upper);
    buf_addc(&levels->accents, 3);
}

static void add_code_point(struct levels *levels, utf8proc_int32_t code_point)
{
    const utf8proc_property_t *property = utf8proc_get_property(code_point);
    switch (property->category) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME: utf8_encode(&levels->accents, (uint32_t)code_point); break;
    case UTF8PROC_CATEGORY_ND:
        if (code_point < 0x80)
            add_digit(levels, (char)code_point);
        else
            add_letter(levels, (uint32_t)code_point, false);
        break;
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO: {
        utf8proc_int32_t lower = utf8proc_tolower(code_point);
        const char *spelt = lower == 0xDF ? "ss" : slug_spelling(lower);
        if (spelt != NULL)
            add_spelt(levels, spelt, lower != code_point);
        else
            add_letter(levels, (uint32_t)lower, lower != code_point);
        break;
    }
    default: add_gap(levels); break;
    }
}

static void add_text(struct levels *levels, struct str text)
{
    text = str_sub(text, 0, utf8_offset(text, CHARACTERS_MOST));
    for (size_t at = 0, len; at < text.len; at += len) {
        utf8proc_int32_t parts[32];
        int boundary = 0;
        uint32_t code_point = utf8_decode(str_after(text, at), &len);
        utf8proc_ssize_t count =
            utf8proc_decompose_char((utf8proc_int32_t)code_point, parts, 32,
                                    UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, &boundary);
        for (utf8proc_ssize_t i = 0; i < count && i < 32; i++)
            add_code_point(levels, parts[i]);
    }
    end_number(levels);
}

static struct str join(struct levels *levels, struct str text, struct arena *arena)
{
    struct buf key = {0};
    while (levels->base.len > 0 && levels->base.ptr[levels->base.len - 1] == 2)
        buf_truncate(&levels->base, levels->base.len - 1);
    buf_add(&key, buf_str(&levels->base));
    buf_addc(&key, '\0');
    buf_add(&key, buf_str(&levels->accents));
    buf_addc(&key, '\0');
    buf_add(&key, buf_str(&levels->cases));
    buf_addc(&key, '\0');
    buf_add(&key, text);
    struct str made = arena_str(arena, buf_str(&key));
    buf_release(&key);
    buf_release(&levels->base);
    buf_release(&levels->accents);
    buf_release(&levels->cases);
    return made;
}

struct str collation_key(struct arena *arena, struct str text)
{
    struct levels levels = {0};
    add_text(&levels, text);
    return join(&levels, text, arena);
}

/* Where the family name begins: at the last word; the particles in front of it do not count. */
static size_t family_start(struct str name)
{
    size_t space = str_rfind_byte(name, ' ');
    return space == STR_NONE ? 0 : space + 1;
}

/* A name that begins with a particle ("de la Cruz, Ana") is sorted by what follows. */
static struct str skip_particles(struct str name, const struct collation_name *options)
{
    for (size_t i = 0; i < options->particle_count; i++) {
        struct str particle = options->particles[i];
        if (name.len > particle.len + 1 && name.ptr[particle.len] == ' ' &&
            str_eq_nocase(str_sub(name, 0, particle.len), particle))
            return str_trim_left(str_after(name, particle.len));
    }
    return name;
}

struct str collation_name_key(struct arena *arena, struct str name,
                              const struct collation_name *options)
{
    struct levels levels = {0};
    struct str rest = str_trim(name);
    if (options->by_family) {
        add_text(&levels, str_after(rest, family_start(rest)));
        add_gap(&levels);
    } else {
        rest = skip_particles(rest, options);
    }
    add_text(&levels, rest);
    return join(&levels, name, arena);
}

char collation_letter(struct str key)
{
    char first = key.len > 0 ? str_upper(key.ptr[0]) : '#';
    return first >= 'A' && first <= 'Z' ? first : '#';
}
