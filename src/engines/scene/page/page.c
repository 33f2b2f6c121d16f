/* From an intent to a page, and from a page to JSON.
 *
 * ct_page_compose() picks the colours, reads the texts and calls the template of the intent; it
 * runs on the thread of the caller, with fonts of its own, and leaves nothing behind but what is
 * in the arena. Drawing is draw.c. */
#include "engines/scene/page/page.h"

#include "base/json.h"
#include "engines/scene/page/direction.h"
#include "engines/scene/page/look.h"
#include "engines/scene/page/score.h"

#include <math.h>
#include <stdio.h>

#define TRIAL_ARENA_BYTES ((size_t)8 << 20)
#define TIE 0.004 /* of the score: less is no reason to leave the layout the seed names */

typedef void (*template_fn)(struct ct_template *t);

static const template_fn templates[] = {
#define CT_TEMPLATE(id, words) ct_template_##id,
#include "engines/scene/page/templates.def"
#undef CT_TEMPLATE
};

/* A template of points without a single one: "an infographic about tea". */
bool ct_page_lacks_points(const struct ct_intent *intent)
{
    enum ct_template_id id = intent->template_id;
    if (id == CT_TEMPLATE_diagram || id == CT_TEMPLATE_sequence || id == CT_TEMPLATE_entity ||
        id == CT_TEMPLATE_architecture || id == CT_TEMPLATE_org_chart ||
        id == CT_TEMPLATE_gantt || id == CT_TEMPLATE_table || id == CT_TEMPLATE_swim_lanes)
        return intent->n_nodes == 0;
    if (id != CT_TEMPLATE_infographic && id != CT_TEMPLATE_cards && id != CT_TEMPLATE_pyramid &&
        id != CT_TEMPLATE_funnel && id != CT_TEMPLATE_cross_section)
        return false;
    if (id == CT_TEMPLATE_cross_section && ct_section_known(intent))
        return false; /* its parts are known */
    int n = intent->n_nodes + intent->n_values;
    for (int i = 0; i < intent->n_texts; i++)
        n += !ct_slice_eq(intent->texts[i], intent->title) &&
             !ct_slice_eq(intent->texts[i], intent->subtitle);
    return n == 0;
}

int ct_page_candidates(enum ct_quality quality, enum ct_thinking thinking)
{
    static const int by_quality[] = { 1, 2, 3, 3, 3 };
    static const int by_thinking[] = { 1, 2, 4, 8 };
    int n = by_quality[quality < CT_QUALITY_COUNT ? quality : CT_QUALITY_HIGH];
    return n * by_thinking[thinking <= CT_THINKING_HIGH ? thinking : CT_THINKING_OFF];
}

const struct ct_page_score *ct_page_score(const struct ct_page *page)
{
    return &page->score;
}

static ct_code no_memory(const struct ct_page_params *params, struct ct_err *err)
{
    return ct_fail(err, CT_E_MEMORY, NULL, "out of memory while laying out a page of %d x %d",
                   params->width, params->height);
}

/* Printed pages of one seed need not be alike: what they say turns the dice too. */
static uint32_t salt_of(const struct ct_intent *intent)
{
    uint64_t hash = ct_direct_turn(intent, (uint64_t)intent->topic);
    return 0x706167 + (ct_template_printed(intent->template_id) ? (uint32_t)hash : 0);
}

