/* ~~Strikethrough~~, between delimiters that are children of one node. */
#include "base/utf8.h"
#include "base/vec.h"
#include "lang/markdown/extensions.h"

struct run {
    cmark_node *node; /* a text node of nothing but the tildes */
    size_t length;    /* 1 or 2 */
    size_t number;    /* in the order of the runs */
};

struct runs {
    struct run *items;
    size_t count, capacity;
};

struct striker {
    struct md_job *job;
    struct runs open[3]; /* by length: those that may still be closed */
    size_t number;
};

/* How a character beside tildes counts for CommonMark's rule of flanking. */
enum flank { FLANK_SPACE, FLANK_PUNCTUATION, FLANK_OTHER };

static enum flank flank_of(uint32_t c)
{
    if (c <= ' ' || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F ||
        c == 0x205F || c == 0x3000)
        return FLANK_SPACE;
    if (c < 0x80)
        return str_is_alpha((char)c) || str_is_digit((char)c) ? FLANK_OTHER : FLANK_PUNCTUATION;
    if (c == 0xA1 || c == 0xA7 || c == 0xAB || c == 0xB6 || c == 0xB7 || c == 0xBB || c == 0xBF ||
        (c >= 0x2010 && c <= 0x205E) || (c >= 0x3001 && c <= 0x3011) ||
        (c >= 0xFF01 && c <= 0xFF0F) || (c >= 0x12470 && c <= 0x12474) ||
        (c >= 0x10A50 && c <= 0x10A58))
        return FLANK_PUNCTUATION;
    return FLANK_OTHER;
}

/* What stands where a text ends: all other inlines begin and end with punctuation. */
static enum flank beyond(cmark_node *node, cmark_node *sibling)
{
    cmark_node_type type = cmark_node_get_type(sibling ? sibling : cmark_node_parent(node));
    if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK ||
        type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING)
        return FLANK_SPACE;
    return FLANK_PUNCTUATION;
}

static enum flank flank_before(cmark_node *node, struct str text, size_t at)
{
    if (at == 0)
        return beyond(node, cmark_node_previous(node));
    size_t start = at - 1;
    while (start > 0 && ((unsigned char)text.ptr[start] & 0xC0) == 0x80 && at - start < 4)
        start--;
    size_t len;
    return flank_of(utf8_decode(str_sub(text, start, at), &len));
}

static enum flank flank_after(cmark_node *node, struct str text, size_t at)
{
    if (at >= text.len)
        return beyond(node, cmark_node_next(node));
    size_t len;
    return flank_of(utf8_decode(str_after(text, at), &len));
}

static cmark_node *put_text(struct md_job *job, cmark_node *before, struct str text)
{
    struct buf *literal = &job->scratch;
    buf_clear(literal);
    buf_add(literal, text);
    cmark_node *piece = md_node_new(CMARK_NODE_TEXT);
    cmark_node_set_literal(piece, literal->ptr);
    cmark_node_insert_before(before, piece);
    return piece;
}

/* Puts all between two runs into a <del>; the runs themselves go. */
static void strike(struct striker *striker, cmark_node *opener, cmark_node *closer)
{
    struct md_mark *mark = arena_zalloc(striker->job->arena, 1, sizeof *mark);
    mark->kind = MD_MARK_DELETED;
    cmark_node *deleted = md_node_new(CMARK_NODE_CUSTOM_INLINE);
    cmark_node_set_user_data(deleted, mark);
    for (cmark_node *node = cmark_node_next(opener), *next; node && node != closer; node = next) {
        next = cmark_node_next(node);
        cmark_node_unlink(node);
        cmark_node_append_child(deleted, node);
    }
    cmark_node_insert_before(opener, deleted);
    cmark_node_unlink(opener);
    cmark_node_free(opener);
    cmark_node_unlink(closer);
    cmark_node_free(closer);
}

static void see_run(struct striker *striker, struct run run, bool can_open, bool can_close)
{
    struct runs *same = &striker->open[run.length];
    if (can_close && same->count > 0) {
        struct run opener = same->items[--same->count];
        /* Whatever was opened in between can no longer be closed. */
        struct runs *other = &striker->open[3 - run.length];
        while (other->count > 0 && other->items[other->count - 1].number > opener.number)
            other->count--;
        strike(striker, opener.node, run.node);
    } else if (can_open) {
        *vec_push(striker->job->arena, same) = run;
    }
}

/* Splits a text node at its tildes and pairs them with earlier ones. */
static void see_text(struct striker *striker, cmark_node *node)
{
    struct md_job *job = striker->job;
    struct str text = str_from(cmark_node_get_literal(node));
    size_t done = 0;
    for (size_t at = str_find_byte(text, '~', 0); at != STR_NONE;) {
        size_t end = at;
        while (end < text.len && text.ptr[end] == '~')
            end++;
        size_t length = end - at;
        bool escaped = job->marker.len > 0 && str_starts(str_after(text, end), job->marker);
        length -= escaped;
        if (length == 1 || length == 2) {
            enum flank before = flank_before(node, text, at);
            enum flank after = escaped ? FLANK_PUNCTUATION : flank_after(node, text, end);
            bool opens =
                after != FLANK_SPACE && (after != FLANK_PUNCTUATION || before != FLANK_OTHER);
            bool closes =
                before != FLANK_SPACE && (before != FLANK_PUNCTUATION || after != FLANK_OTHER);
            if (at > done)
                put_text(job, node, str_sub(text, done, at));
            done = at + length;
            struct run run = {put_text(job, node, str_sub(text, at, done)), length,
                              ++striker->number};
            see_run(striker, run, opens, closes);
        }
        at = str_find_byte(text, '~', end);
    }
    if (done == 0)
        return;
    if (done < text.len)
        put_text(job, node, str_after(text, done));
    cmark_node_unlink(node);
    cmark_node_free(node);
}

static bool holds_inlines(cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_PARAGRAPH:
    case CMARK_NODE_HEADING:
    case CMARK_NODE_EMPH:
    case CMARK_NODE_STRONG:
    case CMARK_NODE_LINK: return true;
    default: return false;
    }
}

void md_strike(struct md_job *job)
{
    if (!job->features.tildes)
        return;
    cmark_iter *iter = cmark_iter_new(job->root);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        const struct md_mark *mark = md_mark_of(node);
        if (event != CMARK_EVENT_EXIT || !holds_inlines(node) ||
            (mark && mark->kind == MD_MARK_AUTOLINK))
            continue;
        struct striker striker = {.job = job};
        for (cmark_node *child = cmark_node_first_child(node), *next; child; child = next) {
            next = cmark_node_next(child);
            if (cmark_node_get_type(child) == CMARK_NODE_TEXT)
                see_text(&striker, child);
        }
    }
    cmark_iter_free(iter);
}
