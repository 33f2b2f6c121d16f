#!/bin/sh
# Tools for foreign pictures against a known truth (bench_edits.c): draws six subjects on nothing and
# three grounds, then measures. Pictures stay in FOLDER (default: build/edits) and are drawn once.
#
#     bench/edits.sh [FOLDER]
set -e
root=$(cd "$(dirname "$0")/.." && pwd)
folder=${1:-$root/build/edits}
ninja -C "$root/build" src/cli/calotype bench/bench_edits >/dev/null
mkdir -p "$folder"
draw() { # FILE PROMPT OPTION...
    file=$folder/$1
    prompt=$2
    shift 2
    [ -f "$file" ] || "$root/build/src/cli/calotype" generate "$prompt" --size 1024x1024 \
        --quality low -o "$file" "$@" >/dev/null
}
number=0
for thing in "a white ceramic mug" "a red apple" "a green armchair" "a teddy bear" "a blue teapot" \
    "a potted plant"; do
    number=$((number + 1))
    draw "subject$number.png" "$thing" --model gpt-image-1.5 --background transparent
done
draw ground1.jpg "a cherry on an oak table, soft window light"
draw ground2.jpg "a cherry on a marble table, soft window light"
draw ground3.jpg "a cherry on a grey studio backdrop"
"$root/build/bench/bench_edits" "$folder"/ground*.jpg -- "$folder"/subject*.png
