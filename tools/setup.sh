# Shared by ./run, ./test and the benches: packages and builds. Sourced; needs $root.
#
# need_packages WHY PACKAGE...   installs what is missing, says so in one line, never asks
# build DIR TARGET... [-- MESON_OPTION...]   configures once, builds quietly, shows errors

build_packages="gcc meson ninja-build pkg-config libssl-dev libyaml-dev libisal-dev
libjpeg62-turbo-dev libwebp-dev libpng-dev liblcms2-dev libcairo2-dev libpango1.0-dev
libcurl4-openssl-dev libsqlite3-dev wordnet-base unicode-data"
font_packages="fonts-inter fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji
fonts-bebas-neue fonts-dancingscript"

need_packages() {
    why=$1
    shift
    missing=
    installed=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' "$@" 2>/dev/null |
        sed -n 's/ installed$//p')
    for package in "$@"; do
        case "
$installed
" in
        *"
$package
"*) ;;
        *) missing="$missing $package" ;;
        esac
    done
    [ -z "$missing" ] && return 0
    if ! command -v apt-get >/dev/null; then
        echo "Calotype needs these Debian 12 packages ($why), and there is no apt-get here:$missing" >&2
        return 1
    fi
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        if ! sudo -n true 2>/dev/null; then
            echo "Missing packages ($why). Please run: sudo apt-get install -y$missing" >&2
            return 1
        fi
        as_root="sudo -n"
    fi
    echo "Installing packages ($why):$missing" >&2
    log=$(mktemp)
    if { $as_root apt-get update -q &&
        $as_root env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -q --no-install-recommends $missing; } >"$log" 2>&1 </dev/null; then
        rm -f "$log"
        return 0
    fi
    tail -n 20 "$log" >&2
    rm -f "$log"
    echo "The packages could not be installed; the lines above say why." >&2
    return 1
}

build() {
    dir=$1
    shift
    targets=
    while [ $# -gt 0 ] && [ "$1" != -- ]; do
        targets="$targets $1"
        shift
    done
    [ $# -gt 0 ] && shift
    log=$(mktemp)
    if [ ! -f "$dir/build.ninja" ]; then
        echo "Building Calotype in ${dir##*/}/ (once; a minute or two) ..." >&2
        if ! meson setup "$dir" "$root" "$@" >"$log" 2>&1 </dev/null; then
            tail -n 30 "$log" >&2
            rm -f "$log"
            return 1
        fi
    fi
    if ! ninja -C "$dir" $targets >"$log" 2>&1 </dev/null; then
        grep -v '^\[' "$log" | tail -n 60 >&2
        rm -f "$log"
        return 1
    fi
    rm -f "$log"
}
