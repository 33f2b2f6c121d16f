/* The smallest test frame: TEST() registers, CHECK*() count, one executable per folder of src/.
 *
 *   #include "t.h"
 *   TEST(json__rejects_duplicate_keys) { CHECK(parse("{\"a\":1,\"a\":2}") == CT_E_JSON); }
 *
 * Run it with a word to run only the tests whose names contain it. The last line printed is
 * `N passed, N failed`; the exit status is 1 when a test failed. */
#ifndef CT_TESTS_T_H
#define CT_TESTS_T_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef void (*t_fn)(void);
void t_register(const char *name, t_fn fn);
void t_fail(const char *file, int line, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void t_skip(const char *reason); /* the current test ends as skipped when it returns */
const char *t_data_dir(void);    /* tests/data of the source tree */

#define TEST(name)                                                                                 \
    static void test_##name(void);                                                                 \
    __attribute__((constructor)) static void register_##name(void)                                 \
    {                                                                                              \
        t_register(#name, test_##name);                                                            \
    }                                                                                              \
    static void test_##name(void)

/* CHECK goes on after a failure, REQUIRE leaves the test. */
#define CHECK(cond)                                                                                \
    do {                                                                                           \
        if (!(cond))                                                                               \
            t_fail(__FILE__, __LINE__, "%s", #cond);                                               \
    } while (0)
#define REQUIRE(cond)                                                                              \
    do {                                                                                           \
        if (!(cond)) {                                                                             \
            t_fail(__FILE__, __LINE__, "%s", #cond);                                               \
            return;                                                                                \
        }                                                                                          \
    } while (0)
#define CHECK_INT(actual, expected)                                                                \
    do {                                                                                           \
        long long t_a_ = (long long)(actual), t_e_ = (long long)(expected);                        \
        if (t_a_ != t_e_)                                                                          \
            t_fail(__FILE__, __LINE__, "%s is %lld, expected %lld", #actual, t_a_, t_e_);          \
    } while (0)
#define CHECK_STR(actual, expected)                                                                \
    do {                                                                                           \
        const char *t_a_ = (actual), *t_e_ = (expected);                                           \
        if (!t_a_ || strcmp(t_a_, t_e_) != 0)                                                      \
            t_fail(__FILE__, __LINE__, "%s is \"%s\", expected \"%s\"", #actual,                   \
                   t_a_ ? t_a_ : "(null)", t_e_);                                                  \
    } while (0)
#define CHECK_SLICE(actual, expected)                                                              \
    do {                                                                                           \
        struct ct_slice t_a_ = (actual);                                                           \
        if (!ct_slice_is(t_a_, expected))                                                          \
            t_fail(__FILE__, __LINE__, "%s is \"%.*s\", expected \"%s\"", #actual,                 \
                   CT_SARG(t_a_), expected);                                                       \
    } while (0)

#endif
