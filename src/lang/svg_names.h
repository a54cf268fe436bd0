/* The elements and attributes of SVG that a stranger's drawing may have. */
#ifndef COPSE_LANG_SVG_NAMES_H
#define COPSE_LANG_SVG_NAMES_H

#include "base/str.h"

#include <stdbool.h>

bool svg_element_stays(struct str name);
bool svg_attribute_stays(struct str name);

#endif
