/* Who holds which designation: what the roster grants where there is one, else what bios claim. */
#include "base/html.h"
#include "base/suggest.h"
#include "site/linker.h"

static void hint_codes(struct diags *diags, const struct str *codes, size_t count)
{
    enum { NAMED_MOST = 12 };
    struct buf list = {0};
    for (size_t i = 0; i < count && i < NAMED_MOST; i++)
        buf_addf(&list, "%s%.*s", i > 0 ? ", " : "", STR_ARG(codes[i]));
    if (count == 0)
        diag_hint(diags, "the registry is empty: add the designation there");
    else
        diag_hint(diags, "the codes there are: %.*s%s", STR_ARG(buf_str(&list)),
                  count > NAMED_MOST ? ", …" : "");
    buf_release(&list);
}

static const struct designation *find_designation(struct linker *linker, struct str code,
                                                  struct span span)
{
    const struct designation *found = map_get(&linker->designations, code);
    if (found)
        return found;
    const struct designation_list *all = &linker->site->designations;
    struct str *codes = arena_zalloc(linker->arena, all->count, sizeof *codes);
    for (size_t i = 0; i < all->count; i++)
        codes[i] = all->items[i]->code;
    struct str nearest = suggest_nearest(code, codes, all->count);
    if (nearest.len > 0) {
        diag_error(linker->diags, "unknown-designation", span,
                   "no designation '%.*s' in content/designations.yml; did you mean '%.*s'?",
                   STR_ARG(code), STR_ARG(nearest));
        return NULL;
    }
    diag_error(linker->diags, "unknown-designation", span,
               "no designation '%.*s' in content/designations.yml", STR_ARG(code));
    hint_codes(linker->diags, codes, all->count);
    return NULL;
}

/* Most members hold one or two. */
static struct grant *add_grant(struct linker *linker, struct group *member, struct grant grant)
{
    if (member->grants.capacity == 0)
        vec_start(linker->arena, &member->grants, 2);
    *vec_push(linker->arena, &member->grants) = grant;
    return &member->grants.items[member->grants.count - 1];
}

static int64_t begin_of(const struct grant *grant)
{
    return grant->since.given ? grant->since.utc : INT64_MIN;
}

static bool is_live(const struct linker *linker, const struct grant *grant)
{
    return grant->end > linker->site->now && begin_of(grant) <= linker->site->now;
}

static void check_order(struct linker *linker, const struct roster_row *row,
                        const struct grant *grant)
{
    if (begin_of(grant) < grant->end)
        return;
    diag_error(linker->diags, "roster",
               span_of(linker->roster.text, row->until.place.start, row->until.place.end),
               "this grant ends before it begins");
    diag_hint(linker->diags, "correct 'since' or 'until'; 'until' includes its day");
}

static void check_overlap(struct linker *linker, const struct roster_row *row,
                          const struct group *member, const struct grant *grant)
{
    for (size_t i = 0; i < member->grants.count; i++) {
        const struct grant *other = &member->grants.items[i];
        if (other->designation != grant->designation || begin_of(other) >= grant->end ||
            begin_of(grant) >= other->end)
            continue;
        diag_add(linker->diags, SEVERITY_WARNING, "roster-overlap", row->span,
                 "'%.*s' holds %.*s already in these days", STR_ARG(row->member.text),
                 STR_ARG(row->code.text));
        diag_hint(linker->diags, "join the two entries, or let one end before the other begins");
        return;
    }
}

