/* Writes PNG (ISO/IEC 15948): IHDR, sRGB, tEXt Software when asked for, IDAT..., IEND.
 *
 * Called by encode.c on any thread; all state is in one heap block. Rows are filtered a block at a
 * time (one row to about 64 KB) into a scratch buffer, the block goes through ISA-L's streaming
 * deflate, and deflate writes straight into the growing file, one IDAT chunk after the other: the
 * picture is never held a second time.
 *
 * Always ISA-L's level 3. Level 1 would be faster on flat pictures (1.4 against 4.4 ms), but of its
 * levels only 3 gives the same bytes every time: with six threads encoding one picture, 5 of 900
 * files of level 1 and 3 of 900 of level 2 had other (equally valid) matches, none of 1,260 of
 * level 3. The same request must give the same file (docs/dependencies.md).
 *
 * No palette, no grey, no interlacing, no 16 bits: what engines draw is 8-bit RGB or RGBA. The
 * filters give the same bytes on every machine; ISA-L's choice of matches may differ between
 * CPU generations (AVX2 and AVX-512 were seen to), so equal pictures are compared by pixels, not by
 * file. */
#include "image/png_filter.h"
#include "image/write.h"

#include "base/mem.h"

#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>

#define IDAT_MAX_BYTES ((size_t)256 * 1024)
#define BLOCK_BYTES ((size_t)64 * 1024)
#define CHUNK_OVERHEAD_BYTES 12 /* length, type, CRC */
#define SOFTWARE_MAX_BYTES 256

struct png_writer {
    struct ct_buf *out;
    const struct ct_png_filter_ops *filters;
    uint8_t *above_first; /* a row of zeros */
    uint8_t *block;       /* filtered rows, each behind its filter byte */
    size_t row_bytes, block_rows, idat_bytes;
    struct isal_zstream z;
    uint8_t level_buf[ISAL_DEF_LVL3_DEFAULT];
};

static void put_be32(uint8_t *at, uint32_t value)
{
    at[0] = (uint8_t)(value >> 24);
    at[1] = (uint8_t)(value >> 16);
    at[2] = (uint8_t)(value >> 8);
    at[3] = (uint8_t)value;
}

/* The file ends in a chunk of `len` bytes of data whose first 8 bytes are still blank. */
static void seal_chunk(struct ct_buf *out, const char type[4], size_t len)
{
    uint8_t crc[4];
    uint8_t *chunk = (uint8_t *)out->data + out->len - len - 8;
    put_be32(chunk, (uint32_t)len);
    memcpy(chunk + 4, type, 4);
    put_be32(crc, crc32_gzip_refl(0, chunk + 4, len + 4));
    ct_buf_append(out, crc, sizeof(crc));
}

static void append_chunk(struct ct_buf *out, const char type[4], const void *data, size_t len)
{
    if (!ct_buf_reserve(out, len + CHUNK_OVERHEAD_BYTES))
        return;
    ct_buf_append(out, "\0\0\0\0\0\0\0", 8);
    ct_buf_append(out, data, len);
    seal_chunk(out, type, len);
}

static void append_head(struct ct_buf *out, const struct ct_image *image, const char *software)
{
    uint8_t ihdr[13] = { 0 };
    put_be32(ihdr, (uint32_t)image->width);
    put_be32(ihdr + 4, (uint32_t)image->height);
    ihdr[8] = 8;                            /* bits per sample */
    ihdr[9] = image->channels == 4 ? 6 : 2; /* colour type: RGBA or RGB */
    ct_buf_append(out, "\x89PNG\r\n\x1a\n", 8);
    append_chunk(out, "IHDR", ihdr, sizeof(ihdr));
    append_chunk(out, "sRGB", "\0", 1); /* rendering intent: perceptual */
    if (software) {
        char text[sizeof("Software") + SOFTWARE_MAX_BYTES] = "Software";
        size_t len = strlen(software);
        memcpy(text + sizeof("Software"), software, len);
        append_chunk(out, "tEXt", text, sizeof("Software") + len);
    }
}

static bool is_printable(const char *text)
{
    size_t len = 0;
    for (; text[len]; len++) {
        if (len == SOFTWARE_MAX_BYTES || text[len] < ' ' || text[len] > '~')
            return false;
    }
    return len > 0;
}

/* Points deflate at room for one chunk's data behind what is written. */
static bool open_idat(struct png_writer *w)
{
    if (!ct_buf_reserve(w->out, w->idat_bytes + CHUNK_OVERHEAD_BYTES))
        return false;
    w->z.next_out = (uint8_t *)w->out->data + w->out->len + 8;
    w->z.avail_out = (uint32_t)w->idat_bytes;
    return true;
}

