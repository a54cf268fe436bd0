/* A review as a comment on a forge. */
#include "cli/messages.h"
#include "cli/review_report.h"

/* A comment may have 65536 characters on GitHub. */
enum { PROBLEMS_MOST = 30, EFFECTS_MOST = 100, COMMENT_MOST = 60000 };

static void add_greeting(struct buf *out, const struct review *review)
{
    size_t errors = diags_count(&review->problems, SEVERITY_ERROR) +
                    diags_count(&review->problems, SEVERITY_FAILURE);
    switch (review->verdict) {
    case REVIEW_CLEAR:
        buf_adds(out, "**Thank you! Everything is as it should be, and this can be merged.**\n");
        break;
    case REVIEW_PROBLEMS:
        if (errors == 0)
            buf_adds(out, "**Thank you for this change! Some warnings want a look first.**\n");
        else
            buf_addf(out,
                     "**Thank you for this change! %zu thing%s to be mended before it can be "
                     "merged.**\n",
                     errors, errors == 1 ? " needs" : "s need");
        break;
    case REVIEW_DENIED:
        buf_adds(out, "**Thank you for this change! A part of it is not yours to make, so it "
                      "cannot be merged as it is.**\n");
        break;
    }
}

static void add_list(struct buf *out, const char *title, const struct diags *diags,
                     enum severity from, enum severity to)
{
    struct buf list = {0};
    size_t left = 0;
    messages_markdown(&list, diags, from, to, PROBLEMS_MOST, &left);
    if (list.len > 0) {
        buf_addf(out, "\n### %s\n\n", title);
        buf_add(out, buf_str(&list));
    }
    if (left > 0)
        buf_addf(out, "- … and %zu more.\n", left);
    buf_release(&list);
}

static void add_effect(struct buf *out, const struct effect *effect)
{
    buf_addf(out, "- %s ", effect_name(effect->kind));
    if (effect->kind == EFFECT_MOVED) {
        messages_markdown_code(out, effect->old_url);
        buf_adds(out, " → ");
    }
    messages_markdown_code(out, effect->url);
    if (effect->kind == EFFECT_MOVED)
        buf_adds(out, effect->redirected ? " (with a redirect)" : " (without a redirect)");
    buf_adds(out, ": ");
    messages_markdown_words(out, effect->reason);
    buf_addc(out, '\n');
}

static void add_effects(struct buf *out, const struct review *review)
{
    const struct effect_list *effects = &review->effects;
    if (!review->compared)
        return;
    if (effects->count == 0) {
        buf_adds(out, "\nNo page of the site becomes another one.\n");
        return;
    }
    buf_adds(out, "\n<details>\n<summary>What changes on the site: ");
    review_report_counts(out, effects);
    buf_adds(out, "</summary>\n\n");
    size_t shown = 0;
    for (; shown < effects->count && shown < EFFECTS_MOST && out->len < COMMENT_MOST; shown++)
        add_effect(out, &effects->items[shown]);
    if (shown < effects->count)
        buf_addf(out, "- … and %zu more\n", effects->count - shown);
    buf_adds(out, "\n</details>\n");
}

static void add_remarks(struct buf *out, const struct review *review)
{
    const struct problems_counts *counts = &review->standing;
    if (counts->errors + counts->warnings > 0)
        buf_addf(out,
                 "\nNot counted: %zu error%s and %zu warning%s that were there before this "
                 "change.\n",
                 counts->errors, counts->errors == 1 ? "" : "s", counts->warnings,
                 counts->warnings == 1 ? "" : "s");
    if (counts->mended > 0)
        buf_addf(out, "\nIt mends %zu problem%s that stood there before: thank you.\n",
                 counts->mended, counts->mended == 1 ? "" : "s");
    if (review->shown_as_base)
        buf_adds(out, "\nLayouts, assets and `site.yml` were taken from the branch it is for: only "
                      "an admin's count.\n");
    if (review->actor.len == 0)
        buf_adds(out, "\nWhether its sender may do this was not judged.\n");
}

void review_report_markdown(struct buf *out, const struct review *review)
{
    add_greeting(out, review);
    add_list(out, "Not yours to change", &review->denials, SEVERITY_NOTE, SEVERITY_FAILURE);
    add_list(out, "What to fix", &review->problems, SEVERITY_ERROR, SEVERITY_FAILURE);
    add_list(out, "Worth a look", &review->problems, SEVERITY_WARNING, SEVERITY_WARNING);
    add_effects(out, review);
    add_remarks(out, review);
}
