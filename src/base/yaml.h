/* YAML files (configuration, model contracts) read into the same tree as JSON.
 *
 * libyaml does the syntax; this folds its events into struct ct_json with line numbers, so that
 * one kind of schema code reads bodies, settings and models. Plain scalars follow the YAML 1.2
 * core schema (null, true/false, integers, floats; everything else is a string). Anchors,
 * aliases, tags and duplicate keys are errors. */
#ifndef CT_BASE_YAML_H
#define CT_BASE_YAML_H

#include "base/json.h"

/* `name` (a file name) leads every message: "calotype.yaml:12:3: ...". CT_E_CONFIG on errors.
 * An empty document gives a value of type CT_JSON_NULL. Text is copied into the arena. */
CT_MUSTCHECK ct_code ct_yaml_parse(const struct ct_json **out, struct ct_arena *arena,
                                   struct ct_slice text, const char *name, struct ct_err *err);

#endif
