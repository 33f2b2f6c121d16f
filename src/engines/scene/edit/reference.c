/* What an edit says of the other pictures of its request: "in the light of the second picture",
 * "in the style of image 2", "put the perfume from image 2 beside the mug", "combine both
 * pictures".
 *
 * Called by read.c before the clauses, for a picture of ours. A phrase that asks for an aspect
 * becomes an operation at once. One that says where a thing comes from is remembered, and its words
 * fall silent: the clause then reads "put a perfume beside the mug" as it always does, and what it
 * adds is made like the thing in the other picture. Input 0 is the picture that changes. */
#include "engines/scene/edit/reader.h"

int ct_edit_picture_at(const struct ct_edit_reader *s, int i, int *image)
{
    static const char *const ordinals[] = {
        "first|original|one|1", "second|other|reference|two|2", "third|three|3", "fourth|four|4",
        "fifth|five|5",         "sixth|six|6",                  "seventh|seven|7", "eighth|eight|8",
    };
    static const char singular[] = "picture|image|photo|photograph|render|reference|input";
    static const char plural[] = "other pictures|other images|reference pictures|reference images|"
                                 "references|both pictures|both images|these pictures|these images|"
                                 "all pictures|all images|input images|input pictures|"
                                 "all the pictures|all the images|the two pictures|the two images|"
                                 "two pictures|two images|all of the images|all of the pictures";
    const struct ct_token *tokens = s->r.tokens;
    int n = ct_edit_words_at(s, i, "the|a|my"), all = ct_edit_words_at(s, i, plural);
    if (all == 0 && n > 0)
        all = ct_edit_words_at(s, i + n, plural) ? n + ct_edit_words_at(s, i + n, plural) : 0;
    if (all > 0) {
        *image = CT_EDIT_ALL_IMAGES;
        return i + all;
    }
    for (size_t k = 0; k < sizeof(ordinals) / sizeof(*ordinals); k++) {
        int ordinal = ct_edit_words_at(s, i + n, ordinals[k]);
        int noun = ordinal ? ct_edit_words_at(s, i + n + ordinal, singular) : 0;
        *image = (int)k;
        if (noun > 0)
            return i + n + ordinal + noun;
        noun = ct_edit_words_at(s, i + n, singular);
        int at = i + n + noun;
        if (noun == 0 || at >= s->r.n)
            continue;
        if (ct_edit_words_at(s, at, ordinals[k]))
            return at + 1;
        if (tokens[at].kind == CT_TOKEN_NUMBER && tokens[at].text.len == 1 &&
            tokens[at].text.ptr[0] == (char)('1' + k))
            return at + 1;
    }
    return i;
}

static int aspect_at(const struct ct_edit_reader *s, int i, unsigned *aspects)
{
    static const struct {
        const char *words;
        unsigned aspects;
    } rows[] = {
        { "light|lighting|illumination|lights|exposure|time of day", CT_ASPECT_LIGHT },
        { "palette|colors|colours|color palette|colour palette|color scheme|colour scheme",
          CT_ASPECT_PALETTE },
        { "camera|camera angle|angle|view|viewpoint|perspective|framing|point of view",
          CT_ASPECT_CAMERA },
        { "mood|atmosphere|color grading|colour grading|grading",
          CT_ASPECT_LIGHT | CT_ASPECT_PALETTE },
        { "style|look|aesthetic|art style|visual style|overall style|manner", CT_ASPECT_STYLE },
        { "background|backdrop|setting|surface|table|scenery|environment|place|surroundings",
          CT_ASPECT_PLACE },
    };
    int best = 0;
    for (size_t k = 0; k < sizeof(rows) / sizeof(*rows); k++) {
        int n = ct_edit_words_at(s, i, rows[k].words);
        if (n > best) {
            best = n;
            *aspects = rows[k].aspects;
        }
    }
    return best;
}

