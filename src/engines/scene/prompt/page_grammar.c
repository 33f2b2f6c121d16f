/* Pages: is the prompt about one, and what is lettered on it.
 *
 * A page word as the first noun makes a page ("a poster with a mug"), as a later one it does not
 * ("a mug beside a poster"). Arrows between names and labelled boxes make a diagram without the
 * word. Texts are taken exactly as written; which of them is the title is said by the word before
 * them ("headline"), the word behind ("as the title"), or by their order. */
#include "engines/scene/prompt/reader.h"

/* "boxes labeled A, B", "three steps:" */
static bool labelled_boxes(const struct ct_reader *r, int i, const struct ct_match *node)
{
    struct ct_match m;
    int next = i + node->n;
    if (!node->plural)
        return false;
    if (ct_is_mark(r, next, ':') || ct_reader_match(r, next, CT_CLASS_BIT(LABELED), &m))
        return true;
    return i > 0 && (ct_slice_ieq(r->tokens[i - 1].text, CT_S("labeled")) ||
                     ct_slice_ieq(r->tokens[i - 1].text, CT_S("labelled")));
}

static void name_template(struct ct_reader *r, const struct ct_match *m)
{
    bool exact = m->classes & CT_CLASS_BIT(TEMPLATE);
    r->intent->template_id =
        (enum ct_template_id)ct_match_value(m, exact ? CT_CLASS_TEMPLATE : CT_CLASS_NEAR_TEMPLATE);
    r->page_end = m->first + m->n;
    const struct ct_table_row *row = ct_template_info(r->intent->template_id);
    if (exact)
        ct_mark_match(r, m, CT_USE_UNDERSTOOD, "page", row->id);
    else
        ct_mark_near(r, m, row, CT_USE_SUBSTITUTED);
}

/* May the words from a thing to a page word be one compound: "travel mug poster"? */
static bool in_compound(const struct ct_reader *r, int i)
{
    static const uint64_t parts = CT_CLASS_BIT(RELATION) | CT_CLASS_BIT(WITH) | CT_CLASS_BIT(AND) |
                                  CT_CLASS_BIT(OF) | CT_CLASS_BIT(COPULA) | CT_CLASS_BIT(ARTICLE) |
                                  CT_CLASS_BIT(STOP) | CT_CLASS_BIT(PLACE) | CT_CLASS_BIT(VERB);
    struct ct_match m;
    return ct_is_word(r, i) && !ct_reader_match(r, i, parts, &m);
}

/* The phrase around the page word: what screens and charts are about. */
static void read_about(struct ct_reader *r, int first)
{
    int end = r->page_end;
    while (first > 0 && ct_is_word(r, first - 1) && r->page_end - first < 16)
        first--;
    while (end < r->n && end < r->page_end + 16 && ct_is_word(r, end))
        end++;
    r->intent->about = ct_reader_slice(r, first, end);
}

/* "The App calls the API, diagram", "App -> Server": an app among boxes, no screen. */
static bool is_box_of_app(const struct ct_reader *r, const struct ct_match *m)
{
    struct ct_match other;
    if (m->n > 1 || !ct_word_is(r, m->first, "app"))
        return false;
    for (int i = m->first + 1; i < r->n; i++)
        if (r->tokens[i].kind == CT_TOKEN_ARROW ||
            ct_reader_match(r, i, CT_CLASS_BIT(TEMPLATE) | CT_CLASS_BIT(NEAR_TEMPLATE), &other))
            return true;
    return false;
}

static bool is_screen(enum ct_template_id id);

/* "mobile app login screen": the screen that is named behind an app is the page. */
static bool is_screen_of(const struct ct_reader *r, const struct ct_match *m, struct ct_match *next)
{
    if (!(m->classes & CT_CLASS_BIT(TEMPLATE)) ||
        !ct_reader_match(r, m->first + m->n, CT_CLASS_BIT(TEMPLATE), next))
        return false;
    enum ct_template_id of = (enum ct_template_id)ct_match_value(m, CT_CLASS_TEMPLATE);
    enum ct_template_id id = (enum ct_template_id)ct_match_value(next, CT_CLASS_TEMPLATE);
    return (of == CT_TEMPLATE_app_screen || of == CT_TEMPLATE_dashboard) && is_screen(id);
}

