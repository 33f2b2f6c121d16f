#!/usr/bin/env python3
"""A day's troubles in ten minutes: bench/soak.py [--seconds 600] [--clients 8] [--seed 1]

Clients of every kind (waiting, streaming, asynchronous with callbacks, repeating, editing, hanging up,
wrong) load one server, which in the first two fifths of the time is killed (kill -9) and stopped
(SIGTERM) again and again on the same data folder, and then lives to the end. It exits 1 unless

- the resident memory of that life is flat, and so is the number of its open files;
- the ledger adds up: settled + open reservations = what the server holds for spent, by key; rows = sums;
- every task that was accepted has ended, every callback of one that ended went out;
- every row has its files, with their bytes, and after retention no file is without a row;
- nothing was answered with a 500.
"""

import argparse
import base64
import collections
import json
import os
import pathlib
import random
import re
import signal
import socket
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
import urllib.error
import http.client

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests"))
from calotype import Connection, Server, cli, wait_until
from forms import png
from receiver import REACHABLE, Receiver

PATH = "/v1/images/generations"
GONE = (OSError, http.client.HTTPException, urllib.error.URLError, ValueError, AssertionError)
POOR = 50_000_000  # nano-dollars: what the key "poor" may spend
WORDS = "Jazz Rock Folk Soul Night Day River Sea Moon Sun Red Blue Gold Fast Slow".split()


