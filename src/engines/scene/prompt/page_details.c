/* Details that a printed page shows without their being quoted: who it is by, when, where, what it
 * costs, how to reach somebody.
 *
 * Runs behind the quoted texts, before the subject and the rest. Each kind is a run of tokens with
 * a shape of its own; a run becomes one text, byte for byte as written. What has no such shape is
 * left alone. */
#include "engines/scene/prompt/reader.h"

static int dots_in(struct ct_slice text)
{
    int n = 0;
    for (size_t i = 0; i < text.len; i++)
        n += text.ptr[i] == '.';
    return n;
}

static bool is_any(const struct ct_reader *r, int i, const char *const *words)
{
    for (; *words; words++)
        if (ct_word_is(r, i, *words))
            return true;
    return false;
}

static bool is_free(const struct ct_reader *r, int i)
{
    return i >= 0 && i < r->n && r->tokens[i].use == CT_USE_FREE;
}

static bool is_number(const struct ct_reader *r, int i)
{
    if (!is_free(r, i) || r->tokens[i].text.ptr[0] < '0' || r->tokens[i].text.ptr[0] > '9')
        return false;
    return !ct_slice_ends(r->tokens[i].text, "0s"); /* "1970s" */
}

static bool is_name(const struct ct_reader *r, int i)
{
    if (!is_free(r, i) || r->tokens[i].kind != CT_TOKEN_WORD)
        return false;
    unsigned char c = (unsigned char)r->tokens[i].text.ptr[0];
    return (c >= 'A' && c <= 'Z') || c >= 0xC3;
}

static void add_detail(struct ct_reader *r, int first, int end, const char *what)
{
    ct_add_text(r, ct_reader_slice(r, first, end));
    ct_mark(r, first, end, CT_USE_UNDERSTOOD, what, NULL);
}

static bool is_calendar_word(const struct ct_reader *r, int i)
{
    static const char *const words[] = {
        "january", "february",  "march",   "april",    "may",      "june",       "july",
        "august",  "september", "october", "november", "december", "jan",        "feb",
        "mar",     "apr",       "jun",     "jul",      "aug",      "sep",        "sept",
        "oct",     "nov",       "dec",     "monday",   "tuesday",  "wednesday",  "thursday",
        "friday",  "saturday",  "sunday",  "mon",      "tue",      "wed",        "thu",
        "fri",     "sat",       "sun",     "mondays",  "tuesdays", "wednesdays", "thursdays",
        "fridays", "saturdays", "sundays", NULL
    };
    return is_free(r, i) && is_any(r, i, words) && is_name(r, i);
}

/* "Elena Moore", "The Blue Note", "Vincent van Gogh", "J. R. Smith": behind its last word. */
static int name_end(const struct ct_reader *r, int i)
{
    static const char *const inside[] = { "of",  "the", "and", "de",  "la", "le", "van", "von",
                                          "der", "di",  "da",  "del", "du", "&",  NULL };
    int end = i;
    if (!is_name(r, i))
        return i;
    for (int k = i; k < r->n && k < i + 10 && !is_calendar_word(r, k); k++) {
        bool initial = ct_is_mark(r, k, '.') && r->tokens[k].tight && is_name(r, k + 1) &&
                       r->tokens[k - 1].text.len <= 2;
        if (is_name(r, k) || (k > i && is_number(r, k)))
            end = k + 1;
        else if (!is_any(r, k, inside) && !ct_is_mark(r, k, '&') && !initial)
            break;
    }
    return end;
}

/* --- who --- */

static int read_byline(struct ct_reader *r, int i)
{
    bool from = ct_word_is(r, i, "from") && r->intent->template_id == CT_TEMPLATE_greeting_card;
    bool by = (ct_word_is(r, i, "by") || from) && is_free(r, i);
    bool dash = (ct_is_mark(r, i, '-') || ct_is_mark(r, i, ';')) && i > 0 &&
                r->tokens[i - 1].kind == CT_TOKEN_QUOTED;
    if (!by && !dash)
        return i;
    int first = i + 1 + (from && ct_word_is(r, i + 1, "the"));
    int end = name_end(r, first);
    if (end == first || r->intent->byline.ptr)
        return i;
    end += from && (ct_word_is(r, end, "family") || ct_word_is(r, end, "team"));
    r->intent->byline = ct_reader_slice(r, i + 1, end);
    r->tokens[i].use = CT_USE_SILENT;
    add_detail(r, i + 1, end, "name");
    return end;
}

