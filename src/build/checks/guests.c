/* nearly-member: a guest's name that is a letter off a member's. A guest is whoever is no member,
 * so such a slip is no error; but the article then stands in nobody's bio. */
#include "base/suggest.h"
#include "base/vec.h"
#include "build/checks/checks_internal.h"

struct names {
    struct str *items;
    size_t count, capacity;
};

struct guests {
    struct names members;
    struct map asked; /* name: the member's that is near, or an empty one */
    struct str none;
    struct diags *diags;
};

/* Shorter names are near to too many. */
enum { NAME_LEAST = 6 };

static struct str *nearest_member(struct guests *guests, struct str name)
{
    struct str *known = map_get(&guests->asked, name);
    if (known)
        return known;
    known = &guests->none;
    for (size_t i = 0; i < guests->members.count; i++) {
        struct str *member = &guests->members.items[i];
        if (str_eq(name, *member)) {
            known = &guests->none;
            break;
        }
        if (suggest_distance(name, *member, 1) <= 1)
            known = member;
    }
    map_put(&guests->asked, name, known);
    return known;
}

static void look_at(struct guests *guests, const struct entry *entry, struct field_list fields)
{
    for (size_t i = 0; i < fields.count; i++) {
        const struct field_text *given = &fields.items[i];
        if (given->text.len < NAME_LEAST || str_find_byte(given->text, ' ', 0) == STR_NONE)
            continue;
        const struct str *member = nearest_member(guests, given->text);
        if (member->len == 0)
            continue;
        diag_add(guests->diags, SEVERITY_WARNING, "nearly-member",
                 record_span(entry->record, given->place),
                 "'%.*s' is no member, so the name leads nowhere", STR_ARG(given->text));
        diag_hint(guests->diags, "did you mean '%.*s'?", STR_ARG(*member));
    }
}

void check_guests(const struct site *site, struct arena *scratch, struct diags *diags)
{
    struct guests guests = {.diags = diags};
    map_init(&guests.asked, scratch);
    for (size_t i = 0; i < site->entry_count; i++) {
        const struct entry *entry = &site->entries[i];
        if (entry->kind == KIND_MEMBER)
            *vec_push(scratch, &guests.members) = entry->record->title.text;
    }
    for (size_t i = 0; i < site->entry_count; i++) {
        const struct entry *entry = &site->entries[i];
        const struct record *record = entry->record;
        if (entry->kind == KIND_ARTICLE) {
            look_at(&guests, entry, record->article.author);
            look_at(&guests, entry, record->article.authors);
            look_at(&guests, entry, record->article.editor);
            look_at(&guests, entry, record->article.with);
        } else if (entry->kind == KIND_EVENT) {
            look_at(&guests, entry, record->event.speakers);
            look_at(&guests, entry, record->event.organiser);
        } else if (entry->kind == KIND_COMMENT) {
            look_at(&guests, entry, record->comment.author);
        }
    }
}
