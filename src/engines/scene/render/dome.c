/* Making a dome: memory, the directions of its texels, and the table it is sampled by. Called by
 * land/ on the thread that builds the world. */
#include "engines/scene/render/dome.h"

#include "base/mem.h"
#include "engines/scene/math/fn.h"

#define LEAST_SHARE 0.02f /* of an even table, in every cell: nothing bright has density 0 */

static bool map_init(struct ct_sky_map *map, int width, int height)
{
    map->width = width;
    map->height = height;
    map->rgb = ct_calloc((size_t)width * (size_t)height, 3 * sizeof(float));
    return map->rgb != NULL;
}

struct ct_dome *ct_dome_new(int front_width, int front_height)
{
    struct ct_dome *dome = ct_calloc(1, sizeof(*dome));
    if (!dome)
        return NULL;
    dome->disc_cosine = 1;
    if (!map_init(&dome->all, CT_DOME_COLUMNS, CT_DOME_ROWS) ||
        (front_width > 1 && front_height > 1 &&
         !map_init(&dome->front, front_width, front_height)))
        ct_dome_free(&dome);
    return dome;
}

void ct_dome_free(struct ct_dome **dome)
{
    if (!*dome)
        return;
    ct_free((*dome)->all.rgb);
    ct_free((*dome)->front.rgb);
    ct_free(*dome);
    *dome = NULL;
}

static ct_v3 direction_at(float azimuth, float y)
{
    float s, c, level = sqrtf(ct_maxf(1 - y * y, 0));
    ct_sincosf(azimuth, &s, &c);
    return v3(level * s, y, -level * c);
}

ct_v3 ct_dome_direction(int column, int row)
{
    return direction_at(CT_PI * (2 * ((float)column + 0.5f) / CT_DOME_COLUMNS - 1),
                        2 * ((float)row + 0.5f) / CT_DOME_ROWS - 1);
}

ct_v3 ct_dome_front_direction(const struct ct_dome *dome, int column, int row)
{
    float u = ((float)column + 0.5f) / (float)dome->front.width;
    float v = ((float)row + 0.5f) / (float)dome->front.height;
    return direction_at(dome->front_azimuth + dome->front_half * (2 * u - 1),
                        ct_lerp(dome->front_low, dome->front_high, v));
}

static float cell_luminance(const struct ct_dome *dome, int cell)
{
    const int across = CT_DOME_COLUMNS / CT_DOME_CELL;
    int x0 = cell % across * CT_DOME_CELL, y0 = cell / across * CT_DOME_CELL;
    float sum = 0;
    for (int y = y0; y < y0 + CT_DOME_CELL; y++) {
        for (int x = x0; x < x0 + CT_DOME_CELL; x++) {
            const float *c = dome->all.rgb + 3 * ((size_t)y * CT_DOME_COLUMNS + (size_t)x);
            sum += ct_luminance(v3(c[0], c[1], c[2]));
        }
    }
    return sum;
}

void ct_dome_prepare(struct ct_dome *dome)
{
    float total = 0;
    for (int i = 0; i < CT_DOME_CELLS; i++)
        total += cell_luminance(dome, i);
    float least = ct_maxf(LEAST_SHARE * total / CT_DOME_CELLS, 1e-6f);
    total += least * CT_DOME_CELLS;
    float sum = 0;
    dome->cdf[0] = 0;
    for (int i = 0; i < CT_DOME_CELLS; i++) {
        sum += (cell_luminance(dome, i) + least) / total;
        dome->cdf[i + 1] = ct_minf(sum, 1);
    }
    dome->cdf[CT_DOME_CELLS] = 1;
}
