#include "review/rights.h"

#include "base/path.h"
#include "review/rights_internal.h"
#include "site/contents.h"

#include <stdarg.h>

/* ---- roles */

static struct str plain_account(struct str account)
{
    account = str_trim(account);
    return str_starts(account, STR("@")) ? str_after(account, 1) : account;
}

static bool is_account(struct value value, struct str actor)
{
    return value_is_string(value) && str_eq_nocase(plain_account(value.str), actor);
}

/* `review.KEY` may be a list, or one text with commas. */
static bool is_listed(const struct config *config, struct str key, struct str actor)
{
    const struct value *review = value_map_get(&config->values, STR("review"));
    if (!review || review->type != VALUE_MAP)
        return false;
    const struct value *list = value_map_get(review->map, key);
    if (!list)
        return false;
    for (size_t i = 0; list->type == VALUE_LIST && i < list->list->count; i++) {
        if (is_account(list->list->items[i], actor))
            return true;
    }
    struct str rest = value_is_string(*list) ? list->str : (struct str){0};
    struct str part;
    while (str_split(&rest, ',', &part)) {
        if (is_account(value_text(part), actor))
            return true;
    }
    return false;
}

struct str judge_account(const struct group *member)
{
    for (size_t i = 0; i < member->count; i++) {
        struct str account = plain_account(member->entries[i]->record->member.github.text);
        if (account.len > 0)
            return account;
    }
    return (struct str){0};
}

bool rights_is_admin(const struct config *base, struct str actor)
{
    return actor.len > 0 && is_listed(base, STR("admins"), actor);
}

enum rights_role rights_role(const struct site *base, struct str actor)
{
    if (actor.len == 0)
        return RIGHTS_NEWCOMER;
    if (is_listed(&base->config, STR("admins"), actor))
        return RIGHTS_ADMIN;
    if (is_listed(&base->config, STR("editors"), actor))
        return RIGHTS_EDITOR;
    for (size_t i = 0; i < base->entry_count; i++) {
        const struct entry *entry = &base->entries[i];
        if (entry->kind == KIND_MEMBER &&
            str_eq_nocase(plain_account(entry->record->member.github.text), actor))
            return RIGHTS_MEMBER;
    }
    return RIGHTS_NEWCOMER;
}

const char *rights_role_name(enum rights_role role)
{
    switch (role) {
    case RIGHTS_ADMIN: return "an admin";
    case RIGHTS_EDITOR: return "an editor";
    case RIGHTS_MEMBER: return "a member";
    case RIGHTS_NEWCOMER: break;
    }
    return "new here";
}

/* ---- shared */

void judge_deny(struct judge *judge, struct span span, const char *format, ...)
{
    va_list arguments;
    struct buf text = {0};
    va_start(arguments, format);
    buf_vaddf(&text, format, arguments);
    va_end(arguments);
    diag_error(judge->diags, "not-allowed", span, "%.*s", STR_ARG(buf_str(&text)));
    buf_release(&text);
}

struct span judge_path_span(struct judge *judge, struct str path)
{
    struct text *text = arena_zalloc(judge->arena, 1, sizeof *text);
    text->path = source_printable(judge->arena, path);
    return span_file(text);
}

const struct entry *judge_entry(const struct site *site, struct str path)
{
    return map_get(&site->entries_by_path, path);
}

bool judge_owns_base(const struct judge *judge, const struct group *member)
{
    return member && str_eq_nocase(judge_account(member), judge->question->actor);
}

/* The path that a file of the site with the change had at BASE. */
static struct str path_before(const struct judge *judge, struct str path)
{
    const struct rights_question *question = judge->question;
    for (size_t i = 0; i < question->change_count; i++) {
        const struct merge_change *change = &question->changes[i];
        if (change->moved_from.len > 0 && str_eq(change->in_site, path))
            return change->moved_from;
    }
    return path;
}

bool judge_owns_after(const struct judge *judge, const struct group *member)
{
    bool owned = false;
    for (size_t i = 0; member && i < member->count; i++) {
        struct str path = member->entries[i]->file->path;
        const struct entry *before = judge_entry(judge->base, path);
        if (!before)
            before = judge_entry(judge->base, path_before(judge, path));
        if (!before)
            continue;
        if (before->kind != KIND_MEMBER || !judge_owns_base(judge, before->group))
            return false;
        owned = true;
    }
    return owned;
}

bool judge_is_new_own(const struct judge *judge, const struct group *member)
{
    for (size_t i = 0; member && i < member->count; i++) {
        if (judge_entry(judge->base, member->entries[i]->file->path))
            return false;
    }
    return member && str_eq_nocase(judge_account(member), judge->question->actor);
}

/* ---- paths */

static void deny_path(struct judge *judge, const struct merge_change *change, const char *who,
                      const char *what)
{
    struct str path = change->in_site.len > 0 ? change->in_site : change->path;
    const char *verb = change->status == MERGE_ADDED     ? "add"
                       : change->status == MERGE_REMOVED ? "remove"
                                                         : "change";
    judge_deny(judge, judge_path_span(judge, path), "only %s may %s %s", who, verb, what);
    diag_hint(judge->diags, "take this file out of the pull request, or ask one of the people who "
                            "look after the site to send it");
}

