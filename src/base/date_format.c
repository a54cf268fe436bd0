#include "base/date.h"

#include "base/utf8.h"

#include <stddef.h>

/* Widths beyond this are taken for a slip, not for a wish for a megabyte of blanks. */
enum { WIDTH_MOST = 1024 };

enum letter_case { CASE_KEPT, CASE_UPPER, CASE_CHANGED };

/* One conversion as it was written: %[flags][width][:]letter. */
struct conversion {
    char letter;
    char pad;  /* '0', ' ', or NUL for the letter's own */
    bool bare; /* the flag '-': no padding at all */
    enum letter_case letter_case;
    int width; /* 0: the letter's own */
    int colons;
    bool alternative; /* POSIX's O */
};

struct formatter {
    struct buf *out;
    const struct date_time *time;
    struct str zone_name;
    const struct date_names *names;
};

static const struct str MONTHS[] = {
    STR_INIT("January"),   STR_INIT("February"), STR_INIT("March"),    STR_INIT("April"),
    STR_INIT("May"),       STR_INIT("June"),     STR_INIT("July"),     STR_INIT("August"),
    STR_INIT("September"), STR_INIT("October"),  STR_INIT("November"), STR_INIT("December")};
static const struct str MONTHS_SHORT[] = {STR_INIT("Jan"), STR_INIT("Feb"), STR_INIT("Mar"),
                                          STR_INIT("Apr"), STR_INIT("May"), STR_INIT("Jun"),
                                          STR_INIT("Jul"), STR_INIT("Aug"), STR_INIT("Sep"),
                                          STR_INIT("Oct"), STR_INIT("Nov"), STR_INIT("Dec")};
static const struct str WEEKDAYS[] = {
    STR_INIT("Sunday"),   STR_INIT("Monday"), STR_INIT("Tuesday"), STR_INIT("Wednesday"),
    STR_INIT("Thursday"), STR_INIT("Friday"), STR_INIT("Saturday")};
static const struct str WEEKDAYS_SHORT[] = {STR_INIT("Sun"), STR_INIT("Mon"), STR_INIT("Tue"),
                                            STR_INIT("Wed"), STR_INIT("Thu"), STR_INIT("Fri"),
                                            STR_INIT("Sat")};
static const struct str HALF_DAYS[] = {STR_INIT("AM"), STR_INIT("PM")};

static const struct date_names ENGLISH = {MONTHS,         MONTHS_SHORT, WEEKDAYS,
                                          WEEKDAYS_SHORT, HALF_DAYS,    NULL};

/* The names in use; a table that the caller left out is English. */
static struct date_names names_or_english(const struct date_names *names)
{
    struct date_names all = ENGLISH;

    if (names == NULL)
        return all;
    if (names->months != NULL)
        all.months = names->months;
    if (names->months_short != NULL)
        all.months_short = names->months_short;
    if (names->weekdays != NULL)
        all.weekdays = names->weekdays;
    if (names->weekdays_short != NULL)
        all.weekdays_short = names->weekdays_short;
    if (names->half_days != NULL)
        all.half_days = names->half_days;
    all.days = names->days;
    return all;
}

/* The capital (or small) letter of the scripts whose month names have capitals: Latin, Greek,
 * Cyrillic. base has no Unicode tables, and names of months need no more. */
static uint32_t upper_of(uint32_t c)
{
    if ((c >= 'a' && c <= 'z') || (c >= 0xE0 && c <= 0xFE && c != 0xF7) ||
        (c >= 0x3B1 && c <= 0x3C9 && c != 0x3C2) || (c >= 0x430 && c <= 0x44F))
        return c - 0x20;
    if (c >= 0x450 && c <= 0x45F)
        return c - 0x50;
    if ((c >= 0x100 && c <= 0x137 && c != 0x131) || (c >= 0x14A && c <= 0x177))
        return c & ~(uint32_t)1;
    if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E))
        return (c & 1) == 0 ? c - 1 : c;
    return c;
}

static uint32_t lower_of(uint32_t c)
{
    return c >= 'A' && c <= 'Z' ? c + 0x20 : c;
}

static void add_cased(struct buf *out, struct str text, uint32_t (*convert)(uint32_t))
{
    while (text.len > 0) {
        size_t len;
        uint32_t c = utf8_decode(text, &len);

        utf8_encode(out, convert(c));
        text = str_after(text, len);
    }
}