bool ct_prompt_is_page(struct ct_reader *r)
{
    static const uint64_t pages = CT_CLASS_BIT(TEMPLATE) | CT_CLASS_BIT(NEAR_TEMPLATE);
    static const uint64_t things = CT_CLASS_BIT(OBJECT) | CT_CLASS_BIT(NEAR);
    struct ct_match m;
    int object_end = -1; /* where the first thing ends: "book cover" is a cover */
    bool object = false, arrows = false, boxes = false, compound = false;
    for (int i = 0; i < r->n; i++) {
        arrows |= r->tokens[i].kind == CT_TOKEN_ARROW && r->tokens[i].use == CT_USE_FREE;
        compound = compound && in_compound(r, i);
        if (!ct_reader_match(r, i, CT_CLASS_ANY, &m))
            continue;
        if (m.classes & CT_CLASS_BIT(NODE) && labelled_boxes(r, i, &m))
            boxes = true;
        struct ct_match next;
        if (!(m.classes & CT_CLASS_BIT(TEMPLATE)) && m.classes & CT_CLASS_BIT(NEAR_TEMPLATE) &&
            ct_reader_match(r, i + m.n, CT_CLASS_BIT(TEMPLATE), &next))
            continue; /* "comic poster" is a poster */
        if (is_screen_of(r, &m, &next))
            m = next;
        if (m.classes & pages && (!object || i == object_end || compound) && !boxes &&
            !is_box_of_app(r, &m)) {
            m.classes &= pages;
            name_template(r, &m);
            read_about(r, m.first);
            return true;
        }
        if (m.classes & things) {
            compound = !object || compound;
            object = true;
            object_end = i + m.n;
        }
        i += m.n - 1;
    }
    if (arrows || boxes)
        r->intent->template_id = CT_TEMPLATE_diagram;
    return arrows || boxes;
}

static bool starts_upper(struct ct_slice word)
{
    unsigned char c = (unsigned char)word.ptr[0];
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80;
}

int ct_read_bare_text(const struct ct_reader *r, int i)
{
    static const uint64_t ends =
        CT_CLASS_BIT(RELATION) | CT_CLASS_BIT(WITH) | CT_CLASS_BIT(ROLE) | CT_CLASS_BIT(MADE);
    struct ct_match m;
    int start = i, upper = i;
    if (!ct_is_word(r, i))
        return i;
    bool title_case = starts_upper(r->tokens[i].text);
    if (!title_case && ct_reader_match(r, i, ends, &m))
        return i; /* "embossed on the bottle" */
    for (; ct_is_word(r, i) || ct_is_mark(r, i, '!') || ct_is_mark(r, i, '&') ||
           ct_is_mark(r, i, '?');
         i++) {
        if (r->tokens[i].kind != CT_TOKEN_MARK && starts_upper(r->tokens[i].text))
            upper = i + 1;
        else if (r->tokens[i].kind == CT_TOKEN_MARK && r->tokens[i].mark != '&' && upper == i)
            upper = i + 1;
        else if (i > start && ct_reader_match(r, i, ends, &m) && !starts_upper(r->tokens[i].text))
            break;
    }
    /* "Summer Sale in red", "The Art of Tea poster": up to the last capital */
    return title_case ? upper : i;
}

enum { FAR = 6 };

/* The role a text is given by the words right before token i, or behind it. */
static int role_around(const struct ct_reader *r, const int *role_at, int i)
{
    struct ct_match m;
    int role = -1;
    for (int k = i - 1; k >= 0 && k >= i - FAR; k--) {
        const struct ct_token *t = &r->tokens[k];
        if (t->kind == CT_TOKEN_QUOTED || t->mark == '.' || t->mark == ';' ||
            (t->kind == CT_TOKEN_BREAK && k < i - 1))
            break;
        if (role_at[k] > 0 && role < role_at[k] - 1)
            role = role_at[k] - 1; /* "subtitle text": the more exact one */
    }
    if (role > CT_ROLE_TEXT)
        return role;
    /* "HELLO" as the title */
    if (i + 1 < r->n && ct_slice_ieq(r->tokens[i + 1].text, CT_S("as")))
        for (int k = i + 2; k < r->n && k < i + 5; k++)
            if (ct_lexicon_match(r->lexicon, r->tokens, r->n, k, CT_CLASS_BIT(ROLE), &m))
                return ct_match_value(&m, CT_CLASS_ROLE);
    return role;
}

