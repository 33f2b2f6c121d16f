/* Accounting: what was made of each token, and from that the notes.
 *
 * Readers mark tokens; at the end each run of words nobody wanted becomes one ignored note, so
 * every word of content is in exactly one note, in the order of the prompt. */
#include "engines/scene/prompt/reader.h"

#include <stdio.h>

void ct_mark(struct ct_reader *r, int first, int end, enum ct_use use, const char *what,
             const char *which)
{
    if (first >= end)
        return;
    r->tokens[first].use = (uint8_t)use;
    r->tokens[first].what = what;
    r->tokens[first].which = which;
    for (int i = first + 1; i < end; i++)
        r->tokens[i].use = use == CT_USE_SILENT ? CT_USE_SILENT : CT_USE_CONTINUED;
}

void ct_mark_match(struct ct_reader *r, const struct ct_match *m, enum ct_use use, const char *what,
                   const char *which)
{
    ct_mark(r, m->first, m->first + m->n, use, what, which);
}

const char *ct_finish_name(enum ct_finish finish)
{
    static const char *const names[] = { NULL,      "matte",    "satin",  "glossy",
                                         "brushed", "polished", "frosted" };
    return names[finish];
}

void ct_mark_color(struct ct_reader *r, int first, int n, enum ct_use use, const char *what,
                   struct ct_rgb color)
{
    char hex[8];
    snprintf(hex, sizeof(hex), "#%02x%02x%02x", color.r, color.g, color.b);
    ct_mark(r, first, first + n, use, what, ct_arena_strdup(r->arena, ct_slice(hex)));
}

void ct_mark_number(struct ct_reader *r, int first, int n, enum ct_use use, const char *what,
                    int value)
{
    char text[16];
    snprintf(text, sizeof(text), "%d", value);
    ct_mark(r, first, first + n, use, what, ct_arena_strdup(r->arena, ct_slice(text)));
}

void ct_mark_near(struct ct_reader *r, const struct ct_match *m, const struct ct_table_row *row,
                  enum ct_use use)
{
    struct ct_slice name, rest;
    ct_slice_cut(ct_slice(row->words), '|', &name, &rest);
    bool vowel = name.len > 0 && strchr("aeiou", name.ptr[0]);
    ct_mark_match(r, m, use, vowel ? "an" : "a", ct_arena_strdup(r->arena, name));
}

void ct_mark_figure(struct ct_reader *r, const struct ct_match *m)
{
    char name[64];
    snprintf(name, sizeof(name), "\"%s\"", ct_match_name(m));
    ct_mark_match(r, m, CT_USE_SCENE_NEAR, "a figure of the emoji",
                  ct_arena_strdup(r->arena, ct_slice(name)));
}

/* "... at the top", "... on the left side" behind "room for a title". The stage chooses the side
 * by the shape of the picture: the named one is kept in the intent, and its words are ignored. */
static void read_title_side(struct ct_reader *r, int i)
{
    static const struct {
        const char *word;
        enum ct_side side;
    } sides[] = { { "left", CT_SIDE_LEFT },     { "right", CT_SIDE_RIGHT },
                  { "top", CT_SIDE_TOP },       { "above", CT_SIDE_TOP },
                  { "bottom", CT_SIDE_BOTTOM }, { "below", CT_SIDE_BOTTOM } };
    static const char *const joints[] = { "on", "at", "to", "in", "the" };
    int at = i;
    for (size_t k = 0; k < sizeof(joints) / sizeof(joints[0]); k++)
        at += ct_word_is(r, at, joints[k]);
    for (size_t k = 0; k < sizeof(sides) / sizeof(sides[0]); k++) {
        if (!ct_word_is(r, at, sides[k].word))
            continue;
        r->intent->title_side = sides[k].side;
        int end = at + 1 + ct_word_is(r, at + 1, "side");
        ct_mark(r, i, end, CT_USE_IGNORED, NULL, NULL);
        return;
    }
}

static void apply_effect(struct ct_reader *r, const struct ct_match *m)
{
    struct ct_intent *intent = r->intent;
    switch ((enum ct_effect)ct_match_value(m, CT_CLASS_EFFECT)) {
    case CT_EFFECT_SHALLOW:
        intent->shallow_focus = true;
        ct_mark_match(r, m, CT_USE_SCENE_ONLY, "shallow focus", NULL);
        break;
    case CT_EFFECT_TITLE_ROOM:
        intent->title_room = true;
        ct_mark_match(r, m, CT_USE_UNDERSTOOD, "room for a title", NULL);
        read_title_side(r, m->first + m->n);
        break;
    case CT_EFFECT_DARK:
        intent->dark = true;
        ct_mark_match(r, m, CT_USE_UNDERSTOOD, "dark ground", NULL);
        break;
    case CT_EFFECT_LIGHT:
        intent->dark = false;
        ct_mark_match(r, m, CT_USE_UNDERSTOOD, "light ground", NULL);
        break;
    }
}