class Soak:
    def __init__(self, options, data, receiver):
        self.options, self.data, self.receiver = options, data, receiver
        self.port = free_port()
        self.server = None
        self.counts = collections.Counter()
        self.tasks = {}  # id: whether its callback is wanted
        self.lock = threading.Lock()
        self.done = threading.Event()
        self.keys = {}
        self.failures = []

    # --- the server's lives

    def start(self):
        server = Server(*REACHABLE, "--set", "queue=64", "--set", "drain_seconds=5", "--set", "log_level=warn",
                        data=self.data, listen=f"127.0.0.1:{self.port}")
        if not wait_until(lambda: self.try_start(server), 30, 0.1):
            raise SystemExit("the server does not start: " + server.log_text())
        self.server = server  # clients asked the old one until now, at the same address

    def try_start(self, server):
        try:
            server.start()
            return True
        except RuntimeError:
            return False  # the port is not free yet

    def end_life(self, number):
        self.server.signal(number)
        self.server.process.wait(timeout=60)
        self.server._close()
        self.counts[f"ended by {signal.Signals(number).name}"] += 1

    # --- clients

    def count(self, what):
        with self.lock:
            self.counts[what] += 1

    def ask(self, method, path, body=None, key=None, **headers):
        headers["Authorization"] = f"Bearer {self.keys[key or 'wide']}"
        status, fields, data = self.server.request(method, path, body, headers)
        self.count(status)
        if status == 500 or status > 504:
            self.failures.append(f"{status} of {method} {path}: {data[:300]!r}")
        return status, fields, data

    def page(self, rng):
        title = " ".join(rng.sample(WORDS, 2))
        return {"model": "gpt-image-2", "prompt": f'poster with the title "{title}"', "quality": "low",
                "size": rng.choice(["1024x1024", "1024x1536", "816x1456"]), "seed": rng.randrange(10 ** 6)}

    def wait(self, rng):
        self.ask("POST", PATH, self.page(rng))

    def cached(self, rng):
        self.ask("POST", PATH, self.page(rng) | {"seed": 7, "prompt": 'poster with the title "Same"'})

    def by_url(self, rng):
        status, _, data = self.ask("POST", PATH, self.page(rng) | {"response_format": "url"})
        if status == 200:
            url = json.loads(data)["data"][0]["url"]
            status = self.server.request("GET", url.split("/", 3)[3].join(["/", ""]))[0]
            if status != 200:
                self.failures.append(f"{status} of a signed URL that was just given away")

    def stream(self, rng):
        self.ask("POST", PATH, self.page(rng) | {"stream": True, "partial_images": rng.randrange(3)})

    def submit(self, rng, callback):
        body = self.page(rng) | {"async": True}
        if callback:
            body["callback_url"] = self.receiver.url + "/200"
        status, _, data = self.ask("POST", PATH, body)
        if status != 202:
            return None
        task = json.loads(data)["id"]
        with self.lock:
            self.tasks[task] = callback
        return task

    def task(self, rng):
        task = self.submit(rng, rng.random() < 0.5)
        for _ in range(rng.randrange(4)):
            if task and self.ask("GET", f"/v1/tasks/{task}")[0] != 200:
                self.failures.append(f"task {task} was accepted and is not there")

    def cancelled(self, rng):
        task = self.submit(rng, rng.random() < 0.5)
        if task:
            self.ask("DELETE", f"/v1/tasks/{task}")

    def repeated(self, rng):
        body, key = self.page(rng), f"soak-{rng.randrange(10 ** 9)}"
        first = self.ask("POST", PATH, body, **{"Idempotency-Key": key})
        again = self.ask("POST", PATH, body, **{"Idempotency-Key": key})
        if first[0] == again[0] == 200 and first[2] != again[2]:
            self.failures.append("the same Idempotency-Key drew twice")

    def edit(self, rng):
        picture = base64.b64encode(png(colour=(rng.randrange(256), 40, 40))).decode()
        self.ask("POST", "/v1/images/edits", {"model": "gpt-image-2", "prompt": "make the background blue",
                                              "images": [{"image_url": "data:image/png;base64," + picture}]})

    def hang_up(self, rng):
        connection = Connection("127.0.0.1", self.port, 10)
        try:
            connection.ask("POST", PATH, {"model": "gpt-image-2", "prompt": "a mug", "size": "1024x1024", "quality": "high"},
                           authorization=f"Bearer {self.keys['wide']}")
            time.sleep(rng.random() * 0.5)
        finally:
            connection.reset()
        self.count("hung up")

    def wrong(self, rng):
        kind = rng.randrange(5)
        if kind == 0:
            self.ask("POST", PATH, self.page(rng) | {"n": 0})
        elif kind == 1:
            self.ask("POST", PATH, self.page(rng) | {"model": "none"})
        elif kind == 2:
            self.ask("GET", "/v1/nowhere")
        elif kind == 3:
            self.ask("POST", PATH, self.page(rng), key="poor")  # no budget left, soon
        else:
            self.ask("POST", PATH, self.page(rng), key="slow")  # its rate limit

    def look(self, rng):
        self.ask("GET", rng.choice(["/v1/tasks?limit=20", "/v1/usage", "/v1/models", "/metrics", "/health"]))

    def client(self, number):
        rng = random.Random(self.options.seed * 1000 + number)
        kinds = [(self.wait, 6), (self.cached, 6), (self.by_url, 3), (self.stream, 3), (self.task, 6), (self.cancelled, 2),
                 (self.repeated, 2), (self.edit, 2), (self.hang_up, 2), (self.wrong, 4), (self.look, 4)]
        names, weights = zip(*kinds)
        while not self.done.is_set():
            try:
                rng.choices(names, weights)[0](rng)
            except GONE:
                self.count("connection lost")
                self.done.wait(0.1)

    # --- the course of it

    def make_keys(self):
        for name, extra in (("root", ["--scopes", "admin"]), ("wide", []), ("poor", ["--budget-total", str(POOR / 1e9)]), ("slow", ["--rpm", "10"])):
            made = cli("key", "create", name, "--data", self.data, *extra)
            self.keys[name] = made.stdout.strip()

    def run(self):
        self.make_keys()
        self.start()
        began = time.monotonic()
        rng = random.Random(self.options.seed)
        clients = [threading.Thread(target=self.client, args=(n,), daemon=True) for n in range(self.options.clients)]
        for client in clients:
            client.start()
        until = began + self.options.seconds * 0.4
        while time.monotonic() < until:
            self.done.wait(min(2 + rng.random() * 18, max(0.1, until - time.monotonic())))
            self.end_life(signal.SIGKILL if rng.random() < 0.75 else signal.SIGTERM)
            self.start()
        samples = self.watch(began)
        self.done.set()
        for client in clients:
            client.join(timeout=120)
        return samples

    def watch(self, began):
        """[(seconds, resident bytes, open files)] of the last life."""
        samples = []
        while time.monotonic() < began + self.options.seconds:
            now = time.monotonic() - began
            files = len(os.listdir(f"/proc/{self.server.process.pid}/fd"))
            samples.append((now, self.server.memory_bytes(), files))
            if len(samples) % 15 == 1:
                queued, running = self.server.jobs()
                print(f"{now:5.0f} s  {samples[-1][1] / 1e6:6.1f} MB  {files} files  {queued} queued, {running} running", flush=True)
            self.done.wait(2)
        return samples


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def rows(data, statement):
    with sqlite3.connect(f"file:{data}/calotype.db?mode=ro", uri=True) as db:
        return db.execute(statement).fetchall()


