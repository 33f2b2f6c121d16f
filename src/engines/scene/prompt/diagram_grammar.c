/* Diagrams: the boxes, and the arrows between them.
 *
 * Boxes come from arrow chains ("A -> B -> C"), from lists ("boxes labeled A, B and C",
 * "steps: ..."), from numbered or bulleted lines, and last from quoted texts nothing else claims.
 * Arrows come from chains, from "arrow from A to B labeled 'x'", and from sentences about boxes
 * already named ("A connects to B", "A sends tokens to B"). When none is given, each box points to
 * the next. Labels are slices of the prompt, exactly as written. */
#include "engines/scene/prompt/reader.h"

enum {
    NAME_WORDS = 8 /* of a capitalised name: looked for at every word, so it is bounded */
};

static bool is_mark(const struct ct_reader *r, int i, char mark)
{
    return i >= 0 && i < r->n && r->tokens[i].kind == CT_TOKEN_MARK && r->tokens[i].mark == mark;
}

static bool is_break(const struct ct_reader *r, int i)
{
    return i >= r->n || r->tokens[i].kind == CT_TOKEN_BREAK;
}

static bool word_is(const struct ct_reader *r, int i, const char *word)
{
    return i >= 0 && i < r->n && r->tokens[i].kind == CT_TOKEN_WORD &&
           ct_slice_ieq(r->tokens[i].text, ct_slice(word));
}

static int find_node(const struct ct_intent *intent, struct ct_slice label)
{
    for (int i = 0; i < intent->n_nodes; i++)
        if (ct_slice_ieq(intent->nodes[i].label, label))
            return i;
    return -1;
}

/* The node of that label, a new one when there is none; -1 when there are too many. */
static int node_of(struct ct_reader *r, struct ct_slice label)
{
    struct ct_intent *intent = r->intent;
    int at = find_node(intent, label);
    if (at >= 0 || label.len == 0 || intent->n_nodes == CT_INTENT_NODES)
        return at;
    intent->nodes[intent->n_nodes] = (struct ct_node){ label };
    return intent->n_nodes++;
}

static bool add_edge(struct ct_reader *r, int from, int to, uint8_t arrow, struct ct_slice label)
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

static struct ct_slice label_slice(const struct ct_reader *r, int first, int end)
{
    if (end == first + 1 && r->tokens[first].kind == CT_TOKEN_QUOTED)
        return ct_token_quoted(&r->tokens[first]);
    return ct_reader_slice(r, first, end);
}

/* Tokens [first, end) are the label of a box. */
static int label_node(struct ct_reader *r, int first, int end)
{
    if (first >= end)
        return -1;
    struct ct_slice label = label_slice(r, first, end);
    int node = node_of(r, label);
    if (node >= 0) {
        if (r->tokens[first].use == CT_USE_FREE)
            ct_add_text(r, label);
        ct_mark(r, first, end, CT_USE_UNDERSTOOD, "box", NULL);
    }
    return node;
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
        if (word_is(r, i, words[k]))
            return true;
    return (word_is(r, i, "in") || word_is(r, i, "on")) &&
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
           (is_mark(r, i + 1, '.') || is_mark(r, i + 1, ')')) && r->tokens[i + 1].tight;
}

static int label_end(const struct ct_reader *r, int i)
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
static int read_edge_label(struct ct_reader *r, int i, struct ct_slice *label)
{
    struct ct_match m;
    int first = i;
    bool paren = is_mark(r, i, '(');
    *label = (struct ct_slice){ NULL, 0 };
    if (paren || is_mark(r, i, ':')) {
        first = i + 1;
    } else if (ct_reader_match(r, i, CT_CLASS_BIT(LABELED), &m) && !word_is(r, i, "for")) {
        first = i + m.n;
        first += is_mark(r, first, ':');
    } else if ((word_is(r, i, "with") || word_is(r, i, "via")) && i + 1 < r->n) {
        for (first = i + 1; first < r->n && first < i + 5 && ct_is_word(r, first);)
            first++;
        if (first >= r->n || r->tokens[first].kind != CT_TOKEN_QUOTED)
            return i;
    } else {
        return i;
    }
    int end = label_end(r, first);
    if (end == first || (paren && !is_mark(r, end, ')')))
        return i;
    *label = label_slice(r, first, end);
    ct_mark(r, i, first, CT_USE_SILENT, NULL, NULL);
    ct_mark(r, first, end, CT_USE_UNDERSTOOD, "arrow label", NULL);
    ct_add_text(r, *label);
    return end + paren;
}

