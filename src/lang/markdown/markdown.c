#include "lang/markdown.h"

#include "lang/markdown/bounds.h"
#include "lang/markdown/extensions.h"
#include "lang/markdown/footnotes.h"
#include "lang/markdown/markdown_internal.h"
#include "lang/markdown/tables.h"
#include "lang/markup/markup_internal.h"

#include <string.h>

const struct md_options md_pure = {.gfm = false};
const struct md_options md_content = {
    .gfm = true, .heading_ids = true, .captions = true, .kramdown = true};

size_t md_most_bytes(const struct md_options *options)
{
    return options->gfm || options->policy ? MD_MAX_BYTES : MD_MAX_PURE_BYTES;
}

static int parse_options(const struct md_job *job)
{
    const struct md_options *options = job->options;
    int flags = CMARK_OPT_DEFAULT;
    if (options->policy && job->features.bad_utf8)
        flags |= CMARK_OPT_VALIDATE_UTF8;
    if (options->smart != MD_SMART_OFF)
        flags |= CMARK_OPT_SMART;
    return flags;
}

static void job_init(struct md_job *job, const struct md_options *options, struct arena *arena,
                     struct markup_draft *out)
{
    *job = (struct md_job){.options = options, .arena = arena, .out = out};
    md_memory_begin(&job->memory, arena);
    map_init(&job->ids, arena);
    if (!options->policy && options->gfm)
        job->raw = MD_RAW_FILTER;
}

static void job_release(struct md_job *job)
{
    buf_release(&job->html);
    buf_release(&job->scratch);
    md_memory_end(&job->memory);
}

static void refuse(struct markup_draft *out, struct arena *arena, size_t source,
                   const char *message, const char *hint)
{
    *out = (struct markup_draft){.html = STR("")};
    markup_add_note(out, arena,
                    (struct markup_note){.rule = MARKUP_TOO_LARGE,
                                         .message = str_from(message),
                                         .hint = str_from(hint),
                                         .source_start = source,
                                         .source_end = source + 1});
}

/* Refuses what cmark would take too long for. Without any option nothing is: then the output is
 * cmark's, and so is the time. */
static bool is_refused(struct md_job *job, struct str body, size_t source)
{
    const struct md_options *options = job->options;
    size_t at;
    if (!options->gfm && !options->policy)
        return false;
    switch (md_exceeds(body, &job->features, &at)) {
    case MD_WITHIN_BOUNDS: return false;
    case MD_TOO_DEEP:
        refuse(job->out, job->arena, source + at,
               "lists or quotes stand too deep in each other here for the emphasis and links of "
               "this text",
               "take out most of the marks or blanks that this line begins with");
        return true;
    case MD_TOO_MANY_PICTURES:
        refuse(job->out, job->arena, source + at,
               "there are more pictures and brackets in this paragraph than one can hold",
               "divide it with blank lines, or put \\ in front of each [ that is only a sign");
        return true;
    }
    return false;
}

/* Prints the whole document into job->html. */
static void print_document(struct md_job *job)
{
    job->keeps_origins = job->options->policy && job->raw == MD_RAW_PASS && job->features.html;
    buf_reserve(&job->html, job->prepared.text.len + job->prepared.text.len / 4 + 64);
    md_number_footnotes(job);
    md_print(job, job->root);
    md_print_footnotes(job);
    job->out->had_raw_html = job->raw_html;
    job->out->html = buf_str(&job->html);
}

/* Tables, in a tree that may hold what footnotes say; those must come out of it unchanged. */
static void parse_tables(struct md_job *job, struct md_footnotes *footnotes)
{
    const struct sanitise_policy *policy = job->options->policy;
    if (policy && !(policy->groups & SANITISE_TABLES))
        return;
    struct md_tables *tables = md_find_tables(job);
    if (!tables)
        return;
    struct md_prepared before = job->prepared;
    md_parse_tables(job, tables, parse_options(job));
    if (job->tables && md_find_footnote_bodies(job, footnotes) > 0) {
        job->tables = NULL;
        job->prepared = before;
        job->root = md_parse(before.text, parse_options(job));
        md_find_footnote_bodies(job, footnotes);
    }
}

