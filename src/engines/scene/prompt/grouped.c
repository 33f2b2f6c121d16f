/* Lists under headings, and what stands in brackets: "Backend: API, Worker; Data: Postgres",
 * "Marketing (SEO, ads), Sales (calls)", "User(id, name)".
 *
 * Called by diagram_grammar.c for pages whose points belong to something: lanes, tiers, columns,
 * quadrants, entities, tasks. A heading is a few words before a colon or a bracket; two of them
 * make a grouped list, one alone is only a colon. */
#include "engines/scene/prompt/diagram_reader.h"

enum {
    HEADING_WORDS = 5,
    ITEM_WORDS = 12,
};

static bool is_stop(const struct ct_reader *r, int i)
{
    return i >= r->n || r->tokens[i].kind == CT_TOKEN_BREAK || ct_is_mark(r, i, '.') ||
           ct_is_mark(r, i, ';');
}

static bool is_joint(const struct ct_reader *r, int i)
{
    return ct_is_mark(r, i, ',') || ct_is_mark(r, i, ';') || ct_is_mark(r, i, '.') ||
           ct_is_mark(r, i, '-') || ct_is_mark(r, i, '*') || ct_word_is(r, i, "and") ||
           (i < r->n && r->tokens[i].kind == CT_TOKEN_BREAK);
}

static bool opens(const struct ct_reader *r, int i)
{
    return ct_is_mark(r, i, ':') || ct_is_mark(r, i, '(');
}

/* The mark behind the heading at i; -1 when none starts there. */
static int heading_at(const struct ct_reader *r, int i)
{
    int end = i;
    if (ct_word_is(r, i, "about") || ct_word_is(r, i, "of") || ct_word_is(r, i, "for") ||
        ct_word_is(r, i, "on"))
        return -1; /* "about tea: ..." */
    if (end < r->n && r->tokens[end].kind == CT_TOKEN_QUOTED && r->tokens[end].use == CT_USE_FREE)
        end++;
    else
        while (end < i + HEADING_WORDS &&
               (ct_is_word(r, end) ||
                (end > i && (ct_is_mark(r, end, '/') || ct_is_mark(r, end, '&')))))
            end++;
    return end > i && opens(r, end) && end + 1 < r->n && !is_stop(r, end + 1) ? end : -1;
}

/* The end of the item at i: a comma, "and", a full stop, a bracket. */
static int item_end(const struct ct_reader *r, int i)
{
    if (i < r->n && r->tokens[i].kind == CT_TOKEN_QUOTED)
        return i + 1;
    int end = i;
    while (end < r->n && end < i + ITEM_WORDS && r->tokens[end].use == CT_USE_FREE &&
           !is_stop(r, end) && !ct_is_mark(r, end, ',') && !ct_is_mark(r, end, ')') &&
           !ct_is_mark(r, end, '(') && !ct_word_is(r, end, "and") &&
           r->tokens[end].kind != CT_TOKEN_ARROW && r->tokens[end].kind != CT_TOKEN_QUOTED)
        end++;
    return end;
}

int ct_diagram_groups(struct ct_reader *r, int i, bool dry, int *groups)
{
    int at = i;
    *groups = 0;
    for (;;) {
        int first = at;
        while (first < r->n && is_joint(r, first))
            first++;
        int mark = heading_at(r, first);
        if (mark < 0)
            return at;
        bool bracket = ct_is_mark(r, mark, '(');
        struct ct_slice heading = ct_diagram_label(r, first, mark);
        if (!dry) {
            ct_add_text(r, heading);
            ct_mark(r, first, mark, CT_USE_UNDERSTOOD, "heading", NULL);
        }
        ++*groups;
        at = mark + 1;
        while (at < r->n) {
            int item = at;
            while (item < r->n && (ct_is_mark(r, item, ',') || ct_word_is(r, item, "and")))
                item++;
            if (item > at && !bracket && heading_at(r, item) >= 0)
                break; /* the next heading */
            int end = item_end(r, item);
            if (end == item)
                break;
            int before = r->intent->n_nodes;
            if (!dry) {
                int node = ct_diagram_new_box(r, ct_diagram_label(r, item, end), item);
                if (node >= before)
                    r->intent->nodes[node].group = heading;
                ct_mark(r, item, end, CT_USE_UNDERSTOOD, "box", NULL);
            }
            at = end;
            if (is_stop(r, at) || (bracket && ct_is_mark(r, at, ')')))
                break;
        }
        at += bracket && ct_is_mark(r, at, ')');
    }
}

bool ct_diagram_read_groups(struct ct_reader *r)
{
    for (int i = r->page_end; i < r->n; i++) {
        int groups;
        bool starts = i == 0 || i == r->page_end || is_joint(r, i - 1) ||
                      ct_is_mark(r, i - 1, ':') || ct_word_is(r, i - 1, "with") ||
                      ct_word_is(r, i - 1, "columns") || ct_word_is(r, i - 1, "lanes") ||
                      ct_word_is(r, i - 1, "tiers") || ct_word_is(r, i - 1, "layers") ||
                      ct_word_is(r, i - 1, "branches") || ct_word_is(r, i - 1, "showing");
        if (!starts || r->tokens[i].use != CT_USE_FREE || heading_at(r, i) < 0)
            continue;
        ct_diagram_groups(r, i, true, &groups);
        if (groups < 2)
            continue;
        ct_diagram_groups(r, i, false, &groups);
        return true;
    }
    return false;
}

/* Headings become boxes of their own, with arrows to what stands under them. */
void ct_diagram_branch_groups(struct ct_reader *r)
{
    struct ct_intent *intent = r->intent;
    int n = intent->n_nodes;
    for (int i = 0; i < n; i++) {
        struct ct_slice heading = intent->nodes[i].group;
        if (!heading.ptr)
            continue;
        int parent = ct_diagram_find(intent, heading);
        if (parent < 0 && intent->n_nodes < CT_INTENT_NODES) {
            parent = intent->n_nodes++;
            intent->nodes[parent] = (struct ct_node){ .label = heading };
            r->node_at[parent] = heading.ptr;
        }
        ct_diagram_edge(r, parent, i, 0, (struct ct_slice){ NULL, 0 });
        intent->nodes[i].group = (struct ct_slice){ NULL, 0 };
    }
}

/* "(id, name)" behind a label: tokens from the bracket on; the token behind, i when there is none.
 */
int ct_diagram_detail(struct ct_reader *r, int i, struct ct_slice *detail)
{
    *detail = (struct ct_slice){ NULL, 0 };
    if (!ct_is_mark(r, i, '(') && !ct_is_mark(r, i, '{') && !ct_is_mark(r, i, '['))
        return i;
    int end = i + 1;
    while (end < r->n && end < i + 64 && !ct_is_mark(r, end, ')') && !ct_is_mark(r, end, '}') &&
           !ct_is_mark(r, end, ']') && r->tokens[end].use == CT_USE_FREE)
        end++;
    /* "save()" inside "(name, save())" */
    while (end + 1 < r->n && ct_is_mark(r, end - 1, '(') && end < i + 64) {
        end++;
        while (end < r->n && end < i + 64 && !ct_is_mark(r, end, ')') &&
               r->tokens[end].use == CT_USE_FREE)
            end++;
    }
    if (end >= r->n || end == i + 1)
        return i;
    *detail = ct_reader_slice(r, i + 1, end);
    ct_mark(r, i, i + 1, CT_USE_SILENT, NULL, NULL);
    ct_mark(r, i + 1, end, CT_USE_UNDERSTOOD, "fields", NULL);
    return end + 1;
}
