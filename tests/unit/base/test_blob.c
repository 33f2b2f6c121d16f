#include "base/blob.h"
#include "base/mem.h"
#include "t.h"

#include <pthread.h>

TEST(blob__copies)
{
    char text[] = "abc";
    struct ct_blob *b = ct_blob_copy(text, 3), *none = ct_blob_copy(NULL, 0);
    REQUIRE(b && none);
    text[0] = 'x';
    CHECK_INT(b->len, 3);
    CHECK(memcmp(b->data, "abc", 3) == 0);
    CHECK_INT(none->len, 0);
    ct_blob_unref(&b);
    ct_blob_unref(&none);
    CHECK(b == NULL);
    ct_blob_unref(&b);
}

TEST(blob__takes_the_memory_of_a_buffer)
{
    struct ct_buf b;
    ct_buf_init(&b, 100);
    ct_buf_puts(&b, "abc");
    const char *data = b.data;
    struct ct_blob *blob = ct_blob_take(&b);
    REQUIRE(blob);
    CHECK(blob->data == data && blob->len == 3);
    CHECK(b.data == NULL && b.len == 0);
    ct_buf_puts(&b, "the buffer can be used again");
    CHECK(!b.failed);
    ct_buf_release(&b);
    ct_blob_unref(&blob);
}

TEST(blob__takes_an_empty_buffer_but_no_failed_one)
{
    struct ct_buf b;
    ct_buf_init(&b, 2);
    struct ct_blob *blob = ct_blob_take(&b);
    REQUIRE(blob);
    CHECK(blob->len == 0 && blob->data);
    ct_blob_unref(&blob);
    ct_buf_puts(&b, "a");
    ct_buf_puts(&b, "too long");
    CHECK(ct_blob_take(&b) == NULL);
    CHECK(b.data == NULL && b.len == 0 && !b.failed);
}

TEST(blob__static_bytes_are_not_copied)
{
    static const char text[] = "forever";
    struct ct_blob *b = ct_blob_static(text, 7);
    REQUIRE(b);
    CHECK(b->data == text);
    ct_blob_unref(&b);
    CHECK(ct_blob_ref(NULL) == NULL);
}

TEST(blob__out_of_memory_gives_null_and_leaks_nothing)
{
    struct ct_buf b;
    ct_mem_fail_nth(1);
    CHECK(ct_blob_copy("abc", 3) == NULL);
    ct_mem_fail_nth(1);
    CHECK(ct_blob_static("abc", 3) == NULL);
    ct_mem_fail_nth(0);
    ct_buf_init(&b, 100);
    ct_buf_puts(&b, "abc");
    ct_mem_fail_nth(1);
    CHECK(ct_blob_take(&b) == NULL);
    ct_mem_fail_nth(0);
    CHECK(b.data == NULL && b.len == 0);
}

static void *ref_and_unref(void *blob)
{
    for (int i = 0; i < 2000; i++) {
        struct ct_blob *mine = ct_blob_ref(blob);
        if (mine->data[0] != 'x')
            return blob;
        ct_blob_unref(&mine);
    }
    struct ct_blob *last = blob;
    ct_blob_unref(&last);
    return NULL;
}

TEST(blob__is_shared_between_threads)
{
    pthread_t threads[4];
    struct ct_blob *blob = ct_blob_copy("x", 1);
    REQUIRE(blob);
    for (int i = 0; i < 4; i++)
        REQUIRE(pthread_create(&threads[i], NULL, ref_and_unref, ct_blob_ref(blob)) == 0);
    ct_blob_unref(&blob);
    for (int i = 0; i < 4; i++) {
        void *wrong;
        pthread_join(threads[i], &wrong);
        CHECK(wrong == NULL);
    }
}
