# Calotype and nginx with the same replies, measured in turn; sourced by cache.sh and http.sh, which
# set rounds and seconds. Builds, makes a folder that goes with the script ($work), and gives:
#
#   $calotype   the program
#   $api        where it is served, $nginx where nginx is
root=$(CDPATH= cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/tools/setup.sh"
need_packages "to measure" $build_packages $font_packages nginx-light wrk curl python3
build "$root/build" src/cli/calotype
calotype=$root/build/src/cli/calotype api=http://127.0.0.1:18787 nginx=http://127.0.0.1:18788
work=$(mktemp -d)
chmod 755 "$work"
trap 'kill $(jobs -p) 2>/dev/null; wait 2>/dev/null; rm -rf "$work"' EXIT

# Starts it in the background (its process is $!); COMMAND... goes before the program.
serve() { # OPTIONS... [-- COMMAND...]
    local options=()
    : >"$work/ready"
    while [ $# -gt 0 ] && [ "$1" != -- ]; do options+=("$1"); shift; done
    "${@:2}" "$calotype" serve --listen 127.0.0.1:18787 --data "$work/data" --set log_level=warn \
        "${options[@]}" >"$work/ready" 2>"$work/log" &
    until grep -qs ready "$work/ready"; do sleep 0.05; done
}

serve_nginx() { # WORKERS TYPE LOCATIONS [COMMAND...]
    cat >"$work/nginx.conf" <<CONF
worker_processes $1;
daemon off;
pid $work/nginx.pid;
error_log $work/error.log;
events { worker_connections 4096; }
http {
    access_log off;
    keepalive_requests 1000000000;
    sendfile on;
    tcp_nopush on;
    types { $2; }
    client_body_temp_path $work/b; proxy_temp_path $work/p; fastcgi_temp_path $work/f;
    uwsgi_temp_path $work/u; scgi_temp_path $work/s;
    server { listen 127.0.0.1:18788; root $work; $3 }
}
CONF
    "${@:4}" nginx -p "$work" -c "$work/nginx.conf" &
    until curl -s -o /dev/null "$nginx/"; do sleep 0.05; done
}

posting() { # BODY KEY -> a script for wrk that posts it
    cat <<LUA
wrk.method = "POST"
wrk.body = '$1'
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer $2"
LUA
}

per_second() { sed -n 's/Requests\/sec: *//p'; } # of what wrk prints
median() { sort -g | sed -n "$(((rounds + 1) / 2))p"; }
