/* From a draft to a markup and back to its parts. */
#include "lang/markup/markup_internal.h"

#include <string.h>

/* Where the arrays begin in the block: one behind the other. */
struct layout {
    size_t pictures, headings, ids, texts;
};

static struct layout layout_of(const struct markup *markup)
{
    struct layout layout;
    layout.pictures = markup->link_count * sizeof(struct markup_kept_link);
    layout.headings = layout.pictures + markup->picture_count * sizeof(struct markup_kept_picture);
    layout.ids = layout.headings + markup->heading_count * sizeof(struct markup_kept_heading);
    layout.texts = layout.ids + markup->id_count * sizeof(struct markup_slice);
    return layout;
}

/* Notes begin at the next multiple of four behind what is kept. */
static size_t notes_at(const struct markup *markup)
{
    return (markup->kept_size + 3U) & ~(size_t)3;
}

struct finisher {
    const struct markup_draft *draft;
    struct buf block;
    struct layout layout;
    size_t pictures; /* passed so far */
};

static struct markup_slice keep(struct finisher *finisher, struct str text)
{
    size_t at = finisher->block.len;
    buf_add(&finisher->block, text);
    return (struct markup_slice){(uint32_t)at, (uint32_t)text.len};
}

static void make_room(struct buf *block, size_t size)
{
    buf_reserve(block, size);
    memset(block->ptr + block->len, 0, size + 1);
    block->len += size;
}

/* The block may move while texts are added, so its items are written when theirs are. */
static void put_item(struct finisher *finisher, size_t at, const void *item, size_t size)
{
    memcpy(finisher->block.ptr + at, item, size);
}

static void keep_picture(struct finisher *finisher, const struct markup_link *link)
{
    struct markup_kept_picture picture = {keep(finisher, link->alt), keep(finisher, link->title),
                                          keep(finisher, link->attributes)};
    put_item(finisher, finisher->layout.pictures + finisher->pictures * sizeof picture, &picture,
             sizeof picture);
    finisher->pictures++;
}

static void keep_link(struct finisher *finisher, size_t number)
{
    const struct markup_link *link = &finisher->draft->links.items[number];
    struct markup_kept_link item = {.html_start = (uint32_t)link->html_start,
                                    .html_end = (uint32_t)link->html_end,
                                    .source_start = (uint32_t)link->source_start,
                                    .source_end = (uint32_t)link->source_end,
                                    .target = keep(finisher, link->target),
                                    .kind = link->kind & 3U,
                                    .in_raw_html = link->in_raw_html,
                                    .picture = finisher->pictures & 0x1FFFFFFFU};
    put_item(finisher, number * sizeof item, &item, sizeof item);
    if (link->kind == MARKUP_PICTURE)
        keep_picture(finisher, link);
}

static struct markup_slice keep_heading(struct finisher *finisher, size_t number)
{
    const struct markup_heading *heading = &finisher->draft->headings.items[number];
    struct markup_kept_heading item = {.id = keep(finisher, heading->id),
                                       .text = keep(finisher, heading->text),
                                       .html_start = (uint32_t)heading->html_start,
                                       .html_end = (uint32_t)heading->html_end,
                                       .level = (uint32_t)heading->level};
    put_item(finisher, finisher->layout.headings + number * sizeof item, &item, sizeof item);
    return item.id;
}

/* Most ids are those of headings, in the same order. */
static void keep_headings_and_ids(struct finisher *finisher)
{
    const struct markup_draft *draft = finisher->draft;
    size_t heading = 0;
    for (size_t i = 0; i < draft->ids.count; i++) {
        struct str id = draft->ids.items[i];
        bool known =
            heading < draft->headings.count && str_eq(id, draft->headings.items[heading].id);
        struct markup_slice slice = known ? keep_heading(finisher, heading++) : keep(finisher, id);
        put_item(finisher, finisher->layout.ids + i * sizeof slice, &slice, sizeof slice);
    }
    while (heading < draft->headings.count)
        keep_heading(finisher, heading++);
}

static void keep_notes(struct finisher *finisher, const struct markup *markup)
{
    const struct markup_notes *notes = &finisher->draft->notes;
    size_t start = notes_at(markup);
    if (notes->count == 0)
        return;
    make_room(&finisher->block,
              start - finisher->block.len + notes->count * sizeof(struct markup_kept_note));
    for (size_t i = 0; i < notes->count; i++) {
        const struct markup_note *note = &notes->items[i];
        struct markup_kept_note item = {.message = keep(finisher, note->message),
                                        .hint = keep(finisher, note->hint),
                                        .source_start = (uint32_t)note->source_start,
                                        .source_end = (uint32_t)note->source_end,
                                        .rule = note->rule};
        put_item(finisher, start + i * sizeof item, &item, sizeof item);
    }
}

