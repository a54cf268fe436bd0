/* What site.yml names and programs look for: the organisation's logo, and the day until which
 * security.txt holds. */
#include "base/path.h"
#include "site/linker.h"

enum { LOGO_MOST = 4 << 20 };

/* "/assets/logo.svg" is assets/logo.svg, "/logo.svg" is assets/root/logo.svg. */
static struct str path_of(struct linker *linker, struct str url)
{
    struct str path = str_after(url, 1);
    if (!str_starts(url, STR("/")) || url.len < 2)
        return (struct str){0};
    return path_inside(path, STR("assets"))
               ? path
               : arena_printf(linker->arena, "assets/root/%.*s", STR_ARG(path));
}

static void find_logo(struct linker *linker)
{
    const struct source *source = linker->options->source;
    const struct value *map = value_map_get(&linker->site->config.values, STR("organisation"));
    const struct value *url =
        map && map->type == VALUE_MAP ? value_map_get(map->map, STR("logo")) : NULL;
    if (!url || !value_is_string(*url))
        return;
    const struct source_file *file = source_find(source, path_of(linker, url->str));
    struct arena scratch = {0};
    struct diags ignored;
    struct text text;
    struct picture picture;
    diags_init(&ignored, &scratch);
    if (file &&
        source_read(linker->options->source, 0, file, LOGO_MOST, &scratch, &ignored, &text) == 0 &&
        picture_read(text.bytes, &picture) == PICTURE_SOUND)
        linker->site->logo = (struct logo){file, url->str, picture};
    arena_release(&scratch);
}

static void check_security(const struct linker *linker)
{
    const struct config *config = &linker->site->config;
    const struct config_security *security = &config->security;
    const struct field_date expires = {.given = true, .time = security->expires};
    if (security->contact_count == 0 || moment_make(config->zone, &expires).utc > linker->site->now)
        return;
    diag_add(linker->diags, SEVERITY_WARNING, "security-expired", security->expires_span,
             "security.txt has expired, so nobody may rely on it any more");
    diag_hint(linker->diags, "see whether the contact is still right, and write a day within the "
                             "next year");
}

void logo_read(struct linker *linker)
{
    find_logo(linker);
    check_security(linker);
}
