/* The numbers of charts and price lists: "Q1 10, Q2 20", "Basic $9", "rent: 40%", "Users 1.2M".
 *
 * Called for pages that show numbers, before their lists and texts are read. A value is a label of
 * a few words, an optional ":" or "=" or "is", and a number with its sign, currency and unit; it
 * starts behind a mark or a small word ("of", "with", "and"). Text and unit are slices of the
 * prompt; "k", "M" and "billion" also scale the number. */
#include "engines/scene/prompt/values.h"

#include <math.h>
#include <stdlib.h>

enum {
    LABEL_WORDS = 5,
    DIGITS_MAX = 24, /* longer ones are no figures of a chart */
};

static bool shows_numbers(enum ct_template_id id)
{
    static const char *const names[] = { "chart",   "infographic", "dashboard", "cards",
                                         "pricing", "weather",     "product",   "screen",
                                         "landing", "menu",        "funnel",    "pyramid" };
    const struct ct_table_row *row = ct_template_info(id);
    for (size_t i = 0; row && i < sizeof(names) / sizeof(names[0]); i++)
        if (strstr(row->id, names[i]))
            return true;
    return false;
}

bool ct_value_parts(const struct ct_reader *r, int i)
{
    static const char *const words[] = { "of",    "with",  "showing", "for",      "are",
                                         "and",   "where", "between", "cards",    "plans",
                                         "lines", "rows",  "series",  "datasets", "sections" };
    if (i < 0 || i == r->page_end - 1 || r->tokens[i].kind == CT_TOKEN_BREAK ||
        (r->tokens[i].kind == CT_TOKEN_MARK && r->tokens[i].mark &&
         strchr(",;:-(.*", r->tokens[i].mark)))
        return true;
    for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++)
        if (ct_word_is(r, i, words[k]))
            return true;
    return false;
}

static bool is_currency(struct ct_slice text)
{
    return ct_slice_is(text, "$") || ct_slice_is(text, "€") || ct_slice_is(text, "£") ||
           ct_slice_is(text, "¥") || ct_slice_is(text, "₹");
}

/* "€9" is one word: the bytes of its sign. */
static size_t currency_prefix(struct ct_slice text)
{
    for (size_t n = 2; n <= 3; n++)
        if (text.len > n && is_currency(ct_slice_sub(text, 0, n)))
            return n;
    return 0;
}

/* The digits text begins with: their length; *number is finite. "5,300" and "2.5" and "2,5". */
static size_t read_digits(struct ct_slice text, double *number)
{
    char digits[DIGITS_MAX + 1];
    size_t n = 0, at = 0;
    for (; at < text.len; at++) {
        char c = text.ptr[at];
        bool digit = c >= '0' && c <= '9';
        bool inside =
            at > 0 && at + 1 < text.len && text.ptr[at + 1] >= '0' && text.ptr[at + 1] <= '9';
        if (!digit && !((c == '.' || c == ',') && inside))
            break;
        size_t group = 0;
        while (c == ',' && at + 1 + group < text.len && text.ptr[at + 1 + group] >= '0' &&
               text.ptr[at + 1 + group] <= '9')
            group++;
        if (c == ',' && group == 3)
            continue; /* thousands */
        if (n == DIGITS_MAX)
            return 0;
        digits[n++] = c == ',' ? '.' : c;
    }
    digits[n] = '\0';
    *number = n ? strtod(digits, NULL) : 0;
    return n && isfinite(*number) ? at : 0;
}

/* What "k", "M", "billion" multiply by; 0 when the word is no such thing. */
static double scale_of(struct ct_slice word)
{
    static const struct {
        const char *word;
        double by;
    } scales[] = { { "k", 1e3 },   { "thousand", 1e3 }, { "M", 1e6 },        { "mn", 1e6 },
                   { "mio", 1e6 }, { "million", 1e6 },  { "millions", 1e6 }, { "B", 1e9 },
                   { "bn", 1e9 },  { "billion", 1e9 },  { "billions", 1e9 } };
    for (size_t i = 0; i < sizeof(scales) / sizeof(scales[0]); i++)
        if (ct_slice_is(word, scales[i].word) ||
            (strlen(scales[i].word) > 1 && ct_slice_ieq(word, ct_slice(scales[i].word))) ||
            ct_slice_is(word, "K"))
            return ct_slice_is(word, "K") ? 1e3 : scales[i].by;
    return 0;
}

