/* Pages from end to end: random texts of many scripts through every template, judged by pixels. */
#include "base/hash.h"
#include "base/mem.h"
#include "base/pool.h"
#include "engines/scene/page/glyph.h"
#include "t.h"

#include <math.h>

static const char *const samples[] = {
    "Grand opening",
    "A",
    "Quarterly revenue, 2026",
    "Ưu đãi mùa hè",
    "Ελληνικά γράμματα",
    "Зимняя распродажа",
    "春の新作コレクション",
    "年度技术路线图",
    "서울 야경 투어",
    "عرض خاص لفترة محدودة",
    "מבצע סוף שבוע",
    "नमस्ते दुनिया",
    "สวัสดีชาวโลก",
    "Fox 🦊 and rocket 🚀",
    "Donaudampfschifffahrtsgesellschaft",
    "https://example.com/a/very/long/path?with=parameters&and=more",
    "Ǻgjpqy ÅÉ ½ ﬁ",
    "A rather long sentence that has to be wrapped over several lines to fit into any box at all",
    "two\nlines",
    "தமிழ் எழுத்து",
    "ქართული ენა",
};
#define N_SAMPLES ((int)(sizeof(samples) / sizeof(samples[0])))

struct fixture {
    struct ct_arena *arena;
    struct ct_intent intent;
    struct ct_slice texts[8];
    struct ct_node nodes[24];
    struct ct_edge edges[48];
    struct ct_value values[24];
};

static int below(uint64_t *state, int n)
{
    *state = ct_mix64(*state + 0x9E3779B97F4A7C15u);
    return (int)(*state % (uint64_t)n);
}

static struct ct_slice sample(uint64_t *state)
{
    return ct_slice(samples[below(state, N_SAMPLES)]);
}

/* Whether a template sets the labels of nodes and, but for diagrams, the values. */
static bool lists(enum ct_template_id id)
{
    return (!ct_template_printed(id) || id == CT_TEMPLATE_menu) && id != CT_TEMPLATE_icon &&
           id != CT_TEMPLATE_typographic && id != CT_TEMPLATE_calendar;
}

/* Templates of boxes and arrows; the grammar gives them no values. */
static bool joins(enum ct_template_id id)
{
    return id == CT_TEMPLATE_diagram || id == CT_TEMPLATE_sequence ||
           id == CT_TEMPLATE_mind_map || id == CT_TEMPLATE_entity ||
           id == CT_TEMPLATE_architecture || id == CT_TEMPLATE_org_chart ||
           id == CT_TEMPLATE_gantt || id == CT_TEMPLATE_table || id == CT_TEMPLATE_quadrant ||
           id == CT_TEMPLATE_swim_lanes;
}

/* Those of them whose arrows are not drawn, or carry no words. */
static bool unjoined(enum ct_template_id id)
{
    return id == CT_TEMPLATE_architecture || id == CT_TEMPLATE_gantt || id == CT_TEMPLATE_table ||
           id == CT_TEMPLATE_quadrant;
}

static bool labels_arrows(enum ct_template_id id)
{
    return id != CT_TEMPLATE_swim_lanes;
}

/* Templates that set the headings of nodes; those that set what is in their brackets. */
static bool groups(enum ct_template_id id)
{
    return id == CT_TEMPLATE_architecture || id == CT_TEMPLATE_swim_lanes;
}

static bool details(enum ct_template_id id)
{
    return id == CT_TEMPLATE_entity || id == CT_TEMPLATE_gantt || id == CT_TEMPLATE_table;
}

/* Templates of labels alone. */
static bool names(enum ct_template_id id)
{
    return id == CT_TEMPLATE_venn || id == CT_TEMPLATE_kanban || id == CT_TEMPLATE_login ||
           id == CT_TEMPLATE_chat || id == CT_TEMPLATE_timeline;
}

/* Whether no text may cross the border of a box; squares of pixel art are no such boxes. */
static bool boxed(const struct ct_intent *in)
{
    return lists(in->template_id) && in->style != CT_LOOK_STYLE_pixel_art &&
           in->template_id != CT_TEMPLATE_menu && /* its dots lead up to the words */
           in->template_id != CT_TEMPLATE_venn; /* labels cross from set to set */
}

/* Templates whose values may belong to rows or sections. */
static bool rows(enum ct_template_id id)
{
    return id == CT_TEMPLATE_bar_chart || id == CT_TEMPLATE_grouped_bar_chart ||
           id == CT_TEMPLATE_stacked_bar_chart || id == CT_TEMPLATE_line_chart ||
           id == CT_TEMPLATE_area_chart || id == CT_TEMPLATE_radar_chart ||
           id == CT_TEMPLATE_scatter_chart || id == CT_TEMPLATE_menu;
}

