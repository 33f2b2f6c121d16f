/* Colours as a mixture of five Gaussians, as GrabCut models them (Rother et al. 2004). */
#ifndef CT_SCENE_RETOUCH_GMM_H
#define CT_SCENE_RETOUCH_GMM_H

#include <stddef.h>
#include <stdint.h>

#define CT_GMM_PARTS 5

struct ct_gmm_part {
    float mean[3], inverse[6]; /* of the covariance: xx xy xz yy yz zz */
    float log_weight;          /* log of weight / sqrt(det) */
};

struct ct_gmm {
    int n;
    struct ct_gmm_part parts[CT_GMM_PARTS];
};

/* Learns the pixels (`stride` bytes each) whose label is `label`; n = 0 when there are none. The
 * same pixels give the same mixture. */
void ct_gmm_learn(struct ct_gmm *gmm, const uint8_t *px, size_t stride, const uint8_t *labels,
                  uint8_t label, size_t n_px);
/* -log of how likely a colour is; 0..about 60. */
float ct_gmm_cost(const struct ct_gmm *gmm, const uint8_t px[3]);

#endif
