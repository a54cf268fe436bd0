#include "pages/search_words.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "lang/fold.h"

#include <libstemmer.h>

/* Words longer than this, in bytes, are rarely met twice and not remembered as written. */
enum { REMEMBERED_MOST = 48, STEMMERS_MOST = 40 };

/* What a run of letters comes to where that is not one token. */
struct piece {
    const uint32_t *tokens;
    size_t count;
};

/* A language's stemmer with the words it was given so far, as written. Their values: 0 of one that
 * is new; else the token plus 1; or MANY and the number of a piece. */
struct stemmer {
    struct str lang; /* its first subtag, "en" */
    struct sb_stemmer *latin, *greek, *cyrillic, *arabic;
    struct search_table written;
    struct pieces {
        struct piece *items;
        size_t count, capacity;
    } pieces;
};

#define MANY 0x80000000U

struct search_stemmers {
    struct stemmer items[STEMMERS_MOST];
    size_t count;
};

/* The reading of one text. */
struct reading {
    struct search_words *words;
    struct stemmer *stemmer;
    struct arena *scratch;
    struct search_run *run;
    struct buf folded;
    struct buf lower;
    struct buf stem;
};

void search_words_init(struct search_words *words, struct arena *arena)
{
    *words = (struct search_words){.arena = arena};
    search_table_init(&words->form_numbers, arena);
    search_table_init(&words->stem_numbers, arena);
    words->stemmers = arena_zalloc(arena, 1, sizeof *words->stemmers);
}

void search_words_release(struct search_words *words)
{
    for (size_t i = 0; i < words->stemmers->count; i++) {
        struct stemmer *stemmer = &words->stemmers->items[i];
        sb_stemmer_delete(stemmer->latin);
        sb_stemmer_delete(stemmer->greek);
        sb_stemmer_delete(stemmer->cyrillic);
        sb_stemmer_delete(stemmer->arabic);
    }
    words->stemmers->count = 0;
}

/* The reader computes it as well. */
uint8_t search_mark(struct str form)
{
    uint32_t sum = 0;
    for (size_t at = 0, len; at < form.len; at += len) {
        uint32_t letter = (unsigned char)form.ptr[at];
        len = 1;
        if (letter >= 0x80)
            letter = utf8_decode(str_after(form, at), &len);
        sum = (sum * 31 + letter) % 65521;
    }
    return (uint8_t)(1 + sum % 63);
}

static bool is_one_of(struct str lang, const char *list)
{
    struct str rest = str_from(list);
    struct str part;
    while (str_split(&rest, ' ', &part)) {
        if (str_eq(part, lang))
            return true;
    }
    return false;
}

/* A language's stemmers. Those for other scripts stand in where the language is written in Latin
 * letters or is the script's own. */
static struct stemmer *stemmer_of(struct search_words *words, struct str lang)
{
    struct search_stemmers *all = words->stemmers;
    size_t dash = str_find_byte(lang, '-', 0);
    struct str name = dash == STR_NONE ? lang : str_sub(lang, 0, dash);
    for (size_t i = 0; i < all->count; i++) {
        if (str_eq(all->items[i].lang, name))
            return &all->items[i];
    }
    if (all->count == STEMMERS_MOST)
        return &all->items[0];
    struct stemmer *made = &all->items[all->count++];
    const char *own = arena_cstr(words->arena, name);
    bool cyrillic = is_one_of(name, "be bg kk ky mk mn ru sr tg uk");
    bool arabic = is_one_of(name, "ar ckb fa ku ps sd ug ur");
    *made = (struct stemmer){.lang = str_from(own)};
    if (!cyrillic && !arabic && !str_eq(name, STR("el")))
        made->latin = sb_stemmer_new(is_one_of(name, "nb nn") ? "no" : own, "UTF_8");
    made->greek = sb_stemmer_new("el", "UTF_8");
    if (!cyrillic || is_one_of(name, "ru sr"))
        made->cyrillic = sb_stemmer_new(cyrillic ? own : "ru", "UTF_8");
    if (!arabic || str_eq(name, STR("ar")))
        made->arabic = sb_stemmer_new("ar", "UTF_8");
    search_table_init(&made->written, words->arena);
    return made;
}

static struct sb_stemmer *stemmer_for(const struct stemmer *stemmer, struct str word)
{
    size_t len;
    uint32_t first = utf8_decode(word, &len);
    if (first < 0x370 || (first >= 0x1E00 && first < 0x1F00))
        return stemmer->latin;
    if (first < 0x400 || (first >= 0x1F00 && first < 0x2000))
        return stemmer->greek;
    if (first < 0x530)
        return stemmer->cyrillic;
    return first >= 0x600 && first < 0x780 ? stemmer->arabic : NULL;
}

