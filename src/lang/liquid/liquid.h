/* Liquid: templates compiled once, rendered many times, from many threads without a lock.
 *
 * The language is Shopify's Liquid 5, with Jekyll's layer where the settings ask for it. Reference:
 * https://shopify.github.io/liquid/ and, where that is silent, Ruby's implementation.
 *
 *     environment   struct liquid: settings, the host's filters and loader, names, partials
 *     template      compiled once by liquid_compile(), with every partial it names
 *     call          one rendering: globals, scratch memory, limits, messages
 *
 * Everything that a compilation makes lives in the environment's arena. Compiling belongs to one
 * thread; once nobody compiles, any number of threads may render. A partial that is named at run
 * time ({% include page.box %}) must be known by then: the first template with such a tag makes the
 * environment compile all that host->names lists.
 *
 * Escaping. With `autoescape`, the place where each {{ … }} stands (text, attribute, URL, script …)
 * is decided when the template compiles. VALUE_TEXT is escaped for its place, VALUE_HTML is not; a
 * literal in a template is html; `escape` and its kin return html; joining text and html escapes
 * the text first. URLs are checked (url_is_safe) as a whole when their attribute ends. `raw` as the
 * last filter prints as it is. */
#ifndef COPSE_LANG_LIQUID_LIQUID_H
#define COPSE_LANG_LIQUID_LIQUID_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"
#include "base/text.h"
#include "base/zone.h"
#include "lang/value.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct liquid;
struct liquid_template;
struct liquid_call;

/* The language of a template, which says how text is escaped (with autoescape only). */
enum liquid_language {
    LIQUID_HTML,
    LIQUID_XML,  /* XML 1.0 text and quoted attributes */
    LIQUID_JSON, /* the inside of a JSON string; `jsonify` prints whole values */
    LIQUID_ICS,  /* RFC 5545 TEXT */
    LIQUID_PLAIN /* nothing is escaped */
};

/* 0 in a field means the default. */
struct liquid_limits {
    uint32_t depth;        /* includes within includes: 100 */
    uint64_t iterations;   /* loop rounds a page: 10 million */
    size_t output_bytes;   /* a page: 64 MiB */
    size_t template_bytes; /* a template's source: 4 MiB */
    size_t scratch_bytes;  /* memory that filters and captures may fill: 512 MiB */
};

/* A filter of the host's. Returns 0 and sets *out, or -1 after liquid_fail(). `arguments` holds the
 * positional ones; named ones are asked for with liquid_named(). A VALUE_TEXT result is escaped
 * when printed, a VALUE_HTML one is not. Memory: call->reader.arena. */
struct liquid_arguments {
    const struct value *items;
    size_t count;
    const struct value_entry *named;
    size_t named_count;
};

struct liquid_filter {
    struct str name;
    size_t least; /* how many positional arguments it takes; checked before it is called */
    size_t most;
    int (*apply)(struct liquid_call *call, void *context, struct value input,
                 const struct liquid_arguments *arguments, struct value *out);
    void *context;
};

/* What the environment asks its host. Any function may be NULL. */
struct liquid_host {
    void *context;
    /* The source of the partial `name` as the tag has it, or NULL if there is none; *start: where
     * the template begins in it (behind its front matter). The text must outlive the environment.
     */
    const struct text *(*load)(void *context, struct str name, size_t *start);
    /* All names that load() knows: for run-time names and for suggestions. */
    size_t (*names)(void *context, const struct str **names);
    /* The number of a property name in the host's table (value_key.symbol), 0 if it has none. */
    uint32_t (*symbol)(void *context, struct str name);
    /* Filters beyond the standard ones; one of the same name replaces a standard one. `link` and
     * `post_url`, where given, also serve Jekyll's tags of those names, and `image` the tag
     * {% image value, argument, name: argument %}. */
    const struct liquid_filter *filters;
    size_t filter_count;
    /* The globals' names, for suggestions. */
    const struct str *globals;
    size_t global_count;
    /* Whether a global's property (empty: the global itself) is the same in all calls of one
     * memo_scope. */
    bool (*steady)(void *context, struct str global, struct str property);
};

struct liquid_settings {
    bool jekyll;     /* Jekyll's tags, filters and include syntax */
    bool strict;     /* what lax parsing tolerates is an error; so is printing what is not there */
    bool autoescape; /* what site builds do; unknown filters are errors too */
    struct liquid_limits limits;
    struct liquid_host host;
};

/* An environment in `arena`, which must outlive it. The settings are copied, their strings and
 * tables borrowed. */
struct liquid *liquid_new(struct arena *arena, const struct liquid_settings *settings);

