/* The film's memory. What its numbers mean is in film.h; integrator.c writes, denoise.c reads. */
#include "engines/scene/render/film.h"

#include "base/mem.h"

ct_code ct_film_init(struct ct_film *film, int width, int height, bool transparent,
                     struct ct_err *err)
{
    size_t n_pixels = (size_t)width * (size_t)height;
    *film = (struct ct_film){
        .width = width,
        .height = height,
        .tiles_x = (width + CT_FILM_TILE - 1) / CT_FILM_TILE,
        .tiles_y = (height + CT_FILM_TILE - 1) / CT_FILM_TILE,
    };
    film->pixels = ct_calloc(n_pixels, sizeof(*film->pixels));
    film->tile_samples =
        ct_calloc((size_t)film->tiles_x * (size_t)film->tiles_y, sizeof(*film->tile_samples));
    if (transparent) {
        film->covered = ct_calloc(n_pixels, sizeof(*film->covered));
        film->covered_features = ct_calloc(n_pixels, sizeof(*film->covered_features));
    }
    bool complete = film->pixels && film->tile_samples &&
                    (!transparent || (film->covered && film->covered_features));
    if (complete)
        return CT_OK;
    ct_film_release(film);
    return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory for a picture of %dx%d.", width, height);
}

void ct_film_release(struct ct_film *film)
{
    ct_free(film->pixels);
    ct_free(film->tile_samples);
    ct_free(film->covered);
    ct_free(film->covered_features);
    *film = (struct ct_film){ 0 };
}
