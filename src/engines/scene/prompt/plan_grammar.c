/* Org charts, plans, tables, swim lanes: "CTO and CFO report to the CEO", "Design Feb-Apr",
 * "iPhone vs Android: price, battery", "lanes Customer, Sales".
 *
 * Called by diagram_grammar.c. Tasks keep their time in the detail of their box, rows of a table
 * the cells behind the first one, parted by '|'; a row whose detail begins with '|' is the head. */
#include "engines/scene/prompt/diagram_reader.h"

enum { CELLS_MAX = 512 };

static bool is_stop(const struct ct_reader *r, int i)
{
    return i >= r->n || r->tokens[i].kind == CT_TOKEN_BREAK || ct_is_mark(r, i, '.') ||
           ct_is_mark(r, i, ';');
}

static bool is_free(const struct ct_reader *r, int i)
{
    return i < r->n && r->tokens[i].use == CT_USE_FREE;
}

/* Where the content begins: behind the first colon, or behind the page word. */
static int content_at(const struct ct_reader *r)
{
    for (int i = r->page_end; i < r->n; i++)
        if (ct_is_mark(r, i, ':') && is_free(r, i))
            return i + 1;
    return r->page_end;
}

static int skip_articles(const struct ct_reader *r, int i)
{
    struct ct_match m;
    while (ct_reader_match(r, i, CT_CLASS_BIT(ARTICLE), &m) && i + m.n < r->n)
        i += m.n;
    return i;
}

/* The end of a name: a comma, "and", a verb of rank, a full stop. */
static int name_end(const struct ct_reader *r, int i, int stop)
{
    static const char *const verbs[] = { "report", "reports", "reporting", "manages", "leads",
                                         "oversees", "supervises", "heads", "and", "with" };
    int end = i;
    while (end < stop && !is_stop(r, end) && is_free(r, end) && !ct_is_mark(r, end, ',') &&
           !ct_is_mark(r, end, ':') && r->tokens[end].kind != CT_TOKEN_ARROW) {
        for (size_t k = 0; k < sizeof(verbs) / sizeof(verbs[0]); k++)
            if (ct_word_is(r, end, verbs[k]))
                return end;
        end++;
    }
    return end;
}

/* "Bob" where "CTO Bob" stands already; -1: nobody of that name. */
static int known_as(const struct ct_intent *intent, struct ct_slice name)
{
    for (int i = 0; i < intent->n_nodes; i++) {
        struct ct_slice label = intent->nodes[i].label;
        if (label.len > name.len && label.ptr[label.len - name.len - 1] == ' ' &&
            ct_slice_eq(ct_slice_sub(label, label.len - name.len, label.len), name))
            return i;
    }
    return -1;
}

static int named(struct ct_reader *r, int i, int stop, int *behind)
{
    i = skip_articles(r, i);
    *behind = name_end(r, i, stop);
    int known = *behind > i ? known_as(r->intent, ct_reader_slice(r, i, *behind)) : -1;
    if (known >= 0) {
        ct_mark(r, i, *behind, CT_USE_UNDERSTOOD, "box", NULL);
        return known;
    }
    return *behind > i ? ct_diagram_node(r, i, *behind) : -1;
}

/* "CTO and CFO" in [i, stop), each under or over `boss`. */
static int read_names(struct ct_reader *r, int i, int stop, int boss, int *out, int most)
{
    int n = 0;
    while (i < stop && n < most) {
        while (i < stop &&
               (ct_is_mark(r, i, ',') || ct_word_is(r, i, "and") || ct_word_is(r, i, "with")))
            i++;
        int behind, node = named(r, i, stop, &behind);
        if (node < 0 || behind <= i)
            break;
        if (node != boss)
            out[n++] = node;
        i = behind;
    }
    return n;
}

static bool has_boss(const struct ct_intent *intent, int node)
{
    for (int e = 0; e < intent->n_edges; e++)
        if (intent->edges[e].to == node)
            return true;
    return false;
}

static const struct ct_slice none = { NULL, 0 };

