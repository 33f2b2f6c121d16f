/* Shapes of flow charts (ISO 5807 and common use), chosen by what the label says.
 *
 * template_diagram.c asks for the shape while it measures and again while it draws. Connectors are
 * routed to rectangles; where a shape is narrower than its rectangle, the line is led on to it. */
#include "engines/scene/page/node_shape.h"

#include <math.h>

static bool has_word(struct ct_slice label, const char *const *list)
{
    struct ct_slice words[16];
    int n = ct_text_words(words, 16, label);
    for (int i = 0; i < n; i++)
        for (const char *const *w = list; *w; w++)
            if (ct_slice_ieq(words[i], ct_slice(*w)))
                return true;
    return false;
}

enum ct_node_shape ct_node_shape_of(struct ct_slice label)
{
    static const char *const stores[] = { "database",  "databases", "db",         "datastore",
                                          "warehouse", "postgres",  "postgresql", "mysql",
                                          "mongodb",   "redis",     "sqlite",     "s3",
                                          "bucket",    "storage",   NULL };
    static const char *const ends[] = { "start", "end", "stop", "begin", "finish", "done", NULL };
    static const char *const sheets[] = { "document", "documents", "report", "invoice", "pdf",
                                          "receipt",  "contract",  NULL };
    struct ct_slice words[3], text = ct_slice_trim(label);
    if (text.len > 2 && (text.ptr[text.len - 1] == '?' || ct_slice_ends(text, "\xD8\x9F") ||
                         ct_slice_ends(text, "\xEF\xBC\x9F")))
        return CT_NODE_DECISION;
    if (has_word(text, stores))
        return CT_NODE_STORE;
    if (ct_text_words(words, 3, text) == 1 && has_word(text, ends))
        return CT_NODE_TERMINAL;
    return has_word(text, sheets) ? CT_NODE_DOCUMENT : CT_NODE_BOX;
}

const char *ct_node_sign_of(struct ct_slice label)
{
    static const char *const people[] = { "user",    "users",   "customer", "customers",
                                          "admin",   "person",  "visitor",  "employee",
                                          "student", "patient", NULL };
    static const char *const clouds[] = { "cloud", "internet", "cdn", NULL };
    static const char *const phones[] = { "phone", "smartphone", "mobile", NULL };
    static const char *const mails[] = { "email", "mail", "e-mail", NULL };
    static const char *const browsers[] = { "browser", "website", NULL };
    return has_word(label, people)     ? "user"
           : has_word(label, clouds)   ? "cloud"
           : has_word(label, phones)   ? "phone"
           : has_word(label, mails)    ? "mail"
           : has_word(label, browsers) ? "globe"
                                       : NULL;
}

double ct_node_lid(double h)
{
    return h * 0.13;
}

static void finish(struct ct_item *path, struct ct_tint stroke, double stroke_px)
{
    path->stroke = stroke;
    path->stroke_px = stroke_px;
}

static void diamond(struct ct_page *page, struct ct_item *p, struct ct_rect at)
{
    double cx = at.x + at.w / 2, cy = at.y + at.h / 2;
    ct_path_move(page, p, cx, at.y);
    ct_path_line(page, p, at.x + at.w, cy);
    ct_path_line(page, p, cx, at.y + at.h);
    ct_path_line(page, p, at.x, cy);
    ct_path_close(page, p);
}

#define ROUND 0.5523 /* handles of a quarter circle */

static void cylinder(struct ct_page *page, struct ct_item *p, struct ct_rect at)
{
    double rx = at.w / 2, ry = ct_node_lid(at.h), cx = at.x + rx, k = ROUND;
    double top = at.y + ry, foot = at.y + at.h - ry, right = at.x + at.w;
    ct_path_move(page, p, at.x, top);
    ct_path_curve(page, p, (double[]){ at.x, top - k * ry, cx - k * rx, at.y, cx, at.y });
    ct_path_curve(page, p, (double[]){ cx + k * rx, at.y, right, top - k * ry, right, top });
    ct_path_line(page, p, right, foot);
    ct_path_curve(page, p,
                  (double[]){ right, foot + k * ry, cx + k * rx, at.y + at.h, cx, at.y + at.h });
    ct_path_curve(page, p, (double[]){ cx - k * rx, at.y + at.h, at.x, foot + k * ry, at.x, foot });
    ct_path_close(page, p);
}

