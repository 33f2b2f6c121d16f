/* Plain structs as JSON, by a table of their fields: one table writes and reads.
 *
 * The scene and the intent travel with a picture and come back from outside, so reading is
 * strict: every id is looked up in its table, every number is finite and in its range, every list
 * has a ceiling, and nothing but what the table names is touched. Floats are written with nine
 * digits, which give back the same float. A field that is absent keeps its default (0; NONE for
 * ids), so that older pictures stay readable when a field is added; an unknown key is ignored. */
#ifndef CT_SCENE_RECORD_H
#define CT_SCENE_RECORD_H

#include "base/json.h"

#include <stddef.h>

enum ct_field_kind {
    CT_FIELD_FLOAT,
    CT_FIELD_DOUBLE,
    CT_FIELD_INT,
    CT_FIELD_UINT32,
    CT_FIELD_BOOL,
    CT_FIELD_V3,      /* ct_v3: [x, y, z] */
    CT_FIELD_RGB,     /* three bytes: "#rrggbb" */
    CT_FIELD_NAME,    /* an enum, by name; `low` is its default, null for one without a name */
    CT_FIELD_BITS,    /* uint64_t, bit i by the name of i: ["lake","mist"] */
    CT_FIELD_TEXT,    /* struct ct_slice of at most `high` bytes; null for ptr NULL */
    CT_FIELD_CSTRING, /* const char * likewise */
    CT_FIELD_RECORD,  /* a struct inside */
    CT_FIELD_LIST,    /* `record` times the int at `count`, at most `high` of them */
};

struct ct_record;

struct ct_field {
    const char *name; /* NULL: the record is this one field, and is written without braces */
    enum ct_field_kind kind;
    size_t offset;
    double low, high;            /* range of numbers; high: most bytes or elements */
    const char *(*name_of)(int); /* of NAME and BITS: NULL outside the table */
    const struct ct_record *record;
    size_t count;   /* of LIST: offset of the int beside it */
    bool allocated; /* of LIST: a pointer, made in the arena with `high` elements; else an array */
    bool optional;  /* written only when the bool at `flag` is true, which reading sets */
    size_t flag;
};

struct ct_record {
    const char *name; /* in messages: "object" */
    const struct ct_field *fields;
    int n_fields;
    size_t size;
};

#define CT_FIELDS(table) (table), (int)(sizeof(table) / sizeof(*(table)))

void ct_record_write(struct ct_buf *b, const struct ct_record *record, const void *value);
/* Fills *value, `record->size` bytes, which arrive in any state. Texts are borrowed from the
 * tree. CT_E_JSON names the field at fault; CT_E_MEMORY. */
CT_MUSTCHECK ct_code ct_record_read(void *value, struct ct_arena *arena,
                                    const struct ct_record *record, const struct ct_json *json,
                                    struct ct_err *err);

#endif
