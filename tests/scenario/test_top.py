"""calotype top: one screen for scripts, many for people."""

import os
import pty
import re
import select
import time

from calotype import BINARY, ENDLESS, FAST, Server, clean_environment, cli, wait_until

PATH = "/v1/images/generations"


def test_once_prints_one_screen_of_80_columns():
    with Server("--set", "runners=1", "--set", "drain_seconds=0") as server:
        assert server.generate(**FAST)[0] == 200
        assert server.generate(**FAST | {"n": 0})[0] == 400
        for _ in range(2):
            assert server.request("POST", PATH, ENDLESS | {"async": True})[0] == 202
        assert wait_until(lambda: server.jobs() == (1, 1))
        done = cli("top", "--once", "--interval", "0.1", "--server", server.url)
        assert done.returncode == 0 and done.stderr == ""
        screen = done.stdout
        assert max(map(len, screen.splitlines())) <= 80 and "\x1b" not in screen
        assert "1 running  waiting: 0 interactive, 1 background, 0 batch" in screen
        assert re.search(r"^pictures   1 ", screen, re.M) and "simulated" in screen
        assert "E_INT_MIN 1" in screen
        tasks = screen.split("\ntasks\n")[1]
        assert len(re.findall(r"^  imgtask_[0-9a-f]{32} +(queued|processing) ", tasks, re.M)) == 2
        here = cli("top", "--once", "--interval", "0.1", "--set", f"listen=127.0.0.1:{server.port}")
        assert here.returncode == 0 and server.root in here.stdout, "the address of the settings"


def test_the_screen_is_drawn_again():
    with Server() as server:
        pid, fd = pty.fork()
        if pid == 0:
            os.execve(BINARY, [str(BINARY), "top", "--server", server.url, "--interval", "0.1"], clean_environment())
        shown = b""
        until = time.monotonic() + 20
        while shown.count(b"\x1b[H") < 3 and time.monotonic() < until:
            if select.select([fd], [], [], 1)[0]:
                shown += os.read(fd, 65536)
        assert shown.count(b"\x1b[H") >= 3 and b"Calotype" in shown
        os.write(fd, b"\x03")  # Ctrl-C
        os.waitpid(pid, 0)
        os.close(fd)


def test_nobody_there_and_nobody_let_in(tmp_path):
    done = cli("top", "--once", "--server", "http://127.0.0.1:9")
    assert done.returncode == 4 and "127.0.0.1:9" in done.stderr and done.stdout == ""
    key = cli("key", "create", "k", "--data", tmp_path).stdout.strip()
    with Server(data=tmp_path) as server:
        blind = cli("top", "--once", "--interval", "0.1", "--server", server.url)
        assert blind.returncode == 0 and "CALOTYPE_API_KEY" in blind.stdout, "the rest is shown"
        seeing = cli("top", "--once", "--interval", "0.1", "--server", server.url, environment={"CALOTYPE_API_KEY": key})
        assert "CALOTYPE_API_KEY" not in seeing.stdout and seeing.stdout.endswith("tasks\n  none\n")
    assert cli("top", "--interval", "x").returncode == 2
