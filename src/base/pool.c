#include "base/pool.h"
#include "base/mem.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

struct job {
    void (*work)(void *context, unsigned worker, size_t index);
    void *context;
    size_t count;
    size_t grain;
};

struct worker {
    struct pool *pool;
    pthread_t thread;
    unsigned number;
};

struct pool {
    pthread_mutex_t mutex;
    pthread_cond_t started;
    pthread_cond_t finished;
    struct worker *workers; /* number 0 is the caller and has no thread */
    unsigned size;
    unsigned busy;       /* workers still in the current run */
    unsigned generation; /* counts runs, so that a worker joins each once */
    bool ending;
    struct job job;
    atomic_size_t next;
};

static void take_share(struct pool *pool, unsigned worker)
{
    const struct job *job = &pool->job;
    for (;;) {
        size_t start = atomic_fetch_add(&pool->next, job->grain);
        if (start >= job->count)
            return;
        size_t end = job->count - start < job->grain ? job->count : start + job->grain;
        for (size_t index = start; index < end; index++)
            job->work(job->context, worker, index);
    }
}

static void *thread_main(void *argument)
{
    struct worker *self = argument;
    struct pool *pool = self->pool;
    unsigned seen = 0;
    pthread_mutex_lock(&pool->mutex);
    for (;;) {
        while (pool->generation == seen && !pool->ending)
            pthread_cond_wait(&pool->started, &pool->mutex);
        if (pool->ending)
            break;
        seen = pool->generation;
        pthread_mutex_unlock(&pool->mutex);
        take_share(pool, self->number);
        pthread_mutex_lock(&pool->mutex);
        if (--pool->busy == 0)
            pthread_cond_signal(&pool->finished);
    }
    pthread_mutex_unlock(&pool->mutex);
    return NULL;
}

struct pool *pool_new(unsigned threads)
{
    if (threads < 1)
        threads = 1;
    struct pool *pool = mem_zalloc(1, sizeof *pool);
    pool->workers = mem_zalloc(threads, sizeof *pool->workers);
    pthread_mutex_init(&pool->mutex, NULL);
    pthread_cond_init(&pool->started, NULL);
    pthread_cond_init(&pool->finished, NULL);
    pool->size = 1;
    while (pool->size < threads) {
        struct worker *worker = &pool->workers[pool->size];
        *worker = (struct worker){.pool = pool, .number = pool->size};
        if (pthread_create(&worker->thread, NULL, thread_main, worker) != 0)
            break;
        pool->size++;
    }
    return pool;
}

void pool_free(struct pool *pool)
{
    if (!pool)
        return;
    pthread_mutex_lock(&pool->mutex);
    pool->ending = true;
    pthread_cond_broadcast(&pool->started);
    pthread_mutex_unlock(&pool->mutex);
    for (unsigned i = 1; i < pool->size; i++)
        pthread_join(pool->workers[i].thread, NULL);
    pthread_cond_destroy(&pool->finished);
    pthread_cond_destroy(&pool->started);
    pthread_mutex_destroy(&pool->mutex);
    free(pool->workers);
    free(pool);
}

unsigned pool_size(const struct pool *pool)
{
    return pool->size;
}

void pool_begin(struct pool *pool, size_t count, size_t grain,
                void (*work)(void *context, unsigned worker, size_t index), void *context)
{
    pthread_mutex_lock(&pool->mutex);
    pool->job = (struct job){work, context, count, grain ? grain : 1};
    atomic_store(&pool->next, 0);
    pool->busy = pool->size - 1;
    pool->generation++;
    pthread_cond_broadcast(&pool->started);
    pthread_mutex_unlock(&pool->mutex);
}

void pool_end(struct pool *pool)
{
    take_share(pool, 0);
    pthread_mutex_lock(&pool->mutex);
    while (pool->busy > 0)
        pthread_cond_wait(&pool->finished, &pool->mutex);
    pthread_mutex_unlock(&pool->mutex);
}

void pool_run(struct pool *pool, size_t count, size_t grain,
              void (*work)(void *context, unsigned worker, size_t index), void *context)
{
    pool_begin(pool, count, grain, work, context);
    pool_end(pool);
}

unsigned pool_processors(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) != 0)
        return 1;
    int count = CPU_COUNT(&set);
    return count < 1 ? 1 : (unsigned)count;
}
