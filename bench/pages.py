#!/usr/bin/env python3
"""Times every template of pages: bench/pages.py [RUNS [TEMPLATE...]]

Each is drawn by `calotype generate` at 1536x1024, a process of its own, with a title and a few
points. Prints CPU (user and system) and wall milliseconds, medians, slowest first. On a busy
machine only CPU can be compared.
"""

import pathlib
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
CALOTYPE = ROOT / "build/src/cli/calotype"
POINTS = "One 10, Two 20, Three 30, Four 40"
OTHERS = {
    "table": "A vs B: price: 9 vs 12, speed: 3 vs 4, size: 1 vs 2",
    "gantt": "Plan Jan-Feb, Build Feb-Apr, Test Apr-May",
    "diagram": "A -> B, B -> C, C -> D, B -> E, E -> F, F -> G",
    "sequence": "A -> B: one, B -> C: two, C -> A: three",
    "entity": "User (id, name), Order (id, total), User has many Order",
    "mind_map": "One, Two, Three, Four, Five",
    "org_chart": "Ann leads Bob, Cleo and Dan",
    "scatter_chart": "1 2, 3 5, 4 7",
}


def cpu():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(prompt, runs, folder):
    spent, wall = [], []
    for _ in range(runs):
        before, started = cpu(), time.monotonic()
        subprocess.run([CALOTYPE, "generate", prompt, "--size", "1536x1024", "--seed", "3", "--force",
                        "-o", folder + "/page.png"], check=True, capture_output=True)
        wall.append(time.monotonic() - started)
        spent.append(cpu() - before)
    return statistics.median(spent) * 1e3, statistics.median(wall) * 1e3


def main():
    runs, wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 5, sys.argv[2:]
    table = (ROOT / "src/engines/scene/page/templates.def").read_text()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for name, words in re.findall(r'^CT_TEMPLATE\((\w+), "([^"|]*)', table, re.M):
            if wanted and name not in wanted:
                continue
            prompt = f'{words or "xyzzy"} "Alpha Beta": {OTHERS.get(name, POINTS)}'
            rows.append((*measure(prompt, runs, folder), name))
    for spent, wall, name in sorted(rows, reverse=True):
        print(f"{name:20} {spent:6.0f} ms CPU {wall:6.0f} ms wall")


if __name__ == "__main__":
    main()
