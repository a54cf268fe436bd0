#include "pages/search_shards.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "lang/fold.h"
#include "pages/json.h"
#include "pages/search_internal.h"
#include "pages/search_range.h"

uint64_t search_file_digest(struct str bytes)
{
    return digest_of_file(bytes).low;
}

static int digits_of(char kind)
{
    return kind == 'w' ? LAYOUT_WORDS_DIGITS : LAYOUT_DIGITS;
}

bool search_same_name(char kind, uint64_t left, uint64_t right)
{
    return search_no_name(kind, left ^ right);
}

bool search_no_name(char kind, uint64_t digest)
{
    return digest << (64 - 4 * digits_of(kind)) == 0;
}

static uint64_t last_digits(uint64_t digest, int digits)
{
    return digest & ((1ULL << (4 * digits)) - 1);
}

struct str search_file_url(const struct edition *edition, char kind, uint64_t digest,
                           struct arena *arena)
{
    int digits = digits_of(kind);
    return arena_printf(arena, "%.*s/search/%c%0*llx.%s", STR_ARG(edition->prefix), kind, digits,
                        (unsigned long long)last_digits(digest, digits),
                        kind == 'f' ? "json" : "bin");
}

struct str search_cards_url(const struct edition *edition, uint32_t from, uint64_t digest,
                            struct arena *arena)
{
    return arena_printf(arena, "%.*s/search/c%x-%0*llx.json", STR_ARG(edition->prefix),
                        (unsigned)from, LAYOUT_CARDS_DIGITS,
                        (unsigned long long)last_digits(digest, LAYOUT_CARDS_DIGITS));
}

void layout_add_named(struct layout *layout, struct str url, struct str bytes)
{
    *vec_push(layout->arena, &layout->files) = (struct search_file){url, bytes, NULL};
}

uint64_t layout_add(struct layout *layout, char kind, uint64_t digest, struct str bytes)
{
    struct digest whole = {digest, 0};
    for (;; whole = digest_join(whole, whole)) {
        struct str url = search_file_url(layout->making->edition, kind, whole.low, layout->arena);
        struct str **known = (struct str **)map_slot(&layout->by_name, url);
        if (*known && str_eq(**known, bytes))
            return whole.low;
        if (!*known && !search_no_name(kind, whole.low)) {
            *known = arena_alloc(layout->arena, sizeof **known);
            **known = bytes;
            layout_add_named(layout, url, bytes);
            return whole.low;
        }
        layout->ambiguous = true; /* two that agree in these digits, or zeros: no file */
    }
}

/* ---- the manifest */

void search_manifest_words(struct str first, const struct str *before, uint64_t digest,
                           struct buf *keys, struct buf *words)
{
    if (before)
        buf_addc(keys, ' ');
    buf_add(keys, search_range_limit(first, before));
    buf_addf(words, "%0*llx", LAYOUT_WORDS_DIGITS,
             (unsigned long long)last_digits(digest, LAYOUT_WORDS_DIGITS));
}

void search_manifest_cards(uint32_t depth, uint64_t digest, struct buf *depths, struct buf *cards)
{
    buf_addc(depths, (char)('a' + depth));
    buf_addf(cards, "%0*llx", LAYOUT_CARDS_DIGITS,
             (unsigned long long)last_digits(digest, LAYOUT_CARDS_DIGITS));
}

static void add_class(struct buf *out, const char *name, enum fold_class class)
{
    struct buf text = {0};
    fold_class(class, &text);
    json_add_text(out, name, buf_str(&text));
    buf_release(&text);
}

static void add_letters(struct buf *out)
{
    enum { LETTERS_END = 0x400 };
    struct buf letter = {0};
    json_open_object(out, "letters");
    add_class(out, "dense", FOLD_DENSE);
    add_class(out, "gaps", FOLD_GAPS);
    add_class(out, "dropped", FOLD_DROPPED);
    json_open_object(out, "spelt");
    for (uint32_t i = 0x80; i < LETTERS_END; i++) {
        const char *spelt = fold_spelling(i);
        if (!spelt)
            continue;
        buf_clear(&letter);
        utf8_encode(&letter, i);
        json_add_text(out, letter.ptr, str_from(spelt));
    }
    json_close_object(out);
    json_close_object(out);
    buf_release(&letter);
}

struct str search_manifest_url(const struct edition *edition, struct arena *arena)
{
    return arena_printf(arena, "%.*s/search/index.json", STR_ARG(edition->prefix));
}

struct str search_manifest_write(struct search_manifest *manifest, struct arena *arena)
{
    struct buf out = {0};
    struct buf *const bufs[] = {&manifest->keys, &manifest->words, &manifest->depths,
                                &manifest->cards};
    static const char *const names[] = {"keys", "words", "depths", "cards"};
    json_open_object(&out, NULL);
    json_add_integer(&out, "version", 1);
    json_add_integer(&out, "documents", (int64_t)manifest->documents);
    add_letters(&out);
    for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++) {
        json_add_text(&out, names[i], buf_str(bufs[i]));
        buf_release(bufs[i]);
    }
    struct buf filters = {0};
    search_put_tag(&filters, manifest->filters);
    json_add_text(&out, "filters", buf_str(&filters));
    buf_release(&filters);
    json_close_object(&out);
    buf_addc(&out, '\n');
    struct str bytes = arena_str(arena, buf_str(&out));
    buf_release(&out);
    return bytes;
}

void search_shards_make(const struct search_making *making, struct search *out,
                        struct search_kept_files *kept)
{
    struct layout layout = {.making = making, .arena = making->arena, .kept = kept};
    struct search_manifest manifest = {.documents = making->count};
    map_init(&layout.by_name, making->arena);
    if (kept)
        *kept = (struct search_kept_files){0};
    layout_add_named(&layout, search_manifest_url(making->edition, making->arena), STR(""));
    layout_words(&layout, &manifest.keys, &manifest.words);
    layout_cards(&layout, &manifest.depths, &manifest.cards);
    manifest.filters = layout_filters(&layout);
    layout.files.items[0].bytes = search_manifest_write(&manifest, making->arena);
    if (kept) {
        kept->filters = manifest.filters;
        kept->ambiguous = kept->ambiguous || layout.ambiguous;
    }
    *out = (struct search){making->edition, layout.files.items, layout.files.count};
}