static void letter(struct ct_reader *r, int first, int end, struct ct_slice text, int role)
{
    struct ct_intent *intent = r->intent;
    ct_add_text(r, text);
    const char *what = "text";
    if (role == CT_ROLE_SUBTITLE && !intent->subtitle.ptr) {
        intent->subtitle = text;
        what = "subtitle";
    } else if ((role == CT_ROLE_TITLE || role == CT_ROLE_TEXT || role < 0) &&
               (!intent->title.ptr)) {
        intent->title = text;
        what = "title";
    } else if (role < CT_ROLE_TITLE && !intent->subtitle.ptr &&
               intent->template_id != CT_TEMPLATE_diagram) {
        intent->subtitle = text;
        what = "subtitle";
    }
    ct_mark(r, first, end, CT_USE_UNDERSTOOD, what, NULL);
}

/* Which tokens announce a text: role + 1 at the first token of each role phrase. */
static int *find_roles(struct ct_reader *r)
{
    int *role_at = ct_arena_array(r->arena, (size_t)r->n + 1, sizeof(*role_at));
    struct ct_match m;
    for (int i = 0; role_at && i < r->n; i++)
        if (ct_reader_match(r, i, CT_CLASS_BIT(ROLE), &m)) {
            for (int k = 0; k < m.n; k++)
                role_at[i + k] = ct_match_value(&m, CT_CLASS_ROLE) + 1;
            i += m.n - 1;
        }
    return role_at;
}

/* A role word followed by a colon or by bare words: "Title: Summer Jazz". */
static int read_bare_role(struct ct_reader *r, int i)
{
    struct ct_match m;
    if (!ct_reader_match(r, i, CT_CLASS_BIT(ROLE), &m))
        return i;
    int role = ct_match_value(&m, CT_CLASS_ROLE), from = i + m.n;
    bool colon = ct_is_mark(r, from, ':');
    from += colon;
    if (!ct_is_word(r, from) || (!colon && !starts_upper(r->tokens[from].text) &&
                                 !ct_slice_ends(r->tokens[from - 1].text, "says") &&
                                 !ct_slice_ends(r->tokens[from - 1].text, "saying")))
        return i;
    int end = colon ? from : ct_read_bare_text(r, from);
    while (colon && end < r->n && r->tokens[end].kind != CT_TOKEN_BREAK &&
           r->tokens[end].kind != CT_TOKEN_QUOTED && !ct_is_mark(r, end, '.') &&
           !ct_is_mark(r, end, ';') && !ct_is_mark(r, end, ','))
        end++;
    if (end <= from)
        return i;
    ct_mark_match(r, &m, CT_USE_SILENT, NULL, NULL);
    letter(r, from, end, ct_reader_slice(r, from, end), role);
    return end;
}

static void read_texts(struct ct_reader *r)
{
    const int *role_at = find_roles(r);
    if (!role_at)
        return;
    /* Texts with a role first, so that a bare one cannot take the title's place. */
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < r->n; i++) {
            if (r->tokens[i].kind != CT_TOKEN_QUOTED || r->tokens[i].use != CT_USE_FREE)
                continue;
            int role = role_around(r, role_at, i);
            if (pass == 0 && role <= CT_ROLE_TEXT)
                continue;
            letter(r, i, i + 1, ct_token_quoted(&r->tokens[i]), role);
        }
    for (int i = 0; i < r->n;) {
        int end = read_bare_role(r, i);
        i = end > i ? end : i + 1;
    }
}

/* Texts were found by role; the list has them in the order of the prompt. */
static void sort_texts(struct ct_intent *intent)
{
    for (int i = 1; i < intent->n_texts; i++) {
        struct ct_slice text = intent->texts[i];
        int k = i;
        for (; k > 0 && intent->texts[k - 1].ptr > text.ptr; k--)
            intent->texts[k] = intent->texts[k - 1];
        intent->texts[k] = text;
    }
}

