/* A photograph in another size, and its variations (foreign.h). */
#include "engines/scene/edit/foreign_parts.h"

#include "engines/scene/edit/grade.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/retouch/inpaint.h"
#include "image/resize.h"

static bool wants_more_canvas(struct ct_slice prompt)
{
    static const char *const words[] = { "outpaint",     "extend",           "expand",
                                         "uncrop",       "zoom out",         "larger canvas",
                                         "wider canvas", "more space around" };
    for (size_t k = 0; k < sizeof(words) / sizeof(*words); k++)
        if (ct_foreign_says(prompt, words[k]))
            return true;
    return false;
}

/* The picture at a scale that fits into the canvas, and the rest painted in. */
static ct_code outpaint(struct ct_foreign *f, int width, int height, struct ct_err *err)
{
    const struct ct_retouch tools = ct_foreign_tools(f);
    CT_CLEANUP(ct_image_unref) struct ct_image *fitted = NULL;
    struct ct_image *next = NULL;
    float sx = (float)width / (float)f->image->width, sy = (float)height / (float)f->image->height;
    float scale = ct_minf(1, ct_minf(sx, sy));
    if (scale > 0.98f * ct_minf(sx, sy) && sx / sy > 0.98f && sx / sy < 1.02f)
        scale *= 0.75f; /* the same shape: what is there steps back */
    int w = (int)((float)f->image->width * scale), h = (int)((float)f->image->height * scale);
    CT_TRY(ct_resize(&fitted, f->image, w < 1 ? 1 : w, h < 1 ? 1 : h, f->d->draw->pool, err));
    CT_TRY(ct_outpaint(&next, fitted, width, height, (width - fitted->width) / 2,
                       (height - fitted->height) / 2, &tools, err));
    ct_foreign_advance(f, next);
    return CT_OK;
}

ct_code ct_foreign_fit(struct ct_foreign *f, struct ct_err *err)
{
    const struct ct_image_request *rq = f->d->draw->request;
    struct ct_image *next = NULL;
    if (rq->operation == CT_OPERATION_EDIT && wants_more_canvas(rq->prompt))
        return outpaint(f, rq->width, rq->height, err);
    if (f->image->width == rq->width && f->image->height == rq->height)
        return CT_OK;
    CT_TRY(ct_resize_cover(&next, f->image, rq->width, rq->height, f->d->draw->pool, err));
    ct_image_unref(&f->image);
    f->image = next;
    return CT_OK;
}

/* --- variations --- */

static ct_code mirror(struct ct_foreign *f, struct ct_err *err)
{
    struct ct_image *next = NULL;
    const struct ct_image *image = f->image;
    size_t channels = (size_t)image->channels, w = (size_t)image->width;
    CT_TRY(ct_image_new(&next, image->width, image->height, image->channels, err));
    for (size_t y = 0; y < (size_t)image->height; y++)
        for (size_t x = 0; x < w; x++)
            memcpy(next->px + (y * w + x) * channels, image->px + (y * w + w - 1 - x) * channels,
                   channels);
    ct_foreign_advance(f, next);
    return CT_OK;
}

static ct_code step_nearer(struct ct_foreign *f, struct ct_err *err)
{
    struct ct_image *next = NULL;
    int w = f->image->width * 84 / 100, h = f->image->height * 84 / 100;
    CT_TRY(ct_crop(&next, f->image, (f->image->width - w) / 2, (f->image->height - h) / 2,
                   w < 1 ? 1 : w, h < 1 ? 1 : h, err));
    ct_foreign_advance(f, next);
    return CT_OK;
}

ct_code ct_foreign_vary(struct ct_foreign *f, int index, struct ct_err *err)
{
    static const struct {
        bool mirrored, nearer;
        ct_v3 gain;
    } ways[] = {
        { true, false, { 1, 1, 1 } },          { false, true, { 1, 1, 1 } },
        { false, false, { 1.12f, 1, 0.84f } }, { false, false, { 0.88f, 1, 1.14f } },
        { true, true, { 1, 1, 1 } },           { true, false, { 1.12f, 1, 0.84f } },
        { false, true, { 0.88f, 1, 1.14f } },  { true, true, { 1.12f, 1, 0.84f } },
        { false, true, { 1.12f, 1, 0.84f } },  { true, false, { 0.88f, 1, 1.14f } },
    };
    int way = index % (int)(sizeof(ways) / sizeof(*ways));
    struct ct_image *next = NULL;
    if (ways[way].mirrored)
        CT_TRY(mirror(f, err));
    if (ways[way].nearer)
        CT_TRY(step_nearer(f, err));
    CT_TRY(ct_grade(&next, f->image, ways[way].gain, NULL, err));
    ct_foreign_advance(f, next);
    return ct_foreign_fit(f, err);
}
