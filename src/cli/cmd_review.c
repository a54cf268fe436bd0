/* `copse review`: a pull request judged, with nothing of it run and nothing written. */
#include "cli/commands.h"
#include "cli/messages.h"
#include "cli/review_report.h"
#include "cli/site_run.h"
#include "cli/streams.h"

static int print_report(struct cli *cli, const struct review *review)
{
    struct buf out = {0};
    switch ((enum messages_format)cli->options->number[OPTION_FORMAT]) {
    case MESSAGES_TEXT: review_report_text(&out, review, streams_color()); break;
    case MESSAGES_JSON: review_report_json(&out, review); break;
    case MESSAGES_MARKDOWN: review_report_markdown(&out, review); break;
    case MESSAGES_GITHUB:
    case MESSAGES_SARIF:
        /* These are the forms of problems, which main() prints. */
        diags_merge(cli->diags, &review->denials);
        diags_merge(cli->diags, &review->problems);
        return 0;
    }
    cli->reported = true;
    int result = streams_write(cli, buf_str(&out));
    buf_release(&out);
    return result;
}

enum status cmd_review(struct cli *cli)
{
    const struct options *options = cli->options;
    struct site_run run;
    struct review review;
    enum status status = site_run_prepare(cli, &run);
    if (status != STATUS_DONE)
        return status;
    const struct review_options ask = {
        .build = run.build,
        .base = options->operands[0],
        .head = options->operand_count > 1 ? options->operands[1] : NULL,
        .actor = str_from(options->value[OPTION_ACTOR]),
        .preview = options->value[OPTION_OUTPUT],
        .warnings_are_errors = options->given[OPTION_WARNINGS_AS_ERRORS],
    };
    if (review_run(&ask, cli->arena, cli->diags, &review) != 0)
        status = STATUS_CONTENT;
    else if (print_report(cli, &review) != 0)
        status = STATUS_SYSTEM;
    else
        status = review.verdict == REVIEW_CLEAR    ? STATUS_DONE
                 : review.verdict == REVIEW_DENIED ? STATUS_DENIED
                                                   : STATUS_CONTENT;
    review_close(&review);
    return status;
}
