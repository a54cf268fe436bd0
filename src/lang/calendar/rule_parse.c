#include "base/suggest.h"
#include "base/vec.h"
#include "lang/calendar/calendar_internal.h"
#include "lang/calendar/rule_words.h"

#include <stdlib.h>

enum part {
    PART_FREQ,
    PART_UNTIL,
    PART_COUNT,
    PART_INTERVAL,
    PART_WKST,
    PART_BYDAY,
    PART_NUMBERS, /* from here on, lists of numbers */
    PART_BYSECOND = PART_NUMBERS,
    PART_BYMINUTE,
    PART_BYHOUR,
    PART_BYMONTHDAY,
    PART_BYYEARDAY,
    PART_BYWEEKNO,
    PART_BYMONTH,
    PART_BYSETPOS,
    PART_COUNT_OF
};

static const struct str NAMES[PART_COUNT_OF] = {
    STR_INIT("FREQ"),    STR_INIT("UNTIL"),      STR_INIT("COUNT"),     STR_INIT("INTERVAL"),
    STR_INIT("WKST"),    STR_INIT("BYDAY"),      STR_INIT("BYSECOND"),  STR_INIT("BYMINUTE"),
    STR_INIT("BYHOUR"),  STR_INIT("BYMONTHDAY"), STR_INIT("BYYEARDAY"), STR_INIT("BYWEEKNO"),
    STR_INIT("BYMONTH"), STR_INIT("BYSETPOS")};

/* What a list of numbers may hold: [least, most], and where `from_end` also -most to -1. */
static const struct range {
    int least;
    int most;
    bool from_end;
} RANGES[PART_COUNT_OF] = {[PART_COUNT] = {1, 9999, false},   [PART_INTERVAL] = {1, 9999, false},
                           [PART_BYSECOND] = {0, 59, false},  [PART_BYMINUTE] = {0, 59, false},
                           [PART_BYHOUR] = {0, 23, false},    [PART_BYMONTHDAY] = {1, 31, true},
                           [PART_BYYEARDAY] = {1, 366, true}, [PART_BYWEEKNO] = {1, 53, true},
                           [PART_BYMONTH] = {1, 12, false},   [PART_BYSETPOS] = {1, 366, true},
                           [PART_BYDAY] = {1, 53, true}};

/* The longest list that is of use has each day of a year, from both ends. */
enum { LIST_MOST = 800, TIMES_A_DAY_MOST = 24 };

struct parser {
    struct calendar_rule rule;
    struct str values[PART_COUNT_OF];
    bool given[PART_COUNT_OF];
    struct span span;
    struct arena *arena;
    struct diags *diags;
    bool failed;
};

