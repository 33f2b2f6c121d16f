/* One entry of a models file -> one struct ct_model. Inside contract/ only; see catalogue.c. */
#ifndef CT_CONTRACT_MODEL_ENTRY_H
#define CT_CONTRACT_MODEL_ENTRY_H

#include "contract/model.h"

struct ct_model_entry {
    const char *file;           /* leads every message */
    const struct ct_json *node; /* the mapping */
    const char *id;
    const struct ct_json *alias_of; /* the string, NULL for a model of its own */
    struct ct_model model;
    bool resolved; /* `model` is filled */
    bool built_in;
};

/* Fails with CT_E_CONFIG and "file:line:column: " before the message. */
ct_code ct_model_entry_fail(const char *file, const struct ct_json *at, struct ct_err *err,
                            const char *fmt, ...) CT_PRINTF(4, 5);
/* Reads id and alias_of, and refuses keys nobody defined. */
CT_MUSTCHECK ct_code ct_model_entry_open(struct ct_model_entry *entry, struct ct_arena *arena,
                                         const char *file, const struct ct_json *node,
                                         struct ct_err *err);
/* Fills entry->model: from `base` (the resolved target of an alias) or, when NULL, from nothing;
 * then the entry's own keys on top; then what must hold for every model. */
CT_MUSTCHECK ct_code ct_model_entry_resolve(struct ct_model_entry *entry, struct ct_arena *arena,
                                            const struct ct_model *base, struct ct_err *err);

#endif
