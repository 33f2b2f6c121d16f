/* Magic bytes. Called on uploads before a decoder is chosen; reads CT_SNIFF_BYTES at most.
 *
 * PNG: RFC 2083, 3.1. JPEG: SOI and the first byte of the next marker (ITU-T T.81, B.1.1.3).
 * WebP: RIFF header with the form type WEBP (RFC 9649, 2.4). */
#include "image/sniff.h"

static bool at(struct ct_slice bytes, size_t offset, struct ct_slice magic)
{
    return bytes.len >= offset + magic.len && memcmp(bytes.ptr + offset, magic.ptr, magic.len) == 0;
}

bool ct_sniff(enum ct_format *out, struct ct_slice bytes)
{
    if (at(bytes, 0, CT_S("\x89PNG\r\n\x1a\n")))
        *out = CT_FORMAT_PNG;
    else if (at(bytes, 0, CT_S("\xff\xd8\xff")))
        *out = CT_FORMAT_JPEG;
    else if (at(bytes, 0, CT_S("RIFF")) && at(bytes, 8, CT_S("WEBP")))
        *out = CT_FORMAT_WEBP;
    else
        return false;
    return true;
}
