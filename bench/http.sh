#!/bin/bash
# HTTP floor: Calotype beside nginx, same replies, taking turns: bench/http.sh [ROUNDS] [SECONDS]
#
#   refusal   POST an invalid generation, answered 400     nginx: `return 200` of the same size
#   models    GET /v1/models                                nginx: `return 200` of the same size
#   picture   a stored picture of 1.5 MB by signed URL      nginx: the same file, sendfile on
#   memory    resident at rest, and per held connection
#
# Both servers and the load share this machine's cores. Prints medians and the ratio.
set -eu
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/tools/setup.sh"
rounds=${1:-5} seconds=${2:-3}
need_packages "to measure" $build_packages $font_packages nginx-light wrk curl python3
build "$root/build" src/cli/calotype

work=$(mktemp -d)
chmod 755 "$work"
trap 'kill $(jobs -p) 2>/dev/null; wait 2>/dev/null; rm -rf "$work"' EXIT
cpus=$(nproc)

"$root/build/src/cli/calotype" serve --listen 127.0.0.1:18787 --data "$work/data" \
    --set log_level=warn --set loops="$cpus" >"$work/ready" 2>"$work/log" &
calotype=$!
until grep -q ready "$work/ready"; do sleep 0.05; done
api=http://127.0.0.1:18787

# A picture of about 1.5 MB: a photographic scene as PNG.
request='{"model":"gpt-image-2","prompt":"a ceramic mug on a wooden table, drape of linen","size":"1024x1024","quality":"low","response_format":"url"}'
url=$(curl -sS "$api/v1/images/generations" -H 'Authorization: Bearer x' \
    -H 'Content-Type: application/json' -d "$request" |
    python3 -c 'import json, sys; print(json.load(sys.stdin)["data"][0]["url"])')
curl -sS "$url" -o "$work/picture.png"

refusal='{"model":"gpt-image-2","prompt":"x","n":11}'
size_of() { curl -sS -o /dev/null -w '%{size_download}' -H 'Authorization: Bearer x' "$@"; }
refusal_size=$(size_of "$api/v1/images/generations" -H 'Content-Type: application/json' -d "$refusal")
models_size=$(size_of "$api/v1/models")
text() { head -c "$1" /dev/zero | tr '\0' x; }
cat >"$work/nginx.conf" <<CONF
worker_processes $cpus;
daemon off;
pid $work/nginx.pid;
error_log $work/error.log;
events { worker_connections 4096; }
http {
    access_log off;
    keepalive_requests 1000000000;
    sendfile on;
    tcp_nopush on;
    types { image/png png; }
    client_body_temp_path $work/b; proxy_temp_path $work/p; fastcgi_temp_path $work/f;
    uwsgi_temp_path $work/u; scgi_temp_path $work/s;
    server {
        listen 127.0.0.1:18788;
        root $work;
        location = /refusal { default_type application/json; return 200 "$(text "$refusal_size")"; }
        location = /models { default_type application/json; return 200 "$(text "$models_size")"; }
    }
}
CONF
nginx -p "$work" -c "$work/nginx.conf" &
until curl -s -o /dev/null http://127.0.0.1:18788/models; do sleep 0.05; done

cat >"$work/refusal.lua" <<LUA
wrk.method = "POST"
wrk.body = '$refusal'
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer x"
LUA
load() { # CONNECTIONS ARGUMENTS... -> requests per second
    wrk -t"$cpus" -c"$1" -d"${seconds}s" "${@:2}" | sed -n 's/Requests\/sec: *//p'
}
median() { sort -g | sed -n "$(((rounds + 1) / 2))p"; }

compare() { # NAME CONNECTIONS OURS... -- THEIRS...
    local name=$1 connections=$2 ours=() theirs=()
    shift 2
    while [ "$1" != -- ]; do ours+=("$1"); shift; done
    shift
    theirs=("$@")
    : >"$work/a"; : >"$work/b.txt"
    for ((i = 0; i < rounds; i++)); do
        load "$connections" "${ours[@]}" >>"$work/a"
        load "$connections" "${theirs[@]}" >>"$work/b.txt"
    done
    awk -v name="$name" -v a="$(median <"$work/a")" -v b="$(median <"$work/b.txt")" \
        'BEGIN { printf "%-10s calotype %9.0f/s   nginx %9.0f/s   ratio %.2f\n", name, a, b, a / b }'
}

resident() { sed -n 's/VmRSS: *\([0-9]*\) kB/\1/p' "/proc/$calotype/status"; }
printf 'picture of %s bytes, refusal of %s, models of %s\n' "$(stat -c %s "$work/picture.png")" \
    "$refusal_size" "$models_size"
compare refusal 64 -s "$work/refusal.lua" $api/v1/images/generations -- \
    -s "$work/refusal.lua" http://127.0.0.1:18788/refusal
compare models 64 -H 'Authorization: Bearer x' $api/v1/models -- http://127.0.0.1:18788/models
compare picture 8 "$url" -- http://127.0.0.1:18788/picture.png
kill $calotype
wait $calotype 2>/dev/null || true

"$root/build/src/cli/calotype" serve --listen 127.0.0.1:18787 --data "$work/data" \
    --set log_level=warn >"$work/ready" 2>"$work/log" &
calotype=$!
until grep -q ready "$work/ready"; do sleep 0.05; done
python3 - "$calotype" <<'PYTHON'
import resource, socket, sys, time

def resident():
    with open(f"/proc/{sys.argv[1]}/status") as f:
        return next(int(line.split()[1]) for line in f if line.startswith("VmRSS"))

resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
at_rest = resident()
held = [socket.create_connection(("127.0.0.1", 18787)) for _ in range(10000)]
for s in held:
    s.sendall(b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n")
for s in held:
    s.recv(4096)
time.sleep(1)
print(f"memory     at rest {at_rest / 1024:.1f} MB; with {len(held)} connections held, "
      f"{(resident() - at_rest) / len(held):.2f} KB each")
PYTHON
