/* See typeset.h. The old lines, set in our type at a known size, tell by their ink how large they
 * were and where their baselines are: "Sale" is as tall as "Page", but not as "page". Measuring and
 * breaking are the pages' (page/text.h). Called by lettering.c. */
#include "engines/scene/retouch/typeset.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/page/lettering.h"

#define WEIGHT 700
#define PROBE_PX 100.0 /* the size that old lines are measured at */
#define WIDEN 1.25     /* how much wider than a single old line the new one may be */
#define LEAST_PX 7.0   /* smaller type is not read */
#define SAME_EDGE                                                                                  \
    0.35 /* of the size: lines that begin, or end, or lie so nearly in line are aligned */
#define FULL_SIZE 0.98
#define TOO_TALL 1.7 /* no typeface is so much narrower than ours */
#define SHOWN_MAX 80 /* bytes of a text in a refusal */

/* How the old text was set. */
struct manner {
    double size_px, baseline; /* of its first line, in the picture */
    double pitch;             /* from baseline to baseline */
    enum { AT_LEFT, AT_MIDDLE, AT_RIGHT } side;
};

static struct ct_text_style style_of(double size_px)
{
    return (struct ct_text_style){ .weight = WEIGHT, .size_px = size_px, .whole_words = true };
}

static struct ct_slice line_text(const struct ct_reading *old, int i)
{
    return ct_slice_n(old->text + old->line[i].at, old->line[i].len);
}

static double least(double a, double b)
{
    return a < b ? a : b;
}

/* The middle one of the lines' sizes; marks and misread letters make some too large. */
static double median(double *v, int n)
{
    for (int i = 1; i < n; i++)
        for (int k = i; k > 0 && v[k - 1] > v[k]; k--) {
            double t = v[k];
            v[k] = v[k - 1];
            v[k - 1] = t;
        }
    return v[n / 2];
}

/* Which of their ends, or their middles, the lines have in common. A single line is centred when it
 * stands in the middle of the picture. */
static void find_side(struct manner *m, const struct ct_reading *old, const struct ct_image *image)
{
    double low[3] = { 1e9, 1e9, 1e9 }, top[3] = { -1e9, -1e9, -1e9 };
    int middle = (old->box.x0 + old->box.x1) / 2;
    bool central = middle > image->width * 47 / 100 && middle < image->width * 53 / 100;
    for (int i = 0; i < old->n; i++) {
        const struct ct_mask_box *b = &old->line[i].box;
        const double at[3] = { b->x0, (b->x0 + b->x1) / 2.0, b->x1 };
        for (int k = 0; k < 3; k++) {
            low[k] = at[k] < low[k] ? at[k] : low[k];
            top[k] = at[k] > top[k] ? at[k] : top[k];
        }
    }
    double left = top[0] - low[0], centre = top[1] - low[1], right = top[2] - low[2];
    m->side = AT_LEFT;
    if (old->n == 1 || (left < SAME_EDGE * m->size_px && right < SAME_EDGE * m->size_px))
        m->side = central ? AT_MIDDLE : AT_LEFT;
    else if (centre < left && centre < right)
        m->side = AT_MIDDLE;
    else if (right < left)
        m->side = AT_RIGHT;
}

/* How tall the letters of a line are. A box that is far too tall for its width has something above
 * them in it: a stem, the edge of a thing. */
static double line_height(const struct ct_mask_box *box, const struct ct_text_size *probed)
{
    double tall = box->y1 - box->y0;
    double by_width = (box->x1 - box->x0) * probed->ink_h / (probed->ink_w > 1 ? probed->ink_w : 1);
    return tall > TOO_TALL * by_width ? by_width : tall;
}

static void find_manner(struct manner *m, const struct ct_reading *old,
                        const struct ct_image *image, struct ct_type *type)
{
    double sizes[CT_READING_LINES] = { 0 }, tall[CT_READING_LINES] = { 0 }, first = 0, last = 0;
    struct ct_text_size probed[CT_READING_LINES] = { 0 };
    const struct ct_text_style probe = style_of(PROBE_PX);
    for (int i = 0; i < old->n; i++) {
        probed[i] = ct_type_measure(type, line_text(old, i), &probe);
        double ink = probed[i].ink_h > 1 ? probed[i].ink_h : PROBE_PX * 0.7;
        tall[i] = line_height(&old->line[i].box, &probed[i]);
        sizes[i] = tall[i] / ink * PROBE_PX;
    }
    m->size_px = median(sizes, old->n);
    for (int i = 0; i < old->n; i++) {
        double below = (probed[i].baseline - probed[i].ink_y) * m->size_px / PROBE_PX;
        last = old->line[i].box.y1 - tall[i] + below;
        first = i == 0 ? last : first;
    }
    m->baseline = first;
    m->pitch = old->n > 1 ? (last - first) / (old->n - 1) : 0;
    find_side(m, old, image);
}

