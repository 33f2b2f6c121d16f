/* Writing and reading by a table of fields; see record.h.
 *
 * Called on any thread. Recursion is as deep as the tables nest, never as the input does: what a
 * table does not name is not looked into. */
#include "engines/scene/record.h"

#include "engines/scene/math/vec.h"

#include <math.h>
#include <stdlib.h>

enum {
    NAMES_MAX = 1024, /* rows of one table */
};

static const void *at(const void *value, size_t offset)
{
    return (const char *)value + offset;
}

static void *place(void *value, size_t offset)
{
    return (char *)value + offset;
}

static int int_at(const void *value, size_t offset)
{
    int n;
    memcpy(&n, at(value, offset), sizeof(n));
    return n;
}

/* --- writing --- */

static void put_float(struct ct_buf *b, float value)
{
    if (value == 0 && signbit(value))
        ct_buf_puts(b, "-0.0"); /* "-0" is an integer in JSON, and loses its sign */
    else
        ct_buf_printf(b, "%.9g", (double)value);
}

static void put_v3(struct ct_buf *b, const ct_v3 *v)
{
    const float parts[3] = { v->x, v->y, v->z };
    for (int i = 0; i < 3; i++) {
        ct_buf_putc(b, i ? ',' : '[');
        put_float(b, parts[i]);
    }
    ct_buf_putc(b, ']');
}

static void put_list(struct ct_buf *b, const struct ct_field *f, const void *value)
{
    const char *first = at(value, f->offset);
    int n = int_at(value, f->count);
    if (f->allocated)
        memcpy(&first, at(value, f->offset), sizeof(first));
    ct_buf_putc(b, '[');
    for (int i = 0; i < n; i++) {
        if (i)
            ct_buf_putc(b, ',');
        ct_record_write(b, f->record, first + (size_t)i * f->record->size);
    }
    ct_buf_putc(b, ']');
}

static void put_bits(struct ct_buf *b, const struct ct_field *f, uint64_t bits)
{
    ct_buf_putc(b, '[');
    for (int i = 0, n = 0; i < 64 && bits >> i; i++) {
        if (!(bits >> i & 1) || !f->name_of(i))
            continue;
        if (n++)
            ct_buf_putc(b, ',');
        ct_json_put_cstring(b, f->name_of(i));
    }
    ct_buf_putc(b, ']');
}

static void put_field(struct ct_buf *b, const struct ct_field *f, const void *value)
{
    const void *p = at(value, f->offset);
    const uint8_t *rgb = p;
    const struct ct_slice *text = p;
    switch (f->kind) {
    case CT_FIELD_FLOAT:
        put_float(b, *(const float *)p);
        break;
    case CT_FIELD_DOUBLE:
        ct_buf_printf(b, "%.17g", *(const double *)p);
        break;
    case CT_FIELD_INT:
        ct_buf_puti(b, *(const int *)p);
        break;
    case CT_FIELD_UINT32:
        ct_buf_puti(b, *(const uint32_t *)p);
        break;
    case CT_FIELD_BOOL:
        ct_buf_puts(b, *(const bool *)p ? "true" : "false");
        break;
    case CT_FIELD_V3:
        put_v3(b, p);
        break;
    case CT_FIELD_RGB:
        ct_buf_printf(b, "\"#%02x%02x%02x\"", rgb[0], rgb[1], rgb[2]);
        break;
    case CT_FIELD_NAME:
        ct_json_put_cstring(b, f->name_of(int_at(value, f->offset)));
        break;
    case CT_FIELD_BITS:
        put_bits(b, f, *(const uint64_t *)p);
        break;
    case CT_FIELD_TEXT:
        if (text->ptr)
            ct_json_put_string(b, *text);
        else
            ct_buf_puts(b, "null");
        break;
    case CT_FIELD_CSTRING:
        ct_json_put_cstring(b, *(const char *const *)p);
        break;
    case CT_FIELD_RECORD:
        ct_record_write(b, f->record, p);
        break;
    case CT_FIELD_LIST:
        put_list(b, f, value);
        break;
    }
}

