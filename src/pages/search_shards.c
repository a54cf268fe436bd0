#include "pages/search_shards.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "lang/fold.h"
#include "pages/json.h"
#include "pages/search_internal.h"

void layout_add_named(struct layout *layout, struct str name, struct str bytes)
{
    struct str url = arena_printf(layout->arena, "%.*s/search/%.*s",
                                  STR_ARG(layout->edition->prefix), STR_ARG(name));
    struct search_file *file = vec_push(layout->arena, &layout->files);
    *file = (struct search_file){url, bytes, NULL};
    struct str *kept = arena_alloc(layout->arena, sizeof *kept);
    *kept = bytes;
    map_put(&layout->by_name, name, kept);
}

uint64_t layout_add(struct layout *layout, char kind, int digits, const char *extension,
                    struct str bytes)
{
    struct digest digest = digest_of(bytes);
    for (;; digest = digest_join(digest, digest)) {
        uint64_t tag = digest.low & ((1ULL << (4 * digits)) - 1);
        struct str name = arena_printf(layout->arena, "%c%0*llx.%s", kind, digits,
                                       (unsigned long long)tag, extension);
        const struct str *other = map_get(&layout->by_name, name);
        if (other && str_eq(*other, bytes))
            return tag;
        if (other || tag == 0) /* two that agree in these digits; zeros stand for no file */
            continue;
        layout_add_named(layout, name, bytes);
        return tag;
    }
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

static void add_manifest(struct layout *layout)
{
    struct buf bufs[4] = {0};
    struct buf out = {0};
    static const char *const names[] = {"keys", "words", "depths", "cards"};
    layout_words(layout, &bufs[0], &bufs[1]);
    layout_cards(layout, &bufs[2], &bufs[3]);
    json_open_object(&out, NULL);
    json_add_integer(&out, "version", 1);
    json_add_integer(&out, "documents", (int64_t)layout->count);
    add_letters(&out);
    for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++) {
        json_add_text(&out, names[i], buf_str(&bufs[i]));
        buf_release(&bufs[i]);
    }
    json_add_text(
        &out, "filters",
        arena_printf(layout->arena, "%010llx", (unsigned long long)layout_filters(layout)));
    json_close_object(&out);
    buf_addc(&out, '\n');
    layout_add_named(layout, STR("index.json"), arena_str(layout->arena, buf_str(&out)));
    buf_release(&out);
}

void search_shards_make(const struct site *site, const struct edition *edition,
                        const struct search_document *documents, size_t count,
                        const struct search_lists *lists, struct arena *arena, struct search *out)
{
    struct layout layout = {.site = site,
                            .edition = edition,
                            .documents = documents,
                            .count = count,
                            .lists = lists,
                            .arena = arena};
    map_init(&layout.by_name, arena);
    add_manifest(&layout);
    struct search_file manifest = layout.files.items[layout.files.count - 1];
    for (size_t i = layout.files.count - 1; i > 0; i--)
        layout.files.items[i] = layout.files.items[i - 1];
    layout.files.items[0] = manifest;
    *out = (struct search){edition, layout.files.items, layout.files.count};
}
