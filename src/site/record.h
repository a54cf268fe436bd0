/* One content file, read: typed front matter and rendered body.
 *
 * record_read() is pure: the same bytes, kind and language always give the same record, whatever
 * the rest of the site is, so that a record can be cached under its blob id. What depends on the
 * path (slug, a date in the file's name) or on other files (who the authors are) is found when the
 * site is linked (link.h).
 *
 * Everything a record points to lives in the arena it was read into, and it is constant once read.
 * Two things do not stay in it, since they are most of a file's bytes and rarely wanted again: the
 * HTML of the body (bodies.h keeps it), and the source behind the front matter. */
#ifndef COPSE_SITE_RECORD_H
#define COPSE_SITE_RECORD_H

#include "base/arena.h"
#include "base/date.h"
#include "base/diag.h"
#include "base/text.h"
#include "lang/markdown.h"
#include "lang/value.h"
#include "site/schema.h"

#include <stdint.h>

/* Bytes [start, end) of the record's text; both 0 where the key was not given. */
struct place {
    uint32_t start;
    uint32_t end;
};

/* An absent key has an empty text. */
struct field_text {
    struct str text;
    struct place place;
};

struct field_list {
    const struct field_text *items;
    size_t count;
};

struct field_date {
    bool given;
    struct date_time time;
    struct place place;
};

struct field_flag {
    bool given;
    bool value;
};

/* `menu: true` has order 0. */
struct field_menu {
    bool shown;
    int64_t order;
};

struct field_number {
    bool given;
    int64_t value;
};

struct date_list {
    const struct field_date *items;
    size_t count;
};

/* A designation that a bio says its member holds. */
struct claim {
    struct field_text code;
    struct field_date since;
    struct field_date expires;
    struct field_text credential_url;
};

struct claim_list {
    const struct claim *items;
    size_t count;
};

struct role {
    struct field_text team;
    struct field_text title;
};

struct role_list {
    const struct role *items;
    size_t count;
};

struct named_link {
    struct field_text label;
    struct field_text url;
};

struct link_list {
    const struct named_link *items;
    size_t count;
};

struct session {
    struct field_date start;
    struct field_date end;
};

struct session_list {
    const struct session *items;
    size_t count;
};

/* One instance of a repeated event that differs. `date` is the day it would have been. */
struct change {
    struct field_date date;
    struct field_date start;
    struct field_date end;
    struct field_text title;
    struct field_text location;
    struct field_flag cancelled;
};

struct change_list {
    const struct change *items;
    size_t count;
};

/* Hours of continuing education; `code` is empty where they count for every designation. */
struct credit {
    struct field_text code;
    double hours;
};

struct credit_list {
    const struct credit *items;
    size_t count;
};

struct record_article {
    struct field_list author; /* `author`; `authors` is added behind it */
    struct field_list authors;
    struct field_list editor;
    struct field_list with;
    struct field_date updated;
    struct field_date expires;
    struct field_text series;
    struct field_number series_part; /* its place in it */
    struct field_flag featured;
    struct field_text comments;
};

struct record_member {
    struct claim_list designations;
    struct role_list roles;
    struct field_text location;
    struct field_list languages;
    struct field_list services;
    struct field_text photo;
    struct link_list links;
    struct field_text pronouns;
    struct field_date joined;
    struct field_text email;
    struct field_text github;
    struct field_text sort_name;
};

struct record_event {
    struct field_date start;
    struct field_date end;
    struct field_text timezone;
    struct field_flag all_day;
    struct field_text repeat;
    struct date_list except;
    struct change_list changes;
    struct session_list sessions;
    struct field_text location;
    struct field_text online;
    struct field_text registration;
    struct field_text price;
    struct field_flag sold_out;
    struct field_list organiser;
    struct field_list speakers;
    struct credit_list credits;
    struct field_flag cancelled;
    struct field_text uid;
};

struct record_comment {
    struct field_list author;
    struct field_text reply_to;
};

struct record_page {
    struct field_menu menu;
};

struct record {
    enum kind kind;
    const struct text *text;   /* ends with the front matter */
    struct place front_matter; /* the YAML, without its dashes */

    struct field_text title; /* a member's `name` */
    struct field_text slug;
    struct field_text lang;
    struct field_text translation_of;
    struct field_text layout;
    struct field_text description;
    struct field_text image;
    struct field_text image_alt;
    struct field_date date;
    struct field_list tags;
    struct field_list aliases;
    struct field_flag draft;
    struct field_flag noindex;
    union {
        struct record_article article;
        struct record_member member;
        struct record_event event;
        struct record_comment comment;
        struct record_page page;
    };
    struct value_map extra; /* keys that the schema does not know, in order */
    struct markup body;     /* without its html */
    uint64_t body_digest;   /* of the html */
    const uint32_t *words;  /* article: what it is about (record_words.h) */
    size_t word_count;
    bool doubtful_links; /* link_texts.h */
    bool date_in_doubt;  /* one may be in the front matter that could not be read */
    struct diags said;   /* what was said when it was read, for whoever does not read it again */
};

struct record_options {
    enum kind kind;
    struct md_options markdown; /* for the body: policy of the kind, language, limits */
};

/* Reads one file. The record lives in `arena`, *html in `scratch`, which holds whatever else is
 * needed meanwhile, the text perhaps. Returns 0 with *out set (there may be warnings), or -1 after
 * at least one error; *out is then still set, as far as the file could be understood, so that links
 * to it do not count as dead, or NULL if it has no front matter at all. */
int record_read(const struct text *text, const struct record_options *options, struct arena *arena,
                struct arena *scratch, struct diags *diags, struct record **out, struct str *html);

/* The same in two steps, for who wants the front matter sooner. Both may add to `diags`, and
 * between them the record's body is empty. `arena` may be another for each; `text` is the same. */
int record_read_head(const struct text *text, enum kind kind, struct arena *arena,
                     struct arena *scratch, struct diags *diags, struct record **out);
int record_read_body(const struct text *text, const struct record_options *options,
                     struct arena *arena, struct arena *scratch, struct diags *diags,
                     struct record *record, struct str *html);

/* The span of a place in the record's file; the whole file for an absent one. */
struct span record_span(const struct record *record, struct place place);

#endif
