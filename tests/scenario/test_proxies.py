"""The reverse proxies of docs/operations.md: its very examples, run by the real nginx and Caddy.

Only addresses, ports and certificates are put in. tools/setup-proxies brings the programs.
"""

import json
import os
import re
import shutil
import socket
import subprocess

import pytest

from calotype import ENDLESS, FAST, ROOT, Server, cli, wait_until
from forms import CONTENT_TYPE, form, noise_png, part

DOCUMENT = (ROOT / "docs/operations.md").read_text()
PROGRAMS = {"nginx": ROOT / ".proxies/usr/sbin/nginx", "caddy": ROOT / ".proxies/usr/bin/caddy"}
PUBLIC = "https://images.example"


def example(heading):
    """The indented block below a heading of the document."""
    section = DOCUMENT.split(f"### {heading}\n", 1)[1]
    block = re.match(r"\n+((?:    .*\n|\n)+)", section)[1]
    return "\n".join(line[4:] for line in block.splitlines())


def put_in(text, *replacements):
    for old, new in replacements:
        assert old in text, f"the example says {old!r}"
        text = text.replace(old, new)
    return text


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


class Proxy:
    """A proxy before a server of its own, and curl as its client."""

    def __init__(self, program, folder, server):
        self.key = server.key
        self.folder, self.port = folder, free_port()
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                        "-nodes", "-days", "2", "-subj", "/CN=images.example",
                        "-addext", "subjectAltName=DNS:images.example",
                        "-keyout", folder / "key.pem", "-out", folder / "cert.pem"], check=True, capture_output=True)
        command = getattr(self, program)(f"127.0.0.1:{server.port}")
        self.log = open(folder / "log", "w")
        environment = os.environ | {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
        self.process = subprocess.Popen([PROGRAMS[program], *command], env=environment, stdin=subprocess.DEVNULL,
                                        stdout=self.log, stderr=subprocess.STDOUT)
        if not wait_until(self.listens):
            self.stop()
            raise RuntimeError((folder / "log").read_text())

    def nginx(self, address):
        sites = put_in(example("nginx"), ("127.0.0.1:8787", address), ("listen 443", f"listen 127.0.0.1:{self.port}"),
                       ("/etc/ssl/images.example.pem", f"{self.folder}/cert.pem"),
                       ("/etc/ssl/images.example.key", f"{self.folder}/key.pem"))
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        folders = "\n".join(f"{kind}_temp_path {self.folder}/{kind};" for kind in kinds)
        user = "user root;" if os.geteuid() == 0 else ""
        (self.folder / "nginx.conf").write_text(
            f"{user} daemon off; pid {self.folder}/pid; error_log stderr; events {{}}\n"
            f"http {{ access_log off;\n{folders}\n{sites}\n}}\n")
        return ["-p", self.folder, "-c", self.folder / "nginx.conf"]

    def caddy(self, address):
        sites = put_in(example("Caddy"), ("127.0.0.1:8787", address),
                       ("images.example {", f"https://images.example:{self.port} {{\n"
                                            f"bind 127.0.0.1\ntls {self.folder}/cert.pem {self.folder}/key.pem"))
        (self.folder / "Caddyfile").write_text("{\nadmin off\nauto_https disable_redirects\n}\n" + sites + "\n")
        return ["run", "--adapter", "caddyfile", "--config", self.folder / "Caddyfile"]

    def listens(self):
        if self.process.poll() is not None:
            raise RuntimeError((self.folder / "log").read_text())
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def curl(self, path, *arguments):
        return ["curl", "-sS", "--noproxy", "*", "--cacert", str(self.folder / "cert.pem"),
                "--connect-to", f"images.example:443:127.0.0.1:{self.port}",
                "-H", f"Authorization: Bearer {self.key}", *map(str, arguments), path if "://" in path else PUBLIC + path]

    def ask(self, path, *arguments, body=None):
        """(status, bytes)"""
        if body is not None:
            arguments += ("-H", "Content-Type: application/json", "-d", json.dumps(body))
        reply = subprocess.run(self.curl(path, "-w", "\n%{http_code}", *arguments), capture_output=True, timeout=120)
        assert reply.returncode == 0, reply.stderr
        data, _, status = reply.stdout.rpartition(b"\n")
        return int(status), data

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=30)
        self.log.close()


@pytest.fixture(scope="module")
def server():
    with Server("--set", f"public_url={PUBLIC}") as running:
        running.key = cli("key", "create", "proxied", "--data", running.data).stdout.strip()
        assert wait_until(lambda: running.request("GET", "/v1/models")[0] == 401)
        yield running


@pytest.fixture(scope="module", params=PROGRAMS)
def proxy(request, server, tmp_path_factory):
    if not PROGRAMS[request.param].exists():
        pytest.skip(f"{request.param} is not in .proxies/; tools/setup-proxies downloads it")
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed: no certificate")
    running = Proxy(request.param, tmp_path_factory.mktemp(request.param), server)
    yield running
    running.stop()


def test_a_picture_and_its_url_come_through(proxy):
    status, data = proxy.ask("/v1/images/generations", body=FAST | {"response_format": "url"})
    assert status == 200, data
    url = json.loads(data)["data"][0]["url"]
    assert url.startswith(PUBLIC + "/v1/")
    status, picture = proxy.ask(url)
    assert status == 200 and picture.startswith(b"\x89PNG")


def test_a_partial_picture_comes_while_the_next_is_drawn_and_a_hang_up_reaches_the_job(proxy, server):
    body = json.dumps(ENDLESS | {"stream": True, "partial_images": 3})
    client = subprocess.Popen(proxy.curl("/v1/images/generations", "-N", "-H", "Content-Type: application/json",
                                         "-d", body), stdout=subprocess.PIPE)
    try:
        assert client.stdout.readline() == b"event: image_generation.partial_image\n"
        assert server.jobs() == (0, 1), "still drawing"
    finally:
        client.kill()
        client.communicate()
    assert wait_until(lambda: server.jobs() == (0, 0)), "nobody wants it any more"


def test_a_large_edit_is_let_through(proxy, tmp_path):
    (tmp_path / "form").write_bytes(form(part("model", "gpt-image-2"), part("prompt", "make it black and white"),
                                         part("image", noise_png(1200, 1200), "noise.png", "image/png")))
    status, data = proxy.ask("/v1/images/edits", "-H", f"Content-Type: {CONTENT_TYPE['Content-Type']}",
                             "--data-binary", f"@{tmp_path}/form")
    assert status == 200, data[:500]


def test_errors_keep_their_status_and_body(proxy):
    status, data = proxy.ask("/v1/images/generations", body=FAST | {"size": "3x3"})
    assert status == 400 and json.loads(data)["error"]["param"] == "size"


def test_what_is_not_for_the_public_stays_inside(proxy):
    for path in ("/metrics", "/health"):
        assert b"calotype_" not in proxy.ask(path)[1] and b'"jobs"' not in proxy.ask(path)[1]
