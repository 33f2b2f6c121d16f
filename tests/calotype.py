"""A real server for tests: starts `calotype serve` on a free port with a data folder of its own."""

import json
import os
import pathlib
import re
import signal
import subprocess
import tempfile
import threading
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

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        self.process = subprocess.Popen(
            self.arguments, env=self.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace")
        threading.Thread(target=self._collect, daemon=True).start()
        line = self.process.stdout.readline()
        match = re.fullmatch(r"ready (http://(.+):(\d+))/v1\n", line)
        if not match:
            self.process.wait(timeout=10)
            raise RuntimeError(f"no ready line but {line!r}; log: {''.join(self.log)}")
        self.root, self.host, self.port = match[1], match[2], int(match[3])
        self.url = self.root + "/v1"

    def _collect(self):
        for line in self.process.stderr:
            self.log.append(line)

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
        self.process.stdout.close()
        if self._own_data:
            self._own_data.cleanup()
        return self.process.returncode

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
            with urllib.request.urlopen(request, timeout=120) as reply:
                return reply.status, reply.headers, reply.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers, error.read()

    def generate(self, **body):
        """(status, headers, parsed JSON)"""
        body.setdefault("model", "gpt-image-2")
        status, headers, data = self.request("POST", "/v1/images/generations", body)
        return status, headers, json.loads(data)


def clean_environment(extra=None):
    environment = {k: v for k, v in os.environ.items()
                   if not k.startswith(("CALOTYPE_", "OPENAI_")) or k == "CALOTYPE_BINARY"}
    environment.update(extra or {})
    return environment


# Prompts that draw fast: pages take well under a second where a rendering takes seconds.
PAGE = 'poster with the title "Jazz Night"'
SCENE = "a white ceramic mug on a marble table"
