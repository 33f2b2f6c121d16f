/* Signs for points that name no thing: verbs and adjectives lead to a noun of glyphs.def.
 *
 * Only lists ask here: on a poster "a cool drink" is no thermometer. */
#include "engines/scene/page/point_sign.h"

#include "engines/scene/page/glyph.h"

static const struct {
    const char *words, *noun;
} senses[] = {
    { "light lights dim bright", "bulb" },
    { "cool cold hot warm temperate", "thermometer" },
    { "read reading study learn course courses lesson training education", "book" },
    { "eat eating cook vegetables fruit nutrition protein balanced snack", "fork" },
    { "fast faster quick quickly speed accelerate scale", "rocket" },
    { "secure safe safety protect privacy compliance trust risk", "shield" },
    { "buy sell order orders shop checkout retail", "cart" },
    { "talk speak discuss support feedback contact ask communicate communication", "chat" },
    { "plan planning schedule book daily weekly monthly routine regular", "calendar" },
    { "walk run move stretch active activity exercise exercising lift", "dumbbell" },
    { "think brainstorm imagine create invent design strategy vision mindful", "bulb" },
    { "test check verify approve review inspect validate confirm qualify", "check" },
    { "measure analyze analyse evaluate track monitor metrics insights forecast", "chart" },
    { "build develop engineer implement code integrate api prototype", "code" },
    { "release deploy ship publish launch start begin go", "rocket" },
    { "hire people staff users clients members partners collaborate together team share", "team" },
    { "save invest earn pay payment cheap affordable free pricing", "money" },
    { "win succeed achieve award best leader grow", "trophy" },
    { "search find explore discover look research", "search" },
    { "rest relax nap sleep asleep bedtime night evening", "moon" },
    { "breathe air wind clean", "cloud" },
    { "green organic natural recycle reuse reduce compost garden trees plants", "leaf" },
    { "travel visit fly trip vacation abroad", "plane" },
    { "listen hear sound podcast sing", "music" },
    { "watch see view show streaming demo", "play" },
    { "call ring dial", "telephone" },
    { "write note notes document documents content", "folder" },
    { "global worldwide international online remote digital web", "globe" },
    { "cloud hosting storage backup sync", "cloud" },
    { "awareness advertise promote marketing announce remind", "bell" },
    { "interest engage consider aim decide decision choose", "target" },
    { "loyalty love care kind happy retain retention", "heart" },
    { "drink hydrate water swim", "drop" },
    { "caffeine espresso", "cup" },
    { "drive ride delivery deliver transport mobility", "car" },
    { "install update upgrade import", "download" },
    { "open access unlock sign login", "key" },
    { "wait hours minutes time late early morning duration", "clock" },
    { "fix repair maintain automate configure operate optimize improve", "gear" },
    { "surprise reward rewards bonus give donate", "gift" },
    { "place local nearby where address", "location" },
    { "photo picture capture shoot", "camera" },
    { "burn calories fat metabolism", "flame" },
    { "electric charge energetic", "bolt" },
};

static bool names(const char *words, struct ct_slice word)
{
    struct ct_slice rest = ct_slice(words), one;
    for (bool more = true; more;) {
        more = ct_slice_cut(rest, ' ', &one, &rest);
        if (ct_slice_ieq(one, word))
            return true;
    }
    return false;
}

const char *ct_point_sign(struct ct_slice label)
{
    enum { WORDS = 12 };
    struct ct_slice word[WORDS];
    const char *drawing = ct_glyph_find(label);
    int n = drawing ? 0 : ct_text_words(word, WORDS, label);
    for (int i = 0; i < n && !drawing; i++)
        for (size_t k = 0; k < sizeof(senses) / sizeof(senses[0]) && !drawing; k++)
            if (names(senses[k].words, word[i]))
                drawing = ct_glyph_find(ct_slice(senses[k].noun));
    return drawing;
}