/* Adds it to the block; returns its length. */
static size_t keep_excerpt(struct finisher *finisher, struct str html)
{
    struct buf *block = &finisher->block;
    size_t start = block->len;
    buf_reserve(block, finisher->draft->lead_end);
    markup_text_of(str_sub(html, 0, finisher->draft->lead_end), block);
    char *end = block->ptr + block->len;
    for (char *at = block->ptr + start; (at = memchr(at, '\n', (size_t)(end - at)));)
        *at = ' ';
    return block->len - start;
}

static size_t count_pictures(const struct markup_links *links)
{
    size_t count = 0;
    for (size_t i = 0; i < links->count; i++)
        count += links->items[i].kind == MARKUP_PICTURE;
    return count;
}

void markup_finish(const struct markup_draft *draft, struct buf *html, struct arena *arena,
                   struct arena_mark mark, struct markup *out)
{
    struct markup markup = {.link_count = (uint32_t)draft->links.count,
                            .picture_count = (uint32_t)count_pictures(&draft->links),
                            .heading_count = (uint32_t)draft->headings.count,
                            .id_count = (uint32_t)draft->ids.count,
                            .note_count = (uint32_t)draft->notes.count,
                            .lead_end = (uint32_t)draft->lead_end,
                            .has_more = draft->has_more,
                            .had_raw_html = draft->had_raw_html};
    struct finisher finisher = {.draft = draft, .layout = layout_of(&markup)};
    make_room(&finisher.block, finisher.layout.texts);
    for (size_t i = 0; i < draft->links.count; i++)
        keep_link(&finisher, i);
    keep_headings_and_ids(&finisher);
    size_t excerpt = keep_excerpt(&finisher, buf_str(html));
    markup.kept_size = (uint32_t)finisher.block.len;
    keep_notes(&finisher, &markup);
    arena_rewind(arena, mark);
    char *block = arena_alloc(arena, finisher.block.len);
    memcpy(block, finisher.block.ptr, finisher.block.len);
    markup.block = block;
    markup.excerpt = (struct str){block + markup.kept_size - excerpt, excerpt};
    markup.html = arena_str(arena, buf_str(html));
    buf_release(&finisher.block);
    buf_release(html);
    *out = markup;
}

void markup_keep(const struct markup *markup, struct arena *arena, struct markup *out)
{
    char *block = arena_alloc(arena, markup->kept_size);
    memcpy(block, markup->block, markup->kept_size);
    *out = *markup;
    out->html = (struct str){0};
    out->block = block;
    out->note_count = 0;
    out->words = (uint32_t)markup_word_count(markup);
    out->excerpt.ptr = block + markup->kept_size - markup->excerpt.len;
}

static struct str text_at(const struct markup *markup, struct markup_slice slice)
{
    return (struct str){markup->block + slice.at, slice.len};
}

struct markup_link markup_link_at(const struct markup *markup, size_t number)
{
    struct markup_kept_link kept;
    memcpy(&kept, markup->block + number * sizeof kept, sizeof kept);
    struct markup_link link = {.kind = (enum markup_link_kind)kept.kind,
                               .in_raw_html = kept.in_raw_html,
                               .target = text_at(markup, kept.target),
                               .source_start = kept.source_start,
                               .source_end = kept.source_end,
                               .html_start = kept.html_start,
                               .html_end = kept.html_end};
    if (link.kind == MARKUP_PICTURE) {
        struct markup_kept_picture picture;
        memcpy(&picture, markup->block + layout_of(markup).pictures + kept.picture * sizeof picture,
               sizeof picture);
        link.alt = text_at(markup, picture.alt);
        link.title = text_at(markup, picture.title);
        link.attributes = text_at(markup, picture.attributes);
    }
    return link;
}

struct markup_heading markup_heading_at(const struct markup *markup, size_t number)
{
    struct markup_kept_heading kept;
    memcpy(&kept, markup->block + layout_of(markup).headings + number * sizeof kept, sizeof kept);
    return (struct markup_heading){.level = (int)kept.level,
                                   .id = text_at(markup, kept.id),
                                   .text = text_at(markup, kept.text),
                                   .html_start = kept.html_start,
                                   .html_end = kept.html_end};
}

struct str markup_id_at(const struct markup *markup, size_t number)
{
    struct markup_slice slice;
    memcpy(&slice, markup->block + layout_of(markup).ids + number * sizeof slice, sizeof slice);
    return text_at(markup, slice);
}

struct markup_note markup_note_at(const struct markup *markup, size_t number)
{
    struct markup_kept_note kept;
    memcpy(&kept, markup->block + notes_at(markup) + number * sizeof kept, sizeof kept);
    return (struct markup_note){.rule = (enum markup_rule)kept.rule,
                                .message = text_at(markup, kept.message),
                                .hint = text_at(markup, kept.hint),
                                .source_start = kept.source_start,
                                .source_end = kept.source_end};
}
