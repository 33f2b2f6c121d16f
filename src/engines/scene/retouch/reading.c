/* See reading.h. Tesseract reads sparse text in an order of its own, so words are joined by where
 * they stand: from each word that may begin the text, the nearest word that goes on with it, to the
 * right or on the next line. Pure; texts are some words, pictures some hundred. */
#include "engines/scene/retouch/reading.h"

#include <string.h>

#define WANTED_MAX 512
#define GAP 2.5f      /* between words of a line, in heights of a word */
#define LINE_GAP 2.2f /* from the foot of a line to the head of the next, in its height */
#define ASIDE 1.5f    /* how far left of a column a line may begin, in heights */
#define NEXT 1.3f     /* so near on its line another word belongs to the same text */

/* Letters and digits only, in lower case: how texts are compared. Other scripts' bytes stay. */
static size_t fold(char *out, size_t max, struct ct_slice text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.len && n < max; i++) {
        char c = text.ptr[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (uint8_t)c >= 128)
            out[n++] = c;
    }
    return n;
}

static void join(struct ct_mask_box *box, const struct ct_mask_box *with)
{
    box->x0 = with->x0 < box->x0 ? with->x0 : box->x0;
    box->y0 = with->y0 < box->y0 ? with->y0 : box->y0;
    box->x1 = with->x1 > box->x1 ? with->x1 : box->x1;
    box->y1 = with->y1 > box->y1 ? with->y1 : box->y1;
}

static float high(const struct ct_mask_box *box)
{
    return (float)(box->y1 - box->y0);
}

/* How far the next word b is from a, on the same line to its right; < 0: it is not there. */
static float along(const struct ct_mask_box *a, const struct ct_mask_box *b)
{
    int middle = (b->y0 + b->y1) / 2;
    float tall = high(a) > high(b) ? high(a) : high(b), gap = (float)(b->x0 - a->x1);
    if (middle <= a->y0 || middle >= a->y1 || gap < -0.5f * tall || gap > GAP * tall)
        return -1;
    return gap < 0 ? 0 : gap;
}

/* How far it is below the line, within the column; < 0: it is not there. */
static float below(const struct ct_mask_box *line, const struct ct_mask_box *column,
                   const struct ct_mask_box *b)
{
    float tall = high(line) > high(b) ? high(line) : high(b), gap = (float)(b->y0 - line->y1);
    bool beside = (float)b->x1 < (float)column->x0 - ASIDE * tall ||
                  (float)b->x0 > (float)column->x1 + ASIDE * tall;
    if ((b->y0 + b->y1) / 2 <= line->y1 || gap > LINE_GAP * tall || beside)
        return -1;
    /* lines are read from their left end */
    return (gap < 0 ? 0 : gap) * 4 + (float)(b->x0 > column->x0 ? b->x0 - column->x0 : 0);
}

/* Does a line end with `last` and another one begin with `next`? Words of the same text would be
 * left out otherwise. */
static bool parts_lines(const struct ct_ocr_word *words, int n, const struct ct_mask_box *last,
                        const struct ct_mask_box *next)
{
    for (int i = 0; i < n; i++) {
        char letter[4];
        const struct ct_mask_box *b = &words[i].box;
        if (b == last || b == next || fold(letter, sizeof(letter), ct_slice(words[i].text)) == 0)
            continue;
        float behind = along(last, b), before = along(b, next);
        if ((behind >= 0 && behind < NEXT * high(last)) ||
            (before >= 0 && before < NEXT * high(next)))
            return false;
    }
    return true;
}

/* Puts the word behind what was found; false: no room. */
static bool take(struct ct_reading *r, const struct ct_ocr_word *word, bool new_line)
{
    size_t len = strlen(word->text), at = 0;
    if (r->n > 0)
        at = r->line[r->n - 1].at + r->line[r->n - 1].len;
    if (at + len + 2 > sizeof(r->text) || (new_line && r->n == CT_READING_LINES))
        return false;
    if (new_line) {
        r->line[r->n++] = (struct ct_reading_line){ word->box, at, 0 };
        r->box = r->n == 1 ? word->box : r->box;
    } else {
        r->text[at++] = ' ';
        r->line[r->n - 1].len++;
    }
    memcpy(r->text + at, word->text, len);
    r->line[r->n - 1].len += len;
    join(&r->line[r->n - 1].box, &word->box);
    join(&r->box, &word->box);
    return true;
}

/* The length of the word's letters when the rest of the wanted text begins with them. */
static size_t goes_on(const struct ct_ocr_word *word, struct ct_slice rest)
{
    char folded[CT_OCR_WORD_MAX];
    size_t len = fold(folded, sizeof(folded), ct_slice(word->text));
    return len > 0 && len <= rest.len && memcmp(folded, rest.ptr, len) == 0 ? len : 0;
}

static bool spells(struct ct_reading *out, const struct ct_ocr_word *words, int n, int first,
                   struct ct_slice wanted)
{
    size_t at = goes_on(&words[first], wanted);
    const struct ct_mask_box *last = &words[first].box;
    *out = (struct ct_reading){ .n = 0 };
    if (at == 0 || !take(out, &words[first], true))
        return false;
    while (at < wanted.len) {
        struct ct_slice rest = ct_slice_sub(wanted, at, wanted.len);
        const struct ct_ocr_word *next = NULL;
        bool new_line = false;
        float best = 0;
        for (int pass = 0; pass < 2 && !next; pass++) /* beside it, else below */
            for (int i = 0; i < n; i++) {
                const struct ct_mask_box *box = &words[i].box;
                float far = goes_on(&words[i], rest) == 0 ? -1
                            : pass == 0                   ? along(last, box)
                                        : below(&out->line[out->n - 1].box, &out->box, box);
                if (far < 0 || (next && far >= best) ||
                    (pass == 1 && !parts_lines(words, n, last, box)))
                    continue;
                next = &words[i];
                best = far;
                new_line = pass == 1;
            }
        if (!next || !take(out, next, new_line))
            return false;
        at += goes_on(next, rest);
        last = &next->box;
    }
    return true;
}

bool ct_reading_find(struct ct_reading *out, const struct ct_ocr_word *words, int n,
                     struct ct_slice text)
{
    char wanted[WANTED_MAX];
    size_t len = fold(wanted, sizeof(wanted), text);
    for (int i = 0; len > 0 && i < n; i++)
        if (spells(out, words, n, i, ct_slice_n(wanted, len)))
            return true;
    return false;
}
