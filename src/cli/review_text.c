/* A review on a terminal. */
#include "cli/messages.h"
#include "cli/review_report.h"

/* What is listed of each kind before it is only counted. */
enum { LISTED_MOST = 200 };

static const char *const verdicts[] = {
    [REVIEW_CLEAR] = "This change may be merged",
    [REVIEW_PROBLEMS] = "This change has problems that its author can mend",
    [REVIEW_DENIED] = "This change is not allowed",
};

const char *review_verdict_name(enum review_verdict verdict)
{
    return verdict == REVIEW_CLEAR ? "clear" : verdict == REVIEW_DENIED ? "denied" : "problems";
}

void review_report_counts(struct buf *out, const struct effect_list *effects)
{
    static const enum effect_kind order[] = {EFFECT_ADDED, EFFECT_CHANGED, EFFECT_MOVED,
                                             EFFECT_REMOVED};
    size_t pages[4] = {0};
    size_t files = 0;
    for (size_t i = 0; i < effects->count; i++) {
        if (effects->items[i].is_page)
            pages[effects->items[i].kind]++;
        else
            files++;
    }
    const char *between = "";
    for (size_t i = 0; i < 4; i++) {
        size_t count = pages[order[i]];
        if (count == 0)
            continue;
        buf_addf(out, "%s%zu page%s %s", between, count, count == 1 ? "" : "s",
                 effect_name(order[i]));
        between = ", ";
    }
    if (files > 0)
        buf_addf(out, "%s%zu other file%s (feeds, calendars, pictures) touched", between, files,
                 files == 1 ? "" : "s");
}

static void add_effect(struct buf *out, const struct effect *effect)
{
    buf_addf(out, "    %-8s ", effect_name(effect->kind));
    if (effect->kind == EFFECT_MOVED) {
        messages_visible(out, effect->old_url);
        buf_adds(out, " -> ");
    }
    messages_visible(out, effect->url);
    if (effect->kind == EFFECT_MOVED)
        buf_adds(out, effect->redirected ? " (with a redirect)" : " (without a redirect)");
    buf_adds(out, "  ");
    messages_visible(out, effect->reason);
    buf_addc(out, '\n');
}

static void add_effects(struct buf *out, const struct review *review)
{
    if (!review->compared)
        return;
    if (review->effects.count == 0) {
        buf_adds(out, "No page of the site becomes another one.\n");
        return;
    }
    buf_adds(out, "On the site: ");
    review_report_counts(out, &review->effects);
    buf_adds(out, ".\n");
    for (size_t i = 0; i < review->effects.count && i < LISTED_MOST; i++)
        add_effect(out, &review->effects.items[i]);
    if (review->effects.count > LISTED_MOST)
        buf_addf(out, "    … and %zu more\n", review->effects.count - LISTED_MOST);
}

static void add_standing(struct buf *out, const struct problems_counts *counts)
{
    if (counts->errors + counts->warnings > 0)
        buf_addf(out,
                 "Not counted: %zu error%s and %zu warning%s that were there before this change.\n",
                 counts->errors, counts->errors == 1 ? "" : "s", counts->warnings,
                 counts->warnings == 1 ? "" : "s");
    if (counts->mended > 0)
        buf_addf(out, "It mends %zu problem%s that %s there before.\n", counts->mended,
                 counts->mended == 1 ? "" : "s", counts->mended == 1 ? "was" : "were");
}

void review_report_text(struct buf *out, const struct review *review, bool color)
{
    messages_text(out, &review->denials, color);
    messages_text(out, &review->problems, color);
    add_effects(out, review);
    add_standing(out, &review->standing);
    if (review->shown_as_base)
        buf_adds(out, "Layouts, assets and site.yml were taken from the branch it is for: only an "
                      "admin's count.\n");
    if (review->actor.len == 0)
        buf_adds(out, "Whether its sender may do this was not judged: --actor LOGIN says who it "
                      "is.\n");
    if (review->preview) {
        buf_adds(out, "The preview is in ");
        messages_visible(out, str_from(review->preview));
        buf_adds(out, ": serve that folder and begin at /_review/.\n");
    }
    buf_adds(out, verdicts[review->verdict]);
    if (review->problems.count > 0 && review->verdict != REVIEW_CLEAR) {
        struct buf count = {0};
        messages_count(&count, &review->problems);
        if (count.len > 0)
            buf_addf(out, " (%s)", count.ptr);
        buf_release(&count);
    }
    buf_adds(out, ".\n");
}