/* "featuring Bon Iver, The Lumineers and Feist": each a text. */
static int read_lineup(struct ct_reader *r, int i)
{
    static const char *const before[] = { "featuring", "starring", "feat",       "with",
                                          "speakers",  "lineup",   "performers", "performing",
                                          "guests",    "hosted",   "presents",   NULL };
    if (!is_any(r, i, before) || !is_free(r, i))
        return i;
    int at = i + 1 + ct_is_mark(r, i + 1, ':'), end = i;
    for (int k = at; is_name(r, k);) {
        int behind = name_end(r, k);
        for (int cut = k; cut < behind; cut++) /* "Feist and Beck" are two */
            if (ct_word_is(r, cut, "and"))
                behind = cut;
        if (behind == k)
            break;
        add_detail(r, k, behind, "name");
        end = behind;
        k = behind + (ct_is_mark(r, behind, ',') ? 1 : 0);
        k += ct_word_is(r, k, "and") || ct_is_mark(r, k, '&');
    }
    if (end > i)
        r->tokens[i].use = CT_USE_SILENT;
    return end;
}

/* --- when --- */

/* "7pm", "18th", "8 pm" */
static bool is_hour(const struct ct_reader *r, int i)
{
    static const char *const halves[] = { "am", "pm", "a.m", "p.m", "h", "uhr", NULL };
    if (!is_number(r, i))
        return is_free(r, i) && i > 0 && is_number(r, i - 1) && is_any(r, i, halves);
    struct ct_slice t = r->tokens[i].text;
    bool tail = ct_slice_ends(t, "pm") || ct_slice_ends(t, "am") || ct_slice_ends(t, "PM") ||
                ct_slice_ends(t, "AM");
    bool colon = ct_is_mark(r, i + 1, ':') && is_number(r, i + 2) && r->tokens[i + 1].tight &&
                 r->tokens[i + 2].tight;
    return tail || colon || is_any(r, i + 1, halves);
}

static bool joins_times(const struct ct_reader *r, int i)
{
    static const char *const words[] = { "at",  "from",    "to", "until", "till",
                                         "and", "through", "am", "pm",    "a.m",
                                         "p.m", "h",       "of", "the",   NULL };
    if (!is_free(r, i))
        return false;
    return ct_is_mark(r, i, ',') || ct_is_mark(r, i, '-') || ct_is_mark(r, i, ':') ||
           ct_is_mark(r, i, ';') || ct_is_mark(r, i, '/') || is_any(r, i, words);
}

/* "Friday, May 8, 7:30 pm", "12.06.2027", "July 18-20", "8 pm - 2 am" */
static int date_end(const struct ct_reader *r, int i)
{
    int end = i, k = i;
    bool sure = false;
    for (; k < r->n && k < i + 16; k++) {
        bool dotted =
            is_number(r, k) && r->tokens[k].text.len >= 8 && dots_in(r->tokens[k].text) == 2;
        bool iso = is_number(r, k) && r->tokens[k].text.len == 4 && k + 2 < r->n &&
                   is_number(r, k + 1) && r->tokens[k + 1].joined && is_number(r, k + 2) &&
                   r->tokens[k + 2].joined;
        sure |= is_calendar_word(r, k) || is_hour(r, k) || dotted || iso;
        bool house = is_number(r, k) && !is_hour(r, k) && is_name(r, k + 1) &&
                     !is_calendar_word(r, k + 1); /* "..., 13 Elm Street" */
        if (house)
            break;
        if (is_calendar_word(r, k) || is_hour(r, k) || is_number(r, k))
            end = k + 1;
        else if (!joins_times(r, k) || k == i)
            break;
    }
    return sure ? end : i;
}

/* A number alone begins a date only before a month: "12 June". */
static int read_date(struct ct_reader *r, int i)
{
    static const char *const before[] = {
        "on", "at", "from", "date", "time", "when", "doors", NULL
    };
    if (!is_free(r, i) || (!is_calendar_word(r, i) && !is_number(r, i)))
        return i;
    int end = date_end(r, i);
    if (end == i || (i > 0 && ct_is_mark(r, i - 1, '$')))
        return i;
    for (int k = i - 1; k >= 0 && k >= i - 2; k--)
        if (is_free(r, k) && (is_any(r, k, before) || ct_is_mark(r, k, ':')))
            r->tokens[k].use = CT_USE_SILENT;
    add_detail(r, i, end, "date");
    return end;
}

/* --- where --- */

