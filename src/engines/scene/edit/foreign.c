/* See foreign.h. A photograph has no things, only pixels: what an operation is about is the mask of
 * the request or, without one, the subject that stands out (retouch/segment.h), which is said when
 * it is no more than a guess. What has no honest answer in pixels (other materials, other places,
 * other numbers) is refused in a sentence that says what would work. */
#include "engines/scene/edit/foreign_parts.h"

#include "engines/scene/edit/grade.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/retouch/adjust.h"
#include "engines/scene/retouch/backdrop.h"
#include "engines/scene/retouch/inpaint.h"
#include "engines/scene/retouch/lettering.h"
#include "engines/scene/retouch/matte.h"
#include "engines/scene/retouch/plane.h"
#include "engines/scene/retouch/recolour.h"
#include "engines/scene/retouch/shadow.h"
#include "engines/scene/retouch/transfer.h"
#include "engines/scene/style/style.h"

#include <stdarg.h>
#include <stdio.h>

#define SHADOW_DEPTH 0.8f
#define REMOVE_GROW 6 /* pixels, and at least as many ninetieths of the shorter edge */

void ct_foreign_cannot(struct ct_foreign *f, const char *fmt, ...)
{
    char text[512];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof(text), fmt, args);
    va_end(args);
    const struct ct_draw_sink *sink = f->d->draw->sink;
    if (!f->why[0])
        snprintf(f->why, sizeof(f->why), "%s", text);
    if (sink->warning)
        sink->warning(sink->ctx, text);
}

struct ct_retouch ct_foreign_tools(const struct ct_foreign *f)
{
    return (struct ct_retouch){ f->d->draw->pool, f->d->draw->cancel };
}

/* The picture so far gives way to the next. */
void ct_foreign_advance(struct ct_foreign *f, struct ct_image *next)
{
    ct_image_unref(&f->image);
    f->image = next;
    f->n_done++;
}

struct ct_slice ct_foreign_noun(const struct ct_foreign *f, int entity)
{
    struct ct_slice noun = { NULL, 0 };
    if (entity >= 0 && entity < f->edit->intent->n_entities)
        noun = f->edit->intent->entities[entity].noun;
    return noun.ptr ? noun : CT_S("subject");
}

/* --- colours and light --- */

static ct_code do_look(struct ct_foreign *f, const struct ct_edit_op *op, struct ct_err *err)
{
    const struct ct_mask *region;
    const struct ct_retouch tools = ct_foreign_tools(f);
    const struct ct_entity *want = &op->want;
    struct ct_image *next = NULL;
    float changed = 0;
    if (want->material != CT_MATERIAL_NONE || want->part.ptr || want->contents != CT_MATERIAL_NONE)
        ct_foreign_cannot(
            f, "What the %.*s of a photograph is made of cannot be changed, only its colour.",
            CT_SARG(ct_foreign_noun(f, op->target)));
    if (!want->has_color)
        return CT_OK;
    CT_TRY(ct_foreign_find_painted(&region, f, op->target, err));
    if (!region)
        return CT_OK;
    const struct ct_recolour how = {
        .to = (uint32_t)want->color.r << 16 | (uint32_t)want->color.g << 8 | want->color.b,
        .has_from = op->has_from,
        .from =
            (uint32_t)op->from_color.r << 16 | (uint32_t)op->from_color.g << 8 | op->from_color.b,
    };
    CT_TRY(ct_recolour(&next, &changed, f->image, region, &how, &tools, err));
    if (op->has_from && changed < 0.03f) {
        ct_image_unref(&next);
        ct_foreign_cannot(f, "Nothing of that colour was found to change.");
        return CT_OK;
    }
    ct_foreign_advance(f, next);
    return CT_OK;
}