/* Templates that have axes, whose titles are set. */
static bool axes(enum ct_template_id id)
{
    return rows(id) && id != CT_TEMPLATE_menu;
}

static void random_rows(struct fixture *f, uint64_t *s)
{
    struct ct_intent *in = &f->intent;
    int n = below(s, 2) ? 2 + below(s, 4) : 0;
    if (axes(in->template_id) && in->n_values)
        in->n_nodes = 0; /* the grammar gives charts values alone */
    for (int i = 0; i < in->n_values; i++) {
        f->values[i].paired = in->template_id == CT_TEMPLATE_scatter_chart ||
                              (in->template_id == CT_TEMPLATE_gauge_chart && below(s, 2));
        f->values[i].x = f->values[i].paired ? below(s, 200) - 40 : 0;
        if (rows(in->template_id) && n)
            f->values[i].series = ct_slice(samples[(i * n / in->n_values) * 3 % N_SAMPLES]);
        if (rows(in->template_id) && below(s, 3) == 0)
            f->values[i].label = (struct ct_slice){ 0 };
    }
    if (axes(in->template_id) && below(s, 2))
        in->axis_x = sample(s);
    if (axes(in->template_id) && below(s, 2))
        in->axis_y = sample(s);
}

static void random_values(struct fixture *f, uint64_t *s)
{
    static const struct {
        const char *text;
        double number;
    } numbers[] = { { "10", 10 },       { "62.5 %", 62.5 }, { "-4", -4 },
                    { "$1,200", 1200 }, { "0", 0 },         { "$29 per month", 29 },
                    { "৪৭", 47 },       { "0.003", 0.003 }, { "1000000000", 1e9 } };
    struct ct_intent *in = &f->intent;
    in->values = f->values;
    in->n_values = below(s, 3) ? below(s, 10) : 0;
    in->n_nodes = in->n_values > 0 && below(s, 2) ? 0 : in->n_nodes;
    for (int i = 0; i < in->n_values; i++) {
        int k = below(s, (int)(sizeof(numbers) / sizeof(numbers[0])));
        f->values[i] = (struct ct_value){ .label = sample(s),
                                          .text = ct_slice(numbers[k].text),
                                          .number = numbers[k].number };
    }
    random_rows(f, s);
}

static const char *const details_of[] = { "id, name, e-mail", "Jan-Mar", "week 2-30", "Q4",
                                          "|a|long words of a head|c", "1|2|3" };