static void apply_look(struct ct_reader *r, const struct ct_match *m)
{
    enum ct_look_style style = (enum ct_look_style)ct_match_value(m, CT_CLASS_LOOK);
    enum ct_look_style *named = &r->intent->style;
    /* "a realistic watercolor": photo is what every picture is, unless another look is named */
    bool first = *named == CT_LOOK_STYLE_NONE || *named == style || *named == CT_LOOK_STYLE_photo ||
                 style == CT_LOOK_STYLE_photo;
    if (*named == CT_LOOK_STYLE_NONE || *named == CT_LOOK_STYLE_photo)
        *named = style;
    bool drawn = first && ct_look_style_drawn(style);
    enum ct_use use = style == CT_LOOK_STYLE_photo ? CT_USE_SCENE_ONLY : CT_USE_UNDERSTOOD;
    ct_mark_match(r, m, drawn ? use : CT_USE_IGNORED, "style",
                  ct_look_style_name(style));
}

static void apply_mood(struct ct_reader *r, const struct ct_match *m)
{
    enum ct_mood mood = (enum ct_mood)ct_match_value(m, CT_CLASS_MOOD);
    if (r->intent->mood == CT_MOOD_NONE)
        r->intent->mood = mood;
    ct_mark_match(r, m, CT_USE_SCENE_ONLY, "mood", ct_mood_name(mood));
}

void ct_apply_light(struct ct_reader *r, const struct ct_match *m, enum ct_rig_id rig)
{
    struct ct_intent *intent = r->intent;
    bool first = intent->rig == CT_RIG_NONE || intent->rig == rig;
    intent->rig = first ? rig : intent->rig;
    ct_mark_match(r, m, first ? CT_USE_SCENE_ONLY : CT_USE_IGNORED, "light rig",
                  ct_rig_info(rig)->id);
}

bool ct_apply_manner(struct ct_reader *r, const struct ct_match *m)
{
    struct ct_intent *intent = r->intent;
    if (m->classes & CT_CLASS_BIT(EFFECT)) {
        apply_effect(r, m);
    } else if (m->classes & CT_CLASS_BIT(RIG)) {
        ct_apply_light(r, m, (enum ct_rig_id)ct_match_value(m, CT_CLASS_RIG));
        if (m->classes & CT_CLASS_BIT(MOOD) && intent->mood == CT_MOOD_NONE)
            intent->mood = (enum ct_mood)ct_match_value(m, CT_CLASS_MOOD);
    } else if (m->classes & CT_CLASS_BIT(CAMERA)) {
        enum ct_camera_id camera = (enum ct_camera_id)ct_match_value(m, CT_CLASS_CAMERA);
        bool first = intent->camera == CT_CAMERA_NONE || intent->camera == camera;
        intent->camera = first ? camera : intent->camera;
        ct_mark_match(r, m, first ? CT_USE_SCENE_ONLY : CT_USE_IGNORED, "camera",
                      ct_camera_info(camera)->id);
    } else if (m->classes & CT_CLASS_BIT(FRAME)) {
        ct_mark_match(r, m, CT_USE_SILENT, NULL, NULL);
    } else if (m->classes & CT_CLASS_BIT(LOOK)) {
        apply_look(r, m);
    } else if (m->classes & CT_CLASS_BIT(MOOD)) {
        apply_mood(r, m);
    } else if (m->classes & CT_CLASS_BIT(SCHEME)) {
        enum ct_scheme scheme = (enum ct_scheme)ct_match_value(m, CT_CLASS_SCHEME);
        for (int i = 0; i < CT_SCHEME_COLORS; i++)
            ct_add_palette(r, ct_scheme_color(scheme, i));
        ct_mark_match(r, m, CT_USE_UNDERSTOOD, "palette", ct_scheme_name(scheme));
    } else if (m->classes & CT_CLASS_BIT(PRAISE)) {
        ct_mark_match(r, m, CT_USE_UNDERSTOOD, "praise", NULL);
    } else if (m->classes & CT_CLASS_BIT(STYLE)) {
        ct_mark_match(r, m, CT_USE_IGNORED, NULL, NULL);
    } else {
        return false;
    }
    return true;
}

void ct_add_text(struct ct_reader *r, struct ct_slice text)
{
    if (r->intent->n_texts < CT_INTENT_TEXTS)
        r->intent->texts[r->intent->n_texts++] = text;
}

