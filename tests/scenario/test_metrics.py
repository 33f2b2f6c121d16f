"""GET /metrics: what is counted, that Prometheus can read it, and who may."""

import json
import re
import shutil
import subprocess

import pytest

from calotype import FAST, ROOT, Server, cli, wait_until

PATH = "/v1/images/generations"
SAMPLE = re.compile(r'([a-z_]+)(?:\{([^}]*)\})? (-?[0-9.]+)')
TABLE = re.compile(r'^CT_METRIC\(\w+, "(\w+)", "(\w+)", "([^"]*)", "(.*)"\)$', re.M)


def described():
    """{name: (type, labels)} of the table that the program is built from."""
    text = (ROOT / "src/api/metrics.def").read_text()
    return {name: (kind, tuple(filter(None, labels.split(",")))) for name, kind, labels, _ in TABLE.findall(text)}


def read(server, **headers):
    status, fields, body = server.request("GET", "/metrics", headers={"Authorization": None} | headers)
    assert status == 200, body
    assert fields["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    samples = {}
    for line in body.decode().splitlines():
        if line.startswith("#"):
            continue
        name, labels, value = SAMPLE.fullmatch(line).groups()
        key = (name, labels or "")
        assert key not in samples, f"{line} stands twice"
        samples[key] = float(value)
    return samples


def total(samples, name, *parts):
    return sum(v for (n, labels), v in samples.items() if n == name and all(p in labels for p in parts))


@pytest.fixture(scope="module")
def counted():
    with Server() as server:
        yield server


def test_what_is_written_is_what_the_table_describes(counted):
    counted.generate(**FAST)
    text = counted.request("GET", "/metrics")[2].decode()
    types = dict(re.findall(r"# TYPE (\w+) (\w+)", text))
    table = described()
    assert types == {name: kind for name, (kind, _) in table.items()} and len(table) > 20
    for name, labels in read(counted):
        family = name if name in table else re.sub("_(bucket|sum|count)$", "", name)
        kind, names = table[family]
        found = [n for n in re.findall(r'(\w+)="', labels) if (kind, n) != ("histogram", "le")]
        assert tuple(found) == names, (name, labels)


def test_promtool_finds_nothing_to_complain_of(counted):
    if not shutil.which("promtool"):
        pytest.skip("promtool is not installed (Debian: prometheus)")
    counted.generate(**FAST)
    text = counted.request("GET", "/metrics")[2]
    done = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_a_picture_is_counted_with_its_stages_tokens_and_cost(counted):
    before = read(counted)
    status, _, reply = counted.generate(**FAST | {"n": 2})
    assert status == 200
    after = read(counted)

    def rose(name, *parts):
        return round(total(after, name, *parts) - total(before, name, *parts), 9)
    for stage in ("receive", "queue", "draw", "encode", "store", "send", "total"):
        assert rose("calotype_stage_seconds_count", 'engine="scene"', f'stage="{stage}"') == 1, stage
        assert rose("calotype_stage_seconds_bucket", f'stage="{stage}"', 'le="+Inf"') == 1
    assert 0 < rose("calotype_stage_seconds_sum", 'stage="draw"') < rose(
        "calotype_stage_seconds_sum", 'stage="total"')
    assert rose("calotype_pictures_total", 'engine="scene"') == 2
    usage = reply["usage"]
    assert rose("calotype_tokens_total", 'kind="output"') == usage["output_tokens"] == 2 * 196
    assert rose("calotype_tokens_total", 'kind="input"') == usage["input_tokens"]
    cost = usage["output_tokens"] * 30000 + usage["input_tokens"] * 5000
    assert rose("calotype_spend_dollars_total", 'kind="simulated"') == round(cost / 1e9, 9)
    assert rose("calotype_spend_dollars_total", 'kind="real"') == 0
    assert rose("calotype_jobs_ended_total", 'state="done"') == 1
    assert rose("calotype_cache_requests_total") == 1
    assert rose("calotype_http_requests_total", f'route="POST {PATH}"', 'class="2xx"') == 1
    assert rose("calotype_http_sent_bytes_total") > 1000 and rose("calotype_http_received_bytes_total") > 100
    assert rose("calotype_database_commits_total") > 0


def test_errors_are_counted_by_what_went_wrong(counted):
    before = read(counted)
    counted.generate(**FAST | {"n": 0})
    counted.generate(**FAST | {"model": "nope"})
    counted.request("GET", "/v1/nowhere")
    after = read(counted)
    for labels in ('error="E_INT_MIN",code="integer_below_min_value",status="400"',
                   'error="E_URL",code="",status="404"'):
        key = ("calotype_errors_total", labels)
        assert after[key] == before[key] + 1
    assert total(after, "calotype_errors_total") == total(before, "calotype_errors_total") + 3


def test_nothing_a_client_says_makes_a_series(counted):
    counted.request("GET", "/v1/nowhere/0")
    counted.generate(**FAST)
    known = set(read(counted))
    for i in range(20):
        counted.request("GET", f"/v1/nowhere/{i}?x={i}")
        counted.request("GET", f"/{i}", headers={"X-Forwarded-For": str(i), "User-Agent": str(i)})
        counted.request("PUT" if i % 2 else f"M{i}", "/v1/models")
        counted.generate(**FAST | {"model": f"m{i}", "user": f"u{i}"})
    grown = set(read(counted)) - known
    assert len(grown) <= 3, grown  # a class or two of a route that was not asked for before


def test_the_queue_and_the_callbacks_are_seen():
    with Server("--set", "runners=1", "--set", "drain_seconds=0") as server:
        slow = {"model": "gpt-image-2", "prompt": "a mug", "size": "3840x2160", "quality": "high", "async": True}
        for _ in range(3):
            assert server.request("POST", PATH, slow)[0] == 202
        assert wait_until(lambda: read(server)[("calotype_jobs_running", "")] == 1)
        samples = read(server)
        assert samples[("calotype_jobs_waiting", 'lane="background"')] == 2
        assert samples[("calotype_jobs_waiting", 'lane="interactive"')] == 0
        assert samples[("calotype_callbacks", 'state="pending"')] == 0
        assert samples[("calotype_callbacks", 'state="dead"')] == 0
        assert samples[("process_open_fds", "")] > 10 and samples[("process_threads", "")] > 3
        assert abs(samples[("process_resident_memory_bytes", "")] - server.memory_bytes()) < 64 << 20
        assert samples[("calotype_data_free_bytes", "")] > 0


def test_others_need_a_key_with_the_scope(tmp_path):
    def make(*scopes):
        return {"Authorization": "Bearer " + cli("key", "create", "k", "--data", tmp_path, *scopes).stdout.strip()}
    plain, metrics, admin = make(), make("--scopes", "metrics"), make("--scopes", "admin")
    with Server(data=tmp_path) as server:
        def ask(headers, **more):
            status, _, body = server.request("GET", "/metrics", headers=headers | more)
            return status, None if status == 200 else json.loads(body)["error"]["code"]
        none = {"Authorization": None}
        assert ask(none)[0] == 200, "whoever is on this machine may look"
        for name in ("X-Forwarded-For", "Forwarded", "Via"):
            behind_proxy = {name: "203.0.113.9"}
            assert ask(none, **behind_proxy)[0] == 401
            assert ask(plain, **behind_proxy) == (403, "missing_scope")
            assert ask(metrics, **behind_proxy)[0] == ask(admin, **behind_proxy)[0] == 200
        assert server.request("GET", "/v1/models", headers=metrics)[0] == 200
        assert server.request("GET", "/v1/tasks", headers=metrics)[0] == 403


def names_in(query):
    """Names of metrics, and of the labels that a query picks or groups by, in PromQL."""
    names = set(re.findall(r"\b((?:calotype|process)_[a-z_]+)\b", query))
    labels = set(re.findall(r'(\w+)\s*(?:=~|!=|=)\s*"', query))
    for group in re.findall(r"by \(([^)]*)\)", query):
        labels |= {name.strip() for name in group.split(",")}
    return names, labels


def test_the_dashboard_asks_for_metrics_that_exist():
    table = described()
    dashboard = json.loads((ROOT / "dashboards/calotype.json").read_text())
    queries = [t["expr"] for panel in dashboard["panels"] for t in panel["targets"]]
    assert len(queries) > 20
    for query in queries:
        names, labels = names_in(query)
        assert names, query
        known = {"instance", "le"}
        for name in names:
            family = name if name in table else re.sub("_(bucket|sum|count)$", "", name)
            assert family in table, f"{name} in {query}"
            assert (family != name) == (table[family][0] == "histogram"), name
            known |= set(table[family][1])
        assert labels <= known, query
        if shutil.which("promtool"):
            plain = query.replace("$__rate_interval", "5m").replace("$instance", ".*")
            rule = json.dumps({"groups": [{"name": "g", "rules": [{"record": "r", "expr": plain}]}]})
            done = subprocess.run(["promtool", "check", "rules", "/dev/stdin"], input=rule, text=True, capture_output=True)
            assert done.returncode == 0, (query, done.stdout, done.stderr)
    used = set().union(*(names_in(q)[0] for q in queries))
    assert {"calotype_stage_seconds_bucket", "calotype_spend_dollars_total", "calotype_errors_total"} <= used


def test_the_manual_describes_every_metric():
    text = (ROOT / "docs/operations.md").read_text()
    rows = dict(re.findall(r"^\| `(\w+)`(?: \(([a-z, ]+)\))? \|", text, re.M))
    for name, (_, labels) in described().items():
        assert name in rows, name
        assert tuple(filter(None, (rows[name] or "").split(", "))) == labels, name
    assert not {n for n in rows if n.startswith(("calotype_", "process_"))} - set(described())
