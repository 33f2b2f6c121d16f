/* Diagrams: the boxes, and the arrows between them.
 *
 * Boxes come from arrow chains ("A -> B -> C"), from lists ("boxes labeled A, B and C",
 * "steps: ..."), from numbered or bulleted lines, and last from quoted texts nothing else claims.
 * Arrows come from chains, from "arrow from A to B labeled 'x'", and from sentences about boxes
 * already named ("A connects to B", "A sends tokens to B"). When none is given, each box points to
 * the next. Labels are slices of the prompt, exactly as written. */
#include "engines/scene/prompt/diagram_reader.h"

int ct_diagram_find(const struct ct_intent *intent, struct ct_slice label)
{
    for (int i = 0; i < intent->n_nodes; i++)
        if (ct_slice_ieq(intent->nodes[i].label, label))
            return i;
    return -1;
}

/* The node of that label, a new one when there is none; -1 when there are too many. */
static int node_of(struct ct_reader *r, struct ct_slice label, const char *at_text)
{
    struct ct_intent *intent = r->intent;
    int at = ct_diagram_find(intent, label);
    if (at >= 0 || label.len == 0 || intent->n_nodes == CT_INTENT_NODES)
        return at;
    intent->nodes[intent->n_nodes] = (struct ct_node){ .label = label };
    r->node_at[intent->n_nodes] = at_text;
    return intent->n_nodes++;
}

bool ct_diagram_edge(struct ct_reader *r, int from, int to, uint8_t arrow, struct ct_slice label)
{
    struct ct_intent *intent = r->intent;
    if (from < 0 || to < 0 || intent->n_edges == CT_INTENT_EDGES)
        return false;
    bool back = arrow & CT_ARROW_BACK;
    intent->edges[intent->n_edges++] = (struct ct_edge){
        .from = back ? to : from,
        .to = back ? from : to,
        .label = label,
        .dashed = arrow & CT_ARROW_DASHED,
        .both_ways = arrow & CT_ARROW_BOTH,
    };
    return true;
}

struct ct_slice ct_diagram_label(const struct ct_reader *r, int first, int end)
{
    if (end == first + 1 && r->tokens[first].kind == CT_TOKEN_QUOTED)
        return ct_token_quoted(&r->tokens[first]);
    return ct_reader_slice(r, first, end);
}

/* Tokens [first, end) are the label of a box. */
int ct_diagram_node(struct ct_reader *r, int first, int end)
{
    if (first >= end)
        return -1;
    struct ct_slice label = ct_diagram_label(r, first, end);
    int node = node_of(r, label, label.ptr);
    if (node >= 0) {
        if (r->tokens[first].use == CT_USE_FREE)
            ct_add_text(r, label);
        ct_mark(r, first, end, CT_USE_UNDERSTOOD, "box", NULL);
    }
    return node;
}

int ct_diagram_box(struct ct_reader *r, struct ct_slice label, int first)
{
    int before = r->intent->n_nodes;
    int node = node_of(r, label, r->tokens[first].text.ptr);
    if (node == before)
        ct_add_text(r, label);
    return node;
}

int ct_diagram_new_box(struct ct_reader *r, struct ct_slice label, int first)
{
    struct ct_intent *intent = r->intent;
    if (label.len == 0 || intent->n_nodes == CT_INTENT_NODES)
        return -1;
    intent->nodes[intent->n_nodes] = (struct ct_node){ .label = label };
    r->node_at[intent->n_nodes] = r->tokens[first].text.ptr;
    ct_add_text(r, label);
    return intent->n_nodes++;
}

/* Words behind which an unquoted label cannot go on. */
static bool ends_label(const struct ct_reader *r, int i)
{
    static const char *const words[] = { "with",     "connected", "linked",   "joined",  "where",
                                         "each",     "using",     "arranged", "against", "which",
                                         "that",     "flowing",   "then",     "showing", "labeled",
                                         "labelled", "via" };
    struct ct_match m;
    for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++)
        if (ct_word_is(r, i, words[k]))
            return true;
    return (ct_word_is(r, i, "in") || ct_word_is(r, i, "on")) &&
           ct_reader_match(r, i + 1, CT_CLASS_BIT(ARTICLE) | CT_CLASS_BIT(COLOR), &m);
}

