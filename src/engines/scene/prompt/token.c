/* Cuts a prompt into tokens; called once by ct_intent_read().
 *
 * Two passes over the same cutter: one counts, one fills, so that the array is exactly as large
 * as needed. The only look-ahead is for a closing quote; a failed search is remembered per kind
 * of quote, so ten thousand opening quotes cost one search and not ten thousand.
 *
 * Every character beyond ASCII that is no blank, quote, arrow or punctuation counts as a letter:
 * words of any script come through whole. */
#include "engines/scene/prompt/token.h"

#include "base/utf8.h"

enum { QUOTE_KINDS = 11 };

static const struct quote {
    uint32_t open, close, other; /* `other` closes it too */
} quotes[QUOTE_KINDS] = {
    { '"', '"', 0x201d },       { '\'', '\'', 0x2019 },     { 0x201c, 0x201d, '"' },
    { 0x201e, 0x201c, 0x201d }, { 0x2018, 0x2019, '\'' },   { 0xab, 0xbb, 0xbb },
    { 0x300c, 0x300d, 0x300d }, { 0x300e, 0x300f, 0x300f }, { 0x2039, 0x203a, 0x203a },
    { '`', '`', '`' },          { 0xbb, 0xab, 0xab },
};

struct cutter {
    struct ct_slice text;
    size_t at;
    size_t unclosed[QUOTE_KINDS]; /* no closing quote before this offset */
};

static uint32_t peek(struct ct_slice text, size_t at)
{
    return at < text.len ? ct_utf8_next(text, &at) : 0;
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_blank(uint32_t c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == 0xa0 || c == 0x3000 || c == 0xfeff ||
           (c >= 0x2000 && c <= 0x200b) || c == 0x200e || c == 0x200f || c == 0x202f ||
           (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x2069) || (c < ' ' && c != '\n');
}

static bool is_mark(uint32_t c)
{
    if (c < 0x80)
        return c > ' ' && !is_digit(c) && !((c | 32) >= 'a' && (c | 32) <= 'z') && c != '_';
    return (c >= 0x2010 && c <= 0x205f) || (c >= 0x3001 && c <= 0x3003) ||
           (c >= 0x3008 && c <= 0x3011) || (c >= 0xff01 && c <= 0xff0f) ||
           (c >= 0xff1a && c <= 0xff20) || (c >= 0x2190 && c <= 0x21ff) || c == 0x2794 ||
           c == 0x279c || c == 0x27a1 || c == 0xab || c == 0xbb || c == 0xb7 || c == 0xa1 ||
           c == 0xbf || c == 0x7f || c == 0x60c || c == 0x61b || c == 0x61f;
}

static bool is_letter(uint32_t c)
{
    return c != 0 && c != '\n' && !is_blank(c) && !is_mark(c);
}

/* The ASCII mark that means the same, 0 when there is none. */
static char mark_sense(uint32_t c)
{
    if (c < 0x80)
        return (char)c;
    switch (c) {
    case 0x3001:
    case 0xff0c:
    case 0x60c:
        return ',';
    case 0x3002:
    case 0xff0e:
    case 0xff61:
        return '.';
    case 0xff1a:
        return ':';
    case 0xff1b:
    case 0x61b:
        return ';';
    case 0xff01:
    case 0xa1:
        return '!';
    case 0xff1f:
    case 0xbf:
    case 0x61f:
        return '?';
    case 0xff08:
        return '(';
    case 0xff09:
        return ')';
    case 0x2013:
    case 0x2014:
        return ';'; /* a dash parts clauses */
    case 0x2010:
    case 0x2011:
        return '-';
    case 0x2022:
    case 0xb7:
        return '*';
    default:
        return 0;
    }
}

static int quote_kind(uint32_t c)
{
    for (int i = 0; i < QUOTE_KINDS; i++)
        if (quotes[i].open == c)
            return i;
    return -1;
}

static bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019;
}

/* The character that ends before `at`, 0 at the start; only its class matters, so the last byte
 * stands for one beyond ASCII. */
static uint32_t before(const struct cutter *k, size_t at)
{
    return at ? (unsigned char)k->text.ptr[at - 1] : 0;
}

