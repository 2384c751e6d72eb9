#!/usr/bin/env python3
"""The window for whoever changes it: the UI is reloaded as it is saved, Rust is built and started anew.

The pages come from Vite's server instead of from the program. Choices and history are in .cache/dev, apart
from those of a Signet that is installed; the keychain is this person's own.
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SERVER = "http://localhost:1420"
# With the program's own form of packages, so that what `make test` compiled is not compiled once more.
BUILD = [
    "cargo",
    "build",
    "--workspace",
    "--exclude",
    "bare-window",
    "--bin",
    "signet-desktop",
    "--no-default-features",
]
WATCHED = ["src-tauri", "Cargo.toml", "Cargo.lock", "tauri.conf.json"]


def environment():
    """That of the person, with an own place for everything that is written, and the server for the pages."""
    there = ROOT / ".cache/dev"
    folders = {name: str(there / name) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
    for folder in folders.values():
        Path(folder).mkdir(parents=True, exist_ok=True)
    # Another identifier, for a second window of the same one would only bring the first to the front.
    config = {"identifier": "app.signet.desktop.dev", "build": {"devUrl": SERVER}}
    return os.environ | folders | {"TAURI_CONFIG": json.dumps(config)}


def newest():
    """When something of the Rust side was last saved."""
    files = [ROOT / name for name in WATCHED]
    files += [file for file in (ROOT / "src-tauri").rglob("*") if file.suffix in (".rs", ".js", ".toml", ".json")]
    return max(file.stat().st_mtime for file in files if file.exists())


def stop(process):
    if process is not None and process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def main():
    # Both end it in the same way, also where it was started in the background.
    for signal_number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signal_number, signal.default_int_handler)
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        print("There is no display for a window here. make dev-ui shows the UI alone, to a browser.", file=sys.stderr)
        return 1
    env = environment()
    server = subprocess.Popen(
        ["npm", "run", "--silent", "dev:window"], cwd=ROOT / "ui", start_new_session=True, stdin=subprocess.DEVNULL
    )
    window = None
    try:
        while server.poll() is None:
            seen = newest()
            if subprocess.run(BUILD, cwd=ROOT, env=env, check=False).returncode == 0:
                window = subprocess.Popen([ROOT / "target/debug/signet-desktop"], env=env, start_new_session=True)
            while newest() == seen:
                if server.poll() is not None or (window is not None and window.poll() is not None):
                    return 0
                time.sleep(0.5)
            print("==> Rust was changed: building and starting the window anew", flush=True)
            stop(window)
            window = None
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        stop(window)
        stop(server)


if __name__ == "__main__":
    sys.exit(main())
