/* What edits are read as: one table of pictures and sentences. */
#include "engines/scene/edit/edit.h"

#include "t.h"

#define ARENA_BYTES ((size_t)8 << 20)

struct row {
    const char *picture; /* the prompt of the picture that is edited; NULL: a photograph */
    const char *edit;
    const char *expected; /* ct_edit_print() */
};

#define MUG "a white ceramic mug on a marble table"
#define BOTTLE "a white glass bottle beside a red apple"
#define POSTER "a poster titled \"Jazz Night\" with the tagline \"Friday 8 pm\""

/* clang-format off */
static const struct row rows[] = {
    /* colour and material */
    { MUG, "make the mug navy blue", "look mug #000080\n" },
    { BOTTLE, "change the bottle's color from white to navy, keep everything else identical",
      "look bottle #000080 from=#ffffff\nkeep_rest\n" },
    { BOTTLE, "change the bottle\xe2\x80\x99s colour from white to navy blue and keep everything else the same",
      "look bottle #000080 from=#ffffff\nkeep_rest\n" },
    { MUG, "Make it red", "look mug #ff0000\n" },
    { MUG, "recolor the mug to #12ab34", "look mug #12ab34\n" },
    { MUG, "make the mug of brushed steel", "look mug brushed_steel\n" },
    { MUG, "turn the white mug into a matte black one", "look mug #000000 finish=1\n" },
    { MUG, "make the mug out of wood", "look mug wood\n" },
    { MUG, "only change the color of the mug to teal", "look mug #008080\nkeep_rest\n" },
    { MUG, "paint the mug yellow", "look mug #ffff00\n" },
    { MUG, "make the mug striped", "look mug stripes\n" },
    { MUG, "fill the mug with milk", "look mug contents=milk\n" },
    { MUG, "change the coffee to tea", "look mug contents=tea\n" },
    { "a perfume bottle", "give the perfume a silver cap", "look perfume bottle part=cap chrome\n" },
    { "two mugs, one red and one blue", "make the red mug green", "look mugs #008000\n" },
    /* adding, removing, replacing */
    { MUG, "add a croissant beside the mug", "add croissant beside mug\n" },
    { MUG, "add two red apples to the left of the mug", "add apple #ff0000 left_of mug\n" },
    { MUG, "place a book behind it", "add book behind mug\n" },
    { BOTTLE, "remove the apple", "remove apple\n" },
    { BOTTLE, "Please delete the apple and the bottle", "remove apple\nremove bottle\n" },
    { BOTTLE, "without the apple", "remove apple\n" },
    { BOTTLE, "replace the apple with a lemon", "replace apple lemon\n" },
    { BOTTLE, "change the apple to a green pear", "replace apple pear\n" },
    { BOTTLE, "swap the apple for a candle", "replace apple candle\n" },
    /* places, numbers, sizes */
    { BOTTLE, "move the apple to the left of the bottle", "move apple left_of bottle\n" },
    { BOTTLE, "put the apple behind the bottle", "move apple behind bottle\n" },
    { BOTTLE, "put the apple on a book", "add book\nmove apple on book\n" },
    { "an apple", "make it three apples", "count apple 3\n" },
    { "an apple", "add two more apples", "count apple 3\n" },
    { "an apple", "change the number of apples to five", "count apple 5\n" },
    { MUG, "make the mug bigger", "size mug 1.35\n" },
    { MUG, "make the mug twice as big", "size mug 2.00\n" },
    { BOTTLE, "shrink the apple", "size apple 0.72\n" },
    { MUG, "make the mug darker", "tone mug 0.70\n" },
    /* texts */
    { MUG, "add the text \"HELLO\" to the mug", "text mug text \"\" -> \"HELLO\"\n" },
    { "a mug that says \"HELLO\"", "replace \"HELLO\" with \"BYE\"", "text text \"HELLO\" -> \"BYE\"\n" },
    { POSTER, "change the title to \"Blues Night\"", "text title \"\" -> \"Blues Night\"\n" },
    { POSTER, "change the tagline to \"Sunday\"", "text subtitle \"\" -> \"Sunday\"\n" },
    { POSTER, "replace the text \"Friday 8 pm\" with \"Monday\"", "text text \"Friday 8 pm\" -> \"Monday\"\n" },
    { POSTER, "change \"Jazz Night\" to \"Rock Night\" and keep everything else identical",
      "text text \"Jazz Night\" -> \"Rock Night\"\nkeep_rest\n" },
    { POSTER, "remove the tagline", "text subtitle \"\" -> \"\"\n" },
    { POSTER, "make the background dark green", "stage backdrop_color \"#006400\"\nstage dark true\n" },
    /* the whole picture */
    { MUG, "change the background to navy", "stage backdrop_color \"#000080\"\nstage dark true\n" },
    { MUG, "change the lighting to golden hour", "stage rig \"golden_hour\"\n" },
    { MUG, "make it a watercolor", "stage style \"watercolor\"\n" },
    { MUG, "turn the picture into pixel art", "stage style \"pixel_art\"\n" },
    { MUG, "show it from above", "stage camera \"top_down\"\n" },
    { MUG, "zoom in", "stage camera \"close_up\"\n" },
    { MUG, "put the mug on a wooden table", "stage backdrop \"table\"\nstage support \"wood\"\n" },
    { MUG, "change the table to dark wood", "stage backdrop \"table\"\nstage support \"wood\"\n" },
    { MUG, "leave space for a title", "stage title_room true\n" },
    { MUG, "blurred background, please", "stage shallow_focus true\n" },
    { MUG, "make the picture brighter", "expose 1.38\n" },
    { MUG, "remove the background", "cut_out\n" },
    { MUG, "make the background transparent", "cut_out\n" },
    /* several at once */
    { BOTTLE, "Make the bottle gold, remove the apple and add a candle behind the bottle.",
      "look bottle gold\nremove apple\nadd candle behind bottle\n" },
    { BOTTLE, "1. make the apple green\n2. make the bottle black",
      "look apple #008000\nlook bottle #000000\n" },
    { MUG, "keep the mug exactly as it is but change the background to pink",
      "stage backdrop_color \"#ffc0cb\"\nkeep_rest\n" },
    /* the same thing elsewhere */
    { BOTTLE, "the same bottle on a wooden table, golden hour",
      "stage backdrop \"table\"\nstage support \"wood\"\nstage rig \"golden_hour\"\nonly\n" },
    { MUG, "this mug in navy blue", "look mug #000080\n" },
    /* what is not understood is said */
    { MUG, "frobnicate the quux", "ignored frobnicate\nignored quux\n" },
    { MUG, "the same mug on a beach at sunset",
      "stage land {\"scenery\":[\"beach\"],\"hour\":\"sunset\"}\nstage land_first true\n" },
    { MUG, "change the background to a mountain lake",
      "stage land {\"scenery\":[\"mountains\",\"lake\"],\"hour\":\"day\"}\nstage land_first true\n" },
    /* photographs */
    { NULL, "change the bottle from white to navy", "look bottle #000080 from=#ffffff\n" },
    { NULL, "remove the man", "remove man\n" },
    { NULL, "replace the background with a solid pink", "stage backdrop_color \"#ffc0cb\"\n" },
    { NULL, "change the background to a beach at sunset",
      "stage land {\"scenery\":[\"beach\"],\"hour\":\"sunset\"}\nstage land_first true\n" },
    { NULL, "replace the sky with a sunset sky",
      "stage land {\"scenery\":[\"sky\"],\"hour\":\"sunset\"}\nstage land_first true\nsky\n" },
    { NULL, "make the orange suit green", "look suit #008000 seen=#ffa500\n" },
    { NULL, "remove the red car", "remove car seen=#ff0000\n" },
    { NULL, "blur the background", "adjust behind\n" },
    /* surroundings, hours, parts that stay, and what "black and white" is said of */
    { MUG, "make the wall darker", "tone backdrop 0.70\n" },
    { MUG, "darken the table", "tone support 0.70\n" },
    { NULL, "make the background brighter", "tone backdrop 1.38\n" },
    { MUG, "make it darker", "tone mug 0.70\n" },
    { MUG, "make it night", "stage rig \"dramatic\"\n" },
    { "a red car on a road", "make it a night scene",
      "stage land {\"scenery\":[\"road\"],\"hour\":\"night\"}\n" },
    { NULL, "make it night", "expose 0.42\nadjust\n" },
    { MUG, "make the background blurry", "stage shallow_focus true\n" },
    { NULL, "make the background black and white", "adjust behind\n" },
    { NULL, "put it on a black and white background", "adjust behind\n" },
    { MUG, "black and white background", "adjust behind\nignored black and white\n" },
    { NULL, "make it black and white", "stage style \"monochrome\"\n" },
    { MUG, "make the mug red but keep the handle white",
      "look mug #ff0000\nlook mug part=handle #ffffff\n" },
    { NULL, "make the mug red but keep the handle white",
      "look mug #ff0000\nignored keep the handle white\n" },
    { BOTTLE, "make the bottle navy and keep the apple red", "look bottle #000080\n" },
    { NULL, "make it warmer and brighter", "adjust\nexpose 1.38\n" },
    { NULL, "increase the contrast and make the red car blue",
      "adjust\nlook car #0000ff seen=#ff0000\n" },
    { NULL, "turn it into a pencil sketch", "stage style \"sketch\"\n" },
};
/* clang-format on */

static const struct ct_intent *picture(struct ct_arena *arena, const char *prompt)
{
    const struct ct_intent *intent = NULL;
    if (prompt)
        CHECK_INT(ct_intent_read(&intent, arena, ct_slice(prompt), NULL), CT_OK);
    return intent;
}

TEST(edit_read__understands_the_table)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct ct_arena *arena = ct_arena_new(ARENA_BYTES);
        const struct ct_edit *edit = NULL;
        struct ct_buf b;
        ct_buf_init(&b, 65536);
        const struct ct_intent *of = picture(arena, rows[i].picture);
        REQUIRE(ct_edit_read(&edit, arena, &(struct ct_edit_context){ .of = of },
                             ct_slice(rows[i].edit), NULL) == CT_OK);
        ct_edit_print(&b, edit);
        if (strcmp(ct_buf_text(&b), rows[i].expected) != 0)
            t_fail(__FILE__, __LINE__, "\"%s\" is\n%snot\n%s", rows[i].edit, ct_buf_text(&b),
                   rows[i].expected);
        ct_buf_release(&b);
        ct_arena_free(&arena);
    }
}