/* A chain around the arrow token at i; returns the token behind it. */
static int read_chain(struct ct_reader *r, int i)
{
    int start = label_start(r, i);
    int from = label_node(r, start, i);
    while (i < r->n && r->tokens[i].kind == CT_TOKEN_ARROW) {
        uint8_t arrow = r->tokens[i].arrow;
        int first = i + 1, end;
        struct ct_slice label = { NULL, 0 };
        if (is_mark(r, first, '|')) { /* Mermaid: A -->|text| B */
            end = label_end(r, first + 1);
            if (end > first + 1 && is_mark(r, end, '|')) {
                label = label_slice(r, first + 1, end);
                ct_mark(r, first + 1, end, CT_USE_UNDERSTOOD, "arrow label", NULL);
                ct_add_text(r, label);
                first = end + 1;
            }
        }
        end = label_end(r, first);
        int to = label_node(r, first, end);
        if (to < 0)
            return end > i ? end : i + 1;
        struct ct_slice behind;
        i = read_edge_label(r, end, &behind);
        add_edge(r, from, to, arrow, label.ptr ? label : behind);
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
        commas |= is_mark(r, i, ',');
        if (is_mark(r, i, ';') && commas)
            return i; /* the list is over: "A, B, C; arrows from A to B" */
        while (first < r->n &&
               (word_is(r, first, "and") || word_is(r, first, "then") || is_mark(r, first, ',') ||
                is_mark(r, first, ';') || is_mark(r, first, '&')))
            first++;
        int end = label_end(r, first);
        for (int k = first + 1; k < end; k++)
            if (word_is(r, k, "and") || (is_mark(r, k, '&') && !r->tokens[k].tight))
                end = k;
        if (end == first || ct_reader_match(r, first, CT_CLASS_BIT(ARROW), &m) ||
            label_node(r, first, end) < 0)
            return i;
        i = end;
        if (!(is_mark(r, i, ',') || word_is(r, i, "then") || is_mark(r, i, ';') ||
              word_is(r, i, "and") || is_mark(r, i, '&')))
            return i;
    }
    return i;
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
    if (is_mark(r, from, ':')) {
        announced = true;
        from++;
    }
    if (!announced || !m.plural)
        return i;
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
    bool starts = i == 0 || r->tokens[i - 1].kind == CT_TOKEN_BREAK;
    int first = i + 1;
    if (i + 1 >= r->n)
        return i;
    if (is_numbering(r, i) && (starts || is_next(r, i)))
        first++;
    else if (!starts || (!is_mark(r, i, '-') && !is_mark(r, i, '*')))
        return i;
    int end = label_end(r, first);
    if (end == first || label_node(r, first, end) < 0)
        return i;
    ct_mark(r, i, first, CT_USE_SILENT, NULL, NULL);
    return end;
}

/* The box named at token i, as a word or quoted: its node, and the token behind it. */
static int node_at(const struct ct_reader *r, int i, int *behind)
{
    const struct ct_intent *intent = r->intent;
    int best = -1;
    if (i >= r->n)
        return -1;
    const struct ct_token *t = &r->tokens[i];
    if (t->kind == CT_TOKEN_QUOTED) {
        *behind = i + 1;
        return find_node(intent, ct_token_quoted(t));
    }
    size_t room = (size_t)(intent->prompt.ptr + intent->prompt.len - t->text.ptr);
    for (int k = 0; k < intent->n_nodes; k++) {
        struct ct_slice label = intent->nodes[k].label;
        if (label.len > room || !ct_slice_ieq(ct_slice_n(t->text.ptr, label.len), label) ||
            (best >= 0 && label.len <= intent->nodes[best].label.len))
            continue;
        const char *end = t->text.ptr + label.len;
        int last = i;
        while (last + 1 < r->n && r->tokens[last + 1].text.ptr < end)
            last++;
        if (r->tokens[last].text.ptr + r->tokens[last].text.len != end)
            continue; /* ends inside a word */
        best = k;
        *behind = last + 1;
    }
    return best;
}