/* Compiles source->bytes from offset `start` on, and every partial it names. `source` is borrowed
 * for as long as the environment. NULL after at least one error was added to `diags`; all problems
 * that can be found are reported, not only the first. */
const struct liquid_template *liquid_compile(struct liquid *liquid, const struct text *source,
                                             size_t start, enum liquid_language language,
                                             struct diags *diags);

/* What a template prints as a link or as a link's goal. */
enum liquid_link_kind {
    LIQUID_LINK_URL,
    LIQUID_LINK_SRCSET,
    LIQUID_LINK_ID,
    LIQUID_LINK_MADE /* a URL that a filter has from its host, so that it leads somewhere */
};

struct liquid_link {
    enum liquid_link_kind kind;
    struct str element;   /* the tag's name as written, "a"; empty if a partial has only a part, or
                             in what a filter made */
    struct str attribute; /* "href"; likewise */
    struct str value;     /* character references resolved; valid during the callback only */
    struct span span;     /* the attribute's value in the template; the filter */
};

/* Partials that were printed: what one printed for an argument, another page with the same argument
 * is given without running it. Only Jekyll's {% include partial.html name=value %} is kept, where
 * the compiler sees that the partial looks at nothing but its parameters and steady globals, and
 * where the values are texts, numbers or objects of a lasting class (value.h). What a partial does
 * besides printing is done again: variables it assigns, links it tells of, rounds it counts, what
 * its host notes. Threads share it without a lock: an entry is made once and then constant. */
struct liquid_memo;

/* Holds at most about `most` bytes; what comes then is run each time. */
struct liquid_memo *liquid_memo_new(size_t most);
void liquid_memo_free(struct liquid_memo *memo); /* NULL is ignored */

/* What the host notes while a partial runs. begin() is called before; end() afterwards, for each
 * begin() in turn from the inside out: it adds what was noted since to `notes`, or returns false if
 * that must not be kept. again() notes it once more. */
struct liquid_notes {
    void *context;
    void (*begin)(void *context);
    bool (*end)(void *context, struct buf *notes);
    void (*again)(void *context, struct str notes);
};

/* One rendering. Zero it, then fill in. One thread's. A call may render several templates in turn
 * (a page and its layouts): usage adds up. */
struct liquid_call {
    struct value globals;       /* VALUE_MAP or VALUE_OBJECT; VALUE_NIL for none */
    struct value_reader reader; /* its arena is the scratch memory */
    struct diags *diags;
    void *host;              /* whatever the host's filters need of the page */
    int64_t now;             /* for 'now' | date, seconds since 1970 */
    bool *now_was_read;      /* set when a template asks for it; may be NULL */
    const struct zone *zone; /* in which times without a zone are shown; NULL: UTC */
    struct str
        subject; /* what is being made, for messages: "articles/cop.md, in layouts/article.html" */
    /* Called for every URL attribute value and every id= that is printed (autoescape, HTML).
     * Returns whether it must hear of the same link again on another page, where a memo gives what
     * was printed before. */
    bool (*link)(void *context, const struct liquid_link *link);
    void *link_context;
    /* NULL: every partial runs. All calls of a memo have `link` and `notes` alike. */
    struct liquid_memo *memo;
    const void *memo_scope; /* calls in which steady globals and the host's filters agree */
    const struct liquid_notes *notes; /* may be NULL */

    /* Kept by the engine. */
    uint64_t iterations;
    struct liquid_run *run;
};

/* Renders at the end of `out`. 0, or -1 after an error was added to call->diags; what was printed
 * until then stays in `out`. */
int liquid_render(const struct liquid_template *compiled, struct liquid_call *call,
                  struct buf *out);

/* For a filter that makes HTML itself: call->link hears of a URL or an id in it. */
void liquid_tell(struct liquid_call *call, enum liquid_link_kind kind, struct str value);

/* For filters: says what is wrong at the filter being applied. Always returns -1. */
int liquid_fail(struct liquid_call *call, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* For filters: the named argument `name`, or NULL. */
const struct value *liquid_named(const struct liquid_arguments *arguments, const char *name);

/* A value as Liquid prints it, unescaped: nil is empty, lists are joined. In the arena or borrowed
 * from the value. */
struct str liquid_text(struct liquid_call *call, struct value value);

/* The value as JSON (`jsonify`): safe inside <script>. */
void liquid_json(struct liquid_call *call, struct value value, struct buf *out);

/* The property `name` of a value as {{ value.name }} reads it. */
struct value liquid_property(struct liquid_call *call, struct value value, struct str name);

#endif
