/* Giving pictures their recipes, and finding the recipes of pictures that come back.
 *
 * A picture's recipe (engines/engine.h) is sealed with a key of the server, written into the file
 * (image/metadata.h), and kept by the hash of its pixels (store/scenes.h), so that it is found
 * again when a client has dropped what it did not know. Immutable; thread-safe. */
#ifndef CT_JOBS_RECIPES_H
#define CT_JOBS_RECIPES_H

#include "image/codec.h"
#include "store/scenes.h"
#include "store/secret.h"

struct ct_recipes {
    struct ct_secret key;
    struct ct_scenes *scenes; /* borrowed; may be NULL: recipes travel in files alone */
};

/* Replaces *file (this picture, encoded as `format`) by one that carries the recipe, and keeps it.
 * When that cannot be done the file stays as it is and *err says why: the picture is complete
 * without its recipe. */
CT_MUSTCHECK ct_code ct_recipes_attach(const struct ct_recipes *recipes, struct ct_blob **file,
                                       const struct ct_image *image, enum ct_format format,
                                       struct ct_slice recipe, struct ct_err *err);
/* Appends the recipe that the file carries or, failing that, the one kept for these pixels
 * (`image` NULL: not looked for). CT_E_NOT_FOUND: a foreign picture, as far as can be known. */
CT_MUSTCHECK ct_code ct_recipes_find(struct ct_buf *out, const struct ct_recipes *recipes,
                                     struct ct_slice file, const struct ct_image *image,
                                     struct ct_err *err);

#endif
