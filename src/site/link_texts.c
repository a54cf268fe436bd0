#include "site/link_texts.h"
#include "base/buf.h"

#include <string.h>

enum {
    VAGUE_MOST = 64,  /* bytes, with what punctuation stands around it */
    LISTED_MOST = 32, /* and without: no text below is longer */
};

/* Texts that say nothing, in small letters and without punctuation, by language. */
static const struct {
    struct str lang;
    const char *texts; /* between bars */
} vague[] = {
    {STR_INIT("en"),
     "|here|click|click here|click this|click this link|this|this link|link|a link|this page|this "
     "article|this site|this website|website|page|more|more here|more info|more information|read "
     "more|read more here|read this|learn more|find out more|see here|see more|see this|continue|"
     "continue reading|go|go here|info|details|right here|over here|"},
    {STR_INIT("fr"),
     "|ici|cliquez|cliquez ici|cliquer ici|cliquez sur ce lien|ce lien|lien|un lien|là|par ici|"
     "cette page|cet article|ce site|site web|page|plus|plus d’infos|plus d'infos|plus "
     "d’informations|plus d'informations|lire|lire ici|lire plus|lire la suite|la suite|suite|en "
     "savoir plus|voir|voir ici|voir plus|continuer|détails|infos|"},
    {STR_INIT("de"), "|hier|hier klicken|klicken sie hier|klick hier|dieser link|link|diese seite|"
                     "seite|mehr|mehr infos|mehr informationen|mehr erfahren|weiter|weiterlesen|"
                     "siehe hier|details|"},
    {STR_INIT("es"), "|aquí|aqui|haga clic aquí|haz clic aquí|clic aquí|pulse aquí|este enlace|"
                     "enlace|esta página|página|más|más información|leer más|saber más|ver más|"
                     "continuar|seguir leyendo|"},
    {STR_INIT("it"),
     "|qui|clicca qui|cliccare qui|questo link|link|questa pagina|pagina|più|"
     "maggiori informazioni|leggi|leggi di più|leggi tutto|scopri di più|continua|"},
    {STR_INIT("nl"), "|hier|klik hier|deze link|link|deze pagina|pagina|meer|meer info|meer "
                     "informatie|lees meer|lees verder|verder|"},
    {STR_INIT("pt"), "|aqui|clique aqui|este link|link|ligação|esta página|página|mais|mais "
                     "informações|ler mais|leia mais|saiba mais|ver mais|continuar|"},
};

static bool is_listed(struct str lang, struct str text, struct arena *scratch)
{
    if (text.len > LISTED_MOST)
        return false;
    struct str framed = arena_printf(scratch, "|%.*s|", STR_ARG(text));
    for (size_t i = 0; i < sizeof vague / sizeof *vague; i++) {
        if (lang.len > 0 && !str_eq(str_sub(lang, 0, 2), vague[i].lang))
            continue;
        if (str_has(str_from(vague[i].texts), framed))
            return true;
    }
    return false;
}

static bool is_edge(char byte)
{
    return str_is_space(byte) || strchr(".,:;!?()[]<>\"'-", byte) != NULL;
}

/* In small letters, without what punctuation and arrows stand around it. */
static struct str bare(struct str text, struct arena *scratch)
{
    static const struct str marks[] = {STR_INIT("…"), STR_INIT("→"), STR_INIT("»"), STR_INIT("«"),
                                       STR_INIT("›"), STR_INIT("’"), STR_INIT("”"), STR_INIT("“")};
    struct buf folded = {0};
    for (size_t i = 0; i < text.len;) {
        bool skipped = false;
        if ((unsigned char)text.ptr[i] < 0x80) {
            buf_addc(&folded, str_lower(text.ptr[i++]));
            continue;
        }
        for (size_t j = 0; j < sizeof marks / sizeof *marks && !skipped; j++) {
            bool inner = i > 0 && i + marks[j].len < text.len && str_eq(marks[j], STR("’"));
            if (!inner && str_starts(str_after(text, i), marks[j])) {
                i += marks[j].len;
                skipped = true;
            }
        }
        if (skipped)
            continue;
        /* No-break spaces, which French typography puts before punctuation. */
        if (str_starts(str_after(text, i), STR("\xC2\xA0"))) {
            buf_addc(&folded, ' ');
            i += 2;
            continue;
        }
        buf_addc(&folded, str_lower(text.ptr[i++]));
    }
    struct str result = arena_str(scratch, buf_str(&folded));
    buf_release(&folded);
    while (result.len > 0 && is_edge(result.ptr[0]))
        result = str_after(result, 1);
    while (result.len > 0 && is_edge(result.ptr[result.len - 1]))
        result.len--;
    return result;
}

/* What stands between a link's tags: html behind the quote of its href, up to </a>. */
static struct str content_of(const struct markup *markup, const struct markup_link *link)
{
    struct str html = markup->html;
    bool quoted = true;
    size_t at = link->html_end;
    for (; at < html.len && (quoted || html.ptr[at] != '>'); at++)
        quoted = html.ptr[at] == '"' ? !quoted : quoted;
    struct str inner = str_after(html, at + 1);
    return str_sub(inner, 0, str_find(inner, STR("</a>"), 0));
}

struct str link_text(const struct markup *markup, size_t number, struct arena *scratch)
{
    struct buf text = {0};
    struct markup_link link = markup_link_at(markup, number);
    struct str inner = content_of(markup, &link);
    size_t end = (size_t)(inner.ptr - markup->html.ptr) + inner.len;
    markup_text_of(inner, &text);
    for (size_t i = number + 1; i < markup->link_count; i++) {
        struct markup_link picture = markup_link_at(markup, i);
        if (picture.html_start >= end)
            break;
        if (picture.kind == MARKUP_PICTURE)
            buf_add(&text, picture.alt);
    }
    struct str result = arena_str(scratch, str_trim(buf_str(&text)));
    buf_release(&text);
    return result;
}

bool link_text_is_vague(struct str text, struct str lang, struct arena *scratch)
{
    return text.len <= VAGUE_MOST && is_listed(lang, bare(text, scratch), scratch);
}

/* Text alone, and too long to be vague: most links. */
static bool is_plain_and_long(struct str inner)
{
    return inner.len > VAGUE_MOST && str_find_byte(inner, '<', 0) == STR_NONE &&
           str_find_byte(inner, '&', 0) == STR_NONE;
}

bool link_texts_doubtful(const struct markup *markup, struct arena *scratch)
{
    for (size_t i = 0; i < markup->link_count; i++) {
        struct markup_link link = markup_link_at(markup, i);
        if (link.kind != MARKUP_LINK || is_plain_and_long(str_trim(content_of(markup, &link))))
            continue;
        struct str text = link_text(markup, i, scratch);
        if (text.len == 0 || link_text_is_vague(text, STR(""), scratch))
            return true;
    }
    return false;
}