/* "at Riverside Park, Berlin", "in Florence" */
static int read_place(struct ct_reader *r, int i)
{
    static const char *const before[] = { "at", "in", "location", "venue", "place", "@", NULL };
    static const char *const styles[] = { "Swiss",  "Helvetica", "Futura",  "Bauhaus", "Art",
                                          "Inter",  "Bold",      "English", "Spanish", "French",
                                          "German", "Japanese",  "Italian", "Chinese", "Arabic",
                                          "Hebrew", "Russian",   "Korean",  "Hindi",   "Memphis",
                                          NULL };
    bool listed =
        i > 0 && ct_is_mark(r, i, ',') &&
        (r->tokens[i - 1].use == CT_USE_UNDERSTOOD || r->tokens[i - 1].use == CT_USE_CONTINUED) &&
        (r->tokens[i - 1].kind != CT_TOKEN_QUOTED || ct_is_mark(r, name_end(r, i + 1), ','));
    if (!is_free(r, i) || (!listed && !is_any(r, i, before) && !ct_is_mark(r, i, '@')))
        return i;
    int at = i + 1 + ct_is_mark(r, i + 1, ':');
    int first = at + ct_word_is(r, at, "the");
    if (is_any(r, first, styles))
        return i;
    int end = name_end(r, first);
    for (int k = end;
         end > first && ct_is_mark(r, k, ',') && is_name(r, k + 1) && !is_calendar_word(r, k + 1);)
        k = end = name_end(r, k + 1);
    if (end <= first)
        return i;
    for (int k = i; k < at; k++)
        r->tokens[k].use = CT_USE_SILENT;
    add_detail(r, at, end, "place");
    return end;
}

/* "Monte Vero" Chianti Classico 2021: names right behind a text. */
static int read_more(struct ct_reader *r, int i)
{
    static const uint64_t known = CT_CLASS_BIT(TEMPLATE) | CT_CLASS_BIT(NEAR_TEMPLATE) |
                                  CT_CLASS_BIT(ROLE) | CT_CLASS_BIT(COLOR) | CT_CLASS_BIT(LOOK) |
                                  CT_CLASS_BIT(STYLE) | CT_CLASS_BIT(MADE) | CT_CLASS_BIT(STOP);
    struct ct_match m;
    if (i == 0 || r->tokens[i - 1].kind != CT_TOKEN_QUOTED || !is_name(r, i) ||
        ct_reader_match(r, i, known, &m))
        return i;
    int end = name_end(r, i);
    for (int k = 0; k < 3 && ct_is_word(r, end) && r->tokens[end].use == CT_USE_FREE; k++)
        end++; /* "Senior designer" */
    if (end > i)
        add_detail(r, i, end, "text");
    return end;
}

/* --- how much, how to reach --- */

static int read_price(struct ct_reader *r, int i)
{
    static const char *const money[] = { "euros", "euro", "dollars", "usd", "eur", "gbp", NULL };
    static const char *const free_of[] = { "entry", "admission", "entrance", "shipping", NULL };
    static const char *const less[] = { "off", "discount", "sale", NULL };
    static const char *const signs[] = { "$", "€", "£", "¥", "₹", NULL };
    bool sign = false;
    for (int k = 0; signs[k]; k++)
        sign |= is_free(r, i) && ct_slice_starts(r->tokens[i].text, signs[k]);
    int end = i;
    if (sign)
        end = i + (is_number(r, i + 1) ? 2 : r->tokens[i].text.len > 3);
    else if (is_number(r, i) &&
             (is_any(r, i + 1, money) || (i + 1 < r->n && ct_slice_is(r->tokens[i + 1].text, "€"))))
        end = i + 2;
    else if (is_number(r, i) && ct_is_mark(r, i + 1, '%'))
        end = i + 2 + is_any(r, i + 2, less);
    else if (is_free(r, i) && ct_word_is(r, i, "free") && is_any(r, i + 1, free_of))
        end = i + 2;
    if (end > i)
        add_detail(r, i, end, "price");
    return end;
}

static bool is_address(struct ct_slice word)
{
    static const char *const ends[] = { ".com", ".org", ".net", ".io",   ".co",
                                        ".de",  ".uk",  ".fr",  ".it",   ".es",
                                        ".eu",  ".dev", ".app", ".shop", ".me" };
    for (size_t k = 0; k < sizeof(ends) / sizeof(ends[0]); k++)
        if (ct_slice_ends(word, ends[k]))
            return true;
    return ct_slice_starts(word, "www.");
}

static int digits_in(struct ct_slice text)
{
    int n = 0;
    for (size_t i = 0; i < text.len; i++)
        n += text.ptr[i] >= '0' && text.ptr[i] <= '9';
    return n;
}

/* "+34 600 123 456", "(555) 010-9988" */
static int phone_end(const struct ct_reader *r, int i)
{
    int end = i, digits = 0, k = i;
    for (; k < r->n && is_free(r, k) && k < i + 12; k++) {
        char mark = r->tokens[k].kind == CT_TOKEN_MARK ? r->tokens[k].mark : 0;
        if (r->tokens[k].kind == CT_TOKEN_NUMBER &&
            !memchr(r->tokens[k].text.ptr, ',', r->tokens[k].text.len)) {
            digits += digits_in(r->tokens[k].text);
            end = k + 1;
        } else if (!mark || !strchr("+()-", mark)) {
            break;
        }
    }
    return digits >= 7 && digits <= 16 ? end : i;
}

