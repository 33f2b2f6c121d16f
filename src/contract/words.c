/* The spelled values of the API, and how a message lists them.
 *
 * Constant tables and pure functions: any thread. */
#include "contract/words.h"

const struct ct_word ct_quality_words[CT_N_QUALITY_WORDS] = {
    { "low", CT_QUALITY_LOW },     { "medium", CT_QUALITY_MEDIUM }, { "high", CT_QUALITY_HIGH },
    { "xhigh", CT_QUALITY_XHIGH }, { "max", CT_QUALITY_MAX },       { "auto", CT_WORD_AUTO },
};

const struct ct_word ct_format_words[CT_N_FORMAT_WORDS] = {
    { "png", CT_FORMAT_PNG },
    { "webp", CT_FORMAT_WEBP },
    { "jpeg", CT_FORMAT_JPEG },
    { "svg", CT_FORMAT_SVG },
};

const struct ct_word ct_background_words[CT_N_BACKGROUND_WORDS] = {
    { "transparent", CT_BACKGROUND_TRANSPARENT },
    { "opaque", CT_BACKGROUND_OPAQUE },
    { "auto", CT_WORD_AUTO },
};

const struct ct_word ct_moderation_words[CT_N_MODERATION_WORDS] = {
    { "auto", CT_MODERATION_AUTO },
    { "low", CT_MODERATION_LOW },
};

const struct ct_word ct_fidelity_words[CT_N_FIDELITY_WORDS] = {
    { "high", CT_FIDELITY_HIGH },
    { "low", CT_FIDELITY_LOW },
};

const struct ct_word ct_reply_as_words[CT_N_REPLY_AS_WORDS] = {
    { "url", CT_REPLY_URL },
    { "b64_json", CT_REPLY_B64_JSON },
};

const struct ct_word ct_style_words[CT_N_STYLE_WORDS] = {
    { "vivid", CT_STYLE_VIVID },
    { "natural", CT_STYLE_NATURAL },
};

const struct ct_word ct_thinking_words[CT_N_THINKING_WORDS] = {
    { "off", CT_THINKING_OFF },
    { "low", CT_THINKING_LOW },
    { "medium", CT_THINKING_MEDIUM },
    { "high", CT_THINKING_HIGH },
};

const char *ct_word_of(const struct ct_word *words, size_t n_words, int value)
{
    for (size_t i = 0; i < n_words; i++) {
        if (words[i].value == value)
            return words[i].text;
    }
    return "";
}

const struct ct_word *ct_word_find(const struct ct_word *words, size_t n_words,
                                   struct ct_slice text)
{
    for (size_t i = 0; i < n_words; i++) {
        if (ct_slice_is(text, words[i].text))
            return &words[i];
    }
    return NULL;
}

void ct_words_put(struct ct_buf *b, const struct ct_word *words, size_t n_words,
                  const char *conjunction)
{
    for (size_t i = 0; i < n_words; i++) {
        if (i > 0 && n_words > 2)
            ct_buf_puts(b, ",");
        if (i > 0)
            ct_buf_puts(b, " ");
        if (i > 0 && i + 1 == n_words)
            ct_buf_printf(b, "%s ", conjunction);
        ct_buf_printf(b, "'%s'", words[i].text);
    }
}

const char *ct_quality_name(enum ct_quality quality)
{
    return ct_word_of(ct_quality_words, CT_N_QUALITY_WORDS, (int)quality);
}

const char *ct_background_name(enum ct_background background)
{
    return ct_word_of(ct_background_words, CT_N_BACKGROUND_WORDS, (int)background);
}
