/* What a member or a newcomer may do with bios and the pictures beside them. */
#include "base/path.h"
#include "lang/slug.h"
#include "pages/body.h"
#include "review/rights_internal.h"
#include "site/contents.h"

/* ---- names of files */

/* Whether the words of a slug stand in another in the same order: jo-tremblay in
 * jo-anne-tremblay. */
static bool has_words(struct str all, struct str some, size_t *count)
{
    struct str word;
    *count = 0;
    while (str_split(&some, '-', &word)) {
        struct str candidate = {0};
        while (str_split(&all, '-', &candidate) && !str_eq(candidate, word))
            continue;
        if (!str_eq(candidate, word))
            return false;
        ++*count;
    }
    return true;
}

static bool fits(struct judge *judge, struct str slug, struct str name)
{
    struct str whole = slug_fold(judge->arena, name);
    size_t words = 0;
    return str_eq(slug, whole) || (has_words(whole, slug, &words) &&
                                   (words >= 2 || str_find_byte(whole, '-', 0) == STR_NONE));
}

/* A bio's address is its owner's name, not a word that they would like to have. */
static void check_name(struct judge *judge, const struct entry *bio)
{
    struct str account = slug_fold(judge->arena, judge->question->actor);
    struct str name = bio->record->title.text;
    if (bio->slug.len == 0 || fits(judge, bio->slug, name) || str_eq(bio->slug, account))
        return;
    struct str proposed = slug_fold(judge->arena, name);
    judge_deny(judge, judge_path_span(judge, bio->file->path),
               "the address '%.*s' fits neither the name in this bio nor the account %.*s",
               STR_ARG(bio->slug), STR_ARG(judge->question->actor));
    diag_hint(judge->diags, "name the file content/members/%.*s.md",
              STR_ARG(proposed.len > 0 ? proposed : account));
}

/* ---- accounts */

/* Whether the account stays what it was. */
static bool check_account(struct judge *judge, const struct entry *before,
                          const struct entry *after)
{
    struct str old = judge_account(before->group);
    struct field_text field = after->record->member.github;
    struct str new = field.text.len > 0 ? field.text : judge_account(after->group);
    if (str_starts(new, STR("@")))
        new = str_after(new, 1);
    if (old.len == 0 || str_eq_nocase(old, new))
        return true;
    judge_deny(judge, record_span(after->record, field.place),
               "this bio belongs to the account %.*s, and only an admin may give it another",
               STR_ARG(old));
    diag_hint(judge->diags,
              "write github: %.*s again; if you changed your account's name, ask an "
              "admin",
              STR_ARG(old));
    return false;
}

static bool own_account(struct judge *judge, const struct entry *bio)
{
    struct str account = judge_account(bio->group);
    struct field_text field = bio->record->member.github;
    if (str_eq_nocase(account, judge->question->actor))
        return true;
    if (account.len == 0) {
        judge_deny(judge, record_span(bio->record, field.place),
                   "nothing in this bio says that it is yours");
        diag_hint(judge->diags, "add the line github: %.*s below the name",
                  STR_ARG(judge->question->actor));
    } else {
        judge_deny(judge, record_span(bio->record, field.place),
                   "this bio names the account %.*s, and it is sent by %.*s", STR_ARG(account),
                   STR_ARG(judge->question->actor));
        diag_hint(judge->diags,
                  "everybody sends their own bio; if it is yours, write github: "
                  "%.*s",
                  STR_ARG(judge->question->actor));
    }
    return false;
}

/* ---- claims */

static bool same_date(const struct field_date *a, const struct field_date *b)
{
    return a->given == b->given &&
           (!a->given || date_utc_seconds(&a->time) == date_utc_seconds(&b->time));
}

static bool claimed_before(const struct entry *before, const struct claim *claim)
{
    if (!before)
        return false;
    const struct claim_list *list = &before->record->member.designations;
    for (size_t i = 0; i < list->count; i++) {
        const struct claim *old = &list->items[i];
        if (str_eq(old->code.text, claim->code.text))
            return same_date(&old->since, &claim->since) &&
                   same_date(&old->expires, &claim->expires) &&
                   str_eq(old->credential_url.text, claim->credential_url.text);
    }
    return false;
}

