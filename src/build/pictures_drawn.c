/* Social pictures and icons, drawn of SVG. */
#include "base/html.h"
#include "build/icons.h"
#include "build/pictures_internal.h"

static const struct picture_wish social_wish = {1200, 630, false, PICTURE_AS_JPEG, 85};

static struct digest drawing_key(const struct pictures *pictures, struct str drawing,
                                 const struct picture_wish *wish)
{
    struct buf text = {0};
    struct digest digest = digest_of(drawing);
    buf_adds(&text, "drawing ");
    variants_describe(wish, &text);
    buf_addf(&text, "\n%.*s\n%.*s", STR_ARG(pictures->library.version),
             STR_ARG(pictures->own.site->picture_fonts));
    struct digest key = digest_join(digest, digest_of(buf_str(&text)));
    buf_release(&text);
    return key;
}

static bool draw(struct pictures *pictures, unsigned worker, struct str drawing,
                 const struct picture_wish *wish, struct arena *scratch, struct buf *out)
{
    struct picture_request request = {.bytes = drawing, .count = 1, .wishes = {*wish}};
    struct picture_response response;
    struct digest key = drawing_key(pictures, drawing, wish);
    struct str bytes;
    if (picture_cache_get(&pictures->cache, key, scratch, &bytes)) {
        buf_add(out, bytes);
        return true;
    }
    if (!picture_client_ask(&pictures->artists[worker], &request, &response) ||
        response.answer != PICTURE_MADE)
        return false;
    (void)picture_cache_put(&pictures->cache, key, response.results[0]);
    atomic_fetch_add(&pictures->made, 1);
    buf_add(out, response.results[0]);
    return true;
}

/* Tries it with one that has the site's title alone, which is shown where another fails. */
void pictures_try_social(struct pictures *pictures, struct diags *diags)
{
    struct site *site = pictures->own.site;
    struct arena scratch = {0};
    struct buf drawing = {0};
    buf_adds(&drawing, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1200\" height=\"630\">"
                       "<rect width=\"1200\" height=\"630\" fill=\"#f4f4f0\"/>"
                       "<text x=\"80\" y=\"330\" font-size=\"60\" fill=\"#222222\" "
                       "font-family=\"sans-serif\">");
    html_escape(&drawing, site->config.title);
    buf_adds(&drawing, "</text></svg>");
    site->social = draw(pictures, 0, buf_str(&drawing), &social_wish, &scratch, &pictures->plain);
    if (!site->social) {
        diag_add(diags, SEVERITY_NOTE, "pictures", (struct span){0},
                 "pages have no social pictures: copse-pictures cannot draw text here");
        diag_hint(diags,
                  "it needs a libvips with librsvg, and a font (fonts-dejavu-core in Debian)");
    }
    buf_release(&drawing);
    arena_release(&scratch);
}

static struct picture_wish icon_wish(uint32_t size)
{
    return (struct picture_wish){size, size, false, PICTURE_AS_PNG, 100};
}

/* Tries it with the last of them, which is kept: it is wanted anyway. */
void pictures_try_icons(struct pictures *pictures, struct diags *diags)
{
    struct site *site = pictures->own.site;
    struct arena scratch = {0};
    struct buf drawing = {0};
    struct buf icon = {0};
    struct diags ignored;
    struct text logo;
    size_t count;
    const struct icon *last = icons_all(&count) + count - 1;
    const struct picture_wish wish = icon_wish(last->size);
    diags_init(&ignored, &scratch);
    site->icons = source_read(pictures->own.source, 0, site->logo.file, PICTURE_FILE_MOST, &scratch,
                              &ignored, &logo) == 0;
    if (site->icons) {
        icons_drawing(site, last, logo.bytes, &drawing);
        site->icons = draw(pictures, 0, buf_str(&drawing), &wish, &scratch, &icon);
    }
    if (!site->icons)
        diag_add(diags, SEVERITY_NOTE, "pictures", (struct span){0},
                 "no icons were made of %.*s: copse-pictures cannot draw it here",
                 STR_ARG(site->logo.file->path));
    buf_release(&drawing);
    buf_release(&icon);
    arena_release(&scratch);
}

int pictures_draw_icon(struct pictures *pictures, unsigned worker, struct str drawing,
                       uint32_t size, struct arena *scratch, struct diags *diags, struct buf *out)
{
    const struct picture_wish wish = icon_wish(size);
    if (!pictures->own.make) {
        buf_add(out, drawing);
        return 0;
    }
    if (draw(pictures, worker, drawing, &wish, scratch, out))
        return 0;
    return diag_error(diags, "broken-picture", (struct span){0},
                      "one icon was made of the organisation's logo, and another fails");
}

int pictures_draw(struct pictures *pictures, unsigned worker, struct str drawing,
                  struct arena *scratch, struct buf *out)
{
    if (!pictures->own.make) {
        buf_add(out, drawing);
        return 0;
    }
    if (!draw(pictures, worker, drawing, &social_wish, scratch, out)) {
        atomic_fetch_add(&pictures->undrawn, 1);
        buf_add(out, buf_str(&pictures->plain));
    }
    return 0;
}
