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

/* Variance of the mean luminance of a pixel over n samples, over the square of its brightness. */
static float pixel_noise(const struct ct_film_pixel *px, int n, int n_features)
{
    const float dark = 0.05f;
    float inverse = 1.0f / (float)n, unit = 1.0f / ((float)n_features * CT_FILM_FEATURE_SCALE);
    float albedo[3];
    for (int k = 0; k < 3; k++)
        albedo[k] = (float)px->albedo[k] * unit + 0.02f;
    ct_v3 diffuse = v3_scale(v3(px->diffuse[0], px->diffuse[1], px->diffuse[2]), inverse);
    ct_v3 specular = v3_scale(v3(px->specular[0], px->specular[1], px->specular[2]), inverse);
    float light =
        ct_luminance(v3(diffuse.x / albedo[0], diffuse.y / albedo[1], diffuse.z / albedo[2]));
    float shine = ct_luminance(specular),
          surface = ct_luminance(v3(albedo[0], albedo[1], albedo[2]));
    float variance = ct_maxf(px->diffuse_sq * inverse - light * light, 0) * surface * surface +
                     ct_maxf(px->specular_sq * inverse - shine * shine, 0);
    float brightness = ct_luminance(diffuse) + shine + dark;
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
