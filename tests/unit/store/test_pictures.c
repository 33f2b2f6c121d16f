#include "t.h"

#include "broken_disk.h"
#include "folder.h"

#include "base/mem.h"
#include "store/pictures.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

struct fixture {
    struct folder folder;
    struct ct_pictures *pictures;
    struct ct_blob *file;
};

static bool set_up(struct fixture *f)
{
    *f = (struct fixture){ .folder = folder_make() };
    f->file = ct_blob_copy("any bytes at all", 16);
    return f->file && ct_pictures_open(&f->pictures, f->folder.path, NULL) == CT_OK;
}

static void tear_down(struct fixture *f)
{
    ct_pictures_close(&f->pictures);
    ct_blob_unref(&f->file);
    folder_remove(&f->folder);
}

static ct_code get(struct fixture *f, struct ct_slice name)
{
    struct ct_picture_file file = { .fd = -1 };
    ct_code rc = ct_pictures_get(f->pictures, &file, name, NULL);
    if (rc == CT_OK)
        close(file.fd);
    return rc;
}

static const char *stored_path(const struct fixture *f, const char *name)
{
    char relative[128];
    snprintf(relative, sizeof(relative), "pictures/%.2s/%s", name, name);
    return folder_path(&f->folder, relative);
}

TEST(pictures__come_back_as_they_went_in)
{
    static const char *const endings[] = { ".png", ".jpg", ".webp" };
    struct fixture f;
    REQUIRE(set_up(&f));
    for (enum ct_format format = CT_FORMAT_PNG; format <= CT_FORMAT_WEBP; format++) {
        char name[CT_PICTURE_NAME_MAX], bytes[64] = "";
        struct ct_picture_file file;
        struct ct_err err = { 0 };
        CHECK_INT(ct_pictures_put(f.pictures, name, f.file, format, &err), CT_OK);
        CHECK(ct_slice_ends(ct_slice(name), endings[format]));
        REQUIRE(ct_pictures_get(f.pictures, &file, ct_slice(name), &err) == CT_OK);
        CHECK_INT(file.size, 16);
        CHECK_INT(file.format, format);
        CHECK_INT(read(file.fd, bytes, sizeof(bytes)), 16);
        CHECK_STR(bytes, "any bytes at all");
        close(file.fd);
    }
    CHECK_INT(folder_count(&f.folder), 3);
    tear_down(&f);
}

TEST(pictures__the_name_is_the_hash)
{
    struct fixture f;
    char name[CT_PICTURE_NAME_MAX];
    REQUIRE(set_up(&f));
    struct ct_blob *abc = ct_blob_copy("abc", 3);
    REQUIRE(abc);
    CHECK_INT(ct_pictures_put(f.pictures, name, abc, CT_FORMAT_PNG, NULL), CT_OK);
    CHECK_STR(name, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad.png");
    ct_blob_unref(&abc);
    tear_down(&f);
}

TEST(pictures__the_same_content_is_stored_once)
{
    struct fixture f;
    char first[CT_PICTURE_NAME_MAX], second[CT_PICTURE_NAME_MAX];
    struct stat before, after;
    REQUIRE(set_up(&f));
    CHECK_INT(ct_pictures_put(f.pictures, first, f.file, CT_FORMAT_PNG, NULL), CT_OK);
    REQUIRE(stat(stored_path(&f, first), &before) == 0);
    disk_break(DISK_OPEN, 1); /* the second time nothing is opened for writing */
    CHECK_INT(ct_pictures_put(f.pictures, second, f.file, CT_FORMAT_PNG, NULL), CT_OK);
    disk_mend();
    REQUIRE(stat(stored_path(&f, second), &after) == 0);
    CHECK_STR(second, first);
    CHECK(before.st_ino == after.st_ino);
    CHECK_INT(folder_count(&f.folder), 1);
    tear_down(&f);
}

TEST(pictures__a_cut_file_is_written_again)
{
    struct fixture f;
    char name[CT_PICTURE_NAME_MAX];
    struct stat st;
    REQUIRE(set_up(&f));
    CHECK_INT(ct_pictures_put(f.pictures, name, f.file, CT_FORMAT_PNG, NULL), CT_OK);
    REQUIRE(truncate(stored_path(&f, name), 3) == 0);
    CHECK_INT(ct_pictures_put(f.pictures, name, f.file, CT_FORMAT_PNG, NULL), CT_OK);
    CHECK(stat(stored_path(&f, name), &st) == 0 && st.st_size == 16);
    tear_down(&f);
}

TEST(pictures__only_exact_names_are_found)
{
#define HASH "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    static const struct ct_slice wrong[] = {
        { "", 0 },
        { HASH, 64 },
        { HASH ".", 65 },
        { HASH ".jpg", 68 }, /* a known extension, but not this picture's */
        { HASH ".gif", 68 },
        { HASH ".PNG", 68 },
        { HASH ".png/", 69 },
        { HASH ".png\0", 69 },
        { HASH ".pngpngpngpng", 77 },
        { "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD.png", 68 },
        { "../ba/" HASH ".png", 74 },
        { "../../../../../../../../../../../../../../../../../etc/passwd0000.png", 68 },
        { "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a/.png", 68 },
    };
    struct fixture f;
    char name[CT_PICTURE_NAME_MAX];
    REQUIRE(set_up(&f));
    struct ct_blob *abc = ct_blob_copy("abc", 3);
    REQUIRE(abc);
    CHECK_INT(ct_pictures_put(f.pictures, name, abc, CT_FORMAT_PNG, NULL), CT_OK);
    CHECK_INT(get(&f, CT_S(HASH ".png")), CT_OK);
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        CHECK_INT(get(&f, wrong[i]), CT_E_NOT_FOUND);
    ct_blob_unref(&abc);
    tear_down(&f);
#undef HASH
}