static ct_code do_tone(struct ct_foreign *f, const struct ct_edit_op *op, struct ct_err *err)
{
    const struct ct_mask *region = f->mask;
    CT_CLEANUP(ct_mask_free) struct ct_mask *behind = NULL;
    struct ct_image *next = NULL;
    if (op->ground != CT_EDIT_GROUND_NONE && !f->mask) {
        CT_TRY(ct_foreign_find_behind(&behind, f, err));
        region = behind;
        if (behind)
            ct_foreign_cannot(
                f, "All that is behind the subject was taken; a mask would say which part is "
                   "meant.");
    } else if (op->kind == CT_EDIT_TONE) {
        CT_TRY(ct_foreign_find_painted(&region, f, op->target, err));
    }
    if (op->kind == CT_EDIT_TONE && !region)
        return CT_OK;
    float gain = op->factor * op->factor; /* light, not code values */
    CT_TRY(ct_grade(&next, f->image, v3(gain, gain, gain), region, err));
    ct_foreign_advance(f, next);
    return CT_OK;
}

/* --- taking away and putting in --- */

static ct_code fill_hole(struct ct_foreign *f, const struct ct_mask *hole, struct ct_err *err)
{
    const struct ct_retouch tools = ct_foreign_tools(f);
    struct ct_image *next = NULL;
    CT_TRY(ct_inpaint(&next, f->image, hole, NULL, &tools, err));
    ct_foreign_advance(f, next);
    return CT_OK;
}

/* A mask is filled as it was painted; what was found ends before its edge and its shadow do. */
static ct_code take_out(struct ct_foreign *f, const struct ct_mask *region, struct ct_err *err)
{
    const struct ct_retouch tools = ct_foreign_tools(f);
    CT_CLEANUP(ct_mask_free) struct ct_mask *hole = NULL;
    CT_TRY(ct_foreign_copy_mask(&hole, region, false, err));
    if (!f->mask) {
        int edge = hole->width < hole->height ? hole->width : hole->height;
        CT_TRY(ct_plane_grow(hole, edge / 90 > REMOVE_GROW ? edge / 90 : REMOVE_GROW, err));
        CT_TRY(ct_shadow_add(hole, f->image, &tools, err));
    }
    return fill_hole(f, hole, err);
}

/* Nobody can tell a spoon from a cup here, and what is gone is gone. */
static void say_taken(struct ct_foreign *f, const struct ct_mask *region, int entity)
{
    if (region == f->subject && entity >= 0)
        ct_foreign_cannot(
            f,
            "The %.*s was taken to be what stands out in the picture; a mask would say where "
            "it is.",
            CT_SARG(ct_foreign_noun(f, entity)));
}

static ct_code do_remove(struct ct_foreign *f, const struct ct_edit_op *op, struct ct_err *err)
{
    const struct ct_mask *region;
    struct ct_mask_box box;
    CT_TRY(ct_foreign_find_region(&region, f, op->target, err));
    if (!region || !ct_mask_bounds(region, 128, &box))
        return CT_OK;
    say_taken(f, region, op->target);
    return take_out(f, region, err);
}

/* The drawn shadow of a thing would end at its box as if cut with a knife: it fades before, and is
 * no deeper than shadows in a room are. What covers fully is the thing, and stays. */
static void fade_shadow(struct ct_image *thing)
{
    int w = thing->width, h = thing->height, rim = (w < h ? w : h) / 6 + 1;
    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++) {
            uint8_t *px = thing->px + 4 * ((size_t)y * (size_t)w + (size_t)x);
            int side = x < w - 1 - x ? x : w - 1 - x, foot = y < h - 1 - y ? y : h - 1 - y;
            float fade = ct_smoothstep(0, (float)rim, (float)(side < foot ? side : foot));
            bool dark = px[0] < 24 && px[1] < 24 && px[2] < 24;
            if (px[3] < 250 && dark)
                px[3] = (uint8_t)(SHADOW_DEPTH * fade * (float)px[3]);
        }
}

