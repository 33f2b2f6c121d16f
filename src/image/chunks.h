/* A picture file as the pieces it is made of, without looking into them.
 *
 * PNG: its chunks. JPEG: its marker segments up to and with the first SOS (what follows is
 * entropy-coded). WebP: the chunks of the RIFF. Lengths are checked against the bytes there are;
 * check sums are not. Nothing is copied or allocated; any thread. */
#ifndef CT_IMAGE_CHUNKS_H
#define CT_IMAGE_CHUNKS_H

#include "base/slice.h"
#include "image/codec.h"

#define CT_TAG(a, b, c, d)                                                                         \
    ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (uint32_t)(d))

struct ct_chunk {
    uint32_t type;        /* CT_TAG('I','H','D','R'); for JPEG the marker, 0xe1 is APP1 */
    struct ct_slice data; /* without framing */
    size_t from, to;      /* where the whole of it stands in the file */
};

struct ct_chunks {
    struct ct_slice file;
    enum ct_format format;
    size_t at;
    bool cut; /* the walk ended at a chunk longer than the file, or at no chunk at all */
};

/* false when the bytes start none of our formats. */
bool ct_chunks_open(struct ct_chunks *chunks, struct ct_slice file);
/* false at the end: IEND, SOS, the end of the RIFF, or chunks->cut. */
bool ct_chunks_next(struct ct_chunks *chunks, struct ct_chunk *out);

/* Bytes of a number that somebody else wrote; the caller has checked that they are there. */
static inline uint32_t ct_be16(const char *at)
{
    const uint8_t *b = (const uint8_t *)at;
    return (uint32_t)b[0] << 8 | b[1];
}
static inline uint32_t ct_be32(const char *at)
{
    return ct_be16(at) << 16 | ct_be16(at + 2);
}
static inline uint32_t ct_le16(const char *at)
{
    const uint8_t *b = (const uint8_t *)at;
    return (uint32_t)b[1] << 8 | b[0];
}
static inline uint32_t ct_le24(const char *at)
{
    return ct_le16(at) | (uint32_t)(uint8_t)at[2] << 16;
}
static inline uint32_t ct_le32(const char *at)
{
    return ct_le16(at) | ct_le16(at + 2) << 16;
}

#endif
