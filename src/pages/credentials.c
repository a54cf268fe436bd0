#include "pages/credentials.h"
#include "base/html.h"
#include "base/vec.h"
#include "pages/badge.h"
#include "pages/body.h"
#include "pages/json.h"
#include "pages/organisation.h"

struct credential_list {
    struct credential *items;
    size_t count, capacity;
};

/* A file of JSON in the making. */
struct data {
    const struct plan *plan;
    const struct edition *edition;
    struct arena scratch;
    struct buf *out;
};

/* Grants are in the registry's order, so those of one designation are neighbours. */
static bool is_counted(const struct group *member, size_t index)
{
    const struct grant *grants = member->grants.items;
    for (size_t i = index; i > 0 && grants[i - 1].designation == grants[index].designation; i--) {
        if (grants[i - 1].live)
            return false;
    }
    return grants[index].live;
}

const struct credential *credentials_of(const struct edition *edition, struct arena *arena,
                                        size_t *count)
{
    struct credential_list list = {0};
    for (size_t i = 0; i < edition->members.count; i++) {
        const struct entry *member = edition->members.items[i];
        if (member->edition != edition || member != member->group->primary)
            continue;
        for (size_t j = 0; j < member->group->grants.count; j++) {
            if (is_counted(member->group, j))
                *vec_push(arena, &list) =
                    (struct credential){member, &member->group->grants.items[j]};
        }
    }
    *count = list.count;
    return list.items;
}

struct str credentials_url(const struct entry *member, const struct designation *designation,
                           struct arena *arena)
{
    return arena_printf(arena, "%.*s%scredentials/%.*s.json", STR_ARG(member->url),
                        str_ends(member->url, STR("/")) ? "" : "/", STR_ARG(designation->slug));
}

static struct str address(struct data *data, struct str url)
{
    return url_published(data->plan->site, url, &data->scratch);
}

static bool is_web_address(struct str url)
{
    return url_is_safe(url) && str_starts(url, STR("http"));
}

static struct str page_of(struct data *data, const struct designation *designation)
{
    return address(data, data->edition->holdings[designation->order].url);
}

/* A list of one or two types. */
static void add_types(struct data *data, const char *one, const char *other)
{
    json_open_list(data->out, "type");
    json_add_text(data->out, NULL, str_from(one));
    if (other)
        json_add_text(data->out, NULL, str_from(other));
    json_close_list(data->out);
}

/* The association says it; who made the designation is another question. */
static void add_issuer(struct data *data)
{
    const struct config *config = &data->plan->site->config;
    struct str url = arena_printf(&data->scratch, "%.*s/", STR_ARG(config->url));
    json_open_object(data->out, "issuer");
    json_add_text(data->out, "id", url);
    add_types(data, "Profile", NULL);
    json_add_text(data->out, "name", organisation_name(data->edition));
    json_add_text(data->out, "url", url);
    json_close_object(data->out);
}

static void add_creator(struct data *data, const struct designation *designation)
{
    const struct designation_words *words = site_designation_words(data->edition, designation);
    if (words->issuer.len == 0)
        return;
    json_open_object(data->out, "creator");
    json_add_text(data->out, "id",
                  is_web_address(words->url) ? words->url : page_of(data, designation));
    add_types(data, "Profile", NULL);
    json_add_text(data->out, "name", words->issuer);
    json_close_object(data->out);
}

static void add_picture(struct data *data, const struct designation *designation)
{
    struct str badge = badge_find(data->plan, designation, &data->scratch);
    if (badge.len == 0)
        return;
    json_open_object(data->out, "image");
    json_add_text(data->out, "id", is_web_address(badge) ? badge : address(data, badge));
    json_add_text(data->out, "type", STR("Image"));
    json_close_object(data->out);
}

static void add_achievement(struct data *data, const struct designation *designation)
{
    const struct designation_words *words = site_designation_words(data->edition, designation);
    struct str page = page_of(data, designation);
    json_open_object(data->out, "achievement");
    json_add_text(data->out, "id", page);
    add_types(data, "Achievement", NULL);
    json_add_text(data->out, "name", words->name);
    json_add_text(data->out, "humanCode", designation->code);
    json_add_text(data->out, "achievementType", STR("Certification"));
    json_add_text(data->out, "description",
                  words->description.len > 0 ? words->description : words->name);
    add_creator(data, designation);
    json_open_object(data->out, "criteria");
    json_add_text(data->out, "id", is_web_address(words->url) ? words->url : page);
    json_close_object(data->out);
    add_picture(data, designation);
    json_close_object(data->out);
}

