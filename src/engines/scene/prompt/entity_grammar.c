/* Entities and classes: "User(id, name), Order(id); User has many Orders, Item belongs to Product",
 * "Dog extends Animal".
 *
 * Called by diagram_grammar.c for ER and class diagrams. A name is a capitalised word, or any word
 * before a bracket; the words between two names of a clause are what joins them, and say which end
 * is many. A plural names the same entity as its singular. */
#include "engines/scene/prompt/diagram_reader.h"

enum { CLAUSE_WORDS = 12 };

static bool is_end(const struct ct_reader *r, int i)
{
    return i >= r->n || r->tokens[i].kind == CT_TOKEN_BREAK || ct_is_mark(r, i, '.') ||
           ct_is_mark(r, i, ';') || ct_is_mark(r, i, ',') || r->tokens[i].use != CT_USE_FREE;
}

static bool is_name(const struct ct_reader *r, int i)
{
    char c = i < r->n ? r->tokens[i].text.ptr[0] : 'a';
    return i < r->n && r->tokens[i].use == CT_USE_FREE &&
           (r->tokens[i].kind == CT_TOKEN_QUOTED ||
            (r->tokens[i].kind == CT_TOKEN_WORD && c >= 'A' && c <= 'Z'));
}

/* "Orders" without its plural. */
static struct ct_slice singular(struct ct_slice word)
{
    if (word.len > 3 && word.ptr[word.len - 1] == 's' && word.ptr[word.len - 2] != 's' &&
        !(word.ptr[word.len - 2] == 'u' || word.ptr[word.len - 2] == 'i'))
        word.len -= 1;
    return word;
}

/* The entity called so, in the plural too; -1. */
static int entity_named(const struct ct_intent *intent, struct ct_slice word)
{
    int node = ct_diagram_find(intent, word);
    if (node < 0)
        node = ct_diagram_find(intent, singular(word));
    for (int i = 0; i < intent->n_nodes && node < 0; i++) {
        struct ct_slice label = intent->nodes[i].label;
        bool ies = word.len > 4 && ct_slice_ends(word, "ies") && label.len == word.len - 2 &&
                   label.ptr[label.len - 1] == 'y';
        if (ies &&
            ct_slice_ieq(ct_slice_n(word.ptr, word.len - 3), ct_slice_n(label.ptr, label.len - 1)))
            node = i;
    }
    return node;
}

static int entity(struct ct_reader *r, int i)
{
    struct ct_slice word = r->tokens[i].kind == CT_TOKEN_QUOTED ? ct_token_quoted(&r->tokens[i])
                                                                : r->tokens[i].text;
    int node = entity_named(r->intent, word);
    if (node < 0)
        node = ct_diagram_box(r, r->tokens[i].kind == CT_TOKEN_QUOTED ? word : singular(word), i);
    ct_mark(r, i, i + 1, CT_USE_UNDERSTOOD, "entity", NULL);
    return node;
}

/* "User(id, name)", "User: id, name;" */
static int read_fields(struct ct_reader *r, int i)
{
    struct ct_slice detail;
    bool starts = i == 0 || i == r->page_end || !ct_is_word(r, i - 1) ||
                  ct_word_is(r, i - 1, "and") || ct_word_is(r, i - 1, "with") ||
                  ct_word_is(r, i - 1, "tables") || ct_word_is(r, i - 1, "entities") ||
                  ct_word_is(r, i - 1, "classes");
    if (!ct_is_word(r, i) && r->tokens[i].kind != CT_TOKEN_QUOTED)
        return i;
    if (!starts && !ct_is_mark(r, i + 1, '('))
        return i;
    int at = i + 1, end = at;
    if (ct_is_mark(r, at, '(') || ct_is_mark(r, at, '{')) {
        int node = entity(r, i);
        end = ct_diagram_detail(r, at, &detail);
        if (node >= 0 && end > at)
            r->intent->nodes[node].detail = detail;
        return end;
    }
    if (!ct_is_mark(r, at, ':') || !is_name(r, i))
        return i;
    end = at + 1;
    while (end < r->n && !ct_is_mark(r, end, '.') && !ct_is_mark(r, end, ';') &&
           r->tokens[end].kind != CT_TOKEN_BREAK && r->tokens[end].use == CT_USE_FREE &&
           !(is_name(r, end) && (ct_is_mark(r, end + 1, ':') || ct_is_mark(r, end + 1, '('))))
        end++;
    while (end > at + 1 && (ct_is_mark(r, end - 1, ',') || ct_word_is(r, end - 1, "and")))
        end--;
    if (end == at + 1 || is_name(r, at + 1))
        return i; /* "ER diagram: User has ..." */
    int node = entity(r, i);
    if (node < 0)
        return i;
    r->intent->nodes[node].detail = ct_reader_slice(r, at + 1, end);
    ct_mark(r, at + 1, end, CT_USE_UNDERSTOOD, "fields", NULL);
    return end;
}