/* The roster is BASE's, or the change is refused for touching it. */
static bool is_granted(const struct entry *bio, struct str code)
{
    const struct grant_list *grants = &bio->group->grants;
    for (size_t i = 0; i < grants->count; i++) {
        if (str_eq(grants->items[i].designation->code, code))
            return true;
    }
    return false;
}

static void check_claims(struct judge *judge, const struct entry *before, const struct entry *after)
{
    const struct claim_list *claims = &after->record->member.designations;
    for (size_t i = 0; i < claims->count; i++) {
        const struct claim *claim = &claims->items[i];
        if (claimed_before(before, claim) ||
            (judge->question->has_roster && is_granted(after, claim->code.text)))
            continue;
        judge_deny(judge, record_span(after->record, claim->code.place),
                   "designations are not self-awarded: %.*s is new or changed here",
                   STR_ARG(claim->code.text));
        diag_hint(judge->diags, "%s",
                  judge->question->has_roster
                      ? "take it out; the committee adds it to content/roster.yml"
                      : "take it out of your change and ask an editor to add it");
    }
}

static bool has_alias(const struct entry *before, struct str alias)
{
    const struct field_list *list = before ? &before->record->aliases : NULL;
    for (size_t i = 0; list && i < list->count; i++) {
        if (str_eq(list->items[i].text, alias))
            return true;
    }
    return false;
}

/* An alias takes an address of the site for the bio. */
static void check_aliases(struct judge *judge, const struct entry *before,
                          const struct entry *after)
{
    const struct field_list *aliases = &after->record->aliases;
    for (size_t i = 0; i < aliases->count; i++) {
        struct str alias = aliases->items[i].text;
        if (has_alias(before, alias) || str_starts(alias, STR("/members/")))
            continue;
        judge_deny(judge, record_span(after->record, aliases->items[i].place),
                   "an old address of a bio lies under /members/; others are for an editor");
        diag_hint(judge->diags, "take the alias out, or ask an editor to add it");
    }
}

/* ---- pictures */

/* The bio on a side whose folder the file is in, or whose file bears the same name. */
static const struct entry *neighbour(const struct site *site, struct str path)
{
    struct str folder = path_folder(path);
    struct str stem = path_stem(path);
    for (size_t i = 0; i < site->entry_count; i++) {
        const struct entry *entry = &site->entries[i];
        struct str file = entry->file->path;
        if (entry->kind != KIND_MEMBER || !str_starts(file, STR("content/")))
            continue;
        struct content_place place = content_place(&site->config, file);
        if (place.is_index
                ? path_inside(path, path_folder(file))
                : str_eq(path_folder(file), folder) && str_eq(path_name(place.stem), stem))
            return entry;
    }
    return NULL;
}

/* The file of the site that a name in a bio leads to; empty if it is none. */
static struct str file_of(const struct plan *plan, const struct entry *bio, struct str name)
{
    if (name.len == 0 || !bio->published)
        return (struct str){0};
    struct body_target target = body_look_up(plan, bio, name);
    if (target.goal != BODY_OUTPUT || target.output->kind != OUTPUT_ATTACHMENT)
        return (struct str){0};
    return ((const struct attachment *)target.output->subject)->file->path;
}

/* Calls `look` for each picture that a bio shows. */
static void each_picture(const struct plan *plan, const struct entry *bio,
                         void (*look)(void *context, struct str path, struct span span),
                         void *context)
{
    const struct record *record = bio->record;
    const struct field_text *named[] = {&record->member.photo, &record->image};
    for (size_t i = 0; i < 2; i++) {
        struct str path = file_of(plan, bio, named[i]->text);
        if (path.len > 0)
            look(context, path, record_span(record, named[i]->place));
    }
    for (size_t i = 0; i < record->body.link_count; i++) {
        struct markup_link link = markup_link_at(&record->body, i);
        struct str path = file_of(plan, bio, link.target);
        if (path.len > 0)
            look(context, path, (struct span){record->text, link.source_start, link.source_end});
    }
}

