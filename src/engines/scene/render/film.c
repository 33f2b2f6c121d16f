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
        film->shade = ct_calloc(n_pixels, sizeof(*film->shade));
    }
    bool complete = film->pixels && film->tile_samples &&
                    (!transparent || (film->covered && film->covered_features && film->shade));
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
    ct_free(film->shade);
    *film = (struct ct_film){ 0 };
}

/* Variance of the mean of a pixel over n samples, over the square of its brightness; both of all
 * three colours, so that a saturated thing is as clean as a grey one. */
static float pixel_noise(const struct ct_film_pixel *px, int n, int n_features)
{
    const float dark = 0.05f;
    float inverse = 1.0f / (float)n, unit = 1.0f / ((float)n_features * CT_FILM_FEATURE_SCALE);
    float surface = 0, light_sq = 0, shine_sq = 0, brightness = dark;
    for (int k = 0; k < 3; k++) {
        float albedo = (float)px->albedo[k] * unit + 0.02f;
        float diffuse = px->diffuse[k] * inverse, shine = px->specular[k] * inverse;
        surface += albedo * albedo * (1 / 3.0f);
        light_sq += diffuse * diffuse / (albedo * albedo) * (1 / 3.0f);
        shine_sq += shine * shine * (1 / 3.0f);
        brightness += (diffuse + shine) * (1 / 3.0f);
    }
    float variance = ct_maxf(px->diffuse_sq * inverse - light_sq, 0) * surface +
                     ct_maxf(px->specular_sq * inverse - shine_sq, 0);
    return variance / ((float)(n - 1) * brightness * brightness);
}

float ct_film_noise(const struct ct_film *film, int tile)
{
    int x0 = tile % film->tiles_x * CT_FILM_TILE, y0 = tile / film->tiles_x * CT_FILM_TILE;
    int pixels = 0;
    float sum = 0;
    if (film->tile_samples[tile] < 2)
        return INFINITY;
    for (int y = y0; y < y0 + CT_FILM_TILE && y < film->height; y++) {
        for (int x = x0; x < x0 + CT_FILM_TILE && x < film->width; x++) {
            int n = ct_film_count(film, x, y), n_features = ct_film_feature_count(film, x, y);
            if (n > 1 && n_features > 0)
                sum += pixel_noise(&film->pixels[ct_film_index(film, x, y)], n, n_features);
            pixels++;
        }
    }
    return sqrtf(sum / (float)pixels);
}
