/* Which things are known from inside, what their parts are called, and where those lie.
 *
 * The shapes are those of school books: simplified, in their natural colours, with parts larger
 * than life where they could not be seen (the crust of the earth, the walls of cells). To add one:
 * a row of `shapes`, its parts, and a function in section_*.c that draws it in a unit square. */
#include "engines/scene/page/section_shape.h"

#include "engines/scene/page/sample.h"

static const struct ct_section_part volcano[] = {
    { "ash cloud|ash|gas|gases|smoke|plume|steam", 0.56, 0.08 },
    { "crater", 0.5, 0.235 },
    { "lava flow|lava", 0.672, 0.46 },
    { "side vent|secondary vent|secondary cone|parasitic cone|flank vent", 0.29, 0.47 },
    { "main vent|vent|conduit|pipe|throat|central vent", 0.5, 0.5 },
    { "layers of ash and lava|layers|layer|cone|slope|flank|flanks|strata", 0.36, 0.6 },
    { "crust|bedrock|rock|ground|rock layers|earth's crust", 0.12, 0.84 },
    { "magma chamber|magma|chamber|reservoir", 0.5, 0.9 },
};
static const struct ct_section_part tooth[] = {
    { "enamel", 0.27, 0.17 },
    { "dentin|dentine", 0.64, 0.3 },
    { "pulp|pulp chamber|nerves|pulp cavity", 0.5, 0.36 },
    { "gum|gums|gingiva", 0.16, 0.47 },
    { "root canal|canal|canals", 0.385, 0.66 },
    { "cementum|cement", 0.69, 0.74 },
    { "jaw bone|bone|jawbone|jaw|alveolar bone", 0.12, 0.78 },
    { "nerve|blood vessels|blood vessel|nerves and blood vessels|nerve and vessels", 0.62, 0.965 },
};
static const struct ct_section_part skin[] = {
    { "hair|hair shaft", 0.3, 0.06 },
    { "epidermis|outer layer", 0.86, 0.22 },
    { "dermis|middle layer", 0.9, 0.5 },
    { "hypodermis|subcutis|subcutaneous tissue|subcutaneous fat|subcutaneous layer|fat|fat layer|"
      "fatty tissue",
      0.86, 0.86 },
    { "hair follicle|follicle|hair root|root", 0.255, 0.62 },
    { "sebaceous gland|oil gland", 0.365, 0.4 },
    { "sweat gland|gland", 0.62, 0.72 },
    { "blood vessel|blood vessels|vessels|artery|arteries|veins|vein|capillaries", 0.12, 0.735 },
    { "nerve|nerves|nerve ending", 0.77, 0.62 },
    { "pore|sweat pore", 0.62, 0.15 },
};
static const struct ct_section_part leaf[] = {
    { "cuticle|waxy cuticle|upper cuticle", 0.12, 0.045 },
    { "upper epidermis|epidermis", 0.82, 0.115 },
    { "palisade mesophyll|palisade layer|palisade cells|palisade", 0.15, 0.32 },
    { "chloroplast|chloroplasts", 0.855, 0.37 },
    { "vein|vascular bundle|xylem and phloem", 0.5, 0.6 },
    { "xylem", 0.5, 0.555 },
    { "phloem", 0.5, 0.665 },
    { "spongy mesophyll|spongy layer|spongy cells|mesophyll", 0.13, 0.62 },
    { "air space|air spaces|air", 0.87, 0.655 },
    { "lower epidermis", 0.12, 0.88 },
    { "guard cell|guard cells", 0.705, 0.9 },
    { "stoma|stomata|pore", 0.74, 0.93 },
};
static const struct ct_section_part trunk[] = {
    { "outer bark|bark|cork", 0.965, 0.5 },
    { "inner bark|phloem|bast", 0.885, 0.4 },
    { "cambium|cambium layer", 0.13, 0.58 },
    { "sapwood|xylem", 0.73, 0.35 },
    { "heartwood", 0.4, 0.6 },
    { "pith|core|center|centre", 0.5, 0.5 },
    { "annual ring|growth ring|growth rings|annual rings|rings|tree rings", 0.62, 0.72 },
    { "ray|rays|medullary rays|wood rays", 0.34, 0.3 },
};
static const struct ct_section_part onion[] = {
    { "stem|neck|leaves|shoot", 0.5, 0.05 },
    { "outer skin|skin|papery skin|tunic|dry skin|outer layer|dry scales", 0.105, 0.5 },
    { "fleshy scales|scales|scale leaves|scale|layers|flesh|inner layers|rings", 0.78, 0.52 },
    { "bud|apical bud|terminal bud|core|heart|center|centre|inner bud", 0.5, 0.56 },
    { "basal plate|base|basal disc|disc|basal stem", 0.5, 0.835 },
    { "roots|root|fibrous roots", 0.42, 0.94 },
};
static const struct ct_section_part cell[] = {
    { "cell membrane|membrane|plasma membrane", 0.955, 0.5 },
    { "cytoplasm|cytosol", 0.66, 0.8 },
    { "nucleus", 0.36, 0.37 },
    { "nucleolus", 0.445, 0.475 },
    { "mitochondrion|mitochondria", 0.76, 0.29 },
    { "endoplasmic reticulum|rough endoplasmic reticulum|er|reticulum", 0.645, 0.47 },
    { "golgi apparatus|golgi|golgi body", 0.25, 0.74 },
    { "lysosome|lysosomes", 0.82, 0.64 },
    { "ribosome|ribosomes", 0.52, 0.19 },
    { "vacuole|vacuoles|vesicle|vesicles", 0.47, 0.83 },
    { "centriole|centrioles|centrosome", 0.17, 0.52 },
};
static const struct ct_section_part plant_cell[] = {
    { "cell wall|wall", 0.985, 0.5 },
    { "cell membrane|membrane|plasma membrane", 0.045, 0.4 },
    { "cytoplasm|cytosol", 0.86, 0.78 },
    { "nucleus", 0.24, 0.28 },
    { "nucleolus", 0.265, 0.31 },
    { "vacuole|central vacuole|large central vacuole", 0.58, 0.56 },
    { "chloroplast|chloroplasts", 0.78, 0.16 },
    { "mitochondrion|mitochondria", 0.155, 0.56 },
    { "golgi apparatus|golgi|golgi body", 0.155, 0.76 },
    { "endoplasmic reticulum|er|reticulum", 0.38, 0.2 },
    { "ribosome|ribosomes", 0.55, 0.91 },
};
static const struct ct_section_part earth[] = {
    { "crust|earth's crust|lithosphere", 0.91, 0.33 },
    { "upper mantle|asthenosphere", 0.885, 0.42 },
    { "mantle|lower mantle", 0.79, 0.5 },
    { "outer core|liquid outer core", 0.66, 0.555 },
    { "inner core|core|solid inner core", 0.55, 0.56 },
};

