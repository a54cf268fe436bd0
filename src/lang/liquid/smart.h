/* Typography for `smartify`, English marks. */
#ifndef COPSE_LANG_LIQUID_SMART_H
#define COPSE_LANG_LIQUID_SMART_H

#include "base/buf.h"

/* Adds `text` with straight quotes curled, -- and --- as dashes and ... as one sign. In html, tags
 * are left alone. */
void smart_write(struct str text, bool html, struct buf *out);

#endif
