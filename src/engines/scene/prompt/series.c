/* Several rows of numbers, and the sections of a menu.
 *
 * A heading is a few words and a colon with a value behind it: "Starters: Soup 5, Salad 6". It
 * counts only when the prompt has two of them, so "chart of sales: Q1 10" is about sales. A row of
 * numbers is a label with numbers parted by commas, "Costs 8, 12, 15"; what its marks are called is
 * a list of as many names, or a span of months, weekdays, quarters or years. One row alone is a
 * plain list of values under those names. */
#include "engines/scene/prompt/values.h"

#include <stdio.h>
#include <stdlib.h>

enum { HEADING_WORDS = 4, NAME_WORDS = 3, ROWS_MAX = 12 };

struct series {
    struct ct_reader *r;
    int headings;                /* different ones */
    int heading_first[ROWS_MAX]; /* their tokens */
    int heading_end[ROWS_MAX];
    int rows;    /* rows of numbers without names at them */
    int longest; /* of them */
};

/* "2023:", "Main courses:" at i, with a value behind; returns the token behind the colon. */
static int read_heading(const struct ct_reader *r, int i, struct ct_slice *heading)
{
    struct ct_value v;
    int end = i;
    if (i < r->n && r->tokens[i].kind == CT_TOKEN_QUOTED && r->tokens[i].use == CT_USE_FREE)
        end++;
    else
        while (end < i + HEADING_WORDS && ct_is_word(r, end))
            end++;
    if (end == i || !ct_is_mark(r, end, ':'))
        return i;
    int next = end + 1;
    while (next < r->n && r->tokens[next].kind == CT_TOKEN_BREAK)
        next++;
    if (ct_value_labelled(r, next, &v) == next)
        return i;
    *heading = r->tokens[i].kind == CT_TOKEN_QUOTED ? ct_token_quoted(&r->tokens[i])
                                                    : ct_reader_slice(r, i, end);
    return end + 1;
}

/* "over" the months, "across" the regions: what the marks are called follows. */
static bool leads_to_names(const struct ct_reader *r, int i)
{
    static const char *const words[] = { "over", "across", "by", "from", "in", "on", "per" };
    for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++)
        if (ct_word_is(r, i, words[k]))
            return true;
    return false;
}

/* Does nothing but the end of the row or its next number stand at i? */
static bool ends_number(const struct ct_reader *r, int i)
{
    return i >= r->n || ct_value_parts(r, i) || r->tokens[i].use != CT_USE_FREE ||
           leads_to_names(r, i) || r->tokens[i].kind == CT_TOKEN_MARK;
}

/* ", 20" behind a value; returns the token behind it, i when the row ends here. */
static int read_more(const struct ct_reader *r, int i, struct ct_value *v)
{
    int at = i;
    *v = (struct ct_value){ .number = 0 };
    if (ct_is_mark(r, at, ',') || ct_is_mark(r, at, '/'))
        at++;
    if (at > i && ct_word_is(r, at, "and"))
        at++;
    if (at == i)
        return i;
    int end = ct_value_number(r, at, v);
    return end > at && ends_number(r, end) ? end : i;
}

static bool add(struct ct_reader *r, struct ct_value v, struct ct_slice series)
{
    v.series = series;
    if (r->intent->n_values == CT_INTENT_VALUES)
        return false;
    r->intent->values[r->intent->n_values++] = v;
    return true;
}

/* The value at i and, when it begins a row of numbers, all of the row. */
static int read_row(struct series *s, int i, struct ct_slice heading)
{
    struct ct_reader *r = s->r;
    struct ct_value v, more;
    int end = ct_value_labelled(r, i, &v);
    if (end == i)
        return i;
    int next = read_more(r, end, &more), n = 1;
    if (next == end || s->rows == ROWS_MAX) {
        add(r, v, heading);
        ct_mark(r, i, end, CT_USE_UNDERSTOOD, "value", NULL);
        return end;
    }
    struct ct_slice name = v.label;
    v.label = (struct ct_slice){ 0 };
    for (bool room = add(r, v, name); room && next > end; n++) {
        end = next;
        room = add(r, more, name);
        next = read_more(r, end, &more);
    }
    ct_mark(r, i, end, CT_USE_UNDERSTOOD, "values", NULL);
    s->rows++;
    s->longest = n > s->longest ? n : s->longest;
    return end;
}

static bool is_known(const struct series *s, struct ct_slice heading)
{
    for (int i = 0; i < s->r->intent->n_values; i++)
        if (ct_slice_eq(s->r->intent->values[i].series, heading))
            return true;
    return false;
}

