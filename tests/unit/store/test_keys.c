#include "t.h"

#include "broken_disk.h"
#include "folder.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "store/keys.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static int64_t now_us;

static int64_t stopped_clock(void)
{
    return now_us;
}

static int64_t wall_clock(void)
{
    return 1795132800; /* 2026-11-20 */
}

struct fixture {
    struct folder folder;
    struct ct_keys *keys;
};

static bool set_up(struct fixture *f)
{
    now_us = 5000000;
    ct_clock_replace(stopped_clock, wall_clock);
    *f = (struct fixture){ .folder = folder_make() };
    return ct_keys_open(&f->keys, f->folder.path, NULL) == CT_OK;
}

static void tear_down(struct fixture *f)
{
    ct_keys_close(&f->keys);
    folder_remove(&f->folder);
    ct_clock_replace(NULL, NULL);
}

struct made {
    char secret[CT_KEY_SECRET_MAX];
    struct ct_key_info info;
};

static bool create(struct made *made, struct ct_keys *keys, const char *name)
{
    return ct_keys_create(keys, made->secret, &made->info, ct_slice(name), NULL) == CT_OK;
}

static bool knows(struct ct_keys *keys, const struct made *made)
{
    char id[CT_KEY_ID_MAX] = "";
    return ct_keys_check(keys, ct_slice(made->secret), id) && strcmp(id, made->info.id) == 0;
}

static void refresh_later(struct ct_keys *keys)
{
    now_us += 1000000;
    ct_keys_refresh(keys);
}

TEST(keys__a_new_key_is_known_and_only_its_hash_is_kept)
{
    struct fixture f;
    struct made made;
    struct stat st;
    char id[CT_KEY_ID_MAX] = "untouched";
    REQUIRE(set_up(&f));
    CHECK_INT(ct_keys_count(f.keys), 0);
    REQUIRE(create(&made, f.keys, "laptop of Ada"));
    CHECK(ct_slice_starts(ct_slice(made.secret), "sk-calotype-"));
    CHECK_INT(strlen(made.secret), 55);
    CHECK(ct_slice_starts(ct_slice(made.info.id), "key_"));
    CHECK_STR(made.info.created, "2026-11-20");
    CHECK_STR(made.info.name, "laptop of Ada");
    CHECK(knows(f.keys, &made));
    CHECK(!ct_keys_check(f.keys, CT_S("sk-calotype-wrong"), id));
    CHECK(!ct_keys_check(f.keys, CT_S(""), id));
    CHECK(!ct_keys_check(f.keys, ct_slice_n(made.secret, strlen(made.secret) - 1), id));
    CHECK_STR(id, "untouched");

    const char *text = folder_read(&f.folder, "keys");
    REQUIRE(text);
    CHECK(strstr(text, made.secret) == NULL);
    CHECK(strstr(text, made.secret + 12) == NULL);
    CHECK(strstr(text, made.info.id) != NULL);
    CHECK(stat(folder_path(&f.folder, "keys"), &st) == 0 && (st.st_mode & 0777) == 0600);
    tear_down(&f);
}

static void collect(void *ctx, const struct ct_key_info *info)
{
    char *text = ctx;
    size_t at = strlen(text);
    snprintf(text + at, 256 - at, "%s%s;", info->revoked ? "-" : "", info->name);
}

TEST(keys__are_listed_oldest_first)
{
    struct fixture f;
    struct made made[3];
    char text[256] = "";
    REQUIRE(set_up(&f));
    REQUIRE(create(&made[0], f.keys, "one") && create(&made[1], f.keys, "two") &&
            create(&made[2], f.keys, "three"));
    CHECK_INT(ct_keys_revoke(f.keys, ct_slice(made[1].info.id), NULL), CT_OK);
    ct_keys_each(f.keys, collect, text);
    CHECK_STR(text, "one;-two;three;");
    CHECK_INT(ct_keys_count(f.keys), 3);
    CHECK_INT(ct_keys_active(f.keys), 2);
    tear_down(&f);
}

