/* Files that programs look for by their names: addresses, old addresses, icons, contacts. */
#include "pages/icons.h"
#include "pages/plan_internal.h"
#include "pages/sitemap.h"

/* Once all pages are planned: a large site has its sitemap in parts. */
static void plan_sitemap(struct planner *planner)
{
    size_t listed = 0;
    for (size_t i = 0; i < planner->outputs.count; i++)
        listed += sitemap_lists(&planner->outputs.items[i]);
    size_t most = sitemap_most(planner->site);
    size_t parts = listed > most ? (listed + most - 1) / most : 0;
    planner_add(planner, OUTPUT_SITEMAP, STR("/sitemap.xml"), NULL, NULL)->pages = parts;
    for (size_t part = 1; part <= parts; part++) {
        struct str url = arena_printf(planner->arena, "/sitemap-%zu.xml", part);
        struct output *output = planner_add(planner, OUTPUT_SITEMAP, url, NULL, NULL);
        output->page = part;
        output->pages = parts;
    }
}

/* The site's own in assets/root/ wins; not so what the program brings along. */
static bool is_own(const struct source_file *assets, size_t count, const char *name)
{
    struct arena scratch = {0};
    struct str path = arena_printf(&scratch, "assets/root/%s", name);
    bool own = false;
    for (size_t i = 0; i < count; i++)
        own = own || (assets[i].layer != SOURCE_EMBEDDED && str_eq(assets[i].path, path));
    arena_release(&scratch);
    return own;
}

static void plan_host_file(struct planner *planner, enum output_kind kind, const char *name,
                           const struct source_file *assets, size_t count)
{
    if (!is_own(assets, count, name))
        planner_add(planner, kind, arena_printf(planner->arena, "/%s", name), NULL, NULL);
}

static void plan_icons(struct planner *planner, const struct source_file *assets, size_t count)
{
    size_t icon_count;
    const struct icon *icons = icons_all(&icon_count);
    for (size_t i = 0; planner->site->icons && i < icon_count; i++) {
        if (!is_own(assets, count, icons[i].name))
            planner_add(planner, OUTPUT_ICON, arena_printf(planner->arena, "/%s", icons[i].name),
                        NULL, &icons[i]);
    }
}

bool plan_replaces(const struct planner *planner, const struct source_file *asset)
{
    static const char *const names[] = {"assets/root/favicon.ico", "assets/root/favicon.svg",
                                        "assets/root/apple-touch-icon.png"};
    bool replaced = false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        replaced = replaced || str_eq(asset->path, str_from(names[i]));
    return replaced && planner->site->icons && asset->layer == SOURCE_EMBEDDED;
}

static void plan_manifests(struct planner *planner)
{
    for (size_t i = 0; i < planner->site->edition_count; i++) {
        planner->edition = &planner->site->editions[i];
        planner_add(planner, OUTPUT_MANIFEST, planner_url(planner, "/site.webmanifest"), NULL,
                    NULL);
    }
}

void plan_for_machines(struct planner *planner, const struct source_file *assets, size_t count)
{
    const struct config *config = &planner->site->config;
    plan_manifests(planner);
    planner->edition = &planner->site->editions[0];
    plan_sitemap(planner);
    plan_icons(planner, assets, count);
    plan_host_file(planner, OUTPUT_ROBOTS, "robots.txt", assets, count);
    plan_host_file(planner, OUTPUT_REDIRECTS, "_redirects", assets, count);
    if (config->security.contact_count > 0)
        plan_host_file(planner, OUTPUT_SECURITY, ".well-known/security.txt", assets, count);
    if (config->humans.len > 0)
        plan_host_file(planner, OUTPUT_HUMANS, "humans.txt", assets, count);
    plan_host_file(planner, OUTPUT_HEADERS, "_headers", assets, count);
    planner_add(planner, OUTPUT_NGINX_HEADERS, STR("/headers.nginx.conf"), NULL, NULL);
    planner_add(planner, OUTPUT_APACHE_HEADERS, STR("/headers.apache.conf"), NULL, NULL);
    planner_add(planner, OUTPUT_NGINX, STR("/redirects.nginx.conf"), NULL, NULL);
    planner_add(planner, OUTPUT_APACHE, STR("/redirects.apache.conf"), NULL, NULL);
}