/* Layout `index` of those tried for the seed; colours are the same for all of them. */
static ct_code lay_out(struct ct_page **out, struct ct_arena *arena, const struct ct_intent *intent,
                       const struct ct_page_params *params, int index, struct ct_err *err)
{
    enum ct_template_id id = intent->template_id;
    if (id <= CT_TEMPLATE_NONE || id >= CT_TEMPLATE_COUNT)
        id = CT_TEMPLATE_typographic;
    if (ct_page_lacks_points(intent))
        id = CT_TEMPLATE_poster;
    struct ct_template t = { .page = ct_page_new(arena, params), .intent = intent };
    if (!t.page)
        return no_memory(params, err);
    struct ct_type *own = NULL;
    if (!params->type)
        CT_TRY(ct_type_new(&own, err));
    t.type = own ? own : params->type;
    ct_type_set_mono(t.type, false);
    t.page->template_id = ct_template_info(id)->id;
    double shorter = fmin(params->width, params->height);
    double longer = fmax(params->width, params->height);
    t.unit = fmax(shorter / 100, longer / 200);
    t.margin = shorter * 0.075;
    t.dice = ct_dice_new(params->seed, salt_of(intent) + (uint32_t)index);
    ct_palette_choose(&t.palette, intent, params->seed / CT_SET_SEEDS, params->style);
    ct_direct(&t, params->seed / CT_SET_SEEDS);
    ct_look_prepare(&t);
    templates[id](&t);
    t.page->title = ct_slice_trim(t.copy.title);
    ct_type_free(&own);
    CT_TRY(ct_look_finish(&t, err));
    if (ct_arena_failed(arena))
        return no_memory(params, err);
    t.page->score = ct_page_judge(t.page);
    t.page->score.kept = index;
    *out = t.page;
    return CT_OK;
}

/* The index of the best layout. Each is tried in an arena of its own, so that only the one kept
 * takes room in the picture's; a template that has a single layout is found out by the second. */
static ct_code best_layout(int *best, int *tried, const struct ct_intent *intent,
                           const struct ct_page_params *params, struct ct_err *err)
{
    double most = 0, last = -1;
    *best = *tried = 0;
    for (int i = 0; i < params->candidates; i++) {
        struct ct_page *page = NULL;
        CT_CLEANUP(ct_arena_free) struct ct_arena *arena = ct_arena_new(TRIAL_ARENA_BYTES);
        if (!arena)
            return no_memory(params, err);
        CT_TRY(lay_out(&page, arena, intent, params, i, err));
        double total = page->score.total;
        ++*tried;
        if (i == 0 || total > most + TIE) {
            most = total;
            *best = i;
        }
        if (i == 1 && fabs(total - last) < 1e-12)
            break;
        last = total;
    }
    return CT_OK;
}

/* Screens differ by dice only in what a picture's place shows: trying them costs the time of many
 * small texts and finds nothing. */
static bool has_one_layout(enum ct_template_id id)
{
    return id == CT_TEMPLATE_app_screen || id == CT_TEMPLATE_dashboard ||
           id == CT_TEMPLATE_landing_page;
}

ct_code ct_page_compose(const struct ct_page **out, struct ct_arena *arena,
                        const struct ct_intent *intent, const struct ct_page_params *params,
                        struct ct_err *err)
{
    struct ct_page *page = NULL;
    int best = 0, tried = 1;
    *out = NULL;
    if (params->candidates > 1 && !has_one_layout(intent->template_id))
        CT_TRY(best_layout(&best, &tried, intent, params, err));
    CT_TRY(lay_out(&page, arena, intent, params, best, err));
    page->score.tried = tried;
    *out = page;
    return CT_OK;
}

bool ct_page_has_picture(const struct ct_page *page, int *width, int *height)
{
    for (const struct ct_item *item = page->first; item; item = item->next)
        if (item->kind == CT_ITEM_PICTURE && item->w >= 16 && item->h >= 16) {
            *width = (int)item->w;
            *height = (int)item->h;
            return true;
        }
    return false;
}

static void put_tint(struct ct_buf *b, const char *key, struct ct_tint t)
{
    ct_json_put_key(b, key);
    ct_buf_printf(b, "\"#%02x%02x%02x%02x\"", (int)lround((double)t.r * 255),
                  (int)lround((double)t.g * 255), (int)lround((double)t.b * 255),
                  (int)lround((double)t.a * 255));
}

