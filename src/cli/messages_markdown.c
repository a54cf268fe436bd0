#include "cli/messages.h"

#include "cli/places.h"

#include <string.h>

/* A comment that is too long is not taken at all (GitHub: 65536 characters). */
enum { LINE_MOST = 160, CODE_MOST = 300, PROBLEMS_MOST = 50 };

static size_t longest_run(struct str text, char byte)
{
    size_t longest = 0;
    size_t run = 0;
    for (size_t i = 0; i < text.len; i++) {
        run = text.ptr[i] == byte ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

static void add_ticks(struct buf *out, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buf_addc(out, '`');
}

/* At most `most` bytes, cut between characters. */
static struct str cut(struct str text, size_t most)
{
    if (text.len <= most)
        return text;
    while (most > 0 && (text.ptr[most] & 0xc0) == 0x80)
        most--;
    return str_sub(text, 0, most);
}

void messages_markdown_code(struct buf *out, struct str text)
{
    struct buf shown = {0};
    struct str part = cut(text, CODE_MOST);
    messages_visible(&shown, part);
    struct str code = buf_str(&shown);
    /* A fence longer than any run within; blanks keep ticks at the ends apart from it. */
    size_t fence = longest_run(code, '`') + 1;
    bool pad = code.len == 0 || code.ptr[0] == '`' || code.ptr[code.len - 1] == '`';
    add_ticks(out, fence);
    buf_adds(out, pad ? " " : "");
    buf_add(out, code);
    buf_adds(out, pad ? " " : "");
    add_ticks(out, fence);
    if (part.len < text.len)
        buf_adds(out, "…");
    buf_release(&shown);
}

/* Whether no forge can see anything but letters in a word: a bare "www." or "a@b" becomes a link,
 * "@name" calls somebody, '#1' refers to something. */
static bool is_plain_word(struct str word)
{
    for (size_t i = 0; i < word.len; i++) {
        char byte = word.ptr[i];
        bool inside = i > 0 && (byte == '\'' || byte == '-');
        if (!str_is_alpha(byte) && !str_is_digit(byte) && !inside)
            return false;
    }
    return true;
}

/* Takes the marks of a sentence off a word's end. */
static struct str take_marks(struct str *word)
{
    size_t end = word->len;
    while (end > 0 && memchr(".,;:?", word->ptr[end - 1], 5))
        end--;
    struct str marks = str_after(*word, end);
    *word = str_sub(*word, 0, end);
    return marks;
}

static bool are_plain(struct str words)
{
    struct str word;
    while (str_split(&words, ' ', &word)) {
        take_marks(&word);
        if (!is_plain_word(word))
            return false;
    }
    return true;
}

/* A text being written, with the words that are not plain and stand side by side. */
struct wording {
    struct buf *out;
    struct buf code;
    bool begun; /* a blank goes before what comes */
};

static void add_blank(struct wording *wording)
{
    buf_adds(wording->out, wording->begun ? " " : "");
    wording->begun = true;
}

static void end_code(struct wording *wording)
{
    if (wording->code.len == 0)
        return;
    add_blank(wording);
    messages_markdown_code(wording->out, buf_str(&wording->code));
    buf_clear(&wording->code);
}

static void add_word(struct wording *wording, struct str word)
{
    struct str marks = take_marks(&word);
    if (!is_plain_word(word)) {
        buf_adds(&wording->code, wording->code.len > 0 ? " " : "");
        buf_add(&wording->code, word);
        if (marks.len > 0)
            end_code(wording);
    } else {
        end_code(wording);
        add_blank(wording);
        buf_add(wording->out, word);
    }
    buf_add(wording->out, marks);
}

static void add_plain(struct wording *wording, struct str text)
{
    struct str word;
    while (str_split(&text, ' ', &word)) {
        if (word.len > 0)
            add_word(wording, word);
    }
    end_code(wording);
}

/* Where something begins that stands between two ticks, as our own hints write what is to be typed;
 * STR_NONE: nowhere. The second is at *end. */
static size_t find_ticked(struct str text, size_t *end)
{
    for (size_t at = str_find_byte(text, '`', 0); at != STR_NONE;
         at = str_find_byte(text, '`', at + 1)) {
        *end = str_find_byte(text, '`', at + 1);
        if (*end != STR_NONE && *end > at + 1 && (at == 0 || text.ptr[at - 1] == ' '))
            return at;
    }
    return STR_NONE;
}

static void add_words(struct wording *wording, struct str text)
{
    size_t end;
    for (size_t at = find_ticked(text, &end); at != STR_NONE; at = find_ticked(text, &end)) {
        add_plain(wording, str_sub(text, 0, at));
        add_blank(wording);
        messages_markdown_code(wording->out, str_sub(text, at + 1, end));
        text = str_after(text, end + 1);
        wording->begun = text.len == 0 || text.ptr[0] == ' ';
    }
    add_plain(wording, text);
}

/* A title in quotes is one thing, plain or not. */
static void add_quoted(struct wording *wording, struct str title)
{
    add_blank(wording);
    buf_adds(wording->out, "“");
    if (are_plain(title))
        buf_add(wording->out, title);
    else
        messages_markdown_code(wording->out, title);
    buf_adds(wording->out, "”");
}

static void add_sentence(struct wording *wording, struct str text)
{
    const struct str open = STR("“");
    const struct str close = STR("”");
    for (size_t at = str_find(text, open, 0); at != STR_NONE; at = str_find(text, open, 0)) {
        struct str title = str_after(text, at + open.len);
        size_t end = str_find(title, close, 0);
        if (end == STR_NONE || (at > 0 && text.ptr[at - 1] != ' '))
            break;
        add_words(wording, str_sub(text, 0, at));
        add_quoted(wording, str_sub(title, 0, end));
        text = str_after(title, end + close.len);
        struct str next = str_sub(text, 0, 1);
        wording->begun = next.len == 0 || next.ptr[0] == ' ';
    }
    add_words(wording, text);
}

void messages_markdown_words(struct buf *out, struct str text)
{
    struct wording wording = {.out = out};
    bool is_code = false;
    /* Two blanks stand before and behind what is to be typed. */
    for (struct str rest = text; rest.len > 0; is_code = !is_code) {
        size_t end = str_find(rest, STR("  "), 0);
        struct str part = str_trim(str_sub(rest, 0, end == STR_NONE ? rest.len : end));
        rest = end == STR_NONE ? (struct str){0} : str_after(rest, end + 2);
        if (!is_code)
            add_sentence(&wording, part);
        else if (part.len > 0) {
            add_blank(&wording);
            messages_markdown_code(out, part);
        }
    }
    buf_release(&wording.code);
}

/* The line that the place is in, in a block of code. */
static void add_line(struct buf *out, const struct diag *diag, const struct place *place)
{
    struct str bytes = diag->span.text->bytes;
    size_t end = str_find_byte(bytes, '\n', place->line_start);
    struct str line = str_sub(bytes, place->line_start, end == STR_NONE ? bytes.len : end);
    if (str_trim(line).len == 0)
        return;
    struct buf shown = {0};
    messages_visible(&shown, cut(str_trim_right(line), LINE_MOST));
    size_t fence = longest_run(buf_str(&shown), '`') + 1;
    fence = fence < 3 ? 3 : fence;
    buf_adds(out, "\n  ");
    add_ticks(out, fence);
    buf_adds(out, "text\n  ");
    buf_add(out, buf_str(&shown));
    buf_adds(out, "\n  ");
    add_ticks(out, fence);
    buf_addc(out, '\n');
    buf_release(&shown);
}

static void add_problem(struct buf *out, const struct diag *diag, const struct place *place)
{
    buf_adds(out, "- ");
    if (diag->span.text && diag->span.text->path.len > 0) {
        messages_markdown_code(out, diag->span.text->path);
        if (place->line > 0)
            buf_addf(out, ", line %zu", place->line);
        buf_adds(out, ": ");
    }
    messages_markdown_words(out, diag->message);
    buf_addf(out, ". (`%s`)\n", diag->code);
    if (place->line > 0 && diag->span.text->bytes.len > 0)
        add_line(out, diag, place);
    if (diag->hint.len > 0) {
        buf_adds(out, "\n  ");
        messages_markdown_words(out, diag->hint);
        buf_adds(out, str_ends(diag->hint, STR("?")) ? "\n" : ".\n");
    }
}

void messages_markdown(struct buf *out, const struct diags *diags, enum severity from,
                       enum severity to, size_t most, size_t *left)
{
    struct places places = {0};
    size_t shown = 0;
    *left = 0;
    for (size_t i = 0; i < diags->count; i++) {
        const struct diag *diag = &diags->items[i];
        if (diag->severity < from || diag->severity > to)
            continue;
        if (shown++ >= most) {
            ++*left;
            continue;
        }
        struct place place = places_find(&places, diag->span);
        add_problem(out, diag, &place);
    }
}

void messages_markdown_all(struct buf *out, const struct diags *diags)
{
    size_t left = 0;
    size_t more = 0;
    messages_markdown(out, diags, SEVERITY_ERROR, SEVERITY_FAILURE, PROBLEMS_MOST, &left);
    messages_markdown(out, diags, SEVERITY_NOTE, SEVERITY_WARNING, PROBLEMS_MOST, &more);
    if (left + more > 0)
        buf_addf(out, "- … and %zu more.\n", left + more);
}
