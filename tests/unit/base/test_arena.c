#include "base/arena.h"
#include "base/err.h"
#include "base/mem.h"
#include "t.h"

static bool is_zero(const unsigned char *p, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (p[i])
            return false;
    }
    return true;
}

TEST(arena__serves_zeroed_aligned_memory_of_every_size)
{
    CT_CLEANUP(ct_arena_free) struct ct_arena *a = ct_arena_new(64 << 20);
    REQUIRE(a);
    for (int round = 0; round < 2; round++) {
        for (size_t size = 0; size < 300000; size = size * 3 / 2 + 1) {
            unsigned char *p = ct_arena_alloc(a, size), *q = ct_arena_alloc(a, 24);
            REQUIRE(p && q);
            CHECK((uintptr_t)p % 16 == 0 && (uintptr_t)q % 16 == 0);
            CHECK(is_zero(p, size) && is_zero(q, 24));
            memset(p, 0xAA, size);
            memset(q, 0xBB, 24);
        }
        CHECK(ct_arena_used(a) > 300000);
        ct_arena_reset(a);
        CHECK_INT(ct_arena_used(a), 0);
    }
}

TEST(arena__blocks_do_not_overlap)
{
    enum { N = 500 };
    unsigned char *p[N];
    CT_CLEANUP(ct_arena_free) struct ct_arena *a = ct_arena_new(64 << 20);
    REQUIRE(a);
    for (int i = 0; i < N; i++) {
        p[i] = ct_arena_alloc(a, (size_t)i * 7);
        REQUIRE(p[i]);
        memset(p[i], i & 0xFF, (size_t)i * 7);
    }
    for (int i = 0; i < N; i++) {
        for (int k = 0; k < i * 7; k++)
            REQUIRE(p[i][k] == (i & 0xFF));
    }
}

TEST(arena__ceiling_is_sticky_until_the_reset)
{
    CT_CLEANUP(ct_arena_free) struct ct_arena *a = ct_arena_new(100);
    REQUIRE(a);
    CHECK(ct_arena_alloc(a, 60));
    CHECK(ct_arena_alloc(a, 60) == NULL);
    CHECK(ct_arena_failed(a));
    CHECK(ct_arena_alloc(a, 1) == NULL);
    ct_arena_reset(a);
    CHECK(!ct_arena_failed(a));
    CHECK(ct_arena_alloc(a, 100));
    CHECK(ct_arena_alloc(a, 1) == NULL);
}

TEST(arena__sizes_that_overflow_fail)
{
    CT_CLEANUP(ct_arena_free) struct ct_arena *a = ct_arena_new(SIZE_MAX);
    REQUIRE(a);
    CHECK(ct_arena_array(a, SIZE_MAX / 2, 3) == NULL);
    CHECK(ct_arena_failed(a));
    ct_arena_reset(a);
    CHECK(ct_arena_alloc(a, SIZE_MAX - 3) == NULL);
    CHECK(ct_arena_failed(a));
    ct_arena_reset(a);
    CHECK(ct_arena_array(a, 3, 5));
}

TEST(arena__copies_text)
{
    CT_CLEANUP(ct_arena_free) struct ct_arena *a = ct_arena_new(1000);
    REQUIRE(a);
    CHECK_STR(ct_arena_strdup(a, CT_S("abc")), "abc");
    CHECK_STR(ct_arena_strdup(a, (struct ct_slice){ 0 }), "");
    CHECK_SLICE(ct_arena_dup(a, CT_S("xyz")), "xyz");
    CHECK(ct_arena_strdup(a, ct_slice_n("", 5000)) == NULL);
    CHECK(ct_arena_dup(a, CT_S("x")).ptr == NULL);
}

TEST(arena__out_of_memory_is_a_failure_like_the_ceiling)
{
    ct_mem_fail_nth(1);
    CHECK(ct_arena_new(1000) == NULL);
    for (long nth = 2; nth < 4; nth++) {
        ct_mem_fail_nth(nth);
        struct ct_arena *a = ct_arena_new(1 << 20);
        REQUIRE(a);
        for (int i = 0; i < 40; i++)
            ct_arena_alloc(a, 1000);
        CHECK(ct_mem_fail_nth(0) >= nth);
        CHECK(ct_arena_failed(a));
        ct_arena_free(&a);
        CHECK(a == NULL);
        ct_arena_free(&a);
    }
}
