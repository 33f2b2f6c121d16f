/* The schema of one model in a models file: which keys there are and what each may hold.
 *
 * keys[] is the schema: a key, whether a model of its own must have it, and the function that
 * reads it. Called by catalogue.c at start-up, one thread. Whatever cannot be used stops the
 * start with file, line, column and what would be right: a price or a token count that was
 * guessed would be somebody's money.
 *
 * Prices are decimal text from the file to the integer: USD per million tokens times 1,000 is
 * nano-dollars per token, so three decimals are exact and a fourth is refused. */
#include "contract/model_entry.h"

#include "contract/words.h"

#include <stdarg.h>
#include <stdio.h>

/* Ceilings that keep tokens * price far inside 63 bits (usage.c). */
#define PRICE_MAX_USD 1000000
#define TIER_Q_MAX 1024
#define TABLE_TOKENS_MAX 10000000
#define ID_MAX_BYTES 128

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct reader {
    struct ct_model_entry *entry;
    struct ct_arena *arena;
    struct ct_model *model;
};

typedef ct_code (*read_fn)(const struct reader *r, const struct ct_json *value, struct ct_err *err);

struct key {
    const char *name;
    bool required;
    read_fn read;
};

ct_code ct_model_entry_fail(const char *file, const struct ct_json *at, struct ct_err *err,
                            const char *fmt, ...)
{
    char message[900];
    va_list args;
    va_start(args, fmt);
    vsnprintf(message, sizeof(message), fmt, args);
    va_end(args);
    return ct_fail(err, CT_E_CONFIG, NULL, "%s:%u:%u: %s", file, at->line, at->column, message);
}

static ct_code expected(const struct reader *r, const struct ct_json *value, const char *what,
                        struct ct_err *err)
{
    if (value->type == CT_JSON_STRING)
        return ct_model_entry_fail(r->entry->file, value, err, "'%.*s' must be %s, not '%.*s'",
                                   CT_SARG(value->key), what, CT_SARG(value->text));
    return ct_model_entry_fail(r->entry->file, value, err, "'%.*s' must be %s, not %s",
                               CT_SARG(value->key), what, ct_json_type_name(value));
}

static ct_code read_text(const char **out, const struct reader *r, const struct ct_json *value,
                         struct ct_err *err)
{
    if (value->type != CT_JSON_STRING || value->text.len == 0 || value->text.len > ID_MAX_BYTES)
        return expected(r, value, "a text of 1 to 128 bytes", err);
    *out = ct_arena_strdup(r->arena, value->text);
    return *out ? CT_OK : ct_fail(err, CT_E_MEMORY, NULL, "The model files do not fit memory.");
}

static ct_code read_int(int64_t *out, const struct reader *r, const struct ct_json *value,
                        int64_t min, int64_t max, struct ct_err *err)
{
    char what[80];
    if (value->type == CT_JSON_INT && !value->out_of_range && value->integer >= min &&
        value->integer <= max) {
        *out = value->integer;
        return CT_OK;
    }
    snprintf(what, sizeof(what), "an integer from %lld to %lld", (long long)min, (long long)max);
    return expected(r, value, what, err);
}

/* Puts the index of `text` among the quality names, without auto. */
static bool quality_of(enum ct_quality *out, struct ct_slice text)
{
    const struct ct_word *word = ct_word_find(ct_quality_words, CT_N_QUALITY_WORDS, text);
    if (!word || word->value == CT_WORD_AUTO)
        return false;
    *out = (enum ct_quality)word->value;
    return true;
}

static ct_code read_id(const struct reader *r, const struct ct_json *value, struct ct_err *err)
{
    return read_text(&r->model->id, r, value, err);
}

/* Resolved by the catalogue; here it only has to be a known key. */
static ct_code read_alias_of(const struct reader *r, const struct ct_json *value,
                             struct ct_err *err)
{
    return CT_OK;
}

static ct_code read_snapshot(const struct reader *r, const struct ct_json *value,
                             struct ct_err *err)
{
    return read_text(&r->model->snapshot, r, value, err);
}

static ct_code read_owned_by(const struct reader *r, const struct ct_json *value,
                             struct ct_err *err)
{
    return read_text(&r->model->owned_by, r, value, err);
}

static ct_code read_created(const struct reader *r, const struct ct_json *value, struct ct_err *err)
{
    return read_int(&r->model->created, r, value, 0, INT64_C(253402300799), err);
}

static bool is_date(struct ct_slice text)
{
    static const char pattern[] = "dddd-dd-dd";
    if (text.len != sizeof(pattern) - 1)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        bool digit = text.ptr[i] >= '0' && text.ptr[i] <= '9';
        if (pattern[i] == 'd' ? !digit : text.ptr[i] != pattern[i])
            return false;
    }
    return true;
}

