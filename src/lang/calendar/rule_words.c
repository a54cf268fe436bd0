#include "lang/calendar/rule_words.h"

struct word {
    struct str word;
    const char *means;
};

static const struct word FREQUENCIES[] = {
    {STR_INIT("daily"), "DAILY"},        {STR_INIT("day"), "DAILY"},
    {STR_INIT("weekly"), "WEEKLY"},      {STR_INIT("week"), "WEEKLY"},
    {STR_INIT("weeks"), "WEEKLY"},       {STR_INIT("biweekly"), "WEEKLY"},
    {STR_INIT("fortnightly"), "WEEKLY"}, {STR_INIT("fortnight"), "WEEKLY"},
    {STR_INIT("monthly"), "MONTHLY"},    {STR_INIT("month"), "MONTHLY"},
    {STR_INIT("months"), "MONTHLY"},     {STR_INIT("yearly"), "YEARLY"},
    {STR_INIT("annually"), "YEARLY"},    {STR_INIT("annual"), "YEARLY"},
    {STR_INIT("year"), "YEARLY"},        {STR_INIT("semaine"), "WEEKLY"},
    {STR_INIT("semaines"), "WEEKLY"},    {STR_INIT("hebdomadaire"), "WEEKLY"},
    {STR_INIT("mois"), "MONTHLY"},       {STR_INIT("mensuel"), "MONTHLY"},
    {STR_INIT("mensuelle"), "MONTHLY"},  {STR_INIT("jour"), "DAILY"},
    {STR_INIT("annuel"), "YEARLY"},      {STR_INIT("annuelle"), "YEARLY"},
};

static const struct word ORDINALS[] = {
    {STR_INIT("first"), "1"},     {STR_INIT("1st"), "1"},      {STR_INIT("third"), "3"},
    {STR_INIT("3rd"), "3"},       {STR_INIT("fourth"), "4"},   {STR_INIT("4th"), "4"},
    {STR_INIT("last"), "-1"},     {STR_INIT("premier"), "1"},  {STR_INIT("1er"), "1"},
    {STR_INIT("troisième"), "3"}, {STR_INIT("3e"), "3"},       {STR_INIT("quatrième"), "4"},
    {STR_INIT("4e"), "4"},        {STR_INIT("dernier"), "-1"},
};

/* "Every second Tuesday" is every other one, unless it is the month's. */
static const struct word SECONDS[] = {
    {STR_INIT("second"), "2"},
    {STR_INIT("2nd"), "2"},
    {STR_INIT("deuxième"), "2"},
    {STR_INIT("2e"), "2"},
};

static const struct word OTHERS[] = {
    {STR_INIT("other"), "2"},     {STR_INIT("two"), "2"},       {STR_INIT("2"), "2"},
    {STR_INIT("biweekly"), "2"},  {STR_INIT("fortnight"), "2"}, {STR_INIT("fortnightly"), "2"},
    {STR_INIT("alternate"), "2"}, {STR_INIT("deux"), "2"},
};

static const struct word DAYS[] = {
    {STR_INIT("monday"), "MO"},    {STR_INIT("mondays"), "MO"},    {STR_INIT("lundi"), "MO"},
    {STR_INIT("tuesday"), "TU"},   {STR_INIT("tuesdays"), "TU"},   {STR_INIT("mardi"), "TU"},
    {STR_INIT("wednesday"), "WE"}, {STR_INIT("wednesdays"), "WE"}, {STR_INIT("mercredi"), "WE"},
    {STR_INIT("thursday"), "TH"},  {STR_INIT("thursdays"), "TH"},  {STR_INIT("jeudi"), "TH"},
    {STR_INIT("friday"), "FR"},    {STR_INIT("fridays"), "FR"},    {STR_INIT("vendredi"), "FR"},
    {STR_INIT("saturday"), "SA"},  {STR_INIT("saturdays"), "SA"},  {STR_INIT("samedi"), "SA"},
    {STR_INIT("sunday"), "SU"},    {STR_INIT("sundays"), "SU"},    {STR_INIT("dimanche"), "SU"},
};

static void look_up(const struct word *words, size_t count, struct str word, const char **means)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq_nocase(word, words[i].word))
            *means = words[i].means;
    }
}
#define LOOK_UP(words, word, means) look_up(words, sizeof words / sizeof *words, word, means)

struct str rule_of_words(struct arena *arena, struct str words)
{
    const char *frequency = NULL, *ordinal = NULL, *second = NULL, *other = NULL, *day = NULL;
    struct str word;
    while (str_split(&words, ' ', &word)) {
        while (word.len > 0 && (str_ends(word, STR(",")) || str_ends(word, STR("."))))
            word = str_sub(word, 0, word.len - 1);
        LOOK_UP(FREQUENCIES, word, &frequency);
        LOOK_UP(ORDINALS, word, &ordinal);
        LOOK_UP(SECONDS, word, &second);
        LOOK_UP(OTHERS, word, &other);
        LOOK_UP(DAYS, word, &day);
    }
    bool of_month = frequency && str_eq(str_from(frequency), STR("MONTHLY"));
    if (of_month && !ordinal)
        ordinal = second;
    else if (second && !ordinal)
        other = second;
    if (day && ordinal)
        return arena_printf(arena, "FREQ=MONTHLY;BYDAY=%s%s", ordinal, day);
    const char *interval = other ? ";INTERVAL=2" : "";
    if (day && !of_month)
        return arena_printf(arena, "FREQ=WEEKLY%s;BYDAY=%s", interval, day);
    return frequency ? arena_printf(arena, "FREQ=%s%s", frequency, interval) : (struct str){0};
}
