/* Texts in JPEG and WebP: one property of an XMP packet.
 *
 * The packet is written, never parsed as XML: the property's base64 has no character that XML
 * would escape, so a search for its tag (or, as some programs rewrite it, its attribute) finds it
 * in any serialisation. WebP needs its extended form (VP8X) to carry XMP: a simple file gets one.
 *
 * XMP Specification part 3, 1.1.3 (JPEG); RFC 9649, 2.7 (WebP). */
#include "image/metadata_parts.h"

#define APP0 0xe0
#define APP1 0xe1
#define XMP_SIGNATURE "http://ns.adobe.com/xap/1.0/" /* and its NUL */
#define SIGNATURE_BYTES sizeof(XMP_SIGNATURE)
#define VP8X CT_TAG('V', 'P', '8', 'X')
#define VP8X_BYTES 10
#define VP8X_XMP 0x04
#define VP8X_ALPHA 0x10
#define XMP_CHUNK CT_TAG('X', 'M', 'P', ' ')

void ct_metadata__xmp_packet(struct ct_buf *out, const char *key, struct ct_slice base64)
{
    struct ct_slice prefix, name;
    ct_slice_cut(ct_slice(key), ':', &prefix, &name);
    ct_buf_puts(out, "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>"
                     "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
                     "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">");
    ct_buf_printf(out, "<rdf:Description rdf:about=\"\" xmlns:%.*s=\"urn:%.*s:metadata:1\"><%s>",
                  CT_SARG(prefix), CT_SARG(prefix), key);
    ct_buf_put(out, base64);
    ct_buf_printf(out, "</%s></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>", key);
}

static bool is_xmp(const struct ct_chunks *chunks, const struct ct_chunk *chunk)
{
    if (chunks->format == CT_FORMAT_WEBP)
        return chunk->type == XMP_CHUNK;
    return chunks->format == CT_FORMAT_JPEG && chunk->type == APP1 &&
           chunk->data.len > SIGNATURE_BYTES &&
           memcmp(chunk->data.ptr, XMP_SIGNATURE, SIGNATURE_BYTES) == 0;
}

static void put_app1(struct ct_buf *out, struct ct_slice packet)
{
    size_t len = 2 + SIGNATURE_BYTES + packet.len;
    char head[4] = { (char)0xff, (char)APP1, (char)(uint8_t)(len >> 8), (char)(uint8_t)len };
    ct_buf_append(out, head, sizeof(head));
    ct_buf_append(out, XMP_SIGNATURE, SIGNATURE_BYTES);
    ct_buf_put(out, packet);
}

/* Behind SOI and JFIF's APP0, which wants to be first. */
bool ct_metadata__xmp_put_jpeg(struct ct_buf *out, struct ct_slice file, struct ct_slice packet)
{
    struct ct_chunks chunks;
    struct ct_chunk chunk = { 0 };
    bool done = false;
    if (!ct_chunks_open(&chunks, file))
        return false;
    ct_buf_append(out, file.ptr, chunks.at);
    while (ct_chunks_next(&chunks, &chunk)) {
        if (!done && chunk.type != APP0) {
            put_app1(out, packet);
            done = true;
        }
        if (!is_xmp(&chunks, &chunk))
            ct_buf_append(out, file.ptr + chunk.from, chunk.to - chunk.from);
    }
    if (chunks.cut || !done)
        return false;
    ct_buf_append(out, file.ptr + chunk.to, file.len - chunk.to);
    return true;
}

static void put_le24(char *at, uint32_t value)
{
    for (int i = 0; i < 3; i++)
        at[i] = (char)(uint8_t)(value >> (8 * i));
}

static void put_le32(char *at, uint32_t value)
{
    put_le24(at, value);
    at[3] = (char)(uint8_t)(value >> 24);
}

static void put_riff(struct ct_buf *out, const char type[4], struct ct_slice data)
{
    char head[8];
    memcpy(head, type, 4);
    put_le32(head + 4, (uint32_t)data.len);
    ct_buf_append(out, head, sizeof(head));
    ct_buf_put(out, data);
    if (data.len & 1)
        ct_buf_putc(out, '\0');
}

/* Canvas and alpha of a simple file, from its only frame (RFC 6386, 9.1; RFC 9649, 3.4). */
static bool make_vp8x(char vp8x[VP8X_BYTES], const struct ct_chunk *frame)
{
    const char *at = frame->data.ptr;
    uint32_t width, height;
    memset(vp8x, 0, VP8X_BYTES);
    if (frame->type == CT_TAG('V', 'P', '8', ' ') && frame->data.len >= 10) {
        width = ct_le16(at + 6) & 0x3fff;
        height = ct_le16(at + 8) & 0x3fff;
    } else if (frame->type == CT_TAG('V', 'P', '8', 'L') && frame->data.len >= 5) {
        uint32_t bits = ct_le32(at + 1);
        width = (bits & 0x3fff) + 1;
        height = (bits >> 14 & 0x3fff) + 1;
        if (bits >> 28 & 1)
            vp8x[0] = VP8X_ALPHA;
    } else {
        return false;
    }
    if (width == 0 || height == 0)
        return false;
    put_le24(vp8x + 4, width - 1);
    put_le24(vp8x + 7, height - 1);
    return true;
}

static bool put_first_webp(struct ct_buf *out, struct ct_slice file, const struct ct_chunk *first)
{
    char vp8x[VP8X_BYTES];
    bool extended = first->type == VP8X && first->data.len == VP8X_BYTES;
    if (extended)
        memcpy(vp8x, first->data.ptr, VP8X_BYTES);
    else if (!make_vp8x(vp8x, first))
        return false;
    vp8x[0] |= VP8X_XMP;
    put_riff(out, "VP8X", ct_slice_n(vp8x, VP8X_BYTES));
    if (!extended)
        put_riff(out, first->type == CT_TAG('V', 'P', '8', ' ') ? "VP8 " : "VP8L", first->data);
    return true;
}

bool ct_metadata__xmp_put_webp(struct ct_buf *out, struct ct_slice file, struct ct_slice packet)
{
    struct ct_chunks chunks;
    struct ct_chunk chunk;
    if (!ct_chunks_open(&chunks, file))
        return false;
    ct_buf_append(out, file.ptr, chunks.at);
    if (!ct_chunks_next(&chunks, &chunk) || !put_first_webp(out, file, &chunk))
        return false;
    while (ct_chunks_next(&chunks, &chunk)) {
        char type[4] = { (char)(chunk.type >> 24), (char)(chunk.type >> 16),
                         (char)(chunk.type >> 8), (char)chunk.type };
        if (!is_xmp(&chunks, &chunk))
            put_riff(out, type, chunk.data);
    }
    put_riff(out, "XMP ", packet); /* the last chunk of all, says the order of RFC 9649 */
    if (chunks.cut || out->failed)
        return false;
    put_le32(out->data + 4, (uint32_t)(out->len - 8));
    return true;
}

/* What stands between `open` and the next `end` that follows it. */
static struct ct_slice between(struct ct_slice packet, const char *open, char end)
{
    size_t len = strlen(open);
    const char *at = packet.len ? memmem(packet.ptr, packet.len, open, len) : NULL;
    if (!at)
        return (struct ct_slice){ 0 };
    at += len;
    size_t left = packet.len - (size_t)(at - packet.ptr);
    const char *stop = memchr(at, end, left);
    return stop ? ct_slice_n(at, (size_t)(stop - at)) : (struct ct_slice){ 0 };
}

struct ct_slice ct_metadata__xmp_find(struct ct_slice file, const char *key)
{
    struct ct_chunks chunks;
    struct ct_chunk chunk;
    CT_CLEANUP(ct_buf_release) struct ct_buf open;
    ct_buf_init(&open, 256);
    if (!ct_chunks_open(&chunks, file))
        return (struct ct_slice){ 0 };
    while (ct_chunks_next(&chunks, &chunk)) {
        if (!is_xmp(&chunks, &chunk))
            continue;
        ct_buf_clear(&open);
        ct_buf_printf(&open, "<%s>", key);
        struct ct_slice found = between(chunk.data, ct_buf_text(&open), '<');
        if (!found.ptr) {
            ct_buf_clear(&open);
            ct_buf_printf(&open, "%s=\"", key);
            found = between(chunk.data, ct_buf_text(&open), '"');
        }
        if (found.ptr)
            return ct_slice_trim(found);
    }
    return (struct ct_slice){ 0 };
}