static ct_code read_shutdown_date(const struct reader *r, const struct ct_json *value,
                                  struct ct_err *err)
{
    if (value->type != CT_JSON_STRING || !is_date(value->text))
        return expected(r, value, "a date such as 2026-10-23", err);
    return read_text(&r->model->shutdown_date, r, value, err);
}

static ct_code read_sizes(const struct reader *r, const struct ct_json *value, struct ct_err *err)
{
    if (value->type == CT_JSON_STRING && ct_slice_is(value->text, "free"))
        r->model->sizes = CT_SIZE_FREE;
    else if (value->type == CT_JSON_STRING && ct_slice_is(value->text, "classic"))
        r->model->sizes = CT_SIZE_CLASSIC;
    else
        return expected(r, value, "free or classic", err);
    return CT_OK;
}

static ct_code read_qualities(const struct reader *r, const struct ct_json *value,
                              struct ct_err *err)
{
    static const char what[] = "a list of low, medium, high, xhigh, max";
    enum ct_quality quality;

    if (value->type != CT_JSON_ARRAY || value->count == 0)
        return expected(r, value, what, err);
    memset(r->model->qualities, 0, sizeof(r->model->qualities));
    for (const struct ct_json *item = value->child; item; item = item->next) {
        if (item->type != CT_JSON_STRING || !quality_of(&quality, item->text))
            return ct_model_entry_fail(r->entry->file, item, err, "'qualities' must be %s", what);
        r->model->qualities[quality] = true;
    }
    return CT_OK;
}

static ct_code read_quality_auto(const struct reader *r, const struct ct_json *value,
                                 struct ct_err *err)
{
    if (value->type != CT_JSON_STRING || !quality_of(&r->model->quality_auto, value->text))
        return expected(r, value, "one of low, medium, high, xhigh, max", err);
    return CT_OK;
}

static ct_code read_transparent(const struct reader *r, const struct ct_json *value,
                                struct ct_err *err)
{
    bool preview = value->type == CT_JSON_STRING && ct_slice_is(value->text, "preview");
    if (!preview && value->type != CT_JSON_BOOL)
        return expected(r, value, "true, false or preview", err);
    r->model->transparent = !preview && value->boolean;
    r->model->transparent_preview = preview;
    return CT_OK;
}

static ct_code read_formats(const struct reader *r, const struct ct_json *value, struct ct_err *err)
{
    static const char what[] = "a list of png, jpeg, webp, svg";

    if (value->type != CT_JSON_ARRAY || value->count == 0)
        return expected(r, value, what, err);
    memset(r->model->formats, 0, sizeof(r->model->formats));
    for (const struct ct_json *item = value->child; item; item = item->next) {
        const struct ct_word *word = NULL;
        if (item->type == CT_JSON_STRING)
            word = ct_word_find(ct_format_words, CT_N_FORMAT_WORDS, item->text);
        if (!word)
            return ct_model_entry_fail(r->entry->file, item, err, "'formats' must be %s", what);
        r->model->formats[word->value] = true;
    }
    return CT_OK;
}

static ct_code read_fidelities(const struct reader *r, const struct ct_json *value,
                               struct ct_err *err)
{
    static const char what[] = "a list of high, low; [] for none";

    if (value->type != CT_JSON_ARRAY)
        return expected(r, value, what, err);
    memset(r->model->fidelities, 0, sizeof(r->model->fidelities));
    for (const struct ct_json *item = value->child; item; item = item->next) {
        const struct ct_word *word = NULL;
        if (item->type == CT_JSON_STRING)
            word = ct_word_find(ct_fidelity_words, CT_N_FIDELITY_WORDS, item->text);
        if (!word)
            return ct_model_entry_fail(r->entry->file, item, err, "'input_fidelity' must be %s",
                                       what);
        r->model->fidelities[word->value] = true;
    }
    return CT_OK;
}

static ct_code read_markup(const struct reader *r, const struct ct_json *value, struct ct_err *err)
{
    if (value->type != CT_JSON_BOOL)
        return expected(r, value, "true or false", err);
    r->model->markup = value->boolean;
    return CT_OK;
}

static ct_code read_patches(const struct reader *r, const struct ct_json *tier,
                            enum ct_quality quality, struct ct_err *err)
{
    int64_t q = 0;
    CT_TRY(read_int(&q, r, tier, 1, TIER_Q_MAX, err));
    r->model->tier_q[quality] = (int)q;
    return CT_OK;
}

