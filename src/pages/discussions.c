#include "pages/discussions.h"
#include "base/vec.h"

#include <stdlib.h>

static int newest_first(const void *left, const void *right)
{
    const struct entry *a = *(const struct entry *const *)left;
    const struct entry *b = *(const struct entry *const *)right;
    if (a->date.utc != b->date.utc)
        return a->date.utc > b->date.utc ? -1 : 1;
    return str_cmp(a->file->path, b->file->path);
}

static bool is_open(const struct entry *article)
{
    return article->group->comment_count > 0 &&
           !str_eq(article->record->article.comments.text, STR("off"));
}

/* A stack serves for the threads, since strangers decide about their depth; the list itself is the
 * stack: what stands behind `at` is still to be looked at. */
static void gather(struct discussion *discussion, const struct entry *article, struct arena *arena)
{
    const struct entry_list *top = &article->group->comments;
    struct entry_list *list = &discussion->comments;
    for (size_t i = 0; i < top->count; i++)
        *vec_push(arena, list) = top->items[i];
    for (size_t at = 0; at < list->count; at++) {
        const struct entry_list *replies = &list->items[at]->replies;
        for (size_t i = 0; i < replies->count; i++)
            *vec_push(arena, list) = replies->items[i];
    }
    if (list->count > 1)
        qsort(list->items, list->count, sizeof *list->items, newest_first);
}

static void add_all(struct discussion *all, const struct discussion *one, struct arena *arena)
{
    for (size_t i = 0; i < one->comments.count; i++)
        *vec_push(arena, &all->comments) = one->comments.items[i];
}

const struct discussion *discussions_of(const struct site *site, const struct edition *edition,
                                        struct arena *arena, size_t *count)
{
    const struct entry_list *articles = &edition->articles;
    struct discussion *all = arena_zalloc(arena, articles->count + 1, sizeof *all);
    *count = 0;
    if (site->config.comments == COMMENTS_OFF)
        return all;
    *count = 1;
    for (size_t i = 0; i < articles->count; i++) {
        if (!is_open(articles->items[i]) || articles->items[i]->edition != edition)
            continue;
        struct discussion *one = &all[(*count)++];
        one->article = articles->items[i];
        gather(one, articles->items[i], arena);
        add_all(all, one, arena);
    }
    if (all->comments.count > 1)
        qsort(all->comments.items, all->comments.count, sizeof *all->comments.items, newest_first);
    return all;
}
