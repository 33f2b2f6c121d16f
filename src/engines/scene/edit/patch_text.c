/* Operations on the texts of our own picture (patching.h): lettering on things, words of pages. */
#include "engines/scene/edit/patching.h"

#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/stage/stage.h"

static bool same_text(struct ct_slice a, struct ct_slice b)
{
    return a.ptr && b.ptr && ct_slice_ieq(ct_slice_trim(a), ct_slice_trim(b));
}

static bool set_text(struct ct_slice *at, struct ct_slice from, struct ct_slice to)
{
    if (!same_text(*at, from))
        return false;
    *at = to.len > 0 ? to : (struct ct_slice){ NULL, 0 };
    return true;
}

/* Every place of a page that holds this text. */
static bool replace_everywhere(struct ct_intent *intent, struct ct_slice from, struct ct_slice to)
{
    bool done = set_text(&intent->title, from, to);
    done |= set_text(&intent->subtitle, from, to);
    for (int i = 0; i < intent->n_texts; i++)
        if (set_text(&intent->texts[i], from, to)) {
            done = true;
            if (to.len == 0)
                intent->texts[i--] = intent->texts[--intent->n_texts];
        }
    for (int i = 0; i < intent->n_nodes; i++)
        done |= to.len > 0 && set_text(&intent->nodes[i].label, from, to);
    for (int i = 0; i < intent->n_edges; i++)
        done |= set_text(&intent->edges[i].label, from, to);
    for (int i = 0; i < intent->n_values; i++)
        done |= to.len > 0 && (set_text(&intent->values[i].label, from, to) ||
                               set_text(&intent->values[i].text, from, to) ||
                               set_text(&intent->values[i].series, from, to));
    done |= set_text(&intent->axis_x, from, to);
    done |= set_text(&intent->axis_y, from, to);
    return done;
}

/* "add the text "Free entry"" to a page that has a title: one more of its texts. */
static void add_page_text(struct ct_patching *p, struct ct_slice text)
{
    struct ct_intent *intent = p->intent;
    if (intent->n_texts == CT_INTENT_TEXTS) {
        ct_patching_warn(p, "The page has as many texts as it can hold.");
        return;
    }
    intent->texts[intent->n_texts++] = text;
    p->out->n_done++;
}

void ct_patching_page_text(struct ct_patching *p, const struct ct_edit_op *op)
{
    struct ct_intent *intent = p->intent;
    struct ct_slice from = op->from;
    bool titled = op->role == CT_ROLE_SUBTITLE ? intent->subtitle.ptr : intent->title.ptr;
    if (op->added && titled && op->to.len > 0) {
        add_page_text(p, op->to);
        return;
    }
    bool subtitle = op->role == CT_ROLE_SUBTITLE && intent->subtitle.ptr;
    if (!from.ptr)
        from = subtitle ? intent->subtitle : intent->title;
    struct ct_slice title = intent->title;
    bool done = from.ptr && op->role != CT_ROLE_SUBTITLE ? replace_everywhere(intent, from, op->to)
                : from.ptr && subtitle                   ? replace_everywhere(intent, from, op->to)
                                                         : false;
    if (!done && op->to.len > 0 && !op->from.ptr) { /* there was none yet */
        *(op->role == CT_ROLE_SUBTITLE ? &intent->subtitle : &intent->title) = op->to;
        if (intent->n_texts < CT_INTENT_TEXTS)
            intent->texts[intent->n_texts++] = op->to;
        done = true;
    }
    if (title.ptr && !intent->first_title.ptr) /* what the page is filled with stays */
        intent->first_title = title;
    if (done)
        p->out->n_done++;
    else
        ct_patching_warn(p, "The page has no such text: \"%.*s\".", CT_SARG(from));
}

void ct_patching_scene_text(struct ct_patching *p, const struct ct_edit_op *op)
{
    struct ct_intent *intent = p->intent;
    int at = ct_patching_has(p, op->target) ? op->target : -1;
    for (int i = 0; i < intent->n_entities && at < 0; i++)
        if (intent->entities[i].text.ptr &&
            (!op->from.ptr || same_text(intent->entities[i].text, op->from)))
            at = i;
    for (int i = 0; i < intent->n_entities && at < 0 && !op->from.ptr && op->to.len > 0; i++)
        if (ct_object_takes_lettering(intent->entities[i].object) && !p->gone[i])
            at = i;
    if (at < 0) {
        ct_patching_warn(p, "There is no such text in the picture.");
        return;
    }
    if (!ct_object_takes_lettering(intent->entities[at].object)) {
        ct_patching_warn(p, "The %s has no face that a text can be put on.",
                         ct_patching_name(p, at));
        return;
    }
    intent->entities[at].text = op->to.len > 0 ? op->to : (struct ct_slice){ NULL, 0 };
    ct_patching_relook(p, at);
}
