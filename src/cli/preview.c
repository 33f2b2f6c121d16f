/* Pictures in the terminal, best protocol first:
 *
 *   kitty       kitty, Ghostty, WezTerm, Konsole: PNG by escape sequence, base64 in 4 KB chunks
 *   iTerm2      iTerm2, mintty, VS Code: the file as it is
 *   sixel       foot, mlterm, xterm with sixel: 6x6x6 colours, dithered
 *   half blocks everybody else: two pixels a cell in 24-bit colour
 *
 * The terminal is recognised by its environment; that never hangs, unlike asking it. Pixels are
 * scaled by box averaging in linear light, so a preview is as bright as the picture. */
#include "cli/term.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/base64.h"
#include "base/mem.h"
#include "image/codec.h"
#include "image/decode.h"

#define MAX_COLUMNS 80
#define KITTY_CHUNK 4096
#define OUTPUT_MAX ((size_t)256 << 20)
#define SIXEL_WIDTH_PX 640

enum protocol { KITTY, ITERM2, SIXEL, HALF_BLOCKS };

static bool env_is(const char *name, const char *part)
{
    const char *value = getenv(name);
    return value && strstr(value, part);
}

static enum protocol terminal_protocol(void)
{
    if (getenv("KITTY_WINDOW_ID") || env_is("TERM", "kitty") || env_is("TERM", "ghostty") ||
        getenv("KONSOLE_VERSION") || env_is("TERM_PROGRAM", "WezTerm"))
        return KITTY;
    if (env_is("TERM_PROGRAM", "iTerm") || env_is("LC_TERMINAL", "iTerm2") ||
        env_is("TERM_PROGRAM", "mintty") || env_is("TERM_PROGRAM", "vscode"))
        return ITERM2;
    if (env_is("TERM", "foot") || env_is("TERM", "mlterm") || env_is("TERM", "sixel"))
        return SIXEL;
    return HALF_BLOCKS;
}

static int terminal_columns(void)
{
    struct winsize size = { 0 };
    int columns = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
    return columns <= 0 || columns > MAX_COLUMNS ? MAX_COLUMNS : columns;
}

/* ---- scaling: linear RGB over black, box filter ---- */

struct pixels {
    int width, height;
    float *rgb;
};

static float to_linear(uint8_t v)
{
    float c = (float)v / 255.0f;
    return c <= 0.04045f ? c / 12.92f : powf((c + 0.055f) / 1.055f, 2.4f);
}

static uint8_t to_srgb(float c)
{
    c = c < 0 ? 0 : c > 1 ? 1 : c;
    c = c <= 0.0031308f ? 12.92f * c : 1.055f * powf(c, 1 / 2.4f) - 0.055f;
    return (uint8_t)(c * 255.0f + 0.5f);
}

static void average(float out[3], const struct ct_image *image, const float table[256], int x0,
                    int y0, int x1, int y1)
{
    float sum[3] = { 0 };
    for (int y = y0; y < y1; y++) {
        const uint8_t *p = image->px + ((size_t)y * (size_t)image->width + (size_t)x0) *
                                           (size_t)image->channels;
        for (int x = x0; x < x1; x++, p += image->channels) {
            float alpha = image->channels == 4 ? (float)p[3] / 255.0f : 1.0f;
            for (int c = 0; c < 3; c++)
                sum[c] += table[p[c]] * alpha;
        }
    }
    for (int c = 0; c < 3; c++)
        out[c] = sum[c] / (float)((x1 - x0) * (y1 - y0));
}

static bool scale(struct pixels *out, const struct ct_image *image, int width, int height)
{
    float table[256];
    for (int i = 0; i < 256; i++)
        table[i] = to_linear((uint8_t)i);
    *out = (struct pixels){ width, height,
                            ct_calloc((size_t)width * (size_t)height, 3 * sizeof(float)) };
    for (int y = 0; out->rgb && y < height; y++)
        for (int x = 0; x < width; x++) {
            int x0 = x * image->width / width, x1 = (x + 1) * image->width / width;
            int y0 = y * image->height / height, y1 = (y + 1) * image->height / height;
            average(out->rgb + 3 * ((size_t)y * (size_t)width + (size_t)x), image, table, x0, y0,
                    x1 > x0 ? x1 : x0 + 1, y1 > y0 ? y1 : y0 + 1);
        }
    return out->rgb != NULL;
}

/* ---- the protocols ---- */

static void put_half_blocks(struct ct_buf *b, const struct pixels *p)
{
    for (int y = 0; y + 1 < p->height; y += 2) {
        for (int x = 0; x < p->width; x++) {
            const float *top = p->rgb + 3 * ((size_t)y * (size_t)p->width + (size_t)x);
            const float *low = top + 3 * (size_t)p->width;
            ct_buf_printf(b, "\x1b[38;2;%d;%d;%dm\x1b[48;2;%d;%d;%dm\xE2\x96\x80", to_srgb(top[0]),
                          to_srgb(top[1]), to_srgb(top[2]), to_srgb(low[0]), to_srgb(low[1]),
                          to_srgb(low[2]));
        }
        ct_buf_puts(b, "\x1b[0m\n");
    }
}

