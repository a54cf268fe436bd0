/* Facts: what pages are made of, in pieces small enough that a change of one says which pages it
 * touches (DESIGN §5).
 *
 * A fact is a part of the frozen site with a digest of all that can be read from it: an entry's
 * card (its front matter and what linking made of it), its body, who comments on it, what it stands
 * beside; a tag with its list; a list of an edition; a layout; the words of a language. While a
 * page renders, the value classes and writers note in a *trace* which facts they read. In the next
 * build a page whose facts all have the digests that they had then would come out the same, and is
 * not rendered.
 *
 * So two rules hold for everything in src/pages. What a page reads it notes, itself or through what
 * it reads it from. And what can be read under a fact is part of its digest (facts.c): whoever adds
 * a field to struct entry or struct tag adds it there too. tests/incremental/ holds both to it:
 * after thousands of edits the incremental output must be that of a clean build.
 *
 * Facts are known by an id, a hash of what they are about ("card", a path), which is the same in
 * every build. They were kept coarse on purpose: one fact for each property of each entry would
 * make traces ten times as long, and an edit rarely changes one property alone. */
#ifndef COPSE_PAGES_FACTS_H
#define COPSE_PAGES_FACTS_H

#include "base/buf.h"
#include "base/map.h"
#include "base/pool.h"
#include "pages/plan.h"

/* Of an entry. */
enum fact_entry {
    FACT_LINE, /* an article's title, address and date: an archive shows no more. Part of its card
                */
    FACT_CARD, /* what lists and bylines show */
    FACT_BODY, /* its text, how long it is, and where its links lead */
    FACT_COMMENTS,  /* the comments under it */
    FACT_RELATIONS, /* neighbours, series, the nearest kin and how many there are; what a member
                       wrote, where they speak */
    FACT_KIN,       /* the kin behind these: few layouts show them */
    FACT_ENTRY_COUNT
};

/* Of an edition: which there are and in what order, never what is in them. */
enum fact_edition {
    FACT_ARTICLES, /* a page of the newsfeed's own are in its output's fact */
    FACT_MEMBERS,
    FACT_EVENTS, /* with their cards and the times at which they are shown */
    FACT_PAGES,  /* with the cards of those in the menu */
    FACT_TAGS,
    FACT_HOLDINGS, /* with the number of holders */
    FACT_TEAMS,
    FACT_YEARS,    /* and months */
    FACT_SECTIONS, /* which of those that a menu names hold anything */
    FACT_FACETS,
    FACT_EDITION_COUNT
};

/* Of the whole site. */
enum fact_site {
    FACT_SETTINGS,   /* site.yml, content/data, what the command line sets */
    FACT_WORDS,      /* content/i18n */
    FACT_ASSETS,     /* the fingerprints of assets */
    FACT_NOW,        /* the moment of the build */
    FACT_MOMENT,     /* when the site changes next without an edit */
    FACT_ADDRESSES,  /* the pages' addresses, and when they changed */
    FACT_ALIASES,    /* old addresses */
    FACT_EVERYTHING, /* all cards, comments and outputs */
    FACT_ALL_BODIES,
    FACT_SITE_COUNT
};

struct fact {
    uint64_t id;
    uint64_t digest;
};

struct facts {
    const struct plan *plan;
    struct fact *items;
    size_t count;
    uint32_t first_edition, first_entry, first_output, first_layout;
    struct map
        subjects; /* by address: the number of the first fact of a tag, team, month … plus 1 */
    enum output_kind *subject_kinds; /* of these, in the order of their facts */
    struct map layouts;              /* by name: likewise */
    bool kin;                        /* FACT_RELATIONS knows of akin articles too */
};

/* What only the caller knows a digest of. */
struct facts_digests {
    uint64_t settings;
    uint64_t words;
    uint64_t moment;
    uint64_t assets;
    const struct str *layout_names;
    const uint64_t *layout_digests; /* each with all that it includes */
    size_t layout_count;
    bool kin; /* whether a layout names `related`: akin articles are found for each else in vain */
    uint64_t (*file)(void *context, const struct source_file *file); /* of a file's bytes */
    void *context;
};