static bool is_upper(const struct ct_reader *r, int i)
{
    return r->tokens[i].text.ptr[0] >= 'A' && r->tokens[i].text.ptr[0] <= 'Z';
}

/* The end of the capitalised words at i; i when there are none. */
static int upper_end(const struct ct_reader *r, int i)
{
    int most = i + NAME_WORDS;
    while (i < most && ct_is_word(r, i) && (is_upper(r, i) || r->tokens[i].kind == CT_TOKEN_NUMBER))
        i++;
    return i;
}

static int skip_article(const struct ct_reader *r, int i)
{
    struct ct_match m;
    while (ct_reader_match(r, i, CT_CLASS_BIT(ARTICLE), &m) && !is_upper(r, i))
        i += m.n; /* "A" may be a box */
    return i;
}

/* A box named at i, a new one when it is quoted or capitalised. */
static int named_node(struct ct_reader *r, int i, int *behind)
{
    int node = node_at(r, i, behind);
    if (node >= 0 || i >= r->n || r->tokens[i].use != CT_USE_FREE)
        return node;
    *behind = r->tokens[i].kind == CT_TOKEN_QUOTED ? i + 1 : is_upper(r, i) ? upper_end(r, i) : i;
    return label_node(r, i, *behind);
}

static bool can_name(const struct ct_reader *r, int i)
{
    int behind;
    return i < r->n &&
           (node_at(r, i, &behind) >= 0 || r->tokens[i].kind == CT_TOKEN_QUOTED || is_upper(r, i));
}

/* Names of boxes said again in a sentence about arrows are not new words. */
static void use_name(struct ct_reader *r, int first, int end)
{
    if (r->tokens[first].use == CT_USE_FREE)
        ct_mark(r, first, end, CT_USE_UNDERSTOOD, "box", NULL);
}

/* "arrow from A to B labeled 'x'" and "from A to B to C" at i. */
static int read_from_to(struct ct_reader *r, int i)
{
    struct ct_match m;
    uint8_t arrow = 0;
    int at = i, behind = 0;
    if (ct_reader_match(r, at, CT_CLASS_BIT(ARROW), &m)) {
        arrow = (uint8_t)ct_match_value(&m, CT_CLASS_ARROW);
        at += m.n;
    }
    struct ct_slice label = { NULL, 0 };
    if (at > i)
        at = read_edge_label(r, at, &label);
    if (!word_is(r, at, "from") && !word_is(r, at, "between"))
        return i;
    bool between = word_is(r, at, "between");
    int first = skip_article(r, at + 1);
    int from = named_node(r, first, &behind);
    if (from < 0)
        return i;
    use_name(r, first, behind);
    at = behind;
    while (word_is(r, at, between ? "and" : "to")) {
        first = skip_article(r, at + 1);
        int to = named_node(r, first, &behind);
        if (to < 0)
            break;
        use_name(r, first, behind);
        struct ct_slice own;
        at = read_edge_label(r, behind, &own);
        add_edge(r, from, to, arrow, own.ptr ? own : label);
        from = to;
    }
    ct_mark(r, i, i + 1, CT_USE_SILENT, NULL, NULL);
    return at > i ? at : i + 1;
}