static void add_padding(struct buf *out, char pad, size_t have, int width)
{
    for (size_t i = have; width > 0 && i < (size_t)width; i++)
        buf_addc(out, pad);
}

/* Pads what was added since `start` to the width, on the left. */
static void pad_from(struct formatter *f, size_t start, const struct conversion *c)
{
    size_t shown = utf8_count(str_after(buf_str(f->out), start));
    struct buf padding = {0};

    if (c->bare || c->width <= 0 || shown >= (size_t)c->width)
        return;
    add_padding(&padding, c->pad == '0' ? '0' : ' ', shown, c->width);
    buf_insert(f->out, start, buf_str(&padding));
    buf_release(&padding);
}

static void add_text(struct formatter *f, const struct conversion *c, struct str text)
{
    size_t start = f->out->len;

    if (c->letter_case == CASE_KEPT)
        buf_add(f->out, text);
    else
        add_cased(f->out, text, upper_of);
    pad_from(f, start, c);
}

/* Words of capitals, which the flag # makes small. */
static void add_capitals(struct formatter *f, const struct conversion *c, struct str text)
{
    size_t start = f->out->len;

    if (c->letter_case == CASE_CHANGED)
        add_cased(f->out, text, lower_of);
    else if (c->letter_case == CASE_UPPER)
        add_cased(f->out, text, upper_of);
    else
        buf_add(f->out, text);
    pad_from(f, start, c);
}

static void add_half_day(struct formatter *f, const struct conversion *c)
{
    struct str name = f->names->half_days[f->time->hour / 12];
    struct conversion small = *c;

    if (c->letter == 'P') {
        small.letter_case = c->letter_case == CASE_KEPT ? CASE_CHANGED : CASE_UPPER;
        c = &small;
    }
    add_capitals(f, c, name);
}