/* "for a project management tool called "Flowly"": what a screen is of is its second line where
 * it has a name, and chooses its sample content. */
static int use_tagline(struct ct_reader *r, int first, int end)
{
    struct ct_intent *intent = r->intent;
    bool landing = intent->template_id == CT_TEMPLATE_landing_page;
    ct_mark(r, first, end, CT_USE_UNDERSTOOD, landing ? "tagline" : "kind of screen", NULL);
    if (!landing || !intent->title.ptr || intent->subtitle.ptr)
        return end;
    char *line = ct_arena_strdup(r->arena, intent->subject);
    if (!line)
        return end;
    if (line[0] >= 'a' && line[0] <= 'z')
        line[0] = (char)(line[0] - 'a' + 'A');
    intent->subtitle = ct_slice(line);
    ct_add_text(r, intent->subtitle);
    return end;
}

/* "sales by quarter", "users in 2024": what a chart is about goes on. */
static bool goes_on(const struct ct_reader *r, int i)
{
    static const char *const words[] = { "by", "per", "in", "over", "across", "from", "during" };
    static const uint64_t manner = CT_CLASS_BIT(LOOK) | CT_CLASS_BIT(COLOR) | CT_CLASS_BIT(SHADE) |
                                   CT_CLASS_BIT(STYLE) | CT_CLASS_BIT(EFFECT) |
                                   CT_CLASS_BIT(SCHEME) | CT_CLASS_BIT(PRAISE);
    const struct ct_table_row *row = ct_template_info(r->intent->template_id);
    struct ct_match m;
    int next = i + 1;
    if (!row || !strstr(row->id, "chart") || !ct_is_word(r, next))
        return false;
    while (ct_reader_match(r, next, CT_CLASS_BIT(ARTICLE), &m))
        next += m.n;
    if (!ct_is_word(r, next) || ct_reader_match(r, next, manner, &m))
        return false;
    for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++)
        if (ct_word_is(r, i, words[k]))
            return true;
    return false;
}

/* "for a jazz festival", "about tea": what the page is about, when nothing else is its title. */
static int read_subject(struct ct_reader *r, int i)
{
    static const struct {
        const char *word;
    } about[] = { { "for" },       { "about" },       { "announcing" }, { "advertising" },
                  { "promoting" }, { "celebrating" }, { "of" },
                  { "comparing" } };
    static const uint64_t ends = CT_CLASS_BIT(WITH) | CT_CLASS_BIT(RELATION) |
                                 CT_CLASS_BIT(ROLE) | CT_CLASS_BIT(MADE);
    struct ct_match m;
    bool announced = false;
    for (size_t k = 0; k < sizeof(about) / sizeof(about[0]); k++)
        announced |= ct_slice_ieq(ct_token_said(&r->tokens[i]), ct_slice(about[k].word));
    if (!announced || r->intent->subject.ptr)
        return i;
    int first = i + 1;
    while (ct_reader_match(r, first, CT_CLASS_BIT(ARTICLE), &m))
        first += m.n;
    int end = first;
    while (ct_is_word(r, end) && (!ct_reader_match(r, end, ends, &m) || goes_on(r, end)))
        end++;
    if (end == first)
        return i;
    r->intent->subject = ct_reader_slice(r, first, end);
    r->tokens[i].use = CT_USE_SILENT;
    if (is_screen(r->intent->template_id))
        return use_tagline(r, first, end);
    if (r->intent->title.ptr)
        return i + 1; /* it is not lettered: its words are left to the rest */
    ct_mark(r, first, end, CT_USE_UNDERSTOOD, "subject", NULL);
    return end;
}

static void use_page_color(struct ct_reader *r, int i, int n, struct ct_rgb color)
{
    struct ct_intent *intent = r->intent;
    struct ct_match m;
    bool ground = ct_reader_match(r, i + n, CT_CLASS_BIT(GROUND), &m);
    if (ground) {
        intent->has_backdrop_color = true;
        intent->backdrop_color = color;
        intent->dark = 299 * color.r + 587 * color.g + 114 * color.b < 70 * 1000;
        ct_mark_match(r, &m, CT_USE_SILENT, NULL, NULL);
    } else {
        ct_add_palette(r, color);
    }
    ct_mark_color(r, i, n, CT_USE_UNDERSTOOD, ground ? "background" : "palette", color);
}

