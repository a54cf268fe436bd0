#include "lang/calendar/calendar_internal.h"

static const struct calendar_words ENGLISH = {
    .day = STR_INIT("every day"),
    .days = STR_INIT("every {n} days"),
    .week = STR_INIT("every {weekdays}"),
    .weeks = STR_INIT("every {n} weeks on {weekdays}"),
    .month_nth = STR_INIT("{nth} of each month"),
    .months_nth = STR_INIT("{nth} of every {n} months"),
    .month_day = STR_INIT("day {day} of each month"),
    .months_day = STR_INIT("day {day} of every {n} months"),
    .month_end = STR_INIT("last day of each month"),
    .months_end = STR_INIT("last day of every {n} months"),
    .year_day = STR_INIT("every year on {day} {month}"),
    .years_day = STR_INIT("every {n} years on {day} {month}"),
    .year_nth = STR_INIT("{nth} of {month} each year"),
    .years_nth = STR_INIT("{nth} of {month} every {n} years"),
    .ordinals = {STR_INIT("first {weekday}"), STR_INIT("second {weekday}"),
                 STR_INIT("third {weekday}"), STR_INIT("fourth {weekday}"),
                 STR_INIT("fifth {weekday}"), STR_INIT("last {weekday}")},
    .first_of_month = STR_INIT("1"),
    .comma = STR_INIT(", "),
    .and = STR_INIT(" and "),
};

static const struct calendar_words FRENCH = {
    .day = STR_INIT("chaque jour"),
    .days = STR_INIT("tous les {n} jours"),
    .week = STR_INIT("chaque {weekdays}"),
    .weeks = STR_INIT("toutes les {n} semaines, le {weekdays}"),
    .month_nth = STR_INIT("chaque {nth} du mois"),
    .months_nth = STR_INIT("{nth} du mois, tous les {n} mois"),
    .month_day = STR_INIT("le {day} de chaque mois"),
    .months_day = STR_INIT("le {day}, tous les {n} mois"),
    .month_end = STR_INIT("le dernier jour de chaque mois"),
    .months_end = STR_INIT("le dernier jour du mois, tous les {n} mois"),
    .year_day = STR_INIT("chaque année le {day} {month}"),
    .years_day = STR_INIT("le {day} {month}, tous les {n} ans"),
    .year_nth = STR_INIT("chaque année, {nth} du mois ({month})"),
    .years_nth = STR_INIT("{nth} du mois ({month}), tous les {n} ans"),
    .ordinals = {STR_INIT("premier {weekday}"), STR_INIT("deuxième {weekday}"),
                 STR_INIT("troisième {weekday}"), STR_INIT("quatrième {weekday}"),
                 STR_INIT("cinquième {weekday}"), STR_INIT("dernier {weekday}")},
    .first_of_month = STR_INIT("1er"),
    .comma = STR_INIT(", "),
    .and = STR_INIT(" et "),
};

const struct calendar_words *calendar_words(struct str language)
{
    size_t end = str_find_byte(language, '-', 0);
    struct str base = str_sub(language, 0, end);

    if (str_eq_nocase(base, STR("en")))
        return &ENGLISH;
    return str_eq_nocase(base, STR("fr")) ? &FRENCH : NULL;
}

struct describer {
    const struct calendar_rule *rule;
    const struct calendar_words *words;
    const struct date_names *names;
    struct date_time first;
    struct buf *out;
};

static void add_weekday(struct buf *out, const struct date_names *names, int weekday)
{
    /* 2023-01-01 was a Sunday. */
    struct date_time day = {.year = 2023, .month = 1, .day = (int8_t)(1 + weekday)};

    date_format(out, &day, STR("%A"), (struct str){NULL, 0}, names);
}

/* Between item `index` of `count` and the one before it. */
static void add_separator(struct buf *out, const struct calendar_words *words, size_t index,
                          size_t count)
{
    if (index > 0)
        buf_add(out, index + 1 == count ? words->and : words->comma);
}

static void add_nth(const struct describer *d, struct calendar_weekday day)
{
    struct str ordinal = d->words->ordinals[day.nth < 0 ? 5 : day.nth - 1];
    struct str mark = STR("{weekday}");
    size_t at = str_find(ordinal, mark, 0);

    buf_add(d->out, str_sub(ordinal, 0, at));
    if (at == STR_NONE)
        return;
    add_weekday(d->out, d->names, day.weekday);
    buf_add(d->out, str_after(ordinal, at + mark.len));
}

static void add_weekdays(const struct describer *d)
{
    const struct calendar_weekdays *days = &d->rule->weekdays;
    size_t done = 0;

    if (days->count == 0)
        add_weekday(d->out, d->names, date_weekday(&d->first));
    /* In the order of the week, from Monday, however they were written. */
    for (int i = 1; i <= 7; i++) {
        for (size_t n = 0; n < days->count; n++) {
            if (days->items[n].weekday != i % 7)
                continue;
            add_separator(d->out, d->words, done++, days->count);
            add_weekday(d->out, d->names, i % 7);
        }
    }
}

