/* What plots have besides values: titles of axes, points of two numbers, the full of a gauge.
 *
 * "x axis: Month, y axis: Revenue (USD)", "height vs weight: 160 55, 170 65", "(1, 2), (3, 4)",
 * "speed 72 of 120 km/h". Runs before the list of values is read, so that "axis 1" is no value. */
#include "engines/scene/prompt/values.h"

enum { TITLE_WORDS = 6 };

/* "x axis", "vertical axis", "y" at i: 1 for x, 2 for y, 0 for none; *end behind it. */
static int axis_at(const struct ct_reader *r, int i, int *end)
{
    if (!ct_word_is(r, i + 1, "axis"))
        return 0;
    *end = i + 2;
    if (ct_word_is(r, i, "x") || ct_word_is(r, i, "horizontal"))
        return 1;
    return ct_word_is(r, i, "y") || ct_word_is(r, i, "vertical") ? 2 : 0;
}

static int skip_namers(const struct ct_reader *r, int i)
{
    static const char *const words[] = { "title",  "titled", "label", "labeled", "labelled",
                                         "called", "named",  "is",    "shows",   "showing",
                                         "as",     "for",    "the",   "text" };
    for (bool more = true; more;) {
        more = ct_is_mark(r, i, ':') || ct_is_mark(r, i, '=');
        for (size_t k = 0; k < sizeof(words) / sizeof(words[0]) && !more; k++)
            more = ct_word_is(r, i, words[k]);
        i += more;
    }
    return i;
}

/* The words of a title from i on, with what is in brackets behind them: "Revenue (USD)". */
static int title_end(const struct ct_reader *r, int i)
{
    int end = i, behind;
    if (i < r->n && r->tokens[i].kind == CT_TOKEN_QUOTED)
        return i + 1;
    while (end < i + TITLE_WORDS && ct_is_word(r, end) && !ct_word_is(r, end, "and") &&
           !ct_word_is(r, end, "with") && !axis_at(r, end, &behind))
        end++;
    if (end > i && ct_is_mark(r, end, '('))
        for (int k = end + 1; k < r->n && k < end + 5; k++)
            if (ct_is_mark(r, k, ')'))
                return k + 1;
    return end;
}

/* "Jan, Feb, Mar" behind an axis names marks; it is no title. */
static bool is_list(const struct ct_reader *r, int end)
{
    int behind;
    return ct_is_mark(r, end, ',') && ct_is_word(r, end + 1) && !axis_at(r, end + 1, &behind) &&
           !ct_word_is(r, end + 1, "with") && !ct_word_is(r, end + 1, "and");
}

void ct_read_axes(struct ct_reader *r)
{
    struct ct_intent *in = r->intent;
    for (int i = 0; i < r->n; i++) {
        int first = i, axis = r->tokens[i].use == CT_USE_FREE ? axis_at(r, i, &first) : 0;
        if (!axis)
            continue;
        first = skip_namers(r, first);
        int end = title_end(r, first);
        struct ct_slice *title = axis == 1 ? &in->axis_x : &in->axis_y;
        if (end == first || is_list(r, end) || title->ptr) {
            ct_mark(r, i, i + 2, CT_USE_SILENT, NULL, NULL);
            continue;
        }
        *title = r->tokens[first].kind == CT_TOKEN_QUOTED ? ct_token_quoted(&r->tokens[first])
                                                          : ct_reader_slice(r, first, end);
        ct_mark(r, i, end, CT_USE_UNDERSTOOD, "title of an axis", NULL);
        i = end - 1;
    }
}

/* "height vs weight": the numbers follow in that order. */
static void name_axes(struct ct_reader *r)
{
    struct ct_intent *in = r->intent;
    for (int i = r->page_end + 1; i + 1 < r->n && !in->axis_x.ptr && !in->axis_y.ptr; i++) {
        if (!ct_word_is(r, i, "vs") && !ct_word_is(r, i, "versus") && !ct_word_is(r, i, "against"))
            continue;
        int first = i, end = i + 1, dot = ct_is_mark(r, i + 1, '.');
        while (first > r->page_end && first > i - 3 && ct_is_word(r, first - 1) &&
               !ct_value_parts(r, first - 1))
            first--;
        end += dot;
        int last = end;
        while (last < end + 3 && ct_is_word(r, last) && !ct_value_parts(r, last) &&
               r->tokens[last].kind == CT_TOKEN_WORD)
            last++;
        if (first == i || last == end)
            return;
        in->axis_x = ct_reader_slice(r, first, i);
        in->axis_y = ct_reader_slice(r, end, last);
    }
}

/* "(1,2)" is one number to the cutter: its two halves. */
static bool split_pair(const struct ct_reader *r, int i, struct ct_value *v)
{
    struct ct_slice text = i < r->n ? r->tokens[i].text : (struct ct_slice){ 0 }, x, y;
    if (text.len == 0 || r->tokens[i].kind != CT_TOKEN_NUMBER || !ct_is_mark(r, i - 1, '(') ||
        !ct_is_mark(r, i + 1, ')') || !ct_slice_cut(text, ',', &x, &y))
        return false;
    struct ct_token halves[] = { r->tokens[i], r->tokens[i] };
    halves[0].text = x;
    halves[1].text = y;
    struct ct_reader apart = *r;
    struct ct_value first = { .number = 0 }, second = { .number = 0 };
    apart.tokens = halves;
    apart.n = 1;
    bool ok = ct_value_number(&apart, 0, &first) == 1;
    apart.tokens = halves + 1;
    ok = ok && ct_value_number(&apart, 0, &second) == 1;
    v->x = first.number;
    v->number = second.number;
    v->text = text;
    return ok;
}

