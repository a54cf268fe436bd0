#include "base/vec.h"
#include "pages/objects.h"

/* Replies are nested up to here and stand side by side below it, so that a thread of any depth can
 * be read on a phone, and rendered by a template that includes itself. */
enum { DEPTH_MOST = 6 };

static int64_t depth_of(const struct entry *comment)
{
    int64_t depth = 0;
    for (const struct entry *at = comment->parent; at && depth < DEPTH_MOST; at = at->parent)
        depth++;
    return depth;
}

struct value_items {
    struct value *items;
    size_t count, capacity;
};

static void push_replies(const struct entry *comment, struct arena *arena,
                         struct entry_list *pending)
{
    for (size_t i = comment->replies.count; i > 0; i--)
        *vec_push(arena, pending) = comment->replies.items[i - 1];
}

/* All that stand below a comment at the deepest level, in the order of the thread, without
 * recursion: `pending` is a stack of those whose replies are still to be listed. */
static struct value flat_replies(const struct entry *comment, struct value_reader *reader)
{
    struct entry_list pending = {0};
    struct value_items found = {0};
    push_replies(comment, reader->arena, &pending);
    while (pending.count > 0) {
        const struct entry *next = pending.items[--pending.count];
        *vec_push(reader->arena, &found) = object_entry(next);
        push_replies(next, reader->arena, &pending);
    }
    return value_list(reader->arena, found.items, found.count);
}

static struct value replies_of(const struct entry *comment, struct value_reader *reader)
{
    int64_t depth = depth_of(comment);
    if (depth >= DEPTH_MOST)
        return value_nil();
    return depth == DEPTH_MOST - 1 ? flat_replies(comment, reader)
                                   : object_entries(&comment->replies);
}

bool object_comment_get(const struct entry *entry, enum property property,
                        struct value_reader *reader, struct value *out)
{
    switch (property) {
    case PROPERTY_id: *out = value_text(entry->comment_id); return true;
    case PROPERTY_author:
        *out = entry->authors.count > 0 ? object_person(entry->authors.items) : value_nil();
        return true;
    case PROPERTY_replies: *out = replies_of(entry, reader); return true;
    case PROPERTY_depth: *out = value_integer(depth_of(entry)); return true;
    default: return false;
    }
}
