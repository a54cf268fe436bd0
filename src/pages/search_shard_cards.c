/* The cards files: what a result shows, by ranges of document numbers. */
#include "base/hash.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "pages/json.h"
#include "pages/search_internal.h"

#include <stdio.h>

/* Bytes of a summary, about. */
enum { SUMMARY_MOST = 160 };

static struct str cut_summary(const struct entry *entry, struct arena *arena)
{
    struct str text = entry->record->description.text;
    if (text.len == 0)
        text = entry->record->body.excerpt;
    struct buf out = {0};
    bool gap = false;
    for (size_t at = 0, len; at < text.len && out.len < SUMMARY_MOST; at += len) {
        len = 1;
        if ((unsigned char)text.ptr[at] >= 0x80)
            utf8_decode(str_after(text, at), &len);
        gap = gap || str_is_space(text.ptr[at]);
        if (str_is_space(text.ptr[at]))
            continue;
        if (gap && out.len > 0)
            buf_addc(&out, ' ');
        gap = false;
        buf_add(&out, str_sub(text, at, at + len));
    }
    if (out.len >= SUMMARY_MOST) {
        size_t blank = str_rfind_byte(buf_str(&out), ' ');
        if (blank != STR_NONE && blank > SUMMARY_MOST / 2)
            buf_truncate(&out, blank);
        buf_adds(&out, "…");
    }
    struct str summary = arena_str(arena, buf_str(&out));
    buf_release(&out);
    return summary;
}

static struct str date_of(const struct edition *edition, const struct entry *entry,
                          struct arena *arena)
{
    if (!entry->date.given || entry->kind == KIND_MEMBER || entry->kind == KIND_PAGE)
        return STR("");
    const struct occurrence *shown = entry->kind == KIND_EVENT ? entry->shown : NULL;
    struct buf out = {0};
    date_format(&out, shown ? &shown->start.shown : &entry->date.shown,
                words_format(edition->words, STR("short")), (struct str){0},
                words_dates(edition->words));
    struct str date = arena_str(arena, buf_str(&out));
    buf_release(&out);
    return date;
}

/* A member's designations and place, an event's place, an article's author. */
static struct str note_of(const struct entry *entry, struct arena *arena)
{
    switch (entry->kind) {
    case KIND_MEMBER: {
        struct str letters = site_post_nominals(entry->group, arena);
        struct str location = entry->record->member.location.text;
        const char *gap = letters.len > 0 && location.len > 0 ? " · " : "";
        return arena_printf(arena, "%.*s%s%.*s", STR_ARG(letters), gap, STR_ARG(location));
    }
    case KIND_EVENT: return entry->record->event.location.text;
    case KIND_ARTICLE: return entry->authors.count > 0 ? entry->authors.items[0].name : STR("");
    default: return STR("");
    }
}

void search_draw_card(const struct site *site, const struct edition *edition,
                      const struct entry *entry, uint32_t number, struct arena *scratch,
                      struct buf *out)
{
    char name[16];
    snprintf(name, sizeof name, "%u", (unsigned)number);
    struct str url =
        arena_printf(scratch, "%.*s%.*s", STR_ARG(site->config.base_path), STR_ARG(entry->url));
    json_open_list(out, name);
    json_add_text(out, NULL, url);
    json_add_text(out, NULL, entry->record->title.text);
    json_add_text(out, NULL, cut_summary(entry, scratch));
    struct str date = date_of(edition, entry, scratch);
    struct str note = note_of(entry, scratch);
    json_add_text(out, NULL,
                  arena_printf(scratch, "%.*s%s%.*s", STR_ARG(date),
                               date.len > 0 && note.len > 0 ? " · " : "", STR_ARG(note)));
    json_close_list(out);
}

void search_cards_begin(struct buf *out, bool first)
{
    buf_addc(out, first ? '{' : ',');
}

void search_cards_end(struct buf *out)
{
    buf_adds(out, out->len == 0 ? "{}\n" : "}\n");
}

struct halving {
    const uint32_t *numbers;
    const uint32_t *sizes;
    void (*add)(void *context, uint32_t from, uint32_t depth, size_t first, size_t end);
    void *context;
};

/* The numbers [from, from + 2^(bits - depth)). */
static void halve(const struct halving *halving, size_t first, size_t end, uint32_t from,
                  uint32_t depth)
{
    size_t size = 0;
    for (size_t i = first; i < end && size <= SEARCH_CARDS_MOST; i++)
        size += halving->sizes[i];
    if (size <= SEARCH_CARDS_MOST || end - first < 2 || depth == SEARCH_NUMBER_BITS) {
        halving->add(halving->context, from, depth, first, end);
        return;
    }
    uint32_t middle = from + (1U << (SEARCH_NUMBER_BITS - depth - 1));
    size_t at = first;
    while (at < end && halving->numbers[at] < middle)
        at++;
    halve(halving, first, at, from, depth + 1);
    halve(halving, at, end, middle, depth + 1);
}

