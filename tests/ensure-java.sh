#!/bin/sh
# Sees to a Java that runs, for the markup validator; all talk goes to standard error.
set -eu

say() { printf 'ensure-java: %s\n' "$*" >&2; }
runs() { java -version </dev/null >/dev/null 2>&1; }

runs && exit 0
sudo=no
if [ "$(id -u)" = 0 ]; then
    sudo=
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    sudo="sudo -n"
fi
if command -v apt-get >/dev/null && [ "$sudo" != no ]; then
    say "no Java here, installing Debian's"
    if { $sudo apt-get update -q && $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -q -y default-jre-headless; } \
        </dev/null >&2; then
        runs && exit 0
    fi
    say "that gave no Java that runs"
fi
say "the test of the markup needs Java: install one"
exit 1
