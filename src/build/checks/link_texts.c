/* link-text: links whose text does not say where they lead. Who hears a page often has its links
 * read out one by one, and "here, here, here" is of no help then. */
#include "site/link_texts.h"
#include "build/checks/checks_internal.h"
#include "site/bodies.h"

void check_link_texts(const struct check *check)
{
    const struct entry *entry = check->entry;
    struct diags *diags = check->diags;
    if (!entry->record->doubtful_links)
        return;
    const struct markup whole = bodies_markup(check->site->bodies, entry);
    const struct markup *markup = &whole;
    for (size_t i = 0; i < markup->link_count; i++) {
        struct markup_link link = markup_link_at(markup, i);
        if (link.kind != MARKUP_LINK)
            continue;
        struct span span = span_of(entry->record->text, link.source_start, link.source_end);
        struct str text = link_text(markup, i, check->scratch);
        if (text.len == 0) {
            diag_add(diags, SEVERITY_WARNING, "link-text", span,
                     "this link has no text, so nobody can see or hear it");
            diag_hint(diags, "put words between the brackets: [Our meetings](%.*s)",
                      STR_ARG(link.target));
        } else if (link_text_is_vague(text, entry->edition->lang, check->scratch)) {
            diag_add(diags, SEVERITY_WARNING, "link-text", span,
                     "the link text '%.*s' does not say where the link leads", STR_ARG(text));
            diag_hint(diags, "link the words that name what is there: [the minutes of May](%.*s)",
                      STR_ARG(link.target));
        }
    }
}
