/* Sealed recipes of pictures, found by what the picture looks like: DATA/scenes/3f/3f9a...e1.
 *
 * A picture carries its recipe in its file, but many clients keep only the pixels; so it is kept
 * here too, under the hash of the pixels. This is a cache with a ceiling: what is not there makes
 * a picture a foreign one, and nothing else depends on it, so writing is atomic but not durable.
 * Nothing here is trusted when it is read back: the recipes are sealed (policy/recipe.h).
 * Thread-safe, also between processes. */
#ifndef CT_STORE_SCENES_H
#define CT_STORE_SCENES_H

#include "base/buf.h"
#include "base/hash.h"
#include "image/image.h"

#define CT_SCENES_MAX 32768 /* kept at once; the oldest go first */

struct ct_scenes;

/* DATA/scenes is made when the first recipe is kept. CT_E_CONFIG, CT_E_MEMORY. */
CT_MUSTCHECK ct_code ct_scenes_open(struct ct_scenes **out, const char *data_dir,
                                    struct ct_err *err);
void ct_scenes_close(struct ct_scenes **scenes);

/* The hash of size and colours. An alpha channel that is opaque everywhere does not count, since
 * many programs add or drop it. 3 ms a megapixel. */
void ct_scenes_hash(uint8_t hash[CT_SHA256_LEN], const struct ct_image *image);

/* CT_E_IO. */
CT_MUSTCHECK ct_code ct_scenes_put(struct ct_scenes *scenes, const uint8_t hash[CT_SHA256_LEN],
                                   struct ct_slice sealed, struct ct_err *err);
/* Appends what was kept; CT_E_NOT_FOUND, CT_E_IO. */
CT_MUSTCHECK ct_code ct_scenes_get(struct ct_buf *out, struct ct_scenes *scenes,
                                   const uint8_t hash[CT_SHA256_LEN], struct ct_err *err);

#endif
