/* Headings and their ids, as the forges make them: lower case, white space and nothing but letters,
 * digits, '-' and '_' kept, each blank a '-', a number behind what is there already. */
#include "base/utf8.h"
#include "base/vec.h"
#include "lang/markdown/markdown_internal.h"
#include "lang/markup/markup_internal.h"

#include <stdint.h>

struct range {
    uint32_t first, last;
};

/* Beyond ASCII everything counts as a letter but for these: punctuation, symbols, emoji. */
static bool is_symbol(uint32_t c)
{
    static const struct range symbols[] = {
        {0x80, 0xA9},       {0xAB, 0xB4},     {0xB6, 0xB9},     {0xBB, 0xBF},
        {0xD7, 0xD7},       {0xF7, 0xF7},     {0x2C2, 0x2DF},   {0x37E, 0x37E},
        {0x387, 0x387},     {0x55A, 0x55F},   {0x589, 0x58F},   {0x5BE, 0x5BE},
        {0x5C0, 0x5C0},     {0x5C3, 0x5C3},   {0x5F3, 0x5F4},   {0x600, 0x60F},
        {0x61B, 0x61F},     {0x66A, 0x66D},   {0x964, 0x965},   {0xE3F, 0xE3F},
        {0xE4F, 0xE5B},     {0x2000, 0x206F}, {0x2070, 0x209F}, {0x20A0, 0x20CF},
        {0x2100, 0x214F},   {0x2190, 0x2BFF}, {0x2E00, 0x2E7F}, {0x3000, 0x3004},
        {0x3008, 0x3020},   {0x3030, 0x3030}, {0x30FB, 0x30FB}, {0xE000, 0xF8FF},
        {0xFE00, 0xFE6F},   {0xFEFF, 0xFEFF}, {0xFF01, 0xFF0F}, {0xFF1A, 0xFF20},
        {0xFF3B, 0xFF40},   {0xFF5B, 0xFF65}, {0xFFE0, 0xFFFF}, {0x1F000, 0x1FAFF},
        {0xE0000, 0x10FFFF}};
    for (size_t i = 0; i < sizeof symbols / sizeof symbols[0]; i++) {
        if (c < symbols[i].first)
            return false;
        if (c <= symbols[i].last)
            return true;
    }
    return false;
}

/* The blocks whose cases stand apart by a constant or alternate. */
static uint32_t lower_case(uint32_t c)
{
    if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3AB) ||
        (c >= 0x410 && c <= 0x42F))
        return c + 32;
    if (c >= 0x400 && c <= 0x40F)
        return c + 80;
    if (c >= 0x531 && c <= 0x556)
        return c + 48;
    if (c == 0x130)
        return 'i';
    if (c == 0x178)
        return 0xFF;
    if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E))
        return c % 2 == 1 ? c + 1 : c;
    if ((c >= 0x100 && c <= 0x177) || (c >= 0x460 && c <= 0x481) || (c >= 0x48A && c <= 0x4BF) ||
        (c >= 0x4D0 && c <= 0x52F) || (c >= 0x1E00 && c <= 0x1E95) || (c >= 0x1EA0 && c <= 0x1EFF))
        return c % 2 == 0 ? c + 1 : c;
    return c;
}

/* One code point of a heading as it stands in its id; nothing if it is not kept. */
static void put_id_char(struct buf *out, uint32_t c)
{
    if (c == ' ' || c == '\t' || c == '\n' || c == 0xA0) {
        buf_addc(out, '-');
    } else if (c < 0x80) {
        if (str_is_alpha((char)c) || str_is_digit((char)c) || c == '-' || c == '_')
            buf_addc(out, str_lower((char)c));
    } else if (c != 0xFFFD && !is_symbol(c)) {
        utf8_encode(out, lower_case(c));
    }
}

static void make_id(struct buf *out, struct str text)
{
    text = str_trim(text);
    for (size_t i = 0; i < text.len;) {
        size_t len;
        put_id_char(out, utf8_decode(str_after(text, i), &len));
        i += len;
    }
}

/* The first of wanted-1, wanted-2, … that is free. Under each id in use stands the number to try
 * next, so that a thousand equal headings stay linear. */
static struct str numbered_id(struct md_job *job, struct str wanted, uintptr_t number)
{
    struct str id;
    do
        id = arena_printf(job->arena, "%.*s-%zu", STR_ARG(wanted), (size_t)number++);
    while (map_has(&job->ids, id));
    map_put(&job->ids, wanted, (void *)number);
    return id;
}

struct str md_new_id(struct md_job *job, struct str wanted)
{
    struct str prefix = job->options->id_prefix;
    struct str id = prefix.len > 0
                        ? arena_printf(job->arena, "%.*s%.*s", STR_ARG(prefix), STR_ARG(wanted))
                        : arena_str(job->arena, wanted);
    uintptr_t number = (uintptr_t)map_get(&job->ids, id);
    if (number > 0)
        id = numbered_id(job, id, number);
    map_put(&job->ids, id, (void *)(uintptr_t)1);
    *vec_push(job->arena, &job->out->ids) = id;
    return id;
}

void md_heading_begin(struct md_job *job, cmark_node *node)
{
    struct buf *html = &job->html;
    md_print_fresh_line(job);
    struct markup_heading *heading = vec_push(job->arena, &job->out->headings);
    *heading = (struct markup_heading){.level = cmark_node_get_heading_level(node),
                                       .html_start = html->len};
    buf_add(html, STR("<h"));
    buf_addc(html, (char)('0' + heading->level));
    if (job->options->heading_ids) {
        buf_clear(&job->scratch);
        md_plain_text(node, &job->scratch, false);
        struct str text = arena_str(job->arena, str_trim(buf_str(&job->scratch)));
        heading->text = text;
        buf_clear(&job->scratch);
        make_id(&job->scratch, text);
        struct str wanted = job->scratch.len > 0 ? buf_str(&job->scratch) : STR("section");
        heading->id = md_new_id(job, wanted);
        buf_add(html, STR(" id=\""));
        markup_put_text(html, heading->id);
        buf_addc(html, '"');
    }
    buf_addc(html, '>');
}

void md_heading_end(struct md_job *job, cmark_node *node)
{
    buf_add(&job->html, STR("</h"));
    buf_addc(&job->html, (char)('0' + cmark_node_get_heading_level(node)));
    buf_add(&job->html, STR(">\n"));
    job->out->headings.items[job->out->headings.count - 1].html_end = job->html.len;
}