static void refuse(struct parser *parser, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void refuse(struct parser *parser, const char *format, ...)
{
    va_list arguments;
    struct buf message = {0};

    va_start(arguments, format);
    buf_vaddf(&message, format, arguments);
    va_end(arguments);
    diag_error(parser->diags, "bad-rule", parser->span, "%s", message.ptr);
    buf_release(&message);
    parser->failed = true;
}

/* Long or strange text is cut, so that a message stays one. */
static struct str shown(struct str text)
{
    return str_sub(text, 0, 40);
}

/* [+-]digits, all of `text`. */
static bool read_number(struct str text, int *number)
{
    bool negative = str_starts(text, STR("-"));
    long long magnitude;

    if (negative || str_starts(text, STR("+")))
        text = str_after(text, 1);
    if (text.len > 6 || str_to_long(text, &magnitude) < 0)
        return false;
    *number = (int)(negative ? -magnitude : magnitude);
    return true;
}

static bool in_range(const struct range *range, int number)
{
    return (number >= range->least && number <= range->most) ||
           (range->from_end && number <= -1 && number >= -range->most);
}

static void refuse_number(struct parser *parser, enum part part, struct str text)
{
    const struct range *range = &RANGES[part];

    refuse(parser, "%.*s cannot be '%.*s': it takes %s from %d to %d%s", STR_ARG(NAMES[part]),
           STR_ARG(shown(text)), part >= PART_NUMBERS ? "numbers" : "a number", range->least,
           range->most, range->from_end ? ", or negative ones to count from the end" : "");
}

struct number_list {
    int16_t *items;
    size_t count;
    size_t capacity;
};

static int compare_numbers(const void *a, const void *b)
{
    return *(const int16_t *)a - *(const int16_t *)b;
}

static struct calendar_numbers read_numbers(struct parser *parser, enum part part)
{
    struct number_list list = {0};
    struct str rest = parser->values[part];
    struct str item;
    size_t kept = 0;

    while (parser->given[part] && str_split(&rest, ',', &item)) {
        int number;

        item = str_trim(item);
        if (list.count == LIST_MOST) {
            refuse(parser, "%.*s has more than %d numbers", STR_ARG(NAMES[part]), LIST_MOST);
            break;
        }
        if (!read_number(item, &number) || !in_range(&RANGES[part], number)) {
            refuse_number(parser, part, item);
            break;
        }
        *vec_push(parser->arena, &list) = (int16_t)number;
    }
    if (list.count > 1)
        qsort(list.items, list.count, sizeof *list.items, compare_numbers);
    for (size_t i = 0; i < list.count; i++) {
        if (kept == 0 || list.items[kept - 1] != list.items[i])
            list.items[kept++] = list.items[i];
    }
    return (struct calendar_numbers){list.items, kept};
}

static int read_single(struct parser *parser, enum part part, int absent)
{
    int number;

    if (!parser->given[part])
        return absent;
    if (read_number(parser->values[part], &number) && in_range(&RANGES[part], number))
        return number;
    refuse_number(parser, part, parser->values[part]);
    return absent;
}

static int weekday_number(struct str name)
{
    static const struct str days[] = {STR_INIT("SU"), STR_INIT("MO"), STR_INIT("TU"),
                                      STR_INIT("WE"), STR_INIT("TH"), STR_INIT("FR"),
                                      STR_INIT("SA")};

    for (int i = 0; i < 7; i++) {
        if (str_eq_nocase(name, days[i]))
            return i;
    }
    return -1;
}

/* "TH", "+2TH", "-1FR". */
static bool read_weekday(struct str text, struct calendar_weekday *out)
{
    struct str number = str_sub(text, 0, text.len < 2 ? 0 : text.len - 2);
    int weekday = weekday_number(str_after(text, number.len));
    int nth = 0;

    if (weekday < 0 ||
        (number.len > 0 && (!read_number(number, &nth) || !in_range(&RANGES[PART_BYDAY], nth))))
        return false;
    *out = (struct calendar_weekday){(int16_t)nth, (int8_t)weekday};
    return true;
}

struct weekday_list {
    struct calendar_weekday *items;
    size_t count;
    size_t capacity;
};

static bool has_weekday(const struct weekday_list *list, struct calendar_weekday day)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].nth == day.nth && list->items[i].weekday == day.weekday)
            return true;
    }
    return false;
}

static void read_weekdays(struct parser *parser)
{
    struct weekday_list list = {0};
    struct str rest = parser->values[PART_BYDAY];
    struct str item;

    while (parser->given[PART_BYDAY] && str_split(&rest, ',', &item)) {
        struct calendar_weekday day;

        item = str_trim(item);
        if (!read_weekday(item, &day)) {
            refuse(parser,
                   "BYDAY cannot be '%.*s': it takes MO, TU, WE, TH, FR, SA and SU, with 1 to 53 "
                   "or -1 to -53 before them for the first, the last and so on (2TH, -1FR)",
                   STR_ARG(shown(item)));
            return;
        }
        /* At most 7 times 107 different ones: the look for repeats stays short. */
        if (!has_weekday(&list, day))
            *vec_push(parser->arena, &list) = day;
    }
    parser->rule.weekdays = (struct calendar_weekdays){list.items, list.count};
}

static void read_frequency(struct parser *parser)
{
    static const struct str known[] = {STR_INIT("DAILY"), STR_INIT("WEEKLY"), STR_INIT("MONTHLY"),
                                       STR_INIT("YEARLY")};
    static const struct str too_often[] = {STR_INIT("HOURLY"), STR_INIT("MINUTELY"),
                                           STR_INIT("SECONDLY")};
    struct str value = parser->values[PART_FREQ];
    struct str near;

    if (!parser->given[PART_FREQ]) {
        refuse(parser, "the rule does not say how often: it needs FREQ=DAILY, WEEKLY, MONTHLY or "
                       "YEARLY");
        return;
    }
    for (int i = 0; i < 4; i++) {
        if (str_eq_nocase(value, known[i])) {
            parser->rule.frequency = (enum calendar_frequency)i;
            return;
        }
    }
    for (int i = 0; i < 3; i++) {
        if (str_eq_nocase(value, too_often[i])) {
            refuse(parser, "an event cannot repeat %.*s: the shortest step is a day",
                   STR_ARG(too_often[i]));
            diag_hint(parser->diags, "for some times a day write FREQ=DAILY;BYHOUR=9,14");
            return;
        }
    }
    near = suggest_nearest(value, known, 4);
    refuse(parser, "FREQ cannot be '%.*s': it is DAILY, WEEKLY, MONTHLY or YEARLY",
           STR_ARG(shown(value)));
    if (near.len > 0)
        diag_hint(parser->diags, "did you mean FREQ=%.*s?", STR_ARG(near));
}

