/* A picture alone in its paragraph, with a title: the title becomes its caption. */
#include "lang/markdown/blocks.h"
#include "lang/markup/markup_internal.h"

bool md_is_figure(const struct md_job *job, cmark_node *paragraph)
{
    const struct sanitise_policy *policy = job->options->policy;
    if (!job->options->captions || (policy && !(policy->groups & SANITISE_FIGURES)))
        return false;
    cmark_node *picture = cmark_node_first_child(paragraph);
    if (!picture || cmark_node_next(picture) || cmark_node_get_type(picture) != CMARK_NODE_IMAGE)
        return false;
    return cmark_node_get_title(picture)[0] != '\0' &&
           md_picture_stays(job, str_from(cmark_node_get_url(picture)));
}

void md_print_caption(struct md_job *job, cmark_node *paragraph)
{
    cmark_node *picture = cmark_node_first_child(paragraph);
    buf_add(&job->html, STR("<figcaption>"));
    markup_put_text(&job->html, str_from(cmark_node_get_title(picture)));
    buf_add(&job->html, STR("</figcaption>"));
}
