/* The test frame's main(): runs what the TEST() constructors registered, in order of their names.
 *
 *   unit_FOLDER            all
 *   unit_FOLDER WORD       those with the word in their names
 *   unit_FOLDER --half N   every other one, from the first or the second on: two processes at a time
 *                          (tools/run-halves) do all */
#include "t.h"

#include <stdarg.h>

struct entry {
    const char *name;
    t_fn fn;
};

static struct entry entries[4096];
static size_t n_entries;
static int failures; /* of the running test */
static const char *skipped;

void t_register(const char *name, t_fn fn)
{
    if (n_entries < sizeof(entries) / sizeof(entries[0]))
        entries[n_entries++] = (struct entry){ name, fn };
}

void t_fail(const char *file, int line, const char *fmt, ...)
{
    va_list args;
    const char *base = strstr(file, "tests/");
    failures++;
    printf("  %s:%d: ", base ? base : file, line);
    va_start(args, fmt);
    vprintf(fmt, args);
    va_end(args);
    printf("\n");
}

void t_skip(const char *reason)
{
    skipped = reason;
}

const char *t_data_dir(void)
{
    return CT_TEST_DATA;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct entry *)a)->name, ((const struct entry *)b)->name);
}

static bool is_wanted(size_t index, int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "--half") == 0)
        return index % 2 == (size_t)(argv[2][0] == '2');
    return argc < 2 || strstr(entries[index].name, argv[1]);
}

int main(int argc, char **argv)
{
    int n_passed = 0, n_failed = 0, n_skipped = 0;
    setvbuf(stdout, NULL, _IOLBF, 0);
    qsort(entries, n_entries, sizeof(entries[0]), by_name);
    for (size_t i = 0; i < n_entries; i++) {
        if (!is_wanted(i, argc, argv))
            continue;
        failures = 0;
        skipped = NULL;
        entries[i].fn();
        if (failures) {
            printf("FAIL %s\n", entries[i].name);
            n_failed++;
        } else if (skipped) {
            printf("SKIP %s: %s\n", entries[i].name, skipped);
            n_skipped++;
        } else {
            n_passed++;
        }
    }
    printf("%d passed, %d failed", n_passed, n_failed);
    if (n_skipped)
        printf(", %d skipped", n_skipped);
    printf("\n");
    return n_failed ? 1 : 0;
}
