#include "base/mem.h"
#include "t.h"

#include <pthread.h>
#include <stdint.h>

TEST(mem__serves_zeroed_aligned_and_empty)
{
    unsigned char *zeroed = ct_calloc(16, 16), *aligned = ct_aligned(64, 100);
    void *none = ct_malloc(0);
    REQUIRE(zeroed && aligned && none);
    for (int i = 0; i < 256; i++)
        CHECK(zeroed[i] == 0);
    CHECK((uintptr_t)aligned % 64 == 0);
    ct_free(zeroed);
    ct_free(aligned);
    ct_free(none);
    ct_free(NULL);
}

TEST(mem__refuses_sizes_that_overflow)
{
    size_t out;
    CHECK(ct_calloc(SIZE_MAX / 2, 3) == NULL);
    CHECK(ct_reallocarray(NULL, SIZE_MAX / 2, 3) == NULL);
    CHECK(ct_strndup("x", SIZE_MAX) == NULL);
    CHECK(!ct_size_mul(SIZE_MAX, 2, &out));
    CHECK(!ct_size_add(SIZE_MAX, 1, &out));
    CHECK(ct_size_mul(3, 5, &out) && out == 15);
    CHECK(ct_size_add(SIZE_MAX - 1, 1, &out) && out == SIZE_MAX);
}

TEST(mem__copies_text)
{
    char *whole = ct_strdup("abc"), *part = ct_strndup("abc", 2), *empty = ct_strndup(NULL, 0);
    CHECK_STR(whole, "abc");
    CHECK_STR(part, "ab");
    CHECK_STR(empty, "");
    ct_free(whole);
    ct_free(part);
    ct_free(empty);
}

TEST(mem__realloc_keeps_the_block_when_it_fails)
{
    char *p = ct_strdup("kept");
    ct_mem_fail_nth(1);
    CHECK(ct_realloc(p, 100) == NULL);
    ct_mem_fail_nth(0);
    CHECK_STR(p, "kept");
    p = ct_realloc(p, 100);
    CHECK_STR(p, "kept");
    ct_free(p);
}

TEST(mem__fails_the_nth_allocation_once)
{
    void *p[4];
    ct_mem_fail_nth(2);
    for (int i = 0; i < 4; i++)
        p[i] = i % 2 ? ct_calloc(1, 8) : ct_malloc(8);
    CHECK_INT(ct_mem_fail_nth(0), 4);
    CHECK(p[0] && !p[1] && p[2] && p[3]);
    for (int i = 0; i < 4; i++)
        ct_free(p[i]);
    ct_mem_fail_nth(1);
    CHECK(ct_aligned(64, 64) == NULL);
    ct_mem_fail_nth(0);
}

static void *allocate_many(void *failed)
{
    for (int i = 0; i < 1000; i++) {
        void *p = ct_malloc(16);
        *(long *)failed += p == NULL;
        ct_free(p);
    }
    return NULL;
}

TEST(mem__fails_once_across_threads)
{
    pthread_t threads[4];
    long failed[4] = { 0 };
    ct_mem_fail_nth(2500);
    for (int i = 0; i < 4; i++)
        REQUIRE(pthread_create(&threads[i], NULL, allocate_many, &failed[i]) == 0);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    CHECK_INT(ct_mem_fail_nth(0), 4000);
    CHECK_INT(failed[0] + failed[1] + failed[2] + failed[3], 1);
}

TEST(mem__wipes)
{
    char secret[8] = "secret!";
    ct_wipe(secret, sizeof(secret));
    for (size_t i = 0; i < sizeof(secret); i++)
        CHECK(secret[i] == 0);
    ct_wipe(NULL, 0);
}