/* The compact form of RFC 5545 put into the one that date_parse() reads: 20271231T090000Z becomes
 * 2027-12-31T09:00:00Z. What is not in that form stays as it is. */
static struct str spread_date(struct arena *arena, struct str text)
{
    const char *p = text.ptr;

    if (text.len != 8 && text.len != 15 && text.len != 16)
        return text;
    for (size_t i = 0; i < text.len; i++) {
        if (i == 8    ? (p[i] != 'T' && p[i] != 't')
            : i == 15 ? (p[i] != 'Z' && p[i] != 'z')
                      : !str_is_digit(p[i]))
            return text;
    }
    if (text.len == 8)
        return arena_printf(arena, "%.4s-%.2s-%.2s", p, p + 4, p + 6);
    return arena_printf(arena, "%.4s-%.2s-%.2sT%.2s:%.2s:%.2s%s", p, p + 4, p + 6, p + 9, p + 11,
                        p + 13, text.len == 16 ? "Z" : "");
}

static void read_until(struct parser *parser)
{
    struct str value = parser->values[PART_UNTIL];
    const char *why;

    if (!parser->given[PART_UNTIL])
        return;
    if (date_parse(spread_date(parser->arena, value), &parser->rule.until, &why) == 0)
        parser->rule.has_until = true;
    else
        refuse(parser, "UNTIL cannot be '%.*s': %s", STR_ARG(shown(value)), why);
    if (parser->given[PART_COUNT])
        refuse(parser, "COUNT and UNTIL cannot stand in one rule: either it ends after a number "
                       "of times or on a day");
}

static void read_week_start(struct parser *parser)
{
    int weekday = 1;

    if (parser->given[PART_WKST])
        weekday = weekday_number(parser->values[PART_WKST]);
    if (weekday < 0)
        refuse(parser, "WKST cannot be '%.*s': it is MO, TU, WE, TH, FR, SA or SU",
               STR_ARG(shown(parser->values[PART_WKST])));
    else
        parser->rule.week_start = weekday;
}

/* Which parts go with which frequency: RFC 5545 §3.3.10. */
static void check_frequency(struct parser *parser)
{
    static const char *const names[] = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"};
    const struct calendar_rule *rule = &parser->rule;
    const char *name = names[rule->frequency];

    if (rule->weeks.count > 0 && rule->frequency != CALENDAR_YEARLY)
        refuse(parser, "BYWEEKNO goes with FREQ=YEARLY only, not with %s", name);
    if (rule->year_days.count > 0 && rule->frequency != CALENDAR_YEARLY)
        refuse(parser, "BYYEARDAY goes with FREQ=YEARLY only, not with %s", name);
    if (rule->month_days.count > 0 && rule->frequency == CALENDAR_WEEKLY)
        refuse(parser, "BYMONTHDAY does not go with FREQ=WEEKLY");
    for (size_t i = 0; i < rule->weekdays.count; i++) {
        if (rule->weekdays.items[i].nth == 0)
            continue;
        if (rule->frequency < CALENDAR_MONTHLY) {
            refuse(parser,
                   "a number before a weekday (2TH, -1FR) goes with MONTHLY or YEARLY, "
                   "not with %s",
                   name);
            break;
        }
        if (rule->weeks.count > 0) {
            refuse(parser, "a number before a weekday (2TH, -1FR) does not go with BYWEEKNO");
            break;
        }
    }
}

static size_t at_least_one(size_t count)
{
    return count == 0 ? 1 : count;
}

