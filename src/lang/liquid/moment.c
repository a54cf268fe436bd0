#include "lang/liquid/moment.h"

#include <string.h>

/* What was found in a text so far; -1: nothing. */
struct parts {
    int year, month, day;
    int hour, minute, second;
    bool has_zone;
    int32_t offset;
};

static bool word_is(struct str word, const char *full)
{
    return word.len >= 3 && str_starts(str_from(full), word);
}

static int month_of(struct str word)
{
    static const char *const names[] = {"january",   "february", "march",    "april",
                                        "may",       "june",     "july",     "august",
                                        "september", "october",  "november", "december"};
    for (int i = 0; i < 12; i++)
        if (word_is(word, names[i]))
            return i + 1;
    return str_eq(word, STR("sept")) ? 9 : -1;
}

static bool zone_of(struct str word, int32_t *offset)
{
    static const struct {
        struct str name;
        int hours;
    } zones[] = {{STR_INIT("utc"), 0},  {STR_INIT("gmt"), 0},  {STR_INIT("z"), 0},
                 {STR_INIT("est"), -5}, {STR_INIT("edt"), -4}, {STR_INIT("cst"), -6},
                 {STR_INIT("cdt"), -5}, {STR_INIT("mst"), -7}, {STR_INIT("mdt"), -6},
                 {STR_INIT("pst"), -8}, {STR_INIT("pdt"), -7}, {STR_INIT("cet"), 1},
                 {STR_INIT("cest"), 2}, {STR_INIT("bst"), 1}};
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++)
        if (str_eq(word, zones[i].name)) {
            *offset = zones[i].hours * 3600;
            return true;
        }
    return false;
}

struct reader {
    struct str text;
    size_t at;
};

static char peek(const struct reader *reader)
{
    return reader->at < reader->text.len ? reader->text.ptr[reader->at] : '\0';
}

/* Up to `most` digits; their count is returned. */
static int digits(struct reader *reader, int most, int *number)
{
    int count = 0;
    *number = 0;
    while (count < most && str_is_digit(peek(reader))) {
        *number = *number * 10 + (peek(reader) - '0');
        reader->at++;
        count++;
    }
    return count;
}

static void skip_blanks(struct reader *reader)
{
    while (str_is_space(peek(reader)))
        reader->at++;
}

/* Behind hh: the minutes, seconds, am or pm. */
static void read_clock(struct reader *reader, int hour, struct parts *parts)
{
    int ignored;
    parts->hour = hour;
    parts->second = 0;
    reader->at++;
    digits(reader, 2, &parts->minute);
    if (peek(reader) == ':') {
        reader->at++;
        digits(reader, 2, &parts->second);
        if (peek(reader) == '.') {
            reader->at++;
            while (digits(reader, 9, &ignored) > 0)
                continue;
        }
    }
}

static void read_half(struct parts *parts, bool afternoon)
{
    if (parts->hour < 0)
        return;
    parts->hour %= 12;
    if (afternoon)
        parts->hour += 12;
}

/* +01:00, +0100, -4 behind a time. */
static void read_offset(struct reader *reader, struct parts *parts)
{
    int sign = peek(reader) == '-' ? -1 : 1;
    int hours = 0;
    int minutes = 0;
    reader->at++;
    if (digits(reader, 2, &hours) == 0)
        return;
    if (peek(reader) == ':')
        reader->at++;
    digits(reader, 2, &minutes);
    parts->has_zone = true;
    parts->offset = sign * (hours * 3600 + minutes * 60);
}

/* Three numbers with one sign between them: year first if it has three digits or more, else day,
 * month, year. */
static bool read_triple(struct reader *reader, int first, int count, struct parts *parts)
{
    struct reader ahead = *reader;
    char sign = peek(&ahead);
    int second;
    int third;
    ahead.at++;
    if ((sign != '-' && sign != '/' && sign != '.') || digits(&ahead, 2, &second) == 0)
        return false;
    bool whole = peek(&ahead) == sign;
    if (whole) {
        ahead.at++;
        int length = digits(&ahead, 4, &third);
        if (length == 0)
            return false;
        parts->year = count >= 3 ? first : third + (length <= 2 ? (third < 69 ? 2000 : 1900) : 0);
        parts->day = count >= 3 ? third : first;
    } else {
        if (count < 3)
            return false;
        parts->year = first;
        parts->day = 1;
    }
    parts->month = second;
    *reader = ahead;
    return true;
}

static void read_number(struct reader *reader, struct parts *parts)
{
    int number;
    int count = digits(reader, 8, &number);
    if (peek(reader) == ':' && count <= 2) {
        read_clock(reader, number, parts);
    } else if (parts->day < 0 && parts->year < 0 && read_triple(reader, number, count, parts)) {
        return;
    } else if (count == 8) {
        parts->year = number / 10000;
        parts->month = number / 100 % 100;
        parts->day = number % 100;
    } else if (count >= 3) {
        parts->year = number;
    } else if (parts->day < 0) {
        parts->day = number;
    } else if (parts->year < 0) {
        parts->year = number + (number < 69 ? 2000 : 1900);
    }
}