static bool in_label(const struct ct_reader *r, int i)
{
    const struct ct_token *t = &r->tokens[i];
    if (i >= r->n || t->use != CT_USE_FREE || t->kind == CT_TOKEN_BREAK ||
        t->kind == CT_TOKEN_ARROW || t->kind == CT_TOKEN_QUOTED)
        return false;
    if (t->kind != CT_TOKEN_MARK)
        return true;
    return t->mark == '/' || t->mark == '&' || t->mark == '+' || t->mark == '#' || t->mark == '?' ||
           t->mark == '!' || t->mark == '-' || t->mark == '\'' || t->mark == '@';
}

/* "2." or "2)" */
static bool is_numbering(const struct ct_reader *r, int i)
{
    return r->tokens[i].kind == CT_TOKEN_NUMBER && r->tokens[i].text.len <= 2 &&
           (ct_is_mark(r, i + 1, '.') || ct_is_mark(r, i + 1, ')')) && r->tokens[i + 1].tight;
}

int ct_diagram_label_end(const struct ct_reader *r, int i)
{
    if (i < r->n && r->tokens[i].kind == CT_TOKEN_QUOTED && r->tokens[i].use == CT_USE_FREE)
        return i + 1;
    int start = i;
    while (i < r->n && in_label(r, i) && !is_numbering(r, i) && !(i > start && ends_label(r, i)))
        i++;
    return i;
}

/* Where the label that ends before token `end` starts. */
static int label_start(const struct ct_reader *r, int end)
{
    struct ct_match m;
    int i = end;
    if (i > 0 && r->tokens[i - 1].kind == CT_TOKEN_QUOTED)
        return i - 1;
    while (i > 0 && in_label(r, i - 1))
        i--;
    /* "Draw a flow of User": the label is what stands behind the last small function word */
    for (int k = end - 1; k >= i; k--) {
        unsigned char c = (unsigned char)r->tokens[k].text.ptr[0];
        if (c >= 'a' && c <= 'z' &&
            ct_reader_match(r, k,
                            CT_CLASS_BIT(OF) | CT_CLASS_BIT(WITH) | CT_CLASS_BIT(STOP) |
                                CT_CLASS_BIT(ARTICLE),
                            &m) &&
            k + m.n < end && m.n == 1)
            return k + 1;
    }
    return i;
}

/* ": HTTPS", "(HTTPS)", "labeled 'HTTPS'" behind a box: the label of the arrow to it. */
int ct_diagram_edge_label(struct ct_reader *r, int i, struct ct_slice *label)
{
    struct ct_match m;
    int first = i;
    bool paren = ct_is_mark(r, i, '(');
    *label = (struct ct_slice){ NULL, 0 };
    if (paren || ct_is_mark(r, i, ':')) {
        first = i + 1;
    } else if (ct_reader_match(r, i, CT_CLASS_BIT(LABELED), &m) && !ct_word_is(r, i, "for")) {
        first = i + m.n;
        first += ct_is_mark(r, first, ':');
    } else if ((ct_word_is(r, i, "with") || ct_word_is(r, i, "via")) && i + 1 < r->n) {
        for (first = i + 1; first < r->n && first < i + 5 && ct_is_word(r, first);)
            first++;
        if (first >= r->n || r->tokens[first].kind != CT_TOKEN_QUOTED)
            return i;
    } else {
        return i;
    }
    int end = ct_diagram_label_end(r, first);
    if (end == first || (paren && !ct_is_mark(r, end, ')')))
        return i;
    *label = ct_diagram_label(r, first, end);
    ct_mark(r, i, first, CT_USE_SILENT, NULL, NULL);
    ct_mark(r, first, end, CT_USE_UNDERSTOOD, "arrow label", NULL);
    ct_add_text(r, *label);
    return end + paren;
}

/* A chain around the arrow token at i; returns the token behind it. */
static int read_chain(struct ct_reader *r, int i)
{
    int start = label_start(r, i);
    int from = ct_diagram_node(r, start, i);
    while (i < r->n && r->tokens[i].kind == CT_TOKEN_ARROW) {
        uint8_t arrow = r->tokens[i].arrow;
        int first = i + 1, end;
        struct ct_slice label = { NULL, 0 };
        if (ct_is_mark(r, first, '|')) { /* Mermaid: A -->|text| B */
            end = ct_diagram_label_end(r, first + 1);
            if (end > first + 1 && ct_is_mark(r, end, '|')) {
                label = ct_diagram_label(r, first + 1, end);
                ct_mark(r, first + 1, end, CT_USE_UNDERSTOOD, "arrow label", NULL);
                ct_add_text(r, label);
                first = end + 1;
            }
        }
        end = ct_diagram_label_end(r, first);
        int to = ct_diagram_node(r, first, end);
        if (to < 0)
            return end > i ? end : i + 1;
        struct ct_slice behind;
        i = ct_diagram_edge_label(r, end, &behind);
        ct_diagram_edge(r, from, to, arrow, label.ptr ? label : behind);
        from = to;
    }
    return i;
}

