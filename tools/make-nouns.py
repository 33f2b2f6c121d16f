#!/usr/bin/env python3
"""Writes the table of nouns that are drawn as something more general: "sedan" as a car.

usage: make-nouns.py OUTPUT OBJECTS_DEF SENSES_DEF EMOJI_DEF WORDNET EMOJI_TEST

EMOJI_TEST is Unicode's emoji-test.txt (Debian's package unicode-data). A noun that is drawn as no
object may be the name of an emoji, or lie under one in the same way; it is drawn as a figure of it.

WORDNET is the folder with WordNet's index.noun, data.noun, noun.exc and cntlist.rev (Debian's
package wordnet-base). Every word of OBJECTS_DEF that WordNet has is tied to one of its senses, the
first one that is a thing or the one SENSES_DEF names. A noun is drawn as an object when its first
sense, or its second when the first is no thing or hardly more frequent, lies under such a sense by at most STEPS_MAX
hypernyms, none of them in TOO_GENERAL. The nearest one wins, then the earlier row; a row of NONE
in SENSES_DEF is a sense under which nothing is drawn.

Two words with a sense of their own ("hot dog") are in the table as drawn by nothing when their
last word alone would be drawn. The output is sorted by bytes: the same input gives the same file.
"""
import re
import sys
from collections import deque

STEPS_MAX = 4
SECOND_SENSE_MIN = 0.25  # of the first one's count in the tagged texts
THINGS = {"05", "06", "08", "13", "17", "20", "25"}  # animal artifact body food object plant shape
# Too wide to say what a thing looks like: never passed through, and an object's sense only when
# SENSES_DEF says so.
TOO_GENERAL = set("""
    entity physical_entity abstraction object whole artifact instrumentality container device
    implement equipment structure article covering commodity consumer_goods conveyance vehicle
    tool vessel furnishing furniture appliance decoration creation product substance matter food
    foodstuff solid shape round_shape three-dimensional_figure thing part portion unit living_thing
    organism animal plant vascular_plant chordate vertebrate person natural_object body_part
    machine mechanism instrument material fabric way surface area location building_material
    medium communication facility establishment excavation padding utensil electronic_equipment
    support kitchen_utensil tableware crockery ceramic_ware publication work device_unit
    mammal placental carnivore ungulate bird invertebrate arthropod insect fruit edible_fruit
    produce vegetable herb shrub woody_plant wheeled_vehicle self-propelled_vehicle craft
    garment clothing footwear source_of_illumination lamp_unit restraint
""".split())

OBJECT = re.compile(r'^CT_OBJECT\((\w+),\s*"([^"]*)"')
EMOJI = re.compile(r"^([0-9A-F ]+?) +; fully-qualified +# (\S+) E[\d.]+ ([^:]+)$")
MORE_EMOJI = re.compile(r'^CT_EMOJI\("([^"]*)",\s*"([^"]*)"')
EMOJI_GROUPS = {"Animals & Nature", "Food & Drink", "Travel & Places", "Activities", "Objects"}
EMOJI_PARTS_LEFT_OUT = {"place-map", "place-geographic", "time", "sky & weather", "award-medal",
                        "money", "sound", "lock"}
# Of groups and parts left out otherwise, these are things as well.
EMOJI_TAKEN = {"robot", "skull", "ghost", "alien", "alien monster", "trophy", "coin", "crown",
               "sun", "crescent moon", "full moon", "star", "cloud", "snowman", "red heart",
               "money bag", "gem stone", "sports medal", "ringed planet", "rainbow"}

EMOJI_LEFT_OUT = {"construction", "station", "seat", "bank", "wood", "rock", "knot", "wing", "x-ray",
                  "motorway", "railway track", "railway car", "admission tickets", "fuel pump", "stop button"}
EMOJI_NAME_ONLY = {"herb", "shield", "blossom", "doughnut", "luggage", "package", "tent", "house",
                   "building", "door", "window", "factory", "satellite", "bus", "wheel",
                   "robot", "skull", "ghost", "alien", "trophy", "coin", "crown", "star"}
SENSE = re.compile(r'^CT_SENSE\((\w+),\s*"([^"]*)",\s*(\d+)\)')


class Synset:
    """One line of data.noun."""

    def __init__(self, line):
        fields = line.split(" | ")[0].split()
        n_words = int(fields[3], 16)
        n_pointers = int(fields[4 + 2 * n_words])
        pointers = fields[5 + 2 * n_words:]
        self.file = fields[1]
        self.words = fields[4:4 + 2 * n_words:2]
        self.hypernyms = []
        self.instance = False
        for i in range(n_pointers):
            symbol, offset = pointers[4 * i:4 * i + 2]
            if symbol == "@":
                self.hypernyms.append(offset)
            self.instance |= symbol == "@i"