static void random_intent(struct fixture *f, uint64_t seed)
{
    uint64_t s = seed;
    *f = (struct fixture){ .arena = ct_arena_new(64u << 20) };
    struct ct_intent *in = &f->intent;
    *in = (struct ct_intent){ .kind = CT_INTENT_PAGE,
                              .template_id = (enum ct_template_id)(seed % CT_TEMPLATE_COUNT),
                              .texts = f->texts,
                              .nodes = f->nodes,
                              .edges = f->edges,
                              .dark = below(&s, 3) == 0 };
    int style = (int)(seed * 5 / 3) % (2 * CT_LOOK_STYLE_COUNT);
    if (style < CT_LOOK_STYLE_COUNT)
        in->style = (enum ct_look_style)style;
    if (below(&s, 4))
        in->title = sample(&s);
    if (below(&s, 2))
        in->subtitle = sample(&s);
    if (in->template_id == CT_TEMPLATE_typographic)
        in->subject = sample(&s);
    in->n_texts = below(&s, 5);
    for (int i = 0; i < in->n_texts; i++)
        f->texts[i] = sample(&s);
    for (int i = below(&s, 4) ? 0 : 1 + below(&s, 4); i > 0; i--)
        in->palette[in->n_palette++] =
            (struct ct_rgb){ (uint8_t)below(&s, 256), (uint8_t)below(&s, 256),
                             (uint8_t)below(&s, 256) };
    if (below(&s, 5) == 0) {
        in->has_backdrop_color = true;
        in->backdrop_color = (struct ct_rgb){ (uint8_t)below(&s, 256), (uint8_t)below(&s, 256),
                                              (uint8_t)below(&s, 256) };
    }
    if (ct_template_printed(in->template_id)) {
        in->topic = (enum ct_topic)below(&s, CT_TOPIC_COUNT);
        in->art = (enum ct_art)(seed / CT_TEMPLATE_COUNT % (2 * CT_ART_COUNT));
        in->art = in->art < CT_ART_COUNT ? in->art : CT_ART_NONE;
        in->feels = below(&s, 3) ? 0 : UINT64_C(1) << below(&s, CT_FEEL_COUNT);
        in->byline = in->n_texts ? f->texts[below(&s, in->n_texts)] : in->byline;
        if (below(&s, 2))
            in->emblem = CT_S("coffee");
    }
    if (!lists(in->template_id))
        return;
    in->n_nodes = 1 + below(&s, 12);
    for (int i = 0; i < in->n_nodes; i++)
        f->nodes[i].label = sample(&s);
    if (groups(in->template_id) && below(&s, 2)) { /* in runs, as prompts have them */
        struct ct_slice heading = sample(&s);
        for (int i = 0; i < in->n_nodes; i++) {
            if (below(&s, 3) == 0)
                heading = sample(&s);
            f->nodes[i].group = heading;
        }
    }
    for (int i = 0; details(in->template_id) && i < in->n_nodes; i++)
        if (below(&s, 3))
            f->nodes[i].detail = 
                ct_slice(below(&s, 2) ? details_of[below(&s, 6)] : samples[below(&s, N_SAMPLES)]);
    if (in->template_id == CT_TEMPLATE_cross_section && below(&s, 4)) { /* what is known */
        static const char *const things[] = { "volcano", "tooth", "skin",       "leaf", "tree trunk",
                                              "onion",   "cell",  "plant cell", "earth" };
        static const char *const parts[] = { "crater", "enamel", "dermis", "stoma",  "bark",
                                             "roots",  "vein",   "nucleus", "mantle", "vacuole" };
        in->about = ct_slice(things[below(&s, 9)]);
        for (int i = 0; i < in->n_nodes; i++)
            if (below(&s, 3))
                f->nodes[i].label = ct_slice(parts[below(&s, 10)]);
    }
    if (!joins(in->template_id)) {
        if (!names(in->template_id))
            random_values(f, &s);
        return;
    }
    in->n_edges = unjoined(in->template_id) ? 0 : below(&s, in->n_nodes + 3);
    for (int i = 0; i < in->n_edges; i++)
        f->edges[i] = (struct ct_edge){ .from = below(&s, in->n_nodes),
                                        .to = below(&s, in->n_nodes),
                                        .label = below(&s, 2) && labels_arrows(in->template_id)
                                                     ? sample(&s)
                                                     : ct_slice(NULL),
                                        .dashed = below(&s, 4) == 0,
                                        .both_ways = below(&s, 4) == 0,
                                        .many_from = below(&s, 3) == 0,
                                        .many_to = below(&s, 2) == 0 };
}

struct area {
    double x, y, w, h;
};

static struct area ink_of(const struct ct_item *t)
{
    return (struct area){ t->x + t->size.ink_x, t->y + t->size.ink_y, t->size.ink_w,
                          t->size.ink_h };
}

static bool touch(struct area a, struct area b)
{
    return a.x + 0.1 < b.x + b.w && b.x + 0.1 < a.x + a.w && a.y + 0.1 < b.y + b.h &&
           b.y + 0.1 < a.y + a.h;
}

/* Whether a text crosses the border of a box (inside or outside is fine). */
static bool crosses(struct area text, const struct ct_item *box)
{
    struct area b = { box->x, box->y, box->w, box->h };
    bool inside = text.x >= b.x && text.y >= b.y && text.x + text.w <= b.x + b.w &&
                  text.y + text.h <= b.y + b.h;
    return touch(text, b) && !inside;
}

static void check_geometry(const struct ct_page *page, bool strict)
{
    for (const struct ct_item *a = page->first; a; a = a->next) {
        if (a->kind != CT_ITEM_TEXT)
            continue;
        struct area ink = ink_of(a);
        CHECK(ink.x >= -0.1 && ink.y >= -0.1);
        CHECK(ink.x + ink.w <= page->width + 0.1 && ink.y + ink.h <= page->height + 0.1);
        CHECK(a->size.ink_x >= -0.1 && a->size.ink_x + a->size.ink_w <= a->w + 0.1);
        for (const struct ct_item *b = page->first; b; b = b->next) {
            if (b->kind == CT_ITEM_TEXT && b != a && touch(ink, ink_of(b)))
                t_fail(__FILE__, __LINE__, "\"%.*s\" overlaps \"%.*s\" (%s, seed %u)",
                       CT_SARG(a->text), CT_SARG(b->text), page->template_id, page->seed);
            if (strict && b->kind == CT_ITEM_BOX && b->layer == CT_LAYER_SHAPES)
                if (crosses(ink, b))
                    t_fail(__FILE__, __LINE__, "\"%.*s\" crosses a box (%s, seed %u)",
                           CT_SARG(a->text), page->template_id, page->seed);
        }
    }
}