void ct_record_write(struct ct_buf *b, const struct ct_record *record, const void *value)
{
    if (record->n_fields == 1 && !record->fields[0].name) {
        put_field(b, &record->fields[0], value);
        return;
    }
    ct_buf_putc(b, '{');
    for (int i = 0; i < record->n_fields; i++) {
        const struct ct_field *f = &record->fields[i];
        if (f->optional && !*(const bool *)at(value, f->flag))
            continue;
        ct_json_put_key(b, f->name);
        put_field(b, f, value);
    }
    ct_buf_putc(b, '}');
}

/* --- reading --- */

static ct_code wrong(struct ct_err *err, const struct ct_record *record, const struct ct_field *f)
{
    return ct_fail(err, CT_E_JSON, NULL, "The scene's %s%s%s cannot be used.", record->name,
                   f->name ? " " : "", f->name ? f->name : "");
}

static bool number_in(const struct ct_json *json, double low, double high)
{
    return (json->type == CT_JSON_INT || json->type == CT_JSON_REAL) && !json->out_of_range &&
           isfinite(json->number) && json->number >= low && json->number <= high;
}

static bool integer_in(const struct ct_json *json, double low, double high)
{
    return json->type == CT_JSON_INT && number_in(json, low, high);
}

static bool read_v3(ct_v3 *out, const struct ct_json *json, const struct ct_field *f)
{
    float v[3];
    int n = 0;
    if (json->type != CT_JSON_ARRAY || json->count != 3)
        return false;
    for (const struct ct_json *c = json->child; c; c = c->next) {
        if (!number_in(c, f->low, f->high))
            return false;
        v[n++] = (float)c->number;
    }
    *out = v3(v[0], v[1], v[2]);
    return true;
}

static bool read_rgb(uint8_t *out, const struct ct_json *json)
{
    if (json->type != CT_JSON_STRING || json->text.len != 7 || json->text.ptr[0] != '#')
        return false;
    for (int i = 0; i < 6; i++) {
        char c = json->text.ptr[1 + i];
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                           : -1;
        if (digit < 0)
            return false;
        out[i / 2] = (uint8_t)(i & 1 ? out[i / 2] * 16 + digit : digit);
    }
    return true;
}

static bool read_name(void *out, const struct ct_json *json, const struct ct_field *f)
{
    if (json->type == CT_JSON_NULL)
        return true; /* its default */
    for (int i = 0; json->type == CT_JSON_STRING && i < NAMES_MAX; i++) {
        const char *name = f->name_of(i);
        if (name && ct_slice_is(json->text, name)) {
            memcpy(out, &i, sizeof(i));
            return true;
        }
    }
    return false;
}

static bool read_bits(uint64_t *out, const struct ct_json *json, const struct ct_field *f)
{
    if (json->type != CT_JSON_ARRAY)
        return false;
    for (const struct ct_json *c = json->child; c; c = c->next) {
        int bit = -1;
        if (c->type != CT_JSON_STRING || !read_name(&bit, c, f) || bit < 0 || bit > 63)
            return false;
        *out |= UINT64_C(1) << bit;
    }
    return true;
}

static bool is_text(const struct ct_json *json, const struct ct_field *f)
{
    return json->type == CT_JSON_STRING && (double)json->text.len <= f->high;
}

/* A text of length 0 keeps a pointer: it is there, and empty. */
static void read_text(struct ct_slice *out, const struct ct_json *json)
{
    *out = json->text.ptr ? json->text : CT_S("");
}

static ct_code read_list(void *value, struct ct_arena *arena, const struct ct_record *record,
                         const struct ct_field *f, const struct ct_json *json, struct ct_err *err)
{
    char *first = place(value, f->offset);
    int n = 0;
    if (json->type != CT_JSON_ARRAY || (double)json->count > f->high)
        return wrong(err, record, f);
    if (f->allocated)
        memcpy(&first, at(value, f->offset), sizeof(first));
    for (const struct ct_json *c = json->child; c; c = c->next)
        CT_TRY(ct_record_read(first + (size_t)n++ * f->record->size, arena, f->record, c, err));
    memcpy(place(value, f->count), &n, sizeof(n));
    return CT_OK;
}

