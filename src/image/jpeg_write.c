/* Writes JPEG through libjpeg-turbo: baseline, JFIF, 4:4:4 chroma from quality 90 on, 4:2:0 below
 * (there the eye sees the saved bytes less than the lost colour edges; above it does not).
 *
 * Called by encode.c on any thread. Standard Huffman tables and no progressive scans: both would
 * hold the whole picture's coefficients in memory, six bytes a pixel, for some 5% of size.
 * libjpeg reports errors by calling error_exit, which must not return: it jumps back here. */
#include "image/write.h"

#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>

#include <jerror.h>

#define OUT_STEP_BYTES ((size_t)64 * 1024)
#define ROWS_PER_STEP 16 /* between looks at the cancel flag; one row of 4:2:0 blocks */
#define FULL_CHROMA_QUALITY 90

struct jpeg_writer {
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    struct jpeg_destination_mgr to;
    jmp_buf jump;
    struct ct_buf *out;
};

static struct jpeg_writer *writer_of(j_compress_ptr jpeg)
{
    return jpeg->client_data;
}

static void on_error(j_common_ptr jpeg)
{
    struct jpeg_writer *w = jpeg->client_data;
    longjmp(w->jump, 1);
}

static void on_message(j_common_ptr jpeg)
{
    (void)jpeg; /* warnings of a compressor: none that a caller could act on */
}

static void offer_room(struct jpeg_writer *w)
{
    if (!ct_buf_reserve(w->out, OUT_STEP_BYTES))
        ERREXIT1(&w->jpeg, JERR_OUT_OF_MEMORY, 0);
    w->to.next_output_byte = (JOCTET *)w->out->data + w->out->len;
    w->to.free_in_buffer = OUT_STEP_BYTES;
}

static void to_init(j_compress_ptr jpeg)
{
    offer_room(writer_of(jpeg));
}

/* libjpeg wants the whole buffer taken, whatever free_in_buffer says. */
static boolean to_full(j_compress_ptr jpeg)
{
    struct jpeg_writer *w = writer_of(jpeg);
    w->out->len += OUT_STEP_BYTES;
    offer_room(w);
    return TRUE;
}

static void to_term(j_compress_ptr jpeg)
{
    struct jpeg_writer *w = writer_of(jpeg);
    w->out->len += OUT_STEP_BYTES - w->to.free_in_buffer;
}

static void configure(struct jpeg_writer *w, const struct ct_image *image, int quality)
{
    struct jpeg_compress_struct *jpeg = &w->jpeg;
    jpeg->image_width = (JDIMENSION)image->width;
    jpeg->image_height = (JDIMENSION)image->height;
    jpeg->input_components = 3;
    jpeg->in_color_space = JCS_RGB;
    jpeg_set_defaults(jpeg);
    jpeg_set_quality(jpeg, quality, TRUE);
    int sampling = quality >= FULL_CHROMA_QUALITY ? 1 : 2;
    jpeg->comp_info[0].h_samp_factor = sampling;
    jpeg->comp_info[0].v_samp_factor = sampling;
    w->to.init_destination = to_init;
    w->to.empty_output_buffer = to_full;
    w->to.term_destination = to_term;
    jpeg->dest = &w->to;
}

/* false when cancelled. Leaves by longjmp on errors. */
static bool compress(struct jpeg_writer *w, const struct ct_image *image,
                     const struct ct_encode_params *params)
{
    size_t row_bytes = (size_t)image->width * 3;
    jpeg_create_compress(&w->jpeg);
    configure(w, image, params->quality);
    jpeg_start_compress(&w->jpeg, TRUE);
    while (w->jpeg.next_scanline < w->jpeg.image_height) {
        JSAMPROW rows[ROWS_PER_STEP];
        JDIMENSION y = w->jpeg.next_scanline, n = 0;
        if (ct_encode_cancelled(params))
            return false;
        for (; n < ROWS_PER_STEP && y + n < w->jpeg.image_height; n++)
            rows[n] = image->px + (y + n) * row_bytes;
        (void)jpeg_write_scanlines(&w->jpeg, rows, n);
    }
    jpeg_finish_compress(&w->jpeg);
    return true;
}

/* The frame that longjmp comes back to. *w belongs to the caller, so it keeps its values. */
static ct_code run(struct jpeg_writer *w, const struct ct_image *image,
                   const struct ct_encode_params *params, struct ct_err *err)
{
    if (setjmp(w->jump) == 0)
        return compress(w, image, params) ? CT_OK : ct_encode_fail_cancelled(err);
    if (w->errors.msg_code == JERR_OUT_OF_MEMORY)
        return ct_encode_fail_memory(image, err);
    char why[JMSG_LENGTH_MAX];
    w->errors.format_message((j_common_ptr)&w->jpeg, why);
    return ct_fail(err, CT_E_INTERNAL, NULL, "JPEG of %dx%d pixels: %s.", image->width,
                   image->height, why);
}

size_t ct_jpeg_bound(const struct ct_image *image)
{
    /* As libjpeg-turbo's tjBufSize() for 4:4:4: six bytes a pixel of whole 8x8 blocks. */
    size_t width = ((size_t)image->width + 15) & ~(size_t)15;
    size_t height = ((size_t)image->height + 15) & ~(size_t)15;
    return width * height * 6 + 2048 + OUT_STEP_BYTES;
}

ct_code ct_jpeg_write(struct ct_buf *out, const struct ct_image *image,
                      const struct ct_encode_params *params, struct ct_err *err)
{
    struct jpeg_writer w = { .out = out };
    if (image->channels != 3)
        return ct_fail(err, CT_E_INTERNAL, NULL, "JPEG has no transparency.");
    w.jpeg.err = jpeg_std_error(&w.errors);
    w.jpeg.client_data = &w;
    w.errors.error_exit = on_error;
    w.errors.output_message = on_message;
    ct_code code = run(&w, image, params, err);
    jpeg_destroy_compress(&w.jpeg);
    return code;
}
