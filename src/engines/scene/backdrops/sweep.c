/* Seamless paper: one colour, no horizon. */
#include "engines/scene/backdrops/backdrop.h"

void ct_backdrop_sweep(const struct ct_backdrop_stage *stage)
{
    ct_backdrop_cyclorama(stage, stage->wall);
}
