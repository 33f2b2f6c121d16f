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
rounds=${1:-5} seconds=${2:-3}
. "$(dirname -- "$0")/beside_nginx.sh"
cpus=$(nproc)
serve --set loops="$cpus"
server=$!

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
serve_nginx "$cpus" 'image/png png' "
        location = /refusal { default_type application/json; return 200 \"$(text "$refusal_size")\"; }
        location = /models { default_type application/json; return 200 \"$(text "$models_size")\"; }"
posting "$refusal" x >"$work/refusal.lua"

load() { # CONNECTIONS ARGUMENTS... -> requests per second
    wrk -t"$cpus" -c"$1" -d"${seconds}s" "${@:2}" | per_second
}

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

resident() { sed -n 's/VmRSS: *\([0-9]*\) kB/\1/p' "/proc/$server/status"; }
printf 'picture of %s bytes, refusal of %s, models of %s\n' "$(stat -c %s "$work/picture.png")" \
    "$refusal_size" "$models_size"
compare refusal 64 -s "$work/refusal.lua" $api/v1/images/generations -- \
    -s "$work/refusal.lua" $nginx/refusal
compare models 64 -H 'Authorization: Bearer x' $api/v1/models -- $nginx/models
compare picture 8 "$url" -- $nginx/picture.png
kill $server
wait $server 2>/dev/null || true

serve
server=$!
python3 - "$server" <<'PYTHON'
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
