#!/bin/bash
# Cached generations beside nginx, on one core each in turn: bench/cache.sh [ROUNDS] [SECONDS]
#
#   hit      POST /v1/images/generations that the cache answers: key, rate limits, budget and ledger
#            on; about 4 KB of JSON                       nginx: the same bytes from a file, by GET
#   static   GET /health/live: a bare answer of the same server
#   latency  one connection: p50 of both, and their difference
#
# Server and nginx run on core 0 with one thread each, wrk on core 1. Prints medians.
set -eu
rounds=${1:-5} seconds=${2:-3}
. "$(dirname -- "$0")/beside_nginx.sh"

secret=$("$calotype" key create bench --data "$work/data" \
    --rpm 1000000000 --ipm 1000000000 --budget-month 1000000)
serve --set loops=1 --set cache=true --set cache_price=1 -- taskset -c 0
request='{"model":"gpt-image-2","prompt":"three weather icons","output_format":"svg"}'
ask() {
    curl -sS "$api/v1/images/generations" -H "Authorization: Bearer $secret" \
        -H 'Content-Type: application/json' -d "$request" "$@"
}
until ask -D - -o "$work/reply.json" | grep -q 'x-calotype-cache: hit'; do sleep 0.1; done
chmod 644 "$work/reply.json"
posting "$request" "$secret" >"$work/hit.lua"
serve_nginx 1 'application/json json' '' taskset -c 0

load() { # ARGUMENTS... -> requests per second
    taskset -c 1 wrk -t1 -c32 -d"${seconds}s" "$@" | per_second
}
p50() { # ARGUMENTS... -> microseconds
    taskset -c 1 wrk -t1 -c1 -d"${seconds}s" --latency "$@" |
        awk '$1 == "50%" { v = $2; u = v; sub(/[0-9.]+/, "", u); sub(/[a-z]+/, "", v)
                           print u == "ms" ? v * 1000 : u == "s" ? v * 1000000 : v }'
}

for ((i = 0; i < rounds; i++)); do
    load -s "$work/hit.lua" $api/v1/images/generations >>"$work/hit"
    load $nginx/reply.json >>"$work/nginx"
    load $api/health/live >>"$work/static"
    p50 -s "$work/hit.lua" $api/v1/images/generations >>"$work/hit.us"
    p50 $api/health/live >>"$work/static.us"
done
ask -D - -o /dev/null | grep -i 'x-calotype-cache'
printf 'reply of %s bytes\n' "$(stat -c %s "$work/reply.json")"
awk -v h="$(median <"$work/hit")" -v n="$(median <"$work/nginx")" -v s="$(median <"$work/static")" \
    -v hu="$(median <"$work/hit.us")" -v su="$(median <"$work/static.us")" 'BEGIN {
    printf "hit      %8.0f/s on one core   nginx %8.0f/s   ratio %.2f   static %8.0f/s\n", h, n, h / n, s
    printf "latency  p50 %.0f us, of a static answer %.0f us, added %.0f us\n", hu, su, hu - su }'
"$calotype" usage --data "$work/data" --by day --json
cat "$work/log" >&2
