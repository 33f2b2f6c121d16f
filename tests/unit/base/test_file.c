#include "base/file.h"
#include "t.h"
#include "temp.h"

#include <errno.h>
#include <fcntl.h>

static ct_code read_text(struct ct_buf *b, const char *path, struct ct_err *err)
{
    ct_buf_clear(b);
    return ct_file_read(b, path, err);
}

TEST(file__writes_and_reads_back)
{
    struct temp t;
    struct ct_err err;
    struct stat st;
    char path[256];
    CT_CLEANUP(ct_buf_release) struct ct_buf b;
    ct_buf_init(&b, 1 << 20);
    REQUIRE(temp_make(&t));
    temp_path(path, &t, "f");
    CHECK(ct_file_write(path, "one", 3, 0600, &err) == CT_OK);
    CHECK(read_text(&b, path, &err) == CT_OK);
    CHECK_STR(ct_buf_text(&b), "one");
    CHECK(ct_file_write(path, NULL, 0, 0600, &err) == CT_OK);
    CHECK(read_text(&b, path, &err) == CT_OK);
    CHECK_INT(b.len, 0);
    CHECK(stat(path, &st) == 0 && (st.st_mode & 0777) == 0600);
    CHECK_INT(temp_entries(t.path), 1);
    temp_remove(&t);
}

TEST(file__reading_appends_and_stops_at_the_ceiling)
{
    struct temp t;
    struct ct_err err;
    char path[256], big[5000];
    struct ct_buf b;
    REQUIRE(temp_make(&t));
    temp_path(path, &t, "f");
    memset(big, 'x', sizeof(big));
    CHECK(ct_file_write(path, big, sizeof(big), 0600, &err) == CT_OK);
    ct_buf_init(&b, 5001);
    ct_buf_putc(&b, '>');
    CHECK(ct_file_read(&b, path, &err) == CT_OK);
    CHECK_INT(b.len, 5001);
    ct_buf_release(&b);
    ct_buf_init(&b, 5000);
    ct_buf_putc(&b, '>');
    CHECK(ct_file_read(&b, path, &err) == CT_E_IO);
    CHECK(strstr(err.msg, path) && strstr(err.msg, "5000"));
    CHECK_INT(b.len, 1);
    ct_buf_release(&b);
    temp_remove(&t);
}

TEST(file__reads_files_without_a_size)
{
    CT_CLEANUP(ct_buf_release) struct ct_buf b;
    struct ct_err err;
    ct_buf_init(&b, 1 << 20);
    CHECK(ct_file_read(&b, "/proc/self/status", &err) == CT_OK);
    CHECK(ct_slice_starts(ct_buf_slice(&b), "Name:"));
}

TEST(file__errors_name_the_path)
{
    CT_CLEANUP(ct_buf_release) struct ct_buf b;
    struct ct_err err;
    ct_buf_init(&b, 100);
    CHECK(ct_file_read(&b, "/nonexistent/x", &err) == CT_E_NOT_FOUND);
    CHECK(strstr(err.msg, "/nonexistent/x"));
    CHECK(ct_file_read(&b, "/tmp", &err) == CT_E_IO);
    CHECK(strstr(err.msg, "/tmp"));
    CHECK(ct_file_write("/nonexistent/x", "a", 1, 0600, &err) == CT_E_IO);
    CHECK(strstr(err.msg, "/nonexistent/x"));
    CHECK(ct_file_write("/tmp", "a", 1, 0600, &err) == CT_E_IO);
}

TEST(file__overlong_paths_are_refused)
{
    struct ct_err err;
    char path[6000];
    memset(path, 'a', sizeof(path) - 1);
    path[sizeof(path) - 1] = '\0';
    CHECK(ct_file_write(path, "a", 1, 0600, &err) == CT_E_IO);
    CHECK(ct_mkdir_all(path, 0700, &err) == CT_E_IO);
    CHECK(ct_mkdir_all("", 0700, &err) == CT_E_IO);
}

TEST(file__makes_folders_all_the_way)
{
    struct temp t;
    struct ct_err err;
    struct stat st;
    char path[256];
    REQUIRE(temp_make(&t));
    temp_path(path, &t, "a//b/c/");
    CHECK(ct_mkdir_all(path, 0700, &err) == CT_OK);
    CHECK(ct_mkdir_all(path, 0700, &err) == CT_OK);
    CHECK(stat(path, &st) == 0 && S_ISDIR(st.st_mode));
    CHECK(ct_mkdir_all("/", 0700, &err) == CT_OK);
    temp_path(path, &t, "file");
    CHECK(ct_file_write(path, "x", 1, 0600, &err) == CT_OK);
    CHECK(ct_mkdir_all(path, 0700, &err) == CT_E_IO);
    temp_path(path, &t, "file/below");
    CHECK(ct_mkdir_all(path, 0700, &err) == CT_E_IO);
    temp_remove(&t);
}

/* System calls of which the nth fails; 0: none does. */
static int calls, failing_call;

static bool call_fails(void)
{
    if (++calls != failing_call)
        return false;
    errno = EIO;
    return true;
}

static int counted_open(const char *path, int flags, unsigned mode)
{
    return call_fails() ? -1 : open(path, flags, (mode_t)mode);
}

static long counted_write(int fd, const void *bytes, size_t len)
{
    return call_fails() ? -1 : (long)write(fd, bytes, len > 3 ? 3 : len); /* short writes, too */
}

static int counted_fsync(int fd)
{
    return call_fails() ? -1 : fsync(fd);
}

static int counted_rename(const char *from, const char *to)
{
    return call_fails() ? -1 : rename(from, to);
}

static const struct ct_file_ops counted = { counted_open, counted_write, counted_fsync,
                                            counted_rename };

TEST(file__a_failed_write_leaves_the_old_content_and_nothing_else)
{
    struct temp t;
    struct ct_err err;
    char path[256];
    CT_CLEANUP(ct_buf_release) struct ct_buf b;
    ct_buf_init(&b, 100);
    REQUIRE(temp_make(&t));
    temp_path(path, &t, "f");
    REQUIRE(ct_file_write(path, "old", 3, 0600, &err) == CT_OK);
    ct_file_ops_replace(&counted);
    failing_call = 0;
    calls = 0;
    CHECK(ct_file_write(path, "old", 3, 0600, &err) == CT_OK);
    CHECK_INT(calls, 6); /* open folder, open file, write, fsync, rename, fsync folder */
    for (failing_call = 1; failing_call <= 7; failing_call++) {
        calls = 0;
        CHECK(ct_file_write(path, "newer", 5, 0600, &err) == CT_E_IO);
        CHECK(strstr(err.msg, path) && strstr(err.msg, "Input/output error"));
        CHECK(read_text(&b, path, &err) == CT_OK);
        /* The 7th call is the folder's fsync, after the rename: the new content stands. */
        CHECK_STR(ct_buf_text(&b), failing_call == 7 ? "newer" : "old");
        CHECK_INT(temp_entries(t.path), 1);
    }
    failing_call = 0;
    CHECK(ct_file_write(path, "short writes add up", 19, 0600, &err) == CT_OK);
    ct_file_ops_replace(NULL);
    CHECK(read_text(&b, path, &err) == CT_OK);
    CHECK_STR(ct_buf_text(&b), "short writes add up");
    temp_remove(&t);
}