static void add_number(struct formatter *f, const struct conversion *c, int64_t number, char pad,
                       int width)
{
    char digits[24];
    size_t first = sizeof digits;
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do {
        digits[--first] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    size_t len = sizeof digits - first;

    if (c->pad != '\0')
        pad = c->pad;
    if (c->width > 0)
        width = c->width;
    if (number < 0 && pad == '0')
        buf_addc(f->out, '-');
    if (!c->bare)
        add_padding(f->out, pad, len + (number < 0 ? 1 : 0), width);
    if (number < 0 && pad != '0')
        buf_addc(f->out, '-');
    buf_add(f->out, (struct str){digits + first, len});
}

/* Fractions of a second, which a date_time has not: that many zeros. */
static void add_fraction(struct formatter *f, const struct conversion *c, int digits)
{
    add_padding(f->out, '0', 0, c->width > 0 ? c->width : digits);
}

/* How many of hours, minutes and seconds an offset shows. */
static int offset_parts(int colons, int32_t magnitude)
{
    if (colons == 3)
        return magnitude % 3600 == 0 ? 1 : magnitude % 60 == 0 ? 2 : 3;
    return colons == 2 ? 3 : 2;
}

static void add_two_digits(struct buf *out, bool colon, int32_t number)
{
    if (colon)
        buf_addc(out, ':');
    buf_addc(out, (char)('0' + number / 10));
    buf_addc(out, (char)('0' + number % 10));
}

static void add_offset(struct formatter *f, const struct conversion *c)
{
    int32_t offset = f->time->has_zone ? f->time->offset : 0;
    int32_t magnitude = offset < 0 ? -offset : offset;
    int32_t hours = magnitude / 3600;
    int parts = offset_parts(c->colons, magnitude);
    int behind = (parts - 1) * 2 + (c->colons > 0 ? parts - 1 : 0);
    int width = c->width - behind - 1; /* of the hours alone, without the sign */
    size_t digits = hours < 10 ? 1 : 2;
    char sign = offset < 0 ? '-' : '+';

    if (width < 2)
        width = 2;
    if (c->pad == ' ')
        add_padding(f->out, ' ', digits, width);
    buf_addc(f->out, sign);
    if (c->pad != ' ')
        add_padding(f->out, '0', digits, width);
    buf_add_int(f->out, hours);
    if (parts >= 2)
        add_two_digits(f->out, c->colons > 0, magnitude / 60 % 60);
    if (parts >= 3)
        add_two_digits(f->out, true, magnitude % 60);
}

static void add_zone_name(struct formatter *f, const struct conversion *c)
{
    struct buf name = {0};

    if (f->zone_name.len > 0)
        buf_add(&name, f->zone_name);
    else if (!f->time->has_zone || f->time->offset == 0)
        buf_adds(&name, "UTC");
    else
        date_format(&name, f->time, STR("%:z"), f->zone_name, NULL);
    add_capitals(f, c, buf_str(&name));
    buf_release(&name);
}

/* The conversions that stand for a format of others; the empty slice for any other letter. */
static struct str compound(char letter)
{
    switch (letter) {
    case 'c': return STR("%a %b %e %H:%M:%S %Y");
    case 'D':
    case 'x': return STR("%m/%d/%y");
    case 'F': return STR("%Y-%m-%d");
    case 'R': return STR("%H:%M");
    case 'r': return STR("%I:%M:%S %p");
    case 'T':
    case 'X': return STR("%H:%M:%S");
    case 'v': return STR("%e-%^b-%Y");
    case '+': return STR("%a %b %e %H:%M:%S %Z %Y");
    default: return (struct str){NULL, 0};
    }
}

static void add_compound(struct formatter *f, const struct conversion *c)
{
    struct buf text = {0};
    struct conversion kept = *c;

    if (c->letter_case == CASE_CHANGED)
        kept.letter_case = CASE_KEPT;
    date_format(&text, f->time, compound(c->letter), f->zone_name, f->names);
    add_text(f, &kept, buf_str(&text));
    buf_release(&text);
}

/* Weeks are counted from the first one that begins in the year; days before it are in week 0. */
static int week_from(const struct date_time *time, int first_weekday)
{
    int since_first = (date_weekday(time) - first_weekday + 7) % 7;

    return (date_year_day(time) + 6 - since_first) / 7;
}

static int hour_of_twelve(int hour)
{
    return hour % 12 == 0 ? 12 : hour % 12;
}

static bool add_of_iso_week(struct formatter *f, const struct conversion *c)
{
    int year;
    int week;

    date_iso_week(f->time, &year, &week);
    switch (c->letter) {
    case 'G': add_number(f, c, year, '0', 4); return true;
    case 'g': add_number(f, c, ((year % 100) + 100) % 100, '0', 2); return true;
    case 'V': add_number(f, c, week, '0', 2); return true;
    default: return false;
    }
}

static bool add_of_week(struct formatter *f, const struct conversion *c)
{
    const struct date_time *time = f->time;
    int weekday = date_weekday(time);

    switch (c->letter) {
    case 'A': add_text(f, c, f->names->weekdays[weekday]); return true;
    case 'a': add_text(f, c, f->names->weekdays_short[weekday]); return true;
    case 'U': add_number(f, c, week_from(time, 0), '0', 2); return true;
    case 'u': add_number(f, c, weekday == 0 ? 7 : weekday, '0', 1); return true;
    case 'W': add_number(f, c, week_from(time, 1), '0', 2); return true;
    case 'w': add_number(f, c, weekday, '0', 1); return true;
    default: return add_of_iso_week(f, c);
    }
}

static bool add_of_day(struct formatter *f, const struct conversion *c)
{
    const struct date_time *time = f->time;

    switch (c->letter) {
    case 'H': add_number(f, c, time->hour, '0', 2); return true;
    case 'I': add_number(f, c, hour_of_twelve(time->hour), '0', 2); return true;
    case 'k': add_number(f, c, time->hour, ' ', 2); return true;
    case 'L': add_fraction(f, c, 3); return true;
    case 'l': add_number(f, c, hour_of_twelve(time->hour), ' ', 2); return true;
    case 'M': add_number(f, c, time->minute, '0', 2); return true;
    case 'N': add_fraction(f, c, 9); return true;
    case 'P':
    case 'p': add_half_day(f, c); return true;
    case 'S': add_number(f, c, time->second, '0', 2); return true;
    case 's': add_number(f, c, date_utc_seconds(time), '0', 1); return true;
    case 'Z': add_zone_name(f, c); return true;
    case 'z': add_offset(f, c); return true;
    default: return false;
    }
}

/* The day of the month: where the language has a word for it, that. */
static void add_day(struct formatter *f, const struct conversion *c)
{
    if (c->alternative && f->names->days != NULL)
        add_text(f, c, f->names->days[f->time->day - 1]);
    else
        add_number(f, c, f->time->day, '0', 2);
}

static bool add_of_year(struct formatter *f, const struct conversion *c)
{
    const struct date_time *time = f->time;

    switch (c->letter) {
    case 'B': add_text(f, c, f->names->months[time->month - 1]); return true;
    case 'b':
    case 'h': add_text(f, c, f->names->months_short[time->month - 1]); return true;
    case 'C': add_number(f, c, time->year / 100, '0', 2); return true;
    case 'd': add_day(f, c); return true;
    case 'e': add_number(f, c, time->day, ' ', 2); return true;
    case 'j': add_number(f, c, date_year_day(time), '0', 3); return true;
    case 'm': add_number(f, c, time->month, '0', 2); return true;
    case 'Y': add_number(f, c, time->year, '0', 4); return true;
    case 'y': add_number(f, c, time->year % 100, '0', 2); return true;
    default: return false;
    }
}

static bool add_conversion(struct formatter *f, const struct conversion *c)
{
    if (c->colons > 0 && c->letter != 'z')
        return false;
    switch (c->letter) {
    case '%': add_text(f, c, STR("%")); return true;
    case 'n': add_text(f, c, STR("\n")); return true;
    case 't': add_text(f, c, STR("\t")); return true;
    default: break;
    }
    if (compound(c->letter).len > 0) {
        add_compound(f, c);
        return true;
    }
    return add_of_year(f, c) || add_of_day(f, c) || add_of_week(f, c);
}

static bool read_flag(struct conversion *c, char flag)
{
    switch (flag) {
    case '-': c->bare = true; return true;
    case '0': c->pad = '0'; return true;
    case '_': c->pad = ' '; return true;
    case '^': c->letter_case = CASE_UPPER; return true;
    case '#': c->letter_case = CASE_CHANGED; return true;
    default: return false;
    }
}

/* POSIX's E and O before the letters that may have them ask for a locale's other digits. Only days
 * have some here (%Od); before other letters they are passed over. */
static size_t alternative_length(struct str text)
{
    if (text.len < 2 || (text.ptr[0] != 'E' && text.ptr[0] != 'O'))
        return 0;
    struct str letters = text.ptr[0] == 'E' ? STR("cCxXyY") : STR("deHkIlmMSuUVwWy");
    return str_find_byte(letters, text.ptr[1], 0) != STR_NONE ? 1 : 0;
}

/* Reads the conversion at the front of `text`, which begins with '%'. Returns its length, or 0 if
 * it is none. */
static size_t read_conversion(struct str text, struct conversion *c)
{
    size_t at = 1;

    *c = (struct conversion){0};
    while (at < text.len && read_flag(c, text.ptr[at]))
        at++;
    for (; at < text.len && str_is_digit(text.ptr[at]); at++) {
        c->width = c->width * 10 + (text.ptr[at] - '0');
        if (c->width > WIDTH_MOST)
            return 0;
    }
    for (; at < text.len && text.ptr[at] == ':' && c->colons < 3; at++)
        c->colons++;
    size_t alternative = alternative_length(str_after(text, at));
    c->alternative = alternative > 0 && text.ptr[at] == 'O';
    at += alternative;
    if (at == text.len)
        return 0;
    c->letter = text.ptr[at];
    return at + 1;
}

void date_format(struct buf *out, const struct date_time *time, struct str format,
                 struct str zone_name, const struct date_names *names)
{
    const struct date_names all = names_or_english(names);
    struct formatter formatter = {out, time, zone_name, &all};
    struct conversion conversion;

    while (format.len > 0) {
        size_t percent = str_find_byte(format, '%', 0);
        size_t len;

        buf_add(out, str_sub(format, 0, percent));
        if (percent == STR_NONE)
            return;
        format = str_after(format, percent);
        len = read_conversion(format, &conversion);
        if (len == 0 || !add_conversion(&formatter, &conversion)) {
            len = 1;
            buf_addc(out, '%');
        }
        format = str_after(format, len);
    }
}
