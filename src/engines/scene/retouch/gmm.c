/* Learns by k-means, started from quantiles of brightness, then takes each cluster's Gaussian.
 * Called by segment.c. */
#include "engines/scene/retouch/gmm.h"

#include "engines/scene/math/fn.h"

#include <string.h>

#define ROUNDS 8
#define LEAST_VARIANCE 6.0 /* of code values: noise, so that plain areas stay usable */
#define COST_MAX 60.0f

static int brightness(const uint8_t *px)
{
    return (px[0] * 77 + px[1] * 150 + px[2] * 29) >> 8;
}

static void start(float centres[CT_GMM_PARTS][3], const uint8_t *px, size_t stride,
                  const uint8_t *labels, uint8_t label, size_t n_px)
{
    size_t counts[256] = { 0 }, sums[256][3], total = 0, seen = 0;
    memset(sums, 0, sizeof(sums));
    for (size_t i = 0; i < n_px; i++, px += stride)
        if (labels[i] == label) {
            int b = brightness(px);
            counts[b]++;
            total++;
            for (int c = 0; c < 3; c++)
                sums[b][c] += px[c];
        }
    int b = 0;
    for (int k = 0; k < CT_GMM_PARTS; k++) {
        while (b < 255 && (seen + counts[b]) * (2 * CT_GMM_PARTS) < total * (2 * (size_t)k + 1))
            seen += counts[b++];
        for (int c = 0; c < 3; c++)
            centres[k][c] = counts[b] ? (float)sums[b][c] / (float)counts[b] : (float)b;
    }
}

static int nearest(float centres[CT_GMM_PARTS][3], const uint8_t *px)
{
    int best = 0;
    float least = 1e9f;
    for (int k = 0; k < CT_GMM_PARTS; k++) {
        float d = 0;
        for (int c = 0; c < 3; c++)
            d += ((float)px[c] - centres[k][c]) * ((float)px[c] - centres[k][c]);
        if (d < least) {
            least = d;
            best = k;
        }
    }
    return best;
}

struct sums {
    double n, one[3], two[6];
};

static void gather(struct sums sums[CT_GMM_PARTS], float centres[CT_GMM_PARTS][3],
                   const uint8_t *px, size_t stride, const uint8_t *labels, uint8_t label,
                   size_t n_px)
{
    memset(sums, 0, CT_GMM_PARTS * sizeof(*sums));
    for (size_t i = 0; i < n_px; i++, px += stride) {
        if (labels[i] != label)
            continue;
        struct sums *s = &sums[nearest(centres, px)];
        double r = px[0], g = px[1], b = px[2];
        const double two[6] = { r * r, r * g, r * b, g * g, g * b, b * b };
        s->n++;
        s->one[0] += r;
        s->one[1] += g;
        s->one[2] += b;
        for (int k = 0; k < 6; k++)
            s->two[k] += two[k];
    }
}

static void finish(struct ct_gmm_part *p, const struct sums *s, double total)
{
    double m[3] = { s->one[0] / s->n, s->one[1] / s->n, s->one[2] / s->n };
    double xx = s->two[0] / s->n - m[0] * m[0] + LEAST_VARIANCE;
    double xy = s->two[1] / s->n - m[0] * m[1], xz = s->two[2] / s->n - m[0] * m[2];
    double yy = s->two[3] / s->n - m[1] * m[1] + LEAST_VARIANCE;
    double yz = s->two[4] / s->n - m[1] * m[2];
    double zz = s->two[5] / s->n - m[2] * m[2] + LEAST_VARIANCE;
    double a = yy * zz - yz * yz, b = xz * yz - xy * zz, c = xy * yz - xz * yy;
    double det = xx * a + xy * b + xz * c;
    const double inverse[6] = { a, b, c, xx * zz - xz * xz, xy * xz - xx * yz, xx * yy - xy * xy };
    for (int k = 0; k < 3; k++)
        p->mean[k] = (float)m[k];
    for (int k = 0; k < 6; k++)
        p->inverse[k] = (float)(inverse[k] / det);
    p->log_weight = ct_logf((float)(s->n / total)) - 0.5f * ct_logf((float)det);
}

void ct_gmm_learn(struct ct_gmm *gmm, const uint8_t *px, size_t stride, const uint8_t *labels,
                  uint8_t label, size_t n_px)
{
    float centres[CT_GMM_PARTS][3];
    struct sums sums[CT_GMM_PARTS];
    double total = 0;
    gmm->n = 0;
    start(centres, px, stride, labels, label, n_px);
    for (int round = 0; round < ROUNDS; round++) {
        gather(sums, centres, px, stride, labels, label, n_px);
        for (int k = 0; k < CT_GMM_PARTS; k++)
            for (int c = 0; c < 3 && sums[k].n > 0; c++)
                centres[k][c] = (float)(sums[k].one[c] / sums[k].n);
    }
    for (int k = 0; k < CT_GMM_PARTS; k++)
        total += sums[k].n;
    for (int k = 0; k < CT_GMM_PARTS; k++)
        if (sums[k].n > 0)
            finish(&gmm->parts[gmm->n++], &sums[k], total);
}

float ct_gmm_cost(const struct ct_gmm *gmm, const uint8_t px[3])
{
    float best = -COST_MAX - 1, sum = 0, logs[CT_GMM_PARTS];
    for (int k = 0; k < gmm->n; k++) {
        const struct ct_gmm_part *p = &gmm->parts[k];
        float x = (float)px[0] - p->mean[0], y = (float)px[1] - p->mean[1];
        float z = (float)px[2] - p->mean[2];
        const float *q = p->inverse;
        float d = x * (q[0] * x + 2 * (q[1] * y + q[2] * z)) + y * (q[3] * y + 2 * q[4] * z) +
                  z * q[5] * z;
        logs[k] = p->log_weight - 0.5f * d;
        best = logs[k] > best ? logs[k] : best;
    }
    for (int k = 0; k < gmm->n; k++)
        sum += logs[k] > best - 10 ? ct_expf(logs[k] - best) : 0;
    float cost = sum > 0 ? -best - ct_logf(sum) : COST_MAX;
    return cost < COST_MAX ? cost : COST_MAX;
}
