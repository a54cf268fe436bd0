/* A new git repository with a first commit: what `copse init` leaves. */
#ifndef COPSE_SOURCE_REPOSITORY_H
#define COPSE_SOURCE_REPOSITORY_H

#include "base/diag.h"
#include "source/identity.h"

/* Makes a repository of `folder` (its branch is called main) and commits every file in it that its
 * .gitignore does not name, as `who`, whose name and email must not be empty. Hooks are not run.
 * Returns 0, or -1 after a failure; a repository that was begun stays. */
int repository_create(const char *folder, const struct identity *who, const char *message,
                      struct diags *diags);

#endif
