/* The catalogue of models: built-in files, an operator's folder on top, aliases resolved.
 *
 *   models/ in the binary --\
 *                            entries by id (an operator's replaces a built-in one) -> models
 *   *.yaml in a folder -----/
 *
 * Aliases are resolved after everything is read, so that replacing a model also changes what its
 * aliases take and cost. Loaded once at start-up by one thread; after that constant, read from
 * any thread. Lookups walk the list: it holds a dozen models. */
#include "base/arena.h"
#include "base/embedded.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/yaml.h"
#include "contract/model_entry.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#define ARENA_MAX_BYTES (16u << 20)
#define FILE_MAX_BYTES (1u << 20)
#define FILES_MAX 1000
#define ENTRIES_MAX 4096
#define ALIAS_DEPTH_MAX 8

extern const struct ct_embedded_file ct_embedded_models[]; /* the files of models/ */

struct ct_catalogue {
    struct ct_arena *arena; /* owns everything the models point to */
    struct ct_model *models;
    size_t n_models;
};

struct loader {
    struct ct_arena *arena;
    struct ct_model_entry *entries; /* heap, until the models are made of them */
    size_t n_entries, cap_entries;
};

static ct_code no_memory(struct ct_err *err)
{
    return ct_fail(err, CT_E_MEMORY, NULL, "The model files do not fit into memory.");
}

static struct ct_model_entry *find_entry(const struct loader *l, struct ct_slice id)
{
    for (size_t i = 0; i < l->n_entries; i++) {
        if (ct_slice_is(id, l->entries[i].id))
            return &l->entries[i];
    }
    return NULL;
}

static ct_code add_entry(struct loader *l, const struct ct_model_entry *entry, struct ct_err *err)
{
    struct ct_model_entry *old = find_entry(l, ct_slice(entry->id));

    if (old && old->built_in && !entry->built_in) {
        *old = *entry;
        return CT_OK;
    }
    if (old)
        return ct_model_entry_fail(entry->file, entry->node, err, "'%s' is also defined by %s:%u",
                                   entry->id, old->file, old->node->line);
    if (l->n_entries == ENTRIES_MAX)
        return ct_fail(err, CT_E_CONFIG, NULL, "More than %d models.", ENTRIES_MAX);
    if (l->n_entries == l->cap_entries) {
        size_t cap = l->cap_entries ? 2 * l->cap_entries : 16;
        void *grown = ct_reallocarray(l->entries, cap, sizeof(*l->entries));
        if (!grown)
            return no_memory(err);
        l->entries = grown;
        l->cap_entries = cap;
    }
    l->entries[l->n_entries++] = *entry;
    return CT_OK;
}

/* A parsed file: { models: [ ... ] }. */
static ct_code add_file(struct loader *l, const char *file, const struct ct_json *root,
                        bool built_in, struct ct_err *err)
{
    const struct ct_json *models = ct_json_get(root, "models");

    if (root->type == CT_JSON_NULL)
        return CT_OK; /* an empty file, or one with comments only */
    if (!models || root->count != 1 || models->type != CT_JSON_ARRAY)
        return ct_model_entry_fail(file, root, err,
                                   "a models file is one mapping with one key, 'models', that "
                                   "holds a list");
    for (const struct ct_json *node = models->child; node; node = node->next) {
        struct ct_model_entry entry;
        CT_TRY(ct_model_entry_open(&entry, l->arena, file, node, err));
        entry.built_in = built_in;
        CT_TRY(add_entry(l, &entry, err));
    }
    return CT_OK;
}

static ct_code add_built_in(struct loader *l, struct ct_err *err)
{
    for (const struct ct_embedded_file *f = ct_embedded_models; f->name; f++) {
        const struct ct_json *root;
        char name[128];
        snprintf(name, sizeof(name), "models/%s", f->name);
        const char *file = ct_arena_strdup(l->arena, ct_slice(name));
        if (!file)
            return no_memory(err);
        CT_TRY(ct_yaml_parse(&root, l->arena, ct_slice_n(f->text, f->len), file, err));
        CT_TRY(add_file(l, file, root, true, err));
    }
    return CT_OK;
}

static ct_code parse_text(const struct ct_json **root, struct loader *l, const char *path,
                          struct ct_slice text, struct ct_err *err)
{
    struct ct_err inner = { 0 };
    ct_code code;

    if (!ct_slice_ends(ct_slice(path), ".json"))
        return ct_yaml_parse(root, l->arena, text, path, err);
    text = ct_arena_dup(l->arena, text); /* the tree borrows from it */
    if (ct_arena_failed(l->arena))
        return no_memory(err);
    code = ct_json_parse(root, l->arena, text, NULL, &inner);
    if (code == CT_E_JSON)
        return ct_fail(err, CT_E_CONFIG, NULL, "%s: %s", path, inner.msg);
    return code == CT_OK ? CT_OK : no_memory(err);
}

static ct_code add_path(struct loader *l, const char *path, struct ct_err *err)
{
    struct ct_err inner = { 0 };
    CT_CLEANUP(ct_buf_release) struct ct_buf text;
    const struct ct_json *root;

    ct_buf_init(&text, FILE_MAX_BYTES);
    if (ct_file_read(&text, path, &inner) != CT_OK)
        return ct_fail(err, CT_E_CONFIG, NULL, "%s", inner.msg);
    CT_TRY(parse_text(&root, l, path, ct_buf_slice(&text), err));
    return add_file(l, path, root, false, err);
}

