/* Planes and filters. Called by the looks of this folder, on the thread that draws.
 *
 * Means are running sums, so their cost does not depend on the radius: a look takes a few dozen
 * passes over the picture, however large its strokes are. */
#include "engines/scene/style/filter.h"

#include "base/mem.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"

#define PLANES 9

static void load_row(struct ct_canvas *canvas, int y, const void *ctx)
{
    const struct ct_image *image = ctx;
    size_t first = (size_t)y * (size_t)canvas->width;
    for (size_t i = first; i < first + (size_t)canvas->width; i++)
        for (size_t c = 0; c < 3; c++)
            canvas->rgb[c][i] = (float)image->px[i * (size_t)image->channels + c] / 255;
}

ct_code ct_canvas_open(struct ct_canvas *canvas, const struct ct_image *image,
                       struct ct_pool *pool, struct ct_err *err)
{
    int shorter = image->width < image->height ? image->width : image->height;
    *canvas = (struct ct_canvas){
        .width = image->width,
        .height = image->height,
        .n = (size_t)image->width * (size_t)image->height,
        .unit = (float)shorter / 1024,
        .pool = pool,
    };
    float *planes = ct_reallocarray(NULL, PLANES * canvas->n, sizeof(float));
    if (!planes)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while styling the picture.");
    canvas->planes = planes;
    for (int c = 0; c < 3; c++)
        canvas->rgb[c] = planes + (size_t)c * canvas->n;
    for (int i = 0; i < 6; i++)
        canvas->work[i] = planes + (size_t)(3 + i) * canvas->n;
    ct_canvas_each_row(canvas, load_row, image);
    return CT_OK;
}

static void store_row(struct ct_canvas *canvas, int y, const void *ctx)
{
    struct ct_image *image = *(struct ct_image *const *)ctx;
    size_t first = (size_t)y * (size_t)canvas->width;
    for (size_t i = first; i < first + (size_t)canvas->width; i++)
        for (size_t c = 0; c < 3; c++)
            image->px[i * (size_t)image->channels + c] =
                (uint8_t)(255 * ct_clampf(canvas->rgb[c][i], 0, 1) + 0.5f);
}

void ct_canvas_store(struct ct_canvas *canvas, struct ct_image *image)
{
    ct_canvas_each_row(canvas, store_row, &image);
}

void ct_canvas_release(struct ct_canvas *canvas)
{
    ct_free(canvas->planes);
    *canvas = (struct ct_canvas){ 0 };
}

int ct_canvas_px(const struct ct_canvas *canvas, float units, int least)
{
    int px = (int)(units * canvas->unit + 0.5f);
    return px > least ? px : least;
}

ct_v3 ct_canvas_get(const struct ct_canvas *canvas, size_t at)
{
    return v3(canvas->rgb[0][at], canvas->rgb[1][at], canvas->rgb[2][at]);
}

void ct_canvas_put(struct ct_canvas *canvas, size_t at, ct_v3 color)
{
    canvas->rgb[0][at] = color.x;
    canvas->rgb[1][at] = color.y;
    canvas->rgb[2][at] = color.z;
}

static float luma(ct_v3 c)
{
    return 0.299f * c.x + 0.587f * c.y + 0.114f * c.z; /* Rec. 601, of code values */
}

float ct_canvas_luma(const struct ct_canvas *canvas, size_t at)
{
    return luma(ct_canvas_get(canvas, at));
}

static int clamp_index(int i, int n)
{
    return i < 0 ? 0 : i >= n ? n - 1 : i;
}

#define BAND_ROWS 32

struct rows {
    struct ct_canvas *canvas;
    ct_canvas_row_fn row;
    const void *ctx;
};

static void do_rows(void *ctx, uint32_t band)
{
    const struct rows *r = ctx;
    int end = ((int)band + 1) * BAND_ROWS;
    for (int y = (int)band * BAND_ROWS; y < end && y < r->canvas->height; y++)
        r->row(r->canvas, y, r->ctx);
}

static uint32_t n_bands(int n, int each)
{
    return (uint32_t)((n + each - 1) / each);
}

void ct_canvas_each_row(struct ct_canvas *canvas, ct_canvas_row_fn row, const void *ctx)
{
    struct rows r = { canvas, row, ctx };
    ct_pool_for(canvas->pool, n_bands(canvas->height, BAND_ROWS), do_rows, &r);
}

struct mean {
    float *out;
    const float *in;
    int width, height, radius;
};

#define TOGETHER 4

/* Each sum waits for the one before it, so rows advance together: the last ones of a picture whose
 * height is no multiple are done twice. */
