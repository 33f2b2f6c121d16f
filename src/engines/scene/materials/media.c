/* What light does inside the transparent materials.
 *
 * Absorption is per centimetre (Beer-Lambert), measured by eye on pictures of a 7 cm glass: red
 * wine is opaque to green after a few millimetres, tea lets an amber through a whole cup. */
#include "engines/scene/materials/material.h"

bool ct_material_medium(struct ct_medium *out, enum ct_material_id id)
{
    switch (id) {
    case CT_MATERIAL_glass:
        *out = (struct ct_medium){ 1.52f, { 0.006f, 0.004f, 0.006f } };
        return true;
    case CT_MATERIAL_water:
        *out = (struct ct_medium){ 1.33f, { 0.012f, 0.004f, 0.002f } };
        return true;
    case CT_MATERIAL_tea:
        *out = (struct ct_medium){ 1.33f, { 0.06f, 0.34f, 1.3f } };
        return true;
    case CT_MATERIAL_coffee:
        *out = (struct ct_medium){ 1.33f, { 0.9f, 2.2f, 4.5f } };
        return true;
    case CT_MATERIAL_red_wine:
        *out = (struct ct_medium){ 1.34f, { 0.42f, 2.7f, 2.1f } };
        return true;
    case CT_MATERIAL_honey:
        *out = (struct ct_medium){ 1.49f, { 0.05f, 0.24f, 1.5f } };
        return true;
    case CT_MATERIAL_diamond:
        *out = (struct ct_medium){ 2.42f, { 0, 0, 0 } };
        return true;
    default:
        return false;
    }
}
