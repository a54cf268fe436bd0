/* Reading the conformance cases: strict JSON (RFC 8259) into values, for tests only. */
#ifndef COPSE_TESTS_LIQUID_JSON_H
#define COPSE_TESTS_LIQUID_JSON_H

#include "lang/value.h"

/* The value of a JSON text, in `arena`. Returns 0, or -1 if it is none. */
int liquid_json_read(struct arena *arena, struct str text, struct value *out);

#endif