/* The near edge of a store's lid. */
static void lid(struct ct_page *page, struct ct_item *p, struct ct_rect at)
{
    double rx = at.w / 2, ry = ct_node_lid(at.h), cx = at.x + rx, k = ROUND, y = at.y + ry;
    ct_path_move(page, p, at.x, y);
    ct_path_curve(page, p, (double[]){ at.x, y + k * ry, cx - k * rx, y + ry, cx, y + ry });
    ct_path_curve(page, p,
                  (double[]){ cx + k * rx, y + ry, at.x + at.w, y + k * ry, at.x + at.w, y });
}

static void sheet(struct ct_page *page, struct ct_item *p, struct ct_rect at)
{
    double foot = at.y + at.h, dip = at.h * 0.12, right = at.x + at.w;
    ct_path_move(page, p, at.x, at.y);
    ct_path_line(page, p, right, at.y);
    ct_path_line(page, p, right, foot - dip);
    ct_path_curve(page, p,
                  (double[]){ right - at.w * 0.3, foot - dip * 2.6, at.x + at.w * 0.34,
                              foot + dip * 1.2, at.x, foot - dip * 0.5 });
    ct_path_close(page, p);
}

void ct_node_draw(struct ct_template *t, enum ct_node_shape shape, struct ct_rect at, double radius,
                  struct ct_tint fill, struct ct_tint stroke, double stroke_px)
{
    struct ct_page *page = t->page;
    if (shape == CT_NODE_BOX || shape == CT_NODE_TERMINAL) {
        if (shape == CT_NODE_TERMINAL)
            radius = at.h / 2;
        finish(ct_template_card(t, at, fmin(radius, at.h / 2), fill), stroke, stroke_px);
        return;
    }
    struct ct_item *p = ct_page_path(page, CT_LAYER_SHAPES, ct_paint_flat(fill));
    finish(p, stroke, stroke_px);
    if (shape == CT_NODE_DECISION)
        diamond(page, p, at);
    else if (shape == CT_NODE_DOCUMENT)
        sheet(page, p, at);
    else
        cylinder(page, p, at);
    if (shape == CT_NODE_STORE) {
        struct ct_item *near_edge = ct_page_path(page, CT_LAYER_SHAPES, (struct ct_paint){ 0 });
        lid(page, near_edge, at);
        finish(near_edge, stroke, stroke_px);
    }
}

struct ct_xy ct_node_meet(enum ct_node_shape shape, struct ct_rect at, struct ct_xy p,
                          struct ct_xy inner)
{
    double dx = fmin(1, fabs(p.x - (at.x + at.w / 2)) / (at.w / 2));
    double dy = fmin(1, fabs(p.y - (at.y + at.h / 2)) / (at.h / 2)), in = 0;
    bool vertical = fabs(p.x - inner.x) < fabs(p.y - inner.y), top = p.y < at.y + at.h / 2;
    if (shape == CT_NODE_DECISION)
        in = vertical ? dx * at.h / 2 : dy * at.w / 2;
    else if (shape == CT_NODE_STORE && vertical)
        in = ct_node_lid(at.h) * (1 - sqrt(1 - dx * dx));
    else if (shape == CT_NODE_TERMINAL && !vertical)
        in = at.h / 2 * (1 - sqrt(1 - dy * dy));
    else if (shape == CT_NODE_DOCUMENT && vertical && !top)
        in = at.h * 0.12;
    if (vertical)
        p.y += top ? in : -in;
    else
        p.x += p.x < at.x + at.w / 2 ? in : -in;
    return p;
}
