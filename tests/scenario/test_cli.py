"""The command line, as people and scripts use it: files, pipes, terminals, exit statuses."""

import base64
import http.server
import json
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import threading
import time
import zlib

import pytest

import forms
import pictures
from calotype import BINARY, ENDLESS, PAGE, ROOT, Server, clean_environment, cli, wait_until

FAILED, USAGE, REFUSED, UPSTREAM = 1, 2, 3, 4
QUICK = ["--size", "1024x1024", "--quality", "low"]
# As the program's own table has them: no command goes without the tests below.
COMMANDS = re.findall(r"^CT_COMMAND\((\w+)\)$", (ROOT / "src/cli/commands.def").read_text(), re.M)
SLUG = "poster-with-the-title-jazz-night"


@pytest.fixture
def generate(tmp_path):
    """Runs `calotype generate` in an empty folder."""
    def run(*arguments, prompt=PAGE, **keys):
        return cli("generate", prompt, *QUICK, *arguments, cwd=tmp_path, **keys)
    return run


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_picture_is_written_and_only_its_name_printed(generate, tmp_path):
    done = generate()
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{SLUG}.png\n", "")
    assert pictures.size_of((tmp_path / f"{SLUG}.png").read_bytes()) == (1024, 1024)


def test_nothing_is_ever_overwritten(generate, tmp_path):
    for expected in (f"{SLUG}.png", f"{SLUG}-2.png", f"{SLUG}-3.png"):
        assert generate().stdout == expected + "\n"
    (tmp_path / "mine.png").write_text("mine")
    done = generate("-o", "mine.png")
    assert done.returncode == USAGE and "--force" in done.stderr
    assert (tmp_path / "mine.png").read_text() == "mine"
    assert generate("-o", "mine.png", "--force").returncode == 0
    assert (tmp_path / "mine.png").read_bytes().startswith(pictures.MAGIC["png"])


def test_two_processes_never_take_the_same_name(tmp_path):
    processes = [subprocess.Popen([str(BINARY), "generate", PAGE, *QUICK, "-q", "--seed", str(i)],
                                  cwd=tmp_path, env=clean_environment(), stdout=subprocess.PIPE,
                                  stderr=subprocess.DEVNULL, text=True) for i in range(6)]
    said = [process.communicate(timeout=120)[0].strip() for process in processes]
    assert len(set(said)) == 6 and sorted(said) == names(tmp_path)


@pytest.mark.parametrize("prompt, name", [
    ("../../etc/passwd", "etc-passwd.png"), ("...", "picture.png"), ("-rf *", "rf.png"),
    ("Ein Bär, blau", "ein-bär-blau.png"), ("a" * 300, "a" * 60 + ".png"), ("漢字 x", "漢字-x.png")])
def test_names_come_from_the_prompt_and_stay_in_the_folder(tmp_path, prompt, name):
    done = cli("generate", *QUICK, "--", prompt, cwd=tmp_path)
    assert done.returncode == 0 and names(tmp_path) == [name]


def test_the_ending_chooses_the_format(generate, tmp_path):
    for name, kind in (("a.jpg", "jpeg"), ("b.JPEG", "jpeg"), ("c.webp", "webp"), ("d.png", "png")):
        assert generate("-o", name).returncode == 0
        assert (tmp_path / name).read_bytes().startswith(pictures.MAGIC[kind])


def test_a_set_is_numbered(generate, tmp_path):
    assert generate("-n", "3", "-o", "set.png").stdout == "set-1.png\nset-2.png\nset-3.png\n"
    assert names(tmp_path) == ["set-1.png", "set-2.png", "set-3.png"]
    assert len({(tmp_path / name).read_bytes() for name in names(tmp_path)}) == 3


def test_a_pipe_gets_the_picture_and_nothing_else(generate, tmp_path):
    done = generate("-o", "-", text=False)
    assert done.returncode == 0 and done.stderr == b""
    pictures.png_chunks(done.stdout)
    assert names(tmp_path) == []


def test_here_and_on_a_server_the_same_picture_is_drawn(server, generate):
    # The scene that travels with it is signed with the secret of the data folder: one for both.
    here = generate("--seed", "12", "-o", "-", text=False,
                    environment={"CALOTYPE_DATA": str(server.data)}).stdout
    there = generate("--seed", "12", "-o", "-", "--server", server.url, text=False)
    streamed = generate("--seed", "12", "-o", "-", "--server", server.url + "/", "--stream",
                        text=False)
    by_name = generate("--seed", "12", "-o", "-", text=False,
                       environment={"OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": "x"})
    assert here == there.stdout == streamed.stdout == by_name.stdout
    assert here == server.picture(model="gpt-image-2", prompt=PAGE, size="1024x1024", quality="low",
                                  seed=12)