/* Icons draw the things that have a sign: "lock, key and bell". */
static int read_sign(struct ct_reader *r, int i)
{
    int end = i;
    if (r->intent->template_id != CT_TEMPLATE_icon)
        return i;
    while (ct_is_word(r, end) && ct_glyph_named(r->tokens[end].text))
        end++;
    if (end > i)
        ct_mark(r, i, end, CT_USE_UNDERSTOOD, "sign", NULL);
    return end;
}

/* Templates that are screens of programs. */
static bool is_screen(enum ct_template_id id)
{
    return id == CT_TEMPLATE_app_screen || id == CT_TEMPLATE_dashboard ||
           id == CT_TEMPLATE_landing_page || id == CT_TEMPLATE_login || id == CT_TEMPLATE_chat ||
           id == CT_TEMPLATE_music_player || id == CT_TEMPLATE_weather ||
           id == CT_TEMPLATE_settings || id == CT_TEMPLATE_product_page;
}

/* "recent transactions", "a line chart", "navigation bar" on a screen: parts that it has. */
static int read_screen_part(struct ct_reader *r, int i)
{
    static const char *const parts[] = {
        "transactions", "chart",     "charts",   "graph",    "graphs",  "list",     "lists",
        "cards",        "card",      "sidebar",  "menu",     "bar",     "tab",      "tabs",
        "navigation",   "header",    "footer",   "button",   "buttons", "avatar",   "profile",
        "feed",         "posts",     "stats",    "statistics", "metrics", "kpis",   "kpi",
        "table",        "hero",      "features", "section",  "sections", "ring",    "rings",
        "map",          "progress",  "search",   "icons",    "widgets", "actions",  "balance",
        "notifications", "calendar", "cta",      "testimonials", "pricing", "line", "pie",
        "recent",       "quick",     "top",      "bottom",   "workouts", "orders",  "products",
        "restaurants",  "messages",  "contacts", "sign",     "call",    "action",   "users",
        "revenue",      "sales",     "analytics", "activity", "summary", "overview", "goals",
        "mobile",       "app",       "screen",   "home",     "page",    "saas",     "web",
        "interface",    "ux",        "startup",  "company",  "product", "hotel",    "flight"
    };
    int end = i;
    if (!is_screen(r->intent->template_id))
        return i;
    struct ct_match m;
    if (ct_reader_match(r, i, CT_CLASS_BIT(EFFECT), &m))
        return i;
    if (ct_word_is(r, i, "dark")) { /* "a dashboard, dark" */
        r->intent->dark = true;
        ct_mark(r, i, i + 1, CT_USE_UNDERSTOOD, "dark ground", NULL);
        return i + 1;
    }
    for (bool more = true; more;) {
        more = false;
        for (size_t k = 0; k < sizeof(parts) / sizeof(parts[0]) && !more; k++)
            more = end < r->n && r->tokens[end].use == CT_USE_FREE && ct_word_is(r, end, parts[k]);
        end += more;
    }
    if (end > i)
        ct_mark(r, i, end, CT_USE_UNDERSTOOD, "part of the screen", NULL);
    return end;
}

