#include "lang/sanitise.h"

#include "lang/markup/markup_internal.h"
#include "lang/sanitise/sanitise_internal.h"

#include <stdarg.h>
#include <string.h>

size_t sanitise_source(const struct sanitise_input *input, size_t html)
{
    if (input->origin_count == 0)
        return html;
    size_t low = 0;
    size_t high = input->origin_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (input->origins[middle].html <= html)
            low = middle;
        else
            high = middle;
    }
    const struct sanitise_origin *origin = &input->origins[low];
    return origin->verbatim && html >= origin->html ? origin->source + (html - origin->html)
                                                    : origin->source;
}

size_t sanitise_offset(const struct writer *writer, const GumboElement *node)
{
    const char *at = node->original_tag.data;
    struct str html = writer->input->html;
    return at && at >= html.ptr && at < html.ptr + html.len ? (size_t)(at - html.ptr) : STR_NONE;
}

struct str sanitise_name(struct writer *writer, const GumboElement *node)
{
    if (node->tag < GUMBO_TAG_UNKNOWN)
        return str_from(gumbo_normalized_tagname(node->tag));
    GumboStringPiece piece = node->original_tag;
    gumbo_tag_from_original_text(&piece);
    size_t len = piece.length < 40 ? piece.length : 40;
    char *name = arena_alloc(writer->arena, len + 1);
    for (size_t i = 0; i < len; i++)
        name[i] = str_lower(piece.data[i]);
    return (struct str){name, len};
}

void sanitise_note(struct writer *writer, enum markup_rule rule, size_t start, size_t end,
                   const char *hint, const char *format, ...)
{
    if (!writer->notes || writer->out->notes.count > MARKUP_MAX_NOTES)
        return;
    struct buf message = {0};
    va_list arguments;
    va_start(arguments, format);
    buf_vaddf(&message, format, arguments);
    va_end(arguments);
    size_t from = sanitise_source(writer->input, start == STR_NONE ? 0 : start);
    size_t to = from;
    if (start != STR_NONE && end != STR_NONE && end > start)
        to = sanitise_source(writer->input, end - 1) + 1;
    markup_add_note(writer->out, writer->arena,
                    (struct markup_note){.rule = rule,
                                         .message = arena_str(writer->arena, buf_str(&message)),
                                         .hint = str_from(hint),
                                         .source_start = from,
                                         .source_end = to > from ? to : from});
    buf_release(&message);
}

/* gumbo's memory is an arena: its own way to free a tree recurses by the tree's depth. */
static void *tree_alloc(void *arena, size_t size)
{
    return arena_alloc(arena, size);
}

static void tree_free(void *arena, void *bytes)
{
    (void)arena;
    (void)bytes;
}

/* Parses input->html and writes it anew into *out. */
static void run_round(const struct sanitise_policy *policy, const struct sanitise_input *input,
                      struct arena *arena, bool notes, struct markup_draft *out,
                      struct sanitise_input *next)
{
    struct arena tree = {0};
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = tree_alloc;
    options.deallocator = tree_free;
    options.userdata = &tree;
    options.max_errors = 0;
    options.fragment_context = GUMBO_TAG_DIV;
    GumboOutput *output = gumbo_parse_with_options(&options, input->html.ptr, input->html.len);
    struct writer writer = {
        .policy = policy, .input = input, .arena = arena, .out = out, .notes = notes};
    map_init(&writer.ids, arena);
    buf_reserve(&writer.html, input->html.len + 64);
    sanitise_write(&writer, output->root);
    out->html = arena_str(arena, buf_str(&writer.html));
    *next = (struct sanitise_input){.html = out->html,
                                    .origins = writer.origins.items,
                                    .origin_count = writer.origins.count,
                                    .links = &out->links,
                                    .lead_end = out->lead_end,
                                    .id_prefix = input->id_prefix};
    buf_release(&writer.html);
    arena_release(&tree);
}

/* The last resort: nothing is markup. */
static int give_up(const struct sanitise_input *input, struct arena *arena,
                   struct markup_draft *out)
{
    struct buf html = {0};
    buf_add(&html, STR("<p>"));
    markup_put_text(&html, input->html);
    buf_add(&html, STR("</p>\n"));
    *out = (struct markup_draft){.html = arena_str(arena, buf_str(&html))};
    out->lead_end = out->html.len;
    markup_add_note(
        out, arena,
        (struct markup_note){
            .rule = MARKUP_DROPPED_HTML,
            .message =
                STR("the HTML in this text is too tangled to be checked and is shown as text"),
            .hint = STR("close each tag that you open, and leave out what Markdown can say itself"),
            .source_start = sanitise_source(input, 0),
            .source_end = sanitise_source(input, 0)});
    buf_release(&html);
    return -1;
}

int sanitise_html(const struct sanitise_policy *policy, const struct sanitise_input *input,
                  struct arena *arena, struct markup_draft *out)
{
    *out = (struct markup_draft){.html = STR("")};
    if (!sanitise_within_caps(input))
        return give_up(input, arena, out);
    struct markup_notes notes = {0};
    struct sanitise_input current = *input;
    for (int round = 0; round < SANITISE_MAX_ROUNDS; round++) {
        struct markup_draft *result = arena_zalloc(arena, 1, sizeof *result);
        struct sanitise_input next;
        run_round(policy, &current, arena, round == 0, result, &next);
        if (round == 0)
            notes = result->notes;
        bool rest = str_eq(result->html, current.html);
        if (!rest || round == 0)
            *out = *result;
        if (rest) {
            out->notes = notes;
            return 0;
        }
        current = next;
    }
    return give_up(input, arena, out);
}