static void check_lists(struct parser *parser)
{
    const struct calendar_rule *rule = &parser->rule;

    if (at_least_one(rule->hours.count) * at_least_one(rule->minutes.count) *
            at_least_one(rule->seconds.count) >
        TIMES_A_DAY_MOST)
        refuse(parser, "BYHOUR, BYMINUTE and BYSECOND make more than %d times a day",
               TIMES_A_DAY_MOST);
    if (rule->positions.count > 0 && rule->months.count + rule->weeks.count +
                                             rule->year_days.count + rule->month_days.count +
                                             rule->weekdays.count + rule->hours.count +
                                             rule->minutes.count + rule->seconds.count ==
                                         0)
        refuse(parser, "BYSETPOS chooses among what another part names, such as BYDAY; this rule "
                       "has none");
}

static void refuse_part(struct parser *parser, struct str name)
{
    struct str near = suggest_nearest(name, NAMES, PART_COUNT_OF);

    refuse(parser, "a rule has no part '%.*s'", STR_ARG(shown(name)));
    if (near.len > 0)
        diag_hint(parser->diags, "did you mean %.*s?", STR_ARG(near));
}

/* One "NAME=value". */
static void take_part(struct parser *parser, struct str text)
{
    size_t equals = str_find_byte(text, '=', 0);
    struct str name = str_trim(str_sub(text, 0, equals));
    struct str value = equals == STR_NONE ? STR("") : str_trim(str_after(text, equals + 1));
    int part = 0;

    if (equals == STR_NONE) {
        refuse(parser,
               "a rule is made of parts like FREQ=WEEKLY with ; between them; '%.*s' is "
               "none",
               STR_ARG(shown(name)));
        struct str rule = rule_of_words(parser->arena, name);
        if (rule.len > 0)
            diag_hint(parser->diags, "write repeat: %.*s", STR_ARG(rule));
        else
            diag_hint(parser->diags, "such as FREQ=WEEKLY, or FREQ=MONTHLY;BYDAY=1TH for the first "
                                     "Thursday of each month");
        return;
    }
    while (part < PART_COUNT_OF && !str_eq_nocase(name, NAMES[part]))
        part++;
    if (part == PART_COUNT_OF)
        refuse_part(parser, name);
    else if (parser->given[part])
        refuse(parser, "%.*s stands twice in the rule", STR_ARG(NAMES[part]));
    else if (value.len == 0)
        refuse(parser, "%.*s has no value", STR_ARG(NAMES[part]));
    if (part == PART_COUNT_OF)
        return;
    parser->given[part] = true;
    parser->values[part] = value;
}

static void take_parts(struct parser *parser, struct str text)
{
    static const struct str prefix = STR_INIT("RRULE:");
    struct str part;

    text = str_trim(text);
    if (str_eq_nocase(str_sub(text, 0, prefix.len), prefix))
        text = str_after(text, prefix.len);
    while (!parser->failed && str_split(&text, ';', &part)) {
        part = str_trim(part);
        if (part.len > 0)
            take_part(parser, part);
    }
}

static void read_values(struct parser *parser)
{
    struct calendar_rule *rule = &parser->rule;

    read_frequency(parser);
    read_until(parser);
    read_week_start(parser);
    read_weekdays(parser);
    rule->interval = read_single(parser, PART_INTERVAL, 1);
    rule->count = read_single(parser, PART_COUNT, 0);
    rule->seconds = read_numbers(parser, PART_BYSECOND);
    rule->minutes = read_numbers(parser, PART_BYMINUTE);
    rule->hours = read_numbers(parser, PART_BYHOUR);
    rule->month_days = read_numbers(parser, PART_BYMONTHDAY);
    rule->year_days = read_numbers(parser, PART_BYYEARDAY);
    rule->weeks = read_numbers(parser, PART_BYWEEKNO);
    rule->months = read_numbers(parser, PART_BYMONTH);
    rule->positions = read_numbers(parser, PART_BYSETPOS);
}

int calendar_rule_parse(struct str text, struct span span, struct arena *arena, struct diags *diags,
                        const struct calendar_rule **out)
{
    struct parser parser = {.span = span, .arena = arena, .diags = diags};
    struct calendar_rule *rule;

    take_parts(&parser, text);
    if (!parser.failed)
        read_values(&parser);
    if (!parser.failed) {
        check_frequency(&parser);
        check_lists(&parser);
    }
    if (parser.failed)
        return -1;
    rule = arena_alloc(arena, sizeof *rule);
    *rule = parser.rule;
    *out = rule;
    return 0;
}