static void read_chains(struct ct_reader *r)
{
    for (int i = 0; i < r->n;)
        i = r->tokens[i].kind == CT_TOKEN_ARROW && r->tokens[i].use == CT_USE_FREE
                ? read_chain(r, i)
                : i + 1;
}

/* "A, B and C" at i, each a box; returns the token behind the list. */
static int read_list(struct ct_reader *r, int i)
{
    struct ct_match m;
    bool commas = false;
    while (i < r->n) {
        int first = i;
        commas |= ct_is_mark(r, i, ',');
        if (ct_is_mark(r, i, ';') && commas)
            return i; /* the list is over: "A, B, C; arrows from A to B" */
        while (first < r->n && (ct_word_is(r, first, "and") || ct_word_is(r, first, "then") ||
                                ct_is_mark(r, first, ',') || ct_is_mark(r, first, ';') ||
                                ct_is_mark(r, first, '&')))
            first++;
        int end = ct_diagram_label_end(r, first);
        for (int k = first + 1; k < end; k++)
            if (ct_word_is(r, k, "and") || (ct_is_mark(r, k, '&') && !r->tokens[k].tight))
                end = k;
        if (end == first || ends_label(r, first) || ct_word_is(r, first, "from") ||
            ct_reader_match(r, first, CT_CLASS_BIT(ARROW), &m) ||
            ct_diagram_node(r, first, end) < 0)
            return i;
        i = end;
        if (!(ct_is_mark(r, i, ',') || ct_word_is(r, i, "then") || ct_is_mark(r, i, ';') ||
              ct_word_is(r, i, "and") || ct_is_mark(r, i, '&')))
            return i;
    }
    return i;
}

static bool starts_name(const struct ct_reader *r, int i)
{
    if (i >= r->n || r->tokens[i].use != CT_USE_FREE)
        return false;
    char c = r->tokens[i].text.ptr[0];
    return r->tokens[i].kind == CT_TOKEN_QUOTED ||
           (r->tokens[i].kind == CT_TOKEN_WORD && c >= 'A' && c <= 'Z');
}

/* A list announced by "boxes labeled", "steps:", "diagram: "; returns the token behind it. */
static int read_announced(struct ct_reader *r, int i)
{
    struct ct_match m, labeled;
    if (r->intent->n_nodes == CT_INTENT_NODES || !ct_reader_match(r, i, CT_CLASS_BIT(NODE), &m))
        return i;
    int from = i + m.n;
    bool announced = false;
    if (ct_reader_match(r, from, CT_CLASS_BIT(LABELED), &labeled)) {
        from += labeled.n;
        announced = true;
    }
    if (ct_is_mark(r, from, ':')) {
        announced = true;
        from++;
    }
    bool named = m.plural && (starts_name(r, from) || ct_is_mark(r, from, ','));
    if ((!announced && !named) || !m.plural)
        return i; /* "boxes User, Client", "three boxes, "Web" and "API"" */
    int end = read_list(r, from);
    if (end == from)
        return i;
    ct_mark(r, i, from, CT_USE_SILENT, NULL, NULL);
    if (i > 0 && r->tokens[i - 1].kind == CT_TOKEN_NUMBER && r->tokens[i - 1].use == CT_USE_FREE)
        ct_mark(r, i - 1, i, CT_USE_SILENT, NULL, NULL); /* "5 steps:" */
    return end;
}

/* The number at i is the one behind the boxes so far: "steps 1. Fetch 2. Decode". */
static bool is_next(const struct ct_reader *r, int i)
{
    uint64_t number;
    return ct_slice_u64(r->tokens[i].text, &number) && number == (uint64_t)r->intent->n_nodes + 1;
}

