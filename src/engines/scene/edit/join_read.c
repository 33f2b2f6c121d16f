/* ct_join_read(): a verb of putting, a thing, where it is from, where it goes. Words that are none
 * of these stay free, and are reported. Called by run.c. */
#include "engines/scene/edit/join.h"
#include "engines/scene/edit/reader.h"

/* Where a thing goes, with the side it says. */
static int relation_at(const struct ct_edit_reader *s, int i, int *side)
{
    int n = ct_edit_words_at(s, i, "to the left of|on the left of|left of|on the left|to the left");
    *side = n > 0 ? -1 : 0;
    if (n > 0)
        return n;
    n = ct_edit_words_at(s, i,
                         "to the right of|on the right of|right of|on the right|to the right");
    *side = n > 0 ? 1 : 0;
    if (n > 0)
        return n;
    return ct_edit_words_at(s, i,
                            "on|onto|on top of|upon|into|beside|next to|near|alongside|by|"
                            "behind|in front of|among|with|to");
}

/* The thing that the relation leads to, or what stands for its ground; returns the token behind. */
static int target_at(struct ct_edit_reader *s, struct ct_join *join, int i)
{
    struct ct_aim aim;
    int n = ct_edit_words_at(s, i,
                             "the table|table|the surface|the tabletop|the counter|the desk|"
                             "the floor|the ground|the shelf|the scene|the one|that");
    if (n > 0) {
        ct_mark(&s->r, i, i + n, CT_USE_UNDERSTOOD, "what it stands on", NULL);
        return i + n;
    }
    int image, picture = ct_edit_picture_at(s, i, &image);
    int behind = picture > i ? i : ct_edit_aim(s, i, s->r.n, &aim);
    if (behind == i)
        return i;
    if (aim.kind == CT_AIM_ENTITY && aim.entity != join->thing)
        join->beside = aim.entity;
    ct_edit_mark_aim(s, &aim);
    return behind;
}

/* "of the second": a picture, when there are pictures to tell apart. */
static int bare_picture_at(const struct ct_edit_reader *s, int i, int *image)
{
    static const char *const words[] = { "the first|the first one",
                                         "the second|the second one|"
                                         "the other|the other one",
                                         "the third|the third one" };
    int of = ct_edit_words_at(s, i, "of|from|in");
    for (int k = 0; of > 0 && k < 3; k++) {
        int n = ct_edit_words_at(s, i + of, words[k]);
        *image = k;
        if (n > 0)
            return i + of + n;
    }
    return i;
}

/* Behind the thing: pictures, relations and what they lead to. */
static void read_places(struct ct_edit_reader *s, struct ct_join *join, int i)
{
    bool related = false;
    while (i < s->r.n) {
        int image, side, behind = ct_edit_picture_at(s, i, &image);
        if (behind == i) {
            int of = ct_edit_words_at(s, i, "of|from|in");
            if (ct_edit_picture_at(s, i + of, &image) == i + of)
                behind = bare_picture_at(s, i, &image);
        }
        if (behind > i && image < CT_MAX_INPUTS) {
            *(join->source < 0 && !related ? &join->source : &join->base) = image;
            ct_mark(&s->r, i, behind, CT_USE_UNDERSTOOD, "a picture", NULL);
            i = behind;
            continue;
        }
        int n = relation_at(s, i, &side);
        if (n > 0) {
            related = true;
            join->side = side ? side : join->side;
            ct_mark(&s->r, i, i + n, CT_USE_SILENT, NULL, NULL);
            i = target_at(s, join, i + n);
            continue;
        }
        n = ct_edit_words_at(s, i, "from|of|in|shown in|here|there|so that it|standing|placed");
        if (n > 0)
            ct_mark(&s->r, i, i + n, CT_USE_SILENT, NULL, NULL);
        i += n > 0 ? n : 1;
    }
}

static void read_put(struct ct_edit_reader *s, struct ct_join *join, int verb, int n)
{
    struct ct_aim aim;
    int behind = ct_edit_aim(s, verb + n, s->r.n, &aim);
    if (behind == verb + n || aim.kind != CT_AIM_ENTITY || aim.entity < 0)
        return;
    join->thing = aim.entity;
    if (aim.entity < CT_EDIT_THINGS && s->edit->is_seen[aim.entity]) {
        join->is_seen = true;
        join->seen = s->edit->seen[aim.entity];
    }
    ct_mark(&s->r, verb, verb + n, CT_USE_SILENT, NULL, NULL);
    ct_edit_mark_aim(s, &aim);
    read_places(s, join, behind);
    join->asked = join->source >= 0 || join->base >= 0;
}

/* "combine both pictures" */
static void read_combine(struct ct_edit_reader *s, struct ct_join *join, int i)
{
    int n = ct_edit_words_at(s, i, "combine|merge|join|bring together|put together"), image;
    int behind = n > 0 ? ct_edit_picture_at(s, i + n, &image) : i;
    if (n == 0 || behind == i + n || image < CT_MAX_INPUTS)
        return;
    ct_mark(&s->r, i, behind, CT_USE_UNDERSTOOD, "things of other pictures", NULL);
    ct_edit_skip(s, behind, s->r.n, "into|in|to|one|a|single|scene|picture|image|together|the");
    join->asked = true;
    join->source = 1;
    join->base = 0;
}

ct_code ct_join_read(struct ct_join *out, struct ct_arena *arena, int n_pictures,
                     struct ct_slice prompt, struct ct_err *err)
{
    static const struct ct_edit_context context = { .of = NULL };
    struct ct_edit_reader s;
    *out = (struct ct_join){ .source = -1, .base = -1, .thing = -1, .beside = -1 };
    CT_TRY(ct_edit_open(&s, arena, &context, prompt, err));
    ct_edit_read_keeps(&s);
    for (int i = 0, n; i < s.r.n && !out->asked; i++) {
        enum ct_edit_verb verb = ct_edit_verb_at(&s, i, s.r.n, &n);
        read_combine(&s, out, i);
        if (verb == CT_EDIT_VERB_PUT || verb == CT_EDIT_VERB_ADD)
            read_put(&s, out, i, n);
    }
    if (!out->asked)
        return CT_OK;
    if (out->base < 0)
        out->base = out->source == 0 ? 1 : 0;
    if (out->source < 0)
        out->source = out->base == 0 ? 1 : 0;
    out->asked = out->source != out->base && out->source < n_pictures && out->base < n_pictures;
    out->intent = s.edit->intent;
    s.edit->intent->kind = CT_INTENT_SCENE;
    return ct_notes_write(&s.r, err);
}