/* Where the quote that opens at `from` (behind its mark) closes: offset of the closing mark. */
static bool find_close(struct cutter *k, int kind, size_t from, size_t *close, size_t *behind)
{
    if (from < k->unclosed[kind])
        return false;
    bool newline = false;
    for (size_t at = from; at < k->text.len;) {
        size_t here = at;
        uint32_t c = ct_utf8_next(k->text, &at);
        if (c == '\n' && newline) {
            k->unclosed[kind] = at;
            return false;
        }
        newline = c == '\n' || (newline && is_blank(c));
        if (c != quotes[kind].close && c != quotes[kind].other)
            continue;
        uint32_t next = peek(k->text, at);
        if (is_apostrophe(c) && (is_letter(next) || before(k, here) == ' '))
            continue; /* the ' of it's */
        *close = here;
        *behind = at;
        return here > from;
    }
    k->unclosed[kind] = k->text.len;
    return false;
}

static bool cut_quoted(struct cutter *k, struct ct_token *t, uint32_t c, size_t from)
{
    int kind = quote_kind(c);
    uint32_t prior = before(k, k->at), next = peek(k->text, from);
    if (kind < 0 || (c == '"' && is_digit(prior)) ||
        (is_apostrophe(c) && (is_letter(prior) || is_blank(next) || prior == '\\')) ||
        (c == '\'' && is_digit(next) && is_digit(peek(k->text, from + 1)) &&
         peek(k->text, from + 2) == 's'))
        return false; /* inches, apostrophes, '90s */
    size_t close, behind;
    if (!find_close(k, kind, from, &close, &behind))
        return false;
    t->kind = CT_TOKEN_QUOTED;
    t->open = (uint8_t)(from - k->at);
    t->close = (uint8_t)(behind - close);
    k->at = behind;
    return true;
}

static bool is_hex_digit(uint32_t c)
{
    return is_digit(c) || ((c | 32) >= 'a' && (c | 32) <= 'f');
}

static bool cut_hex(struct cutter *k, struct ct_token *t)
{
    size_t digits = 0;
    while (digits < 7 && is_hex_digit(peek(k->text, k->at + 1 + digits)))
        digits++;
    if ((digits != 3 && digits != 6) || is_letter(peek(k->text, k->at + 1 + digits)))
        return false;
    t->kind = CT_TOKEN_HEX;
    k->at += 1 + digits;
    return true;
}

static bool cut_single_arrow(struct cutter *k, struct ct_token *t, uint32_t c, size_t behind)
{
    static const struct {
        uint32_t c;
        uint8_t flags;
    } arrows[] = {
        { 0x2192, 0 },
        { 0x21d2, 0 },
        { 0x27a1, 0 },
        { 0x279c, 0 },
        { 0x2794, 0 },
        { 0x21e8, 0 },
        { 0x2190, CT_ARROW_BACK },
        { 0x21d0, CT_ARROW_BACK },
        { 0x2194, CT_ARROW_BOTH },
        { 0x21d4, CT_ARROW_BOTH },
        { 0x21c4, CT_ARROW_BOTH },
        { 0x21e2, CT_ARROW_DASHED },
    };
    for (size_t i = 0; i < sizeof(arrows) / sizeof(arrows[0]); i++) {
        if (arrows[i].c != c)
            continue;
        t->kind = CT_TOKEN_ARROW;
        t->arrow = arrows[i].flags;
        k->at = behind;
        return true;
    }
    return false;
}

/* "->", "-->", "==>", "<->", "<-", "-.->", and " > " between blanks. */
static bool cut_arrow(struct cutter *k, struct ct_token *t)
{
    const char *p = k->text.ptr;
    size_t at = k->at, shaft = 0;
    bool back = p[at] == '<', dotted = false;
    at += back;
    while (at < k->text.len && shaft < 16 && (p[at] == '-' || p[at] == '=' || p[at] == '.')) {
        dotted |= p[at] == '.';
        at++;
        shaft++;
    }
    bool forth = at < k->text.len && p[at] == '>';
    bool spaced =
        shaft == 0 && forth && !back && before(k, k->at) == ' ' && peek(k->text, at + 1) == ' ';
    if (!(shaft && (back || forth)) && !spaced)
        return false;
    if (p[k->at] == '.' || (shaft == 1 && p[at - 1] == '='))
        if (!forth || back)
            return false; /* <= */
    t->kind = CT_TOKEN_ARROW;
    t->arrow = (uint8_t)((back && forth ? CT_ARROW_BOTH
                          : back        ? CT_ARROW_BACK
                                        : 0) |
                         (dotted ? CT_ARROW_DASHED : 0));
    k->at = at + forth;
    if (forth && shaft && k->at < k->text.len && p[k->at] == '>')
        k->at++; /* Mermaid: ->> */
    return true;
}