def read_wordnet(folder):
    """synsets by offset, senses (offsets) by lemma, counts by (lemma, sense number)."""
    synsets, senses, counts = {}, {}, {}
    with open(f"{folder}/data.noun", encoding="ascii") as file:
        for line in file:
            if line[0] != " ":
                synsets[line[:8]] = Synset(line)
    with open(f"{folder}/index.noun", encoding="ascii") as file:
        for line in file:
            if line[0] != " ":
                fields = line.split()
                senses[fields[0]] = fields[-int(fields[2]):]
    with open(f"{folder}/cntlist.rev", encoding="ascii") as file:
        for line in file:
            key, number, count = line.split()
            if "%1:" in key:
                counts[key.split("%")[0], int(number)] = int(count)
    return synsets, senses, counts


def read_plurals(folder):
    """Irregular plurals of one-word nouns."""
    with open(f"{folder}/noun.exc", encoding="ascii") as file:
        return sorted(tuple(line.split()[:2]) for line in file if "_" not in line)


def read_rows(path, pattern):
    with open(path, encoding="utf-8") as file:
        return [match.groups() for match in map(pattern.match, file) if match]


def read_emoji(path, more):
    """emoji by name, of the groups that show things; and the words for each name."""
    emoji, group, part = {}, "", ""
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.startswith("# group:"):
                group = line[8:].strip()
            elif line.startswith("# subgroup:"):
                part = line[11:].strip()
            match = EMOJI.match(line)
            if not match:
                continue
            name = match[3].strip().lower()
            usual = group in EMOJI_GROUPS and part not in EMOJI_PARTS_LEFT_OUT
            if usual or name in EMOJI_TAKEN:
                if name.isascii() and name not in EMOJI_LEFT_OUT:
                    emoji[name] = match[1].split()
    words = {name: [name] for name in emoji if len(name.split()) <= 2}
    for name, list_ in more:
        words.setdefault(name, []).extend(list_.split("|"))
    return emoji, words


def anchor_emoji(words, synsets, senses):
    """As anchor_senses(); and the anchor by word, since not every name is in WordNet."""
    at, anchors, names = {}, [], {}
    for name in sorted(words):
        for word in words[name]:
            offsets = senses.get(word.replace(" ", "_"), [])
            things = [o for o in offsets if synsets[o].file in THINGS and not synsets[o].instance]
            names.setdefault(noun_key(word), len(anchors))
            if things and name not in EMOJI_NAME_ONLY:
                at.setdefault(things[0], len(anchors))
        anchors.append(("relief", name))
    return at, anchors, names


def anchor_senses(objects, chosen, synsets, senses):
    """offset of a synset -> index of its anchor; and the anchors: (object id, word)."""
    pick = {(object_id, word): int(number) for object_id, word, number in chosen}
    known = {row[0] for row in objects} | {"NONE"}
    words = [(object_id, word) for object_id, list_ in objects for word in list_.split("|")]
    words += [key for key in pick if key[0] in known and key not in words]
    at, anchors = {}, []
    for object_id, word in words:
        offsets = senses.get(word.replace(" ", "_"), [])
        number = pick.get((object_id, word))
        if number is not None and number > len(offsets):
            sys.exit(f'make-nouns: WordNet has no sense {number} of "{word}" ({object_id}).')
        if number is None:
            things = [o for o in offsets if synsets[o].file in THINGS and not synsets[o].instance]
            offset = things[0] if things else None
        else:
            offset = offsets[number - 1] if number else None
        if not offset or offset in at:
            continue
        if number is None and TOO_GENERAL.intersection(synsets[offset].words[:1]):
            continue
        at[offset] = len(anchors)
        anchors.append((object_id, word))
    return at, anchors


def nearest(offset, at, synsets):
    """The anchor this synset lies under: (steps, anchor), or None."""
    queue, seen, best = deque([(0, offset)]), {offset}, None
    while queue:
        steps, here = queue.popleft()
        if best and steps > best[0]:
            break
        if here in at:
            best = min(best or (steps, at[here]), (steps, at[here]))
            continue
        if steps == STEPS_MAX or (steps and TOO_GENERAL.intersection(synsets[here].words[:1])):
            continue
        for up in synsets[here].hypernyms:
            if up not in seen:
                seen.add(up)
                queue.append((steps + 1, up))
    return best