static void read_all(struct series *s)
{
    struct ct_reader *r = s->r;
    struct ct_slice heading = { 0 };
    for (int i = r->page_end; i < r->n && r->intent->n_values < CT_INTENT_VALUES;) {
        bool starts =
            ct_value_parts(r, i - 1) && r->tokens[i].use == CT_USE_FREE && !ct_value_parts(r, i);
        int end = starts ? read_row(s, i, heading) : i;
        if (end == i && starts) {
            struct ct_slice next;
            end = read_heading(r, i, &next);
            if (end > i && s->headings < ROWS_MAX && !is_known(s, next)) {
                heading = next;
                s->heading_first[s->headings] = i;
                s->heading_end[s->headings++] = end;
            }
        } else if (end > i && (ct_is_mark(r, end, ';') || ct_is_mark(r, end, '.'))) {
            heading = (struct ct_slice){ 0 };
        }
        i = end > i ? end : i + 1;
    }
}

/* ---- what the marks of rows are called */

/* A list of exactly `n` names at i: "Jan, Feb and Mar". Returns the token behind it. */
static int read_names(const struct ct_reader *r, int i, int n, struct ct_slice *out)
{
    for (int k = 0; k < n; k++) {
        int first = i;
        if (i < r->n && r->tokens[i].kind == CT_TOKEN_QUOTED && r->tokens[i].use == CT_USE_FREE)
            i++;
        else
            while (i < first + NAME_WORDS && ct_is_word(r, i) && !ct_word_is(r, i, "and"))
                i++;
        if (i == first)
            return 0;
        out[k] = r->tokens[first].kind == CT_TOKEN_QUOTED ? ct_token_quoted(&r->tokens[first])
                                                          : ct_reader_slice(r, first, i);
        int before = i;
        i += ct_is_mark(r, i, ',');
        i += ct_word_is(r, i, "and");
        if (k + 1 == n)
            return before == i ? i : 0;
        if (before == i)
            return 0;
    }
    return 0;
}

static const char *const months[] = { "January",   "February", "March",    "April",
                                      "May",       "June",     "July",     "August",
                                      "September", "October",  "November", "December" };
static const char *const days[] = { "Monday", "Tuesday",  "Wednesday", "Thursday",
                                    "Friday", "Saturday", "Sunday" };

/* Which of the names the word begins, three letters at least; -1: none. */
static int named(struct ct_slice word, const char *const *names, int n)
{
    for (int i = 0; i < n && word.len >= 3; i++)
        if (word.len <= strlen(names[i]) && ct_slice_ieq(word, ct_slice_n(names[i], word.len)))
            return i;
    return -1;
}

/* "Jan to Jun", "Q1-Q4", "2019 to 2023", "Mon-Fri" at i: n names from the first on. */
static int read_span(const struct ct_reader *r, int i, int n, struct ct_slice *out)
{
    if (!ct_is_word(r, i))
        return 0;
    int at = i + 1;
    if (ct_is_mark(r, at, '-') || ct_is_mark(r, at, ';') || ct_word_is(r, at, "to") ||
        ct_word_is(r, at, "through") || ct_word_is(r, at, "until"))
        at++;
    else if (at >= r->n || !r->tokens[at].joined)
        return 0;
    if (!ct_is_word(r, at))
        return 0;
    struct ct_slice a = r->tokens[i].text, b = r->tokens[at].text;
    const char *const *names = named(a, months, 12) >= 0 ? months : days;
    int most = names == months ? 12 : 7, first = named(a, names, most),
        last = named(b, names, most);
    uint64_t from, to;
    if (first >= 0 && last >= 0) {
        if ((last - first + most) % most + 1 != n)
            return 0;
        for (int k = 0; k < n; k++)
            out[k] = ct_slice_n(names[(first + k) % most], 3);
        return at + 1;
    }
    bool quarters = (a.ptr[0] | 32) == 'q' && (b.ptr[0] | 32) == 'q';
    if (!ct_slice_u64(ct_slice_sub(a, quarters, a.len), &from) ||
        !ct_slice_u64(ct_slice_sub(b, quarters, b.len), &to) || to > 9999 || from > to ||
        to - from + 1 != (uint64_t)n)
        return 0;
    for (int k = 0; k < n; k++) {
        char text[16];
        snprintf(text, sizeof(text), "%s%d", quarters ? "Q" : "", (int)from + k);
        char *made = ct_arena_strdup(r->arena, ct_slice(text));
        out[k] = made ? ct_slice(made) : (struct ct_slice){ 0 };
    }
    return at + 1;
}

