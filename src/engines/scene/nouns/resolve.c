/* Looks a noun up in the table of hypernyms.
 *
 * Called by the prompt's reader on any thread; only constant data. The words are folded into a
 * buffer on the stack, as the table has them: lower case, one blank. A word that does not fit is
 * in no table. */
#include "engines/scene/nouns/resolve.h"

#include "engines/scene/nouns/table.h"

enum {
    KEY_MAX = 64,
};

static bool parts_words(char c)
{
    return c == ' ' || c == '-' || c == '\t' || c == '\n' || c == '\r';
}

/* The last word of `rest`, which is cut off it; empty when there is none. */
static struct ct_slice last_word(struct ct_slice *rest)
{
    size_t end = rest->len;
    while (end > 0 && parts_words(rest->ptr[end - 1]))
        end--;
    size_t from = end;
    while (from > 0 && !parts_words(rest->ptr[from - 1]))
        from--;
    struct ct_slice word = ct_slice_sub(*rest, from, end);
    rest->len = from;
    return word;
}

/* Appends in lower case; returns the new length, 0 when it does not fit. */
static size_t fold(char key[KEY_MAX], size_t len, struct ct_slice word)
{
    if (word.len == 0 || word.len > KEY_MAX - len)
        return 0;
    for (size_t i = 0; i < word.len; i++) {
        char c = word.ptr[i];
        key[len + i] = c >= 'A' && c <= 'Z' ? (char)(c | 32) : c;
    }
    return len + word.len;
}

static const struct ct_noun_row *find(struct ct_slice key)
{
    size_t from = 0, to = ct_noun_n_rows;
    while (from < to) {
        size_t at = from + (to - from) / 2;
        const char *text = ct_noun_text + ct_noun_rows[at].text;
        int order = strncmp(text, key.ptr, key.len);
        if (order == 0 && text[key.len] == '\0')
            return &ct_noun_rows[at];
        if (order < 0)
            from = at + 1;
        else
            to = at;
    }
    return NULL;
}

/* The key as it is, then what it may be the plural of. */
static const struct ct_noun_row *find_form(char key[KEY_MAX], size_t len, bool *plural)
{
    static const struct {
        const char *plural, *singular;
    } endings[] = { { "ies", "y" }, { "ves", "f" }, { "ves", "fe" }, { "s", "" }, { "es", "" } };
    const struct ct_noun_row *row = find(ct_slice_n(key, len));
    *plural = row && row->plural;
    struct ct_slice whole = ct_slice_n(key, len);
    for (size_t i = 0; !row && i < sizeof(endings) / sizeof(endings[0]); i++) {
        if (len < 4 || ct_slice_ends(whole, "ss") || !ct_slice_ends(whole, endings[i].plural))
            continue;
        char form[KEY_MAX];
        size_t stem = len - strlen(endings[i].plural), add = strlen(endings[i].singular);
        memcpy(form, key, stem);
        memcpy(form + stem, endings[i].singular, add);
        /* "dunes" is no plural of "dun": -es is one behind a hiss or an o only. */
        char end = stem ? form[stem - 1] : 0;
        bool es = add == 0 && endings[i].plural[0] == 'e';
        if (es && end != 's' && end != 'x' && end != 'z' && end != 'h' && end != 'o')
            continue;
        row = find(ct_slice_n(form, stem + add));
        *plural = row != NULL;
    }
    return row;
}

bool ct_noun_hypernym(struct ct_noun_match *out, struct ct_slice noun)
{
    struct ct_slice last = last_word(&noun), before = last_word(&noun);
    char key[KEY_MAX];
    const struct ct_noun_row *row = NULL;
    bool plural = false;
    int words = 2;
    size_t len = fold(key, 0, before);
    if (len > 0 && len < KEY_MAX) {
        key[len] = ' ';
        len = fold(key, len + 1, last);
        row = len > 0 ? find_form(key, len, &plural) : NULL;
    }
    if (!row) {
        words = 1;
        len = fold(key, 0, last);
        row = len > 0 ? find_form(key, len, &plural) : NULL;
    }
    if (!row || row->anchor < 0)
        return false;
    const struct ct_noun_anchor *anchor = &ct_noun_anchors[row->anchor];
    *out = (struct ct_noun_match){ anchor->object, anchor->word, anchor->emoji, words, plural };
    return true;
}
