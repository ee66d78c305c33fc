#!/bin/sh
# Prints the path of a Chromium that runs, and nothing else, on standard output; all talk goes to standard
# error, so that `CHROMIUM="$(tests/ensure-chromium.sh)"` works. A machine without a browser gets one, or a
# failure: tests that quietly skip are tests that nobody notices missing.
set -eu

say() { printf 'ensure-chromium: %s\n' "$*" >&2; }

# A name on PATH proves little: Ubuntu's chromium-browser, for one, may be a stub that only asks for a snap.
runs() { [ -n "$1" ] && "$1" --version </dev/null >/dev/null 2>&1; }

on_path() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        path="$(command -v "$name" || true)"
        if runs "$path"; then
            printf '%s\n' "$path"
            return 0
        fi
    done
    return 1
}

root="$(cd "$(dirname "$0")/.." && pwd)"
python="$root/.venv/bin/python"

of_playwright() {
    [ -x "$python" ] || return 1
    path="$("$python" - 2>/dev/null <<'PYTHON' || true
from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
PYTHON
    )"
    runs "$path" && printf '%s\n' "$path"
}

if [ -n "${CHROMIUM:-}" ]; then
    path="$(command -v "$CHROMIUM" || true)"
    # A wrong wish is an error: to test another browser than the one asked for would mislead.
    runs "$path" || { say "CHROMIUM=$CHROMIUM is no browser that runs here"; exit 1; }
    printf '%s\n' "$path"
    exit 0
fi

on_path && exit 0
of_playwright && exit 0

sudo=no
if [ "$(id -u)" = 0 ]; then
    sudo=
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    sudo="sudo -n"
fi
if command -v apt-get >/dev/null && [ "$sudo" != no ]; then
    say "no Chromium here, installing Debian's"
    if { $sudo apt-get update -q && $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -q -y chromium; } \
        </dev/null >&2; then
        on_path && exit 0
    fi
    say "that gave no Chromium that runs"
fi

if [ -x "$root/.venv/bin/playwright" ]; then
    say "no Chromium here, asking Playwright for its own"
    if "$root/.venv/bin/playwright" install chromium </dev/null >&2; then
        of_playwright && exit 0
    fi
    say "that gave no Chromium that runs"
fi

say "the browser tests need a Chromium: install one, or set CHROMIUM to the path of one"
exit 1
