/* See direction.h: from topic, feels and seed to an art, a face, a palette. */
#include "engines/scene/page/direction.h"

#include "base/hash.h"
#include "engines/scene/page/glyph.h"

#include <math.h>

static const struct topic_row {
    enum ct_art art[3];
    enum ct_face face;
} topics[] = {
    { { CT_ART_NONE, CT_ART_NONE, CT_ART_NONE }, CT_FACE_SANS },
#define CT_TOPIC(id, art1, art2, art3, face, palette, words)                                       \
    { { CT_ART_##art1, CT_ART_##art2, CT_ART_##art3 }, CT_FACE_##face },
#include "engines/scene/page/topics.def"
#undef CT_TOPIC
};

#define CT_FACE_NONE ((enum ct_face) - 1)
static const enum ct_face tone_faces[] = {
#define CT_FEEL(id, face, palette, words) CT_FACE_##face,
#include "engines/scene/page/feels.def"
#undef CT_FEEL
};

typedef struct ct_room (*art_fn)(struct ct_template *t);
static const art_fn arts[] = {
    NULL,
#define CT_ART(id, words) ct_art_##id,
#include "engines/scene/page/arts.def"
#undef CT_ART
};

/* Arts for pages about nothing that topics.def knows. */
static enum ct_art any_art(struct ct_dice *dice)
{
    static const enum ct_art some[] = { CT_ART_swiss,   CT_ART_bauhaus, CT_ART_contours,
                                        CT_ART_type,    CT_ART_stripes, CT_ART_sunrays,
                                        CT_ART_gradient };
    return some[ct_dice_below(dice, (int)(sizeof(some) / sizeof(some[0])))];
}

/* Arts for such a page about nothing that topics.def knows; NONE: any. */
static enum ct_art usual_art(enum ct_template_id id)
{
    switch (id) {
    case CT_TEMPLATE_invitation:
        return CT_ART_botanical;
    case CT_TEMPLATE_greeting_card:
        return CT_ART_memphis;
    case CT_TEMPLATE_album_cover:
        return CT_ART_gradient;
    default:
        return CT_ART_NONE;
    }
}

static enum ct_art choose_art(const struct ct_template *t, struct ct_dice *dice)
{
    const struct ct_intent *in = t->intent;
    if (in->art != CT_ART_NONE)
        return in->art;
    if (in->style == CT_LOOK_STYLE_minimalist)
        return CT_ART_plain;
    enum ct_art art =
        in->topic < CT_TOPIC_COUNT ? topics[in->topic].art[ct_dice_below(dice, 3)] : CT_ART_NONE;
    if (in->topic == CT_TOPIC_NONE)
        art = t->emblem                    ? CT_ART_emblem
              : usual_art(in->template_id) ? usual_art(in->template_id)
                                           : any_art(dice);
    if (in->feels & CT_FEEL_BIT(vintage) &&
        (art == CT_ART_gradient || art == CT_ART_neon || art == CT_ART_waves))
        art = CT_ART_sunrays;
    if (art == CT_ART_emblem && !t->emblem)
        art = CT_ART_bauhaus;
    return art;
}

static enum ct_face choose_face(const struct ct_intent *in)
{
    if (in->feels & CT_FEEL_BIT(handwritten))
        return CT_FACE_SCRIPT;
    for (int i = 0; i < CT_FEEL_COUNT; i++)
        if ((in->feels >> i & 1) && tone_faces[i] != CT_FACE_NONE)
            return tone_faces[i];
    return in->topic < CT_TOPIC_COUNT ? topics[in->topic].face : CT_FACE_SANS;
}

/* The sign of a topic that has one of its own. */
static const char *topic_sign(enum ct_topic topic)
{
    static const struct {
        enum ct_topic topic;
        const char *noun;
    } signs[] = {
        { CT_TOPIC_food, "restaurant" }, { CT_TOPIC_coffee, "coffee" },
        { CT_TOPIC_bakery, "cake" },     { CT_TOPIC_drinks, "wine" },
        { CT_TOPIC_pets, "paw" },        { CT_TOPIC_sport, "gym" },
        { CT_TOPIC_music, "music" },     { CT_TOPIC_nightlife, "dj" },
        { CT_TOPIC_jazz, "music" },      { CT_TOPIC_tech, "code" },
        { CT_TOPIC_spa, "lotus" },       { CT_TOPIC_garden, "flower" },
        { CT_TOPIC_sushi, "sushi" },     { CT_TOPIC_tea, "tea" },
        { CT_TOPIC_birthday, "cake" },   { CT_TOPIC_school, "pencil" },
        { CT_TOPIC_art, "palette" },     { CT_TOPIC_coast, "palm" },
        { CT_TOPIC_alps, "mountain" },   { CT_TOPIC_camping, "tree" },
        { CT_TOPIC_travel, "airplane" }, { CT_TOPIC_scifi, "rocket" },
        { CT_TOPIC_halloween, "ghost" }, { CT_TOPIC_theatre, "microphone" },
        { CT_TOPIC_memoir, "book" },     { CT_TOPIC_science, "bulb" },
        { CT_TOPIC_gala, "diamond" },    { CT_TOPIC_christmas, "tree" },
        { CT_TOPIC_romance, "heart" },   { CT_TOPIC_wedding, "heart" },
        { CT_TOPIC_sahara, "cactus" },
    };
    for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
        if (signs[i].topic == topic)
            return ct_glyph_find(ct_slice(signs[i].noun));
    return NULL;
}

uint64_t ct_direct_turn(const struct ct_intent *in, uint64_t salt)
{
    struct ct_slice title = in->first_title.ptr ? in->first_title : in->title;
    return ct_hash64(title.ptr, title.len, salt);
}

bool ct_page_shows_thing(const struct ct_intent *intent)
{
    bool cover = intent->template_id == CT_TEMPLATE_poster ||
                 intent->template_id == CT_TEMPLATE_magazine_cover;
    return intent->kind == CT_INTENT_PAGE && cover && intent->n_entities > 0 &&
           intent->entities[0].object != CT_OBJECT_NONE;
}

void ct_direct(struct ct_template *t, uint32_t seed)
{
    const struct ct_intent *in = t->intent;
    struct ct_dice dice = ct_dice_new(seed, (uint32_t)ct_direct_turn(in, (uint64_t)in->topic));
    if (!ct_template_printed(in->template_id))
        return;
    t->emblem = in->title_room ? NULL : ct_glyph_find(in->emblem);
    if (!t->emblem && !in->title_room)
        t->emblem = ct_glyph_find(in->subject);
    t->hero = t->page->pictures && ct_page_shows_thing(in);
    bool named = t->emblem;
    if (!t->emblem && !in->title_room)
        t->emblem = topic_sign(in->topic);
    t->art = choose_art(t, &dice);
    if (!named && (in->template_id == CT_TEMPLATE_poster && t->art != CT_ART_emblem))
        t->emblem = NULL; /* nobody asked for one */
    if (t->hero && in->template_id == CT_TEMPLATE_poster)
        t->art = CT_ART_product;
    t->face = choose_face(in);
    ct_palette_direct(&t->palette, in, seed);
}

struct ct_room ct_direct_paint(struct ct_template *t)
{
    enum ct_art art = t->art > CT_ART_NONE && t->art < CT_ART_COUNT ? t->art : CT_ART_plain;
    return arts[art](t);
}

static struct ct_copy_style style_of(const struct ct_template *t, const struct ct_room *room)
{
    return (struct ct_copy_style){ .face = t->face,
                                   .rest_face = t->face == CT_FACE_SCRIPT      ? CT_FACE_SERIF
                                                : t->face == CT_FACE_CONDENSED ? CT_FACE_SANS
                                                                               : t->face,
                                   .title_px = room->title_px > 0             ? room->title_px
                                               : t->face == CT_FACE_CONDENSED ? t->unit * 26
                                               : t->face == CT_FACE_SCRIPT    ? t->unit * 17
                                                                              : t->unit * 15,
                                   .title_share = 0.74,
                                   .title_weight = t->face == CT_FACE_SANS ? 800 : 700,
                                   .align = room->align,
                                   .at_bottom = room->at_bottom,
                                   .at_middle = room->at_middle,
                                   .ink = room->on.ink,
                                   .muted = room->on.muted,
                                   .line = room->on.line };
}

void ct_direct_words(struct ct_template *t, const struct ct_room *room)
{
    struct ct_copy_style style = style_of(t, room);
    if (room->foot.w <= 0) {
        ct_template_set_copy(t, room->words, &style);
        return;
    }
    struct ct_copy all = t->copy;
    t->copy.subtitle = (struct ct_slice){ 0 };
    t->copy.n_rest = 0;
    style.title_share = 1;
    ct_template_set_copy(t, room->words, &style);
    t->copy = all;
    t->copy.title = (struct ct_slice){ 0 };
    style.at_bottom = false;
    style.at_middle = t->copy.n_rest == 0;
    style.ink = room->on_foot.ink;
    style.muted = room->on_foot.ink;
    style.title_px = fmin(t->unit * 12, room->foot.h);
    ct_template_set_copy(t, room->foot, &style);
    t->copy = all;
}
