/* A review for programs. */
#include "base/html.h"
#include "cli/messages.h"
#include "cli/review_report.h"

static void add_text(struct buf *out, const char *key, struct str text)
{
    buf_addf(out, ",\"%s\":", key);
    json_escape(out, text);
}

static const char *mode_name(enum merge_mode mode)
{
    static const char *const names[] = {"none", "file", "executable", "symlink", "submodule"};
    return names[mode];
}

static void add_files(struct buf *out, const struct review *review)
{
    static const char *const names[] = {"added", "changed", "removed"};
    buf_adds(out, ",\"files\":[");
    for (size_t i = 0; i < review->change_count; i++) {
        const struct merge_change *change = &review->changes[i];
        buf_addf(out, "%s{\"change\":\"%s\"", i == 0 ? "\n" : ",\n", names[change->status]);
        add_text(out, "path", change->path);
        if (change->moved_from.len > 0)
            add_text(out, "moved_from", change->moved_from);
        if (change->old_mode != MERGE_NOTHING)
            add_text(out, "old_mode", str_from(mode_name(change->old_mode)));
        if (change->new_mode != MERGE_NOTHING)
            add_text(out, "new_mode", str_from(mode_name(change->new_mode)));
        buf_addc(out, '}');
    }
    buf_adds(out, "\n]");
}

static void add_effects(struct buf *out, const struct review *review)
{
    buf_adds(out, ",\"pages\":");
    if (!review->compared) {
        buf_adds(out, "null");
        return;
    }
    buf_addc(out, '[');
    for (size_t i = 0; i < review->effects.count; i++) {
        const struct effect *effect = &review->effects.items[i];
        buf_addf(out, "%s{\"change\":\"%s\"", i == 0 ? "\n" : ",\n", effect_name(effect->kind));
        add_text(out, "url", effect->url);
        if (effect->kind == EFFECT_MOVED) {
            add_text(out, "old_url", effect->old_url);
            buf_addf(out, ",\"redirected\":%s", effect->redirected ? "true" : "false");
        }
        buf_addf(out, ",\"html\":%s,\"direct\":%s", effect->is_page ? "true" : "false",
                 effect->is_direct ? "true" : "false");
        if (effect->title.len > 0)
            add_text(out, "title", effect->title);
        add_text(out, "reason", effect->reason);
        buf_addc(out, '}');
    }
    buf_adds(out, "\n]");
}

void review_report_json(struct buf *out, const struct review *review)
{
    buf_addf(out, "{\"version\":1,\"verdict\":\"%s\"", review_verdict_name(review->verdict));
    add_text(out, "base", review->base_commit);
    add_text(out, "head", review->head_commit);
    if (review->actor.len > 0) {
        add_text(out, "actor", review->actor);
        add_text(out, "role", str_from(rights_role_name(review->role)));
    }
    add_files(out, review);
    add_effects(out, review);
    buf_addf(out, ",\"standing\":{\"errors\":%zu,\"warnings\":%zu,\"mended\":%zu}",
             review->standing.errors, review->standing.warnings, review->standing.mended);
    buf_adds(out, ",\"denials\":");
    messages_json_list(out, &review->denials);
    buf_adds(out, ",\"problems\":");
    messages_json_list(out, &review->problems);
    buf_adds(out, "}\n");
}
