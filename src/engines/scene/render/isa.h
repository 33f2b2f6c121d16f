/* The hot files are compiled once for each instruction set (render/meson.build).
 *
 * Every function they share carries the set's name as a suffix, so both builds live in one
 * program; kernels.h chooses between them once for each drawing. Both compute the same bits: IEEE
 * arithmetic, no contraction, no reassociation, no libm. */
#ifndef CT_SCENE_ISA_H
#define CT_SCENE_ISA_H

#ifndef CT_ISA
#define CT_ISA base
#endif

#define CT_ISA_JOIN_(name, isa) name##_##isa
#define CT_ISA_JOIN(name, isa) CT_ISA_JOIN_(name, isa)
#define CT_ISA_NAME(name) CT_ISA_JOIN(name, CT_ISA)

#endif
