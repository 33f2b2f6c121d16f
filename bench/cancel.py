#!/usr/bin/env python3
"""How long a drawing goes on after its client left: bench/cancel.py [TRIES]

Starts a server, asks for a large rendering, closes the connection at a random moment and polls
/health until nothing runs any more. Prints the median and the worst of each size, in milliseconds
(the poll itself costs about one).
"""

import json
import pathlib
import random
import socket
import statistics
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests"))
from calotype import SCENE, Server  # noqa: E402


def connect(server):
    return socket.create_connection((server.host, server.port))


def running(health):
    health.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
    reply = health.recv(65536)
    jobs = json.loads(reply.split(b"\r\n\r\n", 1)[1])["jobs"]
    return jobs["queued"] + jobs["running"]


def one(server, size):
    body = json.dumps({"model": "gpt-image-2", "prompt": SCENE, "size": size, "quality": "high"})
    client, health = connect(server), connect(server)
    client.sendall(
        b"POST /v1/images/generations HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer x\r\n"
        b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body.encode()))
    while not running(health):
        time.sleep(0.001)
    time.sleep(random.uniform(0, 8))
    started = time.monotonic()
    client.close()
    while running(health):
        pass
    health.close()
    return (time.monotonic() - started) * 1000


def main():
    tries = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    random.seed(1)
    with Server("--set", "log_level=error") as server:
        for size in ("1024x1024", "3840x2160"):
            times = [one(server, size) for _ in range(tries)]
            print(f"{size:10} median {statistics.median(times):5.1f} ms   worst {max(times):5.1f} ms")


if __name__ == "__main__":
    main()
