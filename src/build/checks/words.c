/* missing-words: a language of the site for which some of the theme's words are not written yet, so
 * that English ones stand in its pages. */
#include "base/vec.h"
#include "build/checks/checks_internal.h"

enum { SHOWN = 5 };

static void check_edition(const struct site *site, const struct edition *edition,
                          struct arena *scratch, struct diags *diags)
{
    size_t count;
    const struct str *missing = words_missing(edition->words, scratch, &count);
    struct buf names = {0};
    if (count == 0)
        return;
    for (size_t i = 0; i < count && i < SHOWN; i++)
        buf_addf(&names, "%s%.*s", i > 0 ? ", " : "", STR_ARG(missing[i]));
    diag_add(diags, SEVERITY_WARNING, "missing-words", span_file(site->config.text),
             count == 1 ? "%zu of the theme's words is not there in the language '%.*s', so the "
                          "English one is used: %.*s"
                        : "%zu of the theme's words are not there in the language '%.*s', so "
                          "English ones are used: %.*s%s",
             count, STR_ARG(edition->lang), STR_ARG(buf_str(&names)), count > SHOWN ? ", …" : "");
    diag_hint(diags,
              "write them into content/i18n/%.*s.yml;  copse layouts --eject i18n/%.*s.yml  makes "
              "that file, with the English ones to translate, if it is not there",
              STR_ARG(edition->lang), STR_ARG(edition->lang));
    buf_release(&names);
}

void check_words(const struct site *site, struct arena *scratch, struct diags *diags)
{
    for (size_t i = 0; i < site->edition_count; i++)
        check_edition(site, &site->editions[i], scratch, diags);
}