static void put_paint(struct ct_buf *b, const struct ct_paint *paint)
{
    if (paint->kind == CT_PAINT_NONE)
        return;
    if (paint->kind == CT_PAINT_FLAT) {
        put_tint(b, "fill", paint->stop[0]);
        return;
    }
    ct_json_put_key(b, "gradient");
    ct_buf_printf(b, "{\"kind\":\"%s\",\"at\":[%.2f,%.2f,%.2f,%.2f]",
                  paint->kind == CT_PAINT_LINEAR ? "linear" : "radial", paint->x0, paint->y0,
                  paint->x1, paint->y1);
    for (int i = 0; i < paint->n_stops; i++) {
        char name[16];
        snprintf(name, sizeof(name), "stop%d", i);
        put_tint(b, name, paint->stop[i]);
    }
    ct_buf_putc(b, '}');
}

static void put_steps(struct ct_buf *b, const struct ct_item *item)
{
    static const char letters[] = "MLCAZ";
    static const int numbers[] = { 2, 2, 6, 5, 0 };
    ct_json_put_key(b, "path");
    ct_buf_putc(b, '"');
    for (const struct ct_step *s = item->steps; s; s = s->next) {
        double curve[6] = { s->x0, s->y0, s->x1, s->y1, s->x2, s->y2 };
        double arc[6] = { s->x0, s->y0, s->x1, s->x2, s->y2, 0 };
        const double *v = s->op == CT_STEP_ARC ? arc : curve;
        ct_buf_putc(b, letters[s->op]);
        for (int i = 0; i < numbers[s->op]; i++)
            ct_buf_printf(b, "%s%.2f", i ? " " : "", v[i]);
    }
    ct_buf_putc(b, '"');
}

static void put_text(struct ct_buf *b, const struct ct_item *item)
{
    static const char *const aligns[] = { "start", "center", "end" };
    ct_json_put_key(b, "text");
    ct_json_put_string(b, item->text);
    ct_buf_printf(b, ",\"size\":%.2f,\"weight\":%d,\"align\":\"%s\",\"lines\":%d",
                  item->style.size_px, item->style.weight, aligns[item->style.align],
                  item->size.lines);
}

static void put_item(struct ct_buf *b, const struct ct_item *item)
{
    static const char *const kinds[] = { "box", "path", "glow", "shadow", "text", "picture" };
    static const char *const layers[] = { "ground", "shapes", "lines", "text" };
    ct_buf_printf(b, "{\"kind\":\"%s\",\"layer\":\"%s\"", kinds[item->kind], layers[item->layer]);
    if (item->kind == CT_ITEM_PATH)
        put_steps(b, item);
    else
        ct_buf_printf(b, ",\"x\":%.2f,\"y\":%.2f,\"w\":%.2f,\"h\":%.2f", item->x, item->y, item->w,
                      item->h);
    if (item->radius > 0)
        ct_buf_printf(b, ",\"radius\":%.2f", item->radius);
    put_paint(b, &item->fill);
    if (item->stroke.a > 0) {
        put_tint(b, "stroke", item->stroke);
        ct_buf_printf(b, ",\"stroke_px\":%.2f,\"dash_px\":%.2f", item->stroke_px, item->dash_px);
    }
    if (item->kind == CT_ITEM_TEXT)
        put_text(b, item);
    ct_buf_putc(b, '}');
}

void ct_page_print(struct ct_buf *b, const struct ct_page *page)
{
    ct_buf_printf(b, "{\"template\":\"%s\",\"width\":%d,\"height\":%d,\"seed\":%u,",
                  page->template_id, page->width, page->height, page->seed);
    ct_buf_printf(b, "\"transparent\":%s,\"items\":[", page->transparent ? "true" : "false");
    for (const struct ct_item *item = page->first; item; item = item->next) {
        ct_buf_puts(b, item == page->first ? "\n" : ",\n");
        put_item(b, item);
    }
    ct_buf_puts(b, "\n]}\n");
}
