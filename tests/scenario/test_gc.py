"""Retention: what nobody can ask for any more goes, what somebody needs stays; a full disk refuses
before anything is spent."""

import json
import os
import pathlib
import re
import sqlite3
import time

import pytest

from calotype import FAST, Server, cli, wait_until
from test_lifecycle import fill, mounted

PATH = "/v1/images/generations"
HOUR_MS = 3600_000


def collect(data, *options):
    done = cli("gc", "--json", "--data", data, *options)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def change(data, statement, *values):
    with sqlite3.connect(data / "calotype.db", timeout=30) as db:
        return db.execute(statement, values).rowcount


def count(data, table):
    with sqlite3.connect(f"file:{data}/calotype.db?mode=ro", uri=True) as db:
        return db.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]


def pictures(data):
    return {p.name: p for p in (data / "pictures").glob("??/*")}


def age(path, hours):
    then = time.time() - hours * 3600
    os.utime(path, (then, then))


def expire(data, *ids):
    """The jobs' time is over, and that of every URL."""
    now = int(time.time() * 1000)
    for job in ids:
        assert change(data, "UPDATE jobs SET expires_ms = ? WHERE id = ?", now - 1, job) == 1
    for path in pictures(data).values():
        age(path, 24 * 8)


def task(server, seed):
    status, _, data = server.request("POST", PATH, FAST | {"async": True, "seed": seed})
    assert status == 202
    task = json.loads(data)["id"]
    assert wait_until(lambda: json.loads(server.request("GET", f"/v1/tasks/{task}")[2])["status"] == "completed")
    return task


def names(data, job):
    with sqlite3.connect(f"file:{data}/calotype.db?mode=ro", uri=True) as db:
        return {name for name, in db.execute("SELECT name FROM job_pictures WHERE job_id = ?", (job,))}


def test_expired_tasks_go_with_their_pictures_and_others_stay(tmp_path):
    with Server(data=tmp_path) as server:
        old, new, twin = task(server, 1), task(server, 2), task(server, 1)  # old and twin share a picture
        gone, shared = task(server, 3), names(tmp_path, old)
        assert names(tmp_path, twin) == shared and len(pictures(tmp_path)) == 3
        lost = names(tmp_path, gone)
        money = json.loads(server.request("GET", "/v1/usage")[2])
        server.stop()
        expire(tmp_path, old, gone)
        assert collect(tmp_path, "--dry-run") == {"dry_run": True, "jobs": 2, "ledger_rows": 0, "pictures": 1,
                                                  "leftovers": 0, "picture_bytes": pictures(tmp_path)[lost.copy().pop()].stat().st_size}
        assert count(tmp_path, "jobs") == 4 and len(pictures(tmp_path)) == 3
        done = collect(tmp_path)
        assert (done["jobs"], done["pictures"]) == (2, 1)
        assert set(pictures(tmp_path)) == shared | names(tmp_path, new)
        assert count(tmp_path, "jobs") == count(tmp_path, "job_pictures") == 2
        server.start()
        assert server.request("GET", f"/v1/tasks/{old}")[0] == 404
        assert server.request("GET", f"/v1/tasks/{twin}")[0] == 200
        assert json.loads(server.request("GET", "/v1/usage")[2]) == money, "sums stay"
    assert cli("doctor", "--deep", "--data", tmp_path, "--listen", "127.0.0.1:0").returncode == 0


def test_a_picture_with_a_live_url_stays(tmp_path):
    with Server(data=tmp_path) as server:
        job = task(server, 1)
        expire(tmp_path, job)
        text = server.request("GET", f"/v1/tasks/{job}")[2].decode()  # gives its URL away once more
        url = re.search(r'https?://[^"]*/v1/files/img/[^"]*', text)[0].replace("\\u0026", "&")
        assert collect(tmp_path) == {"dry_run": False, "jobs": 1, "ledger_rows": 0, "pictures": 0,
                                     "picture_bytes": 0, "leftovers": 0}
        assert server.request("GET", url)[0] == 200
        expire(tmp_path)
        assert collect(tmp_path)["pictures"] == 1
        assert server.request("GET", url)[0] == 404


def test_the_server_does_it_by_itself(tmp_path):
    with Server(data=tmp_path) as server:
        jobs = [task(server, seed) for seed in range(4)]
        expire(tmp_path, *jobs[:3])
        assert wait_until(lambda: count(tmp_path, "jobs") == 1)
        assert wait_until(lambda: len(pictures(tmp_path)) == 1, 60)
        assert set(pictures(tmp_path)) == names(tmp_path, jobs[3])
        assert "garbage collected" in server.log_text()