/* Finds all facts of a plan. In `arena`. */
const struct facts *facts_find(const struct plan *plan, const struct facts_digests *digests,
                               struct pool *pool, struct arena *arena);

/* What changed in a plan whose facts were found. */
struct facts_renewed {
    /* Entries that were given records of other bodies, with the same front matter and links within
     * the site. */
    const struct entry *const *entries;
    size_t entry_count;
    const struct entry *const
        *related; /* articles that may be akin to others now: kin_words_renew() */
    size_t related_count;
    const struct output *const *outputs; /* others in the same places */
    size_t output_count;
    bool times; /* the entries were changed at other times */
};

/* Finds those again that hang on these. Of `digests` only `file` is asked. */
void facts_renew(struct facts *facts, const struct facts_digests *digests,
                 const struct facts_renewed *renewed);

/* What a fact is about. */
enum fact_group {
    FACT_OF_SITE,    /* which: enum fact_site */
    FACT_OF_EDITION, /* which: enum fact_edition; `subject` its struct edition */
    FACT_OF_ENTRY,   /* which: enum fact_entry; `subject` its struct entry */
    FACT_OF_OUTPUT,  /* which: 0 that it is there, 1 what it is; `subject` its struct output */
    FACT_OF_LAYOUT,  /* `name` */
    FACT_OF_SUBJECT  /* which: enum output_kind, of the page that a tag, team … has; `subject` it.
                        Both facts of it: all that it is, what it is called */
};

struct fact_about {
    enum fact_group group;
    unsigned which;
    const void *subject;
    struct str name;
};

struct fact_about facts_about(const struct facts *facts, uint32_t number);

/* The id of a fact of the entry that is read from a path, also of one that is gone. */
uint64_t facts_entry_id(struct str path, enum fact_entry fact);

/* What was read while one page was made: numbers of facts, each once. */
struct trace {
    const struct facts *facts;
    uint32_t *seen; /* by number of fact: the page in which it was seen last */
    uint32_t page;
    uint32_t *items;
    size_t count, capacity;
    struct arena *arena; /* of `items` */
    /* Inside trace_nest(): where each number of it was seen before. */
    unsigned nests;
    struct {
        uint32_t *items;
        size_t count, capacity;
    } was;
};

/* Makes a trace of which many pages can be taken, one after the other. */
void trace_init(struct trace *trace, const struct facts *facts, struct arena *arena);
/* Begins a page. */
void trace_begin(struct trace *trace);

/* A part of a page whose facts are wanted by themselves too: all that is noted between the two, the
 * numbers of which trace_nest_end() adds to `facts`. Such parts may lie within each other.
 * trace_again() notes the facts of a part once more. */
struct trace_nest {
    uint32_t page;
    size_t count, was;
};
void trace_nest_begin(struct trace *trace, struct trace_nest *nest);
void trace_nest_end(struct trace *trace, const struct trace_nest *nest, struct buf *facts);
void trace_again(struct trace *trace, struct str facts);

/* Notes. A trace that is NULL takes none; so does a NULL subject. */
void trace_entry(struct trace *trace, const struct entry *entry, enum fact_entry fact);
void trace_edition(struct trace *trace, const struct edition *edition, enum fact_edition fact);
void trace_site(struct trace *trace, enum fact_site fact);
/* That akin articles were asked for: where no fact knows of them, all that they hang on. */
void trace_kin(struct trace *trace);
/* A tag, holding, team, year, month or facet; and what one is called and its address, all that most
 * pages show of it, whoever is in it. */
void trace_subject(struct trace *trace, const void *subject);
void trace_subject_name(struct trace *trace, const void *subject);
void trace_layout(struct trace *trace, struct str name);
/* That an output is there; and that it is what it is: its place among others, its translations. */
void trace_output(struct trace *trace, const struct output *output);
void trace_output_plan(struct trace *trace, const struct output *output);

/* Notes what is read for an output before and beside its template: for a page its own facts, for
 * what C code writes all of them. */
void trace_before(struct trace *trace, const struct output *output);

#endif
