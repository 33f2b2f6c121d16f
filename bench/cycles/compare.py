#!/usr/bin/env python3
"""Our path tracer against Blender's Cycles on one scene: noise left for the time spent.

bench/cycles/compare.py [--size 256] [--samples 16,64] [--reference 4096] [--build build]
                        [--folder FOLDER]

Needs Debian's blender (apt-get install --no-install-recommends blender). Both draw the same
triangles, camera, area lights and plain materials (bench/bench_world.h) on two threads, without
denoising and without leaving pixels alone. The error of each is against a reference of its own, so
that other shading models do not count as noise: relMSE, the mean of (x - r)^2 / (r^2 + 0.01)
without the worst 0.1 % of pixels. An error that falls as 1/time makes time * error one number for
each; their ratio is the time we need for equal error over the time Cycles needs. Time is CPU
seconds of building the hierarchy and drawing, so a busy machine distorts it little.

Cycles draws its reference in parts of 512 samples with seeds of their own, which are averaged.
--folder keeps references and the scene: called again, it goes on where it was stopped. Empty the
folder after changing the renderer.
"""
import argparse
import array
import math
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROMPT = "a white ceramic mug on a marble table, soft window light"


def read_pfm(path):
    with open(path, "rb") as f:
        f.readline(), f.readline(), f.readline()
        return array.array("f", f.read())


def mean(paths):
    pictures = [read_pfm(path) for path in paths]
    return [sum(values) / len(pictures) for values in zip(*pictures)]


def error(path, r):
    a = read_pfm(path)
    pixels = sorted(
        sum((a[i + k] - r[i + k]) ** 2 / (r[i + k] ** 2 + 0.01) for k in range(3)) / 3
        for i in range(0, len(a), 3))
    kept = pixels[: len(pixels) - len(pixels) // 1000]
    return sum(kept) / len(kept)


def draw_ours(args, folder, seed, samples, out, *more):
    text = subprocess.run(
        [f"{args.build}/bench/bench_render", f"prompt={PROMPT}", f"size={args.size}", "plain=1",
         "raw=1", "threads=2", f"seed={seed}", f"samples={samples}", f"linear={folder}/{out}",
         *more], check=True, capture_output=True, text=True).stdout
    return float(re.search(r"cpu ([\d.]+)", text)[1])


def draw_cycles(args, folder, seed, *pairs):
    text = subprocess.run(
        ["blender", "-b", "--factory-startup", "--python", HERE / "draw.py", "--",
         f"{folder}/world.json", str(args.size), "2", str(seed), *map(str, pairs)],
        check=True, capture_output=True, text=True)
    found = re.findall(r"^cycles (\d+) ([\d.]+) ([\d.]+)", text.stdout, re.M)
    if len(found) * 2 != len(pairs):
        sys.exit(text.stdout + text.stderr)
    return [float(cpu) for _, cpu, _ in found]


PART = 512


def our_reference(args, folder):
    name = f"our_ref_{args.size}_{args.reference}.pfm"
    if not (folder / name).exists():
        draw_ours(args, folder, 2, args.reference, "part.pfm", f"world={folder}/world.json")
        (folder / "part.pfm").rename(folder / name)
    return read_pfm(folder / name)


def cycles_reference(args, folder):
    parts = []
    for i in range(max(1, args.reference // PART)):
        parts.append(folder / f"cycles_ref_{args.size}_{i}.pfm")
        if not parts[-1].exists():
            draw_cycles(args, folder, 2 + i, min(PART, args.reference), folder / "part.pfm")
            (folder / "part.pfm").rename(parts[-1])
    return mean(parts)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--size", type=int, default=256)
    parser.add_argument("--samples", default="16,64")
    parser.add_argument("--reference", type=int, default=4096)
    parser.add_argument("--build", default="build")
    parser.add_argument("--folder")
    args = parser.parse_args()
    counts = [int(n) for n in args.samples.split(",")]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(args.folder or temporary)
        folder.mkdir(exist_ok=True)
        our_ref, cycles_ref = our_reference(args, folder), cycles_reference(args, folder)
        pairs = [x for n in counts for x in (n, f"{folder}/cycles{n}.pfm")]
        times = draw_cycles(args, folder, 1, *pairs)
        log_ratio = 0
        print(f"{args.size}x{args.size}, reference {args.reference} samples")
        for n, cycles_s in zip(counts, times):
            our_s = draw_ours(args, folder, 1, n, "ours.pfm")
            our_e = error(f"{folder}/ours.pfm", our_ref)
            cycles_e = error(f"{folder}/cycles{n}.pfm", cycles_ref)
            ratio = our_s * our_e / (cycles_s * cycles_e)
            log_ratio += math.log(ratio) / len(counts)
            print(f"{n:5} samples: ours {our_s:.2f} s, relMSE {our_e:.3e};"
                  f" cycles {cycles_s:.2f} s, relMSE {cycles_e:.3e};"
                  f" time at equal error {ratio:.2f}")
        print(f"ours / cycles: {math.exp(log_ratio):.2f}")


main()
