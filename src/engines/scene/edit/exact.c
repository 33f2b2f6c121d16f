/* See exact.h.
 *
 * A pixel that the outline crosses shows the old thing and the ground behind it, mixed. The new
 * drawing shows the new thing and the same ground under slightly other light. Mixing both by the
 * coverage itself would leave a rim of the old colour; so a pixel turns new quickly with coverage:
 * from a sixth on it is all new, and below that at most a twenty-fourth of the old thing's colour
 * remains. */
#include "engines/scene/edit/exact.h"

#include "base/mem.h"
#include "engines/scene/render/coverage.h"

#define ALL_NEW 6 /* one over the coverage from which a pixel is all new */
#define SMALL 0.12 /* of the picture: outlines get twice the samples, which costs little */
#define MARGIN 3  /* pixels around what is wanted, for the denoiser to look at */

static void on_pass(void *ctx, double fraction, const char *stage,
                    struct ct_image *(*snapshot)(void *state), void *state)
{
    (void)snapshot;
    (void)state; /* no partials: they would show black around the thing */
    ct_drawing_progress(ctx, fraction, stage);
}

/* Pixels to draw: the covered ones and a margin. */
static uint8_t *widened(const struct ct_mask *mask)
{
    int w = mask->width, h = mask->height;
    uint8_t *across = ct_calloc((size_t)w, (size_t)h), *out = ct_calloc((size_t)w, (size_t)h);
    for (int y = 0; across && out && y < h; y++)
        for (int x = 0; x < w; x++)
            if (mask->px[(size_t)y * (size_t)w + (size_t)x])
                for (int i = x < MARGIN ? 0 : x - MARGIN; i <= x + MARGIN && i < w; i++)
                    across[(size_t)y * (size_t)w + (size_t)i] = 1;
    for (int y = 0; across && out && y < h; y++)
        for (int x = 0; x < w; x++)
            if (across[(size_t)y * (size_t)w + (size_t)x])
                for (int i = y < MARGIN ? 0 : y - MARGIN; i <= y + MARGIN && i < h; i++)
                    out[(size_t)i * (size_t)w + (size_t)x] = 1;
    ct_free(across);
    return out;
}

static double share_of(const struct ct_mask *mask)
{
    size_t n = (size_t)mask->width * (size_t)mask->height;
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += mask->px[i];
    return sum / (255.0 * (double)n);
}

static void harden(struct ct_mask *mask)
{
    for (size_t i = 0; i < (size_t)mask->width * (size_t)mask->height; i++) {
        int v = mask->px[i] * ALL_NEW;
        mask->px[i] = (uint8_t)(v > 255 ? 255 : v);
    }
}

static ct_code draw(struct ct_image **out, struct ct_drawing *d, const struct ct_world *world,
                    const struct ct_mask *mask, const struct ct_image *original, bool whole,
                    const struct ct_render_params *base, struct ct_err *err)
{
    struct ct_render_params params = *base;
    uint8_t *wanted = whole ? NULL : widened(mask);
    if (!wanted && !whole)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while changing the picture.");
    params.wanted = wanted;
    params.around = original;
    ct_code rc = ct_drawing_world(out, d, world, &params, err);
    ct_free(wanted);
    return rc == CT_OK && whole ? ct_drawing_style(d, *out, err) : rc;
}

static ct_code compose(struct ct_image **out, struct ct_drawing *d, const struct ct_world *world,
                       const struct ct_patch *patch, const struct ct_image *original,
                       const struct ct_render_params *params, struct ct_err *err)
{
    struct ct_image *drawn = NULL;
    CT_CLEANUP(ct_mask_free) struct ct_mask *mask = NULL;
    struct ct_mask_box box;
    bool styled = patch->intent->style != CT_LOOK_STYLE_NONE &&
                  patch->intent->style != CT_LOOK_STYLE_photo;
    CT_TRY(ct_render_coverage(&mask, world, patch->changed, CT_SCENE3_MAX_OBJECTS, params, err));
    if (!ct_mask_bounds(mask, 1, &box)) /* it is hidden: nothing to be seen changes */
        return ct_mask_mix(out, original, original, mask, err);
    struct ct_render_params finer = *params;
    if (share_of(mask) < SMALL)
        finer.samples *= 2;
    CT_TRY(draw(&drawn, d, world, mask, original, styled, &finer, err));
    harden(mask);
    ct_code rc = ct_mask_mix(out, original, drawn, mask, err);
    ct_image_unref(&drawn);
    return rc;
}