struct users {
    struct judge *judge;
    struct str path;
    bool at_base;
    const struct entry *bio; /* that is being looked through */
    size_t own;
    size_t others;
};

static void count_user(void *context, struct str path, struct span span)
{
    struct users *users = context;
    struct judge *judge = users->judge;
    (void)span;
    if (!str_eq(path, users->path))
        return;
    const struct group *member = users->bio->group;
    bool own = users->at_base ? judge_owns_base(judge, member)
                              : judge_owns_after(judge, member) || judge_is_new_own(judge, member);
    if (own)
        users->own++;
    else
        users->others++;
}

static struct users users_of(struct judge *judge, struct str path, bool at_base)
{
    struct users users = {.judge = judge, .path = path, .at_base = at_base};
    const struct plan *plan = at_base ? judge->question->base : judge->question->after;
    for (size_t i = 0; i < plan->site->entry_count; i++) {
        users.bio = &plan->site->entries[i];
        if (users.bio->kind == KIND_MEMBER)
            each_picture(plan, users.bio, count_user, &users);
    }
    return users;
}

/* Whose a picture is: the bio's whose folder or name it has, else the bios' that show it. */
static bool is_own_picture(struct judge *judge, struct str path, bool is_new)
{
    const struct entry *bio = neighbour(judge->base, path);
    if (bio)
        return judge_owns_base(judge, bio->group);
    struct users before = users_of(judge, path, true);
    if (before.own + before.others > 0)
        return before.others == 0;
    bio = neighbour(judge->after, path);
    if (bio)
        return judge_owns_after(judge, bio->group) || judge_is_new_own(judge, bio->group);
    struct users after = users_of(judge, path, false);
    return is_new && after.own > 0 && after.others == 0;
}

static bool is_picture_name(struct str path)
{
    static const struct str extensions[] = {STR_INIT(".jpg"), STR_INIT(".jpeg"),
                                            STR_INIT(".png"), STR_INIT(".webp"),
                                            STR_INIT(".gif"), STR_INIT(".avif")};
    struct str extension = path_extension(path);
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++) {
        if (str_eq_nocase(extension, extensions[i]))
            return true;
    }
    return false;
}

void judge_picture(struct judge *judge, const struct merge_change *change)
{
    struct str path = change->in_site;
    bool is_new = change->status == MERGE_ADDED;
    if (!is_own_picture(judge, path, is_new)) {
        judge_deny(judge, judge_path_span(judge, path), "this file belongs to no bio of yours");
        diag_hint(judge->diags, "name your picture as your bio's file is named, jo-tremblay.jpg "
                                "beside jo-tremblay.md");
    } else if (change->status != MERGE_REMOVED && !is_picture_name(path)) {
        judge_deny(judge, judge_path_span(judge, path),
                   "beside a bio there may be pictures (JPEG, PNG, WebP, GIF or AVIF) and "
                   "nothing else");
        diag_hint(judge->diags, "take this file out of the pull request, or ask an editor");
    }
}

static void check_shown(void *context, struct str path, struct span span)
{
    struct judge *judge = context;
    const struct entry *owner =
        path_inside(path, STR("content")) ? neighbour(judge->base, path) : NULL;
    if (!owner || judge_owns_base(judge, owner->group))
        return;
    struct str name = owner->record->title.text;
    judge_deny(judge, span, "this picture belongs to the bio of %.*s", STR_ARG(name));
    diag_hint(judge->diags, "show a picture of your own");
}

/* ---- bios */

static void judge_removed(struct judge *judge, const struct entry *before)
{
    for (size_t i = 0; i < judge->after->entry_count; i++) {
        const struct entry *entry = &judge->after->entries[i];
        if (entry->kind == KIND_MEMBER &&
            str_eq_nocase(judge_account(entry->group), judge->question->actor))
            return; /* it only has another name now */
    }
    judge_deny(judge, judge_path_span(judge, before->file->path),
               "a bio is removed by an editor, since articles and lists name its member");
    diag_hint(judge->diags, "ask an editor; they also see to it that it stays away");
}

