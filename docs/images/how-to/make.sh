#!/bin/bash
# Draws the pictures of docs/scene/how-to-add.md anew: make.sh. Needs the release build and ImageMagick.
set -eu
root=$(cd "$(dirname "$0")/../../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
while IFS=: read -r name prompt; do
    CALOTYPE_DATA=$work "$root/build/src/cli/calotype" generate "$prompt" --size 896x768 \
        --quality medium -q -o "$work/$name.png" >&2
    convert "$work/$name.png" -resize 360x -quality 85 -strip "$root/docs/images/how-to/$name.jpg"
done <<'LIST'
object:a teal teapot
figure:a tiger
material:a marble vase, a brass vase and a terracotta vase
pattern:a checkered teapot
rig:a white teapot, neon light
look:cartoon of a teapot
backdrop:a teapot in a kitchen
camera:a teapot and three teacups, isometric view
template:menu "Tea Room" with Green Tea 3, Earl Grey 3.5, Scones 4
word:a pair of tiny tea pots
LIST
