/* The physical floor of a build: reads the sources, takes the front matter off, runs cmark over the bodies, and
 * writes as many files of as many bytes as a site has, each under a temporary name that is then renamed into its
 * place, on as many threads. No generator that does these things can be faster.
 *
 * usage: floor THREADS SOURCES OUTPUTS FOLDER
 * SOURCES lists paths, one a line; OUTPUTS lists "SIZE PATH" lines; FOLDER is new. */
#include <cmark.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct file {
    char *path;
    size_t size;
};

struct list {
    struct file *items;
    size_t count;
};

static struct list sources, outputs;
static const char *folder;
static char *filling; /* as many bytes as the largest output */
static atomic_size_t next_source, next_output;

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static struct list read_list(const char *path, int sized)
{
    struct list list = {0};
    size_t room = 0, capacity = 0;
    char *line = NULL;
    FILE *file = fopen(path, "r");
    if (!file)
        fail(path);
    for (ssize_t len; (len = getline(&line, &capacity, file)) > 0;) {
        char *name = line;
        line[len - 1] = '\0';
        if (list.count == room) {
            room = room ? room * 2 : 1024;
            list.items = realloc(list.items, room * sizeof *list.items);
        }
        size_t size = sized ? strtoul(line, &name, 10) : 0;
        list.items[list.count++] = (struct file){strdup(name + sized), size};
    }
    free(line);
    fclose(file);
    return list;
}

static size_t body_start(const char *bytes, size_t size)
{
    if (size < 4 || memcmp(bytes, "---\n", 4) != 0)
        return 0;
    const char *end = memmem(bytes + 4, size - 4, "\n---\n", 5);
    return end ? (size_t)(end - bytes) + 5 : 0;
}

static void render(const struct file *source)
{
    struct stat status;
    int handle = open(source->path, O_RDONLY);
    if (handle < 0 || fstat(handle, &status) != 0)
        fail(source->path);
    size_t size = (size_t)status.st_size;
    char *bytes = malloc(size + 1);
    if (read(handle, bytes, size) != (ssize_t)size)
        fail(source->path);
    close(handle);
    size_t start = body_start(bytes, size);
    free(cmark_markdown_to_html(bytes + start, size - start, CMARK_OPT_UNSAFE));
    free(bytes);
}

static void make_folders(char *path)
{
    if (mkdir(path, 0755) == 0 || errno == EEXIST)
        return;
    char *slash = strrchr(path, '/');
    *slash = '\0';
    make_folders(path);
    *slash = '/';
    mkdir(path, 0755);
}

static void write_one(const struct file *output, char *last)
{
    char path[4096], temporary[4200];
    snprintf(path, sizeof path, "%s/%s", folder, output->path);
    char *slash = strrchr(path, '/');
    *slash = '\0';
    if (strcmp(path, last) != 0) {
        strcpy(last, path);
        make_folders(path);
    }
    *slash = '/';
    snprintf(temporary, sizeof temporary, "%s.tmp", path);
    int handle = open(temporary, O_WRONLY | O_CREAT | O_EXCL, 0644);
    if (handle < 0 || write(handle, filling, output->size) != (ssize_t)output->size)
        fail(temporary);
    close(handle);
    if (rename(temporary, path) != 0)
        fail(path);
}

static void *work(void *unused)
{
    enum { SHARE = 16 };
    char last[4096] = "";
    for (size_t at; (at = atomic_fetch_add(&next_source, SHARE)) < sources.count;)
        for (size_t i = at; i < at + SHARE && i < sources.count; i++)
            render(&sources.items[i]);
    for (size_t at; (at = atomic_fetch_add(&next_output, SHARE)) < outputs.count;)
        for (size_t i = at; i < at + SHARE && i < outputs.count; i++)
            write_one(&outputs.items[i], last);
    return unused;
}

int main(int count, char **arguments)
{
    pthread_t threads[64];
    if (count != 5)
        return 2;
    int wanted = atoi(arguments[1]);
    sources = read_list(arguments[2], 0);
    outputs = read_list(arguments[3], 1);
    folder = arguments[4];
    size_t most = 1;
    for (size_t i = 0; i < outputs.count; i++)
        most = outputs.items[i].size > most ? outputs.items[i].size : most;
    filling = malloc(most);
    for (size_t i = 0; i < most; i++)
        filling[i] = "the quick <p>brown fox\n"[i % 23];
    for (int i = 1; i < wanted && i < 64; i++)
        pthread_create(&threads[i], NULL, work, NULL);
    work(NULL);
    for (int i = 1; i < wanted && i < 64; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