static ct_code read_table_row(const struct reader *r, const struct ct_json *row,
                              enum ct_quality quality, struct ct_err *err)
{
    int column = 0;

    if (row->type != CT_JSON_ARRAY || row->count != 3)
        return expected(r, row, "three counts: [square, portrait, landscape]", err);
    for (const struct ct_json *cell = row->child; cell; cell = cell->next) {
        if (cell->type != CT_JSON_INT || cell->integer < 1 || cell->integer > TABLE_TOKENS_MAX)
            return ct_model_entry_fail(r->entry->file, cell, err,
                                       "a token count must be an integer from 1 to %d",
                                       TABLE_TOKENS_MAX);
        r->model->table[quality][column++] = (int)cell->integer;
    }
    return CT_OK;
}

/* { patches: { low: 16, ... } } or { table: { low: [272, 408, 400], ... } } */
static ct_code read_output_tokens(const struct reader *r, const struct ct_json *value,
                                  struct ct_err *err)
{
    const struct ct_json *rule = value->type == CT_JSON_OBJECT ? value->child : NULL;
    bool patches = rule && ct_slice_is(rule->key, "patches");

    if (!rule || value->count != 1 || rule->type != CT_JSON_OBJECT ||
        (!patches && !ct_slice_is(rule->key, "table")))
        return expected(r, value, "one mapping, 'patches' or 'table'", err);
    r->model->tokens = patches ? CT_TOKENS_PATCHES : CT_TOKENS_TABLE;
    memset(r->model->tier_q, 0, sizeof(r->model->tier_q));
    memset(r->model->table, 0, sizeof(r->model->table));
    for (const struct ct_json *tier = rule->child; tier; tier = tier->next) {
        enum ct_quality quality;
        if (!quality_of(&quality, tier->key))
            return ct_model_entry_fail(
                r->entry->file, tier, err,
                "unknown quality '%.*s'; known qualities are low, medium, high, xhigh, max",
                CT_SARG(tier->key));
        CT_TRY(patches ? read_patches(r, tier, quality, err)
                       : read_table_row(r, tier, quality, err));
    }
    return CT_OK;
}

/* "5.00" -> 5000. Digits, at most one point, nothing below a thousandth. */
static bool read_usd(int64_t *nano_per_token, struct ct_slice text)
{
    struct ct_slice whole, fraction = { "", 0 };
    uint64_t usd;
    int64_t thousandths = 0;

    if (ct_slice_cut(text, '.', &whole, &fraction) && fraction.len == 0)
        return false;
    if (!ct_slice_u64(whole, &usd) || usd > PRICE_MAX_USD)
        return false;
    for (size_t i = 0; i < fraction.len || i < 3; i++) {
        int digit = i < fraction.len ? fraction.ptr[i] - '0' : 0;
        if (digit < 0 || digit > 9 || (i >= 3 && digit != 0))
            return false;
        if (i < 3)
            thousandths = thousandths * 10 + digit;
    }
    *nano_per_token = (int64_t)usd * 1000 + thousandths;
    return true;
}

static ct_code read_price(const struct reader *r, const struct ct_json *value, struct ct_err *err)
{
    struct ct_price *price = &r->model->price;
    const struct {
        const char *name;
        int64_t *out;
        bool required;
    } parts[] = {
        { "text_in", &price->text_in, true },
        { "text_in_cached", &price->text_in_cached, true },
        { "image_in", &price->image_in, true },
        { "image_in_cached", &price->image_in_cached, true },
        { "image_out", &price->image_out, true },
        { "text_out", &price->text_out, false }, /* most models answer in pictures only */
    };

    if (value->type != CT_JSON_OBJECT)
        return expected(r, value, "a mapping of prices in USD per million tokens", err);
    *price = (struct ct_price){ .known = true };
    uint32_t seen = 0;
    for (size_t i = 0; i < COUNT(parts); i++) {
        const struct ct_json *part = ct_json_get(value, parts[i].name);
        if (!part && parts[i].required)
            return ct_model_entry_fail(r->entry->file, value, err, "'price' lacks '%s'",
                                       parts[i].name);
        if (!part)
            continue;
        seen++;
        if ((part->type != CT_JSON_INT && part->type != CT_JSON_REAL &&
             part->type != CT_JSON_STRING) ||
            !read_usd(parts[i].out, part->text))
            return ct_model_entry_fail(r->entry->file, part, err,
                                       "'%s' must be USD per million tokens, from 0 to %d with "
                                       "at most 3 decimals, such as 5.00",
                                       parts[i].name, PRICE_MAX_USD);
    }
    if (seen != value->count)
        return ct_model_entry_fail(r->entry->file, value, err,
                                   "'price' has an unknown key; known keys are text_in, "
                                   "text_in_cached, image_in, image_in_cached, image_out, "
                                   "text_out");
    return CT_OK;
}

