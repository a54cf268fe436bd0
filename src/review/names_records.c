/* Names, addresses and links in records: whether they look like other ones. */
#include "lang/confusable.h"
#include "review/names_internal.h"

#include <string.h>

struct looking {
    const struct names_question *question;
    struct diags *diags;
    struct arena scratch;
    struct map names;       /* skeleton of a member's name at BASE: struct entry */
    struct map slugs;       /* kind, language and skeleton of a slug at BASE: struct entry */
    bool noted[KIND_COUNT]; /* of which kinds they are in it */
};

static struct str slug_key(struct looking *looking, const struct entry *entry)
{
    struct str lang = entry->edition ? entry->edition->lang : (struct str){0};
    return arena_printf(&looking->scratch, "%d/%.*s/%.*s", (int)entry->kind, STR_ARG(lang),
                        STR_ARG(confusable_skeleton(&looking->scratch, entry->slug)));
}

static void note_base(struct looking *looking, enum kind kind)
{
    const struct site *base = looking->question->base;
    bool done = looking->noted[kind] || kind == KIND_COMMENT;
    looking->noted[kind] = true;
    for (size_t i = 0; i < base->entry_count && !done; i++) {
        const struct entry *entry = &base->entries[i];
        if (entry->kind != kind)
            continue;
        map_put(&looking->slugs, slug_key(looking, entry), (void *)entry);
        struct str name = entry->record->title.text;
        if (entry->kind == KIND_MEMBER && name.len > 0)
            map_put(&looking->names, confusable_skeleton(&looking->scratch, name), (void *)entry);
    }
}

/* ---- texts */

static void check_text(struct looking *looking, const struct entry *entry, struct field_text field,
                       const char *what)
{
    uint32_t letter;
    const char *looks;
    struct span span = record_span(entry->record, field.place);
    if (names_hidden(field.text, &letter, &looks) != STR_NONE) {
        diag_error(looking->diags, "hidden-character", span, "%s holds %s (U+%04X)", what, looks,
                   (unsigned)letter);
        diag_hint(looking->diags, "type it again instead of pasting it");
        return;
    }
    if (confusable_in_word(field.text, &letter, &looks) == STR_NONE)
        return;
    diag_error(looking->diags, "look-alike", span,
               "in %s a letter of another script (U+%04X) looks like '%s'", what, (unsigned)letter,
               looks);
    diag_hint(looking->diags, "type it again with the letter %s of your keyboard", looks);
}

/* Another's name that looks the same; the same file, and one that it was before, is no other. */
static void check_member(struct looking *looking, const struct entry *entry, struct str moved_from)
{
    struct field_text name = entry->record->title;
    struct str skeleton = confusable_skeleton(&looking->scratch, name.text);
    const struct entry *other = name.text.len > 0 ? map_get(&looking->names, skeleton) : NULL;
    if (!other || str_eq(other->file->path, entry->file->path) ||
        str_eq(other->file->path, moved_from) ||
        map_get(&looking->question->after->entries_by_path, other->file->path) == NULL)
        return;
    const struct entry *now =
        map_get(&looking->question->after->entries_by_path, other->file->path);
    if (now->group == entry->group)
        return;
    diag_error(looking->diags, "look-alike", record_span(entry->record, name.place),
               "this name cannot be told from the one in %.*s", STR_ARG(other->file->path));
    diag_hint(looking->diags, "if you bear the same name, add something that tells you apart, such "
                              "as a second initial");
}

static void check_slug(struct looking *looking, const struct entry *entry)
{
    const struct entry *other = map_get(&looking->slugs, slug_key(looking, entry));
    if (!other || str_eq(other->slug, entry->slug) || entry->kind == KIND_COMMENT)
        return;
    const struct entry *now =
        map_get(&looking->question->after->entries_by_path, other->file->path);
    if (!now || now == entry || !str_eq(now->slug, other->slug))
        return;
    struct span span = entry->record->slug.text.len > 0
                           ? record_span(entry->record, entry->record->slug.place)
                           : span_file(entry->record->text);
    diag_error(looking->diags, "look-alike", span,
               "the address '%.*s' looks like '%.*s', which is another page", STR_ARG(entry->slug),
               STR_ARG(other->slug));
    diag_hint(looking->diags, "give the file a name that is not taken for the other");
}

/* ---- links */

static void check_host(struct looking *looking, struct str url, struct span span)
{
    uint32_t letter;
    const char *looks;
    struct str host = names_host(&looking->scratch, url);
    struct str rest = host;
    struct str label;
    bool bad = confusable_in_word(host, &letter, &looks) != STR_NONE;
    while (str_split(&rest, '.', &label))
        bad = bad || confusable_whole(label);
    if (!bad)
        return;
    struct str seen = confusable_read(&looking->scratch, host);
    diag_error(looking->diags, "look-alike", span,
               "this link leads to a host whose letters only look like %.*s", STR_ARG(seen));
    diag_hint(looking->diags, "type the address again; do not paste it");
}

static void check_links(struct looking *looking, const struct entry *entry)
{
    const struct record *record = entry->record;
    for (size_t i = 0; i < record->body.link_count; i++) {
        struct markup_link link = markup_link_at(&record->body, i);
        check_host(looking, link.target,
                   (struct span){record->text, link.source_start, link.source_end});
    }
    if (record->kind != KIND_MEMBER)
        return;
    for (size_t i = 0; i < record->member.links.count; i++) {
        const struct named_link *link = &record->member.links.items[i];
        check_host(looking, link->url.text, record_span(record, link->url.place));
        check_text(looking, entry, link->label, "the label of this link");
    }
}

/* Whether it is called and stands where it was: then it can be taken for others no more than
 * before. Only members are told apart by what they are called. */
static bool keeps_names(const struct looking *looking, const struct entry *entry)
{
    const struct entry *before =
        map_get(&looking->question->base->entries_by_path, entry->file->path);
    return before && before->kind == entry->kind && str_eq(before->slug, entry->slug) &&
           (entry->kind != KIND_MEMBER ||
            str_eq(before->record->title.text, entry->record->title.text));
}

static void check_entry(struct looking *looking, const struct entry *entry, struct str moved_from)
{
    bool member = entry->kind == KIND_MEMBER;
    check_text(looking, entry, entry->record->title, member ? "this name" : "this title");
    check_links(looking, entry);
    if (keeps_names(looking, entry))
        return;
    note_base(looking, entry->kind);
    check_slug(looking, entry);
    if (member)
        check_member(looking, entry, moved_from);
}

void names_check_records(const struct names_question *question, const struct merge_change *changes,
                         size_t count, struct diags *diags)
{
    struct looking looking = {.question = question, .diags = diags};
    map_init(&looking.names, &looking.scratch);
    map_init(&looking.slugs, &looking.scratch);
    for (size_t i = 0; i < count; i++) {
        const struct entry *entry = map_get(&question->after->entries_by_path, changes[i].in_site);
        if (changes[i].status != MERGE_REMOVED && entry)
            check_entry(&looking, entry, changes[i].moved_from);
    }
    arena_release(&looking.scratch);
}
