/* Arrows told in sentences: "arrows from A to B labeled 'x', B to C", "A sends tokens to B, which
 * returns a code and calls C and D", "A connects to B and back".
 *
 * Called by diagram_grammar.c at every token. A box is named by its label, in quotes, or by
 * capitalised words; nothing else makes a new one. */
#include "engines/scene/prompt/diagram_reader.h"

enum {
    NAME_WORDS = 8 /* of a capitalised name: looked for at every word, so it is bounded */
};

static bool is_break(const struct ct_reader *r, int i)
{
    return i >= r->n || r->tokens[i].kind == CT_TOKEN_BREAK;
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
        return ct_diagram_find(intent, ct_token_quoted(t));
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
    return ct_diagram_node(r, i, *behind);
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

/* "and back", "and vice versa" at i: the last arrow goes both ways; returns the token behind. */
static int read_back(struct ct_reader *r, int i)
{
    struct ct_intent *intent = r->intent;
    int at = i + ct_is_mark(r, i, ',');
    if (!ct_word_is(r, at, "and") || intent->n_edges == 0)
        return i;
    int end = ct_word_is(r, at + 1, "back")                                     ? at + 2
              : ct_word_is(r, at + 1, "vice") && ct_word_is(r, at + 2, "versa") ? at + 3
                                                                                : i;
    if (end == i || (end < r->n && ct_word_is(r, end, "to")))
        return i;
    intent->edges[intent->n_edges - 1].both_ways = true;
    ct_mark(r, at, end, CT_USE_SILENT, NULL, NULL);
    return end;
}

/* Commas and "and", "then" between the arrows of a list. */
static int skip_joints(const struct ct_reader *r, int i)
{
    while (ct_is_mark(r, i, ',') || ct_is_mark(r, i, ';') || ct_word_is(r, i, "and") ||
           ct_word_is(r, i, "then"))
        i++;
    return i;
}

/* "to B", "back to B" at i: the token of B; -1 when there is none. */
static int end_at(const struct ct_reader *r, int i, bool between)
{
    if (ct_word_is(r, i, "back"))
        i++;
    return ct_word_is(r, i, between ? "and" : "to") ? skip_article(r, i + 1) : -1;
}

/* "A to B to C labeled 'x'" at i; returns the token behind, i when there is no arrow. */
static int read_path(struct ct_reader *r, int i, uint8_t arrow, bool between, struct ct_slice label)
{
    int behind = 0, first = skip_article(r, i), made = 0;
    int from = named_node(r, first, &behind);
    if (from < 0)
        return i;
    use_name(r, first, behind);
    int at = behind, from_end = behind;
    while ((first = end_at(r, at, between)) >= 0) {
        int to = named_node(r, first, &behind);
        if (to < 0)
            break;
        use_name(r, first, behind);
        struct ct_slice own;
        at = ct_diagram_edge_label(r, behind, &own);
        ct_mark(r, from_end, from_end + ct_word_is(r, from_end, "back"), CT_USE_SILENT, NULL, NULL);
        from_end = at;
        made += ct_diagram_edge(r, from, to, arrow, own.ptr ? own : label);
        at = read_back(r, at);
        from = to;
    }
    return made ? at : i;
}

/* Is there "B to C" at i, with no "from"? */
static bool is_path(const struct ct_reader *r, int i)
{
    int behind = i;
    i = skip_article(r, i);
    if (!can_name(r, i) || r->tokens[i].use != CT_USE_FREE)
        return false;
    if (node_at(r, i, &behind) < 0)
        behind = r->tokens[i].kind == CT_TOKEN_QUOTED ? i + 1 : upper_end(r, i);
    int to = end_at(r, behind, false);
    return to >= 0 && can_name(r, to);
}

int ct_diagram_from_to(struct ct_reader *r, int i)
{
    struct ct_match m;
    uint8_t arrow = 0;
    int at = i;
    if (ct_reader_match(r, at, CT_CLASS_BIT(ARROW), &m)) {
        arrow = (uint8_t)ct_match_value(&m, CT_CLASS_ARROW);
        at += m.n;
    }
    struct ct_slice label = { NULL, 0 };
    if (at > i)
        at = ct_diagram_edge_label(r, at, &label);
    bool between = ct_word_is(r, at, "between");
    if (!between && !ct_word_is(r, at, "from")) {
        if (label.ptr)
            r->arrow_label = label;
        return label.ptr ? at : i;
    }
    if (between && ct_reader_match(r, at + 1, CT_CLASS_BIT(PRONOUN), &m)) {
        r->link_all = true; /* "arrows between them labeled 'next'" */
        int behind = ct_diagram_edge_label(r, at + 1 + m.n, &label);
        r->arrow_label = label;
        return label.ptr ? behind : i;
    }
    int end = read_path(r, at + 1, arrow, between, label);
    if (end == at + 1)
        return i;
    ct_mark(r, i, i + 1, CT_USE_SILENT, NULL, NULL);
    for (int next = skip_joints(r, end); next > end && is_path(r, next);
         next = skip_joints(r, end)) {
        int behind = read_path(r, next, arrow, false, label);
        if (behind == next)
            break;
        end = behind;
    }
    return end;
}

/* A verb that makes an arrow. */
struct verb {
    struct ct_match m;
    int to;               /* token of the box it leads to */
    struct ct_slice what; /* "sends tokens to": what is sent */
    int what_first, what_end;
    bool reverse; /* "reads rows from" */
};

/* The verb at i with its object, up to the box behind it. */
static bool match_verb(const struct ct_reader *r, int i, struct verb *v)
{
    *v = (struct verb){ .to = -1 };
    if (!ct_reader_match(r, i, CT_CLASS_BIT(LINK) | CT_CLASS_BIT(SENDS), &v->m))
        return false;
    int at = i + v->m.n;
    if (!(v->m.classes & CT_CLASS_BIT(LINK))) {
        int what = at;
        while (at < r->n && at < what + 8 && !ct_word_is(r, at, "to") &&
               !ct_word_is(r, at, "from") && !is_break(r, at) && !ct_is_mark(r, at, '.'))
            at++;
        v->reverse = ct_word_is(r, at, "from") && !ct_word_is(r, i, "requests");
        if (!ct_word_is(r, at, "to") && !ct_word_is(r, at, "from"))
            return false;
        v->what_first = skip_article(r, what);
        v->what_end = at;
        if (v->what_first < at)
            v->what = ct_diagram_label(r, v->what_first, at);
        at++;
        at += ct_word_is(r, at, "back") && ct_word_is(r, at + 1, "to") ? 2 : 0;
    }
    v->to = skip_article(r, at);
    return can_name(r, v->to);
}

/* "C, D and E" more after "A calls B"; a name followed by a verb begins a sentence of its own. */
static int read_more_ends(struct ct_reader *r, int i, int from, uint8_t arrow)
{
    for (;;) {
        struct ct_match m;
        int next = skip_joints(r, i), behind = next;
        next = skip_article(r, next);
        if (next == i || !can_name(r, next) || r->tokens[next].use == CT_USE_SILENT)
            return i;
        if (node_at(r, next, &behind) < 0)
            behind = r->tokens[next].kind == CT_TOKEN_QUOTED ? next + 1 : upper_end(r, next);
        if (behind <= next || end_at(r, behind, false) >= 0 ||
            ct_reader_match(r, behind,
                            CT_CLASS_BIT(LINK) | CT_CLASS_BIT(SENDS) | CT_CLASS_BIT(ARROW), &m))
            return i;
        int to = named_node(r, next, &behind);
        if (to < 0 || !ct_diagram_edge(r, from, to, arrow, (struct ct_slice){ NULL, 0 }))
            return i;
        use_name(r, next, behind);
        i = behind;
    }
}

/* One verb with its ends; returns the token behind, i when it makes no arrow. */
static int read_verb(struct ct_reader *r, int i, int from, int *to_out)
{
    struct verb v;
    struct ct_slice own;
    int behind = 0;
    if (!match_verb(r, i, &v))
        return i;
    int to = named_node(r, v.to, &behind);
    if (to < 0 || from < 0)
        return i;
    ct_mark_match(r, &v.m, CT_USE_SILENT, NULL, NULL);
    if (v.what.ptr) {
        ct_mark(r, v.what_first, v.what_end, CT_USE_UNDERSTOOD, "arrow label", NULL);
        ct_add_text(r, v.what);
    }
    use_name(r, v.to, behind);
    int end = ct_diagram_edge_label(r, behind, &own);
    bool both = v.m.classes & CT_CLASS_BIT(LINK) && ct_match_value(&v.m, CT_CLASS_LINK) == 1;
    ct_diagram_edge(r, v.reverse ? to : from, v.reverse ? from : to, both ? CT_ARROW_BOTH : 0,
                    own.ptr ? own : v.what);
    *to_out = to;
    end = read_back(r, end);
    return v.m.classes & CT_CLASS_BIT(LINK) ? read_more_ends(r, end, from, 0) : end;
}

/* The end of the name a sentence starts with; i when none does. */
static int name_end(const struct ct_reader *r, int i)
{
    int behind = i;
    if (i >= r->n || ct_word_is(r, i, "the"))
        return i;
    if (node_at(r, i, &behind) >= 0)
        return behind;
    if (r->tokens[i].kind == CT_TOKEN_QUOTED)
        return r->tokens[i].use == CT_USE_FREE ? i + 1 : i;
    return is_upper(r, i) ? upper_end(r, i) : i;
}

bool ct_diagram_is_sentence(const struct ct_reader *r, int i)
{
    struct verb v;
    i = skip_article(r, i);
    int behind = name_end(r, i);
    return behind > i && match_verb(r, behind, &v);
}

int ct_diagram_sentence(struct ct_reader *r, int i)
{
    struct verb v;
    int behind = name_end(r, i), to = -1;
    if (behind == i || !match_verb(r, behind, &v))
        return i;
    int from = named_node(r, i, &behind);
    int end = read_verb(r, behind, from, &to);
    if (end == behind)
        return i;
    use_name(r, i, behind);
    for (int at = end;; at = end) { /* ", which calls C and returns a code to A" */
        at = skip_joints(r, at);
        bool which =
            ct_word_is(r, at, "which") || ct_word_is(r, at, "that") || ct_word_is(r, at, "who");
        int subject = which ? to : from;
        int next = read_verb(r, at + which, subject, &to);
        if (next == at + which || (at == end && !which))
            return end;
        from = subject;
        end = next;
    }
}