static void read_word(struct reader *reader, struct parts *parts)
{
    size_t start = reader->at;
    while (str_is_alpha(peek(reader)))
        reader->at++;
    struct str word = str_sub(reader->text, start, reader->at);
    int month = month_of(word);
    if (month > 0 && parts->month < 0) {
        parts->month = month;
    } else if (str_eq(word, STR("am")) || str_eq(word, STR("pm"))) {
        if (parts->hour < 0 && parts->month < 0 && parts->day > 0) {
            parts->hour = parts->day;
            parts->day = -1;
        }
        read_half(parts, word.ptr[0] == 'p');
    } else if (zone_of(word, &parts->offset)) {
        parts->has_zone = true;
    }
}

static bool read_parts(struct str text, struct parts *parts)
{
    struct reader reader = {.text = text};
    *parts = (struct parts){-1, -1, -1, -1, 0, 0, false, 0};
    while (reader.at < text.len) {
        char byte = peek(&reader);
        skip_blanks(&reader);
        if (str_is_digit(byte))
            read_number(&reader, parts);
        else if (str_is_alpha(byte))
            read_word(&reader, parts);
        else if ((byte == '+' || byte == '-') && parts->hour >= 0 && !parts->has_zone)
            read_offset(&reader, parts);
        else if (!str_is_space(byte))
            reader.at++;
    }
    return (parts->year >= 0 && (parts->month > 0 || parts->day < 0)) || parts->month > 0 ||
           parts->hour >= 0;
}

static void seen_from(struct liquid_run *run, int64_t utc, struct date_time *out,
                      struct str *zone_name)
{
    struct zone_rule rule = {.abbreviation = STR("UTC")};
    if (run->call->zone != NULL)
        rule = zone_at(run->call->zone, utc);
    *out = date_from_seconds(utc, rule.offset);
    *zone_name = rule.abbreviation;
}

/* Fields without a zone are local times. */
static void place(struct liquid_run *run, struct date_time *time, struct str *zone_name)
{
    int64_t utc = date_local_seconds(time);
    if (run->call->zone != NULL)
        zone_to_utc(run->call->zone, utc, &utc);
    struct date_time seen;
    seen_from(run, utc, &seen, zone_name);
    time->offset = seen.offset;
    time->has_zone = true;
}

/* The moment of the rendering, and that it was asked for. */
static int64_t now_of(struct liquid_run *run)
{
    if (run->call->now_was_read != NULL)
        *run->call->now_was_read = true;
    return run->call->now;
}

static bool finish(struct liquid_run *run, const struct parts *parts, struct date_time *out,
                   struct str *zone_name)
{
    struct date_time now = {0};
    bool any_day = parts->year >= 0 || parts->month > 0 || parts->day > 0;
    if (parts->year < 0 || !any_day)
        seen_from(run, now_of(run), &now, zone_name);
    int year = parts->year >= 0 ? parts->year : now.year;
    int month = parts->month > 0 ? parts->month : parts->year >= 0 ? 1 : now.month;
    int day = parts->day > 0 ? parts->day : any_day ? 1 : now.day;
    if (year < 1 || year > 9998 || month < 1 || month > 12 || day > 31)
        return false;
    if (day > date_month_length(year, month))
        date_from_days(date_days(year, month, 1) + day - 1, &year, &month, &day); /* as Ruby's */
    if (parts->hour > 24 || parts->minute > 59 || parts->second > 60)
        return false;
    *out = (struct date_time){.year = (int16_t)year,
                              .month = (int8_t)month,
                              .day = (int8_t)day,
                              .hour = (int8_t)(parts->hour > 0 ? parts->hour % 24 : 0),
                              .minute = (int8_t)parts->minute,
                              .second = (int8_t)parts->second,
                              .has_time = true,
                              .has_zone = parts->has_zone,
                              .offset = parts->offset};
    if (!parts->has_zone)
        place(run, out, zone_name);
    else
        *zone_name = parts->offset == 0 ? STR("UTC") : STR("");
    return true;
}

static bool is_digits(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!str_is_digit(text.ptr[i]))
            return false;
    return text.len > 0 && text.len < 13;
}

static bool from_text(struct liquid_run *run, struct str text, struct date_time *out,
                      struct str *zone_name)
{
    char lower[128];
    if (text.len == 0 || text.len > sizeof lower)
        return false;
    for (size_t i = 0; i < text.len; i++)
        lower[i] = str_lower(text.ptr[i]);
    struct str word = {lower, text.len};
    if (str_eq(word, STR("now")) || str_eq(word, STR("today"))) {
        seen_from(run, now_of(run), out, zone_name);
        return true;
    }
    if (is_digits(word)) {
        long long seconds = 0;
        str_to_long(word, &seconds);
        if (seconds > 253402300799LL)
            return false;
        seen_from(run, seconds, out, zone_name);
        return true;
    }
    struct parts parts;
    return read_parts(word, &parts) && finish(run, &parts, out, zone_name);
}

bool moment_of(struct liquid_run *run, struct value value, struct date_time *out,
               struct str *zone_name)
{
    *zone_name = STR("");
    if (value.type == VALUE_TIME) {
        *out = value.time->time;
        *zone_name = value.time->zone_name;
        return true;
    }
    if (value.type == VALUE_INTEGER) {
        if (value.integer < -62135596800LL || value.integer > 253402300799LL)
            return false;
        seen_from(run, value.integer, out, zone_name);
        return true;
    }
    return value_is_string(value) && from_text(run, value.str, out, zone_name);
}