/* "mobile banking" before "app": which sample content the screen is filled with. */
static void use_about(struct ct_reader *r)
{
    struct ct_intent *intent = r->intent;
    if (!is_screen(intent->template_id))
        return;
    int first = r->page_end;
    while (first > 0 && r->tokens[first - 1].text.ptr > intent->about.ptr)
        first--;
    while (first > 0 && r->tokens[first - 1].text.ptr == intent->about.ptr)
        first--;
    struct ct_match m;
    while (first < r->page_end && ct_reader_match(r, first,
                                                  CT_CLASS_BIT(ARTICLE) | CT_CLASS_BIT(STOP) |
                                                      CT_CLASS_BIT(FRAME) | CT_CLASS_BIT(OF),
                                                  &m))
        first++;
    for (int i = first; i < r->page_end; i++) {
        if (r->tokens[i].use != CT_USE_FREE || !ct_is_word(r, i))
            continue;
        if (ct_reader_match(r, i, CT_CLASS_BIT(COLOR) | CT_CLASS_BIT(LOOK) | CT_CLASS_BIT(MOOD) |
                                      CT_CLASS_BIT(PRAISE) | CT_CLASS_BIT(STYLE) |
                                      CT_CLASS_BIT(EFFECT) | CT_CLASS_BIT(TEMPLATE),
                            &m))
            continue;
        ct_mark(r, i, i + 1, CT_USE_UNDERSTOOD, "kind of screen", NULL);
    }
}

/* Colours, manner and page words among what the texts left. */
static int read_rest(struct ct_reader *r, int i)
{
    struct ct_match m;
    struct ct_rgb color;
    int n = ct_color_at(r, i, &color);
    if (n > 0) {
        use_page_color(r, i, n, color);
        return i + n;
    }
    int end = read_subject(r, i);
    if (end == i)
        end = read_sign(r, i);
    if (end == i)
        end = read_screen_part(r, i);
    if (end > i)
        return end;
    if (r->intent->template_id == CT_TEMPLATE_icon &&
        (r->tokens[i].kind == CT_TOKEN_NUMBER || ct_reader_match(r, i, CT_CLASS_BIT(NUMBER), &m))) {
        int words = r->tokens[i].kind == CT_TOKEN_NUMBER ? 1 : m.n; /* "a set of", "9" */
        ct_mark(r, i, i + words, CT_USE_UNDERSTOOD, "how many", NULL);
        return i + words;
    }
    if (!ct_reader_match(r, i, CT_CLASS_ANY, &m))
        return i + 1;
    if (m.classes & (CT_CLASS_BIT(TEMPLATE) | CT_CLASS_BIT(NEAR_TEMPLATE)) &&
        ct_match_value(&m, m.classes & CT_CLASS_BIT(TEMPLATE)
                               ? CT_CLASS_TEMPLATE
                               : CT_CLASS_NEAR_TEMPLATE) == (int)r->intent->template_id) {
        ct_mark_match(r, &m, CT_USE_SILENT, NULL, NULL);
    } else if (m.classes & CT_CLASS_BIT(BACKDROP) && ct_color_at(r, i, &color)) {
        /* "white background" is one phrase of the table */
        use_page_color(r, i, 1, color);
    } else if (m.classes & (CT_CLASS_BIT(ROLE) | CT_CLASS_BIT(PALETTE)) ||
               (r->intent->n_nodes > 0 &&
                m.classes & (CT_CLASS_BIT(NODE) | CT_CLASS_BIT(LABELED) | CT_CLASS_BIT(LINK) |
                             CT_CLASS_BIT(ARROW) | CT_CLASS_BIT(NUMBER)))) {
        ct_mark_match(r, &m, CT_USE_SILENT, NULL, NULL);
    } else {
        ct_apply_manner(r, &m);
    }
    return i + m.n;
}

/* Small words inside a title stay small: "History of the Internet". */
static bool is_minor(struct ct_slice word)
{
    static const char *const words[] = { "a",  "an", "the", "of",   "and", "or",  "to",
                                         "in", "on", "at",  "by",   "for", "vs",  "from",
                                         "per", "as", "but", "with", "nor", "via" };
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (ct_slice_is(word, words[i]))
            return true;
    return false;
}