static ct_code read_field(void *value, struct ct_arena *arena, const struct ct_record *record,
                          const struct ct_field *f, const struct ct_json *json, struct ct_err *err)
{
    void *p = place(value, f->offset);
    bool ok = true, null = json->type == CT_JSON_NULL;
    switch (f->kind) {
    case CT_FIELD_FLOAT:
        if ((ok = number_in(json, f->low, f->high)))
            *(float *)p = (float)json->number;
        break;
    case CT_FIELD_DOUBLE:
        if ((ok = number_in(json, f->low, f->high)))
            *(double *)p = json->number;
        break;
    case CT_FIELD_INT:
        if ((ok = integer_in(json, f->low, f->high)))
            *(int *)p = (int)json->integer;
        break;
    case CT_FIELD_UINT32:
        if ((ok = integer_in(json, 0, UINT32_MAX)))
            *(uint32_t *)p = (uint32_t)json->integer;
        break;
    case CT_FIELD_BOOL:
        if ((ok = json->type == CT_JSON_BOOL))
            *(bool *)p = json->boolean;
        break;
    case CT_FIELD_V3:
        ok = read_v3(p, json, f);
        break;
    case CT_FIELD_RGB:
        ok = read_rgb(p, json);
        break;
    case CT_FIELD_NAME:
        ok = read_name(p, json, f);
        break;
    case CT_FIELD_BITS:
        ok = read_bits(p, json, f);
        break;
    case CT_FIELD_TEXT:
        if (!null && (ok = is_text(json, f)))
            read_text(p, json);
        break;
    case CT_FIELD_CSTRING:
        if (!null && (ok = is_text(json, f)) &&
            !(*(const char **)p = ct_arena_strdup(arena, json->text)))
            return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while reading a scene.");
        break;
    case CT_FIELD_RECORD:
        return ct_record_read(p, arena, f->record, json, err);
    case CT_FIELD_LIST:
        return read_list(value, arena, record, f, json, err);
    }
    return ok ? CT_OK : wrong(err, record, f);
}

/* What a field is when the picture does not say, and the room of its list. */
static ct_code set_default(void *value, struct ct_arena *arena, const struct ct_field *f,
                           struct ct_err *err)
{
    int none = f->kind == CT_FIELD_NAME ? (int)f->low : 0;
    if (f->kind == CT_FIELD_NAME)
        memcpy(place(value, f->offset), &none, sizeof(none));
    for (int i = 0; f->kind == CT_FIELD_RECORD && i < f->record->n_fields; i++)
        CT_TRY(set_default(place(value, f->offset), arena, &f->record->fields[i], err));
    if (f->kind == CT_FIELD_LIST && f->allocated) {
        void *room = ct_arena_array(arena, (size_t)f->high, f->record->size);
        if (!room)
            return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while reading a scene.");
        memcpy(place(value, f->offset), &room, sizeof(room));
    }
    return CT_OK;
}

ct_code ct_record_read(void *value, struct ct_arena *arena, const struct ct_record *record,
                       const struct ct_json *json, struct ct_err *err)
{
    bool bare = record->n_fields == 1 && !record->fields[0].name;
    memset(value, 0, record->size);
    for (int i = 0; i < record->n_fields; i++)
        CT_TRY(set_default(value, arena, &record->fields[i], err));
    if (bare)
        return read_field(value, arena, record, &record->fields[0], json, err);
    if (json->type != CT_JSON_OBJECT)
        return ct_fail(err, CT_E_JSON, NULL, "The scene's %s is no object.", record->name);
    for (int i = 0; i < record->n_fields; i++) {
        const struct ct_field *f = &record->fields[i];
        const struct ct_json *member = ct_json_get(json, f->name);
        if (!member)
            continue;
        CT_TRY(read_field(value, arena, record, f, member, err));
        if (f->optional)
            *(bool *)place(value, f->flag) = true;
    }
    return CT_OK;
}
