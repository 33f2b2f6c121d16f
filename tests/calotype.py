"""A real server for tests: starts `calotype serve` on a free port with a data folder of its own.

Server runs it and asks whole requests; Connection speaks to it byte by byte; cli() runs the other
commands. Only the standard library, so that every suite can use it.
"""

import base64
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
BINARY = pathlib.Path(os.environ.get("CALOTYPE_BINARY", ROOT / "build/src/cli/calotype"))


class Server:
    """with Server("--set", "compat=strict") as server: ... server.url"""

    def __init__(self, *arguments, data=None, environment=None, listen="127.0.0.1:0"):
        self._own_data = tempfile.TemporaryDirectory(prefix="calotype-test-") if data is None else None
        self.data = pathlib.Path(data or self._own_data.name)
        self.arguments = [str(BINARY), "serve", "--listen", listen, "--data", str(self.data), *arguments]
        self.environment = clean_environment(environment)
        self.log = []
        self.returncode = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        self.process = subprocess.Popen(
            self.arguments, env=self.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace")
        self._reader = threading.Thread(target=self._collect, daemon=True)
        self._reader.start()
        line = self.process.stdout.readline()
        match = re.fullmatch(r"ready (http://(.+):(\d+))/v1\n", line)
        if not match:
            self.process.wait(timeout=10)
            self._close()
            raise RuntimeError(f"no ready line but {line!r}; log: {self.log_text()}")
        self.root, self.host, self.port = match[1], match[2], int(match[3])
        self.url = self.root + "/v1"

    def _collect(self):
        for line in self.process.stderr:
            self.log.append(line)

    def _close(self):
        self._reader.join(timeout=10)
        self.process.stdout.close()
        self.process.stderr.close()
        self.returncode = self.process.returncode

    def log_text(self):
        return "".join(self.log)

    def signal(self, number=signal.SIGTERM):
        self.process.send_signal(number)

    def stop(self):
        if self.process.poll() is None:
            self.signal()
            try:
                self.process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self._close()
        if self._own_data:
            self._own_data.cleanup()
        return self.returncode

    def connect(self, timeout=60):
        return Connection(self.host, self.port, timeout)

    def health(self):
        """The parsed body of /health."""
        return json.loads(self.request("GET", "/health")[2])

    def jobs(self):
        """(queued, running)"""
        jobs = self.health()["jobs"]
        return jobs["queued"], jobs["running"]

    def memory_bytes(self):
        """What of the server lies in memory now (VmRSS)."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) * 1024

    def request(self, method, path, body=None, headers=None, raw=None):
        """(status, headers, bytes); body is JSON unless raw bytes are given."""
        data = raw if raw is not None else None if body is None else json.dumps(body).encode()
        all_headers = {"Authorization": "Bearer test"}
        if data is not None:
            all_headers["Content-Type"] = "application/json"
        all_headers.update(headers or {})
        all_headers = {k: v for k, v in all_headers.items() if v is not None}
        url = path if path.startswith("http") else self.root + path
        request = urllib.request.Request(url, data=data, headers=all_headers, method=method)
        try:
            with OPENER.open(request, timeout=300) as reply:
                return reply.status, reply.headers, reply.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers, error.read()

    def generate(self, **body):
        """(status, headers, parsed JSON)"""
        body.setdefault("model", "gpt-image-2")
        status, headers, data = self.request("POST", "/v1/images/generations", body)
        return status, headers, json.loads(data)

    def picture(self, **body):
        """The bytes of the one picture of a generation that succeeds."""
        status, _, reply = self.generate(**body)
        assert status == 200, reply
        return base64.b64decode(reply["data"][0]["b64_json"], validate=True)


class Reply:
    """One HTTP reply as it came: status, reason, fields (names in lower case), body."""

    def __init__(self, status, reason, version, fields, body):
        self.status, self.reason, self.version, self.fields, self.body = (
            status, reason, version, fields, body)

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def error(self):
        return self.json["error"]

    def __repr__(self):
        return f"<Reply {self.status} {self.fields} {self.body[:200]!r}>"


class Connection:
    """A socket that sends what it is told, also nonsense, and reads replies strictly."""

    def __init__(self, host, port, timeout):
        self.socket = socket.create_connection((host.strip("[]"), port), timeout=timeout)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.file = self.socket.makefile("rb")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.file.close()
        self.socket.close()

    def reset(self):
        """Leaves without a goodbye (RST)."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.close()

    def send(self, data):
        self.socket.sendall(data)

    def ask(self, method, path, body=b"", **fields):
        self.send(request_bytes(method, path, body, **fields))

    def read_head(self):
        """A Reply without its body."""
        line = self.file.readline()
        match = re.fullmatch(rb"HTTP/1\.([01]) (\d{3}) ([^\r\n]*)\r\n", line)
        assert match, f"no status line but {line!r}"
        fields = {}
        while (line := self.file.readline()) != b"\r\n":
            assert line.endswith(b"\r\n") and b": " in line, f"no field line: {line!r}"
            name, value = line[:-2].decode("ascii").split(": ", 1)
            assert name.lower() not in fields, f"{name} stands twice"
            fields[name.lower()] = value
        return Reply(int(match[2]), match[3].decode(), f"1.{match[1].decode()}", fields, None)

    def read_chunk(self):
        """One chunk of a chunked body; b"" at its end."""
        size = self.file.readline()
        assert re.fullmatch(rb"[0-9a-fA-F]+\r\n", size), f"no chunk size: {size!r}"
        data = self.file.read(int(size, 16))
        assert self.file.read(2) == b"\r\n"
        return data

    def read_reply(self, head=False):
        reply = self.read_head()
        if head or reply.status in (204, 304) or reply.status < 200:
            reply.body = b""
        elif reply.fields.get("transfer-encoding") == "chunked":
            chunks = []
            while chunk := self.read_chunk():
                chunks.append(chunk)
            reply.body = b"".join(chunks)
        elif "content-length" in reply.fields:
            size = int(reply.fields["content-length"])
            reply.body = self.file.read(size)
            assert len(reply.body) == size, "the body was cut short"
        else:
            reply.body = self.file.read()
        return reply

    def is_closed(self):
        """The peer sends nothing more and has closed (waits for it)."""
        try:
            return self.file.read(1) == b""
        except ConnectionResetError:
            return True


def request_bytes(method, path, body=b"", **fields):
    """A well-formed request; fields by keyword (x_y becomes x-y), None leaves one out."""
    if not isinstance(body, bytes):
        body = json.dumps(body).encode()
    lines = {"host": "127.0.0.1", "authorization": "Bearer test"}
    if body:
        lines |= {"content-type": "application/json", "content-length": str(len(body))}
    lines |= {name.replace("_", "-"): value for name, value in fields.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value is not None)
    return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode("latin-1") + body


def cli(*arguments, environment=None, cwd=None, stdin=None, text=True, timeout=300):
    """Runs `calotype ARGUMENTS` to its end: returncode, stdout, stderr."""
    return subprocess.run([str(BINARY), *map(str, arguments)], env=clean_environment(environment),
                          cwd=cwd, input=stdin, capture_output=True, text=text, timeout=timeout)


def wait_until(condition, seconds=30, every=0.02):
    """Whether condition() became true in time."""
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(every)
    return True


def clean_environment(extra=None):
    environment = {k: v for k, v in os.environ.items()
                   if not k.startswith(("CALOTYPE_", "OPENAI_")) or k == "CALOTYPE_BINARY"}
    environment.update(extra or {})
    return environment


# urllib without the proxies of the environment: the server is on this machine.
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))

# Prompts that draw fast: pages take well under a second where a rendering takes seconds.
PAGE = 'poster with the title "Jazz Night"'
SCENE = "a white ceramic mug on a marble table"

# Bodies by how long they draw: at once, for some seconds, and until they are cancelled.
FAST = {"model": "gpt-image-2", "prompt": PAGE, "size": "1024x1024", "quality": "low"}
SLOW = {"model": "gpt-image-2", "prompt": PAGE, "size": "3840x2160", "quality": "low", "n": 10}
ENDLESS = {"model": "gpt-image-2", "prompt": SCENE, "size": "3840x2160", "quality": "high"}
