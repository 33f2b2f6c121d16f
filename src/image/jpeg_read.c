/* Reads JPEG through libjpeg-turbo: baseline and progressive, grey, YCbCr, RGB, CMYK and YCCK, with
 * the ICC profile of its APP2 segments.
 *
 * Called by decode.c for bytes that probe.c has let pass. A picture that is wanted smaller is
 * scaled inside the inverse DCT (eighths), which costs less than decoding it whole. Progressive
 * files keep all coefficients, six bytes a pixel at most: libjpeg is told how much it may take.
 * It reports errors by longjmp, so everything it must survive lives in one struct. */
#include "image/read.h"

#include "base/mem.h"
#include "image/chunks.h"

#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>

#include <jerror.h>

#define ROWS_PER_LOOK 32
#define SCANS_MAX 200     /* each costs a pass over all coefficients; encoders write about 10 */
#define WARNINGS_MAX 1000 /* each resynchronisation is one; noise would make millions */
#define MEMORY_MAX ((long)448 * 1024 * 1024)
#define ICC_HEAD "ICC_PROFILE" /* and its NUL, then number and count of the segment */
#define ICC_HEAD_BYTES 14

struct jpeg_reader {
    struct jpeg_decompress_struct decoder;
    struct jpeg_error_mgr errors;
    struct jpeg_progress_mgr progress;
    const struct ct_read *read;
    struct ct_rows rows;
    struct ct_colour colour;
    struct ct_buf profile;
    uint8_t *raw;
    bool cancelled;
    jmp_buf failed;
    char message[JMSG_LENGTH_MAX];
};

static void on_error(j_common_ptr common)
{
    struct jpeg_reader *r = common->client_data;
    common->err->format_message(common, r->message);
    longjmp(r->failed, 1);
}

/* Most warnings are about what does no harm; an end that comes too early is a cut file, which
 * libjpeg would fill up with grey. */
static void on_message(j_common_ptr common, int level)
{
    int code = common->err->msg_code;
    if (level >= 0)
        return;
    if (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER ||
        ++common->err->num_warnings > WARNINGS_MAX)
        on_error(common);
}

static void on_progress(j_common_ptr common)
{
    struct jpeg_reader *r = common->client_data;
    r->cancelled = ct_read_cancelled(r->read);
    bool endless = r->decoder.input_scan_number > SCANS_MAX;
    if (endless)
        snprintf(r->message, sizeof(r->message), "it has more than %d scans", SCANS_MAX);
    if (r->cancelled || endless)
        longjmp(r->failed, 1);
}

/* Segments may stand in any order and each says which it is; a set that is not whole is none. */
static void gather_profile(struct jpeg_reader *r)
{
    struct ct_chunks chunks;
    struct ct_chunk c;
    uint8_t want = 1, count = 0;
    bool found = true;
    for (; found && (count == 0 || want <= count) && want > 0; want++) {
        found = false;
        ct_chunks_open(&chunks, r->read->file);
        while (!found && ct_chunks_next(&chunks, &c)) {
            if (c.type != 0xe2 || c.data.len <= ICC_HEAD_BYTES ||
                memcmp(c.data.ptr, ICC_HEAD, sizeof(ICC_HEAD)) != 0 ||
                (uint8_t)c.data.ptr[12] != want)
                continue;
            found = true;
            count = (uint8_t)c.data.ptr[13];
            ct_buf_put(&r->profile, ct_slice_sub(c.data, ICC_HEAD_BYTES, c.data.len));
        }
    }
    if (!found || r->profile.failed)
        ct_buf_clear(&r->profile);
}

/* What libjpeg should give, and what our colours take it for. */
static enum ct_colours choose_colours(struct jpeg_decompress_struct *d)
{
    switch (d->jpeg_color_space) {
    case JCS_GRAYSCALE:
        d->out_color_space = JCS_GRAYSCALE;
        return CT_COLOURS_GREY;
    case JCS_CMYK:
    case JCS_YCCK:
        d->out_color_space = JCS_CMYK;
        return d->saw_Adobe_marker ? CT_COLOURS_CMYK_INVERTED : CT_COLOURS_CMYK;
    default:
        d->out_color_space = JCS_RGB;
        return CT_COLOURS_RGB;
    }
}

static void configure(struct jpeg_reader *r)
{
    struct jpeg_decompress_struct *d = &r->decoder;
    enum ct_colours colours = choose_colours(d);
    int shrink = r->read->shrink < 8 ? r->read->shrink : 8;
    d->scale_num = (unsigned)(8 + shrink - 1) / (unsigned)shrink;
    d->scale_denom = 8;
    d->dct_method = JDCT_ISLOW;
    gather_profile(r);
    ct_colour_open(&r->colour, colours, ct_buf_slice(&r->profile));
    jpeg_start_decompress(d);
}

static ct_code read_rows(struct jpeg_reader *r, struct ct_err *err)
{
    struct jpeg_decompress_struct *d = &r->decoder;
    jpeg_mem_src(d, (const unsigned char *)r->read->file.ptr, r->read->file.len);
    jpeg_read_header(d, TRUE);
    configure(r);
    CT_TRY(ct_rows_open(&r->rows, (int)d->output_width, (int)d->output_height, 3,
                        r->read->shrink >= 16 ? r->read->shrink / 8 : 1, err));
    r->raw = ct_reallocarray(NULL, d->output_width, (size_t)d->output_components);
    if (!r->raw)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory for reading a JPEG.");
    while (d->output_scanline < d->output_height) {
        if (d->output_scanline % ROWS_PER_LOOK == 0)
            on_progress((j_common_ptr)d);
        JSAMPROW row = r->raw;
        jpeg_read_scanlines(d, &row, 1);
        ct_colour_row(&r->colour, ct_rows_next(&r->rows), r->raw, d->output_width);
        ct_rows_take(&r->rows);
    }
    jpeg_finish_decompress(d);
    return CT_OK;
}

/* The frame that longjmp comes back to. */
static ct_code run(struct jpeg_reader *r, struct ct_err *err)
{
    if (setjmp(r->failed))
        return r->cancelled ? ct_read_fail_cancelled(err) : ct_read_fail(err, "JPEG", r->message);
    jpeg_create_decompress(&r->decoder);
    r->decoder.mem->max_memory_to_use = MEMORY_MAX;
    r->progress.progress_monitor = on_progress;
    r->decoder.progress = &r->progress;
    return read_rows(r, err);
}

ct_code ct_jpeg_read(struct ct_image **out, const struct ct_read *read, struct ct_err *err)
{
    struct jpeg_reader r = { .read = read };
    ct_buf_init(&r.profile, CT_PROFILE_MAX);
    r.decoder.err = jpeg_std_error(&r.errors);
    r.errors.error_exit = on_error;
    r.errors.emit_message = on_message;
    r.decoder.client_data = &r;
    ct_code rc = run(&r, err);
    jpeg_destroy_decompress(&r.decoder);
    ct_colour_close(&r.colour);
    ct_buf_release(&r.profile);
    ct_free(r.raw);
    *out = rc == CT_OK ? ct_image_ref(r.rows.image) : NULL;
    ct_rows_release(&r.rows);
    return rc;
}