/* A drawn thing into the box of the region, standing on its lower edge. */
static ct_code put_thing(struct ct_foreign *f, int entity, const struct ct_mask *region,
                         struct ct_err *err)
{
    struct ct_mask_box box;
    struct ct_image *thing = NULL, *base = NULL;
    if (!ct_mask_bounds(region, 128, &box))
        return CT_OK;
    int w = box.x1 - box.x0, h = box.y1 - box.y0;
    if (w < 16 || h < 16) {
        ct_foreign_cannot(f, "The marked area is too small to draw anything in.");
        return CT_OK;
    }
    CT_TRY(ct_foreign_thing(&thing, f, entity, w, h, err));
    fade_shadow(thing);
    ct_code rc = ct_image_new(&base, f->image->width, f->image->height, f->image->channels, err);
    if (rc == CT_OK) {
        memcpy(base->px, f->image->px,
               (size_t)base->width * (size_t)base->height * (size_t)base->channels);
        ct_image_over(base, thing, box.x0, box.y0);
        ct_foreign_advance(f, base);
    }
    ct_image_unref(&thing);
    return rc;
}

static ct_code do_add(struct ct_foreign *f, const struct ct_edit_op *op, struct ct_err *err)
{
    if (!f->mask) {
        ct_foreign_cannot(f, "To add something to a photograph, mark the place with a mask.");
        return CT_OK;
    }
    return put_thing(f, op->target, f->mask, err);
}

static ct_code do_replace(struct ct_foreign *f, const struct ct_edit_op *op, struct ct_err *err)
{
    const struct ct_mask *region;
    CT_TRY(ct_foreign_find_region(&region, f, op->target, err));
    if (!region)
        return CT_OK;
    say_taken(f, region, op->target);
    CT_CLEANUP(ct_mask_free) struct ct_mask *place = NULL;
    CT_TRY(ct_foreign_copy_mask(&place, region, false, err));
    CT_TRY(take_out(f, place, err));
    return put_thing(f, op->other, place, err);
}

/* Black or white, whichever is read on what lies under the box. */
static struct ct_rgb ink_on(const struct ct_image *image, const struct ct_mask_box *box)
{
    size_t channels = (size_t)image->channels;
    double sum = 0, n = 0;
    for (int y = box->y0; y < box->y1; y += 2)
        for (int x = box->x0; x < box->x1; x += 2) {
            const uint8_t *px =
                image->px + ((size_t)y * (size_t)image->width + (size_t)x) * channels;
            sum += 0.299 * px[0] + 0.587 * px[1] + 0.114 * px[2];
            n++;
        }
    return n > 0 && sum / n < 140 ? (struct ct_rgb){ 255, 255, 255 }
                                  : (struct ct_rgb){ 24, 24, 27 };
}

/* A text that is found by reading the picture: replaced, or taken off. */
static ct_code reword(struct ct_foreign *f, const struct ct_edit_op *op, struct ct_err *err)
{
    const struct ct_retouch tools = ct_foreign_tools(f);
    struct ct_image *next = NULL;
    struct ct_err why = { 0 };
    ct_code rc = ct_lettering_replace(&next, f->image, op->from, op->to, &tools, &why);
    /* nothing to read with, no such text, or no room for the new one */
    if (rc == CT_E_CONFIG || rc == CT_E_NOT_FOUND || rc == CT_E_EDIT) {
        ct_foreign_cannot(f, "%s", why.msg);
        return CT_OK;
    }
    if (rc != CT_OK)
        return ct_fail(err, rc, why.param, "%s", why.msg);
    ct_foreign_advance(f, next);
    return CT_OK;
}

bool ct_foreign_says(struct ct_slice prompt, const char *words)
{
    size_t n = strlen(words);
    for (size_t i = 0; i + n <= prompt.len; i++)
        if (ct_slice_ieq(ct_slice_sub(prompt, i, i + n), ct_slice(words)))
            return true;
    return false;
}

/* Where a text goes that nobody marked a place for: where it is said to, or the lower sixth, where
 * captions stand. */
