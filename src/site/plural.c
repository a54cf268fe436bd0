#include "site/plural.h"

#include <stdbool.h>
#include <stddef.h>

/* A number and what the rules look at: its last digit and its last two. */
struct count {
    uint64_t n;
    unsigned last;
    unsigned pair;
};

static bool within(uint64_t n, uint64_t from, uint64_t to)
{
    return n >= from && n <= to;
}

static struct str only_other(struct count c)
{
    (void)c;
    return STR("other");
}

static struct str one_other(struct count c)
{
    return c.n == 1 ? STR("one") : STR("other");
}

static struct str zero_is_one(struct count c)
{
    return c.n <= 1 ? STR("one") : STR("other");
}

/* "a million articles" is "un million d’articles". */
static struct str french(struct count c)
{
    return c.n <= 1 ? STR("one") : c.n % 1000000 == 0 ? STR("many") : STR("other");
}

static struct str spanish(struct count c)
{
    return c.n == 1 ? STR("one") : c.n > 0 && c.n % 1000000 == 0 ? STR("many") : STR("other");
}

static struct str one_two_other(struct count c)
{
    return c.n == 1 ? STR("one") : c.n == 2 ? STR("two") : STR("other");
}

static struct str czech(struct count c)
{
    return c.n == 1 ? STR("one") : within(c.n, 2, 4) ? STR("few") : STR("other");
}

static bool slavic_few(struct count c)
{
    return within(c.last, 2, 4) && !within(c.pair, 12, 14);
}

static struct str polish(struct count c)
{
    return c.n == 1 ? STR("one") : slavic_few(c) ? STR("few") : STR("many");
}

static struct str russian(struct count c)
{
    if (c.last == 1 && c.pair != 11)
        return STR("one");
    return slavic_few(c) ? STR("few") : STR("many");
}

static struct str serbian(struct count c)
{
    if (c.last == 1 && c.pair != 11)
        return STR("one");
    return slavic_few(c) ? STR("few") : STR("other");
}

static struct str icelandic(struct count c)
{
    return c.last == 1 && c.pair != 11 ? STR("one") : STR("other");
}

static struct str slovene(struct count c)
{
    return c.pair == 1            ? STR("one")
           : c.pair == 2          ? STR("two")
           : within(c.pair, 3, 4) ? STR("few")
                                  : STR("other");
}

static struct str lithuanian(struct count c)
{
    if (within(c.pair, 11, 19) || c.last == 0)
        return STR("other");
    return c.last == 1 ? STR("one") : STR("few");
}

static struct str latvian(struct count c)
{
    if (within(c.pair, 11, 19) || c.last == 0)
        return STR("zero");
    return c.last == 1 ? STR("one") : STR("other");
}

static struct str romanian(struct count c)
{
    return c.n == 1 ? STR("one") : c.n == 0 || within(c.pair, 1, 19) ? STR("few") : STR("other");
}

static struct str arabic(struct count c)
{
    if (c.n <= 2)
        return c.n == 0 ? STR("zero") : one_two_other(c);
    return within(c.pair, 3, 10) ? STR("few") : c.pair >= 11 ? STR("many") : STR("other");
}

static struct str maltese(struct count c)
{
    if (c.n == 1 || c.n == 2)
        return one_two_other(c);
    return c.n == 0 || within(c.pair, 3, 10) ? STR("few")
           : within(c.pair, 11, 19)          ? STR("many")
                                             : STR("other");
}

static struct str irish(struct count c)
{
    if (c.n <= 2)
        return one_two_other(c);
    return c.n <= 6 ? STR("few") : c.n <= 10 ? STR("many") : STR("other");
}

static struct str gaelic(struct count c)
{
    if (c.n == 0 || c.n > 19)
        return STR("other");
    return c.n == 1 || c.n == 11 ? STR("one") : c.n == 2 || c.n == 12 ? STR("two") : STR("few");
}

static struct str welsh(struct count c)
{
    static const struct str forms[] = {STR_INIT("zero"), STR_INIT("one"),   STR_INIT("two"),
                                       STR_INIT("few"),  STR_INIT("other"), STR_INIT("other"),
                                       STR_INIT("many")};
    return c.n <= 6 ? forms[c.n] : STR("other");
}

