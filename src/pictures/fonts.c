#include "pictures/fonts.h"

#include <fontconfig/fontconfig.h>
#include <stddef.h>

bool fonts_are_there(void)
{
    const FcFontSet *set = FcInit() ? FcConfigGetFonts(NULL, FcSetSystem) : NULL;
    return set && set->nfont > 0;
}
