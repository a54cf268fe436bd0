/* URL and id attributes as they were printed: checked and reported. */
#include "lang/liquid/run.h"

#include "base/html.h"
#include "base/utf8.h"
#include "base/vec.h"

#include <string.h>

/* The reference at text[at] ('&'): its end and what it stands for. False if it is none. */
static bool reference(struct str text, size_t at, size_t *end, uint32_t *code)
{
    static const struct {
        struct str name;
        uint32_t code;
    } names[] = {{STR_INIT("&amp;"), '&'},   {STR_INIT("&lt;"), '<'},
                 {STR_INIT("&gt;"), '>'},    {STR_INIT("&quot;"), '"'},
                 {STR_INIT("&apos;"), '\''}, {STR_INIT("&colon;"), ':'},
                 {STR_INIT("&Tab;"), '\t'},  {STR_INIT("&NewLine;"), '\n'}};
    struct str rest = str_after(text, at);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_starts(rest, names[i].name)) {
            *code = names[i].code;
            *end = at + names[i].name.len;
            return true;
        }
    if (rest.len < 3 || rest.ptr[1] != '#')
        return false;
    bool hexadecimal = rest.ptr[2] == 'x' || rest.ptr[2] == 'X';
    size_t i = hexadecimal ? 3 : 2;
    size_t start = i;
    *code = 0;
    for (; i < rest.len && i < start + 8; i++) {
        char byte = str_lower(rest.ptr[i]);
        bool letter = hexadecimal && byte >= 'a' && byte <= 'f';
        if (!str_is_digit(byte) && !letter)
            break;
        uint32_t digit = (uint32_t)(letter ? byte - 'a' + 10 : byte - '0');
        *code = *code * (hexadecimal ? 16 : 10) + digit;
    }
    if (i == start)
        return false;
    *end = at + i + (i < rest.len && rest.ptr[i] == ';');
    return true;
}

static struct str decoded(struct liquid_run *run, struct str value)
{
    if (str_find_byte(value, '&', 0) == STR_NONE)
        return value;
    struct buf text = {0};
    for (size_t at = 0; at < value.len;) {
        size_t end = at;
        uint32_t code = 0;
        if (value.ptr[at] == '&' && reference(value, at, &end, &code)) {
            utf8_encode(&text, code);
            at = end;
        } else {
            buf_addc(&text, value.ptr[at++]);
        }
    }
    return run_keep(run, &text);
}

static bool safe(const struct link_site *site, struct str value)
{
    struct str rest = value;
    struct str candidate;
    if (site->kind == LIQUID_LINK_URL)
        return url_is_safe(value);
    while (str_split(&rest, ',', &candidate))
        if (!url_is_safe(str_trim(candidate)))
            return false;
    return true;
}

static void tell(struct liquid_run *run, const struct link_site *site, struct str value)
{
    if (run->call->link == NULL)
        return;
    const struct frame *frame = run->frame;
    size_t end = site->end > frame->position ? site->end : frame->position + 1;
    struct liquid_link link = {.kind = site->kind,
                               .element = site->element,
                               .attribute = site->attribute,
                               .value = value,
                               .span = span_of(frame->compiled->source, frame->position, end)};
    run_tell(run, &link);
}

void run_tell(struct liquid_run *run, const struct liquid_link *link)
{
    bool again = run->call->link(run->call->link_context, link);
    if (!again || run->recording == 0)
        return;
    struct liquid_link *kept = vec_push(run->arena, &run->heard);
    *kept = *link;
    kept->value = arena_str(run->arena, link->value);
}

void liquid_tell(struct liquid_call *call, enum liquid_link_kind kind, struct str value)
{
    if (call->link == NULL)
        return;
    const struct frame *frame = call->run->frame;
    const struct filter_use *filter = call->run->filter;
    size_t start = filter ? filter->position : frame->position;
    size_t end = filter ? filter->end : frame->end;
    struct liquid_link link = {
        .kind = kind,
        .value = value,
        .span = span_of(frame->compiled->source, start, end > start ? end : start + 1)};
    run_tell(call->run, &link);
}

void run_link(struct liquid_run *run, const struct link_site *site, struct str value)
{
    if (run->call->link != NULL)
        tell(run, site, decoded(run, value));
}

void run_link_end(struct liquid_run *run, const struct link_site *site)
{
    if (run->call->link == NULL && !site->check)
        return;
    size_t start = run->mark <= run->out->len ? run->mark : run->out->len;
    struct str printed = str_after(buf_str(run->out), start);
    struct str value = decoded(run, printed);
    if (site->check && !safe(site, value)) {
        run_warn(run, "unsafe-url", "'%.*s' is no address that a page may link to; '#' stands in",
                 STR_ARG(str_sub(value, 0, 80)));
        buf_truncate(run->out, start);
        buf_addc(run->out, '#');
        value = STR("#");
    }
    tell(run, site, value);
}
