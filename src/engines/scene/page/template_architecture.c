/* The parts of a system in tiers: who uses it, what is at the edge, services, queues, stores.
 *
 * Called for a list of parts without arrows (with arrows it is a diagram). Which tier a part
 * belongs to is read off its words; headings of the prompt ("Backend: API, Worker") are tiers
 * instead. An arrow leads from tier to tier, not from part to part: how the parts are wired is not
 * known, and the reply says so. */
#include "engines/scene/page/glyph.h"
#include "engines/scene/page/node_shape.h"
#include "engines/scene/page/sample.h"
#include "engines/scene/page/template.h"

#include <math.h>

enum { MOST = 24 };

static const struct role {
    const char *name, *sign, *words;
} roles[] = {
    { "Clients", "user",
      "user|users|client|clients|browser|browsers|mobile|mobile app|web app|frontend|front "
      "end|customer|"
      "customers|admin|phone|desktop|visitor|spa|react|react app|ios app|android "
      "app|laptop|laptops|pc|"
      "internet|web client|printer|printers|devices|sensors|sensor" },
    { "Edge", "shield",
      "gateway|load balancer|cdn|cloudfront|dns|nginx|proxy|ingress|firewall|waf|route 53|router|"
      "balancer|elb|alb|api management|haproxy|modem|edge" },
    { "Services", "server", "" },
    { "Messaging", "mail",
      "queue|kafka|rabbitmq|sqs|sns|broker|event bus|bus|pub "
      "sub|pubsub|stream|topic|message|events|"
      "kinesis|nats|mqtt" },
    { "Data", "folder",
      "database|databases|db|postgres|postgresql|mysql|redis|mongodb|s3|bucket|storage|cache|"
      "elasticsearch|warehouse|dynamodb|rds|cassandra|sqlite|blob|lake|store|memcached|snowflake|"
      "bigquery|mariadb|oracle|nas|vector db|opensearch|clickhouse" },
};
enum { ROLES = sizeof(roles) / sizeof(roles[0]) };

struct tier {
    struct ct_slice name;
    int node[MOST], n;
    int role; /* -1: a heading of the prompt */
};

static int role_of(struct ct_slice label)
{
    static const int order[] = { 4, 3, 1, 0 }; /* "message queue database": the strongest first */
    if (ct_sample_mentions(label,
                           "service|services|api|worker|workers|lambda|function|server|servers") &&
        !ct_sample_mentions(label, "gateway|database|db|queue|proxy"))
        return 2;
    for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++)
        if (ct_sample_mentions(label, roles[order[i]].words))
            return order[i];
    return 2;
}

static struct tier *tier_named(struct tier *tiers, int *n, struct ct_slice name, int role)
{
    for (int i = 0; i < *n; i++)
        if (role >= 0 ? tiers[i].role == role : ct_slice_eq(tiers[i].name, name))
            return &tiers[i];
    if (*n == MOST)
        return &tiers[MOST - 1];
    tiers[*n] = (struct tier){ .name = name, .role = role };
    return &tiers[(*n)++];
}

static int make_tiers(const struct ct_intent *in, struct tier *tiers)
{
    int n = 0;
    bool grouped = in->n_nodes > 0 && in->nodes[0].group.len > 0;
    for (int k = 0; k < ROLES && !grouped; k++) /* in the order of the way in */
        for (int i = 0; i < in->n_nodes && i < MOST; i++)
            if (role_of(in->nodes[i].label) == k) {
                struct tier *t = tier_named(tiers, &n, ct_slice(roles[k].name), k);
                t->node[t->n++] = i;
            }
    for (int i = 0; grouped && i < in->n_nodes && i < MOST; i++) {
        struct tier *t = tier_named(tiers, &n, in->nodes[i].group, -1);
        t->node[t->n++] = i;
    }
    return n;
}

static void part(struct ct_template *t, struct ct_slice label, struct ct_rect at, double px,
                 int role)
{
    const struct ct_palette *p = &t->palette;
    bool store = role == 4;
    double icon = fmin(at.h * 0.34, fmin(at.w * 0.22, px * 1.7));
    struct ct_tint tint = ct_template_series(t, role);
    ct_node_draw(t, store ? CT_NODE_STORE : CT_NODE_BOX, at, fmin(t->unit * 1.2, at.h * 0.2),
                 p->card, ct_tint_mix(p->ink, p->card, p->dark ? 0.72 : 0.3),
                 fmax(1, t->unit * 0.16));
    const char *sign = ct_node_sign_of(label) ? ct_node_sign_of(label)
                       : store                ? NULL
                                              : roles[role].sign;
    struct ct_text_style style = { .weight = 600,
                                   .size_px = px,
                                   .align = CT_ALIGN_CENTER,
                                   .tracking_em = -0.012,
                                   .whole_words = true,
                                   .balance = true };
    double lid = store ? ct_node_lid(at.h) : 0, pad = at.w * 0.07;
    struct ct_rect in = { at.x + pad, at.y + at.h * 0.08 + lid, at.w - 2 * pad,
                          at.h * 0.84 - lid * 1.6 };
    if (sign && at.h > px * 3.2) {
        ct_glyph_draw(t->page, ct_glyph_find(ct_slice(sign)), at.x + (at.w - icon) / 2,
                      in.y + in.h * 0.06, icon, ct_tint_legible(tint, p->card, 2.2), p->card);
        in.y += icon + in.h * 0.1;
        in.h -= icon + in.h * 0.1;
    }
    ct_page_text(t->page, t->type, label, &style, (double[]){ in.x, in.y, in.w, fmax(1, in.h) },
                 0.5, p->on_card);
}

