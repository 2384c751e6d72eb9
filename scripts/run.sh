#!/usr/bin/env bash
# Opens the window. Without any display: on a virtual one, where it makes a practice link through
# the window, fetches it, prints both, and leaves a picture. Its argument is where the programs are.
set -euo pipefail
cd "$(dirname "$0")/.."
programs=${1:-target/local}

if [[ -n ${DISPLAY:-} || -n ${WAYLAND_DISPLAY:-} || $(uname) != Linux ]]; then
  exec "$programs/signet"
fi
printf '==> No display: opening the window on a virtual one\n'
exec python3 tests/window/practice_run.py "$programs/signet-desktop" target/signet-window.png