static bool has_digit(struct str word)
{
    for (size_t i = 0; i < word.len; i++) {
        if (str_is_digit(word.ptr[i]))
            return true;
    }
    return false;
}

static uint32_t form_number(struct search_words *words, struct str text)
{
    uint32_t number = search_table_number(&words->form_numbers, text);
    if (number == words->forms.count)
        *vec_push(words->arena, &words->forms) =
            (struct search_form){words->form_numbers.items[number].text, search_mark(text)};
    return number;
}

uint32_t search_words_filter(struct search_words *words, struct str key)
{
    uint32_t number = search_table_number(&words->stem_numbers, key);
    if (number == words->stems.count)
        *vec_push(words->arena, &words->stems) = words->stem_numbers.items[number].text;
    return number;
}

/* A form has one token, rarely two: they are chained. */
static uint32_t token_number(struct search_words *words, struct str form, struct str stem)
{
    uint32_t number = form_number(words, form);
    uint32_t to = search_words_filter(words, stem);
    uint32_t *first = &words->form_numbers.items[number].value;
    for (uint32_t token = *first; token > 0; token = words->senses.items[token - 1].next) {
        if (words->senses.items[token - 1].stem == to)
            return token - 1;
    }
    *vec_push(words->arena, &words->tokens) = (struct search_token){number, to};
    *vec_push(words->arena, &words->senses) =
        (struct search_sense){to, words->forms.items[number].mark, *first};
    *first = (uint32_t)words->tokens.count;
    return (uint32_t)words->tokens.count - 1;
}

static bool is_plain(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!str_is_alpha(text.ptr[i]) && !str_is_digit(text.ptr[i]))
            return false;
    }
    return text.len > 0;
}

/* Stems are folded too: `carrièr` and `carrier` are one. */
static struct str stem_of(struct reading *reading, struct str lower, struct str form)
{
    struct sb_stemmer *stemmer = stemmer_for(reading->stemmer, form);
    if (!stemmer || has_digit(form))
        return form;
    const sb_symbol *stem = sb_stemmer_stem(stemmer, (const sb_symbol *)lower.ptr, (int)lower.len);
    if (!stem)
        return form;
    struct str found = {(const char *)stem, (size_t)sb_stemmer_length(stemmer)};
    if (found.len <= SEARCH_WORD_MOST && is_plain(found))
        return found; /* made of small letters, as it is */
    buf_clear(&reading->stem);
    fold_add(&reading->stem, found);
    struct str folded = buf_str(&reading->stem);
    folded = str_sub(folded, 0, utf8_offset(folded, SEARCH_WORD_MOST));
    for (size_t at = 0, len; at < folded.len; at += len) {
        if (!fold_is_word(utf8_decode(str_after(folded, at), &len)))
            return form;
    }
    return folded.len > 0 ? folded : form;
}

static void add_word(struct reading *reading, struct str word, struct str lower)
{
    struct str form = str_sub(word, 0, utf8_offset(word, SEARCH_WORD_MOST));
    if (form.len < word.len)
        lower = form;
    *vec_push(reading->scratch, reading->run) =
        token_number(reading->words, form, stem_of(reading, lower, form));
}

/* Pairs of neighbouring characters; one alone stands for itself. */
static void add_pairs(struct reading *reading, struct str run)
{
    size_t first, second;
    utf8_decode(run, &first);
    if (first == run.len)
        *vec_push(reading->scratch, reading->run) = token_number(reading->words, run, run);
    for (size_t at = 0; at + first < run.len; at += first, first = second) {
        utf8_decode(str_after(run, at + first), &second);
        struct str pair = str_sub(run, at, at + first + second);
        *vec_push(reading->scratch, reading->run) = token_number(reading->words, pair, pair);
    }
}

/* The words of folded text. `lower` is what the stemmer gets where it is all one word. */
static void add_folded(struct reading *reading, struct str folded, struct str lower)
{
    for (size_t at = 0; at < folded.len;) {
        size_t len;
        uint32_t code_point = utf8_decode(str_after(folded, at), &len);
        if (!fold_is_word(code_point)) {
            at += len;
            continue;
        }
        bool dense = fold_is_dense(code_point);
        size_t end = at + len;
        while (end < folded.len) {
            code_point = utf8_decode(str_after(folded, end), &len);
            if (!fold_is_word(code_point) || fold_is_dense(code_point) != dense)
                break;
            end += len;
        }
        struct str word = str_sub(folded, at, end);
        if (dense)
            add_pairs(reading, word);
        else
            add_word(reading, word, word.len == folded.len ? lower : word);
        at = end;
    }
}

static void add_unknown(struct reading *reading, struct str text)
{
    buf_clear(&reading->folded);
    buf_clear(&reading->lower);
    fold_add(&reading->folded, text);
    fold_lower(&reading->lower, text);
    add_folded(reading, buf_str(&reading->folded), buf_str(&reading->lower));
}

