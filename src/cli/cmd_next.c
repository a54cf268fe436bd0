/* `copse next`: when the site changes with no commit, for people, programs, cron and systemd. */
#include "base/html.h"
#include "build/next.h"
#include "cli/commands.h"
#include "cli/messages.h"
#include "cli/site_run.h"
#include "cli/streams.h"
#include "pages/json.h"

#include <time.h>

static void add_moment(struct buf *out, int64_t at)
{
    const struct date_time time = date_from_seconds(at, 0);
    date_rfc3339(out, &time);
}

static void write_text(struct buf *out, const struct site_changes *changes)
{
    if (changes->count == 0)
        buf_adds(out, "Nothing is to come: the site stays as it is until the next commit.\n");
    for (size_t i = 0; i < changes->count; i++) {
        add_moment(out, changes->items[i].at);
        buf_adds(out, "  ");
        messages_visible(out, changes->items[i].why);
        buf_adds(out, "  (");
        messages_visible(out, changes->items[i].path);
        buf_adds(out, ")\n");
    }
}

static void write_json(struct buf *out, const struct site_changes *changes)
{
    json_open_object(out, NULL);
    json_open_list(out, "changes");
    for (size_t i = 0; i < changes->count; i++) {
        const struct site_change *change = &changes->items[i];
        const struct date_time at = date_from_seconds(change->at, 0);
        json_open_object(out, NULL);
        json_add_date(out, "at", &at);
        json_add_text(out, "why", change->why);
        json_add_text(out, "path", change->path);
        json_close_object(out);
    }
    json_close_list(out);
    json_close_object(out);
    buf_addc(out, '\n');
}

static bool is_new(const struct site_changes *changes, size_t i)
{
    return i == 0 || changes->items[i].at != changes->items[i - 1].at;
}

/* The site's folder between single quotes for the shell; in a crontab a % ends the command. */
static void add_quoted(struct buf *out, struct str path, bool crontab)
{
    buf_addc(out, '\'');
    for (size_t i = 0; i < path.len; i++) {
        if (path.ptr[i] == '\'')
            buf_adds(out, "'\\''");
        else if (path.ptr[i] == '%' && crontab)
            buf_adds(out, "'\\%'");
        else
            buf_addc(out, path.ptr[i]);
    }
    buf_addc(out, '\'');
}

/* cron knows minutes of this computer's clock: the first whole minute at which it has happened. */
static void add_cron(struct buf *out, int64_t at, struct str folder)
{
    time_t minute = (time_t)((at + 59) / 60 * 60);
    struct tm local;
    localtime_r(&minute, &local);
    buf_addf(out, "%d %d %d %d * copse build -C ", local.tm_min, local.tm_hour, local.tm_mday,
             local.tm_mon + 1);
    add_quoted(out, folder, true);
    buf_addc(out, '\n');
}

static void write_cron(struct buf *out, const struct site_changes *changes, struct str folder)
{
    if (changes->count == 0)
        buf_adds(out, "# nothing is to come\n");
    for (size_t i = 0; i < changes->count; i++) {
        buf_adds(out, "# ");
        messages_visible(out, changes->items[i].why);
        buf_addc(out, '\n');
        if (i + 1 == changes->count || is_new(changes, i + 1))
            add_cron(out, changes->items[i].at, folder);
    }
}

/* A timer for a service of the same name, which runs `copse build`. */
static void write_systemd(struct buf *out, const struct site_changes *changes, struct str title)
{
    if (changes->count == 0) {
        buf_adds(out, "# nothing is to come\n");
        return;
    }
    buf_adds(out, "[Unit]\nDescription=Build ");
    messages_visible(out, title);
    buf_adds(out, " when it changes by itself\n\n[Timer]\n");
    for (size_t i = 0; i < changes->count; i++) {
        const struct date_time at = date_from_seconds(changes->items[i].at, 0);
        buf_adds(out, "# ");
        messages_visible(out, changes->items[i].why);
        buf_addc(out, '\n');
        if (i + 1 < changes->count && !is_new(changes, i + 1))
            continue;
        buf_adds(out, "OnCalendar=");
        date_format(out, &at, STR("%Y-%m-%d %H:%M:%S UTC"), STR("UTC"), NULL);
        buf_addc(out, '\n');
    }
    buf_adds(out, "AccuracySec=1s\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n");
}

static enum status check_options(struct cli *cli)
{
    const struct options *options = cli->options;
    const char *problem = NULL;
    if (options->given[OPTION_CRON] && options->given[OPTION_SYSTEMD])
        problem = "--cron and --systemd cannot be used together";
    else if (options->number[OPTION_FORMAT] > MESSAGES_JSON)
        problem = "next knows the formats text and json only";
    else if (options->number[OPTION_FORMAT] == MESSAGES_JSON &&
             (options->given[OPTION_CRON] || options->given[OPTION_SYSTEMD]))
        problem = "--cron and --systemd are formats of their own, and go without --format";
    if (!problem)
        return STATUS_DONE;
    diag_error(cli->diags, "usage", (struct span){0}, "%s", problem);
    return STATUS_USAGE;
}

enum status cmd_next(struct cli *cli)
{
    const struct options *options = cli->options;
    struct site_run run;
    struct site_changes changes;
    struct str title;
    enum status status = check_options(cli);
    if (status == STATUS_DONE)
        status = site_run_prepare(cli, &run);
    if (status != STATUS_DONE)
        return status;
    size_t moments = options->given[OPTION_NUMBER] ? (size_t)options->number[OPTION_NUMBER] : 1;
    if (next_find(&run.build, moments, cli->arena, cli->diags, &changes, &title) != 0)
        return STATUS_CONTENT;
    diags_init(cli->diags, cli->arena); /* warnings are for `copse check` */
    struct buf out = {0};
    if (options->given[OPTION_CRON])
        write_cron(&out, &changes, run.place.folder);
    else if (options->given[OPTION_SYSTEMD])
        write_systemd(&out, &changes, title);
    else if (options->number[OPTION_FORMAT] == MESSAGES_JSON)
        write_json(&out, &changes);
    else
        write_text(&out, &changes);
    int result = streams_write(cli, buf_str(&out));
    buf_release(&out);
    return result == 0 ? STATUS_DONE : STATUS_SYSTEM;
}
