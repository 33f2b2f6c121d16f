#include "t.h"

#include "broken_disk.h"
#include "folder.h"

#include "store/secret.h"

#include <sys/stat.h>

TEST(secret__is_made_once_and_kept)
{
    struct folder folder = folder_make();
    struct ct_secret first, again;
    struct ct_err err = { 0 };
    struct stat st;
    const char *data = folder_path(&folder, "deep/data");
    CHECK_INT(ct_secret_open(&first, data, &err), CT_OK);
    CHECK_INT(ct_secret_open(&again, data, &err), CT_OK);
    CHECK(memcmp(&first, &again, sizeof(first)) == 0);
    CHECK(stat(folder_path(&folder, "deep/data/secret"), &st) == 0);
    CHECK_INT(st.st_size, 32);
    CHECK_INT(st.st_mode & 0777, 0600);
    CHECK_INT(folder_count(&folder), 1);
    folder_remove(&folder);
}

TEST(secret__two_folders_have_two_secrets)
{
    struct folder a = folder_make(), b = folder_make();
    struct ct_secret one, other;
    CHECK_INT(ct_secret_open(&one, a.path, NULL), CT_OK);
    CHECK_INT(ct_secret_open(&other, b.path, NULL), CT_OK);
    CHECK(memcmp(&one, &other, sizeof(one)) != 0);
    folder_remove(&a);
    folder_remove(&b);
}

TEST(secret__a_damaged_file_is_never_replaced)
{
    static const char *const damaged[] = { "", "short", "33 bytes, which is one too many..." };
    for (size_t i = 0; i < sizeof(damaged) / sizeof(damaged[0]); i++) {
        struct folder folder = folder_make();
        struct ct_secret secret;
        struct ct_err err = { 0 };
        CHECK(folder_write(&folder, "secret", damaged[i]));
        CHECK_INT(ct_secret_open(&secret, folder.path, &err), CT_E_CONFIG);
        CHECK(strstr(err.msg, "/secret holds") != NULL);
        CHECK_STR(folder_read(&folder, "secret"), damaged[i]);
        folder_remove(&folder);
    }
}

TEST(secret__an_unreadable_file_is_a_setting_to_mend)
{
    struct folder folder = folder_make();
    struct ct_secret secret;
    struct ct_err err = { 0 };
    REQUIRE(mkdir(folder_path(&folder, "secret"), 0700) == 0); /* opens, but cannot be read */
    CHECK_INT(ct_secret_open(&secret, folder.path, &err), CT_E_CONFIG);
    CHECK(strstr(err.msg, "cannot be read") != NULL);
    CHECK_INT(ct_secret_open(&secret, folder.path, NULL), CT_E_CONFIG);
    folder_remove(&folder);
}

TEST(secret__a_full_disk_leaves_nothing)
{
    for (enum disk_call call = DISK_OPEN; call < DISK_CALL_COUNT; call++) {
        struct folder folder = folder_make();
        struct ct_secret secret;
        struct ct_err err = { 0 };
        disk_break(call, 1);
        CHECK_INT(ct_secret_open(&secret, folder.path, &err), CT_E_IO);
        disk_mend();
        CHECK_INT(folder_count(&folder), 0);
        CHECK_INT(ct_secret_open(&secret, folder.path, &err), CT_OK);
        folder_remove(&folder);
    }
}

TEST(secret__refuses_a_path_that_does_not_fit)
{
    char path[5000];
    struct ct_secret secret;
    memset(path, 'a', sizeof(path) - 1);
    path[sizeof(path) - 1] = '\0';
    CHECK_INT(ct_secret_open(&secret, path, NULL), CT_E_CONFIG);
}

TEST(secret__purposes_have_keys_of_their_own)
{
    struct ct_secret master, url, key, again;
    memset(&master, 7, sizeof(master));
    ct_secret_derive(&url, &master, "url");
    ct_secret_derive(&key, &master, "key");
    ct_secret_derive(&again, &master, "url");
    CHECK(memcmp(&url, &key, sizeof(url)) != 0);
    CHECK(memcmp(&url, &master, sizeof(url)) != 0);
    CHECK(memcmp(&url, &again, sizeof(url)) == 0);
    ct_secret_wipe(&url);
    static const struct ct_secret zero;
    CHECK(memcmp(&url, &zero, sizeof(url)) == 0);
}

TEST(secret__is_read_as_digits_or_bytes)
{
    struct folder folder = folder_make();
    struct ct_secret secret, same;
    struct ct_err err = { 0 };
    char digits[80] = " ";
    for (int i = 0; i < 32; i++)
        snprintf(digits + 1 + 2 * i, 3, "%02x", 7 * i);
    strcat(digits, "\n");
    CHECK_INT(ct_secret_parse(&secret, ct_slice(digits), "secret", &err), CT_OK);
    CHECK_INT(secret.bytes[1], 7);
    CHECK(folder_write(&folder, "digits", digits));
    CHECK_INT(ct_secret_read(&same, folder_path(&folder, "digits"), &err), CT_OK);
    CHECK(memcmp(&secret, &same, sizeof(same)) == 0);
    CHECK_INT(ct_secret_parse(&same, ct_slice_n((const char *)secret.bytes, 32), "x", &err), CT_OK);
    CHECK(memcmp(&secret, &same, sizeof(same)) == 0);
    digits[10] = 'g';
    CHECK_INT(ct_secret_parse(&same, ct_slice(digits), "secret", &err), CT_E_CONFIG);
    CHECK(strstr(err.msg, "64 hex digits") && !strstr(err.msg, digits + 1));
    CHECK_INT(ct_secret_read(&same, folder_path(&folder, "none"), &err), CT_E_CONFIG);
    folder_remove(&folder);
}
