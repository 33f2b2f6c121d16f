/* Developing: called by render.c once for each snapshot and once at the end.
 *
 * Bloom is a wide blur, so it is made on a picture about 256 pixels wide and read bilinearly. The
 * tone curves are Stephen Hill's fit of the ACES reference transforms (2015), for mood, and
 * Khronos PBR Neutral (2024), which keeps a product's colours. Rows are independent; dither is a
 * hash of the place, so the bytes do not depend on who develops which row. */
#include "engines/scene/render/develop.h"

#include "base/mem.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"

#define BLOOM_WIDTH 256
#define BLOOM_THRESHOLD 0.9f
#define BLOOM_MAX 20.0f
#define ROWS 16 /* a piece of work for the pool */

/* sRGB's curve at 64 knots an octave from 2^-9 to 1; straight lines between them stay within a
 * hundredth of a level of it. */
#define KNOT_BITS 6
#define FIRST_KNOT 0x3b000000u /* the bits of 2^-9 */
#define KNOTS ((9 << KNOT_BITS) + 2)

struct bloom {
    float *rgb; /* width * height * 3; NULL for none */
    int width, height, shrink;
};

struct job {
    const float *hdr, *shadow;
    const struct ct_film *film;
    const struct ct_post *post;
    const atomic_int *cancel;
    struct bloom bloom;
    struct ct_image *image;
    float srgb[KNOTS];
};

union bits {
    float value;
    uint32_t bits;
};

static void make_curve(float srgb[KNOTS])
{
    for (uint32_t i = 0; i < KNOTS; i++) {
        union bits at = { .bits = FIRST_KNOT + (i << (23 - KNOT_BITS)) };
        srgb[i] = ct_linear_to_srgb(at.value);
    }
}

/* c in [0, 1] */
static float to_srgb(const float srgb[KNOTS], float c)
{
    union bits at = { .value = c };
    if (c <= 0.0031308f)
        return 12.92f * c;
    uint32_t from = at.bits - FIRST_KNOT, i = from >> (23 - KNOT_BITS);
    float part = (float)(from & ((1u << (23 - KNOT_BITS)) - 1)) * (1.0f / (1 << (23 - KNOT_BITS)));
    return srgb[i] + (srgb[i + 1] - srgb[i]) * part;
}

static bool cancelled(const struct job *job)
{
    return job->cancel && atomic_load_explicit(job->cancel, memory_order_relaxed);
}

static ct_v3 aces(ct_v3 c)
{
    const float in[3] = { 0.59719f * c.x + 0.35458f * c.y + 0.04823f * c.z,
                          0.07600f * c.x + 0.90834f * c.y + 0.01566f * c.z,
                          0.02840f * c.x + 0.13383f * c.y + 0.83777f * c.z };
    float x[3];
    for (int i = 0; i < 3; i++)
        x[i] = (in[i] * (in[i] + 0.0245786f) - 0.000090537f) /
               (in[i] * (0.983729f * in[i] + 0.4329510f) + 0.238081f);
    return v3(1.60475f * x[0] - 0.53108f * x[1] - 0.07367f * x[2],
              -0.10208f * x[0] + 1.10813f * x[1] - 0.00605f * x[2],
              -0.00327f * x[0] - 0.07276f * x[1] + 1.07602f * x[2]);
}

static ct_v3 neutral(ct_v3 c)
{
    const float start = 0.8f - 0.04f, desaturation = 0.15f;
    float low = ct_minf(c.x, ct_minf(c.y, c.z));
    float offset = low < 0.08f ? low - 6.25f * low * low : 0.04f;
    c = v3_sub(c, v3(offset, offset, offset));
    float peak = v3_max(c);
    if (peak < start)
        return c;
    float d = 1 - start, new_peak = 1 - d * d / (peak + d - start);
    c = v3_scale(c, new_peak / peak);
    float grey = 1 - 1 / (desaturation * (peak - new_peak) + 1);
    return v3_lerp(c, v3(new_peak, new_peak, new_peak), grey);
}

static float bright_part(float radiance)
{
    return ct_maxf(ct_minf(radiance, BLOOM_MAX) - BLOOM_THRESHOLD, 0);
}