/* "A and B report to C", "C manages A and B"; false when no such sentence is there. */
static bool read_ranks(struct ct_reader *r)
{
    static const char *const over[] = { "manages", "leads", "oversees", "supervises", "heads" };
    int start = content_at(r), list[CT_INTENT_NODES], boss;
    bool any = false;
    for (int i = start; i < r->n; i++) {
        bool up = (ct_word_is(r, i, "report") || ct_word_is(r, i, "reports") ||
                   ct_word_is(r, i, "reporting")) &&
                  ct_word_is(r, i + 1, "to");
        bool down = false;
        for (size_t k = 0; k < sizeof(over) / sizeof(over[0]); k++)
            down |= ct_word_is(r, i, over[k]);
        if (is_stop(r, i)) {
            start = i + 1;
            continue;
        }
        if (!up && !down)
            continue;
        int behind = i, n;
        while (start < i && (ct_is_mark(r, start, ',') || ct_word_is(r, start, "and")))
            start++;
        if (up) {
            n = read_names(r, start, i, -1, list, CT_INTENT_NODES);
            boss = named(r, i + 2, r->n, &behind);
        } else {
            boss = named(r, start, i, &behind);
            int stop = i + 1;
            while (!is_stop(r, stop))
                stop++;
            n = read_names(r, i + 1, stop, boss, list, CT_INTENT_NODES);
            behind = stop;
        }
        ct_mark(r, i, i + 1 + up, CT_USE_SILENT, NULL, NULL);
        for (int k = 0; k < n; k++)
            if (list[k] != boss && !has_boss(r->intent, list[k]))
                any |= ct_diagram_edge(r, boss, list[k], 0, none);
        start = behind;
        i = behind > i ? behind - 1 : i;
    }
    return any;
}

void ct_read_ranks(struct ct_reader *r)
{
    if (read_ranks(r))
        return;
    if (ct_diagram_read_groups(r))
        ct_diagram_branch_groups(r);
}

/* The first box of a list leads the others, when nothing else says who does. */
void ct_rank_list(struct ct_reader *r)
{
    struct ct_intent *intent = r->intent;
    for (int i = 1; i < intent->n_nodes && intent->n_edges < intent->n_nodes - 1; i++)
        ct_diagram_edge(r, 0, i, 0, none);
}

static bool is_time(const struct ct_reader *r, int i)
{
    static const char *const words[] = {
        "jan",  "feb",    "mar",       "apr",     "may",      "jun",      "jul",    "aug",   "sep",
        "sept", "oct",    "nov",       "dec",     "january",  "february", "march",  "april", "june",
        "july", "august", "september", "october", "november", "december", "week",   "weeks", "day",
        "days", "month",  "months",    "q1",      "q2",       "q3",       "q4",     "w1",    "w2",
        "w3",   "w4",     "w5",        "w6",      "w7",       "w8",       "sprint", "from",  "mon",
        "tue",  "wed",    "thu",       "fri"
    };
    if (i < r->n && r->tokens[i].kind == CT_TOKEN_NUMBER)
        return true;
    for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++)
        if (ct_word_is(r, i, words[k]))
            return true;
    return false;
}

void ct_read_tasks(struct ct_reader *r)
{
    int i = content_at(r);
    while (i < r->n) {
        while (i < r->n && (is_stop(r, i) || ct_is_mark(r, i, ',') || ct_is_mark(r, i, '-') ||
                            ct_word_is(r, i, "and") || !is_free(r, i)))
            i++;
        int end = i, when = -1;
        while (end < r->n && !is_stop(r, end) && is_free(r, end) &&
               !(ct_is_mark(r, end, ',') && !(when >= 0 && is_time(r, end + 1) && end == when)))
            when = when < 0 && end > i && is_time(r, end) ? end : when, end++;
        if (end == i)
            break;
        int label_end = when < 0 ? end : when;
        while (label_end > i + 1 && r->tokens[label_end - 1].kind == CT_TOKEN_MARK)
            label_end--;
        int before = r->intent->n_nodes, node = ct_diagram_node(r, i, label_end);
        if (node == before && when >= 0) {
            int last = end;
            while (last > when + 1 &&
                   (ct_is_mark(r, last - 1, ')') || ct_is_mark(r, last - 1, ',')))
                last--;
            r->intent->nodes[node].detail = ct_reader_slice(r, when, last);
            ct_mark(r, when, end, CT_USE_UNDERSTOOD, "time", NULL);
        }
        i = end;
    }
}

