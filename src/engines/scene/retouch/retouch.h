/* What the tools for foreign pictures share. They know pixels and masks, nothing of prompts.
 *
 * Every tool is deterministic (the pool's width changes nothing, no libm), looks at *cancel at
 * least every 20 ms, never writes to its inputs, and fails only with CT_E_CANCELLED, CT_E_MEMORY or
 * CT_E_INTERNAL (sizes that do not belong together). Pictures are sRGB; alpha is carried over. */
#ifndef CT_SCENE_RETOUCH_H
#define CT_SCENE_RETOUCH_H

#include "base/pool.h"
#include "image/image.h"
#include "image/mask.h"

#include <stdatomic.h>
#include <stdbool.h>

struct ct_retouch {
    struct ct_pool *pool;     /* may be NULL */
    const atomic_int *cancel; /* may be NULL */
};

static inline bool ct_retouch_cancelled(const struct ct_retouch *with)
{
    return with->cancel && atomic_load_explicit(with->cancel, memory_order_relaxed) != 0;
}

ct_code ct_retouch_fail_cancelled(struct ct_err *err);
ct_code ct_retouch_fail_memory(struct ct_err *err);

#endif
