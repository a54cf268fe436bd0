/* Values as JSON, safe inside <script>: objects that have no keys are null. */
#ifndef COPSE_LANG_LIQUID_JSON_H
#define COPSE_LANG_LIQUID_JSON_H

#include "lang/liquid/run.h"

void run_json(struct liquid_run *run, struct value value, struct buf *out);

#endif