/* "1. Fetch" or "- Fetch" at the start of a line. */
static int read_bullet(struct ct_reader *r, int i)
{
    struct ct_match m;
    bool starts = i == 0 || r->tokens[i - 1].kind == CT_TOKEN_BREAK;
    int first = i + 1;
    if (i + 1 >= r->n)
        return i;
    if (ct_reader_match(r, i, CT_CLASS_BIT(NODE), &m) && i + m.n + 1 < r->n &&
        r->tokens[i + m.n].kind == CT_TOKEN_NUMBER && is_next(r, i + m.n) &&
        (ct_is_mark(r, i + m.n + 1, ':') || ct_is_mark(r, i + m.n + 1, '.')))
        first = i + m.n + 2; /* "Step 1: Plan" */
    else if (is_numbering(r, i) && (starts || is_next(r, i)))
        first++;
    else if (!starts || (!ct_is_mark(r, i, '-') && !ct_is_mark(r, i, '*')))
        return i;
    int end = ct_diagram_label_end(r, first);
    if (end == first || ct_diagram_node(r, first, end) < 0)
        return i;
    ct_mark(r, i, first, CT_USE_SILENT, NULL, NULL);
    return end;
}

static bool has_title_role(const struct ct_reader *r, int i)
{
    struct ct_match m;
    if (r->intent->template_id == CT_TEMPLATE_mind_map && i > 0 &&
        (ct_word_is(r, i - 1, "about") || ct_word_is(r, i - 1, "for") ||
         ct_word_is(r, i - 1, "of")))
        return true; /* the middle of the map */
    for (int k = i - 1; k >= 0 && k >= i - 3; k--) {
        if (r->tokens[k].kind == CT_TOKEN_QUOTED || ct_is_mark(r, k, ',') || ct_is_mark(r, k, '.'))
            return false;
        if (ct_lexicon_match(r->lexicon, r->tokens, r->n, k, CT_CLASS_BIT(ROLE), &m) &&
            ct_match_value(&m, CT_CLASS_ROLE) != CT_ROLE_TEXT)
            return true;
    }
    return false;
}

/* Each reader over all tokens; a reader returns i when nothing of its kind starts there. */
static void sweep(struct ct_reader *r, int (*read)(struct ct_reader *, int), bool free_only)
{
    for (int i = 0; i < r->n;) {
        bool skip = free_only && r->tokens[i].use != CT_USE_FREE;
        int end = skip ? i : read(r, i);
        i = end > i ? end : i + 1;
    }
}

/* Quoted texts without another role are boxes. */
static int read_quoted(struct ct_reader *r, int i)
{
    if (r->tokens[i].kind != CT_TOKEN_QUOTED || has_title_role(r, i))
        return i;
    ct_diagram_node(r, i, i + 1);
    return i + 1;
}

/* No arrow was named: each box points to the next, as "dashed arrows" says. */
static void link_in_order(struct ct_reader *r)
{
    struct ct_match m;
    uint8_t arrow = 0;
    for (int i = 0; i < r->n; i++)
        if (ct_reader_match(r, i, CT_CLASS_BIT(ARROW), &m)) {
            arrow |= (uint8_t)ct_match_value(&m, CT_CLASS_ARROW);
            ct_mark_match(r, &m, CT_USE_UNDERSTOOD, "arrows", NULL);
        }
    int n = r->intent->n_nodes;
    for (int i = 0; i + 1 < n; i++)
        ct_diagram_edge(r, i, i + 1, arrow, r->arrow_label);
    for (int i = 0; n > 2 && i < r->n; i++)
        if (ct_reader_match(r, i, CT_CLASS_BIT(LOOP), &m)) {
            ct_mark_match(r, &m, CT_USE_UNDERSTOOD, "closed loop", NULL);
            ct_diagram_edge(r, n - 1, 0, arrow, r->arrow_label);
            break;
        }
}

/* Boxes in the order of the prompt, whoever found them. */
static void sort_nodes(struct ct_reader *r)
{
    struct ct_intent *intent = r->intent;
    int place[CT_INTENT_NODES];
    struct ct_node sorted[CT_INTENT_NODES];
    const char *at[CT_INTENT_NODES];
    for (int i = 0; i < intent->n_nodes; i++) {
        place[i] = 0;
        for (int k = 0; k < intent->n_nodes; k++)
            place[i] += r->node_at[k] < r->node_at[i] || (r->node_at[k] == r->node_at[i] && k < i);
        sorted[place[i]] = intent->nodes[i];
        at[place[i]] = r->node_at[i];
    }
    for (int i = 0; i < intent->n_nodes; i++) {
        intent->nodes[i] = sorted[i];
        r->node_at[i] = at[i];
    }
    for (int i = 0; i < intent->n_edges; i++) {
        intent->edges[i].from = place[intent->edges[i].from];
        intent->edges[i].to = place[intent->edges[i].to];
    }
}