static const struct key keys[] = {
    { "id", true, read_id },
    { "alias_of", false, read_alias_of },
    { "snapshot", false, read_snapshot },
    { "owned_by", false, read_owned_by },
    { "created", false, read_created },
    { "shutdown_date", false, read_shutdown_date },
    { "sizes", true, read_sizes },
    { "qualities", true, read_qualities },
    { "quality_auto", true, read_quality_auto },
    { "transparent", false, read_transparent },
    { "formats", true, read_formats },
    { "input_fidelity", false, read_fidelities },
    { "markup", false, read_markup },
    { "output_tokens", true, read_output_tokens },
    { "price", false, read_price },
};

static ct_code check_keys(const struct ct_model_entry *entry, struct ct_err *err)
{
    for (const struct ct_json *member = entry->node->child; member; member = member->next) {
        char known[256];
        size_t len = 0, i = 0;
        while (i < COUNT(keys) && !ct_slice_is(member->key, keys[i].name))
            i++;
        if (i < COUNT(keys))
            continue;
        for (i = 0; i < COUNT(keys); i++)
            len += (size_t)snprintf(known + len, sizeof(known) - len, "%s%s", i ? ", " : "",
                                    keys[i].name);
        return ct_model_entry_fail(entry->file, member, err,
                                   "unknown key '%.*s'; known keys are %s", CT_SARG(member->key),
                                   known);
    }
    return CT_OK;
}

ct_code ct_model_entry_open(struct ct_model_entry *entry, struct ct_arena *arena, const char *file,
                            const struct ct_json *node, struct ct_err *err)
{
    *entry = (struct ct_model_entry){ .file = file, .node = node };
    const struct reader r = { entry, arena, &entry->model };

    if (node->type != CT_JSON_OBJECT)
        return ct_model_entry_fail(file, node, err, "a model must be a mapping, not %s",
                                   ct_json_type_name(node));
    CT_TRY(check_keys(entry, err));
    const struct ct_json *id = ct_json_get(node, "id");
    if (!id)
        return ct_model_entry_fail(file, node, err, "a model lacks its 'id'");
    CT_TRY(read_text(&entry->id, &r, id, err));
    entry->alias_of = ct_json_get(node, "alias_of");
    if (entry->alias_of && entry->alias_of->type != CT_JSON_STRING)
        return expected(&r, entry->alias_of, "the id of a model", err);
    return CT_OK;
}

/* What the keys cannot check one by one. */
static ct_code check_whole(const struct ct_model_entry *entry, struct ct_err *err)
{
    const struct ct_model *m = &entry->model;

    if (!m->qualities[m->quality_auto])
        return ct_model_entry_fail(entry->file, entry->node, err,
                                   "'quality_auto' of '%s' is %s, which is not among its "
                                   "qualities",
                                   m->id, ct_quality_name(m->quality_auto));
    if (!m->formats[CT_FORMAT_PNG])
        return ct_model_entry_fail(entry->file, entry->node, err,
                                   "'formats' of '%s' lacks png, the default of the API", m->id);
    for (int i = 0; i < CT_QUALITY_COUNT; i++) {
        bool counted = m->tokens == CT_TOKENS_PATCHES ? m->tier_q[i] > 0 : m->table[i][0] > 0;
        if (m->qualities[i] && !counted)
            return ct_model_entry_fail(entry->file, entry->node, err,
                                       "'output_tokens' of '%s' has none for quality %s", m->id,
                                       ct_quality_name((enum ct_quality)i));
    }
    return CT_OK;
}

ct_code ct_model_entry_resolve(struct ct_model_entry *entry, struct ct_arena *arena,
                               const struct ct_model *base, struct ct_err *err)
{
    const struct reader r = { entry, arena, &entry->model };

    entry->model = base ? *base : (struct ct_model){ .owned_by = "system" };
    for (size_t i = 0; i < COUNT(keys); i++) {
        const struct ct_json *value = ct_json_get(entry->node, keys[i].name);
        if (value)
            CT_TRY(keys[i].read(&r, value, err));
        else if (keys[i].required && !base)
            return ct_model_entry_fail(entry->file, entry->node, err, "'%s' lacks '%s'", entry->id,
                                       keys[i].name);
    }
    if (!entry->model.snapshot)
        entry->model.snapshot = entry->model.id;
    entry->resolved = true;
    return check_whole(entry, err);
}