/* Every text of the intent stands on the page, and nothing else does. A stacked headline is set
 * word by word: words are looked for in the texts one after the other. */
static bool page_says(const struct ct_page *page, struct ct_slice want)
{
    size_t at = 0;
    want = ct_slice_trim(want);
    for (const struct ct_item *i = page->first; i; i = i->next) {
        if (i->kind != CT_ITEM_TEXT)
            continue;
        if (ct_slice_eq(i->text, want))
            return true;
        if (i->text.ptr == want.ptr + at && at + i->text.len <= want.len) {
            at += i->text.len;
            while (at < want.len && (want.ptr[at] == ' ' || want.ptr[at] == '\n'))
                at++;
            if (at == want.len)
                return true;
        }
    }
    return want.len == 0;
}

static void check_texts(const struct ct_page *page, const struct ct_intent *in)
{
    CHECK(page_says(page, in->title));
    CHECK(page_says(page, in->subtitle));
    CHECK(page_says(page, in->subject));
    for (int i = 0; i < in->n_texts; i++)
        CHECK(page_says(page, in->texts[i]));
    for (int i = 0; i < in->n_nodes; i++) {
        if (!page_says(page, in->nodes[i].label))
            t_fail(__FILE__, __LINE__, "\"%.*s\" is missing (%s, seed %u)", CT_SARG(in->nodes[i].label),
                   page->template_id, page->seed);
        CHECK(page_says(page, in->nodes[i].group));
    }
    for (int i = 0; i < in->n_edges; i++)
        CHECK(page_says(page, in->edges[i].label));
    for (int i = 0; i < in->n_values; i++) {
        if (!page_says(page, in->values[i].label) || !page_says(page, in->values[i].series))
            t_fail(__FILE__, __LINE__, "\"%.*s\" of \"%.*s\" is missing (%s, seed %u)",
                   CT_SARG(in->values[i].label), CT_SARG(in->values[i].series), page->template_id,
                   page->seed);
        /* of rows and points a scale tells the figures */
        bool scaled = axes(in->template_id) && in->values[i].series.ptr;
        if (!scaled && in->template_id != CT_TEMPLATE_scatter_chart)
            CHECK(page_says(page, in->values[i].text));
    }
    CHECK(page_says(page, in->axis_x));
    CHECK(page_says(page, in->axis_y));
}

struct before_text {
    struct ct_image *image;
};

static void keep_before_text(void *ctx, double fraction, struct ct_image *(*snapshot)(void *),
                             void *state)
{
    struct before_text *keep = ctx;
    if (fraction > 0.99)
        return; /* the words are the last layer */
    ct_image_unref(&keep->image);
    keep->image = snapshot(state);
}

static struct ct_tint pixel(const struct ct_image *image, int x, int y)
{
    const uint8_t *p = image->px + ((size_t)y * (size_t)image->width + (size_t)x) * 3;
    return ct_tint_hex((uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2]);
}

/* A pixel on the border of two shapes is a mixture that no flat colour answers for. */
static bool on_edge(const struct ct_image *image, int x, int y)
{
    static const int around[4][2] = { { -1, 0 }, { 1, 0 }, { 0, -1 }, { 0, 1 } };
    const uint8_t *p = image->px + ((size_t)y * (size_t)image->width + (size_t)x) * 3;
    for (int i = 0; i < 4; i++) {
        int u = x + around[i][0], v = y + around[i][1];
        if (u < 0 || v < 0 || u >= image->width || v >= image->height)
            continue;
        const uint8_t *q = image->px + ((size_t)v * (size_t)image->width + (size_t)u) * 3;
        for (int c = 0; c < 3; c++)
            if (abs(p[c] - q[c]) > 8)
                return true;
    }
    return false;
}

/* The least contrast of each text with the pixels it covers, measured on the picture as it was
 * before the text layer. */
static void check_contrast(const struct ct_page *page, const struct ct_image *under,
                           const struct ct_image *full)
{
    for (const struct ct_item *t = page->first; t; t = t->next) {
        if (t->kind != CT_ITEM_TEXT)
            continue;
        struct area ink = ink_of(t);
        double least = 21;
        for (int y = (int)ink.y; y < (int)(ink.y + ink.h) && y < under->height; y++)
            for (int x = (int)ink.x; x < (int)(ink.x + ink.w) && x < under->width; x++) {
                struct ct_tint p = pixel(under, x, y), q = pixel(full, x, y);
                if (memcmp(&p, &q, sizeof(p)) != 0 && !on_edge(under, x, y))
                    least = fmin(least, ct_tint_contrast(t->fill.stop[0], p));
            }
        if (least < 4.5)
            t_fail(__FILE__, __LINE__, "\"%.*s\" has a contrast of %.2f (%s, seed %u)",
                   CT_SARG(t->text), least, page->template_id, page->seed);
    }
}

