#include "pages/search_words.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "lang/fold.h"

#include <libstemmer.h>

/* Words longer than this, in bytes, are rarely met twice and not remembered as written. */
enum { REMEMBERED_MOST = 48, STEMMERS_MOST = 40 };

/* A language's stemmer with the words it was given so far: text as written, struct piece. */
struct stemmer {
    struct str lang; /* its first subtag, "en" */
    struct sb_stemmer *latin, *greek, *cyrillic, *arabic;
    struct map pieces;
};

struct search_stemmers {
    struct stemmer items[STEMMERS_MOST];
    size_t count;
};

/* What a run of letters in a text comes to: most often one token. */
struct piece {
    const uint32_t *tokens;
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
    map_init(&words->form_numbers, arena);
    map_init(&words->stem_numbers, arena);
    map_init(&words->token_numbers, arena);
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
    for (size_t at = 0, len; at < form.len; at += len)
        sum = (sum * 31 + utf8_decode(str_after(form, at), &len)) % 65521;
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
    map_init(&made->pieces, words->arena);
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

static uint32_t number_of(struct map *numbers, struct str key, size_t next, bool *is_new,
                          struct arena *arena)
{
    void *found = map_get(numbers, key);
    *is_new = !found;
    if (found)
        return (uint32_t)((uintptr_t)found - 1);
    map_put(numbers, arena_str(arena, key), (void *)(uintptr_t)(next + 1));
    return (uint32_t)next;
}

static uint32_t form_number(struct search_words *words, struct str text)
{
    bool is_new;
    uint32_t number =
        number_of(&words->form_numbers, text, words->forms.count, &is_new, words->arena);
    if (is_new)
        *vec_push(words->arena, &words->forms) =
            (struct search_form){arena_str(words->arena, text), search_mark(text)};
    return number;
}

uint32_t search_words_filter(struct search_words *words, struct str key)
{
    bool is_new;
    uint32_t number =
        number_of(&words->stem_numbers, key, words->stems.count, &is_new, words->arena);
    if (is_new)
        *vec_push(words->arena, &words->stems) = arena_str(words->arena, key);
    return number;
}

static uint32_t token_number(struct search_words *words, struct str form, struct str stem)
{
    struct search_token token = {form_number(words, form), search_words_filter(words, stem)};
    struct str key = {(const char *)&token, sizeof token};
    bool is_new;
    uint32_t number =
        number_of(&words->token_numbers, key, words->tokens.count, &is_new, words->arena);
    if (is_new)
        *vec_push(words->arena, &words->tokens) = token;
    return number;
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

/* A run of letters as written. */
static void add_text(struct reading *reading, struct str text)
{
    struct search_words *words = reading->words;
    if (text.len > REMEMBERED_MOST) {
        add_unknown(reading, text);
        return;
    }
    const struct piece *known = map_get(&reading->stemmer->pieces, text);
    if (!known) {
        size_t start = reading->run->count;
        add_unknown(reading, text);
        struct piece *made = arena_alloc(words->arena, sizeof *made);
        size_t count = reading->run->count - start;
        uint32_t *tokens = arena_alloc(words->arena, (count + 1) * sizeof *tokens);
        if (count > 0)
            memcpy(tokens, reading->run->items + start, count * sizeof *tokens);
        *made = (struct piece){tokens, count};
        map_put(&reading->stemmer->pieces, arena_str(words->arena, text), made);
        return;
    }
    for (size_t i = 0; i < known->count; i++)
        *vec_push(reading->scratch, reading->run) = known->tokens[i];
}

/* How many bytes at `at` surely separate words, so that what is looked up is mostly plain words:
 * ASCII's, no-break space, quotation marks, dashes, CJK's comma and full stop. */
static size_t gap_at(struct str text, size_t at)
{
    unsigned char byte = (unsigned char)text.ptr[at];
    if (byte < 0x80)
        return str_is_alpha((char)byte) || str_is_digit((char)byte) ? 0 : 1;
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

void search_words_read(struct search_words *words, struct str text, struct str lang,
                       struct arena *scratch, struct search_run *run)
{
    struct reading reading = {
        .words = words, .stemmer = stemmer_of(words, lang), .scratch = scratch, .run = run};
    size_t at = 0;
    while (at < text.len) {
        size_t gap = gap_at(text, at);
        if (gap > 0) {
            at += gap;
            continue;
        }
        size_t end = at + 1;
        while (end < text.len && gap_at(text, end) == 0)
            end++;
        add_text(&reading, str_sub(text, at, end));
        at = end;
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
