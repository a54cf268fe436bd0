#include "lang/markup.h"
#include "pages/forge.h"
#include "pages/jsonld_internal.h"
#include "site/bodies.h"

/* Search engines read some comments to see that people talk; all of them stand in the page. */
enum { COMMENTS_MOST = 50 };

static struct str comment_url(struct jsonld *page, const struct entry *article,
                              const struct entry *comment)
{
    return arena_printf(page->scratch, "%.*s#comment-%.*s", STR_ARG(jsonld_url(page, article->url)),
                        STR_ARG(comment->comment_id));
}

static void add_comment(struct jsonld *page, const struct entry *article,
                        const struct entry *comment)
{
    struct buf text = {0};
    struct markup body = bodies_markup(page->plan->site->bodies, comment);
    markup_text(&body, 0, body.html.len, &text);
    jsonld_open(page, NULL, "Comment");
    json_add_text(page->out, "@id", comment_url(page, article, comment));
    if (comment->authors.count > 0)
        jsonld_add_person(page, "author", &comment->authors.items[0]);
    jsonld_add_moment(page, "dateCreated", &comment->date);
    json_add_text(page->out, "text", str_trim(buf_str(&text)));
    if (comment->parent) {
        json_open_object(page->out, "parentItem");
        json_add_text(page->out, "@id", comment_url(page, article, comment->parent));
        json_close_object(page->out);
    }
    json_close_object(page->out);
    buf_release(&text);
}

/* Adds a list to a stack, its first item on top; more than are wanted need not be there. */
static size_t push(const struct entry **stack, size_t depth, const struct entry_list *list)
{
    size_t count = list->count < COMMENTS_MOST ? list->count : COMMENTS_MOST;
    for (size_t i = count; i > 0; i--)
        stack[depth++] = list->items[i - 1];
    return depth;
}

/* In the order of the thread, a reply behind what it answers; no recursion, since a stranger
 * decides about the depth. */
static void add_thread(struct jsonld *page, const struct entry *article)
{
    const struct entry_list *top = &article->group->comments;
    const struct entry **stack =
        arena_zalloc(page->scratch, (size_t)(COMMENTS_MOST + 1) * COMMENTS_MOST, sizeof *stack);
    size_t depth = push(stack, 0, top);
    json_open_list(page->out, "comment");
    for (size_t i = 0; depth > 0 && i < COMMENTS_MOST; i++) {
        const struct entry *comment = stack[--depth];
        add_comment(page, article, comment);
        depth = push(stack, depth, &comment->replies);
    }
    json_close_list(page->out);
}

static void add_comments(struct jsonld *page, const struct entry *article)
{
    if (!forge_shows_comments(page->site, article))
        return;
    json_add_integer(page->out, "commentCount", (int64_t)article->group->comment_count);
    if (article->group->comments.count > 0)
        add_thread(page, article);
}

static void add_keywords(struct jsonld *page, const struct entry *article)
{
    if (article->tags.count == 0)
        return;
    json_open_list(page->out, "keywords");
    for (size_t i = 0; i < article->tags.count; i++)
        json_add_text(page->out, NULL, article->tags.items[i]->name);
    json_close_list(page->out);
}

void jsonld_add_article(struct jsonld *page, const struct entry *article)
{
    const struct record *record = article->record;
    struct str url = jsonld_url(page, article->url);
    jsonld_open(page, NULL, "Article");
    json_add_text(page->out, "@id", url);
    json_add_text(page->out, "headline", record->title.text);
    json_add_text(page->out, "url", url);
    json_add_text(page->out, "mainEntityOfPage", url);
    json_add_text(page->out, "inLanguage", article->edition->lang);
    jsonld_add_description(page, article);
    json_add_given(page->out, "image", jsonld_file(page, article, record->image.text));
    jsonld_add_moment(page, "datePublished", &article->date);
    jsonld_add_moment(page, "dateModified",
                      article->updated.given ? &article->updated : &article->date);
    jsonld_add_people(page, "author", &article->authors);
    jsonld_add_people(page, "editor", &article->editors);
    jsonld_add_people(page, "contributor", &article->with);
    jsonld_add_organization(page, "publisher");
    add_keywords(page, article);
    json_add_integer(page->out, "wordCount", (int64_t)record->body.words);
    add_comments(page, article);
    json_close_object(page->out);
}
