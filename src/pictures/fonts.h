/* The fonts that drawings can be drawn with, told by fontconfig. */
#ifndef COPSE_PICTURES_FONTS_H
#define COPSE_PICTURES_FONTS_H

#include <stdbool.h>

/* Whether the system has one: without, boxes stand where the letters should. */
bool fonts_are_there(void);

#endif