static struct str filipino(struct count c)
{
    bool other = c.last == 4 || c.last == 6 || c.last == 9;
    return other ? STR("other") : STR("one");
}

static struct str english_ordinal(struct count c)
{
    if (within(c.pair, 11, 13))
        return STR("other");
    return c.last == 1   ? STR("one")
           : c.last == 2 ? STR("two")
           : c.last == 3 ? STR("few")
                         : STR("other");
}

static struct str swedish_ordinal(struct count c)
{
    bool one = within(c.last, 1, 2) && !within(c.pair, 11, 12);
    return one ? STR("one") : STR("other");
}

static struct str catalan_ordinal(struct count c)
{
    return c.n == 1 || c.n == 3 ? STR("one")
           : c.n == 2           ? STR("two")
           : c.n == 4           ? STR("few")
                                : STR("other");
}

static struct str italian_ordinal(struct count c)
{
    return c.n == 8 || c.n == 11 || c.n == 80 || c.n == 800 ? STR("many") : STR("other");
}

static struct str hungarian_ordinal(struct count c)
{
    return c.n == 1 || c.n == 5 ? STR("one") : STR("other");
}

static struct str ukrainian_ordinal(struct count c)
{
    return c.last == 3 && c.pair != 13 ? STR("few") : STR("other");
}

static struct str welsh_ordinal(struct count c)
{
    static const struct str forms[] = {
        STR_INIT("zero"), STR_INIT("one"),  STR_INIT("two"),  STR_INIT("few"),  STR_INIT("few"),
        STR_INIT("many"), STR_INIT("many"), STR_INIT("zero"), STR_INIT("zero"), STR_INIT("zero")};
    return c.n <= 9 ? forms[c.n] : STR("other");
}

struct rule {
    const char *languages; /* with a blank on both sides of each */
    struct str (*form)(struct count count);
};

static const struct rule cardinals[] = {
    {" en ", one_other},
    {" fr ", french},
    {" es it ca ", spanish},
    {" pt ", french},
    {" ja zh yue ko vi th id ms lo my km bo ig yo jv su wo to dz ii nqo sah ses sg osa hnj ",
     only_other},
    {" am as bn fa gu hi kn pcm zu hy ff kab ak ln mg pa ti nso guw wa bho si ", zero_is_one},
    {" he iu se smj sma smn sms naq sat ", one_two_other},
    {" cs sk ", czech},
    {" pl ", polish},
    {" ru uk be ", russian},
    {" sr hr bs sh ", serbian},
    {" is mk ", icelandic},
    {" sl ", slovene},
    {" lt ", lithuanian},
    {" lv prg ", latvian},
    {" ro mo ", romanian},
    {" ar ars ", arabic},
    {" mt ", maltese},
    {" ga ", irish},
    {" gd ", gaelic},
    {" cy ", welsh},
    {" fil tl ceb ", filipino},
};

static const struct rule ordinals[] = {
    {" en ", english_ordinal},
    {" fr ms hy vi lo ga ro mo bal fil tl ", one_other},
    {" sv ", swedish_ordinal},
    {" ca ", catalan_ordinal},
    {" it sc lij scn ", italian_ordinal},
    {" hu ", hungarian_ordinal},
    {" uk ", ukrainian_ordinal},
    {" cy ", welsh_ordinal},
};

static struct str form(const struct rule *rules, size_t count, struct str lang, int64_t number,
                       struct str (*usual)(struct count))
{
    struct str base = str_sub(lang, 0, str_find_byte(lang, '-', 0));
    uint64_t n = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    struct count c = {n, (unsigned)(n % 10), (unsigned)(n % 100)};
    for (size_t i = 0; base.len > 0 && i < count; i++) {
        struct str languages = str_from(rules[i].languages);
        for (size_t at = 0; (at = str_find(languages, base, at)) != STR_NONE; at++) {
            if (languages.ptr[at - 1] == ' ' && languages.ptr[at + base.len] == ' ')
                return rules[i].form(c);
        }
    }
    return usual(c);
}

struct str plural_cardinal(struct str lang, int64_t number)
{
    return form(cardinals, sizeof cardinals / sizeof *cardinals, lang, number, one_other);
}

struct str plural_ordinal(struct str lang, int64_t number)
{
    return form(ordinals, sizeof ordinals / sizeof *ordinals, lang, number, only_other);
}
