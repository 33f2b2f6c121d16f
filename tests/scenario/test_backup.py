"""Backups of a server that works on, what is restored from them, and what the doctor sees."""

import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import tempfile
import threading
import time

import pytest

from calotype import FAST, Server, cli, wait_until

PATH = "/v1/images/generations"


def backup(data, dest, *options):
    return cli("backup", "--data", data, *options, dest)


def doctor(data, *options):
    """(exit status, {check: [(level, finding, advice)]})"""
    done = cli("doctor", "--json", "--data", data, "--listen", "127.0.0.1:0", *options)
    found = {}
    for line in map(json.loads, done.stdout.splitlines()):
        found.setdefault(line["check"], []).append((line["level"], line["finding"], line["advice"]))
    return done.returncode, found


def level(found, check):
    return [level for level, _, _ in found[check]]


def task(server, **body):
    status, _, data = server.request("POST", PATH, FAST | {"async": True} | body)
    assert status == 202
    return json.loads(data)["id"]


def done(server, task_id):
    return json.loads(server.request("GET", f"/v1/tasks/{task_id}")[2])["status"] == "completed"


def files(folder):
    return {str(p.relative_to(folder)) for p in pathlib.Path(folder).rglob("*") if p.is_file()}


def test_a_restored_backup_serves_what_was_there(tmp_path):
    with Server(data=tmp_path / "data") as server:
        first = task(server)
        key = cli("key", "create", "mine", "--data", server.data).stdout.strip()
        assert wait_until(lambda: done(server, first))
        reply = json.loads(server.request("GET", f"/v1/tasks/{first}")[2])
        url = reply["result"]["data"][0]["url"] if "result" in reply else reply["data"][0]["url"]
        picture = server.request("GET", url)[2]
        made = backup(server.data, tmp_path / "copy")
        assert made.returncode == 0 and "whole" in made.stdout and made.stderr == "", made
    shutil.rmtree(tmp_path / "data")
    assert doctor(tmp_path / "copy", "--deep")[0] == 0
    (tmp_path / "copy").rename(tmp_path / "data")
    with Server(data=tmp_path / "data") as server:
        auth = {"Authorization": f"Bearer {key}"}
        assert server.request("GET", "/v1/models", headers=auth)[0] == 200
        assert server.request("GET", "/v1/models")[0] == 401, "keys are restored"
        path = url.split(":", 2)[2].split("/", 1)[1]
        assert server.request("GET", f"/{path}")[2] == picture, "the old URL is still good: same secret"


def test_pictures_are_linked_where_they_can_be_and_copied_when_asked(tmp_path):
    with Server(data=tmp_path / "data") as server:
        first = task(server)
        assert wait_until(lambda: done(server, first))
        assert "2 linked, 0 copied" in backup(server.data, tmp_path / "linked").stdout
        (tmp_path / "copied").mkdir()  # an empty folder may be named
        assert "0 linked, 2 copied" in backup(server.data, tmp_path / "copied", "--copy").stdout
        (name,) = files(server.data / "pictures")
        inode = (server.data / "pictures" / name).stat().st_ino
        assert (tmp_path / "linked/pictures" / name).stat().st_ino == inode
        assert (tmp_path / "copied/pictures" / name).stat().st_ino != inode
        for copy in ("linked", "copied"):
            assert (tmp_path / copy / "secret").stat().st_mode & 0o777 == 0o600
            assert (tmp_path / copy).stat().st_mode & 0o777 == 0o700
            assert {"calotype.db", "secret"} <= files(tmp_path / copy)
            assert not any("partial" in p.name for p in tmp_path.iterdir())


def test_a_backup_may_go_to_another_file_system(tmp_path):
    shm = pathlib.Path("/dev/shm")
    if not os.access(shm, os.W_OK) or shm.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no second file system here")
    with Server(data=tmp_path / "data") as server, tempfile.TemporaryDirectory(dir=shm) as other:
        first = task(server)
        assert wait_until(lambda: done(server, first))
        made = backup(server.data, pathlib.Path(other) / "copy")
        assert made.returncode == 0 and "0 linked, 2 copied" in made.stdout, made
        assert doctor(pathlib.Path(other) / "copy", "--deep")[0] == 0


def test_a_backup_under_load_is_whole_every_time(tmp_path):
    with Server("--set", "queue=1000", data=tmp_path / "data") as server:
        stop, sent = threading.Event(), []

        def work(n):
            for i in range(10_000):
                if stop.is_set():
                    return
                sent.append(server.request("POST", PATH, FAST | {"seed": n * 10_000 + i, "async": i % 2 == 0,
                                                                 "response_format": "url"})[0])
        workers = [threading.Thread(target=work, args=(n,)) for n in range(4)]
        for worker in workers:
            worker.start()
        try:
            for i in range(5):
                before = len(sent)
                assert wait_until(lambda: len(sent) > before + 5)
                made = backup(server.data, tmp_path / f"copy{i}")
                assert made.returncode == 0, made
        finally:
            stop.set()
            for worker in workers:
                worker.join()
        assert set(sent) == {200, 202}
    for i in range(5):
        status, found = doctor(tmp_path / f"copy{i}", "--deep")
        assert status == 0, found
        with sqlite3.connect(tmp_path / f"copy{i}/calotype.db") as db:
            assert db.execute("SELECT COUNT(*) FROM job_pictures").fetchone()[0] > 2


