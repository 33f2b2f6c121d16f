/* Reads headers (probe.h). Called on every picture that comes from outside, before it is stored or
 * decoded, on the thread that has it.
 *
 * A bomb is a small file that claims many pixels. Two tests stop it, both on what the header says:
 *   - no coder goes below a floor: deflate yields at most 1032 bytes a byte, a JPEG spends at least
 *     one bit on each block of 64 samples; below it the file is cut or lies;
 *   - a picture over 12 megapixels must have a byte for each 256 of its pixels. Photographs have
 *     one for 2 to 30; plain drawings of that size do not exist but to hurt.
 *
 * PNG: ISO/IEC 15948, 11.2.2. JPEG: T.81, B.2.2. WebP: RFC 9649, 2.7; RFC 6386, 9.1. */
#include "image/probe.h"

#include "image/chunks.h"
#include "image/exif.h"

#define CHUNKS_MAX 65536
#define PLAIN_PIXELS_MAX (12 * 1024 * 1024)
#define PIXELS_PER_BYTE_MAX 256
#define DEFLATE_RATIO_MAX 1032
#define JPEG_PIXELS_PER_BYTE 512 /* 8 blocks of 64 */

static ct_code refuse(struct ct_err *err, const char *why)
{
    return ct_fail(err, CT_E_IMAGE_FILE, NULL, "The picture file cannot be read: %s.", why);
}

static void probe_ihdr(struct ct_picture_info *p, struct ct_slice ihdr)
{
    uint32_t width = ct_be32(ihdr.ptr), height = ct_be32(ihdr.ptr + 4);
    p->width = width > INT32_MAX ? INT32_MAX : (int)width;
    p->height = height > INT32_MAX ? INT32_MAX : (int)height;
    p->alpha = (ihdr.ptr[9] & 4) != 0; /* colour types 4 and 6 */
    p->progressive = ihdr.ptr[12] != 0;
}

/* Bytes that deflate has to give, from depth and colour type. */
static uint64_t png_raw_bytes(const struct ct_picture_info *p, struct ct_slice ihdr)
{
    static const uint8_t samples[8] = { 1, 0, 3, 1, 2, 0, 4, 0 };
    uint64_t bits = (uint64_t)(uint8_t)ihdr.ptr[8] * samples[ihdr.ptr[9] & 7];
    return (((uint64_t)p->width * bits + 7) / 8 + 1) * (uint64_t)p->height;
}

/* *least: the bytes that a picture of this size takes at the very least. */
static ct_code probe_png(struct ct_picture_info *p, struct ct_chunks *chunks, uint64_t *least,
                         struct ct_err *err)
{
    struct ct_chunk c;
    struct ct_slice ihdr = { 0 };
    for (int n = 0; ct_chunks_next(chunks, &c); n++) {
        if (n == 0 && (c.type != CT_TAG('I', 'H', 'D', 'R') || c.data.len != 13))
            return refuse(err, "a PNG starts with IHDR");
        if (n == CHUNKS_MAX)
            return refuse(err, "it has too many chunks");
        switch (c.type) {
        case CT_TAG('I', 'H', 'D', 'R'):
            if (n > 0)
                return refuse(err, "it has two headers");
            ihdr = c.data;
            probe_ihdr(p, ihdr);
            break;
        case CT_TAG('t', 'R', 'N', 'S'):
            p->alpha = true;
            break;
        case CT_TAG('i', 'C', 'C', 'P'):
            p->profile = true;
            break;
        case CT_TAG('a', 'c', 'T', 'L'):
            p->animated = true;
            break;
        case CT_TAG('e', 'X', 'I', 'f'):
            p->orientation = ct_exif_orientation(c.data);
            break;
        case CT_TAG('I', 'D', 'A', 'T'):
            p->coded_bytes += c.data.len;
            break;
        default:
            break;
        }
    }
    if (chunks->cut && ihdr.ptr) /* what there is of a cut chunk may be enough: the decoder says */
        p->coded_bytes = chunks->file.len;
    if (p->coded_bytes == 0)
        return refuse(err, "it is cut off before the pixels");
    *least = ihdr.ptr ? png_raw_bytes(p, ihdr) / DEFLATE_RATIO_MAX : 0;
    return CT_OK;
}

