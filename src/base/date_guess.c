/* Dates in other forms, where only one day can be meant. */
#include "base/date.h"

/* The first three letters of the months, in small letters and without accents; English and French.
 * Where three are not enough (juin and juillet) more stand there. */
static const struct {
    const char *front;
    int month;
} months[] = {{"jan", 1},  {"feb", 2},  {"fev", 2}, {"fév", 2},  {"mar", 3},  {"apr", 4},
              {"avr", 4},  {"may", 5},  {"mai", 5}, {"juin", 6}, {"juil", 7}, {"jun", 6},
              {"jul", 7},  {"aug", 8},  {"aou", 8}, {"aoû", 8},  {"sep", 9},  {"oct", 10},
              {"nov", 11}, {"dec", 12}, {"déc", 12}};

struct guess {
    struct str rest;
    long long numbers[3]; /* in the order in which they stand */
    size_t lengths[3];    /* their digits */
    size_t count;
    int month;       /* by its name, or 0 */
    size_t month_at; /* how many numbers stand before it */
};

static int month_of(struct str word)
{
    char small[16];
    size_t len = word.len < sizeof small ? word.len : sizeof small;
    for (size_t i = 0; i < len; i++)
        small[i] = str_lower(word.ptr[i]);
    for (size_t i = 0; i < sizeof months / sizeof *months; i++) {
        if (str_starts((struct str){small, len}, str_from(months[i].front)))
            return months[i].month;
    }
    return 0;
}

static bool is_ordinal(struct str word)
{
    return str_eq_nocase(word, STR("st")) || str_eq_nocase(word, STR("nd")) ||
           str_eq_nocase(word, STR("rd")) || str_eq_nocase(word, STR("th")) ||
           str_eq_nocase(word, STR("er"));
}

static bool is_letter(char byte)
{
    return str_is_alpha(byte) || (unsigned char)byte >= 0x80;
}

static size_t take_while(struct str text, bool (*is)(char))
{
    size_t len = 0;
    while (len < text.len && is(text.ptr[len]))
        len++;
    return len;
}

/* Three numbers, or two and a month's name, between blanks, slashes, dots, commas or dashes. */
static bool take_day(struct guess *guess)
{
    while (guess->rest.len > 0 && guess->count + (guess->month > 0) < 3) {
        size_t digits = take_while(guess->rest, str_is_digit);
        size_t letters = digits > 0 ? 0 : take_while(guess->rest, is_letter);
        struct str word = str_sub(guess->rest, 0, digits + letters);
        if (digits > 0) {
            if (str_to_long(word, &guess->numbers[guess->count]) != 0)
                return false;
            guess->lengths[guess->count++] = digits;
        } else if (letters > 0 && !(guess->count > 0 && is_ordinal(word))) {
            if (guess->month > 0 || (guess->month = month_of(word)) == 0)
                return false;
            guess->month_at = guess->count;
        } else if (letters == 0 && !strchr(" /.,-", guess->rest.ptr[0])) {
            return false;
        }
        guess->rest = str_after(guess->rest, digits + letters > 0 ? digits + letters : 1);
    }
    return guess->count + (guess->month > 0) == 3;
}

/* Which number is what: a year has four digits; of two others the one over twelve is the day, and
 * if none is, nobody can say. */
static bool sort_out(const struct guess *guess, struct date_time *out)
{
    long long year = 0;
    long long day = 0;
    long long month = guess->month;
    if (guess->month > 0) {
        bool year_first = guess->lengths[0] == 4;
        year = guess->numbers[year_first ? 0 : 1];
        day = guess->numbers[year_first ? 1 : 0];
        if (guess->lengths[year_first ? 0 : 1] != 4)
            return false;
    } else if (guess->lengths[0] == 4) {
        year = guess->numbers[0];
        month = guess->numbers[1];
        day = guess->numbers[2];
    } else if (guess->lengths[2] == 4) {
        bool day_first = guess->numbers[0] > 12;
        year = guess->numbers[2];
        if (!day_first && guess->numbers[1] <= 12 && guess->numbers[0] != guess->numbers[1])
            return false;
        day = guess->numbers[day_first ? 0 : 1];
        month = guess->numbers[day_first ? 1 : 0];
    }
    if (year < 1000 || year > 9999 || month < 1 || month > 12 || day < 1 ||
        day > date_month_length((int)year, (int)month))
        return false;
    out->year = (int16_t)year;
    out->month = (int8_t)month;
    out->day = (int8_t)day;
    return true;
}

/* "18:30", "6:30 pm", "18h30", "18 h", "6 pm"; nothing is no time. */
static bool take_time(struct str text, struct date_time *out)
{
    long long hour = 0;
    long long minute = 0;
    while (text.len > 0 && strchr(" ,T", text.ptr[0]))
        text = str_after(text, 1);
    text = str_trim(text);
    if (text.len == 0)
        return true;
    size_t digits = take_while(text, str_is_digit);
    if (digits == 0 || digits > 2 || str_to_long(str_sub(text, 0, digits), &hour) != 0)
        return false;
    struct str rest = str_trim_left(str_after(text, digits));
    bool marked = rest.len > 0 && (rest.ptr[0] == ':' || str_lower(rest.ptr[0]) == 'h');
    if (marked) {
        bool colon = rest.ptr[0] == ':';
        rest = str_trim_left(str_after(rest, 1));
        size_t more = take_while(rest, str_is_digit);
        if ((more != 2 && (colon || more != 0)) ||
            (more == 2 && str_to_long(str_sub(rest, 0, 2), &minute) != 0))
            return false;
        rest = str_trim(str_after(rest, more));
    }
    bool afternoon = str_eq_nocase(rest, STR("pm")) || str_eq_nocase(rest, STR("p.m."));
    bool morning = str_eq_nocase(rest, STR("am")) || str_eq_nocase(rest, STR("a.m."));
    if ((!marked && !afternoon && !morning) || (rest.len > 0 && !afternoon && !morning))
        return false;
    if ((afternoon || morning) && (hour < 1 || hour > 12))
        return false;
    if (afternoon || morning)
        hour = hour % 12 + (afternoon ? 12 : 0);
    if (hour > 23 || minute > 59)
        return false;
    out->has_time = true;
    out->hour = (int8_t)hour;
    out->minute = (int8_t)minute;
    return true;
}

bool date_guess(struct str text, struct date_time *out)
{
    struct guess guess = {.rest = str_trim(text)};
    *out = (struct date_time){0};
    if (guess.rest.len > 64 || !take_day(&guess) || !sort_out(&guess, out) ||
        !take_time(guess.rest, out)) {
        *out = (struct date_time){0};
        return false;
    }
    return true;
}
