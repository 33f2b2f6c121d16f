#include "base/mem.h"
#include "base/spool.h"
#include "temp.h"
#include "t.h"

#include <errno.h>
#include <fcntl.h>

/* Writes `total` bytes of a pattern in pieces of `piece`, takes the blob, compares. */
static void check_pieces(const char *dir, size_t total, size_t piece, bool in_file)
{
    struct ct_spool s;
    struct ct_blob *blob = NULL;
    struct ct_err err = { 0 };
    char *bytes = malloc(total + 1);
    REQUIRE(bytes);
    for (size_t i = 0; i < total; i++)
        bytes[i] = (char)(i * 131 >> 3);
    ct_spool_init(&s, dir, 1000, 100000);
    for (size_t at = 0; at < total; at += piece) {
        size_t len = total - at < piece ? total - at : piece;
        CHECK_INT(ct_spool_write(&s, ct_slice_n(bytes + at, len), &err), CT_OK);
    }
    CHECK_INT(s.len, total);
    CHECK_INT(ct_spool_take(&s, &blob, &err), CT_OK);
    REQUIRE(blob);
    CHECK_INT(blob->len, total);
    CHECK(memcmp(blob->data, bytes, total) == 0);
    CHECK((ct_blob_fd(blob) >= 0) == in_file);
    CHECK_INT(s.len, 0);
    ct_blob_unref(&blob);
    free(bytes);
}

TEST(spool__keeps_little_in_memory_and_much_in_a_file)
{
    struct temp t;
    REQUIRE(temp_make(&t));
    check_pieces(t.path, 0, 1, false);
    check_pieces(t.path, 1000, 7, false);
    check_pieces(t.path, 1001, 7, true);
    check_pieces(t.path, 1001, 1001, true);
    check_pieces(t.path, 100000, 4096, true);
    CHECK_INT(temp_entries(t.path), 0);
    temp_remove(&t);
}

TEST(spool__makes_its_folder_and_leaves_nothing_in_it)
{
    struct temp t;
    char dir[256];
    REQUIRE(temp_make(&t));
    check_pieces(temp_path(dir, &t, "new"), 5000, 100, true);
    CHECK_INT(temp_entries(dir), 0);
    temp_remove(&t);
}

TEST(spool__refuses_more_than_its_maximum)
{
    struct temp t;
    struct ct_spool s;
    struct ct_err err = { 0 };
    REQUIRE(temp_make(&t));
    ct_spool_init(&s, t.path, 4, 8);
    CHECK_INT(ct_spool_write(&s, CT_S("12345678"), &err), CT_OK);
    CHECK_INT(ct_spool_write(&s, CT_S("9"), &err), CT_E_BODY_SIZE);
    ct_spool_release(&s);
    CHECK_INT(ct_spool_write(&s, CT_S("again"), &err), CT_OK);
    ct_spool_release(&s);
    temp_remove(&t);
}

TEST(spool__a_folder_that_cannot_be_is_our_fault_not_the_callers)
{
    struct ct_spool s;
    struct ct_err err = { 0 };
    ct_spool_init(&s, "/proc/no/such", 2, 100);
    CHECK_INT(ct_spool_write(&s, CT_S("123"), &err), CT_E_IO);
    ct_spool_release(&s);
}

TEST(spool__a_full_disk_is_told_as_try_again_later)
{
    struct ct_spool s;
    struct ct_err err = { 0 };
    ct_spool_init(&s, "/tmp", 2, 100);
    s.fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
    REQUIRE(s.fd >= 0);
    CHECK_INT(ct_spool_write(&s, CT_S("123"), &err), CT_E_OVERLOADED);
    CHECK(strstr(err.msg, "no room on its disk"));
    ct_spool_release(&s);
    CHECK_INT(ct_spool_check_room("/tmp", UINT64_MAX / 2, &err), CT_E_OVERLOADED);
    CHECK_INT(ct_spool_check_room("/tmp", 1, &err), CT_OK);
}

TEST(spool__out_of_memory_leaks_no_file)
{
    struct temp t;
    struct ct_spool s;
    struct ct_blob *blob = NULL;
    struct ct_err err = { 0 };
    REQUIRE(temp_make(&t));
    ct_spool_init(&s, t.path, 2, 100);
    CHECK_INT(ct_spool_write(&s, CT_S("123"), &err), CT_OK);
    int fd = s.fd;
    ct_mem_fail_nth(1);
    CHECK_INT(ct_spool_take(&s, &blob, &err), CT_E_MEMORY);
    ct_mem_fail_nth(0);
    CHECK(blob == NULL);
    CHECK(fcntl(fd, F_GETFD) < 0 && errno == EBADF);
    temp_remove(&t);
}