static void judge_foreign(struct judge *judge, const struct entry *before)
{
    struct str account = judge_account(before->group);
    struct span span = judge_path_span(judge, before->file->path);
    if (account.len > 0)
        judge_deny(judge, span,
                   "this bio belongs to the account %.*s, and the change comes from %.*s",
                   STR_ARG(account), STR_ARG(judge->question->actor));
    else
        judge_deny(judge, span, "this bio names no account yet, so only an editor may change it");
    diag_hint(judge->diags,
              account.len > 0 ? "take this file out of the pull request; if something in it is "
                                "wrong, tell its owner or an editor"
                              : "ask an editor to add your account to it: github: %.*s",
              STR_ARG(judge->question->actor));
}

static bool has_other_new(const struct judge *judge, const struct entry *bio)
{
    for (size_t i = 0; i < judge->after->entry_count; i++) {
        const struct entry *entry = &judge->after->entries[i];
        if (entry->kind == KIND_MEMBER && entry->group != bio->group &&
            str_cmp(entry->file->path, bio->file->path) < 0 &&
            judge_is_new_own(judge, entry->group))
            return true;
    }
    return false;
}

/* Whether the actor's bio moved, so that a new file may take its place. */
static bool left_another(const struct judge *judge)
{
    for (size_t i = 0; i < judge->removed.count; i++) {
        const struct entry *entry = judge_entry(judge->base, judge->removed.entries[i].key);
        if (entry && entry->kind == KIND_MEMBER && judge_owns_base(judge, entry->group))
            return true;
    }
    return false;
}

static bool may_add(struct judge *judge, const struct entry *bio)
{
    if (judge_owns_after(judge, bio->group))
        return true;
    struct span span = judge_path_span(judge, bio->file->path);
    if (!own_account(judge, bio))
        return false;
    if (!judge_is_new_own(judge, bio->group)) {
        judge_deny(judge, span, "this file would be a part of somebody else's bio");
        diag_hint(judge->diags, "give it a name of its own, and take out translation_of");
    } else if (judge->question->role == RIGHTS_MEMBER && !left_another(judge)) {
        judge_deny(judge, span, "the account %.*s has a bio already",
                   STR_ARG(judge->question->actor));
        diag_hint(judge->diags, "change that one; an account owns one bio");
    } else if (has_other_new(judge, bio)) {
        judge_deny(judge, span, "there is another new bio of the account %.*s in this change",
                   STR_ARG(judge->question->actor));
        diag_hint(judge->diags, "send one bio");
    } else {
        return true;
    }
    return false;
}

static void check_content(struct judge *judge, const struct entry *before,
                          const struct entry *after)
{
    check_claims(judge, before, after);
    check_aliases(judge, before, after);
    each_picture(judge->question->after, after, check_shown, judge);
    if (!before || !str_eq(before->slug, after->slug))
        check_name(judge, after);
}

void judge_bio(struct judge *judge, const struct merge_change *change)
{
    bool is_editor = judge->question->role == RIGHTS_EDITOR;
    struct str old_path = change->moved_from.len > 0 ? change->moved_from : change->in_site;
    const struct entry *before = judge_entry(judge->base, old_path);
    const struct entry *after =
        change->status == MERGE_REMOVED ? NULL : judge_entry(judge->after, change->in_site);
    if (before && before->kind != KIND_MEMBER)
        before = NULL;
    if (is_editor) {
        if (before && after)
            check_account(judge, before, after);
        return;
    }
    bool own = before && judge_owns_base(judge, before->group);
    if (before && !own && change->status != MERGE_ADDED) {
        judge_foreign(judge, before);
        return;
    }
    if (change->status == MERGE_REMOVED) {
        if (before)
            judge_removed(judge, before);
        return;
    }
    /* A file that cannot be understood is told about as such. */
    if (!after || after->record->title.text.len == 0)
        return;
    if (own ? check_account(judge, before, after) : may_add(judge, after))
        check_content(judge, own ? before : NULL, after);
}
