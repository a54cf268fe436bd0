#include "pages/avatar.h"
#include "base/hash.h"
#include "base/html.h"

#include <assert.h>

/* A turn of the colour wheel in steps of 15 degrees, each as light as white upon it allows. */
static const char *const colours[AVATAR_COLOURS] = {
    "#b34949", "#9f5941", "#8d633a", "#7d6a33", "#6e6e2d", "#61722f", "#537630", "#437932",
    "#327b32", "#327943", "#327955", "#317766", "#317777", "#377488", "#406f9e", "#4f69b7",
    "#6161bf", "#745cbc", "#8755b9", "#9a4ab5", "#a744a7", "#aa4691", "#ae477a", "#b14863",
};

const char *avatar_colour(size_t number)
{
    assert(number < AVATAR_COLOURS);
    return colours[number];
}

size_t avatar_number(struct str name)
{
    return (size_t)(digest_of(name).low % AVATAR_COLOURS);
}

void avatar_write(struct str name, struct str initials, struct buf *out)
{
    buf_addf(out,
             "<svg class=\"avatar\" viewBox=\"0 0 96 96\" aria-hidden=\"true\" focusable=\"false\">"
             "<rect width=\"96\" height=\"96\" fill=\"%s\"/>"
             "<text x=\"48\" y=\"50\" fill=\"#ffffff\" font-size=\"36\" text-anchor=\"middle\" "
             "dominant-baseline=\"central\">",
             avatar_colour(avatar_number(name)));
    html_escape(out, initials);
    buf_adds(out, "</text></svg>");
}