def test_json_is_the_reply_with_names(generate, server):
    here, there = (json.loads(generate("--json", *more).stdout)
                   for more in ([], ["--server", server.url]))
    assert here["files"] == [f"{SLUG}.png"] and there["files"] == [f"{SLUG}-2.png"]
    assert (here["size"], here["quality"], here["usage"]["output_tokens"]) == (
        "1024x1024", "low", 196)
    for key in ("size", "quality", "usage", "output_format", "background"):
        assert there[key] == here[key]


def test_dry_run_tells_the_request_and_its_price_and_draws_nothing(generate, tmp_path):
    done = generate("--dry-run", "--n", "3", "--quality", "high")
    head, body = done.stdout.splitlines()
    assert done.returncode == 0 and head.startswith("POST ") and "images/generations" in head
    assert json.loads(body) == {"model": "gpt-image-2", "prompt": PAGE, "n": 3,
                                "size": "1024x1024", "quality": "high"}
    cents = re.search(r"at most \$(\d+\.\d+)", done.stderr)
    words = -(-len(PAGE.encode()) // 4) + 6
    assert float(cents[1]) == pytest.approx(3 * 7024 * 30e-6 + words * 5e-6, abs=1e-6)
    assert names(tmp_path) == []


def test_unknown_words_are_told_on_stderr(generate):
    done = generate(prompt=PAGE + " with a purple flibberty")
    assert done.returncode == 0 and "flibberty" in done.stderr and "flibberty" not in done.stdout.replace(
        "with-a-purple-flibberty", "")


@pytest.mark.parametrize("arguments", [
    [], ["nonsense"], ["generate"], ["generate", "two", "words"], ["generate", "x", "--nope"],
    ["generate", "x", "--size"], ["generate", "x", "--show=1"], ["generate", "x", "-x"],
    ["key"], ["key", "make"], ["key", "create"], ["key", "list", "x"], ["completion", "fish"],
    ["completion"], ["help", "nonsense"], ["explain"], ["models", "x"],
    ["generate", "x", "--set", "novalue"]])
def test_usage_errors_are_2_and_say_what_is_right(arguments, tmp_path):
    done = cli(*arguments, cwd=tmp_path, environment={"CALOTYPE_DATA": str(tmp_path / "data")})
    assert (done.returncode, done.stdout) == (USAGE, "")
    assert "calotype" in done.stderr


@pytest.mark.parametrize("arguments, said", [
    (["--n", "11"], "Expected a value <= 10"), (["--n", "two"], "expected an integer"),
    (["--size", "17x17"], "divisible by 16"), (["--quality", "ultra"], "Supported values"),
    (["--model", "none"], "does not exist"), (["--background", "transparent"], "not supported")])
def test_refused_requests_are_3_in_the_words_of_the_api(generate, server, tmp_path, arguments, said):
    for where in ([], ["--server", server.url]):
        done = generate(*arguments, *where)
        assert (done.returncode, done.stdout) == (REFUSED, "") and said in done.stderr
    assert names(tmp_path) == []


def test_a_refusing_server_is_3(tmp_path, generate):
    data = tmp_path.parent / (tmp_path.name + "-keys")
    cli("key", "create", "x", "--data", data)
    with Server(data=data) as locked:
        done = generate("--server", locked.url, environment={"OPENAI_API_KEY": "sk-wrong-wrong"})
        assert done.returncode == REFUSED and "Incorrect API key" in done.stderr
    shutil.rmtree(data)


class Nonsense(http.server.BaseHTTPRequestHandler):
    """Answers by the first part of the path."""

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        kind = self.path.split("/")[1]
        picture = base64.b64encode(b"no picture").decode()
        status, body = {
            "500": (500, b'{"error":{"message":"Our disk is full.","code":null}}'),
            "html": (200, b"<html>"), "empty": (200, b""), "none": (200, b'{"data":[]}'),
            "damaged": (200, b'{"data":[{"b64_json":"!!!"}]}'),
            "many": (200, json.dumps({"data": [{"b64_json": picture}] * 20}).encode()),
            "unsaid": (404, b""),
        }[kind]
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def nonsense():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Nonsense) as broken:
        threading.Thread(target=broken.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{broken.server_port}"
        broken.shutdown()


@pytest.mark.parametrize("kind, status, said", [
    ("500", UPSTREAM, "Our disk is full."), ("html", UPSTREAM, "not what an image API answers"),
    ("empty", UPSTREAM, ""), ("none", UPSTREAM, "0 of 1"), ("damaged", UPSTREAM, "damaged"),
    ("many", UPSTREAM, "nobody asked for"), ("unsaid", REFUSED, "404")])
def test_failing_servers_are_4_and_leave_no_file(generate, tmp_path, nonsense, kind, status, said):
    done = generate("--server", f"{nonsense}/{kind}", "-o", "x.png")
    assert done.returncode == status and said in done.stderr
    assert names(tmp_path) == ([] if kind != "many" else ["x.png"]), "one was asked for"


def test_an_unreachable_server_is_4(generate):
    done = generate("--server", "http://127.0.0.1:1/v1")
    assert done.returncode == UPSTREAM and "could not be used" in done.stderr
    assert generate("--server", "file:///etc/passwd").returncode == UPSTREAM


def test_a_file_that_cannot_be_made_is_1(generate):
    done = generate("-o", "/nonexistent/x.png")
    assert done.returncode == FAILED and "/nonexistent/x.png" in done.stderr
    assert generate("-o", "/proc/x.png").returncode == FAILED


def test_a_full_disk_is_1(generate):
    with open("/dev/full", "wb") as full:
        done = subprocess.run([str(BINARY), "generate", PAGE, *QUICK, "-o", "-"], stdout=full,
                              stderr=subprocess.PIPE, text=True, env=clean_environment())
    assert done.returncode == FAILED and "No space left" in done.stderr


@pytest.mark.parametrize("arguments", [["models"], ["help"], ["--help"], ["help", "--man"],
                                       ["help", "config"], ["completion", "bash"],
                                       ["generate", PAGE, "--dry-run"], ["explain", "a mug"]])
def test_output_that_cannot_be_written_is_a_failure(arguments):
    with open("/dev/full", "wb") as full:
        done = subprocess.run([str(BINARY), *arguments], stdout=full, stderr=subprocess.PIPE,
                              text=True, env=clean_environment())
    assert done.returncode == FAILED and "No space left" in done.stderr


def test_explain_tells_what_is_understood_and_what_is_not():
    done = cli("explain", "two navy mugs beside a stack of books, golden hour, with a dragon")
    assert done.returncode == 0 and done.stderr == ""
    assert "mug" in done.stdout and "dragon" in done.stdout
    parsed = json.loads(cli("explain", "a white mug and a dragon", "--json").stdout)
    assert parsed["intent"]["kind"] == "scene" and parsed["scene"]
    assert json.loads(cli("explain", PAGE, "--json", "--size", "1024x1536").stdout)["page"]
    assert cli("explain", "x", "--size", "1x1").returncode == REFUSED


@pytest.mark.parametrize("prompt", ["", " ", '"\\\u0001\n', "🦊" * 100, "a " * 15000])
def test_explain_json_is_valid_for_any_prompt(prompt):
    done = cli("explain", "--json", "--", prompt)
    assert done.returncode == (REFUSED if prompt == "" else 0)
    assert prompt == "" or json.loads(done.stdout)["intent"]["prompt"] == prompt


def test_models_lists_what_a_server_lists(server):
    listed = {m["id"] for m in json.loads(server.request("GET", "/v1/models")[2])["data"]}
    lines = cli("models").stdout.splitlines()
    assert lines[0].split()[0] == "MODEL" and {line.split()[0] for line in lines[1:]} == listed


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command):
    by_option, by_command = cli(command, "--help"), cli("help", command)
    assert by_option.returncode == by_command.returncode == 0
    assert by_option.stdout == by_command.stdout and by_option.stderr == ""
    assert by_option.stdout.startswith(f"Usage: calotype {command}")
    assert max(map(len, by_option.stdout.splitlines())) <= 100
    assert f"  {command} " in cli("--help").stdout