/* All that is known from inside, with the usual names and with others, at three shapes. */
TEST(page__sections_label_what_they_show)
{
    static const int sizes[][2] = { { 1024, 1024 }, { 1536, 768 }, { 768, 1536 } };
    static const char *const things[] = { "volcano", "tooth", "skin",       "leaf", "tree trunk",
                                          "onion",   "cell",  "plant cell", "earth" };
    for (int i = 0; i < 27; i++) {
        struct fixture f;
        const struct ct_page *page = NULL;
        random_intent(&f, (uint64_t)(i * CT_TEMPLATE_COUNT + CT_TEMPLATE_cross_section));
        f.intent.about = ct_slice(things[i / 3]);
        f.intent.n_values = 0;
        if (i % 2)
            f.intent.n_nodes = f.intent.n_texts = 0;
        struct ct_page_params params = { sizes[i % 3][0], sizes[i % 3][1], (uint32_t)i };
        REQUIRE(ct_page_compose(&page, f.arena, &f.intent, &params, NULL) == CT_OK);
        CHECK(strcmp(page->template_id, "cross_section") == 0);
        check_texts(page, &f.intent);
        check_geometry(page, boxed(&f.intent));
        int texts = 0;
        for (const struct ct_item *item = page->first; item; item = item->next)
            texts += item->kind == CT_ITEM_TEXT;
        CHECK(i % 2 == 0 || texts >= 5);
        ct_arena_free(&f.arena);
    }
}

TEST(page__random_texts_are_set_whole_apart_and_readable)
{
    static const int sizes[][2] = {
        { 1024, 1024 }, { 1280, 768 }, { 768, 1280 }, { 1536, 512 }, { 512, 1536 }
    };
    for (uint64_t round = 0; round < 2 * CT_TEMPLATE_COUNT; round++) {
        struct fixture f;
        struct ct_err err = { 0 };
        const struct ct_page *page = NULL;
        struct ct_image *image = NULL;
        struct before_text before = { NULL };
        random_intent(&f, round);
        const int *size = sizes[round % 5];
        struct ct_page_params params = { size[0], size[1], (uint32_t)round, false };
        REQUIRE(ct_page_compose(&page, f.arena, &f.intent, &params, &err) == CT_OK);
        check_texts(page, &f.intent);
        check_geometry(page, boxed(&f.intent));
        if (round % 7 == 0 || f.intent.has_backdrop_color) {
            struct ct_page_draw draw = { .ctx = &before, .layer = keep_before_text };
            REQUIRE(ct_page_draw(&image, page, &draw, &err) == CT_OK);
            REQUIRE(before.image);
            check_contrast(page, before.image, image);
        }
        ct_image_unref(&image);
        ct_image_unref(&before.image);
        ct_arena_free(&f.arena);
    }
}

/* Every art under every headline, at three shapes, on the pixels. */
TEST(page__arts_leave_room_that_words_can_be_read_in)
{
    static const int sizes[][2] = { { 1024, 1024 }, { 1344, 896 }, { 768, 1152 } };
    for (int round = 0; round < 3 * CT_ART_COUNT; round++) {
        struct fixture f;
        struct ct_err err = { 0 };
        const struct ct_page *page = NULL;
        struct ct_image *image = NULL;
        struct before_text before = { NULL };
        random_intent(&f, (uint64_t)(round * CT_TEMPLATE_COUNT + CT_TEMPLATE_poster));
        f.intent.art = (enum ct_art)(round % CT_ART_COUNT);
        f.intent.style = CT_LOOK_STYLE_NONE;
        const int *size = sizes[round / CT_ART_COUNT];
        struct ct_page_params params = { size[0], size[1], (uint32_t)round, false };
        REQUIRE(ct_page_compose(&page, f.arena, &f.intent, &params, &err) == CT_OK);
        check_texts(page, &f.intent);
        check_geometry(page, false);
        struct ct_page_draw draw = { .ctx = &before, .layer = keep_before_text };
        REQUIRE(ct_page_draw(&image, page, &draw, &err) == CT_OK);
        REQUIRE(before.image);
        check_contrast(page, before.image, image);
        ct_image_unref(&image);
        ct_image_unref(&before.image);
        ct_arena_free(&f.arena);
    }
}

