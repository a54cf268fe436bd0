#include "pages/stylesheets.h"
#include "base/path.h"

enum { SHEET_MOST = 16 * 1024 * 1024, DEPTH_MOST = 8 };

/* A sheet in the making: the imports that stay, and what follows them. */
struct bundle {
    struct source *source;
    unsigned worker;
    const struct brand *brand;
    struct arena *scratch;
    struct diags *diags;
    struct buf kept;
    struct buf rules;
};

bool stylesheet_is(const struct source_file *file)
{
    return str_ends(file->path, STR(".css"));
}

static void add_property(struct buf *out, const char *name, struct colour colour)
{
    buf_addf(out, "--%s:#%02x%02x%02x;", name, colour.red, colour.green, colour.blue);
}

static void add_scheme(struct buf *out, const struct brand *brand,
                       const struct brand_scheme *scheme)
{
    const struct {
        const char *name;
        struct colour colour;
    } rows[] = {{"paper", scheme->paper},
                {"shade", scheme->shade},
                {"ink", scheme->ink},
                {"soft", scheme->soft},
                {"rule", scheme->rule},
                {"brand", scheme->main},
                {"brand-deep", scheme->main_deep},
                {"on-brand", scheme->on_main}};
    /* Twice, so that it counts for more than the defaults, wherever they stand. */
    buf_adds(out, ":root:root{");
    for (size_t i = 0; brand->has_main && i < sizeof rows / sizeof *rows; i++)
        add_property(out, rows[i].name, rows[i].colour);
    if (brand->has_accent)
        add_property(out, "accent", scheme->accent);
    buf_adds(out, "}}\n");
}

void stylesheet_brand(const struct brand *brand, struct buf *out)
{
    if (!brand->has_main && !brand->has_accent)
        return;
    buf_adds(out, "@media screen{");
    add_scheme(out, brand, &brand->light);
    buf_adds(out, "@media screen and (prefers-color-scheme:dark){");
    add_scheme(out, brand, &brand->dark);
}

/* Past blanks and comments. */
static size_t skip(struct str text, size_t at)
{
    for (;;) {
        while (at < text.len && str_is_space(text.ptr[at]))
            at++;
        if (!str_starts(str_after(text, at), STR("/*")))
            return at;
        size_t end = str_find(text, STR("*/"), at + 2);
        if (end == STR_NONE)
            return text.len;
        at = end + 2;
    }
}

/* The name in `@import "name";` or `@import url(name);`; empty where there is more to it. */
static struct str name_of(struct str line)
{
    struct str text = str_trim(str_sub(line, 7, line.len - 1));
    if (str_starts(text, STR("url(")) && str_ends(text, STR(")")))
        text = str_trim(str_sub(text, 4, text.len - 1));
    if (text.len >= 2 && (text.ptr[0] == '"' || text.ptr[0] == '\'') &&
        text.ptr[text.len - 1] == text.ptr[0])
        text = str_sub(text, 1, text.len - 1);
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (!str_is_alpha(c) && !str_is_digit(c) && c != '-' && c != '_' && c != '.')
            return (struct str){0};
    }
    return text;
}

static int add_sheet(struct bundle *bundle, const struct source_file *file, unsigned depth);

/* An import line: what it names, or itself. */
static int add_import(struct bundle *bundle, struct str folder, struct str line, unsigned depth)
{
    struct str name = name_of(line);
    const struct source_file *file =
        name.len > 0 ? source_find(bundle->source, path_join(bundle->scratch, folder, name)) : NULL;
    if (file && depth < DEPTH_MOST)
        return add_sheet(bundle, file, depth + 1);
    if (!file && str_eq(name, STR("brand.css"))) {
        stylesheet_brand(bundle->brand, &bundle->rules);
        return 0;
    }
    buf_add(&bundle->kept, line);
    buf_addc(&bundle->kept, '\n');
    return 0;
}

static int add_sheet(struct bundle *bundle, const struct source_file *file, unsigned depth)
{
    struct text text;
    if (source_read(bundle->source, bundle->worker, file, SHEET_MOST, bundle->scratch,
                    bundle->diags, &text) != 0)
        return -1;
    struct str folder = path_folder(file->path);
    size_t at = 0;
    for (;;) {
        size_t start = skip(text.bytes, at);
        size_t end = str_find_byte(text.bytes, ';', start);
        if (!str_starts(str_after(text.bytes, start), STR("@import")) || end == STR_NONE)
            break;
        buf_add(&bundle->rules, str_sub(text.bytes, at, start));
        if (add_import(bundle, folder, str_sub(text.bytes, start, end + 1), depth) != 0)
            return -1;
        at = end + 1;
    }
    buf_add(&bundle->rules, str_after(text.bytes, at));
    return 0;
}

int stylesheet_write(struct source *source, unsigned worker, const struct source_file *file,
                     const struct brand *brand, struct arena *scratch, struct diags *diags,
                     struct buf *out)
{
    struct bundle bundle = {
        .source = source, .worker = worker, .brand = brand, .scratch = scratch, .diags = diags};
    int status = add_sheet(&bundle, file, 0);
    if (status == 0) {
        buf_add(out, buf_str(&bundle.kept));
        buf_add(out, buf_str(&bundle.rules));
    }
    buf_release(&bundle.kept);
    buf_release(&bundle.rules);
    return status;
}
