#!/bin/sh
# Makes the pairs of this folder, with tests/tools/edit_picture of a build (it is not built by default:
# ninja tests/tools/edit_picture), Pillow for the small JPEGs, and the photographs of scikit-image.
# Usage: docs/gallery/edits/make.sh BUILD_DIR [PYTHON]
set -e
edit="$(cd "$1" && pwd)/tests/tools/edit_picture"
python="${2:-python3}"
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# pair NAME EDIT...: $work/before.png and its edit, side by side; says what edit_picture says
pair() {
    name=$1
    shift
    echo "$name"
    "$edit" -q medium "$@"
    "$python" - "$name.jpg" <<'PY'
import os, sys
from PIL import Image
work = os.environ['work']
pair = []
for n in ('before', 'after'):
    im = Image.open(f'{work}/{n}.png').convert('RGBA')
    ground = Image.new('RGBA', im.size, (214, 214, 214, 255))
    ground.alpha_composite(im)
    height = 400 * im.height // im.width
    pair.append(ground.convert('RGB').resize((400, height), Image.LANCZOS))
both = Image.new('RGB', (804, pair[0].height), 'white')
for i, im in enumerate(pair):
    both.paste(im, (404 * i, 0))
both.save(sys.argv[1], quality=84)
PY
}
export work
drawn() { # FILE PROMPT: drawn once
    kept="$work/$(printf %s "$2" | cksum | cut -d' ' -f1).png"
    [ -f "$kept" ] || "$edit" -q medium -s 896x896 "$kept" "$2" 2>/dev/null
    cp "$kept" "$1"
}
own() { # NAME PROMPT EDIT
    drawn "$work/before.png" "$2"
    pair "$1" "$work/after.png" "$3" "$work/before.png"
}
foreign() { # NAME PROMPT EDIT [MASK BOX]: a render stripped of its recipe and put through JPEG
    drawn "$work/own.png" "$2"
    "$python" - "$4" <<'PY'
import os, sys
from PIL import Image
work = os.environ['work']
Image.open(f'{work}/own.png').convert('RGB').save(f'{work}/photo.jpg', quality=88)
Image.open(f'{work}/photo.jpg').save(f'{work}/before.png')
if sys.argv[1]:
    mask = Image.new('RGBA', (896, 896), (0, 0, 0, 255))
    mask.paste((0, 0, 0, 0), tuple(map(int, sys.argv[1].split(','))))
    mask.save(f'{work}/mask.png')
PY
    if [ -n "$4" ]; then
        pair "$1" -m "$work/mask.png" "$work/after.png" "$3" "$work/before.png"
    else
        pair "$1" "$work/after.png" "$3" "$work/before.png"
    fi
}
photo() { # NAME PHOTOGRAPH EDIT: of scikit-image
    "$python" -c "
import skimage.data
from PIL import Image
Image.fromarray(skimage.data.$2()).convert('RGB').save('$work/before.png')"
    pair "$1" "$work/after.png" "$3" "$work/before.png"
}

mug="a white ceramic mug beside a red apple on a marble table"
bottle="a white bottle on a wooden table, soft window light"
own own1 "$bottle" "change the bottle's color from white to navy, keep everything else identical"
own own2 "a white ceramic mug on a marble table" "add a croissant to the left of the mug"
own own3 "$mug" "replace the apple with a pear"
own own4 "$mug" "add the text \"HELLO\" to the mug, keep everything else identical"
own own5 "$mug" "remove the apple and keep everything else identical"
own own6 "$mug" "put it on a wooden table, golden hour"
own own7 "a red car on a road" "make it night"
own own8 "a poster titled \"Summer Fest\" with the tagline \"July 12\"" \
    "change the title to \"Sunset Fest\" and keep everything else identical"
photo foreign1 astronaut "make the orange suit blue"
foreign foreign2 "a golden retriever sitting in a meadow" \
    "replace the background with a solid light pink"
foreign foreign3 "$bottle" "remove the bottle"
foreign foreign4 "$bottle" "add a red apple" 560,525,866,814
photo foreign5 coffee "make the background transparent"
photo foreign6 astronaut "turn it into a pencil sketch"
foreign foreign7 "$mug" "add the text \"SUMMER SALE\""
foreign foreign8 "three lemons on a blue plate" "put it on a marble table with dramatic light"
photo foreign9 coffee "make the background black and white"