static void grant_row(struct linker *linker, const struct roster_row *row)
{
    const struct zone *zone = linker->site->config.zone;
    const struct text *text = linker->roster.text;
    struct span code_span = span_of(text, row->code.place.start, row->code.place.end);
    const struct designation *designation = find_designation(linker, row->code.text, code_span);
    struct entry *member =
        linker_find_slug(linker, KIND_MEMBER, linker->site->config.language, row->member.text);
    if (!member && !map_has(&linker->removed, row->member.text)) {
        diag_error(linker->diags, "unknown-member",
                   span_of(text, row->member.place.start, row->member.place.end),
                   "there is no member '%.*s' in content/members/", STR_ARG(row->member.text));
        struct str nearest = linker_suggest_slug(linker, KIND_MEMBER, row->member.text);
        if (nearest.len > 0)
            diag_hint(linker->diags, "did you mean '%.*s'?", STR_ARG(nearest));
    }
    if (!member || !designation)
        return;
    struct grant grant = {.designation = designation,
                          .since = moment_make(zone, &row->since),
                          .until = moment_make(zone, &row->until)};
    grant.end = row->until.given ? moment_end(zone, &row->until) : INT64_MAX;
    check_order(linker, row, &grant);
    if (row->revoked.given) {
        struct moment revoked = moment_make(zone, &row->revoked);
        if (revoked.utc < grant.end) {
            grant.end = revoked.utc;
            grant.until = revoked;
        }
    }
    grant.live = is_live(linker, &grant);
    check_overlap(linker, row, member->group, &grant);
    add_grant(linker, member->group, grant);
}

static struct grant *granted(const struct group *member, const struct designation *designation)
{
    struct grant *found = NULL;
    for (size_t i = 0; i < member->grants.count; i++) {
        struct grant *grant = &member->grants.items[i];
        if (grant->designation == designation && (!found || grant->live))
            found = grant;
    }
    return found;
}

/* With a roster a claim only adds the link to the credential; without one it is the grant. */
static void read_claim(struct linker *linker, struct entry *entry, const struct claim *claim)
{
    const struct zone *zone = linker->site->config.zone;
    struct span span = entry_span(entry, claim->code.place);
    const struct designation *designation = find_designation(linker, claim->code.text, span);
    if (!designation)
        return;
    struct grant *grant = granted(entry->group, designation);
    if (!grant && linker->roster.given) {
        diag_error(linker->diags, "designation-not-granted", span,
                   "content/roster.yml does not grant %.*s to '%.*s'", STR_ARG(claim->code.text),
                   STR_ARG(entry->group->primary->slug));
        diag_hint(linker->diags,
                  "take it out of the bio, or ask the committee to add it to the roster");
        return;
    }
    if (!grant) {
        struct grant claimed = {.designation = designation,
                                .since = moment_make(zone, &claim->since),
                                .until = moment_make(zone, &claim->expires),
                                .end = claim->expires.given ? moment_end(zone, &claim->expires)
                                                            : INT64_MAX};
        claimed.live = is_live(linker, &claimed);
        grant = add_grant(linker, entry->group, claimed);
    }
    if (grant->credential_url.len == 0 && url_is_safe(claim->credential_url.text))
        grant->credential_url = claim->credential_url.text;
}

/* In the registry's order; the list is short. */
static void sort_grants(struct grant_list *list)
{
    for (size_t i = 1; i < list->count; i++) {
        struct grant moved = list->items[i];
        size_t at = i;
        for (; at > 0 && list->items[at - 1].designation->order > moved.designation->order; at--)
            list->items[at] = list->items[at - 1];
        list->items[at] = moved;
    }
}

void grants_find(struct linker *linker)
{
    struct site *site = linker->site;
    for (size_t i = 0; i < linker->roster.count; i++)
        grant_row(linker, &linker->roster.items[i]);
    for (size_t i = 0; i < site->entry_count; i++) {
        struct entry *entry = &site->entries[i];
        struct claim_list claims = entry->record->member.designations;
        if (entry->kind != KIND_MEMBER)
            continue;
        for (size_t j = 0; j < claims.count; j++)
            read_claim(linker, entry, &claims.items[j]);
    }
    for (size_t i = 0; i < site->entry_count; i++) {
        struct entry *entry = &site->entries[i];
        if (entry->kind == KIND_MEMBER && entry->group->primary == entry)
            sort_grants(&entry->group->grants);
    }
    for (size_t i = 0; i < site->entry_count; i++) {
        const struct entry *entry = &site->entries[i];
        if (entry->kind != KIND_EVENT)
            continue;
        struct credit_list credits = entry->record->event.credits;
        for (size_t j = 0; j < credits.count; j++) {
            const struct field_text *code = &credits.items[j].code;
            if (code->text.len > 0)
                find_designation(linker, code->text, entry_span(entry, code->place));
        }
    }
}