/* "A connects to B", "A sends tokens to B" with A at i. */
static int read_sentence(struct ct_reader *r, int i)
{
    struct ct_match m;
    int behind = 0, to_behind = 0;
    int from = node_at(r, i, &behind);
    struct ct_slice label = { NULL, 0 };
    if (from < 0)
        behind = is_upper(r, i) ? upper_end(r, i) : i;
    if (behind == i || !ct_reader_match(r, behind, CT_CLASS_BIT(LINK) | CT_CLASS_BIT(SENDS), &m))
        return i;
    int at = behind + m.n, what = at;
    if (!(m.classes & CT_CLASS_BIT(LINK))) {
        while (at < r->n && at < what + 8 && !word_is(r, at, "to") && !is_break(r, at) &&
               !is_mark(r, at, '.'))
            at++;
        if (!word_is(r, at, "to"))
            return i;
        what = skip_article(r, what);
        if (what < at)
            label = label_slice(r, what, at);
        at++;
    }
    int first = skip_article(r, at);
    if (!can_name(r, first))
        return i;
    from = from >= 0 ? from : named_node(r, i, &behind);
    int to = named_node(r, first, &to_behind);
    if (to < 0 || from < 0)
        return i;
    use_name(r, i, behind);
    ct_mark_match(r, &m, CT_USE_SILENT, NULL, NULL);
    if (label.ptr) {
        ct_mark(r, what, at - 1, CT_USE_UNDERSTOOD, "arrow label", NULL);
        ct_add_text(r, label);
    }
    use_name(r, first, to_behind);
    struct ct_slice own;
    int end = read_edge_label(r, to_behind, &own);
    bool both = m.classes & CT_CLASS_BIT(LINK) && ct_match_value(&m, CT_CLASS_LINK) == 1;
    add_edge(r, from, to, both ? CT_ARROW_BOTH : 0, own.ptr ? own : label);
    return end;
}

static bool has_title_role(const struct ct_reader *r, int i)
{
    struct ct_match m;
    for (int k = i - 1; k >= 0 && k >= i - 3; k--) {
        if (r->tokens[k].kind == CT_TOKEN_QUOTED || is_mark(r, k, ',') || is_mark(r, k, '.'))
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
    label_node(r, i, i + 1);
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
    for (int i = 0; i + 1 < r->intent->n_nodes; i++)
        add_edge(r, i, i + 1, arrow, (struct ct_slice){ NULL, 0 });
}

/* Boxes in the order of the prompt, whoever found them. */
static void sort_nodes(struct ct_intent *intent)
{
    int place[CT_INTENT_NODES];
    struct ct_node sorted[CT_INTENT_NODES];
    for (int i = 0; i < intent->n_nodes; i++) {
        place[i] = 0;
        for (int k = 0; k < intent->n_nodes; k++)
            place[i] += intent->nodes[k].label.ptr < intent->nodes[i].label.ptr;
        sorted[place[i]] = intent->nodes[i];
    }
    for (int i = 0; i < intent->n_nodes; i++)
        intent->nodes[i] = sorted[i];
    for (int i = 0; i < intent->n_edges; i++) {
        intent->edges[i].from = place[intent->edges[i].from];
        intent->edges[i].to = place[intent->edges[i].to];
    }
}

/* The lists that say of themselves what they are. */
static void read_lists(struct ct_reader *r)
{
    if (r->page_end > 0 && is_mark(r, r->page_end, ':'))
        read_list(r, r->page_end + 1); /* "mind map: A, B, C" */
    sweep(r, read_announced, true);
    if (r->intent->n_nodes == 0)
        sweep(r, read_bullet, true);
}

/* "... the login process: enter email, then password", when nothing else named a box. */
static void read_last_resort(struct ct_reader *r)
{
    for (int i = r->page_end; r->intent->n_nodes == 0 && i < r->n; i++)
        if (is_mark(r, i, ':') && r->tokens[i].use == CT_USE_FREE)
            read_list(r, i + 1);
}

void ct_read_points(struct ct_reader *r)
{
    read_lists(r);
    sweep(r, read_quoted, true);
    read_last_resort(r);
    sort_nodes(r->intent);
}

void ct_read_diagram(struct ct_reader *r)
{
    struct ct_intent *intent = r->intent;
    read_chains(r);
    read_lists(r);
    sweep(r, read_from_to, true);
    sweep(r, read_quoted, true);
    sweep(r, read_sentence, false);
    read_last_resort(r);
    sort_nodes(intent);
    if (intent->n_edges == 0)
        link_in_order(r);
}