static struct ct_mask_box caption_box(const struct ct_foreign *f)
{
    struct ct_slice prompt = f->d->draw->request->prompt;
    int w = f->image->width, h = f->image->height, high = h * 3 / 20, y = h - h / 5;
    if (ct_foreign_says(prompt, "at the top") || ct_foreign_says(prompt, "on top") ||
        ct_foreign_says(prompt, "top of the"))
        y = h / 20;
    else if (ct_foreign_says(prompt, "in the middle") || ct_foreign_says(prompt, "in the center") ||
             ct_foreign_says(prompt, "in the centre"))
        y = (h - high) / 2;
    return (struct ct_mask_box){ w / 12, y, w - w / 12, y + high };
}

static ct_code do_text(struct ct_foreign *f, const struct ct_edit_op *op, struct ct_err *err)
{
    struct ct_mask_box box = { 0, 0, 0, 0 };
    struct ct_image *text = NULL, *base = NULL;
    int w = f->image->width, h = f->image->height;
    if (op->from.ptr && !f->mask)
        return reword(f, op, err);
    if (op->to.len == 0 && !f->mask) {
        ct_foreign_cannot(
            f, "Say which text of the picture is meant, in quotes, or mark it with a mask.");
        return CT_OK;
    }
    if (f->mask && !ct_mask_bounds(f->mask, 128, &box))
        return CT_OK;
    if (f->mask && (op->from.ptr || op->to.len == 0))
        CT_TRY(fill_hole(f, f->mask, err));
    if (op->to.len == 0)
        return CT_OK;
    if (!f->mask)
        box = caption_box(f);
    int bw = box.x1 - box.x0, bh = box.y1 - box.y0;
    if (bw < 16 || bh < 16) {
        ct_foreign_cannot(f, "The marked area is too small for a text.");
        return CT_OK;
    }
    CT_TRY(ct_foreign_text(&text, f, op->to, ink_on(f->image, &box), bw, bh, err));
    ct_code rc = ct_image_new(&base, w, h, f->image->channels, err);
    if (rc == CT_OK) {
        memcpy(base->px, f->image->px, (size_t)w * (size_t)h * (size_t)base->channels);
        ct_image_over(base, text, box.x0, box.y0);
        ct_foreign_advance(f, base);
    }
    ct_image_unref(&text);
    return rc;
}

/* --- the background and the whole --- */

/* In the masked area, behind the subject, or everywhere. */
static ct_code do_adjust(struct ct_foreign *f, const struct ct_edit_op *op, struct ct_err *err)
{
    CT_CLEANUP(ct_mask_free) struct ct_mask *behind = NULL;
    const struct ct_adjust how = { op->adjust.contrast, op->adjust.saturation, op->adjust.warmth,
                                   op->adjust.blur };
    struct ct_image *next = NULL;
    if (op->behind && !f->mask) {
        CT_TRY(ct_foreign_find_behind(&behind, f, err));
        if (!behind)
            return CT_OK;
    }
    if (op->night)
        ct_foreign_cannot(f, "The photograph was darkened and cooled: no lights go on in it.");
    CT_TRY(ct_adjust(&next, f->image, behind ? behind : f->mask, &how, err));
    ct_foreign_advance(f, next);
    return CT_OK;
}

static ct_code do_cut_out(struct ct_foreign *f, struct ct_err *err)
{
    const struct ct_retouch tools = ct_foreign_tools(f);
    CT_CLEANUP(ct_mask_free) struct ct_mask *front = NULL;
    struct ct_image *next = NULL;
    CT_TRY(ct_foreign_find_front(&front, f, err));
    if (!front)
        return CT_OK;
    CT_TRY(ct_matte_cut_out(&next, f->image, front, &tools, err));
    ct_foreign_advance(f, next);
    return CT_OK;
}

/* "make the sky pink": its clouds stay. */
static ct_code recolour_sky(struct ct_foreign *f, struct ct_err *err)
{
    const struct ct_retouch tools = ct_foreign_tools(f);
    const struct ct_rgb want = f->edit->intent->backdrop_color;
    const struct ct_recolour how = { .to =
                                         (uint32_t)want.r << 16 | (uint32_t)want.g << 8 | want.b };
    struct ct_image *next = NULL;
    CT_TRY(ct_recolour(&next, NULL, f->image, f->mask ? f->mask : f->named, &how, &tools, err));
    ct_foreign_advance(f, next);
    return CT_OK;
}