/* ---- tables */

struct cells {
    char text[CELLS_MAX];
    size_t n;
};

static void add_cell(struct cells *c, struct ct_slice cell)
{
    if (c->n + cell.len + 2 > sizeof(c->text))
        return;
    memcpy(c->text + c->n, cell.ptr ? cell.ptr : "", cell.len);
    c->n += cell.len;
}

static void part_cells(struct cells *c)
{
    if (c->n + 2 < sizeof(c->text))
        c->text[c->n++] = '|';
}

static int add_row(struct ct_reader *r, struct ct_slice label, const struct cells *c, int at)
{
    struct ct_intent *intent = r->intent;
    if (intent->n_nodes == CT_INTENT_NODES)
        return -1;
    char *detail = ct_arena_strdup(r->arena, ct_slice_n(c->text, c->n));
    intent->nodes[intent->n_nodes] =
        (struct ct_node){ .label = label, .detail = detail ? ct_slice(detail) : none };
    r->node_at[intent->n_nodes] = r->tokens[at].text.ptr;
    return intent->n_nodes++;
}

/* The words from token i up to a comma, "and", "vs" or a stop. */
static void find_cell(const struct ct_reader *r, int i, int *end)
{
    *end = i;
    while (!is_stop(r, *end) && is_free(r, *end) && !ct_is_mark(r, *end, ',') &&
           !ct_is_mark(r, *end, '|') && !ct_is_mark(r, *end, ':') && !ct_word_is(r, *end, "and") &&
           !ct_word_is(r, *end, "vs") && !ct_word_is(r, *end, "versus") &&
           !ct_word_is(r, *end, "comparing") && !ct_word_is(r, *end, "rows") &&
           !(*end > i && ct_word_is(r, *end, "with")))
        ++*end;
}

static struct ct_slice cell_at(struct ct_reader *r, int i, int *end)
{
    find_cell(r, i, end);
    if (*end == i)
        return none;
    struct ct_slice cell = ct_diagram_label(r, i, *end);
    ct_mark(r, i, *end, CT_USE_UNDERSTOOD, "cell", NULL);
    return cell;
}

static int skip_joints(const struct ct_reader *r, int i)
{
    while (ct_is_mark(r, i, ',') || ct_word_is(r, i, "and") || ct_word_is(r, i, "vs") ||
           ct_word_is(r, i, "versus") ||
           (ct_is_mark(r, i, '.') && i > 0 && ct_word_is(r, i - 1, "vs")))
        i++;
    return i;
}

/* Cells from i on behind one another; returns the token behind. */
static int read_cells(struct ct_reader *r, int i, struct cells *c, bool parted)
{
    for (;;) {
        int end, first = skip_joints(r, i);
        find_cell(r, first, &end);
        if (c->n && ct_is_mark(r, i, ',') && ct_is_mark(r, end, ':'))
            return i; /* "price: 9 vs 12, size: ...": the next row */
        struct ct_slice cell = cell_at(r, first, &end);
        if (end == first)
            return i;
        ct_mark(r, i, first, CT_USE_SILENT, NULL, NULL);
        if (parted || c->n)
            part_cells(c);
        add_cell(c, cell);
        i = end;
    }
}

