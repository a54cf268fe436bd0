#include "base/colour.h"

#include <math.h>

static int digit(char c)
{
    c = str_lower(c);
    return str_is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool colour_parse(struct str text, struct colour *out)
{
    uint8_t parts[3];
    if (str_starts(text, STR("#")))
        text = str_after(text, 1);
    if (text.len != 3 && text.len != 6)
        return false;
    size_t width = text.len / 3;
    for (size_t i = 0; i < 3; i++) {
        int high = digit(text.ptr[i * width]);
        int low = digit(text.ptr[i * width + width - 1]);
        if (high < 0 || low < 0)
            return false;
        parts[i] = (uint8_t)(high * 16 + low);
    }
    *out = (struct colour){parts[0], parts[1], parts[2]};
    return true;
}

static double linear(uint8_t part)
{
    double value = part / 255.0;
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

static double gamma_of(double value)
{
    return value <= 0.0031308 ? value * 12.92 : 1.055 * pow(value, 1 / 2.4) - 0.055;
}

static double luminance(struct colour colour)
{
    return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) +
           0.0722 * linear(colour.blue);
}

double colour_contrast(struct colour a, struct colour b)
{
    double one = luminance(a) + 0.05;
    double other = luminance(b) + 0.05;
    return one > other ? one / other : other / one;
}

/* The matrices of https://bottosson.github.io/posts/oklab/. */
struct colour_lch colour_to_lch(struct colour colour)
{
    double r = linear(colour.red);
    double g = linear(colour.green);
    double b = linear(colour.blue);
    double l = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    double m = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    double s = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    double a_axis = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s;
    double b_axis = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s;
    return (struct colour_lch){
        .lightness = 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
        .chroma = hypot(a_axis, b_axis),
        .hue = atan2(b_axis, a_axis),
    };
}

/* False if a screen cannot show it; *out is then the nearest in each part. */
static bool to_screen(struct colour_lch lch, struct colour *out)
{
    double a = lch.chroma * cos(lch.hue);
    double b = lch.chroma * sin(lch.hue);
    double l = pow(lch.lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
    double m = pow(lch.lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
    double s = pow(lch.lightness - 0.0894841775 * a - 1.2914855480 * b, 3);
    const double parts[3] = {
        4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
        -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
        -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s,
    };
    uint8_t bytes[3];
    bool inside = true;
    for (size_t i = 0; i < 3; i++) {
        inside = inside && parts[i] > -0.0005 && parts[i] < 1.0005;
        double part = gamma_of(fmin(fmax(parts[i], 0), 1));
        bytes[i] = (uint8_t)(part * 255 + 0.5);
    }
    *out = (struct colour){bytes[0], bytes[1], bytes[2]};
    return inside;
}

struct colour colour_from_lch(struct colour_lch lch)
{
    struct colour colour;
    double least = 0;
    double most = lch.chroma;
    if (to_screen(lch, &colour))
        return colour;
    for (int i = 0; i < 24; i++) {
        lch.chroma = (least + most) / 2;
        if (to_screen(lch, &colour))
            least = lch.chroma;
        else
            most = lch.chroma;
    }
    lch.chroma = least;
    (void)to_screen(lch, &colour);
    return colour;
}

struct colour colour_readable(struct colour wanted, struct colour behind, double least)
{
    struct colour_lch lch = colour_to_lch(wanted);
    bool darker = luminance(behind) > 0.18;
    double step = darker ? -0.004 : 0.004;
    struct colour colour = wanted;
    while (colour_contrast(colour, behind) < least) {
        lch.lightness += step;
        if (lch.lightness <= 0)
            return (struct colour){0, 0, 0};
        if (lch.lightness >= 1)
            return (struct colour){255, 255, 255};
        colour = colour_from_lch(lch);
    }
    return colour;
}