static void close_idat(struct png_writer *w)
{
    size_t len = w->idat_bytes - w->z.avail_out;
    if (len == 0)
        return;
    w->out->len += 8 + len;
    seal_chunk(w->out, "IDAT", len);
}

/* Feeds one block; the last one also drains deflate. false: out of memory, or over the bound. */
static bool deflate_block(struct png_writer *w, size_t len, bool last)
{
    w->z.next_in = w->block;
    w->z.avail_in = (uint32_t)len;
    w->z.end_of_stream = last;
    while (w->z.avail_in > 0 || (last && w->z.internal_state.state != ZSTATE_END)) {
        if (w->z.avail_out == 0) {
            close_idat(w);
            if (!open_idat(w))
                return false;
        }
        if (isal_deflate(&w->z) != COMP_OK)
            return false;
    }
    return true;
}

static struct ct_png_row row_at(const struct png_writer *w, const struct ct_image *image, int y)
{
    const uint8_t *row = image->px + (size_t)y * w->row_bytes;
    return (struct ct_png_row){
        .row = row,
        .above = y ? row - w->row_bytes : w->above_first,
        .len = w->row_bytes,
        .bpp = (size_t)image->channels,
    };
}

static size_t filter_rows(struct png_writer *w, const struct ct_image *image, int y, int n_rows)
{
    uint8_t *to = w->block;
    for (int i = y; i < y + n_rows; i++) {
        struct ct_png_row r = row_at(w, image, i);
        uint64_t cost;
        enum ct_png_filter filter = ct_png_filter_choose(&cost, w->filters, &r);
        *to++ = (uint8_t)filter;
        w->filters->apply(to, filter, &r);
        to += w->row_bytes;
    }
    return (size_t)(to - w->block);
}

static void writer_free(struct png_writer **w)
{
    if (*w) {
        ct_free((*w)->block);
        ct_free((*w)->above_first);
        ct_free(*w);
    }
}

static bool writer_new(struct png_writer **out, struct ct_buf *buf, const struct ct_image *image)
{
    struct png_writer *w = *out = ct_aligned(64, sizeof(*w));
    if (!w)
        return false;
    memset(w, 0, sizeof(*w)); /* igzip reads parts of the level buffer it never wrote */
    size_t row_bytes = (size_t)image->width * (size_t)image->channels;
    size_t rows = BLOCK_BYTES / (row_bytes + 1);
    w->out = buf;
    w->filters = ct_png_filter_best();
    w->row_bytes = row_bytes;
    w->block_rows = rows ? rows : 1;
    size_t bound = ct_png_bound(image);
    w->idat_bytes = bound < IDAT_MAX_BYTES ? bound : IDAT_MAX_BYTES;
    w->above_first = ct_calloc(row_bytes, 1);
    w->block = ct_malloc(w->block_rows * (row_bytes + 1));
    if (!w->above_first || !w->block)
        return false;
    isal_deflate_init(&w->z);
    w->z.gzip_flag = IGZIP_ZLIB;
    w->z.flush = NO_FLUSH;
    w->z.level = 3;
    w->z.level_buf = w->level_buf;
    w->z.level_buf_size = sizeof(w->level_buf);
    return true;
}

size_t ct_png_bound(const struct ct_image *image)
{
    size_t raw = ((size_t)image->width * (size_t)image->channels + 1) * (size_t)image->height;
    /* Deflate of noise grows by its block headers, well under 1/64; the constant holds the other
     * chunks and the room reserved for a last IDAT that stays short. */
    return raw + raw / 64 + IDAT_MAX_BYTES + 4096;
}

ct_code ct_png_write(struct ct_buf *out, const struct ct_image *image,
                     const struct ct_encode_params *params, struct ct_err *err)
{
    CT_CLEANUP(writer_free) struct png_writer *w = NULL;
    if (params->software && !is_printable(params->software))
        return ct_fail(err, CT_E_INTERNAL, NULL,
                       "The PNG Software text must be 1 to %d printable ASCII characters.",
                       SOFTWARE_MAX_BYTES);
    if (!writer_new(&w, out, image))
        return ct_encode_fail_memory(image, err);
    append_head(out, image, params->software);
    if (!open_idat(w))
        return ct_encode_fail_memory(image, err);
    for (int y = 0; y < image->height;) {
        if (ct_encode_cancelled(params))
            return ct_encode_fail_cancelled(err);
        int left = image->height - y;
        int n_rows = (size_t)left < w->block_rows ? left : (int)w->block_rows;
        size_t len = filter_rows(w, image, y, n_rows);
        y += n_rows;
        if (!deflate_block(w, len, y == image->height))
            return ct_encode_fail_memory(image, err);
    }
    close_idat(w);
    append_chunk(out, "IEND", "", 0);
    return out->failed ? ct_encode_fail_memory(image, err) : CT_OK;
}
