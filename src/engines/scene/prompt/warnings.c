/* What the reply says about words that were not drawn: few sentences, however long the prompt. */
#include "engines/scene/prompt/intent.h"

enum {
    SENTENCES_MAX = 12,
    LISTED_MAX = 12, /* words named one by one */
    SENTENCE_MAX = 1024,
    WORDS_MAX = 80, /* bytes of one phrase */
};

struct list {
    const char **texts;
    int n;
    struct ct_arena *arena;
};

static void add(struct list *list, struct ct_buf *b)
{
    char *text = ct_arena_strdup(list->arena, ct_buf_slice(b));
    if (text && list->n < SENTENCES_MAX)
        list->texts[list->n++] = text;
    ct_buf_clear(b);
}

/* In quotes, on one line, cut when long. */
static void put_words(struct ct_buf *b, struct ct_slice words)
{
    struct ct_slice cut = ct_slice_sub(words, 0, WORDS_MAX);
    while (cut.len < words.len && cut.len > 0 && (words.ptr[cut.len] & 0xc0) == 0x80)
        cut.len--;
    ct_buf_putc(b, '"');
    for (size_t i = 0; i < cut.len; i++) {
        unsigned char c = (unsigned char)cut.ptr[i];
        ct_buf_putc(b, c < ' ' || c == 0x7f ? ' ' : c == '"' ? '\'' : (char)c);
    }
    ct_buf_puts(b, cut.len < words.len ? "...\"" : "\"");
}

static bool names_subject(const struct ct_intent *intent, const struct ct_note *note)
{
    return intent->kind == CT_INTENT_PAGE && note->kind == CT_NOTE_SUBSTITUTED &&
           note->words.ptr == intent->subject.ptr;
}

static void warn_substituted(struct list *list, struct ct_buf *b, const struct ct_intent *intent,
                             const struct ct_note *note)
{
    put_words(b, note->words);
    if (names_subject(intent, note))
        ct_buf_puts(b, " cannot be drawn by the scene engine; the picture is a typographic "
                       "composition that names it.");
    else
        ct_buf_printf(b, " is drawn as %s.", note->meaning);
    add(list, b);
}

static void warn_ignored(struct list *list, struct ct_buf *b, const struct ct_intent *intent)
{
    int listed = 0, rest = 0;
    for (int i = 0; i < intent->n_notes; i++) {
        if (intent->notes[i].kind != CT_NOTE_IGNORED)
            continue;
        if (listed == LISTED_MAX) {
            rest++;
            continue;
        }
        ct_buf_puts(b, listed++ ? ", " : "Ignored: ");
        put_words(b, intent->notes[i].words);
    }
    if (listed == 0)
        return;
    if (rest)
        ct_buf_printf(b, " and %d more", rest);
    ct_buf_putc(b, '.');
    add(list, b);
}

/* A chart invents no data: without numbers its shape is an illustration, and that is said. */
static void warn_no_numbers(struct list *list, struct ct_buf *b, const struct ct_intent *intent)
{
    if (intent->kind != CT_INTENT_PAGE || intent->n_values > 0)
        return;
    switch (intent->template_id) {
    case CT_TEMPLATE_bar_chart:
    case CT_TEMPLATE_line_chart:
    case CT_TEMPLATE_pie_chart:
    case CT_TEMPLATE_donut_chart:
        ct_buf_puts(b, "No numbers were given, so the shape of the chart is an illustration "
                       "without figures; write "
                       "\"Q1 10, Q2 20\", say.");
        add(list, b);
        break;
    default:
        break;
    }
}

/* A diagram of nothing that it could show is a poster. */
static void warn_empty(struct list *list, struct ct_buf *b, const struct ct_intent *intent)
{
    if (intent->kind != CT_INTENT_PAGE || !ct_page_lacks_points(intent))
        return;
    ct_buf_puts(b, "Nothing was listed that the page could show in this form, so it is a poster; "
                   "write \"A -> B\" or \": A, B, C\", say.");
    add(list, b);
}

/* The usual names of the parts are no words of the prompt. */
static void warn_parts(struct list *list, struct ct_buf *b, const struct ct_intent *intent)
{
    if (intent->kind != CT_INTENT_PAGE || intent->template_id != CT_TEMPLATE_cross_section ||
        intent->n_nodes + intent->n_values > 0 || !ct_section_known(intent))
        return;
    ct_buf_puts(b, "No parts were named, so the usual ones are labelled; write \"labeled: crust, "
                   "mantle\", say.");
    add(list, b);
}

/* Tiers are told by the words of the parts, and how they are wired is not known. */
static void warn_tiers(struct list *list, struct ct_buf *b, const struct ct_intent *intent)
{
    if (intent->kind != CT_INTENT_PAGE || intent->template_id != CT_TEMPLATE_architecture ||
        intent->n_nodes == 0)
        return;
    ct_buf_puts(b,
                "No connections were given, so the parts stand in tiers by what they are called; "
                "write \"A -> B\" for arrows.");
    add(list, b);
}

/* A mock-up is filled with sample words and figures, as designers do, and that is said. */
static void warn_samples(struct list *list, struct ct_buf *b, const struct ct_intent *intent)
{
    if (intent->kind != CT_INTENT_PAGE)
        return;
    switch (intent->template_id) {
    case CT_TEMPLATE_app_screen:
    case CT_TEMPLATE_dashboard:
    case CT_TEMPLATE_landing_page:
    case CT_TEMPLATE_kanban:
        break;
    case CT_TEMPLATE_weather: /* one figure is today's; the days to come are samples */
        if (intent->n_nodes + intent->n_values <= 1)
            break;
        return;
    case CT_TEMPLATE_chat:
    case CT_TEMPLATE_music_player:
    case CT_TEMPLATE_settings:
    case CT_TEMPLATE_product_page:
        if (intent->n_nodes + intent->n_values == 0)
            break;
        return;
    default:
        return;
    }
    ct_buf_puts(b, "The screen is filled up with sample words and figures; write those it should "
                   "show in quotes.");
    add(list, b);
}

int ct_intent_warnings(const char *const **out, struct ct_arena *arena,
                       const struct ct_intent *intent)
{
    struct list list = { .arena = arena };
    struct ct_buf b;
    list.texts = ct_arena_array(arena, SENTENCES_MAX, sizeof(*list.texts));
    if (!list.texts)
        return 0;
    ct_buf_init(&b, 2 * SENTENCE_MAX);
    int substituted = 0;
    for (int i = 0; i < intent->n_notes; i++)
        if (intent->notes[i].kind == CT_NOTE_SUBSTITUTED && ++substituted < SENTENCES_MAX - 2)
            warn_substituted(&list, &b, intent, &intent->notes[i]);
    if (substituted >= SENTENCES_MAX - 2) {
        ct_buf_printf(&b, "%d more words are drawn as something near.",
                      substituted - (SENTENCES_MAX - 3));
        add(&list, &b);
    }
    warn_ignored(&list, &b, intent);
    warn_no_numbers(&list, &b, intent);
    warn_samples(&list, &b, intent);
    warn_tiers(&list, &b, intent);
    warn_parts(&list, &b, intent);
    warn_empty(&list, &b, intent);
    ct_buf_release(&b);
    *out = list.texts;
    return list.n;
}