static bool is_frame_header(uint32_t marker)
{
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

static ct_code probe_jpeg(struct ct_picture_info *p, struct ct_chunks *chunks, uint64_t *least,
                          struct ct_err *err)
{
    struct ct_chunk c = { 0 };
    bool framed = false;
    for (int n = 0; ct_chunks_next(chunks, &c); n++) {
        if (n == CHUNKS_MAX)
            return refuse(err, "it has too many segments");
        if (is_frame_header(c.type) && c.data.len >= 6 && !framed) {
            framed = true;
            p->height = (int)ct_be16(c.data.ptr + 1);
            p->width = (int)ct_be16(c.data.ptr + 3);
            p->progressive = c.type == 0xc2;
        } else if (c.type == 0xe1 && c.data.len > 6 && memcmp(c.data.ptr, "Exif\0", 6) == 0) {
            p->orientation = ct_exif_orientation(c.data);
        } else if (c.type == 0xe2 && c.data.len > 14 &&
                   memcmp(c.data.ptr, "ICC_PROFILE", 12) == 0) {
            p->profile = true;
        }
    }
    if (chunks->cut || !framed || c.type != 0xda)
        return refuse(err, "it is cut off before the pixels");
    p->coded_bytes = chunks->file.len - c.to;
    *least = (uint64_t)p->width * (uint64_t)p->height / JPEG_PIXELS_PER_BYTE;
    return CT_OK;
}

static void probe_vp8x(struct ct_picture_info *p, struct ct_slice data)
{
    p->profile = data.ptr[0] & 0x20;
    p->alpha = data.ptr[0] & 0x10;
    p->animated = data.ptr[0] & 0x02;
    p->width = (int)ct_le24(data.ptr + 4) + 1;
    p->height = (int)ct_le24(data.ptr + 7) + 1;
}

/* The frame of a simple file also gives the size. A frame of lossless code tells of its alpha. */
static void probe_frame(struct ct_picture_info *p, const struct ct_chunk *c, bool extended)
{
    p->coded_bytes += c->data.len;
    if (c->type == CT_TAG('V', 'P', '8', 'L') && c->data.len >= 5) {
        uint32_t bits = ct_le32(c->data.ptr + 1);
        if (extended)
            return;
        p->width = (int)(bits & 0x3fff) + 1;
        p->height = (int)(bits >> 14 & 0x3fff) + 1;
        p->alpha = bits >> 28 & 1;
    } else if (c->type == CT_TAG('V', 'P', '8', ' ') && c->data.len >= 10 && !extended) {
        p->width = (int)(ct_le16(c->data.ptr + 6) & 0x3fff);
        p->height = (int)(ct_le16(c->data.ptr + 8) & 0x3fff);
    }
}

static ct_code probe_webp(struct ct_picture_info *p, struct ct_chunks *chunks, struct ct_err *err)
{
    struct ct_chunk c;
    bool extended = false;
    for (int n = 0; ct_chunks_next(chunks, &c); n++) {
        if (n == CHUNKS_MAX)
            return refuse(err, "it has too many chunks");
        switch (c.type) {
        case CT_TAG('V', 'P', '8', 'X'):
            if (n > 0 || c.data.len < 10)
                return refuse(err, "its header is damaged");
            extended = true;
            probe_vp8x(p, c.data);
            break;
        case CT_TAG('V', 'P', '8', ' '):
        case CT_TAG('V', 'P', '8', 'L'):
        case CT_TAG('A', 'N', 'M', 'F'):
            probe_frame(p, &c, extended);
            break;
        case CT_TAG('E', 'X', 'I', 'F'):
            p->orientation = ct_exif_orientation(c.data);
            break;
        default:
            break;
        }
    }
    if (p->coded_bytes == 0)
        return refuse(err, "it is cut off before the pixels");
    return CT_OK;
}

static ct_code check_limits(const struct ct_picture_info *p, uint64_t least, struct ct_err *err)
{
    int64_t pixels = (int64_t)p->width * p->height;
    if (p->width < 1 || p->height < 1)
        return refuse(err, "it has no pixels");
    if (p->width > CT_IMAGE_MAX_EDGE || p->height > CT_IMAGE_MAX_EDGE ||
        pixels > CT_IMAGE_MAX_PIXELS)
        return ct_fail(err, CT_E_IMAGE_FILE, NULL,
                       "A picture of %dx%d is too large: at most %d an edge and %u pixels.",
                       p->width, p->height, CT_IMAGE_MAX_EDGE, CT_IMAGE_MAX_PIXELS);
    if (least > p->coded_bytes)
        return refuse(err, "it has more pixels than data");
    if (pixels > PLAIN_PIXELS_MAX && pixels / PIXELS_PER_BYTE_MAX > (int64_t)p->coded_bytes)
        return ct_fail(err, CT_E_IMAGE_FILE, NULL,
                       "A picture of %dx%d in %zu bytes is refused as a decompression bomb.",
                       p->width, p->height, p->coded_bytes);
    return CT_OK;
}

static ct_code probe(struct ct_picture_info *p, struct ct_chunks *chunks, uint64_t *least,
                     struct ct_err *err)
{
    switch (chunks->format) {
    case CT_FORMAT_PNG:
        return probe_png(p, chunks, least, err);
    case CT_FORMAT_JPEG:
        return probe_jpeg(p, chunks, least, err);
    case CT_FORMAT_WEBP:
    case CT_FORMAT_SVG: /* never sniffed */
    case CT_FORMAT_COUNT:
        break;
    }
    return probe_webp(p, chunks, err);
}

ct_code ct_image_probe(struct ct_picture_info *out, struct ct_slice file, struct ct_err *err)
{
    struct ct_chunks chunks;
    uint64_t least = 0;
    *out = (struct ct_picture_info){ .orientation = 1 };
    if (file.len > CT_PICTURE_MAX_BYTES)
        return ct_fail(err, CT_E_IMAGE_FILE, NULL,
                       "The picture file has %zu bytes; at most %zu are read.", file.len,
                       CT_PICTURE_MAX_BYTES);
    if (!ct_chunks_open(&chunks, file))
        return ct_fail(err, CT_E_IMAGE_FILE, NULL,
                       "This is neither a PNG, a JPEG nor a WebP file.");
    out->format = chunks.format;
    ct_code rc = probe(out, &chunks, &least, err);
    struct ct_picture_info stored = *out; /* limits are said in the file's own size */
    if (rc == CT_OK)
        rc = check_limits(&stored, least, err);
    if (rc == CT_OK && ct_exif_turns(out->orientation)) {
        out->width = stored.height;
        out->height = stored.width;
    }
    return rc;
}
