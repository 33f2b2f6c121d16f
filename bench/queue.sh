#!/bin/bash
# The queue over HTTP, while a rendering takes what CPU it gets: bench/queue.sh [SECONDS] [HELD_SECONDS]
#
#   submit   asynchronous generations, each synced to disk before its 202; 256 connections
#   held     1,000 requests wait for their turn while pictures of 2 MB go to other clients: resident
#            memory for each, and p99 of the others without and with them
#
# What the issue of held requests asks for is 120 s; HELD_SECONDS (20) is how long it is measured.
# build/bench/bench_queue measures the queue alone. Clients share the machine's cores.
set -eu
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/tools/setup.sh"
seconds=${1:-5} held=${2:-20}
need_packages "to measure" $build_packages $font_packages wrk curl python3
build "$root/build" src/cli/calotype
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; wait 2>/dev/null; rm -rf "$work"' EXIT

start() { # SETTING=VALUE...
    local set=()
    for one in "$@"; do set+=(--set "$one"); done
    : >"$work/ready"
    "$root/build/src/cli/calotype" serve --listen 127.0.0.1:18787 --data "$work/data" \
        --set log_level=warn --set runners=1 "${set[@]}" >"$work/ready" 2>"$work/log" &
    server=$!
    until grep -q ready "$work/ready"; do sleep 0.05; done
}
stop() {
    kill "$server"
    kill "$server" 2>/dev/null || true # the second is final
    wait "$server" 2>/dev/null || true
}
resident() { awk '/^VmRSS/ { print $2 }' "/proc/$server/status"; }
api=http://127.0.0.1:18787
endless='{"model":"gpt-image-2","prompt":"a white ceramic mug on a marble table","size":"1024x1024","quality":"high","n":10}'
busy() {
    curl -sS -o /dev/null "$api/v1/images/generations" -H 'Authorization: Bearer x' \
        -H 'Content-Type: application/json' -d "$endless" &
    until curl -sS "$api/health" | grep -q '"running":1'; do sleep 0.05; done
}

start task_queue=1000000
busy
cat >"$work/task.lua" <<'LUA'
wrk.method = "POST"
wrk.body = '{"model":"gpt-image-2","prompt":"a white ceramic mug on a marble table, soft window light","size":"1024x1024","quality":"low","async":true}'
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer x"
LUA
wrk -t1 -c256 -d"${seconds}s" -s "$work/task.lua" --latency $api/v1/images/generations >"$work/submit"
waiting=$(curl -sS "$api/health" | sed 's/.*"queued":\([0-9]*\).*/\1/')
grep -q 'Non-2xx' "$work/submit" && { cat "$work/submit"; exit 1; }
awk -v waiting="$waiting" -v kb="$(resident)" '/50%/ { p50 = $2 } /99%/ { p99 = $2 } /Requests\/sec/ { rate = $2 }
    END { printf "submit   %.0f/s, p50 %s, p99 %s; %d waiting, %.1f MB resident\n", rate, p50, p99, waiting, kb / 1024 }' "$work/submit"
stop

rm -rf "$work/data"
start queue=2000
python3 - "$api" "$server" "$held" <<'PYTHON'
import base64, json, re, resource, socket, statistics, subprocess, sys, time, urllib.request

api, server, seconds = sys.argv[1], int(sys.argv[2]), sys.argv[3]
resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)

def resident():
    with open(f"/proc/{server}/status") as f:
        return next(int(line.split()[1]) for line in f if line.startswith("VmRSS"))

def request(body):
    data = json.dumps({"model": "gpt-image-2"} | body).encode()
    return (f"POST /v1/images/generations HTTP/1.1\r\nHost: 127.0.0.1:18787\r\nAuthorization: Bearer x\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(data)}\r\n\r\n").encode() + data

def get(path):
    with urllib.request.urlopen(api + path) as reply:
        return json.load(reply)

def draw(body):
    data = json.dumps({"model": "gpt-image-2"} | body).encode()
    with urllib.request.urlopen(urllib.request.Request(
            api + "/v1/images/generations", data, {"Authorization": "Bearer x", "Content-Type": "application/json"})) as reply:
        return json.load(reply)

url = draw({"prompt": "a meadow of grass and trees under clouds", "size": "2048x1152", "quality": "low",
            "output_format": "png", "response_format": "url", "style": "vivid"})["data"][0]["url"]
with urllib.request.urlopen(url) as reply:
    size = len(reply.read())
if size < 2e6:
    sys.exit(f"The picture that flows to the others has {size} bytes; 2 MB are to be measured.")

def p99(label):
    out = subprocess.run(["wrk", "-t1", "-c8", f"-d{seconds}s", "--latency", url], capture_output=True, text=True).stdout
    ms = lambda text: float(re.sub("[a-z]", "", text)) * {"us": 0.001, "ms": 1, "s": 1000}[re.sub("[0-9.]", "", text)]
    rate = float(re.search(r"Requests/sec:\s+([0-9.]+)", out)[1])
    worst = ms(re.search(r"99%\s+(\S+)", out)[1])
    print(f"held     {label}: {rate:.0f} pictures of {size / 1e6:.1f} MB a second, p99 {worst:.1f} ms")
    return worst

def hold(n):
    body = {"prompt": "a white ceramic mug on a marble table", "size": "1024x1024", "quality": "high", "n": 10}
    sockets = [socket.create_connection(("127.0.0.1", 18787)) for _ in range(n)]
    for s in sockets:
        s.sendall(request(body))
    return sockets

first = hold(1)
while get("/health")["jobs"]["running"] < 1:
    time.sleep(0.05)
start = resident()
without = p99("without waiting requests")
before = resident()
print(f"held     {before - start:+d} KB resident meanwhile, the rendering's")
sockets = hold(1000)
while get("/health")["jobs"]["queued"] < 1000:
    time.sleep(0.05)
at = resident()
with_them = p99("while 1000 wait          ")
print(f"held     {(at - before) / 1000:.1f} KB resident each; {resident() - at:+d} KB in all meanwhile; "
      f"p99 {100 * (with_them / without - 1):+.0f} %")
PYTHON
stop
