#include "t.h"

#include "base/blob.h"
#include "cli/term.h"
#include "image/codec.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

/* What ct_preview() writes to a terminal of 80 columns: it runs in a child whose stderr is one. */
static char shown[1 << 18];

static int preview_on(const char *variable, const char *value, struct ct_slice file)
{
    static const char *const others[] = { "KITTY_WINDOW_ID", "TERM", "KONSOLE_VERSION",
                                          "TERM_PROGRAM", "LC_TERMINAL" };
    int terminal = posix_openpt(O_RDWR | O_NOCTTY), status = -1;
    if (terminal < 0 || grantpt(terminal) != 0 || unlockpt(terminal) != 0)
        return -1;
    pid_t child = fork();
    if (child == 0) {
        int slave = open(ptsname(terminal), O_RDWR | O_NOCTTY);
        for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
            unsetenv(others[i]);
        setenv(variable, value, 1);
        if (slave < 0 || dup2(slave, STDERR_FILENO) < 0)
            _exit(99);
        close(slave);
        close(terminal);
        _exit((int)ct_preview(file, NULL));
    }
    size_t len = 0;
    int slave = -1;
    for (;;) { /* EIO when the child has closed its end; before it opened it as well */
        ssize_t got = read(terminal, shown + len, sizeof(shown) - 1 - len);
        if (got > 0)
            len += (size_t)got;
        else if (waitpid(child, &status, slave < 0 ? WNOHANG : 0) == child)
            break;
        else
            usleep(1000);
    }
    close(terminal);
    shown[len] = '\0';
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static struct ct_blob *picture(enum ct_format format, int width, int height)
{
    struct ct_image *image = NULL;
    struct ct_blob *file = NULL;
    if (ct_image_new(&image, width, height, 3, NULL) != CT_OK)
        return NULL;
    for (int i = 0; i < width * height; i++)
        memcpy(image->px + 3 * (size_t)i, i < width * height / 2 ? "\xff\0\0" : "\0\0\xff", 3);
    struct ct_encode_params params = { .format = format };
    ct_code rc = ct_encode(&file, image, &params, NULL);
    ct_image_unref(&image);
    return rc == CT_OK ? file : NULL;
}

static int count(const char *part)
{
    int n = 0;
    for (const char *at = shown; (at = strstr(at, part)); at += strlen(part))
        n++;
    return n;
}

TEST(preview__half_blocks_everywhere_else)
{
    struct ct_blob *file = picture(CT_FORMAT_PNG, 160, 80);
    REQUIRE(file);
    CHECK_INT(preview_on("TERM", "xterm-256color", ct_slice_n(file->data, file->len)), CT_OK);
    CHECK_INT(count("\xE2\x96\x80"), 80 * 20); /* two pixels a cell */
    CHECK_INT(count("\n"), 20);
    CHECK(strstr(shown, "\x1b[38;2;255;0;0m\x1b[48;2;255;0;0m") == shown);
    CHECK_INT(count("\x1b[38;2;0;0;255m\x1b[48;2;0;0;255m"), 80 * 10);
    ct_blob_unref(&file);
}

TEST(preview__tiny_and_narrow_pictures)
{
    static const int sizes[][2] = { { 1, 1 }, { 300, 1 }, { 1, 300 }, { 3, 5 } };
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        struct ct_blob *file = picture(CT_FORMAT_PNG, sizes[i][0], sizes[i][1]);
        REQUIRE(file);
        CHECK_INT(preview_on("TERM", "xterm", ct_slice_n(file->data, file->len)), CT_OK);
        CHECK(count("\xE2\x96\x80") >= 1);
        CHECK_INT(preview_on("TERM", "foot", ct_slice_n(file->data, file->len)), CT_OK);
        CHECK(strstr(shown, "\x1bPq#0;2;0;0;0") == shown);
        CHECK(count("\x1b\\") == 1);
        ct_blob_unref(&file);
    }
}

TEST(preview__kitty_gets_png_whatever_the_file_is)
{
    for (enum ct_format format = CT_FORMAT_PNG; format <= CT_FORMAT_WEBP; format++) {
        struct ct_blob *file = picture(format, 16, 16);
        REQUIRE(file);
        CHECK_INT(preview_on("KITTY_WINDOW_ID", "1", ct_slice_n(file->data, file->len)), CT_OK);
        CHECK(strstr(shown, "\x1b_Ga=T,f=100,c=80,m=0;iVBORw0KGgo") == shown);
        ct_blob_unref(&file);
    }
}

TEST(preview__iterm2_gets_the_file_as_it_is)
{
    struct ct_blob *file = picture(CT_FORMAT_JPEG, 16, 16);
    char start[64];
    REQUIRE(file);
    CHECK_INT(preview_on("TERM_PROGRAM", "iTerm.app", ct_slice_n(file->data, file->len)), CT_OK);
    snprintf(start, sizeof(start), "\x1b]1337;File=inline=1;size=%zu;width=80:/9j/", file->len);
    CHECK(strstr(shown, start) == shown);
    ct_blob_unref(&file);
}

TEST(preview__refuses_what_is_no_picture)
{
    CHECK_INT(preview_on("TERM", "xterm", CT_S("hello")), CT_E_IMAGE_FILE);
    CHECK_STR(shown, "");
    CHECK_INT(preview_on("KITTY_WINDOW_ID", "1", CT_S("\x89PNG\r\n\x1a\n\x1b]0;evil\a")),
              CT_E_IMAGE_FILE);
    CHECK_STR(shown, "");
}