static double paragraph_x(const struct manner *m, const struct ct_reading *old,
                          const struct ct_text_size *size)
{
    if (m->side == AT_LEFT)
        return old->box.x0 - size->ink_x;
    if (m->side == AT_RIGHT)
        return old->box.x1 - (size->ink_x + size->ink_w);
    return (old->box.x0 + old->box.x1) / 2.0 - (size->ink_x + size->ink_w / 2);
}

/* On the old baseline when as many lines are as large; else in the middle of the old place, but a
 * paragraph at one side keeps its head. */
static double paragraph_y(const struct manner *m, const struct ct_reading *old,
                          const struct ct_text_size *size, double px)
{
    bool same = size->lines == old->n && px >= FULL_SIZE * m->size_px;
    bool head = m->side != AT_MIDDLE && size->lines <= old->n && old->n > 1;
    if (same || (size->lines == 1 && old->n == 1) || head)
        return m->baseline - size->baseline;
    return (old->box.y0 + old->box.y1) / 2.0 - (size->ink_y + size->ink_h / 2);
}

static void blend(struct ct_image *image, const uint8_t *coverage, int x0, int y0, int width,
                  int height, uint32_t colour)
{
    const uint8_t ink[3] = { (uint8_t)(colour >> 16), (uint8_t)(colour >> 8), (uint8_t)colour };
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            unsigned a = coverage[(size_t)y * (size_t)width + (size_t)x];
            uint8_t *px = image->px + ((size_t)(y0 + y) * (size_t)image->width + (size_t)(x0 + x)) *
                                          (size_t)image->channels;
            for (int c = 0; c < 3; c++)
                px[c] = (uint8_t)((px[c] * (255 - a) + ink[c] * a + 127) / 255);
            if (image->channels == 4 && px[3] < a)
                px[3] = (uint8_t)a;
        }
}

/* Draws the paragraph, whose top left is (x, y) in the picture; ink that would leave it is moved
 * in. */
static ct_code show(struct ct_image *image, struct ct_type *type, struct ct_slice to,
                    const struct ct_text_style *style, const struct ct_text_size *size, double x,
                    double y, uint32_t colour, struct ct_err *err)
{
    x = least(x, image->width - 1 - (size->ink_x + size->ink_w));
    y = least(y, image->height - 1 - (size->ink_y + size->ink_h));
    x = x < 1 - size->ink_x ? 1 - size->ink_x : x;
    y = y < 1 - size->ink_y ? 1 - size->ink_y : y;
    int x0 = (int)(x + size->ink_x) - 1, y0 = (int)(y + size->ink_y) - 1;
    int w = (int)size->ink_w + 4, h = (int)size->ink_h + 4;
    x0 = x0 < 0 ? 0 : x0;
    y0 = y0 < 0 ? 0 : y0;
    w = x0 + w > image->width ? image->width - x0 : w;
    h = y0 + h > image->height ? image->height - y0 : h;
    uint8_t *coverage;
    CT_TRY(ct_page_letter_block(&coverage, w, h, type, to, style, x - x0, y - y0, err));
    blend(image, coverage, x0, y0, w, h, colour);
    ct_free(coverage);
    return CT_OK;
}

static ct_code set_with(struct ct_image *image, struct ct_type *type, const struct ct_reading *old,
                        struct ct_slice to, uint32_t colour, struct ct_err *err)
{
    struct manner m;
    find_manner(&m, old, image, type);
    struct ct_text_style style = style_of(m.size_px);
    double own = ct_type_measure(type, line_text(old, 0), &style).h;
    double width = (old->box.x1 - old->box.x0) * (old->n == 1 ? WIDEN : 1.06);
    double height = own + m.pitch * (old->n - 1);
    struct ct_slice shown = ct_utf8_cut(to, SHOWN_MAX);
    bool rtl = ct_text_is_rtl(to);
    style.leading = m.pitch > 0 ? m.pitch / own : 1;
    style.align = m.side == AT_MIDDLE           ? CT_ALIGN_CENTER
                  : (m.side == AT_RIGHT) != rtl ? CT_ALIGN_END
                                                : CT_ALIGN_START;
    style.balance = m.side == AT_MIDDLE;
    struct ct_text_size size =
        ct_type_fit(type, to, &style, least(width, image->width - 2), height);
    if (size.ink_w < 1 || size.ink_h < 1)
        return ct_fail(err, CT_E_EDIT, "prompt", "A text without letters cannot be set.");
    if (style.size_px < LEAST_PX && style.size_px < m.size_px)
        return ct_fail(
            err, CT_E_EDIT, "prompt",
            "The text \"%.*s\" is too long for the place of the old one: it would be too "
            "small to read.",
            CT_SARG(shown));
    return show(image, type, to, &style, &size, paragraph_x(&m, old, &size),
                paragraph_y(&m, old, &size, style.size_px), colour, err);
}

ct_code ct_typeset_like(struct ct_image *image, const struct ct_reading *old, struct ct_slice to,
                        uint32_t colour, struct ct_err *err)
{
    struct ct_type *type;
    CT_TRY(ct_type_new(&type, err));
    ct_code rc = set_with(image, type, old, to, colour, err);
    ct_type_free(&type);
    return rc;
}
