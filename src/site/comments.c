/* Threads: each comment under its article, replies under what they answer. */
#include "base/path.h"
#include "base/suggest.h"
#include "site/linker.h"

#include <stdlib.h>

/* The article that a folder of content/comments/ is named after: its slug, or its file's name. */
static struct group *find_article(struct linker *linker, const struct content_place *place)
{
    struct entry *found =
        linker_find_slug(linker, KIND_ARTICLE, linker->site->config.language, place->folder);
    if (found)
        return found->group;
    struct str key =
        arena_printf(linker->arena, "%d/%.*s", (int)KIND_ARTICLE, STR_ARG(place->folder));
    return map_get(&linker->groups, key);
}

static void explain_orphan(struct linker *linker, const struct entry *entry,
                           const struct content_place *place)
{
    diag_error(linker->diags, "orphan-comment", span_file(entry->record->text),
               "this comment stands under '%.*s', and there is no such article",
               STR_ARG(place->folder));
    struct str nearest = linker_suggest_slug(linker, KIND_ARTICLE, place->folder);
    if (nearest.len > 0)
        diag_hint(linker->diags, "did you mean the folder content/comments/%.*s/ ?",
                  STR_ARG(nearest));
}

/* Comments of one article by id; a map of maps would be one too many, so the key holds both. */
static struct str comment_key(struct arena *arena, struct str folder, struct str id)
{
    return arena_printf(arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(id));
}

/* A suggestion looks at every comment, so only the first mistakes of a run get one. */
enum { SUGGESTIONS_MOST = 100 };

static void suggest_comment(struct linker *linker, struct str id, struct str folder,
                            const struct map *ids)
{
    if (linker->diags->count > SUGGESTIONS_MOST)
        return;
    struct arena scratch = {0};
    struct str *names = arena_zalloc(&scratch, ids->count, sizeof *names);
    size_t count = 0;
    for (size_t i = 0; i < ids->count; i++) {
        if (str_eq(path_folder(ids->entries[i].key), folder))
            names[count++] = path_name(ids->entries[i].key);
    }
    struct str nearest = suggest_nearest(id, names, count);
    if (nearest.len > 0)
        diag_hint(linker->diags, "did you mean '%.*s'?", STR_ARG(nearest));
    arena_release(&scratch);
}

static void find_parent(struct linker *linker, struct entry *entry, struct map *ids)
{
    const struct field_text *reply_to = &entry->record->comment.reply_to;
    struct str folder = linker->places[entry->number].folder;
    if (reply_to->text.len == 0)
        return;
    struct str id = reply_to->text;
    if (str_ends(id, STR(".md")))
        id.len -= 3;
    struct entry *parent = map_get(ids, comment_key(linker->arena, folder, id));
    struct span span = entry_span(entry, reply_to->place);
    if (parent == entry) {
        diag_error(linker->diags, "comment-ring", span, "this comment is a reply to itself");
        diag_hint(linker->diags, "'reply_to' names the comment that was there before");
        return;
    }
    if (parent) {
        entry->parent = parent;
        return;
    }
    diag_error(linker->diags, "unknown-comment", span,
               "there is no comment '%.*s' under this article", STR_ARG(reply_to->text));
    suggest_comment(linker, reply_to->text, folder, ids);
}

static void break_ring(struct linker *linker, struct entry *entry)
{
    diag_error(linker->diags, "comment-ring",
               entry_span(entry, entry->record->comment.reply_to.place),
               "these comments answer each other in a ring");
    diag_hint(linker->diags, "one of them was first: take its 'reply_to' out");
    entry->parent = NULL;
}

/* Follows the parents of each comment up to where an earlier walk has been, so that the whole is
 * linear in the comments, however deep a thread is. Whoever meets their own walk is in a ring. */
static void break_rings(struct linker *linker, const struct map *ids)
{
    struct arena scratch = {0};
    size_t *walks = arena_zalloc(&scratch, linker->site->entry_count, sizeof *walks);
    for (size_t i = 0; i < ids->count; i++) {
        struct entry *at = ids->entries[i].value;
        while (at && walks[at->number] == 0) {
            walks[at->number] = i + 1;
            at = (struct entry *)at->parent;
        }
        if (at && walks[at->number] == i + 1)
            break_ring(linker, at);
    }
    arena_release(&scratch);
}

static int compare_age(const void *left, const void *right)
{
    const struct entry *a = *(const struct entry *const *)left;
    const struct entry *b = *(const struct entry *const *)right;
    if (a->date.utc != b->date.utc)
        return a->date.utc < b->date.utc ? -1 : 1;
    return str_cmp(a->file->path, b->file->path);
}

static void sort_by_age(struct entry_list *list)
{
    if (list->count > 1)
        qsort(list->items, list->count, sizeof *list->items, compare_age);
}

static void check_age(struct linker *linker, const struct entry *entry)
{
    const struct entry *article = entry->commented->primary;
    int64_t earliest = entry->parent ? entry->parent->date.utc : article->date.utc;
    /* A date without a time is the start of its day; the comment may be from its last second. */
    int64_t own = entry->date.utc + (entry->date.shown.has_time ? 0 : 86399);
    if (!entry->date.given || own >= earliest)
        return;
    diag_add(linker->diags, SEVERITY_WARNING, "comment-order",
             entry_span(entry, entry->record->date.place), "this comment is older than %s",
             entry->parent ? "the one it answers" : "its article");
}

static void place_comment(struct linker *linker, struct entry *entry)
{
    struct group *article = (struct group *)entry->commented;
    struct entry *parent = (struct entry *)entry->parent;
    check_age(linker, entry);
    article->comment_count++;
    *vec_push(linker->arena, parent ? &parent->replies : &article->comments) = entry;
}

void comments_find(struct linker *linker)
{
    struct site *site = linker->site;
    struct map ids;
    map_init(&ids, linker->arena);
    for (size_t i = 0; i < site->entry_count; i++) {
        struct entry *entry = &site->entries[i];
        const struct content_place *place = &linker->places[i];
        if (entry->kind != KIND_COMMENT)
            continue;
        entry->commented = find_article(linker, place);
        if (entry->commented)
            map_put(&ids, comment_key(linker->arena, place->folder, entry->comment_id), entry);
        else
            explain_orphan(linker, entry, place);
    }
    for (size_t i = 0; i < ids.count; i++)
        find_parent(linker, ids.entries[i].value, &ids);
    break_rings(linker, &ids);
    for (size_t i = 0; i < ids.count; i++)
        place_comment(linker, ids.entries[i].value);
    for (size_t i = 0; i < site->entry_count; i++) {
        struct entry *entry = &site->entries[i];
        sort_by_age(&entry->replies);
        if (entry->group && entry->group->primary == entry)
            sort_by_age(&entry->group->comments);
    }
}
