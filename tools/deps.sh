#!/bin/sh
# Installs what building (`build`), making pictures (`pictures`, which building can do without) or
# testing (`test`) needs and is missing; says what it installs.
# With --tell it only says what is missing and how to get it, and fails.
# pkg-config decides whether a library is there, the name of its command whether a tool is.
set -eu

tell=no
if [ "${1:-}" = --tell ]; then
    tell=yes
    shift
fi

# What is checked, then the Debian package that brings it.
needed() {
    case $1 in
    build)
        cat <<END
command cc gcc
header stdio.h libc6-dev
command ar binutils
command pkg-config pkg-config
library libmicrohttpd libmicrohttpd-dev
library libcmark libcmark-dev
library yaml-0.1 libyaml-dev
library libgit2 libgit2-dev
library libutf8proc libutf8proc-dev
library gumbo libgumbo-dev
header libstemmer.h libstemmer-dev
library libcurl libcurl4-openssl-dev
library libdeflate libdeflate-dev
library libbrotlienc libbrotli-dev
library libzstd libzstd-dev
file /usr/share/zoneinfo/Europe/London tzdata
END
        ;;
    pictures)
        cat <<END
library vips libvips-dev
library fontconfig libfontconfig-dev
END
        ;;
    test)
        cat <<END
command git git
command bats bats
command curl curl
command zsh zsh
command fish fish
command mandoc mandoc
command xmllint libxml2-utils
command valgrind valgrind
command brotli brotli
command zstd zstd
command yamllint yamllint
library cmocka libcmocka-dev
library libical libical-dev
command python3 python3
file /usr/lib/python3/dist-packages/PIL python3-pil
command vips libvips-tools
command exiftool libimage-exiftool-perl
END
        ;;
    bench)
        cat <<END
command hugo hugo
command node nodejs
command npm npm
command python3 python3
library libcmark libcmark-dev
END
        ;;
    *)
        echo "usage: tools/deps.sh [--tell] build|pictures|test|bench ..." >&2
        exit 2
        ;;
    esac
}

there() {
    case $1 in
    command) command -v "$2" >/dev/null 2>&1 ;;
    library) pkg-config --exists "$2" 2>/dev/null ;;
    header) [ -e "/usr/include/$2" ] ;;
    file) [ -e "$2" ] ;;
    esac
}

missing=
for what in "$@"; do
    list=$(needed "$what")
    while read -r kind name package; do
        there "$kind" "$name" || missing="$missing $package"
    done <<END
$list
END
done
[ -n "$missing" ] || exit 0

if [ $tell = yes ]; then
    echo "copse cannot be built yet; missing:$missing" >&2
    echo "(Debian's names.) \`make deps\` installs them." >&2
    exit 1
fi
if ! command -v apt-get >/dev/null 2>&1; then
    echo "Please install these first (the names are Debian's; your system's may differ):" >&2
    echo "   $missing" >&2
    echo "then run make again." >&2
    exit 1
fi
as_root=
if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        echo "Please run this as root, then make again:" >&2
        echo "    apt-get install$missing" >&2
        exit 1
    fi
    as_root=sudo
fi

echo "Installing what is missing:$missing"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# A stale package list is worth a try: the install says what is wrong.
$as_root apt-get update >"$log" 2>&1 || cat "$log" >&2
# The names are ours and hold no blanks.
# shellcheck disable=SC2086
if ! $as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y --no-install-recommends $missing >"$log" 2>&1; then
    cat "$log" >&2
    echo "The packages above could not be installed:$missing" >&2
    exit 1
fi
