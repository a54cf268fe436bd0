/* A fixed set of threads that share out the numbers of a range.
 *
 * The only locks of the program are in here. A phase is one pool_run(); it returns when every
 * number was done, so phases are separated by barriers. */
#ifndef COPSE_BASE_POOL_H
#define COPSE_BASE_POOL_H

#include <stddef.h>

struct pool;

/* A pool of `threads` workers (at least 1; the caller of pool_run() is worker 0). If the system
 * refuses some threads, the pool is smaller. Free with pool_free(). */
struct pool *pool_new(unsigned threads);
void pool_free(struct pool *pool);

/* How many workers there are: worker numbers are below this. */
unsigned pool_size(const struct pool *pool);

/* Calls work(context, worker, index) once for each index below `count`, in no fixed order, from
 * all workers, `grain` neighbouring indexes at a time (at least 1). */
void pool_run(struct pool *pool, size_t count, size_t grain,
              void (*work)(void *context, unsigned worker, size_t index), void *context);

/* The same in two halves: between them the other workers are at it, and the caller, who is worker
 * 0, does something else that needs no pool. Every pool_begin() has its pool_end(), in which the
 * caller helps with what is left. */
void pool_begin(struct pool *pool, size_t count, size_t grain,
                void (*work)(void *context, unsigned worker, size_t index), void *context);
void pool_end(struct pool *pool);

/* The number of processors this process may use. */
unsigned pool_processors(void);

#endif
