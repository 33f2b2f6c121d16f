/* Multi-scale inpainting: fills the hole at a size where it is a few pixels wide, then at twice
 * that size, and so on, each time looking for patches that fit and mixing them (patch.c).
 *
 * At every level the filled pixels start as the enlarged fill of the level above and the likes as
 * its doubled likes, so that a fine level only has to sharpen. At the end what was copied is
 * blended in gradients: light falls off across a table, so that patches from elsewhere are a little
 * too dark or too light, and between two of them there would be a step. */
#include "engines/scene/retouch/inpaint.h"

#include "base/mem.h"
#include "engines/scene/retouch/patch.h"
#include "engines/scene/retouch/plane.h"

#include <string.h>

#define LEVELS_MAX 10
#define COARSEST_EDGE 24
#define SEED 0x5eedu

ct_code ct_retouch_fail_cancelled(struct ct_err *err)
{
    return ct_fail(err, CT_E_CANCELLED, NULL, "The edit was cancelled.");
}

ct_code ct_retouch_fail_memory(struct ct_err *err)
{
    return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while retouching the picture.");
}

struct pyramid {
    struct ct_patch_level levels[LEVELS_MAX];
    int n;
};

static void fill_finest(struct ct_patch_level *l, const struct ct_image *image,
                        const struct ct_mask *hole, const struct ct_mask *avoid)
{
    size_t n = (size_t)l->width * (size_t)l->height;
    for (size_t i = 0; i < n; i++) {
        memcpy(l->px + 4 * i, image->px + i * (size_t)image->channels, 3);
        l->hole[i] = hole->px[i] > 0;
        l->avoid[i] = avoid && avoid->px[i] > 127;
    }
}

/* Means of the known ones of four; unknown when none or one is known. */
static void fill_coarser(struct ct_patch_level *to, const struct ct_patch_level *from)
{
    for (int y = 0; y < to->height; y++)
        for (int x = 0; x < to->width; x++) {
            unsigned sum[3] = { 0 }, known = 0, avoided = 0;
            for (int k = 0; k < 4; k++) {
                int fx = 2 * x + (k & 1), fy = 2 * y + (k >> 1);
                fx = fx < from->width ? fx : from->width - 1;
                fy = fy < from->height ? fy : from->height - 1;
                size_t at = (size_t)fy * (size_t)from->width + (size_t)fx;
                if (from->hole[at])
                    continue;
                known++;
                avoided += from->avoid[at];
                for (int c = 0; c < 3; c++)
                    sum[c] += from->px[4 * at + c];
            }
            size_t at = (size_t)y * (size_t)to->width + (size_t)x;
            to->hole[at] = known < 2;
            to->avoid[at] = avoided > 0;
            for (int c = 0; c < 3 && known; c++)
                to->px[4 * at + c] = (uint8_t)((sum[c] + known / 2) / known);
        }
}

static ct_code build(struct pyramid *p, const struct ct_image *image, const struct ct_mask *hole,
                     const struct ct_mask *avoid, struct ct_err *err)
{
    int width = image->width, height = image->height;
    for (p->n = 0; p->n < LEVELS_MAX; width = (width + 1) / 2, height = (height + 1) / 2) {
        struct ct_patch_level *l = &p->levels[p->n];
        int shorter = width < height ? width : height;
        if (p->n > 0 && shorter < COARSEST_EDGE)
            break;
        p->n++;
        if (!ct_patch_level_open(l, width, height))
            return ct_retouch_fail_memory(err);
        if (p->n == 1)
            fill_finest(l, image, hole, avoid);
        else
            fill_coarser(l, &p->levels[p->n - 2]);
        ct_patch_level_mark(l);
        if (l->n_sources >= 16)
            continue;
        if (p->n == 1)
            return ct_fail(err, CT_E_INTERNAL, NULL,
                           "The mask covers nearly everything: nothing is left to fill it with.");
        ct_patch_level_release(l); /* a coarse level without sources helps nobody */
        p->n--;
        break;
    }
    return CT_OK;
}

/* A smooth first fill of the coarsest level: known colours spread inwards. */
static ct_code spread(struct ct_patch_level *l, struct ct_err *err)
{
    struct ct_plane planes[3] = { { 0 } };
    size_t n = (size_t)l->width * (size_t)l->height;
    ct_code rc = CT_OK;
    for (int c = 0; c < 3 && rc == CT_OK; c++) {
        rc = ct_plane_open(&planes[c], l->width, l->height, err);
        for (size_t i = 0; rc == CT_OK && i < n; i++)
            planes[c].v[i] = (float)l->px[4 * i + c];
        if (rc == CT_OK)
            rc = ct_plane_fill(&planes[c], l->hole, NULL, err);
        for (size_t i = 0; rc == CT_OK && i < n; i++)
            if (l->hole[i])
                l->px[4 * i + c] = (uint8_t)(planes[c].v[i] + 0.5f);
    }
    for (int c = 0; c < 3; c++)
        ct_plane_release(&planes[c]);
    return rc;
}

