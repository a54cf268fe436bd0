/* `copse markdown [FILE]`: one Markdown text to HTML. */
#include "cli/commands.h"
#include "cli/streams.h"
#include "lang/markdown.h"

enum status cmd_markdown(struct cli *cli)
{
    const struct options *options = cli->options;
    const char *path = options->operand_count > 0 ? options->operands[0] : "-";
    struct text *text = arena_zalloc(cli->arena, 1, sizeof *text);
    struct md_options markdown = md_pure;
    markdown.gfm = options->given[OPTION_GFM];
    markdown.policy = options->given[OPTION_SAFE] ? &sanitise_article : NULL;
    if (streams_read(cli, path, md_most_bytes(&markdown), text) != 0)
        return STATUS_SYSTEM;
    struct markup markup;
    md_render(&markdown, text, 0, text->bytes.len, cli->arena, &markup);
    if (markup_report(&markup, text, text->bytes, cli->diags) != 0)
        return STATUS_CONTENT;
    return streams_write(cli, markup.html) == 0 ? STATUS_DONE : STATUS_SYSTEM;
}
