/* Optimal transport between the two pictures' colours, taken as Gaussians in OKLab: the linear map
 *
 *     T = S^-1/2 (S^1/2 R S^1/2)^1/2 S^-1/2        S, R: covariances of image and reference
 *
 * moves the one onto the other with the least change of colours in all (Pitie and Kokaram 2007).
 * Reinhard's transfer (2001) is its diagonal; this one also turns axes of colour, so that a
 * sunset's orange goes with its light. Gains are held back: a grey picture has no colours to be
 * multiplied. */
#include "engines/scene/retouch/transfer.h"

#include "base/mem.h"
#include "engines/scene/retouch/tone.h"

#define SAMPLES 65536
#define BAND_ROWS 16
#define LEAST_SPREAD 1.5e-4 /* variance below which a channel counts as plain */
#define MOST_GAIN 2.2

struct spread {
    double mean[3], cov[3][3];
};

struct transfer {
    const struct ct_image *image;
    struct ct_image *out;
    const struct ct_retouch *with;
    struct ct_tone tone;
    struct spread from, to;
    float map[3][3];
    float strength;
};

static void measure(struct spread *s, const struct ct_image *image, const struct ct_tone *tone)
{
    size_t n = (size_t)image->width * (size_t)image->height, step = n / SAMPLES + 1;
    double count = 0, sum[3] = { 0 }, two[3][3] = { { 0 } };
    for (size_t i = 0; i < n; i += step) {
        ct_v3 lab = ct_oklab(ct_tone_light(tone, image->px + i * (size_t)image->channels));
        const double v[3] = { (double)lab.x, (double)lab.y, (double)lab.z };
        for (int a = 0; a < 3; a++) {
            sum[a] += v[a];
            for (int b = 0; b < 3; b++)
                two[a][b] += v[a] * v[b];
        }
        count++;
    }
    for (int a = 0; a < 3; a++)
        s->mean[a] = sum[a] / count;
    for (int a = 0; a < 3; a++)
        for (int b = 0; b < 3; b++)
            s->cov[a][b] = two[a][b] / count - s->mean[a] * s->mean[b] +
                           (a == b ? LEAST_SPREAD : 0);
}

static void multiply(double out[3][3], double a[3][3], double b[3][3])
{
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 3; k++)
            out[i][k] = a[i][0] * b[0][k] + a[i][1] * b[1][k] + a[i][2] * b[2][k];
}

/* Eigenvalues into *values, vectors into the columns of v: Jacobi's rotations. */
static void diagonalise(double values[3], double v[3][3], double m[3][3])
{
    double a[3][3];
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 3; k++) {
            a[i][k] = m[i][k];
            v[i][k] = i == k;
        }
    for (int sweep = 0; sweep < 24; sweep++) {
        int p = sweep % 3 == 2, q = sweep % 3 == 0 ? 1 : 2;
        if (a[p][q] * a[p][q] < 1e-24)
            continue;
        double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        double root = __builtin_sqrt(theta * theta + 1);
        double t = (theta < 0 ? -1 : 1) / ((theta < 0 ? -theta : theta) + root);
        double c = 1 / __builtin_sqrt(t * t + 1), s = t * c;
        for (int k = 0; k < 3; k++) {
            double x = a[k][p], y = a[k][q];
            a[k][p] = c * x - s * y;
            a[k][q] = s * x + c * y;
        }
        for (int k = 0; k < 3; k++) {
            double x = a[p][k], y = a[q][k], vx = v[k][p], vy = v[k][q];
            a[p][k] = c * x - s * y;
            a[q][k] = s * x + c * y;
            v[k][p] = c * vx - s * vy;
            v[k][q] = s * vx + c * vy;
        }
    }
    for (int i = 0; i < 3; i++)
        values[i] = a[i][i];
}

/* m^(1/2) and m^(-1/2) of a symmetric positive matrix. */
static void roots(double root[3][3], double inverse[3][3], double m[3][3])
{
    double values[3], v[3][3];
    diagonalise(values, v, m);
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 3; k++) {
            root[i][k] = inverse[i][k] = 0;
            for (int e = 0; e < 3; e++) {
                double r = __builtin_sqrt(values[e] > 1e-9 ? values[e] : 1e-9);
                root[i][k] += v[i][e] * r * v[k][e];
                inverse[i][k] += v[i][e] / r * v[k][e];
            }
        }
}

static void find_map(struct transfer *t)
{
    double s[3][3], si[3][3], a[3][3], b[3][3], middle[3][3], unused[3][3], values[3], v[3][3];
    roots(s, si, t->from.cov);
    multiply(a, s, t->to.cov);
    multiply(b, a, s);
    roots(middle, unused, b);
    multiply(a, si, middle);
    multiply(b, a, si);
    diagonalise(values, v, b);
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 3; k++) {
            double sum = 0;
            for (int e = 0; e < 3; e++)
                sum += v[i][e] * (values[e] < MOST_GAIN ? values[e] : MOST_GAIN) * v[k][e];
            t->map[i][k] = (float)sum;
        }
}

static void map_band(void *ctx, uint32_t band)
{
    const struct transfer *t = ctx;
    const struct ct_image *image = t->image;
    size_t width = (size_t)image->width, all = width * (size_t)image->height;
    size_t from = (size_t)band * BAND_ROWS * width, to = from + BAND_ROWS * width;
    size_t channels = (size_t)image->channels;
    to = to < all ? to : all;
    for (size_t i = from; i < to && !ct_retouch_cancelled(t->with); i++) {
        const uint8_t *px = image->px + i * channels;
        ct_v3 lab = ct_oklab(ct_tone_light(&t->tone, px));
        float d[3] = { lab.x - (float)t->from.mean[0], lab.y - (float)t->from.mean[1],
                       lab.z - (float)t->from.mean[2] };
        float m[3];
        for (int a = 0; a < 3; a++)
            m[a] = (float)t->to.mean[a] + t->map[a][0] * d[0] + t->map[a][1] * d[1] +
                   t->map[a][2] * d[2];
        ct_v3 moved = v3_lerp(lab, v3(ct_clampf(m[0], 0, 1), m[1], m[2]), t->strength);
        ct_tone_put(&t->tone, t->out->px + i * channels, ct_oklab_light(moved));
        if (channels == 4)
            t->out->px[4 * i + 3] = px[3];
    }
}

ct_code ct_transfer(struct ct_image **out, const struct ct_image *image,
                    const struct ct_image *reference, float strength,
                    const struct ct_retouch *with, struct ct_err *err)
{
    struct transfer *t = ct_calloc(1, sizeof(*t));
    *out = NULL;
    if (!t)
        return ct_retouch_fail_memory(err);
    t->image = image;
    t->with = with;
    t->strength = ct_clampf(strength, 0, 1);
    ct_tone_init(&t->tone);
    measure(&t->from, image, &t->tone);
    measure(&t->to, reference, &t->tone);
    find_map(t);
    ct_code rc = ct_image_new(&t->out, image->width, image->height, image->channels, err);
    if (rc == CT_OK)
        ct_pool_for(with->pool, (uint32_t)((image->height + BAND_ROWS - 1) / BAND_ROWS), map_band,
                    t);
    if (rc == CT_OK && ct_retouch_cancelled(with)) {
        ct_image_unref(&t->out);
        rc = ct_retouch_fail_cancelled(err);
    }
    *out = t->out;
    ct_free(t);
    return rc;
}
