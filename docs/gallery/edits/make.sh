#!/bin/sh
# Makes the pairs of this folder: tests/tools/edit_picture of a build, and Pillow for the small
# JPEGs. Usage: docs/gallery/edits/make.sh BUILD_DIR
set -e
cd "$(dirname "$0")"
edit="$(cd "$1" && pwd)/tests/tools/edit_picture"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# pair NAME EDIT: $work/before.png and its edit, side by side
pair() {
    name=$1
    shift
    "$edit" -q medium "$@" 2>/dev/null
    python3 - "$name.jpg" <<'PY'
import os, sys
from PIL import Image
work = os.environ['work']
both = Image.new('RGB', (804, 400), 'white')
for i, n in enumerate(('before', 'after')):
    im = Image.open(f'{work}/{n}.png').convert('RGBA')
    ground = Image.new('RGBA', im.size, (214, 214, 214, 255))
    ground.alpha_composite(im)
    both.paste(ground.convert('RGB').resize((400, 400), Image.LANCZOS), (404 * i, 0))
both.save(sys.argv[1], quality=82)
PY
}
export work
drawn() { # FILE PROMPT: drawn once
    kept="$work/$(printf %s "$2" | cksum | cut -d' ' -f1).png"
    [ -f "$kept" ] || "$edit" -q medium -s 512x512 "$kept" "$2" 2>/dev/null
    cp "$kept" "$1"
}
own() { # NAME PROMPT EDIT
    drawn "$work/before.png" "$2"
    pair "$1" "$work/after.png" "$3" "$work/before.png"
}
foreign() { # NAME PROMPT EDIT [MASK BOX]: a render stripped of its recipe and put through JPEG
    drawn "$work/own.png" "$2"
    python3 - "$4" <<'PY'
import os, sys
from PIL import Image
work = os.environ['work']
Image.open(f'{work}/own.png').convert('RGB').save(f'{work}/photo.jpg', quality=88)
Image.open(f'{work}/photo.jpg').save(f'{work}/before.png')
if len(sys.argv) > 1 and sys.argv[1]:
    x0, y0, x1, y1 = map(int, sys.argv[1].split(','))
    mask = Image.new('RGBA', (512, 512), (0, 0, 0, 255))
    mask.paste((0, 0, 0, 0), (x0, y0, x1, y1))
    mask.save(f'{work}/mask.png')
PY
    if [ -n "$4" ]; then
        pair "$1" -m "$work/mask.png" "$work/after.png" "$3" "$work/before.png"
    else
        pair "$1" "$work/after.png" "$3" "$work/before.png"
    fi
}

mug="a white ceramic mug beside a red apple on a marble table"
bottle="a white bottle on a wooden table, soft window light"
own own1 "$bottle" "change the bottle's color from white to navy, keep everything else identical"
own own2 "$mug" "add a croissant to the right of the mug"
own own3 "$mug" "replace the apple with a lemon"
own own4 "$mug" "add the text \"HELLO\" to the mug, keep everything else identical"
own own5 "$mug" "remove the apple and keep everything else identical"
own own6 "$mug" "put it on a wooden table, golden hour"
own own7 "$mug" "make it a watercolor"
own own8 "a poster titled \"Jazz Night\" with the tagline \"Friday 8 pm\", navy and gold" \
    "change the title to \"Blues Night\" and keep everything else identical"
foreign foreign1 "$bottle" "change the bottle from white to navy blue" ""
foreign foreign2 "$bottle" "replace the background with a solid light pink" ""
foreign foreign3 "$bottle" "remove the bottle" ""
foreign foreign4 "$bottle" "add a red apple" 330,300,490,480
foreign foreign5 "$bottle" "make the background transparent" ""
foreign foreign6 "$mug" "turn it into a watercolor" ""
foreign foreign7 "$mug" "add the text \"SUMMER SALE\"" ""
foreign foreign8 "$bottle" "put it on a marble table with dramatic light" ""
