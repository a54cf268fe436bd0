/* The web server of the live preview, on one thread: it works only while http_run() is called.
 *
 * Of a request it believes nothing (request.h); it answers GET and HEAD with files of one folder
 * (files.h), and under /_copse/ with the preview's own script. Pages get that script's address put
 * in before </body>, as a file of the same origin, so that a strict Content-Security-Policy holds;
 * it puts a ribbon on pages that nobody else sees yet.
 *
 * What happens after a page was loaded is told by /_copse/events (server-sent events): the request
 * waits until there is something to say, is answered with it and ends; the browser asks again with
 * the number of what it heard last, so nothing is missed in between. */
#ifndef COPSE_SERVE_HTTP_H
#define COPSE_SERVE_HTTP_H

#include "base/diag.h"
#include "base/fs.h"

#include <stdint.h>

enum http_event {
    HTTP_RELOAD,  /* pages changed */
    HTTP_STYLE,   /* only stylesheets did */
    HTTP_PROBLEMS /* only what is wrong did */
};
#define HTTP_EVENTS 3

struct http;

/* Starts on an open socket, which then belongs to the server. `folder` is the site's output, which
 * need not be there yet; it must outlive the server. NULL after an error. */
struct http *http_new(const struct fs *fs, const char *folder, int socket, struct diags *diags);
/* Ends all connections. NULL is fine. */
void http_free(struct http *http);

/* What to wait for: a handle that becomes readable when http_run() has something to do, and after
 * how many milliseconds it has all the same (-1: never). */
int http_handle(const struct http *http);
int http_timeout(struct http *http);
void http_run(struct http *http);

/* Which pages are marked from now on, as marks.h says it (copied). */
void http_mark(struct http *http, struct str marks);

/* Tells all open pages, and those that ask later. `problems` (copied) is what is wrong, in words;
 * empty: nothing. */
void http_tell(struct http *http, enum http_event event, struct str problems);

#endif