/* "iPhone vs Android: price, battery": the head and empty rows, or "price: $9 vs $12; ..." */
static bool read_versus(struct ct_reader *r)
{
    int vs = -1;
    for (int i = 0; i < r->n && vs < 0; i++)
        if ((ct_word_is(r, i, "vs") || ct_word_is(r, i, "versus")) && is_free(r, i))
            vs = i;
    if (vs < 1)
        return false;
    int first = vs;
    static const uint64_t stops = CT_CLASS_BIT(OF) | CT_CLASS_BIT(STOP) | CT_CLASS_BIT(WITH) |
                                  CT_CLASS_BIT(ARTICLE);
    struct ct_match m;
    while (first > 0 && is_free(r, first - 1) && r->tokens[first - 1].kind != CT_TOKEN_MARK &&
           r->tokens[first - 1].kind != CT_TOKEN_BREAK && !ct_reader_match(r, first - 1, stops, &m))
        first--;
    if (first == vs)
        return false;
    struct cells head = { .n = 0 };
    int at = read_cells(r, first, &head, true);
    for (int i = first; i < at; i++)
        if (is_free(r, i))
            ct_mark(r, i, i + 1, CT_USE_SILENT, NULL, NULL);
    add_row(r, none, &head, first);
    struct ct_slice whole = ct_reader_slice(r, first, at);
    while (at < r->n && !ct_is_mark(r, at, ':') && !ct_word_is(r, at, "comparing") &&
           !ct_word_is(r, at, "by"))
        at++;
    for (at++; at < r->n;) {
        int end;
        while (at < r->n && (is_stop(r, at) || ct_is_mark(r, at, ',') || ct_word_is(r, at, "and")))
            at++;
        int start = at;
        struct ct_slice label = cell_at(r, at, &end);
        if (end == start)
            break;
        struct cells cells = { .n = 0 };
        if (ct_is_mark(r, end, ':'))
            end = read_cells(r, end + 1, &cells, false);
        add_row(r, label, &cells, start);
        at = end;
    }
    if (r->intent->n_nodes > 1 && !r->intent->subject.ptr)
        r->intent->subject = whole; /* "iPhone vs Android" is the title then */
    return true;
}

/* "| a | b |" lines, or "columns A, B and C" with "rows X, Y". */
static bool read_grid(struct ct_reader *r)
{
    bool any = false;
    for (int i = 0; i < r->n; i++) {
        bool columns = ct_word_is(r, i, "columns") || ct_word_is(r, i, "column");
        bool rows = ct_word_is(r, i, "rows") || ct_word_is(r, i, "row");
        if (!columns && !rows)
            continue;
        int at = i + 1, end;
        while (ct_is_mark(r, at, ':') || ct_word_is(r, at, "for") || ct_word_is(r, at, "labeled") ||
               ct_word_is(r, at, "named"))
            at++;
        struct ct_slice first = cell_at(r, at, &end);
        if (end == at)
            continue;
        if (is_free(r, i))
            ct_mark(r, i, at, CT_USE_SILENT, NULL, NULL);
        any = true;
        if (columns) {
            struct cells head = { .n = 0 };
            read_cells(r, end, &head, true);
            if (head.n == 0)
                part_cells(&head);
            add_row(r, first, &head, at);
            continue;
        }
        while (first.len) {
            struct cells cells = { .n = 0 };
            if (ct_is_mark(r, end, ':'))
                end = read_cells(r, end + 1, &cells, false);
            add_row(r, first, &cells, at);
            at = end;
            while (at < r->n && (ct_is_mark(r, at, ',') || ct_word_is(r, at, "and") ||
                                 ct_is_mark(r, at, ';') || r->tokens[at].kind == CT_TOKEN_BREAK))
                at++;
            first = cell_at(r, at, &end);
        }
    }
    return any;
}

static bool read_pipes(struct ct_reader *r)
{
    bool head = true;
    for (int i = r->page_end; i < r->n; i++) {
        if (!ct_is_mark(r, i, '|') ||
            (i > 0 && r->tokens[i - 1].kind != CT_TOKEN_BREAK && i != r->page_end))
            continue;
        int at = i + 1, end;
        if (ct_is_mark(r, at, '-') || ct_is_mark(r, at, ':')) {
            while (at < r->n && r->tokens[at].kind != CT_TOKEN_BREAK)
                ct_mark(r, at, at + 1, CT_USE_SILENT, NULL, NULL), at++;
            i = at;
            continue; /* |---|---| */
        }
        struct ct_slice label = cell_at(r, at, &end);
        struct cells cells = { .n = 0 };
        if (head)
            part_cells(&cells);
        for (bool first = true; ct_is_mark(r, end, '|'); first = false) {
            struct ct_slice cell = cell_at(r, end + 1, &end);
            if (!cell.len)
                break;
            if (!first)
                part_cells(&cells);
            add_cell(&cells, cell);
        }
        add_row(r, label, &cells, i);
        head = false;
        i = end;
    }
    return !head;
}