static void mean_some_rows(const struct mean *m, int y)
{
    float scale = 1.0f / (float)(2 * m->radius + 1), sum[TOGETHER] = { 0 };
    int width = m->width, radius = m->radius, n = m->height < TOGETHER ? m->height : TOGETHER;
    y = y + n > m->height ? m->height - n : y;
    const float *in = m->in + (size_t)y * (size_t)width;
    float *out = m->out + (size_t)y * (size_t)width;
    size_t w = (size_t)width;
    for (int i = -radius; i <= radius; i++)
        for (int r = 0; r < n; r++)
            sum[r] += in[(size_t)r * w + (size_t)clamp_index(i, width)];
    for (int x = 0; x < width; x++) {
        size_t enter = (size_t)clamp_index(x + radius + 1, width);
        size_t leave = (size_t)clamp_index(x - radius, width);
        for (int r = 0; r < n; r++) {
            out[(size_t)r * w + (size_t)x] = sum[r] * scale;
            sum[r] += in[(size_t)r * w + enter] - in[(size_t)r * w + leave];
        }
    }
}

static void mean_rows(void *ctx, uint32_t band)
{
    const struct mean *m = ctx;
    int end = ((int)band + 1) * BAND_ROWS;
    for (int y = (int)band * BAND_ROWS; y < end && y < m->height; y += TOGETHER)
        mean_some_rows(m, y);
}

/* The sums of 64 neighbouring columns advance together, so that memory is read along rows. */
static void mean_columns(void *ctx, uint32_t strip)
{
    const struct mean *m = ctx;
    const float *in = m->in;
    float *out = m->out, scale = 1.0f / (float)(2 * m->radius + 1);
    int height = m->height, radius = m->radius, x0 = (int)strip * 64;
    int n = m->width - x0 < 64 ? m->width - x0 : 64;
    size_t w = (size_t)m->width;
    float sums[64] = { 0 };
    for (int i = -radius; i <= radius; i++)
        for (int x = 0; x < n; x++)
            sums[x] += in[(size_t)clamp_index(i, height) * w + (size_t)(x0 + x)];
    for (int y = 0; y < height; y++) {
        const float *enter = in + (size_t)clamp_index(y + radius + 1, height) * w + x0;
        const float *leave = in + (size_t)clamp_index(y - radius, height) * w + x0;
        float *to = out + (size_t)y * w + x0;
        for (int x = 0; x < n; x++) {
            to[x] = sums[x] * scale;
            sums[x] += enter[x] - leave[x];
        }
    }
}

void ct_canvas_mean(const struct ct_canvas *canvas, float *out, const float *in, int radius)
{
    struct mean rows = { canvas->work[5], in, canvas->width, canvas->height, radius };
    struct mean columns = { out, canvas->work[5], canvas->width, canvas->height, radius };
    ct_pool_for(canvas->pool, n_bands(canvas->height, BAND_ROWS), mean_rows, &rows);
    ct_pool_for(canvas->pool, n_bands(canvas->width, 64), mean_columns, &columns);
}

/* How even the square around a pixel is, instead of the mean of its squares: each is asked for by
 * the four pixels of whose quadrants it is one. */
static void weight_row(struct ct_canvas *canvas, int y, const void *ctx)
{
    size_t first = (size_t)y * (size_t)canvas->width;
    (void)ctx;
    for (size_t i = first; i < first + (size_t)canvas->width; i++) {
        float l = luma(v3(canvas->work[0][i], canvas->work[1][i], canvas->work[2][i]));
        float variance = ct_maxf(canvas->work[3][i] - l * l, 0);
        float even = 1 / (1 + 2500 * variance);
        canvas->work[3][i] = even * even * even + 1e-9f;
    }
}

static ct_v3 weigh_quadrants(const struct ct_canvas *c, int x, int y, int half)
{
    ct_v3 sum = v3(0, 0, 0);
    float weights = 0;
    for (int q = 0; q < 4; q++) {
        int qx = clamp_index(q & 1 ? x + half : x - half, c->width);
        int qy = clamp_index(q & 2 ? y + half : y - half, c->height);
        size_t at = (size_t)qy * (size_t)c->width + (size_t)qx;
        ct_v3 mean = v3(c->work[0][at], c->work[1][at], c->work[2][at]);
        float weight = c->work[3][at];
        sum = v3_mad(mean, weight, sum);
        weights += weight;
    }
    return v3_scale(sum, 1 / weights);
}

/* The same of n pixels that have all four quadrants; up and down are the middles of the left ones
 * of the first pixel. Written for the compiler's vectors: one channel after the other. */
