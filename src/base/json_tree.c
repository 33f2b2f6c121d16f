/* The tree behind struct ct_json: adding children, looking members up, naming types; and the scan
 * for plain text that reader and writer both live on.
 *
 * Small objects are searched along their list. From TABLE_FROM members on, an open-addressing
 * table finds duplicates, so that an object of 100,000 keys costs no 10^10 comparisons; its hash
 * is seeded at random, so that nobody can choose keys that collide. */
#include "base/json_tree.h"

#include "base/hash.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#define TABLE_FROM 16

void ct_json_parent_init(struct ct_json_parent *parent, struct ct_json *node)
{
    *parent = (struct ct_json_parent){ .node = node };
}

/* The slot of a key: the member's, or the free one where it belongs. */
static const struct ct_json **slot_of(const struct ct_json_parent *parent, struct ct_slice key)
{
    size_t mask = parent->table_size - 1;
    size_t i = (size_t)ct_hash64(key.ptr, key.len, parent->seed) & mask;
    while (parent->table[i] && !ct_slice_eq(parent->table[i]->key, key))
        i = (i + 1) & mask;
    return &parent->table[i];
}

/* Makes room for one member more; at most half of the table is used. */
static bool grow_table(struct ct_json_parent *parent, struct ct_arena *arena)
{
    if (parent->table && parent->node->count < parent->table_size / 2)
        return true;
    size_t size = parent->table ? parent->table_size * 4 : TABLE_FROM * 4;
    const struct ct_json **table = ct_arena_array(arena, size, sizeof(*table));
    if (!table)
        return false;
    if (!parent->table)
        ct_random(&parent->seed, sizeof(parent->seed));
    parent->table = table;
    parent->table_size = size;
    for (const struct ct_json *m = parent->node->child; m; m = m->next)
        *slot_of(parent, m->key) = m;
    return true;
}

bool ct_json_parent_has(struct ct_json_parent *parent, struct ct_arena *arena, struct ct_slice key)
{
    if (parent->node->count >= TABLE_FROM)
        return grow_table(parent, arena) && *slot_of(parent, key) != NULL;
    for (const struct ct_json *m = parent->node->child; m; m = m->next) {
        if (ct_slice_eq(m->key, key))
            return true;
    }
    return false;
}

void ct_json_parent_add(struct ct_json_parent *parent, struct ct_json *child)
{
    if (parent->last)
        parent->last->next = child;
    else
        parent->node->child = child;
    parent->last = child;
    parent->node->count++;
    if (parent->table)
        *slot_of(parent, child->key) = child;
}

const struct ct_json *ct_json_get(const struct ct_json *object, const char *key)
{
    if (!object || object->type != CT_JSON_OBJECT)
        return NULL;
    struct ct_slice wanted = ct_slice(key);
    for (const struct ct_json *m = object->child; m; m = m->next) {
        if (ct_slice_eq(m->key, wanted))
            return m;
    }
    return NULL;
}

const char *ct_json_type_name(const struct ct_json *value)
{
    static const char *const names[] = { "null",     "a boolean", "an integer", "a decimal number",
                                         "a string", "an array",  "an object" };
    return names[value->type];
}

size_t ct_json_plain_len(struct ct_slice text)
{
    size_t i = 0;
#if defined(__SSE2__)
    const __m128i blank = _mm_set1_epi8(0x20);
    const __m128i quote = _mm_set1_epi8('"'), backslash = _mm_set1_epi8('\\');
    for (; text.len - i >= 16; i += 16) {
        __m128i c = _mm_loadu_si128((const __m128i *)(const void *)(text.ptr + i));
        /* The comparison is signed, so bytes from 0x80 on count as below 0x20. */
        __m128i special =
            _mm_or_si128(_mm_cmplt_epi8(c, blank),
                         _mm_or_si128(_mm_cmpeq_epi8(c, quote), _mm_cmpeq_epi8(c, backslash)));
        int mask = _mm_movemask_epi8(special);
        if (mask)
            return i + (size_t)__builtin_ctz((unsigned)mask);
    }
#endif
    for (; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c < 0x20 || c >= 0x80 || c == '"' || c == '\\')
            break;
    }
    return i;
}
