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

bool ct_film_init_coverage(struct ct_film *film, int width, int height, bool transparent,
                           int samples)
{
    *film = (struct ct_film){
        .width = width,
        .height = height,
        .tiles_x = (width + CT_FILM_TILE - 1) / CT_FILM_TILE,
        .tiles_y = (height + CT_FILM_TILE - 1) / CT_FILM_TILE,
    };
    if (!transparent)
        return true;
    size_t n_tiles = (size_t)film->tiles_x * (size_t)film->tiles_y;
    film->covered = ct_calloc((size_t)width * (size_t)height, sizeof(*film->covered));
    film->tile_samples = ct_reallocarray(NULL, n_tiles, sizeof(*film->tile_samples));
    for (size_t i = 0; film->tile_samples && i < n_tiles; i++)
        film->tile_samples[i] = (uint16_t)samples;
    return film->covered && film->tile_samples;
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

struct look {
    ct_v3 color, normal;
    float depth;
};

static struct look look_at(const struct ct_film *film, int x, int y)
{
    const struct ct_film_pixel *px = &film->pixels[ct_film_index(film, x, y)];
    int n = ct_film_count(film, x, y), n_features = ct_film_feature_count(film, x, y);
    float inverse = n ? 1.0f / (float)n : 0, unit = n_features ? 1.0f / (float)n_features : 0;
    return (struct look){
        .color = v3((px->diffuse[0] + px->specular[0]) * inverse,
                    (px->diffuse[1] + px->specular[1]) * inverse,
                    (px->diffuse[2] + px->specular[2]) * inverse),
        .normal = v3_scale(v3((float)px->normal[0], (float)px->normal[1], (float)px->normal[2]),
                           unit / CT_FILM_NORMAL_SCALE),
        .depth = px->depth * unit,
    };
}

/* Squared contrast of two pixels between which one surface ends and another begins; else 0. */
static float edge_between(const struct ct_film *film, const struct look *a, const struct look *b)
{
    const float depth_step = 0.03f, normal_step = 0.35f, dark = 0.05f;
    float near = ct_maxf(ct_minf(a->depth, b->depth), 1e-3f);
    if (film->blurred > 0 && film->blur * fabsf(1 - film->focus / near) < film->blurred)
        return 0;
    ct_v3 bend = v3_sub(a->normal, b->normal), d = v3_sub(a->color, b->color);
    bool step = fabsf(a->depth - b->depth) > depth_step * ct_minf(a->depth, b->depth);
    if (!step && !(v3_dot(bend, bend) > normal_step * normal_step))
        return 0;
    ct_v3 sum = v3_add(a->color, b->color);
    float brightness = dark + (sum.x + sum.y + sum.z) * (1 / 6.0f);
    return ct_minf(v3_dot(d, d) * (1 / 3.0f) / (brightness * brightness), 1);
}

#define LOOKS (CT_FILM_TILE + 2) /* of a tile and the pixels next to it, a row */

/* The strongest of the pixel's four sides: both pixels at an edge share their surfaces. */
static float edge_at(const struct ct_film *film, const struct look *here)
{
    float right = edge_between(film, here, here + 1), left = edge_between(film, here, here - 1);
    float below = edge_between(film, here, here + LOOKS),
          above = edge_between(film, here, here - LOOKS);
    return ct_maxf(ct_maxf(right, left), ct_maxf(below, above));
}

static int held(int i, int n)
{
    return i < 0 ? 0 : i >= n ? n - 1 : i;
}

float ct_film_edges(const struct ct_film *film, int tile)
{
    int x0 = tile % film->tiles_x * CT_FILM_TILE, y0 = tile / film->tiles_x * CT_FILM_TILE;
    const int least = 3; /* pixels of an edge that is worth a tile's samples */
    struct look looks[LOOKS * LOOKS];
    float sum = 0;
    int n_edges = 0;
    for (int j = 0; j < LOOKS; j++)
        for (int i = 0; i < LOOKS; i++)
            looks[j * LOOKS + i] =
                look_at(film, held(x0 - 1 + i, film->width), held(y0 - 1 + j, film->height));
    for (int y = y0; y < y0 + CT_FILM_TILE && y < film->height; y++) {
        for (int x = x0; x < x0 + CT_FILM_TILE && x < film->width; x++) {
            float most = edge_at(film, &looks[(y - y0 + 1) * LOOKS + x - x0 + 1]);
            sum += most;
            n_edges += most > 0;
        }
    }
    float n = (float)ct_maxf((float)n_edges, least) * (float)ct_maxf(film->tile_samples[tile], 1);
    return 0.4f * sqrtf(sum / n);
}