/* How many items the list at i has, and whether all of them start like names. */
static int count_items(const struct ct_reader *r, int i, bool *names)
{
    int n = 0;
    *names = true;
    while (i < r->n && n < CT_INTENT_NODES) {
        while (ct_is_mark(r, i, ',') || ct_word_is(r, i, "and") || ct_word_is(r, i, "then"))
            i++;
        int end = ct_diagram_label_end(r, i);
        for (int k = i + 1; k < end; k++)
            if (ct_word_is(r, k, "and")) {
                end = k;
                break;
            }
        if (end == i)
            break;
        n++;
        *names &= starts_name(r, i);
        i = end;
        if (!ct_is_mark(r, i, ',') && !ct_word_is(r, i, "and") && !ct_word_is(r, i, "then"))
            break;
    }
    return n;
}

/* "diagram of Plan, Do and Act", "A, B and C in a circle": a list nothing announces. */
static int read_plain_list(struct ct_reader *r, int i)
{
    bool names;
    bool starts = i == 0 || r->tokens[i - 1].kind == CT_TOKEN_BREAK || ct_is_mark(r, i - 1, '.') ||
                  ct_is_mark(r, i - 1, ':') || ct_word_is(r, i - 1, "of") ||
                  ct_word_is(r, i - 1, "with") || ct_word_is(r, i - 1, "showing");
    if (!starts || r->intent->n_nodes > 0)
        return i;
    int start = i;
    if (ct_word_is(r, i, "menu") || ct_word_is(r, i, "tabs") || ct_word_is(r, i, "columns") ||
        ct_word_is(r, i, "sections") || ct_word_is(r, i, "features") || ct_word_is(r, i, "lanes"))
        ct_mark(r, i, i + 1, CT_USE_SILENT, NULL, NULL), i++; /* "with menu Home, Team" */
    int items = count_items(r, i, &names);
    if (items < 2 || (!names && items < 3))
        return start;
    return read_list(r, i);
}

/* "mind map: A, B, C"; not "diagram: A calls B" nor "diagram: three boxes". */
static void read_page_list(struct ct_reader *r)
{
    static const uint64_t other = CT_CLASS_BIT(NODE) | CT_CLASS_BIT(ARROW) | CT_CLASS_BIT(NUMBER);
    struct ct_match m;
    int first = r->page_end + 1;
    if (r->page_end > 0 && ct_is_mark(r, r->page_end, ':') && !ct_diagram_is_sentence(r, first) &&
        !ct_reader_match(r, first, other, &m))
        read_list(r, first);
}

/* "Infographic: 5 steps to better sleep, labeled: "Dim the lights", ...": what stands between the
 * page word and the list is its heading. */
static void read_heading(struct ct_reader *r)
{
    struct ct_match m;
    int first = r->page_end + 1, groups, end = first;
    if (r->page_end == 0 || !ct_is_mark(r, r->page_end, ':') || r->intent->subject.ptr)
        return;
    ct_diagram_groups(r, first, true, &groups);
    if (groups > 1)
        return;
    while (end < r->n && end < first + 14 && (ct_is_word(r, end) || ct_is_mark(r, end, ',') ||
                                              ct_is_mark(r, end, '\'')) &&
           !ct_reader_match(r, end, CT_CLASS_BIT(LABELED), &m))
        end++;
    bool labeled = ct_reader_match(r, end, CT_CLASS_BIT(LABELED), &m) && !ct_word_is(r, end, "for");
    int list = labeled ? end + m.n : end, last = end;
    while (last > first && ct_is_mark(r, last - 1, ','))
        last--;
    for (int i = first; i < last; i++)
        if (ct_is_mark(r, i, ','))
            return; /* a list already */
    if (last == first || (!labeled && !ct_is_mark(r, end, ':')))
        return;
    list += ct_is_mark(r, list, ':');
    r->intent->subject = ct_reader_slice(r, first, last);
    ct_mark(r, first, last, CT_USE_UNDERSTOOD, "heading", NULL);
    ct_mark(r, last, list, CT_USE_SILENT, NULL, NULL);
    read_list(r, list);
}

