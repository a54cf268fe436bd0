/* Reading a text that may hold footnotes, or escapes that the passes must know of. */
#include "base/vec.h"
#include "lang/markdown/extensions.h"
#include "lang/markdown/footnotes.h"

#include <string.h>

struct insertions {
    size_t *items; /* offsets at which the marker goes in, sorted */
    size_t count, capacity;
};

/* The offset behind `[^label]`, or 0 if there is no such thing at `at`. */
static size_t label_end(struct str text, size_t at)
{
    size_t end = at + 2;
    while (end < text.len && (unsigned char)text.ptr[end] > ' ' && text.ptr[end] != ']')
        end++;
    return end > at + 2 && end < text.len && text.ptr[end] == ']' ? end + 1 : 0;
}

/* Whether only marks of containers stand between the start of the line and `at`. */
static bool begins_line(struct str text, size_t at)
{
    while (at > 0 && text.ptr[at - 1] != '\n' && text.ptr[at - 1] != '\r') {
        at--;
        if (!str_is_digit(text.ptr[at]) && !strchr(" \t>-+*.)", text.ptr[at]))
            return false;
    }
    return true;
}

static void find_labels(struct md_job *job, struct md_footnotes *footnotes)
{
    struct str text = job->prepared.text;
    for (size_t at = str_find(text, STR("[^"), 0); at != STR_NONE;
         at = str_find(text, STR("[^"), at + 2)) {
        size_t end = label_end(text, at);
        if (end == 0 || end >= text.len || text.ptr[end] != ':' || !begins_line(text, at))
            continue;
        size_t after = end + 1;
        while (after < text.len && (text.ptr[after] == ' ' || text.ptr[after] == '\t'))
            after++;
        *vec_push(job->arena, footnotes) =
            (struct md_footnote){.label = str_sub(text, at + 2, end - 1),
                                 .at = at,
                                 .after = after,
                                 .source = md_source_offset(&job->prepared, at)};
    }
}

static void find_escapes(struct md_job *job, struct insertions *out)
{
    struct str text = job->prepared.text;
    for (size_t at = str_find_byte(text, '\\', 0); at != STR_NONE && at + 1 < text.len;
         at = str_find_byte(text, '\\', at + 2)) {
        if (md_escape_at(text, at))
            *vec_push(job->arena, out) = at + 2;
    }
}

/* The text with list markers for labels and markers behind escapes. */
static void rewrite(struct md_job *job, const struct md_prepared *from,
                    const struct insertions *escapes, const struct md_footnotes *footnotes,
                    struct md_prepared *out)
{
    struct md_preparer preparer;
    md_preparer_init(&preparer, from, job->arena);
    size_t done = 0;
    size_t next = 0;
    for (size_t i = 0; i <= footnotes->count; i++) {
        const struct md_footnote *footnote = i < footnotes->count ? &footnotes->items[i] : NULL;
        size_t until = footnote ? footnote->at : from->text.len;
        for (; next < escapes->count && escapes->items[next] <= until; next++) {
            md_preparer_copy(&preparer, done, escapes->items[next]);
            md_preparer_add(&preparer, job->marker, escapes->items[next]);
            done = escapes->items[next];
        }
        md_preparer_copy(&preparer, done, until);
        done = until;
        if (!footnote)
            break;
        if (footnote->rejected) {
            size_t colon = footnote->at + 2 + footnote->label.len + 1;
            md_preparer_copy(&preparer, done, colon);
            md_preparer_add(&preparer, job->marker, colon);
            done = colon;
        } else {
            md_preparer_add(&preparer, STR("01) "), footnote->at);
            done = footnote->after;
        }
        while (next < escapes->count && escapes->items[next] < done)
            next++;
    }
    md_preparer_finish(&preparer, out);
}

/* Where a block begins in the source. */
static size_t source_of(struct md_job *job, cmark_node *node)
{
    size_t start;
    md_line(&job->prepared, job->arena, (size_t)cmark_node_get_start_line(node), &start);
    return md_source_offset(&job->prepared, start + (size_t)cmark_node_get_start_column(node) - 1);
}