/* The text read with GitHub's extensions: the blocks first, then what is in their text. */
static void parse_extended(struct md_job *job)
{
    struct md_footnotes *footnotes = md_parse_footnotes(job, parse_options(job));
    parse_tables(job, footnotes);
    md_keep_footnotes(job, footnotes);
    md_find_tasks(job);
    md_drop_attribute_lists(job);
    md_note_unread(job);
    job->autolinks = !job->features.tildes && !job->footnotes && job->marker.len == 0 &&
                     job->options->smart != MD_SMART_FRENCH;
    md_split_texts(job);
    md_strike(job);
    md_set_french(job);
    md_take_markers_out(job);
}

/* What Markdown made, with raw HTML in it, through the sanitiser. Returns 0, or -1 with a note if
 * the HTML must be shown as text. */
static int sanitise(struct md_job *job, struct markup_draft *out)
{
    struct sanitise_input input = {.html = out->html,
                                   .origins = job->origins.items,
                                   .origin_count = job->origins.count,
                                   .links = &out->links,
                                   .lead_end = out->lead_end,
                                   .id_prefix = job->options->id_prefix};
    struct markup_draft safe;
    int status = sanitise_html(job->options->policy, &input, job->arena, &safe);
    for (size_t i = 0; i < safe.notes.count; i++)
        markup_add_note(out, job->arena, safe.notes.items[i]);
    if (status != 0)
        return -1;
    safe.notes = out->notes;
    safe.has_more = out->has_more;
    safe.had_raw_html = true;
    *out = safe;
    return 0;
}

/* One way from the text to a draft, its html in *block too. Returns 0, or -1 if the raw HTML in it
 * must be escaped; the notes say why. */
static int render(const struct md_options *options, struct str body, size_t source,
                  struct arena *arena, bool escape, struct markup_draft *out, struct buf *block)
{
    struct md_job job;
    *out = (struct markup_draft){.html = STR("")};
    job_init(&job, options, arena, out);
    if (escape)
        job.raw = MD_RAW_ESCAPE;
    md_look(body, !options->policy, &job.features);
    if (is_refused(&job, body, source)) {
        job_release(&job);
        return 0;
    }
    md_prepare_plain(&job.prepared, arena, body, source);
    if (options->gfm)
        parse_extended(&job);
    else
        job.root = md_parse(body, parse_options(&job));
    print_document(&job);
    int status = 0;
    if (options->policy && job.raw_html && !escape) {
        status = sanitise(&job, out);
        buf_clear(&job.html);
        buf_add(&job.html, out->html);
    }
    *block = job.html;
    job.html = (struct buf){0};
    job_release(&job);
    return status;
}

void md_render(const struct md_options *options, const struct text *text, size_t start, size_t end,
               struct arena *arena, struct markup *out)
{
    struct arena_mark mark = arena_mark(arena);
    struct str body = str_sub(text->bytes, start, end);
    struct markup_draft draft;
    struct buf block = {0};
    if (str_starts(body, STR("\xEF\xBB\xBF"))) {
        body = str_after(body, 3);
        start += 3;
    }
    if (body.len > md_most_bytes(options)) {
        refuse(&draft, arena, start, "this text is larger than 8 MB, more than one page can show",
               "split it into several, or put the data into a file beside it");
    } else if (render(options, body, start, arena, false, &draft, &block) != 0) {
        struct markup_notes notes = draft.notes;
        buf_release(&block);
        render(options, body, start, arena, true, &draft, &block);
        draft.notes = notes;
    }
    markup_finish(&draft, &block, arena, mark, out);
}

void md_render_str(const struct md_options *options, struct str markdown, struct arena *arena,
                   struct markup *out)
{
    struct text text = {.path = STR(""), .bytes = markdown};
    md_render(options, &text, 0, markdown.len, arena, out);
}

void md_escape(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.ptr[i];
        if (byte != '\0' && strchr("\\`*_{}[]()<>#+-.!|~&:\"'=@/", byte))
            buf_addc(out, '\\');
        buf_addc(out, byte);
    }
}
