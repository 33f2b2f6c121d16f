#!/bin/sh
# The HTTP server against nginx on the same machine, runs interleaved: requests per second of a
# small JSON reply and of a 1.5 MB file. Needs wrk and nginx.
#   bench/http.sh build/bench/http_hello [rounds] [seconds]
# Read the ratios, not the figures: other load on the machine hits both.
set -eu
hello=$1
rounds=${2:-5}
seconds=${3:-3}
dir=$(mktemp -d)
head -c 1500000 /dev/urandom >"$dir/file"
chmod 755 "$dir" # nginx drops its rights
cat >"$dir/nginx.conf" <<CONF
worker_processes 2;
pid $dir/pid;
error_log /dev/null;
daemon off;
events { worker_connections 16384; }
http {
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000000;
    client_body_temp_path $dir/body; proxy_temp_path $dir/proxy; fastcgi_temp_path $dir/fcgi;
    uwsgi_temp_path $dir/uwsgi; scgi_temp_path $dir/scgi;
    server {
        listen 127.0.0.1:8798 reuseport;
        default_type application/json;
        location = / { return 200 '{"object":"list","data":[{"id":"gpt-image-2"}]}'; }
        location = /file { alias $dir/file; }
    }
}
CONF
nginx -c "$dir/nginx.conf" -p "$dir" 2>/dev/null &
nginx_pid=$!
"$hello" 127.0.0.1:8799 2 "$dir/file" &
hello_pid=$!
trap 'kill $nginx_pid $hello_pid; wait; rm -rf "$dir"' EXIT
sleep 1

rate() { # port path connections
    wrk -t1 -c"$3" -d"${seconds}s" "http://127.0.0.1:$1$2" | awk '/Non-2xx/ { bad = 1 } /Requests\/sec/ { print bad ? 0 : $2 }'
}
for what in "/ 64" "/file 8"; do
    set -- $what
    i=0
    while [ $i -lt "$rounds" ]; do
        nginx_rate=$(rate 8798 "$1" "$2")
        hello_rate=$(rate 8799 "$1" "$2")
        echo "$1 $nginx_rate $hello_rate" |
            awk '{ printf "%-6s nginx %9.0f/s  calotype %9.0f/s  ratio %.2f\n", $1, $2, $3, $3 / $2 }'
        i=$((i + 1))
    done
done
