"""The unit for systemd, and secrets from elsewhere."""

import json
import pathlib
import re
import secrets
import shutil
import subprocess

import pytest

from calotype import FAST, ROOT, BINARY, Server, cli

UNIT = BINARY.parents[2] / "systemd/calotype.service"
needs_systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")


@pytest.fixture
def unit(tmp_path):
    """The built unit, with a program that is there."""
    path = tmp_path / "calotype.service"
    path.write_text(re.sub(r"ExecStart=\S+", f"ExecStart={BINARY}", UNIT.read_text()))
    return path


@needs_systemd
def test_systemd_understands_the_unit(unit):
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", str(unit)], capture_output=True, text=True)
    assert str(unit) not in done.stderr and "calotype.service" not in done.stderr, done.stderr


@needs_systemd
def test_the_unit_is_exposed_little(unit):
    done = subprocess.run(["systemd-analyze", "security", "--offline=true", "--no-pager", str(unit)],
                          capture_output=True, text=True)
    if "Unknown option" in done.stderr or "unrecognized option" in done.stderr:
        pytest.skip("this systemd cannot look at a unit that is not loaded")
    level = float(re.search(r"Overall exposure level for calotype.service: ([0-9.]+)", done.stdout)[1])
    assert level <= 2.0, done.stdout


def test_the_unit_its_user_and_the_dashboard_are_installed():
    if not shutil.which("meson"):
        pytest.skip("meson is not installed")
    done = subprocess.run(["meson", "introspect", "--installed", str(BINARY.parents[2])], capture_output=True, text=True)
    installed = {pathlib.Path(to).name: pathlib.Path(to) for to in json.loads(done.stdout).values()}
    assert UNIT.read_text().split("ExecStart=")[1].split()[0] == str(installed["calotype"]), "the program that is installed"
    assert installed["calotype.service"].parent.parts[-3:] == ("lib", "systemd", "system")
    assert installed["calotype.conf"].parent.parts[-2:] == ("lib", "sysusers.d")
    assert {"calotype.1", "calotype.bash", "calotype.json"} <= set(installed)
    assert "u calotype" in (ROOT / "systemd/calotype.sysusers").read_text() and "User=calotype" in UNIT.read_text()


def urls_good_for(data, environment=(), *options):
    with Server(*options, data=data, environment=dict(environment)) as server:
        reply = server.generate(**FAST | {"response_format": "url"})[2]
        return re.search(r"/v1/files/.*", reply["data"][0]["url"])[0]


def is_good(url, data, environment=(), *options):
    with Server(*options, data=data, environment=dict(environment)) as server:
        return server.request("GET", url)[0] == 200


def test_the_secret_comes_from_a_setting_a_file_or_systemd(tmp_path):
    secret = secrets.token_hex(32)
    file, credentials, data = tmp_path / "s", tmp_path / "credentials", tmp_path / "data"
    file.write_text(secret + "\n")
    credentials.mkdir()
    (credentials / "calotype.secret").write_bytes(bytes.fromhex(secret))
    url = urls_good_for(data, {"CALOTYPE_SECRET": secret})
    assert not (data / "secret").exists(), "none is made"
    blind = cli("callbacks", "secret", "--data", data)
    assert blind.returncode != 0 and blind.stdout == "" and "secret_file" in blind.stderr
    assert not (data / "secret").exists(), "nor by a command that does not know the server's"
    assert is_good(url, data, {"CALOTYPE_SECRET_FILE": str(file)})
    assert is_good(url, data, {}, "--set", f"secret_file={file}")
    assert is_good(url, data, {"CREDENTIALS_DIRECTORY": str(credentials)})
    assert not is_good(url, data, {"CALOTYPE_SECRET": secrets.token_hex(32)})
    assert not is_good(url, data), "one of its own"
    hook = cli("callbacks", "secret", "--data", data, environment={"CALOTYPE_SECRET": secret}).stdout
    assert hook == cli("callbacks", "secret", "--data", data, "--set", f"secret_file={file}").stdout


@pytest.mark.parametrize("value", ["short", "zz" * 32, "ab" * 31])
def test_a_secret_that_is_none_is_refused_and_not_shown(tmp_path, value):
    done = cli("serve", "--listen", "127.0.0.1:0", "--data", tmp_path / "d", environment={"CALOTYPE_SECRET": value})
    assert done.returncode != 0 and "64 hex digits" in done.stderr and value not in done.stderr
    (tmp_path / "s").write_text(value)
    done = cli("serve", "--listen", "127.0.0.1:0", "--data", tmp_path / "d", "--set", f"secret_file={tmp_path / 's'}")
    assert done.returncode != 0 and str(tmp_path / "s") in done.stderr and value not in done.stderr
