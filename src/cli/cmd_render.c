/* `copse render TEMPLATE [DATA]`: one template over YAML or JSON data. */
#include "base/path.h"
#include "cli/commands.h"
#include "cli/render_filters.h"
#include "cli/render_partials.h"
#include "cli/streams.h"
#include "lang/json.h"
#include "lang/liquid/liquid.h"
#include "lang/yaml.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define TEMPLATE_MOST ((size_t)4 << 20)
#define DATA_MOST ((size_t)64 << 20)

static bool looks_like_json(const struct text *text)
{
    struct str extension = path_extension(text->path);
    if (str_eq(extension, STR(".json")))
        return true;
    if (str_eq(extension, STR(".yml")) || str_eq(extension, STR(".yaml")))
        return false;
    struct str bytes = str_trim_left(text->bytes);
    return bytes.len > 0 && (bytes.ptr[0] == '{' || bytes.ptr[0] == '[');
}

static int read_data(struct cli *cli, const char *path, struct value *out)
{
    struct text *text = arena_zalloc(cli->arena, 1, sizeof *text);
    if (streams_read(cli, path, DATA_MOST, text) != 0)
        return -1;
    if (looks_like_json(text)) {
        if (json_read(text, cli->arena, cli->diags, out) != 0)
            return -1;
    } else {
        const struct yaml_node *root;
        if (yaml_parse(text, 0, text->bytes.len, cli->arena, cli->diags, &root) != 0)
            return -1;
        *out = yaml_to_value(root, cli->arena);
    }
    if (out->type == VALUE_MAP || out->type == VALUE_NIL)
        return 0;
    return diag_error(cli->diags, "render-data", span_of(text, 0, 1),
                      "the data must be names and their values, for the template to call them by");
}

static enum liquid_language language_of(const struct text *source)
{
    static const struct {
        struct str extension;
        enum liquid_language language;
    } known[] = {{STR_INIT(".xml"), LIQUID_XML}, {STR_INIT(".json"), LIQUID_JSON},
                 {STR_INIT(".ics"), LIQUID_ICS}, {STR_INIT(".txt"), LIQUID_PLAIN},
                 {STR_INIT(".svg"), LIQUID_XML}, {STR_INIT(".md"), LIQUID_PLAIN}};
    struct str extension = path_extension(source->path);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_eq(extension, known[i].extension))
            return known[i].language;
    return LIQUID_HTML;
}

/* --now, else SOURCE_DATE_EPOCH, else the clock. */
static int64_t moment(const struct options *options)
{
    struct date_time now;
    const char *why;
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    long long seconds;
    if (options->given[OPTION_NOW] &&
        date_parse(str_from(options->value[OPTION_NOW]), &now, &why) == 0)
        return date_utc_seconds(&now);
    if (epoch != NULL && str_to_long(str_from(epoch), &seconds) == 0)
        return seconds;
    return time(NULL);
}

/* The zone that TZ names, UTC without one. */
static const struct zone *local_zone(struct cli *cli)
{
    const struct zone *zone = NULL;
    const char *name = getenv("TZ");
    if (name == NULL || name[0] == '\0' ||
        zone_load(cli->fs, NULL, str_from(name), cli->arena, &zone) != 0)
        return NULL;
    return zone;
}

static int render(struct cli *cli, const struct text *source, struct value data, struct buf *out)
{
    const struct options *options = cli->options;
    struct render_partials partials;
    struct render_filters filters = {.globals = data, .safe = options->given[OPTION_AUTOESCAPE]};
    struct liquid_settings settings = {.jekyll = options->given[OPTION_JEKYLL],
                                       .strict = options->given[OPTION_STRICT],
                                       .autoescape = options->given[OPTION_AUTOESCAPE]};
    render_partials_init(&partials, cli, options->value[OPTION_PARTIALS]);
    settings.host = (struct liquid_host){
        .context = &partials, .load = render_partials_load, .names = render_partials_names};
    if (settings.jekyll)
        settings.host.filters =
            render_filters_table(&filters, cli->arena, &settings.host.filter_count);
    struct liquid *liquid = liquid_new(cli->arena, &settings);
    const struct liquid_template *compiled =
        liquid_compile(liquid, source, 0, language_of(source), cli->diags);
    if (compiled == NULL)
        return -1;
    struct liquid_call call = {.globals = data,
                               .reader = {.arena = cli->arena},
                               .diags = cli->diags,
                               .host = &filters,
                               .now = moment(options),
                               .zone = local_zone(cli)};
    return liquid_render(compiled, &call, out);
}

enum status cmd_render(struct cli *cli)
{
    const struct options *options = cli->options;
    struct text *source = arena_zalloc(cli->arena, 1, sizeof *source);
    struct value data = value_nil();
    struct buf out = {0};
    if (streams_read(cli, options->operands[0], TEMPLATE_MOST, source) != 0)
        return STATUS_SYSTEM;
    if (options->operand_count > 1 && read_data(cli, options->operands[1], &data) != 0)
        return STATUS_CONTENT;
    int status = render(cli, source, data, &out);
    if (status == 0 && !diags_failed(cli->diags))
        status = streams_write(cli, buf_str(&out));
    buf_release(&out);
    return status == 0 ? STATUS_DONE : STATUS_CONTENT;
}