/* A thing that the intent names has its room on a poster or a magazine, apart from the words; in a
 * document it has none. */
TEST(page__a_thing_has_room_apart_from_the_words)
{
    static const int sizes[][2] = { { 1024, 1024 }, { 1536, 1024 }, { 1024, 1536 } };
    for (int i = 0; i < 12; i++) {
        struct fixture f;
        const struct ct_page *page = NULL;
        struct ct_entity mug = { .object = CT_OBJECT_mug, .count = 1, .size = 1 };
        int width = 0, height = 0;
        random_intent(&f, (uint64_t)(i * CT_TEMPLATE_COUNT + CT_TEMPLATE_poster));
        f.intent.entities = &mug;
        f.intent.n_entities = 1;
        f.intent.template_id = i < 6 ? CT_TEMPLATE_poster : CT_TEMPLATE_magazine_cover;
        f.intent.title = CT_S("Bean Fest");
        struct ct_page_params params = { sizes[i % 6 / 2][0], sizes[i % 6 / 2][1], (uint32_t)i };
        params.pictures = i % 2 == 0;
        REQUIRE(ct_page_compose(&page, f.arena, &f.intent, &params, NULL) == CT_OK);
        if (ct_page_has_picture(page, &width, &height) != params.pictures)
            t_fail(__FILE__, __LINE__, "a picture on %s %d, style %d, %dx%d", page->template_id, i,
                   (int)f.intent.style, width, height);
        CHECK(!params.pictures || (width >= params.width / 3 && height >= params.height / 3));
        for (const struct ct_item *a = page->first; a; a = a->next)
            for (const struct ct_item *b = page->first; b; b = b->next)
                if (a->kind == CT_ITEM_TEXT && b->kind == CT_ITEM_PICTURE)
                    CHECK(!touch(ink_of(a), (struct area){ b->x, b->y, b->w, b->h }));
        ct_arena_free(&f.arena);
    }
}

static uint64_t picture_hash(const struct ct_intent *intent, struct ct_page_params params,
                             int *channels)
{
    struct ct_arena *arena = ct_arena_new(64u << 20);
    const struct ct_page *page = NULL;
    struct ct_image *image = NULL;
    uint64_t hash = 0;
    if (ct_page_compose(&page, arena, intent, &params, NULL) == CT_OK &&
        ct_page_draw(&image, page, NULL, NULL) == CT_OK) {
        size_t n = (size_t)image->width * (size_t)image->height * (size_t)image->channels;
        hash = ct_hash64(image->px, n, 0);
        if (channels)
            *channels = image->channels;
    }
    ct_image_unref(&image);
    ct_arena_free(&arena);
    return hash;
}

TEST(page__same_intent_size_and_seed_give_the_same_bytes)
{
    for (uint64_t round = 0; round < CT_TEMPLATE_COUNT; round++) {
        struct fixture f;
        random_intent(&f, round);
        struct ct_page_params params = { 832, 800, (uint32_t)round, false };
        f.intent.n_palette = 0;
        f.intent.style = CT_LOOK_STYLE_NONE; /* some have inks of their own */
        f.intent.has_backdrop_color = false;
        uint64_t a = picture_hash(&f.intent, params, NULL);
        uint64_t b = picture_hash(&f.intent, params, NULL);
        int other = 0; /* seeds may share a palette and a composition, not all of them do */
        for (params.seed += CT_SET_SEEDS; params.seed < 16 * CT_SET_SEEDS && other == 0;
             params.seed += CT_SET_SEEDS)
            other += picture_hash(&f.intent, params, NULL) != a;
        CHECK(a != 0 && a == b);
        /* A blueprint has colours of its own. */
        if (other == 0)
            t_fail(__FILE__, __LINE__, "%s, round %d: one picture for all seeds",
                   ct_template_info(f.intent.template_id)->id, (int)round);
        ct_arena_free(&f.arena);
    }
}

struct crowd {
    struct fixture *f;
    uint64_t hash[12];
};

static void draw_one(void *ctx, uint32_t index)
{
    struct crowd *crowd = ctx;
    struct ct_page_params params = { 816, 816, index % 3, false };
    crowd->hash[index] = picture_hash(&crowd->f->intent, params, NULL);
}