/* "light", "light and palette", "style, lighting and camera". */
static int aspects_at(const struct ct_edit_reader *s, int i, unsigned *aspects)
{
    unsigned one = 0;
    int n = aspect_at(s, i, &one), end = i + n;
    *aspects = one;
    while (n > 0) {
        int joint = ct_is_mark(&s->r, end, ',');
        joint += ct_edit_words_at(s, end + joint, "and|and the");
        n = joint > 0 ? aspect_at(s, end + joint, &one) : 0;
        if (n > 0) {
            *aspects |= one;
            end += joint + n;
        }
    }
    return end;
}

/* "use the same ... of": the words that lead to a phrase belong to it. */
static int lead(const struct ct_edit_reader *s, int i)
{
    while (i > 0 && ct_edit_words_at(s, i - 1,
                                     "the|same|in|with|under|use|using|match|matching|copy|borrow|"
                                     "take|transfer|apply|adopt|have|give|it|its|to|make|look|like|"
                                     "render|redraw|lit|by|exact|set|put|change|restyle|into|as"))
        i--;
    return i;
}

static void like(struct ct_edit_reader *s, int first, int end, int image, unsigned aspects)
{
    first = lead(s, first);
    image = image == CT_EDIT_ALL_IMAGES ? 1 : image;
    if (image > s->context->n_others)
        return; /* unmarked: its words are reported */
    struct ct_edit_op *op = ct_edit_add(s, CT_EDIT_LIKE, first, end);
    op->image = image;
    op->aspects = aspects;
    s->edit->named |= 1u << image;
    ct_mark(&s->r, first, end, CT_USE_UNDERSTOOD, "as in another picture", NULL);
}

/* --- whole pictures joined --- */

static void join(struct ct_edit_reader *s, int image, int first, int end)
{
    const struct ct_intent *from = s->context->others[image - 1].intent;
    struct ct_intent *intent = s->edit->intent;
    int base = intent->n_entities;
    s->edit->named |= 1u << image;
    for (int i = 0; from && i < from->n_entities && intent->n_entities < CT_INTENT_ENTITIES; i++) {
        struct ct_edit_op *op = ct_edit_add(s, CT_EDIT_ADD, first, end);
        op->target = intent->n_entities;
        op->image = image;
        intent->entities[intent->n_entities++] = from->entities[i];
        for (int k = 0; k < from->n_relations && !op->related; k++) {
            const struct ct_relation *r = &from->relations[k];
            if (r->a != i || r->b >= i) /* the other one has to be there already */
                continue;
            op->related = true;
            op->relation = r->kind;
            op->other = base + r->b;
        }
    }
}

/* "combine the two pictures into one scene", "all the items of image 2" */
static int join_at(struct ct_edit_reader *s, int i)
{
    int image = 0;
    int n = ct_edit_words_at(s, i,
                             "combine|merge|join|unite|bring together|put together|everything|"
                             "all the items|all items|all the things|all things|all objects|"
                             "the items|the things|the objects|the subjects|the products|"
                             "all the objects|all the products|subjects|items|products|things");
    int at = i + n;
    if (n == 0)
        return i;
    int of = ct_edit_words_at(s, at, "from|of|in|shown in|from all|the subjects of|the things of|"
                                     "the objects of|everything from|subjects from");
    int end = ct_edit_picture_at(s, at + of, &image);
    if (end == at + of ||
        image > s->context->n_others + (image == CT_EDIT_ALL_IMAGES ? CT_EDIT_ALL_IMAGES : 0))
        return i;
    for (int k = 1; k <= s->context->n_others; k++)
        if (image == CT_EDIT_ALL_IMAGES || image == k)
            join(s, k, i, end);
    ct_mark(&s->r, i, end, CT_USE_UNDERSTOOD, "things of other pictures", NULL);
    return ct_edit_skip(s, end, s->r.n, "into|in|to|one|a|single|scene|picture|image|together|the");
}

/* --- one thing of another picture --- */

