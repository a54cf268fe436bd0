#include "pages/icons.h"
#include "base/html.h"
#include "base/zone.h"
#include "pages/body.h"
#include "pages/json.h"

/* Apple's rounds the corners off; a maskable one may be cut to a circle of 80 % of its side, in
 * which a square of 56 % fits. */
static const struct icon icons[] = {
    {"favicon.ico", 32, 100, false, NULL, "icon"},
    {"icon-192.png", 192, 100, false, "any", "icon"},
    {"apple-touch-icon.png", 180, 80, true, NULL, "apple-touch-icon"},
    {"icon-512.png", 512, 100, false, "any", NULL},
    {"icon-maskable.png", 512, 56, true, "maskable", NULL},
};

const struct icon *icons_all(size_t *count)
{
    *count = sizeof icons / sizeof *icons;
    return icons;
}

static void add_icon(struct buf *out, struct str src, struct str sizes, const char *type,
                     const char *purpose)
{
    json_open_object(out, NULL);
    json_add_text(out, "src", src);
    json_add_text(out, "sizes", sizes);
    json_add_text(out, "type", str_from(type));
    json_add_text(out, "purpose", str_from(purpose));
    json_close_object(out);
}

static struct str on_site(const struct plan *plan, struct str url, struct arena *scratch)
{
    return url_on_site(plan->site, url_escaped(scratch, url), scratch);
}

/* The logo itself: of a drawing any size can be made, and where nothing else is made of it. */
static void add_logo(const struct plan *plan, struct arena *scratch, struct buf *out)
{
    const struct logo *logo = &plan->site->logo;
    bool drawing = logo->picture.type == PICTURE_SVG;
    if (!logo->file || (!drawing && plan->site->icons))
        return;
    struct str sizes =
        drawing ? STR("any")
                : arena_printf(scratch, "%ux%u", logo->picture.width, logo->picture.height);
    add_icon(out, on_site(plan, logo->url, scratch), sizes, picture_media_type(logo->picture.type),
             "any");
}

static void add_icons(const struct plan *plan, struct arena *scratch, struct buf *out)
{
    json_open_list(out, "icons");
    add_logo(plan, scratch, out);
    for (size_t i = 0; plan->site->icons && i < sizeof icons / sizeof *icons; i++) {
        struct str url = arena_printf(scratch, "/%s", icons[i].name);
        struct str sizes = arena_printf(scratch, "%ux%u", icons[i].size, icons[i].size);
        if (icons[i].purpose)
            add_icon(out, on_site(plan, url, scratch), sizes, "image/png", icons[i].purpose);
    }
    json_close_list(out);
}

/* It may be given for each language. */
static struct str short_name(const struct edition *edition)
{
    const struct value *map = value_map_get(&edition->settings->values, STR("manifest"));
    const struct value *name =
        map && map->type == VALUE_MAP ? value_map_get(map->map, STR("short_name")) : NULL;
    return name && value_is_string(*name) ? name->str : (struct str){0};
}

void icons_write_manifest(const struct plan *plan, const struct output *output, struct buf *out)
{
    const struct config_manifest *given = &plan->site->config.manifest;
    const struct edition *edition = output->edition;
    struct arena scratch = {0};
    struct str home =
        on_site(plan, arena_printf(&scratch, "%.*s/", STR_ARG(edition->prefix)), &scratch);
    json_open_object(out, NULL);
    json_add_text(out, "name", edition->settings->title);
    json_add_given(out, "short_name", short_name(edition));
    json_add_given(out, "description", edition->settings->description);
    json_add_text(out, "lang", edition->lang);
    json_add_given(out, "dir", words_find(edition->words, STR("dir"), NULL, &scratch));
    json_add_text(out, "id", home);
    json_add_text(out, "start_url", home);
    json_add_text(out, "scope", on_site(plan, STR("/"), &scratch));
    json_add_text(out, "display", given->display.len > 0 ? given->display : STR("minimal-ui"));
    json_add_given(out, "theme_color", given->theme_color);
    json_add_given(out, "background_color", given->background_color);
    add_icons(plan, &scratch, out);
    json_close_object(out);
    buf_addc(out, '\n');
    arena_release(&scratch);
}

static void add_line(struct buf *out, const char *name, struct str text)
{
    if (text.len > 0)
        buf_addf(out, "%s: %.*s\n", name, STR_ARG(text));
}

static void add_expires(const struct config *config, struct buf *out)
{
    struct date_time expires = config->security.expires;
    if (!expires.has_zone) {
        int64_t utc;
        zone_to_utc(config->zone, date_local_seconds(&expires), &utc);
        expires = date_from_seconds(utc, zone_at(config->zone, utc).offset);
    }
    buf_adds(out, "Expires: ");
    expires.has_time = true;
    date_rfc3339(out, &expires);
    buf_addc(out, '\n');
}

void icons_write_security(const struct plan *plan, struct buf *out)
{
    const struct config *config = &plan->site->config;
    const struct config_security *security = &config->security;
    for (size_t i = 0; i < security->contact_count; i++)
        add_line(out, "Contact", security->contacts[i]);
    add_expires(config, out);
    add_line(out, "Encryption", security->encryption);
    add_line(out, "Acknowledgments", security->acknowledgments);
    buf_adds(out, "Preferred-Languages: ");
    buf_add(out, security->languages);
    for (size_t i = 0; security->languages.len == 0 && i < config->language_count; i++)
        buf_addf(out, "%s%.*s", i > 0 ? ", " : "", STR_ARG(config->languages[i]));
    buf_addf(out, "\nCanonical: %.*s/.well-known/security.txt\n", STR_ARG(config->url));
    add_line(out, "Policy", security->policy);
    add_line(out, "Hiring", security->hiring);
}
