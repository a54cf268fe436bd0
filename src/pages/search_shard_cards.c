/* The cards files: what a result shows, by ranges of document numbers. */
#include "base/hash.h"
#include "base/utf8.h"
#include "pages/json.h"
#include "pages/search_internal.h"

#include <stdio.h>

/* Bytes of a summary, about. */
enum { SUMMARY_MOST = 160 };

/* A document's card as JSON. */
struct drawn {
    uint32_t number;
    struct str json;
};

static struct str cut_summary(const struct entry *entry, struct arena *arena)
{
    struct str text = entry->record->description.text;
    if (text.len == 0)
        text = entry->record->body.excerpt;
    struct buf out = {0};
    bool gap = false;
    for (size_t at = 0, len; at < text.len && out.len < SUMMARY_MOST; at += len) {
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

static void draw(const struct layout *layout, const struct search_document *document,
                 struct arena *scratch, struct buf *out)
{
    const struct entry *entry = document->entry;
    char number[16];
    snprintf(number, sizeof number, "%u", (unsigned)document->number);
    struct str url = arena_printf(scratch, "%.*s%.*s", STR_ARG(layout->site->config.base_path),
                                  STR_ARG(entry->url));
    json_open_list(out, number);
    json_add_text(out, NULL, url);
    json_add_text(out, NULL, entry->record->title.text);
    json_add_text(out, NULL, cut_summary(entry, scratch));
    struct str date = date_of(layout->edition, entry, scratch);
    struct str note = note_of(entry, scratch);
    json_add_text(out, NULL,
                  arena_printf(scratch, "%.*s%s%.*s", STR_ARG(date),
                               date.len > 0 && note.len > 0 ? " · " : "", STR_ARG(note)));
    json_close_list(out);
}

struct halving {
    struct layout *layout;
    const struct drawn *cards;
    struct buf *depths;
    struct buf *tags;
};

static void add_cards_file(struct halving *halving, size_t first, size_t end, uint32_t from,
                           unsigned depth)
{
    struct layout *layout = halving->layout;
    struct buf out = {0};
    for (size_t i = first; i < end; i++) {
        buf_addc(&out, i == first ? '{' : ',');
        buf_add(&out, halving->cards[i].json);
    }
    buf_adds(&out, first == end ? "{}\n" : "}\n");
    struct str bytes = arena_str(layout->arena, buf_str(&out));
    unsigned tag = (unsigned)(digest_of(bytes).low & 0xFFFFFFF);
    struct str name = arena_printf(layout->arena, "c%x-%07x.json", (unsigned)from, tag);
    buf_addc(halving->depths, (char)('a' + depth));
    buf_addf(halving->tags, "%07x", tag);
    layout_add_named(layout, name, bytes);
    buf_release(&out);
}

/* The numbers [from, from + 2^(bits - depth)). */
static void halve(struct halving *halving, size_t first, size_t end, uint32_t from, unsigned depth)
{
    size_t size = 0;
    for (size_t i = first; i < end; i++)
        size += halving->cards[i].json.len;
    if (size <= SEARCH_CARDS_MOST || end - first < 2 || depth == SEARCH_NUMBER_BITS) {
        add_cards_file(halving, first, end, from, depth);
        return;
    }
    uint32_t middle = from + (1U << (SEARCH_NUMBER_BITS - depth - 1));
    size_t at = first;
    while (at < end && halving->cards[at].number < middle)
        at++;
    halve(halving, first, at, from, depth + 1);
    halve(halving, at, end, middle, depth + 1);
}

void layout_cards(struct layout *layout, struct buf *depths, struct buf *tags)
{
    struct arena scratch = {0};
    struct buf one = {0};
    struct drawn *cards = arena_zalloc(&scratch, layout->count + 1, sizeof *cards);
    for (size_t i = 0; i < layout->count; i++) {
        buf_clear(&one);
        draw(layout, &layout->documents[i], &scratch, &one);
        cards[i] = (struct drawn){layout->documents[i].number, arena_str(&scratch, buf_str(&one))};
    }
    struct halving halving = {layout, cards, depths, tags};
    halve(&halving, 0, layout->count, 0, 0);
    buf_release(&one);
    arena_release(&scratch);
}
