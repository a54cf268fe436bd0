/* The file that a path means: what a static web server would answer. */
#ifndef COPSE_SERVE_FILES_H
#define COPSE_SERVE_FILES_H

#include "base/buf.h"
#include "base/fs.h"

enum files_answer {
    FILES_FOUND,
    FILES_FOLDER, /* there is a page at the path with a slash behind it */
    FILES_NONE
};

struct files_found {
    int handle; /* to read from; the caller closes it */
    struct fs_stat stat;
    const char *type; /* the value of Content-Type */
    bool is_page;     /* HTML */
};

/* Looks for `path` (as request_path() leaves it) below the open folder `root`. Every folder on the
 * way is opened by itself and no symlink is followed, so nothing outside can be found; nor can what
 * a build has not published yet. */
enum files_answer files_find(const struct fs *fs, int root, struct str path,
                             struct files_found *found);

/* The page to show where there is none: 404.html of the language whose prefix the path has, else
 * that of the root. */
enum files_answer files_not_found(const struct fs *fs, int root, struct str path,
                                  struct files_found *found);

/* "text/css; charset=utf-8" for "style.css"; application/octet-stream for what is not known. */
const char *files_type(struct str name);

#endif