/* "(1, 2)", "160 55", "160/55" at i; returns the token behind it. */
static int read_pair(const struct ct_reader *r, int i, struct ct_value *v)
{
    bool open = ct_is_mark(r, i, '(');
    int first = i + open;
    v->paired = true;
    if (open && split_pair(r, first, v))
        return first + 2;
    struct ct_value x = { .number = 0 }, y = { .number = 0 };
    int at = ct_value_number(r, first, &x);
    if (at == first)
        return i;
    at += ct_is_mark(r, at, ',') ? open : ct_is_mark(r, at, '/') || ct_is_mark(r, at, ':');
    int end = ct_value_number(r, at, &y);
    if (end == at || (open && !ct_is_mark(r, end, ')')))
        return i;
    v->x = x.number;
    v->number = y.number;
    v->text = ct_reader_slice(r, first, end);
    return end + open;
}

/* "Group A:" with a pair behind it; returns the token behind the colon. */
static int read_group(const struct ct_reader *r, int i, struct ct_slice *group)
{
    struct ct_value v = { .number = 0 };
    int end = i;
    while (end < i + 4 && ct_is_word(r, end))
        end++;
    if (end == i || !ct_is_mark(r, end, ':') || read_pair(r, end + 1, &v) == end + 1)
        return i;
    *group = ct_reader_slice(r, i, end);
    return end + 1;
}

void ct_read_points_xy(struct ct_reader *r)
{
    struct ct_intent *in = r->intent;
    struct ct_slice group = { 0 };
    int group_first = 0, group_end = 0, groups = 0;
    name_axes(r);
    for (int i = r->page_end; i < r->n && in->n_values < CT_INTENT_VALUES;) {
        struct ct_value v = { .number = 0 };
        struct ct_slice next;
        bool free = r->tokens[i].use == CT_USE_FREE;
        int end = free ? read_pair(r, i, &v) : i, label = i;
        bool starts = free && ct_value_parts(r, i - 1) && !ct_value_parts(r, i);
        if (end == i && starts) {
            int behind = read_group(r, i, &next);
            if (behind > i) {
                group = next;
                if (groups++)
                    ct_mark(r, i, behind, CT_USE_UNDERSTOOD, "heading", NULL);
                else
                    group_first = i;
                group_end = groups == 1 ? behind : group_end;
                i = behind;
                continue;
            }
            while (label < i + 3 && ct_is_word(r, label) && r->tokens[label].kind == CT_TOKEN_WORD)
                label++;
            int at = label + ct_is_mark(r, label, ':');
            end = label > i ? read_pair(r, at, &v) : i;
            if (end == at)
                end = i;
            v.label = end > i ? ct_reader_slice(r, i, label) : v.label;
        }
        if (end == i) {
            i++;
            continue;
        }
        v.series = group;
        in->values[in->n_values++] = v;
        ct_mark(r, i, end, CT_USE_UNDERSTOOD, "point", NULL);
        i = end;
    }
    if (groups > 1)
        ct_mark(r, group_first, group_end, CT_USE_UNDERSTOOD, "heading", NULL);
    for (int i = 0; i < in->n_values && groups < 2; i++)
        in->values[i].series = (struct ct_slice){ 0 };
}

/* "of 100", "out of 120 km/h", "/100" behind a number: what is full. */
static int read_full(const struct ct_reader *r, int i, struct ct_value *v)
{
    int at = i;
    at += ct_word_is(r, at, "out");
    if (ct_word_is(r, at, "of") || ct_is_mark(r, at, '/'))
        at++;
    else
        return i;
    struct ct_value full = { .number = 0 };
    int end = ct_value_number(r, at, &full);
    if (end == at || full.number <= 0)
        return i;
    v->x = full.number;
    v->paired = true;
    return end;
}

void ct_read_gauges(struct ct_reader *r)
{
    struct ct_intent *in = r->intent;
    for (int i = r->page_end; i < r->n && in->n_values < CT_INTENT_VALUES;) {
        struct ct_value v = { .number = 0 };
        bool starts = ct_value_parts(r, i - 1) || ct_word_is(r, i - 1, "at");
        starts = starts && r->tokens[i].use == CT_USE_FREE && !ct_value_parts(r, i);
        int end = starts ? ct_value_labelled(r, i, &v) : i;
        if (end == i && starts) {
            v = (struct ct_value){ .number = 0 };
            end = ct_value_number(r, i, &v);
        }
        if (end == i) {
            i++;
            continue;
        }
        int full = read_full(r, end, &v), first = i;
        if (full > end && v.text.ptr) {
            v.text = ct_slice_n(v.text.ptr, (size_t)(r->tokens[full - 1].text.ptr +
                                                     r->tokens[full - 1].text.len - v.text.ptr));
            end = full;
        } else if (ct_is_mark(r, end - 1, '%') || ct_slice_ends(v.text, "%")) {
            v.x = 100;
            v.paired = true;
        }
        in->values[in->n_values++] = v;
        ct_mark(r, first, end, CT_USE_UNDERSTOOD, "value", NULL);
        i = end;
    }
}
