#include "site/brand.h"

#include <math.h>

/* Birch, bark, moss and rowan: assets/style.css has the same, and a test compares them. */
static const struct brand_scheme own_light = {
    .paper = {0xfb, 0xfa, 0xf5},
    .shade = {0xf1, 0xf0, 0xe6},
    .ink = {0x1b, 0x23, 0x1d},
    .soft = {0x55, 0x60, 0x56},
    .rule = {0xd8, 0xd7, 0xc9},
    .main = {0x2f, 0x61, 0x30},
    .main_deep = {0x1f, 0x45, 0x22},
    .on_main = {0xfb, 0xfa, 0xf5},
    .accent = {0xa2, 0x3c, 0x1a},
};

static const struct brand_scheme own_dark = {
    .paper = {0x13, 0x18, 0x14},
    .shade = {0x1c, 0x23, 0x1d},
    .ink = {0xe8, 0xea, 0xe0},
    .soft = {0xa5, 0xb0, 0xa4},
    .rule = {0x38, 0x42, 0x39},
    .main = {0xa6, 0xcf, 0x92},
    .main_deep = {0xc4, 0xe3, 0xb4},
    .on_main = {0x13, 0x18, 0x14},
    .accent = {0xf2, 0xa4, 0x7c},
};

/* A neutral with a breath of the hue, never more than the colour itself has of it. */
static struct colour tinted(struct colour_lch hue, double lightness, double chroma)
{
    return colour_from_lch((struct colour_lch){lightness, fmin(chroma, hue.chroma / 4), hue.hue});
}

static void tint(struct brand *brand, struct colour_lch hue)
{
    brand->light.paper = brand->light.on_main = tinted(hue, 0.987, 0.0025);
    brand->light.shade = tinted(hue, 0.955, 0.008);
    brand->light.ink = tinted(hue, 0.245, 0.02);
    brand->light.soft = tinted(hue, 0.47, 0.025);
    brand->light.rule = tinted(hue, 0.87, 0.016);
    brand->dark.paper = brand->dark.on_main = tinted(hue, 0.2, 0.012);
    brand->dark.shade = tinted(hue, 0.245, 0.016);
    brand->dark.ink = tinted(hue, 0.93, 0.01);
    brand->dark.soft = tinted(hue, 0.745, 0.02);
    brand->dark.rule = tinted(hue, 0.37, 0.022);
}

/* At least as light as `least`, so that it does not only pass but glows a little. */
static struct colour on_dark(struct colour given, double least, const struct brand *brand)
{
    struct colour_lch lch = colour_to_lch(given);
    lch.lightness = fmax(lch.lightness, least);
    return colour_readable(colour_from_lch(lch), brand->dark.shade, BRAND_CONTRAST);
}

static struct colour lighter(struct colour colour, double by)
{
    struct colour_lch lch = colour_to_lch(colour);
    lch.lightness = fmin(fmax(lch.lightness + by, 0.12), 0.97);
    return colour_from_lch(lch);
}

static void set_main(struct brand *brand, struct colour given)
{
    tint(brand, colour_to_lch(given));
    brand->has_main = true;
    (void)brand_reaches(brand, given, &brand->light.main);
    brand->light.main_deep = lighter(brand->light.main, -0.1);
    brand->dark.main = on_dark(given, 0.79, brand);
    brand->dark.main_deep = lighter(brand->dark.main, 0.08);
}

void brand_make(const struct colour *main, const struct colour *accent, struct brand *out)
{
    *out = (struct brand){.light = own_light, .dark = own_dark};
    if (main)
        set_main(out, *main);
    if (!accent)
        return;
    out->has_accent = true;
    (void)brand_reaches(out, *accent, &out->light.accent);
    out->dark.accent = on_dark(*accent, 0.77, out);
}

/* The shaded parts are the darker ground: what can be read there can be read on the page too. */
bool brand_reaches(const struct brand *brand, struct colour given, struct colour *nearest)
{
    const struct colour readable = colour_readable(given, brand->light.shade, BRAND_CONTRAST);
    *nearest = readable;
    return colour_contrast(given, brand->light.shade) >= BRAND_CONTRAST;
}