TEST(keys__a_revoked_key_is_unknown_and_stays_counted)
{
    struct fixture f;
    struct made made;
    struct ct_keys *again = NULL;
    struct ct_err err = { 0 };
    REQUIRE(set_up(&f));
    REQUIRE(create(&made, f.keys, "short-lived"));
    CHECK_INT(ct_keys_revoke(f.keys, ct_slice(made.info.id), &err), CT_OK);
    CHECK_INT(ct_keys_revoke(f.keys, ct_slice(made.info.id), &err), CT_OK);
    CHECK(!knows(f.keys, &made));
    CHECK_INT(ct_keys_active(f.keys), 0);
    CHECK_INT(ct_keys_count(f.keys), 1);
    REQUIRE(ct_keys_open(&again, f.folder.path, &err) == CT_OK);
    CHECK(!knows(again, &made));
    CHECK_INT(ct_keys_count(again), 1);
    ct_keys_close(&again);
    CHECK_INT(ct_keys_revoke(f.keys, CT_S("key_000000000000"), &err), CT_E_NOT_FOUND);
    CHECK(strstr(err.msg, "key_000000000000") != NULL);
    CHECK_INT(ct_keys_revoke(f.keys, CT_S(""), NULL), CT_E_NOT_FOUND);
    tear_down(&f);
}

TEST(keys__names_stay_on_their_line)
{
    struct fixture f;
    struct made made;
    struct ct_keys *again = NULL;
    char list[256] = "";
    REQUIRE(set_up(&f));
    REQUIRE(create(&made, f.keys, "  two\nlines\tand #more  "));
    CHECK_STR(made.info.name, "two lines and #more");
    REQUIRE(create(&made, f.keys, ""));
    REQUIRE(ct_keys_open(&again, f.folder.path, NULL) == CT_OK);
    ct_keys_each(again, collect, list);
    CHECK_STR(list, "two lines and #more;;");
    ct_keys_close(&again);
    tear_down(&f);
}

TEST(keys__a_long_name_is_cut_between_characters)
{
    struct fixture f;
    struct made made;
    char name[200] = "x";
    REQUIRE(set_up(&f));
    for (int i = 0; i < 60; i++)
        strcat(name, "\xC3\xA9");
    REQUIRE(create(&made, f.keys, name));
    CHECK(strlen(made.info.name) >= 90);
    CHECK(ct_utf8_valid(ct_slice(made.info.name)));
    tear_down(&f);
}

TEST(keys__another_process_is_noticed_within_a_second)
{
    struct fixture f;
    struct made made = { 0 };
    int channel[2], status = 0;
    REQUIRE(set_up(&f));
    REQUIRE(pipe(channel) == 0);
    ct_keys_refresh(f.keys);
    pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        struct ct_keys *keys;
        bool ok = ct_keys_open(&keys, f.folder.path, NULL) == CT_OK &&
                  create(&made, keys, "from afar") &&
                  write(channel[1], &made, sizeof(made)) == (ssize_t)sizeof(made);
        _exit(ok ? 0 : 1);
    }
    CHECK_INT(read(channel[0], &made, sizeof(made)), sizeof(made));
    REQUIRE(waitpid(child, &status, 0) == child && status == 0);
    close(channel[0]);
    close(channel[1]);
    ct_keys_refresh(f.keys); /* too early: looked at no more than once a second */
    CHECK(!knows(f.keys, &made));
    refresh_later(f.keys);
    CHECK(knows(f.keys, &made));
    tear_down(&f);
}

TEST(keys__two_writers_lose_nothing)
{
    struct fixture f;
    struct ct_keys *other = NULL;
    struct made a, b, c;
    REQUIRE(set_up(&f));
    REQUIRE(ct_keys_open(&other, f.folder.path, NULL) == CT_OK);
    REQUIRE(create(&a, f.keys, "a") && create(&b, other, "b") && create(&c, f.keys, "c"));
    CHECK_INT(ct_keys_revoke(other, ct_slice(a.info.id), NULL), CT_OK);
    refresh_later(f.keys);
    CHECK_INT(ct_keys_count(f.keys), 3);
    CHECK(!knows(f.keys, &a));
    CHECK(knows(f.keys, &b) && knows(f.keys, &c));
    CHECK(strcmp(b.secret, c.secret) != 0 && strcmp(b.info.id, c.info.id) != 0);
    ct_keys_close(&other);
    tear_down(&f);
}

