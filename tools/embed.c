/* Writes files as C data to standard output: what copse carries inside itself. Run by the Makefile;
 * the tables are declared in src/source/embedded.h. The arguments are `+NAME` and the files of the
 * table source_NAME, as often as needed. Paths are kept as they are given, in the order given
 * (sorted). */
#include <errno.h>
#include <stdio.h>
#include <string.h>

static int fail(const char *path)
{
    fprintf(stderr, "embed: %s: %s\n", path, strerror(errno));
    return -1;
}

/* One array; a lone 0 ends it, so that an empty file has an array too. */
static int write_bytes(const char *path, int number, size_t *size)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return fail(path);
    printf("static const unsigned char bytes_%d[] = {", number);
    size_t count = 0;
    for (int byte = getc(file); byte != EOF; byte = getc(file), count++)
        printf("%s%d,", count % 24 == 0 ? "\n" : "", byte);
    printf("0};\n");
    int failed = ferror(file) ? fail(path) : 0;
    fclose(file);
    *size = count;
    return failed;
}

/* The table that argv[start] names; returns the argument behind its last file. */
static int write_table(int argc, char **argv, int start, const size_t *sizes)
{
    const char *name = argv[start] + 1;
    int i = start + 1;
    printf("\nconst struct source_embedded_file source_%s[] = {\n", name);
    for (; i < argc && argv[i][0] != '+'; i++)
        printf("    {\"%s\", bytes_%d, %zu},\n", argv[i], i, sizes[i]);
    printf("    {0, 0, 0}};\nconst size_t source_%s_count = %d;\n", name, i - start - 1);
    return i;
}

int main(int argc, char **argv)
{
    if (argc > 4096) {
        fprintf(stderr, "embed: more than 4096 files\n");
        return 1;
    }
    if (argc < 2 || argv[1][0] != '+') {
        fprintf(stderr, "usage: embed +TABLE FILE... [+TABLE FILE...]\n");
        return 1;
    }
    static size_t sizes[4096];
    printf("/* Made by tools/embed.c; not to be edited. */\n#include \"source/embedded.h\"\n\n");
    for (int i = 1; i < argc; i++) {
        if (argv[i][0] == '+')
            continue;
        if (strpbrk(argv[i], "\"\\\n") != NULL) {
            fprintf(stderr, "embed: %s: a name with a quote or a backslash\n", argv[i]);
            return 1;
        }
        if (write_bytes(argv[i], i, &sizes[i]) != 0)
            return 1;
    }
    for (int i = 1; i < argc;)
        i = write_table(argc, argv, i, sizes);
    if (fflush(stdout) != 0 || ferror(stdout))
        return fail("standard output") != 0;
    return 0;
}