static ct_code do_backdrop(struct ct_foreign *f, struct ct_err *err)
{
    const struct ct_intent *want = f->edit->intent;
    const struct ct_retouch tools = ct_foreign_tools(f);
    CT_CLEANUP(ct_mask_free) struct ct_mask *front = NULL;
    struct ct_image *backdrop = NULL, *next = NULL;
    bool plain = want->has_backdrop_color && want->support == CT_MATERIAL_NONE &&
                 want->setting == CT_SETTING_NONE && want->backdrop == CT_BACKDROP_NONE;
    CT_TRY(ct_foreign_find_front(&front, f, err));
    if (!front)
        return CT_OK;
    ct_drawing_progress(f->d, 0.4, "tracing");
    if (plain && f->edit->sky)
        return recolour_sky(f, err);
    CT_TRY(plain ? ct_foreign_plain(&backdrop, want->backdrop_color, f->image->width,
                                    f->image->height, err)
                 : ct_foreign_backdrop(&backdrop, f, err));
    const struct ct_placement how = { .no_shadow = f->edit->sky, .no_mirror = f->edit->sky };
    ct_code rc = ct_backdrop_replace(&next, f->image, front, backdrop, &how, &tools, err);
    ct_image_unref(&backdrop);
    if (rc == CT_OK)
        ct_foreign_advance(f, next);
    return rc;
}

static ct_code do_style(struct ct_foreign *f, struct ct_err *err)
{
    struct ct_image *next = NULL;
    const struct ct_image *image = f->image;
    if (f->edit->intent->style == CT_LOOK_STYLE_photo ||
        f->edit->intent->style == CT_LOOK_STYLE_minimalist) {
        ct_foreign_cannot(f, "That look is no filter: it cannot be given to a photograph.");
        return CT_OK;
    }
    CT_TRY(ct_image_new(&next, image->width, image->height, image->channels, err));
    memcpy(next->px, image->px,
           (size_t)image->width * (size_t)image->height * (size_t)image->channels);
    ct_code rc = ct_style_apply_on(next, f->edit->intent->style, ct_foreign_tools(f).pool, err);
    if (rc != CT_OK)
        ct_image_unref(&next);
    else
        ct_foreign_advance(f, next);
    return rc;
}

static ct_code do_stage(struct ct_foreign *f, const struct ct_edit_op *op, bool *staged,
                        struct ct_err *err)
{
    static const char *const grounds[] = { "backdrop",       "support", "support_color",
                                           "backdrop_color", "setting", "land" };
    static const char *const silent[] = { "dark", "mood", "support_finish", "title_side",
                                          "land_first" };
    struct ct_image *next = NULL;
    const char *name = ct_intent_choice_name(op->choice);
    for (size_t i = 0; i < sizeof(silent) / sizeof(*silent); i++)
        if (strcmp(name, silent[i]) == 0)
            return CT_OK;
    for (size_t i = 0; i < sizeof(grounds) / sizeof(*grounds); i++)
        if (strcmp(name, grounds[i]) == 0) {
            bool first = !*staged;
            *staged = true;
            return first ? do_backdrop(f, err) : CT_OK;
        }
    if (strcmp(name, "style") == 0)
        return do_style(f, err);
    if (strcmp(name, "rig") == 0 && f->edit->intent->rig == CT_RIG_golden_hour && !*staged) {
        CT_TRY(ct_grade(&next, f->image, v3(1.18f, 0.98f, 0.74f), f->mask, err));
        ct_foreign_advance(f, next);
        ct_foreign_cannot(f, "The photograph was only warmed: its light itself cannot be moved.");
    } else if (strcmp(name, "rig") == 0 && !*staged) {
        ct_foreign_cannot(f, "The light of a photograph cannot be changed; its brightness can.");
    } else if (strcmp(name, "rig") != 0) {
        ct_foreign_cannot(f, "The %s of a photograph cannot be changed.", name);
    }
    return CT_OK;
}

