/* Growing a tree of struct ct_json: what the JSON and the YAML reader share. Not for others. */
#ifndef CT_BASE_JSON_TREE_H
#define CT_BASE_JSON_TREE_H

#include "base/json.h"

/* An array or object under construction. */
struct ct_json_parent {
    struct ct_json *node, *last;
    const struct ct_json **table; /* members by hash of their key, once there are many */
    size_t table_size;
    uint64_t seed;
};

void ct_json_parent_init(struct ct_json_parent *parent, struct ct_json *node);
/* Whether the object has a member of this key. Takes constant time on average, also against
 * chosen keys; an arena that cannot hold the table is left failed. */
bool ct_json_parent_has(struct ct_json_parent *parent, struct ct_arena *arena, struct ct_slice key);
/* Appends a child whose key is set. */
void ct_json_parent_add(struct ct_json_parent *parent, struct ct_json *child);

/* How many bytes at the start of text stand for themselves in a JSON string: ASCII from 0x20 on,
 * neither quote nor backslash. */
size_t ct_json_plain_len(struct ct_slice text);

#endif
