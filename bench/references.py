#!/usr/bin/env python3
"""Memory of one edit with 16 references of 12 megapixels: peaks of the server and of the processes
that decode for it. Needs Pillow for the pictures.

    bench/references.py [BINARY]
"""

import io
import pathlib
import random
import re
import sys
import threading
import time

from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
import calotype  # noqa: E402
from forms import CONTENT_TYPE, LOW, MODEL, form, part  # noqa: E402


def photograph(seed):
    """4000x3000 with grain, as a JPEG of some megabytes."""
    small = Image.frombytes("RGB", (400, 300), random.Random(seed).randbytes(400 * 300 * 3))
    out = io.BytesIO()
    small.resize((4000, 3000)).save(out, "JPEG", quality=90)
    return out.getvalue()


def status(pid, key):
    try:
        text = pathlib.Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    found = re.search(rf"{key}:\s+(\d+)", text)
    return int(found[1]) if found else 0


def family(pid):
    """The pids of the process and of all below it."""
    parents = {}
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            parents[int(entry.name)] = status(entry.name, "PPid")
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found


def watch(pid, peaks, stop):
    """Resident bytes that are not shared with others (a fork shares its parent's), every 5 ms."""
    while not stop.is_set():
        alone = []
        for one in family(pid):
            try:
                text = pathlib.Path(f"/proc/{one}/smaps_rollup").read_text()
            except OSError:
                continue
            alone.append(sum(int(n) for n in re.findall(r"^Pss:\s+(\d+)", text, re.M)))
        if alone:
            peaks["server"] = max(peaks["server"], alone[0])
            peaks["decoders"] = max(peaks["decoders"], sum(alone[1:]))
            peaks["together"] = max(peaks["together"], sum(alone))
        time.sleep(0.005)


def main():
    if len(sys.argv) > 1:
        calotype.BINARY = pathlib.Path(sys.argv[1])
    pictures = [photograph(i) for i in range(16)]
    body = form(MODEL, LOW, part("prompt", "make it brighter, in the colours of the second picture"),
                *[part("image[]", picture, f"{i}.jpg") for i, picture in enumerate(pictures)])
    with calotype.Server() as server:
        peaks, stop = {"server": 0, "decoders": 0, "together": 0}, threading.Event()
        watcher = threading.Thread(target=watch, args=(server.process.pid, peaks, stop))
        watcher.start()
        code, _, reply = server.request("POST", "/v1/images/edits", raw=body, headers=CONTENT_TYPE)
        stop.set()
        watcher.join()
        highest = status(server.process.pid, "VmHWM")
    assert code == 200, reply[:500]
    print(f"16 JPEGs of 12 megapixels, {len(body) >> 20} MB: peak of the server "
          f"{peaks['server'] >> 10} MB (with what it shares {highest >> 10}), of its decoders {peaks['decoders'] >> 10} MB, "
          f"together {peaks['together'] >> 10} MB (proportional set size)")


main()
