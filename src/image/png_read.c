/* Reads PNG through libpng: every depth and colour type, interlaced or not, tRNS, gAMA, iCCP. Of an
 * APNG libpng sees the default image, which is its first frame.
 *
 * Called by decode.c for bytes that probe.c has let pass. Texts and other chunks that do not
 * change pixels are skipped unread, so a zTXt bomb is never inflated; a profile stops at
 * CT_PROFILE_MAX. libpng reports errors by longjmp: what must survive it lives in one struct, and
 * nothing is allocated by us between two calls of libpng without being in there.
 *
 * Interlaced pictures are read whole, as their rows come in seven passes. */
#include "image/read.h"

#include "base/mem.h"

#include <png.h>

#define ROWS_PER_LOOK 64
#define SRGB_GAMMA 45455 /* 1/2.2 as gAMA writes it */
#define GAMMA_SLACK 2500

struct png_reader {
    png_structp png;
    png_infop info;
    const struct ct_read *read;
    size_t at; /* in read->file */
    struct ct_rows rows;
    struct ct_colour colour;
    uint8_t *raw;   /* one row as libpng gives it */
    uint8_t *whole; /* interlaced: all rows */
    size_t raw_bytes;
    bool cancelled;
    char why[128];
};

static void on_error(png_structp png, png_const_charp message)
{
    struct png_reader *r = png_get_error_ptr(png);
    size_t len = strlen(message);
    len = len < sizeof(r->why) - 1 ? len : sizeof(r->why) - 1;
    memcpy(r->why, message, len);
    r->why[len] = '\0';
    png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp message)
{
    (void)png;
    (void)message; /* about chunks that do no harm */
}

static void give_bytes(png_structp png, png_bytep to, size_t len)
{
    struct png_reader *r = png_get_io_ptr(png);
    if (len > r->read->file.len - r->at)
        png_error(png, "the file ends too early");
    memcpy(to, r->read->file.ptr + r->at, len);
    r->at += len;
}

static void set_limits(png_structp png)
{
    static const png_byte skipped[] = "tEXt\0zTXt\0iTXt\0tIME\0hIST\0pCAL\0sCAL\0sPLT\0eXIf\0";
    png_set_user_limits(png, CT_IMAGE_MAX_EDGE, CT_IMAGE_MAX_EDGE);
    png_set_chunk_malloc_max(png, CT_PROFILE_MAX);
    png_set_chunk_cache_max(png, 64);
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, 0);
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, skipped, sizeof(skipped) / 5);
}

/* Files with a gamma of their own and no profile: old scanners and Macs. */
static void set_gamma(struct png_reader *r)
{
    png_fixed_point gamma;
    if (png_get_valid(r->png, r->info, PNG_INFO_sRGB | PNG_INFO_iCCP) ||
        !png_get_gAMA_fixed(r->png, r->info, &gamma) || gamma < 1000 ||
        (gamma > SRGB_GAMMA - GAMMA_SLACK && gamma < SRGB_GAMMA + GAMMA_SLACK))
        return;
    png_set_gamma_fixed(r->png, PNG_DEFAULT_sRGB, gamma);
}

static struct ct_slice profile_of(struct png_reader *r)
{
    png_charp name;
    png_bytep bytes;
    png_uint_32 len;
    int method;
    if (!png_get_iCCP(r->png, r->info, &name, &method, &bytes, &len))
        return (struct ct_slice){ 0 };
    return ct_slice_n((const char *)bytes, len);
}

/* To 8 bits of grey or RGB, with or without alpha. */
static void set_transforms(struct png_reader *r)
{
    set_gamma(r);
    png_set_expand(r->png); /* palette to RGB, grey to 8 bits, tRNS to alpha */
    png_set_scale_16(r->png);
    png_set_interlace_handling(r->png);
    png_read_update_info(r->png, r->info);
}

static ct_code open_rows(struct png_reader *r, struct ct_err *err)
{
    static const enum ct_colours kinds[5] = { 0, CT_COLOURS_GREY, CT_COLOURS_GREY_ALPHA,
                                              CT_COLOURS_RGB, CT_COLOURS_RGB_ALPHA };
    int channels = png_get_channels(r->png, r->info);
    int width = (int)png_get_image_width(r->png, r->info);
    int height = (int)png_get_image_height(r->png, r->info);
    r->raw_bytes = png_get_rowbytes(r->png, r->info);
    ct_colour_open(&r->colour, kinds[channels], profile_of(r));
    CT_TRY(ct_rows_open(&r->rows, width, height, channels % 2 ? 3 : 4, r->read->shrink, err));
    bool interlaced = png_get_interlace_type(r->png, r->info) != PNG_INTERLACE_NONE;
    if (interlaced)
        r->whole = ct_reallocarray(NULL, (size_t)height, r->raw_bytes);
    else
        r->raw = ct_malloc(r->raw_bytes);
    if (!r->whole && !r->raw)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory for reading %dx%d pixels.", width,
                       height);
    return CT_OK;
}

static void take_row(struct png_reader *r, const uint8_t *raw)
{
    ct_colour_row(&r->colour, ct_rows_next(&r->rows), raw, (size_t)r->rows.width);
    ct_rows_take(&r->rows);
}

static bool look(struct png_reader *r, int y)
{
    r->cancelled = y % ROWS_PER_LOOK == 0 && ct_read_cancelled(r->read);
    return !r->cancelled;
}

static bool read_interlaced(struct png_reader *r)
{
    for (int pass = 0; pass < PNG_INTERLACE_ADAM7_PASSES; pass++)
        for (int y = 0; y < r->rows.height; y++) {
            if (!look(r, y))
                return false;
            png_read_row(r->png, r->whole + (size_t)y * r->raw_bytes, NULL);
        }
    for (int y = 0; y < r->rows.height; y++)
        take_row(r, r->whole + (size_t)y * r->raw_bytes);
    return true;
}

static bool read_rows(struct png_reader *r)
{
    if (r->whole)
        return read_interlaced(r);
    for (int y = 0; y < r->rows.height; y++) {
        if (!look(r, y))
            return false;
        png_read_row(r->png, r->raw, NULL);
        take_row(r, r->raw);
    }
    return true;
}

/* The frame that longjmp comes back to; *r belongs to the caller, so it keeps its values. */
static ct_code run(struct png_reader *r, struct ct_err *err)
{
    if (setjmp(png_jmpbuf(r->png)))
        return ct_read_fail(err, "PNG", r->why);
    set_limits(r->png);
    png_set_read_fn(r->png, r, give_bytes);
    png_read_info(r->png, r->info);
    set_transforms(r);
    CT_TRY(open_rows(r, err));
    return read_rows(r) ? CT_OK : ct_read_fail_cancelled(err);
}

ct_code ct_png_read(struct ct_image **out, const struct ct_read *read, struct ct_err *err)
{
    struct png_reader r = { .read = read };
    r.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &r, on_error, on_warning);
    r.info = r.png ? png_create_info_struct(r.png) : NULL;
    ct_code rc = r.info ? run(&r, err)
                        : ct_fail(err, CT_E_MEMORY, NULL, "Out of memory for reading a PNG.");
    png_destroy_read_struct(&r.png, &r.info, NULL);
    ct_colour_close(&r.colour);
    ct_free(r.raw);
    ct_free(r.whole);
    *out = rc == CT_OK ? ct_image_ref(r.rows.image) : NULL;
    ct_rows_release(&r.rows);
    return rc;
}