static void name_rows(struct series *s)
{
    struct ct_reader *r = s->r;
    struct ct_slice *names = ct_arena_array(r->arena, (size_t)s->longest + 1, sizeof(*names));
    int end = 0;
    for (int i = r->page_end; names && i < r->n && !end; i++) {
        bool starts = !leads_to_names(r, i) && !ct_value_parts(r, i);
        starts = starts && (i == r->page_end || r->tokens[i - 1].kind == CT_TOKEN_MARK ||
                            r->tokens[i - 1].kind == CT_TOKEN_BREAK || ends_number(r, i - 1));
        end = starts ? read_span(r, i, s->longest, names) : 0;
        if (!end && starts)
            end = read_names(r, i, s->longest, names);
        if (end)
            ct_mark(r, i, end, CT_USE_UNDERSTOOD, "names of the values", NULL);
    }
    struct ct_intent *in = r->intent;
    for (int i = 0, k = 0; i < in->n_values && end; i++) {
        k = i > 0 && ct_slice_eq(in->values[i].series, in->values[i - 1].series) ? k + 1 : 0;
        if (!in->values[i].label.ptr && k < s->longest)
            in->values[i].label = names[k];
    }
}

/* ---- which of the two names is the row's */

/* "2024", "Q3", "Mar", "Friday" */
static bool is_time(struct ct_slice word)
{
    uint64_t year;
    bool quarter =
        word.len == 2 && (word.ptr[0] | 32) == 'q' && word.ptr[1] >= '1' && word.ptr[1] <= '4';
    return quarter || (word.len == 4 && ct_slice_u64(word, &year)) ||
           named(word, months, 12) >= 0 || named(word, days, 7) >= 0;
}

static bool all_times(const struct ct_intent *in, bool series)
{
    for (int i = 0; i < in->n_values; i++)
        if (!is_time(series ? in->values[i].series : in->values[i].label))
            return false;
    return true;
}

/* "Q1: Online 10, Retail 20; Q2: ...": bars stand over their headings, time runs along the axis. */
static void turn_rows(struct ct_intent *in)
{
    bool bars = in->template_id == CT_TEMPLATE_bar_chart ||
                in->template_id == CT_TEMPLATE_grouped_bar_chart ||
                in->template_id == CT_TEMPLATE_stacked_bar_chart;
    if (all_times(in, false) || !(bars || all_times(in, true)))
        return;
    for (int i = 0; i < in->n_values; i++) {
        struct ct_slice series = in->values[i].series;
        in->values[i].series = in->values[i].label;
        in->values[i].label = series;
    }
}

/* ---- one row is none */

static bool all_have_one(const struct ct_intent *in, bool *several)
{
    bool all = in->n_values > 0;
    for (int i = 0; i < in->n_values; i++) {
        all = all && in->values[i].series.ptr;
        *several |= !ct_slice_eq(in->values[i].series, in->values[0].series);
    }
    return all;
}

/* "with two series", "with sections": what the rows are. */
static void hush(struct ct_reader *r)
{
    static const char *const words[] = { "series", "sections", "lines", "rows", "datasets" };
    struct ct_match m;
    for (int i = r->page_end; i < r->n; i++)
        for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++)
            if (ct_is_word(r, i) && ct_word_is(r, i, words[k])) {
                bool counted = ct_is_word(r, i - 1) &&
                               ct_reader_match(r, i - 1, CT_CLASS_BIT(NUMBER), &m) && m.n == 1;
                ct_mark(r, i - counted, i + 1, CT_USE_SILENT, NULL, NULL);
            }
}

void ct_read_series(struct ct_reader *r)
{
    struct series s = { .r = r };
    struct ct_intent *in = r->intent;
    read_all(&s);
    if (s.rows)
        name_rows(&s);
    bool several = false, menu = in->template_id == CT_TEMPLATE_menu;
    bool all = all_have_one(in, &several);
    if (several && (all || menu)) {
        for (int i = 0; i < s.headings; i++)
            ct_mark(r, s.heading_first[i], s.heading_end[i], CT_USE_UNDERSTOOD, "heading", NULL);
        hush(r);
        if (!menu && s.rows == 0)
            turn_rows(in);
        return;
    }
    if (all && s.rows && !in->subject.ptr)
        in->subject = in->values[0].series; /* "temperature: 10, 12, 15" */
    for (int i = 0; i < in->n_values; i++)
        in->values[i].series = (struct ct_slice){ 0 };
}
