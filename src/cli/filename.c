/* Saving under a good name, never over an existing file unless told to. Existence is decided by
 * open(O_EXCL), not by looking first, so two processes cannot take the same name. */
#include "cli/filename.h"

#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SLUG_BYTES 60
#define MAX_TRIES 10000

const char *ct_format_of_filename(const char *name)
{
    static const struct {
        const char *ending, *format;
    } endings[] = {
        { ".png", "png" }, { ".jpg", "jpeg" }, { ".jpeg", "jpeg" }, { ".webp", "webp" },
        { ".svg", "svg" }, { ".SVG", "svg" },
        { ".PNG", "png" }, { ".JPG", "jpeg" }, { ".JPEG", "jpeg" }, { ".WEBP", "webp" }
    };
    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
        if (ct_slice_ends(ct_slice(name), endings[i].ending))
            return endings[i].format;
    return NULL;
}

void ct_filename_slug(char out[128], struct ct_slice prompt)
{
    size_t at = 0, len = 0;
    bool gap = false;
    while (at < prompt.len && len < SLUG_BYTES) {
        size_t from = at;
        uint32_t c = ct_utf8_next(prompt, &at);
        bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                    (c >= 0xC0 && !(c >= 0x2000 && c <= 0x303F) && c < 0xFE00);
        if (!word) {
            gap = len > 0;
            continue;
        }
        if (gap)
            out[len++] = '-';
        gap = false;
        if (c >= 'A' && c <= 'Z') {
            out[len++] = (char)(c + 32);
        } else {
            memcpy(out + len, prompt.ptr + from, at - from);
            len += at - from;
        }
    }
    if (len == 0)
        len = (size_t)snprintf(out, 128, "picture");
    out[len] = '\0';
}

static ct_code write_all(int fd, struct ct_slice bytes, const char *name, struct ct_err *err)
{
    while (bytes.len > 0) {
        ssize_t n = write(fd, bytes.ptr, bytes.len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return ct_fail_errno(err, CT_E_IO, "Cannot write %s", name);
        bytes = ct_slice_sub(bytes, (size_t)n, bytes.len);
    }
    return CT_OK;
}

/* "out.png", 2 -> "out-2.png"; a dot that begins the name begins no ending. false: too long. */
static bool numbered(char name[CT_FILENAME_MAX], const char *output, int number)
{
    const char *slash = strrchr(output, '/'), *base = slash ? slash + 1 : output;
    const char *dot = strrchr(base, '.');
    int stem = dot && dot > base ? (int)(dot - output) : (int)strlen(output);
    int len = number > 0 ? snprintf(name, CT_FILENAME_MAX, "%.*s-%d%s", stem, output, number,
                                    output + stem)
                         : snprintf(name, CT_FILENAME_MAX, "%s", output);
    return len >= 0 && len < CT_FILENAME_MAX;
}

/* After a failed write; never a device or a pipe that somebody named with --force. */
static void remove_regular(int fd, const char *name)
{
    struct stat st;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
        unlink(name);
}

/* Opens a new file under the first free name made from the prompt. */
static int open_free(char name[CT_FILENAME_MAX], struct ct_slice prompt, const char *extension)
{
    char slug[128];
    int fd = -1;
    ct_filename_slug(slug, prompt);
    for (int i = 1; i <= MAX_TRIES; i++) {
        if (i == 1)
            snprintf(name, CT_FILENAME_MAX, "%s.%s", slug, extension);
        else
            snprintf(name, CT_FILENAME_MAX, "%s-%d.%s", slug, i, extension);
        fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0 || errno != EEXIST)
            break;
    }
    return fd;
}

ct_code ct_filename_write(char name[CT_FILENAME_MAX], const char *output, struct ct_slice prompt,
                          const char *extension, int number, bool force, struct ct_slice bytes,
                          struct ct_err *err)
{
    int fd;
    if (output && strcmp(output, "-") == 0) {
        snprintf(name, CT_FILENAME_MAX, "-");
        return write_all(STDOUT_FILENO, bytes, "the picture to stdout", err);
    }
    if (output) {
        if (!numbered(name, output, number))
            return ct_fail(err, CT_E_USAGE, NULL, "The file name %.40s... is too long.", output);
        fd = open(name, O_WRONLY | O_CREAT | O_CLOEXEC | (force ? O_TRUNC : O_EXCL), 0666);
        if (fd < 0 && errno == EEXIST)
            return ct_fail(err, CT_E_USAGE, NULL,
                           "%s exists already; --force replaces it, or leave out -o for a free "
                           "name.",
                           name);
    } else {
        fd = open_free(name, prompt, extension);
    }
    if (fd < 0)
        return ct_fail_errno(err, CT_E_IO, "Cannot make %s", name);
    ct_code rc = write_all(fd, bytes, name, err);
    if (rc != CT_OK)
        remove_regular(fd, name);
    if (close(fd) != 0 && rc == CT_OK)
        rc = ct_fail_errno(err, CT_E_IO, "Cannot write %s", name);
    return rc;
}
