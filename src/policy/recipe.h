/* Recipes: what a picture was made of, travelling with it, signed.
 *
 * A picture comes back to be edited with a text in its file that says how it was drawn. Anybody
 * can write such a text, so it is believed only with our own signature: HMAC-SHA-256 under a key
 * that the server's secret derives for this purpose alone. Whatever does not verify is as good as
 * absent, and the picture is a foreign one. */
#ifndef CT_POLICY_RECIPE_H
#define CT_POLICY_RECIPE_H

#include "base/buf.h"
#include "store/secret.h"

#define CT_RECIPE_METADATA "calotype:scene" /* the key of image/metadata.h */
#define CT_RECIPE_PURPOSE "scene of a picture"
#define CT_RECIPE_MAX ((size_t)256 << 10) /* of a recipe; longer ones are not sealed */

/* Appends "calotype-scene/1 HEX\n" and the recipe. b->failed when it is too long or memory is out.
 */
void ct_recipe_seal(struct ct_buf *b, const struct ct_secret *key, struct ct_slice recipe);
/* *recipe is the part of `sealed` that was signed; false when it was not, or not with this key. */
bool ct_recipe_open(struct ct_slice *recipe, const struct ct_secret *key, struct ct_slice sealed);

#endif