static void weigh_run(struct ct_canvas *c, size_t to, size_t up, size_t down, size_t apart, int n)
{
    const float *w = c->work[3];
    float share[CT_CANVAS_RUN];
    for (int i = 0; i < n; i++) {
        size_t a = up + (size_t)i, b = down + (size_t)i;
        share[i] = 1 / (w[a] + w[a + apart] + w[b] + w[b + apart]);
    }
    for (int k = 0; k < 3; k++) {
        const float *mean = c->work[k];
        float *out = c->rgb[k] + to;
        for (int i = 0; i < n; i++) {
            size_t a = up + (size_t)i, b = down + (size_t)i;
            out[i] = (mean[a] * w[a] + mean[a + apart] * w[a + apart] + mean[b] * w[b] +
                      mean[b + apart] * w[b + apart]) *
                     share[i];
        }
    }
}

static void flatten_row(struct ct_canvas *canvas, int y, const void *ctx)
{
    int half = *(const int *)ctx, end = canvas->width - half;
    size_t w = (size_t)canvas->width, row = (size_t)y * w;
    size_t up = (size_t)clamp_index(y - half, canvas->height) * w;
    size_t down = (size_t)clamp_index(y + half, canvas->height) * w;
    for (int x = 0; x < canvas->width;) {
        int n = end - x < CT_CANVAS_RUN ? end - x : CT_CANVAS_RUN;
        if (x < half || n <= 0) {
            ct_canvas_put(canvas, row + (size_t)x, weigh_quadrants(canvas, x, y, half));
            x++;
            continue;
        }
        size_t left = (size_t)(x - half);
        weigh_run(canvas, row + (size_t)x, up + left, down + left, 2 * (size_t)half, n);
        x += n;
    }
}

static void square_row(struct ct_canvas *canvas, int y, const void *ctx)
{
    size_t first = (size_t)y * (size_t)canvas->width;
    (void)ctx;
    for (size_t i = first; i < first + (size_t)canvas->width; i++) {
        float l = ct_canvas_luma(canvas, i);
        canvas->work[4][i] = l * l;
    }
}

void ct_canvas_flatten(struct ct_canvas *canvas, float units)
{
    int half = ct_canvas_px(canvas, units / 2, 1);
    ct_canvas_each_row(canvas, square_row, NULL);
    for (int c = 0; c < 3; c++)
        ct_canvas_mean(canvas, canvas->work[c], canvas->rgb[c], half);
    ct_canvas_mean(canvas, canvas->work[3], canvas->work[4], half);
    ct_canvas_each_row(canvas, weight_row, NULL);
    ct_canvas_each_row(canvas, flatten_row, &half);
}

struct edge {
    int channel;
    float from, to;
};

/* The darkest channel counts; behind the last one the slope becomes a line. */
static void edge_row(struct ct_canvas *canvas, int y, const void *ctx)
{
    const struct edge *edge = ctx;
    size_t first = (size_t)y * (size_t)canvas->width;
    float *line = canvas->work[4];
    for (size_t i = first; i < first + (size_t)canvas->width; i++) {
        float darker = canvas->work[1][i] - canvas->work[2][i];
        line[i] = edge->channel ? ct_maxf(line[i], darker) : darker;
        if (edge->channel == 2)
            line[i] = ct_smoothstep(edge->from, edge->to, line[i]);
    }
}

void ct_canvas_lines(struct ct_canvas *canvas, float units, float from, float to)
{
    int fine = ct_canvas_px(canvas, 0.5f * units, 0), wide = ct_canvas_px(canvas, 1.6f * units, 1);
    for (int c = 0; c < 3; c++) {
        const struct edge edge = { c, from, to };
        ct_canvas_mean(canvas, canvas->work[2], canvas->rgb[c], fine);
        ct_canvas_mean(canvas, canvas->work[0], canvas->work[2], wide);
        ct_canvas_mean(canvas, canvas->work[1], canvas->work[0], wide);
        ct_canvas_each_row(canvas, edge_row, &edge);
    }
}

float ct_canvas_grain(int x, int y, float size_px, float seed)
{
    float k = 1 / ct_maxf(size_px, 1);
    return ct_noise3(v3(((float)x + 0.5f) * k, ((float)y + 0.5f) * k, seed));
}

void ct_canvas_grains(float *out, int x, int y, int n, float size_px, float seed)
{
    ct_v3 at[CT_CANVAS_RUN];
    float k = 1 / ct_maxf(size_px, 1);
    for (int i = 0; i < n; i++)
        at[i] = v3(((float)(x + i) + 0.5f) * k, ((float)y + 0.5f) * k, seed);
    ct_noise3_many(out, at, n);
}

int ct_canvas_run(const struct ct_canvas *canvas, int x)
{
    int rest = canvas->width - x;
    return rest < CT_CANVAS_RUN ? rest : CT_CANVAS_RUN;
}