static bool says(struct ct_slice words, const char *what)
{
    size_t n = strlen(what);
    for (size_t i = 0; i + n <= words.len; i++)
        if (ct_slice_ieq(ct_slice_n(words.ptr + i, n), ct_slice(what)))
            return true;
    return false;
}

/* Which ends are many. */
static void set_many(struct ct_edge *e, bool plural)
{
    struct ct_slice w = e->label;
    bool back = says(w, "belong") || says(w, "many to one") || says(w, "many-to-one") ||
                says(w, "N:1") || says(w, "part of") || says(w, "references");
    bool both =
        says(w, "many to many") || says(w, "many-to-many") || says(w, "N:M") || says(w, "M:N");
    bool one = says(w, "one to one") || says(w, "one-to-one") || says(w, "1:1") ||
               says(w, "has one") || says(w, "has a");
    e->many_from = both || back;
    e->many_to = both || (!back && !one && (plural || says(w, "many") || says(w, "1:N") ||
                                            says(w, "contains") || says(w, "multiple")));
}

/* "User has many Orders" at i. */
static int read_relation(struct ct_reader *r, int i)
{
    struct ct_match m;
    int first = i;
    while (ct_reader_match(r, first, CT_CLASS_BIT(ARTICLE), &m) && !is_name(r, first))
        first += m.n;
    bool known = first < r->n && ct_is_word(r, first) &&
                 entity_named(r->intent, r->tokens[first].text) >= 0;
    if (first >= r->n || (!is_name(r, first) && !known && r->tokens[first].use == CT_USE_FREE))
        return i;
    if (r->tokens[first].kind != CT_TOKEN_WORD && r->tokens[first].kind != CT_TOKEN_QUOTED)
        return i;
    int at = first + 1, last = -1;
    for (; at < first + CLAUSE_WORDS && !is_end(r, at) && !ct_word_is(r, at, "and"); at++) {
        bool name = is_name(r, at) ||
                    (ct_is_word(r, at) && entity_named(r->intent, r->tokens[at].text) >= 0);
        if (name && at > first + 1)
            last = at;
    }
    if (last < 0)
        return i;
    struct ct_slice label = ct_reader_slice(r, first + 1, last);
    struct ct_slice target = r->tokens[last].text;
    int from = entity(r, first), to = entity(r, last);
    bool plural =
        target.len > 3 && target.ptr[target.len - 1] == 's' && target.ptr[target.len - 2] != 's';
    ct_mark(r, first + 1, last, CT_USE_UNDERSTOOD, "relation", NULL);
    if (!ct_diagram_edge(r, from, to, 0, label))
        return last + 1;
    ct_add_text(r, label);
    struct ct_edge *e = &r->intent->edges[r->intent->n_edges - 1];
    set_many(e, plural);
    at = last + 1; /* "has many Orders and Reviews" */
    while (ct_word_is(r, at, "and") && is_name(r, at + 1) && is_end(r, at + 2) &&
           r->tokens[at + 1].kind == CT_TOKEN_WORD) {
        bool many = e->many_to;
        if (!ct_diagram_edge(r, from, entity(r, at + 1), 0, label))
            break;
        e = &r->intent->edges[r->intent->n_edges - 1];
        e->many_to = many;
        at += 2;
    }
    return at;
}

/* "entities User, Order and Item" */
static int read_listed(struct ct_reader *r, int i)
{
    if (!is_name(r, i))
        return i;
    entity(r, i);
    return i + 1;
}

void ct_read_entities(struct ct_reader *r)
{
    for (int i = r->page_end; i < r->n;) {
        int end = r->tokens[i].use == CT_USE_FREE ? read_fields(r, i) : i;
        i = end > i ? end : i + 1;
    }
    bool starts = true; /* of a clause */
    for (int i = r->page_end; i < r->n;) {
        int end = starts ? read_relation(r, i) : i;
        starts = end > i || is_end(r, i) || ct_is_mark(r, i, ':') || ct_word_is(r, i, "and") ||
                 ct_word_is(r, i, "where") || ct_word_is(r, i, "with");
        i = end > i ? end : i + 1;
    }
    for (int i = r->page_end; i < r->n && r->intent->n_edges == 0;) {
        int end = r->tokens[i].use == CT_USE_FREE ? read_listed(r, i) : i;
        i = end > i ? end : i + 1;
    }
}
