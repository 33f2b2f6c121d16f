/* Which of the hot builds to use. CT_RENDER_V3 is set where meson.build made one for x86-64-v3
 * (AVX2); every x86 machine runs the plain one, and other machines have only that. */
#include "engines/scene/render/kernels.h"

#include <stddef.h>

extern const struct ct_render_kernels ct_render_kernels_base;
extern const struct ct_render_kernels ct_render_kernels_v3;

const struct ct_render_kernels *ct_render_kernels_get(int index)
{
    if (index == 0)
        return &ct_render_kernels_base;
#ifdef CT_RENDER_V3
    if (index == 1 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
        __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("fma"))
        return &ct_render_kernels_v3;
#endif
    return NULL;
}

const struct ct_render_kernels *ct_render_kernels_best(void)
{
    const struct ct_render_kernels *best = ct_render_kernels_get(0), *next;
    for (int i = 1; (next = ct_render_kernels_get(i)) != NULL; i++)
        best = next;
    return best;
}