TEST(pictures__planted_links_and_folders_are_not_followed)
{
    struct fixture f;
    char name[CT_PICTURE_NAME_MAX];
    struct stat st;
    REQUIRE(set_up(&f));
    CHECK_INT(ct_pictures_put(f.pictures, name, f.file, CT_FORMAT_PNG, NULL), CT_OK);
    REQUIRE(folder_write(&f.folder, "outside", "sixteen letters!"));
    REQUIRE(unlink(stored_path(&f, name)) == 0);
    REQUIRE(symlink(folder_path(&f.folder, "outside"), stored_path(&f, name)) == 0);
    CHECK_INT(get(&f, ct_slice(name)), CT_E_NOT_FOUND);

    /* The link's target has the right size, and is still no stored picture. */
    CHECK_INT(ct_pictures_put(f.pictures, name, f.file, CT_FORMAT_PNG, NULL), CT_OK);
    CHECK(lstat(stored_path(&f, name), &st) == 0 && S_ISREG(st.st_mode));
    CHECK_INT(get(&f, ct_slice(name)), CT_OK);
    CHECK_STR(folder_read(&f.folder, "outside"), "sixteen letters!");

    REQUIRE(unlink(stored_path(&f, name)) == 0);
    REQUIRE(mkdir(stored_path(&f, name), 0700) == 0);
    CHECK_INT(get(&f, ct_slice(name)), CT_E_NOT_FOUND);
    CHECK_INT(ct_pictures_put(f.pictures, name, f.file, CT_FORMAT_PNG, NULL), CT_E_IO);
    tear_down(&f);
}

TEST(pictures__a_failing_disk_leaves_no_file)
{
    /* Opened are the folder and the file; synced are the file and, last, the folder. */
    static const struct {
        enum disk_call call;
        int nth;
    } failures[] = {
        { DISK_OPEN, 1 }, { DISK_OPEN, 2 }, { DISK_WRITE, 1 }, { DISK_FSYNC, 1 }, { DISK_RENAME, 1 }
    };
    struct fixture f;
    REQUIRE(set_up(&f));
    for (size_t i = 0; i < sizeof(failures) / sizeof(failures[0]); i++) {
        char name[CT_PICTURE_NAME_MAX];
        struct ct_err err = { 0 };
        disk_break(failures[i].call, failures[i].nth);
        CHECK_INT(ct_pictures_put(f.pictures, name, f.file, CT_FORMAT_PNG, &err), CT_E_IO);
        disk_mend();
        CHECK(err.msg[0] != '\0');
        CHECK_INT(folder_count(&f.folder), 0);
        CHECK_INT(get(&f, ct_slice(name)), CT_E_NOT_FOUND);
    }
    tear_down(&f);
}

TEST(pictures__a_folder_that_cannot_be_synced_is_an_error)
{
    struct fixture f;
    char name[CT_PICTURE_NAME_MAX];
    REQUIRE(set_up(&f));
    disk_break(DISK_FSYNC, 2);
    CHECK_INT(ct_pictures_put(f.pictures, name, f.file, CT_FORMAT_PNG, NULL), CT_E_IO);
    disk_mend();
    CHECK_INT(folder_count(&f.folder), 1); /* whole, under its own name; nothing half-written */
    CHECK_INT(get(&f, ct_slice(name)), CT_OK);
    tear_down(&f);
}