static void add_filling(const struct describer *d, struct str mark)
{
    const struct calendar_rule *rule = d->rule;

    if (str_eq(mark, STR("n"))) {
        buf_add_int(d->out, rule->interval);
    } else if (str_eq(mark, STR("weekdays"))) {
        add_weekdays(d);
    } else if (str_eq(mark, STR("nth"))) {
        for (size_t i = 0; i < rule->weekdays.count; i++) {
            add_separator(d->out, d->words, i, rule->weekdays.count);
            add_nth(d, rule->weekdays.items[i]);
        }
    } else if (str_eq(mark, STR("day"))) {
        if (d->first.day == 1)
            buf_add(d->out, d->words->first_of_month);
        else
            buf_add_int(d->out, d->first.day);
    } else if (str_eq(mark, STR("month"))) {
        date_format(d->out, &d->first, STR("%B"), (struct str){NULL, 0}, d->names);
    }
}

static void fill(const struct describer *d, struct str pattern)
{
    while (pattern.len > 0) {
        size_t open = str_find_byte(pattern, '{', 0);
        size_t close = str_find_byte(pattern, '}', open == STR_NONE ? pattern.len : open);

        if (close == STR_NONE) {
            buf_add(d->out, pattern);
            return;
        }
        buf_add(d->out, str_sub(pattern, 0, open));
        add_filling(d, str_sub(pattern, open + 1, close));
        pattern = str_after(pattern, close + 1);
    }
}

/* Whether every weekday of the rule has a number that there is a word for, or none has. */
static bool weekdays_are(const struct calendar_rule *rule, bool numbered)
{
    for (size_t i = 0; i < rule->weekdays.count; i++) {
        int nth = rule->weekdays.items[i].nth;

        if (numbered ? (nth < -1 || nth == 0 || nth > 5) : nth != 0)
            return false;
    }
    return true;
}

static struct str one_or_more(const struct calendar_rule *rule, struct str one, struct str more)
{
    return rule->interval == 1 ? one : more;
}

static struct str month_pattern(const struct calendar_rule *rule, const struct calendar_words *w)
{
    struct str none = {NULL, 0};

    if (rule->months.count > 0)
        return none;
    if (rule->weekdays.count > 0)
        return rule->month_days.count == 0 && weekdays_are(rule, true)
                   ? one_or_more(rule, w->month_nth, w->months_nth)
                   : none;
    if (rule->month_days.count == 1 && rule->month_days.items[0] == -1)
        return one_or_more(rule, w->month_end, w->months_end);
    if (rule->month_days.count > 1 ||
        (rule->month_days.count == 1 && rule->month_days.items[0] < 0))
        return none;
    return one_or_more(rule, w->month_day, w->months_day);
}

static struct str year_pattern(const struct calendar_rule *rule, const struct calendar_words *w)
{
    struct str none = {NULL, 0};

    if (rule->months.count > 1 || rule->weeks.count > 0 || rule->year_days.count > 0 ||
        rule->month_days.count > 1 ||
        (rule->month_days.count == 1 && (rule->months.count == 0 || rule->month_days.items[0] < 0)))
        return none;
    if (rule->weekdays.count == 0)
        return one_or_more(rule, w->year_day, w->years_day);
    return rule->months.count == 1 && rule->month_days.count == 0 && weekdays_are(rule, true)
               ? one_or_more(rule, w->year_nth, w->years_nth)
               : none;
}

static struct str pattern_of(const struct calendar_rule *rule, const struct calendar_words *w)
{
    struct str none = {NULL, 0};

    if (rule->positions.count + rule->hours.count + rule->minutes.count + rule->seconds.count > 0)
        return none;
    switch (rule->frequency) {
    case CALENDAR_DAILY:
        return rule->months.count + rule->month_days.count + rule->weekdays.count == 0
                   ? one_or_more(rule, w->day, w->days)
                   : none;
    case CALENDAR_WEEKLY:
        return rule->months.count == 0 ? one_or_more(rule, w->week, w->weeks) : none;
    case CALENDAR_MONTHLY: return month_pattern(rule, w);
    case CALENDAR_YEARLY: return year_pattern(rule, w);
    }
    return none;
}

bool calendar_describe(const struct calendar *calendar, const struct calendar_words *words,
                       const struct date_names *names, struct buf *out)
{
    struct describer describer = {calendar->rule, words, names,
                                  date_from_seconds(calendar->first, 0), out};
    struct str pattern;

    if (calendar->rule == NULL)
        return false;
    pattern = pattern_of(calendar->rule, words);
    fill(&describer, pattern);
    return pattern.len > 0;
}