def test_help_version_and_settings():
    assert re.fullmatch(r"calotype \d+\.\d+\.\d+\S*\n", cli("--version").stdout)
    assert cli("help").stdout == cli("--help").stdout == cli("-h").stdout
    for setting in ("listen", "data", "compat", "url_minutes", "log_format"):
        assert f"\n  {setting}: " in cli("help", "config").stdout


def test_the_manual_page_is_clean_roff(tmp_path):
    page = tmp_path / "calotype.1"
    page.write_text(cli("help", "--man").stdout)
    if not shutil.which("groff"):
        pytest.skip("groff is not installed")
    done = subprocess.run(["groff", "-man", "-Tutf8", "-ww", "-z", str(page)], capture_output=True,
                          text=True)
    assert (done.returncode, done.stderr) == (0, "")
    shown = subprocess.run(["groff", "-man", "-Tascii", "-P-cbou", str(page)], capture_output=True,
                           text=True).stdout
    for word in ("NAME", "SYNOPSIS", "COMMANDS", "SETTINGS", "EXIT STATUS", "calotype generate",
                 "--resolution", "CALOTYPE_LISTEN"):
        assert word in shown


def complete(*words):
    """What bash completes for a command line; the last word is being typed."""
    script = ("set -eu; source <(\"$0\" completion bash); COMP_WORDS=(calotype \"$@\"); "
              "COMP_CWORD=$#; compopt() { :; }; _calotype || true; "
              "printf '%s\\n' \"${COMPREPLY[@]-}\"; complete -p calotype")
    done = subprocess.run(["bash", "--norc", "-c", script, str(BINARY), *words],
                          capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    *found, registered = done.stdout.splitlines()
    assert registered == "complete -F _calotype calotype"
    return {word for word in found if word}


def test_bash_completes():
    assert complete("") >= set(COMMANDS)
    assert complete("gen") == {"generate"}
    assert complete("generate", "--qu") == {"--quality", "--quiet"}
    assert complete("generate", "x", "--quality", "m") == {"medium", "max"}
    assert complete("generate", "x", "--resolution", "") == {"1K", "2K", "4K"}
    assert complete("serve", "--l") == {"--listen"}
    assert complete("nonsense", "--l") == set()


def test_keys_are_shown_once_listed_and_revoked(tmp_path):
    def run(*arguments):
        return cli("key", *arguments, "--data", tmp_path)

    none = run("list")
    assert none.stdout == "" and "calotype key create NAME" in none.stderr
    made = run("create", "laptop of Ada")
    assert re.fullmatch(r"sk-calotype-[A-Za-z0-9_-]{43}\n", made.stdout), "a pipe gets the key alone"
    key_id = re.search(r"key_[0-9a-f]{12}", made.stderr)[0]
    assert "laptop of Ada" in made.stderr and made.stdout.strip() not in made.stderr
    listed = run("list").stdout
    assert re.fullmatch(rf"ID .* NAME\n{key_id} +\d{{4}}-\d\d-\d\d +active +never .* laptop of Ada\n",
                        listed)
    assert made.stdout.strip() not in listed
    assert made.stdout.strip().encode() not in (tmp_path / "calotype.db").read_bytes()
    assert (tmp_path / "calotype.db").stat().st_mode & 0o077 == 0
    assert run("revoke", key_id).returncode == 0
    assert " revoked " in run("list").stdout
    unknown = run("revoke", "key_000000000000")
    assert unknown.returncode == REFUSED and "key_000000000000" in unknown.stderr


def test_a_name_cannot_forge_lines_of_the_list(tmp_path):
    cli("key", "create", "a\nkey_000000000000 2026-01-01 sha256:" + "0" * 64 + " b", "--data",
        tmp_path)
    assert len(cli("key", "list", "--data", tmp_path).stdout.splitlines()) == 2  # one and the heading


def test_many_keys_made_at_once_are_all_kept(tmp_path):
    processes = [subprocess.Popen([str(BINARY), "key", "create", f"n{i}", "--data", str(tmp_path)],
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                  env=clean_environment()) for i in range(20)]
    assert [process.wait(timeout=60) for process in processes] == [0] * 20
    listed = cli("key", "list", "--data", tmp_path).stdout.splitlines()
    assert {line.split()[-1] for line in listed[1:]} == {f"n{i}" for i in range(20)}


class Terminal:
    """Runs a command with a terminal as its stderr (and stdout)."""

    def __init__(self, *arguments, cwd, environment=None):
        ours, theirs = pty.openpty()
        self.fd, self.seen = ours, b""
        plain = {k: v for k, v in clean_environment().items() if k not in (
            "KITTY_WINDOW_ID", "KONSOLE_VERSION", "TERM_PROGRAM", "LC_TERMINAL")}
        environment = plain | {"TERM": "xterm-256color"} | (environment or {})
        self.process = subprocess.Popen([str(BINARY), *arguments], cwd=cwd, env=environment,
                                        stdin=theirs, stdout=theirs, stderr=theirs,
                                        start_new_session=True)
        os.close(theirs)

    def read(self, until=None, seconds=120):
        """Everything written, up to its end or until the bytes are seen."""
        limit = time.monotonic() + seconds
        while time.monotonic() < limit and not (until and until in self.seen):
            if not select.select([self.fd], [], [], 0.5)[0]:
                continue
            try:
                self.seen += os.read(self.fd, 65536)
            except OSError:
                break  # the other side is closed: the end
        return self.seen

    def end(self):
        """The exit status, with everything read."""
        self.read()
        os.close(self.fd)
        return self.process.wait(timeout=60)


def test_progress_is_drawn_on_a_terminal_and_cleared(tmp_path):
    terminal = Terminal("generate", PAGE, *QUICK, cwd=tmp_path)
    assert terminal.end() == 0
    assert re.search(rb"\r\[[= ]{24}\] +\d+ %  \w+  \d+\.\d s\x1b\[K", terminal.seen)
    assert terminal.seen.rstrip().endswith(f"{SLUG}.png".encode())
    assert b"\r\x1b[K" in terminal.seen


def test_quiet_draws_no_progress(tmp_path):
    terminal = Terminal("generate", PAGE, *QUICK, "--quiet", cwd=tmp_path)
    assert terminal.end() == 0 and terminal.seen == f"{SLUG}.png\r\n".encode()


HALF_BLOCK = "▀".encode()


def test_show_draws_half_blocks_in_any_terminal(tmp_path):
    terminal = Terminal("generate", PAGE, *QUICK, "--show", "-q", cwd=tmp_path)
    assert terminal.end() == 0
    rows = [line for line in terminal.seen.split(b"\n") if HALF_BLOCK in line]
    assert len(rows) >= 10 and len({row.count(HALF_BLOCK) for row in rows}) == 1
    assert re.search(rb"\x1b\[38;2;\d+;\d+;\d+m\x1b\[48;2;\d+;\d+;\d+m", rows[0])
    assert rows[-1].rstrip().endswith(b"\x1b[0m"), "the terminal is left as it was"


@pytest.mark.parametrize("environment, start", [
    ({"TERM": "xterm-kitty"}, b"\x1b_Ga=T,f=100"), ({"TERM_PROGRAM": "iTerm.app"}, b"\x1b]1337;File="),
    ({"TERM": "foot"}, b"\x1bPq")])
def test_show_uses_what_the_terminal_can(tmp_path, environment, start):
    shown = Terminal("generate", PAGE, *QUICK, "--show", "-q", "--format", "webp", cwd=tmp_path,
                     environment=environment)
    assert shown.end() == 0 and start in shown.seen and HALF_BLOCK not in shown.seen


def test_show_writes_nothing_into_a_pipe(generate):
    done = generate("--show")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{SLUG}.png\n", "")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_generate_leaves_no_file(tmp_path, number):
    terminal = Terminal("generate", ENDLESS["prompt"], "--size", ENDLESS["size"], "--quality",
                        "high", cwd=tmp_path)
    terminal.read(until=b" %")
    terminal.process.send_signal(number)
    assert terminal.end() in (-number, 128 + number)
    assert names(tmp_path) == []


def test_an_interrupted_remote_generate_stops_the_server_too(tmp_path, server):
    terminal = Terminal("generate", ENDLESS["prompt"], "--size", ENDLESS["size"], "--quality",
                        "high", "--server", server.url, cwd=tmp_path)
    assert wait_until(lambda: server.jobs() == (0, 1))
    terminal.process.send_signal(signal.SIGINT)
    assert terminal.end() == -signal.SIGINT and names(tmp_path) == []
    assert wait_until(lambda: server.jobs() == (0, 0), 10)


def test_a_reader_that_closes_the_pipe_ends_it_quietly(tmp_path):
    done = subprocess.run(f"'{BINARY}' generate '{PAGE}' --size 1024x1024 --quality low -o - | head -c 8",
                          shell=True, cwd=tmp_path, capture_output=True, env=clean_environment())
    assert done.stdout == pictures.MAGIC["png"]


def test_edit_sends_a_form_and_says_what_it_would_send(tmp_path):
    from forms import noise_png, png
    (tmp_path / "a.png").write_bytes(png(128, 128))
    (tmp_path / "m.png").write_bytes(png(128, 128, alpha=True))
    (tmp_path / "big.png").write_bytes(noise_png(2600, 900))
    (tmp_path / "no.png").write_bytes(b"no picture")
    done = cli("edit", "a.png", "a.png", "--mask", "m.png", "-p", "make it blue", "-n", 2, "--dry-run", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.splitlines()[1:] == ["model=gpt-image-2", "prompt=make it blue", "n=2",
                                            *[f"image[]=({len(png(128, 128))} bytes)"] * 2,
                                            f"mask=({len(png(128, 128, alpha=True))} bytes)"]
    whole = f"image[]=({(tmp_path / 'big.png').stat().st_size} bytes)"
    assert whole not in cli("edit", "big.png", "-p", "x", "--dry-run", cwd=tmp_path).stdout
    assert whole in cli("edit", "big.png", "-p", "x", "--dry-run", "--no-resize", cwd=tmp_path).stdout
    for arguments, status, says in ((("a.png",), 2, "-p"), (("none.png", "-p", "x"), 2, "There is no file"),
                                    (("no.png", "-p", "x"), 3, "image 1"),
                                    (("a.png", "-p", "x", "--mask", "a.png"), 3, "no alpha")):
        done = cli("edit", *arguments, cwd=tmp_path)
        assert done.returncode == status and says in done.stderr, done.stderr


def test_edit_goes_to_the_server_that_is_named(server, tmp_path):
    from forms import noise_png
    (tmp_path / "a.png").write_bytes(noise_png(400, 300))
    before = len([line for line in server.log if "/v1/images/edits" in line])
    done = cli("edit", "a.png", "-p", "make it blue", "--quality", "low", "--server", server.url, cwd=tmp_path)
    assert done.returncode in (0, 3), done.stderr  # what the engine makes of it is another matter
    assert wait_until(lambda: len([l for l in server.log if "/v1/images/edits" in l]) == before + 1)


def test_a_mask_of_a_picture_drawn_here_is_the_thing_itself(tmp_path):
    where = {"CALOTYPE_DATA": str(tmp_path / "data")}
    def run(*arguments):
        return cli(*arguments, cwd=tmp_path, environment=where)
    assert run("generate", "a red apple beside a white bottle", "--size", "1024x640", "--quality", "low",
               "-q", "-o", "a.png").returncode == 0
    assert run("mask", "a.png", "the apple").stdout == "a-mask.png\n"
    picture, mask = ((tmp_path / name).read_bytes() for name in ("a.png", "a-mask.png"))
    assert pictures.size_of(mask) == (1024, 640) and pictures.png_has_alpha(mask)
    red, green, alpha = (pictures.png_channel(picture, 0), pictures.png_channel(picture, 1),
                         pictures.png_channel(mask, 3))
    apple = [i for i in range(len(red)) if red[i] > 60 and red[i] > 1.6 * green[i]]
    assert len(apple) > 5000 and sum(alpha[i] < 128 for i in apple) > 0.95 * len(apple)
    assert 0.9 * len(apple) < sum(a < 128 for a in alpha) < 2 * len(apple)
    assert run("mask", "a.png", "the elephant").returncode == REFUSED
    assert run("mask", "a.png", "the background", "-o", "a-mask.png").returncode == USAGE
    missing = run("mask", "missing.png", "the apple")
    assert missing.returncode == USAGE and missing.stderr == "calotype: There is no file 'missing.png'.\n"


def test_a_mask_of_a_photograph_is_told_by_a_colour_or_refused(tmp_path):
    """Also of a file with a colour space of its own, which a fresh process reads confined."""
    gamma = struct.pack(">I", 4) + b"gAMA" + struct.pack(">I", 100000 // 2)
    gamma += struct.pack(">I", zlib.crc32(gamma[4:]))
    plain = forms.png(160, 120)
    (tmp_path / "a.png").write_bytes(plain[:33] + gamma + plain[33:])
    done = cli("mask", "a.png", "the red square", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "a-mask.png\n"), done.stderr
    alpha = pictures.png_channel((tmp_path / "a-mask.png").read_bytes(), 3)
    assert abs(sum(a < 128 for a in alpha) - 80 * 60) < 400
    for phrase, says in (("the green square", "Nothing of that colour"), ("the spoon", "by its name")):
        done = cli("mask", "a.png", phrase, "-o", "b.png", cwd=tmp_path)
        assert done.returncode != 0 and says in done.stderr, (phrase, done.stderr)
