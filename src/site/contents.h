/* The folders of content/: what a path in them is (DESIGN §1). Text only, no disk. */
#ifndef COPSE_SITE_CONTENTS_H
#define COPSE_SITE_CONTENTS_H

#include "base/str.h"
#include "site/config.h"
#include "site/schema.h"

#include <stdbool.h>

enum content_role {
    CONTENT_RECORD,     /* a Markdown file of a kind */
    CONTENT_ATTACHMENT, /* any other file beside records */
    CONTENT_DATA,       /* content/data/NAME.yml */
    CONTENT_WORDS,      /* content/i18n/LANG.yml */
    CONTENT_SETTINGS,   /* site.yml, the registries */
    CONTENT_HIDDEN,     /* names that begin with a dot, a README.md at the top */
    CONTENT_STRAY       /* in no folder that copse reads */
};

struct content_place {
    enum content_role role;
    enum kind kind;
    struct str lang;   /* from content/<lang>/… or name.<lang>.md; empty: the path does not say */
    struct str stem;   /* below the kind's folder, without the language, .md and a last /index:
                          "2022/cop" of content/articles/2022/cop.fr.md */
    struct str folder; /* of the file, below the kind's folder: "2022" */
    bool is_index;     /* …/index.md: the folder is the record's own */
};

/* `path` begins with "content/". Slices point into it. */
struct content_place content_place(const struct config *config, struct str path);

/* The date at the front of an article's name ("2022-07-01-cop", a "_" may follow too), and what
 * comes behind it. False if there is none. */
bool content_name_date(struct str name, struct str *date, struct str *rest);

#endif
