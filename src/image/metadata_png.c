/* Texts in PNG: the iTXt chunk (ISO/IEC 15948, 11.3.4.5), compressed.
 *
 * It goes in front of the first IDAT, where readers that stop at the pixels still see it. */
#include "image/metadata_parts.h"

#include <isa-l/crc.h>

#define ITXT CT_TAG('i', 'T', 'X', 't')
#define IDAT CT_TAG('I', 'D', 'A', 'T')

static void put_be32(char *at, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        at[i] = (char)(uint8_t)(value >> (24 - 8 * i));
}

static void put_itxt(struct ct_buf *out, const char *key, struct ct_slice packed)
{
    char number[4];
    size_t from = out->len;
    ct_buf_append(out, "\0\0\0\0iTXt", 8);
    ct_buf_puts(out, key);
    ct_buf_append(out, "\0\1\0\0\0", 5); /* end of key, compressed, zlib, no language, no title */
    ct_buf_put(out, packed);
    if (out->failed)
        return;
    put_be32(out->data + from, (uint32_t)(out->len - from - 8));
    put_be32(number,
             crc32_gzip_refl(0, (const uint8_t *)out->data + from + 4, out->len - from - 4));
    ct_buf_append(out, number, sizeof(number));
}

static bool is_ours(const struct ct_chunk *chunk, const char *key)
{
    size_t len = strlen(key);
    return chunk->type == ITXT && chunk->data.len > len &&
           memcmp(chunk->data.ptr, key, len + 1) == 0;
}

bool ct_metadata__png_put(struct ct_buf *out, struct ct_slice file, const char *key,
                          struct ct_slice packed)
{
    struct ct_chunks chunks;
    struct ct_chunk chunk;
    bool done = false;
    if (!ct_chunks_open(&chunks, file))
        return false;
    ct_buf_append(out, file.ptr, chunks.at);
    while (ct_chunks_next(&chunks, &chunk)) {
        if (!done && chunk.type == IDAT) {
            put_itxt(out, key, packed);
            done = true;
        }
        if (!is_ours(&chunk, key))
            ct_buf_append(out, file.ptr + chunk.from, chunk.to - chunk.from);
    }
    return done && !chunks.cut;
}

/* The language and the translated keyword, two texts that end in 0, stand before the text. */
static struct ct_slice text_of(struct ct_slice data, size_t key_len, bool *is_packed)
{
    struct ct_slice rest = ct_slice_sub(data, key_len + 1, data.len), skipped;
    if (rest.len < 4 || (rest.ptr[0] & ~1) || rest.ptr[1])
        return (struct ct_slice){ 0 };
    *is_packed = rest.ptr[0] == 1;
    rest = ct_slice_sub(rest, 2, rest.len);
    for (int i = 0; i < 2; i++)
        if (!ct_slice_cut(rest, '\0', &skipped, &rest))
            return (struct ct_slice){ 0 };
    return rest;
}

struct ct_slice ct_metadata__png_find(struct ct_slice file, const char *key, bool *is_packed)
{
    struct ct_chunks chunks;
    struct ct_chunk chunk;
    if (!ct_chunks_open(&chunks, file) || chunks.format != CT_FORMAT_PNG)
        return (struct ct_slice){ 0 };
    while (ct_chunks_next(&chunks, &chunk))
        if (is_ours(&chunk, key))
            return text_of(chunk.data, strlen(key), is_packed);
    return (struct ct_slice){ 0 };
}
