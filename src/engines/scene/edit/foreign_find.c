/* Where an operation on a photograph is to work (foreign_parts.h): the mask of the request, what
 * looks as the prompt says, the sky, or the subject that stands out. What is no more than a guess
 * is said to be one. */
#include "engines/scene/edit/foreign_parts.h"

#define SURE 0.5f       /* confidence below which a subject is called a guess */
#define LEAST_OWN 0.4   /* of a subject that has a colour, for it to be what is called by it */
#define MOST_STRAY 0.15 /* of a colour that may lie elsewhere */

static ct_code look(struct ct_foreign *f, struct ct_err *err)
{
    const struct ct_retouch tools = ct_foreign_tools(f);
    if (f->looked)
        return CT_OK;
    CT_TRY(ct_segment_subject(&f->subject, &f->confidence, f->image, NULL, &tools, err));
    f->looked = true;
    return CT_OK;
}

/* The subject of the picture; *out NULL when none stands out. */
ct_code ct_foreign_find_subject(const struct ct_mask **out, struct ct_foreign *f,
                                struct ct_err *err)
{
    CT_TRY(look(f, err));
    if (f->confidence > 0 && f->confidence < SURE && !f->doubted) {
        ct_foreign_cannot(f,
                          "What the picture is of is a guess here; a mask would make it certain.");
        f->doubted = true;
    }
    *out = f->confidence > 0 ? f->subject : NULL;
    return CT_OK;
}

/* A part that the prompt tells by its looks; *found false when the picture has none. */
ct_code ct_foreign_find_named(struct ct_foreign *f, const struct ct_segment_params *what,
                              bool *found, struct ct_err *err)
{
    const struct ct_retouch tools = ct_foreign_tools(f);
    float confidence;
    ct_mask_free(&f->named);
    CT_TRY(ct_segment_subject(&f->named, &confidence, f->image, what, &tools, err));
    *found = confidence > 0;
    if (*found && confidence < SURE)
        ct_foreign_cannot(
            f, "Where that begins and ends is a guess here; a mask would make it certain.");
    return CT_OK;
}

/* A red cup on a reddish table: what has its colour beyond a subject that it makes up is not it. */
static ct_code keep_to_subject(struct ct_foreign *f, struct ct_err *err)
{
    double both = 0, colour = 0, subject = 0;
    CT_TRY(look(f, err));
    size_t n = (size_t)f->named->width * (size_t)f->named->height;
    for (size_t i = 0; i < n; i++) {
        bool a = f->named->px[i] > 127, b = f->subject->px[i] > 127;
        both += a && b;
        colour += a;
        subject += b;
    }
    if (f->confidence <= 0 || both < LEAST_OWN * subject || colour - both < MOST_STRAY * colour)
        return CT_OK;
    for (size_t i = 0; i < n; i++)
        if (f->subject->px[i] < f->named->px[i])
            f->named->px[i] = f->subject->px[i];
    ct_foreign_cannot(
        f, "Other parts of the picture have that colour, too: where it ends is a guess, and a "
           "mask would make it certain.");
    return CT_OK;
}

static bool is_plural(struct ct_slice noun)
{
    return ct_slice_ends(noun, "s") && !ct_slice_ends(noun, "ss");
}

static ct_code find_seen(const struct ct_mask **out, struct ct_foreign *f, int entity,
                         struct ct_err *err)
{
    struct ct_slice noun = ct_foreign_noun(f, entity);
    struct ct_rgb seen = f->edit->seen[entity];
    bool found;
    CT_TRY(
        ct_foreign_find_named(f,
                              &(struct ct_segment_params){ .what = CT_SEGMENT_COLOR,
                                                           .color = (uint32_t)seen.r << 16 |
                                                                    (uint32_t)seen.g << 8 | seen.b,
                                                           .all = is_plural(noun) },
                              &found, err));
    if (found && !is_plural(noun))
        CT_TRY(keep_to_subject(f, err));
    *out = found ? f->named : NULL;
    if (!found)
        ct_foreign_cannot(
            f, "Nothing of that colour was found that could be the %.*s: mark it with a mask.",
            CT_SARG(noun));
    return CT_OK;
}

/* Where an operation on a thing is to work: the mask, what looks as it is said to, or the subject.
 */
ct_code ct_foreign_find_region(const struct ct_mask **out, struct ct_foreign *f, int entity,
                               struct ct_err *err)
{
    *out = f->mask;
    if (f->mask)
        return CT_OK;
    if (entity >= 0 && entity < CT_EDIT_THINGS && f->edit->is_seen[entity])
        return find_seen(out, f, entity, err);
    CT_TRY(ct_foreign_find_subject(out, f, err));
    if (!*out)
        ct_foreign_cannot(
            f, "Nothing stands out in this picture that could be the %.*s: mark it with a mask.",
            CT_SARG(ct_foreign_noun(f, entity)));
    return CT_OK;
}

/* What is painted anew: a markup goes around a thing with some of its ground, which stays. */
ct_code ct_foreign_find_painted(const struct ct_mask **out, struct ct_foreign *f, int entity,
                                struct ct_err *err)
{
    CT_TRY(ct_foreign_find_region(out, f, entity, err));
    if (*out == f->mask && f->thing)
        *out = f->thing;
    return CT_OK;
}

ct_code ct_foreign_copy_mask(struct ct_mask **out, const struct ct_mask *mask, bool inverse,
                             struct ct_err *err)
{
    CT_TRY(ct_mask_new(out, mask->width, mask->height, err));
    for (size_t i = 0; i < (size_t)mask->width * (size_t)mask->height; i++)
        (*out)->px[i] = inverse ? (uint8_t)(255 - mask->px[i]) : mask->px[i];
    return CT_OK;
}

/* What stays in front: the part that a mask protects, or the subject. */
ct_code ct_foreign_find_front(struct ct_mask **out, struct ct_foreign *f, struct ct_err *err)
{
    const struct ct_mask *subject = NULL;
    bool found;
    if (f->mask)
        return ct_foreign_copy_mask(out, f->mask, true, err);
    if (f->edit->sky) {
        CT_TRY(ct_foreign_find_named(f, &(struct ct_segment_params){ .what = CT_SEGMENT_SKY },
                                     &found, err));
        if (found)
            return ct_foreign_copy_mask(out, f->named, true, err);
        ct_foreign_cannot(
            f, "No sky was found at the upper edge of this picture: mark it with a mask.");
        return CT_OK;
    }
    CT_TRY(ct_foreign_find_subject(&subject, f, err));
    if (subject)
        return ct_foreign_copy_mask(out, subject, false, err);
    ct_foreign_cannot(
        f, "No subject stands out from the background: mark the background with a mask.");
    return CT_OK;
}

/* All but the subject; *out NULL when none stands out. */
ct_code ct_foreign_find_behind(struct ct_mask **out, struct ct_foreign *f, struct ct_err *err)
{
    CT_CLEANUP(ct_mask_free) struct ct_mask *front = NULL;
    CT_TRY(ct_foreign_find_front(&front, f, err));
    return front ? ct_foreign_copy_mask(out, front, true, err) : CT_OK;
}