static struct ct_patch_at nearest_source(const struct ct_patch_level *l, struct ct_patch_at at,
                                         size_t i)
{
    for (int k = 0; k < 4; k++) {
        int x = at.x + (k & 1), y = at.y + (k >> 1);
        if (x < l->width && y < l->height && l->source[(size_t)y * (size_t)l->width + (size_t)x])
            return (struct ct_patch_at){ (int16_t)x, (int16_t)y };
    }
    return l->sources[(i * 2654435761u) % l->n_sources];
}

/* The doubled likes of the coarser level, and its fill. */
static void inherit(struct ct_patch_level *l, const struct ct_patch_level *coarse)
{
    for (int y = 0; y < l->height; y++)
        for (int x = 0; x < l->width; x++) {
            int cx = x / 2 < coarse->width ? x / 2 : coarse->width - 1;
            int cy = y / 2 < coarse->height ? y / 2 : coarse->height - 1;
            size_t at = (size_t)y * (size_t)l->width + (size_t)x;
            size_t from = (size_t)cy * (size_t)coarse->width + (size_t)cx;
            if (l->hole[at])
                memcpy(l->px + 4 * at, coarse->px + 4 * from, 3);
            if (!l->target[at])
                continue;
            struct ct_patch_at like = coarse->like[from];
            like.x = (int16_t)(2 * like.x + (x & 1));
            like.y = (int16_t)(2 * like.y + (y & 1));
            l->like[at] = coarse->target[from]
                              ? nearest_source(l, like, at)
                              : l->sources[(at * 2654435761u) % l->n_sources];
        }
}

/* Rounds of search and vote, and sweeps in each: many where pixels are few. */
static void refine(struct ct_patch_level *l, int level, int n_levels, const struct ct_retouch *with)
{
    int rounds = level == 0 ? 1 : level == 1 ? 2 : level == 2 ? 4 : 8;
    int sweeps = level == 0 ? 2 : level == n_levels - 1 ? 6 : 3;
    for (int i = 0; i < rounds && !ct_retouch_cancelled(with); i++) {
        ct_patch_search(l, sweeps, SEED + (uint32_t)(16 * level + i), with);
        ct_patch_vote(l, with);
    }
}

/* How much pixel p should be above its neighbour at (dx, dy), in channel c: as the likes of either
 * say, or as it is where neither has one (at the very edge of the picture). */
static float wanted_step(const struct ct_patch_level *l, size_t p, int dx, int dy, size_t c)
{
    ptrdiff_t to = dx + (ptrdiff_t)dy * l->width;
    size_t q = (size_t)((ptrdiff_t)p + to);
    float sum = 0;
    int n = 0;
    if (l->hole[p] && l->target[p]) {
        ptrdiff_t s = (ptrdiff_t)l->like[p].y * l->width + l->like[p].x;
        sum += (float)l->px[4 * (size_t)s + c] - (float)l->px[4 * (size_t)(s + to) + c];
        n++;
    }
    if (l->hole[q] && l->target[q]) {
        ptrdiff_t s = (ptrdiff_t)l->like[q].y * l->width + l->like[q].x;
        sum += (float)l->px[4 * (size_t)(s - to) + c] - (float)l->px[4 * (size_t)s + c];
        n++;
    }
    return n ? sum / (float)n : (float)l->px[4 * p + c] - (float)l->px[4 * q + c];
}

/* What is wanted of the steps to all four neighbours, minus what there is. */
static void measure_steps(const struct ct_patch_level *l, float *rhs, size_t c)
{
    static const int ways[4][2] = { { 1, 0 }, { -1, 0 }, { 0, 1 }, { 0, -1 } };
    for (int y = 0; y < l->height; y++)
        for (int x = 0; x < l->width; x++) {
            size_t p = (size_t)y * (size_t)l->width + (size_t)x;
            rhs[p] = 0;
            for (int k = 0; l->hole[p] && k < 4; k++) {
                int nx = x + ways[k][0], ny = y + ways[k][1];
                if (nx < 0 || ny < 0 || nx >= l->width || ny >= l->height)
                    continue;
                size_t q = (size_t)ny * (size_t)l->width + (size_t)nx;
                float there_is = (float)l->px[4 * p + c] - (float)l->px[4 * q + c];
                rhs[p] += wanted_step(l, p, ways[k][0], ways[k][1], c) - there_is;
            }
        }
}

static void add(struct ct_patch_level *l, const struct ct_plane *rest, size_t c)
{
    size_t n = (size_t)l->width * (size_t)l->height;
    for (size_t i = 0; i < n; i++) {
        float v = (float)l->px[4 * i + c] + rest->v[i];
        if (l->hole[i])
            l->px[4 * i + c] = (uint8_t)(v < 0 ? 0 : v > 255 ? 255 : v + 0.5f);
    }
}

/* Keeps the steps of what was copied and gives up its heights: no seam remains, neither to what
 * is known nor between pieces of different origin (Perez et al. 2003, Darabi et al. 2012). */
struct blending {
    struct ct_patch_level *level;
    ct_code codes[3];
};