static void add_subject(struct data *data, const struct credential *credential)
{
    json_open_object(data->out, "credentialSubject");
    json_add_text(data->out, "id", address(data, credential->member->url));
    add_types(data, "AchievementSubject", NULL);
    json_open_list(data->out, "identifier");
    json_open_object(data->out, NULL);
    json_add_text(data->out, "type", STR("IdentityObject"));
    json_add_text(data->out, "identityHash", credential->member->record->title.text);
    json_add_text(data->out, "identityType", STR("name"));
    json_add_boolean(data->out, "hashed", false);
    json_close_object(data->out);
    json_close_list(data->out);
    add_achievement(data, credential->grant->designation);
    json_close_object(data->out);
}

/* Open Badges wants moments in UTC. A last day is over when the next one begins. */
static void add_moment(struct data *data, const char *key, int64_t utc)
{
    struct date_time time = date_from_seconds(utc, 0);
    json_add_date(data->out, key, &time);
}

/* Open Badges 3.0 asks for `validFrom`. Where nobody says since when, the site has said it at the
 * latest since the bio was first committed; where there is no history either, nothing is made up.
 */
static void add_validity(struct data *data, const struct credential *credential)
{
    const struct grant *grant = credential->grant;
    if (grant->since.given)
        add_moment(data, "validFrom", grant->since.utc);
    else if (credential->member->history)
        add_moment(data, "validFrom", credential->member->history->first.utc);
    if (grant->until.given)
        add_moment(data, "validUntil",
                   grant->until.utc + (grant->until.shown.has_time ? 0 : 86399));
}

void credentials_write(const struct plan *plan, const struct output *output, struct buf *out)
{
    const struct credential *credential = output->subject;
    struct data data = {.plan = plan, .edition = output->edition, .out = out};
    json_open_object(out, NULL);
    json_open_list(out, "@context");
    json_add_text(out, NULL, STR("https://www.w3.org/ns/credentials/v2"));
    json_add_text(out, NULL, STR("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"));
    json_close_list(out);
    json_add_text(out, "id", address(&data, output->url));
    add_types(&data, "VerifiableCredential", "OpenBadgeCredential");
    json_add_text(out, "name",
                  site_designation_words(output->edition, credential->grant->designation)->name);
    add_issuer(&data);
    add_validity(&data, credential);
    add_subject(&data, credential);
    json_close_object(out);
    buf_addc(out, '\n');
    arena_release(&data.scratch);
}

static const struct grant *live_grant(const struct entry *member,
                                      const struct designation *designation)
{
    for (size_t i = 0; i < member->group->grants.count; i++) {
        const struct grant *grant = &member->group->grants.items[i];
        if (grant->designation == designation && grant->live)
            return grant;
    }
    return NULL;
}

static void add_holder(struct data *data, const struct entry *member,
                       const struct designation *designation)
{
    const struct grant *grant = live_grant(member, designation);
    struct str url = credentials_url(member->group->primary, designation, &data->scratch);
    json_open_object(data->out, NULL);
    json_add_text(data->out, "name", member->record->title.text);
    json_add_text(data->out, "url", address(data, member->url));
    json_add_given(data->out, "location", member->record->member.location.text);
    if (grant && grant->since.given)
        json_add_date(data->out, "since", &grant->since.shown);
    if (grant && grant->until.given)
        json_add_date(data->out, "until", &grant->until.shown);
    if (plan_find(data->plan, url))
        json_add_text(data->out, "credential", address(data, url));
    json_close_object(data->out);
}

static void add_holding(struct data *data, const struct holding *holding)
{
    const struct designation *designation = holding->designation;
    const struct designation_words *words = &holding->words;
    json_open_object(data->out, NULL);
    json_add_text(data->out, "code", designation->code);
    json_add_text(data->out, "name", words->name);
    json_add_given(data->out, "level", words->level);
    json_add_given(data->out, "description", words->description);
    json_add_given(data->out, "issuer", words->issuer);
    if (is_web_address(words->url))
        json_add_text(data->out, "website", words->url);
    json_add_text(data->out, "url", page_of(data, designation));
    json_open_list(data->out, "holders");
    for (size_t i = 0; i < holding->holders.count; i++)
        add_holder(data, holding->holders.items[i], designation);
    json_close_list(data->out);
    json_close_object(data->out);
}

void credentials_write_roster(const struct plan *plan, const struct output *output, struct buf *out)
{
    struct data data = {.plan = plan, .edition = output->edition, .out = out};
    json_open_object(out, NULL);
    json_add_text(out, "site", plan->site->config.title);
    json_add_text(out, "url", address(&data, output->url));
    json_add_text(out, "language", output->edition->lang);
    json_open_list(out, "designations");
    for (size_t i = 0; i < output->edition->holding_count; i++)
        add_holding(&data, &output->edition->holdings[i]);
    json_close_list(out);
    json_close_object(out);
    buf_addc(out, '\n');
    arena_release(&data.scratch);
}