/* ---- as written */

/* What bytes are: between words; of plain words, small or capital; outside ASCII; the same, and
 * perhaps between words. */
enum { GAP, SMALL, CAPITAL = 2, OTHER = 4, PERHAPS = 12 };

static const unsigned char kinds[256] = {
    ['0'] = 1,  ['1'] = 1,   ['2'] = 1,   ['3'] = 1,  ['4'] = 1,   ['5'] = 1,  ['6'] = 1,
    ['7'] = 1,  ['8'] = 1,   ['9'] = 1,   ['A'] = 2,  ['B'] = 2,   ['C'] = 2,  ['D'] = 2,
    ['E'] = 2,  ['F'] = 2,   ['G'] = 2,   ['H'] = 2,  ['I'] = 2,   ['J'] = 2,  ['K'] = 2,
    ['L'] = 2,  ['M'] = 2,   ['N'] = 2,   ['O'] = 2,  ['P'] = 2,   ['Q'] = 2,  ['R'] = 2,
    ['S'] = 2,  ['T'] = 2,   ['U'] = 2,   ['V'] = 2,  ['W'] = 2,   ['X'] = 2,  ['Y'] = 2,
    ['Z'] = 2,  ['a'] = 1,   ['b'] = 1,   ['c'] = 1,  ['d'] = 1,   ['e'] = 1,  ['f'] = 1,
    ['g'] = 1,  ['h'] = 1,   ['i'] = 1,   ['j'] = 1,  ['k'] = 1,   ['l'] = 1,  ['m'] = 1,
    ['n'] = 1,  ['o'] = 1,   ['p'] = 1,   ['q'] = 1,  ['r'] = 1,   ['s'] = 1,  ['t'] = 1,
    ['u'] = 1,  ['v'] = 1,   ['w'] = 1,   ['x'] = 1,  ['y'] = 1,   ['z'] = 1,
#define FOUR(first) [first] = 4, [(first) + 1] = 4, [(first) + 2] = 4, [(first) + 3] = 4
    FOUR(0x80), FOUR(0x84),  FOUR(0x88),  FOUR(0x8C), FOUR(0x90),  FOUR(0x94), FOUR(0x98),
    FOUR(0x9C), FOUR(0xA0),  FOUR(0xA4),  FOUR(0xA8), FOUR(0xAC),  FOUR(0xB0), FOUR(0xB4),
    FOUR(0xB8), FOUR(0xBC),  [0xC0] = 4,  [0xC1] = 4, [0xC2] = 12, [0xC3] = 4, FOUR(0xC4),
    FOUR(0xC8), FOUR(0xCC),  FOUR(0xD0),  FOUR(0xD4), FOUR(0xD8),  FOUR(0xDC), [0xE0] = 4,
    [0xE1] = 4, [0xE2] = 12, [0xE3] = 12, FOUR(0xE4), FOUR(0xE8),  FOUR(0xEC), FOUR(0xF0),
    FOUR(0xF4), FOUR(0xF8),  FOUR(0xFC),
#undef FOUR
};

/* What was added to the run from `start` on, as the value of the text that it was made of. */
static uint32_t value_of(struct reading *reading, size_t start)
{
    struct arena *arena = reading->words->arena;
    const uint32_t *tokens = reading->run->items + start;
    size_t count = reading->run->count - start;
    if (count == 1)
        return tokens[0] + 1;
    uint32_t *kept = arena_alloc(arena, (count + 1) * sizeof *kept);
    if (count > 0)
        memcpy(kept, tokens, count * sizeof *kept);
    *vec_push(arena, &reading->stemmer->pieces) = (struct piece){kept, count};
    return MANY | (uint32_t)(reading->stemmer->pieces.count - 1);
}

/* A plain word in small letters is its own form. */
static uint32_t small_value(struct reading *reading, struct str word)
{
    struct search_table *written = &reading->stemmer->written;
    uint32_t number = search_table_number(written, word);
    if (written->items[number].value == 0) {
        struct str form =
            str_sub(word, 0, word.len < SEARCH_WORD_MOST ? word.len : SEARCH_WORD_MOST);
        uint32_t token = token_number(reading->words, form, stem_of(reading, form, form));
        written->items[number].value = token + 1;
    }
    return written->items[number].value;
}

/* The value of a text that was not met before. Capitals come to what their small letters come to.
 */
static uint32_t new_value(struct reading *reading, struct str text, unsigned seen)
{
    char small[REMEMBERED_MOST];
    if (seen & OTHER) {
        size_t start = reading->run->count;
        add_unknown(reading, text);
        uint32_t value = value_of(reading, start);
        reading->run->count = start;
        return value;
    }
    for (size_t i = 0; i < text.len; i++)
        small[i] = str_lower(text.ptr[i]);
    return small_value(reading, (struct str){small, text.len});
}

