#!/usr/bin/env python3
"""From the start of a server to its first partial picture: bench/first_partial.py [TRIES]

Each try starts a server on an empty data folder, waits for its ready line and asks for 1024x1024
as a stream with three partial pictures. Prints milliseconds from the start of the process to the
ready line, to the whole first partial picture and to the finished one, medians and the worst.
"""

import json
import pathlib
import socket
import statistics
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests"))
from calotype import SCENE, Server  # noqa: E402

BODY = json.dumps({"model": "gpt-image-2", "prompt": SCENE + ", soft window light",
                   "size": "1024x1024", "quality": "low", "stream": True,
                   "partial_images": 3}).encode()


def whole_event(reply, name):
    """Whether an event of that name has arrived to its end."""
    begin = reply.find(b"event: image_generation." + name)
    return begin >= 0 and reply.find(b"\n\n", begin) >= 0


def one():
    started = time.monotonic()
    times = []
    with Server("--set", "log_level=error") as server:
        times.append(time.monotonic() - started)
        with socket.create_connection((server.host, server.port)) as client:
            client.sendall(
                b"POST /v1/images/generations HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer x\r\n"
                b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(BODY) + BODY)
            reply = b""
            for name in (b"partial_image", b"completed"):
                while not whole_event(reply, name):
                    part = client.recv(1 << 20)
                    if not part:
                        sys.exit(f"the stream ended early: {reply[:500]!r}")
                    reply += part
                times.append(time.monotonic() - started)
    return [1000 * t for t in times]


def main():
    tries = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    rows = zip(*[one() for _ in range(tries)])
    for name, times in zip(("ready", "first partial", "finished"), rows):
        print(f"{name:14} median {statistics.median(times):6.0f} ms   worst {max(times):6.0f} ms")


if __name__ == "__main__":
    main()