ct_code ct_edit_exact(struct ct_image **out, struct ct_drawing *d, const struct ct_patch *patch,
                      const struct ct_image *original, enum ct_quality quality,
                      struct ct_err *err)
{
    const struct ct_image_request *rq = d->draw->request;
    struct ct_world world;
    const struct ct_render_params params = {
        .width = rq->width,
        .height = rq->height,
        .samples = ct_render_samples((int)quality, rq->width, rq->height),
        .seed = patch->scene->seed,
        .pool = d->draw->pool,
        .cancel = d->draw->cancel,
        .ctx = d,
        .pass = on_pass,
    };
    ct_drawing_progress(d, 0, "building");
    ct_world_init(&world);
    ct_code rc = ct_scene3_build(&world, patch->scene, err);
    if (rc == CT_OK)
        rc = compose(out, d, &world, patch, original, &params, err);
    ct_world_release(&world);
    return rc;
}

/* --- keeping what did not change --- */

#define NEAR 4     /* pixels each way that a difference is averaged over */
#define UNSEEN 2.0f /* levels of mean difference that nobody sees */
#define SEEN 5.0f

static float difference(const struct ct_image *a, const struct ct_image *b, size_t i)
{
    float sum = 0;
    for (int k = 0; k < 3; k++) {
        int d = a->px[i * (size_t)a->channels + (size_t)k] -
                b->px[i * (size_t)b->channels + (size_t)k];
        sum += (float)(d < 0 ? -d : d);
    }
    return sum / 3;
}

/* Running means along rows, then along columns. */
static void blur(float *v, float *other, int w, int h)
{
    const float n = 2 * NEAR + 1;
    for (int y = 0; y < h; y++) {
        float *row = v + (size_t)y * (size_t)w, *to = other + (size_t)y * (size_t)w, sum = 0;
        for (int x = -NEAR; x < w; x++) {
            sum += x + NEAR < w ? row[x + NEAR] : 0;
            sum -= x - NEAR - 1 >= 0 ? row[x - NEAR - 1] : 0;
            if (x >= 0)
                to[x] = sum / n;
        }
    }
    for (int x = 0; x < w; x++) {
        float sum = 0;
        for (int y = -NEAR; y < h; y++) {
            sum += y + NEAR < h ? other[(size_t)(y + NEAR) * (size_t)w + (size_t)x] : 0;
            sum -= y - NEAR - 1 >= 0 ? other[(size_t)(y - NEAR - 1) * (size_t)w + (size_t)x] : 0;
            if (y >= 0)
                v[(size_t)y * (size_t)w + (size_t)x] = sum / n;
        }
    }
}

ct_code ct_edit_keep_unchanged(struct ct_image **out, const struct ct_image *original,
                               const struct ct_image *changed, struct ct_err *err)
{
    int w = original->width, h = original->height;
    size_t n = (size_t)w * (size_t)h;
    float *differ = ct_calloc(n, sizeof(float)), *other = ct_calloc(n, sizeof(float));
    CT_CLEANUP(ct_mask_free) struct ct_mask *mask = NULL;
    ct_code rc = differ && other ? ct_mask_new(&mask, w, h, err)
                                 : ct_fail(err, CT_E_MEMORY, NULL,
                                           "Out of memory while changing the picture.");
    if (rc == CT_OK) {
        for (size_t i = 0; i < n; i++)
            differ[i] = difference(original, changed, i);
        blur(differ, other, w, h);
        for (size_t i = 0; i < n; i++) {
            float t = (differ[i] - UNSEEN) / (SEEN - UNSEEN);
            mask->px[i] = (uint8_t)(255 * (t < 0 ? 0 : t > 1 ? 1 : t) + 0.5f);
        }
        rc = ct_mask_mix(out, original, changed, mask, err);
    }
    ct_free(differ);
    ct_free(other);
    return rc;
}