TEST(keys__a_damaged_file_keeps_the_keys_we_know)
{
    struct fixture f;
    struct made made;
    char good[4096];
    REQUIRE(set_up(&f));
    REQUIRE(create(&made, f.keys, "kept"));
    snprintf(good, sizeof(good), "%s", folder_read(&f.folder, "keys"));
    REQUIRE(folder_write(&f.folder, "keys", "key_half"));
    refresh_later(f.keys);
    CHECK(knows(f.keys, &made));
    CHECK_INT(ct_keys_count(f.keys), 1);

    /* Nothing is written over it either. */
    struct made next;
    CHECK_INT(ct_keys_create(f.keys, next.secret, &next.info, CT_S("x"), NULL), CT_E_CONFIG);
    CHECK_STR(folder_read(&f.folder, "keys"), "key_half");

    REQUIRE(folder_write(&f.folder, "keys", good));
    refresh_later(f.keys);
    CHECK(knows(f.keys, &made));
    tear_down(&f);
}

TEST(keys__a_removed_file_means_no_keys)
{
    struct fixture f;
    struct made made;
    REQUIRE(set_up(&f));
    REQUIRE(create(&made, f.keys, "gone"));
    REQUIRE(unlink(folder_path(&f.folder, "keys")) == 0);
    refresh_later(f.keys);
    CHECK(!knows(f.keys, &made));
    CHECK_INT(ct_keys_count(f.keys), 0);
    tear_down(&f);
}

#define HASH "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

TEST(keys__open_reads_what_a_person_may_have_edited)
{
    struct folder folder = folder_make();
    struct ct_keys *keys = NULL;
    char id[CT_KEY_ID_MAX], list[256] = "";
    REQUIRE(folder_write(&folder, "keys",
                         "# a remark\r\n\r\n"
                         "  key_0123456789ab   2026-11-20  sha256:" HASH "   blanks  inside \r\n"
                         "-key_0123456789ac 2026-11-20 sha256:" HASH)); /* no last line end */
    REQUIRE(ct_keys_open(&keys, folder.path, NULL) == CT_OK);
    CHECK(ct_keys_check(keys, CT_S("abc"), id));
    CHECK_STR(id, "key_0123456789ab");
    ct_keys_each(keys, collect, list);
    CHECK_STR(list, "blanks  inside;-;");
    ct_keys_close(&keys);
    folder_remove(&folder);
}

TEST(keys__open_names_the_line_it_cannot_read)
{
    static const char *const damaged[] = {
        "key_1 2026-11-20\n",
        "key_1 2026-11-20 sha256:abc name\n",
        "key_1 2026-11-20 sha256:" HASH "00 name\n",
        "key_1 2026-11-20 md5:" HASH " name\n",
        "key_1 yesterday sha256:" HASH " name\n",
        "1 2026-11-20 sha256:" HASH " name\n",
        "--key_1 2026-11-20 sha256:" HASH " name\n",
        "key_12345678901234567890 2026-11-20 sha256:" HASH " name\n",
        "\x01\x02\x03",
        "-",
    };
    for (size_t i = 0; i < sizeof(damaged) / sizeof(damaged[0]); i++) {
        struct folder folder = folder_make();
        struct ct_keys *keys = NULL;
        struct ct_err err = { 0 };
        char text[512];
        snprintf(text, sizeof(text), "# remark\n%s", damaged[i]);
        REQUIRE(folder_write(&folder, "keys", text));
        CHECK_INT(ct_keys_open(&keys, folder.path, &err), CT_E_CONFIG);
        CHECK(keys == NULL);
        CHECK(strstr(err.msg, "/keys:2: ") != NULL);
        folder_remove(&folder);
    }
}