static void take_unit(struct ct_value *v, struct ct_slice word)
{
    double scale = scale_of(word);
    if (scale > 0)
        v->number *= scale;
    else
        v->unit = word;
}

/* A word behind the number that ends the item: "10 units,". */
static bool is_unit(const struct ct_reader *r, int i)
{
    if (i >= r->n || r->tokens[i].kind != CT_TOKEN_WORD || r->tokens[i].use != CT_USE_FREE)
        return false;
    if (ct_word_is(r, i, "and") || ct_word_is(r, i, "with") || ct_word_is(r, i, "in"))
        return false;
    return i + 1 >= r->n || ct_value_parts(r, i + 1);
}

int ct_value_number(const struct ct_reader *r, int i, struct ct_value *v)
{
    int at = i;
    bool minus = ct_is_mark(r, at, '-') && at + 1 < r->n && r->tokens[at + 1].tight;
    at += minus;
    bool money = at < r->n && is_currency(r->tokens[at].text);
    if (money)
        v->unit = r->tokens[at++].text;
    if (at >= r->n || r->tokens[at].use != CT_USE_FREE ||
        (r->tokens[at].kind != CT_TOKEN_NUMBER && r->tokens[at].kind != CT_TOKEN_WORD))
        return i;
    struct ct_slice text = r->tokens[at].text;
    size_t sign = currency_prefix(text);
    if (sign) {
        v->unit = ct_slice_sub(text, 0, sign);
        text = ct_slice_sub(text, sign, text.len);
    }
    size_t n = read_digits(text, &v->number);
    if (n == 0)
        return i;
    if (n < text.len)
        take_unit(v, ct_slice_sub(text, n, text.len));
    at++;
    bool tight = at < r->n && r->tokens[at].tight;
    if (tight && (ct_is_mark(r, at, '.') || ct_is_mark(r, at, ')')) && ct_is_word(r, at + 1))
        return i; /* the number of a step: "1. Plan" */
    if (ct_is_mark(r, at, '%') || (at < r->n && is_currency(r->tokens[at].text)))
        v->unit = r->tokens[at++].text;
    else if (n == text.len && is_unit(r, at))
        take_unit(v, r->tokens[at++].text);
    if (minus)
        v->number = -v->number;
    v->text = ct_reader_slice(r, i, at);
    return isfinite(v->number) ? at : i;
}

int ct_value_labelled(const struct ct_reader *r, int i, struct ct_value *v)
{
    static const uint64_t small = CT_CLASS_BIT(RELATION) | CT_CLASS_BIT(ARTICLE);
    int at = i, end;
    *v = (struct ct_value){ .label = { NULL, 0 } };
    if (at < r->n && r->tokens[at].kind == CT_TOKEN_QUOTED && r->tokens[at].use == CT_USE_FREE) {
        v->label = ct_token_quoted(&r->tokens[at]);
        at++;
    }
    bool quoted = at > i;
    while (!quoted) {
        if (!ct_is_word(r, at) || at - i == LABEL_WORDS || (at > i && ct_value_parts(r, at)))
            break;
        struct ct_value number = { .label = { NULL, 0 } };
        if (at > i && ct_value_number(r, at, &number) > at)
            break;
        v->label = ct_reader_slice(r, i, ++at);
    }
    struct ct_match m;
    if (!v->label.ptr ||
        (at == i + 1 && !quoted && v->label.ptr[0] >= 'a' && ct_reader_match(r, i, small, &m)))
        return i; /* "in 3 steps" */
    if (ct_is_mark(r, at, ':') || ct_is_mark(r, at, '=') || ct_word_is(r, at, "is") ||
        ct_word_is(r, at, "at") ||
        (ct_is_mark(r, at, '-') && at + 1 < r->n && !r->tokens[at + 1].tight))
        at++;
    at += ct_is_mark(r, at, '(');
    end = ct_value_number(r, at, v);
    if (end == at || ct_is_mark(r, end, ':')) /* "sales: 2023: Q1 10" */
        return i;
    bool two = r->tokens[end - 1].kind == CT_TOKEN_NUMBER && end < r->n &&
               r->tokens[end].kind == CT_TOKEN_NUMBER && r->tokens[end].use == CT_USE_FREE;
    return two && ct_is_mark(r, at - 1, ':') ? i : end; /* "Solar: 2020 10" */
}

