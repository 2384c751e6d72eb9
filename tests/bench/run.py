"""Signet's window beside a bare Tauri window from the same tree: start, memory, size, and the way
from *Create link* to the link. Every figure is a ratio or a difference measured in this run.

    python run.py PROGRAMS    (the folder with signet-desktop and bare-window)
"""

import mmap
import os
import re
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "window"))
from stage import Stage, Window, wait_for
from steps import add_papers

PROGRAMS = Path(sys.argv[1]).resolve()
SIGNET, BARE = PROGRAMS / "signet-desktop", PROGRAMS / "bare-window"
STARTS, LINKS = 15, 40
# The colour of the one main button in both windows, as it lies in the screen's memory.
BUTTON = bytes((0x8F, 0x47, 0x23))


class Screen:
    """The pixels of the stage's display, without asking the display for them."""

    def __init__(self, stage):
        path = stage.root / "Xvfb_screen0"
        with wait_for("the screen's memory", lambda: path.exists() and path.open("rb")) as file:
            self.memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def shows_button(self):
        return len(re.findall(re.escape(BUTTON) + b".", self.memory, re.DOTALL)) > 3000


def start(program):
    """Seconds from the start of the program to its button on the screen, and its memory in MiB."""
    with Stage(keychain=False) as stage:
        screen = Screen(stage)
        # One who sits at a computer has started programs before: what all windows load is in memory.
        began = time.monotonic()
        process = stage.start(str(program))
        while not screen.shows_button():
            assert time.monotonic() < began + 30, "no button came up"
            time.sleep(0.001)
        seconds = time.monotonic() - began
        time.sleep(2)
        return seconds, memory_of(process.pid)


def memory_of(session):
    """What all processes of the session have, shared pages divided among those that share them."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(stat.read_text().rsplit(")", 1)[1].split()[3]) == session:
                rollup = (stat.parent / "smaps_rollup").read_text()
                total += int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
    return total / 1024


TIMED_CALL = """
    const [command] = arguments;
    window.took = null;
    const began = performance.now();
    window.__TAURI_INTERNALS__.invoke(command, {}).then(() => (window.took = performance.now() - began));
"""

TIMED_LINK = """
    window.took = null;
    const button = [...document.querySelectorAll("button")].find((b) => b.textContent === "Create link");
    const began = performance.now();
    new MutationObserver((_, observer) => {
        if (document.getElementById("link") === null) return;
        observer.disconnect();
        window.took = performance.now() - began;
    }).observe(document.body, { childList: true, subtree: true });
    button.click();
"""


def took(window, script, *arguments):
    window.script(script, *arguments)
    # In a list, for WebKit's clock ticks in milliseconds and nothing may have been 0 of them.
    ask = "return window.took === null ? [] : [window.took]"
    return wait_for("the end", lambda: window.script(ask))[0]


def calls(command, key):
    """Milliseconds of a bare call that signs, and nothing else."""
    with Stage(keychain=False) as stage:
        stage.env["BARE_RSA_KEY"] = str(key)
        window = Window(stage, BARE)
        return [took(window, TIMED_CALL, command) for _ in range(LINKS)]


def links(window):
    """Milliseconds from *Create link* to the link in the page."""
    for n in range(LINKS):
        window.type("Document address", f"Letter {n}.html")
        yield took(window, TIMED_LINK)
        window.click("New link")


def middle(values):
    return statistics.median(values)


def mean(values):
    """Of whole milliseconds: their middle would be a whole one too."""
    return statistics.fmean(values)


def main():
    pairs = [(start(SIGNET), start(BARE)) for _ in range(STARTS)]
    for what, number, unit in [("start to usable window", 0, "s"), ("memory", 1, "MiB")]:
        ours = middle(pair[0][number] for pair in pairs)
        bare = middle(pair[1][number] for pair in pairs)
        print(f"{what}: {ours:.3g} {unit}, bare {bare:.3g} {unit}: ratio {ours / bare:.2f}")
    ours, bare = (os.path.getsize(program) / 1e6 for program in (SIGNET, BARE))
    print(f"size: {ours:.3g} MB, bare {bare:.3g} MB: ratio {ours / bare:.2f}")

    with Stage() as stage:
        window = Window(stage, SIGNET)
        _, path = add_papers(stage, window)
        window.click("Make a link")
        rsa = list(links(window))
        window.click("Practice")
        p256 = list(links(window))
        bare = {"RSA": calls("sign_rsa", path), "P-256": calls("sign_p256", path)}
    for kind, ours in [("RSA", rsa), ("P-256", p256)]:
        more = mean(ours) - mean(bare[kind])
        where = "key in the keychain" if kind == "RSA" else "practice key"
        print(
            f"Create link to link, {kind}, {where}: {mean(ours):.3g} ms, "
            f"bare call with a signature {mean(bare[kind]):.3g} ms: {more:.3g} ms more"
        )


main()