void ct_add_palette(struct ct_reader *r, struct ct_rgb color)
{
    struct ct_intent *intent = r->intent;
    for (int i = 0; i < intent->n_palette; i++)
        if (memcmp(&intent->palette[i], &color, sizeof(color)) == 0)
            return;
    if (intent->n_palette < CT_INTENT_PALETTE)
        intent->palette[intent->n_palette++] = color;
}

static bool counts(const struct ct_token *t)
{
    return t->kind == CT_TOKEN_WORD || t->kind == CT_TOKEN_NUMBER || t->kind == CT_TOKEN_QUOTED ||
           t->kind == CT_TOKEN_HEX;
}

bool ct_is_adverb(struct ct_slice word)
{
    if (word.len < 5 || !ct_slice_ends(word, "ly"))
        return false;
    return strchr("dhmnpstw", word.ptr[word.len - 3]) || ct_slice_ends(word, "ally") ||
           ct_slice_ends(word, "fully") || ct_slice_ends(word, "ably");
}

/* Function words nobody used; adverbs and single letters need no note either. */
static void silence(struct ct_reader *r)
{
    static const uint64_t function =
        CT_CLASS_BIT(STOP) | CT_CLASS_BIT(ARTICLE) | CT_CLASS_BIT(RELATION) | CT_CLASS_BIT(OF) |
        CT_CLASS_BIT(WITH) | CT_CLASS_BIT(MADE) | CT_CLASS_BIT(COPULA) | CT_CLASS_BIT(AND) |
        CT_CLASS_BIT(PRONOUN) | CT_CLASS_BIT(AGAINST) | CT_CLASS_BIT(VERB) | CT_CLASS_BIT(FRAME);
    struct ct_match m;
    for (int i = 0; i < r->n; i++) {
        struct ct_token *t = &r->tokens[i];
        if (t->use != CT_USE_FREE || !counts(t))
            continue;
        if (ct_reader_match(r, i, CT_CLASS_ANY, &m) && m.classes & function) {
            ct_mark_match(r, &m, CT_USE_SILENT, NULL, NULL);
            i += m.n - 1;
        } else if (ct_is_adverb(t->text)) {
            t->use = CT_USE_SILENT;
        }
    }
}

static const char *meaning_of(struct ct_reader *r, const struct ct_token *t)
{
    if (!t->what || !t->which)
        return t->what;
    char text[128];
    int len = snprintf(text, sizeof(text), "%s %s", t->what, t->which);
    return ct_arena_strdup(
        r->arena, ct_slice_n(text, (size_t)len < sizeof(text) ? (size_t)len : sizeof(text) - 1));
}

static enum ct_note_kind note_kind(const struct ct_reader *r, enum ct_use use)
{
    if (use == CT_USE_UNDERSTOOD ||
        (use == CT_USE_SCENE_ONLY && r->intent->kind == CT_INTENT_SCENE))
        return CT_NOTE_UNDERSTOOD;
    if (use == CT_USE_SUBSTITUTED ||
        (use == CT_USE_SCENE_NEAR && r->intent->kind == CT_INTENT_SCENE))
        return CT_NOTE_SUBSTITUTED;
    return CT_NOTE_IGNORED;
}

/* The token behind the note that starts at i. */
static int note_end(const struct ct_reader *r, int i)
{
    int end = i + 1;
    uint8_t rest = r->tokens[i].use == CT_USE_FREE ? CT_USE_FREE : CT_USE_CONTINUED;
    while (end < r->n && r->tokens[end].use == rest &&
           (rest == CT_USE_CONTINUED || counts(&r->tokens[end])))
        end++;
    return end;
}

ct_code ct_notes_write(struct ct_reader *r, struct ct_err *err)
{
    struct ct_intent *intent = r->intent;
    silence(r);
    for (int i = 0; i < r->n;) {
        const struct ct_token *t = &r->tokens[i];
        if (t->use == CT_USE_SILENT || t->use == CT_USE_CONTINUED || !counts(t)) {
            i++;
            continue;
        }
        int end = note_end(r, i);
        bool full = intent->n_notes == CT_INTENT_NOTES - 1;
        if (full)
            end = r->n; /* the last note stands for all the rest */
        struct ct_note *note = &intent->notes[intent->n_notes++];
        note->kind = full ? CT_NOTE_IGNORED : note_kind(r, (enum ct_use)t->use);
        note->words = ct_reader_slice(r, i, end);
        if (note->kind != CT_NOTE_IGNORED && !(note->meaning = meaning_of(r, t)))
            return ct_fail(err, CT_E_MEMORY, NULL, "There is no memory left to read the prompt.");
        i = end;
    }
    return CT_OK;
}
