#include "site/record_words.h"
#include "base/hash.h"

#include <string.h>

enum { WORD_LEAST = 5, WORD_MOST = 40 };

struct gathering {
    uint32_t words[RECORD_WORDS_MOST];
    size_t count;
};

static void add_word(struct gathering *gathering, const char *word, size_t len)
{
    bool plural = len > WORD_LEAST && word[len - 1] == 's';
    size_t digits = 0;
    len -= plural;
    if (len < WORD_LEAST || gathering->count == RECORD_WORDS_MOST)
        return;
    while (digits < len && str_is_digit(word[digits]))
        digits++;
    if (digits < len || plural)
        gathering->words[gathering->count++] = (uint32_t)hash_bytes((struct str){word, len}, 11);
}

/* U+2019 and the other marks of U+2000 to U+206F separate words; other bytes above 0x7F all belong
 * to them. */
static bool is_mark(struct str text, size_t at)
{
    return (unsigned char)text.ptr[at] == 0xE2 && at + 2 < text.len &&
           (unsigned char)text.ptr[at + 1] == 0x80;
}

/* A byte above 0x7F in small letters of Latin-1, which with ASCII's is what French and English
 * need; in other scripts case counts. */
static char folded(struct str text, size_t at)
{
    unsigned char c = (unsigned char)text.ptr[at];
    bool latin = at > 0 && (unsigned char)text.ptr[at - 1] == 0xC3;
    return (char)(latin && c <= 0x9E && c != 0x97 ? c | 0x20 : c);
}

static void add_text(struct gathering *gathering, struct str text)
{
    char word[WORD_MOST];
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        char small = (char)(c | 0x20); /* of digits too */
        bool ascii = (unsigned char)c < 0x80;
        bool mark = !ascii && is_mark(text, i);
        if (ascii ? (small >= 'a' && small <= 'z') || str_is_digit(c) : !mark) {
            if (len < WORD_MOST)
                word[len++] = ascii ? small : folded(text, i);
            continue;
        }
        add_word(gathering, word, len);
        len = 0;
        i += mark ? 2 : 0;
    }
    add_word(gathering, word, len);
}

/* Hashes lie evenly, so one pass puts each near its place by its first byte, and moving them on by
 * insertion does the rest: qsort() showed in the profile of a whole site. */
static void sort(uint32_t *words, size_t count)
{
    uint16_t starts[257] = {0};
    uint32_t sorted[RECORD_WORDS_MOST];
    for (size_t i = 0; i < count; i++)
        starts[(words[i] >> 24) + 1]++;
    for (size_t i = 1; i < 257; i++)
        starts[i] = (uint16_t)(starts[i] + starts[i - 1]);
    for (size_t i = 0; i < count; i++)
        sorted[starts[words[i] >> 24]++] = words[i];
    for (size_t i = 0; i < count; i++) {
        size_t at = i;
        for (; at > 0 && words[at - 1] > sorted[i]; at--)
            words[at] = words[at - 1];
        words[at] = sorted[i];
    }
}

void record_find_words(struct record *record, struct arena *arena)
{
    struct gathering found = {.count = 0};
    add_text(&found, record->title.text);
    add_text(&found, record->description.text);
    for (size_t i = 0; i < record->body.heading_count; i++)
        add_text(&found, markup_heading_at(&record->body, i).text);
    add_text(&found, record->body.excerpt);
    if (found.count == 0)
        return;
    sort(found.words, found.count);
    size_t kept = 1;
    for (size_t i = 1; i < found.count; i++) {
        if (found.words[i] != found.words[kept - 1])
            found.words[kept++] = found.words[i];
    }
    uint32_t *words = arena_zalloc(arena, kept, sizeof *words);
    memcpy(words, found.words, kept * sizeof *words);
    record->words = words;
    record->word_count = kept;
}