/* Frame, name and parts of a tier. */
static void band(struct ct_template *t, const struct tier *tier, int index, struct ct_rect at,
                 double px)
{
    const struct ct_palette *p = &t->palette;
    double pad = t->unit * 1.8, name_w = fmin(at.w * 0.17, t->unit * 20);
    struct ct_tint tint = ct_template_series(t, tier->role >= 0 ? tier->role : index);
    struct ct_tint ground = p->plain ? p->paper : ct_tint_mix(tint, p->paper, 0.86);
    struct ct_item *frame = ct_page_box(t->page, CT_LAYER_SHAPES, at.x, at.y, at.w, at.h,
                                        fmin(t->unit * 1.8, at.h * 0.2), ct_paint_flat(ground));
    frame->stroke = ct_tint_mix(tint, p->paper, 0.45);
    frame->stroke_px = fmax(1, t->unit * 0.16);
    struct ct_text_style style = { .weight = 700, .size_px = px * 1.05, .whole_words = true };
    if (tier->role < 0 || !ct_template_silent(t->intent))
        ct_page_text(t->page, t->type, tier->name, &style,
                     (double[]){ at.x + pad, at.y + pad * 0.5, name_w - pad, at.h - pad }, 0.5,
                     ct_tint_legible(p->ink, ground, 5));
    struct ct_rect in = { at.x + name_w + pad, at.y + pad, at.w - name_w - 2 * pad,
                          at.h - 2 * pad };
    int rows = tier->n > 6 ? 2 : 1, columns = (tier->n + rows - 1) / rows;
    double gap = t->unit * 1.6, w = fmin((in.w - gap * (columns - 1)) / columns, t->unit * 34);
    double h = (in.h - gap * (rows - 1)) / rows;
    for (int i = 0; i < tier->n; i++) {
        int row = i / columns, in_row = row + 1 < rows ? columns : tier->n - columns * row;
        double left = (in.w - in_row * w - (in_row - 1) * gap) / 2;
        part(t, t->intent->nodes[tier->node[i]].label,
             (struct ct_rect){ in.x + left + (i - row * columns) * (w + gap),
                               in.y + row * (h + gap), w, h },
             px, tier->role >= 0 ? tier->role : role_of(t->intent->nodes[tier->node[i]].label));
    }
}

void ct_template_architecture(struct ct_template *t)
{
    struct tier *tiers = ct_arena_array(t->page->arena, MOST, sizeof(*tiers));
    ct_template_read_copy(t, true);
    ct_template_paper(t);
    struct ct_rect room = ct_template_set_heading(t, t->unit * 4.6);
    int n = tiers ? make_tiers(t->intent, tiers) : 0;
    if (n == 0)
        return;
    double gap = fmin(t->unit * 5.2, room.h * 0.3 / n), units = 0;
    for (int i = 0; i < n; i++)
        units += tiers[i].n > 6 ? 1.7 : 1;
    double one = fmin((room.h - gap * (n - 1)) / units, t->unit * 24);
    double px = fmin(t->unit * 2.7, one * 0.16),
           y = room.y + (room.h - one * units - gap * (n - 1)) / 2;
    for (int i = 0; i < n; i++) {
        double h = one * (tiers[i].n > 6 ? 1.7 : 1);
        band(t, &tiers[i], i, (struct ct_rect){ room.x, y, room.w, h }, px);
        if (i + 1 < n)
            ct_page_line(t->page,
                         (struct ct_xy[]){ { room.x + room.w / 2, y + h + gap * 0.08 },
                                           { room.x + room.w / 2, y + h + gap * 0.92 } },
                         2,
                         &(struct ct_line_style){ .tint = t->palette.line,
                                                  .width_px = t->unit * 0.36,
                                                  .head_px = gap * 0.36,
                                                  .head_at_end = true,
                                                  .head_at_start = true });
        y += h + gap;
    }
}