static void blend_channel(void *ctx, uint32_t c)
{
    struct blending *b = ctx;
    struct ct_patch_level *l = b->level;
    struct ct_plane rest = { 0 }, rhs = { 0 };
    ct_code rc = ct_plane_open(&rest, l->width, l->height, NULL);
    if (rc == CT_OK)
        rc = ct_plane_open(&rhs, l->width, l->height, NULL);
    if (rc == CT_OK) {
        measure_steps(l, rhs.v, c);
        rc = ct_plane_fill(&rest, l->hole, rhs.v, NULL);
    }
    if (rc == CT_OK)
        add(l, &rest, c);
    b->codes[c] = rc;
    ct_plane_release(&rest);
    ct_plane_release(&rhs);
}

/* Keeps the steps of what was copied and gives up its heights: no seam remains, neither to what
 * is known nor between pieces of different origin (Perez et al. 2003, Darabi et al. 2012). The
 * channels are apart in memory but for their bytes, which no two of them share. */
static ct_code blend(struct ct_patch_level *l, const struct ct_retouch *with, struct ct_err *err)
{
    struct blending b = { .level = l };
    ct_pool_for(with->pool, 3, blend_channel, &b);
    for (int c = 0; c < 3; c++)
        if (b.codes[c] != CT_OK)
            return ct_retouch_fail_memory(err);
    return CT_OK;
}

static ct_code run(struct pyramid *p, const struct ct_retouch *with, struct ct_err *err)
{
    struct ct_patch_level *coarsest = &p->levels[p->n - 1];
    CT_TRY(spread(coarsest, err));
    ct_patch_scatter(coarsest, SEED);
    for (int i = p->n - 1; i >= 0; i--) {
        if (i < p->n - 1)
            inherit(&p->levels[i], &p->levels[i + 1]);
        refine(&p->levels[i], i, p->n, with);
        if (ct_retouch_cancelled(with))
            return ct_retouch_fail_cancelled(err);
    }
    return blend(&p->levels[0], with, err);
}

static ct_code take(struct ct_image **out, const struct ct_image *image,
                    const struct ct_patch_level *l, struct ct_err *err)
{
    CT_TRY(ct_image_new(out, image->width, image->height, image->channels, err));
    size_t n = (size_t)image->width * (size_t)image->height, channels = (size_t)image->channels;
    memcpy((*out)->px, image->px, n * channels);
    for (size_t i = 0; i < n; i++)
        if (l->hole[i]) {
            memcpy((*out)->px + i * channels, l->px + 4 * i, 3);
            if (channels == 4)
                (*out)->px[4 * i + 3] = 255;
        }
    return CT_OK;
}

ct_code ct_inpaint(struct ct_image **out, const struct ct_image *image, const struct ct_mask *hole,
                   const struct ct_mask *avoid, const struct ct_retouch *with, struct ct_err *err)
{
    struct ct_mask_box box;
    *out = NULL;
    if (hole->width != image->width || hole->height != image->height ||
        (avoid && (avoid->width != image->width || avoid->height != image->height)))
        return ct_fail(err, CT_E_INTERNAL, NULL, "A mask of another size than its picture.");
    struct pyramid *p = ct_calloc(1, sizeof(*p));
    if (!p)
        return ct_retouch_fail_memory(err);
    ct_code rc = build(p, image, hole, avoid, err);
    if (rc == CT_OK && ct_mask_bounds(hole, 1, &box))
        rc = run(p, with, err);
    if (rc == CT_OK)
        rc = take(out, image, &p->levels[0], err);
    for (int i = 0; i < LEVELS_MAX; i++)
        ct_patch_level_release(&p->levels[i]);
    ct_free(p);
    return rc;
}

ct_code ct_outpaint(struct ct_image **out, const struct ct_image *image, int width, int height,
                    int x, int y, const struct ct_retouch *with, struct ct_err *err)
{
    struct ct_image *canvas = NULL;
    struct ct_mask *hole = NULL;
    size_t channels = (size_t)image->channels, row = (size_t)image->width * channels;
    *out = NULL;
    if (x < 0 || y < 0 || x > width - image->width || y > height - image->height)
        return ct_fail(err, CT_E_INTERNAL, NULL, "A picture of %dx%d at %d,%d of a canvas %dx%d.",
                       image->width, image->height, x, y, width, height);
    ct_code rc = ct_image_new(&canvas, width, height, image->channels, err);
    if (rc == CT_OK)
        rc = ct_mask_new(&hole, width, height, err);
    if (rc == CT_OK) {
        memset(hole->px, 255, (size_t)width * (size_t)height);
        for (int i = 0; i < image->height; i++) {
            size_t at = (size_t)(y + i) * (size_t)width + (size_t)x;
            memcpy(canvas->px + at * channels, image->px + (size_t)i * row, row);
            memset(hole->px + at, 0, (size_t)image->width);
        }
        rc = ct_inpaint(out, canvas, hole, NULL, with, err);
    }
    ct_image_unref(&canvas);
    ct_mask_free(&hole);
    return rc;
}
