/* missing-alt: pictures without words for those who cannot see them. */
#include "build/checks/checks_internal.h"

/* HTML may say on purpose that a picture only adorns: alt="". */
static bool says_so(const struct check *check, const struct markup_link *picture)
{
    if (!picture->in_raw_html)
        return false;
    struct str source = check_source(check);
    return str_has(str_sub(source, picture->source_start, picture->source_end), STR("alt="));
}

static void check_front_matter(const struct record *record, struct diags *diags)
{
    if (record->image.text.len == 0 || record->image_alt.text.len > 0)
        return;
    diag_add(diags, SEVERITY_WARNING, "missing-alt", record_span(record, record->image.place),
             "nothing says what '%.*s' shows, for people who cannot see it",
             STR_ARG(record->image.text));
    diag_hint(diags, "add a line such as  image_alt: Two people at a desk");
}

void check_alt_texts(const struct check *check)
{
    const struct record *record = check->entry->record;
    struct diags *diags = check->diags;
    check_front_matter(record, diags);
    for (size_t i = 0; i < record->body.link_count; i++) {
        struct markup_link picture = markup_link_at(&record->body, i);
        if (picture.kind != MARKUP_PICTURE || str_trim(picture.alt).len > 0 ||
            says_so(check, &picture))
            continue;
        diag_add(diags, SEVERITY_WARNING, "missing-alt",
                 span_of(record->text, picture.source_start, picture.source_end),
                 "nothing says what '%.*s' shows, for people who cannot see it",
                 STR_ARG(picture.target));
        diag_hint(diags, "write it into the brackets: ![Two people at a desk](%.*s)",
                  STR_ARG(picture.target));
    }
}
