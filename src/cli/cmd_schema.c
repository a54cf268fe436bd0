/* `copse schema`: what may stand in the front matter, for editors. */
#include "base/suggest.h"
#include "cli/commands.h"
#include "cli/new_site.h"
#include "cli/schema_decap.h"
#include "cli/schema_json.h"
#include "cli/streams.h"

static const struct kind_schema *find_kind(struct cli *cli, struct str wanted)
{
    struct str names[KIND_COUNT];
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        names[kind] = str_from(schema_of((enum kind)kind)->name);
        if (str_eq(names[kind], wanted))
            return schema_of((enum kind)kind);
    }
    diag_error(cli->diags, "usage", (struct span){0}, "there is no kind of content called '%.*s'",
               STR_ARG(wanted));
    struct str near = suggest_nearest(wanted, names, KIND_COUNT);
    if (near.len > 0)
        diag_hint(cli->diags, "did you mean %.*s?", STR_ARG(near));
    else
        diag_hint(cli->diags, "it can be article, member, event, comment or page");
    return NULL;
}

static enum status print_decap(struct cli *cli)
{
    struct new_site site;
    struct buf out = {0};
    if (cli->options->operand_count > 0) {
        diag_error(cli->diags, "usage", (struct span){0},
                   "--decap prints all kinds together, so it takes none");
        return STATUS_USAGE;
    }
    enum status status = new_site_open(cli, &site);
    if (status == STATUS_DONE) {
        schema_decap(&out, &site.site->config, site.run.place.prefix);
        status = streams_write(cli, buf_str(&out)) == 0 ? STATUS_DONE : STATUS_SYSTEM;
    }
    new_site_close(cli, &site);
    buf_release(&out);
    return status;
}

enum status cmd_schema(struct cli *cli)
{
    struct buf out = {0};
    if (cli->options->given[OPTION_DECAP])
        return print_decap(cli);
    if (cli->options->operand_count == 0) {
        schema_json_all(&out);
    } else {
        const struct kind_schema *schema = find_kind(cli, str_from(cli->options->operands[0]));
        if (!schema)
            return STATUS_USAGE;
        schema_json_kind(&out, schema);
    }
    int result = streams_write(cli, buf_str(&out));
    buf_release(&out);
    return result == 0 ? STATUS_DONE : STATUS_SYSTEM;
}
