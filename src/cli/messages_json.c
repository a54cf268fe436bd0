#include "cli/messages.h"

#include "base/html.h"
#include "base/version.h"
#include "cli/places.h"
#include "cli/why_words.h"
#include "site/rules.h"

static void add_place(struct buf *out, const struct place *place)
{
    if (place->line == 0)
        return;
    buf_addf(out, ",\"line\":%zu,\"column\":%zu,\"end_line\":%zu,\"end_column\":%zu", place->line,
             place->column, place->end_line, place->end_column);
}

void messages_json_list(struct buf *out, const struct diags *diags)
{
    struct places places = {0};
    buf_addc(out, '[');
    for (size_t i = 0; i < diags->count; i++) {
        const struct diag *diag = &diags->items[i];
        struct place place = places_find(&places, diag->span);
        buf_adds(out, i == 0 ? "\n{" : ",\n{");
        buf_addf(out,
                 "\"severity\":\"%s\",\"code\":\"%s\",\"path\":", severity_name(diag->severity),
                 diag->code);
        if (diag->span.text)
            json_escape(out, diag->span.text->path);
        else
            buf_adds(out, "null");
        add_place(out, &place);
        buf_adds(out, ",\"message\":");
        json_escape(out, diag->message);
        if (diag->hint.len > 0) {
            buf_adds(out, ",\"hint\":");
            json_escape(out, diag->hint);
        }
        buf_addc(out, '}');
    }
    buf_adds(out, "\n]");
}

void messages_json(struct buf *out, const struct diags *diags, const struct why *why)
{
    buf_addf(out, "{\"version\":1,\"errors\":%zu,\"warnings\":%zu,\"problems\":",
             diags_count(diags, SEVERITY_ERROR) + diags_count(diags, SEVERITY_FAILURE),
             diags_count(diags, SEVERITY_WARNING));
    messages_json_list(out, diags);
    if (why) {
        buf_adds(out, ",\"made\":");
        why_json(out, why);
    }
    buf_adds(out, "}\n");
}

static void add_sarif_message(struct buf *out, const struct diag *diag)
{
    struct buf text = {0};
    buf_add(&text, diag->message);
    if (diag->hint.len > 0) {
        buf_adds(&text, ". ");
        buf_add(&text, diag->hint);
    }
    buf_adds(out, "\"message\":{\"text\":");
    json_escape(out, buf_str(&text));
    buf_addc(out, '}');
    buf_release(&text);
}

static void add_sarif_location(struct buf *out, const struct diag *diag, const struct place *place)
{
    if (!diag->span.text || diag->span.text->path.len == 0)
        return;
    struct buf uri = {0};
    url_escape_path(&uri, diag->span.text->path);
    buf_adds(out, ",\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":");
    json_escape(out, buf_str(&uri));
    buf_addc(out, '}');
    buf_release(&uri);
    if (place->line > 0)
        buf_addf(out,
                 ",\"region\":{\"startLine\":%zu,\"startColumn\":%zu,\"endLine\":%zu,"
                 "\"endColumn\":%zu}",
                 place->line, place->column, place->end_line, place->end_column);
    buf_adds(out, "}}]");
}

static const char *sarif_level(enum severity severity)
{
    return severity == SEVERITY_NOTE ? "note" : severity == SEVERITY_WARNING ? "warning" : "error";
}

static void add_sarif_text(struct buf *out, const char *name, const char *text)
{
    buf_addf(out, ",\"%s\":{\"text\":", name);
    json_escape(out, str_from(text));
    buf_addc(out, '}');
}

static void add_sarif_rules(struct buf *out)
{
    size_t count = 0;
    const struct rule *rules = rules_all(&count);
    for (size_t i = 0; i < count; i++) {
        buf_addf(out, "%s{\"id\":\"%s\"", i == 0 ? "\n" : ",\n", rules[i].code);
        add_sarif_text(out, "shortDescription", rules[i].what);
        add_sarif_text(out, "help", rules[i].mend);
        buf_addc(out, '}');
    }
}

void messages_sarif(struct buf *out, const struct diags *diags)
{
    struct places places = {0};
    buf_adds(out, "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\","
                  "\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"copse\","
                  "\"version\":\"" COPSE_VERSION "\",\"rules\":[");
    add_sarif_rules(out);
    buf_adds(out, "\n]}},\"columnKind\":\"unicodeCodePoints\",\"results\":[");
    for (size_t i = 0; i < diags->count; i++) {
        const struct diag *diag = &diags->items[i];
        struct place place = places_find(&places, diag->span);
        buf_addf(out, "%s{\"ruleId\":\"%s\",\"level\":\"%s\",", i == 0 ? "\n" : ",\n", diag->code,
                 sarif_level(diag->severity));
        add_sarif_message(out, diag);
        add_sarif_location(out, diag, &place);
        buf_addc(out, '}');
    }
    buf_adds(out, "\n]}]}\n");
}
