#include "review/effect.h"

#include "base/vec.h"
#include "pages/search_outline.h"
#include "review/reason.h"

#include <stdlib.h>

struct comparison {
    const struct side *base;
    const struct side *after;
    struct reasons reasons;
    bool *base_done; /* by number: told as moved */
    bool *after_done;
    struct arena *arena;
    struct diags *diags;
    struct effect_list *out;
};

const char *effect_name(enum effect_kind kind)
{
    static const char *const names[] = {"added", "changed", "removed", "moved"};
    return names[kind];
}

static struct effect *add(struct comparison *comparison, enum effect_kind kind,
                          const struct output *before, const struct output *after)
{
    const struct output *shown = after ? after : before;
    const struct reasons *reasons = &comparison->reasons;
    struct effect *effect = vec_push(comparison->arena, comparison->out);
    *effect = (struct effect){
        .kind = kind,
        .url = shown->url,
        .is_page = output_is_page(shown),
        .is_direct = reasons_own_file(reasons, after) || reasons_own_file(reasons, before),
        .title = reasons_title(shown),
        .reason = reasons_explain(reasons, before, after),
        .before = before,
        .after = after,
    };
    return effect;
}

/* ---- what has another address */

/* The file that was `path` at BASE. */
static struct str path_after(const struct comparison *comparison, struct str path)
{
    const struct merge_change *change = map_get(&comparison->reasons.touched, path);
    return change && change->moved_to.len > 0 ? change->moved_to : path;
}

static void warn_lost(struct comparison *comparison, const struct output *before,
                      const struct output *after)
{
    struct text *text = arena_zalloc(comparison->arena, 1, sizeof *text);
    const struct entry *entry = (after ? after : before)->subject;
    text->path = entry->file->path;
    diag_add(comparison->diags, SEVERITY_WARNING, "lost-address", span_file(text),
             after ? "the page %.*s moves, and its old address will lead nowhere"
                   : "the page %.*s goes, and its address will lead nowhere",
             STR_ARG(before->url));
    if (after)
        diag_hint(comparison->diags, "add to its front matter:  aliases: [%.*s]",
                  STR_ARG(before->url));
    else
        diag_hint(comparison->diags,
                  "if another page takes its place, give that one: aliases: "
                  "[%.*s]",
                  STR_ARG(before->url));
}

static void compare_address(struct comparison *comparison, const struct output *before)
{
    const struct entry *entry = before->subject;
    struct str path = path_after(comparison, entry->file->path);
    const struct entry *now = map_get(&comparison->after->site->entries_by_path, path);
    const struct output *after = now ? plan_entry(comparison->after->plan, now) : NULL;
    const struct output *old = plan_find(comparison->after->plan, before->url);
    if (after && str_eq(after->url, before->url))
        return;
    bool redirected = old && old->kind == OUTPUT_REDIRECT;
    if (!old)
        warn_lost(comparison, before, after);
    if (!after)
        return;
    struct effect *effect = add(comparison, EFFECT_MOVED, before, after);
    effect->old_url = before->url;
    effect->redirected = redirected && str_eq(((const struct alias *)old->subject)->to, after->url);
    comparison->base_done[before->number] = true;
    comparison->after_done[after->number] = true;
    if (effect->redirected)
        comparison->after_done[old->number] = true;
}

static void compare_addresses(struct comparison *comparison)
{
    const struct plan *plan = comparison->base->plan;
    for (size_t i = 0; i < plan->count; i++) {
        if (plan->outputs[i].kind == OUTPUT_ENTRY)
            compare_address(comparison, &plan->outputs[i]);
    }
}

/* ---- everything else, in step */

static bool is_same_index(const struct output *before, const struct output *after)
{
    if (before->kind != OUTPUT_SEARCH_FILE || after->kind != OUTPUT_SEARCH_FILE)
        return false;
    const struct search_file *left = before->subject;
    const struct search_file *right = after->subject;
    return search_same(left->outline, right->outline);
}

/* A part of a search index that a build left and a review does not make. */
static bool is_part(const struct output *output)
{
    return output->kind == OUTPUT_SEARCH_FILE && !output->subject;
}

static void compare_both(struct comparison *comparison, const struct output *before,
                         const struct output *after)
{
    bool had = comparison->base->rendered[before->number];
    bool has = comparison->after->rendered[after->number];
    if (comparison->after_done[after->number] || !has)
        return;
    if (had && digest_eq(comparison->base->digests[before->number],
                         comparison->after->digests[after->number]))
        return;
    if (had && is_same_index(before, after))
        return;
    add(comparison, EFFECT_CHANGED, before, after);
}

static void compare_outputs(struct comparison *comparison)
{
    const struct plan *base = comparison->base->plan;
    const struct plan *after = comparison->after->plan;
    size_t i = 0;
    size_t j = 0;
    while (i < base->count || j < after->count) {
        const struct output *before = i < base->count ? &base->outputs[i] : NULL;
        const struct output *now = j < after->count ? &after->outputs[j] : NULL;
        int order = !before ? 1 : !now ? -1 : str_cmp(before->path, now->path);
        if (order == 0)
            compare_both(comparison, before, now);
        else if (order < 0 && !comparison->base_done[before->number] && !is_part(before))
            add(comparison, EFFECT_REMOVED, before, NULL);
        else if (order > 0 && !comparison->after_done[now->number])
            add(comparison, EFFECT_ADDED, NULL, now);
        i += order <= 0;
        j += order >= 0;
    }
}

static int compare_effects(const void *left, const void *right)
{
    const struct effect *a = left;
    const struct effect *b = right;
    if (a->is_direct != b->is_direct)
        return a->is_direct ? -1 : 1;
    if (a->is_page != b->is_page)
        return a->is_page ? -1 : 1;
    return str_cmp(a->url, b->url);
}

void effect_find(const struct side *base, const struct side *after,
                 const struct merge_change *changes, size_t change_count, struct arena *arena,
                 struct diags *diags, struct effect_list *out)
{
    struct comparison comparison = {
        .base = base,
        .after = after,
        .base_done = arena_zalloc(arena, base->plan->count + 1, sizeof(bool)),
        .after_done = arena_zalloc(arena, after->plan->count + 1, sizeof(bool)),
        .arena = arena,
        .diags = diags,
        .out = out,
    };
    *out = (struct effect_list){0};
    reasons_init(&comparison.reasons, base->plan, after->plan, changes, change_count, arena);
    compare_addresses(&comparison);
    compare_outputs(&comparison);
    if (out->count > 1)
        qsort(out->items, out->count, sizeof *out->items, compare_effects);
}
