/* known SITE NOW: builds a site, publishing nothing, and prints every link that the link check hears
 * of (build/links.h), one a line: the output it stands on, the one it leads to, and the fragment,
 * with a tab between. For check.mjs, which finds the same by reading the outputs. */
#include "base/date.h"
#include "build/build.h"

#include <stdio.h>
#include <stdlib.h>

static void print_link(void *context, unsigned worker, const struct output *from,
                       const struct output *to, struct str fragment)
{
    (void)context;
    (void)worker;
    printf("%.*s\t%.*s\t%.*s\n", STR_ARG(from->path), STR_ARG(to->path), STR_ARG(fragment));
}

int main(int count, char **arguments)
{
    if (count != 3)
        return 2;
    struct arena arena = {0};
    struct diags diags;
    struct fs fs = {0};
    struct source_place place;
    struct date_time now;
    const char *why;
    diags_init(&diags, &arena);
    if (date_parse(str_from(arguments[2]), &now, &why) != 0 ||
        source_find_site(&fs, arguments[1], &arena, &diags, &place) != 0)
        return 2;
    struct build_options options = {
        .fs = &fs,
        .place = &place,
        .threads = 1,
        .now = date_utc_seconds(&now),
        .link = print_link,
    };
    struct build_report report;
    int status = build_run(&options, &arena, &diags, &report);
    for (size_t i = 0; status != 0 && i < diags.count; i++)
        fprintf(stderr, "%.*s\n", STR_ARG(diags.items[i].message));
    arena_release(&arena);
    return status == 0 ? 0 : 1;
}