/* "in the colours of the second picture" */
static ct_code do_transfer(struct ct_foreign *f, struct ct_err *err)
{
    static const char *const words[] = { "style",   "color", "colour", "palette", "mood",
                                         "grading", "tones", "look",   "light",   "atmosphere" };
    const struct ct_draw_inputs *inputs = f->d->draw->inputs;
    const struct ct_retouch tools = ct_foreign_tools(f);
    struct ct_slice prompt = f->d->draw->request->prompt;
    struct ct_image *reference = NULL, *next = NULL;
    bool asked = false;
    for (size_t k = 0; k < sizeof(words) / sizeof(*words); k++)
        asked |= ct_foreign_says(prompt, words[k]);
    if (!asked || f->d->draw->request->n_inputs < 2)
        return CT_OK;
    CT_TRY(inputs->image(inputs->ctx, &reference, 1, 1024, err));
    ct_code rc = ct_transfer(&next, f->image, reference, 0.9f, &tools, err);
    ct_image_unref(&reference);
    if (rc == CT_OK)
        ct_foreign_advance(f, next);
    return rc;
}

static ct_code carry_out(struct ct_foreign *f, const struct ct_edit_op *op, bool *staged,
                         struct ct_err *err)
{
    switch (op->kind) {
    case CT_EDIT_LOOK:
        return do_look(f, op, err);
    case CT_EDIT_TONE:
    case CT_EDIT_EXPOSE:
        return do_tone(f, op, err);
    case CT_EDIT_TEXT:
        return do_text(f, op, err);
    case CT_EDIT_ADD:
        return do_add(f, op, err);
    case CT_EDIT_REMOVE:
        return do_remove(f, op, err);
    case CT_EDIT_REPLACE:
        return do_replace(f, op, err);
    case CT_EDIT_STAGE:
        return do_stage(f, op, staged, err);
    case CT_EDIT_CUT_OUT:
        return do_cut_out(f, err);
    case CT_EDIT_MOVE:
    case CT_EDIT_COUNT:
    case CT_EDIT_SIZE:
        ct_foreign_cannot(f, "The %.*s of a photograph cannot be moved, multiplied or resized.",
                          CT_SARG(ct_foreign_noun(f, op->target)));
        return CT_OK;
    case CT_EDIT_ADJUST:
        return do_adjust(f, op, err);
    case CT_EDIT_ONLY:
    case CT_EDIT_LIKE: /* only between pictures of ours: see do_transfer() */
    case CT_EDIT_KINDS:
        break;
    }
    return CT_OK;
}

ct_code ct_foreign_edit(struct ct_foreign *f, struct ct_err *err)
{
    CT_CLEANUP(ct_image_unref) struct ct_image *original = ct_image_ref(f->image);
    struct ct_image *kept = NULL;
    bool staged = false;
    for (int i = 0; i < f->edit->n_ops; i++) {
        ct_drawing_progress(f->d, 0.1 + 0.8 * i / f->edit->n_ops, "retouching");
        CT_TRY(carry_out(f, &f->edit->ops[i], &staged, err));
    }
    if (f->n_done == 0)
        CT_TRY(do_transfer(f, err));
    if (f->mask && f->n_done > 0 && f->image->channels == original->channels) {
        CT_TRY(ct_mask_mix(&kept, original, f->image, f->mask, err));
        ct_image_unref(&f->image);
        f->image = kept;
    }
    return CT_OK;
}

void ct_foreign_release(struct ct_foreign *f)
{
    ct_image_unref(&f->image);
    ct_mask_free(&f->mask);
    ct_mask_free(&f->thing);
    ct_mask_free(&f->subject);
    ct_mask_free(&f->named);
}
