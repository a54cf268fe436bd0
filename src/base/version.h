/* copse's version: what --version prints, and part of every cache key. */
#ifndef COPSE_BASE_VERSION_H
#define COPSE_BASE_VERSION_H

#define COPSE_VERSION "0.1.0"

#endif
