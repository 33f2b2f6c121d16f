/* The denoiser on films made by hand. */
#include "base/mem.h"
#include "engines/scene/render/kernels.h"

#include "scene_world.h"
#include "t.h"

enum { SAMPLES = 16 };

static const struct ct_denoise_params full = { .radius = 3, .levels = 3, .spread = 4, .strength = 1 };

/* One pixel of constant albedo and geometry that received `light` in each of its samples. */
static void expose(struct ct_film *film, int x, int y, const float light[SAMPLES], float albedo,
                   float depth)
{
    struct ct_film_pixel *px = &film->pixels[ct_film_index(film, x, y)];
    for (int i = 0; i < SAMPLES; i++) {
        float radiance = light[i] * albedo, irradiance = radiance / (albedo + 0.02f);
        for (int k = 0; k < 3; k++) {
            px->diffuse[k] += radiance;
            px->albedo[k] = (uint16_t)(px->albedo[k] + (uint16_t)(albedo * CT_FILM_FEATURE_SCALE));
        }
        px->normal[2] = (int16_t)(px->normal[2] + (int)CT_FILM_NORMAL_SCALE);
        px->diffuse_sq += irradiance * irradiance;
        px->depth += depth;
    }
}

static bool film_ready(struct ct_film *film, int w, int h)
{
    if (ct_film_init(film, w, h, false, NULL) != CT_OK)
        return false;
    for (int i = 0; i < film->tiles_x * film->tiles_y; i++)
        film->tile_samples[i] = SAMPLES;
    return true;
}

/* Noise like a path tracer's: mean 1, now and then much more. */
static void noisy(float light[SAMPLES], float mean, uint32_t *state)
{
    for (int i = 0; i < SAMPLES; i++)
        light[i] = mean * (scene_random(state) < 0.25f ? 2.5f : 0.5f);
}

static void denoise_all(float *out, const struct ct_film *film)
{
    for (int t = 0; t < ct_denoise_tiles(film); t++)
        CHECK_INT(ct_render_kernels_best()->denoise_tile(out, film, &full, t, NULL),
                  CT_DENOISE_DONE);
}

TEST(scene_denoise__a_flat_picture_stays_flat)
{
    enum { W = 150, H = 140 };
    struct ct_film film;
    static float out[W * H * 3];
    const float even[SAMPLES] = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 };
    REQUIRE(film_ready(&film, W, H));
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++)
            expose(&film, x, y, even, 0.5f, 50);
    denoise_all(out, &film);
    float low = 9, high = 0;
    for (int i = 0; i < W * H * 3; i++) {
        low = ct_minf(low, out[i]);
        high = ct_maxf(high, out[i]);
    }
    CHECK(high - low < 1e-4f);
    CHECK(fabsf(low - 0.5f) < 1e-3f);
    ct_film_release(&film);
}

TEST(scene_denoise__noise_goes_and_edges_stay)
{
    enum { W = 96, H = 64 };
    struct ct_film film;
    static float out[W * H * 3];
    uint32_t state = 3;
    REQUIRE(film_ready(&film, W, H));
    /* Left and right differ in depth and light; above and below in albedo alone. */
    for (int y = 0; y < H; y++) {
        for (int x = 0; x < W; x++) {
            float light[SAMPLES];
            noisy(light, x < W / 2 ? 1.0f : 0.3f, &state);
            expose(&film, x, y, light, y < H / 2 ? 0.8f : 0.2f, x < W / 2 ? 40.0f : 60.0f);
        }
    }
    denoise_all(out, &film);
    for (int part = 0; part < 4; part++) {
        int x0 = (part & 1) ? W / 2 : 0, y0 = (part & 2) ? H / 2 : 0;
        double light = (part & 1) ? 0.3 : 1.0, albedo = (part & 2) ? 0.2 : 0.8;
        double raw = 0, clean = 0, mean = 0, n = (double)(W / 2) * (H / 2);
        for (int y = y0; y < y0 + H / 2; y++) {
            for (int x = x0; x < x0 + W / 2; x++) {
                size_t i = ct_film_index(&film, x, y);
                double before = (double)film.pixels[i].diffuse[1] / SAMPLES - light * albedo;
                double after = (double)out[3 * i + 1] - light * albedo;
                raw += before * before / n;
                clean += after * after / n;
                mean += after / n;
            }
        }
        CHECK(clean < raw / 16);
        CHECK(fabs(mean) < 0.02 * light * albedo + 0.003);
    }
    ct_film_release(&film);
}

TEST(scene_denoise__all_builds_agree_and_failures_are_told)
{
    enum { W = 40, H = 30 };
    struct ct_film film;
    static float first[W * H * 3], other[W * H * 3];
    uint32_t state = 8;
    atomic_int cancel = 1;
    REQUIRE(film_ready(&film, W, H));
    for (int y = 0; y < H; y++) {
        for (int x = 0; x < W; x++) {
            float light[SAMPLES];
            noisy(light, 0.1f + 0.01f * (float)x, &state);
            expose(&film, x, y, light, 0.3f + 0.01f * (float)y, 40 + 0.1f * (float)(x + y));
        }
    }
    const struct ct_render_kernels *k = ct_render_kernels_get(0);
    CHECK_INT(k->denoise_tile(first, &film, &full, 0, NULL), CT_DENOISE_DONE);
    for (int i = 1; (k = ct_render_kernels_get(i)) != NULL; i++) {
        CHECK_INT(k->denoise_tile(other, &film, &full, 0, NULL), CT_DENOISE_DONE);
        CHECK(memcmp(first, other, sizeof(first)) == 0);
    }
    k = ct_render_kernels_best();
    CHECK_INT(k->denoise_tile(other, &film, &full, 0, &cancel), CT_DENOISE_CANCELLED);
    ct_mem_fail_nth(1);
    CHECK_INT(k->denoise_tile(other, &film, &full, 0, NULL), CT_DENOISE_NO_MEMORY);
    ct_mem_fail_nth(0);
    ct_film_release(&film);
}

TEST(scene_denoise__strength_zero_changes_nothing)
{
    struct ct_film film;
    float out[8 * 8 * 3];
    uint32_t state = 4;
    REQUIRE(film_ready(&film, 8, 8));
    for (int i = 0; i < 64; i++) {
        float light[SAMPLES];
        noisy(light, 1, &state);
        expose(&film, i % 8, i / 8, light, 0.5f, 30);
    }
    const struct ct_denoise_params none = { .radius = 3, .levels = 3, .strength = 0 };
    CHECK_INT(ct_render_kernels_best()->denoise_tile(out, &film, &none, 0, NULL), CT_DENOISE_DONE);
    for (int i = 0; i < 64; i++)
        CHECK(fabsf(out[3 * i] - film.pixels[i].diffuse[0] / SAMPLES) < 1e-5f);
    ct_film_release(&film);
}