void search_halve(const uint32_t *numbers, const uint32_t *sizes, size_t count,
                  void (*add)(void *context, uint32_t from, uint32_t depth, size_t first,
                              size_t end),
                  void *context)
{
    const struct halving halving = {numbers, sizes, add, context};
    halve(&halving, 0, count, 0, 0);
}

/* ---- all of them */

struct drawing {
    const struct search_making *making;
    struct str *cards; /* each document's JSON */
    struct buf *bufs;  /* one a worker */
    struct arena *scratch;
    struct arena *arenas;
};

static void draw(void *context, unsigned worker, size_t index)
{
    const struct drawing *drawing = context;
    const struct search_making *making = drawing->making;
    struct buf *out = &drawing->bufs[worker];
    arena_clear(&drawing->scratch[worker]);
    buf_clear(out);
    search_draw_card(making->site, making->edition, making->documents[index].entry,
                     making->documents[index].number, &drawing->scratch[worker], out);
    drawing->cards[index] = arena_str(&drawing->arenas[worker], buf_str(out));
}

static void draw_all(const struct search_making *making, struct str *cards, struct arena *arena)
{
    unsigned workers = pool_size(making->pool);
    struct arena own = {0};
    struct drawing drawing = {.making = making, .cards = cards};
    drawing.bufs = arena_zalloc(&own, workers, sizeof *drawing.bufs);
    drawing.scratch = arena_zalloc(&own, workers, sizeof *drawing.scratch);
    drawing.arenas = arena_zalloc(&own, workers, sizeof *drawing.arenas);
    pool_run(making->pool, making->count, 64, draw, &drawing);
    for (unsigned i = 0; i < workers; i++) {
        buf_release(&drawing.bufs[i]);
        arena_release(&drawing.scratch[i]);
        arena_adopt(arena, &drawing.arenas[i]);
    }
    arena_release(&own);
}

struct filing {
    struct layout *layout;
    const struct str *cards;
    struct buf *depths;
    struct buf *tags;
    struct arena *scratch;
    struct kept_cards {
        struct search_kept_cards *items;
        size_t count, capacity;
    } kept;
};

static void add_cards_file(void *context, uint32_t from, uint32_t depth, size_t first, size_t end)
{
    struct filing *filing = context;
    struct layout *layout = filing->layout;
    struct buf out = {0};
    for (size_t i = first; i < end; i++) {
        search_cards_begin(&out, i == first);
        buf_add(&out, filing->cards[i]);
    }
    search_cards_end(&out);
    struct str bytes = arena_str(layout->arena, buf_str(&out));
    uint64_t digest = search_file_digest(bytes);
    layout_add_named(layout, search_cards_url(layout->making->edition, from, digest, layout->arena),
                     bytes);
    search_manifest_cards(depth, digest, filing->depths, filing->tags);
    *vec_push(filing->scratch, &filing->kept) =
        (struct search_kept_cards){from, depth, (uint32_t)first, (uint32_t)end, digest};
    buf_release(&out);
}

void layout_cards(struct layout *layout, struct buf *depths, struct buf *tags)
{
    struct arena scratch = {0};
    const struct search_making *making = layout->making;
    struct str *cards = arena_zalloc(&scratch, making->count + 1, sizeof *cards);
    struct arena *keep = layout->kept ? making->keep : &scratch;
    uint32_t *sizes = arena_zalloc(keep, making->count + 1, sizeof *sizes);
    uint32_t *numbers = arena_zalloc(keep, making->count + 1, sizeof *numbers);
    draw_all(making, cards, &scratch);
    for (size_t i = 0; i < making->count; i++) {
        sizes[i] = (uint32_t)cards[i].len;
        numbers[i] = making->documents[i].number;
    }
    struct filing filing = {.layout = layout, .cards = cards, .depths = depths, .tags = tags};
    filing.scratch = keep;
    search_halve(numbers, sizes, making->count, add_cards_file, &filing);
    if (layout->kept) {
        layout->kept->numbers = numbers;
        layout->kept->sizes = sizes;
        layout->kept->cards = filing.kept.items;
        layout->kept->cards_count = filing.kept.count;
    }
    arena_release(&scratch);
}