/* The lists that say of themselves what they are. */
static void read_lists(struct ct_reader *r)
{
    read_page_list(r);
    sweep(r, read_announced, true);
    if (r->intent->n_nodes == 0)
        sweep(r, read_bullet, true);
}

/* When nothing else named a box: "... the login process: enter email, then password", and a list
 * nothing announces. */
static void read_last_resort(struct ct_reader *r)
{
    for (int i = r->page_end; r->intent->n_nodes == 0 && i < r->n; i++)
        if (ct_is_mark(r, i, ':') && r->tokens[i].use == CT_USE_FREE)
            read_list(r, i + 1);
    if (r->intent->n_nodes == 0)
        sweep(r, read_plain_list, true);
}

/* A screen with a single quoted text: its name, not one of its entries. */
static bool names_screen(const struct ct_reader *r)
{
    int quoted = 0;
    enum ct_template_id id = r->intent->template_id;
    for (int i = 0; i < r->n; i++)
        quoted += r->tokens[i].kind == CT_TOKEN_QUOTED && r->tokens[i].use == CT_USE_FREE;
    return quoted == 1 && (id == CT_TEMPLATE_login || id == CT_TEMPLATE_app_screen ||
                           id == CT_TEMPLATE_music_player || id == CT_TEMPLATE_settings ||
                           id == CT_TEMPLATE_dashboard || id == CT_TEMPLATE_landing_page ||
                           id == CT_TEMPLATE_product_page || id == CT_TEMPLATE_weather);
}

void ct_read_points(struct ct_reader *r)
{
    read_heading(r);
    read_lists(r);
    if (!names_screen(r))
        sweep(r, read_quoted, true);
    read_last_resort(r);
    sort_nodes(r);
}

/* Templates whose points stand under headings. */
static bool takes_groups(enum ct_template_id id)
{
    return id == CT_TEMPLATE_architecture || id == CT_TEMPLATE_mind_map ||
           id == CT_TEMPLATE_quadrant;
}

/* Boxes and arrows in the ways all diagrams have them. */
static void read_steps(struct ct_reader *r)
{
    read_chains(r);
    read_lists(r);
    sweep(r, ct_diagram_from_to, true);
    sweep(r, ct_diagram_sentence, false);
    sweep(r, read_quoted, true);
    read_last_resort(r);
}

/* Templates that read their boxes in a way of their own; true when that found some. */
static bool read_own(struct ct_reader *r, enum ct_template_id id)
{
    if (id == CT_TEMPLATE_org_chart)
        ct_read_ranks(r);
    else if (id == CT_TEMPLATE_gantt)
        ct_read_tasks(r);
    else if (id == CT_TEMPLATE_table)
        ct_read_table(r);
    else if (id == CT_TEMPLATE_swim_lanes)
        ct_read_lanes(r, read_steps);
    return r->intent->n_nodes > 0;
}

void ct_read_diagram(struct ct_reader *r)
{
    struct ct_intent *intent = r->intent;
    enum ct_template_id id = intent->template_id;
    if (id == CT_TEMPLATE_diagram && ct_diagram_flow(r)) {
        sort_nodes(r);
        return;
    }
    if (id == CT_TEMPLATE_entity) {
        ct_read_entities(r);
        if (intent->n_nodes > 0) {
            sort_nodes(r);
            return;
        }
    }
    if (takes_groups(id) && ct_diagram_read_groups(r)) {
        if (id == CT_TEMPLATE_mind_map)
            ct_diagram_branch_groups(r);
        sort_nodes(r);
        return;
    }
    if (read_own(r, id)) {
        sort_nodes(r);
        return;
    }
    read_steps(r);
    sort_nodes(r);
    if (id == CT_TEMPLATE_org_chart) {
        ct_rank_list(r);
        return;
    }
    if (id == CT_TEMPLATE_gantt || id == CT_TEMPLATE_table || id == CT_TEMPLATE_quadrant)
        return;
    if (id == CT_TEMPLATE_architecture || id == CT_TEMPLATE_entity) {
        if (intent->n_edges > 0)
            intent->template_id = CT_TEMPLATE_diagram; /* told with its arrows */
        return;
    }
    if ((intent->n_edges == 0 || r->link_all) && id != CT_TEMPLATE_mind_map)
        link_in_order(r);
}