TEST(page__threads_do_not_change_the_bytes)
{
    struct fixture f;
    struct crowd crowd = { .f = &f };
    struct ct_pool *pool = NULL;
    random_intent(&f, 7);
    f.intent.title = ct_slice("Fox 🦊 春の عرض");
    REQUIRE(ct_pool_new(&pool, 3, NULL) == CT_OK);
    ct_pool_for(pool, 12, draw_one, &crowd);
    ct_pool_free(&pool);
    for (int i = 0; i < 12; i++) {
        CHECK(crowd.hash[i] != 0);
        CHECK(crowd.hash[i] == crowd.hash[i % 3]);
    }
    ct_arena_free(&f.arena);
}

TEST(page__sizes_from_smallest_to_largest)
{
    static const int sizes[][2] = { { 816, 816 },   { 1408, 480 },  { 480, 1408 },
                                    { 3840, 2160 }, { 2880, 2880 }, { 3840, 1280 } };
    struct fixture f;
    for (int i = 0; i < 6; i++) {
        for (uint64_t round = 0; round < CT_TEMPLATE_COUNT; round++) {
            const struct ct_page *page = NULL;
            if ((round + (uint64_t)i) % 3)
                continue;
            random_intent(&f, round + 30);
            struct ct_page_params params = { sizes[i][0], sizes[i][1], 5, false };
            REQUIRE(ct_page_compose(&page, f.arena, &f.intent, &params, NULL) == CT_OK);
            check_geometry(page, boxed(&f.intent));
            check_texts(page, &f.intent);
            ct_arena_free(&f.arena);
        }
    }
}

TEST(page__transparent_has_no_paper)
{
    struct fixture f;
    random_intent(&f, CT_TEMPLATE_diagram);
    f.intent.title = CT_S("Title");
    struct ct_page_params params = { 816, 816, 1, true };
    const struct ct_page *page = NULL;
    struct ct_image *image = NULL;
    REQUIRE(ct_page_compose(&page, f.arena, &f.intent, &params, NULL) == CT_OK);
    REQUIRE(ct_page_draw(&image, page, NULL, NULL) == CT_OK);
    REQUIRE(image->channels == 4);
    CHECK_INT(image->px[3], 0); /* the corner */
    size_t opaque = 0, soft = 0, n = (size_t)image->width * (size_t)image->height;
    for (size_t i = 0; i < n; i++) {
        opaque += image->px[i * 4 + 3] == 255;
        soft += image->px[i * 4 + 3] > 0 && image->px[i * 4 + 3] < 255;
    }
    CHECK(opaque > n / 100);
    CHECK(soft > 0);
    ct_image_unref(&image);
    ct_arena_free(&f.arena);
}

TEST(page__no_text_at_all_still_makes_a_page)
{
    for (int id = 0; id < CT_TEMPLATE_COUNT; id++) {
        struct ct_intent intent = { .kind = CT_INTENT_PAGE,
                                    .template_id = (enum ct_template_id)id };
        CHECK(picture_hash(&intent, (struct ct_page_params){ 816, 816, 3, false }, NULL) != 0);
    }
}

TEST(page__cancel_stops_between_items)
{
    struct fixture f;
    const struct ct_page *page = NULL;
    struct ct_image *image = NULL;
    struct ct_err err = { 0 };
    atomic_int cancel = 1;
    random_intent(&f, 0);
    struct ct_page_params params = { 816, 816, 1, false };
    REQUIRE(ct_page_compose(&page, f.arena, &f.intent, &params, NULL) == CT_OK);
    struct ct_page_draw draw = { .cancel = &cancel };
    CHECK_INT(ct_page_draw(&image, page, &draw, &err), CT_E_CANCELLED);
    CHECK(image == NULL);
    atomic_store(&cancel, 0);
    CHECK_INT(ct_page_draw(&image, page, &draw, &err), CT_OK);
    ct_image_unref(&image);
    ct_arena_free(&f.arena);
}

TEST(page__running_out_of_memory_is_reported)
{
    struct fixture f;
    random_intent(&f, CT_TEMPLATE_diagram + CT_TEMPLATE_COUNT);
    struct ct_page_params params = { 816, 816, 1, false };
    int failed = 0;
    for (size_t max = 4096; max < 400000; max += 37000) {
        struct ct_arena *arena = ct_arena_new(max);
        const struct ct_page *page = NULL;
        REQUIRE(arena);
        ct_code code = ct_page_compose(&page, arena, &f.intent, &params, NULL);
        CHECK(code == CT_OK || (code == CT_E_MEMORY && page == NULL));
        failed += code != CT_OK;
        ct_arena_free(&arena);
    }
    CHECK(failed > 0);
    for (long nth = 1; nth < 12; nth++) {
        struct ct_arena *arena = ct_arena_new(64u << 20);
        const struct ct_page *page = NULL;
        struct ct_image *image = NULL;
        ct_mem_fail_nth(nth);
        ct_code code = ct_page_compose(&page, arena, &f.intent, &params, NULL);
        if (code == CT_OK)
            code = ct_page_draw(&image, page, NULL, NULL);
        ct_mem_fail_nth(0);
        CHECK(code == CT_OK || code == CT_E_MEMORY);
        CHECK((code == CT_OK) == (image != NULL));
        ct_image_unref(&image);
        ct_arena_free(&arena);
    }
    ct_arena_free(&f.arena);
}