#define SHAPE(words, aspect, id)                                                                   \
    {                                                                                              \
        words, aspect, id, (int)(sizeof(id) / sizeof(id[0])), ct_section_##id                      \
    }
static const struct ct_section_shape shapes[] = {
    SHAPE("volcano|volcanoes|stratovolcano|vulcano", 1.35, volcano),
    SHAPE("tooth|teeth|molar|human tooth", 0.78, tooth),
    SHAPE("skin|human skin", 1.15, skin),
    SHAPE("leaf|leaves", 1.3, leaf),
    SHAPE("tree trunk|trunk|tree|log|wood|stem of a tree", 1, trunk),
    SHAPE("onion", 0.9, onion),
    SHAPE("plant cell", 1.25, plant_cell),
    SHAPE("cell|animal cell|human cell|eukaryotic cell", 1.2, cell),
    SHAPE("earth|globe|planet earth", 1, earth),
};

const struct ct_section_shape *ct_section_find(const struct ct_intent *intent)
{
    struct ct_slice texts[] = { intent->subject, intent->about, intent->title, intent->prompt };
    for (size_t k = 0; k < sizeof(texts) / sizeof(texts[0]); k++)
        for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++)
            if (ct_sample_mentions(texts[k], shapes[i].words))
                return &shapes[i];
    return NULL;
}

bool ct_section_known(const struct ct_intent *intent)
{
    return ct_section_find(intent) != NULL;
}

/* Whether the label is one of the words, or ends in it: "the upper cuticle". */
static size_t same(struct ct_slice label, const char *words)
{
    struct ct_slice rest = ct_slice(words), word;
    size_t longest = 0;
    for (bool more = true; more;) {
        more = ct_slice_cut(rest, '|', &word, &rest);
        if (word.len > longest && label.len >= word.len &&
            ct_slice_ieq(ct_slice_sub(label, label.len - word.len, label.len), word) &&
            (label.len == word.len || label.ptr[label.len - word.len - 1] == ' '))
            longest = word.len;
    }
    return longest;
}

int ct_section_part_of(const struct ct_section_shape *shape, struct ct_slice label)
{
    int best = -1;
    size_t longest = 0;
    for (int i = 0; i < shape->n_parts; i++) {
        size_t n = same(label, shape->parts[i].words);
        if (n > longest) {
            longest = n;
            best = i;
        }
    }
    return best;
}