/* "a jazz festival" is "A Jazz Festival" when nothing else is the title. */
static void title_of_subject(struct ct_reader *r)
{
    struct ct_intent *intent = r->intent;
    if (is_screen(intent->template_id) && intent->template_id != CT_TEMPLATE_landing_page &&
        intent->template_id != CT_TEMPLATE_dashboard)
        return; /* "app for runners" is no heading of its screen */
    if (intent->title.ptr || intent->subject.len == 0 || intent->template_id == CT_TEMPLATE_icon)
        return; /* an icon has no words */
    char *title = ct_arena_strdup(r->arena, intent->subject);
    for (size_t i = 0, end; title && i < intent->subject.len; i = end + 1) {
        for (end = i; end < intent->subject.len && title[end] != ' ';)
            end++;
        bool outer = i == 0 || (end == intent->subject.len && !r->foreign), mixed = false;
        for (size_t k = i; k < end; k++)
            mixed |= title[k] >= 'A' && title[k] <= 'Z'; /* "iPhone" stays so */
        if (!mixed && title[i] >= 'a' && title[i] <= 'z' &&
            (outer || (!r->foreign && !is_minor(ct_slice_n(title + i, end - i)))))
            title[i] = (char)(title[i] - 'a' + 'A');
    }
    if (title)
        intent->title = ct_slice(title);
}

/* "Certificate of completion" is what such a page says, in large letters. */
static void title_of_award(struct ct_reader *r)
{
    struct ct_intent *intent = r->intent;
    int first = 0;
    while (first < r->n && !(r->tokens[first].what && strcmp(r->tokens[first].what, "page") == 0))
        first++;
    if (first + 3 > r->page_end || !ct_word_is(r, first + 1, "of"))
        return;
    struct ct_slice name = intent->title, subject = intent->subject;
    intent->subject = ct_reader_slice(r, first, r->page_end);
    intent->title = (struct ct_slice){ 0 };
    title_of_subject(r);
    intent->subject = subject;
    if (name.ptr && intent->subtitle.ptr)
        ct_add_text(r, intent->subtitle);
    intent->subtitle = name.ptr ? name : intent->subtitle;
}

/* Templates whose words are a list of points. */
static bool lists_points(enum ct_template_id id)
{
    return id == CT_TEMPLATE_pyramid || id == CT_TEMPLATE_funnel || id == CT_TEMPLATE_infographic ||
           id == CT_TEMPLATE_cards || id == CT_TEMPLATE_cross_section ||
           id == CT_TEMPLATE_dashboard || id == CT_TEMPLATE_timeline || id == CT_TEMPLATE_venn ||
           id == CT_TEMPLATE_kanban || id == CT_TEMPLATE_landing_page || id == CT_TEMPLATE_login ||
           id == CT_TEMPLATE_chat || id == CT_TEMPLATE_music_player || id == CT_TEMPLATE_weather ||
           id == CT_TEMPLATE_app_screen || id == CT_TEMPLATE_settings ||
           id == CT_TEMPLATE_product_page;
}

/* Templates of points and what goes from one to the other. */
static bool joins_points(enum ct_template_id id)
{
    return id == CT_TEMPLATE_diagram || id == CT_TEMPLATE_sequence ||
           id == CT_TEMPLATE_mind_map || id == CT_TEMPLATE_entity ||
           id == CT_TEMPLATE_architecture || id == CT_TEMPLATE_org_chart ||
           id == CT_TEMPLATE_gantt || id == CT_TEMPLATE_table || id == CT_TEMPLATE_quadrant ||
           id == CT_TEMPLATE_swim_lanes;
}

void ct_read_page(struct ct_reader *r)
{
    r->intent->kind = CT_INTENT_PAGE;
    ct_read_values(r);
    if (joins_points(r->intent->template_id))
        ct_read_diagram(r);
    else if (lists_points(r->intent->template_id))
        ct_read_points(r);
    read_texts(r);
    bool prints = ct_template_printed(r->intent->template_id);
    if (prints) {
        ct_read_details(r);
        if (r->intent->template_id == CT_TEMPLATE_poster ||
            r->intent->template_id == CT_TEMPLATE_magazine_cover)
            ct_read_hero(r);
        ct_read_colored_emblem(r);
    }
    sort_texts(r->intent);
    use_about(r);
    for (int i = 0; i < r->n;)
        i = r->tokens[i].use == CT_USE_FREE ? read_rest(r, i) : i + 1;
    if (r->intent->template_id == CT_TEMPLATE_business_card) {
        ct_read_offices(r);
        sort_texts(r->intent);
    }
    if (prints) {
        ct_read_emblem(r);
        ct_read_page_words(r);
    }
    title_of_subject(r);
    if (r->intent->template_id == CT_TEMPLATE_certificate)
        title_of_award(r);
}
