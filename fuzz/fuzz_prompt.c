/* Prompts: any UTF-8 is understood, printed and warned about within its bounds. */
#include "base/json.h"
#include "base/utf8.h"
#include "engines/scene/prompt/intent.h"

#include <stdlib.h>

static void require(bool ok)
{
    if (!ok)
        abort();
}

static void check(const struct ct_intent *intent)
{
    const char *at = intent->prompt.ptr;
    for (int i = 0; i < intent->n_notes; i++) {
        require(intent->notes[i].words.ptr >= at && intent->notes[i].words.len > 0);
        at = intent->notes[i].words.ptr + intent->notes[i].words.len;
    }
    require(at <= intent->prompt.ptr + intent->prompt.len);
    for (int i = 0; i < intent->n_entities; i++)
        require(intent->entities[i].count >= 1 && intent->entities[i].count <= 24);
    for (int i = 0; i < intent->n_relations; i++)
        require(intent->relations[i].a != intent->relations[i].b &&
                intent->relations[i].a < intent->n_entities &&
                intent->relations[i].b < intent->n_entities);
    for (int i = 0; i < intent->n_edges; i++)
        require(intent->edges[i].from >= 0 && intent->edges[i].from < intent->n_nodes &&
                intent->edges[i].to >= 0 && intent->edges[i].to < intent->n_nodes);
    /* A scene is of a thing, of the land, or of a room. */
    bool thing = intent->n_entities > 0 && intent->entities[0].object != CT_OBJECT_NONE;
    require(intent->kind == CT_INTENT_PAGE || thing || intent->land.scenery || intent->interior);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ct_slice prompt = ct_slice_n((const char *)data, size);
    if (size > 128000)
        return 0;
    struct ct_arena *arena = ct_arena_new(32 << 20);
    const struct ct_intent *intent;
    const struct ct_json *json;
    const char *const *warnings;
    struct ct_err err;
    struct ct_buf b;
    ct_buf_init(&b, 8 << 20);
    if (arena && ct_intent_read(&intent, arena, prompt, &err) == CT_OK) {
        check(intent);
        ct_intent_print(&b, intent, true);
        require(!b.failed);
        if (ct_utf8_valid(prompt) && !memchr(data, 0, size))
            require(ct_json_parse(&json, arena, ct_buf_slice(&b), NULL, &err) == CT_OK);
        ct_buf_clear(&b);
        ct_intent_print(&b, intent, false);
        require(ct_intent_warnings(&warnings, arena, intent) <= 12);
    }
    ct_buf_release(&b);
    ct_arena_free(&arena);
    return 0;
}
