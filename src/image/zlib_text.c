/* Packs and unpacks texts with ISA-L, which writes our PNGs already.
 *
 * The states of ISA-L are 60 to 300 KB: they live on the heap for the length of one call. */
#include "image/zlib_text.h"

#include "base/mem.h"

#include <isa-l/igzip_lib.h>

#define STEP_BYTES ((size_t)32 * 1024)

struct packer {
    struct isal_zstream z;
    uint8_t level_buf[ISAL_DEF_LVL3_DEFAULT];
};

bool ct_zlib_pack(struct ct_buf *out, struct ct_slice text)
{
    struct packer *p = ct_aligned(64, sizeof(*p));
    if (!p)
        return false;
    memset(p, 0, sizeof(*p)); /* as in png_write.c: parts are read before they are written */
    isal_deflate_init(&p->z);
    p->z.gzip_flag = IGZIP_ZLIB;
    p->z.end_of_stream = 1;
    p->z.level = 3;
    p->z.level_buf = p->level_buf;
    p->z.level_buf_size = sizeof(p->level_buf);
    p->z.next_in = (uint8_t *)(uintptr_t)text.ptr; /* only read */
    p->z.avail_in = (uint32_t)text.len;
    bool ok = true;
    while (ok && p->z.internal_state.state != ZSTATE_END) {
        ok = ct_buf_reserve(out, STEP_BYTES);
        if (!ok)
            break;
        p->z.next_out = (uint8_t *)out->data + out->len;
        p->z.avail_out = STEP_BYTES;
        ok = isal_deflate(&p->z) == COMP_OK;
        out->len += STEP_BYTES - p->z.avail_out;
    }
    ct_free(p);
    return ok;
}

static enum ct_zlib_result unpack(struct ct_buf *out, struct inflate_state *s, size_t max)
{
    size_t done = 0;
    while (s->block_state != ISAL_BLOCK_FINISH) {
        size_t room = max - done < STEP_BYTES ? max - done : STEP_BYTES;
        if (!ct_buf_reserve(out, room + 1)) /* one more tells "too long" from "just fits" */
            return CT_ZLIB_NO_MEMORY;
        s->next_out = (uint8_t *)out->data + out->len;
        s->avail_out = (uint32_t)room + 1;
        if (isal_inflate(s) != ISAL_DECOMP_OK)
            return CT_ZLIB_DAMAGED;
        size_t got = room + 1 - s->avail_out;
        done += got;
        out->len += got;
        if (done > max)
            return CT_ZLIB_TOO_LONG;
        if (got == 0 && s->avail_in == 0 && s->block_state != ISAL_BLOCK_FINISH)
            return CT_ZLIB_DAMAGED; /* the stream is cut */
    }
    return CT_ZLIB_OK;
}

enum ct_zlib_result ct_zlib_unpack(struct ct_buf *out, struct ct_slice packed, size_t max)
{
    struct inflate_state *s = ct_aligned(64, sizeof(*s));
    if (!s)
        return CT_ZLIB_NO_MEMORY;
    size_t before = out->len;
    memset(s, 0, sizeof(*s));
    isal_inflate_init(s);
    s->crc_flag = ISAL_ZLIB;
    s->next_in = (uint8_t *)(uintptr_t)packed.ptr; /* only read */
    s->avail_in = (uint32_t)packed.len;
    enum ct_zlib_result result = packed.len > UINT32_MAX ? CT_ZLIB_DAMAGED : unpack(out, s, max);
    if (result != CT_ZLIB_OK)
        out->len = before;
    ct_free(s);
    return result;
}
