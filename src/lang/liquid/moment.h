/* Dates in texts, as Ruby's Time.parse reads them: "March 14, 2016", "14 Mar 2016 10:00 pm",
 * "2016-03-14T10:00:00Z", "Fri, 01 Jul 2022 09:00:00 +0100", "now", seconds since 1970. */
#ifndef COPSE_LANG_LIQUID_MOMENT_H
#define COPSE_LANG_LIQUID_MOMENT_H

#include "lang/liquid/run.h"

/* What a value says of a moment, shown in the call's zone if it names none itself. False if it says
 * nothing. *zone_name is what %Z prints. */
bool moment_of(struct liquid_run *run, struct value value, struct date_time *out,
               struct str *zone_name);

#endif