/* One row of the small picture: means of shrink x shrink pixels' bright parts. */
static void shrink_row(void *ctx, uint32_t row)
{
    struct job *job = ctx;
    struct bloom *bloom = &job->bloom;
    int n = bloom->shrink, w = job->film->width, h = job->film->height;
    if (cancelled(job))
        return;
    float *out = bloom->rgb + 3 * (size_t)row * (size_t)bloom->width;
    for (int bx = 0; bx < bloom->width; bx++) {
        float sum[3] = { 0 };
        int count = 0;
        for (int y = (int)row * n; y < ((int)row + 1) * n && y < h; y++) {
            for (int x = bx * n; x < (bx + 1) * n && x < w; x++, count++) {
                const float *p = job->hdr + 3 * ct_film_index(job->film, x, y);
                for (int k = 0; k < 3; k++)
                    sum[k] += bright_part(p[k] * job->post->exposure);
            }
        }
        for (int k = 0; k < 3; k++)
            out[3 * bx + k] = sum[k] / (float)count;
    }
}

static int clamped(int i, int n)
{
    return i < 0 ? 0 : i >= n ? n - 1 : i;
}

/* A running mean of 2r + 1 values along a line of n pixels, `step` floats apart. */
static void box_line(float *out, const float *in, int n, size_t step, int r)
{
    for (int k = 0; k < 3; k++) {
        float sum = 0;
        for (int i = -r; i <= r; i++)
            sum += in[(size_t)clamped(i, n) * step + (size_t)k];
        for (int i = 0; i < n; i++) {
            out[(size_t)i * step + (size_t)k] = sum / (float)(2 * r + 1);
            sum += in[(size_t)clamped(i + r + 1, n) * step + (size_t)k] -
                   in[(size_t)clamped(i - r, n) * step + (size_t)k];
        }
    }
}

/* Three box filters each way come close to a Gaussian. */
static void blur(float *rgb, float *other, int w, int h, int r)
{
    for (int pass = 0; pass < 3; pass++) {
        for (int y = 0; y < h; y++)
            box_line(other + 3 * (size_t)y * (size_t)w, rgb + 3 * (size_t)y * (size_t)w, w, 3, r);
        for (int x = 0; x < w; x++)
            box_line(rgb + 3 * (size_t)x, other + 3 * (size_t)x, h, 3 * (size_t)w, r);
    }
}

static ct_code make_bloom(struct job *job, struct ct_pool *pool, struct ct_err *err)
{
    struct bloom *b = &job->bloom;
    int w = job->film->width, h = job->film->height, larger = w > h ? w : h;
    b->shrink = (larger + BLOOM_WIDTH - 1) / BLOOM_WIDTH;
    b->width = (w + b->shrink - 1) / b->shrink;
    b->height = (h + b->shrink - 1) / b->shrink;
    size_t n = (size_t)b->width * (size_t)b->height * 3;
    b->rgb = ct_calloc(n, sizeof(float));
    float *other = ct_calloc(n, sizeof(float));
    if (b->rgb && other) {
        ct_pool_for(pool, (uint32_t)b->height, shrink_row, job);
        int radius = (larger + 45 * b->shrink) / (90 * b->shrink);
        blur(b->rgb, other, b->width, b->height, radius > 0 ? radius : 1);
    }
    ct_free(other);
    if (!b->rgb || !other)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while developing the picture.");
    return CT_OK;
}

static ct_v3 bloom_at(const struct bloom *b, int x, int y)
{
    float fx = ((float)x + 0.5f) / (float)b->shrink - 0.5f;
    float fy = ((float)y + 0.5f) / (float)b->shrink - 0.5f;
    fx = ct_clampf(fx, 0, (float)(b->width - 1));
    fy = ct_clampf(fy, 0, (float)(b->height - 1));
    int x0 = (int)fx, y0 = (int)fy;
    size_t right = x0 + 1 < b->width ? 3 : 0;
    size_t below = y0 + 1 < b->height ? 3 * (size_t)b->width : 0;
    const float *p = b->rgb + 3 * ((size_t)y0 * (size_t)b->width + (size_t)x0);
    float out[3];
    fx -= (float)x0;
    fy -= (float)y0;
    for (int k = 0; k < 3; k++)
        out[k] = ct_lerp(ct_lerp(p[k], p[right + (size_t)k], fx),
                         ct_lerp(p[below + (size_t)k], p[below + right + (size_t)k], fx), fy);
    return v3(out[0], out[1], out[2]);
}