static size_t reject_without_body(struct md_footnotes *footnotes)
{
    size_t rejected = 0;
    for (size_t i = 0; i < footnotes->count; i++) {
        struct md_footnote *footnote = &footnotes->items[i];
        if (!footnote->body && !footnote->rejected) {
            footnote->rejected = true;
            rejected++;
        }
    }
    return rejected;
}

size_t md_find_footnote_bodies(struct md_job *job, struct md_footnotes *footnotes)
{
    for (size_t i = 0; i < footnotes->count; i++)
        footnotes->items[i].body = NULL;
    size_t next = 0;
    cmark_iter *iter = cmark_iter_new(job->root);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE && next < footnotes->count) {
        cmark_node *node = cmark_iter_get_node(iter);
        if (event != CMARK_EVENT_ENTER || cmark_node_get_type(node) != CMARK_NODE_ITEM)
            continue;
        size_t source = source_of(job, node);
        while (next < footnotes->count && footnotes->items[next].source < source)
            next++;
        if (next < footnotes->count && footnotes->items[next].source == source &&
            !footnotes->items[next].rejected)
            footnotes->items[next].body = node;
    }
    cmark_iter_free(iter);
    return reject_without_body(footnotes);
}

/* Labels are compared without regard to the case of ASCII letters. */
static struct str fold(struct md_job *job, struct str label)
{
    char *folded = arena_alloc(job->arena, label.len + 1);
    for (size_t i = 0; i < label.len; i++)
        folded[i] = str_lower(label.ptr[i]);
    return (struct str){folded, label.len};
}

struct md_footnote *md_footnote_named(const struct md_job *job, struct str label)
{
    char folded[MD_MAX_LABEL];
    if (label.len > MD_MAX_LABEL)
        return NULL;
    for (size_t i = 0; i < label.len; i++)
        folded[i] = str_lower(label.ptr[i]);
    return map_get(&job->footnotes->labels, (struct str){folded, label.len});
}

void md_keep_footnotes(struct md_job *job, struct md_footnotes *footnotes)
{
    map_init(&footnotes->labels, job->arena);
    for (size_t i = 0; i < footnotes->count; i++) {
        struct md_footnote *footnote = &footnotes->items[i];
        if (!footnote->body)
            continue;
        struct md_mark *mark = arena_zalloc(job->arena, 1, sizeof *mark);
        mark->kind = MD_MARK_FOOTNOTE_BODY;
        mark->footnote = footnote;
        cmark_node_set_user_data(footnote->body, mark);
        struct str label = fold(job, footnote->label);
        if (label.len <= MD_MAX_LABEL && !map_has(&footnotes->labels, label))
            map_put(&footnotes->labels, label, footnote);
    }
    if (footnotes->labels.count > 0)
        job->footnotes = footnotes;
}

/* Parses the text with what is known so far of labels and escapes. */
static void parse_once(struct md_job *job, const struct md_prepared *from,
                       const struct insertions *escapes, const struct md_footnotes *footnotes,
                       int parse_options)
{
    rewrite(job, from, escapes, footnotes, &job->prepared);
    job->root = md_parse(job->prepared.text, parse_options);
}

struct md_footnotes *md_parse_footnotes(struct md_job *job, int parse_options)
{
    struct md_footnotes *footnotes = arena_zalloc(job->arena, 1, sizeof *footnotes);
    struct insertions escapes = {0};
    struct str marker = {NULL, 0};
    if (job->features.footnotes || job->features.escapes)
        marker = md_choose_marker(job->prepared.text);
    if (marker.len > 0) {
        find_labels(job, footnotes);
        find_escapes(job, &escapes);
    }
    struct md_prepared from = job->prepared;
    if (footnotes->count == 0 && escapes.count == 0) {
        job->root = md_parse(from.text, parse_options);
        return footnotes;
    }
    job->marker = marker;
    /* A label that is refused can change what another one is, but hardly more than once. */
    for (int attempt = 0; attempt < 4; attempt++) {
        for (size_t i = 0; attempt == 3 && i < footnotes->count; i++)
            footnotes->items[i].rejected = true;
        parse_once(job, &from, &escapes, footnotes, parse_options);
        if (md_find_footnote_bodies(job, footnotes) == 0)
            break;
    }
    return footnotes;
}