/* "the mug from image 2" is not the mug that is there, but "a mug": so it is read. */
static void make_indefinite(struct ct_edit_reader *s, int i)
{
    for (int k = i - 1; k >= 0 && k > i - 7 && ct_is_word(&s->r, k); k--)
        if (ct_edit_words_at(s, k, "the")) {
            struct ct_slice *text = &s->r.tokens[k].text;
            memcpy(s->prompt + (text->ptr - s->prompt), "  a", 3);
            *text = ct_slice_sub(*text, 2, 3);
            return;
        }
}

static int phrase_at(struct ct_edit_reader *s, int i)
{
    unsigned aspects = 0;
    int image = 0, joined = join_at(s, i);
    if (joined > i)
        return joined;
    int end = aspects_at(s, i, &aspects);
    int of = end > i ? ct_edit_words_at(s, end, "of|from|in|as in|like in|used in|seen in") : 0;
    int behind = of > 0 ? ct_edit_picture_at(s, end + of, &image) : i;
    if (of > 0 && behind > end + of) {
        like(s, i, behind, image, aspects);
        return behind;
    }
    of = ct_edit_words_at(s, i, "to match|match|like|as in|similar to");
    behind = of > 0 ? ct_edit_picture_at(s, i + of, &image) : i;
    if (of > 0 && behind > i + of) {
        like(s, i, behind, image, CT_ASPECT_STYLE);
        return behind;
    }
    behind = ct_edit_picture_at(s, i, &image); /* "the second picture's light" */
    if (behind > i && s->owner[behind - 1] && (end = aspects_at(s, behind, &aspects)) > behind) {
        like(s, i, end, image, aspects);
        return end;
    }
    of = ct_edit_words_at(s, i, "from|of|in|shown in|to|into|onto");
    behind = ct_edit_picture_at(s, i + of, &image);
    if (behind == i + of || image == CT_EDIT_ALL_IMAGES || image > s->context->n_others)
        return i;
    if (image > 0 && of > 0) {
        s->from_image[i] = (uint8_t)image;
        s->edit->named |= 1u << image;
        make_indefinite(s, i);
    }
    if (image > 0 || of > 0 || ct_edit_words_at(s, behind - 1, "1|one"))
        ct_mark(&s->r, i, behind, CT_USE_SILENT, NULL, NULL);
    return behind;
}

void ct_edit_read_references(struct ct_edit_reader *s)
{
    for (int i = 0; i < s->r.n;) {
        int behind = s->r.tokens[i].use == CT_USE_FREE ? phrase_at(s, i) : i;
        i = behind > i ? behind : i + 1;
    }
}

int ct_edit_image_of(const struct ct_edit_reader *s, struct ct_slice noun)
{
    for (int i = 1; noun.ptr && i < s->r.n; i++) {
        const struct ct_slice before = s->r.tokens[i - 1].text;
        if (s->from_image[i] && before.ptr + before.len == noun.ptr + noun.len)
            return s->from_image[i];
    }
    return 0;
}

static bool fits(const struct ct_entity *there, const struct ct_entity *wanted)
{
    return there->object == wanted->object && (there->emoji != NULL) == (wanted->emoji != NULL) &&
           (!there->emoji || strcmp(there->emoji, wanted->emoji) == 0);
}

void ct_edit_take_from_image(struct ct_edit_reader *s, struct ct_edit_op *op, int entity)
{
    struct ct_entity *e = &s->edit->intent->entities[entity];
    op->image = ct_edit_image_of(s, e->noun);
    const struct ct_intent *from = s->context->others[op->image - 1].intent;
    const struct ct_entity *found = NULL;
    for (int i = 0; from && i < from->n_entities; i++) {
        const struct ct_entity *there = &from->entities[i];
        bool colored = e->has_color && there->has_color &&
                       memcmp(&e->color, &there->color, sizeof(e->color)) == 0;
        if (fits(there, e) && (!found || colored))
            found = there;
    }
    op->missing = !found;
    if (!found)
        return;
    struct ct_slice words = e->words, noun = e->noun;
    *e = *found;
    e->words = words;
    e->noun = noun;
}