static bool has_dot_name(struct str path)
{
    struct str part;
    while (str_split(&path, '/', &part)) {
        if (str_starts(part, STR(".")))
            return true;
    }
    return false;
}

/* What only admins may touch; NULL if editors may too. */
static const char *admins_own(const struct merge_change *change)
{
    struct str path = change->in_site;
    if (path.len == 0)
        return "files outside the site's folder";
    if (path_inside(path, STR("layouts")))
        return "layouts, which decide what every page runs";
    if (path_inside(path, STR("assets")))
        return "assets, which every page loads";
    if (!path_inside(path, STR("content")))
        return "files beside the site's content";
    if (str_eq(path, STR("content/site.yml")))
        return "the site's settings";
    return has_dot_name(path) ? "hidden files" : NULL;
}

/* Who signed a comment on a side; NULL: a guest or nobody. */
static const struct group *signer(const struct entry *comment)
{
    return comment && comment->authors.count == 1 ? comment->authors.items[0].member : NULL;
}

static void judge_comment(struct judge *judge, const struct merge_change *change)
{
    const struct entry *before = judge_entry(judge->base, change->in_site);
    const struct entry *after =
        change->status == MERGE_REMOVED ? NULL : judge_entry(judge->after, change->in_site);
    if (before && !judge_owns_base(judge, signer(before))) {
        judge_deny(judge, judge_path_span(judge, change->in_site),
                   "this comment was written by somebody else");
        diag_hint(judge->diags, "answer it with a comment of your own: copse new comment ARTICLE "
                                "--reply-to ID");
        return;
    }
    if (!after || judge_owns_after(judge, signer(after)))
        return;
    struct field_list author = after->record->comment.author;
    struct place place = author.count > 0 ? author.items[0].place : (struct place){0};
    if (judge->question->role == RIGHTS_NEWCOMER) {
        judge_deny(judge, record_span(after->record, place),
                   "comments are by members, and the account %.*s has no bio here yet",
                   STR_ARG(judge->question->actor));
        diag_hint(judge->diags, "send your bio first; once it is there you can comment");
    } else {
        judge_deny(judge, record_span(after->record, place),
                   "a comment is signed by the one who sends it, and this is not your name");
        diag_hint(judge->diags, "write the name of your own bio's file without .md: author: "
                                "jo-tremblay");
    }
}

static void judge_content(struct judge *judge, const struct merge_change *change)
{
    const struct config *config = &judge->base->config;
    struct content_place place = content_place(config, change->in_site);
    bool member = place.kind == KIND_MEMBER;
    if (place.role == CONTENT_RECORD && member)
        judge_bio(judge, change);
    else if (place.role == CONTENT_ATTACHMENT && member)
        judge_picture(judge, change);
    else if (place.role == CONTENT_RECORD && place.kind == KIND_COMMENT)
        judge_comment(judge, change);
    else if (str_eq(change->in_site, STR("content/roster.yml")))
        deny_path(judge, change, "an editor", "the roster, which says who holds what");
    else if (str_eq(change->in_site, STR("content/designations.yml")))
        deny_path(judge, change, "an editor", "the registry of designations");
    else if (place.role == CONTENT_RECORD)
        deny_path(judge, change, "an editor",
                  arena_printf(judge->arena, "%s", schema_of(place.kind)->one).ptr);
    else
        deny_path(judge, change, "an editor", "this file");
}

/* An editor may do everything in content/ but give somebody's bio to another account. */
static void judge_editor(struct judge *judge, const struct merge_change *change)
{
    const struct entry *after = judge_entry(judge->after, change->in_site);
    if (change->status != MERGE_REMOVED && after && after->kind == KIND_MEMBER)
        judge_bio(judge, change);
}

static void judge_change(struct judge *judge, const struct merge_change *change)
{
    const char *what = admins_own(change);
    if (what)
        deny_path(judge, change, "an admin", what);
    else if (judge->question->role == RIGHTS_EDITOR)
        judge_editor(judge, change);
    else
        judge_content(judge, change);
}

void rights_judge(const struct rights_question *question, struct diags *diags)
{
    if (question->role == RIGHTS_ADMIN)
        return;
    struct judge judge = {.question = question,
                          .base = question->base->site,
                          .after = question->after->site,
                          .diags = diags,
                          .arena = diags->arena};
    struct arena scratch = {0};
    map_init(&judge.removed, &scratch);
    for (size_t i = 0; i < question->change_count; i++) {
        const struct merge_change *change = &question->changes[i];
        if (change->status == MERGE_REMOVED && change->in_site.len > 0)
            map_put(&judge.removed, change->in_site, (void *)change);
    }
    for (size_t i = 0; i < question->change_count; i++)
        judge_change(&judge, &question->changes[i]);
    arena_release(&scratch);
}