/* Letters and digits, with an apostrophe, '.' or ',' (between digits) inside. */
static void cut_word(struct cutter *k, struct ct_token *t)
{
    bool digits_only = true;
    while (k->at < k->text.len) {
        size_t behind = k->at;
        uint32_t c = ct_utf8_next(k->text, &behind);
        uint32_t next = peek(k->text, behind);
        bool inside = is_letter(c) || ((is_apostrophe(c) || c == '.') && is_letter(next)) ||
                      (c == ',' && is_digit(before(k, k->at)) && is_digit(next));
        if (!inside)
            break;
        digits_only &= is_digit(c) || c == '.' || c == ',';
        k->at = behind;
    }
    t->kind = digits_only ? CT_TOKEN_NUMBER : CT_TOKEN_WORD;
}

/* Over the hyphen of "close-up": one between two letters. */
static bool skip_hyphen(struct cutter *k)
{
    size_t behind = k->at;
    uint32_t c = behind < k->text.len ? ct_utf8_next(k->text, &behind) : 0;
    bool hyphen = c == '-' || c == 0x2010 || c == 0x2011;
    if (!hyphen || !is_letter(before(k, k->at)) || !is_letter(peek(k->text, behind)))
        return false;
    k->at = behind;
    return true;
}

static bool next_token(struct cutter *k, struct ct_token *t)
{
    size_t was = k->at, behind;
    uint32_t c = 0;
    bool joined = skip_hyphen(k);
    for (; !joined && k->at < k->text.len; k->at = behind) {
        behind = k->at;
        c = ct_utf8_next(k->text, &behind);
        if (!is_blank(c))
            break;
    }
    if (k->at >= k->text.len)
        return false;
    size_t from = behind = k->at;
    c = ct_utf8_next(k->text, &behind);
    *t = (struct ct_token){ .tight = from == was, .joined = joined };
    if (c == '\n') {
        t->kind = CT_TOKEN_BREAK;
        k->at = behind;
    } else if (is_letter(c)) {
        cut_word(k, t);
    } else if (!cut_quoted(k, t, c, behind) && !(c == '#' && cut_hex(k, t)) &&
               !((c == '-' || c == '=' || c == '<' || c == '>') && cut_arrow(k, t)) &&
               !cut_single_arrow(k, t, c, behind)) {
        t->kind = CT_TOKEN_MARK;
        t->mark = mark_sense(c);
        k->at = behind;
    }
    t->text = ct_slice_n(k->text.ptr + from, k->at - from);
    return true;
}

ct_code ct_tokens_read(struct ct_token **out, int *n, struct ct_arena *arena, struct ct_slice text,
                       struct ct_err *err)
{
    struct ct_token token;
    struct cutter counter = { .text = text }, filler = { .text = text };
    int count = 0;
    while (next_token(&counter, &token))
        count++;
    struct ct_token *tokens = ct_arena_array(arena, (size_t)count + 1, sizeof(*tokens));
    if (!tokens)
        return ct_fail(err, CT_E_MEMORY, NULL, "There is no memory left to read the prompt.");
    for (int i = 0; i < count; i++)
        next_token(&filler, &tokens[i]);
    *out = tokens;
    *n = count;
    return CT_OK;
}

struct ct_slice ct_token_quoted(const struct ct_token *token)
{
    return ct_slice_sub(token->text, token->open, token->text.len - token->close);
}

struct ct_slice ct_token_said(const struct ct_token *token)
{
    return token->said ? ct_slice(token->said) : token->text;
}

struct ct_slice ct_tokens_slice(const struct ct_token *first, const struct ct_token *last)
{
    size_t len = (size_t)(last->text.ptr - first->text.ptr) + last->text.len;
    return ct_slice_n(first->text.ptr, len);
}