TEST(pictures__a_file_in_the_place_of_a_folder_is_an_error)
{
    struct fixture f;
    char name[CT_PICTURE_NAME_MAX];
    REQUIRE(set_up(&f));
    struct ct_blob *abc = ct_blob_copy("abc", 3);
    REQUIRE(abc);
    REQUIRE(folder_write(&f.folder, "pictures/ba", "in the way"));
    CHECK_INT(ct_pictures_put(f.pictures, name, abc, CT_FORMAT_PNG, NULL), CT_E_IO);
    CHECK_INT(get(&f, ct_slice(name)), CT_E_NOT_FOUND);
    ct_blob_unref(&abc);
    tear_down(&f);
}

TEST(pictures__open_says_what_is_in_the_way)
{
    struct folder folder = folder_make();
    struct ct_pictures *pictures = NULL;
    struct ct_err err = { 0 };
    REQUIRE(folder_write(&folder, "file", ""));
    CHECK_INT(ct_pictures_open(&pictures, folder_path(&folder, "file"), &err), CT_E_CONFIG);
    CHECK(pictures == NULL);
    CHECK(strstr(err.msg, "--data DIR") != NULL);

    disk_break(DISK_WRITE, 1); /* an empty file needs no write: only the others can stop it */
    CHECK_INT(ct_pictures_open(&pictures, folder.path, &err), CT_OK);
    ct_pictures_close(&pictures);
    for (enum disk_call call = DISK_OPEN; call < DISK_CALL_COUNT; call++) {
        if (call == DISK_WRITE)
            continue;
        disk_break(call, 1);
        CHECK_INT(ct_pictures_open(&pictures, folder.path, &err), CT_E_CONFIG);
        CHECK(strstr(err.msg, "cannot be written") != NULL);
    }
    disk_mend();
    CHECK_INT(folder_count(&folder), 1);
    ct_pictures_close(&pictures); /* NULL is fine */
    folder_remove(&folder);
}

TEST(pictures__open_survives_every_failed_allocation)
{
    struct folder folder = folder_make();
    struct ct_pictures *pictures = NULL;
    ct_code rc = CT_E_MEMORY;
    int nth = 0;
    while (rc != CT_OK && nth < 20) {
        ct_mem_fail_nth(++nth);
        rc = ct_pictures_open(&pictures, folder.path, NULL);
        ct_mem_fail_nth(0);
        CHECK(rc == CT_OK || (rc == CT_E_MEMORY && !pictures));
    }
    CHECK(nth > 2);
    CHECK_INT(rc, CT_OK);
    ct_pictures_close(&pictures);
    folder_remove(&folder);
}

TEST(pictures__are_removed_unless_they_were_needed_lately)
{
    struct fixture f;
    char name[CT_PICTURE_NAME_MAX];
    struct timespec old[2] = { { .tv_sec = 1000 }, { .tv_sec = 1000 } };
    bool removed = true;
    REQUIRE(set_up(&f));
    REQUIRE(ct_pictures_put(f.pictures, name, f.file, CT_FORMAT_PNG, NULL) == CT_OK);
    CHECK_INT(ct_pictures_remove(f.pictures, ct_slice(name), 5000, &removed, NULL), CT_OK);
    CHECK(!removed); /* just put */
    REQUIRE(utimensat(AT_FDCWD, stored_path(&f, name), old, 0) == 0);
    CHECK(ct_pictures_touch(f.pictures, ct_slice(name)));
    CHECK_INT(ct_pictures_remove(f.pictures, ct_slice(name), 5000, &removed, NULL), CT_OK);
    CHECK(!removed);
    REQUIRE(utimensat(AT_FDCWD, stored_path(&f, name), old, 0) == 0);
    REQUIRE(ct_pictures_put(f.pictures, name, f.file, CT_FORMAT_PNG, NULL) == CT_OK);
    CHECK_INT(ct_pictures_remove(f.pictures, ct_slice(name), 5000, &removed, NULL), CT_OK);
    CHECK(!removed); /* put again */
    REQUIRE(utimensat(AT_FDCWD, stored_path(&f, name), old, 0) == 0);
    CHECK_INT(ct_pictures_remove(f.pictures, ct_slice(name), 5000, &removed, NULL), CT_OK);
    CHECK(removed);
    CHECK_INT(get(&f, ct_slice(name)), CT_E_NOT_FOUND);
    CHECK(!ct_pictures_touch(f.pictures, ct_slice(name)));
    CHECK_INT(ct_pictures_remove(f.pictures, CT_S("../secret"), 5000, &removed, NULL), CT_OK);
    CHECK(!removed);
    tear_down(&f);
}