static int read_contact(struct ct_reader *r, int i)
{
    static const char *const before[] = { "phone",  "tel",     "telephone", "call",    "email",
                                          "mail",   "website", "web",       "contact", "mobile",
                                          "number", "url",     "e",         NULL };
    if (!is_free(r, i))
        return i;
    int end = i;
    bool mail = ct_is_mark(r, i + 1, '@') && i + 2 < r->n && r->tokens[i + 2].tight &&
                r->tokens[i + 1].tight;
    if (mail && is_free(r, i + 2))
        end = i + 3;
    else if (ct_is_mark(r, i, '@') && i + 1 < r->n && r->tokens[i + 1].tight)
        end = i + 2;
    else if (r->tokens[i].kind == CT_TOKEN_WORD && is_address(r->tokens[i].text))
        end = i + 1;
    else if (ct_is_mark(r, i, '+') || ct_is_mark(r, i, '(') || is_number(r, i))
        end = phone_end(r, i);
    if (end == i)
        return i;
    while (!mail && ct_is_mark(r, end, '/') && r->tokens[end].tight && is_free(r, end + 1))
        end += 2;
    for (int k = i - 1; k >= 0 && k >= i - 3 && (is_any(r, k, before) || ct_is_mark(r, k, ':'));
         k--)
        if (is_free(r, k))
            r->tokens[k].use = CT_USE_SILENT;
    add_detail(r, i, end < r->n ? end : r->n, "contact");
    return end;
}

/* "from Berlin to Tokyo": where a ticket takes one is its title. */
static int read_route(struct ct_reader *r, int i)
{
    if (r->intent->template_id != CT_TEMPLATE_ticket || !ct_word_is(r, i, "from") ||
        !is_name(r, i + 1))
        return i;
    int end = i + 1;
    while (end < i + 4 && is_name(r, end))
        end++;
    if (!ct_word_is(r, end, "to") || !is_name(r, end + 1))
        return i;
    for (end++; end < r->n && is_name(r, end);)
        end++;
    if (!r->intent->title.ptr)
        r->intent->title = ct_reader_slice(r, i + 1, end);
    add_detail(r, i + 1, end, "route");
    r->tokens[i].use = CT_USE_SILENT;
    return end;
}

/* "seat 12A", "passenger Ada Lovelace": the fields of a ticket, one text each. */
static int read_field(struct ct_reader *r, int i)
{
    static const char *const fields[] = { "seat",     "gate",     "flight",   "row",  "section",
                                          "platform", "class",    "passenger", "name", "boarding",
                                          "terminal", "coach",    "car",      "block", "admit",
                                          "table",    "departure", "arrival", "group", NULL };
    if (r->intent->template_id != CT_TEMPLATE_ticket || !is_any(r, i, fields) || !is_free(r, i))
        return i;
    int end = i + 1;
    end += ct_is_mark(r, end, ':');
    int first = end;
    while (end < first + 4 && is_free(r, end) && !is_any(r, end, fields) &&
           (r->tokens[end].kind == CT_TOKEN_NUMBER || ct_is_mark(r, end, ':') ||
            (r->tokens[end].kind == CT_TOKEN_WORD && !ct_word_is(r, end, "and"))))
        end++;
    if (end == first)
        return i;
    add_detail(r, i, end, "field");
    return end;
}

void ct_read_details(struct ct_reader *r)
{
    static int (*const readers[])(struct ct_reader *,
                                  int) = { read_contact, read_route,  read_field,
                                           read_byline,  read_date,   read_price,
                                           read_lineup,  read_place,  read_more };
    for (int i = 0; i < r->n;) {
        int end = i;
        for (size_t k = 0; end == i && k < sizeof(readers) / sizeof(readers[0]); k++)
            end = readers[k](r, i);
        i = end > i ? end : i + 1;
    }
}

/* "Dr. Sofia Reyes, cardiologist, Calle Mayor 1" */
void ct_read_offices(struct ct_reader *r)
{
    for (int i = 1; i < r->n; i++) {
        if (!ct_is_mark(r, i - 1, ',') || r->tokens[i].use != CT_USE_FREE ||
            r->tokens[i].kind != CT_TOKEN_WORD)
            continue;
        int end = i;
        while (end < r->n && r->tokens[end].use == CT_USE_FREE &&
               (r->tokens[end].kind == CT_TOKEN_WORD || r->tokens[end].kind == CT_TOKEN_NUMBER))
            end++;
        bool whole = end == r->n || r->tokens[end].kind == CT_TOKEN_MARK ||
                     r->tokens[end].kind == CT_TOKEN_BREAK;
        if (!whole || end - i > 5)
            continue;
        if (!r->intent->subtitle.ptr)
            r->intent->subtitle = ct_reader_slice(r, i, end);
        add_detail(r, i, end, "office");
        i = end;
    }
}