/* Ordered dither to the 6x6x6 cube. */
static int cube_index(const float *rgb, int x, int y)
{
    static const float bayer[4] = { -0.375f, 0.125f, 0.375f, -0.125f };
    int index = 0;
    for (int c = 0; c < 3; c++) {
        int level = (int)((float)to_srgb(rgb[c]) / 51.0f + 0.5f + bayer[(y & 1) * 2 + (x & 1)]);
        index = index * 6 + (level < 0 ? 0 : level > 5 ? 5 : level);
    }
    return index;
}

static void put_sixel_band(struct ct_buf *b, const uint8_t *index, int width, int rows)
{
    bool used[216] = { false };
    for (int i = 0; i < width * rows; i++)
        used[index[i]] = true;
    for (int color = 0; color < 216; color++) {
        if (!used[color])
            continue;
        ct_buf_printf(b, "#%d", color);
        for (int x = 0; x < width; x++) {
            int bits = 0;
            for (int y = 0; y < rows; y++)
                bits |= (index[y * width + x] == color) << y;
            ct_buf_putc(b, (char)(63 + bits));
        }
        ct_buf_putc(b, '$');
    }
    ct_buf_putc(b, '-');
}

static void put_sixel(struct ct_buf *b, const struct pixels *p)
{
    uint8_t *index = ct_malloc((size_t)p->width * 6);
    if (!index) {
        b->failed = true;
        return;
    }
    ct_buf_puts(b, "\x1bPq");
    for (int i = 0; i < 216; i++)
        ct_buf_printf(b, "#%d;2;%d;%d;%d", i, i / 36 * 20, i / 6 % 6 * 20, i % 6 * 20);
    for (int y = 0; y < p->height; y += 6) {
        int rows = p->height - y < 6 ? p->height - y : 6;
        for (int r = 0; r < rows; r++)
            for (int x = 0; x < p->width; x++)
                index[r * p->width + x] = (uint8_t)cube_index(
                    p->rgb + 3 * ((size_t)(y + r) * (size_t)p->width + (size_t)x), x, y + r);
        put_sixel_band(b, index, p->width, rows);
    }
    ct_buf_puts(b, "\x1b\\\n");
    ct_free(index);
}

static void put_kitty(struct ct_buf *b, struct ct_slice png, int columns)
{
    struct ct_buf text;
    ct_buf_init(&text, OUTPUT_MAX);
    ct_base64_put(&text, png.ptr, png.len);
    b->failed |= text.failed;
    for (size_t at = 0; at < text.len; at += KITTY_CHUNK) {
        size_t len = text.len - at < KITTY_CHUNK ? text.len - at : KITTY_CHUNK;
        if (at == 0)
            ct_buf_printf(b, "\x1b_Ga=T,f=100,c=%d,m=%d;", columns, at + len < text.len);
        else
            ct_buf_printf(b, "\x1b_Gm=%d;", at + len < text.len);
        ct_buf_append(b, text.data + at, len);
        ct_buf_puts(b, "\x1b\\");
    }
    ct_buf_puts(b, "\n");
    ct_buf_release(&text);
}

static ct_code put_kitty_file(struct ct_buf *b, struct ct_slice file, const struct ct_image *image,
                              int columns, struct ct_err *err)
{
    struct ct_blob *png = NULL;
    if (ct_slice_starts(file, "\x89PNG")) {
        put_kitty(b, file, columns);
        return CT_OK;
    }
    CT_TRY(ct_encode(&png, image, &(struct ct_encode_params){ .format = CT_FORMAT_PNG }, err));
    put_kitty(b, ct_slice_n(png->data, png->len), columns);
    ct_blob_unref(&png);
    return CT_OK;
}

static ct_code put_pixels(struct ct_buf *b, const struct ct_image *image, enum protocol protocol,
                          int columns, struct ct_err *err)
{
    struct pixels p;
    int width = protocol == SIXEL ? SIXEL_WIDTH_PX : columns;
    if (width > image->width)
        width = image->width;
    int height = (int)((int64_t)width * image->height / image->width);
    height = height < 2 ? 2 : height;
    if (!scale(&p, image, width, protocol == SIXEL ? height : height & ~1))
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory for the preview.");
    if (protocol == SIXEL)
        put_sixel(b, &p);
    else
        put_half_blocks(b, &p);
    ct_free(p.rgb);
    return CT_OK;
}

ct_code ct_preview(struct ct_slice file, struct ct_err *err)
{
    struct ct_image *image = NULL;
    struct ct_buf out;
    enum protocol protocol = terminal_protocol();
    int columns = terminal_columns();
    if (!isatty(STDERR_FILENO))
        return CT_OK;
    CT_TRY(ct_decode(&image, file, err));
    ct_buf_init(&out, OUTPUT_MAX);
    ct_code rc = CT_OK;
    if (protocol == KITTY) {
        rc = put_kitty_file(&out, file, image, columns, err);
    } else if (protocol == ITERM2) {
        ct_buf_printf(&out, "\x1b]1337;File=inline=1;size=%zu;width=%d:", file.len, columns);
        ct_base64_put(&out, file.ptr, file.len);
        ct_buf_puts(&out, "\a\n");
    } else {
        rc = put_pixels(&out, image, protocol, columns, err);
    }
    if (rc == CT_OK && out.failed)
        rc = ct_fail(err, CT_E_MEMORY, NULL, "Out of memory for the preview.");
    if (rc == CT_OK)
        fwrite(out.data, 1, out.len, stderr);
    ct_buf_release(&out);
    ct_image_unref(&image);
    return rc;
}
