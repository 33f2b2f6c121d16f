/* See recipe.h. The version is signed with the recipe, so that a text of one version cannot be
 * passed off as one of another. */
#include "policy/recipe.h"

#include "base/hash.h"

#define PREFIX "calotype-scene/1 "
#define PREFIX_LEN (sizeof(PREFIX) - 1)
#define HEX_LEN (2 * CT_SHA256_LEN)
#define HEAD_LEN (PREFIX_LEN + HEX_LEN + 1)

/* The inner hash of the recipe is signed rather than the recipe, so nothing has to be copied. */
static void sign(char hex[HEX_LEN], const struct ct_secret *key, struct ct_slice recipe)
{
    uint8_t mac[CT_SHA256_LEN], text[PREFIX_LEN + CT_SHA256_LEN];
    memcpy(text, PREFIX, PREFIX_LEN);
    ct_sha256(text + PREFIX_LEN, recipe.ptr, recipe.len);
    ct_hmac_sha256(mac, key->bytes, sizeof(key->bytes), text, sizeof(text));
    ct_hex(hex, mac, sizeof(mac));
}

void ct_recipe_seal(struct ct_buf *b, const struct ct_secret *key, struct ct_slice recipe)
{
    char hex[HEX_LEN];
    if (recipe.len == 0 || recipe.len > CT_RECIPE_MAX) {
        b->failed = true;
        return;
    }
    sign(hex, key, recipe);
    ct_buf_puts(b, PREFIX);
    ct_buf_append(b, hex, sizeof(hex));
    ct_buf_putc(b, '\n');
    ct_buf_put(b, recipe);
}

bool ct_recipe_open(struct ct_slice *recipe, const struct ct_secret *key, struct ct_slice sealed)
{
    char hex[HEX_LEN];
    if (!ct_slice_starts(sealed, PREFIX) || sealed.len <= HEAD_LEN ||
        sealed.len > HEAD_LEN + CT_RECIPE_MAX || sealed.ptr[HEAD_LEN - 1] != '\n')
        return false;
    struct ct_slice body = ct_slice_sub(sealed, HEAD_LEN, sealed.len);
    sign(hex, key, body);
    if (!ct_same_bytes(hex, sealed.ptr + PREFIX_LEN, sizeof(hex)))
        return false;
    *recipe = body;
    return true;
}