static void add_value(struct reading *reading, uint32_t value)
{
    struct search_run *run = reading->run;
    if (!(value & MANY)) {
        if (run->count < run->capacity)
            run->items[run->count++] = value - 1;
        else
            *vec_push(reading->scratch, run) = value - 1;
        return;
    }
    const struct piece *piece = &reading->stemmer->pieces.items[value & ~MANY];
    for (size_t i = 0; i < piece->count; i++)
        *vec_push(reading->scratch, reading->run) = piece->tokens[i];
}

/* A run of letters as written; `seen` has the kinds of its bytes, `room` bytes can be read. */
static void add_text(struct reading *reading, struct str text, unsigned seen, size_t room)
{
    struct search_table *written = &reading->stemmer->written;
    if (text.len > REMEMBERED_MOST) {
        add_unknown(reading, text);
        return;
    }
    uint32_t number = search_table_number_within(written, text, room);
    uint32_t value = written->items[number].value;
    if (value == 0) {
        value = new_value(reading, text, seen);
        written->items[number].value = value;
    }
    add_value(reading, value);
}

/* How many bytes at `at`, which is no ASCII, surely separate words, so that what is looked up is
 * mostly plain words: no-break space, quotation marks, dashes, CJK's comma and full stop. */
static size_t gap_at(struct str text, size_t at)
{
    unsigned char byte = (unsigned char)text.ptr[at];
    if (byte != 0xC2 && byte != 0xE2 && byte != 0xE3)
        return 0;
    unsigned char next = at + 1 < text.len ? (unsigned char)text.ptr[at + 1] : 0;
    if (byte == 0xC2)
        return next == 0xA0 || next == 0xAB || next == 0xBB || next == 0xB7 ? 2 : 0;
    unsigned char third = at + 2 < text.len ? (unsigned char)text.ptr[at + 2] : 0;
    if (byte == 0xE2 && next == 0x80)
        return third >= 0x90 && third <= 0xAF ? 3 : 0;
    return byte == 0xE3 && next == 0x80 && (third == 0x81 || third == 0x82) ? 3 : 0;
}

/* Where the run of letters that begins at `at` ends; *seen gets the kinds of its bytes. */
static size_t end_of(struct str text, size_t at, unsigned *seen)
{
    const unsigned char *bytes = (const unsigned char *)text.ptr;
    unsigned all = 0;
    for (; at < text.len; at++) {
        unsigned kind = kinds[bytes[at]];
        if (kind == GAP || (kind == PERHAPS && gap_at(text, at) > 0))
            break;
        all |= kind;
    }
    *seen = all;
    return at;
}

void search_words_read(struct search_words *words, struct str text, struct str lang,
                       struct arena *scratch, struct search_run *run)
{
    struct reading reading = {
        .words = words, .stemmer = stemmer_of(words, lang), .scratch = scratch, .run = run};
    size_t at = 0;
    while (at < text.len) {
        unsigned seen;
        size_t end = end_of(text, at, &seen);
        if (end > at)
            add_text(&reading, str_sub(text, at, end), seen, text.len - at);
        at = end;
        if (at < text.len)
            at += (unsigned char)text.ptr[at] < 0x80 ? 1 : gap_at(text, at);
    }
    buf_release(&reading.folded);
    buf_release(&reading.lower);
    buf_release(&reading.stem);
}

struct search_vocabulary search_words_vocabulary(const struct search_words *words)
{
    return (struct search_vocabulary){
        .stems = words->stems.items,
        .stem_count = words->stems.count,
        .forms = words->forms.items,
        .form_count = words->forms.count,
        .tokens = words->tokens.items,
        .token_count = words->tokens.count,
    };
}

const struct search_vocabulary *search_vocabulary_keep(const struct search_vocabulary *vocabulary,
                                                       struct arena *arena)
{
    struct search_vocabulary *kept = arena_alloc(arena, sizeof *kept);
    struct str *stems = arena_alloc(arena, (vocabulary->stem_count + 1) * sizeof *stems);
    struct search_form *forms = arena_alloc(arena, (vocabulary->form_count + 1) * sizeof *forms);
    struct search_token *tokens =
        arena_alloc(arena, (vocabulary->token_count + 1) * sizeof *tokens);
    for (size_t i = 0; i < vocabulary->stem_count; i++)
        stems[i] = arena_str(arena, vocabulary->stems[i]);
    for (size_t i = 0; i < vocabulary->form_count; i++)
        forms[i] = (struct search_form){arena_str(arena, vocabulary->forms[i].text),
                                        vocabulary->forms[i].mark};
    for (size_t i = 0; i < vocabulary->token_count; i++)
        tokens[i] = vocabulary->tokens[i];
    *kept = *vocabulary;
    kept->stems = stems;
    kept->forms = forms;
    kept->tokens = tokens;
    return kept;
}