static bool is_models_file(const char *name)
{
    struct ct_slice s = ct_slice(name);
    return name[0] != '.' &&
           (ct_slice_ends(s, ".yaml") || ct_slice_ends(s, ".yml") || ct_slice_ends(s, ".json"));
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The paths of the models files of `dir`, as the folder happens to list them. */
static ct_code list_files(const char **paths, size_t *n_paths, struct loader *l, const char *dir,
                          struct ct_err *err)
{
    DIR *handle = opendir(dir);
    ct_code code = CT_OK;

    if (!handle)
        return ct_fail_errno(err, CT_E_CONFIG, "Cannot read the models folder '%s'", dir);
    *n_paths = 0;
    for (struct dirent *e; code == CT_OK && (e = readdir(handle));) {
        char path[4096];
        if (!is_models_file(e->d_name))
            continue;
        if (*n_paths == FILES_MAX) {
            code = ct_fail(err, CT_E_CONFIG, NULL, "'%s' has more than %d models files.", dir,
                           FILES_MAX);
        } else if (snprintf(path, sizeof(path), "%s/%s", dir, e->d_name) >= (int)sizeof(path)) {
            code = ct_fail(err, CT_E_CONFIG, NULL, "'%s': the path is too long.", dir);
        } else if (!(paths[(*n_paths)++] = ct_arena_strdup(l->arena, ct_slice(path)))) {
            code = no_memory(err);
        }
    }
    closedir(handle);
    return code;
}

static ct_code add_folder(struct loader *l, const char *dir, struct ct_err *err)
{
    const char **paths = ct_arena_array(l->arena, FILES_MAX, sizeof(*paths));
    size_t n_paths;

    if (!paths)
        return no_memory(err);
    CT_TRY(list_files(paths, &n_paths, l, dir, err));
    qsort(paths, n_paths, sizeof(*paths), by_text);
    for (size_t i = 0; i < n_paths; i++)
        CT_TRY(add_path(l, paths[i], err));
    return CT_OK;
}

/* Fills entry->model, its target's first. The depth bounds the recursion and finds loops. */
static ct_code resolve(struct loader *l, struct ct_model_entry *entry, int depth,
                       struct ct_err *err)
{
    struct ct_model_entry *target = NULL;

    if (entry->resolved)
        return CT_OK;
    if (entry->alias_of) {
        target = find_entry(l, entry->alias_of->text);
        if (!target)
            return ct_model_entry_fail(entry->file, entry->alias_of, err,
                                       "'%s' is an alias of '%.*s', which no file defines",
                                       entry->id, CT_SARG(entry->alias_of->text));
        if (depth == ALIAS_DEPTH_MAX)
            return ct_model_entry_fail(entry->file, entry->alias_of, err,
                                       "'%s' is an alias of an alias more than %d deep, or of "
                                       "itself",
                                       entry->id, ALIAS_DEPTH_MAX);
        CT_TRY(resolve(l, target, depth + 1, err));
    }
    return ct_model_entry_resolve(entry, l->arena, target ? &target->model : NULL, err);
}

static ct_code make_models(struct ct_catalogue *c, struct loader *l, struct ct_err *err)
{
    c->models = ct_arena_array(l->arena, l->n_entries, sizeof(*c->models));
    if (!c->models)
        return no_memory(err);
    for (size_t i = 0; i < l->n_entries; i++) {
        CT_TRY(resolve(l, &l->entries[i], 0, err));
        c->models[i] = l->entries[i].model;
    }
    c->n_models = l->n_entries;
    return CT_OK;
}

ct_code ct_catalogue_load(struct ct_catalogue **out, const char *extra_dir, struct ct_err *err)
{
    CT_CLEANUP(ct_catalogue_free) struct ct_catalogue *c = ct_calloc(1, sizeof(*c));
    if (!c || !(c->arena = ct_arena_new(ARENA_MAX_BYTES)))
        return no_memory(err);

    struct loader l = { .arena = c->arena };
    ct_code code = add_built_in(&l, err);
    if (code == CT_OK && extra_dir)
        code = add_folder(&l, extra_dir, err);
    if (code == CT_OK)
        code = make_models(c, &l, err);
    ct_free(l.entries);
    CT_TRY(code);
    *out = c;
    c = NULL;
    return CT_OK;
}

void ct_catalogue_free(struct ct_catalogue **catalogue)
{
    struct ct_catalogue *c = *catalogue;
    *catalogue = NULL;
    if (!c)
        return;
    ct_arena_free(&c->arena);
    ct_free(c);
}

const struct ct_model *ct_catalogue_find(const struct ct_catalogue *catalogue, struct ct_slice id)
{
    for (size_t i = 0; i < catalogue->n_models; i++) {
        if (ct_slice_is(id, catalogue->models[i].id))
            return &catalogue->models[i];
    }
    return NULL;
}

size_t ct_catalogue_count(const struct ct_catalogue *catalogue)
{
    return catalogue->n_models;
}

const struct ct_model *ct_catalogue_at(const struct ct_catalogue *catalogue, size_t index)
{
    return index < catalogue->n_models ? &catalogue->models[index] : NULL;
}