def test_what_dead_writers_left_goes_after_a_day_and_nothing_sooner(tmp_path):
    with Server(data=tmp_path) as server:
        task(server, 1)
    kept = set(pictures(tmp_path))
    left = [tmp_path / "pictures/ab/abc.png.0123456789abcdef.tmp", tmp_path / "tmp/upload",
            tmp_path / "scenes/ab/.new-abcdef", tmp_path / "pictures/ab" / ("ab" * 32 + ".png")]
    for path in left:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * 100)
    assert collect(tmp_path)["leftovers"] == 0 and all(p.exists() for p in left)
    for path in left:
        age(path, 25)
    done = collect(tmp_path)
    assert (done["leftovers"], done["pictures"], done["picture_bytes"]) == (3, 1, 100)
    assert not any(p.exists() for p in left) and kept == set(pictures(tmp_path))


def test_old_rows_of_the_ledger_go_and_their_sums_stay(tmp_path):
    with Server(data=tmp_path) as server:
        task(server, 1), task(server, 2)
    then = int(time.time() * 1000) - 401 * 24 * HOUR_MS
    first = change(tmp_path, "UPDATE ledger SET at_ms = ?1, ended_ms = ?1 WHERE job_id = (SELECT MIN(job_id) FROM ledger)", then)
    assert first == 1
    sums = cli("usage", "--json", "--data", tmp_path).stdout
    assert collect(tmp_path)["ledger_rows"] == 1 and count(tmp_path, "ledger") == 1
    assert cli("usage", "--json", "--data", tmp_path).stdout == sums


def test_a_thousand_expired_jobs_go_at_once(tmp_path):
    with Server(data=tmp_path) as server:
        job = task(server, 1)
    columns = ("request_id, key_id, state, lane, durable, engine, operation, model, n, size, quality, format, "
               "background, extended, reply_as, created_ms, ended_ms, expires_ms")
    with sqlite3.connect(tmp_path / "calotype.db") as db:
        db.execute(f"INSERT INTO jobs (id, {columns}) SELECT 'x' || value, {columns.replace('request_id', 'value', 1)} "
                   "FROM jobs, json_each(?)", (json.dumps(list(range(2000))),))
        db.execute("UPDATE jobs SET expires_ms = 1 WHERE id != ?", (job,))
    assert collect(tmp_path)["jobs"] == 2000 and count(tmp_path, "jobs") == 1


def test_a_disk_with_too_little_room_refuses_before_anything_is_spent(tmp_path):
    with mounted(tmp_path / "data", "size=8m") as data:
        with Server("--set", "min_free_mb=4", data=data) as server:
            assert server.generate(**FAST)[0] == 200
            ballast = data / "ballast"
            ballast.write_bytes(b"x" * (5 << 20))
            assert wait_until(lambda: server.generate(**FAST)[0] == 503, 10)
            for body in (FAST, FAST | {"async": True}, FAST | {"response_format": "url"}, FAST | {"stream": True}):
                status, headers, reply = server.request("POST", PATH, body)
                error = json.loads(reply)["error"]
                assert (status, error["code"], error["type"]) == (503, "storage_unavailable", "service_unavailable_error")
                assert headers["retry-after"] == "5" and str(data) not in error["message"]
            before = count(data, "ledger")
            assert server.request("GET", "/v1/models")[0] == 200
            assert "nearly full" in server.log_text()
            ballast.unlink()
            assert wait_until(lambda: server.generate(**FAST)[0] == 200, 10), "without a restart"
            assert count(data, "ledger") == before + 1


def test_a_task_waits_for_room_for_its_picture(tmp_path):
    with mounted(tmp_path / "data", "size=4m") as data, Server("--set", "min_free_mb=0", data=data) as server:
        folder = tmp_path / "data/pictures"
        with mounted(tmp_path / "small", "size=2m") as small:
            folder.rmdir()
            folder.symlink_to(small)
            filler = fill(small)
            _, _, reply = server.request("POST", PATH, FAST | {"async": True})
            job = json.loads(reply)["id"]
            assert wait_until(lambda: "a picture waits for room" in server.log_text())
            assert json.loads(server.request("GET", f"/v1/tasks/{job}")[2])["status"] == "processing"
            filler.unlink()
            done = lambda: json.loads(server.request("GET", f"/v1/tasks/{job}")[2])["status"] == "completed"
            assert wait_until(done, 10)
            folder.unlink()