def test_nothing_that_is_there_is_written_over(tmp_path):
    with Server(data=tmp_path / "data") as server:
        (tmp_path / "full").mkdir()
        (tmp_path / "full/mine").write_text("mine")
        refused = backup(server.data, tmp_path / "full")
        assert refused.returncode != 0 and "new or empty" in refused.stderr
        assert files(tmp_path / "full") == {"mine"}
        (tmp_path / "half.partial").mkdir()
        refused = backup(server.data, tmp_path / "half")
        assert refused.returncode != 0 and "half.partial" in refused.stderr
        assert not (tmp_path / "half").exists()


def test_a_backup_says_what_is_missing(tmp_path):
    with Server(data=tmp_path / "data") as server:
        first = task(server)
        assert wait_until(lambda: done(server, first))
        (name,) = files(server.data / "pictures")
        (server.data / "pictures" / name).unlink()
        made = backup(server.data, tmp_path / "copy")
        assert made.returncode == 1 and name.split("/")[1] in made.stderr
        assert (tmp_path / "copy/calotype.db").exists(), "what is there is kept all the same"


@pytest.mark.parametrize("command", [["usage"], ["key", "list"], ["key", "revoke", "key_1"],
                                     ["callbacks", "list"], ["backup", "x"]])
def test_a_mistyped_data_folder_is_not_made(tmp_path, command):
    said = cli(*command, "--data", tmp_path / "typo", cwd=tmp_path)
    assert said.returncode != 0 and said.stdout == ""
    assert str(tmp_path / "typo") in said.stderr and "--data" in said.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def patient(tmp_path):
    """A data folder with a picture and a row of the ledger; no server runs on it."""
    with Server(data=tmp_path / "data") as server:
        first = task(server)
        assert wait_until(lambda: done(server, first))
    return tmp_path / "data"


def test_the_doctor_finds_nothing_wrong_with_a_healthy_folder(patient):
    before = files(patient)
    status, found = doctor(patient, "--deep")
    assert status == 0 and not [f for f in sum(found.values(), []) if f[0] == "bad"], found
    for check in ("data folder", "secret", "disk", "database", "ledger", "pictures", "address",
                  "open files", "clock", "fonts", "tesseract"):
        assert check in found
    assert files(patient) - before <= {"calotype.db-shm", "calotype.db-wal"}, "it only reads"
    text = cli("doctor", "--data", patient, "--listen", "127.0.0.1:0").stdout
    assert "Nothing is wrong." in text and len(text.splitlines()) > 10


def damage_picture(data):
    (name,) = files(data / "pictures")
    file = data / "pictures" / name
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)


def lose_picture(data):
    (name,) = files(data / "pictures")
    (data / "pictures" / name).unlink()


def sql(statement):
    def change(data):
        with sqlite3.connect(data / "calotype.db") as db:
            db.execute(statement)
    return change


@pytest.mark.parametrize("check, harm, options, said", [
    ("secret", lambda d: (d / "secret").chmod(0o644), [], "mode 644"),
    ("secret", lambda d: (d / "secret").write_bytes(b"x"), [], "damaged"),
    ("database", lambda d: (d / "calotype.db").write_bytes(b"no database" * 999), [], "damaged"),
    ("database", sql("PRAGMA user_version = 9999"), [], "newer"),
    ("ledger", sql("UPDATE ledger SET cost_simulated = cost_simulated + 1"), [], "differ on 1 of 1"),
    ("pictures", lose_picture, [], "1 are missing"),
    ("pictures", damage_picture, ["--deep"], "1 are damaged"),
    ("disk", lambda d: None, ["--set", "min_free_mb=1000000000"], "min_free_mb"),
    ("clock", sql("UPDATE jobs SET created_ms = created_ms + 3600000"), [], "before the newest job"),
])
def test_the_doctor_finds_what_is_wrong_and_says_what_helps(patient, check, harm, options, said):
    harm(patient)
    status, found = doctor(patient, *options)
    assert status == 1
    bad = [(finding, advice) for level, finding, advice in found[check] if level == "bad"]
    assert len(bad) == 1 and said in bad[0][0] and bad[0][1], found
    others = [c for c in found if c != check and "bad" in level(found, c)]
    assert others == []


def test_the_doctor_notes_files_nobody_needs_and_open_folders(patient):
    (patient / "pictures/ab").mkdir(exist_ok=True)
    (patient / "pictures/ab/ab.png").write_bytes(b"x" * 5000)
    patient.chmod(0o755)
    status, found = doctor(patient)
    assert status == 0
    assert ("note", "1 files, 5 KB, that no row names; they are removed in time.", None) in found["pictures"]
    assert level(found, "data folder") == ["note"]


def test_the_doctor_knows_a_running_server_from_a_stranger(patient, tmp_path):
    with Server(data=patient) as server:
        listen = f"127.0.0.1:{server.port}"
        done = cli("doctor", "--data", patient, "--listen", listen)
        assert done.returncode == 0 and f"A Calotype serves on {listen}" in done.stdout, done
    stranger = subprocess.Popen(["python3", "-c", "import socket, sys; s = socket.create_server(('127.0.0.1', 0)); "
                                 "print(s.getsockname()[1], flush=True); sys.stdin.read()"],
                                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        port = stranger.stdout.readline().strip()
        done = cli("doctor", "--data", patient, "--listen", f"127.0.0.1:{port}")
        assert done.returncode == 1 and "address already in use" in done.stdout
    finally:
        stranger.communicate("")


def test_the_doctor_of_a_folder_that_is_not_there(tmp_path):
    status, found = doctor(tmp_path / "nowhere")
    assert status == 1 and level(found, "data folder") == ["bad"]
    assert list(tmp_path.iterdir()) == []