/* "2,340 orders", "87% satisfaction" on a screen: the number first, then what it counts. */
static int read_counted(const struct ct_reader *r, int i, struct ct_value *v)
{
    struct ct_value number = { .label = { NULL, 0 } };
    struct ct_match m;
    int at = ct_value_number(r, i, &number), first = at;
    if (at == i || at >= r->n)
        return i;
    struct ct_slice last = r->tokens[at - 1].text;
    if (r->tokens[at - 1].kind == CT_TOKEN_WORD && at - 1 > i && last.ptr == number.unit.ptr) {
        first = at - 1; /* "orders" was taken for a unit */
        number.unit = (struct ct_slice){ NULL, 0 };
    }
    int end = first;
    while (end < first + 3 && ct_is_word(r, end) && r->tokens[end].kind == CT_TOKEN_WORD &&
           !ct_value_parts(r, end) &&
           !ct_reader_match(
               r, end, CT_CLASS_BIT(RELATION) | CT_CLASS_BIT(WITH) | CT_CLASS_BIT(TEMPLATE), &m))
        end++;
    if (end == first || first == i)
        return i;
    *v = number;
    v->text = ct_reader_slice(r, i, first);
    v->label = ct_reader_slice(r, first, end);
    return end;
}

static void read_plain(struct ct_reader *r)
{
    struct ct_intent *intent = r->intent;
    for (int i = r->page_end; i < r->n && intent->n_values < CT_INTENT_VALUES;) {
        struct ct_value v;
        bool starts =
            ct_value_parts(r, i - 1) && !ct_value_parts(r, i) && r->tokens[i].use == CT_USE_FREE;
        bool screen = intent->template_id == CT_TEMPLATE_dashboard ||
                      intent->template_id == CT_TEMPLATE_app_screen;
        int end = starts && screen ? read_counted(r, i, &v) : i;
        if (end == i)
            end = starts ? ct_value_labelled(r, i, &v) : i;
        if (end == i) {
            i++;
            continue;
        }
        intent->values[intent->n_values++] = v;
        ct_mark(r, i, end, CT_USE_UNDERSTOOD, "value", NULL);
        i = end;
    }
}

/* Templates whose values may stand in rows or under headings. */
static bool has_series(enum ct_template_id id)
{
    return id == CT_TEMPLATE_bar_chart || id == CT_TEMPLATE_grouped_bar_chart ||
           id == CT_TEMPLATE_stacked_bar_chart || id == CT_TEMPLATE_line_chart ||
           id == CT_TEMPLATE_area_chart || id == CT_TEMPLATE_radar_chart || id == CT_TEMPLATE_menu;
}

void ct_read_values(struct ct_reader *r)
{
    struct ct_intent *intent = r->intent;
    if (!shows_numbers(intent->template_id))
        return;
    if (intent->template_id == CT_TEMPLATE_scatter_chart || has_series(intent->template_id))
        ct_read_axes(r);
    if (intent->template_id == CT_TEMPLATE_scatter_chart)
        ct_read_points_xy(r);
    else if (intent->template_id == CT_TEMPLATE_gauge_chart)
        ct_read_gauges(r);
    else if (has_series(intent->template_id))
        ct_read_series(r);
    else
        read_plain(r);
}