void ct_read_table(struct ct_reader *r)
{
    int groups;
    if (read_pipes(r) || read_versus(r) || read_grid(r))
        return;
    int i = content_at(r);
    if (i >= r->n || (ct_diagram_groups(r, i, true, &groups), groups < 2))
        return;
    while (i < r->n) { /* "Basic: 10 GB, mail; Pro: 100 GB, phone" */
        int end;
        while (i < r->n && (is_stop(r, i) || ct_is_mark(r, i, ',')))
            i++;
        int start = i;
        struct ct_slice label = cell_at(r, i, &end);
        if (end == start)
            break;
        struct cells cells = { .n = 0 };
        if (ct_is_mark(r, end, ':'))
            end = read_cells(r, end + 1, &cells, false);
        add_row(r, label, &cells, start);
        i = end;
    }
}

/* ---- swim lanes */

/* "lanes Customer, Sales and Warehouse": their names. */
static int read_lane_names(struct ct_reader *r, struct ct_slice *names, int most)
{
    int n = 0;
    for (int i = 0; i < r->n && n == 0; i++) {
        if (!ct_word_is(r, i, "lanes") && !ct_word_is(r, i, "swimlanes") &&
            !ct_word_is(r, i, "between"))
            continue;
        int at = i + 1, end;
        while (ct_is_mark(r, at, ':') || ct_word_is(r, at, "for") || ct_word_is(r, at, "labeled"))
            at++;
        for (; n < most; at = end) {
            int first = skip_joints(r, at);
            struct ct_slice name = cell_at(r, first, &end);
            if (end == first)
                break;
            names[n++] = name;
        }
        if (n)
            ct_mark(r, i, i + 1, CT_USE_SILENT, NULL, NULL);
    }
    return n;
}

/* "Sales confirms the order" is "confirms the order" of the lane "Sales". */
static void put_in_lanes(struct ct_intent *intent, const struct ct_slice *names, int n)
{
    for (int i = 0; i < intent->n_nodes; i++) {
        struct ct_node *node = &intent->nodes[i];
        for (int k = 0; k < n && !node->group.ptr; k++) {
            struct ct_slice name = names[k], label = node->label;
            if (label.len > name.len + 1 && ct_slice_ieq(ct_slice_n(label.ptr, name.len), name) &&
                (label.ptr[name.len] == ' ' || label.ptr[name.len] == ':')) {
                node->group = name;
                node->label = ct_slice_trim(ct_slice_sub(label, name.len + 1, label.len));
                for (int x = 0; x < intent->n_texts; x++)
                    if (ct_slice_eq(intent->texts[x], label))
                        intent->texts[x] = node->label;
            }
        }
        if (!node->group.ptr)
            node->group = i > 0 ? intent->nodes[i - 1].group : names[0];
    }
}

void ct_read_lanes(struct ct_reader *r, void (*read_steps)(struct ct_reader *r))
{
    struct ct_slice names[8];
    struct ct_intent *intent = r->intent;
    int n = read_lane_names(r, names, 8);
    if (ct_diagram_read_groups(r)) {
        for (int i = 0; i + 1 < intent->n_nodes; i++)
            ct_diagram_edge(r, i, i + 1, 0, none);
        return;
    }
    read_steps(r);
    if (n == 0)
        return;
    if (intent->n_nodes > 0) {
        put_in_lanes(intent, names, n);
        return;
    }
    for (int k = 0; k < n && intent->n_nodes < CT_INTENT_NODES; k++) {
        intent->nodes[intent->n_nodes] = (struct ct_node){ .label = names[k], .group = names[k] };
        r->node_at[intent->n_nodes++] = names[k].ptr;
        ct_add_text(r, names[k]);
    }
}