TEST(page__prints_as_json)
{
    struct fixture f;
    struct ct_buf b;
    const struct ct_page *page = NULL;
    random_intent(&f, CT_TEMPLATE_diagram);
    f.intent.title = CT_S("a \"quoted\" title");
    struct ct_page_params params = { 816, 816, 1, false };
    REQUIRE(ct_page_compose(&page, f.arena, &f.intent, &params, NULL) == CT_OK);
    ct_buf_init(&b, 4u << 20);
    ct_page_print(&b, page);
    CHECK(!b.failed);
    CHECK(strstr(ct_buf_text(&b), "\"template\":\"diagram\""));
    CHECK(strstr(ct_buf_text(&b), "a \\\"quoted\\\" title"));
    ct_buf_release(&b);
    ct_arena_free(&f.arena);
}

TEST(page__exclusions_silence_what_is_not_quoted)
{
    struct ct_slice no_text[] = { CT_S("text") };
    struct ct_intent intent = { .kind = CT_INTENT_PAGE,
                                .template_id = CT_TEMPLATE_typographic,
                                .subject = CT_S("dragon"),
                                .exclusions = no_text,
                                .n_exclusions = 1 };
    struct ct_arena *arena = ct_arena_new(8u << 20);
    const struct ct_page *page = NULL;
    struct ct_page_params params = { 816, 816, 1, false };
    REQUIRE(ct_page_compose(&page, arena, &intent, &params, NULL) == CT_OK);
    for (const struct ct_item *i = page->first; i; i = i->next)
        CHECK(i->kind != CT_ITEM_TEXT);
    ct_arena_free(&arena);
}

TEST(page__glyphs_stay_in_their_square)
{
    struct ct_arena *arena = ct_arena_new(8u << 20);
    struct ct_page *page =
        ct_page_new(arena, &(struct ct_page_params){ .width = 24, .height = 24 });
    int n = 0;
    REQUIRE(page);
    for (const char *drawing; (drawing = ct_glyph_at(n)); n++) {
        const struct ct_item *before = page->last;
        ct_glyph_draw(page, drawing, 0, 0, 24, ct_tint_hex(0), ct_tint_hex(0xFFFFFF));
        int pieces = 0, meant = 0;
        for (const char *c = drawing; *c; c++)
            meant += *c == 'F' || *c == 'D' || *c == 'S' || *c == 'T';
        for (const struct ct_item *i = before ? before->next : page->first; i; i = i->next) {
            pieces++;
            CHECK(i->steps);
            for (const struct ct_step *s = i->steps; s; s = s->next) {
                if (s->op == CT_STEP_CLOSE)
                    continue;
                CHECK(s->x0 >= 0.5 && s->x0 <= 23.5 && s->y0 >= 0.5 && s->y0 <= 23.5);
                if (s->op == CT_STEP_CURVE)
                    CHECK(s->x2 >= 0.5 && s->x2 <= 23.5 && s->y2 >= 0.5 && s->y2 <= 23.5);
            }
        }
        CHECK_INT(pieces, meant); /* the drawing was read to its end */
    }
    CHECK(n >= 40);
    CHECK(ct_glyph_at(-1) == NULL);
    ct_arena_free(&arena);
}

TEST(page__glyphs_are_found_by_their_nouns)
{
    CHECK(ct_glyph_find(CT_S("a flat House")) == ct_glyph_at(0));
    CHECK(ct_glyph_find(CT_S("houses")) == ct_glyph_at(0));
    CHECK(ct_glyph_find(CT_S("a shopping cart")) == ct_glyph_find(CT_S("cart")));
    CHECK(ct_glyph_find(CT_S("cart")) != ct_glyph_at(0));
    CHECK(ct_glyph_find(CT_S("dragon")) == NULL);
    CHECK(ct_glyph_find(CT_S("")) == NULL);
}

TEST(page__fonts_are_there)
{
    struct ct_err err = { 0 };
    CHECK_INT(ct_page_fonts_check(&err), CT_OK);
}
