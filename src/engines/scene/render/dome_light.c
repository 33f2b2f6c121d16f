/* Hot: the tabulated sky as light, and haze (dome.h).
 *
 * Haze thins out with height as air does: its density is an exponential in y, whose integral along
 * a straight way is closed form (Wenzel 2006, "Real-time atmospheric effects in games"). Light is
 * scattered towards the viewer once, with the colour of the sky above the horizon in that
 * direction: far things take on the sky's own colour and never end in a seam. */
#include "engines/scene/render/dome.h"

#include "engines/scene/math/fn.h"

/* Bilinear; columns beyond the edge wrap around or are held. */
static ct_v3 look_up(const struct ct_sky_map *map, float column, float row, bool around)
{
    float x = ct_floorf(column - 0.5f), y = ct_floorf(row - 0.5f);
    float fx = column - 0.5f - x, fy = row - 0.5f - y;
    int x0 = (int)x, y0 = (int)y, x1 = x0 + 1, y1 = y0 + 1, w = map->width, h = map->height;
    if (around) {
        x0 = x0 < 0 ? x0 + w : x0 >= w ? x0 - w : x0;
        x1 = x1 >= w ? x1 - w : x1;
    }
    x0 = x0 < 0 ? 0 : x0 >= w ? w - 1 : x0;
    x1 = x1 < 0 ? 0 : x1 >= w ? w - 1 : x1;
    y0 = y0 < 0 ? 0 : y0 >= h ? h - 1 : y0;
    y1 = y1 < 0 ? 0 : y1 >= h ? h - 1 : y1;
    const float *a = map->rgb + 3 * ((size_t)y0 * (size_t)w + (size_t)x0);
    const float *b = map->rgb + 3 * ((size_t)y0 * (size_t)w + (size_t)x1);
    const float *c = map->rgb + 3 * ((size_t)y1 * (size_t)w + (size_t)x0);
    const float *d = map->rgb + 3 * ((size_t)y1 * (size_t)w + (size_t)x1);
    ct_v3 low = v3_lerp(v3(a[0], a[1], a[2]), v3(b[0], b[1], b[2]), fx);
    ct_v3 high = v3_lerp(v3(c[0], c[1], c[2]), v3(d[0], d[1], d[2]), fx);
    return v3_lerp(low, high, fy);
}

ct_v3 ct_dome_radiance(const struct ct_dome *dome, ct_v3 d)
{
    float azimuth = ct_atan2f(d.x, -d.z);
    if (dome->front.width && d.y >= dome->front_low && d.y <= dome->front_high) {
        float turn = azimuth - dome->front_azimuth;
        turn = turn > CT_PI ? turn - 2 * CT_PI : turn < -CT_PI ? turn + 2 * CT_PI : turn;
        if (fabsf(turn) <= dome->front_half)
            return look_up(&dome->front,
                           (turn / dome->front_half + 1) * 0.5f * (float)dome->front.width,
                           (d.y - dome->front_low) / (dome->front_high - dome->front_low) *
                               (float)dome->front.height,
                           false);
    }
    return look_up(&dome->all, (azimuth / CT_PI + 1) * (0.5f * CT_DOME_COLUMNS),
                   (ct_clampf(d.y, -1, 1) + 1) * (0.5f * CT_DOME_ROWS), true);
}

ct_v3 ct_dome_sample(const struct ct_dome *dome, ct_v2 u, float *pdf)
{
    const int across = CT_DOME_COLUMNS / CT_DOME_CELL, rows = CT_DOME_ROWS / CT_DOME_CELL;
    int low = 0, high = CT_DOME_CELLS;
    while (high - low > 1) { /* cdf[low] <= u.x < cdf[high] */
        int middle = (low + high) / 2;
        *(u.x < dome->cdf[middle] ? &high : &low) = middle;
    }
    float chance = dome->cdf[low + 1] - dome->cdf[low];
    float inside = chance > 0 ? ct_clampf((u.x - dome->cdf[low]) / chance, 0, 1) : 0.5f;
    float azimuth = CT_PI * (2 * ((float)(low % across) + inside) / (float)across - 1);
    float y = 2 * ((float)(low / across) + u.y) / (float)rows - 1, s, c;
    float level = sqrtf(ct_maxf(1 - y * y, 0));
    ct_sincosf(azimuth, &s, &c);
    *pdf = chance * CT_DOME_CELLS / (4 * CT_PI);
    return v3(level * s, y, -level * c);
}

float ct_dome_pdf(const struct ct_dome *dome, ct_v3 d)
{
    const int across = CT_DOME_COLUMNS / CT_DOME_CELL, rows = CT_DOME_ROWS / CT_DOME_CELL;
    int x = (int)((ct_atan2f(d.x, -d.z) / CT_PI + 1) * 0.5f * (float)across);
    int y = (int)((ct_clampf(d.y, -1, 1) + 1) * 0.5f * (float)rows);
    int cell = (y < rows ? y : rows - 1) * across + (x < across ? x : across - 1);
    return (dome->cdf[cell + 1] - dome->cdf[cell]) * CT_DOME_CELLS / (4 * CT_PI);
}

float ct_dome_haze(const struct ct_dome *dome, ct_v3 origin, ct_v3 d, float distance,
                   ct_v3 *scattered)
{
    float depth = dome->haze_density * distance;
    if (dome->haze_height > 0) {
        float climb = d.y * distance / dome->haze_height;
        float start = ct_clampf((origin.y - dome->haze_base) / dome->haze_height, -4, 60);
        float mean = fabsf(climb) < 1e-3f ? 1 : (1 - ct_expf(-ct_clampf(climb, -60, 60))) / climb;
        depth *= ct_expf(-start) * mean;
    }
    float passes = ct_expf(-depth);
    float at = (ct_atan2f(d.x, -d.z) / CT_PI + 1) * (0.5f * CT_DOME_HAZES);
    int i = (int)at, j;
    i = i < CT_DOME_HAZES ? i : CT_DOME_HAZES - 1;
    j = (i + 1) % CT_DOME_HAZES;
    const float *a = dome->haze_rgb[i], *b = dome->haze_rgb[j];
    *scattered = v3_scale(v3_lerp(v3(a[0], a[1], a[2]), v3(b[0], b[1], b[2]), at - (float)i),
                          1 - passes);
    return passes;
}

ct_v3 ct_dome_disc(const struct ct_dome *dome, ct_v3 d)
{
    float c = v3_dot(d, dome->disc_direction), width = 1 - dome->disc_cosine;
    if (!(width > 0) || c < dome->disc_cosine)
        return v3(0, 0, 0);
    /* A soft rim: a tenth of the disc, so that it has no steps. */
    return v3_scale(dome->disc_radiance, ct_smoothstep(0, 0.2f * width, c - dome->disc_cosine));
}
