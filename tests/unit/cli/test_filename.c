#include "t.h"

#include "folder.h"

#include "base/utf8.h"
#include "cli/filename.h"

#include <sys/stat.h>
#include <unistd.h>

TEST(filename__slugs_keep_letters_and_digits_of_any_script)
{
    static const struct {
        const char *prompt, *slug;
    } cases[] = {
        { "A white ceramic mug, on marble!", "a-white-ceramic-mug-on-marble" },
        { "  --leading and trailing..  ", "leading-and-trailing" },
        { "../../etc/passwd", "etc-passwd" },
        { ".hidden", "hidden" },
        { "C:\\x\ny\tz", "c-x-y-z" },
        { "Caf\xC3\xA9 \xC3\x9C"
          "ber 7",
          "caf\xC3\xA9-\xC3\x9C"
          "ber-7" },
        { "\xE7\x8C\xAB \xE3\x81\xAE\xE7\xB5\xB5", "\xE7\x8C\xAB-\xE3\x81\xAE\xE7\xB5\xB5" },
        { "\xE7\x8C\xAB\xE3\x80\x82\xE7\x8A\xAC", "\xE7\x8C\xAB-\xE7\x8A\xAC" },
        { "cat \xF0\x9F\x90\xB1 dog", "cat-dog" },
        { "\xF0\x9F\x90\xB1", "picture" },
        { "?!...//", "picture" },
        { "", "picture" },
        { "a\xE2\x80\xAE"
          "b",
          "a-b" }, /* no right-to-left override in a name */
        { "a\xff\xfe"
          "b",
          "a-b" },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char slug[128];
        ct_filename_slug(slug, ct_slice(cases[i].prompt));
        CHECK_STR(slug, cases[i].slug);
    }
}

TEST(filename__long_prompts_make_short_slugs)
{
    static const char *const units[] = { "a", "\xC3\xA9", "\xE7\x8C\xAB", "word ",
                                         "/\xE7\x8C\xAB" };
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
        char prompt[8000] = "", slug[128];
        for (size_t at = 0; at + 8 < sizeof(prompt); at += strlen(units[i]))
            memcpy(prompt + at, units[i], strlen(units[i]) + 1);
        ct_filename_slug(slug, ct_slice(prompt));
        CHECK(strlen(slug) >= 58 && strlen(slug) <= 66);
        CHECK(ct_utf8_valid(ct_slice(slug)));
    }
}

TEST(filename__endings_name_formats)
{
    CHECK_STR(ct_format_of_filename("a.png"), "png");
    CHECK_STR(ct_format_of_filename("a.b.JPG"), "jpeg");
    CHECK_STR(ct_format_of_filename("/x/a.jpeg"), "jpeg");
    CHECK_STR(ct_format_of_filename("a.webp"), "webp");
    CHECK(ct_format_of_filename("a.gif") == NULL);
    CHECK(ct_format_of_filename("png") == NULL);
    CHECK(ct_format_of_filename("") == NULL);
}

/* The tests below work in a folder of their own: names from prompts are relative. */
static struct folder enter(void)
{
    struct folder folder = folder_make();
    CHECK(chdir(folder.path) == 0);
    return folder;
}

static void leave(struct folder *folder)
{
    CHECK(chdir("/") == 0);
    folder_remove(folder);
}

static char name[CT_FILENAME_MAX];
static struct ct_err err;

static ct_code save(const char *output, int number, bool force, const char *bytes)
{
    err = (struct ct_err){ 0 };
    return ct_filename_write(name, output, CT_S("a mug"), "png", number, force, ct_slice(bytes),
                             &err);
}

