#include "source/history_state.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "source/tree.h"

#include <stdlib.h>

#define MAX_MAILMAP ((size_t)1 << 20)

/* Names come from anywhere; what is no UTF-8 is replaced, so that pages stay valid. */
static struct str clean(struct arena *arena, struct str text)
{
    if (utf8_invalid(text) == STR_NONE)
        return arena_str(arena, str_trim(text));
    struct buf buf = {0};
    for (size_t at = 0; at < text.len;) {
        size_t len;
        utf8_encode(&buf, utf8_decode(str_after(text, at), &len));
        at += len;
    }
    struct str result = arena_str(arena, str_trim(buf_str(&buf)));
    buf_release(&buf);
    return result;
}

static struct history_author map_author(struct arena *arena, git_mailmap *mailmap, struct str raw)
{
    size_t open = str_rfind_byte(raw, '<');
    struct history_author author = {.name = clean(arena, str_sub(raw, 0, open))};
    if (open != STR_NONE)
        author.email = clean(arena, str_sub(raw, open + 1, raw.len - 1));
    const char *name;
    const char *email;
    if (mailmap != NULL && author.name.len > 0 &&
        git_mailmap_resolve(&name, &email, mailmap, author.name.ptr,
                            author.email.len > 0 ? author.email.ptr : "") == 0) {
        author.name = clean(arena, str_from(name));
        author.email = clean(arena, str_from(email));
    }
    return author;
}

/* The .mailmap at the top of the commit, if there is a sensible one; else NULL. */
static git_mailmap *read_mailmap(git_odb *odb, const git_oid *root)
{
    git_mailmap *mailmap = NULL;
    git_odb_object *tree;
    if (git_odb_read(&tree, odb, root) != 0)
        return NULL;
    struct tree_entry entry;
    git_odb_object *blob = NULL;
    git_oid id;
    size_t size;
    git_object_t type;
    if (tree_find(tree, STR(".mailmap"), &entry) && entry.kind == TREE_FILE) {
        git_oid_fromraw(&id, entry.id);
        if (git_odb_read_header(&size, &type, odb, &id) == 0 && size <= MAX_MAILMAP &&
            git_odb_read(&blob, odb, &id) == 0)
            git_mailmap_from_buffer(&mailmap, git_odb_object_data(blob), git_odb_object_size(blob));
    }
    git_odb_object_free(blob);
    git_odb_object_free(tree);
    return mailmap;
}

/* An author as a file's commits have them. */
struct claim {
    int64_t since;
    const struct history_author *author;
};

static int compare_authors(const struct history_author *a, const struct history_author *b)
{
    int order = str_cmp(a->name, b->name);
    return order != 0 ? order : str_cmp(a->email, b->email);
}

static int compare_by_author(const void *a, const void *b)
{
    const struct claim *first = a;
    const struct claim *second = b;
    int order = compare_authors(first->author, second->author);
    if (order != 0)
        return order;
    return first->since < second->since ? -1 : first->since > second->since;
}

static int compare_by_time(const void *a, const void *b)
{
    const struct claim *first = a;
    const struct claim *second = b;
    if (first->since != second->since)
        return first->since < second->since ? -1 : 1;
    return compare_authors(first->author, second->author);
}

static void settle_track(struct history_track *track, const struct history_author *people,
                         struct arena *arena, struct arena *scratch)
{
    size_t count = track->parts.count;
    if (count == 1) {
        track->file.authors = &people[track->parts.items[0].person];
        track->file.author_count = 1;
        return;
    }
    struct claim *claims = arena_zalloc(scratch, count, sizeof *claims);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        claims[i] =
            (struct claim){track->parts.items[i].since, &people[track->parts.items[i].person]};
    qsort(claims, count, sizeof *claims, compare_by_author);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || compare_authors(claims[kept - 1].author, claims[i].author) != 0)
            claims[kept++] = claims[i];
    qsort(claims, kept, sizeof *claims, compare_by_time);
    struct history_author *authors = arena_zalloc(arena, kept, sizeof *authors);
    for (size_t i = 0; i < kept; i++)
        authors[i] = *claims[i].author;
    track->file.authors = authors;
    track->file.author_count = kept;
    arena_clear(scratch);
}

void history_settle_people(struct history_state *state, git_odb *odb, const git_oid *root)
{
    struct arena scratch = {0};
    git_mailmap *mailmap = read_mailmap(odb, root);
    struct history_author *people = arena_zalloc(state->arena, state->people.count, sizeof *people);
    for (size_t i = 0; i < state->people.count; i++)
        people[i] = map_author(state->arena, mailmap, state->people.items[i]);
    git_mailmap_free(mailmap);
    for (size_t i = 0; i < state->tracks.count; i++)
        settle_track(state->tracks.entries[i].value, people, state->arena, &scratch);
    arena_release(&scratch);
}