def check(name, good, detail, failures):
    print(f"{'ok  ' if good else 'FAIL'}  {name}: {detail}", flush=True)
    if not good:
        failures.append(name)


def check_memory(samples, failures):
    """The first quarter of a life warms it up; afterwards it must not grow."""
    parts = [samples[len(samples) * i // 4: len(samples) * (i + 1) // 4] for i in range(4)]
    medians = [statistics.median(s[1] for s in part) / 1e6 for part in parts]
    files = [statistics.median(s[2] for s in part) for part in parts]
    peak = max(s[1] for s in samples) / 1e6
    check("memory is flat", medians[3] <= medians[1] * 1.1 + 8,
          f"medians of the quarters {', '.join(f'{m:.0f}' for m in medians)} MB, peak {peak:.0f} MB", failures)
    check("open files are flat", files[3] <= files[1] + 16, f"medians {', '.join(f'{f:.0f}' for f in files)}", failures)


def check_budget(soak, spent, failures):
    """Memory decides what a budget lets in; after all those lives it must agree with the rows."""
    body = {"model": "gpt-image-2", "prompt": "poster", "quality": "low", "size": "1024x1024"}
    _, _, price = soak.ask("POST", "/v1/images/estimate", body)
    price = round(float(json.loads(price)["max_cost_usd"]) * 1e9)
    fits = spent + price <= POOR
    status = soak.ask("POST", PATH, body | {"seed": 123456789}, key="poor")[0]
    check("a budget lets in what its rows leave room for", spent <= POOR and (status == 200) == fits,
          f"{spent / 1e9:.6f} of {POOR / 1e9} dollars spent, {price / 1e9:.6f} more: {status}", failures)


def check_money(soak, failures):
    """Twice: what the server says while it lives, and what its rows say."""
    status, _, body = soak.ask("GET", "/v1/admin/keys", key="root")
    says = {k["id"]: k for k in json.loads(body)["data"]}
    wrong, total = [], 0
    for key_id, key in says.items():
        ((spent,),) = rows(soak.data, f"SELECT COALESCE(SUM(cost_real + cost_simulated + IIF(state = 0, reserved, 0)), 0) FROM ledger WHERE key_id = '{key_id}'")
        ((summed,),) = rows(soak.data, f"SELECT COALESCE(SUM(cost_real + cost_simulated), 0) FROM usage_days WHERE key_id = '{key_id}'")
        total += spent
        told = round((float(key["spent_total"]) + float(key["spent_total_simulated"])) * 1e9)
        if not spent == summed == told:
            wrong.append((key["name"], spent, summed, told))
        if key["name"] == "poor":
            check_budget(soak, spent, failures)
    check("spent = settled + open, for each key", status == 200 and not wrong, f"{total / 1e9:.6f} dollars simulated; differing: {wrong}", failures)
    ((open_rows,),) = rows(soak.data, "SELECT COUNT(*) FROM ledger WHERE state = 0")
    check("no reservation is left open", open_rows == 0, f"{open_rows} open", failures)
    by_day = rows(soak.data, "SELECT (SELECT SUM(requests) FROM ledger WHERE state != 0), (SELECT SUM(pictures) FROM ledger), "
                  "(SELECT SUM(requests) FROM usage_days), (SELECT SUM(pictures) FROM usage_days)")[0]
    check("rows of the ledger = sums by day", by_day[:2] == by_day[2:], f"requests and pictures {by_day}", failures)


def check_tasks(soak, failures):
    ended = dict(rows(soak.data, "SELECT id, state FROM jobs WHERE ended_ms IS NOT NULL"))
    lost = [t for t in soak.tasks if t not in ended]
    check("every accepted task has ended", not lost, f"{len(soak.tasks)} accepted, {len(lost)} not ended {lost[:3]}", failures)
    told = collections.Counter(json.loads(body)["id"] for _, _, body in soak.receiver.deliveries)
    wanted = [t for t, callback in soak.tasks.items() if callback]
    check("every callback went out", all(told[t] for t in wanted), f"{len(wanted)} wanted, {sum(told.values())} posted", failures)
    (counts,) = rows(soak.data, "SELECT COUNT(*), SUM(delivered_ms IS NULL) FROM deliveries")
    check("no delivery is left", not counts[1], f"{counts[0]} rows, {counts[1]} not delivered", failures)


def check_files(soak, failures):
    doctor = cli("doctor", "--deep", "--data", soak.data, "--listen", "127.0.0.1:0")
    check("doctor --deep", doctor.returncode == 0, doctor.stdout.strip().splitlines()[-1], failures)
    if doctor.returncode:
        print(doctor.stdout)
    for folder in ("pictures", "tmp", "scenes"):  # let a week go by
        for path in (soak.data / folder).rglob("*"):
            if path.is_file():
                os.utime(path, (1, 1))
    collected = json.loads(cli("gc", "--json", "--data", soak.data).stdout)
    named = {n for n, in rows(soak.data, "SELECT name FROM job_pictures UNION SELECT name FROM cache_pictures UNION SELECT name FROM reply_pictures")}
    there = {p.name for p in (soak.data / "pictures").rglob("*") if p.is_file()}
    check("pictures = rows, after retention", named == there, f"{len(named)} named, {len(there)} there; {collected}", failures)
    left = [str(p) for folder in ("inputs", "tmp") for p in (soak.data / folder).rglob("*") if p.is_file()]
    check("no upload is left", not left, f"{len(left)} {left[:3]}", failures)
    replies = {p.name for p in (soak.data / "replies").rglob("*") if p.is_file()}
    rows_of = {bytes(i).hex() for i, in rows(soak.data, "SELECT id FROM replies WHERE bytes > 0 AND state = 1")}
    check("kept replies = rows", replies == rows_of, f"{len(replies)} files, {len(rows_of)} rows", failures)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="calotype-soak-") as folder, Receiver() as receiver:
        soak = Soak(options, pathlib.Path(folder) / "data", receiver)
        soak.data.mkdir()
        samples = soak.run()
        failures = soak.failures
        quiet = wait_until(lambda: soak.server.jobs() == (0, 0), 120, 0.2)
        check("the queue empties", quiet, str(soak.server.jobs()), failures)
        wait_until(lambda: not rows(soak.data, "SELECT 1 FROM deliveries WHERE next_ms IS NOT NULL"), 60, 0.5)
        check_memory(samples, failures)
        check_money(soak, failures)
        soak.end_life(signal.SIGTERM)
        check_tasks(soak, failures)
        check_files(soak, failures)
        check("nothing was answered with a 500", not any(f[0] == "5" for f in soak.failures),
              "; ".join(f"{n} x {what}" for what, n in sorted(soak.counts.items(), key=str)), failures)
        for line in failures:
            print("failed:", line)
        errors = [l for l in soak.server.log if "level=error" in l]
        print(f"{len(errors)} error lines in the last log", *errors[:3])
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