TEST(filename__free_names_never_overwrite)
{
    struct folder folder = enter();
    CHECK_INT(save(NULL, 0, false, "one"), CT_OK);
    CHECK_STR(name, "a-mug.png");
    CHECK_INT(save(NULL, 0, true, "two"), CT_OK); /* --force is about named files */
    CHECK_STR(name, "a-mug-2.png");
    REQUIRE(symlink("/nowhere", "a-mug-3.png") == 0); /* a dangling link is taken, too */
    CHECK_INT(save(NULL, 0, false, "three"), CT_OK);
    CHECK_STR(name, "a-mug-4.png");
    CHECK_STR(folder_read(&folder, "a-mug.png"), "one");
    CHECK_STR(folder_read(&folder, "a-mug-2.png"), "two");
    CHECK_STR(folder_read(&folder, "a-mug-4.png"), "three");
    leave(&folder);
}

TEST(filename__named_files_need_force_to_be_replaced)
{
    struct folder folder = enter();
    CHECK_INT(save("out.png", 0, false, "a long first text"), CT_OK);
    CHECK_INT(save("out.png", 0, false, "second"), CT_E_USAGE);
    CHECK(strstr(err.msg, "out.png exists already; --force replaces it") != NULL);
    CHECK_STR(folder_read(&folder, "out.png"), "a long first text");
    CHECK_INT(save("out.png", 0, true, "second"), CT_OK);
    CHECK_STR(folder_read(&folder, "out.png"), "second");
    leave(&folder);
}

TEST(filename__numbers_stand_before_the_ending)
{
    static const struct {
        const char *output, *name;
    } cases[] = {
        { "out.png", "out-2.png" },     { "out", "out-2" },       { "a.b.png", "a.b-2.png" },
        { "./out.png", "./out-2.png" }, { "./out", "./out-2" },   { ".hidden", ".hidden-2" },
        { "./.hidden", "./.hidden-2" }, { ".x.png", ".x-2.png" }, { "dir.d/out", "dir.d/out-2" },
    };
    struct folder folder = enter();
    REQUIRE(mkdir("dir.d", 0700) == 0);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        CHECK_INT(save(cases[i].output, 2, false, "x"), CT_OK);
        CHECK_STR(name, cases[i].name);
        CHECK_STR(folder_read(&folder, cases[i].name), "x");
        unlink(cases[i].name);
    }
    leave(&folder);
}

TEST(filename__says_why_a_file_cannot_be_made)
{
    struct folder folder = enter();
    char endless[2 * CT_FILENAME_MAX];
    CHECK_INT(save("missing/out.png", 0, false, "x"), CT_E_IO);
    CHECK_STR(err.msg, "Cannot make missing/out.png: No such file or directory");
    REQUIRE(folder_write(&folder, "file", ""));
    CHECK_INT(save("file/out.png", 0, true, "x"), CT_E_IO);
    CHECK(strstr(err.msg, "Not a directory") != NULL);
    CHECK_INT(save(".", 0, true, "x"), CT_E_IO);

    /* Cut to fit, this would have been written under another name. */
    memset(endless, '/', sizeof(endless));
    memcpy(endless, ".", 1);
    strcpy(endless + sizeof(endless) - 8, "out.png");
    CHECK_INT(save(endless, 0, false, "x"), CT_E_USAGE);
    CHECK(strstr(err.msg, "too long") != NULL);
    CHECK_INT(folder_count(&folder), 1);
    if (geteuid() != 0) {
        REQUIRE(chmod(folder.path, 0500) == 0);
        CHECK_INT(save(NULL, 0, false, "x"), CT_E_IO);
        CHECK_STR(err.msg, "Cannot make a-mug.png: Permission denied");
        REQUIRE(chmod(folder.path, 0700) == 0);
    }
    leave(&folder);
}

TEST(filename__a_full_disk_removes_files_but_no_devices)
{
    struct stat st;
    struct folder folder = enter();
    REQUIRE(symlink("/dev/full", "full") == 0);
    CHECK_INT(save("full", 0, true, "x"), CT_E_IO);
    CHECK(strstr(err.msg, "Cannot write full: No space left") != NULL);
    CHECK(lstat("full", &st) == 0);
    leave(&folder);
}