def resolve(lemma, at, synsets, senses, counts):
    """The anchor a noun is drawn as, or None."""
    usual = [(n + 1, o) for n, o in enumerate(senses[lemma]) if not synsets[o].instance and
             any(w == w.lower() for w in synsets[o].words if w.lower() == lemma)]
    for place, (number, offset) in enumerate(usual[:2]):
        first = counts.get((lemma, usual[0][0]), 0)
        seen = synsets[usual[0][1]].file in THINGS | {"18"}  # a person is a thing to draw too
        if place and seen and counts.get((lemma, number), 0) < SECOND_SENSE_MIN * first:
            break
        found = nearest(offset, at, synsets)
        if found:
            return found[1]
    return None


def noun_key(lemma):
    """How the prompt's words are folded: lower case, blanks for hyphens; None when of no use."""
    key = re.sub(r"[_-]+", " ", lemma)
    return key if re.fullmatch(r"[a-z']+( [a-z']+)?", key) else None


def make_table(objects, chosen, emoji_words, folder):
    synsets, senses, counts = read_wordnet(folder)
    at, anchors = anchor_senses(objects, chosen, synsets, senses)
    emoji_at, emoji_anchors, emoji_names = anchor_emoji(emoji_words, synsets, senses)
    blocked = {o: -1 for o, i in at.items() if anchors[i][0] == "NONE"}
    exact = {word for _, list_ in objects for word in list_.split("|")}
    table, alone = {}, []
    for lemma in sorted(senses):
        key = noun_key(lemma)
        if not key or key in exact or len(key) < 3:
            continue
        found = resolve(lemma, at, synsets, senses, counts)
        if found is not None and anchors[found][0] != "NONE":
            table.setdefault(key, (found, 0))
            continue
        found = emoji_names.get(key)
        if found is None:
            found = resolve(lemma, {**emoji_at, **blocked}, synsets, senses, counts)
        if found is not None and found >= 0:
            table.setdefault(key, (len(anchors) + found, 0))
        elif " " in key:
            alone.append(key)
    for key, found in emoji_names.items():
        if key and key not in exact:
            table.setdefault(key, (len(anchors) + found, 0))
    table.update({key: (-1, 0) for key in alone
                  if key.split(" ")[1] in table and key not in table})
    for plural, lemma in read_plurals(folder):
        key = noun_key(plural)
        if key and key not in table and lemma in table:
            table[key] = (table[lemma][0], 1)
    return anchors + emoji_anchors, dict(sorted(table.items()))


def utf8_literal(points):
    """The code points as octal escapes, so that nothing in the C source is other than ASCII."""
    text = "".join(chr(int(point, 16)) for point in points).encode()
    return '"' + "".join(f"\\{byte:03o}" for byte in text) + '"'


def write_table(path, anchors, emoji, table):
    out = ['/* Written by tools/make-nouns.py from WordNet 3.0. */',
           '#include "engines/scene/nouns/table.h"', '',
           'const struct ct_noun_anchor ct_noun_anchors[] = {']
    for object_id, word in anchors:
        figure = utf8_literal(emoji[word]) if object_id == "relief" else "NULL"
        out.append(f'    {{ CT_OBJECT_{object_id}, "{word}", {figure} }},')
    out += ['    { CT_OBJECT_NONE, NULL, NULL },', '};', '', 'const char ct_noun_text[] =']
    rows, offset = [], 0
    for key, (anchor, plural) in table.items():
        out.append(f'    "{key}\\0"')
        rows.append(f'    {{ {offset}, {anchor}, {plural} }},')
        offset += len(key) + 1
    out += ['    "";', '', 'const struct ct_noun_row ct_noun_rows[] = {', *rows, '    { 0, -1, 0 },',
            '};', '', f'const size_t ct_noun_n_rows = {len(rows)};']
    with open(path, "w", encoding="ascii") as file:
        file.write("\n".join(out) + "\n")


def main():
    if len(sys.argv) != 7:
        sys.exit(__doc__)
    output, objects_def, senses_def, emoji_def, folder, emoji_test = sys.argv[1:]
    objects = read_rows(objects_def, OBJECT)
    emoji, words = read_emoji(emoji_test, read_rows(emoji_def, MORE_EMOJI))
    for name in words:
        if name not in emoji:
            sys.exit(f'make-nouns: there is no emoji "{name}".')
    anchors, table = make_table(objects, read_rows(senses_def, SENSE), words, folder)
    write_table(output, anchors, emoji, table)


if __name__ == "__main__":
    main()