TEST(keys__a_failing_disk_makes_no_key)
{
    static const struct {
        enum disk_call call;
        int nth;
    } failures[] = {
        { DISK_OPEN, 1 }, { DISK_OPEN, 2 }, { DISK_WRITE, 1 }, { DISK_FSYNC, 1 }, { DISK_RENAME, 1 }
    };
    struct fixture f;
    struct made kept;
    char before[4096];
    REQUIRE(set_up(&f));
    REQUIRE(create(&kept, f.keys, "kept"));
    snprintf(before, sizeof(before), "%s", folder_read(&f.folder, "keys"));
    for (size_t i = 0; i < sizeof(failures) / sizeof(failures[0]); i++) {
        struct made made;
        struct ct_err err = { 0 };
        disk_break(failures[i].call, failures[i].nth);
        CHECK_INT(ct_keys_create(f.keys, made.secret, &made.info, CT_S("lost"), &err), CT_E_IO);
        CHECK(!knows(f.keys, &made));
        CHECK_STR(made.secret, ""); /* a secret nobody stored is shown to nobody */
        disk_break(failures[i].call, failures[i].nth);
        CHECK_INT(ct_keys_revoke(f.keys, ct_slice(kept.info.id), &err), CT_E_IO);
        disk_mend();
        CHECK(knows(f.keys, &kept));
        CHECK_INT(ct_keys_count(f.keys), 1);
        CHECK_STR(folder_read(&f.folder, "keys"), before);
        CHECK_INT(folder_count(&f.folder), 2); /* keys and keys.lock */
    }
    tear_down(&f);
}

TEST(keys__a_full_disk_and_no_memory_still_revert)
{
    struct fixture f;
    struct made kept, made;
    REQUIRE(set_up(&f));
    REQUIRE(create(&kept, f.keys, "kept"));
    for (long nth = 1; nth < 16; nth++) {
        disk_break(DISK_RENAME, 1);
        ct_mem_fail_nth(nth);
        CHECK(ct_keys_create(f.keys, made.secret, &made.info, CT_S("lost"), NULL) != CT_OK);
        CHECK_INT(ct_keys_count(f.keys), 1);
        ct_mem_fail_nth(nth);
        CHECK(ct_keys_revoke(f.keys, ct_slice(kept.info.id), NULL) != CT_OK);
        ct_mem_fail_nth(0);
        disk_mend();
        CHECK(knows(f.keys, &kept));
    }
    tear_down(&f);
}

TEST(keys__survive_every_failed_allocation)
{
    struct fixture f;
    struct made kept, made;
    REQUIRE(set_up(&f));
    REQUIRE(create(&kept, f.keys, "kept"));
    ct_code rc = CT_E_MEMORY;
    int nth = 0;
    while (rc != CT_OK && nth < 50) {
        ct_mem_fail_nth(++nth);
        rc = ct_keys_create(f.keys, made.secret, &made.info, CT_S("new"), NULL);
        ct_mem_fail_nth(0);
        CHECK(rc == CT_OK || rc == CT_E_MEMORY || rc == CT_E_IO);
        CHECK_INT(ct_keys_count(f.keys), rc == CT_OK ? 2 : 1);
        CHECK(knows(f.keys, &kept));
    }
    CHECK(nth > 3);
    CHECK_INT(rc, CT_OK);
    struct ct_keys *again = NULL;
    for (nth = 1, rc = CT_E_MEMORY; rc != CT_OK && nth < 50; nth++) {
        ct_mem_fail_nth(nth);
        rc = ct_keys_open(&again, f.folder.path, NULL);
        ct_mem_fail_nth(0);
        CHECK((rc == CT_OK) == (again != NULL));
    }
    CHECK_INT(rc, CT_OK);
    ct_keys_close(&again);
    tear_down(&f);
}

TEST(keys__the_folder_is_made_on_the_first_key)
{
    struct folder folder = folder_make();
    struct ct_keys *keys = NULL;
    struct made made;
    REQUIRE(ct_keys_open(&keys, folder_path(&folder, "not/yet"), NULL) == CT_OK);
    CHECK_INT(folder_count(&folder), 0);
    CHECK(create(&made, keys, "first"));
    CHECK(knows(keys, &made));
    ct_keys_close(&keys);

    REQUIRE(folder_write(&folder, "file", ""));
    CHECK_INT(ct_keys_open(&keys, folder_path(&folder, "file"), NULL), CT_E_IO);
    ct_keys_close(&keys); /* NULL is fine */
    folder_remove(&folder);
}
