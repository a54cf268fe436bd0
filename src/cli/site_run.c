#include "cli/site_run.h"

#include "base/date.h"
#include "base/path.h"
#include "base/pool.h"
#include "cli/messages.h"
#include "cli/streams.h"
#include "cli/why_words.h"

#include <inttypes.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* The moment for which the site is built: --now, else SOURCE_DATE_EPOCH (the reproducible builds'
 * convention), else the clock. */
static int find_now(struct cli *cli, int64_t *now)
{
    const char *why = NULL;
    struct date_time time_given;
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    long long seconds = 0;
    if (cli->options->given[OPTION_NOW]) {
        if (date_parse(str_from(cli->options->value[OPTION_NOW]), &time_given, &why) != 0)
            return diag_error(cli->diags, "usage", (struct span){0}, "--now: %s", why);
        *now = date_utc_seconds(&time_given);
        return 0;
    }
    if (!epoch || epoch[0] == '\0') {
        *now = (int64_t)time(NULL);
        return 0;
    }
    if (str_to_long(str_from(epoch), &seconds) != 0 || seconds > INT64_C(253402300799))
        return diag_error(cli->diags, "usage", (struct span){0},
                          "the environment's SOURCE_DATE_EPOCH is '%s'; it must be a number of "
                          "seconds since 1970",
                          epoch);
    *now = seconds;
    return 0;
}

enum status site_run_prepare(struct cli *cli, struct site_run *run)
{
    const struct options *options = cli->options;
    *run = (struct site_run){0};
    const char *start = options->given[OPTION_SITE] ? options->value[OPTION_SITE] : ".";
    if (source_find_site(cli->fs, start, cli->arena, cli->diags, &run->place) != 0)
        return STATUS_CONTENT;
    run->build = (struct build_options){
        .fs = cli->fs,
        .place = &run->place,
        .revision = options->value[OPTION_REV],
        .threads = options->given[OPTION_THREADS] ? (unsigned)options->number[OPTION_THREADS]
                                                  : pool_processors(),
        .base_url = str_from(options->value[OPTION_BASE_URL]),
        .drafts = options->given[OPTION_DRAFTS],
        .future = options->given[OPTION_FUTURE],
        .cache = options->given[OPTION_CACHE] ? options->value[OPTION_CACHE] : NULL,
        .force = options->given[OPTION_FORCE],
        .explain = options->given[OPTION_VERBOSE],
        .warnings_are_errors = options->given[OPTION_WARNINGS_AS_ERRORS],
        .progress = progress_report,
        .progress_context = &run->progress,
    };
    return find_now(cli, &run->build.now) == 0 ? STATUS_DONE : STATUS_USAGE;
}

const char *site_run_path(struct cli *cli, const struct site_run *run, struct str path)
{
    struct str here;
    struct str folder = run->place.folder;
    if (fs_real_path(cli->fs, ".", cli->arena, &here) == 0 && path_inside(folder, here))
        folder = str_after(folder, here.len + (folder.len > here.len));
    return path_join(cli->arena, folder, path).ptr;
}

const char *site_run_output(struct cli *cli, const struct site_run *run)
{
    if (cli->options->given[OPTION_OUTPUT])
        return cli->options->value[OPTION_OUTPUT];
    return site_run_path(cli, run, STR("public"));
}

int site_run_build(struct cli *cli, struct site_run *run)
{
    bool text = cli->options->number[OPTION_FORMAT] == MESSAGES_TEXT;
    progress_start(&run->progress, text && !cli->options->given[OPTION_QUIET] &&
                                       !cli->options->given[OPTION_NO_PROGRESS] && streams_live());
    int result = build_run(&run->build, cli->arena, cli->diags, &run->report);
    cli->why = run->report.why;
    progress_end(&run->progress);
    return result;
}

static void add_count(struct buf *out, size_t count, const char *one, const char *many)
{
    if (count > 0)
        buf_addf(out, "%s%zu %s", out->len > 0 ? ", " : "", count, count == 1 ? one : many);
}

int site_run_sum_up(struct cli *cli, const struct site_run *run, const char *done)
{
    const struct options *options = cli->options;
    const struct build_report *report = &run->report;
    bool wanted = options->given[OPTION_VERBOSE] || isatty(STDOUT_FILENO);
    if (options->given[OPTION_QUIET] || !wanted || options->number[OPTION_FORMAT] != MESSAGES_TEXT)
        return 0;
    struct buf what = {0};
    add_count(&what, report->articles, "article", "articles");
    add_count(&what, report->members, "member", "members");
    add_count(&what, report->events, "event", "events");
    add_count(&what, report->pages, "page", "pages");
    struct buf out = {0};
    if (report->why)
        why_text(&out, report->why);
    else if (report->published && options->given[OPTION_VERBOSE])
        buf_adds(&out, "nothing changed since the last build\n");
    buf_addf(&out, "%s %s", done, what.len > 0 ? what.ptr : "an empty site");
    if (report->published)
        buf_addf(&out, ": %zu files in %s (%zu written, %zu unchanged, %zu removed)",
                 report->outputs, run->build.output, report->store.written, report->store.unchanged,
                 report->store.removed);
    if (report->drafts > 0)
        buf_addf(&out, ", %zu %s left out", report->drafts,
                 report->drafts == 1 ? "draft" : "drafts");
    int64_t elapsed = progress_elapsed(&run->progress);
    buf_addf(&out, " in %" PRId64 ".%02" PRId64 " s\n", elapsed / 1000, elapsed % 1000 / 10);
    if (report->commits > 0 && options->given[OPTION_VERBOSE])
        buf_addf(&out, "history: %zu %s compared\n", report->commits,
                 report->commits == 1 ? "commit" : "commits");
    if (options->given[OPTION_VERBOSE])
        buf_addf(&out,
                 "reading %" PRId64 " ms, pictures %" PRId64 " ms, rendering %" PRId64
                 " ms, writing %" PRId64 " ms\n",
                 run->progress.spent[BUILD_READING], run->progress.spent[BUILD_PICTURES],
                 run->progress.spent[BUILD_RENDERING], run->progress.spent[BUILD_PUBLISHING]);
    int result = streams_write(cli, buf_str(&out));
    buf_release(&out);
    buf_release(&what);
    return result;
}