/* Triangular dither of half a level: no banding in smooth walls and skies. */
static uint8_t to_byte(const struct job *job, float linear, float dither, float share)
{
    float level = to_srgb(job->srgb, linear > 0 ? ct_minf(linear, 1) : 0) * 255 * share;
    level += 0.5f + dither;
    return (uint8_t)ct_clampf(level, 0, 255);
}

static void develop_pixel(const struct job *job, int x, int y, uint8_t *out)
{
    const struct ct_film *film = job->film;
    size_t i = ct_film_index(film, x, y);
    const float *p = job->hdr + 3 * i;
    uint32_t h = ct_hash32((uint32_t)i * 2654435761u);
    float dither = ((float)((h & 0xffff) + (h >> 16)) / 65536.0f - 1) * 0.5f;
    float share = 1; /* of the object in what is not transparent; the rest is shadow, black */
    if (film->covered) {
        float cover = (float)film->covered[i] /
                      (float)film->tile_samples[ct_film_tile_of(film, x, y)];
        float shadow = job->shadow ? (1 - cover) * job->shadow[i] : 0;
        float alpha = 255 * (cover + shadow);
        out[3] = (uint8_t)ct_clampf(alpha + 0.5f + (shadow > 0 ? dither : 0), 0, 255);
        if (!film->covered[i] || !(alpha > 0))
            return; /* stays black */
        share = 255 * cover / alpha;
    }
    ct_v3 c = v3_scale(v3(p[0], p[1], p[2]), job->post->exposure);
    if (job->bloom.rgb)
        c = v3_mad(bloom_at(&job->bloom, x, y), job->post->bloom, c);
    if (!film->covered) {
        float u = ((float)x + 0.5f) / (float)film->width * 2 - 1;
        float v = ((float)y + 0.5f) / (float)film->height * 2 - 1;
        c = v3_scale(c, 1 - job->post->vignette * (u * u + v * v) * 0.5f);
    }
    c = job->post->tone == CT_TONE_CURVE_NEUTRAL ? neutral(c) : aces(c);
    if (job->post->saturation != 0) {
        float grey = ct_luminance(c);
        c = v3_lerp(v3(grey, grey, grey), c, 1 + job->post->saturation);
    }
    out[0] = to_byte(job, c.x, dither, share);
    out[1] = to_byte(job, c.y, dither, share);
    out[2] = to_byte(job, c.z, dither, share);
}

static void develop_rows(void *ctx, uint32_t index)
{
    struct job *job = ctx;
    int w = job->film->width, h = job->film->height, channels = job->image->channels;
    int y1 = ((int)index + 1) * ROWS < h ? ((int)index + 1) * ROWS : h;
    for (int y = (int)index * ROWS; y < y1 && !cancelled(job); y++) {
        uint8_t *row = job->image->px + (size_t)y * (size_t)w * (size_t)channels;
        for (int x = 0; x < w; x++)
            develop_pixel(job, x, y, row + (size_t)x * (size_t)channels);
    }
}

ct_code ct_develop(struct ct_image **out, const float *hdr, const float *shadow,
                   const struct ct_film *film, const struct ct_post *post, struct ct_pool *pool,
                   const atomic_int *cancel, struct ct_err *err)
{
    struct job job = { .hdr = hdr, .shadow = shadow, .film = film, .post = post, .cancel = cancel };
    int channels = film->covered ? 4 : 3;
    make_curve(job.srgb);
    ct_code code = ct_image_new(&job.image, film->width, film->height, channels, err);
    if (code == CT_OK && post->bloom > 0 && !film->covered)
        code = make_bloom(&job, pool, err);
    if (code == CT_OK)
        ct_pool_for(pool, (uint32_t)(film->height + ROWS - 1) / ROWS, develop_rows, &job);
    ct_free(job.bloom.rgb);
    if (code == CT_OK && cancelled(&job))
        code = ct_fail(err, CT_E_CANCELLED, NULL, "The drawing was cancelled.");
    if (code == CT_OK)
        *out = job.image;
    else
        ct_image_unref(&job.image);
    return code;
}
