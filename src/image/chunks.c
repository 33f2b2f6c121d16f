/* Walks the framing of the three formats (chunks.h). Called on foreign bytes by the probe, the
 * metadata and the decoders; reads headers and lengths only.
 *
 * PNG: ISO/IEC 15948, 5.3. JPEG: ITU-T T.81, B.1.1. WebP: RFC 9649, 2.3 to 2.5. */
#include "image/chunks.h"

#include "image/sniff.h"

#define PNG_SIGNATURE_BYTES 8
#define PNG_FRAME_BYTES 12 /* length, type, CRC */
#define RIFF_HEAD_BYTES 12
#define JPEG_SOS 0xda
#define JPEG_EOI 0xd9

bool ct_chunks_open(struct ct_chunks *chunks, struct ct_slice file)
{
    *chunks = (struct ct_chunks){ .file = file };
    if (!ct_sniff(&chunks->format, file))
        return false;
    switch (chunks->format) {
    case CT_FORMAT_PNG:
        chunks->at = PNG_SIGNATURE_BYTES;
        break;
    case CT_FORMAT_JPEG:
        chunks->at = 2; /* behind SOI */
        break;
    case CT_FORMAT_WEBP:
        chunks->at = RIFF_HEAD_BYTES;
        break;
    case CT_FORMAT_SVG: /* never sniffed */
    case CT_FORMAT_COUNT:
        break;
    }
    return true;
}

static bool stop_cut(struct ct_chunks *c)
{
    c->cut = true;
    c->at = c->file.len;
    return false;
}

static bool next_png(struct ct_chunks *c, struct ct_chunk *out)
{
    const char *at = c->file.ptr + c->at;
    size_t left = c->file.len - c->at;
    if (left < PNG_FRAME_BYTES || ct_be32(at) > left - PNG_FRAME_BYTES)
        return stop_cut(c);
    size_t len = ct_be32(at);
    *out = (struct ct_chunk){ ct_be32(at + 4), { at + 8, len }, c->at, 0 };
    c->at = out->to = c->at + PNG_FRAME_BYTES + len;
    if (out->type == CT_TAG('I', 'E', 'N', 'D'))
        c->at = c->file.len; /* what stands behind it is no part of the picture */
    return true;
}

static bool next_jpeg(struct ct_chunks *c, struct ct_chunk *out)
{
    const char *bytes = c->file.ptr;
    size_t at = c->at, len = c->file.len;
    if (at >= len || (uint8_t)bytes[at] != 0xff)
        return stop_cut(c);
    while (at < len && (uint8_t)bytes[at] == 0xff) /* any number of fill bytes */
        at++;
    if (at == len || bytes[at] == 0)
        return stop_cut(c);
    uint8_t marker = (uint8_t)bytes[at++];
    bool bare = marker == JPEG_EOI || marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    size_t body = 0;
    if (!bare) {
        if (len - at < 2 || ct_be16(bytes + at) < 2 || ct_be16(bytes + at) > len - at)
            return stop_cut(c);
        body = ct_be16(bytes + at) - 2;
        at += 2;
    }
    *out = (struct ct_chunk){ marker, { bytes + at, body }, c->at, at + body };
    c->at = marker == JPEG_SOS || marker == JPEG_EOI ? len : out->to;
    return true;
}

/* A RIFF may claim to be longer than the file: what is there counts. */
static bool next_webp(struct ct_chunks *c, struct ct_chunk *out)
{
    const char *at = c->file.ptr + c->at;
    size_t left = c->file.len - c->at;
    if (left < 8 || ct_le32(at + 4) > left - 8)
        return stop_cut(c);
    size_t len = ct_le32(at + 4), padded = len + (len & 1);
    *out = (struct ct_chunk){ ct_be32(at), { at + 8, len }, c->at, 0 };
    out->to = padded > left - 8 ? c->file.len : c->at + 8 + padded;
    c->at = out->to;
    return true;
}

bool ct_chunks_next(struct ct_chunks *chunks, struct ct_chunk *out)
{
    if (chunks->at >= chunks->file.len) /* a format without its own end mark ends here */
        return false;
    switch (chunks->format) {
    case CT_FORMAT_PNG:
        return next_png(chunks, out);
    case CT_FORMAT_JPEG:
        return next_jpeg(chunks, out);
    case CT_FORMAT_WEBP:
        break;
    case CT_FORMAT_SVG: /* never sniffed */
    case CT_FORMAT_COUNT:
        break;
    }
    return next_webp(chunks, out);
}
